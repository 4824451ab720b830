/* pages.c — small things that all pages of a year need. */
#include "year/pages.h"

#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "base/text.h"
#include "org/address.h"
#include "rules/facts_year.h"

/* ---------------------------------------------------------------- which case, which year, who */

fail year_page_unit(struct call *c, const struct req *rq, int64_t *unit_id)
{
	struct year_case k;
	int64_t id;

	TRY(req_id(c, rq, "case", &id));
	TRY(case_by_id(c, id, &k));
	*unit_id = k.unit_id;
	return FAIL_OK;
}

bool year_page_is_mine(struct call *c, const struct year_case *k)
{
	const struct account *me = access_account(c);

	return k->kind == CASE_MEMBER && me && me->member_id > 0 && me->member_id == k->member_id && me->member_realm == k->realm;
}

bool year_page_may_members(struct call *c, int64_t unit_id)
{
	return call_may(c, MAY_SEE_MEMBERS, unit_id);
}

fail year_page_case(struct call *c, const struct req *rq, struct year_case *out)
{
	int64_t id;

	TRY(req_id(c, rq, "case", &id));
	TRY(case_by_id(c, id, out));
	if (out->kind == CASE_MEMBER && !year_page_is_mine(c, out) && !year_page_may_members(c, out->unit_id))
		return problem(c, FAIL_NOT_FOUND, "case", "there is no such case");
	return FAIL_OK;
}

fail year_page_year(struct call *c, const struct req *rq, int *out)
{
	const char *asked = req_query(rq, "year");
	int64_t year = date_month(c->today) / 12;

	if (!asked)
		asked = req_form(rq, "year");
	if (asked && *asked && (!int_parse(asked, &year) || year < 1930 || year > 2200))
		return problem(c, FAIL_INPUT, "year", "“%s” is not a year", asked);
	*out = (int)year;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- addresses and words */

const char *year_page_path(struct call *c, const struct year_case *k, const char *below)
{
	return arena_printf(c->arena, "/cases/%lld%s", (long long)k->id, below);
}

const char *year_page_unit_path(struct call *c, int64_t unit_id, const char *below, int year)
{
	return arena_printf(c->arena, "/units/%lld%s?year=%d", (long long)unit_id, below, year);
}

const char *year_page_of_origin(struct call *c, int64_t unit_id, int year, enum year_origin o)
{
	static const char *const pages[YEAR_ORIGINS] = {
		[YEAR_FROM_MEETINGS] = "/meetings",
		[YEAR_FROM_TASKS] = "/tasks",
		[YEAR_FROM_TARGETS] = "/goals",
		[YEAR_FROM_DOCUMENTS] = "/documents",
		[YEAR_FROM_MEMBERS] = "/members",
		[YEAR_FROM_CASES] = "/year/members",
		[YEAR_FROM_INITIATIVES] = "/emulation",
		[YEAR_FROM_UNDERTAKINGS] = "/emulation",
		[YEAR_FROM_DISCIPLINES] = "/registers/disciplines",
		[YEAR_FROM_INSPECTIONS] = "/registers/inspections",
		[YEAR_FROM_REPORTS] = "/registers/reports",
		[YEAR_FROM_FEEDBACK] = "/registers/feedback",
		[YEAR_FROM_TRAININGS] = "/registers/trainings",
		[YEAR_FROM_NUMBERS] = "/registers/year-numbers",
		[YEAR_FROM_ASSIGNMENTS] = "/registers/assignments",
	};

	return o < YEAR_ORIGINS && pages[o] ? year_page_unit_path(c, unit_id, pages[o], year) : NULL;
}

const char *year_page_subject(const struct year_case *k)
{
	if (k->kind == CASE_MEMBER)
		return k->member_name && *k->member_name ? k->member_name : k->member_code ? k->member_code : "";
	return k->unit_name && *k->unit_name ? k->unit_name : k->unit_code ? k->unit_code : "";
}

const char *year_page_title(struct call *c, const struct year_case *k)
{
	if (k->kind == CASE_FOUR_GOOD)
		return arena_printf(c->arena, tr(c->lang, "“Four good” %d"), (int)k->year);
	if (k->kind == CASE_UNIT)
		return arena_printf(c->arena, tr(c->lang, "Classification of the unit %d"), (int)k->year);
	return arena_printf(c->arena, tr(c->lang, "Classification %1$d: %2$s"), (int)k->year, year_page_subject(k));
}

struct date year_step_by(int year, unsigned step)
{
	switch (step) {
	case CASE_STEP_REGISTER: return date_of(year, 1, 31);
	case CASE_STEP_HALF_YEAR: return date_of(year, 7, 31);
	case CASE_STEP_SELF_ASSESS:
	case CASE_STEP_VOTE: return date_of(year, 11, 30);
	case CASE_STEP_APPRAISE: return date_of(year, 12, 15);
	case CASE_STEP_RECOGNISE:
	case CASE_STEP_REFUSE:
	case CASE_STEP_NOTIFY: return date_of(year + 1, 1, 31);
	default: return DATE_NONE;
	}
}

const char *year_page_typed(struct call *c, const struct req *rq, const char *name)
{
	const char *text = req_form(rq, name);

	return text ? text_clean(c->arena, text) : "";
}

fail year_page_day(struct call *c, const struct req *rq, const char *name, struct date otherwise, struct date *out)
{
	const char *text = year_page_typed(c, rq, name);

	*out = otherwise;
	if (!*text || date_parse(text, out))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, name, "“%s” is not a day; write it as 2025-11-03", text);
}

