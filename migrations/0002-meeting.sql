-- The whole meeting: plan and life cycle, preparation, the room, votes, documents, stages of the score, tasks with progress and targets,
-- notices sent.
--
-- Same rules as 0001-ground.sql. Texts that minutes and resolutions are made of stand in meeting_text, one row a text, so that each is saved
-- as it is typed and none overwrites another.

DROP VIEW cell_month_fact;
DROP VIEW meeting_count;
DROP VIEW meeting_row;
DROP VIEW task_row;

-- ---------------------------------------------------------------- meeting: life cycle

ALTER TABLE meeting ADD COLUMN state TEXT NOT NULL DEFAULT 'held'; -- meeting/cycle.h
ALTER TABLE meeting ADD COLUMN afterwards @INT NOT NULL DEFAULT 1; -- 1: written down (or imported) after it was held; its steps were on paper
ALTER TABLE meeting ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN mode TEXT NOT NULL DEFAULT '';      -- in_person online hybrid; '' in person
ALTER TABLE meeting ADD COLUMN by_groups @INT NOT NULL DEFAULT 0;  -- 1: party groups met instead of the plenary (V16)
ALTER TABLE meeting ADD COLUMN chair_id @INT;
ALTER TABLE meeting ADD COLUMN minute_taker_id @INT;
ALTER TABLE meeting ADD COLUMN author_id @INT;                     -- of the draft of the thematic part
ALTER TABLE meeting ADD COLUMN planned_on TEXT;                    -- the day of the year plan; the month it stands for
ALTER TABLE meeting ADD COLUMN sequence @INT NOT NULL DEFAULT 0;   -- SEQUENCE of its calendar entry (RFC 5545)
ALTER TABLE meeting ADD COLUMN minutes_approved_at TEXT;
ALTER TABLE meeting ADD COLUMN minutes_signed_on TEXT;
CREATE INDEX meeting_state ON meeting (realm, state, starts_at);

-- Every step a meeting took. Append-only.
CREATE TABLE meeting_step (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	seq         @INT NOT NULL,
	step        TEXT NOT NULL,            -- the verb: register schedule prepare open …
	from_state  TEXT NOT NULL,
	to_state    TEXT NOT NULL,
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	remark      TEXT NOT NULL DEFAULT '',
	approved_by TEXT NOT NULL DEFAULT '', -- of a postponement or cancellation
	PRIMARY KEY (realm, meeting_id, seq),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;

-- Meetings that were recorded before there were states: what their sheets tell. Their single steps were not kept.
UPDATE meeting SET state = 'scored' WHERE EXISTS (
	SELECT 1 FROM score_sheet s WHERE s.realm = meeting.realm AND s.meeting_id = meeting.id AND s.stage = 'self');
UPDATE meeting SET state = 'decided' WHERE EXISTS (
	SELECT 1 FROM score_sheet s WHERE s.realm = meeting.realm AND s.meeting_id = meeting.id AND s.stage = 'decided');

-- Named texts of a meeting (meeting/text.h has the list): reason, assessment, weaknesses, direction …
CREATE TABLE meeting_text (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	name        TEXT NOT NULL,
	value       TEXT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, meeting_id, name),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;

-- ---------------------------------------------------------------- terms and documents

CREATE TABLE term (
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL,
	name        TEXT NOT NULL,            -- "2025–2027"
	PRIMARY KEY (realm, unit_id, valid_from),
	CHECK (valid_from <= valid_to)
) @STRICT;

-- Content of files, apart from everything that lists them.
CREATE TABLE file (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	name        TEXT NOT NULL,
	media       TEXT NOT NULL,            -- as recognised from the bytes, not as claimed
	size        @INT NOT NULL,
	digest      @BLOB NOT NULL,           -- BLAKE2b-256
	added_by    TEXT NOT NULL,
	added_ms    @INT NOT NULL,
	PRIMARY KEY (realm, id)
) @STRICT;
CREATE INDEX file_id ON file (id);
CREATE TABLE file_part (
	realm       @INT NOT NULL,
	file_id     @INT NOT NULL,
	part        @INT NOT NULL,            -- 0, 1 …: pieces of 256 KiB
	bytes       @BLOB NOT NULL,
	PRIMARY KEY (realm, file_id, part),
	FOREIGN KEY (realm, file_id) REFERENCES file (realm, id)
) @STRICT;

-- A paper of a unit: of a meeting, or on its own. A number, once given, stays taken.
CREATE TABLE document (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	meeting_id  @INT,
	type        TEXT NOT NULL DEFAULT '', -- NQ QĐ KL TB BC KH CTr ĐA TTr CV BB QC PA; '' none (material to read)
	purpose     TEXT NOT NULL DEFAULT '', -- agenda guide draft_resolution material minutes resolution pre_minutes invitation annex signed final …
	secrecy     TEXT NOT NULL DEFAULT 'open', -- open internal secret (only number and "handled on paper")
	subject     TEXT NOT NULL,
	author_id   @INT,
	state       TEXT NOT NULL DEFAULT 'draft', -- draft issued withdrawn
	term_from   TEXT,                     -- numbers run per unit, type and term
	number      @INT,
	dated_on    TEXT,
	signed_by   TEXT NOT NULL DEFAULT '',
	outside_no  TEXT NOT NULL DEFAULT '', -- number of a paper that came from elsewhere, or of a secret one
	annex_to    @INT,                     -- the paper it corrects
	form        TEXT NOT NULL DEFAULT '', -- the form it is printed with
	content     TEXT NOT NULL DEFAULT '', -- JSON: what was filled in when it was issued; never changed afterwards
	file_id     @INT,
	uploaded_at TEXT,
	search_key  TEXT NOT NULL DEFAULT '', -- number and subject, folded
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, unit_id, type, term_from, number)
) @STRICT;
CREATE INDEX document_id ON document (id);
CREATE INDEX document_meeting ON document (realm, meeting_id);
CREATE INDEX document_unit ON document (realm, unit_id, dated_on);

