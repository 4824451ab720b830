/* meeting.c — meetings in the store: reading, creating, changing. What may be wrong with one is check.c. */
#include "meeting/meeting.h"

#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "meeting/online.h"
#include "meeting/progress.h"
#include "meeting/store.h"
#include "meeting/touch.h"
#include "meeting_sql.h"
#include "org/unit.h"

const char *const meeting_kind_words[] = { "", N_("regular"), N_("thematic"), N_("extraordinary"), N_("committee"), NULL };
const char *const meeting_state_words[] = { "", "planned", "date_registered", "scheduled", "prepared", "open", "held", "scored", "voted",
	                                        "minutes_signed", "reported", "decided", "locked", "postponed", "cancelled", "reopened", NULL };
static const char *const state_names[] = {
	"", N_("Planned"), N_("Date registered"), N_("On the schedule"), N_("Prepared"), N_("In session"), N_("Held"), N_("Scored by the cell"),
	N_("Score voted"), N_("Minutes signed"), N_("Reported"), N_("Decided"), N_("Locked"), N_("Postponed"), N_("Cancelled"), N_("Reopened"),
};
const char *const meeting_mode_words[] = { "", N_("in_person"), N_("online"), N_("hybrid"), NULL };
const char *const score_stage_words[] = { "", "self", "guest", "voted", "decided", NULL };

#define COUNT_FIELD(f, label) FIELD(struct meeting, f, label, 0, .min = 0, .max = 100000)
/* clang-format off */
#define FILE_FIELDS(code_flags) \
	FIELD(struct meeting, code, N_("Meeting code"), code_flags, .max = 60), \
	FIELD(struct meeting, unit_code, N_("Unit code"), REQUIRED, .max = 60), \
	FIELD(struct meeting, kind, N_("Kind"), REQUIRED, .words = meeting_kind_words), \
	FIELD(struct meeting, thematic, N_("With a thematic part"), 0), \
	FIELD(struct meeting, starts_at, N_("Starts"), REQUIRED), \
	FIELD(struct meeting, ends_at, N_("Ends"), 0), \
	COUNT_FIELD(expected, N_("Expected")), \
	COUNT_FIELD(present, N_("Present")), \
	COUNT_FIELD(excused, N_("Absent, excused")), \
	COUNT_FIELD(unexcused, N_("Absent, unexcused")), \
	COUNT_FIELD(official_present, N_("Official members present")), \
	COUNT_FIELD(speakers, N_("Members who spoke")), \
	FIELD(struct meeting, pre_meeting_on, N_("Committee pre-meeting on"), 0), \
	FIELD(struct meeting, documents_sent_at, N_("Documents sent"), 0), \
	FIELD(struct meeting, scored_at, N_("Scored"), 0), \
	FIELD(struct meeting, self_points, N_("Self-scored points"), 0, .min = 0, .max = 1000), \
	FIELD(struct meeting, decided_points, N_("Decided points"), 0, .min = 0, .max = 1000), \
	FIELD(struct meeting, topic, N_("Topic"), 0, .max = 500)
#define STORE_FIELDS \
	COL(struct meeting, state, .words = meeting_state_words), COL(struct meeting, afterwards), COL(struct meeting, chair_id), \
	COL(struct meeting, minute_taker_id), COL(struct meeting, author_id), COL(struct meeting, planned_on), COL(struct meeting, sequence), \
	COL(struct meeting, minutes_approved_at), COL(struct meeting, minutes_signed_on), \
	COL(struct meeting, realm), COL(struct meeting, id), COL(struct meeting, unit_id), COL(struct meeting, month), \
	COL(struct meeting, unit_name), COL(struct meeting, rev), COL(struct meeting, rows), COL(struct meeting, points), \
	COL(struct meeting, class, .words = grade_words), COL(struct meeting, stage, .words = score_stage_words)
/* clang-format on */

static const struct field fields[] = { FILE_FIELDS(KEY), FIELD(struct meeting, uploaded_at, N_("Final documents uploaded"), 0), FIELD(struct meeting, place, N_("Place"), 0, .max = 200),
	                                   FIELD(struct meeting, mode, N_("Mode"), 0, .words = meeting_mode_words),
	                                   FIELD(struct meeting, by_groups, N_("Held by party groups"), 0),
	                                   STORE_FIELDS, FIELD_END };
