/* agenda_words.c — an agenda as people read it. */
#include "rules/rule_words.h"

static const char *step_words(struct call *c, const struct agenda_step *s)
{
	static const char *const whens[] = { "", N_("with a guest of the committee above"), N_("with a thematic part"), N_("on request") };
	const char *minutes = arena_printf(c->arena, s->share ? tr(c->lang, "%d minutes and more") : tr(c->lang, "%d minutes"), s->minutes);
	const char *when = s->when ? arena_printf(c->arena, ", %s", tr(c->lang, whens[s->when])) : "";

	return arena_printf(c->arena, "%s · %s: %s (%s%s%s)", s->step, agenda_part_name(c->lang, s->part), s->title[c->lang], minutes, when,
	                    s->mandatory ? "" : arena_printf(c->arena, ", %s", tr(c->lang, "may be left out")));
}

static void put_words(struct out *o, uint32_t bits, const char *const *words)
{
	for (int i = 1; words[i]; i++)
		if (bits & 1u << i)
			out_printf(o, "%s%s", o->size ? ", " : "", words[i]);
}

static const char *emphasis_words(struct call *c, const struct agenda_emphasis *e)
{
	struct out o;

	out_memory(&o, c->arena);
	put_words(&o, e->types, unit_type_words);
	put_words(&o, e->owners, agenda_owner_words);
	out_str(&o, ": ");
	for (size_t i = 0; i < e->n; i++)
		out_printf(&o, "%s%s", i ? "; " : "", e->items[i][c->lang]);
	return out_text(&o);
}

size_t rule_agenda_words(struct call *c, const struct agenda_rule *a, const char ***lines)
{
	const char **v = ARENA_ARRAY(c->arena, a->n + a->emphasis_n + 1, const char *);
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		v[n++] = step_words(c, &a->steps[i]);
	for (size_t i = 0; i < a->emphasis_n; i++)
		v[n++] = emphasis_words(c, &a->emphasis[i]);
	*lines = v;
	return n;
}
