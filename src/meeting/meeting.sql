-- Meetings, roll calls, recorded facts, and the people of a cell on a day.

-- name: meeting_by_id
-- $1 id
SELECT * FROM meeting_row WHERE id = $1;

-- name: meeting_unit
-- $1 id
SELECT unit_id FROM meeting WHERE id = $1;

-- name: meetings_by_code
-- At most two, to see that a code is not unique. $1 code
SELECT * FROM meeting_row WHERE code = $1 ORDER BY id LIMIT 2;

-- name: meeting_code_taken
-- $1 realm, $2 code
SELECT id FROM meeting WHERE realm = $1 AND code = $2;

-- name: meeting_insert
-- $1 realm, $2 id, $3 code, $4 unit, $5 month, $6 kind, $7 thematic, $8 starts, $9 ends, $10 expected, $11 present, $12 excused, $13 unexcused,
-- $14 official present, $15 speakers, $16 pre-meeting, $17 documents sent, $18 scored, $19 uploaded, $20 topic, $21 state, $22 afterwards,
-- $23 place, $24 mode, $25 by groups, $26 chair, $27 minute-taker, $28 author, $29 planned day
INSERT INTO meeting (realm, id, code, unit_id, month, kind, thematic, starts_at, ends_at, expected, present, excused, unexcused,
	official_present, speakers, pre_meeting_on, documents_sent_at, scored_at, uploaded_at, topic, state, afterwards, place, mode, by_groups,
	chair_id, minute_taker_id, author_id, planned_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29);

-- name: meeting_write
-- Everything that may change. $1 realm, $2 id, $3 month, $4 kind, $5 thematic, $6 starts, $7 ends, $8 expected, $9 present, $10 excused,
-- $11 unexcused, $12 official present, $13 speakers, $14 pre-meeting, $15 documents sent, $16 scored, $17 uploaded, $18 topic, $19 place,
-- $20 mode, $21 by groups, $22 chair, $23 minute-taker, $24 author, $25 minutes approved, $26 minutes signed, $27 sequence. Not the state.
UPDATE meeting SET month = $3, kind = $4, thematic = $5, starts_at = $6, ends_at = $7, expected = $8, present = $9, excused = $10,
	unexcused = $11, official_present = $12, speakers = $13, pre_meeting_on = $14, documents_sent_at = $15, scored_at = $16,
	uploaded_at = $17, topic = $18, place = $19, mode = $20, by_groups = $21, chair_id = $22, minute_taker_id = $23, author_id = $24,
	minutes_approved_at = $25, minutes_signed_on = $26, sequence = $27, rev = rev + 1
WHERE realm = $1 AND id = $2;

-- name: meeting_raise
-- $1 realm, $2 id
UPDATE meeting SET rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: meeting_page
-- Newest first: a unit and all that was below it on the day of each meeting, or ($8 = 1) is below it on one day.
-- $1 unit, $2 since, $3 until (days), $4 first month, $5 last month, $6 before this start, $7 before this id, $8 now, $9 limit
WITH RECURSIVE below (unit_id, since, until) AS (
	SELECT CAST($1 AS @INT), CAST($2 AS TEXT), CAST($3 AS TEXT)
	UNION ALL
	SELECT s.unit_id, CASE WHEN s.valid_from > b.since THEN s.valid_from ELSE b.since END,
		CASE WHEN s.valid_to < b.until THEN s.valid_to ELSE b.until END
	FROM below b
	JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= b.until AND s.valid_to >= b.since
)
SELECT r.*
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN meeting_row r ON r.realm = u.realm AND r.unit_id = b.unit_id AND r.month BETWEEN $4 AND $5
WHERE (CAST($8 AS @INT) = 1 OR substr(r.starts_at, 1, 10) BETWEEN b.since AND b.until) AND (r.starts_at, r.id) < ($6, CAST($7 AS @INT))
ORDER BY r.starts_at DESC, r.id DESC
LIMIT $9;

