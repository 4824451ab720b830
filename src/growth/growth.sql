-- Initiatives, titles, agreements, undertakings, examples. Columns are those of the records; unit_name is the name of today.

-- name: growth_person
-- A member of a unit at some time. $1 realm, $2 code, $3 unit, $4 first day, $5 last day
SELECT m.id FROM member m WHERE m.realm = $1 AND m.code = $2 AND EXISTS (SELECT 1 FROM membership s
	WHERE s.realm = m.realm AND s.unit_id = $3 AND s.member_id = m.id AND s.valid_from <= $5 AND s.valid_to >= $4);

-- name: growth_people
-- Members of a unit at some time: first by given name. $1 realm, $2 unit, $3 first day, $4 last day
SELECT m.id, m.code, m.full_name FROM member m WHERE m.realm = $1 AND m.id IN (SELECT s.member_id FROM membership s
	WHERE s.realm = $1 AND s.unit_id = $2 AND s.valid_from <= $4 AND s.valid_to >= $3) ORDER BY m.sort_key;

-- ---------------------------------------------------------------- initiatives

-- name: initiative
-- $1 id
SELECT i.realm, i.id, i.code, i.unit_id, u.code AS unit_code, i.year, i.title, i.benefit, i.recognised_by, i.recognised_on, i.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = i.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM initiative i JOIN unit u ON u.id = i.unit_id WHERE i.id = $1;

-- name: initiative_by_code
-- $1 realm, $2 code
SELECT i.realm, i.id, i.code, i.unit_id, u.code AS unit_code, i.year, i.title, i.benefit, i.recognised_by, i.recognised_on, i.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = i.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM initiative i JOIN unit u ON u.id = i.unit_id WHERE i.realm = $1 AND i.code = $2;

-- name: initiatives_of
-- $1 realm, $2 unit, $3 year
SELECT i.realm, i.id, i.code, i.unit_id, u.code AS unit_code, i.year, i.title, i.benefit, i.recognised_by, i.recognised_on, i.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = i.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM initiative i JOIN unit u ON u.id = i.unit_id WHERE i.realm = $1 AND i.unit_id = $2 AND i.year = $3 ORDER BY i.id;

