-- Members, memberships, posts. `official` is 1 for who is past probation on the day: by status, or, while exempt or away, by the dates
-- (official_on, or 12 months after admitted_on; unknown dates count as official).

-- name: org_member
-- $1 realm, $2 id
SELECT realm, id, code, full_name, admitted_on, decision_on, official_on, contact, uses_app, rev, name_key, sort_key
FROM member WHERE realm = $1 AND id = $2;

-- name: org_member_by_code
-- $1 realm, $2 code
SELECT realm, id, code, full_name, admitted_on, decision_on, official_on, contact, uses_app, rev, name_key, sort_key
FROM member WHERE realm = $1 AND code = $2;

-- name: org_member_anywhere
-- The one whose membership is the latest. $1 code
SELECT m.realm, m.id, m.code, m.full_name, m.admitted_on, m.decision_on, m.official_on, m.contact, m.uses_app, m.rev, m.name_key, m.sort_key
FROM unit r JOIN member m ON m.realm = r.id AND m.code = $1
WHERE r.realm = r.id
ORDER BY (SELECT max(ms.valid_from) FROM membership ms WHERE ms.realm = m.realm AND ms.member_id = m.id
          AND ms.status NOT IN ('transferred', 'left', 'deceased')) DESC NULLS LAST, m.realm
LIMIT 1;

-- name: org_member_id
-- $1 realm, $2 code
SELECT id FROM member WHERE realm = $1 AND code = $2;

-- name: org_member_insert
-- rows: 20
INSERT INTO member (realm, id, code, full_name, name_key, sort_key, admitted_on, decision_on, official_on, contact, uses_app, rev)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1);

-- name: org_member_update
UPDATE member SET code = $3, full_name = $4, name_key = $5, sort_key = $6, admitted_on = $7, decision_on = $8, official_on = $9, contact = $10,
       uses_app = $11, rev = rev + 1
WHERE realm = $1 AND id = $2;

-- name: org_member_raise
UPDATE member SET rev = rev + 1 WHERE realm = $1 AND id = $2;

-- name: org_memberships
-- $1 realm, $2 member
SELECT ms.realm, ms.member_id, ms.unit_id, ms.valid_from, ms.valid_to, ms.status, ms.reason, ms.decision_no, u.code AS unit_code,
       coalesce((SELECT s.name FROM unit_span s WHERE s.unit_id = ms.unit_id AND s.valid_from <= ms.valid_to ORDER BY s.valid_from DESC LIMIT 1), '')
       AS unit_name
FROM membership ms JOIN unit u ON u.id = ms.unit_id
WHERE ms.realm = $1 AND ms.member_id = $2
ORDER BY ms.valid_from, ms.unit_id;

-- name: org_membership_insert
-- rows: 20
INSERT INTO membership (realm, member_id, unit_id, valid_from, valid_to, status, reason, decision_no) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: org_membership_end
-- $1 realm, $2 unit, $3 member, $4 its first day, $5 its new last day
UPDATE membership SET valid_to = $5 WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND valid_from = $4;

-- name: org_membership_drop
-- $1 realm, $2 unit, $3 member, $4 its first day
DELETE FROM membership WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND valid_from = $4;

-- name: org_membership_from
-- The span that begins on a day. $1 realm, $2 unit, $3 member, $4 day
SELECT realm, member_id, unit_id, valid_from, valid_to, status, reason, decision_no FROM membership
WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND valid_from = $4;

-- name: org_membership_update
-- $1 realm, $2 unit, $3 member, $4 its first day; the rest is new
UPDATE membership SET valid_to = $5, status = $6 WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND valid_from = $4;

-- name: org_memberships_in
-- Spans of a member in one unit. $1 realm, $2 unit, $3 member
SELECT realm, member_id, unit_id, valid_from, valid_to, status, reason, decision_no FROM membership
WHERE realm = $1 AND unit_id = $2 AND member_id = $3 ORDER BY valid_from;

