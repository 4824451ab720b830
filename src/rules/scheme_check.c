/* scheme_check.c — the checks of scheme_check.h. A case takes a ray of the measure; two rays and the rest cover the line. */
#include "rules/scheme_check.h"

#include <string.h>

struct checker {
	const struct scheme *scheme;
	const struct fact_book *book;
	void (*tell)(void *arg, const struct fault *fault);
	void *arg;
	bool ok;
};

static void tell(struct checker *c, struct fault fault)
{
	c->ok = false;
	c->tell(c->arg, &fault);
}

static void tell_line(struct checker *c, enum fault_code code, const struct scheme_line *line, struct place at)
{
	tell(c, (struct fault){ .code = code, .at = at, .id = line->id, .want = scheme_line_max(line) });
}

static void check_titles(struct checker *c, const two_texts title, const char *id, struct place at)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		if (!title[lang] || !*title[lang])
			tell(c, (struct fault){ .code = FAULT_NO_TITLE, .at = at, .id = id, .lang = (enum lang)lang });
}

/* ---------------------------------------------------------------- maxima */

static void check_max(struct checker *c, const struct scheme_line *line)
{
	struct tenths most = scheme_line_max(line);

	for (uint32_t i = 0; i < line->n_max; i++) {
		const struct scheme_max *m = &line->max[i];

		if ((m->when.n == 0) != (i == line->n_max - 1))
			tell_line(c, FAULT_MAX_HOLE, line, line->at);
		if (m->when.n && m->when.type != EXPR_YESNO)
			tell_line(c, FAULT_TYPE, line, line->at);
		if (m->points.t < 0 || m->points.t > SCHEME_MAX_POINTS)
			tell_line(c, FAULT_LIMIT, line, line->at);
		if (!line->judged && m->points.t != most.t && m->points.t != 0)
			tell_line(c, FAULT_MAX_VARIES, line, line->at);
		for (int f = 0; f < c->book->n; f++)
			if ((m->when.facts & FACT_BIT(f)) && c->book->facts[f].type != FACT_TYPE_YESNO)
				tell_line(c, FAULT_MAX_CONDITION, line, line->at);
	}
	if (line->n_max == 0 || most.t == 0)
		tell_line(c, FAULT_LIMIT, line, line->at);
}

/* Everything known: the yes/no facts in `yes` hold, no others. */
static struct facts when_exactly(uint64_t yes)
{
	struct facts facts = { .known = ~UINT64_C(0) };

	for (int f = 0; f < FACTS_MOST; f++)
		facts.v[f] = (yes & FACT_BIT(f)) != 0;
	return facts;
}

/* A unit has one type: not two of them, and one of the six where all six are looked at. */
static bool can_be(const struct fact_book *book, uint64_t yes, uint64_t of)
{
	int types = __builtin_popcountll(yes & book->types);

	return !book->types || types == 1 || (types == 0 && (of & book->types) != book->types);
}

/* The maximum of a line when exactly the yes/no facts in `yes` hold. */
static int32_t max_when(const struct scheme_line *line, uint64_t yes)
{
	struct facts facts = when_exactly(yes);

	for (uint32_t i = 0; i < line->n_max; i++) {
		const struct expr *when = &line->max[i].when;

		if (!when->n || expr_eval(when, NULL, &facts).num)
			return line->max[i].points.t;
	}
	return 0;
}

static void check_sums_when(struct checker *c, uint64_t yes, uint64_t of)
{
	const struct scheme *s = c->scheme;
	int32_t total = 0;

	for (uint32_t i = 0; i < s->n_lines; i++)
		total += max_when(&s->lines[i], yes);
	if (total != 1000)
		tell(c, (struct fault){ .code = FAULT_SUM, .id = s->id, .got = { total }, .want = { 1000 }, .facts = yes, .of = of });
	for (uint32_t g = 0; g < s->n_groups; g++) {
		int32_t sum = 0;

		for (uint32_t i = 0; i < s->n_lines; i++)
			sum += s->lines[i].group == (int)g ? max_when(&s->lines[i], yes) : 0;
		if (sum != s->groups[g].max.t)
			tell(c, (struct fault){ .code = FAULT_GROUP_SUM, .at = s->groups[g].at, .id = s->groups[g].id, .got = { sum },
			                        .want = s->groups[g].max, .facts = yes, .of = of });
	}
}

/* Sums must hold for every combination of the facts that maxima depend on: with and without a thematic part. */
static void check_sums(struct checker *c)
{
	const struct scheme *s = c->scheme;
	uint64_t of = 0, yes = 0;

	for (uint32_t i = 0; i < s->n_lines; i++)
		for (uint32_t k = 0; k < s->lines[i].n_max; k++)
			of |= s->lines[i].max[k].when.facts;
	if (__builtin_popcountll(of) > 6) {
		tell(c, (struct fault){ .code = FAULT_MAX_CONDITION, .id = s->id });
		return;
	}
	do {
		if (can_be(c->book, yes, of))
			check_sums_when(c, yes, of);
		yes = (yes - of) & of; /* the next subset of `of` */
	} while (yes);
}

