-- What a committee decides in a year. A unit is decided by its parent on the day asked for, or by the next above where that is a department committee
-- (org/unit.h: unit_decides), which itself and whose units are decided there; one without a parent decides itself. "passes" marks a department committee.

-- name: office_units
-- The units that $1 decides, each with its case of kind $2 in the year $3, if there is one. $4 day, $5 1: and those that the committees below it decide
WITH RECURSIVE decided(id, passes) AS (
	SELECT a.unit_id, CASE WHEN CAST($5 AS @INT) = 1 OR a.level = 'subcommittee' AND (a.name_key LIKE 'dang bo bo phan%' OR a.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM unit_span a WHERE (a.parent_id = $1 OR (a.unit_id = $1 AND a.parent_id IS NULL)) AND a.valid_from <= $4 AND a.valid_to >= $4
	UNION ALL
	SELECT b.unit_id, CASE WHEN CAST($5 AS @INT) = 1 OR b.level = 'subcommittee' AND (b.name_key LIKE 'dang bo bo phan%' OR b.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM decided d JOIN unit_span b ON b.parent_id = d.id WHERE d.passes = 1 AND b.valid_from <= $4 AND b.valid_to >= $4
)
SELECT u.realm, u.id AS unit_id, u.code AS unit_code, s.name AS unit_name, s.level, s.type, s.sort_key, coalesce(k.id, 0) AS id, coalesce(k.rev, 0) AS rev,
       CAST(0 AS @INT) AS member_id, '' AS member_code, '' AS member_name, s.sort_key AS member_key, coalesce(k.state, '') AS state, k.due_on, k.decided_on,
       coalesce(k.group_name, '') AS group_name, coalesce(k.exemplary, 0) AS exemplary
FROM decided d JOIN unit_span s ON s.unit_id = d.id JOIN unit u ON u.id = d.id
     LEFT JOIN year_case k ON k.realm = u.realm AND k.unit_id = u.id AND k.year = $3 AND k.kind = $2 AND k.member_id = 0
WHERE s.valid_from <= $4 AND s.valid_to >= $4;

-- name: office_members
-- The members of the cells directly below $1, each with their case in the year $2. $3 day
WITH RECURSIVE decided(id, passes) AS (
	SELECT a.unit_id, CASE WHEN a.level = 'subcommittee' AND (a.name_key LIKE 'dang bo bo phan%' OR a.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM unit_span a WHERE (a.parent_id = $1 OR (a.unit_id = $1 AND a.parent_id IS NULL)) AND a.valid_from <= $3 AND a.valid_to >= $3
	UNION ALL
	SELECT b.unit_id, CASE WHEN b.level = 'subcommittee' AND (b.name_key LIKE 'dang bo bo phan%' OR b.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM decided d JOIN unit_span b ON b.parent_id = d.id WHERE d.passes = 1 AND b.valid_from <= $3 AND b.valid_to >= $3
)
SELECT u.realm, u.id AS unit_id, u.code AS unit_code, s.name AS unit_name, s.level, s.type, s.sort_key, coalesce(k.id, 0) AS id, coalesce(k.rev, 0) AS rev,
       m.id AS member_id, m.code AS member_code, m.full_name AS member_name, m.sort_key AS member_key, coalesce(k.state, '') AS state, k.due_on, k.decided_on,
       coalesce(k.group_name, '') AS group_name, coalesce(k.exemplary, 0) AS exemplary
FROM decided d JOIN unit_span s ON s.unit_id = d.id JOIN unit u ON u.id = d.id
     JOIN membership h ON h.realm = u.realm AND h.unit_id = u.id AND h.valid_from <= $3 AND h.valid_to >= $3 AND h.status <> 'temp_here'
     JOIN member m ON m.realm = h.realm AND m.id = h.member_id
     LEFT JOIN year_case k ON k.realm = m.realm AND k.member_id = m.id AND k.year = $2 AND k.kind = 'member_class' AND k.unit_id = u.id
WHERE s.level = 'cell' AND s.valid_from <= $3 AND s.valid_to >= $3;

-- name: office_extras
-- Of these cases the latest sheet of every stage (what 1), the appeals without an answer (2) and how many pieces of evidence there are (3). $1 decides,
-- $2 kind, $3 year, $4 day, $5 1: and what committees below it decide
WITH RECURSIVE decided(id, passes) AS (
	SELECT a.unit_id, CASE WHEN CAST($5 AS @INT) = 1 OR a.level = 'subcommittee' AND (a.name_key LIKE 'dang bo bo phan%' OR a.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM unit_span a WHERE (a.parent_id = $1 OR (a.unit_id = $1 AND a.parent_id IS NULL)) AND a.valid_from <= $4 AND a.valid_to >= $4
	UNION ALL
	SELECT b.unit_id, CASE WHEN CAST($5 AS @INT) = 1 OR b.level = 'subcommittee' AND (b.name_key LIKE 'dang bo bo phan%' OR b.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM decided d JOIN unit_span b ON b.parent_id = d.id WHERE d.passes = 1 AND b.valid_from <= $4 AND b.valid_to >= $4
),
cases(realm, id) AS (
	SELECT k.realm, k.id FROM decided d JOIN unit u ON u.id = d.id
	     JOIN year_case k ON k.realm = u.realm AND k.unit_id = d.id AND k.year = $3 AND k.kind = $2
)
SELECT y.case_id, 1 AS what, y.stage, y.points, y.result, y.vetoes, y.revision AS n, CAST(NULL AS TEXT) AS due_on
FROM cases k JOIN year_sheet y ON y.realm = k.realm AND y.case_id = k.id
WHERE NOT EXISTS (SELECT 1 FROM year_sheet z WHERE z.realm = y.realm AND z.case_id = y.case_id AND z.stage = y.stage AND z.revision > y.revision)
UNION ALL
SELECT k.id, 2, '', 0, '', '', p.seq, p.due_on
FROM cases k JOIN year_appeal p ON p.realm = k.realm AND p.case_id = k.id AND p.outcome = ''
UNION ALL
SELECT k.id, 3, '', 0, '', '', count(*), CAST(NULL AS TEXT)
FROM cases k JOIN year_evidence e ON e.realm = k.realm AND e.case_id = k.id
GROUP BY k.id
ORDER BY 1, 2;

-- name: office_bodies
-- Of every body directly below $1: how many of the units further down have a case in which state; '' none. $2 kind, $3 year, $4 day
WITH RECURSIVE decided(id, passes) AS (
	SELECT a.unit_id, CASE WHEN a.level = 'subcommittee' AND (a.name_key LIKE 'dang bo bo phan%' OR a.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM unit_span a WHERE (a.parent_id = $1 OR (a.unit_id = $1 AND a.parent_id IS NULL)) AND a.valid_from <= $4 AND a.valid_to >= $4
	UNION ALL
	SELECT b.unit_id, CASE WHEN b.level = 'subcommittee' AND (b.name_key LIKE 'dang bo bo phan%' OR b.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM decided d JOIN unit_span b ON b.parent_id = d.id WHERE d.passes = 1 AND b.valid_from <= $4 AND b.valid_to >= $4
),
below(top, id, level) AS (
	SELECT d.id, d.id, s.level FROM decided d JOIN unit_span s ON s.unit_id = d.id AND s.valid_from <= $4 AND s.valid_to >= $4
	WHERE d.passes = 0 AND s.level <> 'cell' AND d.id <> $1
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
WITH RECURSIVE decided(id, passes) AS (
	SELECT a.unit_id, CASE WHEN a.level = 'subcommittee' AND (a.name_key LIKE 'dang bo bo phan%' OR a.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM unit_span a WHERE (a.parent_id = $1 OR (a.unit_id = $1 AND a.parent_id IS NULL)) AND a.valid_from <= $3 AND a.valid_to >= $3
	UNION ALL
	SELECT b.unit_id, CASE WHEN b.level = 'subcommittee' AND (b.name_key LIKE 'dang bo bo phan%' OR b.name_key LIKE 'dang uy bo phan%') THEN 1 ELSE 0 END
	FROM decided d JOIN unit_span b ON b.parent_id = d.id WHERE d.passes = 1 AND b.valid_from <= $3 AND b.valid_to >= $3
)
SELECT k.kind, k.state, count(*) AS n, CAST(coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM year_appeal p WHERE p.realm = k.realm AND p.case_id = k.id AND p.outcome = '')
       THEN 1 ELSE 0 END), 0) AS @INT) AS appeals
FROM decided d JOIN unit u ON u.id = d.id JOIN year_case k ON k.realm = u.realm AND k.unit_id = u.id AND k.year = $2
GROUP BY k.kind, k.state
ORDER BY k.kind, k.state;
