/* year_commands.c — one case at the command line: registered, opened, scored, stepped, appealed, looked at. Many at once is command_many.c. */
#include "year/year_commands.h"

#include <string.h>

#include "meeting/meeting.h"
#include "score/appeal.h"
#include "year/command_parts.h"

/* ---------------------------------------------------------------- show */

struct showing {
	struct case_target t;
	bool as_json;
};

static fail show_body(struct call *c, void *arg)
{
	const struct showing *s = arg;
	struct year_case k;

	TRY(target_case(c, &s->t, &k));
	return show_case(c, &k, s->as_json);
}

static fail cases_show(struct call *c, struct args *args)
{
	struct showing s = { .as_json = args_flag(args, "--json") };

	TRY(target_read(c, args, true, &s.t));
	TRY(args_end(c, args));
	return db_read(c, show_body, &s);
}

struct stored { const struct year_case *k; bool as_json; };

static fail stored_body(struct call *c, void *arg)
{
	const struct stored *s = arg;
	struct year_sheet counting;

	if (s->as_json)
		return show_case(c, s->k, true);
	TRY(year_counting(c, s->k, &counting));
	print_case(c, s->k, &counting);
	return FAIL_OK;
}

static fail print_stored(struct call *c, const struct year_case *k, bool as_json)
{
	return db_read(c, stored_body, &(struct stored){ k, as_json });
}

/* ---------------------------------------------------------------- register, open */

struct opening {
	struct case_target t;
	struct case_opening o;
	const char *meeting;
	struct year_case k;
};

static fail open_body(struct call *c, void *arg)
{
	struct opening *x = arg;
	struct meeting m;

	TRY(target_unit(c, &x->t, &x->o.unit_id, &x->o.member_id));
	if (x->meeting) {
		TRY(meeting_by_code(c, x->meeting, &m));
		x->o.meeting_id = m.id;
	}
	return case_open(c, &x->o, &x->k);
}

static fail cases_register(struct call *c, struct args *args)
{
	struct opening x = { .meeting = args_option(args, "--meeting") };
	bool as_json = args_flag(args, "--json"), voted;
	struct year_vote v;

	TRY(target_read(c, args, true, &x.t));
	x.o = (struct case_opening){ .kind = CASE_FOUR_GOOD, .year = x.t.year, .carried_over = args_flag(args, "--carry-on") };
	TRY(option_day(c, args, "--on", &x.o.registered_on));
	TRY(option_day(c, args, "--agreement", &x.o.agreement_on));
	TRY(option_vote(c, args, &v, &voted));
	TRY(args_end(c, args));
	x.o.base = !voted ? INT_UNKNOWN : v.base == INT_UNKNOWN ? 0 : v.base; /* 0: computed */
	x.o.in_favour = v.in_favour;
	x.o.against = v.against;
	x.o.abstain = v.abstain;
	TRY(db_write(c, open_body, &x));
	return print_stored(c, &x.k, as_json);
}

static fail all_body(struct call *c, void *arg)
{
	struct opening *x = arg;

	TRY(target_unit(c, &x->t, &x->o.unit_id, &x->o.member_id));
	return case_open_all(c, x->t.kind, x->t.year, x->o.unit_id, &x->o.base);
}

static fail cases_open(struct call *c, struct args *args)
{
	struct opening x = { .meeting = NULL };
	bool as_json = args_flag(args, "--json"), all = args_flag(args, "--all");

	TRY(target_read(c, args, true, &x.t));
	TRY(args_end(c, args));
	if (x.t.kind == CASE_FOUR_GOOD)
		return problem(c, FAIL_INPUT, "--kind", "a unit registers itself for “four good”");
	if (all) {
		TRY(db_write(c, all_body, &x));
		fprintf(c->out, tr(c->lang, "%lld reviews opened\n"), (long long)x.o.base);
		return FAIL_OK;
	}
	x.o = (struct case_opening){ .kind = x.t.kind, .year = x.t.year, .base = INT_UNKNOWN };
	TRY(db_write(c, open_body, &x));
	return print_stored(c, &x.k, as_json);
}

