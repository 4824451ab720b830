-- The plain registers: the same five statements each. Columns are those of the registers' records (ledger_kinds.c). NAME_rows: some, NAME_one: by id,
-- NAME_find: by what it is known by, NAME_put: written, new or over the old, NAME_drop: taken away.

-- ---------------------------------------------------------------- disciplines

-- name: disciplines_rows
-- $1 unit or 0 for all, $2 $3 tree between these days, $4 since, $5 until, $6 $7 after this day and id, $8 most, $9 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE id = $1
	UNION SELECT id FROM unit WHERE CAST($1 AS @INT) = 0
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
		WHERE CAST($9 AS @INT) = 1 AND s.valid_from <= $3 AND s.valid_to >= $2
)
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.code, t.subject,
	t.decided_on, t.decision_no
FROM below b JOIN unit u ON u.id = b.id JOIN discipline t ON t.realm = u.realm AND t.unit_id = u.id
WHERE t.decided_on <= $5 AND t.decided_on >= $4 AND (t.decided_on > $6 OR (t.decided_on = $6 AND t.id > $7))
ORDER BY t.decided_on, t.id LIMIT $8;

-- name: disciplines_one
-- $1 realm, $2 id
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.code, t.subject,
	t.decided_on, t.decision_no
FROM discipline t JOIN unit u ON u.id = t.unit_id
WHERE t.realm = $1 AND t.id = $2;

-- name: disciplines_find
-- $1 realm, then code
SELECT id FROM discipline WHERE realm = $1 AND code = $2;

-- name: disciplines_put
INSERT INTO discipline (realm, id, unit_id, code, subject, decided_on, decision_no)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (realm, id) DO UPDATE SET code = excluded.code, subject = excluded.subject, decided_on = excluded.decided_on, decision_no = excluded.decision_no, rev = discipline.rev + 1;

-- name: disciplines_drop
-- $1 realm, $2 id
DELETE FROM discipline WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- inspections

-- name: inspections_rows
-- $1 unit or 0 for all, $2 $3 tree between these days, $4 since, $5 until, $6 $7 after this day and id, $8 most, $9 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE id = $1
	UNION SELECT id FROM unit WHERE CAST($1 AS @INT) = 0
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
		WHERE CAST($9 AS @INT) = 1 AND s.valid_from <= $3 AND s.valid_to >= $2
)
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.code, t.kind,
	t.title, t.planned_on, t.done_on, t.result
FROM below b JOIN unit u ON u.id = b.id JOIN inspection t ON t.realm = u.realm AND t.unit_id = u.id
WHERE t.planned_on <= $5 AND t.planned_on >= $4 AND (t.planned_on > $6 OR (t.planned_on = $6 AND t.id > $7))
ORDER BY t.planned_on, t.id LIMIT $8;

-- name: inspections_one
-- $1 realm, $2 id
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.code, t.kind,
	t.title, t.planned_on, t.done_on, t.result
FROM inspection t JOIN unit u ON u.id = t.unit_id
WHERE t.realm = $1 AND t.id = $2;

-- name: inspections_find
-- $1 realm, then code
SELECT id FROM inspection WHERE realm = $1 AND code = $2;

-- name: inspections_put
INSERT INTO inspection (realm, id, unit_id, code, kind, title, planned_on, done_on, result)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (realm, id) DO UPDATE SET code = excluded.code, kind = excluded.kind, title = excluded.title, planned_on = excluded.planned_on, done_on = excluded.done_on, result = excluded.result, rev = inspection.rev + 1;

-- name: inspections_drop
-- $1 realm, $2 id
DELETE FROM inspection WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- reports

-- name: reports_rows
-- $1 unit or 0 for all, $2 $3 tree between these days, $4 since, $5 until, $6 $7 after this day and id, $8 most, $9 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE id = $1
	UNION SELECT id FROM unit WHERE CAST($1 AS @INT) = 0
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
		WHERE CAST($9 AS @INT) = 1 AND s.valid_from <= $3 AND s.valid_to >= $2
)
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.code, t.title,
	t.due_on, t.sent_on
