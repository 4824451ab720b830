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
