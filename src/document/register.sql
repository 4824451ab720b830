-- Terms and the register of documents.

-- name: terms_of
-- Latest first. $1 unit
SELECT t.realm, t.unit_id, u.code AS unit_code, t.name, t.valid_from, t.valid_to
FROM term t
JOIN unit u ON u.id = t.unit_id
WHERE t.unit_id = $1
ORDER BY t.valid_from DESC;

-- name: term_on
-- $1 unit, $2 day
SELECT t.realm, t.unit_id, u.code AS unit_code, t.name, t.valid_from, t.valid_to
FROM term t
JOIN unit u ON u.id = t.unit_id
WHERE t.unit_id = $1 AND t.valid_from <= $2 AND t.valid_to >= $2;

-- name: term_overlaps
-- Terms of the unit that touch a span, other than the one that begins on its first day. $1 realm, $2 unit, $3 first day, $4 last day
SELECT count(*) AS n FROM term WHERE realm = $1 AND unit_id = $2 AND valid_from <> $3 AND valid_from <= $4 AND valid_to >= $3;

-- name: term_cut_off
-- Numbered documents of a term that would lie behind its new end. $1 realm, $2 unit, $3 first day of the term, $4 last day
SELECT count(*) AS n FROM document WHERE realm = $1 AND unit_id = $2 AND term_from = $3 AND dated_on > $4;

