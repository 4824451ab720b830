/* bulk.c — the large demonstrations.
 *
 * Rows go straight into the tables: hundreds of thousands a second, as an import of summaries would. No sheet with criteria and no
 * attendance row is made here (what a year is counted from besides: bulk_year.c); the small sizes (detail.c) go through the product's own functions and have both. */
#include "demo/bulk.h"

#include <string.h>

#include "base/progress.h"
#include "base/text.h"
#include "db/db.h"
#include "db/journal.h"
#include "demo/bulk_year.h"
#include "demo/detail.h"
#include "demo/model.h"
#include "demo/names.h"
#include "demo_sql.h"
#include "meeting/meeting.h"
#include "rollup/rollup.h"
#include "rules/rules.h"

#define FIRST_ID (INT64_C(1) << 40) /* below every id that the program makes from the clock */

struct bulk {
	struct call *c;
	const struct demo_shape *shape;
	struct rng rng;
	struct arena *rows;   /* emptied after every commune */
	struct rollup_dirty *dirty; /* cells and months whose counters are due, of one province */
	struct bulk_year *year; /* of a province alone: what its last year is counted from besides meetings; NULL elsewhere */
	int64_t next_id, realm;
	int province;
	struct progress progress;
	struct demo_counts counts;
};

static int64_t next_id(struct bulk *b)
{
	return b->next_id++;
}

/* ---- units ---- */

struct span {
	struct date from, to;
	int64_t parent;
	const char *level, *type, *name;
};

static fail add_span(struct bulk *b, int64_t unit, const struct span *s)
{
	struct call *c = b->c;
	int64_t parent = s->parent ? s->parent : INT_UNKNOWN;

	return db_exec(c, &Q_demo_unit_span,
	               ARGS(V(unit), V(s->from), V(s->to), V(parent), V(s->level), V(s->type), V(""), V(s->name),
	                    V(text_key(c->arena, s->name)), V(text_sort_key(c->arena, s->name))), NULL);
}

static fail add_unit(struct bulk *b, int64_t id, const char *code, const struct span *s)
{
	b->counts.units++;
	TRY(db_exec(b->c, &Q_demo_unit, ARGS(V(id), V(b->realm), V(code)), NULL));
	return add_span(b, id, s);
}

/* ---- people ---- */

/* Who of the n-th place in a cell is what; the order is: probationary, exempt, official, the one away, those here for a time. */
static const char *status_of(const struct cell_profile *p, int n)
{
	if (n >= p->members)
		return "temp_here";
	if (n < p->probationary)
		return "probationary";
	if (n < p->probationary + p->exempt)
		return "exempt";
	return p->away && n == p->members - 1 ? "temp_away" : "official";
}

static fail add_membership(struct bulk *b, const struct cell_profile *p, int64_t unit, int64_t member, int n, struct date from, struct date to)
{
	const char *status = status_of(p, n);
	const char *reason = strcmp(status, "exempt") == 0 ? "age_or_health" : "";

	return db_exec(b->c, &Q_demo_membership, ARGS(V(b->realm), V(member), V(unit), V(from), V(to), V(status), V(reason)), NULL);
}

static fail add_post(struct bulk *b, int64_t unit, int64_t member, const char *post, struct date from)
{
	return db_exec(b->c, &Q_demo_post, ARGS(V(b->realm), V(unit), V(member), V(post), V(from)), NULL);
}

/* A committee of three where there are nine official members, otherwise secretary and deputy (V02). */
static fail add_posts(struct bulk *b, const struct cell_profile *p, int64_t unit, const int64_t *members, struct date from)
{
	const int64_t *first = members + p->probationary + p->exempt;
	int able = p->members - p->away - p->probationary - p->exempt;

	if (able < 3)
		return able > 0 ? add_post(b, unit, first[0], "secretary", from) : FAIL_OK;
	TRY(add_post(b, unit, first[0], "secretary", from));
	TRY(add_post(b, unit, first[1], "deputy", from));
	for (int i = 0; i < 3 && p->members - p->probationary >= 9; i++)
		TRY(add_post(b, unit, first[i], "committee", from));
	return FAIL_OK;
}