-- Who read an internal paper. Append-only.
CREATE TABLE document_read (
	realm       @INT NOT NULL,
	document_id @INT NOT NULL,
	at_ms       @INT NOT NULL,
	actor       TEXT NOT NULL,
	PRIMARY KEY (realm, document_id, at_ms, actor)
) @STRICT;

-- ---------------------------------------------------------------- preparation

-- The committee (or secretary and deputy) before the meeting. Its texts are in meeting_text as pre_….
CREATE TABLE pre_meeting (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	form        TEXT NOT NULL,            -- committee confer
	starts_at   TEXT NOT NULL,
	ends_at     TEXT,
	place       TEXT NOT NULL DEFAULT '',
	chair_id    @INT,
	minute_taker_id @INT,
	signed_on   TEXT,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, meeting_id),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;
CREATE TABLE pre_meeting_person (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	member_id   @INT NOT NULL,
	present     @INT NOT NULL,
	PRIMARY KEY (realm, meeting_id, member_id),
	FOREIGN KEY (realm, meeting_id) REFERENCES pre_meeting (realm, meeting_id)
) @STRICT;

CREATE TABLE agenda_item (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	item        @INT NOT NULL,            -- 1, 2 …: given once, not reused
	place       @INT NOT NULL,            -- order on the agenda
	part        TEXT NOT NULL,            -- opening main thematic personnel closing
	step        TEXT NOT NULL DEFAULT '', -- ST-O1 …; '' an item of its own
	title       TEXT NOT NULL,
	mandatory   @INT NOT NULL DEFAULT 0,
	planned_minutes @INT,
	minutes     @INT,
	done        @INT NOT NULL DEFAULT 0,
	done_at     TEXT,                     -- local moment of the tick: the clock of the next item begins there
	conclusion  TEXT NOT NULL DEFAULT '',
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, meeting_id, item),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;

-- What was told to whom: the notice of the meeting (document_id 0) and each paper.
CREATE TABLE sending (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	document_id @INT NOT NULL DEFAULT 0,
	person      TEXT NOT NULL,            -- "m<member id>", "g<guest id>"
	channel     TEXT NOT NULL,            -- app mail message paper told
	sent_at     TEXT NOT NULL,
	sent_by     TEXT NOT NULL,
	received_at TEXT,
	receipt     TEXT NOT NULL DEFAULT '', -- sign_in mail told
	told_by     TEXT NOT NULL DEFAULT '', -- "told in person by …"
	PRIMARY KEY (realm, meeting_id, document_id, person, channel)
) @STRICT;

-- ---------------------------------------------------------------- in the room

