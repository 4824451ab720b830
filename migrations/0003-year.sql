-- The year: "four good" cases, annual classification of units and members, local criteria tables, recognition, emulation, and the plain
-- registers that year facts are taken from.
--
-- Same rules as 0001-ground.sql. One table of cases for three kinds (year/case.h): what is evaluated, in which state it is, and by which steps it
-- came there. Sheets are kept by stage and revision and never overwritten.

-- ---------------------------------------------------------------- cases of a year

CREATE TABLE year_case (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	kind        TEXT NOT NULL,            -- four_good unit_class member_class
	year        @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id), -- the unit evaluated; of a member the cell
	member_id   @INT NOT NULL DEFAULT 0,  -- 0: a unit is evaluated
	state       TEXT NOT NULL,            -- year/case.h
	registered_on TEXT,                   -- four_good: at a regular meeting
	meeting_id  @INT,                     -- where it was registered
	plan_id     @INT,                     -- document: the plan
	agreement_on TEXT,                    -- the emulation agreement was signed
	carried_over @INT NOT NULL DEFAULT 0, -- recognised last year and carries on
	group_name  TEXT NOT NULL DEFAULT '', -- classification: group of similar tasks, where the committee named one; '' by unit type
	exemplary   @INT NOT NULL DEFAULT 0,  -- the higher committee chose it for a certificate
	decision_id @INT,                     -- document: recognition, classification
	decision_no TEXT NOT NULL DEFAULT '', -- its number as printed, also where it came from elsewhere
	decided_on  TEXT,
	due_on      TEXT,                     -- returned for correction: by then
	moved_to    TEXT NOT NULL DEFAULT '', -- transferred_out: where to
	remark      TEXT NOT NULL DEFAULT '', -- of the last step that needed one: reason of withdrawal, return, reopening
	imported    @INT NOT NULL DEFAULT 0,  -- 1: came in by its totals, its steps were on paper
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, kind, year, unit_id, member_id)
) @STRICT;
CREATE INDEX year_case_id ON year_case (id);
CREATE INDEX year_case_unit ON year_case (realm, unit_id, year);
CREATE INDEX year_case_member ON year_case (realm, member_id, year) WHERE member_id <> 0;

-- A case with the code and names of unit and member; the unit's name is that of the last day of the year.
CREATE VIEW year_case_row AS
SELECT k.realm, k.id, k.kind, k.year, k.unit_id, k.member_id, k.state, k.registered_on, k.meeting_id, k.plan_id, k.agreement_on, k.carried_over,
	k.group_name, k.exemplary, k.decision_id, k.decision_no, k.decided_on, k.due_on, k.moved_to, k.remark, k.imported, k.rev,
	u.code AS unit_code,
	coalesce((SELECT s.name FROM unit_span s WHERE s.unit_id = k.unit_id AND s.valid_from <= CAST(k.year AS TEXT) || '-12-31'
		ORDER BY s.valid_from DESC LIMIT 1), u.code) AS unit_name,
	coalesce(m.code, '') AS member_code, coalesce(m.full_name, '') AS member_name
FROM year_case k
JOIN unit u ON u.id = k.unit_id
LEFT JOIN member m ON m.realm = k.realm AND m.id = k.member_id;

-- Every step a case took. Append-only.
CREATE TABLE year_step (
	realm       @INT NOT NULL,
	case_id     @INT NOT NULL,
	seq         @INT NOT NULL,
	step        TEXT NOT NULL,
	from_state  TEXT NOT NULL,
	to_state    TEXT NOT NULL,
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	remark      TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (realm, case_id, seq),
	FOREIGN KEY (realm, case_id) REFERENCES year_case (realm, id)
) @STRICT;

