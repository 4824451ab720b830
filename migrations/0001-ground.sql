-- The ground: units, members, posts, meetings, sheets, counters, accounts, journal.
--
-- One text for both engines. Tokens: @INT (INTEGER / BIGINT), @BLOB (BLOB / BYTEA), @STRICT (STRICT / nothing).
-- Every table that belongs to a province has `realm` (the province-level root unit, or the top unit itself) first in its
-- keys. Unit directory, rules and accounts are reference tables. Dates are ISO text, inclusive at both ends; '0001-01-01'
-- is "since ever", '9999-12-31' "until further notice". No trigger, sequence or deferrable key.

-- ---------------------------------------------------------------- organisation (reference tables)

CREATE TABLE unit (
	id          @INT NOT NULL PRIMARY KEY,
	realm       @INT NOT NULL,            -- id of the province-level root it belongs to (itself for province and centre)
	code        TEXT NOT NULL UNIQUE,
	rev         @INT NOT NULL DEFAULT 1   -- raised by every change: the ETag of the page
) @STRICT;

-- Name, level, type and parent of a unit over time; spans of one unit do not overlap.
CREATE TABLE unit_span (
	unit_id     @INT NOT NULL REFERENCES unit (id),
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL,
	parent_id   @INT REFERENCES unit (id),
	level       TEXT NOT NULL,
	type        TEXT NOT NULL DEFAULT '',
	owner       TEXT NOT NULL DEFAULT '',
	name        TEXT NOT NULL,
	name_key    TEXT NOT NULL,            -- folded for search
	sort_key    @BLOB NOT NULL,           -- ICU vi
	PRIMARY KEY (unit_id, valid_from),
	CHECK (valid_from <= valid_to)
) @STRICT;
CREATE INDEX unit_span_parent ON unit_span (parent_id, valid_from);
CREATE INDEX unit_span_name ON unit_span (name_key);

-- Settings of a unit that are not history: usual day and place, required minutes.
CREATE TABLE unit_setting (
	unit_id     @INT NOT NULL REFERENCES unit (id),
	name        TEXT NOT NULL,
	value       TEXT NOT NULL,
	PRIMARY KEY (unit_id, name)
) @STRICT;

-- Dated events of the tree (create rename move merge split close transfer) and which unit came from which.
CREATE TABLE unit_event (
	id          @INT NOT NULL PRIMARY KEY,
	kind        TEXT NOT NULL,
	on_date     TEXT NOT NULL,            -- first day of the new state
	unit_id     @INT NOT NULL REFERENCES unit (id),
	note        TEXT NOT NULL DEFAULT '',
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL
) @STRICT;
CREATE INDEX unit_event_unit ON unit_event (unit_id, on_date);
CREATE TABLE unit_predecessor (
	unit_id        @INT NOT NULL REFERENCES unit (id),
	predecessor_id @INT NOT NULL REFERENCES unit (id),
	on_date        TEXT NOT NULL,
	operation      TEXT NOT NULL DEFAULT '', -- continue merge split transfer
	PRIMARY KEY (unit_id, predecessor_id)
) @STRICT;
CREATE INDEX unit_predecessor_back ON unit_predecessor (predecessor_id);

-- ---------------------------------------------------------------- members and posts

CREATE TABLE member (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	code        TEXT NOT NULL,
	full_name   TEXT NOT NULL,
	name_key    TEXT NOT NULL,
	sort_key    @BLOB NOT NULL,           -- given name first
	admitted_on TEXT,
	decision_on TEXT,
	official_on TEXT,
	contact     TEXT NOT NULL DEFAULT '',
	uses_app    @INT NOT NULL DEFAULT 0 CHECK (uses_app IN (0, 1)),
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, code)
) @STRICT@WITHOUT_ROWID;

-- Where a member belongs and with which status, over time. temp_away stands at home, temp_here at the host; the spans of one member in one unit do not overlap.
CREATE TABLE membership (
	realm       @INT NOT NULL,
	member_id   @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL,
	status      TEXT NOT NULL,
	reason      TEXT NOT NULL DEFAULT '', -- of an exemption: category only (V14)
	decision_no TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (realm, unit_id, member_id, valid_from),
	FOREIGN KEY (realm, member_id) REFERENCES member (realm, id),
	CHECK (valid_from <= valid_to)
) @STRICT@WITHOUT_ROWID;
CREATE INDEX membership_member ON membership (realm, member_id, valid_from);

