-- The committee before the meeting.

-- name: pre_meeting
-- $1 realm, $2 meeting
SELECT realm, meeting_id, form, starts_at, ends_at, place, chair_id, minute_taker_id, signed_on, rev FROM pre_meeting WHERE realm = $1 AND meeting_id = $2;

-- name: pre_meeting_put
-- $1 realm, $2 meeting, $3 form, $4 starts, $5 ends, $6 place, $7 chair, $8 minute-taker
INSERT INTO pre_meeting (realm, meeting_id, form, starts_at, ends_at, place, chair_id, minute_taker_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (realm, meeting_id) DO UPDATE SET form = excluded.form, starts_at = excluded.starts_at, ends_at = excluded.ends_at, place = excluded.place,
	chair_id = excluded.chair_id, minute_taker_id = excluded.minute_taker_id, rev = pre_meeting.rev + 1;

-- name: pre_meeting_sign
-- $1 realm, $2 meeting, $3 day
UPDATE pre_meeting SET signed_on = $3, rev = rev + 1 WHERE realm = $1 AND meeting_id = $2;

-- name: pre_meeting_present
-- $1 realm, $2 meeting
SELECT member_id, present FROM pre_meeting_person WHERE realm = $1 AND meeting_id = $2;

-- name: pre_meeting_person_put
-- $1 realm, $2 meeting, $3 member, $4 present
INSERT INTO pre_meeting_person (realm, meeting_id, member_id, present) VALUES ($1, $2, $3, $4)
ON CONFLICT (realm, meeting_id, member_id) DO UPDATE SET present = excluded.present;

-- name: pre_meeting_in_month
-- Meetings of a committee in a month: its own, before a meeting of the cell, or only noted with one that was written down afterwards.
-- $1 realm, $2 unit, $3 month, $4 first day, $5 first day of the next
SELECT (SELECT count(*) FROM meeting m WHERE m.realm = $1 AND m.unit_id = $2 AND m.month = $3 AND m.kind = 'committee'
		AND m.state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled'))
	+ (SELECT count(*) FROM meeting m JOIN pre_meeting p ON p.realm = m.realm AND p.meeting_id = m.id
		WHERE m.realm = $1 AND m.unit_id = $2 AND p.form = 'committee' AND p.starts_at >= $4 AND p.starts_at < $5)
	+ (SELECT count(*) FROM meeting m WHERE m.realm = $1 AND m.unit_id = $2 AND m.pre_meeting_on >= $4 AND m.pre_meeting_on < $5);