-- name: initiatives_rows
-- $1 unit (0: all) and what is below it on the day $2; years $3 to $4
WITH RECURSIVE below(id) AS (
	SELECT u.id FROM unit u WHERE u.id = $1 OR CAST($1 AS @INT) = 0
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT i.realm, i.id, i.code, i.unit_id, u.code AS unit_code, i.year, i.title, i.benefit, i.recognised_by, i.recognised_on, i.rev
FROM below b JOIN unit u ON u.id = b.id JOIN initiative i ON i.realm = u.realm AND i.unit_id = u.id AND i.year BETWEEN $3 AND $4
ORDER BY u.code, i.year, i.code;

-- name: initiative_authors
-- $1 realm, $2 initiative
SELECT m.id, m.code, m.full_name FROM initiative_author a JOIN member m ON m.realm = a.realm AND m.id = a.member_id
WHERE a.realm = $1 AND a.initiative_id = $2 ORDER BY m.sort_key, m.id;

-- name: initiative_number
-- How many there are. $1 realm, $2 unit, $3 year
SELECT count(*) FROM initiative WHERE realm = $1 AND unit_id = $2 AND year = $3;

-- name: initiative_taken
-- $1 realm, $2 code, $3 but not this one
SELECT count(*) FROM initiative WHERE realm = $1 AND code = $2 AND id <> $3;

-- name: initiative_put
-- $1 realm, $2 id, $3 code, $4 unit, $5 year, $6 title, $7 benefit, $8 recognised by, $9 on
INSERT INTO initiative (realm, id, code, unit_id, year, title, benefit, recognised_by, recognised_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (realm, id) DO UPDATE SET code = excluded.code, year = excluded.year, title = excluded.title, benefit = excluded.benefit,
	recognised_by = excluded.recognised_by, recognised_on = excluded.recognised_on, rev = initiative.rev + 1;

-- name: initiative_author_add
-- $1 realm, $2 initiative, $3 member
INSERT INTO initiative_author (realm, initiative_id, member_id) VALUES ($1, $2, $3) ON CONFLICT (realm, initiative_id, member_id) DO NOTHING;

-- name: initiative_authors_drop
-- $1 realm, $2 initiative
DELETE FROM initiative_author WHERE realm = $1 AND initiative_id = $2;

-- name: initiative_drop
-- $1 realm, $2 id
DELETE FROM initiative WHERE realm = $1 AND id = $2;

-- name: initiative_counts
-- T21 of one unit. $1 unit, $2 year, $3 the day whose members count
SELECT
	(SELECT count(*) FROM initiative i WHERE i.realm = u.realm AND i.unit_id = u.id AND i.year = $2) AS initiatives,
	(SELECT count(*) FROM initiative i WHERE i.realm = u.realm AND i.unit_id = u.id AND i.year = $2 AND i.recognised_by <> '') AS recognised,
	(SELECT count(*) FROM membership s WHERE s.realm = u.realm AND s.unit_id = u.id AND s.valid_from <= $3 AND s.valid_to >= $3
		AND s.status IN ('probationary', 'official', 'exempt', 'temp_away')) AS members,
	(SELECT count(DISTINCT a.member_id) FROM initiative i JOIN initiative_author a ON a.realm = i.realm AND a.initiative_id = i.id
		WHERE i.realm = u.realm AND i.unit_id = u.id AND i.year = $2) AS authors
FROM unit u WHERE u.id = $1;

-- name: initiative_counts_below
-- The same of a unit and all below it. $1 unit, $2 year, $3 day
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $3 AND s.valid_to >= $3
), here(realm, id) AS (
	SELECT u.realm, u.id FROM below b JOIN unit u ON u.id = b.id
), people(realm, member_id) AS (
	SELECT s.realm, s.member_id FROM here h JOIN membership s ON s.realm = h.realm AND s.unit_id = h.id
	WHERE s.valid_from <= $3 AND s.valid_to >= $3 AND s.status IN ('probationary', 'official', 'exempt', 'temp_away')
)
SELECT
	(SELECT count(*) FROM here h JOIN initiative i ON i.realm = h.realm AND i.unit_id = h.id WHERE i.year = $2) AS initiatives,
	(SELECT count(*) FROM here h JOIN initiative i ON i.realm = h.realm AND i.unit_id = h.id WHERE i.year = $2 AND i.recognised_by <> '') AS recognised,
	(SELECT count(*) FROM people) AS members,
	(SELECT count(*) FROM (SELECT DISTINCT i.unit_id, a.member_id FROM here h JOIN initiative i ON i.realm = h.realm AND i.unit_id = h.id
		JOIN initiative_author a ON a.realm = i.realm AND a.initiative_id = i.id WHERE i.year = $2) x) AS authors;

-- ---------------------------------------------------------------- titles

-- name: title
-- $1 id
SELECT t.realm, t.id, t.unit_id, u.code AS unit_code, t.member_id, t.year, t.title, t.result, t.rev,
	coalesce((SELECT m.code FROM member m WHERE m.realm = t.realm AND m.id = t.member_id), '') AS member_code,
	coalesce((SELECT m.full_name FROM member m WHERE m.realm = t.realm AND m.id = t.member_id), '') AS member_name,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM emulation_title t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1;

-- name: titles_of
-- $1 realm, $2 unit, $3 year
SELECT t.realm, t.id, t.unit_id, t.member_id, t.year, t.title, t.result, t.rev,
	coalesce((SELECT m.code FROM member m WHERE m.realm = t.realm AND m.id = t.member_id), '') AS member_code,
	coalesce((SELECT m.full_name FROM member m WHERE m.realm = t.realm AND m.id = t.member_id), '') AS member_name
FROM emulation_title t WHERE t.realm = $1 AND t.unit_id = $2 AND t.year = $3 ORDER BY CASE WHEN t.member_id = 0 THEN 0 ELSE 1 END, t.id;

-- name: title_put
-- $1 realm, $2 id, $3 unit, $4 member, $5 year, $6 title, $7 result
INSERT INTO emulation_title (realm, id, unit_id, member_id, year, title, result) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (realm, id) DO UPDATE SET member_id = excluded.member_id, year = excluded.year, title = excluded.title, result = excluded.result,
	rev = emulation_title.rev + 1;

-- name: title_drop
-- $1 realm, $2 id
DELETE FROM emulation_title WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- agreements

-- name: agreement
-- $1 id
SELECT a.realm, a.id, a.unit_id, u.code AS unit_code, a.year, a.title, a.signed_on, a.text, a.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = a.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM agreement a JOIN unit u ON u.id = a.unit_id WHERE a.id = $1;

-- name: agreements_of
-- $1 realm, $2 unit, $3 year
SELECT realm, id, unit_id, year, title, signed_on, text, rev FROM agreement WHERE realm = $1 AND unit_id = $2 AND year = $3 ORDER BY id;

-- name: agreements_with
-- Led by the unit, or with it as a party. $1 realm, $2 unit, $3 year
SELECT a.realm, a.id, a.unit_id, a.year, a.title, a.signed_on, a.text, a.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = a.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM agreement a WHERE a.realm = $1 AND a.year = $3 AND (a.unit_id = $2
	OR EXISTS (SELECT 1 FROM agreement_party p WHERE p.realm = a.realm AND p.agreement_id = a.id AND p.unit_id = $2)) ORDER BY a.id;

-- name: agreement_put
-- $1 realm, $2 id, $3 unit, $4 year, $5 title, $6 signed on, $7 text
INSERT INTO agreement (realm, id, unit_id, year, title, signed_on, text) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (realm, id) DO UPDATE SET year = excluded.year, title = excluded.title, signed_on = excluded.signed_on, text = excluded.text,
	rev = agreement.rev + 1;

-- name: agreement_drop
-- $1 realm, $2 id
DELETE FROM agreement WHERE realm = $1 AND id = $2;

-- name: parties
-- $1 realm, $2 agreement
SELECT p.realm, p.agreement_id, p.unit_id, u.code AS unit_code, p.signed_on, p.signed_by,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = p.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM agreement_party p JOIN unit u ON u.id = p.unit_id WHERE p.realm = $1 AND p.agreement_id = $2 ORDER BY u.code;

-- name: party_add
-- $1 realm, $2 agreement, $3 unit
INSERT INTO agreement_party (realm, agreement_id, unit_id) VALUES ($1, $2, $3) ON CONFLICT (realm, agreement_id, unit_id) DO NOTHING;

-- name: party_drop
-- $1 realm, $2 agreement, $3 unit
DELETE FROM agreement_party WHERE realm = $1 AND agreement_id = $2 AND unit_id = $3;

-- name: parties_drop
-- $1 realm, $2 agreement
DELETE FROM agreement_party WHERE realm = $1 AND agreement_id = $2;

-- name: party_sign
-- $1 realm, $2 agreement, $3 unit, $4 day, $5 who
UPDATE agreement_party SET signed_on = $4, signed_by = $5 WHERE realm = $1 AND agreement_id = $2 AND unit_id = $3;

-- ---------------------------------------------------------------- undertakings

-- name: undertaking
-- $1 id
SELECT t.realm, t.id, t.unit_id, u.code AS unit_code, t.member_id, t.year, t.text, t.due_on, t.result, t.review, t.reviewed_on, t.rev,
	m.code AS member_code, m.full_name AS member_name,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM undertaking t JOIN unit u ON u.id = t.unit_id JOIN member m ON m.realm = t.realm AND m.id = t.member_id WHERE t.id = $1;

-- name: undertakings_of
-- $1 realm, $2 unit, $3 year
SELECT t.realm, t.id, t.unit_id, t.member_id, t.year, t.text, t.due_on, t.result, t.review, t.reviewed_on, t.rev, m.code AS member_code,
	m.full_name AS member_name
FROM undertaking t JOIN member m ON m.realm = t.realm AND m.id = t.member_id WHERE t.realm = $1 AND t.unit_id = $2 AND t.year = $3
ORDER BY m.sort_key, t.id;

-- name: undertaking_put
-- $1 realm, $2 id, $3 unit, $4 member, $5 year, $6 text, $7 due
INSERT INTO undertaking (realm, id, unit_id, member_id, year, text, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (realm, id) DO UPDATE SET member_id = excluded.member_id, year = excluded.year, text = excluded.text, due_on = excluded.due_on,
	rev = undertaking.rev + 1;

-- name: undertaking_review
-- $1 realm, $2 id, $3 result, $4 words, $5 day
UPDATE undertaking SET result = $3, review = $4, reviewed_on = $5, rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: undertaking_drop
-- $1 realm, $2 id
DELETE FROM undertaking WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- good examples

-- name: example
-- $1 id
SELECT x.realm, x.id, x.unit_id, u.code AS unit_code, x.year, x.title, x.text, x.topic, x.state, x.published_on, x.published_by, x.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = x.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = x.published_by ORDER BY s.valid_from DESC LIMIT 1) AS publisher
FROM example x JOIN unit u ON u.id = x.unit_id WHERE x.id = $1;

-- name: examples_of
-- $1 realm, $2 unit, $3 year
SELECT realm, id, unit_id, year, title, text, topic, state, published_on, published_by, rev FROM example
WHERE realm = $1 AND unit_id = $2 AND year = $3 ORDER BY id;

-- name: examples_published
-- Latest first. $1 pattern of the search key, $2 topic or '', $3 published before this day or on it with a smaller id $4, $5 how many
SELECT x.realm, x.id, x.unit_id, u.code AS unit_code, x.year, x.title, x.text, x.topic, x.state, x.published_on, x.published_by, x.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = x.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = x.published_by ORDER BY s.valid_from DESC LIMIT 1) AS publisher
FROM example x JOIN unit u ON u.id = x.unit_id
WHERE x.state = 'published' AND x.search_key LIKE $1 AND ($2 = '' OR x.topic = $2)
	AND (x.published_on < $3 OR (x.published_on = $3 AND x.id < $4))