static const struct field file_fields[] = { FILE_FIELDS(REQUIRED | KEY), COL(struct meeting, uploaded_at), COL(struct meeting, place),
	                                        COL(struct meeting, mode, .words = meeting_mode_words), COL(struct meeting, by_groups),
	                                        STORE_FIELDS, FIELD_END };
const struct record meeting_record = { "meeting", sizeof(struct meeting), fields };
const struct record meeting_file_record = { "meeting", sizeof(struct meeting), file_fields };

/* ---------------------------------------------------------------- what it is */

const char *meeting_state_name(enum lang lang, unsigned state)
{
	return state && state < MEETING_STATES ? tr(lang, state_names[state]) : "";
}

enum meeting_state meeting_state(const struct meeting *m)
{
	return (enum meeting_state)m->state;
}

bool meeting_is_scored_kind(const struct meeting *m)
{
	return m->kind == MEETING_REGULAR || m->kind == MEETING_THEMATIC;
}

bool meeting_has_theme(const struct meeting *m)
{
	return m->thematic || m->kind == MEETING_THEMATIC;
}

bool meeting_fits_level(unsigned kind, unsigned level)
{
	return kind == MEETING_COMMITTEE || level == LEVEL_CELL || level == LEVEL_GRASSROOTS;
}

struct date meeting_day(const struct meeting *m)
{
	return moment_date(m->starts_at);
}

void meeting_json(struct json *j, const struct meeting *m)
{
	char id[NUM_TEXT];

	snprintf(id, sizeof id, "%lld", (long long)m->id);
	json_put_str(j, "id", id); /* as text: scripts keep only 53 bits of a number */
	record_json(j, &meeting_record, m);
	json_put_str(j, "unit_name", m->unit_name);
	json_put_str(j, "state", meeting_state_words[meeting_state(m)]);
	field_json(j, record_field(&meeting_record, "points"), m);
	json_put_str(j, "class", m->class ? grade_words[m->class] : NULL);
	json_put_str(j, "stage", m->stage ? score_stage_words[m->stage] : NULL);
	json_put_int(j, "rev", m->rev);
}

/* ---------------------------------------------------------------- reading */

fail meeting_by_id(struct call *c, int64_t id, struct meeting *out)
{
	fail f = db_one(c, &Q_meeting_by_id, ARGS(V(id)), &meeting_record, out);

	if (f == FAIL_NOT_FOUND)
		return problem(c, f, "meeting", "there is no such meeting");
	return f;
}

fail meeting_unit(struct call *c, int64_t id, int64_t *unit_id)
{
	TRY(db_int(c, &Q_meeting_unit, ARGS(V(id)), 0, unit_id));
	return *unit_id ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "meeting", "there is no such meeting");
}

fail meeting_by_code(struct call *c, const char *code, struct meeting *out)
{
	struct meetings found;

	TRY(db_all(c, &Q_meetings_by_code, ARGS(V(code)), &meeting_record, &found.v, &found.n));
	if (found.n == 0)
		return problem(c, FAIL_NOT_FOUND, "meeting_code", "there is no meeting with the code “%s”", code);
	if (found.n > 1)
		return problem(c, FAIL_CONFLICT, "meeting_code", "the code “%s” belongs to meetings of several provinces; give them different codes",
		               code);
	*out = found.v[0];
	return FAIL_OK;
}

fail meeting_list(struct call *c, const struct meeting_list_query *q, struct meetings *out)
{
	struct date since = q->now ? q->today : month_first(q->period.from), until = q->now ? q->today : month_last(q->period.to);
	char before[MOMENT_TEXT] = "9999-12-31T23:59";

	if (moment_is(q->before))
		moment_format(q->before, before);
	return db_all(c, &Q_meeting_page,
	              ARGS(V(q->unit_id), V(since), V(until), V(q->period.from), V(q->period.to), V((const char *)before),
	                   V(moment_is(q->before) ? q->before_id : INT64_MAX), V((int64_t)q->now), V(q->limit)),
	              &meeting_record, &out->v, &out->n);
}

