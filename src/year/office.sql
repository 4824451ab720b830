-- What a committee decides in a year. A unit is decided by its parent on the day asked for; one without a parent decides itself.

-- name: office_units
-- The units that $1 decides, each with its case of kind $2 in the year $3, if there is one. $4 day
SELECT u.realm, u.id AS unit_id, u.code AS unit_code, s.name AS unit_name, s.level, s.type, s.sort_key, coalesce(k.id, 0) AS id, coalesce(k.rev, 0) AS rev,
       CAST(0 AS @INT) AS member_id, '' AS member_code, '' AS member_name, s.sort_key AS member_key, coalesce(k.state, '') AS state, k.due_on, k.decided_on,
       coalesce(k.group_name, '') AS group_name, coalesce(k.exemplary, 0) AS exemplary
FROM unit_span s JOIN unit u ON u.id = s.unit_id
     LEFT JOIN year_case k ON k.realm = u.realm AND k.unit_id = u.id AND k.year = $3 AND k.kind = $2 AND k.member_id = 0
WHERE s.valid_from <= $4 AND s.valid_to >= $4
  AND s.unit_id IN (SELECT a.unit_id FROM unit_span a WHERE a.parent_id = $1 AND a.valid_from <= $4 AND a.valid_to >= $4
                    UNION SELECT b.unit_id FROM unit_span b WHERE b.unit_id = $1 AND b.parent_id IS NULL AND b.valid_from <= $4 AND b.valid_to >= $4);

-- name: office_members
-- The members of the cells directly below $1, each with their case in the year $2. $3 day
SELECT u.realm, u.id AS unit_id, u.code AS unit_code, s.name AS unit_name, s.level, s.type, s.sort_key, coalesce(k.id, 0) AS id, coalesce(k.rev, 0) AS rev,
       m.id AS member_id, m.code AS member_code, m.full_name AS member_name, m.sort_key AS member_key, coalesce(k.state, '') AS state, k.due_on, k.decided_on,
       coalesce(k.group_name, '') AS group_name, coalesce(k.exemplary, 0) AS exemplary
FROM unit_span s JOIN unit u ON u.id = s.unit_id
     JOIN membership h ON h.realm = u.realm AND h.unit_id = u.id AND h.valid_from <= $3 AND h.valid_to >= $3 AND h.status <> 'temp_here'
     JOIN member m ON m.realm = h.realm AND m.id = h.member_id
     LEFT JOIN year_case k ON k.realm = m.realm AND k.member_id = m.id AND k.year = $2 AND k.kind = 'member_class' AND k.unit_id = u.id
WHERE s.parent_id = $1 AND s.level = 'cell' AND s.valid_from <= $3 AND s.valid_to >= $3;

-- name: office_sheets
-- The latest sheet of every stage of these cases. $1 decides, $2 kind, $3 year, $4 day
SELECT y.case_id, y.stage, y.points, y.result, y.vetoes
FROM year_case k JOIN year_sheet y ON y.realm = k.realm AND y.case_id = k.id
WHERE k.kind = $2 AND k.year = $3
  AND k.unit_id IN (SELECT a.unit_id FROM unit_span a WHERE a.parent_id = $1 AND a.valid_from <= $4 AND a.valid_to >= $4
                    UNION SELECT b.unit_id FROM unit_span b WHERE b.unit_id = $1 AND b.parent_id IS NULL AND b.valid_from <= $4 AND b.valid_to >= $4)
  AND NOT EXISTS (SELECT 1 FROM year_sheet z WHERE z.realm = y.realm AND z.case_id = y.case_id AND z.stage = y.stage AND z.revision > y.revision)
ORDER BY y.case_id;

-- name: office_appeals
-- Appeals without an answer. Parameters as above
SELECT k.id AS case_id, p.seq, p.due_on
FROM year_case k JOIN year_appeal p ON p.realm = k.realm AND p.case_id = k.id AND p.outcome = ''
WHERE k.kind = $2 AND k.year = $3
  AND k.unit_id IN (SELECT a.unit_id FROM unit_span a WHERE a.parent_id = $1 AND a.valid_from <= $4 AND a.valid_to >= $4
                    UNION SELECT b.unit_id FROM unit_span b WHERE b.unit_id = $1 AND b.parent_id IS NULL AND b.valid_from <= $4 AND b.valid_to >= $4)
ORDER BY k.id, p.seq;

-- name: office_evidence
-- How many pieces of evidence each case has. Parameters as above
SELECT k.id AS case_id, count(*) AS seq, CAST(NULL AS TEXT) AS due_on
FROM year_case k JOIN year_evidence e ON e.realm = k.realm AND e.case_id = k.id
WHERE k.kind = $2 AND k.year = $3
  AND k.unit_id IN (SELECT a.unit_id FROM unit_span a WHERE a.parent_id = $1 AND a.valid_from <= $4 AND a.valid_to >= $4
                    UNION SELECT b.unit_id FROM unit_span b WHERE b.unit_id = $1 AND b.parent_id IS NULL AND b.valid_from <= $4 AND b.valid_to >= $4)
GROUP BY k.id
ORDER BY k.id;

-- name: office_bodies
-- Of every body directly below $1: how many of the units further down have a case in which state; '' none. $2 kind, $3 year, $4 day
WITH RECURSIVE below(top, id, level) AS (
	SELECT s.unit_id, s.unit_id, s.level FROM unit_span s WHERE s.parent_id = $1 AND s.level <> 'cell' AND s.valid_from <= $4 AND s.valid_to >= $4
	UNION ALL
	SELECT b.top, s.unit_id, s.level FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $4 AND s.valid_to >= $4
)
SELECT b.top AS unit_id, u.code AS unit_code, t.name AS unit_name, t.level, t.sort_key, coalesce(k.state, '') AS state, b.level AS of_level, count(*) AS n
FROM below b JOIN unit v ON v.id = b.id JOIN unit u ON u.id = b.top
     JOIN unit_span t ON t.unit_id = b.top AND t.valid_from <= $4 AND t.valid_to >= $4
     LEFT JOIN year_case k ON k.realm = v.realm AND k.unit_id = b.id AND k.year = $3 AND k.kind = $2
WHERE b.id <> b.top
GROUP BY b.top, u.code, t.name, t.level, t.sort_key, coalesce(k.state, ''), b.level;

-- name: office_waiting
-- For the first page: how many cases of a year wait for $1, by kind and state. $2 year, $3 day
SELECT k.kind, k.state, count(*) AS n, CAST(coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM year_appeal p WHERE p.realm = k.realm AND p.case_id = k.id AND p.outcome = '')
       THEN 1 ELSE 0 END), 0) AS @INT) AS appeals
FROM unit_span s JOIN unit u ON u.id = s.unit_id JOIN year_case k ON k.realm = u.realm AND k.unit_id = u.id AND k.year = $2
WHERE s.parent_id = $1 AND s.valid_from <= $3 AND s.valid_to >= $3
GROUP BY k.kind, k.state
ORDER BY k.kind, k.state;
