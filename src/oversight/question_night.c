/* question_night.c — the questions are asked once a night, committee by committee, so that no writer waits long. */
#include <stdlib.h>

#include "oversight/questions.h"
#include "questions_sql.h"

enum { NIGHT_FROM = 1, NIGHT_TO = 5, MINUTES = 60, DAY = 1440, MOST = 256 << 20 };

bool questions_due(const struct call *c, struct date last)
{
	int64_t hour = call_local(c->now_ms).minutes % DAY / MINUTES;

	return hour >= NIGHT_FROM && hour < NIGHT_TO && last.days != c->today.days;
}

struct committee { int64_t unit_id; };
static const struct field committee_fields[] = { COL(struct committee, unit_id), FIELD_END };
static const struct record committee_record = { "committee", sizeof(struct committee), committee_fields };

struct committees { struct committee *v; size_t n; };

static fail committees_body(struct call *c, void *arg)
{
	struct committees *all = arg;

	return db_all(c, &Q_question_committees, ARGS(V(c->today)), &committee_record, &all->v, &all->n);
}

static fail ask_each(struct call *c, const struct committees *all, int year, int64_t *asked)
{
	for (size_t i = 0; i < all->n; i++) {
		int64_t n;

		arena_reset(c->arena);
		TRY(questions_ask(c, all->v[i].unit_id, year, &n));
		*asked += n;
	}
	return FAIL_OK;
}

/* What one committee needed is let go of before the next; a problem outlives that. */
static fail ask_year(struct call *c, const struct committees *all, int year, int64_t *asked)
{
	struct arena *outer = c->arena;

	c->arena = arena_new(MOST);
	if (!c->arena) {
		c->arena = outer;
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	}
	fail f = ask_each(c, all, year, asked);
	struct arena *inner = c->arena;

	c->arena = outer;
	if (f != FAIL_OK && c->problem.text)
		c->problem.text = arena_strdup(outer, c->problem.text);
	c->problem.field = "";
	arena_free(inner);
	return f;
}

fail questions_ask_all(struct call *c, int64_t *asked)
{
	struct committees all;
	int year, month, day;

	*asked = 0;
	date_split(c->today, &year, &month, &day);
	TRY(db_read(c, committees_body, &all));
	TRY(ask_year(c, &all, year, asked));
	return month <= 2 ? ask_year(c, &all, year - 1, asked) : FAIL_OK;
}
