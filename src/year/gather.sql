-- The facts of a year, counted for all units of a realm whose ids lie in a span: one unit (both ends the same) or all of them at once. The caller keeps the
-- rows of the units it wants. $1 realm, $2 $3 first and last id; then, as far as a statement needs them, $4 $5 first and last day of the year, and as $6 the
-- day up to which things count (the last day, or today before it) or, where it says so, today.

-- name: year_lives
-- From when to when a unit was there, and the hours within which it uploads
SELECT s.unit_id, min(s.valid_from) AS first, max(s.valid_to) AS last, max(t.value) AS upload_minutes
FROM unit_span s JOIN unit u ON u.id = s.unit_id AND u.realm = $1
LEFT JOIN unit_setting t ON t.unit_id = s.unit_id AND t.name = 'upload_minutes'
WHERE s.unit_id BETWEEN $2 AND $3 GROUP BY s.unit_id;

-- name: year_months
-- $4 $5 months
SELECT unit_id, month, regular, thematic, meetings, pre_meetings, points, expected, present,
	CASE WHEN good = 1 THEN 4 WHEN fair = 1 THEN 3 WHEN average = 1 THEN 2 WHEN poor = 1 THEN 1 ELSE 0 END AS grade
FROM cell_month WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND month BETWEEN $4 AND $5;

-- name: year_meetings
-- Every meeting of the months, and those of the three months after them that were planned before $6, a day. $4 $5 months.
-- part: 1 regular, 2 the committee's own, 0 another. at_once: scored in the same sitting, as the view meeting_count has it. planned_on is only told where a
-- reason to postpone or cancel it was approved. Answers stand in meeting_fact; where there is none at all, they are not looked for one by one.
SELECT m.unit_id, m.id, m.month, CASE m.kind WHEN 'regular' THEN 1 WHEN 'committee' THEN 2 ELSE 0 END AS part, m.afterwards,
	CASE WHEN m.state IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled') THEN 0 ELSE 1 END AS held,
	m.starts_at, m.ends_at, m.uploaded_at,
	CASE WHEN m.afterwards = 1 THEN m.documents_sent_at ELSE coalesce((SELECT min(x.sent_at) FROM sending x
		WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.document_id <> 0), m.documents_sent_at) END AS sent_at,
	CASE WHEN m.minutes_signed_on IS NOT NULL THEN 1 ELSE 0 END AS signed,
	CASE WHEN m.state IN ('postponed', 'cancelled') OR substr(m.planned_on, 1, 7) <> substr(m.starts_at, 1, 7) THEN
		CASE WHEN EXISTS (SELECT 1 FROM meeting_step s WHERE s.realm = m.realm AND s.meeting_id = m.id AND s.to_state IN ('postponed', 'cancelled')
			AND s.approved_by <> '') THEN coalesce(m.planned_on, substr(m.starts_at, 1, 10)) END END AS planned_on,
	CASE WHEN f.name IS NOT NULL AND sitting.value IS NOT NULL THEN sitting.value
		WHEN m.scored_at < m.starts_at THEN 0
		WHEN m.scored_at <= m.ends_at THEN 1
		WHEN m.afterwards = 0 AND substr(m.scored_at, 1, 10) <= substr(m.ends_at, 1, 10)
			AND (m.minutes_approved_at IS NULL OR m.scored_at <= m.minutes_approved_at) THEN 1
		WHEN m.ends_at IS NULL AND substr(m.scored_at, 1, 10) = substr(m.starts_at, 1, 10) THEN 1
		ELSE 0 END AS at_once,
	CASE WHEN f.name IS NOT NULL AND m.afterwards = 1 AND m.documents_sent_at IS NULL THEN (SELECT x.value FROM meeting_fact x
		WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.name = 'documents_lead_minutes') END AS lead_minutes,
	CASE WHEN f.name IS NOT NULL AND m.afterwards = 1 THEN (SELECT CASE WHEN x.value < y.value THEN 1 ELSE 0 END FROM meeting_fact x
		JOIN meeting_fact y ON y.realm = x.realm AND y.meeting_id = x.meeting_id AND y.name = 'minute_fields_required'
		WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.name = 'minute_fields_filled') END AS incomplete,
	CASE WHEN f.name IS NOT NULL AND m.afterwards = 1 AND m.uploaded_at IS NULL THEN (SELECT x.value FROM meeting_fact x
		WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.name = 'upload_minutes_after_end') END AS upload_minutes