fail meeting_previous_regular(struct call *c, const struct meeting *m, struct meeting *out)
{
	fail f = db_one(c, &Q_meeting_previous_regular, ARGS(V(m->realm), V(m->unit_id), V(m->starts_at), V(m->id)), &meeting_record, out);

	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&meeting_record, out);
	out->id = 0;
	return FAIL_OK;
}

fail meetings_in_month(struct call *c, int64_t unit_id, unsigned kind, month_no month, struct meetings *out)
{
	return db_all(c, &Q_meetings_in_month, ARGS(V(unit_id), V(meeting_kind_words[kind]), V(month)), &meeting_record, &out->v, &out->n);
}

fail meeting_next(struct call *c, int64_t unit_id, struct meeting *out)
{
	fail f = db_one(c, &Q_meeting_next, ARGS(V(unit_id), V(date_month(c->today))), &meeting_record, out);

	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&meeting_record, out);
	out->id = 0;
	return FAIL_OK;
}

fail meeting_year_regular(struct call *c, const struct meeting *m, struct meetings *out)
{
	int64_t first = m->month - m->month % 12;

	return db_all(c, &Q_meetings_regular_of_year, ARGS(V(m->realm), V(m->unit_id), V(first), V(m->month), V(m->starts_at)),
	              &meeting_record, &out->v, &out->n);
}

/* ---------------------------------------------------------------- writing */

static const char *as_json(struct call *c, const struct meeting *m)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &meeting_record, m);
	json_object_end(&j);
	return out_text(&o);
}

/* The columns that a change may touch, and only these, decide whether anything differs. */
static bool same_person(int64_t x, int64_t y)
{
	return x == y || (x <= 0 && y <= 0);
}

/* Where, how and with whom. */
static bool same_setting(const struct meeting *x, const struct meeting *y)
{
	return strcmp(x->place, y->place) == 0 && x->mode == y->mode && x->by_groups == y->by_groups && same_person(x->chair_id, y->chair_id) &&
	       same_person(x->minute_taker_id, y->minute_taker_id) && same_person(x->author_id, y->author_id) &&
	       x->minutes_approved_at.minutes == y->minutes_approved_at.minutes && x->minutes_signed_on.days == y->minutes_signed_on.days;
}

bool meeting_same_content(const struct meeting *x, const struct meeting *y)
{
	return x->kind == y->kind && x->thematic == y->thematic && x->starts_at.minutes == y->starts_at.minutes &&
	       x->ends_at.minutes == y->ends_at.minutes && x->expected == y->expected && x->present == y->present &&
	       x->excused == y->excused && x->unexcused == y->unexcused && x->official_present == y->official_present &&
	       x->speakers == y->speakers && x->pre_meeting_on.days == y->pre_meeting_on.days &&
	       x->documents_sent_at.minutes == y->documents_sent_at.minutes && x->scored_at.minutes == y->scored_at.minutes &&
	       x->uploaded_at.minutes == y->uploaded_at.minutes && strcmp(x->topic, y->topic) == 0 && same_setting(x, y);
}

/* "CB01-20251028", and with a letter for other kinds; a number is added when the cell met twice that day. */
static fail make_code(struct call *c, struct meeting *m)
{
	static const char *const mark[] = { "", "", "-T", "-X", "-C" };
	char day[DATE_TEXT];
	int64_t taken;

	date_format(meeting_day(m), day);
	const char *stem = arena_printf(c->arena, "%s-%.4s%.2s%.2s%s", m->unit_code, day, day + 5, day + 8, mark[m->kind]);

	m->code = stem;
	for (int n = 2;; n++) {
		TRY(db_int(c, &Q_meeting_code_taken, ARGS(V(m->realm), V(m->code)), 0, &taken));
		if (!taken)
			return FAIL_OK;
		m->code = arena_printf(c->arena, "%s-%d", stem, n);
	}
}