/* ---------------------------------------------------------------- cases */

/* What is taken already: measure ≥ or > low, measure ≤ or < high, or everything. */
struct covered {
	bool all, from, up_to;
	bool from_open, up_to_open; /* the bound itself is not taken */
	int64_t from_num, from_den, up_to_num, up_to_den;
};

static bool is_lower_bound(enum case_bound b)
{
	return b == BOUND_FROM || b == BOUND_ABOVE;
}

static bool ray_taken(const struct covered *cover, const struct scheme_case *k)
{
	bool open = k->bound == BOUND_ABOVE || k->bound == BOUND_BELOW;
	int order;

	if (is_lower_bound(k->bound)) {
		if (!cover->from)
			return false;
		order = rate_compare(k->bound_num, k->bound_den, cover->from_num, cover->from_den);
		return order > 0 || (order == 0 && (open || !cover->from_open));
	}
	if (!cover->up_to)
		return false;
	order = rate_compare(k->bound_num, k->bound_den, cover->up_to_num, cover->up_to_den);
	return order < 0 || (order == 0 && (open || !cover->up_to_open));
}

/* Two rays that meet leave nothing between them. */
static bool rays_meet(const struct covered *cover)
{
	if (!cover->from || !cover->up_to)
		return false;
	int order = rate_compare(cover->from_num, cover->from_den, cover->up_to_num, cover->up_to_den);

	return order < 0 || (order == 0 && !(cover->from_open && cover->up_to_open));
}

static void take_ray(struct covered *cover, const struct scheme_case *k)
{
	bool open = k->bound == BOUND_ABOVE || k->bound == BOUND_BELOW;

	if (is_lower_bound(k->bound)) {
		cover->from = true;
		cover->from_open = open;
		cover->from_num = k->bound_num;
		cover->from_den = k->bound_den;
	} else {
		cover->up_to = true;
		cover->up_to_open = open;
		cover->up_to_num = k->bound_num;
		cover->up_to_den = k->bound_den;
	}
	cover->all = rays_meet(cover);
}

static bool same_condition_before(const struct scheme_line *line, uint32_t at)
{
	const struct scheme_case *k = &line->cases[at];

	for (uint32_t i = 0; i < at; i++)
		if (line->cases[i].bound == BOUND_NONE && line->cases[i].when.n && expr_equal(&line->cases[i].when, &k->when))
			return true;
	return false;
}

static void check_reach(struct checker *c, const struct scheme_line *line)
{
	struct covered cover = { 0 };

	for (uint32_t i = 0; i < line->n_cases; i++) {
		const struct scheme_case *k = &line->cases[i];
		bool bounded = k->bound != BOUND_NONE, constant = k->when.n && k->when.facts == 0;

		if (cover.all || (bounded && ray_taken(&cover, k)) || (k->when.n && same_condition_before(line, i)) || constant)
			tell_line(c, FAULT_UNREACHABLE, line, k->at);
		else if (bounded && !k->when.n)
			take_ray(&cover, k);
		else if (!bounded && !k->when.n)
			cover.all = true;
	}
	if (line->n_cases && (line->cases[line->n_cases - 1].bound != BOUND_NONE || line->cases[line->n_cases - 1].when.n))
		tell_line(c, FAULT_HOLE, line, line->cases[line->n_cases - 1].at);
}

/* Facts of the conditions when all of them are yes/no and no case has a bound; 0 otherwise. */
static uint64_t yes_no_facts(const struct fact_book *book, const struct scheme_line *line)
{
	uint64_t facts = line->not_applicable.facts;

	for (uint32_t i = 0; i < line->n_cases; i++) {
		if (line->cases[i].bound != BOUND_NONE)
			return 0;
		facts |= line->cases[i].when.facts;
	}
	for (int f = 0; f < book->n; f++)
		if ((facts & FACT_BIT(f)) && book->facts[f].type != FACT_TYPE_YESNO)
			return 0;
	return facts;
}

static void mark_chosen(const struct scheme_line *line, const struct facts *facts, bool *chosen)
{
	if (line->not_applicable.n && expr_eval(&line->not_applicable, NULL, facts).num)
		return;
	for (uint32_t i = 0; i < line->n_cases; i++) {
		if (line->cases[i].when.n && !expr_eval(&line->cases[i].when, &line->measure, facts).num)
			continue;
		chosen[i] = true;
		return;
	}
}

