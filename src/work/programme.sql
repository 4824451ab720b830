-- Targets of a programme. Columns of a target are those of programme_target_record.

-- name: programme_target
-- $1 id, $2 day
SELECT t.realm, t.id, t.unit_id, u.code AS unit_code, t.code, t.title, t.measure, t.whole, t.baseline, t.goal, t.starts_on, t.due_on, t.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	coalesce(v.value, t.baseline) AS value, v.on_date AS value_on
FROM programme_target t JOIN unit u ON u.id = t.unit_id
LEFT JOIN target_value v ON v.realm = t.realm AND v.target_id = t.id AND v.on_date =
	(SELECT max(x.on_date) FROM target_value x WHERE x.realm = t.realm AND x.target_id = t.id AND x.on_date <= $2)
WHERE t.id = $1;

-- name: programme_target_find
-- $1 realm, $2 unit, $3 code, $4 day
SELECT t.realm, t.id, t.unit_id, t.code, t.title, t.measure, t.whole, t.baseline, t.goal, t.starts_on, t.due_on, t.rev,
	coalesce(v.value, t.baseline) AS value, v.on_date AS value_on
FROM programme_target t
LEFT JOIN target_value v ON v.realm = t.realm AND v.target_id = t.id AND v.on_date =
	(SELECT max(x.on_date) FROM target_value x WHERE x.realm = t.realm AND x.target_id = t.id AND x.on_date <= $4)
WHERE t.realm = $1 AND t.unit_id = $2 AND t.code = $3;

-- name: programme_target_unit
-- $1 id
SELECT unit_id FROM programme_target WHERE id = $1;