/* ---------------------------------------------------------------- score */

struct scoring {
	struct case_target t;
	struct year_request rq;
	struct year_vote vote;
	bool voted;
	const char *judged;
	struct year_case k;
	struct year_sheet sheet;
	struct flaws found;
};

/* One reason for all lines that differ, when nothing else is missing. */
static bool explain_all(struct call *c, struct scoring *s)
{
	struct line_why *v = ARENA_ARRAY(c->arena, s->found.n + 1, struct line_why);

	if (!s->found.n || !*s->rq.reason || s->rq.whys.n)
		return false;
	for (size_t i = 0; i < s->found.n; i++) {
		if (strncmp(s->found.v[i].field, "why.", 4) != 0)
			return false;
		v[i] = (struct line_why){ s->found.v[i].field + 4, s->rq.reason };
	}
	s->rq.whys = (struct line_whys){ v, s->found.n };
	return true;
}

static fail score_body(struct call *c, void *arg)
{
	struct scoring *s = arg;

	TRY(target_case(c, &s->t, &s->k));
	s->rq.case_id = s->k.id;
	s->rq.whys = (struct line_whys){ NULL, 0 };
	fail f = year_save(c, &s->rq, s->voted ? &s->vote : NULL, &s->k, &s->sheet, &s->found);

	if (f != FAIL_INPUT || !explain_all(c, s))
		return f;
	problem_clear(c);
	return year_save(c, &s->rq, s->voted ? &s->vote : NULL, &s->k, &s->sheet, &s->found);
}

static fail find_body(struct call *c, void *arg)
{
	struct scoring *s = arg;

	return target_case(c, &s->t, &s->k);
}

static fail read_scoring(struct call *c, struct args *args, struct scoring *s)
{
	const char *stage = args_option(args, "--stage"), *level = args_option(args, "--level"), *reason = args_option(args, "--reason");
	int i = stage ? word_index(case_stages, stage) : 0, r = level ? word_index(case_results, level) : 0;

	TRY(target_read(c, args, true, &s->t));
	TRY(option_vote(c, args, &s->vote, &s->voted));
	s->judged = args_option(args, "--judged");
	TRY(args_end(c, args));
	if (i <= 0)
		return problem(c, FAIL_INPUT, "--stage", "give --stage half_year, self, voted or appraised");
	if (level && r < RESULT_NOT_COMPLETED)
		return problem(c, FAIL_INPUT, "--level", "there is no level “%s”; write excellent, good, completed or not_completed", level);
	s->rq = (struct year_request){ .rev = s->t.rev, .stage = (enum case_stage)i, .keep = true, .result = (unsigned)r, .reason = reason ? reason : "" };
	if (!s->judged)
		return FAIL_OK;
	TRY(db_read(c, find_body, s));
	return judged_file(c, s->judged, &s->k, &s->rq.judged);
}

static fail cases_score(struct call *c, struct args *args)
{
	struct scoring s = { .voted = false };
	bool as_json = args_flag(args, "--json");

	TRY(read_scoring(c, args, &s));
	fail f = db_write(c, score_body, &s);

	if (f != FAIL_OK) {
		tell_flaws(c, &s.found);
		return f;
	}
	return print_stored(c, &s.k, as_json);
}

/* ---------------------------------------------------------------- steps and choices */

struct stepping {
	struct case_target t;
	enum case_step step;
	struct case_note note;
	const char *group;
	bool off;
	struct year_case k;
	struct flaws found;
};

static fail step_body(struct call *c, void *arg)
{
	struct stepping *s = arg;

	TRY(target_case(c, &s->t, &s->k));
	return case_take_step(c, s->k.id, s->t.rev, s->step, &s->note, &s->k, &s->found);
}

