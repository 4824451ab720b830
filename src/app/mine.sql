-- What is stored about one person, and the person's own page. Those of mine_data.c answer with the columns of mine_item_record: on_date or
-- at_ms, place, what, more.

-- name: mine_attendance
-- Roll calls that name a member, latest first. $1 realm, $2 member
SELECT a.status, a.mode, a.arrived_at, m.code AS meeting_code
FROM attendance a JOIN meeting m ON m.realm = a.realm AND m.id = a.meeting_id
WHERE a.realm = $1 AND a.member_id = $2 ORDER BY m.starts_at DESC, m.id DESC;

-- name: mine_tasks
-- Tasks of a member, latest first. $1 realm, $2 member
SELECT t.code, t.title, t.due_on, t.done_on, t.result, t.measure, t.report_at, u.code AS unit_code
FROM task t JOIN unit u ON u.id = t.unit_id
WHERE t.realm = $1 AND t.member_id = $2 ORDER BY t.due_on DESC NULLS LAST, t.id DESC;

-- name: mine_in_meetings
-- $1 realm, $2 member
SELECT substr(starts_at, 1, 10) AS on_date, code AS place, 'chair' AS what, '' AS more FROM meeting WHERE realm = $1 AND chair_id = $2
UNION ALL
SELECT substr(starts_at, 1, 10), code, 'minute-taker', '' FROM meeting WHERE realm = $1 AND minute_taker_id = $2
UNION ALL
SELECT substr(starts_at, 1, 10), code, 'author of the draft', topic FROM meeting WHERE realm = $1 AND author_id = $2
ORDER BY 1 DESC;

-- name: mine_pre_meetings
-- $1 realm, $2 member
SELECT substr(x.starts_at, 1, 10) AS on_date, m.code AS place, 'chair' AS what, '' AS more
FROM pre_meeting x JOIN meeting m ON m.realm = x.realm AND m.id = x.meeting_id WHERE x.realm = $1 AND x.chair_id = $2
UNION ALL
SELECT substr(x.starts_at, 1, 10), m.code, 'minute-taker', ''
FROM pre_meeting x JOIN meeting m ON m.realm = x.realm AND m.id = x.meeting_id WHERE x.realm = $1 AND x.minute_taker_id = $2
UNION ALL
SELECT substr(x.starts_at, 1, 10), m.code, CASE WHEN p.present = 1 THEN 'present' ELSE 'absent' END, ''
FROM pre_meeting_person p JOIN pre_meeting x ON x.realm = p.realm AND x.meeting_id = p.meeting_id
JOIN meeting m ON m.realm = x.realm AND m.id = x.meeting_id WHERE p.realm = $1 AND p.member_id = $2
ORDER BY 1 DESC;

-- name: mine_guest
-- $1 realm, $2 member
SELECT substr(m.starts_at, 1, 10) AS on_date, m.code AS place, CASE WHEN g.present = 1 THEN 'guest, present' ELSE 'guest' END AS what,
	g.function || CASE WHEN g.contact <> '' THEN ' · ' || g.contact ELSE '' END || CASE WHEN g.remark <> '' THEN ' · ' || g.remark ELSE '' END AS more
FROM meeting_guest g JOIN meeting m ON m.realm = g.realm AND m.id = g.meeting_id WHERE g.realm = $1 AND g.member_id = $2
ORDER BY 1 DESC;

-- name: mine_votes
-- Votes about the person, counting of votes, and that the person voted; never how. $1 realm, $2 member
SELECT substr(m.starts_at, 1, 10) AS on_date, m.code AS place, 'a vote about me' AS what, v.title || ' · ' || v.result AS more
FROM vote v JOIN meeting m ON m.realm = v.realm AND m.id = v.meeting_id WHERE v.realm = $1 AND v.member_id = $2
UNION ALL
SELECT substr(m.starts_at, 1, 10), m.code, 'teller', v.title
FROM vote_teller t JOIN vote v ON v.realm = t.realm AND v.id = t.vote_id JOIN meeting m ON m.realm = v.realm AND m.id = v.meeting_id
WHERE t.realm = $1 AND t.member_id = $2
UNION ALL
SELECT substr(m.starts_at, 1, 10), m.code, 'voted in a secret ballot', v.title
FROM ballot_roll b JOIN vote v ON v.realm = b.realm AND v.id = b.vote_id JOIN meeting m ON m.realm = v.realm AND m.id = v.meeting_id
WHERE b.realm = $1 AND b.member_id = $2
ORDER BY 1 DESC;

