/* framework.c — comparing a table with its framework. */
#include "rules/framework.h"

#include <string.h>

struct comparison {
	const struct scheme *own, *frame;
	void (*tell)(void *arg, const struct breach *breach);
	void *arg;
	bool ok;
};

static void tell(struct comparison *c, struct breach breach)
{
	c->ok = false;
	c->tell(c->arg, &breach);
}

struct tenths framework_weight(const struct scheme *s, const char *id)
{
	for (uint32_t g = 0; g < s->n_groups; g++)
		if (strcmp(s->groups[g].id, id) == 0)
			return s->groups[g].max;
	for (uint32_t i = 0; i < s->n_lines; i++)
		if (s->lines[i].group < 0 && strcmp(s->lines[i].id, id) == 0)
			return scheme_line_max(&s->lines[i]);
	return TENTHS_NONE;
}

static void compare_weight(struct comparison *c, const char *id, struct place at)
{
	struct tenths want = framework_weight(c->frame, id), got = framework_weight(c->own, id);

	if (!tenths_is(want))
		tell(c, (struct breach){ .code = BREACH_ADDED, .at = at, .id = id });
	else if (want.t != got.t)
		tell(c, (struct breach){ .code = BREACH_WEIGHT, .at = at, .id = id, .got = got, .want = want });
}

static void require(struct comparison *c, const char *id)
{
	if (!tenths_is(framework_weight(c->own, id)))
		tell(c, (struct breach){ .code = BREACH_MISSING, .id = id });
}

static void compare_top(struct comparison *c)
{
	for (uint32_t g = 0; g < c->own->n_groups; g++)
		compare_weight(c, c->own->groups[g].id, c->own->groups[g].at);
	for (uint32_t i = 0; i < c->own->n_lines; i++)
		if (c->own->lines[i].group < 0)
			compare_weight(c, c->own->lines[i].id, c->own->lines[i].at);
	for (uint32_t g = 0; g < c->frame->n_groups; g++)
		require(c, c->frame->groups[g].id);
	for (uint32_t i = 0; i < c->frame->n_lines; i++)
		if (c->frame->lines[i].group < 0)
			require(c, c->frame->lines[i].id);
}

static const struct scheme_veto *veto_of(const struct scheme *s, const char *id)
{
	for (uint32_t i = 0; i < s->n_vetoes; i++)
		if (strcmp(s->vetoes[i].id, id) == 0)
			return &s->vetoes[i];
	return NULL;
}

static void compare_vetoes(struct comparison *c)
{
	for (uint32_t i = 0; i < c->frame->n_vetoes; i++) {
		const struct scheme_veto *theirs = &c->frame->vetoes[i], *own = veto_of(c->own, theirs->id);

		if (!own)
			tell(c, (struct breach){ .code = BREACH_VETO, .id = theirs->id });
		else if (!expr_equal(&own->when, &theirs->when))
			tell(c, (struct breach){ .code = BREACH_VETO_WHEN, .at = own->at, .id = own->id });
	}
}

bool framework_check(const struct scheme *own, const struct scheme *frame, void (*say)(void *arg, const struct breach *breach), void *arg)
{
	struct comparison c = { .own = own, .frame = frame, .tell = say, .arg = arg, .ok = true };

	if (own->use != frame->use) {
		tell(&c, (struct breach){ .code = BREACH_USE, .id = frame->id });
		return false;
	}
	if (own->standard.t != frame->standard.t)
		tell(&c, (struct breach){ .code = BREACH_STANDARD, .id = own->id, .got = own->standard, .want = frame->standard });
	compare_top(&c);
	compare_vetoes(&c);
	return c.ok;
}