static fail cases_step(struct call *c, struct args *args)
{
	struct stepping s = { .note = { .remark = args_option(args, "--reason"), .decision_no = args_option(args, "--decision-no"),
		                            .moved_to = args_option(args, "--moved-to") } };
	bool as_json = args_flag(args, "--json");
	const char *word;

	TRY(option_day(c, args, "--due-on", &s.note.due_on));
	TRY(option_day(c, args, "--decided-on", &s.note.decided_on));
	TRY(target_read(c, args, true, &s.t));
	word = args_next(args);
	TRY(args_end(c, args));
	int i = word ? word_index(case_steps, word) : 0;

	if (i <= 0)
		return problem(c, FAIL_INPUT, "STEP", "there is no step “%s” of a case; see --help", word ? word : "");
	s.step = (enum case_step)i;
	fail f = db_write(c, step_body, &s);

	if (f != FAIL_OK) {
		tell_flaws(c, &s.found);
		return f;
	}
	return print_stored(c, &s.k, as_json);
}

static fail choice_body(struct call *c, void *arg)
{
	struct stepping *s = arg;

	TRY(target_case(c, &s->t, &s->k));
	return s->group ? case_set_group(c, s->k.id, s->t.rev, s->group, &s->k) : case_set_exemplary(c, s->k.id, s->t.rev, !s->off, &s->k);
}

static fail cases_exemplary(struct call *c, struct args *args)
{
	struct stepping s = { .off = args_flag(args, "--off") };
	bool as_json = args_flag(args, "--json");

	TRY(target_read(c, args, true, &s.t));
	TRY(args_end(c, args));
	TRY(db_write(c, choice_body, &s));
	return print_stored(c, &s.k, as_json);
}

static fail cases_group(struct call *c, struct args *args)
{
	struct stepping s = { .group = args_option(args, "--group") };
	bool as_json = args_flag(args, "--json");

	TRY(target_read(c, args, true, &s.t));
	TRY(args_end(c, args));
	if (!s.group)
		return problem(c, FAIL_INPUT, "--group", "give the name of the group; empty for the type of the unit");
	TRY(db_write(c, choice_body, &s));
	return print_stored(c, &s.k, as_json);
}

/* ---------------------------------------------------------------- appeals */

struct appealing {
	struct case_target t;
	const char *reason, *wanted, *answer, *judged;
	struct year_request rq;
	struct year_case k;
	struct flaws found;
};

static fail appeal_body(struct call *c, void *arg)
{
	struct appealing *a = arg;

	TRY(target_case(c, &a->t, &a->k));
	return year_appeal_make(c, a->k.id, a->t.rev, a->reason, a->wanted, &a->k);
}

static fail cases_appeal(struct call *c, struct args *args)
{
	struct appealing a = { .reason = args_option(args, "--reason"), .wanted = args_option(args, "--wanted") };
	bool as_json = args_flag(args, "--json");

	TRY(target_read(c, args, true, &a.t));
	TRY(args_end(c, args));
	TRY(db_write(c, appeal_body, &a));
	return print_stored(c, &a.k, as_json);
}

/* The open appeal of the case; with judged points the decision is changed, without them it stands. */
static fail answer_body(struct call *c, void *arg)
{
	struct appealing *a = arg;
	struct year_appeals all;
	int64_t seq = 0;

	TRY(target_case(c, &a->t, &a->k));
	TRY(year_appeals_of(c, &a->k, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].outcome == APPEAL_OPEN)
			seq = all.v[i].seq;
	if (!seq)
		return problem(c, FAIL_CONFLICT, "appeal", "there is no open appeal");
	return year_appeal_answer(c, a->k.id, a->t.rev, seq, a->answer, a->judged ? &a->rq : NULL, &a->k, &a->found);
}