static fail add_person(struct bulk *b, struct cell_profile *p, int64_t id, int n, const char *code, struct date *admitted)
{
	struct call *c = b->c;
	const char *name = name_person(c->arena, &p->rng);
	bool new_here = n < p->probationary;

	admitted->days = (new_here ? b->shape->today.days : month_first(b->shape->first).days) -
	                 (new_here ? rng_between(&p->rng, 20, 330) : rng_between(&p->rng, 400, 12000));
	struct date official = new_here ? DATE_NONE : date_add_months(*admitted, 12);

	b->counts.members++;
	return db_exec(c, &Q_demo_member,
	               ARGS(V(b->realm), V(id), V(arena_printf(c->arena, "%s-%03d", code, n + 1)), V(name), V(text_key(c->arena, name)),
	                    V(text_name_sort_key(c->arena, name)), V(*admitted), V(official)), NULL);
}

enum { CELL_ROOM = 128 }; /* largest cell the model draws is 116, and two small ones may merge */

static fail add_people(struct bulk *b, struct cell_profile *p, int64_t unit, const char *code, struct date last, int64_t ids[CELL_ROOM])
{
	for (int i = 0; i < p->members + p->incoming; i++) {
		struct date admitted;

		ids[i] = next_id(b);
		TRY(add_person(b, p, ids[i], i, code, &admitted));
		TRY(add_membership(b, p, unit, ids[i], i, admitted, last));
	}
	return add_posts(b, p, unit, ids, month_first(b->shape->first));
}

/* ---- meetings ---- */

static fail add_sheet(struct bulk *b, int64_t meeting, const char *stage, struct tenths points, struct moment at)
{
	int64_t at_ms = (at.minutes - 420) * 60000;

	if (!tenths_is(points))
		return FAIL_OK;
	const struct scheme *scheme = rules_scheme(b->c->rules, USE_REGULAR, moment_date(at), SCOPES_NONE);

	if (!scheme)
		return problem(b->c, FAIL_INPUT, "", "the rule files hold no scheme for regular meetings of the years asked for");
	const char *class = grade_words[grade_of(&scheme->grades, points)];

	return db_exec(b->c, &Q_demo_sheet, ARGS(V(b->realm), V(meeting), V(stage), V(points), V(class), V("demo"), V(at_ms)), NULL);
}

/* The committee above decides a month when the next has begun; what it decided is locked with the year. */
static enum meeting_state state_of(const struct bulk *b, month_no month, const struct meeting_model *m)
{
	if (month < b->shape->last && tenths_is(m->decided))
		return month / 12 < b->shape->last / 12 ? MEETING_LOCKED : MEETING_DECIDED;
	return tenths_is(m->self) ? MEETING_SCORED : MEETING_HELD;
}

static fail add_meeting(struct bulk *b, int64_t unit, const char *code, month_no month, const struct meeting_model *m)
{
	struct call *c = b->c;
	int64_t id = next_id(b);
	char name[MONTH_TEXT];

	month_format(month, name);
	TRY(db_exec(c, &Q_demo_meeting,
	            ARGS(V(b->realm), V(id), V(arena_printf(c->arena, "%s/%s", code, name)), V(unit), V(month), V(m->thematic), V(m->starts_at), V(m->ends_at),
	                 V(m->expected), V(m->present), V(m->excused), V(m->unexcused), V(m->official_present), V(m->speakers),
	                 V(m->pre_meeting_on), V(m->documents_sent_at), V(m->scored_at), V(m->uploaded_at), V(""), V(meeting_state_words[state_of(b, month, m)])), NULL));
	b->counts.meetings++;
	rollup_dirty_add(b->dirty, b->realm, unit, month);
	TRY(add_sheet(b, id, "self", m->self, m->scored_at));
	if (month < b->shape->last)
		TRY(add_sheet(b, id, "decided", m->decided, (struct moment){ (int64_t)month_last(month).days * 1440 + 600 }));
	return FAIL_OK;
}

