/* load_levels.c — annual classification from its tree. */
#include <string.h>

#include "rules/levels.h"
#include "rules/reader.h"

static void read_condition(struct reader *r, const struct yaml *map, struct level_condition *out)
{
	const struct yaml *holds, *why;

	out->at = map->at;
	if (!read_keys(r, map, "id title holds why "))
		return;
	out->id = read_id(r, map, "id");
	read_title(r, map, "title", true, out->title);
	holds = read_required(r, map, "holds");
	why = read_optional(map, "why");
	if (holds)
		out->holds = expr_value(r, holds, NULL, true);
	if (why)
		phrase_values(r, why, NULL, out->why);
}

static void read_level(struct reader *r, const struct yaml *map, struct level_row *out)
{
	const struct yaml *from, *list;
	struct level_condition *v;

	if (!read_keys(r, map, "from conditions "))
		return;
	from = read_required(r, map, "from");
	if (from)
		out->from = points_value(r, from);
	list = read_rows(r, map, "conditions", false);
	v = ARENA_ARRAY(r->arena, list ? list->n : 0, struct level_condition);
	out->conditions = v;
	out->n_conditions = list ? (uint32_t)list->n : 0;
	for (uint32_t i = 0; i < out->n_conditions; i++)
		read_condition(r, &list->v[i].value, &v[i]);
}

static void read_cap(struct reader *r, const struct yaml *map, struct levels_rule *rule)
{
	const struct yaml *cap = read_optional(map, "cap");

	if (!cap || !read_keys(r, cap, "percent of "))
		return;
	if (read_required(r, cap, "percent"))
		rule->cap_percent = (int32_t)read_int(r, cap, "percent", 1, 100, 20);
	rule->cap_base = (enum cap_base)read_word(r, cap, "of", cap_base_words, CAP_OF_GOOD);
}

static bool id_given_before(const struct levels_rule *rule, const struct level_condition *k)
{
	for (int l = LEVEL_OF_EXCELLENT; l > LEVEL_OF_NOT_COMPLETED; l--)
		for (uint32_t i = 0; i < rule->rows[l].n_conditions; i++) {
			if (&rule->rows[l].conditions[i] == k)
				return false;
			if (strcmp(rule->rows[l].conditions[i].id, k->id) == 0)
				return true;
		}
	return false;
}

/* A better level asks for more points; ids of conditions are given once. */
static void check_levels(struct reader *r, const struct yaml *map, const struct levels_rule *rule)
{
	for (int l = LEVEL_OF_EXCELLENT; l > LEVEL_OF_NOT_COMPLETED; l--) {
		const struct level_row *row = &rule->rows[l];

		if (row->from.t <= (l > LEVEL_OF_COMPLETED ? rule->rows[l - 1].from.t : 0))
			complain(r, map->at, "%s: the points of the levels must fall from excellent to completed, above 0", rule->id);
		for (uint32_t i = 0; i < row->n_conditions; i++)
			if (id_given_before(rule, &row->conditions[i]))
				complain(r, row->conditions[i].at, "%s: this id is given twice in the rule", row->conditions[i].id);
	}
}

const struct levels_rule *read_levels(struct reader *r, const struct yaml *map, const struct frame *f)
{
	struct levels_rule *rule = ARENA_NEW(r->arena, struct levels_rule);
	size_t before = r->bad->n;

	*rule = (struct levels_rule){ .id = f->id, .source = f->source, .scope = f->scope, .valid_from = f->valid_from, .valid_to = f->valid_to,
		                          .is_default = f->is_default, .at = f->at };
	memcpy(rule->title, f->title, sizeof rule->title);
	memcpy(rule->note, f->note, sizeof rule->note);
	if (!read_keys(r, map, FRAME_KEYS "for excellent good completed cap "))
		return NULL;
	rule->use = (enum levels_use)read_word(r, map, "for", levels_use_words, -1);
	r->book = levels_book(rule->use);
	for (int l = LEVEL_OF_EXCELLENT; l > LEVEL_OF_NOT_COMPLETED; l--) {
		const struct yaml *value = read_required(r, map, level_words[l]);

		if (value)
			read_level(r, value, &rule->rows[l]);
	}
	read_cap(r, map, rule);
	if (r->bad->n == before)
		check_levels(r, map, rule);
	return r->bad->n == before ? rule : NULL;
}