-- name: org_memberships_from
-- What holds in a unit on or after a day, with the person. $1 realm, $2 unit, $3 day
SELECT ms.realm, ms.member_id, ms.unit_id, ms.valid_from, ms.valid_to, ms.status, ms.reason, ms.decision_no, m.code, m.full_name
FROM membership ms JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id
WHERE ms.realm = $1 AND ms.unit_id = $2 AND ms.valid_to >= $3
ORDER BY m.sort_key, m.code, ms.member_id, ms.valid_from;

-- name: org_members_on
-- $1 unit, $2 day, $3 the day 12 months before
SELECT m.realm, m.id, m.code, m.full_name, m.rev, m.sort_key, m.admitted_on, m.official_on, ms.status, ms.reason, ms.valid_from, ms.valid_to,
       CASE WHEN ms.status = 'official' THEN 1 WHEN ms.status = 'probationary' THEN 0 WHEN m.official_on <= $2 THEN 1
            WHEN m.official_on IS NULL AND coalesce(m.admitted_on, $3) <= $3 THEN 1 ELSE 0 END AS official
FROM unit u JOIN membership ms ON ms.realm = u.realm AND ms.unit_id = u.id JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id
WHERE u.id = $1 AND ms.valid_from <= $2 AND ms.valid_to >= $2
  AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away', 'temp_here')
ORDER BY m.sort_key, m.code;

-- name: org_member_counts
-- $1 unit, $2 day, $3 the day 12 months before
WITH roll AS (
	SELECT ms.member_id, ms.status,
	       CASE WHEN ms.valid_from <= $2 AND ms.valid_to >= $2 THEN 1 ELSE 0 END AS on_day,
	       CASE WHEN ms.status = 'official' THEN 1 WHEN ms.status = 'probationary' THEN 0 WHEN m.official_on <= $2 THEN 1
	            WHEN m.official_on IS NULL AND coalesce(m.admitted_on, $3) <= $3 THEN 1 ELSE 0 END AS official
	FROM unit u JOIN membership ms ON ms.realm = u.realm AND ms.unit_id = u.id JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id
	WHERE u.id = $1
)
SELECT count(*) FILTER (WHERE on_day = 1 AND status IN ('probationary', 'official', 'exempt', 'temp_away')) AS members,
       count(*) FILTER (WHERE on_day = 1 AND official = 1 AND status IN ('official', 'exempt', 'temp_away')) AS official,
       count(*) FILTER (WHERE on_day = 1 AND official = 0 AND status IN ('probationary', 'exempt', 'temp_away')) AS probationary,
       count(*) FILTER (WHERE on_day = 1 AND status = 'exempt') AS exempt,
       count(*) FILTER (WHERE on_day = 1 AND status = 'temp_away') AS temp_away,
       count(*) FILTER (WHERE on_day = 1 AND status = 'exempt' AND official = 1) AS official_exempt,
       count(*) FILTER (WHERE on_day = 1 AND status = 'temp_away' AND official = 1) AS official_away,
       count(*) FILTER (WHERE on_day = 1 AND status = 'temp_here') AS temp_here,
       count(*) FILTER (WHERE on_day = 1 AND status IN ('probationary', 'official', 'temp_here')) AS expected,
       count(*) FILTER (WHERE on_day = 1 AND status = 'official') AS base,
       count(DISTINCT member_id) AS ever
FROM roll;

-- name: org_member_official
-- Past probation on a day, anywhere? $1 realm, $2 member, $3 day, $4 the day 12 months before, $5 unit or 0 for any
SELECT count(*) FROM membership ms JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id
WHERE ms.realm = $1 AND ms.member_id = $2 AND ms.valid_from <= $3 AND ms.valid_to >= $3
  AND (CAST($5 AS @INT) = 0 OR ms.unit_id = $5)
  AND (ms.status = 'official' OR (ms.status IN ('exempt', 'temp_away', 'temp_here') AND (m.official_on <= $3
       OR (m.official_on IS NULL AND coalesce(m.admitted_on, $4) <= $4))));

