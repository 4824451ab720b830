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
