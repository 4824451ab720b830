-- Awards. Columns are those of award_record; names of units and members are those of today, what was printed is in `content`.

-- name: award
-- $1 id
SELECT a.*, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = a.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = a.given_by ORDER BY s.valid_from DESC LIMIT 1) AS giver_name,
	coalesce((SELECT m.code FROM member m WHERE m.realm = a.realm AND m.id = a.member_id), '') AS member_code,
	coalesce((SELECT m.full_name FROM member m WHERE m.realm = a.realm AND m.id = a.member_id), '') AS member_name
FROM award a JOIN unit u ON u.id = a.unit_id WHERE a.id = $1;

-- name: award_by_code
-- $1 code as printed
SELECT a.*, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = a.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = a.given_by ORDER BY s.valid_from DESC LIMIT 1) AS giver_name,
	coalesce((SELECT m.code FROM member m WHERE m.realm = a.realm AND m.id = a.member_id), '') AS member_code,
	coalesce((SELECT m.full_name FROM member m WHERE m.realm = a.realm AND m.id = a.member_id), '') AS member_name
FROM award a JOIN unit u ON u.id = a.unit_id WHERE a.check_code = $1 AND a.check_code <> '';

-- name: awards
-- Given to a unit or one below it, or by it; latest first. $1 unit, $2 day of the tree, $3 year or 0, $4 kind or '', $5 pattern of the search key,
-- $6 smaller ids only, $7 how many, $8 1: only those given by the unit
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT a.realm, a.id, a.kind, a.year, a.unit_id, a.member_id, a.case_id, a.title, a.given_by, a.decision_no, a.decided_on, a.signed_by, a.check_code,
	a.content, a.revoked_on, a.revoked_why, a.actor, a.at_ms, a.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = a.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = a.given_by ORDER BY s.valid_from DESC LIMIT 1) AS giver_name,
	coalesce((SELECT m.code FROM member m WHERE m.realm = a.realm AND m.id = a.member_id), '') AS member_code,
	coalesce((SELECT m.full_name FROM member m WHERE m.realm = a.realm AND m.id = a.member_id), '') AS member_name
FROM award a JOIN unit u ON u.id = a.unit_id
WHERE (a.given_by = $1 OR (CAST($8 AS @INT) = 0 AND a.unit_id IN (SELECT id FROM below)))
	AND (CAST($3 AS @INT) = 0 OR a.year = $3) AND (CAST($4 AS TEXT) = '' OR a.kind = $4) AND a.search_key LIKE $5 AND a.id < $6
ORDER BY a.id DESC LIMIT $7;

-- name: awards_of_case
-- $1 realm, $2 case
SELECT id, rev FROM award WHERE realm = $1 AND case_id = $2 AND revoked_on IS NULL ORDER BY id;

-- name: award_insert
-- $1 realm, $2 id, $3 kind, $4 year, $5 unit, $6 member, $7 case, $8 title, $9 given by, $10 decision number, $11 decided on, $12 signed by, $13 code,
-- $14 content, $15 search key, $16 actor, $17 at
INSERT INTO award (realm, id, kind, year, unit_id, member_id, case_id, title, given_by, decision_no, decided_on, signed_by, check_code, content, search_key,
	actor, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: award_revoke
-- $1 realm, $2 id, $3 day, $4 reason
UPDATE award SET revoked_on = $3, revoked_why = $4, rev = rev + 1 WHERE realm = $1 AND id = $2;
