-- Statements of the roll-up. cell_month_fact (migrations) says what a row should hold.

-- name: cell_month_touch
-- Makes the rows of one unit again where they differ, and gives those back. $1 realm $2 unit $3 first month $4 last month
INSERT INTO cell_month (realm, unit_id, month,
	regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good,
	self_scored, decided, reported, points, expected, present, excused, unexcused, thematic_poor)
SELECT realm, unit_id, month,
	regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good,
	self_scored, decided, reported, points, expected, present, excused, unexcused, thematic_poor
FROM cell_month_fact
WHERE realm = $1 AND unit_id = $2 AND month >= $3 AND month <= $4
ON CONFLICT (realm, unit_id, month) DO UPDATE SET rev = cell_month.rev % 65535 + 1,
	regular = excluded.regular, thematic = excluded.thematic, meetings = excluded.meetings, pre_meetings =
	excluded.pre_meetings, complete = excluded.complete, by_score = excluded.by_score, scored = excluded.scored, good =
	excluded.good, fair = excluded.fair, average = excluded.average, poor = excluded.poor, self_good =
	excluded.self_good, self_scored = excluded.self_scored, decided = excluded.decided, reported = excluded.reported,
	points = excluded.points, expected = excluded.expected, present = excluded.present, excused = excluded.excused,
	unexcused = excluded.unexcused, thematic_poor = excluded.thematic_poor
WHERE (
	cell_month.regular, cell_month.thematic, cell_month.meetings, cell_month.pre_meetings, cell_month.complete,
	cell_month.by_score, cell_month.scored, cell_month.good, cell_month.fair, cell_month.average, cell_month.poor,
	cell_month.self_good, cell_month.self_scored, cell_month.decided, cell_month.reported, cell_month.points,
	cell_month.expected, cell_month.present, cell_month.excused, cell_month.unexcused, cell_month.thematic_poor
) <> (
	excluded.regular, excluded.thematic, excluded.meetings, excluded.pre_meetings, excluded.complete,
	excluded.by_score, excluded.scored, excluded.good, excluded.fair, excluded.average, excluded.poor,
	excluded.self_good, excluded.self_scored, excluded.decided, excluded.reported, excluded.points, excluded.expected,
	excluded.present, excluded.excused, excluded.unexcused, excluded.thematic_poor
)
RETURNING realm, unit_id, month, rev,
	regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good,
	self_scored, decided, reported, points, expected, present, excused, unexcused, thematic_poor;

-- name: cell_month_empty
-- Empties the rows of one unit that have no meeting any more, and gives those back. $1 realm $2 unit $3 first month $4 last month
UPDATE cell_month SET rev = rev % 65535 + 1,
	regular = 0, thematic = 0, meetings = 0, pre_meetings = 0, complete = 0, by_score = 0, scored = 0, good = 0, fair =
	0, average = 0, poor = 0, self_good = 0, self_scored = 0, decided = 0, reported = 0, points = 0, expected = 0,
	present = 0, excused = 0, unexcused = 0, thematic_poor = 0
WHERE realm = $1 AND unit_id = $2 AND month >= $3 AND month <= $4 AND meetings > 0 AND NOT EXISTS (
	SELECT 1 FROM meeting m
	WHERE m.realm = cell_month.realm AND m.unit_id = cell_month.unit_id AND m.month = cell_month.month AND m.kind <> 'committee')
RETURNING realm, unit_id, month, rev,
	regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good,
	self_scored, decided, reported, points, expected, present, excused, unexcused, thematic_poor;

-- name: cell_month_remake
-- The same for all units.
INSERT INTO cell_month (realm, unit_id, month,
	regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good,
	self_scored, decided, reported, points, expected, present, excused, unexcused, thematic_poor)
SELECT realm, unit_id, month,
	regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good,
	self_scored, decided, reported, points, expected, present, excused, unexcused, thematic_poor