-- Sheets: one per case, stage and revision; never overwritten.
CREATE TABLE year_sheet (
	realm       @INT NOT NULL,
	case_id     @INT NOT NULL,
	stage       TEXT NOT NULL,            -- half_year self voted appraised
	revision    @INT NOT NULL,            -- 1, 2 …: the latest counts
	scheme      TEXT NOT NULL DEFAULT '', -- '' where only a total was reported
	points      @INT NOT NULL,            -- tenths
	result      TEXT NOT NULL,            -- four_good: met not_met; classification: excellent good completed not_completed
	vetoes      TEXT NOT NULL DEFAULT '', -- ids of the vetoes that held, with a blank between
	facts       TEXT NOT NULL DEFAULT '', -- JSON: facts, judged points and explanations it was made from
	reason      TEXT NOT NULL DEFAULT '', -- why it differs from the stage before
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	PRIMARY KEY (realm, case_id, stage, revision),
	FOREIGN KEY (realm, case_id) REFERENCES year_case (realm, id)
) @STRICT;
CREATE TABLE year_line (
	realm       @INT NOT NULL,
	case_id     @INT NOT NULL,
	stage       TEXT NOT NULL,
	revision    @INT NOT NULL,
	line        TEXT NOT NULL,            -- criterion id
	points      @INT NOT NULL,            -- tenths
	max         @INT NOT NULL,
	source      TEXT NOT NULL,            -- fact judged not_applicable
	why         TEXT NOT NULL DEFAULT '', -- a person's explanation: of a judged line, of a difference
	PRIMARY KEY (realm, case_id, stage, revision, line),
	FOREIGN KEY (realm, case_id, stage, revision) REFERENCES year_sheet (realm, case_id, stage, revision)
) @STRICT@WITHOUT_ROWID;

-- Votes of members on a case: half-year results, the self-assessment, the proposed level.
CREATE TABLE year_vote (
	realm       @INT NOT NULL,
	case_id     @INT NOT NULL,
	stage       TEXT NOT NULL,            -- registration half_year voted
	seq         @INT NOT NULL,            -- the latest counts
	on_date     TEXT NOT NULL,
	meeting_id  @INT,
	base        @INT NOT NULL,            -- V06
	in_favour   @INT NOT NULL,
	against     @INT NOT NULL,
	abstain     @INT NOT NULL,
	remark      TEXT NOT NULL DEFAULT '',
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	PRIMARY KEY (realm, case_id, stage, seq),
	FOREIGN KEY (realm, case_id) REFERENCES year_case (realm, id)
) @STRICT;

-- The monthly self-check: criteria met or not met so far, as the cell saw it in that month.
CREATE TABLE year_check (
	realm       @INT NOT NULL,
	case_id     @INT NOT NULL,
	month       @INT NOT NULL,            -- year*12 + month-1
	line        TEXT NOT NULL,
	met         @INT NOT NULL CHECK (met IN (0, 1)),
	proposed    @INT,                     -- what the records said then; NULL: nothing
	remark      TEXT NOT NULL DEFAULT '',
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	PRIMARY KEY (realm, case_id, month, line),
	FOREIGN KEY (realm, case_id) REFERENCES year_case (realm, id)
) @STRICT@WITHOUT_ROWID;

-- Evidence of a criterion: a stored file, a registered document, or the number of a paper.
CREATE TABLE year_evidence (
	realm       @INT NOT NULL,
	case_id     @INT NOT NULL,
	id          @INT NOT NULL,
	line        TEXT NOT NULL,
	title       TEXT NOT NULL,
	paper_no    TEXT NOT NULL DEFAULT '',
	document_id @INT,
	file_id     @INT,
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	PRIMARY KEY (realm, case_id, id),
	FOREIGN KEY (realm, case_id) REFERENCES year_case (realm, id)
) @STRICT;

CREATE TABLE year_appeal (
	realm       @INT NOT NULL,
	case_id     @INT NOT NULL,
	seq         @INT NOT NULL,
	revision    @INT NOT NULL,            -- of the appraised sheet it is about
	reason      TEXT NOT NULL,
	wanted      TEXT NOT NULL DEFAULT '', -- points or level the unit or member asks for
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	due_on      TEXT NOT NULL,            -- the committee answers by then
	outcome     TEXT NOT NULL DEFAULT '', -- '' open; upheld changed withdrawn
	answer      TEXT NOT NULL DEFAULT '',
	answered_by TEXT NOT NULL DEFAULT '',
	answered_ms @INT,
	PRIMARY KEY (realm, case_id, seq),
	FOREIGN KEY (realm, case_id) REFERENCES year_case (realm, id)
) @STRICT;

