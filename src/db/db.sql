-- Statements of the room itself: migrations and the journal.

-- name: migration_table_exists
-- 1 when the table of applied migrations is there.
SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration';

-- name: migration_list
-- The applied migrations in order.
SELECT number, name, checksum FROM schema_migration ORDER BY number;

-- name: migration_add
-- $1 number $2 name $3 checksum $4 at_ms
INSERT INTO schema_migration (number, name, checksum, at_ms) VALUES ($1, $2, $3, $4);

-- name: journal_head
-- The end of a chain. $1 lane
SELECT lane, seq, hash FROM journal_head WHERE lane = $1;

-- name: journal_heads
-- All ends.
SELECT lane, seq, hash FROM journal_head ORDER BY lane;

-- name: journal_head_put
-- $1 lane $2 seq $3 hash
INSERT INTO journal_head (lane, seq, hash) VALUES ($1, $2, $3)
ON CONFLICT (lane) DO UPDATE SET seq = excluded.seq, hash = excluded.hash;

-- name: journal_add
-- $1 lane $2 seq $3 realm $4 unit $5 at_ms $6 actor $7 action $8 entity $9 entity_id $10 before $11 after $12 hash
INSERT INTO journal (lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, before, after, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: journal_chain
-- Every entry, chain by chain, in order.
SELECT lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, before, after, hash
FROM journal ORDER BY lane, seq;

-- name: journal_of_entity
-- Newest first. $1 entity $2 id
SELECT lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, before, after, hash
FROM journal WHERE entity = $1 AND entity_id = $2 ORDER BY at_ms DESC, seq DESC;

-- name: journal_of_unit
-- Newest first, before a moment. $1 unit $2 before_at_ms $3 limit
SELECT lane, seq, realm, unit_id, at_ms, actor, action, entity, entity_id, before, after, hash
FROM journal WHERE unit_id = $1 AND at_ms < $2 ORDER BY at_ms DESC, seq DESC LIMIT $3;
