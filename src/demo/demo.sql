-- Statements of the large demonstrations, which are written as monthly summaries would be imported: counts and totals.

-- name: demo_unit
-- $1 id, $2 realm, $3 code
INSERT INTO unit (id, realm, code) VALUES ($1, $2, $3);

-- name: demo_unit_span
-- $1 unit, $2 from, $3 to, $4 parent, $5 level, $6 type, $7 owner, $8 name, $9 folded name, $10 sort key
INSERT INTO unit_span (unit_id, valid_from, valid_to, parent_id, level, type, owner, name, name_key, sort_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: demo_predecessor
-- $1 unit, $2 predecessor, $3 first day of the new state
INSERT INTO unit_predecessor (unit_id, predecessor_id, on_date) VALUES ($1, $2, $3);

-- name: demo_event
-- $1 id, $2 kind, $3 day, $4 unit, $5 actor, $6 at
INSERT INTO unit_event (id, kind, on_date, unit_id, actor, at_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: demo_member
-- $1 realm, $2 id, $3 code, $4 name, $5 folded, $6 sort key, $7 admitted, $8 official
INSERT INTO member (realm, id, code, full_name, name_key, sort_key, admitted_on, official_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: demo_membership
-- $1 realm, $2 member, $3 unit, $4 from, $5 to, $6 status, $7 reason
INSERT INTO membership (realm, member_id, unit_id, valid_from, valid_to, status, reason) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: demo_post
-- $1 realm, $2 unit, $3 member, $4 post, $5 from
INSERT INTO post (realm, unit_id, member_id, post, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, '9999-12-31');

-- name: demo_meeting
-- $1 realm, $2 id, $3 code, $4 unit, $5 month, $6 thematic, $7 starts, $8 ends, $9 expected, $10 present, $11 excused, $12 unexcused,
-- $13 official present, $14 speakers, $15 pre-meeting, $16 documents sent, $17 scored, $18 uploaded, $19 topic, $20 state
INSERT INTO meeting (realm, id, code, unit_id, month, kind, thematic, starts_at, ends_at, expected, present, excused, unexcused,
                     official_present, speakers, pre_meeting_on, documents_sent_at, scored_at, uploaded_at, topic, state)
VALUES ($1, $2, $3, $4, $5, 'regular', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20);

-- name: demo_sheet
-- $1 realm, $2 meeting, $3 stage, $4 points, $5 class, $6 actor, $7 at
INSERT INTO score_sheet (realm, meeting_id, stage, revision, points, class, actor, at_ms) VALUES ($1, $2, $3, 1, $4, $5, $6, $7);

-- name: demo_any_unit
SELECT count(*) FROM unit;

-- name: demo_tick
-- What happened in the room: every step but the last two, as long as planned. $1 realm, $2 meeting
UPDATE agenda_item SET done = 1, minutes = planned_minutes, rev = rev + 1,
	conclusion = CASE WHEN part IN ('main', 'thematic', 'personnel') THEN 'Chi bộ thống nhất' ELSE '' END
WHERE realm = $1 AND meeting_id = $2 AND step NOT IN ('ST-C5', 'ST-C6');

-- name: demo_planned_on
-- The day of the plan for a meeting that was held. $1 realm $2 meeting $3 day
UPDATE meeting SET planned_on = $3 WHERE realm = $1 AND id = $2;

-- name: demo_plan_adopted
-- Plans of the year were adopted at its beginning. $1 realm $2 unit $3 year $4 day
UPDATE year_plan SET adopted_on = $4 WHERE realm = $1 AND unit_id = $2 AND year = $3;

-- name: demo_registered
-- Meetings that cells have registered; `whole`: the cell has one that was lived through in the program.
SELECT m.id, CASE WHEN EXISTS (SELECT 1 FROM meeting x WHERE x.realm = m.realm AND x.unit_id = m.unit_id AND x.state = 'decided' AND x.afterwards = 0)
	THEN 1 ELSE 0 END AS whole
FROM meeting m WHERE m.state = 'date_registered' ORDER BY m.code;

-- name: demo_inspection
-- $1 realm, $2 id, $3 code, $4 unit, $5 kind, $6 title, $7 planned, $8 done
INSERT INTO inspection (realm, id, code, unit_id, kind, title, planned_on, done_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: demo_report_due
-- $1 realm, $2 id, $3 code, $4 unit, $5 title, $6 due, $7 sent
INSERT INTO report_due (realm, id, code, unit_id, title, due_on, sent_on) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: demo_feedback
-- $1 realm, $2 id, $3 code, $4 unit, $5 received, $6 kind, $7 topic, $8 due, $9 answered
INSERT INTO feedback (realm, id, code, unit_id, received_on, kind, topic, due_on, answered_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: demo_training
-- A member may hold two posts. $1 realm, $2 unit, $3 member, $4 course, $5 day, $6 hours, $7 id
INSERT INTO training (realm, unit_id, member_id, course, held_on, hours, result, id) VALUES ($1, $2, $3, $4, $5, $6, 'passed', $7)
ON CONFLICT (realm, unit_id, member_id, held_on, course) DO NOTHING;

-- name: demo_year_number
-- $1 realm, $2 unit, $3 year, $4 name, $5 value, $6 id
INSERT INTO year_number (realm, unit_id, year, name, value, id) VALUES ($1, $2, $3, $4, $5, $6);

-- name: demo_initiative
-- $1 realm, $2 id, $3 code, $4 unit, $5 year, $6 title, $7 benefit, $8 recognised by, $9 recognised on
INSERT INTO initiative (realm, id, code, unit_id, year, title, benefit, recognised_by, recognised_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN CAST($9 AS TEXT) IS NULL THEN '' ELSE CAST($8 AS TEXT) END, $9);

-- name: demo_initiative_author
-- $1 realm, $2 initiative, $3 member
INSERT INTO initiative_author (realm, initiative_id, member_id) VALUES ($1, $2, $3);

-- name: demo_undertaking
-- $1 realm, $2 id, $3 unit, $4 member, $5 year, $6 text, $7 due, $8 result
INSERT INTO undertaking (realm, id, unit_id, member_id, year, text, due_on, result) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: demo_regular
-- The regular meetings that a cell held in the first months of a year, the first one first. $1 realm, $2 unit, $3 first month, $4 last month
SELECT id, starts_at FROM meeting WHERE realm = $1 AND unit_id = $2 AND kind = 'regular' AND month BETWEEN $3 AND $4 AND ends_at IS NOT NULL ORDER BY starts_at LIMIT 1;
