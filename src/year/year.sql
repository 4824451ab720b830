-- Cases of a year: finding, listing, steps, sheets, votes, checks, evidence, appeals. Facts are gathered elsewhere.

-- name: case_by_id
-- $1 id
SELECT * FROM year_case_row WHERE id = $1;

-- name: case_find
-- $1 realm, $2 kind, $3 year, $4 unit, $5 member or 0
SELECT * FROM year_case_row WHERE realm = $1 AND kind = $2 AND year = $3 AND unit_id = $4 AND member_id = $5;

-- name: case_units_below
-- A unit and all below it on a day; units that were closed in the year too, at their last place. $1 unit, $2 day, $3 first day of the year
WITH RECURSIVE below (id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id AND s.valid_from <= $2 AND (s.valid_to >= $2
		OR (s.valid_to >= $3 AND NOT EXISTS (SELECT 1 FROM unit_span n WHERE n.unit_id = s.unit_id AND n.valid_from > s.valid_to)))
)
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
	coalesce(s.parent_id, 0) AS parent_id, '' AS parent_code
FROM below b
JOIN unit u ON u.id = b.id
JOIN unit_span s ON s.unit_id = b.id AND s.valid_from = (SELECT max(x.valid_from) FROM unit_span x WHERE x.unit_id = b.id AND x.valid_from <= $2);

-- name: case_list_below
-- Cases of a unit and all below it on a day. $1 unit, $2 day, $3 first day of the year, $4 kind or '', $5 state or '', $6 year
WITH RECURSIVE below (id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id AND s.valid_from <= $2 AND (s.valid_to >= $2
		OR (s.valid_to >= $3 AND NOT EXISTS (SELECT 1 FROM unit_span n WHERE n.unit_id = s.unit_id AND n.valid_from > s.valid_to)))
)
SELECT k.* FROM below b
JOIN unit u ON u.id = b.id
JOIN year_case_row k ON k.realm = u.realm AND k.unit_id = b.id AND k.year = $6
LEFT JOIN member m ON m.realm = k.realm AND m.id = k.member_id
WHERE (CAST($4 AS TEXT) = '' OR k.kind = $4) AND (CAST($5 AS TEXT) = '' OR k.state = $5)
ORDER BY m.sort_key, k.member_code, k.kind, k.id;

-- name: case_list_own
-- Cases of one unit. $1 realm, $2 unit, $3 kind or '', $4 state or '', $5 year
SELECT k.* FROM year_case_row k
LEFT JOIN member m ON m.realm = k.realm AND m.id = k.member_id
WHERE k.realm = $1 AND k.unit_id = $2 AND k.year = $5 AND (CAST($3 AS TEXT) = '' OR k.kind = $3) AND (CAST($4 AS TEXT) = '' OR k.state = $4)
ORDER BY m.sort_key, k.member_code, k.kind, k.id;

-- name: case_insert
-- $1 realm, $2 id, $3 kind, $4 year, $5 unit, $6 member, $7 state, $8 registered on, $9 meeting, $10 plan, $11 agreement, $12 carried over, $13 imported
INSERT INTO year_case (realm, id, kind, year, unit_id, member_id, state, registered_on, meeting_id, plan_id, agreement_on, carried_over, imported)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: case_write
-- What a step changes; the version is raised. $1 realm, $2 id, $3 state, $4 group, $5 exemplary, $6 decision, $7 its number, $8 decided on, $9 due on,
-- $10 moved to, $11 remark, $12 registered on, $13 imported
UPDATE year_case SET state = $3, group_name = $4, exemplary = $5, decision_id = $6, decision_no = $7, decided_on = $8, due_on = $9, moved_to = $10,
	remark = $11, registered_on = $12, imported = $13, rev = rev + 1
WHERE realm = $1 AND id = $2;

-- name: case_raise
-- $1 realm, $2 id
UPDATE year_case SET rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: case_steps_of
-- $1 realm, $2 case
SELECT seq, at_ms, step, from_state, to_state, actor, remark FROM year_step WHERE realm = $1 AND case_id = $2 ORDER BY seq;

-- name: case_step_last
-- $1 realm, $2 case
SELECT max(seq) FROM year_step WHERE realm = $1 AND case_id = $2;