-- ---------------------------------------------------------------- local criteria tables (a version of a rule file, made by a committee)

CREATE TABLE local_table (
	id          @INT NOT NULL PRIMARY KEY,
	unit_id     @INT NOT NULL REFERENCES unit (id), -- the committee; the rule holds for it and all below
	rule_id     TEXT NOT NULL,            -- id of the rule it makes
	used_for    TEXT NOT NULL,            -- four_good_cell four_good_body annual_unit annual_member
	based_on    TEXT NOT NULL,            -- id of the framework
	version     @INT NOT NULL,            -- 1, 2 … of (unit_id, rule_id)
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL,
	state       TEXT NOT NULL,            -- draft issued withdrawn
	source      TEXT NOT NULL,            -- the text of the rule file
	decision_no TEXT NOT NULL DEFAULT '',
	issued_on   TEXT,
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1,
	UNIQUE (unit_id, rule_id, version)
) @STRICT;

-- ---------------------------------------------------------------- recognition and awards

-- One award: certificate of a four-good cell, commendation, title of emulation, recognised initiative.
CREATE TABLE award (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	kind        TEXT NOT NULL,            -- certificate commendation title prize
	year        @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id), -- who gets it; of a member the unit at that time
	member_id   @INT NOT NULL DEFAULT 0,
	case_id     @INT,                     -- the four-good case it rewards
	title       TEXT NOT NULL,            -- what for, as printed
	given_by    @INT NOT NULL REFERENCES unit (id),
	decision_no TEXT NOT NULL DEFAULT '',
	decided_on  TEXT NOT NULL,
	signed_by   TEXT NOT NULL DEFAULT '',
	check_code  TEXT NOT NULL DEFAULT '', -- on the certificate: anybody may look it up
	content     TEXT NOT NULL DEFAULT '', -- JSON: what was printed, as it was on that day
	search_key  TEXT NOT NULL DEFAULT '', -- folded: who got it, what for, number
	revoked_on  TEXT,
	revoked_why TEXT NOT NULL DEFAULT '',
	actor       TEXT NOT NULL,
	at_ms       @INT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id)
) @STRICT;
CREATE INDEX award_id ON award (id);
CREATE INDEX award_unit ON award (realm, unit_id, year);
CREATE INDEX award_given_by ON award (given_by, year);
CREATE INDEX award_case ON award (realm, case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX award_check_code ON award (check_code) WHERE check_code <> '';

-- ---------------------------------------------------------------- emulation

CREATE TABLE initiative (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	code        TEXT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	year        @INT NOT NULL,
	title       TEXT NOT NULL,
	benefit     TEXT NOT NULL DEFAULT '',
	recognised_by TEXT NOT NULL DEFAULT '', -- '' not recognised yet
	recognised_on TEXT,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, code)
) @STRICT;
CREATE INDEX initiative_id ON initiative (id);
CREATE INDEX initiative_unit ON initiative (realm, unit_id, year);
CREATE TABLE initiative_author (
	realm         @INT NOT NULL,
	initiative_id @INT NOT NULL,
	member_id     @INT NOT NULL,
	PRIMARY KEY (realm, initiative_id, member_id),
	FOREIGN KEY (realm, initiative_id) REFERENCES initiative (realm, id)
) @STRICT@WITHOUT_ROWID;
CREATE INDEX initiative_author_member ON initiative_author (realm, member_id);