FROM cell_month_fact
WHERE realm IS NOT NULL
ON CONFLICT (realm, unit_id, month) DO UPDATE SET rev = cell_month.rev % 65535 + 1,
	regular = excluded.regular, thematic = excluded.thematic, meetings = excluded.meetings, pre_meetings =
	excluded.pre_meetings, complete = excluded.complete, by_score = excluded.by_score, scored = excluded.scored, good =
	excluded.good, fair = excluded.fair, average = excluded.average, poor = excluded.poor, self_good =
	excluded.self_good, self_scored = excluded.self_scored, decided = excluded.decided, reported = excluded.reported,
	points = excluded.points, expected = excluded.expected, present = excluded.present, excused = excluded.excused,
	unexcused = excluded.unexcused, thematic_poor = excluded.thematic_poor
WHERE (
	cell_month.regular, cell_month.thematic, cell_month.meetings, cell_month.pre_meetings, cell_month.complete,
	cell_month.by_score, cell_month.scored, cell_month.good, cell_month.fair, cell_month.average, cell_month.poor,
	cell_month.self_good, cell_month.self_scored, cell_month.decided, cell_month.reported, cell_month.points,
	cell_month.expected, cell_month.present, cell_month.excused, cell_month.unexcused, cell_month.thematic_poor
) <> (
	excluded.regular, excluded.thematic, excluded.meetings, excluded.pre_meetings, excluded.complete,
	excluded.by_score, excluded.scored, excluded.good, excluded.fair, excluded.average, excluded.poor,
	excluded.self_good, excluded.self_scored, excluded.decided, excluded.reported, excluded.points, excluded.expected,
	excluded.present, excluded.excused, excluded.unexcused, excluded.thematic_poor
);

-- name: cell_month_remake_empty
UPDATE cell_month SET rev = rev % 65535 + 1,
	regular = 0, thematic = 0, meetings = 0, pre_meetings = 0, complete = 0, by_score = 0, scored = 0, good = 0, fair =
	0, average = 0, poor = 0, self_good = 0, self_scored = 0, decided = 0, reported = 0, points = 0, expected = 0,
	present = 0, excused = 0, unexcused = 0, thematic_poor = 0
WHERE meetings > 0 AND NOT EXISTS (
	SELECT 1 FROM meeting m
	WHERE m.realm = cell_month.realm AND m.unit_id = cell_month.unit_id AND m.month = cell_month.month AND m.kind <> 'committee');

-- name: cell_month_load
-- Rows of some months, unit by unit, in one walk through the table (the plus keeps the index on months out of it). $1 first month $2 last month
SELECT realm, unit_id, month, rev,
	regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good,
	self_scored, decided, reported, points, expected, present, excused, unexcused, thematic_poor
FROM cell_month WHERE +month >= $1 AND +month <= $2 ORDER BY realm, unit_id, month;

-- name: cell_month_load_unit
-- $1 realm $2 unit $3 first month $4 last month
SELECT realm, unit_id, month, rev,
	regular, thematic, meetings, pre_meetings, complete, by_score, scored, good, fair, average, poor, self_good,
	self_scored, decided, reported, points, expected, present, excused, unexcused, thematic_poor
FROM cell_month WHERE realm = $1 AND unit_id = $2 AND month >= $3 AND month <= $4 ORDER BY month;

-- name: cell_month_first
-- The first month with anything in it.
SELECT min(month) AS n FROM cell_month WHERE meetings > 0;

-- name: cell_month_wrong
-- Rows that do not hold what the facts say, for chibo verify.
SELECT f.realm, f.unit_id, f.month, 1 AS n
FROM cell_month_fact f
LEFT JOIN cell_month m ON m.realm = f.realm AND m.unit_id = f.unit_id AND m.month = f.month
WHERE m.month IS NULL OR (
	m.regular, m.thematic, m.meetings, m.pre_meetings, m.complete, m.by_score, m.scored, m.good, m.fair, m.average,
	m.poor, m.self_good, m.self_scored, m.decided, m.reported, m.points, m.expected, m.present, m.excused, m.unexcused,
	m.thematic_poor
) <> (
	f.regular, f.thematic, f.meetings, f.pre_meetings, f.complete, f.by_score, f.scored, f.good, f.fair, f.average,
	f.poor, f.self_good, f.self_scored, f.decided, f.reported, f.points, f.expected, f.present, f.excused, f.unexcused,
	f.thematic_poor
)
UNION ALL
SELECT m.realm, m.unit_id, m.month, 0 AS n
FROM cell_month m
WHERE m.meetings > 0 AND NOT EXISTS (
	SELECT 1 FROM meeting x WHERE x.realm = m.realm AND x.unit_id = m.unit_id AND x.month = m.month AND x.kind <> 'committee')
