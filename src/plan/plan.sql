-- Year plans: their meetings, topics, work programme; cells of a committee; the schedule notice.

-- name: plan_get
-- $1 realm $2 unit $3 year
SELECT realm, unit_id, year, adopted_on, start_time, place, proposed_by, programme_id, rev FROM year_plan
WHERE realm = $1 AND unit_id = $2 AND year = $3;

-- name: plan_put
-- $1 realm $2 unit $3 year $4 adopted $5 time $6 place $7 proposed by $8 programme $9 rev
INSERT INTO year_plan (realm, unit_id, year, adopted_on, start_time, place, proposed_by, programme_id, rev)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (realm, unit_id, year) DO UPDATE SET adopted_on = excluded.adopted_on, start_time = excluded.start_time, place = excluded.place,
	proposed_by = excluded.proposed_by, programme_id = excluded.programme_id, rev = excluded.rev;

-- name: plan_meetings
-- Regular meetings of a cell, those of one month together, the one that counts last. $1 realm $2 unit $3 first month $4 last month
SELECT * FROM meeting_row WHERE realm = $1 AND unit_id = $2 AND month BETWEEN $3 AND $4 AND kind = 'regular'
ORDER BY month, CASE state WHEN 'cancelled' THEN 1 WHEN 'postponed' THEN 2 ELSE 3 END, starts_at, id;

-- name: plan_meeting_day
-- The day of the plan. $1 realm $2 meeting $3 day
UPDATE meeting SET planned_on = $3 WHERE realm = $1 AND id = $2;

-- name: plan_topics
-- $1 realm $2 unit $3 year
SELECT t.realm, t.unit_id, t.year, t.id, t.quarter, t.month, t.author_id, t.meeting_id, t.title, p.code AS author_code,
	p.full_name AS author_name, u.code AS unit_code, m.state, m.starts_at
FROM planned_topic t
JOIN unit u ON u.id = t.unit_id
LEFT JOIN member p ON p.realm = t.realm AND p.id = t.author_id
LEFT JOIN meeting m ON m.realm = t.realm AND m.id = t.meeting_id
WHERE t.realm = $1 AND t.unit_id = $2 AND t.year = $3
ORDER BY t.quarter, t.month NULLS LAST, t.id;

-- name: plan_topics_below
-- Of a unit and all that is below it on a day, by cell. $1 unit $2 day $3 first year $4 last year
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT t.realm, t.unit_id, t.year, t.id, t.quarter, t.month, t.author_id, t.meeting_id, t.title, p.code AS author_code,
	p.full_name AS author_name, u.code AS unit_code, m.state, m.starts_at
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN planned_topic t ON t.realm = u.realm AND t.unit_id = b.unit_id AND t.year BETWEEN $3 AND $4
LEFT JOIN member p ON p.realm = t.realm AND p.id = t.author_id
LEFT JOIN meeting m ON m.realm = t.realm AND m.id = t.meeting_id
ORDER BY u.code, t.year, t.quarter, t.month NULLS LAST, t.id;

-- name: plan_topics_all
-- Everywhere. $1 first year $2 last year
SELECT t.realm, t.unit_id, t.year, t.id, t.quarter, t.month, t.author_id, t.meeting_id, t.title, p.code AS author_code,
	p.full_name AS author_name, u.code AS unit_code, m.state, m.starts_at
FROM planned_topic t
JOIN unit u ON u.id = t.unit_id
LEFT JOIN member p ON p.realm = t.realm AND p.id = t.author_id
LEFT JOIN meeting m ON m.realm = t.realm AND m.id = t.meeting_id
WHERE t.year BETWEEN $1 AND $2
ORDER BY u.code, t.year, t.quarter, t.month NULLS LAST, t.id;

