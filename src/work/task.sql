-- Tasks of cells.

-- name: task_by_id
-- $1 id
SELECT * FROM task_row WHERE id = $1;

-- name: task_by_code
-- $1 realm, $2 code
SELECT * FROM task_row WHERE realm = $1 AND code = $2;

-- name: task_code_taken
-- $1 realm, $2 code
SELECT id FROM task WHERE realm = $1 AND code = $2;

-- name: tasks_of_meeting
-- $1 realm, $2 meeting
SELECT * FROM task_row WHERE realm = $1 AND meeting_id = $2 ORDER BY id;

-- name: tasks_due_between
-- $1 realm, $2 unit, $3 after, $4 until
SELECT * FROM task_row WHERE realm = $1 AND unit_id = $2 AND due_on > $3 AND due_on <= $4 AND result <> 'cancelled' ORDER BY due_on, id;

-- name: tasks_open
-- $1 realm, $2 unit
SELECT * FROM task_row WHERE realm = $1 AND unit_id = $2 AND result = '' AND done_on IS NULL ORDER BY due_on NULLS LAST, id LIMIT 200;

-- name: tasks_sums
-- $1 realm, $2 meeting
SELECT count(*) AS assigned, count(CASE WHEN member_id IS NOT NULL AND due_on IS NOT NULL THEN 1 END) AS with_person_and_deadline
FROM task WHERE realm = $1 AND meeting_id = $2 AND result <> 'cancelled';

-- name: task_insert
-- $1 realm, $2 id, $3 code, $4 meeting, $5 unit, $6 title, $7 member, $8 due, $9 done, $10 result
INSERT INTO task (realm, id, code, meeting_id, unit_id, title, member_id, due_on, done_on, result)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: task_write
-- $1 realm, $2 id, $3 title, $4 member, $5 due, $6 done, $7 result
UPDATE task SET title = $3, member_id = $4, due_on = $5, done_on = $6, result = $7, rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: task_rows_below
-- For export; a task falls in the month it is due, one without a deadline in the month of its meeting. $1 unit, $2 since, $3 until, $4 all months
WITH RECURSIVE below (unit_id, since, until) AS (
	SELECT CAST($1 AS @INT), CAST($2 AS TEXT), CAST($3 AS TEXT)
	UNION ALL
	SELECT s.unit_id, CASE WHEN s.valid_from > b.since THEN s.valid_from ELSE b.since END,
		CASE WHEN s.valid_to < b.until THEN s.valid_to ELSE b.until END
	FROM below b
	JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= b.until AND s.valid_to >= b.since
)
SELECT t.*
FROM task_row t
WHERE (CAST($4 AS @INT) = 1 OR t.due_on BETWEEN $2 AND $3) AND t.unit_id IN (SELECT unit_id FROM below)
ORDER BY t.code, t.id;

-- name: task_rows_all
-- For export. $1 since, $2 until, $3 all months
SELECT * FROM task_row WHERE CAST($3 AS @INT) = 1 OR due_on BETWEEN $1 AND $2 ORDER BY code, id;
