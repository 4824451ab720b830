-- Reminders, attendance over months, the ledger of tasks.

-- name: remind_tasks
-- Open tasks of persons, due not later than $1, person by person, by deadline
SELECT * FROM task_row WHERE result = '' AND done_on IS NULL AND member_id IS NOT NULL AND due_on IS NOT NULL AND due_on <= $1
ORDER BY realm, member_id, due_on, id;

-- name: attendance_missing
-- People with at least three months of absence without reason, in which they came to no meeting at all. $1 realm, $2 unit, $3 $4 months
WITH by_month(member_id, month, came, unexcused) AS (
	SELECT a.member_id, m.month, max(CASE WHEN a.status = 'present' THEN 1 ELSE 0 END), max(CASE WHEN a.status = 'unexcused' THEN 1 ELSE 0 END)
	FROM meeting m JOIN attendance a ON a.realm = m.realm AND a.meeting_id = m.id
	WHERE m.realm = $1 AND m.unit_id = $2 AND m.month >= $3 AND m.month <= $4 AND m.kind <> 'committee'
	GROUP BY a.member_id, m.month
)
SELECT b.member_id, p.full_name, count(*) AS months
FROM by_month b JOIN member p ON p.realm = $1 AND p.id = b.member_id
WHERE b.came = 0 AND b.unexcused = 1
GROUP BY b.member_id, p.full_name, p.sort_key HAVING count(*) >= 3
ORDER BY months DESC, p.sort_key;

-- name: ledger
-- R10: tasks due in a time, those from before it that were still open then, and open ones without a deadline. $1 unit, $2 $3 the days on
-- which units hang below it, $4 $5 first and last day, $6 how many at most
WITH RECURSIVE below(id, since, until) AS (
	SELECT CAST($1 AS @INT), CAST($2 AS TEXT), CAST($3 AS TEXT)
	UNION ALL
	SELECT s.unit_id, CASE WHEN s.valid_from > b.since THEN s.valid_from ELSE b.since END,
		CASE WHEN s.valid_to < b.until THEN s.valid_to ELSE b.until END
	FROM below b JOIN unit_span s ON s.parent_id = b.id AND s.valid_from <= b.until AND s.valid_to >= b.since
), units(id) AS (SELECT DISTINCT id FROM below), found(realm, id) AS (
	SELECT t.realm, t.id FROM units b JOIN unit u ON u.id = b.id JOIN task t ON t.realm = u.realm AND t.unit_id = u.id
	WHERE t.due_on BETWEEN $4 AND $5
		OR (t.due_on < $4 AND ((t.done_on IS NULL AND t.result = '') OR (t.done_on >= $4 AND t.result <> 'cancelled')))
		OR (t.due_on IS NULL AND ((t.done_on IS NULL AND t.result = '') OR t.done_on BETWEEN $4 AND $5))
)
SELECT t.* FROM found f JOIN task_seen t ON t.realm = f.realm AND t.id = f.id
ORDER BY t.unit_code, t.due_on NULLS LAST, t.id LIMIT $6;

-- name: resolutions_of
-- Numbered resolutions of a unit, and meetings without one that assigned tasks; the latest first. $1 unit, $2 today, $3 how many
SELECT x.document_id, x.meeting_id, x.number, x.dated_on, x.subject, x.meeting_code,
	count(t.id) AS given,
	count(CASE WHEN t.result IN ('done', 'above_requirement') OR (t.result = '' AND t.done_on IS NOT NULL) THEN 1 END) AS done,
	count(CASE WHEN t.result <> 'not_done' AND t.done_on <= t.due_on THEN 1 END) AS on_time,
	count(CASE WHEN t.result = '' AND t.done_on IS NULL AND t.due_on < $2 THEN 1 END) AS late
FROM (
	SELECT d.realm, d.id AS document_id, d.meeting_id, d.number, d.dated_on, d.subject, m.code AS meeting_code
	FROM unit u JOIN document d ON d.realm = u.realm AND d.unit_id = u.id
	LEFT JOIN meeting m ON m.realm = d.realm AND m.id = d.meeting_id
	WHERE u.id = $1 AND d.type = 'NQ' AND d.number IS NOT NULL
	UNION ALL
	SELECT m.realm, 0, m.id, NULL, substr(m.starts_at, 1, 10), m.topic, m.code
	FROM unit u JOIN meeting m ON m.realm = u.realm AND m.unit_id = u.id
	WHERE u.id = $1 AND EXISTS (SELECT 1 FROM task k WHERE k.realm = m.realm AND k.meeting_id = m.id)
		AND NOT EXISTS (SELECT 1 FROM document d WHERE d.realm = m.realm AND d.meeting_id = m.id AND d.type = 'NQ' AND d.number IS NOT NULL)
) x
LEFT JOIN task t ON t.realm = x.realm AND t.result <> 'cancelled' AND ((t.resolution_id IS NOT NULL AND t.resolution_id = x.document_id)
	OR (t.resolution_id IS NULL AND t.meeting_id = x.meeting_id))
GROUP BY x.document_id, x.meeting_id, x.number, x.dated_on, x.subject, x.meeting_code
ORDER BY x.dated_on DESC, x.document_id DESC LIMIT $3;

-- name: attendance_months
-- R11: sums by month of a unit and all below it on a day. $1 unit, $2 day, $3 $4 months
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT n.month, CAST(sum(n.meetings) AS @INT) AS meetings, CAST(sum(n.expected) AS @INT) AS expected, CAST(sum(n.present) AS @INT) AS present,
	CAST(sum(n.excused) AS @INT) AS excused, CAST(sum(n.unexcused) AS @INT) AS unexcused
FROM below b JOIN unit u ON u.id = b.id JOIN cell_month n ON n.realm = u.realm AND n.unit_id = u.id
WHERE n.month >= $3 AND n.month <= $4 GROUP BY n.month HAVING sum(n.meetings) > 0 ORDER BY n.month;

-- name: attendance_cells
-- The same by unit.
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT u.id AS unit_id, u.code AS unit_code, coalesce(s.name, u.code) AS unit_name, CAST(sum(n.meetings) AS @INT) AS meetings,
	CAST(sum(n.expected) AS @INT) AS expected, CAST(sum(n.present) AS @INT) AS present, CAST(sum(n.excused) AS @INT) AS excused,
	CAST(sum(n.unexcused) AS @INT) AS unexcused
FROM below b JOIN unit u ON u.id = b.id JOIN cell_month n ON n.realm = u.realm AND n.unit_id = u.id
LEFT JOIN unit_span s ON s.unit_id = u.id AND s.valid_from <= $2 AND s.valid_to >= $2
WHERE n.month >= $3 AND n.month <= $4 GROUP BY u.id, u.code, s.name, s.sort_key HAVING sum(n.meetings) > 0 ORDER BY s.sort_key, u.code;

-- name: attendance_people
-- Rows of the roll calls of a cell, person by person, meeting by meeting. $1 unit, $2 $3 months
SELECT a.member_id, p.full_name, m.month, m.kind, a.status
FROM unit u JOIN meeting m ON m.realm = u.realm AND m.unit_id = u.id
JOIN attendance a ON a.realm = m.realm AND a.meeting_id = m.id JOIN member p ON p.realm = a.realm AND p.id = a.member_id
WHERE u.id = $1 AND m.month >= $2 AND m.month <= $3 AND m.kind <> 'committee'
ORDER BY p.sort_key, a.member_id, m.starts_at, m.id;