ORDER BY x.published_on DESC, x.id DESC LIMIT $5;

-- name: example_topics
SELECT DISTINCT topic FROM example WHERE state = 'published' AND topic <> '' ORDER BY topic LIMIT 40;

-- name: examples_proposed
-- Waiting for a committee. $1 the committee, $2 day
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT x.realm, x.id, x.unit_id, u.code AS unit_code, x.year, x.title, x.text, x.topic, x.state, x.published_on, x.published_by, x.rev,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = x.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM example x JOIN unit u ON u.id = x.unit_id WHERE x.state = 'proposed' AND x.unit_id IN (SELECT id FROM below) ORDER BY x.id;

-- name: example_put
-- $1 realm, $2 id, $3 unit, $4 year, $5 title, $6 text, $7 topic, $8 search key
INSERT INTO example (realm, id, unit_id, year, title, text, topic, search_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (realm, id) DO UPDATE SET year = excluded.year, title = excluded.title, text = excluded.text, topic = excluded.topic,
	search_key = excluded.search_key, rev = example.rev + 1;

-- name: example_state_set
-- $1 realm, $2 id, $3 state, $4 published on, $5 published by
UPDATE example SET state = $3, published_on = $4, published_by = $5, rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: example_drop
-- $1 realm, $2 id
DELETE FROM example WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- emulation below a committee

-- name: emulation_below
-- What each unit directly below does, with all that stands below it. $1 committee, $2 year, $3 day
WITH RECURSIVE below(root, id) AS (
	SELECT unit_id, unit_id FROM unit_span WHERE parent_id = $1 AND valid_from <= $3 AND valid_to >= $3
	UNION SELECT b.root, s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $3 AND s.valid_to >= $3
), counted AS (
	SELECT b.root,
		(SELECT count(*) FROM initiative i WHERE i.realm = u.realm AND i.unit_id = u.id AND i.year = $2) AS initiatives,
		(SELECT count(*) FROM membership m WHERE m.realm = u.realm AND m.unit_id = u.id AND m.valid_from <= $3 AND m.valid_to >= $3
			AND m.status IN ('probationary', 'official', 'exempt', 'temp_away')) AS members,
		(SELECT count(*) FROM emulation_title t WHERE t.realm = u.realm AND t.unit_id = u.id AND t.year = $2) AS titles,
		(SELECT count(*) FROM emulation_title t WHERE t.realm = u.realm AND t.unit_id = u.id AND t.year = $2 AND t.result = 'reached') AS titles_reached,
		(SELECT count(*) FROM undertaking t WHERE t.realm = u.realm AND t.unit_id = u.id AND t.year = $2) AS undertakings,
		(SELECT count(*) FROM undertaking t WHERE t.realm = u.realm AND t.unit_id = u.id AND t.year = $2 AND t.result = 'done') AS undertakings_done,
		(SELECT count(*) FROM agreement_party p JOIN agreement a ON a.realm = p.realm AND a.id = p.agreement_id
			WHERE p.realm = u.realm AND p.unit_id = u.id AND a.year = $2 AND p.signed_on IS NOT NULL) AS signed,
		(SELECT count(*) FROM award w WHERE w.realm = u.realm AND w.unit_id = u.id AND w.year = $2 AND w.revoked_on IS NULL) AS awards
	FROM below b JOIN unit u ON u.id = b.id
)
SELECT k.root AS unit_id, r.name AS unit_name, CAST(sum(k.initiatives) AS @INT) AS initiatives, CAST(sum(k.members) AS @INT) AS members,
	CAST(sum(k.titles) AS @INT) AS titles, CAST(sum(k.titles_reached) AS @INT) AS titles_reached, CAST(sum(k.undertakings) AS @INT) AS undertakings,
	CAST(sum(k.undertakings_done) AS @INT) AS undertakings_done, CAST(sum(k.signed) AS @INT) AS signed, CAST(sum(k.awards) AS @INT) AS awards
FROM counted k JOIN unit u ON u.id = k.root JOIN unit_span r ON r.unit_id = k.root AND r.valid_from <= $3 AND r.valid_to >= $3
GROUP BY k.root, r.name, r.sort_key, u.code ORDER BY r.sort_key, u.code;