CREATE TABLE meeting_guest (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	id          @INT NOT NULL,
	member_id   @INT,                     -- when the person is known here
	name        TEXT NOT NULL,
	function    TEXT NOT NULL DEFAULT '',
	kind        TEXT NOT NULL,            -- assigned (higher member in charge) visitor
	present     @INT,                     -- NULL: not known yet
	arrived_at  TEXT,
	contact     TEXT NOT NULL DEFAULT '',
	procedure_ok @INT,                    -- opinion on procedure: 1 in order, 0 not
	remark      TEXT NOT NULL DEFAULT '', -- conclusion of the guest, as it stands in the minutes
	confirmed_at TEXT,                    -- confirmed the score of the cell
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, meeting_id, id),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;
CREATE INDEX meeting_guest_member ON meeting_guest (realm, member_id);

CREATE TABLE vote (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	subject     TEXT NOT NULL,            -- minute_taker agenda resolution score minutes admit make_official strike other
	title       TEXT NOT NULL,
	member_id   @INT,                     -- whom a personnel vote is about
	rule        TEXT NOT NULL,            -- majority two_thirds
	method      TEXT NOT NULL,            -- hand paper device (secret)
	round       @INT NOT NULL DEFAULT 1,  -- V09: 1 to 3
	base        @INT NOT NULL,            -- V06, as it was when the vote was counted
	in_favour   @INT,
	against     @INT,
	abstain     @INT,
	invalid     @INT,
	marked      @INT,                     -- voters marked on the roll (paper, device)
	result      TEXT NOT NULL DEFAULT '', -- '' open; adopted rejected undecided referred void
	remark      TEXT NOT NULL DEFAULT '', -- why it was declared void
	opened_at   TEXT,
	closed_at   TEXT,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;
CREATE INDEX vote_meeting ON vote (realm, meeting_id);
CREATE INDEX vote_id ON vote (id);
-- Two tellers count for themselves and must come to the same.
CREATE TABLE vote_teller (
	realm       @INT NOT NULL,
	vote_id     @INT NOT NULL,
	teller      @INT NOT NULL,            -- 1 2
	member_id   @INT NOT NULL,
	in_favour   @INT,
	against     @INT,
	abstain     @INT,
	invalid     @INT,
	PRIMARY KEY (realm, vote_id, teller),
	FOREIGN KEY (realm, vote_id) REFERENCES vote (realm, id)
) @STRICT;
-- Who has voted in a ballot on devices. Written once, sorted, when the ballot is closed; the ballots themselves are never written.
CREATE TABLE ballot_roll (
	realm       @INT NOT NULL,
	vote_id     @INT NOT NULL,
	member_id   @INT NOT NULL,
	PRIMARY KEY (realm, vote_id, member_id),
	FOREIGN KEY (realm, vote_id) REFERENCES vote (realm, id)
) @STRICT@WITHOUT_ROWID;

-- ---------------------------------------------------------------- afterwards

CREATE TABLE appeal (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	seq         @INT NOT NULL,
	revision    @INT NOT NULL,            -- of the decided sheet it is about
	reason      TEXT NOT NULL,
	wanted      @INT,                     -- tenths the cell asks for
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	due_on      TEXT NOT NULL,            -- the committee answers by then
	outcome     TEXT NOT NULL DEFAULT '', -- '' open; upheld changed withdrawn
	answer      TEXT NOT NULL DEFAULT '',
	answered_by TEXT NOT NULL DEFAULT '',
	answered_ms @INT,
	PRIMARY KEY (realm, meeting_id, seq),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;

-- Who followed the score sheet in the meeting: a member.
ALTER TABLE score_sheet ADD COLUMN followed_by @INT;

-- Meetings whose kept sheets count something as fulfilled that is not due yet; gone when it is settled.
CREATE TABLE score_wait (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	due_at      TEXT NOT NULL,
	PRIMARY KEY (realm, meeting_id),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;
CREATE INDEX score_wait_due ON score_wait (due_at);

-- ---------------------------------------------------------------- year plan

CREATE TABLE year_plan (
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	year        @INT NOT NULL,
	adopted_on  TEXT,
	start_time  TEXT NOT NULL DEFAULT '19:00',
	place       TEXT NOT NULL DEFAULT '',
	proposed_by TEXT NOT NULL DEFAULT '', -- the committee that proposed it to the cell
	programme_id @INT,                    -- the work programme (document)
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, unit_id, year)
) @STRICT;
CREATE TABLE planned_topic (
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	year        @INT NOT NULL,
	id          @INT NOT NULL,
	quarter     @INT NOT NULL,
	month       @INT,                     -- 1 to 12, when it is known
	title       TEXT NOT NULL,
	author_id   @INT,
	meeting_id  @INT,                     -- where it was (or will be) held
	PRIMARY KEY (realm, unit_id, year, id)
) @STRICT;
-- Work programme of the year: what, who leads, until when.
CREATE TABLE programme_item (
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	year        @INT NOT NULL,
	id          @INT NOT NULL,
	title       TEXT NOT NULL,
	leader_id   @INT,
	due_on      TEXT,
	done_on     TEXT,
	PRIMARY KEY (realm, unit_id, year, id)
) @STRICT;

-- ---------------------------------------------------------------- tasks

ALTER TABLE task ADD COLUMN measure TEXT NOT NULL DEFAULT '';      -- by what one sees that it is done
ALTER TABLE task ADD COLUMN resolution_id @INT;                    -- the document it comes from
ALTER TABLE task ADD COLUMN parent_realm @INT;                     -- the task of a higher committee it carries out
ALTER TABLE task ADD COLUMN parent_id @INT;
ALTER TABLE task ADD COLUMN report_at TEXT NOT NULL DEFAULT '';    -- at which meeting the result is reported
CREATE INDEX task_parent ON task (parent_id, parent_realm) WHERE parent_id IS NOT NULL;
CREATE INDEX task_open ON task (realm, unit_id, due_on) WHERE result = '' AND done_on IS NULL;
CREATE INDEX task_member ON task (realm, member_id) WHERE member_id IS NOT NULL;

-- Progress with evidence. Append-only.
CREATE TABLE task_update (
	realm       @INT NOT NULL,
	task_id     @INT NOT NULL,
	seq         @INT NOT NULL,
	percent     @INT,
	remark      TEXT NOT NULL DEFAULT '',
	evidence_no TEXT NOT NULL DEFAULT '', -- number of a paper
	file_id     @INT,
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	PRIMARY KEY (realm, task_id, seq),
	FOREIGN KEY (realm, task_id) REFERENCES task (realm, id)
) @STRICT;

-- Targets of a programme: "households with a sanitary toilet", from 3 of 77 to 77 of 77. One row a unit that carries it.
CREATE TABLE programme_target (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	code        TEXT NOT NULL,            -- the same in every unit: what sums up the tree
	title       TEXT NOT NULL,
	measure     TEXT NOT NULL DEFAULT '', -- "households"
	whole       @INT,                     -- of how many; NULL: a count without a whole
	baseline    @INT NOT NULL,
	goal        @INT NOT NULL,
	starts_on   TEXT NOT NULL,
	due_on      TEXT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, unit_id, code)
) @STRICT;
CREATE INDEX programme_target_code ON programme_target (code, realm);
CREATE INDEX programme_target_id ON programme_target (id);
CREATE TABLE target_value (
	realm       @INT NOT NULL,
	target_id   @INT NOT NULL,
	on_date     TEXT NOT NULL,
	value       @INT NOT NULL,
	remark      TEXT NOT NULL DEFAULT '',
	evidence_no TEXT NOT NULL DEFAULT '',
	file_id     @INT,
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	PRIMARY KEY (realm, target_id, on_date),
	FOREIGN KEY (realm, target_id) REFERENCES programme_target (realm, id)
) @STRICT;

-- ---------------------------------------------------------------- notices

-- Calendar addresses: who has the address reads the calendar; only its hash is kept.
CREATE TABLE calendar_feed (
	token_hash  @BLOB NOT NULL PRIMARY KEY,
	account_id  @INT NOT NULL REFERENCES account (id),
	created_ms  @INT NOT NULL,
	revoked_ms  @INT
) @STRICT;

-- Letters that are to go out, and what became of them. Text and calendar are emptied once a letter is sent.
CREATE TABLE outbox (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	kind        TEXT NOT NULL,            -- invitation change cancellation reminder
	meeting_id  @INT,
	sequence    @INT,                     -- of the meeting when the letter was written
	person      TEXT NOT NULL DEFAULT '', -- as in sending
	name        TEXT NOT NULL DEFAULT '',
	address     TEXT NOT NULL,
	subject     TEXT NOT NULL,
	body        TEXT NOT NULL,
	calendar    TEXT NOT NULL DEFAULT '',
	receipt     @BLOB,                    -- hash of the secret in the letter's link by which it is confirmed
	state       TEXT NOT NULL DEFAULT 'waiting', -- waiting sent failed
	tries       @INT NOT NULL DEFAULT 0,
	next_ms     @INT NOT NULL,
	error       TEXT NOT NULL DEFAULT '',
	created_ms  @INT NOT NULL,
	done_ms     @INT,
	PRIMARY KEY (realm, id)
) @STRICT;
CREATE INDEX outbox_waiting ON outbox (state, next_ms);
CREATE INDEX outbox_meeting ON outbox (realm, meeting_id);
CREATE INDEX outbox_person ON outbox (realm, person, kind);
CREATE INDEX outbox_receipt ON outbox (receipt);

-- ---------------------------------------------------------------- views

CREATE VIEW document_row AS
SELECT d.realm, d.id, d.unit_id, u.code AS unit_code, d.meeting_id, d.type, d.purpose, d.secrecy, d.subject, d.author_id, d.state, d.term_from,
	d.number, d.dated_on, d.signed_by, d.outside_no, d.annex_to, d.form, d.content, d.file_id, d.uploaded_at, d.search_key, d.rev,
	(SELECT s.level FROM unit_span s WHERE s.unit_id = d.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_level,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = d.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name
FROM document d
JOIN unit u ON u.id = d.unit_id;

CREATE VIEW task_row AS
SELECT t.realm, t.id, t.code, t.meeting_id, m.code AS meeting_code, t.unit_id, u.code AS unit_code, t.title, t.member_id,
	p.code AS member_code, p.full_name AS member_name, t.due_on, t.done_on, t.result, t.rev, t.measure, t.report_at, t.resolution_id,
	t.parent_realm, t.parent_id
FROM task t
JOIN unit u ON u.id = t.unit_id
LEFT JOIN meeting m ON m.realm = t.realm AND m.id = t.meeting_id
LEFT JOIN member p ON p.realm = t.realm AND p.id = t.member_id;

-- A task with what lists show beside it: the unit's latest name, the resolution it stands in, how far it is, and what became of the tasks
-- that carry it out.
CREATE VIEW task_seen AS
SELECT t.*,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = t.unit_id ORDER BY s.valid_from DESC LIMIT 1) AS unit_name,
	d.type AS resolution_type, d.number AS resolution_number,
	last.percent, last.remark AS progress, last.at_ms AS reported_ms,
	(SELECT count(*) FROM task k WHERE k.parent_id = t.id AND k.parent_realm = t.realm AND k.result <> 'cancelled') AS children,
	(SELECT count(*) FROM task k WHERE k.parent_id = t.id AND k.parent_realm = t.realm AND k.result IN ('done', 'above_requirement', '')
		AND (k.done_on IS NOT NULL OR k.result <> '')) AS children_done,
	(SELECT max(k.done_on) FROM task k WHERE k.parent_id = t.id AND k.parent_realm = t.realm AND k.result <> 'cancelled') AS children_done_on,
	(SELECT count(*) FROM task k WHERE k.parent_id = t.id AND k.parent_realm = t.realm AND k.result = 'not_done') AS children_not_done
FROM task_row t
LEFT JOIN document d ON d.realm = t.realm AND d.id = coalesce(t.resolution_id, (SELECT x.id FROM document x
	WHERE x.realm = t.realm AND x.meeting_id = t.meeting_id AND x.type = 'NQ' AND x.number IS NOT NULL LIMIT 1))
LEFT JOIN task_update last ON last.realm = t.realm AND last.task_id = t.id AND last.seq =
	(SELECT max(x.seq) FROM task_update x WHERE x.realm = t.realm AND x.task_id = t.id);

-- A meeting with what is shown beside it: the unit's name on that day and the totals of its latest sheets. points, class and stage are
-- those of the sheet that counts (decided, else voted, else self).
CREATE VIEW meeting_row AS
SELECT m.realm, m.id, m.code, m.unit_id, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = m.unit_id AND s.valid_from <= substr(m.starts_at, 1, 10)
		AND s.valid_to >= substr(m.starts_at, 1, 10)) AS unit_name,
	m.month, m.kind, m.thematic, m.starts_at, m.ends_at, m.expected, m.present, m.excused, m.unexcused, m.official_present, m.speakers,
	m.pre_meeting_on, m.documents_sent_at, m.scored_at, m.uploaded_at, m.topic, m.rev, m.state, m.afterwards, m.place, m.mode,
	m.by_groups, m.chair_id, m.minute_taker_id, m.author_id, m.planned_on, m.sequence, m.minutes_approved_at, m.minutes_signed_on,
	(SELECT count(*) FROM attendance a WHERE a.realm = m.realm AND a.meeting_id = m.id) AS rows,
	(SELECT x.points FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'self'
		ORDER BY x.revision DESC LIMIT 1) AS self_points,
	(SELECT x.points FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'decided'
		ORDER BY x.revision DESC LIMIT 1) AS decided_points,
	(SELECT x.points FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage IN ('decided', 'voted', 'self')
		ORDER BY CASE x.stage WHEN 'decided' THEN 1 WHEN 'voted' THEN 2 ELSE 3 END, x.revision DESC LIMIT 1) AS points,
	(SELECT x.class FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage IN ('decided', 'voted', 'self')
		ORDER BY CASE x.stage WHEN 'decided' THEN 1 WHEN 'voted' THEN 2 ELSE 3 END, x.revision DESC LIMIT 1) AS class,
	(SELECT x.stage FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage IN ('decided', 'voted', 'self')
		ORDER BY CASE x.stage WHEN 'decided' THEN 1 WHEN 'voted' THEN 2 ELSE 3 END, x.revision DESC LIMIT 1) AS stage
