-- Votes of a meeting, their tellers, and who voted in a secret one.

-- name: votes_of_meeting
-- In the order in which they were called. $1 realm, $2 meeting
SELECT v.realm, v.id, v.meeting_id, v.subject, v.title, v.member_id, p.code AS member_code, p.full_name AS member_name, v.rule, v.method, v.round,
	v.base, v.in_favour, v.against, v.abstain, v.invalid, v.marked, v.result, v.remark, v.opened_at, v.closed_at, v.rev
FROM vote v
LEFT JOIN member p ON p.realm = v.realm AND p.id = v.member_id
WHERE v.realm = $1 AND v.meeting_id = $2
ORDER BY v.id;

-- name: vote_by_id
-- $1 id
SELECT v.realm, v.id, v.meeting_id, v.subject, v.title, v.member_id, p.code AS member_code, p.full_name AS member_name, v.rule, v.method, v.round,
	v.base, v.in_favour, v.against, v.abstain, v.invalid, v.marked, v.result, v.remark, v.opened_at, v.closed_at, v.rev
FROM vote v
LEFT JOIN member p ON p.realm = v.realm AND p.id = v.member_id
WHERE v.id = $1;

-- name: vote_unit
-- $1 id
SELECT m.unit_id FROM vote v JOIN meeting m ON m.realm = v.realm AND m.id = v.meeting_id WHERE v.id = $1;

-- name: vote_insert
-- $1 realm, $2 id, $3 meeting, $4 subject, $5 title, $6 member, $7 rule, $8 method, $9 round, $10 base, $11 opened
INSERT INTO vote (realm, id, meeting_id, subject, title, member_id, rule, method, round, base, opened_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: vote_write
-- How it ended. $1 realm, $2 id, $3 base, $4 in favour, $5 against, $6 abstain, $7 invalid, $8 marked, $9 result, $10 remark, $11 closed
UPDATE vote SET base = $3, in_favour = $4, against = $5, abstain = $6, invalid = $7, marked = $8, result = $9, remark = $10, closed_at = $11,
	rev = rev + 1
WHERE realm = $1 AND id = $2;

-- name: vote_results_of_matter
-- Of one matter in one cell, whichever meeting: the latest first, open and void ones left out. $1 realm, $2 unit, $3 subject, $4 member (0: none),
-- $5 title where no member is named
SELECT v.result
FROM meeting m
JOIN vote v ON v.realm = m.realm AND v.meeting_id = m.id
WHERE m.realm = $1 AND m.unit_id = $2 AND v.subject = $3 AND coalesce(v.member_id, 0) = CAST($4 AS @INT)
	AND (v.member_id IS NOT NULL OR v.title = $5) AND v.result NOT IN ('', 'void')
ORDER BY v.id DESC
LIMIT 3;

-- name: votes_open
-- $1 realm, $2 meeting
SELECT count(*) FROM vote WHERE realm = $1 AND meeting_id = $2 AND result = '';

-- name: vote_tellers
-- $1 realm, $2 vote
SELECT t.teller, t.member_id, p.code AS member_code, p.full_name AS member_name, t.in_favour, t.against, t.abstain, t.invalid
FROM vote_teller t
JOIN member p ON p.realm = t.realm AND p.id = t.member_id
WHERE t.realm = $1 AND t.vote_id = $2
ORDER BY t.teller;

-- name: vote_tellers_of_meeting
-- The tellers of the latest vote that has some. $1 realm, $2 meeting
SELECT t.teller, t.member_id, p.code AS member_code, p.full_name AS member_name, t.in_favour, t.against, t.abstain, t.invalid
FROM vote_teller t
JOIN member p ON p.realm = t.realm AND p.id = t.member_id
WHERE t.realm = $1 AND t.vote_id = (SELECT max(x.vote_id) FROM vote_teller x JOIN vote v ON v.realm = x.realm AND v.id = x.vote_id
	WHERE x.realm = $1 AND v.meeting_id = $2)
ORDER BY t.teller;

-- name: vote_teller_insert
-- $1 realm, $2 vote, $3 teller, $4 member, $5 in favour, $6 against, $7 abstain, $8 invalid
INSERT INTO vote_teller (realm, vote_id, teller, member_id, in_favour, against, abstain, invalid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: ballot_roll_insert
-- rows: 20
-- $1 realm, $2 vote, $3 member
INSERT INTO ballot_roll (realm, vote_id, member_id) VALUES ($1, $2, $3);

-- name: ballot_roll_of
-- Who voted, in the order of names. $1 realm, $2 vote
SELECT b.member_id, p.code AS member_code, p.full_name AS member_name
FROM ballot_roll b
JOIN member p ON p.realm = b.realm AND p.id = b.member_id
WHERE b.realm = $1 AND b.vote_id = $2
ORDER BY p.sort_key, p.code;

-- name: votes_waiting
-- Open ballots on devices in which somebody who is marked as present may vote. $1 realm, $2 member
SELECT v.realm, v.id, v.meeting_id, v.subject, v.title, v.member_id, p.code AS member_code, p.full_name AS member_name, v.rule, v.method, v.round,
	v.base, v.in_favour, v.against, v.abstain, v.invalid, v.marked, v.result, v.remark, v.opened_at, v.closed_at, v.rev
FROM attendance a
JOIN vote v ON v.realm = a.realm AND v.meeting_id = a.meeting_id
LEFT JOIN member p ON p.realm = v.realm AND p.id = v.member_id
WHERE a.realm = $1 AND a.member_id = $2 AND a.status = 'present' AND v.method = 'device' AND v.result = ''
ORDER BY v.id;

-- ---------------------------------------------------------------- guests

-- name: guests_of_meeting
-- Higher members in charge first. $1 realm, $2 meeting
SELECT realm, meeting_id, id, member_id, name, function, kind, present, arrived_at, contact, procedure_ok, remark, confirmed_at, rev
FROM meeting_guest WHERE realm = $1 AND meeting_id = $2
ORDER BY CASE kind WHEN 'assigned' THEN 0 ELSE 1 END, id;

-- name: guest_insert
-- $1 realm, $2 meeting, $3 id, $4 member, $5 name, $6 function, $7 kind, $8 present, $9 arrived, $10 contact
INSERT INTO meeting_guest (realm, meeting_id, id, member_id, name, function, kind, present, arrived_at, contact)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: guest_write
-- $1 realm, $2 meeting, $3 id, $4 name, $5 function, $6 kind, $7 present, $8 arrived, $9 contact, $10 procedure in order, $11 remark
UPDATE meeting_guest SET name = $4, function = $5, kind = $6, present = $7, arrived_at = $8, contact = $9, procedure_ok = $10, remark = $11,
	rev = rev + 1
WHERE realm = $1 AND meeting_id = $2 AND id = $3;

-- name: guest_drop
-- $1 realm, $2 meeting, $3 id
DELETE FROM meeting_guest WHERE realm = $1 AND meeting_id = $2 AND id = $3;
