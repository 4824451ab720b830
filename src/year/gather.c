/* gather.c — from counts to facts: what is known, what a body takes from the units below it, what can still change. Reads no record itself (gather_sum.c)
 * and gives no points. */
#include "year/gather.h"

#include <string.h>

#include "org/scopes.h"
#include "year/case.h"
#include "year/gather_sum.h"

const char *year_origin_name(enum lang lang, enum year_origin o)
{
	static const char *const names[YEAR_ORIGINS] = {
		"",
		N_("from the meetings"),
		N_("from the tasks"),
		N_("from the targets of the programme"),
		N_("from the register of documents"),
		N_("from the list of members and posts"),
		N_("from the classification of the year"),
		N_("from the register of initiatives"),
		N_("from the register of disciplinary decisions"),
		N_("from the programme of inspections"),
		N_("from the register of reports"),
		N_("from the register of feedback"),
		N_("from the register of training"),
		N_("from the numbers set for the year"),
		N_("from the assignments to attend meetings"),
		N_("from the type of the unit"),
		N_("from the undertakings of the year"),
	};

	return *names[o] ? tr(lang, names[o]) : "";
}

/* ---------------------------------------------------------------- what a sum of a body is made of */

/* A unit with the cells that are asked about with it. A cell stands for itself alone. */
struct gathering {
	const struct year_sums *sums;
	const struct year_sum *u;
	const struct year_sum *const *cells; /* cells below a body, on its day; itself for a cell */
	size_t cell_n;
	const struct year_sum *const *below; /* all units below */
	size_t below_n;
	int now;                             /* current month of the year: year_sums_month */
	const struct rules *rules;
	struct year_gathered *out;
};

static void put(const struct gathering *g, enum year_fact f, int64_t value, enum year_origin origin)
{
	if (book_set(&FACTS_OF_YEAR, &g->out->facts, f, value))
		g->out->origin[f] = (unsigned char)origin;
}

static bool is_cell(const struct gathering *g)
{
	return g->u->unit->level == LEVEL_CELL;
}

/* ---------------------------------------------------------------- meetings */

struct months { int held, missed, unexplained; unsigned held_bits; };

/* A month is due when the unit was there on every day of it and it is over, or when it met. */
static struct months months_of(const struct gathering *g, const struct year_sum *u)
{
	unsigned covered = year_sum_covered(g->sums, u);
	struct months n = { 0 };

	for (int m = 0; m < 12; m++) {
		bool held = u->months[m].marks & MARK_REGULAR, missed = !held && m < g->now && covered >> m & 1;

		n.held += held;
		n.missed += missed;
		n.unexplained += missed && !(u->excused >> m & 1);
		n.held_bits |= (unsigned)held << m;
	}
	return n;
}

/* A quarter is due when it is over and the unit was there in one of its months, or when it had its thematic part. */
static void put_quarters(const struct gathering *g)
{
	unsigned covered = year_sum_covered(g->sums, g->u);
	int due = 0, thematic = 0;

	for (int q = 0; q < 12; q += 3) {
		bool there = false, theme = false;

		for (int m = q; m < q + 3; m++) {
			there |= g->u->months[m].marks & MARK_REGULAR || covered >> m & 1;
			theme |= g->u->months[m].thematic > 0;
		}
		due += theme || (there && q + 2 < g->now);
		thematic += theme;
	}
	put(g, YEAR_quarters_due, due, YEAR_FROM_MEETINGS);
	put(g, YEAR_quarters_thematic, thematic, YEAR_FROM_MEETINGS);
}

static void put_class(const struct gathering *g, enum grade grade)
{
	if (grade == GRADE_NONE)
		return;
	put(g, YEAR_class_good, grade == GRADE_GOOD, YEAR_FROM_MEETINGS);
	put(g, YEAR_class_fair, grade >= GRADE_FAIR, YEAR_FROM_MEETINGS);
}

