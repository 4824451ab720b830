/* sheet.c — applying a scheme line by line. The sentences are in sheet_words.c. */
#include "rules/sheet.h"

#include <string.h>

#include "rules/sheet_words.h"

const char *const line_source_words[] = { "fact", "judged", "not_applicable", NULL };

struct work {
	struct arena *arena;
	const struct scheme *scheme;
	const struct facts *facts;
	struct judged judged;
	enum lang lang;
	bool quiet;              /* points alone: no sentence is made */
	struct scored_sheet *sheet;
};
#define WORDS(w, sentence) ((w)->quiet ? "" : (sentence))

/* ---------------------------------------------------------------- maximum and cases */

/* The maximum that applies, TENTHS_NONE when it hangs on an unknown fact. */
static struct tenths max_of(const struct scheme_line *line, const struct facts *facts)
{
	for (uint32_t i = 0; i < line->n_max; i++) {
		if (!line->max[i].when.n)
			return line->max[i].points;
		struct value holds = expr_eval(&line->max[i].when, NULL, facts);

		if (holds.state != VALUE_KNOWN)
			return TENTHS_NONE;
		if (holds.num)
			return line->max[i].points;
	}
	return TENTHS_NONE;
}

static struct value bound_holds(const struct scheme_case *k, struct value measure)
{
	struct value yes = { .num = 1, .den = 1 }, no = { .num = 0, .den = 1 };

	if (k->bound == BOUND_NONE)
		return yes;
	if (measure.state != VALUE_KNOWN)
		return measure;
	int order = rate_compare(measure.num, measure.den, k->bound_num, k->bound_den);

	switch (k->bound) {
	case BOUND_FROM: return order >= 0 ? yes : no;
	case BOUND_ABOVE: return order > 0 ? yes : no;
	case BOUND_UP_TO: return order <= 0 ? yes : no;
	default: return order < 0 ? yes : no;
	}
}

/* Bound and condition together: a known no of either decides. */
static struct value case_holds(const struct scheme_line *line, const struct scheme_case *k, const struct facts *facts)
{
	struct value no = { .num = 0, .den = 1 };
	struct value bound = bound_holds(k, expr_eval(&line->measure, NULL, facts));
	struct value when = { .num = 1, .den = 1 };

	if (k->when.n)
		when = expr_eval(&k->when, &line->measure, facts);
	if ((bound.state == VALUE_KNOWN && !bound.num) || (when.state == VALUE_KNOWN && !when.num))
		return no;
	return bound.state != VALUE_KNOWN ? bound : when;
}

/* max × measure, never below 0 or above max, half up to a tenth. Unknown stays TENTHS_NONE. */
static struct tenths pro_rata(struct value measure, struct tenths max)
{
	if (measure.state != VALUE_KNOWN)
		return TENTHS_NONE;
	if (measure.num <= 0)
		return (struct tenths){ 0 };
	if (measure.num >= measure.den)
		return max;
	__int128 twice = (__int128)measure.num * max.t * 2 + measure.den;

	return (struct tenths){ (int32_t)(twice / ((__int128)measure.den * 2)) };
}

static uint64_t unknown_facts(const struct scheme_line *line, const struct facts *facts)
{
	uint64_t used = line->measure.facts | line->not_applicable.facts;

	for (uint32_t i = 0; i < line->n_max; i++)
		used |= line->max[i].when.facts;
	for (uint32_t i = 0; i < line->n_cases; i++)
		used |= line->cases[i].when.facts;
	return used & ~facts->known;
}

/* ---------------------------------------------------------------- one line */

static struct wording_of wording(const struct work *w, const struct scored_line *out)
{
	return (struct wording_of){ .arena = w->arena, .line = out->line, .book = scheme_use_book(w->scheme->use), .facts = w->facts, .lang = w->lang,
		                        .points = out->points, .max = out->max };
}

static void leave_open(struct work *w, struct scored_line *out, enum value_state state)
{
	struct wording_of words = wording(w, out);

	out->points = TENTHS_NONE;
	if (state == VALUE_UNDEFINED) {
		out->state = LINE_UNDEFINED;
		out->why = WORDS(w, words_undefined(&words));
		return;
	}
	out->state = LINE_MISSING;
	out->missing = unknown_facts(out->line, w->facts);
	out->why = WORDS(w, words_missing(&words, out->missing));
}