FROM meeting m
LEFT JOIN meeting_fact f ON f.realm = m.realm AND f.meeting_id = m.id AND f.name =
	(SELECT min(x.name) FROM meeting_fact x WHERE x.realm = m.realm AND x.meeting_id = m.id)
LEFT JOIN meeting_fact sitting ON sitting.realm = f.realm AND sitting.meeting_id = f.meeting_id AND sitting.name = 'scored_same_sitting'
WHERE m.realm = $1 AND m.unit_id BETWEEN $2 AND $3 AND m.month BETWEEN $4 AND $5 + 3 AND (m.month <= $5 OR m.planned_on <= $6);

-- name: year_tasks
-- Tasks due in the year, and those given at a meeting of the year with another deadline. $6 today. fate: 0 due and not done, 1 on time, 2 late, 3 done and nobody wrote
-- down when, 4 still has time, 5 not of this year
SELECT t.unit_id, t.member_id, CASE WHEN t.result = 'above_requirement' THEN 1 ELSE 0 END AS above,
	CASE WHEN t.due_on IS NULL OR t.due_on > $5 THEN 5
		WHEN t.result = 'not_done' THEN 0
		WHEN t.done_on <= t.due_on THEN 1
		WHEN t.done_on > t.due_on THEN 2
		WHEN t.result <> '' THEN 3
		WHEN t.due_on >= $6 THEN 4 ELSE 0 END AS fate
FROM task t
WHERE t.realm = $1 AND t.unit_id BETWEEN $2 AND $3 AND t.result <> 'cancelled' AND (t.due_on BETWEEN $4 AND $5
	OR ((t.due_on > $5 OR t.due_on IS NULL) AND EXISTS (SELECT 1 FROM meeting m
		WHERE m.realm = t.realm AND m.id = t.meeting_id AND substr(m.starts_at, 1, 10) BETWEEN $4 AND $5)));

-- name: year_tasks_shared
-- Of these the tasks that other units carry out. $6 today. own is what year_tasks said of them, fate what the others made of it
SELECT x.unit_id, x.own, CASE WHEN x.done = x.given THEN CASE WHEN x.done_on <= x.due_on THEN 1 WHEN x.done_on > x.due_on THEN 2 ELSE 3 END
	WHEN x.done + x.failed = x.given THEN 0 WHEN x.due_on >= $6 THEN 4 ELSE 0 END AS fate
FROM (
	SELECT t.unit_id, t.due_on, CASE WHEN t.result = 'not_done' THEN 0 WHEN t.done_on <= t.due_on THEN 1 WHEN t.done_on > t.due_on THEN 2
		WHEN t.result <> '' THEN 3 WHEN t.due_on >= $6 THEN 4 ELSE 0 END AS own,
		count(*) AS given, count(CASE WHEN k.result IN ('done', 'above_requirement', '') AND (k.done_on IS NOT NULL OR k.result <> '') THEN 1 END) AS done,
		count(CASE WHEN k.result = 'not_done' THEN 1 END) AS failed, max(k.done_on) AS done_on
	FROM task t JOIN task k ON k.parent_id = t.id AND k.parent_realm = t.realm AND k.result <> 'cancelled'
	WHERE t.realm = $1 AND t.unit_id BETWEEN $2 AND $3 AND t.result <> 'cancelled' AND t.due_on BETWEEN $4 AND $5
	GROUP BY t.id, t.unit_id, t.due_on, t.result, t.done_on
) x;

-- name: year_members
-- Who was on the list in the year. role: 1 a member who has to come, 2 one exempt or away, 3 a guest from elsewhere who has to come. Days are only told where the
-- span begins or ends in the year, and admitted_on of people on probation: nobody is admitted as an official member
SELECT ms.unit_id, ms.member_id, CASE ms.status WHEN 'official' THEN 1 WHEN 'probationary' THEN 1 WHEN 'temp_here' THEN 3 ELSE 2 END AS role,
	CASE WHEN ms.valid_from > $4 THEN ms.valid_from END AS valid_from, CASE WHEN ms.valid_to < $5 THEN ms.valid_to END AS valid_to,
	CASE WHEN ms.status = 'probationary' THEN (SELECT m.admitted_on FROM member m WHERE m.realm = ms.realm AND m.id = ms.member_id) END AS admitted_on