ORDER BY 1, 2, 3;

-- name: cell_month_count
SELECT count(*) AS n FROM cell_month;

-- name: rollup_heads
-- How far each chain of the journal reaches.
SELECT lane, seq FROM journal_head ORDER BY lane;

-- name: rollup_news
-- What was written since. $1 lane $2 after this one $3 up to this one
SELECT realm, unit_id, entity, count(*) AS n FROM journal WHERE lane = $1 AND seq > $2 AND seq <= $3
GROUP BY realm, unit_id, entity;

-- name: rollup_quality
-- Regular meetings of a unit, the latest of a month first, each with its sheets, the one that counts first. $1 realm $2 unit $3 first month $4 last
SELECT m.id, m.month, m.starts_at, m.expected, coalesce(s.points, 0) AS points, coalesce(s.revision, 0) AS revision,
	coalesce(s.stage, '') AS stage, coalesce(s.scheme, '') AS scheme, coalesce(s.class, '') AS class, coalesce(s.facts, '') AS facts
FROM meeting m
LEFT JOIN score_sheet s ON s.realm = m.realm AND s.meeting_id = m.id AND s.stage IN ('decided', 'voted', 'self')
WHERE m.realm = $1 AND m.unit_id = $2 AND m.month >= $3 AND m.month <= $4 AND m.kind = 'regular'
	AND m.state NOT IN ('planned', 'date_registered', 'scheduled', 'prepared', 'open', 'postponed', 'cancelled')
ORDER BY m.month, m.starts_at DESC, m.id DESC, CASE s.stage WHEN 'decided' THEN 1 WHEN 'voted' THEN 2 ELSE 3 END, s.revision DESC;

-- name: rollup_lost
-- Lines of a sheet that lost points, the dearest first. $1 realm $2 meeting $3 stage $4 revision
SELECT line, points, max FROM score_line
WHERE realm = $1 AND meeting_id = $2 AND stage = $3 AND revision = $4 AND points < max AND source <> 'not_applicable'
ORDER BY max - points DESC, line;

-- name: cell_month_sums
-- The whole installation, month by month.
SELECT month,
	CAST(sum(regular) AS @INT) AS regular,
	CAST(sum(thematic) AS @INT) AS thematic,
	CAST(sum(meetings) AS @INT) AS meetings,
	CAST(sum(pre_meetings) AS @INT) AS pre_meetings,
	CAST(sum(complete) AS @INT) AS complete,
	CAST(sum(by_score) AS @INT) AS by_score,
	CAST(sum(scored) AS @INT) AS scored,
	CAST(sum(good) AS @INT) AS good,
	CAST(sum(fair) AS @INT) AS fair,
	CAST(sum(average) AS @INT) AS average,
	CAST(sum(poor) AS @INT) AS poor,
	CAST(sum(self_good) AS @INT) AS self_good,
	CAST(sum(self_scored) AS @INT) AS self_scored,
	CAST(sum(decided) AS @INT) AS decided,
	CAST(sum(reported) AS @INT) AS reported,
	CAST(sum(points) AS @INT) AS points,
	CAST(sum(expected) AS @INT) AS expected,
	CAST(sum(present) AS @INT) AS present,
	CAST(sum(excused) AS @INT) AS excused,
	CAST(sum(unexcused) AS @INT) AS unexcused,
	CAST(sum(thematic_poor) AS @INT) AS thematic_poor
FROM cell_month GROUP BY month ORDER BY month;

-- ---------------------------------------------------------------- years

