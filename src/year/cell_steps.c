/* cell_steps.c — the task list of a case: states and rights come from the table (store.h), days and words from here. */
#include "year/cell_steps.h"

#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "year/pages.h"

/* ---------------------------------------------------------------- where a case stands */

/* How far it has come: the number of steps of its kind that are behind it, half-year included. */
static int rank_of(unsigned state)
{
	static const unsigned char ranks[CASE_STATES] = {
		[CASE_OPEN] = 1, [CASE_REGISTERED] = 1, [CASE_HALF_YEAR] = 2, [CASE_RETURNED] = 2, [CASE_SELF_ASSESSED] = 3, [CASE_VOTED] = 4,
		[CASE_REOPENED] = 4, [CASE_APPRAISED] = 5, [CASE_RECOGNISED] = 6, [CASE_NOT_RECOGNISED] = 6, [CASE_NOTIFIED] = 6,
	};

	return state < CASE_STATES ? ranks[state] : 0;
}

static int place_of(enum case_step step)
{
	static const unsigned char places[CASE_STEPS] = {
		[CASE_STEP_REGISTER] = 1, [CASE_STEP_HALF_YEAR] = 2, [CASE_STEP_SELF_ASSESS] = 3, [CASE_STEP_VOTE] = 4, [CASE_STEP_APPRAISE] = 5,
		[CASE_STEP_RECOGNISE] = 6, [CASE_STEP_NOTIFY] = 6,
	};

	return places[step];
}

static const enum case_step four_good[] = { CASE_STEP_REGISTER, CASE_STEP_HALF_YEAR, CASE_STEP_SELF_ASSESS, CASE_STEP_VOTE, CASE_STEP_APPRAISE,
	CASE_STEP_RECOGNISE, CASE_STEP_NONE };
static const enum case_step classification[] = { CASE_STEP_REGISTER, CASE_STEP_SELF_ASSESS, CASE_STEP_VOTE, CASE_STEP_APPRAISE, CASE_STEP_NOTIFY,
	CASE_STEP_NONE };

/* The first day on which a step is something to do now; before it, it only stands in the list. */
static struct date begins(int year, enum case_step step)
{
	if (step == CASE_STEP_HALF_YEAR)
		return date_of(year, 6, 1);
	if (step == CASE_STEP_SELF_ASSESS || step == CASE_STEP_VOTE)
		return date_of(year, 11, 1);
	return date_of(year, 1, 1);
}

struct look {
	const struct year_case *k;
	struct case_steps_taken history;
	struct year_sheets sheets;
	struct year_checks checks;
	struct unit decider;
};

static const struct case_step_taken *taken(const struct look *l, enum case_step step)
{
	const struct case_step_taken *last = NULL;

	for (size_t i = 0; i < l->history.n; i++)
		if (l->history.v[i].step == (unsigned)step && (!last || l->history.v[i].seq > last->seq))
			last = &l->history.v[i];
	return last;
}

static const struct year_sheet *sheet_of(const struct look *l, enum case_stage stage)
{
	const struct year_sheet *last = NULL;

	for (size_t i = 0; i < l->sheets.n; i++)
		if (l->sheets.v[i].stage == (unsigned)stage && (!last || l->sheets.v[i].revision > last->revision))
			last = &l->sheets.v[i];
	return last;
}

static enum case_stage stage_of(enum case_step step)
{
	switch (step) {
	case CASE_STEP_HALF_YEAR: return CASE_STAGE_HALF_YEAR;
	case CASE_STEP_SELF_ASSESS: return CASE_STAGE_SELF;
	case CASE_STEP_VOTE: return CASE_STAGE_VOTED;
	case CASE_STEP_APPRAISE: return CASE_STAGE_APPRAISED;
	default: return CASE_STAGE_NONE;
	}
}

/* ---------------------------------------------------------------- words */