FROM below b JOIN unit u ON u.id = b.id JOIN report_due t ON t.realm = u.realm AND t.unit_id = u.id
WHERE t.due_on <= $5 AND t.due_on >= $4 AND (t.due_on > $6 OR (t.due_on = $6 AND t.id > $7))
ORDER BY t.due_on, t.id LIMIT $8;

-- name: reports_one
-- $1 realm, $2 id
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.code, t.title,
	t.due_on, t.sent_on
FROM report_due t JOIN unit u ON u.id = t.unit_id
WHERE t.realm = $1 AND t.id = $2;

-- name: reports_find
-- $1 realm, then code
SELECT id FROM report_due WHERE realm = $1 AND code = $2;

-- name: reports_put
INSERT INTO report_due (realm, id, unit_id, code, title, due_on, sent_on)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (realm, id) DO UPDATE SET code = excluded.code, title = excluded.title, due_on = excluded.due_on, sent_on = excluded.sent_on, rev = report_due.rev + 1;

-- name: reports_drop
-- $1 realm, $2 id
DELETE FROM report_due WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- feedback

-- name: feedback_rows
-- $1 unit or 0 for all, $2 $3 tree between these days, $4 since, $5 until, $6 $7 after this day and id, $8 most, $9 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE id = $1
	UNION SELECT id FROM unit WHERE CAST($1 AS @INT) = 0
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
		WHERE CAST($9 AS @INT) = 1 AND s.valid_from <= $3 AND s.valid_to >= $2
)
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.code,
	t.received_on, t.kind, t.topic, t.due_on, t.answered_on
FROM below b JOIN unit u ON u.id = b.id JOIN feedback t ON t.realm = u.realm AND t.unit_id = u.id
WHERE t.received_on <= $5 AND t.received_on >= $4 AND (t.received_on > $6 OR (t.received_on = $6 AND t.id > $7))
ORDER BY t.received_on, t.id LIMIT $8;

-- name: feedback_one
-- $1 realm, $2 id
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.code,
	t.received_on, t.kind, t.topic, t.due_on, t.answered_on
FROM feedback t JOIN unit u ON u.id = t.unit_id
WHERE t.realm = $1 AND t.id = $2;

-- name: feedback_find
-- $1 realm, then code
SELECT id FROM feedback WHERE realm = $1 AND code = $2;

-- name: feedback_put
INSERT INTO feedback (realm, id, unit_id, code, received_on, kind, topic, due_on, answered_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (realm, id) DO UPDATE SET code = excluded.code, received_on = excluded.received_on, kind = excluded.kind, topic = excluded.topic, due_on = excluded.due_on, answered_on = excluded.answered_on, rev = feedback.rev + 1;

-- name: feedback_drop
-- $1 realm, $2 id
DELETE FROM feedback WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- trainings

-- name: trainings_rows
-- $1 unit or 0 for all, $2 $3 tree between these days, $4 since, $5 until, $6 $7 after this day and id, $8 most, $9 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE id = $1
	UNION SELECT id FROM unit WHERE CAST($1 AS @INT) = 0
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
		WHERE CAST($9 AS @INT) = 1 AND s.valid_from <= $3 AND s.valid_to >= $2
)
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	t.realm AS member_realm, t.member_id, m.code AS member_code, m.full_name AS member_name, t.course, t.held_on, t.hours, t.result
FROM below b JOIN unit u ON u.id = b.id JOIN training t ON t.realm = u.realm AND t.unit_id = u.id JOIN member m ON m.realm = t.realm AND m.id = t.member_id
WHERE t.held_on <= $5 AND t.held_on >= $4 AND (t.held_on > $6 OR (t.held_on = $6 AND t.id > $7))
ORDER BY t.held_on, t.id LIMIT $8;

