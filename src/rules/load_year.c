/* load_year.c — year rules and targets from their trees. */
#include <string.h>

#include "rules/reader.h"

/* ---------------------------------------------------------------- year rules */

static void read_count(struct reader *r, const struct yaml *value, struct year_level *out)
{
	if (!read_keys(r, value, "of at_least "))
		return;
	out->count_grade = (enum grade)read_word(r, value, "of", grade_words, -1);
	if (read_required(r, value, "at_least"))
		out->count_of_12 = (int32_t)read_int(r, value, "at_least", 1, 12, 0);
}

static void read_level(struct reader *r, const struct yaml *value, struct year_level *out)
{
	const struct yaml *months, *mean;

	if (!read_keys(r, value, "every_meeting months mean no_month_missed thematic_each_quarter "))
		return;
	out->worst = (enum grade)read_word(r, value, "every_meeting", grade_words, 0);
	out->no_month_missed = read_yes(r, value, "no_month_missed", false);
	out->thematic_each_quarter = read_yes(r, value, "thematic_each_quarter", false);
	months = read_optional(value, "months");
	mean = read_optional(value, "mean");
	if (months)
		read_count(r, months, out);
	if (mean)
		out->mean_from = points_value(r, mean);
}

/* A better class may not ask less than a worse one: otherwise the worse could never be given. */
static void check_levels(struct reader *r, const struct yaml *map, const struct year_rule *rule)
{
	for (int g = GRADE_AVERAGE; g < GRADE_GOOD; g++) {
		const struct year_level *low = &rule->levels[g], *high = &rule->levels[g + 1];

		if ((tenths_is(low->mean_from) && tenths_is(high->mean_from) && low->mean_from.t > high->mean_from.t) || low->worst > high->worst ||
		    (low->count_grade && low->count_grade == high->count_grade && low->count_of_12 >= high->count_of_12 && !tenths_is(high->mean_from) &&
		     low->worst == high->worst))
			complain(r, map->at, "%s: the class “%s” asks less than “%s” below it", rule->id, grade_words[g + 1], grade_words[g]);
	}
}

const struct year_rule *read_year_rule(struct reader *r, const struct yaml *map, const struct frame *f)
{
	struct year_rule *y = ARENA_NEW(r->arena, struct year_rule);
	size_t before = r->bad->n;

	if (!read_keys(r, map, FRAME_KEYS "good fair average "))
		return NULL;
	*y = (struct year_rule){ .id = f->id, .source = f->source, .scope = f->scope, .valid_from = f->valid_from,
		                     .valid_to = f->valid_to, .is_default = f->is_default, .at = f->at };
	memcpy(y->title, f->title, sizeof y->title);
	memcpy(y->note, f->note, sizeof y->note);
	for (int g = GRADE_POOR; g < GRADE_COUNT; g++) {
		const struct yaml *value = g > GRADE_POOR ? read_required(r, map, grade_words[g]) : NULL;

		y->levels[g].mean_from = TENTHS_NONE;
		if (value)
			read_level(r, value, &y->levels[g]);
	}
	check_levels(r, map, y);
	return r->bad->n == before ? y : NULL;
}

/* ---------------------------------------------------------------- targets */

static void read_threshold(struct reader *r, const struct yaml *map, struct target *t)
{
	static const char *const names[] = { "from", "above", "exactly" };
	static const char *const signs[] = { "≥", ">", "=" };
	bool percent = false, reported = read_yes(r, map, "reported", false);
	int found = reported;
	struct out o;

	t->den = !reported;
	for (int i = TARGET_FROM; i <= TARGET_EXACTLY; i++) {
		const struct yaml *value = read_optional(map, names[i]);

		if (!value)
			continue;
		found++;
		t->compare = (enum target_compare)i;
		if (fraction_value(r, value, &t->num, &t->den, &percent) && (!percent || t->num < 0 || t->num > 10 * t->den))
			complain(r, value->at, "“%s” is not a threshold; expected per cent such as 85%%", value->text);
	}
	if (found != 1)
		complain(r, map->at, "expected exactly one of: from above exactly reported");
	if (reported) {
		t->compare = TARGET_REPORTED;
		t->threshold = "reported";
		return;
	}
	out_memory(&o, r->arena);
	out_str(&o, signs[t->compare]);
	out_char(&o, ' ');
	value_words(&o, (struct value){ .num = t->num, .den = t->den }, EXPR_SHARE, LANG_EN);
	t->threshold = arena_strndup(r->arena, out_text(&o), o.size - 1); /* without the per cent sign */
}

const struct target *read_target(struct reader *r, const struct yaml *map, const struct frame *f)
{
	struct target *t = ARENA_NEW(r->arena, struct target);
	size_t before = r->bad->n;

	if (!read_keys(r, map, FRAME_KEYS "numerator denominator from above exactly reported "))
		return NULL;
	*t = (struct target){ .id = f->id, .source = f->source, .scope = f->scope, .valid_from = f->valid_from,
		                  .valid_to = f->valid_to, .at = f->at };
	memcpy(t->title, f->title, sizeof t->title);
	memcpy(t->note, f->note, sizeof t->note);
	t->numerator = (enum counter)read_word(r, map, "numerator", counter_words, -1);
	t->denominator = (enum counter)read_word(r, map, "denominator", counter_words, -1);
	if (r->bad->n == before && t->numerator == t->denominator)
		complain(r, map->at, "numerator and denominator are the same");
	if (r->bad->n == before && (t->numerator >= COUNTER_cells) != (t->denominator >= COUNTER_cells))
		complain(r, map->at, "one of the counters is of months, the other of years");
	read_threshold(r, map, t);
	return r->bad->n == before ? t : NULL;
}