fail year_page_people(struct call *c, const struct req *rq, const char *name, int64_t *out)
{
	const char *text = year_page_typed(c, rq, name);

	*out = INT_UNKNOWN;
	if (!*text || (int_parse(text, out) && *out >= 0 && *out <= 100000))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, name, "write how many, a whole number");
}

void year_page_value(struct call *c, struct form *f, const char *name, const char *otherwise)
{
	struct pairs *values = f->typed ? (struct pairs *)f->typed : ARENA_NEW(c->arena, struct pairs);

	pairs_add(c->arena, values, name, otherwise);
	f->typed = values;
}

void year_page_values_typed(struct call *c, const struct req *rq, struct form *f)
{
	for (size_t i = 0; i < rq->form.n; i++)
		year_page_value(c, f, rq->form.v[i].name, rq->form.v[i].value);
}

/* ---------------------------------------------------------------- pages */

static const char *year_words(struct call *c, int year)
{
	return arena_printf(c->arena, tr(c->lang, "The year %d"), year);
}

static void begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, int64_t unit_id, const char *name, int year, bool linked,
                  const char *title)
{
	res_page(c, rq, rs, pg, title);
	page_crumb(pg, arena_printf(c->arena, "/units/%lld", (long long)unit_id), name);
	page_crumb(pg, linked ? year_page_unit_path(c, unit_id, "/year", year) : NULL, year_words(c, year));
}

void year_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct year_case *k, const char *title,
                     const char *here)
{
	begin(c, rq, rs, pg, k->unit_id, k->unit_name && *k->unit_name ? k->unit_name : k->unit_code, (int)k->year, true, title);
	if (k->kind == CASE_MEMBER && year_page_may_members(c, k->unit_id))
		page_crumb(pg, year_page_unit_path(c, k->unit_id, "/year/members", (int)k->year), tr(c->lang, "Members"));
	page_crumb(pg, here ? year_page_path(c, k, "") : NULL, k->kind == CASE_MEMBER ? year_page_subject(k) : year_page_title(c, k));
	if (here)
		page_crumb(pg, NULL, here);
}

void year_page_unit_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, int year, const char *title,
                          const char *here)
{
	begin(c, rq, rs, pg, u->id, u->name, year, here != NULL, title);
	if (here)
		page_crumb(pg, NULL, here);
}

fail year_page_done(struct call *c, const struct req *rq, struct res *rs, const struct year_case *k, const char *below, const char *text)
{
	struct flash said = { .text = text, .receipt = arena_printf(c->arena, "%lld · %lld", (long long)k->id, (long long)k->rev) };

	res_rev(c, rq, rs, k->rev);
	return res_done(c, rq, rs, year_page_path(c, k, below), &said);
}