/* Few yes/no facts are tried in every combination: exact, whatever the conditions look like. */
static void check_combinations(struct checker *c, const struct scheme_line *line)
{
	bool chosen[SCHEME_MAX_CASES] = { false };
	uint64_t of = yes_no_facts(c->book, line), yes = 0;

	if (of == 0 || __builtin_popcountll(of) > 10)
		return;
	do {
		struct facts facts = when_exactly(yes);

		if (can_be(c->book, yes, of))
			mark_chosen(line, &facts, chosen);
		yes = (yes - of) & of;
	} while (yes);
	for (uint32_t i = 0; i < line->n_cases; i++)
		if (!chosen[i])
			tell_line(c, FAULT_UNREACHABLE, line, line->cases[i].at);
}

static void check_case(struct checker *c, const struct scheme_line *line, const struct scheme_case *k)
{
	bool measured = line->measure.n > 0;

	if (k->when.n && k->when.type != EXPR_YESNO)
		tell_line(c, FAULT_TYPE, line, k->at);
	if (k->bound != BOUND_NONE && (!measured || k->bound_den <= 0))
		tell_line(c, FAULT_NO_MEASURE, line, k->at);
	if (k->pro_rata && (!measured || line->measure.type != EXPR_SHARE))
		tell_line(c, FAULT_NO_MEASURE, line, k->at);
	if (!k->pro_rata && (k->points.t < 0 || k->points.t > scheme_line_max(line).t))
		tell_line(c, FAULT_POINTS, line, k->at);
}

static void check_cases(struct checker *c, const struct scheme_line *line)
{
	bool full = false, ok = c->ok;

	if (line->n_cases > SCHEME_MAX_CASES) {
		tell_line(c, FAULT_LIMIT, line, line->at);
		return;
	}
	c->ok = true;
	for (uint32_t i = 0; i < line->n_cases; i++) {
		check_case(c, line, &line->cases[i]);
		full = full || line->cases[i].pro_rata || line->cases[i].points.t == scheme_line_max(line).t;
	}
	check_reach(c, line);
	if (c->ok && line->n_cases)
		check_combinations(c, line);
	if (line->n_cases && !full)
		tell_line(c, FAULT_FULL_UNREACHABLE, line, line->at);
	c->ok = c->ok && ok;
}

/* The maximum that those who are as `facts` say can have; what is not known may be. */
static int32_t possible_max(const struct scheme_line *line, const struct facts *facts)
{
	int32_t most = 0;

	for (uint32_t i = 0; i < line->n_max; i++) {
		struct value holds = { .num = 1, .den = 1 };

		if (line->max[i].when.n)
			holds = expr_eval(&line->max[i].when, NULL, facts);
		if (holds.state == VALUE_KNOWN && !holds.num)
			continue;
		most = line->max[i].points.t > most ? line->max[i].points.t : most;
		if (holds.state == VALUE_KNOWN)
			break;
	}
	return most;
}

/* Can a line give its maximum to those who are as `facts` say, whatever else comes true? */
static bool can_be_full(const struct scheme_line *line, const struct facts *facts)
{
	int32_t max = possible_max(line, facts);
	struct value skip = { .num = 0, .den = 1 };

	if (line->not_applicable.n)
		skip = expr_eval(&line->not_applicable, NULL, facts);
	if (max == 0 || line->judged || skip.state != VALUE_KNOWN || skip.num)
		return true;
	for (uint32_t i = 0; i < line->n_cases; i++) {
		const struct scheme_case *k = &line->cases[i];
		struct value holds = { .num = 1, .den = 1 };

		if (k->when.n)
			holds = expr_eval(&k->when, &line->measure, facts);
		if (holds.state == VALUE_KNOWN && !holds.num)
			continue;
		if (k->pro_rata || k->points.t == max)
			return true;
		if (holds.state == VALUE_KNOWN && k->bound == BOUND_NONE)
			return false;
	}
	return false;
}

/* Nothing may be out of reach for units of a type: with 95 of 100 to reach, one such line would shut them out (domain, section 7.2). */
static void check_types(struct checker *c, const struct scheme_line *line)
{
	for (int f = 0; f < c->book->n; f++) {
		struct facts facts = when_exactly(FACT_BIT(f));

		facts.known = c->book->types;
		if ((c->book->types & FACT_BIT(f)) && !can_be_full(line, &facts))
			tell(c, (struct fault){ .code = FAULT_TYPE_FULL, .at = line->at, .id = line->id, .facts = FACT_BIT(f) });
	}
}

static void check_line(struct checker *c, const struct scheme_line *line)
{
	check_titles(c, line->title, line->id, line->at);
	if (line->judged == (line->n_cases > 0))
		tell_line(c, FAULT_NO_WAY, line, line->at);
	if (line->measure.n && line->measure.type == EXPR_YESNO)
		tell_line(c, FAULT_TYPE, line, line->at);
	if (line->not_applicable.n && line->not_applicable.type != EXPR_YESNO)
		tell_line(c, FAULT_TYPE, line, line->at);
	check_max(c, line);
	check_cases(c, line);
	if (c->ok)
		check_types(c, line);
}