-- name: mine_papers
-- $1 realm, $2 member
SELECT d.dated_on AS on_date, u.code AS place, 'author' AS what, d.subject AS more
FROM document d JOIN unit u ON u.id = d.unit_id WHERE d.realm = $1 AND d.author_id = $2
UNION ALL
SELECT NULL, u.code, 'author of a topic', t.title FROM planned_topic t JOIN unit u ON u.id = t.unit_id WHERE t.realm = $1 AND t.author_id = $2
UNION ALL
SELECT i.due_on, u.code, 'leads an item of the work programme', i.title
FROM programme_item i JOIN unit u ON u.id = i.unit_id WHERE i.realm = $1 AND i.leader_id = $2;

-- name: mine_followed
-- $1 realm, $2 member
SELECT substr(m.starts_at, 1, 10) AS on_date, m.code AS place, 'followed the score sheet' AS what, s.stage AS more
FROM score_sheet s JOIN meeting m ON m.realm = s.realm AND m.id = s.meeting_id WHERE s.realm = $1 AND s.followed_by = $2 ORDER BY 1 DESC;

-- name: mine_sendings
-- What was told to the person. $1 realm, $2 member
SELECT substr(s.sent_at, 1, 10) AS on_date, m.code AS place, s.channel AS what,
	coalesce(d.subject, '') || CASE WHEN s.received_at IS NOT NULL THEN ' · ' || s.received_at || ' ' || s.receipt ELSE '' END AS more
FROM sending s JOIN meeting m ON m.realm = s.realm AND m.id = s.meeting_id
LEFT JOIN document d ON d.realm = s.realm AND d.id = s.document_id
WHERE s.realm = $1 AND s.person = 'm' || CAST(CAST($2 AS @INT) AS TEXT) ORDER BY s.sent_at DESC;

-- name: mine_letters
-- Mail to the person. $1 realm, $2 member
SELECT created_ms AS at_ms, address AS place, kind AS what, subject || ' · ' || state AS more FROM outbox
WHERE realm = $1 AND person = 'm' || CAST(CAST($2 AS @INT) AS TEXT) ORDER BY created_ms DESC;

-- name: mine_years
-- The annual classification of a person, sheet by sheet. $1 realm, $2 member
SELECT k.decided_on AS on_date, u.code AS place, 'annual classification' AS what, CAST(k.year AS TEXT) || ' · ' || k.state AS more
FROM year_case k JOIN unit u ON u.id = k.unit_id WHERE k.realm = $1 AND k.member_id = $2
UNION ALL
SELECT NULL, u.code, 'sheet of the year', CAST(k.year AS TEXT) || ' · ' || s.stage || ' · ' || CAST(s.points / 10 AS TEXT) || '.' || CAST(s.points % 10 AS TEXT) || ' · ' || s.result
FROM year_case k JOIN unit u ON u.id = k.unit_id JOIN year_sheet s ON s.realm = k.realm AND s.case_id = k.id WHERE k.realm = $1 AND k.member_id = $2;

-- name: mine_emulation
-- Undertakings, titles, initiatives and awards of a person. $1 realm, $2 member
SELECT t.due_on AS on_date, u.code AS place, 'undertaking' AS what, CAST(t.year AS TEXT) || ' · ' || t.text || ' · ' || t.result || ' ' || t.review AS more
FROM undertaking t JOIN unit u ON u.id = t.unit_id WHERE t.realm = $1 AND t.member_id = $2
UNION ALL
SELECT NULL, u.code, 'title registered for', CAST(t.year AS TEXT) || ' · ' || t.title || ' · ' || t.result
FROM emulation_title t JOIN unit u ON u.id = t.unit_id WHERE t.realm = $1 AND t.member_id = $2
UNION ALL
SELECT i.recognised_on, u.code, 'initiative', CAST(i.year AS TEXT) || ' · ' || i.title
FROM initiative_author a JOIN initiative i ON i.realm = a.realm AND i.id = a.initiative_id JOIN unit u ON u.id = i.unit_id
WHERE a.realm = $1 AND a.member_id = $2
UNION ALL
SELECT w.decided_on, u.code, 'award', w.title || ' · ' || w.decision_no FROM award w JOIN unit u ON u.id = w.unit_id WHERE w.realm = $1 AND w.member_id = $2;