static void put_case(struct json *j, const void *stored)
{
	case_json(j, stored);
}

fail year_page_conflict(struct call *c, const struct req *rq, struct res *rs, const struct year_case *stored)
{
	return res_conflict(c, rq, rs, put_case, stored, stored->rev);
}

const char *year_result_word(unsigned result)
{
	return result < CASE_RESULTS ? case_results[result] : "";
}

void year_sheet_json(struct json *j, const char *key, const struct year_sheet *s)
{
	char points[NUM_TEXT];

	json_key(j, key);
	if (!s->revision) {
		json_null(j);
		return;
	}
	json_object(j);
	json_put_str(j, "stage", case_stages[s->stage]);
	json_put_int(j, "revision", s->revision);
	tenths_format(s->points, points);
	json_put_str(j, "points", points);
	json_put_str(j, "result", year_result_word(s->result));
	json_put_str(j, "vetoes", s->vetoes);
	json_put_str(j, "reason", s->reason);
	json_put_str(j, "scheme", s->scheme);
	json_object_end(j);
}

void html_year_result(struct out *o, const struct page *pg, unsigned result)
{
	static const char *const shapes[CASE_RESULTS] = { "cls none", "is unmet", "is met", "cls poor", "cls average", "cls fair", "cls good" };

	out_printf(o, "<span class=\"%s\">", shapes[result < CASE_RESULTS ? result : 0]);
	html_text(o, pg, result && result < CASE_RESULTS ? case_result_name(pg->lang, result) : "–");
	out_str(o, "</span>");
}

/* ---------------------------------------------------------------- criteria */

static uint64_t facts_of(const struct scored_line *l)
{
	return l->line && !l->line->judged ? scheme_line_facts(l->line) : 0;
}

/* "from the meetings, from the tasks": each origin once. */
static const char *origins(struct call *c, const struct scored_line *l, const struct year_gathered *now)
{
	uint64_t facts = now ? facts_of(l) : 0;
	uint32_t said = 1u << YEAR_FROM_NOWHERE | 1u << YEAR_FROM_UNIT;
	struct out o;

	out_memory(&o, c->arena);
	for (int f = 0; f < 64; f++) {
		if (!(facts >> f & 1) || said >> now->origin[f] & 1)
			continue;
		said |= 1u << now->origin[f];
		if (o.size)
			out_str(&o, ", ");
		out_str(&o, year_origin_name(c->lang, (enum year_origin)now->origin[f]));
	}
	return out_text(&o);
}