static void score_not_applicable(struct work *w, struct scored_line *out)
{
	out->source = SOURCE_NOT_APPLICABLE;
	out->points = out->max;
	struct wording_of words = wording(w, out);

	out->why = WORDS(w, words_not_applicable(&words));
}

static void score_by_cases(struct work *w, struct scored_line *out)
{
	const struct scheme_line *line = out->line;

	for (uint32_t i = 0; i < line->n_cases; i++) {
		const struct scheme_case *k = &line->cases[i];
		struct value holds = case_holds(line, k, w->facts), measure;

		if (holds.state == VALUE_KNOWN && !holds.num)
			continue;
		measure = expr_eval(&line->measure, NULL, w->facts);
		if (holds.state == VALUE_KNOWN && k->pro_rata)
			holds = (struct value){ .state = measure.state, .num = 1, .den = 1 };
		if (holds.state != VALUE_KNOWN) {
			leave_open(w, out, holds.state);
			return;
		}
		out->points = k->pro_rata ? pro_rata(measure, out->max) : k->points;
		struct wording_of words = wording(w, out);

		out->why = WORDS(w, words_case(&words, k));
		if (out->points.t < out->max.t)
			out->to_full = WORDS(w, words_to_full(&words));
		return;
	}
	leave_open(w, out, VALUE_UNKNOWN);
}

static const struct judged_line *judged_for(const struct work *w, const char *id)
{
	for (size_t i = 0; i < w->judged.n; i++)
		if (strcmp(w->judged.v[i].id, id) == 0)
			return &w->judged.v[i];
	return NULL;
}

static fail refuse(struct work *w, const struct judged_line *given, enum refusal refusal, struct tenths max)
{
	w->sheet->refused_id = given->id;
	w->sheet->refused = words_refused(w->arena, refusal, given->id, given->points, max, w->lang);
	return FAIL_INPUT;
}

static fail score_judged(struct work *w, struct scored_line *out)
{
	const struct judged_line *given = judged_for(w, out->id);
	struct wording_of words;

	out->source = SOURCE_JUDGED;
	if (!given) {
		words = wording(w, out);
		out->state = LINE_UNJUDGED;
		out->why = WORDS(w, words_unjudged(&words));
		return FAIL_OK;
	}
	if (given->points.t < 0 || given->points.t > out->max.t)
		return refuse(w, given, REFUSED_RANGE, out->max);
	out->points = given->points;
	words = wording(w, out);
	out->why = WORDS(w, words_judged(&words));
	if (out->points.t < out->max.t)
		out->to_full = WORDS(w, words_to_full_judged(&words, out->title));
	return FAIL_OK;
}

/* A judged value must be in bounds also where it is not looked at further. */
static fail check_unused(struct work *w, const struct scored_line *out)
{
	const struct judged_line *given = judged_for(w, out->id);
	struct tenths most = tenths_is(out->max) ? out->max : scheme_line_max(out->line);

	if (given && (given->points.t < 0 || given->points.t > most.t))
		return refuse(w, given, REFUSED_RANGE, most);
	return FAIL_OK;
}