FROM meeting m
JOIN unit u ON u.id = m.unit_id;

-- What one meeting gives to its month (rollup/rollup.h says why): only one that was held counts. A meeting without an agenda
-- and without any row of meeting_fact came in by its counts.
-- Joins rather than EXISTS: each is looked up once a meeting, however often the view is asked for it.
CREATE VIEW meeting_count AS
SELECT m.realm, m.id, m.unit_id, m.month,
	CASE WHEN m.id = last.id THEN 1 ELSE 0 END AS regular,
	CASE WHEN m.kind = 'thematic' OR m.thematic = 1 THEN 1 ELSE 0 END AS thematic,
	CASE WHEN m.pre_meeting_on <= substr(m.starts_at, 1, 10) OR pre.value = 1 THEN 1 ELSE 0 END AS pre_meeting,
	CASE WHEN any_fact.name IS NULL AND any_item.item IS NULL THEN 1 ELSE 0 END AS by_counts,
	CASE WHEN any_item.item IS NOT NULL AND open_item.item IS NULL THEN 1
		WHEN any_item.item IS NULL AND done.value >= required.value THEN 1 ELSE 0 END AS steps_full,
	CASE WHEN sitting.value IS NOT NULL THEN sitting.value
		WHEN m.scored_at < m.starts_at THEN 0
		WHEN m.scored_at <= m.ends_at THEN 1
		WHEN m.afterwards = 0 AND substr(m.scored_at, 1, 10) <= substr(m.ends_at, 1, 10)
			AND (m.minutes_approved_at IS NULL OR m.scored_at <= m.minutes_approved_at) THEN 1
		WHEN m.ends_at IS NULL AND substr(m.scored_at, 1, 10) = substr(m.starts_at, 1, 10) THEN 1
		ELSE 0 END AS same_sitting,
	CASE WHEN m.uploaded_at IS NOT NULL THEN 1 ELSE 0 END AS uploaded,
	CASE WHEN m.present IS NOT NULL THEN m.expected END AS expected,
	CASE WHEN m.expected IS NOT NULL THEN m.present END AS present,
	m.excused, m.unexcused, m.kind,
	CASE WHEN d.points IS NOT NULL THEN 1 ELSE 0 END AS decided,
	coalesce(d.points, v.points, s.points) AS points,
	coalesce(d.class, v.class, s.class) AS class,
	s.class AS self_class