-- name: mine_training
-- Training, and meetings the person is to attend elsewhere or attended. $1 realm, $2 member
SELECT t.held_on AS on_date, u.code AS place, 'training' AS what, t.course || ' · ' || t.result AS more
FROM training t JOIN unit u ON u.id = t.unit_id WHERE t.realm = $1 AND t.member_id = $2
UNION ALL
SELECT a.valid_from, u.code, 'assigned attendance', a.level || ' · ' || CAST(a.required_turns AS TEXT) || ' / ' || a.per
FROM assignment a JOIN unit u ON u.id = a.unit_id WHERE a.member_realm = $1 AND a.member_id = $2
UNION ALL
SELECT v.held_on, u.code, 'visit to a meeting', '' FROM visit v JOIN unit u ON u.id = v.unit_id WHERE v.member_realm = $1 AND v.member_id = $2;

-- name: mine_sessions
-- Where the account is signed in, calendars, and requests remembered so that they are not carried out twice. $1 account
SELECT created_ms AS at_ms, '' AS place, 'signed in' AS what, '' AS more FROM session WHERE account_id = $1
UNION ALL
SELECT created_ms, '', CASE WHEN revoked_ms IS NULL THEN 'address of a calendar' ELSE 'revoked address of a calendar' END, ''
FROM calendar_feed WHERE account_id = $1
UNION ALL
SELECT at_ms, location, 'request', key FROM idempotency WHERE account_id = $1
ORDER BY 1 DESC;

-- name: mine_acts
-- What the account did. $1 login
SELECT at_ms, entity AS place, action AS what, '' AS more FROM journal WHERE actor = $1
UNION ALL
SELECT s.at_ms, m.code, s.step, s.remark FROM meeting_step s JOIN meeting m ON m.realm = s.realm AND m.id = s.meeting_id WHERE s.actor = $1
UNION ALL
SELECT s.at_ms, m.code, 'score sheet', s.stage FROM score_sheet s JOIN meeting m ON m.realm = s.realm AND m.id = s.meeting_id WHERE s.actor = $1
UNION ALL
SELECT a.at_ms, m.code, 'appeal', a.reason FROM appeal a JOIN meeting m ON m.realm = a.realm AND m.id = a.meeting_id WHERE a.actor = $1
UNION ALL
SELECT a.answered_ms, m.code, 'answer to an appeal', a.answer FROM appeal a JOIN meeting m ON m.realm = a.realm AND m.id = a.meeting_id WHERE a.answered_by = $1
UNION ALL
SELECT r.at_ms, d.subject, 'read a document', '' FROM document_read r JOIN document d ON d.realm = r.realm AND d.id = r.document_id WHERE r.actor = $1
UNION ALL
SELECT x.at_ms, t.code, 'report on a task', x.remark FROM task_update x JOIN task t ON t.realm = x.realm AND t.id = x.task_id WHERE x.actor = $1
UNION ALL
SELECT v.at_ms, t.code, 'value of a target', CAST(v.value AS TEXT) FROM target_value v JOIN programme_target t ON t.realm = v.realm AND t.id = v.target_id
WHERE v.actor = $1
UNION ALL
SELECT e.at_ms, u.code, e.kind, e.note FROM unit_event e JOIN unit u ON u.id = e.unit_id WHERE e.actor = $1
UNION ALL
SELECT f.added_ms, u.code, 'file', f.name FROM file f JOIN unit u ON u.id = f.unit_id WHERE f.added_by = $1
UNION ALL
SELECT NULL, m.code, 'sent a notice or a paper', s.sent_at || ' ' || s.person FROM sending s JOIN meeting m ON m.realm = s.realm AND m.id = s.meeting_id
WHERE s.sent_by = $1
UNION ALL
SELECT x.at_ms, u.code, 'step of a year', x.step || ' · ' || x.remark FROM year_step x JOIN year_case k ON k.realm = x.realm AND k.id = x.case_id
JOIN unit u ON u.id = k.unit_id WHERE x.actor = $1
UNION ALL
SELECT x.at_ms, u.code, 'sheet of the year', x.stage FROM year_sheet x JOIN year_case k ON k.realm = x.realm AND k.id = x.case_id
JOIN unit u ON u.id = k.unit_id WHERE x.actor = $1
UNION ALL
SELECT x.at_ms, u.code, 'vote of a year', x.stage FROM year_vote x JOIN year_case k ON k.realm = x.realm AND k.id = x.case_id
JOIN unit u ON u.id = k.unit_id WHERE x.actor = $1
UNION ALL
SELECT x.at_ms, u.code, 'monthly self-check', x.line FROM year_check x JOIN year_case k ON k.realm = x.realm AND k.id = x.case_id
JOIN unit u ON u.id = k.unit_id WHERE x.actor = $1
UNION ALL
SELECT x.at_ms, u.code, 'evidence', x.title FROM year_evidence x JOIN year_case k ON k.realm = x.realm AND k.id = x.case_id
JOIN unit u ON u.id = k.unit_id WHERE x.actor = $1
UNION ALL
SELECT x.at_ms, u.code, 'appeal', x.reason FROM year_appeal x JOIN year_case k ON k.realm = x.realm AND k.id = x.case_id
JOIN unit u ON u.id = k.unit_id WHERE x.actor = $1
UNION ALL
SELECT x.answered_ms, u.code, 'answer to an appeal', x.answer FROM year_appeal x JOIN year_case k ON k.realm = x.realm AND k.id = x.case_id
JOIN unit u ON u.id = k.unit_id WHERE x.answered_by = $1
UNION ALL
SELECT t.at_ms, u.code, 'table of criteria', t.rule_id FROM local_table t JOIN unit u ON u.id = t.unit_id WHERE t.actor = $1
UNION ALL
SELECT w.at_ms, u.code, 'gave an award', w.title FROM award w JOIN unit u ON u.id = w.unit_id WHERE w.actor = $1
UNION ALL
SELECT NULL, u.code, 'answer to a question of the figures', q.kind || ' · ' || q.answer FROM figure_question q JOIN unit u ON u.id = q.unit_id WHERE q.answered_by = $1
ORDER BY 1 DESC;