-- name: org_member_here
-- On the roll of a unit on a day as one of its own? $1 realm, $2 member, $3 day, $4 unit
SELECT count(*) FROM membership
WHERE realm = $1 AND member_id = $2 AND unit_id = $4 AND valid_from <= $3 AND valid_to >= $3
  AND status IN ('probationary', 'official', 'exempt', 'temp_away');

-- ---------------------------------------------------------------- posts

-- name: org_posts
-- $1 unit, $2 day, or NULL for all
SELECT p.realm, p.unit_id, p.member_id, p.post, p.valid_from, p.valid_to, u.code AS unit_code, m.code AS member_code, m.full_name
FROM unit u JOIN post p ON p.realm = u.realm AND p.unit_id = u.id JOIN member m ON m.realm = p.realm AND m.id = p.member_id
WHERE u.id = $1 AND (CAST($2 AS TEXT) IS NULL OR (p.valid_from <= $2 AND p.valid_to >= $2))
ORDER BY CASE WHEN CAST($2 AS TEXT) IS NULL THEN p.valid_from END DESC NULLS LAST,
         CASE p.post WHEN 'secretary' THEN 1 WHEN 'deputy' THEN 2 WHEN 'standing_committee' THEN 3 WHEN 'committee' THEN 4
                     WHEN 'group_leader' THEN 5 ELSE 6 END, m.sort_key, m.code;

-- name: org_posts_of_member
-- $1 realm, $2 member
SELECT p.realm, p.unit_id, p.member_id, p.post, p.valid_from, p.valid_to, u.code AS unit_code,
       coalesce((SELECT s.name FROM unit_span s WHERE s.unit_id = p.unit_id AND s.valid_from <= p.valid_to ORDER BY s.valid_from DESC LIMIT 1), '')
       AS unit_name, m.code AS member_code, m.full_name
FROM post p JOIN unit u ON u.id = p.unit_id JOIN member m ON m.realm = p.realm AND m.id = p.member_id
WHERE p.realm = $1 AND p.member_id = $2
ORDER BY p.valid_from DESC, p.unit_id;

-- name: org_posts_from
-- What is held in a unit on or after a day. $1 realm, $2 unit, $3 day
SELECT p.realm, p.unit_id, p.member_id, p.post, p.valid_from, p.valid_to, u.code AS unit_code, m.code AS member_code, m.full_name
FROM post p JOIN unit u ON u.id = p.unit_id JOIN member m ON m.realm = p.realm AND m.id = p.member_id
WHERE p.realm = $1 AND p.unit_id = $2 AND p.valid_to >= $3
ORDER BY p.post, p.member_id, p.valid_from;

-- name: org_post_committee
-- $1 unit, $2 day
SELECT count(*) FROM unit u JOIN post p ON p.realm = u.realm AND p.unit_id = u.id
WHERE u.id = $1 AND p.post = 'committee' AND p.valid_from <= $2 AND p.valid_to >= $2;

-- name: org_post_overlaps
-- The same post in the same unit at the same time: of somebody else when $7 is 1, of the same person when it is 0.
-- $1 realm, $2 unit, $3 member, $4 post, $5 first day, $6 last day
SELECT count(*) FROM post
WHERE realm = $1 AND unit_id = $2 AND post = $4 AND valid_from <= $6 AND valid_to >= $5
  AND ((CAST($7 AS @INT) = 1 AND member_id <> $3) OR (CAST($7 AS @INT) = 0 AND member_id = $3 AND valid_from <> $5));

-- name: org_post_from
-- $1 realm, $2 unit, $3 member, $4 post, $5 first day
SELECT realm, unit_id, member_id, post, valid_from, valid_to FROM post
WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND post = $4 AND valid_from = $5;

-- name: org_post_insert
INSERT INTO post (realm, unit_id, member_id, post, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6);

-- name: org_post_end
-- $1 realm, $2 unit, $3 member, $4 post, $5 its first day, $6 its new last day
UPDATE post SET valid_to = $6 WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND post = $4 AND valid_from = $5;

-- name: org_post_drop
DELETE FROM post WHERE realm = $1 AND unit_id = $2 AND member_id = $3 AND post = $4 AND valid_from = $5;

-- ---------------------------------------------------------------- warnings