-- name: case_step_insert
-- $1 realm, $2 case, $3 number, $4 step, $5 from, $6 to, $7 actor, $8 at, $9 remark
INSERT INTO year_step (realm, case_id, seq, step, from_state, to_state, actor, at_ms, remark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: case_meeting_on
-- The regular meeting that a cell held on a day. $1 realm, $2 unit, $3 start of the day, $4 start of the next
SELECT id FROM meeting
WHERE realm = $1 AND unit_id = $2 AND kind = 'regular' AND starts_at >= $3 AND starts_at < $4
	AND state IN ('held', 'scored', 'voted', 'minutes_signed', 'reported', 'decided', 'locked', 'reopened')
ORDER BY starts_at LIMIT 1;

-- name: case_plan_document
-- The programme or plan of a unit for a year among its documents. $1 realm, $2 unit, $3 from, $4 until
SELECT id FROM document
WHERE realm = $1 AND unit_id = $2 AND state <> 'withdrawn' AND dated_on BETWEEN $3 AND $4 AND (type = 'CTr' OR purpose = 'programme' OR purpose = 'plan' OR type = 'KH')
ORDER BY dated_on LIMIT 1;

-- name: case_appeals_open
-- $1 realm, $2 case
SELECT count(*) FROM year_appeal WHERE realm = $1 AND case_id = $2 AND outcome = '';

-- name: case_children_waiting
-- Units directly below a body on a day whose case of a kind and year is not appraised yet. Of "four good" those that registered, of classification
-- all. $1 unit, $2 day, $3 kind, $4 year, $5 1: also those without a case
SELECT u.id, u.realm, u.code, u.rev, s.level, s.type, s.owner, s.name, s.valid_from, s.valid_to, s.sort_key,
	coalesce(s.parent_id, 0) AS parent_id, '' AS parent_code
FROM unit_span s
JOIN unit u ON u.id = s.unit_id
LEFT JOIN year_case k ON k.realm = u.realm AND k.kind = $3 AND k.year = $4 AND k.unit_id = u.id AND k.member_id = 0
WHERE s.parent_id = $1 AND s.valid_from <= $2 AND s.valid_to >= $2 AND (CASE WHEN k.state IS NULL THEN $5 = 1
	ELSE k.state NOT IN ('appraised', 'recognised', 'not_recognised', 'notified', 'withdrawn', 'transferred_out') END)
ORDER BY s.sort_key, u.code;

-- ---------------------------------------------------------------- sheets

-- name: case_sheets_of
-- The latest of a stage first. $1 realm, $2 case
SELECT realm, case_id, stage, revision, scheme, points, result, vetoes, facts, reason, actor, at_ms
FROM year_sheet WHERE realm = $1 AND case_id = $2 ORDER BY stage, revision DESC;

-- name: case_sheet_latest
-- $1 realm, $2 case, $3 stage
SELECT realm, case_id, stage, revision, scheme, points, result, vetoes, facts, reason, actor, at_ms
FROM year_sheet WHERE realm = $1 AND case_id = $2 AND stage = $3 ORDER BY revision DESC LIMIT 1;

-- name: case_sheet_counting
-- Appraised, else voted, else self. $1 realm, $2 case
SELECT realm, case_id, stage, revision, scheme, points, result, vetoes, facts, reason, actor, at_ms
FROM year_sheet WHERE realm = $1 AND case_id = $2 AND stage IN ('self', 'voted', 'appraised')
ORDER BY CASE stage WHEN 'appraised' THEN 1 WHEN 'voted' THEN 2 ELSE 3 END, revision DESC LIMIT 1;

-- name: case_sheet_insert
-- $1 realm, $2 case, $3 stage, $4 revision, $5 scheme, $6 points, $7 result, $8 vetoes, $9 facts, $10 reason, $11 actor, $12 at
INSERT INTO year_sheet (realm, case_id, stage, revision, scheme, points, result, vetoes, facts, reason, actor, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: case_line_insert
-- $1 realm, $2 case, $3 stage, $4 revision, $5 line, $6 points, $7 max, $8 source, $9 why
-- rows: 20
INSERT INTO year_line (realm, case_id, stage, revision, line, points, max, source, why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: case_lines_of
-- $1 realm, $2 case, $3 stage, $4 revision
SELECT line, points, max, source, why FROM year_line WHERE realm = $1 AND case_id = $2 AND stage = $3 AND revision = $4 ORDER BY line;

-- ---------------------------------------------------------------- votes

-- name: case_votes_of
-- First one first. $1 realm, $2 case
SELECT stage AS stage_word, seq, on_date, meeting_id, base, in_favour, against, abstain, remark, actor, at_ms
FROM year_vote WHERE realm = $1 AND case_id = $2 ORDER BY at_ms, stage, seq;

-- name: case_vote_last
-- $1 realm, $2 case, $3 stage
SELECT max(seq) FROM year_vote WHERE realm = $1 AND case_id = $2 AND stage = $3;

-- name: case_vote_insert
-- $1 realm, $2 case, $3 stage, $4 number, $5 day, $6 meeting, $7 base, $8 in favour, $9 against, $10 abstain, $11 remark, $12 actor, $13 at
INSERT INTO year_vote (realm, case_id, stage, seq, on_date, meeting_id, base, in_favour, against, abstain, remark, actor, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- ---------------------------------------------------------------- the monthly check

-- name: case_checks_of
-- $1 realm, $2 case
SELECT line, remark, month, met, proposed, at_ms, actor FROM year_check WHERE realm = $1 AND case_id = $2 ORDER BY month, line;

-- name: case_check_drop
-- $1 realm, $2 case, $3 month
DELETE FROM year_check WHERE realm = $1 AND case_id = $2 AND month = $3;

-- name: case_check_insert
-- $1 realm, $2 case, $3 month, $4 line, $5 met, $6 what the records said, $7 remark, $8 actor, $9 at
INSERT INTO year_check (realm, case_id, month, line, met, proposed, remark, actor, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- ---------------------------------------------------------------- evidence

-- name: case_evidence_of
-- $1 realm, $2 case
SELECT id, document_id, file_id, at_ms, line, title, paper_no, actor FROM year_evidence WHERE realm = $1 AND case_id = $2 ORDER BY line, id;

-- name: case_evidence_insert
-- $1 realm, $2 case, $3 id, $4 line, $5 title, $6 paper, $7 document, $8 file, $9 actor, $10 at
INSERT INTO year_evidence (realm, case_id, id, line, title, paper_no, document_id, file_id, actor, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: case_evidence_drop
-- $1 realm, $2 case, $3 id
DELETE FROM year_evidence WHERE realm = $1 AND case_id = $2 AND id = $3;

-- name: case_document_unit
-- The unit of a document. $1 realm, $2 document
SELECT unit_id FROM document WHERE realm = $1 AND id = $2;

-- name: case_file_used
-- How often a file is evidence of a case. $1 realm, $2 file
SELECT count(*) FROM year_evidence WHERE realm = $1 AND file_id = $2;

-- ---------------------------------------------------------------- appeals

-- name: case_appeals_of
-- First one first. $1 realm, $2 case
SELECT seq, revision, at_ms, answered_ms, reason, wanted, actor, answer, answered_by, due_on, outcome
FROM year_appeal WHERE realm = $1 AND case_id = $2 ORDER BY seq;

-- name: case_appeal_insert
-- $1 realm, $2 case, $3 number, $4 revision, $5 reason, $6 wanted, $7 actor, $8 at, $9 answer due
INSERT INTO year_appeal (realm, case_id, seq, revision, reason, wanted, actor, at_ms, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: case_appeal_close
-- $1 realm, $2 case, $3 number, $4 outcome, $5 answer, $6 by, $7 at
UPDATE year_appeal SET outcome = $4, answer = $5, answered_by = $6, answered_ms = $7 WHERE realm = $1 AND case_id = $2 AND seq = $3;

-- ---------------------------------------------------------------- files

-- name: case_steps_insert
-- As case_step_insert, many at once.
-- rows: 20
INSERT INTO year_step (realm, case_id, seq, step, from_state, to_state, actor, at_ms, remark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: four_good_rows_all
-- For export. $1 first year, $2 last year
SELECT k.unit_code, k.year, k.registered_on, k.state, k.exemplary, k.decision_no, k.decided_on, k.moved_to,
	(SELECT s.points FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'self' ORDER BY s.revision DESC LIMIT 1) AS self_points,
	(SELECT s.points FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'voted' ORDER BY s.revision DESC LIMIT 1) AS voted_points,
	(SELECT s.points FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'appraised' ORDER BY s.revision DESC LIMIT 1) AS appraised_points
FROM year_case_row k
WHERE k.kind = 'four_good' AND k.year BETWEEN $1 AND $2
ORDER BY k.unit_code, k.year;

-- name: four_good_rows_below
-- Of a unit and all that was below it at some time of the case's year. $1 unit, $2 since, $3 until, $4 first year, $5 last year
WITH RECURSIVE below (unit_id, since, until) AS (
	SELECT CAST($1 AS @INT), CAST($2 AS TEXT), CAST($3 AS TEXT)
	UNION
	SELECT s.unit_id, CASE WHEN s.valid_from > b.since THEN s.valid_from ELSE b.since END,
		CASE WHEN s.valid_to < b.until THEN s.valid_to ELSE b.until END
	FROM below b
	JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= b.until AND s.valid_to >= b.since
)
SELECT DISTINCT k.unit_code, k.year, k.registered_on, k.state, k.exemplary, k.decision_no, k.decided_on, k.moved_to,
	(SELECT s.points FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'self' ORDER BY s.revision DESC LIMIT 1) AS self_points,
	(SELECT s.points FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'voted' ORDER BY s.revision DESC LIMIT 1) AS voted_points,
	(SELECT s.points FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'appraised' ORDER BY s.revision DESC LIMIT 1) AS appraised_points
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN year_case_row k ON k.realm = u.realm AND k.unit_id = b.unit_id AND k.kind = 'four_good' AND k.year BETWEEN $4 AND $5
WHERE b.since <= CAST(k.year AS TEXT) || '-12-31' AND b.until >= CAST(k.year AS TEXT) || '-01-01'
ORDER BY k.unit_code, k.year;

-- name: class_rows_all
-- For export. $1 first year, $2 last year
SELECT k.unit_code, k.member_code, k.year, s.points, s.result AS level, k.decided_on
FROM year_case_row k
JOIN year_sheet s ON s.realm = k.realm AND s.case_id = k.id AND s.stage = (SELECT x.stage FROM year_sheet x WHERE x.realm = k.realm AND x.case_id = k.id
	AND x.stage IN ('self', 'voted', 'appraised') ORDER BY CASE x.stage WHEN 'appraised' THEN 1 WHEN 'voted' THEN 2 ELSE 3 END LIMIT 1)
	AND s.revision = (SELECT max(y.revision) FROM year_sheet y WHERE y.realm = k.realm AND y.case_id = k.id AND y.stage = s.stage)
WHERE k.kind <> 'four_good' AND k.state NOT IN ('withdrawn', 'transferred_out') AND k.year BETWEEN $1 AND $2
ORDER BY k.unit_code, k.year, k.member_code;

-- name: class_rows_below
-- Of a unit and all that was below it at some time of the case's year. $1 unit, $2 since, $3 until, $4 first year, $5 last year
WITH RECURSIVE below (unit_id, since, until) AS (
	SELECT CAST($1 AS @INT), CAST($2 AS TEXT), CAST($3 AS TEXT)
	UNION
	SELECT s.unit_id, CASE WHEN s.valid_from > b.since THEN s.valid_from ELSE b.since END,
		CASE WHEN s.valid_to < b.until THEN s.valid_to ELSE b.until END
	FROM below b
	JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= b.until AND s.valid_to >= b.since
)
SELECT DISTINCT k.unit_code, k.member_code, k.year, s.points, s.result AS level, k.decided_on
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN year_case_row k ON k.realm = u.realm AND k.unit_id = b.unit_id AND k.kind <> 'four_good' AND k.year BETWEEN $4 AND $5
JOIN year_sheet s ON s.realm = k.realm AND s.case_id = k.id AND s.stage = (SELECT x.stage FROM year_sheet x WHERE x.realm = k.realm AND x.case_id = k.id
	AND x.stage IN ('self', 'voted', 'appraised') ORDER BY CASE x.stage WHEN 'appraised' THEN 1 WHEN 'voted' THEN 2 ELSE 3 END LIMIT 1)
	AND s.revision = (SELECT max(y.revision) FROM year_sheet y WHERE y.realm = k.realm AND y.case_id = k.id AND y.stage = s.stage)
WHERE k.state NOT IN ('withdrawn', 'transferred_out') AND b.since <= CAST(k.year AS TEXT) || '-12-31' AND b.until >= CAST(k.year AS TEXT) || '-01-01'
ORDER BY k.unit_code, k.year, k.member_code;

-- ---------------------------------------------------------------- chibo verify

-- name: case_count_all
SELECT count(*) FROM year_case;

-- name: case_state_wrong
-- Cases whose state is not that of their last step.
SELECT k.id, k.unit_code AS code, k.year, k.state AS a, coalesce((SELECT t.to_state FROM year_step t WHERE t.realm = k.realm AND t.case_id = k.id
	ORDER BY t.seq DESC LIMIT 1), '') AS b
FROM year_case_row k
WHERE k.state <> coalesce((SELECT t.to_state FROM year_step t WHERE t.realm = k.realm AND t.case_id = k.id ORDER BY t.seq DESC LIMIT 1), '')
ORDER BY k.id;

-- name: case_sheets_all
-- Sheets with lines.
SELECT count(*) FROM year_sheet WHERE scheme <> '';

-- name: case_points_wrong
-- Computed sheets whose lines do not add up to the total.
SELECT s.case_id AS id, s.stage AS code, s.revision AS year, CAST(s.points AS TEXT) AS a, CAST(coalesce(sum(l.points), 0) AS TEXT) AS b
FROM year_sheet s
LEFT JOIN year_line l ON l.realm = s.realm AND l.case_id = s.case_id AND l.stage = s.stage AND l.revision = s.revision
WHERE s.scheme <> ''
GROUP BY s.realm, s.case_id, s.stage, s.revision, s.points
HAVING s.points <> coalesce(sum(l.points), 0)
ORDER BY s.case_id;

-- name: case_steps_all
-- Every step with the kind of its case, in order.
SELECT k.id, k.kind, t.seq, t.step, t.from_state, t.to_state
FROM year_step t
JOIN year_case k ON k.realm = t.realm AND k.id = t.case_id
ORDER BY t.realm, t.case_id, t.seq;