-- name: cell_year_touch
-- Makes the row of a unit's year again where it differs, and gives it back. $1 realm $2 unit $3 first year $4 last year
INSERT INTO cell_year (realm, unit_id, year,
	registered, assessed, met, recognised, exemplary, excellent, good, completed, not_completed,
	members_excellent, members_good, members_completed, members_not_completed, secretaries, secretaries_good,
	initiatives, members, members_with_initiative)
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
WHERE realm = $1 AND unit_id = $2 AND year >= $3 AND year <= $4
GROUP BY realm, unit_id, year
ON CONFLICT (realm, unit_id, year) DO UPDATE SET rev = cell_year.rev % 65535 + 1,
	registered = excluded.registered, assessed = excluded.assessed, met = excluded.met, recognised =
	excluded.recognised, exemplary = excluded.exemplary, excellent = excluded.excellent, good = excluded.good,
	completed = excluded.completed, not_completed = excluded.not_completed, members_excellent =
	excluded.members_excellent, members_good = excluded.members_good, members_completed =
	excluded.members_completed, members_not_completed = excluded.members_not_completed, secretaries =
	excluded.secretaries, secretaries_good = excluded.secretaries_good, initiatives = excluded.initiatives,
	members = excluded.members, members_with_initiative = excluded.members_with_initiative
WHERE (
	cell_year.registered, cell_year.assessed, cell_year.met, cell_year.recognised, cell_year.exemplary,
	cell_year.excellent, cell_year.good, cell_year.completed, cell_year.not_completed,
	cell_year.members_excellent, cell_year.members_good, cell_year.members_completed,
	cell_year.members_not_completed, cell_year.secretaries, cell_year.secretaries_good, cell_year.initiatives,
	cell_year.members, cell_year.members_with_initiative
) <> (
	excluded.registered, excluded.assessed, excluded.met, excluded.recognised, excluded.exemplary,
	excluded.excellent, excluded.good, excluded.completed, excluded.not_completed, excluded.members_excellent,
	excluded.members_good, excluded.members_completed, excluded.members_not_completed, excluded.secretaries,
	excluded.secretaries_good, excluded.initiatives, excluded.members, excluded.members_with_initiative
)
RETURNING realm, unit_id, year, rev,
	registered, assessed, met, recognised, exemplary, excellent, good, completed, not_completed,
	members_excellent, members_good, members_completed, members_not_completed, secretaries, secretaries_good,
	initiatives, members, members_with_initiative;

-- name: cell_year_empty
-- Empties the rows of one unit of whose year nothing is recorded any more, and gives those back. $1 realm $2 unit $3 first year $4 last year
UPDATE cell_year SET rev = rev % 65535 + 1,
	registered = 0, assessed = 0, met = 0, recognised = 0, exemplary = 0, excellent = 0, good = 0, completed = 0,
	not_completed = 0, members_excellent = 0, members_good = 0, members_completed = 0, members_not_completed = 0,
	secretaries = 0, secretaries_good = 0, initiatives = 0, members = 0, members_with_initiative = 0
WHERE realm = $1 AND unit_id = $2 AND year >= $3 AND year <= $4 AND (
	registered <> 0 OR assessed <> 0 OR met <> 0 OR recognised <> 0 OR exemplary <> 0 OR excellent <> 0 OR good <> 0 OR
	completed <> 0 OR not_completed <> 0 OR members_excellent <> 0 OR members_good <> 0 OR members_completed <> 0 OR
	members_not_completed <> 0 OR secretaries <> 0 OR secretaries_good <> 0 OR initiatives <> 0 OR members <> 0 OR
	members_with_initiative <> 0) AND NOT EXISTS (
	SELECT 1 FROM year_case k WHERE k.realm = cell_year.realm AND k.unit_id = cell_year.unit_id AND k.year = cell_year.year)
	AND NOT EXISTS (
	SELECT 1 FROM initiative k WHERE k.realm = cell_year.realm AND k.unit_id = cell_year.unit_id AND k.year = cell_year.year)