-- name: trainings_one
-- $1 realm, $2 id
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	t.realm AS member_realm, t.member_id, m.code AS member_code, m.full_name AS member_name, t.course, t.held_on, t.hours, t.result
FROM training t JOIN unit u ON u.id = t.unit_id JOIN member m ON m.realm = t.realm AND m.id = t.member_id
WHERE t.realm = $1 AND t.id = $2;

-- name: trainings_find
-- $1 realm, then unit_id, member_id, course, held_on
SELECT id FROM training WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND course = $4 AND held_on = $5;

-- name: trainings_put
INSERT INTO training (realm, id, unit_id, member_id, course, held_on, hours, result)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (realm, id) DO UPDATE SET member_id = excluded.member_id, course = excluded.course, held_on = excluded.held_on, hours = excluded.hours, result = excluded.result, rev = training.rev + 1;

-- name: trainings_drop
-- $1 realm, $2 id
DELETE FROM training WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- numbers

-- name: numbers_rows
-- $1 unit or 0 for all, $2 $3 tree between these days, $4 since, $5 until, $6 $7 after this day and id, $8 most, $9 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE id = $1
	UNION SELECT id FROM unit WHERE CAST($1 AS @INT) = 0
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
		WHERE CAST($9 AS @INT) = 1 AND s.valid_from <= $3 AND s.valid_to >= $2
)
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.year, t.name,
	t.value
FROM below b JOIN unit u ON u.id = b.id JOIN year_number t ON t.realm = u.realm AND t.unit_id = u.id
WHERE CAST(t.year AS TEXT) || '-01-01' <= $5 AND CAST(t.year AS TEXT) || '-01-01' >= $4 AND (CAST(t.year AS TEXT) || '-01-01' > $6 OR (CAST(t.year AS TEXT) || '-01-01' = $6 AND t.id > $7))
ORDER BY CAST(t.year AS TEXT) || '-01-01', t.id LIMIT $8;

-- name: numbers_one
-- $1 realm, $2 id
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.year, t.name,
	t.value
FROM year_number t JOIN unit u ON u.id = t.unit_id
WHERE t.realm = $1 AND t.id = $2;

-- name: numbers_find
-- $1 realm, then unit_id, year, name
SELECT id FROM year_number WHERE realm = $1 AND unit_id = $2 AND year = $3 AND name = $4;

-- name: numbers_put
INSERT INTO year_number (realm, id, unit_id, year, name, value)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (realm, id) DO UPDATE SET year = excluded.year, name = excluded.name, value = excluded.value, rev = year_number.rev + 1;

-- name: numbers_drop
-- $1 realm, $2 id
DELETE FROM year_number WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- assignments

-- name: assignments_rows
-- $1 unit or 0 for all, $2 $3 tree between these days, $4 since, $5 until, $6 $7 after this day and id, $8 most, $9 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE id = $1
	UNION SELECT id FROM unit WHERE CAST($1 AS @INT) = 0
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
		WHERE CAST($9 AS @INT) = 1 AND s.valid_from <= $3 AND s.valid_to >= $2
)
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.member_realm,
	t.member_id, m.code AS member_code, m.full_name AS member_name, t.level, t.valid_from AS "from", t.valid_to AS "to",
	t.required_turns, t.per
FROM below b JOIN unit u ON u.id = b.id JOIN assignment t ON t.realm = u.realm AND t.unit_id = u.id JOIN member m ON m.realm = t.member_realm AND m.id = t.member_id
WHERE t.valid_from <= $5 AND t.valid_to >= $4 AND (t.valid_from > $6 OR (t.valid_from = $6 AND t.id > $7))
ORDER BY t.valid_from, t.id LIMIT $8;

-- name: assignments_one
-- $1 realm, $2 id
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.member_realm,
	t.member_id, m.code AS member_code, m.full_name AS member_name, t.level, t.valid_from AS "from", t.valid_to AS "to",
	t.required_turns, t.per
FROM assignment t JOIN unit u ON u.id = t.unit_id JOIN member m ON m.realm = t.member_realm AND m.id = t.member_id
WHERE t.realm = $1 AND t.id = $2;

