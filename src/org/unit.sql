-- Units on a day. The columns of a unit are the same everywhere: record unit_record.

-- name: org_unit_id
-- $1 code
SELECT id FROM unit WHERE code = $1;

-- name: org_unit_realm
-- $1 id
SELECT realm FROM unit WHERE id = $1;

-- name: org_unit_on
-- $1 id, $2 day
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
       coalesce(s.parent_id, 0) AS parent_id, coalesce(p.code, '') AS parent_code
FROM unit u JOIN unit_span s ON s.unit_id = u.id LEFT JOIN unit p ON p.id = s.parent_id
WHERE u.id = $1 AND s.valid_from <= $2 AND s.valid_to >= $2;

-- name: org_unit_nearest
-- The span of the day, else the last before it, else the first after it. $1 id, $2 day
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
       coalesce(s.parent_id, 0) AS parent_id, coalesce(p.code, '') AS parent_code
FROM unit u JOIN unit_span s ON s.unit_id = u.id LEFT JOIN unit p ON p.id = s.parent_id
WHERE u.id = $1
ORDER BY CASE WHEN s.valid_from <= $2 THEN 0 ELSE 1 END, CASE WHEN s.valid_from <= $2 THEN s.valid_from END DESC NULLS LAST, s.valid_from
LIMIT 1;

-- name: org_children
-- $1 parent, $2 day
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key, s.parent_id, p.code AS parent_code
FROM unit_span s JOIN unit u ON u.id = s.unit_id JOIN unit p ON p.id = s.parent_id
WHERE s.parent_id = $1 AND s.valid_from <= $2 AND s.valid_to >= $2
ORDER BY CASE s.level WHEN 'province' THEN 2 WHEN 'district' THEN 3 WHEN 'bloc' THEN 4 WHEN 'commune' THEN 5 WHEN 'grassroots' THEN 6
                      WHEN 'subcommittee' THEN 7 ELSE 8 END, s.sort_key, u.code;

-- name: org_roots
-- $1 day
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key, 0 AS parent_id, '' AS parent_code
FROM unit_span s JOIN unit u ON u.id = s.unit_id
WHERE s.parent_id IS NULL AND s.valid_from <= $1 AND s.valid_to >= $1
ORDER BY s.sort_key, u.code;

-- name: org_ancestors
-- From the top down to the parent. $1 unit, $2 day
WITH RECURSIVE up(id, depth) AS (
	SELECT parent_id, 1 FROM unit_span WHERE unit_id = $1 AND valid_from <= $2 AND valid_to >= $2 AND parent_id IS NOT NULL
	UNION ALL
	SELECT s.parent_id, up.depth + 1 FROM up JOIN unit_span s ON s.unit_id = up.id
	WHERE s.valid_from <= $2 AND s.valid_to >= $2 AND s.parent_id IS NOT NULL
)
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
       coalesce(s.parent_id, 0) AS parent_id, coalesce(p.code, '') AS parent_code
FROM up JOIN unit u ON u.id = up.id JOIN unit_span s ON s.unit_id = u.id AND s.valid_from <= $2 AND s.valid_to >= $2
     LEFT JOIN unit p ON p.id = s.parent_id
ORDER BY up.depth DESC;

-- name: org_below
-- The unit and all below it. $1 unit, $2 day, $3 level or ''
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
       coalesce(s.parent_id, 0) AS parent_id, coalesce(p.code, '') AS parent_code
FROM below b JOIN unit u ON u.id = b.id JOIN unit_span s ON s.unit_id = b.id AND s.valid_from <= $2 AND s.valid_to >= $2
     LEFT JOIN unit p ON p.id = s.parent_id
WHERE CAST($3 AS TEXT) = '' OR s.level = $3;