/* ---------------------------------------------------------------- the whole */

/* A line that is a group of its own may carry the group's id only when it is the group: ids are unique over both. */
static bool id_taken(const struct scheme *s, const char *id, uint32_t before_line, uint32_t before_group)
{
	for (uint32_t i = 0; i < before_line; i++)
		if (strcmp(s->lines[i].id, id) == 0)
			return true;
	for (uint32_t g = 0; g < before_group; g++)
		if (strcmp(s->groups[g].id, id) == 0)
			return true;
	return false;
}

static void check_ids(struct checker *c)
{
	const struct scheme *s = c->scheme;

	for (uint32_t g = 0; g < s->n_groups; g++)
		if (id_taken(s, s->groups[g].id, 0, g))
			tell(c, (struct fault){ .code = FAULT_DUPLICATE_ID, .at = s->groups[g].at, .id = s->groups[g].id });
	for (uint32_t i = 0; i < s->n_lines; i++)
		if (id_taken(s, s->lines[i].id, i, s->n_groups))
			tell(c, (struct fault){ .code = FAULT_DUPLICATE_ID, .at = s->lines[i].at, .id = s->lines[i].id });
}

static void check_meeting_parts(struct checker *c)
{
	const struct scheme *s = c->scheme;
	const struct tenths *from = s->grades.from;

	if (from[GRADE_POOR].t != 0 || from[GRADE_AVERAGE].t <= 0 || from[GRADE_FAIR].t <= from[GRADE_AVERAGE].t ||
	    from[GRADE_GOOD].t <= from[GRADE_FAIR].t || from[GRADE_GOOD].t > 1000)
		tell(c, (struct fault){ .code = FAULT_GRADES, .id = s->id });
	if (s->minutes_usual < 1 || s->minutes_long < s->minutes_usual || s->minutes_long > 1440 || s->minutes_long_from_members < 0)
		tell(c, (struct fault){ .code = FAULT_MINUTES, .id = s->id });
}

static bool veto_id_taken(const struct scheme *s, uint32_t before)
{
	for (uint32_t i = 0; i < before; i++)
		if (strcmp(s->vetoes[i].id, s->vetoes[before].id) == 0)
			return true;
	return id_taken(s, s->vetoes[before].id, s->n_lines, s->n_groups);
}

static void check_year_parts(struct checker *c)
{
	const struct scheme *s = c->scheme;

	if (scheme_use_is_four_good(s->use) != tenths_is(s->standard) || (tenths_is(s->standard) && (s->standard.t < 1 || s->standard.t > 1000)))
		tell(c, (struct fault){ .code = FAULT_STANDARD, .id = s->id });
	for (uint32_t i = 0; i < s->n_vetoes; i++) {
		const struct scheme_veto *v = &s->vetoes[i];

		check_titles(c, v->title, v->id, v->at);
		if (!v->when.n || v->when.type != EXPR_YESNO)
			tell(c, (struct fault){ .code = FAULT_VETO, .at = v->at, .id = v->id });
		if (veto_id_taken(s, i))
			tell(c, (struct fault){ .code = FAULT_DUPLICATE_ID, .at = v->at, .id = v->id });
	}
}

static void check_frame(struct checker *c)
{
	const struct scheme *s = c->scheme;

	check_titles(c, s->title, s->id, (struct place){ 0 });
	if (s->valid_from.days > s->valid_to.days)
		tell(c, (struct fault){ .code = FAULT_DATES, .id = s->id });
	if (scheme_use_is_year(s->use))
		check_year_parts(c);
	else
		check_meeting_parts(c);
	for (uint32_t g = 0; g < s->n_groups; g++)
		check_titles(c, s->groups[g].title, s->groups[g].id, s->groups[g].at);
}

bool scheme_check(const struct scheme *s, void (*say)(void *arg, const struct fault *fault), void *arg)
{
	struct checker c = { .scheme = s, .book = scheme_use_book(s->use), .tell = say, .arg = arg, .ok = true };

	if (s->n_lines == 0 || s->n_lines > SCHEME_MAX_LINES || s->n_groups > SCHEME_MAX_LINES) {
		tell(&c, (struct fault){ .code = s->n_lines ? FAULT_LIMIT : FAULT_EMPTY, .id = s->id });
		return false;
	}
	check_frame(&c);
	check_ids(&c);
	for (uint32_t i = 0; i < s->n_lines; i++)
		check_line(&c, &s->lines[i]);
	if (c.ok)
		check_sums(&c);
	return c.ok;
}