-- name: assignments_find
-- $1 realm, then unit_id, member_realm, member_id, valid_from
SELECT id FROM assignment WHERE realm = $1 AND unit_id = $2 AND member_realm = $3 AND member_id = $4 AND valid_from = $5;

-- name: assignments_put
INSERT INTO assignment (realm, id, unit_id, member_realm, member_id, level, valid_from, valid_to, required_turns, per)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (realm, id) DO UPDATE SET member_realm = excluded.member_realm, member_id = excluded.member_id, level = excluded.level, valid_from = excluded.valid_from, valid_to = excluded.valid_to, required_turns = excluded.required_turns, per = excluded.per, rev = assignment.rev + 1;

-- name: assignments_drop
-- $1 realm, $2 id
DELETE FROM assignment WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- visits

-- name: visits_rows
-- $1 unit or 0 for all, $2 $3 tree between these days, $4 since, $5 until, $6 $7 after this day and id, $8 most, $9 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE id = $1
	UNION SELECT id FROM unit WHERE CAST($1 AS @INT) = 0
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id
		WHERE CAST($9 AS @INT) = 1 AND s.valid_from <= $3 AND s.valid_to >= $2
)
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.member_realm,
	t.member_id, m.code AS member_code, m.full_name AS member_name, t.meeting_id, coalesce(g.code, '') AS meeting_code, t.held_on
FROM below b JOIN unit u ON u.id = b.id JOIN visit t ON t.realm = u.realm AND t.unit_id = u.id JOIN member m ON m.realm = t.member_realm AND m.id = t.member_id LEFT JOIN meeting g ON g.realm = t.realm AND g.id = t.meeting_id
WHERE t.held_on <= $5 AND t.held_on >= $4 AND (t.held_on > $6 OR (t.held_on = $6 AND t.id > $7))
ORDER BY t.held_on, t.id LIMIT $8;

-- name: visits_one
-- $1 realm, $2 id
SELECT t.realm, t.id, t.unit_id, t.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name, t.member_realm,
	t.member_id, m.code AS member_code, m.full_name AS member_name, t.meeting_id, coalesce(g.code, '') AS meeting_code, t.held_on
FROM visit t JOIN unit u ON u.id = t.unit_id JOIN member m ON m.realm = t.member_realm AND m.id = t.member_id LEFT JOIN meeting g ON g.realm = t.realm AND g.id = t.meeting_id
WHERE t.realm = $1 AND t.id = $2;

-- name: visits_find
-- $1 realm, then unit_id, member_realm, member_id, meeting_id, held_on
SELECT id FROM visit WHERE realm = $1 AND unit_id = $2 AND member_realm = $3 AND member_id = $4 AND meeting_id = $5 AND held_on = $6;

-- name: visits_put
INSERT INTO visit (realm, id, unit_id, member_realm, member_id, meeting_id, held_on)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (realm, id) DO UPDATE SET member_realm = excluded.member_realm, member_id = excluded.member_id, meeting_id = excluded.meeting_id, held_on = excluded.held_on, rev = visit.rev + 1;

-- name: visits_drop
-- $1 realm, $2 id
DELETE FROM visit WHERE realm = $1 AND id = $2;

-- ---------------------------------------------------------------- all of them