static fail appealed_body(struct call *c, void *arg)
{
	struct appealing *a = arg;

	return target_case(c, &a->t, &a->k);
}

static fail cases_answer(struct call *c, struct args *args)
{
	struct appealing a = { .answer = args_option(args, "--answer"), .judged = args_option(args, "--judged"), .rq = { .keep = true, .reason = "" } };
	bool as_json = args_flag(args, "--json");

	TRY(target_read(c, args, true, &a.t));
	TRY(args_end(c, args));
	if (a.judged) {
		TRY(db_read(c, appealed_body, &a));
		TRY(judged_file(c, a.judged, &a.k, &a.rq.judged));
	}
	fail f = db_write(c, answer_body, &a);

	if (f != FAIL_OK) {
		tell_flaws(c, &a.found);
		return f;
	}
	return print_stored(c, &a.k, as_json);
}

/* ---------------------------------------------------------------- the table */

#define YEAR_OPTION { "--year", "Y", N_("the year; this year without it") }
#define KIND_OPTION { "--kind", "KIND", N_("four_good (without it), unit or member: the annual classification") }
#define MEMBER_OPTION { "--member", "CODE", N_("the member of that cell") }
#define REV_OPTION { "--rev", "N", N_("only if the case still has this version") }
#define JSON_OPTION { "--json", NULL, N_("as JSON") }
#define UNIT_OPTION { "--unit", "CODE", N_("the cell, or a unit above it") }
#define BELOW_OPTION { "--below", NULL, N_("everything below, not only what this unit decides") }
#define TARGET_OPTIONS YEAR_OPTION, KIND_OPTION, MEMBER_OPTION, REV_OPTION, JSON_OPTION
#define VOTE_OPTIONS                                                                                                                              \
	{ "--in-favour", "N", N_("votes in favour") }, { "--against", "N", N_("votes against") }, { "--abstain", "N", N_("abstentions") },             \
		{ "--base", "N", N_("how many may vote; computed from the roll where that is known") }, { "--voted-on", "DATE", N_("day of the vote; today without it") }

static const struct option list_options[] = { UNIT_OPTION, YEAR_OPTION, KIND_OPTION, { "--state", "STATE", N_("only those in this state") },
	                                          { "--decided", NULL, N_("only what this unit decides") }, JSON_OPTION, { NULL } };
static const struct option show_options[] = { TARGET_OPTIONS, { NULL } };
static const struct option register_options[] = { YEAR_OPTION, { "--on", "DATE", N_("day of the regular meeting") }, { "--meeting", "CODE", N_("the meeting") },
	                                              { "--agreement", "DATE", N_("day the emulation agreement was signed") }, VOTE_OPTIONS,
	                                              { "--carry-on", NULL, N_("recognised last year: carries on") }, JSON_OPTION, { NULL } };
static const struct option open_options[] = { YEAR_OPTION, KIND_OPTION, MEMBER_OPTION, { "--all", NULL, N_("all members of the cell; all units below the committee") },
	                                          JSON_OPTION, { NULL } };
static const struct option score_options[] = { { "--stage", "STAGE", N_("half_year, self, voted or appraised") },
	                                           { "--judged", "FILE.json", N_("{\"judged\": {\"G1.4\": \"4\", …}}; other points stand as they were given before") },
	                                           { "--reason", "TEXT", N_("why it differs; of an appraisal for every line that does") },
	                                           { "--level", "LEVEL", N_("excellent, good, completed or not_completed: lower than computed, with a reason") },
	                                           VOTE_OPTIONS, TARGET_OPTIONS, { NULL } };
static const struct option step_options[] = { { "--reason", "TEXT", N_("why") }, { "--due-on", "DATE", N_("of a return: corrected by then") },
	                                          { "--decision-no", "NUMBER", N_("number of the decision") }, { "--decided-on", "DATE", N_("day of the decision") },
	                                          { "--moved-to", "TEXT", N_("where the unit moves to") }, TARGET_OPTIONS, { NULL } };