-- name: meeting_previous_regular
-- The one held before. $1 realm, $2 unit, $3 start, $4 id
SELECT * FROM meeting_row
WHERE realm = $1 AND unit_id = $2 AND kind = 'regular' AND (starts_at, id) < ($3, CAST($4 AS @INT))
	AND state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled')
ORDER BY starts_at DESC, id DESC LIMIT 1;

-- name: meetings_regular_of_year
-- Those that were held. $1 realm, $2 unit, $3 first month, $4 last month, $5 start of the last one
SELECT * FROM meeting_row
WHERE realm = $1 AND unit_id = $2 AND month BETWEEN $3 AND $4 AND kind = 'regular' AND starts_at <= $5
	AND state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled')
ORDER BY starts_at, id;

-- name: meeting_others_in_month
-- Other regular meetings of the month, held or still to come. $1 realm, $2 unit, $3 month, $4 this one
SELECT count(*) FROM meeting
WHERE realm = $1 AND unit_id = $2 AND month = $3 AND kind = 'regular' AND id <> $4 AND state NOT IN ('postponed', 'cancelled');

-- name: meetings_in_month
-- $1 unit, $2 kind, $3 month
SELECT r.* FROM unit u
JOIN meeting_row r ON r.realm = u.realm AND r.unit_id = u.id AND r.month = $3
WHERE u.id = $1 AND r.kind = $2 AND r.state <> 'cancelled'
ORDER BY r.starts_at, r.id;

-- ---------------------------------------------------------------- life cycle

-- name: meeting_next
-- The earliest that waits for its cell. $1 unit, $2 this month
SELECT r.* FROM unit u
JOIN meeting_row r ON r.realm = u.realm AND r.unit_id = u.id AND r.month BETWEEN $2 - 2 AND $2 + 2
WHERE u.id = $1 AND r.afterwards = 0 AND r.state NOT IN ('reported', 'decided', 'locked', 'reopened', 'cancelled')
ORDER BY r.starts_at, r.id LIMIT 1;

-- name: meeting_put_state
-- $1 realm, $2 id, $3 state, $4 how much the sequence is raised
UPDATE meeting SET state = $3, sequence = sequence + $4, rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: meeting_steps
-- $1 realm, $2 meeting
SELECT seq, at_ms, step, from_state, to_state, actor, remark, approved_by FROM meeting_step WHERE realm = $1 AND meeting_id = $2 ORDER BY seq;

-- name: meeting_steps_all
-- For the check: meeting after meeting.
SELECT s.meeting_id, s.seq, s.step, s.from_state, s.to_state, m.state, m.afterwards, m.code
FROM meeting_step s
JOIN meeting m ON m.realm = s.realm AND m.id = s.meeting_id
ORDER BY s.realm, s.meeting_id, s.seq;

-- name: meeting_step_last
-- $1 realm, $2 meeting
SELECT max(seq) FROM meeting_step WHERE realm = $1 AND meeting_id = $2;

