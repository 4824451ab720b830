-- Files, and the papers that refer to them.

-- name: file_insert
-- $1 realm, $2 id, $3 unit, $4 name, $5 media, $6 size, $7 digest, $8 by, $9 at
INSERT INTO file (realm, id, unit_id, name, media, size, digest, added_by, added_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: file_part_insert
-- $1 realm, $2 file, $3 part, $4 bytes
INSERT INTO file_part (realm, file_id, part, bytes) VALUES ($1, $2, $3, $4);

-- name: file_by_id
-- $1 realm, $2 id
SELECT * FROM file WHERE realm = $1 AND id = $2;

-- name: file_part
-- $1 realm, $2 file, $3 part
SELECT bytes FROM file_part WHERE realm = $1 AND file_id = $2 AND part = $3;

-- name: file_parts_drop
-- $1 realm, $2 file
DELETE FROM file_part WHERE realm = $1 AND file_id = $2;

-- name: file_drop
-- $1 realm, $2 file
DELETE FROM file WHERE realm = $1 AND id = $2;
