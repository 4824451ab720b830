-- Tasks of cells.

-- name: task_by_id
-- $1 id
SELECT * FROM task_row WHERE id = $1;

-- name: task_by_code
-- $1 realm, $2 code
SELECT * FROM task_row WHERE realm = $1 AND code = $2;

-- name: task_member_there
-- Is somebody on the roll of a cell that day? $1 realm, $2 unit, $3 member, $4 day
SELECT count(*) FROM membership
WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND valid_from <= $4 AND valid_to >= $4
	AND status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here');

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

-- name: task_seen
-- $1 id
SELECT * FROM task_seen WHERE id = $1;

-- name: tasks_of_member
-- Open ones first by urgency, then the latest done. $1 realm, $2 member
SELECT * FROM task_seen WHERE realm = $1 AND member_id = $2
ORDER BY CASE WHEN result = '' AND done_on IS NULL THEN 0 ELSE 1 END,
	CASE WHEN result = '' AND done_on IS NULL THEN coalesce(due_on, '9999-12-31') END, coalesce(done_on, due_on) DESC, id DESC LIMIT 200;

-- name: tasks_open_below
-- Not finished yet, the most urgent first; the rows are found before the rest is looked up for them. A task that others carry out is open while
-- one of theirs is. $1 unit, $2 today, $3 due not later than, $4 not used here, $5 member, $6 resolution, $7 the task carried out (each 0: any),
-- $8 $9 behind this deadline and id, $10 how many, $11 meeting
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
), found(realm, id, due) AS (
	SELECT t.realm, t.id, coalesce(t.due_on, '9999-12-31') FROM below b JOIN unit u ON u.id = b.id
	JOIN task t ON t.realm = u.realm AND t.unit_id = u.id AND t.result = '' AND t.done_on IS NULL
	WHERE (t.due_on <= $3 OR CAST($3 AS TEXT) = '9999-12-31') AND CAST($4 AS @INT) = 0 AND (CAST($5 AS @INT) = 0 OR t.member_id = $5)
		AND (coalesce(t.due_on, '9999-12-31'), t.id) > ($8, $9)
		AND (CAST($7 AS @INT) = 0 OR t.parent_id = $7) AND (CAST($11 AS @INT) = 0 OR t.meeting_id = $11)
		AND (CAST($6 AS @INT) = 0 OR t.resolution_id = $6 OR (t.resolution_id IS NULL AND t.meeting_id IN (
			SELECT d.meeting_id FROM document d WHERE d.realm = t.realm AND d.id = $6)))
		AND (NOT EXISTS (SELECT 1 FROM task k WHERE k.parent_id = t.id AND k.parent_realm = t.realm AND k.result <> 'cancelled')
			OR EXISTS (SELECT 1 FROM task k WHERE k.parent_id = t.id AND k.parent_realm = t.realm AND k.result = '' AND k.done_on IS NULL))
	ORDER BY 3, 2 LIMIT $10
)
SELECT t.* FROM found f JOIN task_seen t ON t.realm = f.realm AND t.id = f.id ORDER BY f.due, f.id;

-- name: tasks_all_below
-- $1 unit, $2 today, $3 due not later than, $4 1: only finished ones, and so on as in tasks_open_below
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
), found(realm, id, due) AS (
	SELECT t.realm, t.id, coalesce(t.due_on, '9999-12-31') FROM below b JOIN unit u ON u.id = b.id
	JOIN task t ON t.realm = u.realm AND t.unit_id = u.id
	WHERE (t.due_on <= $3 OR CAST($3 AS TEXT) = '9999-12-31') AND (CAST($4 AS @INT) = 0 OR t.result IN ('done', 'above_requirement')
		OR (t.result = '' AND t.done_on IS NOT NULL)) AND (CAST($5 AS @INT) = 0 OR t.member_id = $5)
		AND (coalesce(t.due_on, '9999-12-31'), t.id) > ($8, $9)
		AND (CAST($7 AS @INT) = 0 OR t.parent_id = $7) AND (CAST($11 AS @INT) = 0 OR t.meeting_id = $11)
		AND (CAST($6 AS @INT) = 0 OR t.resolution_id = $6 OR (t.resolution_id IS NULL AND t.meeting_id IN (
			SELECT d.meeting_id FROM document d WHERE d.realm = t.realm AND d.id = $6)))
	ORDER BY 3, 2 LIMIT $10
)
SELECT t.* FROM found f JOIN task_seen t ON t.realm = f.realm AND t.id = f.id ORDER BY f.due, f.id;

-- name: tasks_totals
-- Open ones; a task that others carry out is left out: those are counted. $1 unit, $2 today, $3 a week later
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT count(*) AS open, count(CASE WHEN t.due_on < $2 THEN 1 END) AS late, count(CASE WHEN t.due_on >= $2 AND t.due_on <= $3 THEN 1 END) AS soon
FROM below b JOIN unit u ON u.id = b.id JOIN task t ON t.realm = u.realm AND t.unit_id = u.id AND t.result = '' AND t.done_on IS NULL
WHERE NOT EXISTS (SELECT 1 FROM task k WHERE k.parent_id = t.id AND k.parent_realm = t.realm);

