/* gather_sum.c — walks through the records of a year. Says nothing about what is known, and reads no rule. */
#include "year/gather_sum.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "db/db.h"
#include "gather_sql.h"
#include "year/case.h"

enum { FEW_UNITS = 200, UPLOAD_MINUTES = 2 * 1440, A_DAY = 1440 };

/* ---------------------------------------------------------------- the wanted units */

static int compare(int64_t realm, int64_t id, const struct year_sum *u)
{
	if (realm != u->realm)
		return realm < u->realm ? -1 : 1;
	return (id > u->id) - (id < u->id);
}

static int by_id(const void *a, const void *b)
{
	const struct year_sum *x = a;

	return compare(x->realm, x->id, b);
}

struct year_sum *year_sum_find(const struct year_sums *s, int64_t realm, int64_t unit_id)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int order = compare(realm, unit_id, &s->v[mid]);

		if (order == 0)
			return &s->v[mid];
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

/* The realm of the walk, and whose row came last: rows of a unit follow each other, so that few are looked for. */
struct walk {
	struct year_sums *s;
	int64_t realm;
	struct call *c;
	int64_t now;            /* local minutes */
};

static struct year_sum *unit_of(const struct walk *w, int64_t unit_id)
{
	struct year_sums *s = w->s;

	if (s->at && s->at->id == unit_id && s->at->realm == w->realm)
		return s->at;
	struct year_sum *found = year_sum_find(s, w->realm, unit_id);

	s->at = found ? found : s->at;
	return found;
}

static void drop_doubles(struct year_sums *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (!n || by_id(&s->v[n - 1], &s->v[i]) != 0)
			s->v[n++] = s->v[i];
	s->n = n;
}

static void begin(struct call *c, int year, const struct unit *const *units, size_t n, struct year_sums *s)
{
	*s = (struct year_sums){ .year = year, .first = date_of(year, 1, 1), .last = date_of(year, 12, 31) };
	s->until = c->today.days < s->last.days ? c->today : s->last;
	s->v = ARENA_ARRAY(c->arena, n + 1, struct year_sum);
	for (size_t i = 0; i < n; i++) {
		s->v[i] = (struct year_sum){ .unit = units[i], .id = units[i]->id, .realm = units[i]->realm, .first = units[i]->valid_from, .last = units[i]->valid_to,
			                         .upload_minutes = UPLOAD_MINUTES, .programme_on = DATE_NONE, .rules_on = DATE_NONE, .term_from = DATE_NONE,
			                         .n = { .admissions_aim = INT_UNKNOWN } };
		s->bodies |= units[i]->level != LEVEL_CELL;
	}
	s->n = n;
	qsort(s->v, n, sizeof *s->v, by_id);
	drop_doubles(s);
}

/* ---------------------------------------------------------------- lives */

struct life {
	int64_t unit_id;
	struct date first, last;
	const char *upload_minutes;
};
static const struct field life_fields[] = { COL(struct life, unit_id), COL(struct life, first), COL(struct life, last),
	                                        COL(struct life, upload_minutes), FIELD_END };
static const struct record life_record = { "life", sizeof(struct life), life_fields };

static fail take_life(struct call *c, const void *row, void *arg)
{
	const struct life *r = row;
	const struct walk *w = arg;
	struct year_sum *u = unit_of(w, r->unit_id);

	(void)c;
	if (!u)
		return FAIL_OK;
	u->first = r->first;
	u->last = r->last;
	if (r->upload_minutes)
		(void)!int_parse(r->upload_minutes, &u->upload_minutes);
	u->on = u->last.days < w->s->until.days ? u->last : w->s->until;
	return FAIL_OK;
}

unsigned year_sum_covered(const struct year_sums *s, const struct year_sum *u)
{
	unsigned covered = 0;

	for (int m = 0; m < 12; m++) {
		month_no month = month_of(s->year, m + 1);

		covered |= (unsigned)(u->first.days <= month_first(month).days && u->last.days >= month_last(month).days) << m;
	}
	return covered;
}