static void put_sums_of_meetings(const struct gathering *g, struct months months)
{
	int64_t expected = 0, present = 0, meetings = 0, prepared = 0;

	for (int m = 0; m < 12; m++) {
		const struct cell_facts *f = &g->u->months[m];

		expected += f->expected;
		present += f->present;
		meetings += f->meetings;
		prepared += f->pre_meetings;
	}
	put(g, YEAR_meetings, meetings, YEAR_FROM_MEETINGS);
	put(g, YEAR_meetings_prepared, prepared, YEAR_FROM_MEETINGS);
	if (expected) {
		put(g, YEAR_expected, expected, YEAR_FROM_MEETINGS);
		put(g, YEAR_present, present, YEAR_FROM_MEETINGS);
	}
	if (!g->u->ahead.unknown)
		put(g, YEAR_meetings_documents_ahead, g->u->ahead.yes, YEAR_FROM_MEETINGS);
	if (!g->u->complete.unknown)
		put(g, YEAR_meetings_papers_complete, g->u->complete.yes, YEAR_FROM_MEETINGS);
	put(g, YEAR_meetings_not_scored_at_once, __builtin_popcount(months.held_bits & ~(unsigned)g->u->at_once), YEAR_FROM_MEETINGS);
}

/* A body that is one cell meets as a cell does; others have no meetings of this kind. */
static void put_meetings(const struct gathering *g, enum grade class)
{
	struct months n = months_of(g, g->u);

	if (!is_cell(g) && !n.held)
		return;
	put(g, YEAR_months_due, n.held + n.missed, YEAR_FROM_MEETINGS);
	put(g, YEAR_months_held, n.held, YEAR_FROM_MEETINGS);
	put(g, YEAR_months_missed, n.missed, YEAR_FROM_MEETINGS);
	put(g, YEAR_months_missed_unexplained, n.unexplained, YEAR_FROM_MEETINGS);
	put_quarters(g);
	put_sums_of_meetings(g, n);
	put_class(g, class);
}

/* ---------------------------------------------------------------- programme, targets, tasks */

static bool keeps_documents(const struct year_sum *u)
{
	return u->n.documents > 0 || u->n.plans > 0;
}

static void put_programme(const struct gathering *g)
{
	const struct year_sum *u = g->u;

	if (date_is(u->programme_on) && u->programme_on.days <= g->sums->until.days) {
		int32_t day = u->programme_on.days - g->sums->first.days + 1;

		put(g, YEAR_programme_issued, 1, YEAR_FROM_DOCUMENTS);
		put(g, YEAR_programme_day, day < 1 ? 1 : day, YEAR_FROM_DOCUMENTS);
	} else if (keeps_documents(u)) {
		put(g, YEAR_programme_issued, 0, YEAR_FROM_DOCUMENTS);
	}
}

/* Valid: issued in the term that runs on that day. Without a term nobody knows for which one they were. */
static void put_working_rules(const struct gathering *g)
{
	const struct year_sum *u = g->u;

	if (date_is(u->term_from) && (date_is(u->rules_on) || keeps_documents(u)))
		put(g, YEAR_working_rules_valid, date_is(u->rules_on) && u->rules_on.days >= u->term_from.days, YEAR_FROM_DOCUMENTS);
}

static void put_targets(const struct gathering *g)
{
	const struct year_counts *n = &g->u->n;

	if (!n->targets_assigned && !n->none_target)
		return;
	put(g, YEAR_targets_assigned, n->targets_assigned, YEAR_FROM_TARGETS);
	put(g, YEAR_targets_reached, n->targets_reached, YEAR_FROM_TARGETS);
}

/* One that was done and nobody wrote down when leaves "on time" open. */
static void put_tasks(const struct gathering *g)
{
	const int32_t *n = g->u->tasks;
	int64_t in_time = n[FATE_ON_TIME], late = n[FATE_LATE], done = in_time + late + n[FATE_DONE_SOMETIME];

	if (!(done + n[FATE_NOT_DONE] + n[FATE_HAS_TIME]))
		return;
	put(g, YEAR_tasks_due, done + n[FATE_NOT_DONE], YEAR_FROM_TASKS);
	put(g, YEAR_tasks_done, done, YEAR_FROM_TASKS);
	put(g, YEAR_tasks_above_requirement, g->u->tasks_above, YEAR_FROM_TASKS);
	if (n[FATE_DONE_SOMETIME])
		return;
	put(g, YEAR_tasks_on_time, in_time, YEAR_FROM_TASKS);
	put(g, YEAR_tasks_late, late, YEAR_FROM_TASKS);
}

/* ---------------------------------------------------------------- members and their year */

struct people { int64_t roll, members, to_assign, with_task, admissions, classified, good, not_completed; bool tasks; };

static struct people people_of(const struct gathering *g)
{
	struct people p = { 0 };