-- name: programme_target_insert
-- $1 realm, $2 id, $3 unit, $4 code, $5 title, $6 measure, $7 whole, $8 baseline, $9 goal, $10 starts, $11 due
INSERT INTO programme_target (realm, id, unit_id, code, title, measure, whole, baseline, goal, starts_on, due_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: programme_target_write
-- $1 realm, $2 id, $3 title, $4 measure, $5 whole, $6 baseline, $7 goal, $8 starts, $9 due
UPDATE programme_target SET title = $3, measure = $4, whole = $5, baseline = $6, goal = $7, starts_on = $8, due_on = $9, rev = rev + 1
WHERE realm = $1 AND id = $2;

-- name: target_values_of
-- $1 realm, $2 target
SELECT realm, target_id, on_date, value, remark, evidence_no, file_id, actor, at_ms FROM target_value WHERE realm = $1 AND target_id = $2
ORDER BY on_date;

-- name: target_value_of_day
-- $1 realm, $2 target, $3 day
SELECT realm, target_id, on_date, value, remark, evidence_no, file_id, actor, at_ms FROM target_value
WHERE realm = $1 AND target_id = $2 AND on_date = $3;

-- name: target_value_put
-- $1 realm, $2 target, $3 day, $4 value, $5 remark, $6 evidence, $7 file, $8 actor, $9 at
INSERT INTO target_value (realm, target_id, on_date, value, remark, evidence_no, file_id, actor, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (realm, target_id, on_date) DO UPDATE SET value = excluded.value, remark = excluded.remark, evidence_no = excluded.evidence_no,
	file_id = excluded.file_id, actor = excluded.actor, at_ms = excluded.at_ms;

-- name: target_sums
-- Lines by unit directly below (or the unit itself) and code: the lowest carriers of a code count. $1 unit, $2 day, $3 one code or ''
WITH RECURSIVE below(root, id) AS (
	SELECT CAST($1 AS @INT), CAST($1 AS @INT)
	UNION ALL
	SELECT CASE WHEN b.id = CAST($1 AS @INT) THEN s.unit_id ELSE b.root END, s.unit_id
	FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
), carrier(root, realm, id, unit_id, code) AS (
	SELECT b.root, t.realm, t.id, t.unit_id, t.code
	FROM below b JOIN unit u ON u.id = b.id JOIN programme_target t ON t.realm = u.realm AND t.unit_id = u.id
	WHERE t.starts_on <= $2 AND (CAST($3 AS TEXT) = '' OR t.code = $3)
), over(code, id) AS (
	SELECT k.code, s.parent_id FROM carrier k JOIN unit_span s ON s.unit_id = k.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
	WHERE s.parent_id IS NOT NULL
	UNION
	SELECT o.code, s.parent_id FROM over o JOIN unit_span s ON s.unit_id = o.id AND s.valid_from <= $2 AND s.valid_to >= $2
	WHERE s.parent_id IS NOT NULL
), counted AS (
	SELECT k.root, k.unit_id, t.id, t.code, t.title, t.measure, t.whole, t.baseline, t.goal, t.due_on, v.on_date AS value_on,
		coalesce(v.value, t.baseline) AS value
	FROM carrier k JOIN programme_target t ON t.realm = k.realm AND t.id = k.id
	LEFT JOIN target_value v ON v.realm = t.realm AND v.target_id = t.id AND v.on_date =
		(SELECT max(x.on_date) FROM target_value x WHERE x.realm = t.realm AND x.target_id = t.id AND x.on_date <= $2)
	WHERE NOT EXISTS (SELECT 1 FROM over o WHERE o.code = k.code AND o.id = k.unit_id)
)
SELECT k.root AS unit_id, u.code AS unit_code, coalesce(s.name, u.code) AS unit_name, k.code, max(k.title) AS title, max(k.measure) AS measure,
	max(CASE WHEN k.unit_id = k.root THEN 1 ELSE 0 END) AS own, coalesce(max(CASE WHEN k.unit_id = k.root THEN k.id END), 0) AS target_id,
	count(*) AS units, count(k.value_on) AS valued,
	count(CASE WHEN (k.goal >= k.baseline AND k.value >= k.goal) OR (k.goal < k.baseline AND k.value <= k.goal) THEN 1 END) AS reached,
	CAST(sum(k.value) AS @INT) AS value, CASE WHEN count(k.whole) = count(*) THEN CAST(sum(k.whole) AS @INT) END AS whole,
	CAST(sum(k.baseline) AS @INT) AS baseline, CAST(sum(k.goal) AS @INT) AS goal, max(k.due_on) AS due_on, max(k.value_on) AS value_on
FROM counted k JOIN unit u ON u.id = k.root LEFT JOIN unit_span s ON s.unit_id = k.root AND s.valid_from <= $2 AND s.valid_to >= $2
GROUP BY k.root, u.code, s.name, s.sort_key, k.code
ORDER BY k.code, s.sort_key, u.code;

-- name: targets_reached
-- Targets of a unit itself that have begun by a day. $1 unit, $2 day, $3 $4 due after and not later than
SELECT count(*) AS assigned, count(CASE WHEN (t.goal >= t.baseline AND coalesce(v.value, t.baseline) >= t.goal)
		OR (t.goal < t.baseline AND coalesce(v.value, t.baseline) <= t.goal) THEN 1 END) AS reached
FROM unit u JOIN programme_target t ON t.realm = u.realm AND t.unit_id = u.id
LEFT JOIN target_value v ON v.realm = t.realm AND v.target_id = t.id AND v.on_date =
	(SELECT max(x.on_date) FROM target_value x WHERE x.realm = t.realm AND x.target_id = t.id AND x.on_date <= $2)
WHERE u.id = $1 AND t.starts_on <= $2 AND t.due_on > $3 AND t.due_on <= $4;

-- ---------------------------------------------------------------- files

-- name: targets_rows
-- $1 unit or 0
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
)
SELECT u.code AS unit_code, t.code, t.title, t.measure, t.whole, t.baseline, t.goal, t.starts_on, t.due_on
FROM programme_target t JOIN unit u ON u.id = t.unit_id
WHERE CAST($1 AS @INT) = 0 OR t.unit_id IN (SELECT id FROM below) ORDER BY t.code, u.code;

-- name: target_values_rows
-- $1 unit or 0, $2 since, $3 until
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
)
SELECT u.code AS unit_code, t.code, v.on_date, v.value, v.remark, v.evidence_no
FROM target_value v JOIN programme_target t ON t.realm = v.realm AND t.id = v.target_id JOIN unit u ON u.id = t.unit_id
WHERE v.on_date >= $2 AND v.on_date <= $3 AND (CAST($1 AS @INT) = 0 OR t.unit_id IN (SELECT id FROM below))
ORDER BY t.code, u.code, v.on_date;