FROM membership ms
WHERE ms.realm = $1 AND ms.unit_id BETWEEN $2 AND $3 AND ms.valid_to >= $4 AND ms.valid_from <= $5
	AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here');

-- name: year_leaders
-- Posts of the year, person by person
SELECT p.unit_id, p.member_id, p.valid_from, p.valid_to, CASE WHEN EXISTS (SELECT 1 FROM training t
	WHERE t.realm = p.realm AND t.member_id = p.member_id AND t.held_on BETWEEN $4 AND $5 AND t.result <> 'failed') THEN 1 ELSE 0 END AS trained
FROM post p
WHERE p.realm = $1 AND p.unit_id BETWEEN $2 AND $3 AND p.valid_to >= $4 AND p.valid_from <= $5
	AND p.post IN ('secretary', 'deputy', 'committee', 'standing_committee')
ORDER BY p.unit_id, p.member_id;

-- name: year_levels
-- Members by annual level, from the counters of the year (rollup/rollup.h). $4 year
SELECT unit_id, members_excellent + members_good + members_completed + members_not_completed AS classified, members_excellent + members_good AS good,
	members_not_completed AS not_completed
FROM cell_year WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND year = $4;

-- name: year_cases
-- The unit's own cases of the year with the result of the sheet that counts. $4 year
SELECT k.unit_id, k.kind, k.state, coalesce(
	(SELECT s.result FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'appraised' ORDER BY s.revision DESC LIMIT 1),
	(SELECT s.result FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'voted' ORDER BY s.revision DESC LIMIT 1),
	(SELECT s.result FROM year_sheet s WHERE s.realm = k.realm AND s.case_id = k.id AND s.stage = 'self' ORDER BY s.revision DESC LIMIT 1), '') AS result
FROM year_case k
WHERE k.realm = $1 AND k.kind IN ('four_good', 'unit_class') AND k.year = $4 AND k.unit_id BETWEEN $2 AND $3;

-- name: year_documents
-- The programme of the year: the one its plan names, else the first programme, or plan of work, of that year. Working rules: the latest
SELECT d.unit_id, count(*) AS documents,
	min(CASE WHEN d.id = p.programme_id THEN d.dated_on END) AS chosen_on,
	min(CASE WHEN d.dated_on >= $4 AND d.dated_on <= $5 AND ((d.type = 'CTr' AND d.purpose IN ('', 'programme'))
		OR (d.type = 'KH' AND d.search_key LIKE '%cong tac nam ' || substr($4, 1, 4) || '%')) THEN d.dated_on END) AS programme_on,
	max(CASE WHEN d.type = 'QC' AND d.dated_on <= $6 THEN d.dated_on END) AS rules_on
FROM document d
LEFT JOIN year_plan p ON p.realm = d.realm AND p.unit_id = d.unit_id AND p.year = CAST(substr($4, 1, 4) AS @INT)
WHERE d.realm = $1 AND d.unit_id BETWEEN $2 AND $3 AND d.state = 'issued'
GROUP BY d.unit_id;

-- name: year_terms
SELECT unit_id, valid_from, valid_to FROM term WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND valid_to >= $4 AND valid_from <= $5;

-- name: year_plans
SELECT unit_id, count(*) AS plans FROM year_plan
WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND year = CAST(substr($4, 1, 4) AS @INT) GROUP BY unit_id;

-- name: year_targets
-- Targets of the programme that are due in the year
SELECT t.unit_id, count(*) AS targets_assigned, count(CASE WHEN (t.goal >= t.baseline AND coalesce(v.value, t.baseline) >= t.goal)
	OR (t.goal < t.baseline AND coalesce(v.value, t.baseline) <= t.goal) THEN 1 END) AS targets_reached
FROM programme_target t
LEFT JOIN target_value v ON v.realm = t.realm AND v.target_id = t.id AND v.on_date =
	(SELECT max(x.on_date) FROM target_value x WHERE x.realm = t.realm AND x.target_id = t.id AND x.on_date <= $6)
WHERE t.realm = $1 AND t.unit_id BETWEEN $2 AND $3 AND t.due_on BETWEEN $4 AND $5
GROUP BY t.unit_id;