-- ---------------------------------------------------------------- my own page

-- name: my_meetings
-- Meetings to come of the cells on whose roll a person is. $1 realm, $2 member, $3 today
SELECT m.id, m.realm, m.unit_id, m.code, m.kind, m.thematic, m.starts_at, m.place, m.state, m.topic, u.name AS unit_name
FROM membership s JOIN meeting m ON m.realm = s.realm AND m.unit_id = s.unit_id
LEFT JOIN unit_span u ON u.unit_id = m.unit_id AND u.valid_from <= $3 AND u.valid_to >= $3
WHERE s.realm = $1 AND s.member_id = $2 AND s.valid_from <= $3 AND s.valid_to >= $3
	AND s.status IN ('probationary', 'official', 'exempt', 'temp_here') AND m.starts_at >= $3 AND m.kind <> 'committee'
	AND m.state IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed')
ORDER BY m.starts_at LIMIT 3;

-- name: my_papers
-- Papers sent to a person for meetings not long ago or to come; unread ones first. $1 realm, $2 member, $3 since
SELECT d.id AS document_id, d.meeting_id, d.subject, m.starts_at, max(s.received_at) AS received_at
FROM sending s JOIN document d ON d.realm = s.realm AND d.id = s.document_id JOIN meeting m ON m.realm = s.realm AND m.id = s.meeting_id
WHERE s.realm = $1 AND s.person = 'm' || CAST(CAST($2 AS @INT) AS TEXT) AND s.document_id > 0 AND m.starts_at >= $3
GROUP BY d.id, d.meeting_id, d.subject, m.starts_at ORDER BY CASE WHEN max(s.received_at) IS NULL THEN 0 ELSE 1 END, m.starts_at DESC LIMIT 20;

-- name: my_calls
-- Roll calls of the year. $1 realm, $2 member, $3 $4 months
SELECT m.id AS meeting_id, m.kind, m.starts_at, a.status
FROM meeting m JOIN attendance a ON a.realm = m.realm AND a.meeting_id = m.id
WHERE a.realm = $1 AND a.member_id = $2 AND m.month >= $3 AND m.month <= $4 AND m.kind <> 'committee' ORDER BY m.starts_at DESC;