/* The unit as it was that day: it existed, and is one that holds such meetings. */
static fail check_unit(struct call *c, struct meeting *m)
{
	struct unit unit;

	if (m->unit_id <= 0 && !*m->unit_code)
		return problem(c, FAIL_INPUT, "unit_code", "name the cell by its code");
	if (m->unit_id <= 0)
		TRY(org_unit_id(c, m->unit_code, &m->unit_id));
	TRY(org_unit(c, m->unit_id, meeting_day(m), &unit));
	if (*m->unit_code && strcmp(m->unit_code, unit.code) != 0)
		return problem(c, FAIL_INPUT, "unit_code", "this meeting is one of the unit %s, not of %s", unit.code, m->unit_code);
	m->realm = unit.realm;
	m->unit_code = unit.code;
	m->unit_name = unit.name;
	if (meeting_fits_level(m->kind, unit.level))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "unit_code", "%s is not a cell; only cells hold such meetings", unit.name);
}

/* V01. Where nobody is on the roll of that day the number of official members is not known, and nothing is refused for it. */
fail meeting_check_roll(struct call *c, const struct meeting *m)
{
	struct roll roll;
	int64_t official = 0;

	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	for (size_t i = 0; i < roll.n; i++)
		official += roll.v[i].status != STATUS_TEMP_HERE && roll.v[i].official;
	return meeting_check_quorum(c, m->kind, roll.n ? official : INT_UNKNOWN);
}

static fail check_all(struct call *c, struct meeting *m)
{
	struct flaws found = { 0 };

	meeting_check(c, m, &found);
	TRY(flaws_refuse(c, &found));
	m->month = date_month(meeting_day(m));
	TRY(check_unit(c, m));
	TRY(meeting_check_groups(c, m));
	if (!meeting_was_held(m->state))
		TRY(meeting_check_online(c, m));
	if (m->state != MEETING_OPEN && !meeting_was_held(m->state))
		return FAIL_OK;
	return meeting_check_roll(c, m);
}

static struct dbv some_id(int64_t id)
{
	return dbv_int(id > 0 ? id : INT_UNKNOWN);
}

fail meeting_insert_row(struct call *c, const struct meeting *m)
{
	return db_exec(c, &Q_meeting_insert,
	               ARGS(V(m->realm), V(m->id), V(m->code), V(m->unit_id), V(m->month), V(meeting_kind_words[m->kind]), V(m->thematic),
	                    V(m->starts_at), V(m->ends_at), V(m->expected), V(m->present), V(m->excused), V(m->unexcused),
	                    V(m->official_present), V(m->speakers), V(m->pre_meeting_on), V(m->documents_sent_at), V(m->scored_at),
	                    V(m->uploaded_at), V(m->topic), V(meeting_state_words[m->state ? m->state : MEETING_HELD]),
	                    V(m->state ? m->afterwards : true), V(m->place), V(meeting_mode_words[m->mode]), V(m->by_groups), some_id(m->chair_id),
	                    some_id(m->minute_taker_id), some_id(m->author_id), V(m->planned_on)),
	               NULL);
}

static fail create_body(struct call *c, void *arg)
{
	struct meeting *out = arg, made = *out, *m = &made;
	int64_t taken;

	if (!m->state) {
		m->state = MEETING_HELD;
		m->afterwards = true;
	}
	TRY(check_all(c, m));
	if (!*m->code)
		TRY(make_code(c, m));
	TRY(db_int(c, &Q_meeting_code_taken, ARGS(V(m->realm), V(m->code)), 0, &taken));
	if (taken)
		return problem(c, FAIL_CONFLICT, "code", "there is already a meeting with the code “%s”", m->code);
	m->id = id_new();
	m->rev = 1;
	m->rows = 0;
	m->sequence = 0;
	TRY(meeting_insert_row(c, m));
	TRY(meeting_step_first(c, m));
	TRY(journal_add(c, m->realm, m->unit_id, "create", "meeting", m->id, NULL, as_json(c, m)));
	TRY(meeting_touch_month(c, m->realm, m->unit_id, (month_no)m->month));
	*out = made;
	return FAIL_OK;
}

fail meeting_create(struct call *c, struct meeting *m)
{
	return db_write(c, create_body, m);
}

static fail stale(struct call *c, const struct meeting *stored)
{
	return problem(c, FAIL_CONFLICT, "rev", "somebody changed this meeting in the meantime; it is now version %lld. Compare and save again",
	               (long long)stored->rev);
}

