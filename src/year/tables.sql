-- Local tables of criteria: versions of a rule, made by a committee for itself and all below.

-- name: table_by_id
-- $1 id
SELECT t.*, u.code AS unit_code, (SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM local_table t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1;

-- name: tables_of
-- Newest version first. $1 unit
SELECT t.*, u.code AS unit_code, (SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM local_table t JOIN unit u ON u.id = t.unit_id WHERE t.unit_id = $1 ORDER BY t.used_for, t.version DESC;

-- name: tables_issued
-- All that are in force some time.
SELECT t.*, u.code AS unit_code, (SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM local_table t JOIN unit u ON u.id = t.unit_id WHERE t.state = 'issued' ORDER BY t.id;

-- name: table_last_version
-- $1 unit, $2 rule
SELECT max(version) FROM local_table WHERE unit_id = $1 AND rule_id = $2;

-- name: table_insert
-- $1 id, $2 unit, $3 rule, $4 used for, $5 based on, $6 version, $7 from, $8 to, $9 text, $10 actor, $11 time
INSERT INTO local_table (id, unit_id, rule_id, used_for, based_on, version, valid_from, valid_to, state, source, actor, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, $10, $11);

-- name: table_write
-- $1 id, $2 rev before, $3 from, $4 to, $5 state, $6 text, $7 decision, $8 issued on, $9 actor, $10 time
UPDATE local_table SET valid_from = $3, valid_to = $4, state = $5, source = $6, decision_no = $7, issued_on = $8, actor = $9, at_ms = $10, rev = rev + 1
WHERE id = $1 AND rev = $2;

-- name: table_drop
-- $1 id, $2 rev
DELETE FROM local_table WHERE id = $1 AND rev = $2 AND state = 'draft';

-- name: table_judged
-- Points that people gave in the cases of a kind and year below a unit, of the sheet that counts first. $1 kind, $2 year, $3 unit, $4 day
WITH RECURSIVE below(id) AS (
	SELECT CAST($3 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $4 AND s.valid_to >= $4
)
SELECT k.unit_id, l.stage, l.revision, l.line, l.points, l.max
FROM year_case k JOIN year_line l ON l.realm = k.realm AND l.case_id = k.id
WHERE k.kind = $1 AND k.year = $2 AND k.member_id = 0 AND l.source = 'judged' AND l.stage IN ('self', 'voted', 'appraised')
  AND k.unit_id IN (SELECT id FROM below)
ORDER BY k.unit_id, CASE l.stage WHEN 'appraised' THEN 0 WHEN 'voted' THEN 1 ELSE 2 END, l.revision DESC, l.line;