	for (size_t i = 0; i < g->cell_n; i++) {
		const struct year_sum *u = g->cells[i];

		p.roll += u->roll;
		p.members += u->members;
		p.to_assign += u->to_assign;
		p.with_task += u->with_task;
		p.admissions += u->admissions;
		p.classified += u->classified;
		p.good += u->good;
		p.not_completed += u->not_completed;
		for (int f = 0; f < FATES; f++)
			p.tasks |= u->tasks[f] > 0;
	}
	return p;
}

static void put_people(const struct gathering *g)
{
	struct people p = people_of(g);

	if (p.roll) {
		put(g, YEAR_members, p.members, YEAR_FROM_MEMBERS);
		put(g, YEAR_members_to_assign, p.to_assign, YEAR_FROM_MEMBERS);
		put(g, YEAR_admissions, p.admissions, YEAR_FROM_MEMBERS);
		if (p.tasks)
			put(g, YEAR_members_with_task, p.with_task, YEAR_FROM_TASKS);
	}
	if (p.classified) {
		put(g, YEAR_members_classified, p.classified, YEAR_FROM_CASES);
		put(g, YEAR_members_good, p.good, YEAR_FROM_CASES);
		put(g, YEAR_members_not_completed, p.not_completed, YEAR_FROM_CASES);
	}
}

static void put_leaders(const struct gathering *g)
{
	const struct year_sum *u = g->u;

	if (!u->leaders)
		return;
	put(g, YEAR_leaders, u->leaders, YEAR_FROM_MEMBERS);
	if (u->n.trainings || u->leaders_trained || u->n.none_training)
		put(g, YEAR_leaders_trained, u->leaders_trained, YEAR_FROM_TRAININGS);
}

/* ---------------------------------------------------------------- registers */

static void put_pair(const struct gathering *g, bool kept, enum year_fact of, int64_t whole, enum year_fact part, int64_t good, enum year_origin origin)
{
	if (!kept)
		return;
	put(g, of, whole, origin);
	put(g, part, good, origin);
}

static void put_registers(const struct gathering *g)
{
	const struct year_counts *n = &g->u->n;

	put_pair(g, n->inspections_planned || n->none_inspection, YEAR_inspections_planned, n->inspections_planned, YEAR_inspections_done,
	         n->inspections_done, YEAR_FROM_INSPECTIONS);
	put_pair(g, n->reports || n->none_report, YEAR_reports_due, n->reports_due, YEAR_reports_on_time, n->reports_on_time, YEAR_FROM_REPORTS);
	put_pair(g, n->feedback || n->none_feedback, YEAR_feedback_received, n->feedback_received, YEAR_feedback_on_time, n->feedback_on_time,
	         YEAR_FROM_FEEDBACK);
	if (n->initiatives_kept || n->none_initiative)
		put(g, YEAR_initiatives, n->initiatives, YEAR_FROM_INITIATIVES);
	put(g, YEAR_admissions_aim_set, n->admissions_aim != INT_UNKNOWN, YEAR_FROM_NUMBERS);
	put(g, YEAR_admissions_aim, n->admissions_aim, YEAR_FROM_NUMBERS);
}

/* A register in which nobody has said "none" and nothing stands tells nothing; a body's is whole when its own is, or when those of all below are. */
static void put_disciplines(const struct gathering *g)
{
	const struct year_counts *own = &g->u->n;
	int64_t all = own->disciplined, units = own->units_disciplined;
	bool below_kept = g->below_n > 0;

	for (size_t i = 0; i < g->below_n; i++) {
		const struct year_counts *n = &g->below[i]->n;

		all += n->disciplined;
		units += n->units_disciplined;
		below_kept &= n->disciplined || n->none_discipline;
	}
	if (!all && !own->none_discipline && !below_kept)
		return;
	put(g, YEAR_disciplined, all, YEAR_FROM_DISCIPLINES);
	put(g, YEAR_units_disciplined, units, YEAR_FROM_DISCIPLINES);
	if (own->disciplined || own->none_discipline)
		put(g, YEAR_leaders_disciplined, own->leaders_disciplined, YEAR_FROM_DISCIPLINES);
}

/* ---------------------------------------------------------------- the unit itself, its cases */