-- name: year_numbers
-- Numbers set for the year, and what somebody recorded there was none of
SELECT unit_id, max(CASE WHEN name = 'admissions_aim' THEN value END) AS admissions_aim,
	max(CASE WHEN name = 'none_discipline' THEN value END) AS none_discipline, max(CASE WHEN name = 'none_inspection' THEN value END) AS none_inspection,
	max(CASE WHEN name = 'none_report' THEN value END) AS none_report, max(CASE WHEN name = 'none_feedback' THEN value END) AS none_feedback,
	max(CASE WHEN name = 'none_initiative' THEN value END) AS none_initiative, max(CASE WHEN name = 'none_training' THEN value END) AS none_training,
	max(CASE WHEN name = 'none_target' THEN value END) AS none_target, max(CASE WHEN name = 'none_assignment' THEN value END) AS none_assignment
FROM year_number
WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND year = CAST(substr($4, 1, 4) AS @INT) GROUP BY unit_id;

-- name: year_initiatives
-- Recognised ones count
SELECT unit_id, count(*) AS initiatives_kept, count(CASE WHEN recognised_by <> '' THEN 1 END) AS initiatives FROM initiative
WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND year = CAST(substr($4, 1, 4) AS @INT) GROUP BY unit_id;

-- name: year_disciplines
SELECT unit_id, count(*) AS disciplined, count(CASE WHEN subject = 'leader' THEN 1 END) AS leaders_disciplined,
	count(CASE WHEN subject IN ('committee', 'unit') THEN 1 END) AS units_disciplined
FROM discipline WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND decided_on BETWEEN $4 AND $5 GROUP BY unit_id;

-- name: year_inspections
SELECT unit_id, count(*) AS inspections_planned, count(CASE WHEN done_on <= $6 THEN 1 END) AS inspections_done
FROM inspection WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND planned_on BETWEEN $4 AND $5 GROUP BY unit_id;

-- name: year_reports
-- One that was not sent counts from the day after its deadline. $6 today
SELECT unit_id, count(*) AS reports, count(CASE WHEN sent_on IS NOT NULL OR due_on < $6 THEN 1 END) AS reports_due,
	count(CASE WHEN sent_on <= due_on THEN 1 END) AS reports_on_time
FROM report_due WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND due_on BETWEEN $4 AND $5 GROUP BY unit_id;

-- name: year_feedback
-- Likewise. $6 today
SELECT unit_id, count(*) AS feedback, count(CASE WHEN answered_on IS NOT NULL OR due_on < $6 THEN 1 END) AS feedback_received,
	count(CASE WHEN answered_on <= due_on THEN 1 END) AS feedback_on_time
FROM feedback WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND received_on BETWEEN $4 AND $5 GROUP BY unit_id;

-- name: year_trainings
SELECT unit_id, count(*) AS trainings FROM training
WHERE realm = $1 AND unit_id BETWEEN $2 AND $3 AND held_on BETWEEN $4 AND $5 GROUP BY unit_id;

-- name: year_turns
-- Assignments to attend the meetings of a unit, each with the days on which that person came: visits, and guests of meetings recorded here
SELECT a.unit_id, a.level, a.valid_from, a.valid_to, a.required_turns, a.per, (SELECT count(*) FROM (
	SELECT v.held_on FROM visit v WHERE v.realm = a.realm AND v.unit_id = a.unit_id AND v.member_realm = a.member_realm AND v.member_id = a.member_id
		AND v.held_on BETWEEN a.valid_from AND a.valid_to AND v.held_on BETWEEN $4 AND $6
	UNION SELECT substr(m.starts_at, 1, 10) FROM meeting_guest g JOIN meeting m ON m.realm = g.realm AND m.id = g.meeting_id
		WHERE g.realm = a.member_realm AND g.member_id = a.member_id AND g.present = 1 AND m.realm = a.realm AND m.unit_id = a.unit_id
		AND substr(m.starts_at, 1, 10) BETWEEN a.valid_from AND a.valid_to AND substr(m.starts_at, 1, 10) BETWEEN $4 AND $6) came) AS realised
FROM assignment a
WHERE a.realm = $1 AND a.unit_id BETWEEN $2 AND $3 AND a.valid_to >= $4 AND a.valid_from <= $5;

-- ---------------------------------------------------------------- one member: $1 realm, $2 member, $3 $4 first and last day

-- name: person_roll
-- In the list of one unit. $2 unit, $3 member, $4 $5 days
SELECT valid_from, valid_to FROM membership
WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND valid_to >= $4 AND valid_from <= $5
	AND status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here');