-- name: org_is_below
-- 1 when $3 stands above $1 on the day $2
WITH RECURSIVE up(id) AS (
	SELECT parent_id FROM unit_span WHERE unit_id = $1 AND valid_from <= $2 AND valid_to >= $2 AND parent_id IS NOT NULL
	UNION ALL
	SELECT s.parent_id FROM up JOIN unit_span s ON s.unit_id = up.id
	WHERE s.valid_from <= $2 AND s.valid_to >= $2 AND s.parent_id IS NOT NULL
)
SELECT count(*) FROM up WHERE id = $3;

-- name: org_setting
-- $1 unit, $2 name
SELECT value FROM unit_setting WHERE unit_id = $1 AND name = $2;

-- name: org_setting_put
-- $1 unit, $2 name, $3 value
INSERT INTO unit_setting (unit_id, name, value) VALUES ($1, $2, $3)
ON CONFLICT (unit_id, name) DO UPDATE SET value = excluded.value;

-- ---------------------------------------------------------------- the whole tree

-- name: org_each_span
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
       coalesce(s.parent_id, 0) AS parent_id, coalesce(p.code, '') AS parent_code
FROM unit u JOIN unit_span s ON s.unit_id = u.id LEFT JOIN unit p ON p.id = s.parent_id
ORDER BY u.id, s.valid_from;

-- name: org_spans
-- $1 unit
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
       coalesce(s.parent_id, 0) AS parent_id, coalesce(p.code, '') AS parent_code
FROM unit u JOIN unit_span s ON s.unit_id = u.id LEFT JOIN unit p ON p.id = s.parent_id
WHERE u.id = $1
ORDER BY s.valid_from;

-- name: org_child_spans
-- Spans of every unit that ever had $1 as its parent at or after the day $2.
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
       coalesce(s.parent_id, 0) AS parent_id, coalesce(p.code, '') AS parent_code
FROM unit u JOIN unit_span s ON s.unit_id = u.id LEFT JOIN unit p ON p.id = s.parent_id
WHERE u.id IN (SELECT k.unit_id FROM unit_span k WHERE k.parent_id = $1 AND k.valid_to >= $2)
ORDER BY u.id, s.valid_from;

-- name: org_predecessors
SELECT unit_id, predecessor_id, on_date, operation FROM unit_predecessor ORDER BY on_date, unit_id, predecessor_id;

-- name: org_predecessors_of
-- $1 unit
SELECT unit_id, predecessor_id, on_date, operation FROM unit_predecessor WHERE unit_id = $1 OR predecessor_id = $1
ORDER BY on_date, unit_id, predecessor_id;

-- name: org_predecessor_put
-- $1 unit, $2 predecessor, $3 day, $4 operation
INSERT INTO unit_predecessor (unit_id, predecessor_id, on_date, operation) VALUES ($1, $2, $3, $4)
ON CONFLICT (unit_id, predecessor_id) DO UPDATE SET on_date = excluded.on_date, operation = excluded.operation;

-- ---------------------------------------------------------------- writing

-- name: org_unit_insert
-- $1 id, $2 realm, $3 code
INSERT INTO unit (id, realm, code, rev) VALUES ($1, $2, $3, 1);

-- name: org_unit_set_realm
-- $1 id, $2 realm
UPDATE unit SET realm = $2 WHERE id = $1;

-- name: org_unit_raise
-- $1 id
UPDATE unit SET rev = rev + 1 WHERE id = $1;

-- name: org_span_insert
INSERT INTO unit_span (unit_id, valid_from, valid_to, parent_id, level, type, owner, name, name_key, sort_key)
VALUES ($1, $2, $3, nullif(CAST($4 AS @INT), 0), $5, $6, $7, $8, $9, $10);

-- name: org_span_update
-- $1 unit, $2 its first day; the rest is new
UPDATE unit_span SET valid_to = $3, parent_id = nullif(CAST($4 AS @INT), 0), level = $5, type = $6, owner = $7, name = $8, name_key = $9,
       sort_key = $10
WHERE unit_id = $1 AND valid_from = $2;