/* The small sizes are recorded person by person through the product's own functions. */
static fail write_meeting(struct bulk *b, const struct cell_profile *p, int64_t unit, const char *code, month_no month,
                          const struct meeting_model *m)
{
	if (b->shape->size >= DEMO_PROVINCE)
		return add_meeting(b, unit, code, month, m);
	b->counts.meetings++;
	return demo_record(b->c, b->shape, p, unit, month, m);
}

static fail add_meetings(struct bulk *b, const struct cell_profile *p, int64_t unit, const char *code, month_no last)
{
	for (month_no month = b->shape->first; month <= last; month++) {
		struct meeting_model m;

		model_month(p, month, &m);
		if (m.held && moment_date(m.ends_at).days <= b->shape->today.days)
			TRY(write_meeting(b, p, unit, code, month, &m));
	}
	return FAIL_OK;
}

/* ---- one commune ---- */

struct commune {
	int64_t id, neighbour;  /* a cell now and then moves to the neighbour */
	int64_t first_cell;     /* ids of cells are consecutive */
	int number, cells;
	const char *code;
	month_no merged_in;     /* cells 1 and 2 close before that month and one new cell opens; 0: never */
	month_no moved_in;      /* cell 3 sits under the neighbour from then on; 0: never */
	struct cell_profile joint;           /* of the cell that 1 and 2 become */
	int64_t people[2 * CELL_ROOM];
	int people_n;
};

static const char *cell_code(struct bulk *b, const struct commune *k, int n)
{
	return arena_printf(b->c->arena, "%s.000.000.%03d", k->code, n);
}

static const char *cell_name(struct bulk *b, const struct commune *k, int n, const char *type)
{
	const char *kind = strcmp(type, "VR") == 0 ? "thôn" : strcmp(type, "AG") == 0 ? "cơ quan" : "đơn vị";

	return arena_printf(b->c->arena, "Chi bộ %s %s", kind, name_place(b->c->arena, k->number * 131 + n * 17));
}

static fail add_event(struct bulk *b, const char *kind, struct date on, int64_t unit)
{
	return db_exec(b->c, &Q_demo_event, ARGS(V(next_id(b)), V(kind), V(on), V(unit), V("demo"), V(b->c->now_ms)), NULL);
}

/* The cell that moves has two spans; the others one. */
static fail add_cell_unit(struct bulk *b, const struct commune *k, int n, const struct cell_profile *p, struct date to)
{
	int64_t id = k->first_cell + n - 1;
	struct date from = p->founded > b->shape->first ? month_first(p->founded) : DATE_EVER;
	bool in_body = b->shape->size == DEMO_COMMUNE && n > 19 && n <= k->cells;
	struct span s = { from, to, in_body ? k->neighbour : k->id, "cell", p->type, cell_name(b, k, n, p->type) };

	if (n != 3 || !k->moved_in || p->founded >= k->moved_in)
		return add_unit(b, id, cell_code(b, k, n), &s);
	s.to = month_last(k->moved_in - 1);
	TRY(add_unit(b, id, cell_code(b, k, n), &s));
	s.from = month_first(k->moved_in);
	s.to = DATE_OPEN;
	s.parent = k->neighbour;
	TRY(add_span(b, id, &s));
	return add_event(b, "move", s.from, id);
}

/* What the merged cell will be is gathered from the two it comes from. */
static void join(struct commune *k, const struct cell_profile *p, const int64_t *ids)
{
	struct cell_profile *joint = &k->joint;

	if (!k->people_n) {
		*joint = *p;
		joint->members = joint->incoming = joint->away = joint->exempt = joint->probationary = 0;
	}
	for (int i = 0; i < p->members; i++)
		k->people[k->people_n++] = ids[i];
	joint->members = k->people_n;
	joint->founded = k->merged_in;
}

/* Of cells that are there at the end of the year. */
static fail add_year(struct bulk *b, const struct cell_profile *p, int64_t unit, const char *code, const int64_t *members, int n)
{
	int able = p->probationary + p->exempt;

	return b->year ? bulk_year_cell(b->year, b->realm, unit, code, p, members, n, able < n ? able : 0) : FAIL_OK;
}

