-- Guests of a meeting, and what was told to whom.

-- name: guest_sendings_drop
-- $1 realm, $2 meeting, $3 person
DELETE FROM sending WHERE realm = $1 AND meeting_id = $2 AND person = $3;

-- name: sending_members
-- Everybody expected. $1 realm, $2 unit, $3 day
SELECT 'm' || p.id AS person, p.full_name AS name, p.contact, 0 AS guest, 0 AS assigned,
	CASE WHEN EXISTS (SELECT 1 FROM account a WHERE a.member_realm = p.realm AND a.member_id = p.id AND a.disabled = 0) THEN 1 ELSE 0 END AS has_login
FROM membership s JOIN member p ON p.realm = s.realm AND p.id = s.member_id
WHERE s.realm = $1 AND s.unit_id = $2 AND s.valid_from <= $3 AND s.valid_to >= $3 AND s.status IN ('official', 'probationary', 'temp_here')
ORDER BY p.sort_key, p.id;

-- name: sending_guests
-- $1 realm, $2 meeting
SELECT 'g' || g.id AS person, g.name, CASE WHEN g.contact <> '' THEN g.contact ELSE coalesce(p.contact, '') END AS contact, 1 AS guest,
	CASE WHEN g.kind = 'assigned' THEN 1 ELSE 0 END AS assigned,
	CASE WHEN EXISTS (SELECT 1 FROM account a WHERE a.member_realm = g.realm AND a.member_id = g.member_id AND a.disabled = 0) THEN 1 ELSE 0 END AS has_login
FROM meeting_guest g LEFT JOIN member p ON p.realm = g.realm AND p.id = g.member_id
WHERE g.realm = $1 AND g.meeting_id = $2
ORDER BY CASE g.kind WHEN 'assigned' THEN 0 ELSE 1 END, g.id;

-- name: sendings
-- $1 realm, $2 meeting
SELECT realm, meeting_id, document_id, person, channel, sent_at, sent_by, received_at, receipt, told_by FROM sending
WHERE realm = $1 AND meeting_id = $2
ORDER BY document_id, person, CASE WHEN received_at IS NULL THEN 1 ELSE 0 END, sent_at, channel;

-- name: sending_put
-- $1 realm, $2 meeting, $3 document, $4 person, $5 channel, $6 sent at, $7 by, $8 received at, $9 receipt, $10 told by
-- rows: 8
INSERT INTO sending (realm, meeting_id, document_id, person, channel, sent_at, sent_by, received_at, receipt, told_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: sending_paper
-- A paper that may be sent. $1 realm, $2 meeting, $3 document
SELECT secrecy, subject FROM document WHERE realm = $1 AND meeting_id = $2 AND id = $3 AND state <> 'withdrawn';

-- name: sending_unopened
-- $1 realm, $2 meeting, $3 document, $4 person
SELECT count(*) FROM sending WHERE realm = $1 AND meeting_id = $2 AND document_id = $3 AND person = $4 AND channel = 'app' AND received_at IS NULL;

-- name: sending_opened
-- $1 realm, $2 meeting, $3 document, $4 person, $5 now
UPDATE sending SET received_at = $5, receipt = 'sign_in'
WHERE realm = $1 AND meeting_id = $2 AND document_id = $3 AND person = $4 AND channel = 'app' AND received_at IS NULL;

-- name: sending_account_member
-- As whom an account takes part: on the roll of the cell, else as a guest. $1 account, $2 realm, $3 unit, $4 day, $5 meeting
SELECT CASE WHEN s.member_id IS NOT NULL THEN 'm' || s.member_id ELSE 'g' || g.id END AS person, '' AS name, '' AS contact, 0 AS guest, 0 AS assigned,
	1 AS has_login
FROM account a
LEFT JOIN membership s ON s.realm = a.member_realm AND s.member_id = a.member_id AND s.unit_id = $3 AND s.valid_from <= $4 AND s.valid_to >= $4
	AND s.status IN ('official', 'probationary', 'exempt', 'temp_away', 'temp_here')
LEFT JOIN meeting_guest g ON g.realm = a.member_realm AND g.member_id = a.member_id AND g.meeting_id = $5
WHERE a.id = $1 AND a.member_realm = $2 AND (s.member_id IS NOT NULL OR g.id IS NOT NULL)
LIMIT 1;

-- name: online_in_year
-- $1 realm, $2 unit, $3 first month, $4 last month, $5 the meeting itself
SELECT count(*) FROM meeting WHERE realm = $1 AND unit_id = $2 AND month BETWEEN $3 AND $4 AND id <> $5 AND mode = 'online' AND state <> 'cancelled';

-- name: online_secret_papers
-- $1 realm, $2 meeting
SELECT count(*) FROM document WHERE realm = $1 AND meeting_id = $2 AND secrecy = 'secret' AND state <> 'withdrawn';
