/* gather_person.c — the facts of a member's year. What a person was given and attended counts wherever it was; the list is the cell's. */
#include <string.h>

#include "db/db.h"
#include "gather_sql.h"
#include "year/gather.h"
#include "year/gather_sum.h"

struct record_row {
	int64_t leader_posts, posts, undertakings, undertakings_done, unit_undertakings, unit_tasks, unit_rolls, initiatives, unit_initiatives, trainings, unit_trainings, none_initiative, none_training;
	int64_t expected, present, unexcused;
};
#define R(f) COL(struct record_row, f)
static const struct field record_fields[] = { R(leader_posts), R(posts), R(undertakings), R(undertakings_done), R(unit_undertakings), R(unit_tasks), R(unit_rolls), R(initiatives), R(unit_initiatives),
	                                          R(trainings), R(unit_trainings), R(none_initiative), R(none_training), R(expected), R(present),
	                                          R(unexcused), FIELD_END };
#undef R
static const struct record record_record = { "person_records", sizeof(struct record_row), record_fields };

struct span_row {
	struct date valid_from, valid_to;
};
static const struct field span_fields[] = { COL(struct span_row, valid_from), COL(struct span_row, valid_to), FIELD_END };
static const struct record span_record = { "person_span", sizeof(struct span_row), span_fields };

struct fate_row {
	int64_t above, fate;
};
static const struct field fate_fields[] = { COL(struct fate_row, above), COL(struct fate_row, fate), FIELD_END };
static const struct record fate_record = { "person_fate", sizeof(struct fate_row), fate_fields };

struct person {
	int64_t realm, unit_id, member_id;
	int year;
	struct date first, last, until;
	struct year_gathered *out;
};

static void put(const struct person *p, enum person_fact f, int64_t value, enum year_origin origin)
{
	if (book_set(&FACTS_OF_PERSON, &p->out->facts, f, value))
		p->out->origin[f] = (unsigned char)origin;
}

/* Months of which the person was in the list on a day that has come. */
static fail from_list(struct call *c, const struct person *p)
{
	struct span_row *v;
	size_t n;
	unsigned months = 0;

	TRY(db_all(c, &Q_person_roll, ARGS(V(p->realm), V(p->unit_id), V(p->member_id), V(p->first), V(p->until)), &span_record, &v, &n));
	for (size_t i = 0; i < n; i++)
		for (int m = 0; m < 12; m++) {
			month_no month = month_of(p->year, m + 1);

			months |= (unsigned)(v[i].valid_from.days <= month_last(month).days && v[i].valid_to.days >= month_first(month).days &&
			                     month_first(month).days <= p->until.days)
			          << m;
		}
	put(p, PERSON_months_member, __builtin_popcount(months), YEAR_FROM_MEMBERS);
	return FAIL_OK;
}

static fail from_tasks(struct call *c, const struct person *p, bool kept)
{
	struct fate_row *v;
	size_t n, of[FATES] = { 0 };
	int64_t above = 0;

	TRY(db_all(c, &Q_person_tasks, ARGS(V(p->realm), V(p->member_id), V(p->first), V(p->last), V(c->today)), &fate_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		of[v[i].fate]++;
		above += v[i].above;
	}
	int64_t done = (int64_t)(of[FATE_ON_TIME] + of[FATE_LATE] + of[FATE_DONE_SOMETIME]);

	if (!n && !kept)
		return FAIL_OK;
	put(p, PERSON_tasks_due, done + (int64_t)of[FATE_NOT_DONE], YEAR_FROM_TASKS);
	put(p, PERSON_tasks_done, done, YEAR_FROM_TASKS);
	put(p, PERSON_tasks_above_requirement, above, YEAR_FROM_TASKS);
	if (of[FATE_DONE_SOMETIME])
		return FAIL_OK;
	put(p, PERSON_tasks_on_time, (int64_t)of[FATE_ON_TIME], YEAR_FROM_TASKS);
	put(p, PERSON_tasks_late, (int64_t)of[FATE_LATE], YEAR_FROM_TASKS);
	return FAIL_OK;
}

static fail from_roll_calls(struct call *c, const struct person *p, bool kept)
{
	month_no january = month_of(p->year, 1);
	struct record_row r;

	TRY(db_one(c, &Q_person_attendance, ARGS(V(p->realm), V(p->member_id), V(january), V(january + 11)), &record_record, &r));
	if (!r.expected && !kept)
		return FAIL_OK;
	put(p, PERSON_expected, r.expected, YEAR_FROM_MEETINGS);
	put(p, PERSON_present, r.present, YEAR_FROM_MEETINGS);
	put(p, PERSON_unexcused, r.unexcused, YEAR_FROM_MEETINGS);
	return FAIL_OK;
}

/* A member of whom nothing is recorded, in a cell that records it of others: there was nothing. */
static fail from_registers(struct call *c, const struct person *p)
{
	month_no january = month_of(p->year, 1), december = january + 11;
	struct record_row r;

	TRY(db_one(c, &Q_person_records, ARGS(V(p->realm), V(p->member_id), V(p->first), V(p->last), V(p->until), V(p->unit_id), V(january), V(december)),
	           &record_record, &r));
	TRY(from_tasks(c, p, r.unit_tasks > 0));
	TRY(from_roll_calls(c, p, r.unit_rolls > 0));
	if (r.posts || r.leader_posts)
		put(p, PERSON_is_leader, r.leader_posts > 0, YEAR_FROM_MEMBERS);
	if (r.undertakings || r.unit_undertakings) { /* the cell keeps them: nobody else's are missing */
		put(p, PERSON_undertakings, r.undertakings, YEAR_FROM_UNDERTAKINGS);
		put(p, PERSON_undertakings_done, r.undertakings_done, YEAR_FROM_UNDERTAKINGS);
	}
	if (r.initiatives || r.unit_initiatives || r.none_initiative)
		put(p, PERSON_initiatives, r.initiatives, YEAR_FROM_INITIATIVES);
	if (r.trainings || r.unit_trainings || r.none_training)
		put(p, PERSON_trained, r.trainings > 0, YEAR_FROM_TRAININGS);
	return FAIL_OK;
}

fail person_gather(struct call *c, int year, int64_t realm, int64_t unit_id, int64_t member_id, struct year_gathered *out)
{
	struct person p = { .realm = realm, .unit_id = unit_id, .member_id = member_id, .year = year, .first = date_of(year, 1, 1), .last = date_of(year, 12, 31),
		                .out = out };

	*out = (struct year_gathered){ 0 };
	p.until = c->today.days < p.last.days ? c->today : p.last;
	TRY(from_list(c, &p));
	TRY(from_registers(c, &p));
	if (c->today.days <= p.last.days)
		out->open = FACT_BIT(PERSON_FACT_COUNT) - 1;
	return FAIL_OK;
}