static fail add_cell(struct bulk *b, struct commune *k, int n)
{
	struct cell_profile p;
	int64_t ids[CELL_ROOM];
	bool closes = n <= 2 && k->merged_in;
	month_no last = closes ? k->merged_in - 1 : b->shape->last;
	struct date to = closes ? month_last(last) : DATE_OPEN;

	model_cell(&b->rng, b->province * 100000 + k->number * 200 + n, b->shape->first, b->shape->last, &p);
	if (b->shape->size <= DEMO_COMMUNE)
		demo_profile(b->shape, n, &p);
	if (closes) {
		p.founded = INT32_MIN;
		p.members = p.members > 24 ? 24 : p.members;
		p.probationary = 0; /* they would have come after the cell had gone */
	}
	TRY(add_cell_unit(b, k, n, &p, to));
	b->counts.cells++;
	TRY(add_people(b, &p, k->first_cell + n - 1, cell_code(b, k, n), to, ids));
	if (closes)
		join(k, &p, ids);
	else
		TRY(add_year(b, &p, k->first_cell + n - 1, cell_code(b, k, n), ids, p.members));
	return add_meetings(b, &p, k->first_cell + n - 1, cell_code(b, k, n), last);
}

/* The cell that two others became: their people, a new number. */
static fail add_merged(struct bulk *b, struct commune *k)
{
	int n = k->cells + 1;
	int64_t id = k->first_cell + n - 1;
	struct date from = month_first(k->merged_in);

	TRY(add_cell_unit(b, k, n, &k->joint, DATE_OPEN));
	b->counts.cells++;
	for (int i = 0; i < k->people_n; i++)
		TRY(add_membership(b, &k->joint, id, k->people[i], i, from, DATE_OPEN));
	TRY(add_posts(b, &k->joint, id, k->people, from));
	TRY(add_event(b, "merge", from, id));
	TRY(db_exec(b->c, &Q_demo_predecessor, ARGS(V(id), V(k->first_cell), V(from)), NULL));
	TRY(db_exec(b->c, &Q_demo_predecessor, ARGS(V(id), V(k->first_cell + 1), V(from)), NULL));
	TRY(add_year(b, &k->joint, id, cell_code(b, k, n), k->people, k->people_n));
	return add_meetings(b, &k->joint, id, cell_code(b, k, n), b->shape->last);
}

static fail add_commune(struct bulk *b, struct commune *k)
{
	for (int n = 1; n <= k->cells; n++)
		TRY(add_cell(b, k, n));
	if (k->merged_in)
		TRY(add_merged(b, k));
	progress_at(&b->progress, b->counts.cells & ~(int64_t)255);
	return FAIL_OK;
}

/* ---- one province ---- */

static void draw_commune(struct bulk *b, int n, int64_t province_first, struct commune *k)
{
	struct rng r = rng_part(&b->rng, (uint64_t)b->province * 1000 + (uint64_t)n);
	int average = b->shape->cells;

	*k = (struct commune){ .id = province_first + n, .number = n };
	k->neighbour = b->shape->size == DEMO_COMMUNE ? province_first + 1 : province_first + (n + 1) % b->shape->communes;
	k->cells = rng_between(&r, average * 6 / 10, average * 14 / 10);
	if (b->shape->size <= DEMO_COMMUNE)
		k->cells = average;
	k->code = arena_printf(b->c->arena, "%02d.%03d", b->province + 1, n + 1);
	if (n % 5 == 0 && average > 1)
		k->merged_in = b->shape->first + rng_between(&r, 8, 14);
	if (n % 7 == 0 && average > 1)
		k->moved_in = b->shape->first + rng_between(&r, 6, 18);
	k->first_cell = b->next_id;
	b->next_id += k->cells + 1;
}

/* The one commune of the small demonstration has a party body of its schools, so that there is a layer more to see. */
static fail add_body(struct bulk *b, int64_t commune)
{
	struct span s = { DATE_EVER, DATE_OPEN, commune, "grassroots", "PS", "Đảng bộ các trường học" };

	return add_unit(b, commune + 1, "01.001.100", &s);
}