-- name: tasks_done_share
-- Of a unit itself, due in a time. $1 unit, $2 from, $3 until
SELECT count(*) AS "all", count(CASE WHEN t.result IN ('done', 'above_requirement') OR (t.result = '' AND t.done_on IS NOT NULL) THEN 1 END) AS done
FROM unit u JOIN task t ON t.realm = u.realm AND t.unit_id = u.id
WHERE u.id = $1 AND t.due_on >= $2 AND t.due_on <= $3 AND t.result <> 'cancelled';

-- name: task_insert
-- $1 realm, $2 id, $3 code, $4 meeting, $5 unit, $6 title, $7 member, $8 due, $9 done, $10 result, $11 measure, $12 report at, $13 resolution,
-- $14 realm and $15 id of the task it carries out
-- rows: 10
INSERT INTO task (realm, id, code, meeting_id, unit_id, title, member_id, due_on, done_on, result, measure, report_at, resolution_id,
	parent_realm, parent_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: task_write
-- $1 realm, $2 id, $3 title, $4 member, $5 due, $6 done, $7 result, $8 measure, $9 report at, $10 resolution
UPDATE task SET title = $3, member_id = $4, due_on = $5, done_on = $6, result = $7, measure = $8, report_at = $9, resolution_id = $10,
	rev = rev + 1
WHERE realm = $1 AND id = $2;

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

-- ---------------------------------------------------------------- progress

-- name: task_updates
-- Latest first. $1 realm, $2 task
SELECT realm, task_id, seq, percent, remark, evidence_no, file_id, actor, at_ms FROM task_update WHERE realm = $1 AND task_id = $2
ORDER BY seq DESC;

-- name: task_update_insert
INSERT INTO task_update (realm, task_id, seq, percent, remark, evidence_no, file_id, actor, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- ---------------------------------------------------------------- tasks that carry out another

-- name: task_children
-- $1 task, $2 its realm
SELECT * FROM task_row WHERE parent_id = $1 AND parent_realm = $2 ORDER BY id;

-- name: task_children_units
-- $1 task, $2 its realm
SELECT unit_id FROM task WHERE parent_id = $1 AND parent_realm = $2;

-- name: task_answers
-- A line for each unit directly below one (and that unit itself) in the tree of a day. $1 task, $2 its realm, $3 unit, $4 day
WITH RECURSIVE below(root, id) AS (
	SELECT CAST($3 AS @INT), CAST($3 AS @INT)
	UNION ALL
	SELECT CASE WHEN b.id = CAST($3 AS @INT) THEN s.unit_id ELSE b.root END, s.unit_id
	FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $4 AND s.valid_to >= $4
), found(root, unit_id, id, done, on_time, late, not_done) AS (
	SELECT b.root, t.unit_id, t.id,
		CASE WHEN t.result IN ('done', 'above_requirement') OR (t.result = '' AND t.done_on IS NOT NULL) THEN 1 ELSE 0 END,
		CASE WHEN t.result <> 'not_done' AND t.done_on <= t.due_on THEN 1 ELSE 0 END,
		CASE WHEN t.result = '' AND t.done_on IS NULL AND t.due_on < $4 THEN 1 ELSE 0 END,
		CASE WHEN t.result = 'not_done' THEN 1 ELSE 0 END
	FROM task t CROSS JOIN below b
	WHERE t.parent_id = $1 AND t.parent_realm = $2 AND t.result <> 'cancelled' AND b.id = t.unit_id
)
SELECT f.root AS unit_id, u.code AS unit_code, coalesce(s.name, u.code) AS unit_name,
	max(CASE WHEN f.unit_id = f.root THEN 1 ELSE 0 END) AS cell, coalesce(max(CASE WHEN f.unit_id = f.root THEN f.id END), 0) AS task_id,
	count(*) AS given, CAST(sum(f.done) AS @INT) AS done, CAST(sum(f.on_time) AS @INT) AS on_time, CAST(sum(f.late) AS @INT) AS late,
	CAST(sum(f.not_done) AS @INT) AS not_done
FROM found f JOIN unit u ON u.id = f.root LEFT JOIN unit_span s ON s.unit_id = f.root AND s.valid_from <= $4 AND s.valid_to >= $4
GROUP BY f.root, u.code, s.name, s.sort_key
ORDER BY s.sort_key, u.code;

-- name: task_holders
-- Who had a task in a time. $1 realm, $2 unit, $3 from, $4 until
SELECT DISTINCT t.member_id FROM task t LEFT JOIN meeting m ON m.realm = t.realm AND m.id = t.meeting_id
WHERE t.realm = $1 AND t.unit_id = $2 AND t.member_id IS NOT NULL AND t.result <> 'cancelled'
	AND (t.due_on BETWEEN $3 AND $4 OR substr(m.starts_at, 1, 10) BETWEEN $3 AND $4);
