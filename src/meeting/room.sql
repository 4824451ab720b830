-- What is recorded while a meeting runs.

-- name: agenda_tick
-- $1 realm, $2 meeting, $3 item, $4 done, $5 minutes, $6 moment of the tick
UPDATE agenda_item SET done = $4, minutes = $5, done_at = $6 WHERE realm = $1 AND meeting_id = $2 AND item = $3;

-- name: agenda_conclude
-- $1 realm, $2 meeting, $3 item, $4 conclusion
UPDATE agenda_item SET conclusion = $4, rev = rev + 1 WHERE realm = $1 AND meeting_id = $2 AND item = $3;

-- name: agenda_last_tick
-- When the latest item was ticked, the given one left out. $1 realm, $2 meeting, $3 item
SELECT max(done_at) AS at FROM agenda_item WHERE realm = $1 AND meeting_id = $2 AND item <> $3;