static fail score_line(struct work *w, const struct scheme_line *line, struct scored_line *out)
{
	struct value skip = { .num = 0, .den = 1 };

	*out = (struct scored_line){ .id = line->id, .title = line->title[w->lang], .line = line, .group = line->group,
		                         .source = line->judged ? SOURCE_JUDGED : SOURCE_FACT, .points = TENTHS_NONE,
		                         .max = max_of(line, w->facts), .why = "", .to_full = "" };
	TRY(check_unused(w, out));
	if (line->not_applicable.n)
		skip = expr_eval(&line->not_applicable, NULL, w->facts);
	if (!tenths_is(out->max) || skip.state != VALUE_KNOWN)
		leave_open(w, out, tenths_is(out->max) ? skip.state : VALUE_UNKNOWN);
	else if (skip.num || out->max.t == 0)
		score_not_applicable(w, out);
	else if (line->judged)
		return score_judged(w, out);
	else
		score_by_cases(w, out);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- a group judged as a whole */

static fail score_group(struct work *w, int g, struct scored_line *out)
{
	const struct scheme_group *group = &w->scheme->groups[g];
	const struct judged_line *given = judged_for(w, group->id);

	*out = (struct scored_line){ .id = group->id, .title = group->title[w->lang], .group = g, .source = SOURCE_JUDGED,
		                         .points = given->points, .max = group->max, .why = "", .to_full = "" };
	if (given->points.t < 0 || given->points.t > group->max.t)
		return refuse(w, given, REFUSED_RANGE, group->max);
	struct wording_of words = wording(w, out);

	out->why = WORDS(w, words_judged(&words));
	if (out->points.t < out->max.t)
		out->to_full = WORDS(w, words_to_full_judged(&words, out->title));
	return FAIL_OK;
}

static bool group_is_judged(const struct work *w, int g)
{
	return g >= 0 && judged_for(w, w->scheme->groups[g].id) != NULL;
}

/* ---------------------------------------------------------------- the sheet */

static fail check_given(struct work *w, const struct judged_line *given)
{
	const struct scheme_line *line = scheme_line_by_id(w->scheme, given->id);
	const struct scheme_group *group = scheme_judged_group(w->scheme, given->id);

	if (judged_for(w, given->id) != given)
		return refuse(w, given, REFUSED_TWICE, TENTHS_NONE);
	if (line && !line->judged)
		return refuse(w, given, REFUSED_COMPUTED, TENTHS_NONE);
	if (line && group_is_judged(w, line->group))
		return refuse(w, given, REFUSED_TWICE, TENTHS_NONE);
	if (!line && !group)
		return refuse(w, given, REFUSED_UNKNOWN, TENTHS_NONE);
	return FAIL_OK;
}

static fail fill(struct work *w)
{
	const struct scheme *s = w->scheme;
	struct scored_sheet *sheet = w->sheet;
	int last_group = -1;

	for (size_t i = 0; i < w->judged.n; i++)
		TRY(check_given(w, &w->judged.v[i]));
	for (uint32_t i = 0; i < s->n_lines; i++) {
		int g = s->lines[i].group;

		if (!group_is_judged(w, g))
			TRY(score_line(w, &s->lines[i], &sheet->lines[sheet->n++]));
		else if (g != last_group)
			TRY(score_group(w, g, &sheet->lines[sheet->n++]));
		last_group = g;
	}
	return FAIL_OK;
}

static void add_up(struct scored_sheet *sheet)
{
	int32_t total = 0;

	sheet->complete = true;
	for (size_t i = 0; i < sheet->n; i++) {
		const struct scored_line *line = &sheet->lines[i];

		sheet->missing |= line->missing;
		sheet->unjudged += line->state == LINE_UNJUDGED;
		sheet->complete = sheet->complete && line->state == LINE_SCORED;
		total += line->state == LINE_SCORED ? line->points.t : 0;
	}
	if (sheet->complete) {
		sheet->total = (struct tenths){ total };
		sheet->grade = scheme_use_is_year(sheet->scheme->use) ? GRADE_NONE : grade_of(&sheet->scheme->grades, sheet->total);
	}
}

static void judge_vetoes(struct work *w)
{
	struct scored_sheet *sheet = w->sheet;
	const struct scheme *s = w->scheme;

	sheet->vetoes = ARENA_ARRAY(w->arena, s->n_vetoes, struct scored_veto);
	for (; sheet->n_vetoes < s->n_vetoes; sheet->n_vetoes++) {
		const struct scheme_veto *veto = &s->vetoes[sheet->n_vetoes];
		struct value holds = expr_eval(&veto->when, NULL, w->facts);

		sheet->vetoes[sheet->n_vetoes] = (struct scored_veto){
			.veto = veto, .known = holds.state == VALUE_KNOWN, .applies = holds.state == VALUE_KNOWN && holds.num,
			.missing = holds.state == VALUE_KNOWN ? 0 : veto->when.facts & ~w->facts->known,
			.why = WORDS(w, words_condition(w->arena, &veto->when, veto->why, w->facts, w->lang)),
		};
	}
}

static enum verdict verdict_of(const struct scored_sheet *sheet)
{
	bool open = !sheet->complete;

	if (!tenths_is(sheet->scheme->standard))
		return VERDICT_OPEN;
	for (size_t i = 0; i < sheet->n_vetoes; i++) {
		if (sheet->vetoes[i].applies)
			return VERDICT_NOT_MET;
		open = open || !sheet->vetoes[i].known;
	}
	if (sheet->complete && sheet->total.t < sheet->scheme->standard.t)
		return VERDICT_NOT_MET;
	return open ? VERDICT_OPEN : VERDICT_MET;
}

static fail apply(struct work *w)
{
	struct scored_sheet *out = w->sheet;

	*out = (struct scored_sheet){ .scheme = w->scheme, .lang = w->lang, .total = TENTHS_NONE };
	out->lines = ARENA_ARRAY(w->arena, w->scheme->n_lines, struct scored_line);
	TRY(fill(w));
	add_up(out);
	judge_vetoes(w);
	out->verdict = verdict_of(out);
	return FAIL_OK;
}

fail scheme_apply(struct arena *a, const struct scheme *s, const struct facts *facts, struct judged judged,
                  enum lang lang, struct scored_sheet *out)
{
	return apply(&(struct work){ .arena = a, .scheme = s, .facts = facts, .judged = judged, .lang = lang, .sheet = out });
}

fail scheme_points(struct arena *a, const struct scheme *s, const struct facts *facts, struct judged judged, struct scored_sheet *out)
{
	return apply(&(struct work){ .arena = a, .scheme = s, .facts = facts, .judged = judged, .quiet = true, .sheet = out });
}

/* ---------------------------------------------------------------- as JSON */

static void put_tenths(struct json *j, const char *key, struct tenths p)
{
	char text[NUM_TEXT];

	tenths_format(p, text);
	json_put_str(j, key, tenths_is(p) ? text : NULL);
}

static void put_missing(struct json *j, const struct fact_book *book, uint64_t missing)
{
	if (!missing)
		return;
	json_key(j, "missing");
	json_array(j);
	for (int f = 0; f < book->n; f++)
		if (missing & FACT_BIT(f))
			json_str(j, book->facts[f].name);
	json_array_end(j);
}

static void put_line(struct json *j, const struct fact_book *book, const struct scored_line *line)
{
	json_object(j);
	json_put_str(j, "id", line->id);
	put_tenths(j, "points", line->points);
	put_tenths(j, "max", line->max);
	json_put_str(j, "source", line_source_words[line->source]);
	json_put_str(j, "why", line->why);
	json_put_str(j, "title", line->title);
	json_put_str(j, "to_full", line->to_full);
	put_missing(j, book, line->missing);
	json_object_end(j);
}

static void put_open_or_bool(struct json *j, const char *key, bool known, bool value)
{
	if (known)
		json_put_bool(j, key, value);
	else
		json_put_str(j, key, NULL);
}

static void put_verdict(struct json *j, const struct fact_book *book, const struct scored_sheet *sheet)
{
	put_tenths(j, "standard", sheet->scheme->standard);
	put_open_or_bool(j, "meets", sheet->verdict != VERDICT_OPEN, sheet->verdict == VERDICT_MET);
	json_key(j, "vetoes");
	json_array(j);
	for (size_t i = 0; i < sheet->n_vetoes; i++) {
		const struct scored_veto *v = &sheet->vetoes[i];

		json_object(j);
		json_put_str(j, "id", v->veto->id);
		json_put_str(j, "title", v->veto->title[sheet->lang]);
		put_open_or_bool(j, "applies", v->known, v->applies);
		json_put_str(j, "why", v->why);
		put_missing(j, book, v->missing);
		json_object_end(j);
	}
	json_array_end(j);
}

void scored_sheet_json(struct json *j, const struct scored_sheet *sheet, const char *valid_on)
{
	char first_day[DATE_TEXT];

	date_format(sheet->scheme->valid_from, first_day);
	json_object(j);
	json_put_str(j, "scheme", sheet->scheme->id);
	json_put_str(j, "valid_on", *valid_on ? valid_on : first_day);
	put_tenths(j, "total", sheet->total);
	json_put_str(j, "class", sheet->grade ? grade_words[sheet->grade] : NULL);
	json_key(j, "lines");
	json_array(j);
	for (size_t i = 0; i < sheet->n; i++)
		put_line(j, scheme_use_book(sheet->scheme->use), &sheet->lines[i]);
	json_array_end(j);
	json_put_str(j, "title", sheet->scheme->title[sheet->lang]);
	json_put_bool(j, "complete", sheet->complete);
	if (tenths_is(sheet->scheme->standard))
		put_verdict(j, scheme_use_book(sheet->scheme->use), sheet);
	json_object_end(j);
}
