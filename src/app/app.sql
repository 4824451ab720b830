-- app.sql — statements that belong to no single room.

-- name: once_find
-- $1 account, $2 key
SELECT digest, location, status FROM idempotency WHERE account_id = $1 AND key = $2;

-- name: once_keep
INSERT INTO idempotency (account_id, key, digest, status, location, at_ms) VALUES ($1, $2, $3, $4, $5, $6);
