/* load_scheme.c — a scoring table from its tree, and the faults of scheme_check.h in words. */
#include <string.h>

#include "rules/reader.h"
#include "rules/scheme_check.h"

#define LINE_KEYS "id title max judged measure cases why not_applicable to_full source evidence "
#define GROUP_KEYS "id title max lines "
#define CASE_KEYS "when from above up_to below otherwise points why "

/* ---------------------------------------------------------------- maxima */

static void read_max_row(struct reader *r, const struct yaml *row, struct scheme_max *out)
{
	const struct yaml *when, *points;

	if (!read_keys(r, row, "when otherwise points "))
		return;
	when = read_optional(row, "when");
	points = read_required(r, row, "points");
	if (when)
		out->when = expr_value(r, when, NULL, true);
	else if (!read_yes(r, row, "otherwise", false))
		complain(r, row->at, "expected “when: CONDITION” or “otherwise: true”");
	if (points)
		out->points = points_value(r, points);
}

static void read_max(struct reader *r, const struct yaml *map, struct scheme_line *line)
{
	const struct yaml *value = read_required(r, map, "max");
	size_t n = value && value->kind == YAML_LIST ? value->n : 1;
	struct scheme_max *max = ARENA_ARRAY(r->arena, n, struct scheme_max);

	line->max = max;
	line->n_max = (uint32_t)n;
	if (!value)
		return;
	if (value->kind != YAML_LIST) {
		max[0].points = points_value(r, value);
		return;
	}
	for (size_t i = 0; i < n; i++)
		read_max_row(r, &value->v[i].value, &max[i]);
}

/* ---------------------------------------------------------------- cases */

static void read_bound(struct reader *r, const struct yaml *map, struct scheme_case *k)
{
	static const char *const names[] = { "", "from", "above", "up_to", "below" };

	k->bound_den = 1;
	for (int b = BOUND_FROM; b <= BOUND_BELOW; b++) {
		const struct yaml *value = read_optional(map, names[b]);

		if (!value)
			continue;
		if (k->bound != BOUND_NONE)
			complain(r, value->at, "a case has at most one of: from above up_to below");
		k->bound = (enum case_bound)b;
		fraction_value(r, value, &k->bound_num, &k->bound_den, &k->bound_is_percent);
	}
}

static void read_points(struct reader *r, const struct yaml *map, struct scheme_case *k)
{
	const struct yaml *points = read_required(r, map, "points");

	if (points && points->kind == YAML_TEXT && strcmp(points->text, "pro_rata") == 0)
		k->pro_rata = true;
	else if (points)
		k->points = points_value(r, points);
}

static void read_case(struct reader *r, const struct yaml *map, const struct scheme_line *line, const struct yaml *line_why,
                      struct scheme_case *k)
{
	const struct yaml *when, *why;

	k->at = map->at;
	if (!read_keys(r, map, CASE_KEYS))
		return;
	when = read_optional(map, "when");
	why = read_optional(map, "why");
	read_bound(r, map, k);
	read_points(r, map, k);
	if (when)
		k->when = expr_value(r, when, &line->measure, true);
	if (read_yes(r, map, "otherwise", false) == (when || k->bound != BOUND_NONE))
		complain(r, map->at, "expected a condition (when, from, above, up_to, below) or, for the rest, “otherwise: true”");
	if (why || line_why)
		phrase_values(r, why ? why : line_why, &line->measure, k->why);
}

static void read_cases(struct reader *r, const struct yaml *map, struct scheme_line *line)
{
	const struct yaml *list = read_optional(map, "cases"), *why = read_optional(map, "why");
	struct scheme_case *cases;

	if (!list)
		return;
	if (list->kind != YAML_LIST) {
		complain(r, list->at, "expected a list of cases, each beginning with “-”");
		return;
	}
	cases = ARENA_ARRAY(r->arena, list->n, struct scheme_case);
	for (size_t i = 0; i < list->n; i++)
		read_case(r, &list->v[i].value, line, why, &cases[i]);
	line->cases = cases;
	line->n_cases = (uint32_t)list->n;
}

/* ---------------------------------------------------------------- lines and groups */

static void read_not_applicable(struct reader *r, const struct yaml *map, struct scheme_line *line)
{
	const struct yaml *value = read_optional(map, "not_applicable"), *when, *why;

	if (!value || !read_keys(r, value, "when why "))
		return;
	when = read_required(r, value, "when");
	why = read_optional(value, "why");
	if (when)
		line->not_applicable = expr_value(r, when, NULL, true);
	if (why)
		phrase_values(r, why, &line->measure, line->not_applicable_why);
}