/* Where a fact of a unit would be recorded that nothing is kept of yet. */
static enum year_origin usual_origin(int f)
{
	static const unsigned char usual[YEAR_FACT_COUNT] = {
		[YEAR_months_due] = YEAR_FROM_MEETINGS, [YEAR_months_held] = YEAR_FROM_MEETINGS, [YEAR_quarters_thematic] = YEAR_FROM_MEETINGS,
		[YEAR_expected] = YEAR_FROM_MEETINGS, [YEAR_present] = YEAR_FROM_MEETINGS, [YEAR_meetings] = YEAR_FROM_MEETINGS,
		[YEAR_meetings_prepared] = YEAR_FROM_MEETINGS, [YEAR_meetings_documents_ahead] = YEAR_FROM_MEETINGS,
		[YEAR_meetings_not_scored_at_once] = YEAR_FROM_MEETINGS, [YEAR_meetings_papers_complete] = YEAR_FROM_MEETINGS,
		[YEAR_class_good] = YEAR_FROM_MEETINGS, [YEAR_class_fair] = YEAR_FROM_MEETINGS, [YEAR_committee_months_met] = YEAR_FROM_MEETINGS,
		[YEAR_programme_issued] = YEAR_FROM_DOCUMENTS, [YEAR_programme_day] = YEAR_FROM_DOCUMENTS, [YEAR_working_rules_valid] = YEAR_FROM_DOCUMENTS,
		[YEAR_targets_assigned] = YEAR_FROM_TARGETS, [YEAR_targets_reached] = YEAR_FROM_TARGETS, [YEAR_tasks_due] = YEAR_FROM_TASKS,
		[YEAR_tasks_on_time] = YEAR_FROM_TASKS, [YEAR_tasks_done] = YEAR_FROM_TASKS, [YEAR_tasks_late] = YEAR_FROM_TASKS,
		[YEAR_tasks_above_requirement] = YEAR_FROM_TASKS, [YEAR_members_with_task] = YEAR_FROM_TASKS, [YEAR_initiatives] = YEAR_FROM_INITIATIVES,
		[YEAR_members] = YEAR_FROM_MEMBERS, [YEAR_members_to_assign] = YEAR_FROM_MEMBERS, [YEAR_leaders] = YEAR_FROM_MEMBERS,
		[YEAR_admissions] = YEAR_FROM_MEMBERS, [YEAR_disciplined] = YEAR_FROM_DISCIPLINES, [YEAR_leaders_disciplined] = YEAR_FROM_DISCIPLINES,
		[YEAR_units_disciplined] = YEAR_FROM_DISCIPLINES, [YEAR_inspections_planned] = YEAR_FROM_INSPECTIONS,
		[YEAR_inspections_done] = YEAR_FROM_INSPECTIONS, [YEAR_reports_due] = YEAR_FROM_REPORTS, [YEAR_reports_on_time] = YEAR_FROM_REPORTS,
		[YEAR_members_classified] = YEAR_FROM_CASES, [YEAR_members_good] = YEAR_FROM_CASES, [YEAR_members_not_completed] = YEAR_FROM_CASES,
		[YEAR_level_good] = YEAR_FROM_CASES, [YEAR_four_good_met] = YEAR_FROM_CASES, [YEAR_leaders_trained] = YEAR_FROM_TRAININGS,
		[YEAR_admissions_aim_set] = YEAR_FROM_NUMBERS, [YEAR_admissions_aim] = YEAR_FROM_NUMBERS, [YEAR_feedback_received] = YEAR_FROM_FEEDBACK,
		[YEAR_feedback_on_time] = YEAR_FROM_FEEDBACK, [YEAR_turns_required] = YEAR_FROM_ASSIGNMENTS, [YEAR_turns_realised] = YEAR_FROM_ASSIGNMENTS,
	};

	return f < YEAR_FACT_COUNT ? (enum year_origin)usual[f] : YEAR_FROM_NOWHERE;
}

static bool of_unit(const struct scored_sheet *s)
{
	return scheme_use_book(s->scheme->use) == &FACTS_OF_YEAR;
}

static const char *fix_of(struct call *c, const struct scored_sheet *s, int64_t unit_id, int year, const struct scored_line *l,
                          const struct year_gathered *now)
{
	for (int f = 0; now && l->state == LINE_MISSING && f < FACTS_MOST; f++) {
		enum year_origin o = now->origin[f] || !of_unit(s) ? (enum year_origin)now->origin[f] : usual_origin(f);
		const char *page = l->missing >> f & 1 ? year_page_of_origin(c, unit_id, year, o) : NULL;

		if (page)
			return page;
	}
	return NULL;
}

/* "Not recorded: members classified, …": without the names that rule files use. */
static const char *missing_words(struct call *c, const struct scored_sheet *s, const struct scored_line *l)
{
	const struct fact_book *book = scheme_use_book(s->scheme->use);
	const char *list = "";

	for (int f = 0; f < book->n; f++)
		if (l->missing >> f & 1)
			list = arena_printf(c->arena, "%s%s%s", list, *list ? ", " : "", book->facts[f].label[s->lang]);
	return arena_printf(c->arena, tr(c->lang, "Not recorded: %s"), list);
}

static const char *said_of(const struct line_whys *whys, const char *id)
{
	for (size_t i = 0; whys && i < whys->n; i++)
		if (strcmp(whys->v[i].line, id) == 0)
			return *whys->v[i].text ? whys->v[i].text : NULL;
	return NULL;
}

static struct tenths max_of(const struct scored_line *l)
{
	return tenths_is(l->max) ? l->max : l->line ? scheme_line_max(l->line) : TENTHS_NONE;
}