static const char *done_words(struct call *c, const struct look *l, enum case_step step)
{
	const struct year_sheet *s = sheet_of(l, stage_of(step));
	const struct case_step_taken *t = taken(l, step);
	const char *when = t ? show_date(c->arena, c->lang, moment_date(call_local(t->at_ms))) : NULL;

	if (s && s->revision) {
		const char *points = show_tenths(c->arena, c->lang, s->points);
		const char *what = s->result ? arena_printf(c->arena, tr(c->lang, "%1$s points: %2$s"), points, case_result_name(c->lang, s->result))
		                             : arena_printf(c->arena, tr(c->lang, "%s points"), points);

		return when ? arena_printf(c->arena, "%s, %s", when, what) : what;
	}
	if (step == CASE_STEP_REGISTER && date_is(l->k->registered_on))
		return arena_printf(c->arena, tr(c->lang, "on %s"), show_date(c->arena, c->lang, l->k->registered_on));
	if (step == CASE_STEP_RECOGNISE && *l->k->decision_no)
		return arena_printf(c->arena, tr(c->lang, "decision no. %s"), l->k->decision_no);
	return when;
}

static const char *by_words(struct call *c, int year, enum case_step step)
{
	struct date by = year_step_by(year, step);

	if (!date_is(by))
		return NULL;
	if (step == CASE_STEP_HALF_YEAR && c->today.days < begins(year, step).days)
		return tr(c->lang, "in June and July");
	return arena_printf(c->arena, tr(c->lang, c->today.days > by.days ? N_("proposed by %s; that day is past") : N_("proposed by %s")),
	                    show_date(c->arena, c->lang, by));
}

const char *year_returned_words(struct call *c, const struct year_case *k)
{
	if (!date_is(k->due_on))
		return arena_printf(c->arena, tr(c->lang, "returned: %s"), k->remark);
	return arena_printf(c->arena, tr(c->lang, "returned: %1$s; by %2$s"), k->remark, show_date(c->arena, c->lang, k->due_on));
}

static const char *waits_words(struct call *c, const struct look *l, enum case_step step)
{
	const struct case_row *row = case_find_row(l->k->kind, step, l->k->state);
	const char *by = by_words(c, (int)l->k->year, step);
	const char *who = row && row->may == MAY_DECIDE ? arena_printf(c->arena, tr(c->lang, "%s does this"), l->decider.name) : NULL;

	if (who && by)
		return arena_printf(c->arena, "%s; %s", who, by);
	return who ? who : by;
}

/* ---------------------------------------------------------------- one step */

static const char *page_of(struct call *c, const struct look *l, enum case_step step)
{
	bool decides = call_may(c, MAY_DECIDE, l->decider.id);

	switch (step) {
	case CASE_STEP_HALF_YEAR: return year_page_path(c, l->k, "/sheet?stage=half_year");
	case CASE_STEP_SELF_ASSESS: return year_page_path(c, l->k, "/sheet?stage=self");
	case CASE_STEP_VOTE: return year_page_path(c, l->k, "/vote?stage=voted");
	case CASE_STEP_APPRAISE: return decides ? year_page_path(c, l->k, "/appraise") : NULL;
	case CASE_STEP_RECOGNISE: return decides ? year_page_unit_path(c, l->decider.id, "/recognition", (int)l->k->year) : NULL;
	case CASE_STEP_NOTIFY: return decides ? year_page_path(c, l->k, "/steps/notify") : NULL;
	default: return NULL;
	}
}

/* What a step itself brings, its sheet and its vote, is not in its way. */
static const char *in_the_way(const struct flaws *blocks)
{
	for (size_t i = 0; i < blocks->n; i++)
		if (strcmp(blocks->v[i].field, "sheet") != 0 && strcmp(blocks->v[i].field, "in_favour") != 0)
			return blocks->v[i].text;
	return NULL;
}

/* What can be done now by this person, what waits for somebody else. */
static fail ready_step(struct call *c, const struct look *l, enum case_step step, struct step *s)
{
	struct flaws blocks = { 0 };

	s->state = STEP_TODO;
	s->why = waits_words(c, l, step);
	if (!case_find_row(l->k->kind, step, l->k->state))
		return FAIL_OK;
	if (!case_person_may(c, l->k, step))
		return FAIL_OK;
	TRY(case_step_blocks(c, l->k, step, &blocks));
	if (in_the_way(&blocks)) {
		s->state = STEP_BLOCKED;
		s->why = in_the_way(&blocks);
	} else if (c->today.days >= begins((int)l->k->year, step).days) {
		s->state = STEP_NEXT;
	}
	return FAIL_OK;
}