CREATE TABLE post (
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	member_id   @INT NOT NULL,
	post        TEXT NOT NULL,
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL,
	PRIMARY KEY (realm, unit_id, member_id, post, valid_from),
	FOREIGN KEY (realm, member_id) REFERENCES member (realm, id),
	CHECK (valid_from <= valid_to)
) @STRICT;
CREATE INDEX post_member ON post (realm, member_id);

-- ---------------------------------------------------------------- meetings, tasks

CREATE TABLE meeting (
	realm             @INT NOT NULL,
	id                @INT NOT NULL,
	code              TEXT NOT NULL,
	unit_id           @INT NOT NULL REFERENCES unit (id),
	month             @INT NOT NULL,      -- year*12 + month-1 of starts_at
	kind              TEXT NOT NULL,
	thematic          @INT NOT NULL DEFAULT 0 CHECK (thematic IN (0, 1)),
	starts_at         TEXT NOT NULL,
	ends_at           TEXT,
	expected          @INT,               -- counts: as given, or derived from the rows of attendance; NULL = unknown
	present           @INT,
	excused           @INT,
	unexcused         @INT,
	official_present  @INT,
	speakers          @INT,
	pre_meeting_on    TEXT,
	documents_sent_at TEXT,
	scored_at         TEXT,
	uploaded_at       TEXT,
	topic             TEXT NOT NULL DEFAULT '',
	rev               @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, code)
) @STRICT;
CREATE INDEX meeting_unit ON meeting (realm, unit_id, month);
CREATE INDEX meeting_id ON meeting (id);      -- addresses name a meeting without its province
CREATE INDEX meeting_code ON meeting (code);  -- and so do files

-- Facts of a meeting that are recorded as such (design, section 5), until the part of the product that derives them takes over.
CREATE TABLE meeting_fact (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	name        TEXT NOT NULL,
	value       @INT NOT NULL,            -- whole number; booleans 0 or 1
	PRIMARY KEY (realm, meeting_id, name),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;

CREATE TABLE attendance (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	member_id   @INT NOT NULL,
	status      TEXT NOT NULL,
	mode        TEXT NOT NULL DEFAULT '',
	arrived_at  TEXT,
	PRIMARY KEY (realm, meeting_id, member_id),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id),
	FOREIGN KEY (realm, member_id) REFERENCES member (realm, id)
) @STRICT@WITHOUT_ROWID;
CREATE INDEX attendance_member ON attendance (realm, member_id);

CREATE TABLE task (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	code        TEXT NOT NULL,
	meeting_id  @INT,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	title       TEXT NOT NULL,
	member_id   @INT,
	due_on      TEXT,
	done_on     TEXT,
	result      TEXT NOT NULL DEFAULT '',
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, code)
) @STRICT;
CREATE INDEX task_unit ON task (realm, unit_id, due_on);
CREATE INDEX task_meeting ON task (realm, meeting_id);
CREATE INDEX task_id ON task (id);
CREATE VIEW task_row AS
SELECT t.realm, t.id, t.code, t.meeting_id, m.code AS meeting_code, t.unit_id, u.code AS unit_code, t.title, t.member_id,
	p.code AS member_code, p.full_name AS member_name, t.due_on, t.done_on, t.result, t.rev
FROM task t
JOIN unit u ON u.id = t.unit_id
LEFT JOIN meeting m ON m.realm = t.realm AND m.id = t.meeting_id
LEFT JOIN member p ON p.realm = t.realm AND p.id = t.member_id;

-- ---------------------------------------------------------------- score sheets: one per meeting, stage and revision; never overwritten