-- What a member undertakes for the year, and what came of it.
CREATE TABLE undertaking (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	member_id   @INT NOT NULL,
	year        @INT NOT NULL,
	text        TEXT NOT NULL,
	due_on      TEXT,
	result      TEXT NOT NULL DEFAULT '', -- '' open; done partly not_done
	review      TEXT NOT NULL DEFAULT '',
	reviewed_on TEXT,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id)
) @STRICT;
CREATE INDEX undertaking_id ON undertaking (id);
CREATE INDEX undertaking_unit ON undertaking (realm, unit_id, year);
CREATE INDEX undertaking_member ON undertaking (realm, member_id, year);

-- An emulation agreement between units of a committee, and the titles that units and members register for.
CREATE TABLE agreement (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id), -- the committee that leads it, or the cell itself
	year        @INT NOT NULL,
	title       TEXT NOT NULL,
	signed_on   TEXT,
	text        TEXT NOT NULL DEFAULT '',
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id)
) @STRICT;
CREATE INDEX agreement_id ON agreement (id);
CREATE INDEX agreement_unit ON agreement (realm, unit_id, year);
CREATE TABLE agreement_party (
	realm        @INT NOT NULL,
	agreement_id @INT NOT NULL,
	unit_id      @INT NOT NULL REFERENCES unit (id),
	signed_on    TEXT,
	signed_by    TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (realm, agreement_id, unit_id),
	FOREIGN KEY (realm, agreement_id) REFERENCES agreement (realm, id)
) @STRICT;
CREATE TABLE emulation_title (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	member_id   @INT NOT NULL DEFAULT 0,
	year        @INT NOT NULL,
	title       TEXT NOT NULL,            -- the title registered for
	result      TEXT NOT NULL DEFAULT '', -- '' open; reached not_reached
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id)
) @STRICT;
CREATE INDEX emulation_title_unit ON emulation_title (realm, unit_id, year);

-- Good examples that other cells can read.
CREATE TABLE example (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	year        @INT NOT NULL,
	title       TEXT NOT NULL,
	text        TEXT NOT NULL,
	topic       TEXT NOT NULL DEFAULT '',
	state       TEXT NOT NULL DEFAULT 'draft', -- draft proposed published withdrawn
	published_on TEXT,
	published_by @INT,                    -- the committee that published it
	search_key  TEXT NOT NULL DEFAULT '',
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id)
) @STRICT;
CREATE INDEX example_id ON example (id);
CREATE INDEX example_state ON example (state, published_on);

-- ---------------------------------------------------------------- plain registers that facts of a year are counted from

-- Numbers only: no name of a person is kept here.
CREATE TABLE discipline (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	code        TEXT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	subject     TEXT NOT NULL,            -- member leader committee unit
	decided_on  TEXT NOT NULL,
	decision_no TEXT NOT NULL DEFAULT '',
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, code)
) @STRICT;
CREATE INDEX discipline_unit ON discipline (realm, unit_id, decided_on);

CREATE TABLE inspection (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	code        TEXT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id), -- whose programme it stands in
	kind        TEXT NOT NULL,            -- inspection supervision
	title       TEXT NOT NULL,
	planned_on  TEXT NOT NULL,
	done_on     TEXT,
	result      TEXT NOT NULL DEFAULT '',
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, code)
) @STRICT;
CREATE INDEX inspection_unit ON inspection (realm, unit_id, planned_on);

CREATE TABLE report_due (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	code        TEXT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id), -- who has to report
	title       TEXT NOT NULL,
	due_on      TEXT NOT NULL,
	sent_on     TEXT,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, code)
) @STRICT;
CREATE INDEX report_due_unit ON report_due (realm, unit_id, due_on);

CREATE TABLE feedback (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	code        TEXT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	received_on TEXT NOT NULL,
	kind        TEXT NOT NULL DEFAULT '', -- member resident anonymous
	topic       TEXT NOT NULL DEFAULT '',
	due_on      TEXT NOT NULL,
	answered_on TEXT,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, code)
) @STRICT;
CREATE INDEX feedback_unit ON feedback (realm, unit_id, received_on);