-- name: org_warning_units
-- Every unit from $1 down on the day $2 with its figures. $3 the day 12 months before
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
), roll AS (
	SELECT ms.unit_id, count(*) AS members,
	       count(*) FILTER (WHERE ms.status = 'official' OR (ms.status IN ('exempt', 'temp_away') AND (m.official_on <= $2
	                        OR (m.official_on IS NULL AND coalesce(m.admitted_on, $3) <= $3)))) AS official
	FROM below b JOIN unit u ON u.id = b.id JOIN membership ms ON ms.realm = u.realm AND ms.unit_id = u.id
	     JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id
	WHERE ms.valid_from <= $2 AND ms.valid_to >= $2 AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away')
	GROUP BY ms.unit_id
)
SELECT u.id, coalesce(s.parent_id, 0) AS parent_id, u.code, s.name, s.level, s.type, coalesce(r.members, 0) AS members,
       coalesce(r.official, 0) AS official,
       CASE WHEN r.members IS NOT NULL OR EXISTS (SELECT 1 FROM membership e WHERE e.realm = u.realm AND e.unit_id = u.id) THEN 1 ELSE 0 END AS known,
       CASE WHEN EXISTS (SELECT 1 FROM post p WHERE p.realm = u.realm AND p.unit_id = u.id AND p.post = 'committee' AND p.valid_from <= $2
                         AND p.valid_to >= $2) THEN 1 ELSE 0 END AS committee
FROM below b JOIN unit u ON u.id = b.id JOIN unit_span s ON s.unit_id = b.id AND s.valid_from <= $2 AND s.valid_to >= $2
     LEFT JOIN roll r ON r.unit_id = b.id
ORDER BY u.id;

-- ---------------------------------------------------------------- deadlines of people

-- name: org_deadline_people
-- On probation (V11), decided but not admitted yet (V12), on the way to another unit (V13); `since` is the day each is counted from.
-- $1 unit, $2 day
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
), here AS (
	SELECT ms.*, u.code AS unit_code, m.code, m.full_name, m.admitted_on, m.decision_on, m.sort_key
	FROM below b JOIN unit u ON u.id = b.id JOIN membership ms ON ms.realm = u.realm AND ms.unit_id = u.id AND ms.valid_from <= $2 AND ms.valid_to >= $2
	     JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id
)
SELECT 'V11' AS rule, unit_id, unit_code, member_id, code AS member_code, full_name, admitted_on AS since, sort_key
FROM here WHERE status = 'probationary' AND admitted_on IS NOT NULL
UNION ALL
SELECT 'V12' AS rule, unit_id, unit_code, member_id, code AS member_code, full_name, decision_on AS since, sort_key
FROM here WHERE status = 'probationary' AND admitted_on IS NULL AND decision_on IS NOT NULL
UNION ALL
SELECT 'V13' AS rule, h.unit_id, h.unit_code, h.member_id, h.code AS member_code, h.full_name, h.valid_from AS since, h.sort_key
FROM here h WHERE h.status = 'transferred' AND NOT EXISTS (
	SELECT 1 FROM membership n WHERE n.realm = h.realm AND n.member_id = h.member_id AND n.unit_id <> h.unit_id AND n.valid_from >= h.valid_from)
	AND NOT EXISTS (SELECT 1 FROM member o JOIN membership n ON n.realm = o.realm AND n.member_id = o.id
	                WHERE o.id = h.member_id AND o.realm <> h.realm AND n.valid_from >= h.valid_from)
ORDER BY 1, 3, 8, 4;

-- name: org_deadline_guests
-- Cells where ten or more temporary members sit (V15). $1 unit, $2 day, $3 how many
WITH RECURSIVE below(id) AS (
	SELECT CAST($1 AS @INT)
	UNION ALL
	SELECT s.unit_id FROM below b JOIN unit_span s ON s.parent_id = b.id WHERE s.valid_from <= $2 AND s.valid_to >= $2
)
SELECT 'V15' AS rule, u.id AS unit_id, u.code AS unit_code, count(*) AS people
FROM below b JOIN unit u ON u.id = b.id JOIN membership ms ON ms.realm = u.realm AND ms.unit_id = u.id AND ms.valid_from <= $2 AND ms.valid_to >= $2
WHERE ms.status = 'temp_here' GROUP BY u.id, u.code HAVING count(*) >= $3 ORDER BY u.code;