static void put_unit(const struct gathering *g)
{
	uint64_t types = FACTS_OF_YEAR.types;
	int32_t founded = g->u->first.days - g->sums->first.days + 1;

	if (g->u->unit->type != TYPE_NONE)
		book_set_type(&FACTS_OF_YEAR, &g->out->facts, unit_types[g->u->unit->type]);
	for (int f = 0; f < YEAR_FACT_COUNT; f++)
		if (types & g->out->facts.known & FACT_BIT(f))
			g->out->origin[f] = YEAR_FROM_UNIT;
	put(g, YEAR_is_cell, is_cell(g), YEAR_FROM_UNIT);
	put(g, YEAR_founded_day, founded > 1 ? founded : 1, YEAR_FROM_UNIT);
	if (g->u->level != RESULT_NONE)
		put(g, YEAR_level_good, g->u->level >= RESULT_GOOD, YEAR_FROM_CASES);
	if (g->u->four_good != RESULT_NONE)
		put(g, YEAR_four_good_met, g->u->four_good == RESULT_MET, YEAR_FROM_CASES);
}

/* By the table, the type and the members on the day that counts. */
static void put_initiatives_required(const struct gathering *g, const struct scheme *s)
{
	const struct facts *f = &g->out->facts;

	if (s && facts_know(f, YEAR_members))
		put(g, YEAR_initiatives_required, scheme_initiatives_required(s, unit_types[g->u->unit->type], f->v[YEAR_members]), YEAR_FROM_UNIT);
}

/* ---------------------------------------------------------------- bodies */

static void put_committee(const struct gathering *g)
{
	unsigned covered = year_sum_covered(g->sums, g->u), met = g->u->committee;
	unsigned over = g->now < 0 ? 0 : (1u << g->now) - 1;

	if (!met)
		return;
	put(g, YEAR_committee_months_due, __builtin_popcount((covered & over) | met), YEAR_FROM_MEETINGS);
	put(g, YEAR_committee_months_met, __builtin_popcount(met), YEAR_FROM_MEETINGS);
}

/* The turns of the body's own people at the units below it. */
static void put_turns(const struct gathering *g)
{
	unsigned level = g->u->unit->level == LEVEL_SUBCOMMITTEE ? LEVEL_GRASSROOTS : g->u->unit->level == LEVEL_BLOC ? LEVEL_DISTRICT : g->u->unit->level;
	int64_t required = 0, realised = 0;

	for (size_t i = 0; i < g->below_n; i++) {
		required += g->below[i]->turns_required[level];
		realised += g->below[i]->turns_realised[level];
	}
	put_pair(g, required || g->u->n.none_assignment, YEAR_turns_required, required, YEAR_turns_realised, realised, YEAR_FROM_ASSIGNMENTS);
}

static fail class_of(struct call *c, const struct gathering *g, const struct year_sum *u, enum grade *out);

static fail put_body(struct call *c, const struct gathering *g)
{
	int64_t good = 0, four_good = 0;
	bool cases = false;

	for (size_t i = 0; i < g->cell_n; i++) {
		enum grade grade;

		TRY(class_of(c, g, g->cells[i], &grade));
		good += grade == GRADE_GOOD;
		four_good += g->cells[i]->four_good == RESULT_MET;
		cases |= g->cells[i]->four_good != RESULT_NONE;
	}
	put_committee(g);
	put_turns(g);
	put(g, YEAR_cells, (int64_t)g->cell_n, YEAR_FROM_UNIT);
	put(g, YEAR_cells_class_good, good, YEAR_FROM_MEETINGS);
	if (cases)
		put(g, YEAR_cells_four_good, four_good, YEAR_FROM_CASES);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the class of the year */

static bool year_rules_have_scopes(const struct rules *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].kind == RULE_YEAR && *r->v[i].scope)
			return true;
	return false;
}