-- name: term_put
-- $1 realm, $2 unit, $3 first day, $4 last day, $5 name
INSERT INTO term (realm, unit_id, valid_from, valid_to, name) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (realm, unit_id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, name = excluded.name;

-- name: terms_all
-- For export.
SELECT t.realm, t.unit_id, u.code AS unit_code, t.name, t.valid_from, t.valid_to
FROM term t
JOIN unit u ON u.id = t.unit_id
ORDER BY u.code, t.valid_from;

-- name: terms_below
-- For export: a unit and all that is below it on a day. $1 unit, $2 day
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT t.realm, t.unit_id, u.code AS unit_code, t.name, t.valid_from, t.valid_to
FROM below b
JOIN term t ON t.unit_id = b.unit_id
JOIN unit u ON u.id = t.unit_id
ORDER BY u.code, t.valid_from;

-- name: document_by_id
-- $1 id
SELECT * FROM document_row WHERE id = $1;

-- name: document_unit
-- $1 id
SELECT unit_id FROM document WHERE id = $1;

-- name: documents_of_meeting
-- $1 realm, $2 meeting
SELECT * FROM document_row WHERE realm = $1 AND meeting_id = $2 ORDER BY id;

-- name: document_of_meeting
-- $1 realm, $2 meeting, $3 purpose
SELECT * FROM document_row WHERE realm = $1 AND meeting_id = $2 AND purpose = $3 AND state <> 'withdrawn' ORDER BY id DESC LIMIT 1;

-- name: document_annexes
-- $1 realm, $2 the document they belong to
SELECT * FROM document_row WHERE realm = $1 AND annex_to = $2 AND purpose = 'annex' ORDER BY number, id;

-- name: document_list
-- Newest first. $1 unit, $2 type ('' all), $3 state ('' all), $4 first day of the term ('' all), $5 LIKE pattern of the search key, $6 before this id, $7 limit
SELECT * FROM document_row
WHERE unit_id = $1 AND (type <> '' OR purpose = 'annex') AND (CAST($2 AS TEXT) = '' OR type = $2) AND (CAST($3 AS TEXT) = '' OR state = $3)
	AND (CAST($4 AS TEXT) = '' OR term_from = $4) AND search_key LIKE $5 ESCAPE '!' AND id < $6
ORDER BY id DESC
LIMIT $7;

-- name: document_last_number
-- Of a unit, type and term; NULL when there is none. $1 realm, $2 unit, $3 type, $4 first day of the term
SELECT max(number) AS n FROM document WHERE realm = $1 AND unit_id = $2 AND type = $3 AND term_from = $4;

-- name: document_last_annex
-- $1 realm, $2 the document
SELECT max(number) AS n FROM document WHERE realm = $1 AND annex_to = $2 AND purpose = 'annex';

-- name: document_insert
-- $1 realm, $2 id, $3 unit, $4 meeting, $5 type, $6 purpose, $7 secrecy, $8 subject, $9 author, $10 state, $11 number, $12 day, $13 signer,
-- $14 outside number, $15 the paper it corrects, $16 form, $17 content, $18 file, $19 search key
INSERT INTO document (realm, id, unit_id, meeting_id, type, purpose, secrecy, subject, author_id, state, number, dated_on, signed_by, outside_no,
	annex_to, form, content, file_id, search_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

-- name: document_by_outside_no
-- $1 realm, $2 unit, $3 type, $4 number as printed, $5 day
SELECT * FROM document_row WHERE realm = $1 AND unit_id = $2 AND type = $3 AND outside_no = $4 AND dated_on = $5;

-- name: documents_below
-- For export: what was issued by a unit and all below it on a day, secret papers left out. $1 unit (0: everybody), $2 day
WITH RECURSIVE below (unit_id) AS (
	SELECT id FROM unit WHERE id = $1 OR CAST($1 AS @INT) = 0
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT d.* FROM below b
JOIN document_row d ON d.unit_id = b.unit_id
WHERE d.state = 'issued' AND d.type <> '' AND d.annex_to IS NULL AND d.secrecy <> 'secret'
ORDER BY d.unit_code, d.type, d.dated_on, d.id;

-- name: document_write
-- A draft. $1 realm, $2 id, $3 type, $4 secrecy, $5 subject, $6 author, $7 day, $8 signer, $9 outside number, $10 search key
UPDATE document SET type = $3, secrecy = $4, subject = $5, author_id = $6, dated_on = $7, signed_by = $8, outside_no = $9, search_key = $10,
	rev = rev + 1
WHERE realm = $1 AND id = $2 AND state = 'draft';

-- name: document_set_issued
-- $1 realm, $2 id, $3 first day of the term, $4 number, $5 day, $6 signer, $7 form, $8 content, $9 search key
UPDATE document SET state = 'issued', term_from = $3, number = $4, dated_on = $5, signed_by = $6, form = $7, content = $8, search_key = $9,
	rev = rev + 1
WHERE realm = $1 AND id = $2 AND state = 'draft';

-- name: document_set_withdrawn
-- $1 realm, $2 id
UPDATE document SET state = 'withdrawn', rev = rev + 1 WHERE realm = $1 AND id = $2 AND state = 'issued';

-- name: document_set_file
-- $1 realm, $2 id, $3 file
UPDATE document SET file_id = $3, rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: documents_set_uploaded
-- The issued papers of a meeting. $1 realm, $2 meeting, $3 when
UPDATE document SET uploaded_at = $3 WHERE realm = $1 AND meeting_id = $2 AND state = 'issued' AND uploaded_at IS NULL;

-- name: dossier_pre
-- $1 realm, $2 meeting
SELECT p.form, p.place, p.starts_at, p.ends_at, p.signed_on, coalesce(a.full_name, '') AS chair, coalesce(b.full_name, '') AS minute_taker
FROM pre_meeting p
LEFT JOIN member a ON a.realm = p.realm AND a.id = p.chair_id
LEFT JOIN member b ON b.realm = p.realm AND b.id = p.minute_taker_id
WHERE p.realm = $1 AND p.meeting_id = $2;

-- name: dossier_pre_people
-- $1 realm, $2 meeting
SELECT x.member_id, x.present, m.full_name FROM pre_meeting_person x
JOIN member m ON m.realm = x.realm AND m.id = x.member_id
WHERE x.realm = $1 AND x.meeting_id = $2 ORDER BY m.sort_key, m.code;

-- name: dossier_percent
-- How far a task was at a moment; no row: nobody had said. $1 realm, $2 task, $3 at_ms
SELECT percent FROM task_update WHERE realm = $1 AND task_id = $2 AND at_ms <= $3 AND percent IS NOT NULL ORDER BY seq DESC LIMIT 1;

-- name: dossier_last_resolution
-- The resolution or conclusion of the latest meeting before this one. $1 realm, $2 unit, $3 day
SELECT * FROM document_row WHERE realm = $1 AND unit_id = $2 AND purpose = 'resolution' AND state = 'issued' AND dated_on < $3
ORDER BY dated_on DESC, id DESC LIMIT 1;

-- name: tasks_put_resolution
-- The tasks assigned at a meeting stand in its resolution. $1 realm, $2 meeting, $3 document
UPDATE task SET resolution_id = $3 WHERE realm = $1 AND meeting_id = $2 AND resolution_id IS NULL;

-- name: numbers_with_gaps
-- Series whose numbers do not follow one another.
SELECT u.code AS unit_code, d.type, d.term_from, min(d.number) AS first, max(d.number) AS last, count(*) AS n
FROM document d
JOIN unit u ON u.id = d.unit_id
WHERE d.number IS NOT NULL AND d.term_from IS NOT NULL
GROUP BY u.code, d.realm, d.unit_id, d.type, d.term_from
HAVING max(d.number) - min(d.number) + 1 <> count(*)
ORDER BY u.code, d.type, d.term_from;

-- name: numbers_given
SELECT count(*) AS n FROM document WHERE number IS NOT NULL AND term_from IS NOT NULL;

-- name: minutes_without_paper
-- Meetings whose minutes were signed and are not there. Those written down afterwards had theirs on paper.
SELECT count(*) AS n FROM meeting m
WHERE m.minutes_signed_on IS NOT NULL AND m.afterwards = 0 AND m.state IN ('minutes_signed', 'reported', 'decided', 'locked', 'reopened')
	AND NOT EXISTS (SELECT 1 FROM document d WHERE d.realm = m.realm AND d.meeting_id = m.id AND d.purpose = 'minutes' AND d.state = 'issued');
