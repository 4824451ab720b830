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

-- name: paper_uploaded
-- $1 realm, $2 document, $3 file, $4 when
UPDATE document SET file_id = $3, uploaded_at = $4, rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: paper_withdrawn
-- $1 realm, $2 document, $3 keep its file
UPDATE document SET state = 'withdrawn', file_id = CASE WHEN CAST($3 AS @INT) = 1 THEN file_id END, rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: paper_sent
-- To how many a paper went. $1 realm, $2 meeting, $3 document
SELECT count(*) FROM sending WHERE realm = $1 AND meeting_id = $2 AND document_id = $3;

-- name: paper_read
-- $1 realm, $2 document, $3 now, $4 who
INSERT INTO document_read (realm, document_id, at_ms, actor) VALUES ($1, $2, $3, $4)
ON CONFLICT (realm, document_id, at_ms, actor) DO NOTHING;

-- name: paper_readings
-- How often internal papers of a meeting were read, and by how many. $1 realm, $2 meeting
SELECT r.document_id AS id, count(*) AS times, count(DISTINCT r.actor) AS people
FROM document d JOIN document_read r ON r.realm = d.realm AND r.document_id = d.id
WHERE d.realm = $1 AND d.meeting_id = $2 GROUP BY r.document_id;
