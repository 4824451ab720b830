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

-- name: account_open_count
SELECT count(*) FROM account WHERE disabled = 0;

-- name: rule_file_put
-- Keeps a rule as it was loaded, unless the same text is kept already.
INSERT INTO rule_file (id, kind, valid_from, valid_to, scope, source, digest, loaded_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id, valid_from) DO UPDATE SET kind = excluded.kind, valid_to = excluded.valid_to, scope = excluded.scope,
	source = excluded.source, digest = excluded.digest, loaded_ms = excluded.loaded_ms
WHERE rule_file.digest <> excluded.digest;