FROM meeting m
LEFT JOIN meeting last ON last.realm = m.realm AND last.id = (
	SELECT x.id FROM meeting x WHERE x.realm = m.realm AND x.unit_id = m.unit_id AND x.month = m.month AND x.kind = 'regular'
	AND x.state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled')
	ORDER BY x.starts_at DESC, x.id DESC LIMIT 1)
LEFT JOIN meeting_fact any_fact ON any_fact.realm = m.realm AND any_fact.meeting_id = m.id AND any_fact.name =
	(SELECT min(x.name) FROM meeting_fact x WHERE x.realm = m.realm AND x.meeting_id = m.id)
LEFT JOIN agenda_item any_item ON any_item.realm = m.realm AND any_item.meeting_id = m.id AND any_item.item =
	(SELECT min(x.item) FROM agenda_item x WHERE x.realm = m.realm AND x.meeting_id = m.id)
LEFT JOIN agenda_item open_item ON open_item.realm = m.realm AND open_item.meeting_id = m.id AND open_item.item =
	(SELECT min(x.item) FROM agenda_item x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.mandatory = 1 AND x.done = 0)
LEFT JOIN score_sheet d ON d.realm = m.realm AND d.meeting_id = m.id AND d.stage = 'decided' AND d.revision =
	(SELECT max(x.revision) FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'decided')
