/* levels_words.c — a classification in words, for `chibo rules show` and the page of a rule. */
#include "rules/levels.h"
#include "rules/rule_words.h"

static const char *level_words_of(struct call *c, const struct levels_rule *rule, enum level level)
{
	const struct level_row *row = &rule->rows[level];
	struct out o;

	out_memory(&o, c->arena);
	out_printf(&o, "%s: ", level_title(level, c->lang));
	out_printf(&o, tr(c->lang, "from %s points"), show_tenths(c->arena, c->lang, row->from));
	for (uint32_t i = 0; i < row->n_conditions; i++)
		out_printf(&o, "; %s %s (%s)", row->conditions[i].id, row->conditions[i].title[c->lang],
		           rule_expr_words(c, &row->conditions[i].holds, NULL));
	return out_text(&o);
}

size_t rule_levels_words(struct call *c, const struct levels_rule *rule, const char ***lines)
{
	static const char *const bases[] = { N_("those classified Good"), N_("those classified Good or better"), N_("all that are classified") };
	const char **v = ARENA_ARRAY(c->arena, LEVEL_OF_COUNT + 1, const char *);
	size_t n = 0;

	for (int l = LEVEL_OF_EXCELLENT; l > LEVEL_OF_NOT_COMPLETED; l--)
		v[n++] = level_words_of(c, rule, (enum level)l);
	v[n++] = arena_printf(c->arena, "%s: %s", level_title(LEVEL_OF_NOT_COMPLETED, c->lang), tr(c->lang, "otherwise"));
	if (rule->cap_percent)
		v[n++] = arena_printf(c->arena, tr(c->lang, "at most %d%% Excellent in a group, counted on %s"), (int)rule->cap_percent,
		                      tr(c->lang, bases[rule->cap_base]));
	*lines = v;
	return n;
}
