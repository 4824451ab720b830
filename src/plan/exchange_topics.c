/* exchange_topics.c — thematic topics in and out as files. A topic is known by its cell, year and title; a row never removes one. */
#include <string.h>

#include "plan/kinds.h"
#include "plan/plan.h"
#include "plan_sql.h"

/* The cell of the row before: neighbours in a file mostly share it. */
struct state {
	char code[256];
	int64_t unit_id, realm;
};

static fail begin(struct call *c, struct import *im, void **out)
{
	(void)c;
	*out = ARENA_NEW(import_arena(im), struct state);
	return FAIL_OK;
}

static fail find_unit(struct call *c, struct state *s, const char *code)
{
	if (strcmp(s->code, code) == 0)
		return FAIL_OK;
	s->code[0] = '\0';
	TRY(org_unit_id(c, code, &s->unit_id));
	TRY(org_realm(c, s->unit_id, &s->realm));
	if (!call_may(c, MAY_IMPORT, s->unit_id))
		return problem(c, FAIL_DENIED, "unit_code", "you may not import rows of this unit");
	snprintf(s->code, sizeof s->code, "%s", code);
	return FAIL_OK;
}

static bool same(const struct plan_topic *x, const struct plan_topic *y)
{
	return x->quarter == y->quarter && x->month == y->month &&
	       strcmp(x->author_code ? x->author_code : "", y->author_code ? y->author_code : "") == 0;
}

static fail row(struct call *c, struct import *im, void *state, const void *given)
{
	struct plan_topic t = *(const struct plan_topic *)given;
	struct state *s = state;
	struct plan_topics known;
	const struct plan_topic *was = NULL;

	TRY(find_unit(c, s, t.unit_code));
	t.unit_id = s->unit_id;
	t.id = 0;
	if (!t.author_code)
		t.author_code = "";
	TRY(db_all(c, &Q_plan_topics, ARGS(V(s->realm), V(s->unit_id), V(t.year)), &plan_topic_record, &known.v, &known.n));
	for (size_t i = 0; i < known.n; i++)
		if (strcmp(known.v[i].title, t.title) == 0)
			was = &known.v[i];
	if (was && same(was, &t)) {
		import_count(im, IMPORT_SAME);
		return FAIL_OK;
	}
	if (was)
		t.id = was->id;
	TRY(plan_topic_save(c, &t, NO_PLAN_REV));
	import_count(im, was ? IMPORT_CHANGED : IMPORT_ADDED);
	return FAIL_OK;
}

static fail out_row(struct call *c, const void *given, void *arg)
{
	(void)c;
	return export_row(arg, given);
}

static fail each(struct call *c, const struct export_query *q, struct export *ex)
{
	bool all = q->period.from == 0 && q->period.to == 0;
	int64_t first = all ? 0 : q->period.from / 12, last = all ? 9999 : q->period.to / 12, unit;

	if (!q->unit_code)
		return db_each(c, &Q_plan_topics_all, ARGS(V(first), V(last)), &plan_topic_record, out_row, ex);
	TRY(org_unit_id(c, q->unit_code, &unit));
	return db_each(c, &Q_plan_topics_below, ARGS(V(unit), V(date_is(q->on) ? q->on : c->today), V(first), V(last)), &plan_topic_record,
	               out_row, ex);
}

const struct exchange_kind topic_kind = {
	.name = "topics",
	.label = N_("Thematic topics"),
	.record = &plan_topic_record,
	.may_export = MAY_SEE_MEMBERS,
	.begin = begin,
	.row = row,
	.each = each,
};
