/* targets.c — the rules say which figures, the cube says how many. */
#include "rollup/targets.h"

#include <string.h>

#include "rollup/memory.h"
#include "rules/rules.h"

static struct scopes scopes_of(struct call *c, const struct cube *cube, int32_t unit, struct period p)
{
	const char **codes = ARENA_ARRAY(c->arena, 64, const char *);
	size_t n = 0;

	for (; unit > SHAPE_TOP && n < 64; unit = shape_parent(cube->shape, THEN, unit, p.to))
		codes[n++] = cube->shape->unit[unit].code;
	return (struct scopes){ codes, n };
}

static bool seen(const struct target **v, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i]->id, id) == 0)
			return true;
	return false;
}

fail targets_choose(struct call *c, const struct cube *cube, int32_t unit, struct period p, const struct target ***out, size_t *n)
{
	const struct rules *r = c->rules;

	*n = 0;
	if (!r)
		return problem(c, FAIL_BROKEN, "", "the rules are not loaded");
	struct scopes scopes = scopes_of(c, cube, unit, p);

	*out = ARENA_ARRAY(c->arena, r->n, const struct target *);
	for (size_t i = 0; i < r->n; i++) {
		const struct target *t = r->v[i].kind == RULE_TARGET ? rules_target(r, r->v[i].id, month_last(p.to), scopes) : NULL;

		if (t && !seen(*out, *n, t->id))
			(*out)[(*n)++] = t;
	}
	return FAIL_OK;
}

bool counter_of_members(enum counter counter)
{
	return (counter >= COUNTER_members_excellent && counter <= COUNTER_members_good_or_better) || counter == COUNTER_secretaries ||
	       counter == COUNTER_secretaries_good;
}

bool target_of_members(const struct target *t)
{
	return counter_of_members(t->numerator) || counter_of_members(t->denominator);
}

struct target_line target_line(const struct target *t, const struct figures *f)
{
	return (struct target_line){
		.target = t,
		.result = target_eval(t, f->v[figure_of(t->numerator)], f->v[figure_of(t->denominator)]),
		.by_score = t->numerator == COUNTER_complete ? f->v[FIG_by_score] : 0,
	};
}

fail targets_of(struct call *c, const struct cube *cube, int32_t unit, const struct question *q, struct target_lines *out)
{
	const struct target **chosen;
	struct figures f;
	size_t n;

	TRY(targets_choose(c, cube, unit, q->period, &chosen, &n));
	cube_figures(cube, q->structure, unit, q->period, MONTH_EVER, MONTH_FAR, &f);
	*out = (struct target_lines){ ARENA_ARRAY(c->arena, n, struct target_line), 0 };
	for (size_t i = 0; i < n; i++)
		if (!q->hide_members || !target_of_members(chosen[i]))
			out->v[out->n++] = target_line(chosen[i], &f);
	return FAIL_OK;
}

static fail ask(struct call *c, const struct cube *cube, const struct question *q, struct target_lines *out, const char **code)
{
	int32_t unit = shape_find(cube->shape, q->unit_id);

	if (unit < 0)
		return problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit");
	*code = arena_strdup(c->arena, cube->shape->unit[unit].code);
	return targets_of(c, cube, unit, q, out);
}

fail targets_ask(struct call *c, const struct question *q, struct target_lines *out, const char **code)
{
	struct rollup_want want = { q->unit_id, q->period };
	const struct cube *cube;

	TRY(rollup_lock(c, &want, &cube));
	fail f = ask(c, cube, q, out, code);

	rollup_unlock(c);
	return f;
}

void rate_json(struct json *j, int64_t numerator, int64_t denominator)
{
	char percent[NUM_TEXT];

	json_put_int(j, "numerator", numerator);
	json_put_int(j, "denominator", denominator);
	percent_format(numerator, denominator, percent);
	json_put_str(j, "percent", *percent ? percent : NULL);
}

static void line_json(struct json *j, enum lang lang, const struct target_line *l)
{
	const struct target *t = l->target;

	json_object(j);
	json_put_str(j, "id", t->id);
	rate_json(j, l->result.numerator, l->result.denominator);
	json_put_str(j, "threshold", t->threshold);
	json_key(j, "met");
	if (l->result.known)
		json_bool(j, l->result.met);
	else
		json_null(j);
	json_put_str(j, "title", t->title[lang]);
	json_put_str(j, "numerator_name", counter_title(t->numerator, lang));
	json_put_str(j, "denominator_name", counter_title(t->denominator, lang));
	if (l->result.known)
		json_put_int(j, "needed", l->result.needed);
	if (l->by_score)
		json_put_int(j, "by_score", l->by_score);
	json_object_end(j);
}

void targets_json(struct json *j, enum lang lang, const char *code, const struct question *q, const struct target_lines *lines)
{
	char period[PERIOD_TEXT];

	period_format(q->period, period);
	json_object(j);
	json_put_str(j, "unit", code);
	json_put_str(j, "period", period);
	json_put_str(j, "structure", structure_words[q->structure]);
	json_key(j, "targets");
	json_array(j);
	for (size_t i = 0; i < lines->n; i++)
		line_json(j, lang, &lines->v[i]);
	json_array_end(j);
	json_object_end(j);
}
