-- Search without tone marks. $1 the text as typed (a code), $2 the folded text as a LIKE pattern "%text%", $3 "text%", $4 the day,
-- $5 at most so many; the others say below which unit.

-- name: org_search_units
SELECT 'unit' AS kind, u.id, u.realm, u.id AS unit_id, u.code, s.name, s.sort_key, coalesce(p.name, '') AS place,
       CASE WHEN lower(u.code) = lower($1) THEN 1 WHEN s.name_key LIKE $3 ESCAPE '\' THEN 2 ELSE 3 END AS rank
FROM unit_span s JOIN unit u ON u.id = s.unit_id
     LEFT JOIN unit_span p ON p.unit_id = s.parent_id AND p.valid_from <= $4 AND p.valid_to >= $4
WHERE s.valid_from <= $4 AND s.valid_to >= $4 AND (s.name_key LIKE $2 ESCAPE '\' OR lower(u.code) = lower($1))
ORDER BY rank, s.sort_key, u.code
LIMIT $5;

-- name: org_search_units_below
-- $6 the unit
WITH RECURSIVE below(id) AS (
	SELECT CAST($6 AS @INT)
	UNION ALL
	SELECT k.unit_id FROM below b JOIN unit_span k ON k.parent_id = b.id WHERE k.valid_from <= $4 AND k.valid_to >= $4
)
SELECT 'unit' AS kind, u.id, u.realm, u.id AS unit_id, u.code, s.name, s.sort_key, coalesce(p.name, '') AS place,
       CASE WHEN lower(u.code) = lower($1) THEN 1 WHEN s.name_key LIKE $3 ESCAPE '\' THEN 2 ELSE 3 END AS rank
FROM below b JOIN unit_span s ON s.unit_id = b.id JOIN unit u ON u.id = s.unit_id
     LEFT JOIN unit_span p ON p.unit_id = s.parent_id AND p.valid_from <= $4 AND p.valid_to >= $4
WHERE s.valid_from <= $4 AND s.valid_to >= $4 AND (s.name_key LIKE $2 ESCAPE '\' OR lower(u.code) = lower($1))
ORDER BY rank, s.sort_key, u.code
LIMIT $5;

-- name: org_search_members
-- $6 "% text": the given name, which stands last
SELECT 'member' AS kind, m.id, m.realm, ms.unit_id, m.code, m.full_name AS name, m.sort_key, coalesce(s.name, '') AS place,
       CASE WHEN lower(m.code) = lower($1) THEN 1 WHEN m.name_key LIKE $3 ESCAPE '\' OR m.name_key LIKE $6 ESCAPE '\' THEN 2 ELSE 3 END AS rank
FROM member m JOIN membership ms ON ms.realm = m.realm AND ms.member_id = m.id
     LEFT JOIN unit_span s ON s.unit_id = ms.unit_id AND s.valid_from <= $4 AND s.valid_to >= $4
WHERE (m.name_key LIKE $2 ESCAPE '\' OR lower(m.code) = lower($1)) AND ms.valid_from <= $4 AND ms.valid_to >= $4
  AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here')
ORDER BY rank, m.sort_key, m.code
LIMIT $5;

-- name: org_search_members_below
-- $6 "% text", $7 the unit
WITH RECURSIVE below(id) AS (
	SELECT CAST($7 AS @INT)
	UNION ALL
	SELECT k.unit_id FROM below b JOIN unit_span k ON k.parent_id = b.id WHERE k.valid_from <= $4 AND k.valid_to >= $4
)
SELECT 'member' AS kind, m.id, m.realm, ms.unit_id, m.code, m.full_name AS name, m.sort_key, coalesce(s.name, '') AS place,
       CASE WHEN lower(m.code) = lower($1) THEN 1 WHEN m.name_key LIKE $3 ESCAPE '\' OR m.name_key LIKE $6 ESCAPE '\' THEN 2 ELSE 3 END AS rank
FROM below b JOIN unit u ON u.id = b.id JOIN membership ms ON ms.realm = u.realm AND ms.unit_id = u.id
     JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id
     LEFT JOIN unit_span s ON s.unit_id = ms.unit_id AND s.valid_from <= $4 AND s.valid_to >= $4
WHERE (m.name_key LIKE $2 ESCAPE '\' OR lower(m.code) = lower($1)) AND ms.valid_from <= $4 AND ms.valid_to >= $4
  AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here')
ORDER BY rank, m.sort_key, m.code
LIMIT $5;