static const struct option all_options[] = { UNIT_OPTION, BELOW_OPTION, YEAR_OPTION, KIND_OPTION, JSON_OPTION, { NULL } };
static const struct option step_all_options[] = { UNIT_OPTION, BELOW_OPTION, YEAR_OPTION, KIND_OPTION, { "--reason", "TEXT", N_("why") },
	                                              { "--decision-no", "NUMBER", N_("number of the decision") },
	                                              { "--decided-on", "DATE", N_("day of the decision") }, JSON_OPTION, { NULL } };
static const struct option exemplary_options[] = { { "--off", NULL, N_("takes the choice back") }, YEAR_OPTION, REV_OPTION, JSON_OPTION, { NULL } };
static const struct option group_options[] = { { "--group", "TEXT", N_("units of similar tasks; empty for the type of the unit") }, TARGET_OPTIONS, { NULL } };
static const struct option caps_options[] = { UNIT_OPTION, YEAR_OPTION, KIND_OPTION, JSON_OPTION, { NULL } };
static const struct option appeal_options[] = { { "--reason", "TEXT", N_("what is not agreed with") }, { "--wanted", "TEXT", N_("points or level asked for") },
	                                            TARGET_OPTIONS, { NULL } };
static const struct option answer_options[] = { { "--answer", "TEXT", N_("what the committee answers") },
	                                            { "--judged", "FILE.json", N_("the new points; without it the decision is upheld") }, TARGET_OPTIONS, { NULL } };

const struct command year_commands[] = {
	{ "cases list", "--unit CODE [--year Y] [--kind KIND] [--state STATE]", N_("lists cases of a year, in the order of the tree"), NEEDS_DB, cases_list,
	  list_options },
	{ "cases show", "CODE [--year Y] [--kind KIND] [--member CODE]", N_("shows a case: its sheets, and where it stands today"), NEEDS_DB | NEEDS_RULES,
	  cases_show, show_options },
	{ "cases register", "CODE --on DATE --agreement DATE --in-favour N", N_("registers a unit for “four good”"), NEEDS_DB | NEEDS_WRITE | NEEDS_RULES,
	  cases_register, register_options },
	{ "cases open", "CODE --kind unit|member [--member CODE | --all]", N_("opens the annual review of a unit, a member, or all of them"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_open, open_options },
	{ "cases score", "CODE --stage STAGE [--judged FILE.json] [--in-favour N]", N_("makes the sheet of a stage, with the vote where it needs one"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_score, score_options },
	{ "cases step", "CODE STEP", N_("takes a step: half_year self_assess vote return appraise recognise refuse notify reopen withdraw transfer_out"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_step, step_options },
	{ "cases appraise-all", "--unit CODE [--below]", N_("appraises what was voted as it stands; what has changed since is left and named"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_appraise_all, all_options },
	{ "cases step-all", "STEP --unit CODE [--below]", N_("takes a step of every case that can: recognise takes those that meet the standard, refuse the others"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_step_all, step_all_options },
	{ "cases exemplary", "CODE [--off]", N_("chooses a recognised unit for a certificate"), NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_exemplary,
	  exemplary_options },
	{ "cases group", "CODE --kind unit --group TEXT", N_("puts a classification into a group of similar tasks"), NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_group,
	  group_options },
	{ "cases caps", "--unit CODE --kind unit|member", N_("who is Excellent in each group, and how many the base allows"), NEEDS_DB | NEEDS_RULES, cases_caps,
	  caps_options },
	{ "cases appeal", "CODE --reason TEXT", N_("the unit or member does not agree with the decision"), NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_appeal,
	  appeal_options },
	{ "cases answer", "CODE --answer TEXT [--judged FILE.json]", N_("answers the open appeal: upheld, or changed with new points"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, cases_answer, answer_options },
	{ NULL },
};
