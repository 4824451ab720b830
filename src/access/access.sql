-- access.sql — accounts, roles, sessions. Reference tables: no realm.

-- name: account_by_id
-- $1 account
SELECT id, login, name, password, member_realm, member_id, lang, disabled, created_ms, rev FROM account WHERE id = $1;

-- name: account_by_login
-- $1 login, lower case
SELECT id, login, name, password, member_realm, member_id, lang, disabled, created_ms, rev FROM account WHERE login = $1;

-- name: account_after
-- Accounts in order of login. $1 the login before the first wanted, $2 how many
SELECT id, login, name, member_realm, member_id, lang, disabled, created_ms, rev FROM account WHERE login > $1 ORDER BY login LIMIT $2;

-- name: account_insert
INSERT INTO account (id, login, name, password, member_realm, member_id, lang, disabled, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8);

-- name: account_set_password
-- $1 account, $2 hash
UPDATE account SET password = $2, rev = rev + 1 WHERE id = $1;

-- name: account_set_disabled
-- $1 account, $2 0 or 1; only if that is a change
UPDATE account SET disabled = $2, rev = rev + 1 WHERE id = $1 AND disabled <> $2;

-- name: account_set_lang
UPDATE account SET lang = $2, rev = rev + 1 WHERE id = $1;

-- name: grants_on
-- Roles of an account on a day, with the unit's code and its name at that time. $1 account, $2 day
SELECT r.account_id, r.role, r.unit_id, r.valid_from, r.valid_to, u.code AS unit_code,
	coalesce((SELECT s.name FROM unit_span s WHERE s.unit_id = r.unit_id AND s.valid_from <= $2 ORDER BY s.valid_from DESC LIMIT 1), u.code) AS unit_name
FROM account_role r JOIN unit u ON u.id = r.unit_id
WHERE r.account_id = $1 AND r.valid_from <= $2 AND r.valid_to >= $2
ORDER BY r.role, u.code;

-- name: grants_ever
-- The same whatever the day, latest first. $1 account, $2 day of the names
SELECT r.account_id, r.role, r.unit_id, r.valid_from, r.valid_to, u.code AS unit_code,
	coalesce((SELECT s.name FROM unit_span s WHERE s.unit_id = r.unit_id AND s.valid_from <= $2 ORDER BY s.valid_from DESC LIMIT 1), u.code) AS unit_name
FROM account_role r JOIN unit u ON u.id = r.unit_id
WHERE r.account_id = $1
ORDER BY r.valid_from DESC, r.role, u.code;

-- name: grants_touching
-- Spans of the same role on the same unit that touch or overlap a span. $1 account, $2 role, $3 unit, $4 the day before its first, $5 the day after its last
SELECT account_id, role, unit_id, valid_from, valid_to FROM account_role
WHERE account_id = $1 AND role = $2 AND unit_id = $3 AND valid_to >= $4 AND valid_from <= $5
ORDER BY valid_from;

-- name: grant_insert
INSERT INTO account_role (account_id, role, unit_id, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5);

-- name: grant_delete
-- $4 first day
DELETE FROM account_role WHERE account_id = $1 AND role = $2 AND unit_id = $3 AND valid_from = $4;

-- name: grant_end
-- $4 a day on which it holds, $5 its new last day
UPDATE account_role SET valid_to = $5 WHERE account_id = $1 AND role = $2 AND unit_id = $3 AND valid_from <= $4 AND valid_to >= $4;

-- name: cells_without_account
-- Cells of a day on which nobody holds a role that records. $1 day, $2 how many
SELECT u.id AS unit_id, u.code AS unit_code, s.name AS unit_name
FROM unit_span s JOIN unit u ON u.id = s.unit_id
WHERE s.level = 'cell' AND s.valid_from <= $1 AND s.valid_to >= $1
	AND NOT EXISTS (SELECT 1 FROM account_role r JOIN account a ON a.id = r.account_id
		WHERE r.unit_id = s.unit_id AND r.role = 'secretary' AND r.valid_from <= $1 AND r.valid_to >= $1 AND a.disabled = 0)
ORDER BY s.unit_id LIMIT $2;

-- name: unit_has_secretary
-- $1 unit, $2 day
SELECT count(*) FROM account_role r JOIN account a ON a.id = r.account_id
WHERE r.unit_id = $1 AND r.role = 'secretary' AND r.valid_from <= $2 AND r.valid_to >= $2 AND a.disabled = 0;

-- name: session_insert
INSERT INTO session (token_hash, account_id, created_ms, expires_ms) VALUES ($1, $2, $3, $4);

-- name: session_by_token
-- $1 hash of the token
SELECT token_hash, account_id, created_ms, expires_ms FROM session WHERE token_hash = $1;

-- name: session_of_account
-- $1 account, $2 now
SELECT token_hash, account_id, created_ms, expires_ms FROM session WHERE account_id = $1 AND expires_ms > $2 ORDER BY created_ms DESC, token_hash;

-- name: session_delete
DELETE FROM session WHERE token_hash = $1;

-- name: session_delete_of
-- All of an account but one. $1 account, $2 hash to keep
DELETE FROM session WHERE account_id = $1 AND token_hash <> $2;

-- name: session_delete_old
-- $1 account, $2 now
DELETE FROM session WHERE account_id = $1 AND expires_ms <= $2;