LEFT JOIN score_sheet v ON v.realm = m.realm AND v.meeting_id = m.id AND v.stage = 'voted' AND v.revision =
	(SELECT max(x.revision) FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'voted')
LEFT JOIN score_sheet s ON s.realm = m.realm AND s.meeting_id = m.id AND s.stage = 'self' AND s.revision =
	(SELECT max(x.revision) FROM score_sheet x WHERE x.realm = m.realm AND x.meeting_id = m.id AND x.stage = 'self')
LEFT JOIN meeting_fact pre ON pre.realm = m.realm AND pre.meeting_id = m.id AND pre.name = 'pre_meeting_held'
LEFT JOIN meeting_fact done ON done.realm = m.realm AND done.meeting_id = m.id AND done.name = 'steps_done'
LEFT JOIN meeting_fact required ON required.realm = m.realm AND required.meeting_id = m.id AND required.name = 'steps_required'
LEFT JOIN meeting_fact sitting ON sitting.realm = m.realm AND sitting.meeting_id = m.id AND sitting.name = 'scored_same_sitting'
WHERE m.kind <> 'committee' AND m.state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled');

-- What cell_month should hold, wherever there is a meeting.
CREATE VIEW cell_month_fact AS
SELECT realm, unit_id, month,
	max(regular) AS regular,
	CAST(sum(thematic) AS @INT) AS thematic,
	count(*) AS meetings,
	CAST(sum(pre_meeting) AS @INT) AS pre_meetings,
	max(CASE WHEN regular = 1 AND same_sitting = 1 AND (steps_full = 1 OR by_counts = 1) THEN 1 ELSE 0 END) AS complete,
	max(CASE WHEN regular = 1 AND same_sitting = 1 AND by_counts = 1 THEN 1 ELSE 0 END) AS by_score,
	max(CASE WHEN regular = 1 AND class IS NOT NULL THEN 1 ELSE 0 END) AS scored,
	max(CASE WHEN regular = 1 AND class = 'good' THEN 1 ELSE 0 END) AS good,
	max(CASE WHEN regular = 1 AND class = 'fair' THEN 1 ELSE 0 END) AS fair,
	max(CASE WHEN regular = 1 AND class = 'average' THEN 1 ELSE 0 END) AS average,
	max(CASE WHEN regular = 1 AND class = 'poor' THEN 1 ELSE 0 END) AS poor,
	max(CASE WHEN regular = 1 AND self_class = 'good' THEN 1 ELSE 0 END) AS self_good,
	max(CASE WHEN regular = 1 AND self_class IS NOT NULL THEN 1 ELSE 0 END) AS self_scored,
	max(CASE WHEN regular = 1 THEN decided ELSE 0 END) AS decided,
	max(CASE WHEN regular = 1 AND (uploaded = 1 OR by_counts = 1) THEN 1 ELSE 0 END) AS reported,
	max(CASE WHEN regular = 1 AND points IS NOT NULL THEN points ELSE 0 END) AS points,
	CAST(coalesce(sum(expected), 0) AS @INT) AS expected,
	CAST(coalesce(sum(present), 0) AS @INT) AS present,
	CAST(coalesce(sum(excused), 0) AS @INT) AS excused,
	CAST(coalesce(sum(unexcused), 0) AS @INT) AS unexcused,
	CAST(sum(CASE WHEN kind = 'thematic' AND class IN ('average', 'poor') THEN 1 ELSE 0 END) AS @INT) AS thematic_poor
FROM meeting_count
GROUP BY realm, unit_id, month;

