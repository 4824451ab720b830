-- app.sql — statements that belong to no single room.

-- name: once_find
-- $1 account, $2 key
SELECT digest, location, status FROM idempotency WHERE account_id = $1 AND key = $2;

-- name: once_keep
INSERT INTO idempotency (account_id, key, digest, status, location, at_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: journal_before
-- The whole journal, newest first, behind an entry. $1 $2 $3 its moment, lane and number, $4 how many
SELECT lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, before, after, hash
FROM journal WHERE (at_ms, lane, seq) < ($1, $2, $3) ORDER BY at_ms DESC, lane DESC, seq DESC LIMIT $4;

-- name: journal_unit_before
-- The same of one unit. $1 unit
SELECT lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, before, after, hash
FROM journal WHERE unit_id = $1 AND (at_ms, lane, seq) < ($2, $3, $4) ORDER BY at_ms DESC, lane DESC, seq DESC LIMIT $5;