-- name: meeting_step_insert
-- $1 realm, $2 meeting, $3 number, $4 step, $5 from, $6 to, $7 who, $8 when, $9 remark, $10 approved by
-- rows: 20
INSERT INTO meeting_step (realm, meeting_id, seq, step, from_state, to_state, actor, at_ms, remark, approved_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: meeting_progress
-- What there is of a meeting in the tables of all rooms. $1 realm, $2 meeting
SELECT
	(SELECT count(*) FROM agenda_item x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS agenda_items,
	(SELECT count(*) FROM agenda_item x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.mandatory = 1 AND x.done = 0
		AND x.step NOT IN ('ST-C5', 'ST-C6')) AS agenda_open,
	(SELECT count(*) FROM pre_meeting x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS pre_meetings,
	(SELECT count(x.signed_on) FROM pre_meeting x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS pre_signed,
	(SELECT count(*) FROM document x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.state <> 'withdrawn'
		AND x.purpose IN ('agenda', 'guide', 'draft_resolution', 'material')) AS papers,
	(SELECT count(*) FROM document x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.state <> 'withdrawn'
		AND x.purpose IN ('guide', 'draft_resolution')) AS drafts,
	(SELECT count(DISTINCT x.person) FROM sending x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.document_id = 0) AS notified,
	(SELECT min(x.sent_at) FROM sending x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS first_sent_at,
	(SELECT count(*) FROM attendance x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS rows,
	(SELECT count(*) FROM vote x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS votes,
	(SELECT count(*) FROM vote x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.result = '') AS votes_open,
	(SELECT count(*) FROM vote x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.subject IN ('resolution', 'conclusion')
		AND x.result = 'adopted')
		AS conclusion_adopted,
	(SELECT count(*) FROM vote x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.subject = 'score' AND x.result = 'adopted')
		AS score_adopted,
	(SELECT count(*) FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'self') AS self_sheets,
	(SELECT count(*) FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'voted') AS voted_sheets,
	(SELECT count(*) FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'guest') AS guest_sheets,
	(SELECT count(*) FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'decided') AS decided_sheets,
	(SELECT count(*) FROM task x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS tasks,
	(SELECT count(*) FROM document x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.state <> 'withdrawn' AND x.purpose = 'minutes')
		AS minutes,
	(SELECT count(*) FROM document x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.state <> 'withdrawn' AND x.purpose = 'resolution')
		AS resolutions,
	(SELECT count(x.number) FROM document x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.state <> 'withdrawn'
		AND x.purpose = 'resolution') AS numbered,
	(SELECT count(*) FROM document x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.state <> 'withdrawn' AND x.file_id IS NOT NULL
		AND x.purpose IN ('minutes', 'resolution')) AS signed_copies,
	(SELECT count(*) FROM meeting_guest x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.kind = 'assigned') AS guests,
	(SELECT count(*) FROM meeting_guest x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.kind = 'assigned' AND x.present = 1)
		AS guests_present,
	(SELECT count(x.confirmed_at) FROM meeting_guest x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.kind = 'assigned')
		AS guests_confirmed,
	(SELECT count(*) FROM appeal x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.outcome = '') AS appeals_open,
	(SELECT count(*) FROM appeal x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS appeals
FROM meeting m
WHERE m.realm = $1 AND m.id = $2;

-- name: meeting_group_leaders
-- Party groups are known by their leaders. $1 realm, $2 unit, $3 day
SELECT count(*) FROM post WHERE realm = $1 AND unit_id = $2 AND post = 'group_leader' AND valid_from <= $3 AND valid_to >= $3;

-- name: meeting_by_groups_in_year
-- Meetings of party groups in place of the plenary that began. $1 realm, $2 unit, $3 first month, $4 last month, $5 not this one
SELECT count(*) FROM meeting
WHERE realm = $1 AND unit_id = $2 AND month BETWEEN $3 AND $4 AND by_groups = 1 AND id <> $5
	AND state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'postponed', 'cancelled');

-- ---------------------------------------------------------------- the cell and its people

-- name: roster_spans
-- Everybody ever in a cell, without names, for imports. $1 realm, $2 unit
SELECT p.member_id, b.code, p.status, b.admitted_on, b.official_on, p.valid_from, p.valid_to
FROM membership p
JOIN member b ON b.realm = p.realm AND b.id = p.member_id
WHERE p.realm = $1 AND p.unit_id = $2 AND p.status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here')
ORDER BY p.member_id, p.valid_from;

-- ---------------------------------------------------------------- roll call

-- name: attendance_of_meeting
-- In the order of names. $1 realm, $2 meeting
SELECT a.realm, a.meeting_id, a.member_id, b.code AS member_code, b.full_name, a.status, a.mode, a.arrived_at
FROM attendance a
JOIN member b ON b.realm = a.realm AND b.id = a.member_id
WHERE a.realm = $1 AND a.meeting_id = $2
ORDER BY b.sort_key, b.code;

-- name: attendance_put
-- $1 realm, $2 meeting, $3 member, $4 status, $5 mode, $6 arrived
INSERT INTO attendance (realm, meeting_id, member_id, status, mode, arrived_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (realm, meeting_id, member_id) DO UPDATE SET status = excluded.status, mode = excluded.mode, arrived_at = excluded.arrived_at;

-- name: attendance_drop
-- $1 realm, $2 meeting, $3 member
DELETE FROM attendance WHERE realm = $1 AND meeting_id = $2 AND member_id = $3;

-- name: attendance_rows_below
-- For export. $1 unit, $2 since, $3 until, $4 first month, $5 last month
WITH RECURSIVE below (unit_id, since, until) AS (
	SELECT CAST($1 AS @INT), CAST($2 AS TEXT), CAST($3 AS TEXT)
	UNION ALL
	SELECT s.unit_id, CASE WHEN s.valid_from > b.since THEN s.valid_from ELSE b.since END,
		CASE WHEN s.valid_to < b.until THEN s.valid_to ELSE b.until END
	FROM below b
	JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= b.until AND s.valid_to >= b.since
)
SELECT a.realm, a.meeting_id, a.member_id, m.code AS meeting_code, p.code AS member_code, a.status, a.mode, a.arrived_at
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN meeting m ON m.realm = u.realm AND m.unit_id = b.unit_id AND m.month BETWEEN $4 AND $5
JOIN attendance a ON a.realm = m.realm AND a.meeting_id = m.id
JOIN member p ON p.realm = a.realm AND p.id = a.member_id
WHERE substr(m.starts_at, 1, 10) BETWEEN b.since AND b.until
ORDER BY m.code, m.id, p.code;

-- name: attendance_rows_all
-- For export. $1 first month, $2 last month
SELECT a.realm, a.meeting_id, a.member_id, m.code AS meeting_code, p.code AS member_code, a.status, a.mode, a.arrived_at
FROM meeting m
JOIN attendance a ON a.realm = m.realm AND a.meeting_id = m.id
JOIN member p ON p.realm = a.realm AND p.id = a.member_id
WHERE m.month BETWEEN $1 AND $2
ORDER BY m.code, m.id, p.code;

-- name: attendance_member_id
-- $1 realm, $2 code
SELECT id FROM member WHERE realm = $1 AND code = $2;

-- ---------------------------------------------------------------- recorded facts

-- name: recorded_of
-- $1 realm, $2 meeting
SELECT name, value FROM meeting_fact WHERE realm = $1 AND meeting_id = $2 ORDER BY name;

-- name: recorded_put
-- $1 realm, $2 meeting, $3 name, $4 value
INSERT INTO meeting_fact (realm, meeting_id, name, value) VALUES ($1, $2, $3, $4)
ON CONFLICT (realm, meeting_id, name) DO UPDATE SET value = excluded.value;

-- name: recorded_drop
-- $1 realm, $2 meeting, $3 name
DELETE FROM meeting_fact WHERE realm = $1 AND meeting_id = $2 AND name = $3;

-- name: meeting_texts
-- $1 realm, $2 meeting
SELECT name, value, rev FROM meeting_text WHERE realm = $1 AND meeting_id = $2;

-- name: meeting_text_save
-- An emptied text keeps its row, so that its rev goes on. $1 realm, $2 meeting, $3 name, $4 value
INSERT INTO meeting_text (realm, meeting_id, name, value) VALUES ($1, $2, $3, $4)
ON CONFLICT (realm, meeting_id, name) DO UPDATE SET value = excluded.value, rev = meeting_text.rev + 1;

-- name: uploads_below
-- For export: when papers of meetings were uploaded, of a unit and all below it on a day. $1 unit (0: everybody), $2 day
WITH RECURSIVE below (unit_id) AS (
	SELECT id FROM unit WHERE id = $1 OR CAST($1 AS @INT) = 0
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT m.code AS meeting_code, m.uploaded_at FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN meeting m ON m.realm = u.realm AND m.unit_id = u.id
WHERE m.uploaded_at IS NOT NULL AND m.afterwards = 1
ORDER BY m.code;