CREATE TABLE score_sheet (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	stage       TEXT NOT NULL,            -- self voted guest decided
	revision    @INT NOT NULL,            -- 1, 2 …: the latest counts
	scheme      TEXT NOT NULL DEFAULT '', -- '' where only a total was reported
	points      @INT NOT NULL,            -- tenths
	class       TEXT NOT NULL,            -- good fair average poor
	facts       TEXT NOT NULL DEFAULT '', -- JSON: the facts and judged points it was computed from
	reason      TEXT NOT NULL DEFAULT '', -- why a decision differs
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	PRIMARY KEY (realm, meeting_id, stage, revision),
	FOREIGN KEY (realm, meeting_id) REFERENCES meeting (realm, id)
) @STRICT;
CREATE TABLE score_line (
	realm       @INT NOT NULL,
	meeting_id  @INT NOT NULL,
	stage       TEXT NOT NULL,
	revision    @INT NOT NULL,
	line        TEXT NOT NULL,            -- criterion id
	points      @INT NOT NULL,            -- tenths
	max         @INT NOT NULL,
	source      TEXT NOT NULL,            -- fact judged not_applicable
	PRIMARY KEY (realm, meeting_id, stage, revision, line),
	FOREIGN KEY (realm, meeting_id, stage, revision) REFERENCES score_sheet (realm, meeting_id, stage, revision)
) @STRICT@WITHOUT_ROWID;

-- A meeting with what is shown beside it: the unit's name on that day and the totals of its latest sheets. points, class and stage are
-- those of the sheet that counts (decided, else voted, else self).
CREATE VIEW meeting_row AS
SELECT m.realm, m.id, m.code, m.unit_id, u.code AS unit_code,
	(SELECT s.name FROM unit_span s WHERE s.unit_id = m.unit_id AND s.valid_from <= substr(m.starts_at, 1, 10)
		AND s.valid_to >= substr(m.starts_at, 1, 10)) AS unit_name,
	m.month, m.kind, m.thematic, m.starts_at, m.ends_at, m.expected, m.present, m.excused, m.unexcused, m.official_present, m.speakers,
	m.pre_meeting_on, m.documents_sent_at, m.scored_at, m.uploaded_at, m.topic, m.rev,
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

-- ---------------------------------------------------------------- counters per cell and month (derived; chibo verify compares, chibo rebuild remakes)

CREATE TABLE cell_month (
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	month       @INT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1,  -- raised by every change, 1 … 65535 and round again: copies in memory take only what is newer
	regular     @INT NOT NULL DEFAULT 0,  -- 1: a regular meeting was held
	thematic    @INT NOT NULL DEFAULT 0,  -- thematic parts and thematic meetings held
	meetings    @INT NOT NULL DEFAULT 0,  -- meetings of the cell: regular, thematic, extraordinary
	pre_meetings @INT NOT NULL DEFAULT 0, -- of these with a committee pre-meeting
	complete    @INT NOT NULL DEFAULT 0,  -- 1: the regular meeting had full steps and was scored in the same sitting (T04)
	by_score    @INT NOT NULL DEFAULT 0,  -- 1: complete by the score alone, its steps were not recorded
	scored      @INT NOT NULL DEFAULT 0,  -- 1: the regular meeting has a sheet
	good        @INT NOT NULL DEFAULT 0,
	fair        @INT NOT NULL DEFAULT 0,
	average     @INT NOT NULL DEFAULT 0,
	poor        @INT NOT NULL DEFAULT 0,
	self_good   @INT NOT NULL DEFAULT 0,  -- 1: Good by the cell's own sheet (T14)
	self_scored @INT NOT NULL DEFAULT 0,
	decided     @INT NOT NULL DEFAULT 0,  -- 1: the committee above has decided
	reported    @INT NOT NULL DEFAULT 0,  -- 1: the papers of the regular meeting were uploaded
	points      @INT NOT NULL DEFAULT 0,  -- tenths of the regular meeting
	expected    @INT NOT NULL DEFAULT 0,
	present     @INT NOT NULL DEFAULT 0,
	excused     @INT NOT NULL DEFAULT 0,
	unexcused   @INT NOT NULL DEFAULT 0,
	thematic_poor @INT NOT NULL DEFAULT 0, -- thematic meetings scored below fair (Y2)
	PRIMARY KEY (realm, unit_id, month)
) @STRICT@WITHOUT_ROWID;
CREATE INDEX cell_month_month ON cell_month (month);

