/* verify.c — the state of every case is where its last step led, and the lines of every computed sheet add up. */
#include "year/verify.h"

#include "db/db.h"
#include "year_sql.h"

struct difference {
	int64_t id, year;
	const char *code, *a, *b;
};
static const struct field fields[] = { COL(struct difference, id), COL(struct difference, year), COL(struct difference, code),
	                                   COL(struct difference, a),  COL(struct difference, b),    FIELD_END };
static const struct record difference_record = { "difference", sizeof(struct difference), fields };

struct telling {
	const char *text; /* message id */
	bool found;
};

/* The first is the call's problem, the others are lines of their own. */
static fail tell(struct call *c, const void *row, void *arg)
{
	const struct difference *d = row;
	struct telling *t = arg;
	struct out o;

	out_memory(&o, c->arena);
	out_printf(&o, "%s: %s %lld (%lld): %s / %s", t->text, d->code, (long long)d->year, (long long)d->id, d->a, d->b);
	if (t->found)
		fprintf(c->err, "%s\n", out_text(&o));
	else
		(void)!problem(c, FAIL_BROKEN, "year_case", "%s", out_text(&o));
	t->found = true;
	return FAIL_OK;
}

static fail states_follow(struct call *c, int64_t *checked)
{
	struct telling t = { tr(c->lang, "a case is not where its last step led"), false };

	TRY(db_int(c, &Q_case_count_all, NO_ARGS, 0, checked));
	TRY(db_each(c, &Q_case_state_wrong, NO_ARGS, &difference_record, tell, &t));
	return t.found ? FAIL_BROKEN : FAIL_OK;
}

static fail sheets_add_up(struct call *c, int64_t *checked)
{
	struct telling t = { tr(c->lang, "the lines of a sheet of the year do not add up to its total"), false };

	TRY(db_int(c, &Q_case_sheets_all, NO_ARGS, 0, checked));
	TRY(db_each(c, &Q_case_points_wrong, NO_ARGS, &difference_record, tell, &t));
	return t.found ? FAIL_BROKEN : FAIL_OK;
}

const struct verify_check year_checks[] = {
	{ "cases", N_("states of cases against their steps"), states_follow },
	{ "year-sheets", N_("lines of sheets of a year against their totals"), sheets_add_up },
	{ NULL },
};