-- name: org_realm_in_use
-- Does the realm $1 own members or meetings?
SELECT CASE WHEN EXISTS (SELECT 1 FROM member WHERE realm = $1) OR EXISTS (SELECT 1 FROM meeting WHERE realm = $1) THEN 1 ELSE 0 END;

-- name: org_event_insert
INSERT INTO unit_event (id, kind, on_date, unit_id, note, actor, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: org_events
-- $1 unit
SELECT id, kind, on_date, unit_id, note, actor, at_ms FROM unit_event WHERE unit_id = $1 ORDER BY on_date DESC, id DESC;

-- ---------------------------------------------------------------- files

-- name: org_units_empty
SELECT CASE WHEN EXISTS (SELECT 1 FROM unit) THEN 0 ELSE 1 END;

-- name: org_unit_codes
SELECT id, realm, code FROM unit;

-- name: org_span_from
-- The span that begins on a day. $1 unit, $2 day
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key, s.name_key,
       coalesce(s.parent_id, 0) AS parent_id, coalesce(p.code, '') AS parent_code
FROM unit u JOIN unit_span s ON s.unit_id = u.id LEFT JOIN unit p ON p.id = s.parent_id
WHERE u.id = $1 AND s.valid_from = $2;

-- name: org_unit_life
-- First and last day of a unit and its latest level. $1 code
SELECT u.id, u.realm, u.code, (SELECT min(a.valid_from) FROM unit_span a WHERE a.unit_id = u.id) AS valid_from, s.valid_to, s.level, s.name
FROM unit u JOIN unit_span s ON s.unit_id = u.id
WHERE u.code = $1
ORDER BY s.valid_from DESC LIMIT 1;

-- name: org_export_units
-- In the order of their making, parents of one file before their children as a rule. $1 the day, or NULL for any
SELECT p.code AS parent_code, u.code, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to
FROM unit u JOIN unit_span s ON s.unit_id = u.id LEFT JOIN unit p ON p.id = s.parent_id
WHERE CAST($1 AS TEXT) IS NULL OR (s.valid_from <= $1 AND s.valid_to >= $1)
ORDER BY u.id, s.valid_from;

-- name: org_export_units_below
-- The same for one unit and whatever stood below it (on the day, or ever). $1 the day or NULL, $2 code
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE code = $2
	UNION
	SELECT k.unit_id FROM below b JOIN unit_span k ON k.parent_id = b.id
	WHERE CAST($1 AS TEXT) IS NULL OR (k.valid_from <= $1 AND k.valid_to >= $1)
)
SELECT p.code AS parent_code, u.code, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to
FROM below b JOIN unit u ON u.id = b.id JOIN unit_span s ON s.unit_id = u.id LEFT JOIN unit p ON p.id = s.parent_id
WHERE CAST($1 AS TEXT) IS NULL OR (s.valid_from <= $1 AND s.valid_to >= $1)
ORDER BY u.id, s.valid_from;

-- name: org_export_predecessors
-- With the names of the last day before and the first day after.
SELECT r.operation, f.code AS from_code, t.code AS to_code, r.on_date AS "on",
       coalesce((SELECT s.name FROM unit_span s WHERE s.unit_id = f.id AND s.valid_from < r.on_date ORDER BY s.valid_from DESC LIMIT 1), '')
       AS from_name,
       coalesce((SELECT s.name FROM unit_span s WHERE s.unit_id = t.id AND s.valid_to >= r.on_date ORDER BY s.valid_from LIMIT 1), '') AS to_name
FROM unit_predecessor r JOIN unit f ON f.id = r.predecessor_id JOIN unit t ON t.id = r.unit_id
ORDER BY r.on_date, t.code, f.code;

-- name: org_predecessor_get
-- $1 unit, $2 predecessor
SELECT unit_id, predecessor_id, on_date, operation FROM unit_predecessor WHERE unit_id = $1 AND predecessor_id = $2;