-- name: ledger_counts
-- By number of the register, then initiatives (8) and targets (9). $1 unit, $2 day of the tree, $3 since, $4 until, $5 year, $6 today, $7 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE CAST($7 AS @INT) = 1 AND s.valid_from <= $2 AND s.valid_to >= $2
), place(realm, id) AS (
	SELECT u.realm, u.id FROM below b JOIN unit u ON u.id = b.id
)
SELECT 0 AS ledger, count(*) AS n, 0 AS done, 0 AS late
FROM place p JOIN discipline t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.decided_on >= $3 AND t.decided_on <= $4
UNION ALL
SELECT 1 AS ledger, count(*) AS n, count(t.done_on) AS done, count(CASE WHEN t.planned_on < $6 AND t.done_on IS NULL THEN 1 END) AS late
FROM place p JOIN inspection t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.planned_on >= $3 AND t.planned_on <= $4
UNION ALL
SELECT 2 AS ledger, count(*) AS n, count(t.sent_on) AS done, count(CASE WHEN t.due_on < $6 AND t.sent_on IS NULL THEN 1 END) AS late
FROM place p JOIN report_due t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.due_on >= $3 AND t.due_on <= $4
UNION ALL
SELECT 3 AS ledger, count(*) AS n, count(t.answered_on) AS done, count(CASE WHEN t.due_on < $6 AND t.answered_on IS NULL THEN 1 END) AS late
FROM place p JOIN feedback t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.received_on >= $3 AND t.received_on <= $4
UNION ALL
SELECT 4 AS ledger, count(*) AS n, 0 AS done, 0 AS late
FROM place p JOIN training t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.held_on >= $3 AND t.held_on <= $4
UNION ALL
SELECT 5 AS ledger, count(*) AS n, 0 AS done, 0 AS late
FROM place p JOIN year_number t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.year = $5 AND t.name NOT LIKE 'none%'
UNION ALL
SELECT 6 AS ledger, count(*) AS n, 0 AS done, 0 AS late
FROM place p JOIN assignment t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.valid_from <= $4 AND t.valid_to >= $3
UNION ALL
SELECT 7 AS ledger, count(*) AS n, 0 AS done, 0 AS late
FROM place p JOIN visit t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.held_on >= $3 AND t.held_on <= $4
UNION ALL
SELECT 8 AS ledger, count(*) AS n, 0 AS done, 0 AS late
FROM place p JOIN initiative t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.year = $5
UNION ALL
SELECT 9 AS ledger, count(*) AS n, 0 AS done, 0 AS late
FROM place p JOIN programme_target t ON t.realm = p.realm AND t.unit_id = p.id WHERE t.due_on >= $3 AND t.due_on <= $4;

-- name: ledger_declarations
-- How many units declared that there was nothing, by name. $1 unit, $2 day of the tree, $3 year, $4 1: with all below
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE CAST($4 AS @INT) = 1 AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT t.name, count(*) AS declared FROM below b JOIN unit u ON u.id = b.id JOIN year_number t ON t.realm = u.realm AND t.unit_id = u.id
WHERE t.year = $3 AND t.value = 1 AND t.name LIKE 'none%' GROUP BY t.name;

-- name: ledger_taken_back
-- $1 realm, $2 unit, $3 name, $4 $5 first and last year
DELETE FROM year_number WHERE realm = $1 AND unit_id = $2 AND name = $3 AND year >= $4 AND year <= $5;

-- name: ledger_declared_of
-- $1 realm, $2 unit, $3 year, $4 name
SELECT id FROM year_number WHERE realm = $1 AND unit_id = $2 AND year = $3 AND name = $4;

-- name: ledger_member_id
-- $1 realm, $2 code
SELECT id FROM member WHERE realm = $1 AND code = $2;

-- name: ledger_member_there
-- On the roll of the unit or in a post of it at some time between two days? $1 realm, $2 unit, $3 member, $4 from, $5 to
SELECT 1 AS there FROM membership WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND valid_from <= $5 AND valid_to >= $4
	AND status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here')
UNION ALL
SELECT 1 AS there FROM post WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND valid_from <= $5 AND valid_to >= $4;

-- name: ledger_member_somewhere
-- On any roll at some time between two days? $1 realm, $2 member, $3 from, $4 to
SELECT 1 AS there FROM membership WHERE realm = $1 AND member_id = $2 AND valid_from <= $4 AND valid_to >= $3
	AND status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here');

-- name: ledger_meeting
-- $1 realm, $2 code
SELECT id AS meeting_id, unit_id, substr(starts_at, 1, 10) AS on_date FROM meeting WHERE realm = $1 AND code = $2;