/* One text for units of every type, or a list of texts by type. */
static void read_evidence(struct reader *r, const struct yaml *map, struct scheme_line *line)
{
	const struct yaml *value = read_optional(map, "evidence");
	size_t n = value && value->kind == YAML_LIST ? value->n : value != NULL;
	struct scheme_evidence *rows = ARENA_ARRAY(r->arena, n, struct scheme_evidence);

	line->evidence = rows;
	if (!value)
		return;
	if (r->book == &FACTS_OF_MEETING)
		complain(r, value->at, "evidence is named in tables of a year only");
	line->n_evidence = (uint32_t)n;
	if (value->kind != YAML_LIST) {
		read_title(r, map, "evidence", true, rows[0].text);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const struct yaml *row = &value->v[i].value;

		if (!read_keys(r, row, "types text "))
			continue;
		rows[i].types = read_bits(r, row, "types", unit_type_words, false);
		read_title(r, row, "text", true, rows[i].text);
	}
}

static void read_line(struct reader *r, const struct yaml *map, int group, struct scheme_line *line)
{
	const struct yaml *measure, *to_full;

	line->id = read_id(r, map, "id");
	line->group = group;
	line->at = map->at;
	line->source = read_text(r, map, "source", "");
	line->judged = read_yes(r, map, "judged", false);
	read_title(r, map, "title", true, line->title);
	read_max(r, map, line);
	measure = read_optional(map, "measure");
	to_full = read_optional(map, "to_full");
	if (measure)
		line->measure = expr_value(r, measure, NULL, false);
	read_cases(r, map, line);
	read_not_applicable(r, map, line);
	if (to_full)
		phrase_values(r, to_full, &line->measure, line->to_full);
	read_evidence(r, map, line);
}

struct lines {
	struct scheme_line *v;
	struct scheme_group *groups;
	uint32_t n, n_groups;
};

static void read_group(struct reader *r, const struct yaml *map, const struct yaml *list, struct lines *out)
{
	struct scheme_group *g = &out->groups[out->n_groups];
	const struct yaml *max = read_required(r, map, "max");

	g->id = read_id(r, map, "id");
	g->at = map->at;
	read_title(r, map, "title", true, g->title);
	if (max)
		g->max = points_value(r, max);
	if (list->kind != YAML_LIST)
		complain(r, list->at, "expected a list of lines, each beginning with “-”");
	for (size_t i = 0; list->kind == YAML_LIST && i < list->n; i++)
		if (read_keys(r, &list->v[i].value, LINE_KEYS))
			read_line(r, &list->v[i].value, (int)out->n_groups, &out->v[out->n++]);
	out->n_groups++;
}

static size_t count_lines(const struct yaml *criteria)
{
	size_t n = criteria->n;

	for (size_t i = 0; i < criteria->n; i++) {
		const struct yaml_entry *lines = yaml_get(&criteria->v[i].value, "lines");

		n += lines ? lines->value.n : 0;
	}
	return n;
}

static void read_criteria(struct reader *r, const struct yaml *map, struct scheme *s)
{
	const struct yaml *list = read_required(r, map, "criteria");
	struct lines lines = { 0 };

	if (!list)
		return;
	if (list->kind != YAML_LIST) {
		complain(r, list->at, "expected a list of criteria, each beginning with “-”");
		return;
	}
	lines.v = ARENA_ARRAY(r->arena, count_lines(list), struct scheme_line);
	lines.groups = ARENA_ARRAY(r->arena, list->n, struct scheme_group);
	for (size_t i = 0; i < list->n; i++) {
		const struct yaml *item = &list->v[i].value;
		const struct yaml_entry *inside = yaml_get(item, "lines");

		if (!read_keys(r, item, inside ? GROUP_KEYS : LINE_KEYS))
			continue;
		if (inside)
			read_group(r, item, &inside->value, &lines);
		else
			read_line(r, item, -1, &lines.v[lines.n++]);
	}
	s->lines = lines.v;
	s->n_lines = lines.n;
	s->groups = lines.groups;
	s->n_groups = lines.n_groups;
}

/* ---------------------------------------------------------------- parameters */

static void read_classes(struct reader *r, const struct yaml *map, struct scheme *s)
{
	const struct yaml *classes = read_required(r, map, "classes");

	if (!classes || !read_keys(r, classes, "good fair average poor "))
		return;
	for (int g = GRADE_POOR; g < GRADE_COUNT; g++) {
		const struct yaml *points = read_required(r, classes, grade_words[g]);

		if (points)
			s->grades.from[g] = points_value(r, points);
	}
}