static fail step_of(struct call *c, const struct look *l, enum case_step step, struct step *s)
{
	int rank = rank_of(l->k->state);

	*s = (struct step){ .href = page_of(c, l, step), .title = case_step_name(c->lang, l->k->kind, step), .state = STEP_DONE };
	if (step == CASE_STEP_HALF_YEAR && rank > 1 && !taken(l, step) && !sheet_of(l, CASE_STAGE_HALF_YEAR)) {
		s->href = NULL;
		s->why = tr(c->lang, "not needed this year");
		return FAIL_OK;
	}
	if (rank >= place_of(step)) {
		s->why = done_words(c, l, step);
		if (step == CASE_STEP_RECOGNISE && l->k->state == CASE_NOT_RECOGNISED)
			s->title = case_state_name(c->lang, l->k->kind, l->k->state);
		return FAIL_OK;
	}
	if (l->k->state == CASE_RETURNED && step == CASE_STEP_SELF_ASSESS) {
		TRY(ready_step(c, l, step, s));
		s->why = year_returned_words(c, l->k);
		if (s->state == STEP_TODO && case_person_may(c, l->k, step))
			s->state = STEP_NEXT;
		return FAIL_OK;
	}
	return ready_step(c, l, step, s);
}

/* The sheet of the month: met or not met so far. Never in the way of anything. */
static void check_step(struct call *c, const struct look *l, struct year_steps *out)
{
	month_no now = date_month(c->today);
	bool kept = false;
	char month[MONTH_TEXT];

	if (l->k->kind != CASE_FOUR_GOOD || rank_of(l->k->state) > 3 || now / 12 != l->k->year)
		return;
	for (size_t i = 0; i < l->checks.n; i++)
		kept |= l->checks.v[i].month == now;
	month_format(now, month);
	out->v[out->n++] = (struct step){
		.href = year_page_path(c, l->k, arena_printf(c->arena, "/check?month=%s", month)),
		.title = arena_printf(c->arena, tr(c->lang, "Self-check of %s"), show_month(c->arena, c->lang, now)),
		.why = kept ? NULL : tr(c->lang, "each criterion: met or not met so far"),
		.state = kept ? STEP_DONE : STEP_TODO,
	};
}

/* ---------------------------------------------------------------- the list */

static const char *standstill(struct call *c, const struct year_case *k)
{
	if (k->state == CASE_WITHDRAWN)
		return arena_printf(c->arena, tr(c->lang, "Withdrawn: %s"), k->remark);
	if (k->state == CASE_TRANSFERRED_OUT)
		return arena_printf(c->arena, tr(c->lang, "The unit has moved to %s and is not evaluated here this year."), *k->moved_to ? k->moved_to : "–");
	return NULL;
}

static void add_others(struct call *c, const struct year_case *k, struct year_steps *out)
{
	static const enum case_step steps[] = { CASE_STEP_WITHDRAW, CASE_STEP_TRANSFER_OUT, CASE_STEP_REOPEN };

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (case_find_row(k->kind, steps[i], k->state) && case_person_may(c, k, steps[i]))
			out->others[out->other_n++] = (struct step){
				.href = year_page_path(c, k, arena_printf(c->arena, "/steps/%s", case_steps[steps[i]])),
				.title = case_step_name(c->lang, k->kind, steps[i]), .state = STEP_TODO,
			};
}

static void find_next(struct year_steps *out)
{
	for (size_t i = 0; i < out->n; i++) {
		struct step *s = &out->v[i];

		if (s->state != STEP_NEXT)
			continue;
		if (out->next)
			s->state = STEP_TODO;
		else
			out->next = s;
	}
}

fail year_steps_of(struct call *c, const struct year_case *k, struct year_steps *out)
{
	struct look l = { .k = k };

	*out = (struct year_steps){ .standstill = standstill(c, k) };
	TRY(case_history(c, k, &l.history));
	TRY(year_sheets_of(c, k, &l.sheets));
	TRY(case_decider(c, k, &l.decider));
	if (k->kind == CASE_FOUR_GOOD)
		TRY(year_checks_of(c, k, &l.checks));
	add_others(c, k, out);
	if (out->standstill)
		return FAIL_OK;
	for (const enum case_step *s = k->kind == CASE_FOUR_GOOD ? four_good : classification; *s; s++) {
		TRY(step_of(c, &l, *s, &out->v[out->n]));
		out->n++;
		if (*s == CASE_STEP_REGISTER)
			check_step(c, &l, out);
	}
	find_next(out);
	return FAIL_OK;
}