-- name: person_tasks
-- As year_tasks, wherever the task was given. $5 today
SELECT CASE WHEN t.result = 'above_requirement' THEN 1 ELSE 0 END AS above,
	CASE WHEN t.result = 'not_done' THEN 0
		WHEN t.done_on <= t.due_on THEN 1
		WHEN t.done_on > t.due_on THEN 2
		WHEN t.result <> '' THEN 3
		WHEN t.due_on >= $5 THEN 4 ELSE 0 END AS fate
FROM task t WHERE t.realm = $1 AND t.member_id = $2 AND t.result <> 'cancelled' AND t.due_on BETWEEN $3 AND $4;

-- name: person_attendance
-- $3 $4 months
SELECT count(CASE WHEN a.status IN ('present', 'excused', 'unexcused') THEN 1 END) AS expected, count(CASE WHEN a.status = 'present' THEN 1 END) AS present,
	count(CASE WHEN a.status = 'unexcused' THEN 1 END) AS unexcused
FROM attendance a JOIN meeting m ON m.realm = a.realm AND m.id = a.meeting_id
WHERE a.realm = $1 AND a.member_id = $2 AND m.month BETWEEN $3 AND $4 AND m.kind <> 'committee';

-- name: person_records
-- unit_…: does the cell keep such records at all? $5 the day on which posts count, $6 unit, $7 $8 months
SELECT
	(SELECT count(*) FROM post p WHERE p.realm = $1 AND p.member_id = $2 AND p.valid_from <= $5 AND p.valid_to >= $5
		AND p.post IN ('secretary', 'deputy', 'committee', 'standing_committee')) AS leader_posts,
	(SELECT count(*) FROM post p WHERE p.realm = $1 AND p.unit_id = $6) AS posts,
	(SELECT count(*) FROM undertaking u WHERE u.realm = $1 AND u.member_id = $2 AND u.year = CAST(substr($3, 1, 4) AS @INT)) AS undertakings,
	(SELECT count(*) FROM undertaking u WHERE u.realm = $1 AND u.member_id = $2 AND u.year = CAST(substr($3, 1, 4) AS @INT) AND u.result = 'done')
		AS undertakings_done,
	(SELECT count(*) FROM undertaking u WHERE u.realm = $1 AND u.unit_id = $6 AND u.year = CAST(substr($3, 1, 4) AS @INT)) AS unit_undertakings,
	(SELECT count(*) FROM task t WHERE t.realm = $1 AND t.unit_id = $6 AND t.due_on BETWEEN $3 AND $4 AND t.member_id IS NOT NULL AND t.result <> 'cancelled')
		AS unit_tasks,
	(SELECT count(*) FROM meeting m WHERE m.realm = $1 AND m.unit_id = $6 AND m.month BETWEEN $7 AND $8 AND EXISTS (SELECT 1 FROM attendance a
		WHERE a.realm = m.realm AND a.meeting_id = m.id)) AS unit_rolls,
	(SELECT count(*) FROM initiative_author a JOIN initiative i ON i.realm = a.realm AND i.id = a.initiative_id
		WHERE a.realm = $1 AND a.member_id = $2 AND i.year = CAST(substr($3, 1, 4) AS @INT) AND i.recognised_by <> '') AS initiatives,
	(SELECT count(*) FROM initiative i WHERE i.realm = $1 AND i.unit_id = $6 AND i.year = CAST(substr($3, 1, 4) AS @INT)) AS unit_initiatives,
	(SELECT count(*) FROM training t WHERE t.realm = $1 AND t.member_id = $2 AND t.held_on BETWEEN $3 AND $4 AND t.result <> 'failed') AS trainings,
	(SELECT count(*) FROM training t WHERE t.realm = $1 AND t.unit_id = $6 AND t.held_on BETWEEN $3 AND $4) AS unit_trainings,
	(SELECT count(*) FROM year_number n WHERE n.realm = $1 AND n.unit_id = $6 AND n.year = CAST(substr($3, 1, 4) AS @INT) AND n.name = 'none_initiative'
		AND n.value = 1) AS none_initiative,
	(SELECT count(*) FROM year_number n WHERE n.realm = $1 AND n.unit_id = $6 AND n.year = CAST(substr($3, 1, 4) AS @INT) AND n.name = 'none_training'
		AND n.value = 1) AS none_training;
