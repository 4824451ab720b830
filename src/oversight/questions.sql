-- Questions that figures raise: the figures they are made of, and those that were asked.

-- name: question_months
-- Regular meetings held, with what the cell gave itself and what was decided. $1 realm, $2 unit, $3 $4 months
SELECT month, self_points, decided_points, points, expected, present FROM meeting_row
WHERE realm = $1 AND unit_id = $2 AND month BETWEEN $3 AND $4 AND kind = 'regular'
	AND state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled')
ORDER BY month, starts_at, id;

-- name: question_lines
-- The lines of the cell's own sheets, sheet by sheet. $1 realm, $2 unit, $3 $4 months
SELECT m.unit_id, m.month, m.id AS meeting_id, l.line, l.points, l.max
FROM meeting m
JOIN score_line l ON l.realm = m.realm AND l.meeting_id = m.id AND l.stage = 'self' AND l.revision =
	(SELECT max(s.revision) FROM score_sheet s WHERE s.realm = m.realm AND s.meeting_id = m.id AND s.stage = 'self')
WHERE m.realm = $1 AND m.unit_id = $2 AND m.month BETWEEN $3 AND $4 AND m.kind = 'regular'
ORDER BY m.month, m.id, l.line;

-- name: questions_of_cell
-- $1 unit, $2 year, $3 kind or ''
SELECT q.realm, q.unit_id, q.year, q.kind, q.figures, q.asked_on, q.answer, q.answered_by, q.answered_on, q.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = u.id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM unit u JOIN figure_question q ON q.realm = u.realm AND q.unit_id = u.id
WHERE u.id = $1 AND q.year = $2 AND (CAST($3 AS TEXT) = '' OR q.kind = $3) ORDER BY q.asked_on, q.kind;

-- name: questions_below
-- $1 unit, $2 day, $3 year, $4 asked until then, or answered
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT q.realm, q.unit_id, q.year, q.kind, q.figures, q.asked_on, q.answer, q.answered_by, q.answered_on, q.rev, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = u.id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM below b JOIN unit u ON u.id = b.id JOIN figure_question q ON q.realm = u.realm AND q.unit_id = u.id
WHERE q.year = $3 AND (q.answered_on IS NOT NULL OR q.asked_on <= $4)
ORDER BY u.code, q.asked_on, q.kind;

-- name: question_insert
-- $1 realm, $2 unit, $3 year, $4 kind, $5 figures, $6 day
INSERT INTO figure_question (realm, unit_id, year, kind, figures, asked_on) VALUES ($1, $2, $3, $4, $5, $6);

-- name: question_figures
-- $1 realm, $2 unit, $3 year, $4 kind, $5 figures
UPDATE figure_question SET figures = $5, rev = rev + 1 WHERE realm = $1 AND unit_id = $2 AND year = $3 AND kind = $4;

-- name: question_drop
-- $1 realm, $2 unit, $3 year, $4 kind
DELETE FROM figure_question WHERE realm = $1 AND unit_id = $2 AND year = $3 AND kind = $4 AND answered_on IS NULL;

-- name: question_answered
-- $1 realm, $2 unit, $3 year, $4 kind, $5 answer, $6 by, $7 day
UPDATE figure_question SET answer = $5, answered_by = $6, answered_on = $7, rev = rev + 1 WHERE realm = $1 AND unit_id = $2 AND year = $3 AND kind = $4;

-- name: question_committees
-- Units with cells directly below them on a day; a cell without a unit above it stands for itself. $1 day
SELECT DISTINCT coalesce(parent_id, unit_id) AS unit_id FROM unit_span WHERE level = 'cell' AND valid_from <= $1 AND valid_to >= $1 ORDER BY unit_id;