int year_sums_month(const struct call *c, const struct year_sums *s)
{
	month_no now = date_month(c->today) - month_of(s->year, 1);

	return now < 0 ? -1 : now > 11 ? 12 : now;
}

/* ---------------------------------------------------------------- months */

struct month_row { int64_t unit_id, month, regular, thematic, meetings, pre_meetings, points, expected, present, grade; };
#define M(f) COL(struct month_row, f)
static const struct field month_fields[] = { M(unit_id), M(month), M(regular), M(thematic), M(meetings), M(pre_meetings), M(points), M(expected), M(present),
	                                         M(grade), FIELD_END };
#undef M
static const struct record month_record = { "month", sizeof(struct month_row), month_fields };

static fail take_month(struct call *c, const void *row, void *arg)
{
	const struct month_row *r = row;
	const struct walk *w = arg;
	struct year_sum *u = unit_of(w, r->unit_id);

	(void)c;
	if (u)
		u->months[r->month - month_of(w->s->year, 1)] = (struct cell_facts){
			.rev = 1, .points = (uint16_t)r->points, .expected = (uint16_t)r->expected, .present = (uint16_t)r->present, .meetings = (uint8_t)r->meetings,
			.thematic = (uint8_t)r->thematic, .pre_meetings = (uint8_t)r->pre_meetings, .grade = (uint8_t)r->grade,
			.marks = r->regular ? MARK_REGULAR : 0,
		};
	return FAIL_OK;
}

/* ---------------------------------------------------------------- meetings */

struct meeting_row {
	int64_t unit_id, id, month, part, afterwards, held, signed_, at_once, lead_minutes, incomplete, upload_minutes;
	struct moment starts_at, ends_at, uploaded_at, sent_at;
	struct date planned_on;
};
enum { PART_OTHER, PART_REGULAR, PART_COMMITTEE };
#define M(f) COL(struct meeting_row, f)
static const struct field meeting_fields[] = {
	M(unit_id), M(id), M(month), M(part), M(afterwards), M(held), { .name = "signed", .type = FIELD_INT, .at = offsetof(struct meeting_row, signed_), .flags = INTERNAL },
	M(at_once), M(lead_minutes), M(incomplete), M(upload_minutes), M(starts_at), M(ends_at), M(uploaded_at), M(sent_at), M(planned_on), FIELD_END
};
#undef M
static const struct record meeting_record_ = { "year_meeting", sizeof(struct meeting_row), meeting_fields };

static void see(struct seen *s, bool known, bool yes)
{
	s->yes += known && yes;
	s->unknown += !known;
}

/* A meeting that went through its life here and has no sending was not prepared for; of another, nobody knows. */
static void take_papers_ahead(struct year_sum *u, const struct meeting_row *r)
{
	int64_t lead = moment_is(r->sent_at) ? r->starts_at.minutes - r->sent_at.minutes : r->lead_minutes;

	see(&u->ahead, lead != INT_UNKNOWN || !r->afterwards, lead != INT_UNKNOWN && lead >= A_DAY);
}

/* Complete and uploaded within its hours. Completeness counts where it was recorded; otherwise the final papers, once uploaded, are there. Until the hours have
 * passed a meeting that lived here counts as in time. */
static void take_papers_after(struct year_sum *u, const struct meeting_row *r, int64_t now)
{
	int64_t end = moment_is(r->ends_at) ? r->ends_at.minutes : r->starts_at.minutes;
	int64_t took = moment_is(r->uploaded_at) ? r->uploaded_at.minutes - end : r->upload_minutes;
	bool has_time = now <= end + u->upload_minutes;

	if (r->afterwards)
		see(&u->complete, took != INT_UNKNOWN, r->incomplete != 1 && took <= u->upload_minutes);
	else
		see(&u->complete, true, took != INT_UNKNOWN ? took <= u->upload_minutes && r->signed_ : has_time);
}