CREATE TABLE training (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	member_id   @INT NOT NULL,
	course      TEXT NOT NULL,
	held_on     TEXT NOT NULL,
	hours       @INT,
	result      TEXT NOT NULL DEFAULT '', -- '' passed failed
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, unit_id, member_id, held_on, course),
	FOREIGN KEY (realm, member_id) REFERENCES member (realm, id)
) @STRICT;
CREATE INDEX training_member ON training (realm, member_id, held_on);

-- Numbers set for a unit and a year, such as the aim of new members.
CREATE TABLE year_number (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	year        @INT NOT NULL,
	name        TEXT NOT NULL,            -- admissions_aim, none_discipline … (oversight/ledger.h)
	value       @INT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, unit_id, year, name)
) @STRICT;

-- Higher members assigned to attend meetings of a unit, and single visits.
CREATE TABLE assignment (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	member_realm @INT NOT NULL,
	member_id   @INT NOT NULL,
	level       TEXT NOT NULL,            -- province district commune grassroots staff
	valid_from  TEXT NOT NULL,
	valid_to    TEXT NOT NULL,
	required_turns @INT NOT NULL,
	per         TEXT NOT NULL,            -- month quarter year
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, unit_id, member_realm, member_id, valid_from)
) @STRICT;
CREATE TABLE visit (
	realm       @INT NOT NULL,
	id          @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	member_realm @INT NOT NULL,
	member_id   @INT NOT NULL,
	meeting_id  @INT NOT NULL DEFAULT 0,  -- 0: not a meeting recorded here
	held_on     TEXT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, id),
	UNIQUE (realm, unit_id, member_realm, member_id, held_on, meeting_id)
) @STRICT;
CREATE INDEX visit_day ON visit (realm, unit_id, held_on);

-- Questions that the figures raise: asked of the cell first.
CREATE TABLE figure_question (
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	year        @INT NOT NULL,
	kind        TEXT NOT NULL,            -- gap constant diverging identical
	figures     TEXT NOT NULL,            -- JSON: the numbers it is about
	asked_on    TEXT NOT NULL,
	answer      TEXT NOT NULL DEFAULT '',
	answered_by TEXT NOT NULL DEFAULT '',
	answered_on TEXT,
	rev         @INT NOT NULL DEFAULT 1,
	PRIMARY KEY (realm, unit_id, year, kind)
) @STRICT;

-- ---------------------------------------------------------------- counters per unit and year (derived; chibo verify compares, chibo rebuild remakes)

CREATE TABLE cell_year (
	realm       @INT NOT NULL,
	unit_id     @INT NOT NULL REFERENCES unit (id),
	year        @INT NOT NULL,
	rev         @INT NOT NULL DEFAULT 1,
	registered  @INT NOT NULL DEFAULT 0,  -- 1: registered for "four good" (not withdrawn)
	assessed    @INT NOT NULL DEFAULT 0,  -- 1: registered and neither withdrawn nor transferred out
	met         @INT NOT NULL DEFAULT 0,  -- 1: the sheet that counts meets the standard
	recognised  @INT NOT NULL DEFAULT 0,
	exemplary   @INT NOT NULL DEFAULT 0,
	excellent   @INT NOT NULL DEFAULT 0,  -- 1: annual level of the unit, the sheet that counts
	good        @INT NOT NULL DEFAULT 0,
	completed   @INT NOT NULL DEFAULT 0,
	not_completed @INT NOT NULL DEFAULT 0,
	members_excellent @INT NOT NULL DEFAULT 0, -- members by annual level
	members_good @INT NOT NULL DEFAULT 0,
	members_completed @INT NOT NULL DEFAULT 0,
	members_not_completed @INT NOT NULL DEFAULT 0,
	secretaries @INT NOT NULL DEFAULT 0,  -- secretaries with a level, and of these Good or better
	secretaries_good @INT NOT NULL DEFAULT 0,
	initiatives @INT NOT NULL DEFAULT 0,
	members     @INT NOT NULL DEFAULT 0,  -- members of the unit (for T21)
	members_with_initiative @INT NOT NULL DEFAULT 0,
	PRIMARY KEY (realm, unit_id, year)
) @STRICT@WITHOUT_ROWID;

