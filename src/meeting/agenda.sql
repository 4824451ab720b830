-- The agenda of a meeting.

-- name: agenda_items
-- $1 realm, $2 meeting
SELECT realm, meeting_id, item, place, part, step, title, mandatory, planned_minutes, minutes, done, conclusion, rev
FROM agenda_item WHERE realm = $1 AND meeting_id = $2 ORDER BY place, item;

-- name: agenda_insert
-- $1 realm, $2 meeting, $3 item, $4 place, $5 part, $6 step, $7 title, $8 mandatory, $9 planned minutes
INSERT INTO agenda_item (realm, meeting_id, item, place, part, step, title, mandatory, planned_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: agenda_place
-- $1 realm, $2 meeting, $3 item, $4 place
UPDATE agenda_item SET place = $4 WHERE realm = $1 AND meeting_id = $2 AND item = $3;

-- name: agenda_write
-- $1 realm, $2 meeting, $3 item, $4 title, $5 planned minutes
UPDATE agenda_item SET title = $4, planned_minutes = $5, rev = rev + 1 WHERE realm = $1 AND meeting_id = $2 AND item = $3;

-- name: agenda_drop
-- $1 realm, $2 meeting, $3 item
DELETE FROM agenda_item WHERE realm = $1 AND meeting_id = $2 AND item = $3;

-- name: agenda_guests
-- Higher members assigned to the meeting. $1 realm, $2 meeting
SELECT count(*) FROM meeting_guest WHERE realm = $1 AND meeting_id = $2 AND kind = 'assigned';