void year_steps_before(struct call *c, int64_t unit_id, int year, struct year_steps *out)
{
	*out = (struct year_steps){ 0 };
	for (const enum case_step *s = four_good; *s; s++) {
		struct step *t = &out->v[out->n++];

		*t = (struct step){ .title = case_step_name(c->lang, CASE_FOUR_GOOD, *s), .why = by_words(c, year, *s), .state = STEP_TODO };
		if (*s == CASE_STEP_REGISTER && call_may(c, MAY_RECORD, unit_id)) {
			t->href = year_page_unit_path(c, unit_id, "/year/register", year);
			t->state = STEP_NEXT;
			out->next = t;
		}
	}
}

/* ---------------------------------------------------------------- now */

static void add_duty(struct year_duties *out, enum step_state state, const char *href, const char *title, const char *why)
{
	if (out->n < sizeof out->v / sizeof *out->v)
		out->v[out->n++] = (struct step){ href, title, why, state };
}

static fail duty_of_case(struct call *c, const struct year_case *k, struct year_duties *out)
{
	struct year_steps s;

	TRY(year_steps_of(c, k, &s));
	if (s.next)
		add_duty(out, STEP_NEXT, year_page_path(c, k, ""), arena_printf(c->arena, "%s: %s", year_page_title(c, k), s.next->title), s.next->why);
	return FAIL_OK;
}

/* Members who still wait for the cell: not assessed, or not voted on. */
static fail members_duty(struct call *c, int64_t unit_id, int year, struct year_duties *out)
{
	struct case_query q = { .unit_id = unit_id, .own_only = true, .kind = CASE_MEMBER, .year = year, .limit = 500 };
	struct year_cases all;
	int64_t wait = 0;

	TRY(case_list(c, &q, &all));
	for (size_t i = 0; i < all.n; i++)
		wait += rank_of(all.v[i].state) > 0 && rank_of(all.v[i].state) < 4;
	if (wait)
		add_duty(out, STEP_NEXT, year_page_unit_path(c, unit_id, "/year/members", year),
		         arena_printf(c->arena, tr(c->lang, "Classification of the members %d"), year),
		         arena_printf(c->arena, tr(c->lang, "%s of %s not voted on yet"), show_int(c->arena, c->lang, wait),
		                      show_int(c->arena, c->lang, (int64_t)all.n)));
	return FAIL_OK;
}

static fail duties_of_year(struct call *c, int64_t unit_id, int year, struct year_duties *out)
{
	struct year_case four, level;

	TRY(case_find(c, CASE_FOUR_GOOD, year, unit_id, 0, &four));
	TRY(case_find(c, CASE_UNIT, year, unit_id, 0, &level));
	if (four.id)
		TRY(duty_of_case(c, &four, out));
	else if (date_month(c->today) / 12 == year && date_month(c->today) % 12 < 6)
		add_duty(out, STEP_NEXT, year_page_unit_path(c, unit_id, "/year", year), arena_printf(c->arena, tr(c->lang, "Register “four good” %d"), year),
		         by_words(c, year, CASE_STEP_REGISTER));
	if (level.id)
		TRY(duty_of_case(c, &level, out));
	return members_duty(c, unit_id, year, out);
}

/* Until March the year before may still have something open. */
fail year_duties_of(struct call *c, int64_t unit_id, struct year_duties *out)
{
	int year = date_month(c->today) / 12;

	*out = (struct year_duties){ 0 };
	if (date_month(c->today) % 12 < 3)
		TRY(duties_of_year(c, unit_id, year - 1, out));
	return duties_of_year(c, unit_id, year, out);
}

fail year_duties_of_me(struct call *c, int64_t unit_id, struct year_duties *out)
{
	const struct account *me = access_account(c);
	int year = date_month(c->today) / 12;
	struct year_case k;

	*out = (struct year_duties){ 0 };
	if (!me || me->member_id <= 0)
		return FAIL_OK;
	for (int y = date_month(c->today) % 12 < 3 ? year - 1 : year; y <= year; y++) {
		TRY(case_find(c, CASE_MEMBER, y, unit_id, me->member_id, &k));
		if (k.id && year_page_is_mine(c, &k))
			TRY(duty_of_case(c, &k, out));
	}
	return FAIL_OK;
}
