-- Score sheets and what they are made from.

-- name: year_rows
-- Roll calls of the regular meetings of a cell. $1 realm, $2 unit, $3 first month, $4 last month, $5 start of the last one
SELECT a.member_id, a.meeting_id, a.status
FROM meeting m
JOIN attendance a ON a.realm = m.realm AND a.meeting_id = m.id
WHERE m.realm = $1 AND m.unit_id = $2 AND m.month BETWEEN $3 AND $4 AND m.kind = 'regular' AND m.starts_at <= $5
ORDER BY a.member_id, m.starts_at, m.id;

-- name: sheet_latest
-- $1 realm, $2 meeting, $3 stage
SELECT realm, meeting_id, stage, revision, scheme, points, class, facts, reason, actor, at_ms, followed_by
FROM score_sheet WHERE realm = $1 AND meeting_id = $2 AND stage = $3
ORDER BY revision DESC LIMIT 1;

-- name: sheet_insert
-- $1 realm, $2 meeting, $3 stage, $4 revision, $5 scheme, $6 points, $7 class, $8 facts, $9 reason, $10 actor, $11 at, $12 who followed
INSERT INTO score_sheet (realm, meeting_id, stage, revision, scheme, points, class, facts, reason, actor, at_ms, followed_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: line_insert
-- $1 realm, $2 meeting, $3 stage, $4 revision, $5 line, $6 points, $7 max, $8 source
-- rows: 20
INSERT INTO score_line (realm, meeting_id, stage, revision, line, points, max, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: lines_of
-- $1 realm, $2 meeting, $3 stage, $4 revision
SELECT line, points, max, source FROM score_line WHERE realm = $1 AND meeting_id = $2 AND stage = $3 AND revision = $4 ORDER BY line;

-- name: meeting_plain
-- A meeting without what the view looks up, for imports. $1 realm, $2 code
SELECT realm, id, code, unit_id, month, kind, thematic, starts_at, ends_at, expected, present, excused, unexcused, official_present,
	speakers, pre_meeting_on, documents_sent_at, scored_at, uploaded_at, topic, rev, state, afterwards, place, mode, by_groups, chair_id,
	minute_taker_id, author_id, planned_on, sequence, minutes_approved_at, minutes_signed_on
FROM meeting WHERE realm = $1 AND code = $2;

-- name: queue_page
-- Meetings that wait for a decision, oldest first, below the unit on a day or the unit itself: reported, reopened, or written down afterwards with the
-- cell's sheet and no decision.
-- $1 unit, $2 day, $3 after this start, $4 after this id, $5 limit, $6 first month
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT r.*
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN meeting_row r ON r.realm = u.realm AND r.unit_id = b.unit_id AND r.month >= $6
WHERE (r.state IN ('reported', 'reopened') OR (r.afterwards = 1 AND r.stage IN ('self', 'voted'))) AND (r.starts_at, r.id) > ($3, CAST($4 AS @INT))
ORDER BY r.starts_at, r.id
LIMIT $5;

-- name: import_spans
-- The life of a unit by its code. $1 code
SELECT u.id, u.realm, s.level, s.valid_from, s.valid_to
FROM unit u
JOIN unit_span s ON s.unit_id = u.id
WHERE u.code = $1
ORDER BY s.valid_from;

-- name: import_roll
-- Everybody ever on the roll of a cell, without those who only stay there for a time. $1 realm, $2 unit
SELECT p.status, p.valid_from, p.valid_to, b.admitted_on, b.official_on
FROM membership p
JOIN member b ON b.realm = p.realm AND b.id = p.member_id
WHERE p.realm = $1 AND p.unit_id = $2 AND p.status IN ('probationary', 'official', 'exempt', 'temp_away');

-- name: meeting_rows_all
-- For export: everything in these months. $1 first month, $2 last month
SELECT * FROM meeting_row WHERE month BETWEEN $1 AND $2 ORDER BY code, id;

-- name: meeting_rows_below
-- For export: a unit and all that was below it. $1 unit, $2 since, $3 until, $4 first month, $5 last month
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
WHERE substr(r.starts_at, 1, 10) BETWEEN b.since AND b.until
ORDER BY r.code, r.id;

-- name: sheets_computed
-- How many sheets were computed, not only reported as a total.
SELECT count(*) FROM score_sheet WHERE scheme <> '';

-- name: sheets_not_adding_up
-- Computed sheets whose lines do not add up to the total.
SELECT s.realm, s.meeting_id, s.stage, s.revision, s.points, CAST(coalesce(sum(l.points), 0) AS @INT) AS sum
FROM score_sheet s
LEFT JOIN score_line l ON l.realm = s.realm AND l.meeting_id = s.meeting_id AND l.stage = s.stage AND l.revision = s.revision
WHERE s.scheme <> ''
GROUP BY s.realm, s.meeting_id, s.stage, s.revision, s.points
HAVING s.points <> coalesce(sum(l.points), 0)
ORDER BY s.realm, s.meeting_id;

-- name: record_items
-- The agenda as far as facts need it. $1 realm, $2 meeting
SELECT step, part, mandatory, done, minutes, CASE WHEN conclusion <> '' THEN 1 ELSE 0 END AS concluded
FROM agenda_item WHERE realm = $1 AND meeting_id = $2 ORDER BY place, item;

-- name: record_votes
-- $1 realm, $2 meeting
SELECT subject, result, in_favour, closed_at FROM vote WHERE realm = $1 AND meeting_id = $2 ORDER BY closed_at, id;

-- name: record_told
-- Who got the notice of the meeting before it began. $1 realm, $2 meeting, $3 start
SELECT DISTINCT person FROM sending WHERE realm = $1 AND meeting_id = $2 AND document_id = 0 AND sent_at <= $3;

-- name: record_counts
-- Everything else that facts are made of. Papers to be read beforehand: agenda, guide, draft, material; a secret one is handled on paper.
-- $1 realm, $2 meeting, $3 start, $4 unit
SELECT coalesce((SELECT form FROM pre_meeting WHERE realm = $1 AND meeting_id = $2), '') AS pre_form,
	(SELECT starts_at FROM pre_meeting WHERE realm = $1 AND meeting_id = $2) AS pre_starts_at,
	(SELECT chair_id FROM pre_meeting WHERE realm = $1 AND meeting_id = $2) AS pre_chair,
	(SELECT min(sent_at) FROM sending WHERE realm = $1 AND meeting_id = $2 AND document_id <> 0) AS first_sent,
	(SELECT count(*) FROM meeting_guest WHERE realm = $1 AND meeting_id = $2 AND present = 1 AND function = '') AS guests_unnamed,
	(SELECT count(*) FROM meeting_guest g WHERE g.realm = $1 AND g.meeting_id = $2 AND g.kind = 'assigned' AND NOT EXISTS (
		SELECT 1 FROM sending s WHERE s.realm = g.realm AND s.meeting_id = g.meeting_id AND s.document_id = 0
		AND s.person = 'g' || CAST(g.id AS TEXT) AND s.sent_at <= $3)) AS assigned_untold,
	(SELECT count(*) FROM document WHERE realm = $1 AND meeting_id = $2 AND purpose = 'guide' AND state <> 'withdrawn'
		AND coalesce(uploaded_at, '') <= $3) AS guides,
	(SELECT count(*) FROM document WHERE realm = $1 AND meeting_id = $2 AND purpose = 'draft_resolution' AND state <> 'withdrawn'
		AND coalesce(uploaded_at, '') <= $3) AS drafts,
	(SELECT count(*) FROM document WHERE realm = $1 AND meeting_id = $2 AND purpose IN ('draft_resolution', 'material') AND state <> 'withdrawn'
		AND author_id > 0) AS authored,
	(SELECT count(*) FROM document WHERE realm = $1 AND meeting_id = $2 AND purpose IN ('agenda', 'guide', 'draft_resolution', 'material')
		AND state <> 'withdrawn') AS papers,
	(SELECT count(*) FROM document d WHERE d.realm = $1 AND d.meeting_id = $2 AND d.purpose IN ('agenda', 'guide', 'draft_resolution', 'material')
		AND d.state <> 'withdrawn' AND d.secrecy <> 'secret' AND d.uploaded_at IS NULL AND NOT EXISTS (
		SELECT 1 FROM sending s WHERE s.realm = d.realm AND s.meeting_id = d.meeting_id AND s.document_id = d.id)) AS unpublished,
	(SELECT count(*) FROM meeting_text WHERE realm = $1 AND meeting_id = $2 AND name = 'conclusion' AND value <> '') AS conclusion,
	(SELECT count(*) FROM meeting_text WHERE realm = $1 AND meeting_id = $2 AND name = 'pre_points' AND value <> '') AS pre_points,
	(SELECT count(*) FROM meeting_text WHERE realm = $1 AND meeting_id = $2 AND name = 'pre_draft' AND value <> '') AS pre_draft,
	(SELECT count(*) FROM planned_topic WHERE realm = $1 AND unit_id = $4 AND meeting_id = $2) AS planned;

-- name: wait_put
-- $1 realm, $2 meeting, $3 when it is due
INSERT INTO score_wait (realm, meeting_id, due_at) VALUES ($1, $2, $3)
ON CONFLICT (realm, meeting_id) DO UPDATE SET due_at = excluded.due_at;

-- name: wait_drop
-- $1 realm, $2 meeting
DELETE FROM score_wait WHERE realm = $1 AND meeting_id = $2;

-- name: wait_due
-- Meetings whose deadline has passed, a thousand at a time. $1 now
SELECT meeting_id FROM score_wait WHERE due_at < $1 ORDER BY due_at, meeting_id LIMIT 1000;

-- name: sheet_by_people
-- The latest sheet of a stage that was not made by settling. $1 realm, $2 meeting, $3 stage, $4 who settles
SELECT realm, meeting_id, stage, revision, scheme, points, class, facts, reason, actor, at_ms, followed_by
FROM score_sheet WHERE realm = $1 AND meeting_id = $2 AND stage = $3 AND actor <> $4
ORDER BY revision DESC LIMIT 1;

-- name: scored_put
-- The time of the first score. $1 realm, $2 meeting, $3 when
UPDATE meeting SET scored_at = $3 WHERE realm = $1 AND id = $2 AND scored_at IS NULL;

-- name: step_tick
-- A step of the agenda that follows from something else. $1 realm, $2 meeting, $3 step
UPDATE agenda_item SET done = 1, rev = rev + 1 WHERE realm = $1 AND meeting_id = $2 AND step = $3 AND done = 0;

-- name: guests_to_confirm
-- Higher members in charge who were there. $1 realm, $2 meeting
SELECT id, member_id, name, function, procedure_ok, confirmed_at FROM meeting_guest
WHERE realm = $1 AND meeting_id = $2 AND kind = 'assigned' AND present = 1 ORDER BY id;

-- name: guest_confirmed
-- $1 realm, $2 meeting, $3 guest, $4 when, $5 opinion on procedure
UPDATE meeting_guest SET confirmed_at = $4, procedure_ok = $5 WHERE realm = $1 AND meeting_id = $2 AND id = $3;

-- name: appeals_of
-- $1 realm, $2 meeting
SELECT realm, meeting_id, seq, revision, reason, wanted, actor, at_ms, due_on, outcome, answer, answered_by, answered_ms
FROM appeal WHERE realm = $1 AND meeting_id = $2 ORDER BY seq;

-- name: appeal_insert
-- $1 realm, $2 meeting, $3 number, $4 revision of the decision, $5 reason, $6 points wished for, $7 actor, $8 at, $9 answer due
INSERT INTO appeal (realm, meeting_id, seq, revision, reason, wanted, actor, at_ms, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: appeal_close
-- $1 realm, $2 meeting, $3 number, $4 outcome, $5 answer, $6 by, $7 at
UPDATE appeal SET outcome = $4, answer = $5, answered_by = $6, answered_ms = $7 WHERE realm = $1 AND meeting_id = $2 AND seq = $3;

-- name: queue_appealed
-- Meetings below a unit with an open appeal, the oldest appeal first. $1 unit, $2 day, $3 limit
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT r.*
FROM appeal a
JOIN meeting_row r ON r.realm = a.realm AND r.id = a.meeting_id
WHERE a.outcome = '' AND r.unit_id IN (SELECT unit_id FROM below)
ORDER BY a.due_on, r.starts_at, r.id
LIMIT $3;

-- name: queue_decided
-- Meetings below a unit that were decided and not locked, oldest first. $1 unit, $2 day, $3 first month, $4 limit
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT r.*
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN meeting_row r ON r.realm = u.realm AND r.unit_id = b.unit_id AND r.month >= $3
WHERE r.state = 'decided'
ORDER BY r.starts_at, r.id
LIMIT $4;

-- name: queue_overdue
-- Meetings below a unit that ended before a time and whose papers were not uploaded. $1 unit, $2 day, $3 first month, $4 ended before, $5 limit
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT r.*
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN meeting_row r ON r.realm = u.realm AND r.unit_id = b.unit_id AND r.month >= $3
WHERE r.afterwards = 0 AND r.state IN ('held', 'scored', 'voted', 'minutes_signed') AND r.uploaded_at IS NULL AND r.ends_at < $4
ORDER BY r.starts_at, r.id
LIMIT $5;

-- name: lines_lost
-- Lines of a sheet that lost points, the dearest first. $1 realm, $2 meeting, $3 stage, $4 revision
SELECT line, points, max FROM score_line
WHERE realm = $1 AND meeting_id = $2 AND stage = $3 AND revision = $4 AND points < max AND source <> 'not_applicable'
ORDER BY max - points DESC, line;

-- name: papers_to_send
-- What is read before the meeting. $1 realm, $2 meeting
SELECT id, subject, secrecy, outside_no FROM document
WHERE realm = $1 AND meeting_id = $2 AND purpose IN ('agenda', 'guide', 'draft_resolution', 'material') AND state <> 'withdrawn' ORDER BY id;
