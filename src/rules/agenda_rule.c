/* agenda_rule.c — choosing an agenda and sharing its minutes out. What this does not do: know units, meetings or guests. */
#include "rules/agenda_rule.h"

#include <string.h>

const char *const agenda_part_words[] = { "", "opening", "main", "thematic", "personnel", "closing", NULL };
const char *const agenda_when_words[] = { "always", "guest", "theme", "request", NULL };
const char *const agenda_owner_words[] = { "", "state", "private", "foreign", NULL };

const char *agenda_part_name(enum lang lang, unsigned part)
{
	static const char *const names[] = { "", N_("Opening"), N_("Main part"), N_("Thematic part"), N_("Personnel"), N_("Closing") };

	return part && part <= AGENDA_CLOSING ? tr(lang, names[part]) : "";
}

const struct agenda_step *agenda_step_find(const struct agenda_rule *r, const char *step)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->steps[i].step, step) == 0)
			return &r->steps[i];
	return NULL;
}

static bool asked_for(const struct agenda_step *s, const struct agenda_case *k)
{
	switch (s->when) {
	case AGENDA_ALWAYS: return true;
	case AGENDA_WITH_GUEST: return k->guest;
	case AGENDA_WITH_THEME: return k->theme;
	case AGENDA_ON_REQUEST: return false;
	}
	return false;
}

/* What is left is shared so that the parts add up exactly: each step gets the difference of two rounded running sums. */
static void share_out(struct agenda_planned *v, size_t n, int64_t left)
{
	int64_t shares = 0, before = 0;

	for (size_t i = 0; i < n; i++)
		shares += v[i].step->share;
	for (size_t i = 0; i < n && shares > 0 && left > 0; i++) {
		int64_t upto = before + v[i].step->share;

		v[i].minutes += (int32_t)(left * upto / shares - left * before / shares);
		before = upto;
	}
}

size_t agenda_plan(const struct agenda_rule *r, const struct agenda_case *k, struct agenda_planned *out)
{
	int64_t left = k->minutes;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (!asked_for(&r->steps[i], k))
			continue;
		out[n++] = (struct agenda_planned){ &r->steps[i], r->steps[i].minutes };
		left -= r->steps[i].minutes;
	}
	share_out(out, n, left);
	return n;
}

uint32_t agenda_word_bit(const char *const *words, const char *word)
{
	for (int i = 1; words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return 1u << i;
	return 0;
}

const two_texts *agenda_offers(const struct agenda_rule *r, const char *type, const char *owner, size_t *n)
{
	uint32_t t = agenda_word_bit(unit_type_words, type), o = agenda_word_bit(agenda_owner_words, owner);

	for (size_t i = 0; i < r->emphasis_n; i++) {
		const struct agenda_emphasis *e = &r->emphasis[i];

		if (e->types & t && (!e->owners || e->owners & o)) {
			*n = e->n;
			return e->items;
		}
	}
	*n = 0;
	return NULL;
}