-- The sheet of a case that counts: appraised, else voted, else self, its latest revision; stage '' where there is none.
CREATE VIEW year_case_count AS
SELECT k.realm, k.id, k.kind, k.year, k.unit_id, k.member_id, k.state, k.exemplary,
	coalesce(a.stage, v.stage, s.stage, '') AS stage, coalesce(a.revision, v.revision, s.revision, 0) AS revision,
	coalesce(a.points, v.points, s.points) AS points, coalesce(a.result, v.result, s.result, '') AS result
FROM year_case k
LEFT JOIN year_sheet a ON a.realm = k.realm AND a.case_id = k.id AND a.stage = 'appraised' AND a.revision =
	(SELECT max(x.revision) FROM year_sheet x WHERE x.realm = k.realm AND x.case_id = k.id AND x.stage = 'appraised')
LEFT JOIN year_sheet v ON v.realm = k.realm AND v.case_id = k.id AND v.stage = 'voted' AND v.revision =
	(SELECT max(x.revision) FROM year_sheet x WHERE x.realm = k.realm AND x.case_id = k.id AND x.stage = 'voted')
LEFT JOIN year_sheet s ON s.realm = k.realm AND s.case_id = k.id AND s.stage = 'self' AND s.revision =
	(SELECT max(x.revision) FROM year_sheet x WHERE x.realm = k.realm AND x.case_id = k.id AND x.stage = 'self');

-- Everything a unit's year is counted from. who: 1 for the case of who is secretary at the end of the year; n: how many. `member` may come twice.
-- Conditions on realm, unit and year reach into every part of it (SQLite does not carry them through a second GROUP BY).
CREATE VIEW year_record AS
SELECT realm, unit_id, year, kind, state, CASE WHEN state IN ('withdrawn', 'transferred_out') THEN 0 ELSE 1 END AS stays, exemplary, result,
	CASE WHEN kind = 'member_class' AND EXISTS (SELECT 1 FROM post p WHERE p.realm = k.realm AND p.unit_id = k.unit_id
		AND p.member_id = k.member_id AND p.post = 'secretary' AND p.valid_from <= k.year || '-12-31' AND p.valid_to >= k.year || '-12-31')
		THEN 1 ELSE 0 END AS who, 1 AS n