/* Communes stand before their cells, because a cell may move to the next one. */
static fail add_commune_units(struct bulk *b, int64_t first)
{
	for (int n = 0; n < b->shape->communes; n++) {
		struct call *c = b->c;
		const char *kind = n % 6 == 0 ? "phường" : "xã";
		const char *name = arena_printf(c->arena, "Đảng bộ %s %s", kind, name_place(c->arena, b->province * 97 + n * 3));
		struct span s = { DATE_EVER, DATE_OPEN, b->realm, "commune", "", name };

		TRY(add_unit(b, first + n, arena_printf(c->arena, "%02d.%03d", b->province + 1, n + 1), &s));
	}
	return b->shape->size == DEMO_COMMUNE ? add_body(b, first) : FAIL_OK;
}

/* Commune after commune; their rows live in an arena of their own, emptied each time. */
static fail add_communes(struct bulk *b, int64_t first)
{
	struct call *c = b->c;
	struct arena *whole = c->arena;
	fail f = FAIL_OK;

	for (int n = 0; n < b->shape->communes && f == FAIL_OK; n++) {
		struct commune k;

		c->arena = b->rows;
		draw_commune(b, n, first, &k);
		f = add_commune(b, &k);
		c->arena = whole;
		/* what the product's own functions leave for after the commit lives there too */
		if (f == FAIL_OK && b->shape->size >= DEMO_PROVINCE)
			arena_reset(b->rows);
		if (f == FAIL_OK)
			f = db_grown(c);
	}
	return f;
}

static fail add_province(struct bulk *b, int64_t centre)
{
	struct call *c = b->c;
	const char *name = arena_printf(c->arena, "Đảng bộ tỉnh %s", name_place(c->arena, b->province * 41 + 5));
	struct span s = { DATE_EVER, DATE_OPEN, centre, "province", "", name };

	b->dirty = rollup_dirty_new(c->arena);
	b->realm = next_id(b);
	TRY(add_unit(b, b->realm, arena_printf(c->arena, "%02d", b->province + 1), &s));
	int64_t first = b->next_id;

	b->next_id += b->shape->communes + 1;
	TRY(add_commune_units(b, first));
	b->year = b->shape->size == DEMO_PROVINCE ? bulk_year_new(c, b->shape->last / 12, b->shape->today, &b->next_id, b->dirty) : NULL;
	TRY(add_communes(b, first));
	if (b->year)
		TRY(bulk_year_end(b->year));
	TRY(rollup_touch_many(c, b->dirty));
	return journal_add(c, b->realm, b->realm, "demo", "unit", b->realm, NULL, NULL);
}

/* The top of a nation has no province of its own: it is its own realm. */
static fail add_centre(struct bulk *b)
{
	struct span s = { DATE_EVER, DATE_OPEN, 0, "centre", "", "Trung ương" };

	b->realm = next_id(b);
	return add_unit(b, b->realm, "VN", &s);
}

/* One transaction: the centre or the next province. Works on a copy, because a body may run again. */
static fail fill(struct call *c, void *arg)
{
	struct bulk *kept = arg, b = *kept;
	bool nation = b.shape->provinces > 1;

	(void)c;
	if (nation && b.next_id == FIRST_ID)
		TRY(add_centre(&b));
	else
		TRY(add_province(&b, nation ? FIRST_ID : 0));
	*kept = b;
	return FAIL_OK;
}

fail demo_bulk(struct call *c, const struct demo_shape *shape, struct demo_counts *out)
{
	struct bulk b = { .c = c, .shape = shape, .rng = { shape->seed }, .next_id = FIRST_ID };

	b.rows = arena_new((size_t)256 << 20);
	if (!b.rows)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	progress_begin(&b.progress, c, tr(c->lang, "cells made"), (int64_t)shape->provinces * shape->communes * shape->cells);
	fail f = shape->provinces > 1 ? db_write(c, fill, &b) : FAIL_OK;

	for (; f == FAIL_OK && b.province < shape->provinces; b.province++)
		f = db_write(c, fill, &b);
	progress_end(&b.progress);
	if (f != FAIL_OK) { /* its words may lie among the rows */
		c->problem.text = arena_strdup(c->arena, c->problem.text);
		c->problem.field = arena_strdup(c->arena, c->problem.field);
	}
	arena_free(b.rows);
	*out = b.counts;
	return f;
}