-- What one meeting gives to its month (rollup/rollup.h says why). A meeting without any row of meeting_fact came in by its counts.
-- Joins rather than EXISTS: each is looked up once a meeting, however often the view is asked for it.
CREATE VIEW meeting_count AS
SELECT m.realm, m.id, m.unit_id, m.month,
	CASE WHEN m.id = last.id THEN 1 ELSE 0 END AS regular,
	CASE WHEN m.kind = 'thematic' OR m.thematic = 1 THEN 1 ELSE 0 END AS thematic,
	CASE WHEN m.pre_meeting_on <= substr(m.starts_at, 1, 10) OR pre.value = 1 THEN 1 ELSE 0 END AS pre_meeting,
	CASE WHEN any_fact.name IS NULL THEN 1 ELSE 0 END AS by_counts,
	CASE WHEN done.value >= required.value THEN 1 ELSE 0 END AS steps_full,
	CASE WHEN sitting.value IS NOT NULL THEN sitting.value
		WHEN m.scored_at < m.starts_at THEN 0
		WHEN m.scored_at <= m.ends_at THEN 1
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
	ORDER BY x.starts_at DESC, x.id DESC LIMIT 1)
LEFT JOIN meeting_fact any_fact ON any_fact.realm = m.realm AND any_fact.meeting_id = m.id AND any_fact.name =
	(SELECT min(x.name) FROM meeting_fact x WHERE x.realm = m.realm AND x.meeting_id = m.id)
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
WHERE m.kind <> 'committee';

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

-- ---------------------------------------------------------------- rules in force, as loaded from rules/ (reference table)

CREATE TABLE rule_file (
	id          TEXT NOT NULL,
	kind        TEXT NOT NULL,            -- scheme year_rule target
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL,
	scope       TEXT NOT NULL DEFAULT '', -- code of the unit it applies below; '' everywhere
	source      TEXT NOT NULL,            -- the text of the file
	digest      TEXT NOT NULL,
	loaded_ms   @INT NOT NULL,
	PRIMARY KEY (id, valid_from)
) @STRICT;

-- ---------------------------------------------------------------- accounts (reference tables)

CREATE TABLE account (
	id          @INT NOT NULL PRIMARY KEY,
	login       TEXT NOT NULL UNIQUE,
	name        TEXT NOT NULL,
	password    TEXT NOT NULL,            -- argon2id, libsodium's own text form
	member_realm @INT,
	member_id   @INT,
	lang        TEXT NOT NULL DEFAULT 'vi',
	disabled    @INT NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
	created_ms  @INT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1
) @STRICT;
CREATE TABLE account_role (
	account_id  @INT NOT NULL REFERENCES account (id),
	role        TEXT NOT NULL,            -- member secretary officer upper inspector administrator
	unit_id     @INT NOT NULL REFERENCES unit (id),
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL,
	PRIMARY KEY (account_id, role, unit_id, valid_from)
) @STRICT;
CREATE TABLE session (
	token_hash  @BLOB NOT NULL PRIMARY KEY, -- of the cookie's value, which is never stored
	account_id  @INT NOT NULL REFERENCES account (id),
	created_ms  @INT NOT NULL,
	expires_ms  @INT NOT NULL
) @STRICT;
CREATE INDEX session_account ON session (account_id);

-- Answers already given to a repeated request: Idempotency-Key of an account.
CREATE TABLE idempotency (
	account_id  @INT NOT NULL,
	key         TEXT NOT NULL,
	digest      TEXT NOT NULL,            -- of method, path and body: another request under the same key is refused
	status      @INT NOT NULL,
	location    TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	PRIMARY KEY (account_id, key)
) @STRICT;

-- ---------------------------------------------------------------- journal

CREATE TABLE journal (
	lane        @INT NOT NULL,
	seq         @INT NOT NULL,
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL,
	at_ms       @INT NOT NULL,
	actor       TEXT NOT NULL,
	action      TEXT NOT NULL,
	entity      TEXT NOT NULL,
	entity_id   @INT NOT NULL,
	before      TEXT,
	after       TEXT,
	hash        @BLOB NOT NULL,
	PRIMARY KEY (lane, seq)
) @STRICT;
CREATE INDEX journal_entity ON journal (entity, entity_id, at_ms);
CREATE INDEX journal_unit ON journal (unit_id, at_ms);
CREATE INDEX journal_at ON journal (at_ms, lane, seq);
CREATE TABLE journal_head (
	lane        @INT NOT NULL PRIMARY KEY,
	seq         @INT NOT NULL,
	hash        @BLOB NOT NULL
) @STRICT;