static void take_regular(struct year_sum *u, const struct meeting_row *r, int m)
{
	struct month_meeting *best = &u->regular[m];

	if (best->id && (r->starts_at.minutes < best->minutes || (r->starts_at.minutes == best->minutes && r->id < best->id)))
		return;
	*best = (struct month_meeting){ r->id, r->starts_at.minutes };
	u->at_once = (uint16_t)((u->at_once & ~(1u << m)) | (unsigned)(r->at_once == 1) << m);
}

static uint16_t month_bit(const struct walk *w, month_no month)
{
	month_no m = month - month_of(w->s->year, 1);

	return m >= 0 && m < 12 ? (uint16_t)(1u << m) : 0;
}

/* Both the month for which it was planned and the one in which it stands now. */
static void excuse(const struct walk *w, struct year_sum *u, const struct meeting_row *r)
{
	if (date_is(r->planned_on) && r->part == PART_REGULAR)
		u->excused |= month_bit(w, (month_no)r->month) | month_bit(w, date_month(r->planned_on));
}

static fail take_meeting(struct call *c, const void *row, void *arg)
{
	const struct meeting_row *r = row;
	struct walk *w = arg;
	struct year_sum *u = unit_of(w, r->unit_id);
	int m = (int)r->month - month_of(w->s->year, 1);

	(void)c;
	if (!u)
		return FAIL_OK;
	excuse(w, u, r);
	if (!r->held || m > 11)
		return FAIL_OK;
	if (r->part == PART_COMMITTEE) {
		u->committee |= (uint16_t)(1u << m);
		return FAIL_OK;
	}
	take_papers_ahead(u, r);
	take_papers_after(u, r, w->now);
	if (r->part == PART_REGULAR)
		take_regular(u, r, m);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- tasks */

struct task_row { int64_t unit_id, member_id, above, fate, own; };
static const struct field task_fields[] = { COL(struct task_row, unit_id), COL(struct task_row, member_id), COL(struct task_row, above),
	                                        COL(struct task_row, fate), COL(struct task_row, own), FIELD_END };
static const struct record task_row_record = { "year_task", sizeof(struct task_row), task_fields };

/* The list of a unit lies together, because its rows come together. */
static bool has_task(const struct year_sums *s, const struct year_sum *u, int64_t member_id)
{
	for (uint32_t i = u->holders; i; i = s->holders[i].next)
		if (s->holders[i].member_id == member_id)
			return true;
	return false;
}

static void add_holder(struct call *c, struct year_sums *s, struct year_sum *u, int64_t member_id)
{
	if (has_task(s, u, member_id))
		return;
	if (s->holder_n + 1 >= s->holder_room) {
		struct holder *old = s->holders;

		s->holder_room = s->holder_room ? s->holder_room * 2 : 256;
		s->holders = ARENA_ARRAY(c->arena, s->holder_room, struct holder);
		if (old)
			memcpy(s->holders, old, (s->holder_n + 1) * sizeof *old);
	}
	s->holders[++s->holder_n] = (struct holder){ member_id, u->holders };
	u->holders = s->holder_n;
}

static fail take_task(struct call *c, const void *row, void *arg)
{
	const struct task_row *r = row;
	const struct walk *w = arg;
	struct year_sum *u = unit_of(w, r->unit_id);

	if (!u)
		return FAIL_OK;
	u->tasks[r->fate]++;
	u->tasks_above += r->above && r->fate != FATE_OTHER_YEAR;
	if (r->member_id > 0)
		add_holder(c, w->s, u, r->member_id);
	return FAIL_OK;
}

static fail take_shared(struct call *c, const void *row, void *arg)
{
	const struct task_row *r = row;
	struct year_sum *u = unit_of(arg, r->unit_id);

	(void)c;
	if (!u)
		return FAIL_OK;
	u->tasks[r->own]--;
	u->tasks[r->fate]++;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- people */

struct person_row {
	int64_t unit_id, member_id, trained, role;
	struct date valid_from, valid_to, admitted_on; /* DATE_NONE at an end: it lies outside the year */
};
static const struct field person_fields[] = { COL(struct person_row, unit_id),
	                                          COL(struct person_row, member_id),
	                                          COL(struct person_row, trained),
	                                          COL(struct person_row, role),
	                                          COL(struct person_row, valid_from),
	                                          COL(struct person_row, valid_to),
	                                          COL(struct person_row, admitted_on),
	                                          FIELD_END };
static const struct record person_record = { "year_person", sizeof(struct person_row), person_fields };

enum { ROLE_EXPECTED = 1, ROLE_FREE, ROLE_GUEST };

static bool holds_on(const struct person_row *r, struct date day)
{
	return date_is(day) && r->valid_from.days <= day.days && (!date_is(r->valid_to) || r->valid_to.days >= day.days);
}

/* Whoever has to come to meetings on that day is to have a task; admissions count where the person was admitted. */
static fail take_member(struct call *c, const void *row, void *arg)
{
	const struct person_row *r = row;
	const struct walk *w = arg;
	struct year_sum *u = unit_of(w, r->unit_id);

	(void)c;
	if (!u)
		return FAIL_OK;
	u->roll++;
	if (date_is(r->admitted_on) && r->admitted_on.days >= w->s->first.days && r->admitted_on.days <= w->s->until.days)
		u->admissions += holds_on(r, r->admitted_on);
	if (!holds_on(r, u->on))
		return FAIL_OK;
	u->members += r->role != ROLE_GUEST;
	if (r->role != ROLE_FREE) {
		u->to_assign++;
		u->with_task += has_task(w->s, u, r->member_id);
	}
	return FAIL_OK;
}

static fail take_leader(struct call *c, const void *row, void *arg)
{
	const struct person_row *r = row;
	struct year_sum *u = unit_of(arg, r->unit_id);

	(void)c;
	if (!u || !holds_on(r, u->on) || u->last_leader == r->member_id)
		return FAIL_OK;
	u->last_leader = r->member_id;
	u->leaders++;
	u->leaders_trained += r->trained == 1;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- cases */

struct case_row { int64_t unit_id; unsigned kind, state, result; };
static const struct field case_fields[] = { COL(struct case_row, unit_id), COL(struct case_row, kind, .words = case_kinds),
	                                        COL(struct case_row, state, .words = case_states), COL(struct case_row, result, .words = case_results),
	                                        FIELD_END };
static const struct record case_record = { "year_case_result", sizeof(struct case_row), case_fields };

/* What was decided goes before what the sheet says; who left the set has no result. */
static uint8_t four_good_of(const struct case_row *r)
{
	if (r->state == CASE_WITHDRAWN || r->state == CASE_TRANSFERRED_OUT)
		return RESULT_NONE;
	if (r->state == CASE_RECOGNISED || r->state == CASE_NOT_RECOGNISED)
		return r->state == CASE_RECOGNISED ? RESULT_MET : RESULT_NOT_MET;
	return (uint8_t)r->result;
}

static fail take_case(struct call *c, const void *row, void *arg)
{
	const struct case_row *r = row;
	struct year_sum *u = unit_of(arg, r->unit_id);

	(void)c;
	if (!u)
		return FAIL_OK;
	if (r->kind == CASE_FOUR_GOOD)
		u->four_good = four_good_of(r);
	else
		u->level = (uint8_t)r->result;
	return FAIL_OK;
}

struct levels_row { int64_t unit_id, classified, good, not_completed; };
static const struct field levels_fields[] = { COL(struct levels_row, unit_id), COL(struct levels_row, classified), COL(struct levels_row, good),
	                                          COL(struct levels_row, not_completed), FIELD_END };
static const struct record levels_record = { "year_levels", sizeof(struct levels_row), levels_fields };

static fail take_levels(struct call *c, const void *row, void *arg)
{
	const struct levels_row *r = row;
	struct year_sum *u = unit_of(arg, r->unit_id);

	(void)c;
	if (!u)
		return FAIL_OK;
	u->classified = (int32_t)r->classified;
	u->good = (int32_t)r->good;
	u->not_completed = (int32_t)r->not_completed;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- documents */

struct papers_row {
	int64_t unit_id, documents;
	struct date chosen_on, programme_on, rules_on;
};
static const struct field papers_fields[] = { COL(struct papers_row, unit_id), COL(struct papers_row, documents), COL(struct papers_row, chosen_on),
	                                          COL(struct papers_row, programme_on), COL(struct papers_row, rules_on), FIELD_END };
static const struct record papers_record = { "year_papers", sizeof(struct papers_row), papers_fields };

static fail take_papers(struct call *c, const void *row, void *arg)
{
	const struct papers_row *r = row;
	struct year_sum *u = unit_of(arg, r->unit_id);

	(void)c;
	if (!u)
		return FAIL_OK;
	u->n.documents = r->documents;
	u->programme_on = date_is(r->chosen_on) ? r->chosen_on : r->programme_on;
	u->rules_on = r->rules_on;
	return FAIL_OK;
}

static fail take_term(struct call *c, const void *row, void *arg)
{
	const struct person_row *r = row;
	struct year_sum *u = unit_of(arg, r->unit_id);

	(void)c;
	if (u && holds_on(r, u->on))
		u->term_from = r->valid_from;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- assigned attendance */

static const char *const person_levels[] = { "", "province", "district", "commune", "grassroots", "staff", NULL };
static const unsigned char level_of_person[] = { LEVEL_NONE, LEVEL_PROVINCE, LEVEL_DISTRICT, LEVEL_COMMUNE, LEVEL_GRASSROOTS, LEVEL_NONE };
static const char *const per_words[] = { "", "month", "quarter", "year", NULL };

struct turns_row {
	int64_t unit_id, required_turns, realised;
	unsigned level, per;
	struct date valid_from, valid_to;
};
static const struct field turns_fields[] = { COL(struct turns_row, unit_id),
	                                         COL(struct turns_row, required_turns),
	                                         COL(struct turns_row, realised),
	                                         COL(struct turns_row, level, .words = person_levels),
	                                         COL(struct turns_row, per, .words = per_words),
	                                         COL(struct turns_row, valid_from),
	                                         COL(struct turns_row, valid_to),
	                                         FIELD_END };
static const struct record turns_record = { "year_turns", sizeof(struct turns_row), turns_fields };

/* Months, quarters or years begun while the assignment holds, up to the day that counts. */
static int64_t spans_of(const struct walk *w, const struct turns_row *r)
{
	struct date from = r->valid_from.days > w->s->first.days ? r->valid_from : w->s->first;
	struct date to = r->valid_to.days < w->s->until.days ? r->valid_to : w->s->until;
	static const int months[] = { 12, 1, 3, 12 };

	if (to.days < from.days)
		return 0;
	return date_month(to) / months[r->per] - date_month(from) / months[r->per] + 1;
}

static fail take_turns(struct call *c, const void *row, void *arg)
{
	const struct turns_row *r = row;
	const struct walk *w = arg;
	struct year_sum *u = unit_of(w, r->unit_id);

	(void)c;
	if (!u)
		return FAIL_OK;
	u->turns_required[level_of_person[r->level]] += r->required_turns * spans_of(w, r);
	u->turns_realised[level_of_person[r->level]] += r->realised;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- registers */

static const struct field counts_fields[] = {
	COL(struct year_counts, unit_id),
#define X(name) COL(struct year_counts, name),
	YEAR_COUNT_LIST(X)
#undef X
		FIELD_END
};
static const struct record counts_record = { "year_counts", sizeof(struct year_counts), counts_fields };

static void take_count(int64_t *to, int64_t value)
{
	if (value != INT_UNKNOWN)
		*to = value;
}

static fail take_counts(struct call *c, const void *row, void *arg)
{
	const struct year_counts *r = row;
	struct year_sum *u = unit_of(arg, r->unit_id);

	(void)c;
	if (!u)
		return FAIL_OK;
#define X(name) take_count(&u->n.name, r->name);
	YEAR_COUNT_LIST(X)
#undef X
	return FAIL_OK;
}

/* ---------------------------------------------------------------- all of them */

enum needs { DAYS, DAYS_AND_TODAY, MONTHS, MONTHS_AND_DAY, YEAR, NOTHING };
struct family {
	const struct query *query;
	const struct record *record;
	fail (*take)(struct call *c, const void *row, void *arg);
	enum needs needs;
	bool bodies_only;
};

/* Tasks before members: who has a task is asked there. */
static const struct family families[] = {
	{ &Q_year_lives, &life_record, take_life, NOTHING, false },
	{ &Q_year_months, &month_record, take_month, MONTHS, false },
	{ &Q_year_meetings, &meeting_record_, take_meeting, MONTHS_AND_DAY, false },
	{ &Q_year_tasks, &task_row_record, take_task, DAYS_AND_TODAY, false },
	{ &Q_year_tasks_shared, &task_row_record, take_shared, DAYS_AND_TODAY, true },
	{ &Q_year_members, &person_record, take_member, DAYS, false },
	{ &Q_year_leaders, &person_record, take_leader, DAYS, false },
	{ &Q_year_levels, &levels_record, take_levels, YEAR, false },
	{ &Q_year_cases, &case_record, take_case, YEAR, false },
	{ &Q_year_documents, &papers_record, take_papers, DAYS, false },
	{ &Q_year_terms, &person_record, take_term, DAYS, false },
	{ &Q_year_plans, &counts_record, take_counts, DAYS, false },
	{ &Q_year_targets, &counts_record, take_counts, DAYS, false },
	{ &Q_year_numbers, &counts_record, take_counts, DAYS, false },
	{ &Q_year_initiatives, &counts_record, take_counts, DAYS, false },
	{ &Q_year_disciplines, &counts_record, take_counts, DAYS, false },
	{ &Q_year_inspections, &counts_record, take_counts, DAYS, false },
	{ &Q_year_reports, &counts_record, take_counts, DAYS_AND_TODAY, false },
	{ &Q_year_feedback, &counts_record, take_counts, DAYS_AND_TODAY, false },
	{ &Q_year_trainings, &counts_record, take_counts, DAYS, false },
	{ &Q_year_turns, &turns_record, take_turns, DAYS, true },
	{ 0 },
};

/* The further values, in the order in which the statements number them; each takes as many as it names. */
static void fill_args(const struct walk *w, enum needs needs, struct dbv v[3])
{
	const struct year_sums *s = w->s;
	month_no january = month_of(s->year, 1);

	v[0] = needs == YEAR ? dbv_int(s->year) : needs == MONTHS || needs == MONTHS_AND_DAY ? dbv_int(january) : V(s->first);
	v[1] = needs == MONTHS || needs == MONTHS_AND_DAY ? dbv_int(january + 11) : V(s->last);
	v[2] = needs == DAYS_AND_TODAY ? V(w->c->today) : needs == MONTHS_AND_DAY ? V(s->last) : V(s->until);
}

static fail walk(struct call *c, struct year_sums *s, int64_t realm, int64_t from, int64_t to)
{
	struct walk w = { s, realm, c, call_local(c->now_ms).minutes };

	for (const struct family *f = families; f->query; f++) {
		struct dbv v[6] = { V(realm), V(from), V(to) };

		if (f->bodies_only && !s->bodies)
			continue;
		fill_args(&w, f->needs, v + 3);
		TRY(db_each(c, f->query, (struct db_args){ v, f->query->params }, f->record, f->take, &w));
	}
	return FAIL_OK;
}

fail year_sums_load(struct call *c, int year, const struct unit *const *units, size_t n, struct year_sums *out)
{
	begin(c, year, units, n, out);
	for (size_t i = 0, end; i < out->n; i = end) {
		for (end = i + 1; end < out->n && out->v[end].realm == out->v[i].realm; end++)
			;
		if (end - i > FEW_UNITS)
			TRY(walk(c, out, out->v[i].realm, out->v[i].id, out->v[end - 1].id));
		for (size_t k = i; k < end && end - i <= FEW_UNITS; k++)
			TRY(walk(c, out, out->v[k].realm, out->v[k].id, out->v[k].id));
	}
	return FAIL_OK;
}
