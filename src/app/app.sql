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

-- name: home_unregistered
-- Cells below a unit without a regular meeting registered for a month. $1 unit, $2 today, $3 month, $4 limit
WITH RECURSIVE below (unit_id, level, name, sort_key) AS (
	SELECT s.unit_id, s.level, s.name, s.sort_key FROM unit_span s WHERE s.unit_id = $1 AND s.valid_from <= $2 AND s.valid_to >= $2
	UNION ALL
	SELECT s.unit_id, s.level, s.name, s.sort_key FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT b.unit_id AS id, b.name
FROM below b
JOIN unit u ON u.id = b.unit_id
WHERE b.level = 'cell' AND NOT EXISTS (
	SELECT 1 FROM meeting m WHERE m.realm = u.realm AND m.unit_id = b.unit_id AND m.month = $3 AND m.kind = 'regular'
	AND m.state NOT IN ('planned', 'postponed', 'cancelled'))
ORDER BY u.code LIMIT $4;