FROM year_case_count k
UNION ALL
SELECT realm, unit_id, year, 'initiative', '', 1, 0, '', 0, count(*) FROM initiative GROUP BY realm, unit_id, year
UNION ALL
SELECT i.realm, i.unit_id, i.year, 'author', '', 1, 0, '', 0, count(DISTINCT a.member_id)
FROM initiative i
JOIN initiative_author a ON a.realm = i.realm AND a.initiative_id = i.id
WHERE EXISTS (SELECT 1 FROM membership ms WHERE ms.realm = i.realm AND ms.unit_id = i.unit_id AND ms.member_id = a.member_id
	AND ms.valid_from <= i.year || '-12-31' AND ms.valid_to >= i.year || '-01-01'
	AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away'))
GROUP BY i.realm, i.unit_id, i.year
UNION ALL
SELECT k.realm, k.unit_id, k.year, 'member', '', 1, 0, '', 0, (SELECT count(DISTINCT ms.member_id) FROM membership ms
	WHERE ms.realm = k.realm AND ms.unit_id = k.unit_id AND ms.valid_from <= k.year || '-12-31' AND ms.valid_to >= k.year || '-12-31'
	AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away'))
FROM year_case k GROUP BY k.realm, k.unit_id, k.year
UNION ALL
SELECT k.realm, k.unit_id, k.year, 'member', '', 1, 0, '', 0, (SELECT count(DISTINCT ms.member_id) FROM membership ms
	WHERE ms.realm = k.realm AND ms.unit_id = k.unit_id AND ms.valid_from <= k.year || '-12-31' AND ms.valid_to >= k.year || '-12-31'
	AND ms.status IN ('probationary', 'official', 'exempt', 'temp_away'))
FROM initiative k GROUP BY k.realm, k.unit_id, k.year;

-- What each record gives to its unit's year.
CREATE VIEW year_count AS
SELECT realm, unit_id, year,
	CASE WHEN kind = 'four_good' AND state <> 'withdrawn' THEN 1 ELSE 0 END AS registered,
	CASE WHEN kind = 'four_good' AND stays = 1 THEN 1 ELSE 0 END AS assessed,
	CASE WHEN kind = 'four_good' AND stays = 1 AND result = 'met' THEN 1 ELSE 0 END AS met,
	CASE WHEN kind = 'four_good' AND state = 'recognised' THEN 1 ELSE 0 END AS recognised,
	CASE WHEN kind = 'four_good' AND state = 'recognised' AND exemplary = 1 THEN 1 ELSE 0 END AS exemplary,
	CASE WHEN kind = 'unit_class' AND stays = 1 AND result = 'excellent' THEN 1 ELSE 0 END AS excellent,
	CASE WHEN kind = 'unit_class' AND stays = 1 AND result = 'good' THEN 1 ELSE 0 END AS good,
	CASE WHEN kind = 'unit_class' AND stays = 1 AND result = 'completed' THEN 1 ELSE 0 END AS completed,
	CASE WHEN kind = 'unit_class' AND stays = 1 AND result = 'not_completed' THEN 1 ELSE 0 END AS not_completed,
	CASE WHEN kind = 'member_class' AND stays = 1 AND result = 'excellent' THEN 1 ELSE 0 END AS members_excellent,
	CASE WHEN kind = 'member_class' AND stays = 1 AND result = 'good' THEN 1 ELSE 0 END AS members_good,
	CASE WHEN kind = 'member_class' AND stays = 1 AND result = 'completed' THEN 1 ELSE 0 END AS members_completed,
	CASE WHEN kind = 'member_class' AND stays = 1 AND result = 'not_completed' THEN 1 ELSE 0 END AS members_not_completed,
	CASE WHEN kind = 'member_class' AND stays = 1 AND who = 1 AND result <> '' THEN 1 ELSE 0 END AS secretaries,
	CASE WHEN kind = 'member_class' AND stays = 1 AND who = 1 AND result IN ('excellent', 'good') THEN 1 ELSE 0 END AS secretaries_good,
	CASE WHEN kind = 'initiative' THEN n ELSE 0 END AS initiatives,
	CASE WHEN kind = 'member' THEN n ELSE 0 END AS members,
	CASE WHEN kind = 'author' THEN n ELSE 0 END AS members_with_initiative
FROM year_record;

-- What cell_year should hold, wherever anything of the year is recorded (rollup/rollup.h says what it means).
CREATE VIEW cell_year_fact AS
SELECT realm, unit_id, year,
	CAST(sum(registered) AS @INT) AS registered,
	CAST(sum(assessed) AS @INT) AS assessed,
	CAST(sum(met) AS @INT) AS met,
	CAST(sum(recognised) AS @INT) AS recognised,
	CAST(sum(exemplary) AS @INT) AS exemplary,
	CAST(sum(excellent) AS @INT) AS excellent,
	CAST(sum(good) AS @INT) AS good,
	CAST(sum(completed) AS @INT) AS completed,
	CAST(sum(not_completed) AS @INT) AS not_completed,
	CAST(sum(members_excellent) AS @INT) AS members_excellent,
	CAST(sum(members_good) AS @INT) AS members_good,
	CAST(sum(members_completed) AS @INT) AS members_completed,
	CAST(sum(members_not_completed) AS @INT) AS members_not_completed,
	CAST(sum(secretaries) AS @INT) AS secretaries,
	CAST(sum(secretaries_good) AS @INT) AS secretaries_good,
	CAST(sum(initiatives) AS @INT) AS initiatives,
	CAST(max(members) AS @INT) AS members,
	CAST(sum(members_with_initiative) AS @INT) AS members_with_initiative
FROM year_count
GROUP BY realm, unit_id, year;