static void add_group(const struct scored_sheet *s, size_t at, struct year_line *out)
{
	int g = s->lines[at].group, sum = 0;
	bool known = true;

	if (g < 0 || (at && s->lines[at - 1].group == g))
		return;
	for (size_t i = at; i < s->n && s->lines[i].group == g; i++) {
		known &= s->lines[i].state == LINE_SCORED;
		sum += known ? s->lines[i].points.t : 0;
	}
	out->group = s->scheme->groups[g].title[s->lang];
	out->group_max = s->scheme->groups[g].max;
	out->group_points = known ? (struct tenths){ sum } : TENTHS_NONE;
}

/* Points that are not there: can they still come? */
static void add_prospect(const struct scored_line *l, const struct year_gathered *now, struct year_line *out)
{
	bool changing = out->judged || out->missing || (now && facts_of(l) & now->open);

	out->full = l->state == LINE_SCORED && tenths_is(out->max) && l->points.t >= out->max.t;
	out->can_win = now && !out->full && changing;
	out->gone = now && !out->full && !changing;
}

/* Of a judged line only what the table itself says: that full points are given for all of it needs no sentence. */
static bool says_more(const struct scored_line *l, enum lang lang)
{
	return !l->line || !l->line->judged || l->line->to_full[lang].n;
}

static struct year_line line_of(struct call *c, const struct scored_sheet *s, int64_t unit_id, int year, const struct scored_line *l,
                                const struct year_gathered *now, const struct line_whys *whys)
{
	return (struct year_line){
		.id = l->id, .title = l->title, .why = l->state == LINE_MISSING && l->missing ? missing_words(c, s, l) : l->why, .to_full = says_more(l, s->lang) ? l->to_full : "", .points = l->points, .max = max_of(l),
		.group_points = TENTHS_NONE, .group_max = TENTHS_NONE, .from = origins(c, l, now), .fix = fix_of(c, s, unit_id, year, l, now),
		.field = arena_printf(c->arena, "judged.%s", l->id), .why_field = arena_printf(c->arena, "why.%s", l->id), .said = said_of(whys, l->id),
		.judged = l->line ? l->line->judged : true, .missing = l->state == LINE_MISSING || l->state == LINE_UNDEFINED,
		.waits = l->state == LINE_UNJUDGED,
	};
}

void year_lines_of(struct call *c, int64_t unit_id, int year, const struct scored_sheet *s, const struct year_gathered *now,
                   const struct line_whys *whys, struct year_lines *out)
{
	*out = (struct year_lines){ ARENA_ARRAY(c->arena, s->n + 1, struct year_line), s->n };
	for (size_t i = 0; i < s->n; i++) {
		out->v[i] = line_of(c, s, unit_id, year, &s->lines[i], now, whys);
		add_group(s, i, &out->v[i]);
		add_prospect(&s->lines[i], now, &out->v[i]);
	}
}

const char *year_line_evidence(struct call *c, const struct scored_line *l, const char *type)
{
	const struct scheme_evidence *e;
	const char *all = "";

	for (uint32_t i = 0; l->line && (e = scheme_evidence_for(l->line, type, i)); i++)
		all = arena_printf(c->arena, "%s%s%s", all, *all ? "; " : "", e->text[c->lang]);
	return all;
}

fail year_page_type(struct call *c, const struct year_case *k, const char **type)
{
	struct date last = date_of((int)k->year, 12, 31);
	struct unit u;

	TRY(org_unit_nearest(c, k->unit_id, last.days < c->today.days ? last : c->today, &u));
	*type = unit_types[u.type];
	return FAIL_OK;
}

void year_page_whys(struct call *c, const struct req *rq, struct line_whys *out)
{
	struct line_why *v = ARENA_ARRAY(c->arena, rq->form.n + 1, struct line_why);
	size_t n = 0;

	for (size_t i = 0; i < rq->form.n; i++) {
		const char *text = strncmp(rq->form.v[i].name, "why.", 4) == 0 ? text_clean(c->arena, rq->form.v[i].value) : "";

		if (*text)
			v[n++] = (struct line_why){ rq->form.v[i].name + 4, text };
	}
	*out = (struct line_whys){ v, n };
}
