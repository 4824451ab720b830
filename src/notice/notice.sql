-- Calendar addresses, letters that are to go out, and what they say.

-- name: feed_insert
-- $1 hash, $2 account, $3 now
INSERT INTO calendar_feed (token_hash, account_id, created_ms) VALUES ($1, $2, $3);

-- name: feed_revoke
-- $1 account, $2 now
UPDATE calendar_feed SET revoked_ms = $2 WHERE account_id = $1 AND revoked_ms IS NULL;

-- name: feed_of
-- $1 account
SELECT account_id, created_ms, revoked_ms FROM calendar_feed WHERE account_id = $1 AND revoked_ms IS NULL;

-- name: feed_account
-- $1 hash
SELECT f.account_id FROM calendar_feed f JOIN account a ON a.id = f.account_id
WHERE f.token_hash = $1 AND f.revoked_ms IS NULL AND a.disabled = 0;

-- name: feed_units
-- Cells whose meetings a person attends: where they are on the roll, and where their role says so. $1 account, $2 day
SELECT s.unit_id, u.realm FROM account a
JOIN membership s ON s.realm = a.member_realm AND s.member_id = a.member_id AND s.valid_from <= $2 AND s.valid_to >= $2
JOIN unit u ON u.id = s.unit_id
WHERE a.id = $1 AND s.status IN ('official', 'probationary', 'exempt', 'temp_here')
UNION
SELECT r.unit_id, u.realm FROM account_role r JOIN unit u ON u.id = r.unit_id
WHERE r.account_id = $1 AND r.role IN ('member', 'secretary') AND r.valid_from <= $2 AND r.valid_to >= $2;

-- name: calendar_of_unit
-- $1 realm, $2 unit, $3 first month, $4 last month
SELECT r.*, (SELECT max(s.at_ms) FROM meeting_step s WHERE s.realm = r.realm AND s.meeting_id = r.id) AS changed_ms
FROM meeting_row r
WHERE r.realm = $1 AND r.unit_id = $2 AND r.month BETWEEN $3 AND $4 AND r.afterwards = 0 AND r.kind <> 'committee';

-- name: calendar_of_guest
-- $1 account, $2 first month, $3 last month
SELECT r.*, (SELECT max(s.at_ms) FROM meeting_step s WHERE s.realm = r.realm AND s.meeting_id = r.id) AS changed_ms
FROM account a
JOIN meeting_guest g ON g.realm = a.member_realm AND g.member_id = a.member_id
JOIN meeting_row r ON r.realm = g.realm AND r.id = g.meeting_id
WHERE a.id = $1 AND r.month BETWEEN $2 AND $3 AND r.state <> 'planned';

-- name: outbox_recipients
-- $1 realm, $2 unit, $3 day, $4 meeting
SELECT 'm' || p.id AS person, p.full_name AS name, p.contact AS address
FROM membership s JOIN member p ON p.realm = s.realm AND p.id = s.member_id
WHERE s.realm = $1 AND s.unit_id = $2 AND s.valid_from <= $3 AND s.valid_to >= $3 AND s.status IN ('official', 'probationary', 'temp_here')
UNION ALL
SELECT 'g' || g.id AS person, g.name, CASE WHEN g.contact <> '' THEN g.contact ELSE coalesce(p.contact, '') END AS address
FROM meeting_guest g LEFT JOIN member p ON p.realm = g.realm AND p.id = g.member_id
WHERE g.realm = $1 AND g.meeting_id = $4;

-- name: outbox_insert
-- $1 realm, $2 id, $3 kind, $4 meeting, $5 sequence, $6 person, $7 name, $8 address, $9 subject, $10 body, $11 calendar, $12 receipt, $13 now
INSERT INTO outbox (realm, id, kind, meeting_id, sequence, person, name, address, subject, body, calendar, receipt, next_ms, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13);

-- name: outbox_known
-- The latest version of a meeting that a person was written to about; -1: none. $1 realm, $2 meeting, $3 person
SELECT max(sequence) FROM outbox WHERE realm = $1 AND meeting_id = $2 AND person = $3;

-- name: outbox_behind
-- People whose last letter is about an older version of a meeting that is still to come, or was called off.
SELECT o.realm, o.meeting_id, o.person, max(o.name) AS name, max(o.address) AS address, max(o.sequence) AS sequence
FROM outbox o JOIN meeting m ON m.realm = o.realm AND m.id = o.meeting_id
WHERE m.sequence > 0 AND m.state IN ('date_registered', 'scheduled', 'prepared', 'postponed', 'cancelled') AND m.starts_at > $1
GROUP BY o.realm, o.meeting_id, o.person, m.sequence
HAVING max(o.sequence) < m.sequence;

-- name: sending_by_mail
-- $1 realm, $2 meeting, $3 person, $4 sent at, $5 by
INSERT INTO sending (realm, meeting_id, document_id, person, channel, sent_at, sent_by) VALUES ($1, $2, 0, $3, 'mail', $4, $5)
ON CONFLICT (realm, meeting_id, document_id, person, channel) DO NOTHING;

-- name: outbox_due
-- $1 now, $2 limit
SELECT * FROM outbox WHERE state = 'waiting' AND next_ms <= $1 ORDER BY next_ms, id LIMIT $2;

-- name: outbox_claim
-- Taken for ten minutes; another server finds it taken. $1 realm, $2 id, $3 now, $4 until
UPDATE outbox SET next_ms = $4, tries = tries + 1 WHERE realm = $1 AND id = $2 AND state = 'waiting' AND next_ms <= $3;

-- name: outbox_sent
-- $1 realm, $2 id, $3 now
UPDATE outbox SET state = 'sent', done_ms = $3, body = '', calendar = '', error = '' WHERE realm = $1 AND id = $2;

-- name: outbox_later
-- $1 realm, $2 id, $3 state, $4 next try, $5 error
UPDATE outbox SET state = $3, next_ms = $4, error = $5 WHERE realm = $1 AND id = $2;

-- name: outbox_of_meeting
-- $1 realm, $2 meeting
SELECT o.*, CASE WHEN s.received_at IS NULL THEN 0 ELSE 1 END AS received
FROM outbox o
LEFT JOIN sending s ON s.realm = o.realm AND s.meeting_id = o.meeting_id AND s.document_id = 0 AND s.person = o.person AND s.channel = 'mail'
WHERE o.realm = $1 AND o.meeting_id = $2 ORDER BY o.created_ms DESC, o.id DESC;

-- name: outbox_in_state
-- $1 state, $2 limit
SELECT * FROM outbox WHERE state = $1 ORDER BY created_ms DESC, id DESC LIMIT $2;

-- name: outbox_retry
-- $1 meeting or 0, $2 now
UPDATE outbox SET state = 'waiting', tries = 0, next_ms = $2, error = '' WHERE state = 'failed' AND (meeting_id = $1 OR CAST($1 AS @INT) = 0);

-- name: receipt_letter
-- $1 hash
SELECT * FROM outbox WHERE receipt = $1;

-- name: receipt_confirm
-- $1 realm, $2 meeting, $3 person, $4 now
UPDATE sending SET received_at = $4, receipt = 'mail'
WHERE realm = $1 AND meeting_id = $2 AND document_id = 0 AND person = $3 AND channel = 'mail' AND received_at IS NULL;

-- name: reminder_had
-- $1 realm, $2 person, $3 since
SELECT count(*) FROM outbox WHERE realm = $1 AND person = $2 AND kind = 'reminder' AND created_ms >= $3;