fail meeting_lock(struct call *c, int64_t id, int64_t rev, struct meeting *m)
{
	TRY(meeting_by_id(c, id, m));
	return rev != ANY_REV && rev != m->rev ? stale(c, m) : FAIL_OK;
}

fail meeting_overwrite(struct call *c, const struct meeting *m)
{
	return db_exec(c, &Q_meeting_write,
	               ARGS(V(m->realm), V(m->id), V(m->month), V(meeting_kind_words[m->kind]), V(m->thematic), V(m->starts_at), V(m->ends_at),
	                    V(m->expected), V(m->present), V(m->excused), V(m->unexcused), V(m->official_present), V(m->speakers),
	                    V(m->pre_meeting_on), V(m->documents_sent_at), V(m->scored_at), V(m->uploaded_at), V(m->topic), V(m->place),
	                    V(meeting_mode_words[m->mode]), V(m->by_groups), some_id(m->chair_id), some_id(m->minute_taker_id), some_id(m->author_id),
	                    V(m->minutes_approved_at), V(m->minutes_signed_on), V(m->sequence)),
	               NULL);
}

void meeting_raise_sequence(const struct meeting *before, struct meeting *m)
{
	bool moved = before->starts_at.minutes != m->starts_at.minutes || before->ends_at.minutes != m->ends_at.minutes ||
	             before->mode != m->mode || before->kind != m->kind || strcmp(before->place, m->place) != 0;

	m->sequence = before->sequence + (moved && meeting_part_is_open(before, PART_TIME) && !meeting_was_held(before->state));
}

fail meeting_write_row(struct call *c, const struct meeting *before, struct meeting *m)
{
	TRY(meeting_overwrite(c, m));
	m->rev = before->rev + 1;
	return journal_add(c, m->realm, m->unit_id, "update", "meeting", m->id, as_json(c, before), as_json(c, m));
}

fail meeting_store(struct call *c, const struct meeting *before, struct meeting *m)
{
	struct flaws found = { 0 };

	TRY(meeting_check_parts(c, before, m));
	if (meeting_part_is_open(before, PART_ROOM))
		TRY(attendance_apply(c, m, &found));
	TRY(flaws_refuse(c, &found));
	TRY(check_all(c, m));
	m->rev = before->rev;
	if (meeting_same_content(m, before))
		return FAIL_OK;
	meeting_raise_sequence(before, m);
	TRY(meeting_write_row(c, before, m));
	TRY(meeting_touch_month(c, m->realm, m->unit_id, (month_no)m->month));
	if (before->month == m->month)
		return FAIL_OK;
	return meeting_touch_month(c, m->realm, m->unit_id, (month_no)before->month);
}

/* The parts of a meeting that a change does not carry come from the store. */
static void keep_identity(struct meeting *m, const struct meeting *stored)
{
	m->realm = stored->realm;
	m->unit_id = stored->unit_id;
	m->unit_code = stored->unit_code;
	m->code = stored->code;
	m->rows = stored->rows;
	m->state = stored->state;
	m->afterwards = stored->afterwards;
	m->planned_on = stored->planned_on;
	m->sequence = stored->sequence;
	m->self_points = stored->self_points;
	m->decided_points = stored->decided_points;
	m->points = stored->points;
	m->class = stored->class;
	m->stage = stored->stage;
}

struct update {
	struct meeting *m, *stored;
};

static fail update_body(struct call *c, void *arg)
{
	struct update *u = arg;
	struct meeting m = *u->m;

	TRY(meeting_lock(c, m.id, m.rev, u->stored));
	keep_identity(&m, u->stored);
	TRY(meeting_store(c, u->stored, &m));
	*u->m = m;
	return FAIL_OK;
}

fail meeting_update(struct call *c, struct meeting *m, struct meeting *stored)
{
	return db_write(c, update_body, &(struct update){ m, stored });
}

fail meeting_raise(struct call *c, int64_t realm, int64_t id)
{
	return db_exec(c, &Q_meeting_raise, ARGS(V(realm), V(id)), NULL);
}

fail meeting_touched(struct call *c, struct meeting *m)
{
	TRY(meeting_raise(c, m->realm, m->id));
	m->rev++;
	return meeting_touch_month(c, m->realm, m->unit_id, (month_no)m->month);
}
