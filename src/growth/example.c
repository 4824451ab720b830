/* example.c — good examples in the store, and their few steps. */
#include "growth/example.h"

#include <string.h>

#include "db/journal.h"
#include "growth/pattern.h"
#include "growth_sql.h"
#include "org/unit.h"

const char *const example_states[] = { "", "draft", "proposed", "published", "withdrawn", NULL };
const char *const example_steps[] = { "propose", "publish", "send_back", "withdraw", NULL };

const char *example_state_name(enum lang lang, unsigned state)
{
	static const char *const names[] = { "", N_("Draft"), N_("Proposed"), N_("Published"), N_("Withdrawn") };

	return state && state < EXAMPLE_STATES ? tr(lang, names[state]) : "";
}

/* clang-format off */
static const struct field fields[] = {
	FIELD(struct example, title, N_("Title"), REQUIRED, .max = 200),
	FIELD(struct example, topic, N_("Topic of the example"), 0, .max = 80),
	FIELD(struct example, text, N_("What was done, and what came of it"), REQUIRED, .max = 20000),
	ENTRY_YEAR(struct example, 0),
	ENTRY_COLS(struct example), ENTRY_COL(struct example, unit_code, FIELD_TEXT),
	COL(struct example, state, .words = example_states), COL(struct example, published_on), COL(struct example, published_by),
	COL(struct example, publisher), FIELD_END,
};
static const struct field topic_fields[] = { { .name = "topic", .type = FIELD_TEXT, .at = 0, .flags = INTERNAL }, FIELD_END };
/* clang-format on */
const struct record example_record = { "example", sizeof(struct example), fields };
static const struct record topic_record = { "topic", sizeof(const char *), topic_fields };

static fail check(struct call *c, void *row, const void *was)
{
	struct example *x = row;
	const struct example *before = was;

	if (!x->title || !*x->title)
		return problem(c, FAIL_INPUT, "title", "give it a title");
	if (!x->text || !*x->text)
		return problem(c, FAIL_INPUT, "text", "tell what was done and what came of it");
	if (before && before->state != EXAMPLE_DRAFT && before->state != EXAMPLE_WITHDRAWN)
		return problem(c, FAIL_CONFLICT, "", "it has been proposed or published; withdraw it before changing it");
	if (!before)
		x->state = EXAMPLE_DRAFT;
	return FAIL_OK;
}

static fail write(struct call *c, const void *row)
{
	const struct example *x = row;
	const char *topic = x->topic ? x->topic : "";
	const char *key = text_key(c->arena, arena_join(c->arena, x->title, " ", topic, " ", x->text, NULL));

	return db_exec(c, &Q_example_put, ARGS(V(x->e.realm), V(x->e.id), V(x->e.unit_id), V(x->e.year), V(x->title), V(x->text), V(topic), V(key)), NULL);
}

static fail erase(struct call *c, const void *row)
{
	const struct example *x = row;

	if (x->state != EXAMPLE_DRAFT)
		return problem(c, FAIL_CONFLICT, "", "only a draft is removed; what was proposed is withdrawn");
	return db_exec(c, &Q_example_drop, ARGS(V(x->e.realm), V(x->e.id)), NULL);
}

const struct entry_kind example_entries = { "example", &example_record, &Q_example, &Q_examples_of, NULL, check, write, erase, NULL };

/* ---------------------------------------------------------------- steps */

static const struct { unsigned from, to; enum right may; } table[EXAMPLE_STEPS] = {
	[EXAMPLE_PROPOSE] = { 1u << EXAMPLE_DRAFT | 1u << EXAMPLE_WITHDRAWN, EXAMPLE_PROPOSED, MAY_RECORD },
	[EXAMPLE_PUBLISH] = { 1u << EXAMPLE_PROPOSED, EXAMPLE_PUBLISHED, MAY_DECIDE },
	[EXAMPLE_SEND_BACK] = { 1u << EXAMPLE_PROPOSED, EXAMPLE_DRAFT, MAY_RECORD },
	[EXAMPLE_WITHDRAW] = { 1u << EXAMPLE_PUBLISHED, EXAMPLE_WITHDRAWN, MAY_RECORD },
};

enum right example_step_may(enum example_step step, unsigned state)
{
	return step < EXAMPLE_STEPS && table[step].from & 1u << state ? table[step].may : MAY_NOBODY;
}

struct stepping {
	int64_t id, rev;
	enum example_step step;
	struct example *x;
};

/* The committee that publishes: the one above the cell. */
static fail publisher(struct call *c, const struct example *x, int64_t *out)
{
	struct unit u;

	TRY(org_unit_nearest(c, x->e.unit_id, c->today, &u));
	*out = u.parent_id ? u.parent_id : u.id;
	return FAIL_OK;
}

static fail step_body(struct call *c, void *arg)
{
	const struct stepping *s = arg;
	struct example *x = s->x;
	int64_t by = INT_UNKNOWN;
	unsigned was;

	TRY(entry_by_id(c, &example_entries, s->id, x));
	was = x->state;
	if (x->e.rev != s->rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed it in the meantime; look at it as it is now");
	if (example_step_may(s->step, was) == MAY_NOBODY)
		return problem(c, FAIL_CONFLICT, "", "this cannot be done now: it is “%s”", example_state_name(c->lang, was));
	x->state = table[s->step].to;
	x->published_on = s->step == EXAMPLE_PUBLISH ? c->today : DATE_NONE;
	if (s->step == EXAMPLE_PUBLISH)
		TRY(publisher(c, x, &by));
	x->published_by = by;
	TRY(db_exec(c, &Q_example_state_set, ARGS(V(x->e.realm), V(x->e.id), V(example_states[x->state]), V(x->published_on), V(by)), NULL));
	x->e.rev++;
	return journal_add(c, x->e.realm, x->e.unit_id, example_steps[s->step], "example", x->e.id,
	                   arena_printf(c->arena, "{\"state\":\"%s\"}", example_states[was]),
	                   arena_printf(c->arena, "{\"state\":\"%s\"}", example_states[x->state]));
}

fail example_take_step(struct call *c, int64_t id, int64_t rev, enum example_step step, struct example *x)
{
	return db_write(c, step_body, &(struct stepping){ id, rev, step, x });
}

/* ---------------------------------------------------------------- reading */

fail examples_published(struct call *c, const struct example_query *q, struct examples *out)
{
	const char *topic = q->topic ? q->topic : "";

	return db_all(c, &Q_examples_published, ARGS(V(search_pattern(c->arena, q->words)), V(topic), V(q->before), V(q->before_id), V(q->limit)),
	              &example_record, &out->v, &out->n);
}

fail example_topics(struct call *c, struct example_topics *out)
{
	return db_all(c, &Q_example_topics, NO_ARGS, &topic_record, &out->v, &out->n);
}

fail examples_proposed(struct call *c, int64_t unit_id, struct examples *out)
{
	return db_all(c, &Q_examples_proposed, ARGS(V(unit_id), V(c->today)), &example_record, &out->v, &out->n);
}