static fail class_of(struct call *c, const struct gathering *g, const struct year_sum *u, enum grade *out)
{
	struct scopes scopes = SCOPES_NONE;
	struct year_facts facts;
	struct year_result result;

	*out = GRADE_NONE;
	if (!g->rules)
		return FAIL_OK;
	if (year_rules_have_scopes(g->rules))
		TRY(org_scopes(c, u->id, u->unit->code, date_is(u->on) ? u->on : g->sums->until, &scopes));
	const struct year_rule *rule = rules_year_rule(g->rules, g->sums->year, scopes);

	if (!rule)
		return FAIL_OK;
	figure_year_facts(u->months, year_sum_covered(g->sums, u), g->now, &facts);
	year_classify(c->arena, rule, &facts, c->lang, &result);
	*out = result.grade;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- what can still change */

/* A decision that was taken stays taken, a programme issued stays issued. */
static void mark_open(const struct gathering *g)
{
	static const int lasting[] = { YEAR_programme_issued, YEAR_programme_day, YEAR_disciplined, YEAR_leaders_disciplined, YEAR_units_disciplined };
	const struct facts *f = &g->out->facts;
	uint64_t closed = FACTS_OF_YEAR.types;

	if (g->now > 11)
		return;
	for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++)
		closed |= facts_know(f, lasting[i]) && f->v[lasting[i]] ? FACT_BIT(lasting[i]) : 0;
	closed |= FACT_BIT(YEAR_is_cell) | FACT_BIT(YEAR_founded_day);
	g->out->open = (~UINT64_C(0) >> (FACTS_MOST - YEAR_FACT_COUNT)) & ~closed;
}

/* ---------------------------------------------------------------- one unit, many units */

static fail gather_one(struct call *c, const struct gathering *g, const struct scheme *scheme)
{
	enum grade class;

	*g->out = (struct year_gathered){ 0 };
	TRY(class_of(c, g, g->u, &class));
	put_meetings(g, class);
	put_programme(g);
	put_working_rules(g);
	put_targets(g);
	put_tasks(g);
	put_people(g);
	put_leaders(g);
	put_registers(g);
	put_disciplines(g);
	put_unit(g);
	if (!is_cell(g))
		TRY(put_body(c, g));
	put_initiatives_required(g, scheme);
	mark_open(g);
	return FAIL_OK;
}

/* The units below each body, and all of them with the wanted ones in one list. */
struct set {
	struct units *below;        /* of units[i]; nothing for cells */
	const struct unit **all;
	size_t n;
};

static fail below_of(struct call *c, int year, const struct unit *u, struct units *out)
{
	struct date last = date_of(year, 12, 31), on = c->today.days < last.days ? c->today : last;

	if (u->level == LEVEL_CELL)
		return FAIL_OK;
	if (u->valid_to.days < on.days)
		on = u->valid_to;
	return org_below(c, u->id, on, LEVEL_NONE, out);
}

static fail collect(struct call *c, int year, const struct unit *units, size_t n, struct set *s)
{
	size_t all = n;

	s->below = ARENA_ARRAY(c->arena, n + 1, struct units);
	for (size_t i = 0; i < n; i++) {
		TRY(below_of(c, year, &units[i], &s->below[i]));
		all += s->below[i].n;
	}
	s->all = ARENA_ARRAY(c->arena, all + 1, const struct unit *);
	for (size_t i = 0; i < n; i++)
		s->all[s->n++] = &units[i];
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < s->below[i].n; k++)
			s->all[s->n++] = &s->below[i].v[k];
	return FAIL_OK;
}

static void take_below(struct call *c, struct gathering *g, const struct units *below)
{
	const struct year_sum **all = ARENA_ARRAY(c->arena, below->n + 1, const struct year_sum *);
	const struct year_sum **cells = ARENA_ARRAY(c->arena, below->n + 1, const struct year_sum *);

	g->cell_n = g->below_n = 0;
	for (size_t i = 0; i < below->n; i++) {
		const struct year_sum *u = year_sum_find(g->sums, below->v[i].realm, below->v[i].id);

		if (!u || u == g->u)
			continue;
		all[g->below_n++] = u;
		if (below->v[i].level == LEVEL_CELL)
			cells[g->cell_n++] = u;
	}
	g->below = all;
	g->cells = cells;
}

fail year_gather(struct call *c, int year, const struct unit *units, size_t n, const struct scheme *const *schemes, struct year_gathered *out)
{
	struct year_sums sums;
	struct set set = { 0 };

	TRY(collect(c, year, units, n, &set));
	TRY(year_sums_load(c, year, set.all, set.n, &sums));
	for (size_t i = 0; i < n; i++) {
		const struct year_sum *u = year_sum_find(&sums, units[i].realm, units[i].id);
		struct gathering g = { .sums = &sums, .u = u, .cells = &u, .cell_n = 1, .now = year_sums_month(c, &sums), .rules = c->rules, .out = &out[i] };

		if (units[i].level != LEVEL_CELL)
			take_below(c, &g, &set.below[i]);
		TRY(gather_one(c, &g, schemes ? schemes[i] : NULL));
	}
	return FAIL_OK;
}