RETURNING realm, unit_id, year, rev,
	registered, assessed, met, recognised, exemplary, excellent, good, completed, not_completed,
	members_excellent, members_good, members_completed, members_not_completed, secretaries, secretaries_good,
	initiatives, members, members_with_initiative;

-- name: cell_year_any
-- Years of a unit that have a row. $1 realm $2 unit
SELECT count(*) AS n FROM cell_year WHERE realm = $1 AND unit_id = $2;

-- name: cell_year_remake
-- The same for all units.
INSERT INTO cell_year (realm, unit_id, year,
	registered, assessed, met, recognised, exemplary, excellent, good, completed, not_completed,
	members_excellent, members_good, members_completed, members_not_completed, secretaries, secretaries_good,
	initiatives, members, members_with_initiative)
SELECT realm, unit_id, year,
	registered, assessed, met, recognised, exemplary, excellent, good, completed, not_completed,
	members_excellent, members_good, members_completed, members_not_completed, secretaries, secretaries_good,
	initiatives, members, members_with_initiative
FROM cell_year_fact
WHERE realm IS NOT NULL
ON CONFLICT (realm, unit_id, year) DO UPDATE SET rev = cell_year.rev % 65535 + 1,
	registered = excluded.registered, assessed = excluded.assessed, met = excluded.met, recognised =
	excluded.recognised, exemplary = excluded.exemplary, excellent = excluded.excellent, good = excluded.good,
	completed = excluded.completed, not_completed = excluded.not_completed, members_excellent =
	excluded.members_excellent, members_good = excluded.members_good, members_completed =
	excluded.members_completed, members_not_completed = excluded.members_not_completed, secretaries =
	excluded.secretaries, secretaries_good = excluded.secretaries_good, initiatives = excluded.initiatives,
	members = excluded.members, members_with_initiative = excluded.members_with_initiative
WHERE (
	cell_year.registered, cell_year.assessed, cell_year.met, cell_year.recognised, cell_year.exemplary,
	cell_year.excellent, cell_year.good, cell_year.completed, cell_year.not_completed,
	cell_year.members_excellent, cell_year.members_good, cell_year.members_completed,
	cell_year.members_not_completed, cell_year.secretaries, cell_year.secretaries_good, cell_year.initiatives,
	cell_year.members, cell_year.members_with_initiative
) <> (
	excluded.registered, excluded.assessed, excluded.met, excluded.recognised, excluded.exemplary,
	excluded.excellent, excluded.good, excluded.completed, excluded.not_completed, excluded.members_excellent,
	excluded.members_good, excluded.members_completed, excluded.members_not_completed, excluded.secretaries,
	excluded.secretaries_good, excluded.initiatives, excluded.members, excluded.members_with_initiative
);

-- name: cell_year_remake_empty
UPDATE cell_year SET rev = rev % 65535 + 1,
	registered = 0, assessed = 0, met = 0, recognised = 0, exemplary = 0, excellent = 0, good = 0, completed = 0,
	not_completed = 0, members_excellent = 0, members_good = 0, members_completed = 0, members_not_completed = 0,
	secretaries = 0, secretaries_good = 0, initiatives = 0, members = 0, members_with_initiative = 0
WHERE (
	registered <> 0 OR assessed <> 0 OR met <> 0 OR recognised <> 0 OR exemplary <> 0 OR excellent <> 0 OR good <> 0 OR
	completed <> 0 OR not_completed <> 0 OR members_excellent <> 0 OR members_good <> 0 OR members_completed <> 0 OR
	members_not_completed <> 0 OR secretaries <> 0 OR secretaries_good <> 0 OR initiatives <> 0 OR members <> 0 OR
	members_with_initiative <> 0) AND NOT EXISTS (
	SELECT 1 FROM year_case k WHERE k.realm = cell_year.realm AND k.unit_id = cell_year.unit_id AND k.year = cell_year.year)
	AND NOT EXISTS (
	SELECT 1 FROM initiative k WHERE k.realm = cell_year.realm AND k.unit_id = cell_year.unit_id AND k.year = cell_year.year);