static void read_minutes(struct reader *r, const struct yaml *map, struct scheme *s)
{
	const struct yaml *minutes = read_required(r, map, "required_minutes");

	s->minutes_usual = s->minutes_long = 90;
	if (!minutes || !read_keys(r, minutes, "usual long long_with_thematic_part long_from_members "))
		return;
	s->minutes_usual = (int32_t)read_int(r, minutes, "usual", 1, 1440, 90);
	s->minutes_long = (int32_t)read_int(r, minutes, "long", 1, 1440, s->minutes_usual);
	s->minutes_long_if_thematic = read_yes(r, minutes, "long_with_thematic_part", false);
	s->minutes_long_from_members = (int32_t)read_int(r, minutes, "long_from_members", 0, 100000, 0);
}

/* ---------------------------------------------------------------- what only a table of a year has */

static void read_veto(struct reader *r, const struct yaml *map, struct scheme_veto *out)
{
	const struct yaml *when, *why;

	out->at = map->at;
	if (!read_keys(r, map, "id title when why "))
		return;
	out->id = read_id(r, map, "id");
	read_title(r, map, "title", true, out->title);
	when = read_required(r, map, "when");
	why = read_optional(map, "why");
	if (when)
		out->when = expr_value(r, when, NULL, true);
	if (why)
		phrase_values(r, why, NULL, out->why);
}

static void read_vetoes(struct reader *r, const struct yaml *map, struct scheme *s)
{
	const struct yaml *list = read_rows(r, map, "vetoes", false);
	struct scheme_veto *vetoes = ARENA_ARRAY(r->arena, list ? list->n : 0, struct scheme_veto);

	s->vetoes = vetoes;
	s->n_vetoes = list ? (uint32_t)list->n : 0;
	for (uint32_t i = 0; i < s->n_vetoes; i++)
		read_veto(r, &list->v[i].value, &vetoes[i]);
}

static void read_initiatives_row(struct reader *r, const struct yaml *map, struct scheme_initiatives *out)
{
	bool share, fixed;

	if (!read_keys(r, map, "types one_per_members in_all "))
		return;
	share = read_optional(map, "one_per_members");
	fixed = read_optional(map, "in_all");
	out->types = read_bits(r, map, "types", unit_type_words, false);
	out->one_per_members = (int32_t)read_int(r, map, "one_per_members", 1, SCHEME_MAX_INITIATIVES, 0);
	out->in_all = (int32_t)read_int(r, map, "in_all", 0, SCHEME_MAX_INITIATIVES, 0);
	if (share == fixed)
		complain(r, map->at, "expected either “one_per_members” or “in_all”");
}

static void read_initiatives(struct reader *r, const struct yaml *map, struct scheme *s)
{
	const struct yaml *list = read_rows(r, map, "initiatives", false);
	struct scheme_initiatives *rows = ARENA_ARRAY(r->arena, list ? list->n : 0, struct scheme_initiatives);

	s->initiatives = rows;
	s->n_initiatives = list ? (uint32_t)list->n : 0;
	for (uint32_t i = 0; i < s->n_initiatives; i++)
		read_initiatives_row(r, &list->v[i].value, &rows[i]);
}

static void read_year_parts(struct reader *r, const struct yaml *map, struct scheme *s)
{
	const struct yaml *standard = scheme_use_is_four_good(s->use) ? read_required(r, map, "standard") : NULL;

	if (standard)
		s->standard = points_value(r, standard);
	if (read_optional(map, "framework"))
		s->framework = read_id(r, map, "framework");
	read_vetoes(r, map, s);
	read_initiatives(r, map, s);
}

/* ---------------------------------------------------------------- faults in words */

struct fault_words {
	struct reader *r;
	struct place otherwise;
};

/* " (thematic_held: yes)" for sums that depend on facts. */
static const char *combination(struct reader *r, const struct fault *f)
{
	struct out o;
	bool any = false;

	if (!f->of)
		return "";
	out_memory(&o, r->arena);
	out_str(&o, " (");
	for (int i = 0; i < r->book->n; i++) {
		if (!(f->of & FACT_BIT(i)))
			continue;
		out_printf(&o, "%s%s = %s", any ? ", " : "", r->book->facts[i].name, f->facts & FACT_BIT(i) ? "true" : "false");
		any = true;
	}
	out_char(&o, ')');
	return out_text(&o);
}

