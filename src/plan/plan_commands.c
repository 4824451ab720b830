/* plan_commands.c — year plans on the command line. */
#include "plan/plan_commands.h"

#include "base/text.h"
#include "db/db.h"
#include "plan/cells.h"

struct asked {
	const char *code;
	int64_t unit_id;
	int year;
	struct plan_year y;
};

static const struct option plan_options[] = {
	{ "--unit", "CODE", N_("the cell; for propose the committee above the cells") },
	{ "--year", "Y", N_("the year; this one if not given") },
	{ "--time", "HH:MM", N_("when the meetings begin (adopt)") },
	{ "--place", "TEXT", N_("where they are held (adopt)") },
	{ 0 },
};

static fail read_words(struct call *c, struct args *args, struct asked *out)
{
	const char *year = args_option(args, "--year");
	int64_t n = date_month(c->today) / 12;

	*out = (struct asked){ .code = args_option(args, "--unit") };
	if (!out->code)
		return problem(c, FAIL_INPUT, "--unit", "say which unit: --unit CODE");
	if (year && (!int_parse(year, &n) || n < 2000 || n > 2100))
		return problem(c, FAIL_INPUT, "--year", "“%s” is no year; write one such as 2026", year);
	out->year = (int)n;
	return FAIL_OK;
}

static fail find(struct call *c, void *arg)
{
	struct asked *a = arg;

	return org_unit_id(c, a->code, &a->unit_id);
}

static fail load(struct call *c, void *arg)
{
	struct asked *a = arg;

	TRY(find(c, a));
	return plan_load(c, a->unit_id, a->year, &a->y);
}

static void print_padded(struct call *c, const char *text, size_t width)
{
	fputs(text, c->out);
	for (size_t n = text_length(text); n < width; n++)
		fputc(' ', c->out);
}

static void print_month(struct call *c, const struct plan_slot *s)
{
	bool day = s->state != SLOT_GONE && s->state != SLOT_NONE && (s->meeting || s->state == SLOT_PROPOSED);

	print_padded(c, show_month(c->arena, c->lang, s->month), 9);
	print_padded(c, day ? show_moment(c->arena, c->lang, s->starts_at) : "–", 24);
	fputs(s->meeting ? meeting_state_name(c->lang, s->meeting->state) : slot_name(c->lang, s->state), c->out);
	if (s->state == SLOT_PROPOSED && s->fixed.why)
		fprintf(c->out, tr(c->lang, " (moved from %1$s because of %2$s)"), show_date(c->arena, c->lang, s->fixed.fixed), s->fixed.why);
	fputc('\n', c->out);
}

static fail show(struct call *c, struct args *args)
{
	struct asked a;

	TRY(read_words(c, args, &a));
	TRY(args_end(c, args));
	TRY(db_read(c, load, &a));
	fprintf(c->out, "%s, %d: %s\n", a.y.unit.name, a.year,
	        date_is(a.y.plan.adopted_on) ? tr(c->lang, "plan adopted")
	        : *a.y.plan.proposed_by      ? tr(c->lang, "plan proposed, not adopted")
	                                     : tr(c->lang, "no plan"));
	for (int i = 0; i < 12; i++)
		print_month(c, &a.y.slot[i]);
	for (size_t i = 0; i < a.y.topics.n; i++)
		fprintf(c->out, "%s %lld/%d: %s\n", tr(c->lang, "quarter"), (long long)a.y.topics.v[i].quarter, a.year, a.y.topics.v[i].title);
	return FAIL_OK;
}

static fail adopt(struct call *c, struct args *args)
{
	struct plan_wish w = { .rev = NO_PLAN_REV, .start_time = args_option(args, "--time"), .place = args_option(args, "--place") };
	struct plan_made made;
	struct flaws found;
	struct asked a;

	TRY(read_words(c, args, &a));
	TRY(args_end(c, args));
	TRY(db_read(c, find, &a));
	w.unit_id = a.unit_id;
	w.year = a.year;
	for (int i = 0; i < 12; i++)
		w.day[i] = DATE_NONE;
	TRY(plan_adopt(c, &w, &made, &found));
	if (made.created)
		fprintf(c->out, tr(c->lang, "Plan adopted: %s meetings are planned."), show_int(c->arena, c->lang, made.created));
	else
		fputs(tr(c->lang, "Nothing had to be changed."), c->out);
	fputc('\n', c->out);
	return FAIL_OK;
}

static fail propose(struct call *c, struct args *args)
{
	struct proposing p = { 0 };
	struct asked a;

	TRY(read_words(c, args, &a));
	TRY(args_end(c, args));
	TRY(db_read(c, find, &a));
	p.unit_id = a.unit_id;
	p.year = a.year;
	TRY(plan_propose_all(c, &p));
	fprintf(c->out, tr(c->lang, "Plans proposed to %s cells; each adopts its own."), show_int(c->arena, c->lang, p.made));
	fputc('\n', c->out);
	return FAIL_OK;
}

const struct command plan_commands[] = {
	{ "plan show", "--unit CODE [--year Y]", N_("the year plan of a cell, or what it would be"), NEEDS_DB | NEEDS_RULES, show,
	  plan_options },
	{ "plan adopt", "--unit CODE [--year Y] [--time HH:MM] [--place TEXT]", N_("adopts the year plan of a cell by its fixed day"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, adopt, plan_options },
	{ "plan propose", "--unit CODE [--year Y]", N_("proposes a plan to every cell of a committee that has none"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, propose, plan_options },
	{ NULL },
};