-- name: ledger_meetings
-- Meetings of a unit to choose from, latest first. $1 realm, $2 unit, $3 since, $4 until
SELECT code, substr(starts_at, 1, 10) AS on_date, kind FROM meeting
WHERE realm = $1 AND unit_id = $2 AND substr(starts_at, 1, 10) >= $3 AND substr(starts_at, 1, 10) <= $4 ORDER BY starts_at DESC, code;

-- name: ledger_contradictions
-- Years declared to have had nothing beside rows of that year; people and meetings that are not there.
SELECT n.name AS what, u.code AS unit_code, n.year FROM year_number n JOIN unit u ON u.id = n.unit_id
WHERE n.value = 1 AND (
	(n.name = 'none_discipline' AND EXISTS (SELECT 1 FROM discipline t WHERE t.realm = n.realm AND t.unit_id = n.unit_id
		AND CAST(substr(t.decided_on, 1, 4) AS @INT) = n.year))
	OR (n.name = 'none_inspection' AND EXISTS (SELECT 1 FROM inspection t WHERE t.realm = n.realm AND t.unit_id = n.unit_id
		AND CAST(substr(t.planned_on, 1, 4) AS @INT) = n.year))
	OR (n.name = 'none_report' AND EXISTS (SELECT 1 FROM report_due t WHERE t.realm = n.realm AND t.unit_id = n.unit_id
		AND CAST(substr(t.due_on, 1, 4) AS @INT) = n.year))
	OR (n.name = 'none_feedback' AND EXISTS (SELECT 1 FROM feedback t WHERE t.realm = n.realm AND t.unit_id = n.unit_id
		AND CAST(substr(t.received_on, 1, 4) AS @INT) = n.year))
	OR (n.name = 'none_training' AND EXISTS (SELECT 1 FROM training t WHERE t.realm = n.realm AND t.unit_id = n.unit_id
		AND CAST(substr(t.held_on, 1, 4) AS @INT) = n.year)))
UNION ALL
SELECT 'assignment' AS what, u.code AS unit_code, CAST(substr(t.valid_from, 1, 4) AS @INT) AS year FROM assignment t JOIN unit u ON u.id = t.unit_id
WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.realm = t.member_realm AND m.id = t.member_id)
UNION ALL
SELECT 'visit' AS what, u.code AS unit_code, CAST(substr(t.held_on, 1, 4) AS @INT) AS year FROM visit t JOIN unit u ON u.id = t.unit_id
WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.realm = t.member_realm AND m.id = t.member_id)
	OR (t.meeting_id <> 0 AND NOT EXISTS (SELECT 1 FROM meeting g WHERE g.realm = t.realm AND g.id = t.meeting_id AND g.unit_id = t.unit_id))
ORDER BY 2, 3, 1;

-- name: ledger_how_many
SELECT (SELECT count(*) FROM year_number) + (SELECT count(*) FROM assignment) + (SELECT count(*) FROM visit) AS n;

-- name: ledger_due
-- What a unit has still to do, by number of the register. $1 realm, $2 unit, $3 due since, $4 today, $5 due until
SELECT 1 AS ledger, count(CASE WHEN planned_on < $4 THEN 1 END) AS late, count(CASE WHEN planned_on >= $4 THEN 1 END) AS soon
FROM inspection WHERE realm = $1 AND unit_id = $2 AND done_on IS NULL AND planned_on >= $3 AND planned_on <= $5
UNION ALL
SELECT 2 AS ledger, count(CASE WHEN due_on < $4 THEN 1 END) AS late, count(CASE WHEN due_on >= $4 THEN 1 END) AS soon
FROM report_due WHERE realm = $1 AND unit_id = $2 AND sent_on IS NULL AND due_on >= $3 AND due_on <= $5
UNION ALL
SELECT 3 AS ledger, count(CASE WHEN due_on < $4 THEN 1 END) AS late, count(CASE WHEN due_on >= $4 THEN 1 END) AS soon
FROM feedback WHERE realm = $1 AND unit_id = $2 AND answered_on IS NULL AND due_on >= $3 AND due_on <= $5;