static const char *simple_fault(enum fault_code code)
{
	static const char *const words[] = {
		[FAULT_DATES] = N_("%s: valid_to lies before valid_from"),
		[FAULT_EMPTY] = N_("%s: no criteria; expected at least one"),
		[FAULT_DUPLICATE_ID] = N_("%s: this id is given twice in the scheme"),
		[FAULT_MAX_CONDITION] = N_("%s: a maximum may depend on yes/no facts only, and on at most 6 in a scheme"),
		[FAULT_MAX_HOLE] = N_("%s: the maximum has a hole; expected “otherwise: true” as its last row and only there"),
		[FAULT_MAX_VARIES] = N_("%s: a line with cases has one maximum, or 0 when it does not apply"),
		[FAULT_HOLE] = N_("%s: the cases leave a hole; expected “otherwise: true” as the last one"),
		[FAULT_UNREACHABLE] = N_("%s: this case can never be reached; the ones before it take everything"),
		[FAULT_FULL_UNREACHABLE] = N_("%s: no case gives the maximum, so the full points could never be reached"),
		[FAULT_NO_WAY] = N_("%s: expected either “judged: true” or “cases:”, and not both"),
		[FAULT_NO_MEASURE] = N_("%s: a bound or pro_rata needs “measure:”, for pro_rata a quotient such as present / expected"),
		[FAULT_TYPE] = N_("%s: a condition must be yes/no and a measure a number"),
		[FAULT_GRADES] = N_("%s: classes must fall from good to average, and poor begins at 0"),
		[FAULT_MINUTES] = N_("%s: required minutes are 1 to 1440 and the long meeting is not shorter than the usual one"),
		[FAULT_STANDARD] = N_("%s: the standard is 0.1 to 100 points"),
		[FAULT_VETO] = N_("%s: a veto needs a condition that is yes/no"),
		[FAULT_LIMIT] = N_("%s: at most 200 lines of 40 cases, each with a maximum above 0 and up to 100 points"),
	};

	return code < sizeof words / sizeof *words ? words[code] : NULL;
}

/* Index in unit_type_words of a fact such as is_village. */
static int type_of_fact(const struct fact_book *book, uint64_t fact)
{
	return 1 + __builtin_popcountll(book->types & (fact - 1));
}

static void put_fault(void *arg, const struct fault *f)
{
	struct fault_words *w = arg;
	struct place at = f->at.line ? f->at : w->otherwise;
	const char *words = simple_fault(f->code);
	char got[NUM_TEXT], want[NUM_TEXT];

	tenths_format(f->got, got);
	tenths_format(f->want, want);
	switch (f->code) {
	case FAULT_NO_TITLE:
		complain(w->r, at, "%s: the title in “%s” is missing", f->id, lang_code(f->lang));
		break;
	case FAULT_SUM:
		complain(w->r, at, "%s: the maxima add to %s, expected %s%s", f->id, got, want, combination(w->r, f));
		break;
	case FAULT_GROUP_SUM:
		complain(w->r, at, "%s: the lines of the group add to %s, its maximum says %s%s", f->id, got, want, combination(w->r, f));
		break;
	case FAULT_POINTS:
		complain(w->r, at, "%s: the points of this case are out of bounds; expected 0 to %s", f->id, want);
		break;
	case FAULT_TYPE_FULL:
		complain(w->r, at, "%s: a unit of type %s can never get the full points here, and nothing may be out of reach for a type; give them with "
		                   "“not_applicable”, or by a case of their own", f->id, unit_type_words[type_of_fact(w->r->book, f->facts)]);
		break;
	default:
		complain(w->r, at, words ? words : "%s", f->id);
	}
}

const struct scheme *read_scheme(struct reader *r, const struct yaml *map, const struct frame *f)
{
	struct scheme *s = ARENA_NEW(r->arena, struct scheme);
	struct fault_words words = { .r = r, .otherwise = f->at };
	size_t before = r->bad->n;

	s->use = (enum scheme_use)read_word(r, map, "for", scheme_use_words, -1);
	r->book = scheme_use_book(s->use);
	if (!read_keys(r, map, !scheme_use_is_year(s->use) ? FRAME_KEYS "for classes required_minutes criteria "
	                       : scheme_use_is_four_good(s->use) ? FRAME_KEYS "for standard framework vetoes initiatives criteria "
	                       : FRAME_KEYS "for framework initiatives criteria "))
		return NULL;
	s->standard = TENTHS_NONE;
	s->framework = "";
	s->id = f->id;
	s->source = f->source;
	s->scope = f->scope;
	memcpy(s->title, f->title, sizeof s->title);
	memcpy(s->note, f->note, sizeof s->note);
	s->valid_from = f->valid_from;
	s->valid_to = f->valid_to;
	s->is_default = f->is_default;
	if (scheme_use_is_year(s->use)) {
		read_year_parts(r, map, s);
	} else {
		read_classes(r, map, s);
		read_minutes(r, map, s);
	}
	read_criteria(r, map, s);
	/* Faults of a tree that could not be read right would be noise. */
	if (r->bad->n == before && !scheme_check(s, put_fault, &words))
		return NULL;
	return r->bad->n == before ? s : NULL;
}