-- name: cell_year_load
-- Rows of some years, unit by unit. $1 first year $2 last year
SELECT realm, unit_id, year, rev,
	registered, assessed, met, recognised, exemplary, excellent, good, completed, not_completed,
	members_excellent, members_good, members_completed, members_not_completed, secretaries, secretaries_good,
	initiatives, members, members_with_initiative
FROM cell_year WHERE year >= $1 AND year <= $2 ORDER BY realm, unit_id, year;

-- name: cell_year_load_unit
-- $1 realm $2 unit $3 first year $4 last year
SELECT realm, unit_id, year, rev,
	registered, assessed, met, recognised, exemplary, excellent, good, completed, not_completed,
	members_excellent, members_good, members_completed, members_not_completed, secretaries, secretaries_good,
	initiatives, members, members_with_initiative
FROM cell_year WHERE realm = $1 AND unit_id = $2 AND year >= $3 AND year <= $4 ORDER BY year;

-- name: cell_year_wrong
-- Rows that do not hold what the facts say, for chibo verify.
SELECT f.realm, f.unit_id, f.year AS month, 1 AS n
FROM cell_year_fact f
LEFT JOIN cell_year m ON m.realm = f.realm AND m.unit_id = f.unit_id AND m.year = f.year
WHERE m.year IS NULL OR (
	m.registered, m.assessed, m.met, m.recognised, m.exemplary, m.excellent, m.good, m.completed,
	m.not_completed, m.members_excellent, m.members_good, m.members_completed, m.members_not_completed,
	m.secretaries, m.secretaries_good, m.initiatives, m.members, m.members_with_initiative
) <> (
	f.registered, f.assessed, f.met, f.recognised, f.exemplary, f.excellent, f.good, f.completed,
	f.not_completed, f.members_excellent, f.members_good, f.members_completed, f.members_not_completed,
	f.secretaries, f.secretaries_good, f.initiatives, f.members, f.members_with_initiative
)
UNION ALL
SELECT cell_year.realm, cell_year.unit_id, cell_year.year AS month, 0 AS n
FROM cell_year
WHERE (
	registered <> 0 OR assessed <> 0 OR met <> 0 OR recognised <> 0 OR exemplary <> 0 OR excellent <> 0 OR good <> 0 OR
	completed <> 0 OR not_completed <> 0 OR members_excellent <> 0 OR members_good <> 0 OR members_completed <> 0 OR
	members_not_completed <> 0 OR secretaries <> 0 OR secretaries_good <> 0 OR initiatives <> 0 OR members <> 0 OR
	members_with_initiative <> 0) AND NOT EXISTS (
	SELECT 1 FROM year_case k WHERE k.realm = cell_year.realm AND k.unit_id = cell_year.unit_id AND k.year = cell_year.year)
	AND NOT EXISTS (
	SELECT 1 FROM initiative k WHERE k.realm = cell_year.realm AND k.unit_id = cell_year.unit_id AND k.year = cell_year.year)
ORDER BY 1, 2, 3;

-- name: cell_year_count
SELECT count(*) AS n FROM cell_year;

-- name: cell_year_first
-- The first year with anything in it.
SELECT min(year) AS n FROM cell_year;

-- name: cell_year_sums
-- The whole installation, year by year. Whether a row is a cell's or a body's stands in the tree, so both are summed here.
SELECT year,
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
	CAST(sum(members) AS @INT) AS members,
	CAST(sum(members_with_initiative) AS @INT) AS members_with_initiative
FROM cell_year GROUP BY year ORDER BY year;

-- name: rollup_excused
-- Months of a unit whose regular meeting was postponed or cancelled for a reason that was approved: its own month and the one it was planned for.
-- $1 realm $2 unit $3 first month $4 last month
SELECT m.month, m.planned_on FROM meeting m
WHERE m.realm = $1 AND m.unit_id = $2 AND m.month >= $3 AND m.month <= $4 + 3 AND m.kind = 'regular'
	AND EXISTS (SELECT 1 FROM meeting_step s WHERE s.realm = m.realm AND s.meeting_id = m.id AND s.to_state IN ('postponed', 'cancelled') AND s.approved_by <> '');