-- name: plan_topic_put
-- $1 realm $2 unit $3 year $4 id $5 quarter $6 month $7 title $8 author
INSERT INTO planned_topic (realm, unit_id, year, id, quarter, month, title, author_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (realm, unit_id, year, id) DO UPDATE SET quarter = excluded.quarter, month = excluded.month, title = excluded.title,
	author_id = excluded.author_id;

-- name: plan_topic_meeting
-- $1 realm $2 unit $3 year $4 id $5 meeting
UPDATE planned_topic SET meeting_id = $5 WHERE realm = $1 AND unit_id = $2 AND year = $3 AND id = $4;

-- name: plan_topic_delete
-- $1 realm $2 unit $3 year $4 id
DELETE FROM planned_topic WHERE realm = $1 AND unit_id = $2 AND year = $3 AND id = $4;

-- name: plan_topic_last
-- $1 realm $2 unit $3 year
SELECT max(id) AS n FROM planned_topic WHERE realm = $1 AND unit_id = $2 AND year = $3;

-- name: plan_items
-- $1 realm $2 unit $3 year
SELECT i.realm, i.unit_id, i.year, i.id, i.title, i.leader_id, i.due_on, i.done_on, p.code AS leader_code, p.full_name AS leader_name
FROM programme_item i
LEFT JOIN member p ON p.realm = i.realm AND p.id = i.leader_id
WHERE i.realm = $1 AND i.unit_id = $2 AND i.year = $3
ORDER BY i.due_on NULLS LAST, i.id;

-- name: plan_item_put
-- $1 realm $2 unit $3 year $4 id $5 title $6 leader $7 due $8 done
INSERT INTO programme_item (realm, unit_id, year, id, title, leader_id, due_on, done_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (realm, unit_id, year, id) DO UPDATE SET title = excluded.title, leader_id = excluded.leader_id, due_on = excluded.due_on,
	done_on = excluded.done_on;

-- name: plan_item_delete
-- $1 realm $2 unit $3 year $4 id
DELETE FROM programme_item WHERE realm = $1 AND unit_id = $2 AND year = $3 AND id = $4;

-- name: plan_item_last
-- $1 realm $2 unit $3 year
SELECT max(id) AS n FROM programme_item WHERE realm = $1 AND unit_id = $2 AND year = $3;

-- ---------------------------------------------------------------- all cells of a committee

-- name: plan_below
-- Plans of a unit and of all below it on a day. $1 unit $2 day $3 year
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT p.realm, p.unit_id, p.year, p.adopted_on, p.start_time, p.place, p.proposed_by, p.programme_id, p.rev
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN year_plan p ON p.realm = u.realm AND p.unit_id = b.unit_id AND p.year = $3
ORDER BY p.unit_id;

-- name: plan_cell_meetings
-- Meetings of a unit and of all below it on a day, committees' own left out. $1 unit $2 day $3 first month $4 last month
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT m.id, m.unit_id, m.month, m.thematic, m.afterwards, m.kind, m.state, m.starts_at, m.ends_at, m.uploaded_at, m.planned_on, m.place,
	m.topic,
	(SELECT min(s.at_ms) FROM meeting_step s WHERE s.realm = m.realm AND s.meeting_id = m.id AND s.step = 'register') AS registered_ms,
	(SELECT count(*) FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id) AS sheets
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN meeting m ON m.realm = u.realm AND m.unit_id = b.unit_id AND m.month BETWEEN $3 AND $4
WHERE m.kind <> 'committee'
ORDER BY m.unit_id, m.month, CASE m.state WHEN 'cancelled' THEN 1 WHEN 'postponed' THEN 2 ELSE 3 END, m.starts_at, m.id;

-- name: plan_secretaries
-- Secretaries of a unit and of all below it on a day. $1 unit $2 day
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT p.unit_id AS id, m.full_name AS name
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN post p ON p.realm = u.realm AND p.unit_id = b.unit_id AND p.post = 'secretary' AND p.valid_from <= $2 AND p.valid_to >= $2
JOIN member m ON m.realm = p.realm AND m.id = p.member_id
ORDER BY p.unit_id;

-- name: plan_counts
-- Cells below a unit on a day, and how many of them have adopted a plan. $1 unit $2 day $3 year
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT count(*) AS cells, count(p.adopted_on) AS with_plan
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN unit_span s ON s.unit_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2 AND s.level = 'cell'
LEFT JOIN year_plan p ON p.realm = u.realm AND p.unit_id = b.unit_id AND p.year = $3;

-- name: plan_since
-- Since when units below exist, whatever they were called. $1 unit $2 day
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT b.unit_id AS id, min(s.valid_from) AS since FROM below b JOIN unit_span s ON s.unit_id = b.unit_id GROUP BY b.unit_id ORDER BY b.unit_id;

-- ---------------------------------------------------------------- the schedule notice

-- name: plan_schedule
-- Regular meetings of a month below a unit on a day, the one that counts last. $1 unit $2 day $3 month
WITH RECURSIVE below (unit_id) AS (
	SELECT CAST($1 AS @INT)
	UNION
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.unit_id AND s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT m.id, m.unit_id, m.state, m.starts_at, m.place, m.rev
FROM below b
JOIN unit u ON u.id = b.unit_id
JOIN meeting m ON m.realm = u.realm AND m.unit_id = b.unit_id AND m.month = $3 AND m.kind = 'regular'
ORDER BY m.unit_id, CASE m.state WHEN 'cancelled' THEN 1 WHEN 'postponed' THEN 2 ELSE 3 END, m.starts_at, m.id;

-- name: plan_notices
-- Schedule notices of a unit for a month, newest first. $1 realm $2 unit $3 purpose
SELECT id FROM document WHERE realm = $1 AND unit_id = $2 AND purpose = $3 AND state = 'issued' ORDER BY id DESC;

-- ---------------------------------------------------------------- exceptions

-- name: plan_cell_regular
-- Regular meetings of a cell, those of one month together, the one that counts last. $1 realm $2 unit $3 first month $4 last month
SELECT id, month, state, starts_at, ends_at, planned_on, uploaded_at, afterwards, minutes_signed_on FROM meeting
WHERE realm = $1 AND unit_id = $2 AND month BETWEEN $3 AND $4 AND kind = 'regular'
ORDER BY month, CASE state WHEN 'cancelled' THEN 1 WHEN 'postponed' THEN 2 ELSE 3 END, starts_at, id;

-- name: plan_overdue
-- Meetings that should have been held by now. $1 realm $2 now $3 first month $4 last month
SELECT unit_id AS id, month FROM meeting
WHERE realm = $1 AND state IN ('planned', 'date_registered', 'scheduled', 'prepared') AND starts_at < $2 AND kind = 'regular'
	AND month BETWEEN $3 AND $4
ORDER BY unit_id, month;

-- name: plan_adopted
-- Cells of a province with an adopted plan. $1 realm $2 year
SELECT unit_id AS id, 0 AS month FROM year_plan WHERE realm = $1 AND year = $2 AND adopted_on IS NOT NULL ORDER BY unit_id;