-- ---------------------------------------------------------------- chibo verify

-- name: org_membership_count
SELECT count(*) FROM membership;

-- name: org_membership_strays
SELECT count(*) FROM membership ms JOIN unit u ON u.id = ms.unit_id WHERE u.realm <> ms.realm;

-- name: org_membership_overlaps
SELECT count(*) FROM membership a JOIN membership b
  ON b.realm = a.realm AND b.unit_id = a.unit_id AND b.member_id = a.member_id AND b.valid_from > a.valid_from AND b.valid_from <= a.valid_to;

-- ---------------------------------------------------------------- files

-- name: org_members_empty
-- 1 when nobody is recorded at all
SELECT CASE WHEN EXISTS (SELECT 1 FROM member) THEN 0 ELSE 1 END;

-- name: org_export_members
-- $1 the day, or NULL for any
SELECT m.code, m.full_name, u.code AS unit_code, ms.status, m.admitted_on, m.official_on, ms.valid_from AS "from", ms.valid_to AS "to"
FROM membership ms JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id JOIN unit u ON u.id = ms.unit_id
WHERE CAST($1 AS TEXT) IS NULL OR (ms.valid_from <= $1 AND ms.valid_to >= $1)
ORDER BY ms.realm, ms.unit_id, ms.member_id, ms.valid_from;

-- name: org_export_members_below
-- $1 the day or NULL, $2 code of the unit
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE code = $2
	UNION
	SELECT k.unit_id FROM below b JOIN unit_span k ON k.parent_id = b.id
	WHERE CAST($1 AS TEXT) IS NULL OR (k.valid_from <= $1 AND k.valid_to >= $1)
)
SELECT m.code, m.full_name, u.code AS unit_code, ms.status, m.admitted_on, m.official_on, ms.valid_from AS "from", ms.valid_to AS "to"
FROM below b JOIN unit u ON u.id = b.id JOIN membership ms ON ms.realm = u.realm AND ms.unit_id = u.id
     JOIN member m ON m.realm = ms.realm AND m.id = ms.member_id
WHERE CAST($1 AS TEXT) IS NULL OR (ms.valid_from <= $1 AND ms.valid_to >= $1)
ORDER BY ms.realm, ms.unit_id, ms.member_id, ms.valid_from;

-- name: org_export_posts
-- $1 the day, or NULL for any
SELECT u.code AS unit_code, m.code AS member_code, p.post, p.valid_from AS "from", p.valid_to AS "to"
FROM post p JOIN unit u ON u.id = p.unit_id JOIN member m ON m.realm = p.realm AND m.id = p.member_id
WHERE CAST($1 AS TEXT) IS NULL OR (p.valid_from <= $1 AND p.valid_to >= $1)
ORDER BY p.realm, p.unit_id, p.valid_from, p.post, p.member_id;

-- name: org_export_posts_below
-- $1 the day or NULL, $2 code of the unit
WITH RECURSIVE below(id) AS (
	SELECT id FROM unit WHERE code = $2
	UNION
	SELECT k.unit_id FROM below b JOIN unit_span k ON k.parent_id = b.id
	WHERE CAST($1 AS TEXT) IS NULL OR (k.valid_from <= $1 AND k.valid_to >= $1)
)
SELECT u.code AS unit_code, m.code AS member_code, p.post, p.valid_from AS "from", p.valid_to AS "to"
FROM below b JOIN unit u ON u.id = b.id JOIN post p ON p.realm = u.realm AND p.unit_id = u.id
     JOIN member m ON m.realm = p.realm AND m.id = p.member_id
WHERE CAST($1 AS TEXT) IS NULL OR (p.valid_from <= $1 AND p.valid_to >= $1)
ORDER BY p.realm, p.unit_id, p.valid_from, p.post, p.member_id;
