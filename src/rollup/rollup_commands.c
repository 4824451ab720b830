/* rollup_commands.c — questions on the command line. */
#include "rollup/rollup_commands.h"

#include <string.h>

#include "base/text.h"
#include "db/db.h"
#include "org/unit.h"
#include "rollup/report.h"
#include "rollup/rollup.h"
#include "rollup/targets.h"

/* ---- the words every question has ---- */

static const struct option question_options[] = {
	{ "--unit", "CODE", N_("the unit; what is below it is counted with it") },
	{ "--period", "P", N_("2025, 2025-H1, 2025-Q3 or 2025-03") },
	{ "--structure", "then|now", N_("the tree of that time (otherwise), or that of today") },
	{ NULL },
};

static const struct option report_options[] = {
	{ "--unit", "CODE", N_("the unit; what is below it is counted with it") },
	{ "--period", "P", N_("2025, 2025-H1, 2025-Q3 or 2025-03") },
	{ "--structure", "then|now", N_("the tree of that time (otherwise), or that of today") },
	{ "--format", "json|csv|xlsx|html|docx|pdf", N_("the form of the report; otherwise JSON") },
	{ "--meeting", "CODE", N_("the meeting whose paper is wanted (R02 to R07), instead of unit and period") },
	{ "--out", "PATH", N_("a folder for one file a meeting, or a name ending in .zip; otherwise to the screen") },
	{ NULL },
};

static fail period_of(struct call *c, const char *text, struct period *out)
{
	if (!text)
		return problem(c, FAIL_INPUT, "--period", "say which period: --period 2025, 2025-H1, 2025-Q3 or 2025-03");
	if (!period_parse(text, out))
		return problem(c, FAIL_INPUT, "--period", "“%s” is not a period; write 2025, 2025-H1, 2025-Q3 or 2025-03", text);
	return FAIL_OK;
}

static fail structure_of(struct call *c, const char *text, enum structure *out)
{
	int i = text ? word_index(structure_words, text) : THEN;

	if (i < 0)
		return problem(c, FAIL_INPUT, "--structure", "“%s” is not a structure; write then or now", text);
	*out = (enum structure)i;
	return FAIL_OK;
}

struct unit_search { const char *code; int64_t id; };

static fail find_unit(struct call *c, void *arg)
{
	struct unit_search *s = arg;

	return org_unit_id(c, s->code, &s->id);
}

static fail question_of(struct call *c, const char *unit, const char *period, const char *structure, struct question *q)
{
	struct unit_search s = { .code = unit };

	*q = (struct question){ 0 };
	TRY(period_of(c, period, &q->period));
	TRY(structure_of(c, structure, &q->structure));
	if (!unit)
		return problem(c, FAIL_INPUT, "--unit", "say which unit: --unit CODE");
	TRY(db_read(c, find_unit, &s));
	q->unit_id = s.id;
	return FAIL_OK;
}

/* ---- targets ---- */

static void print_padded(struct call *c, const char *text, size_t width)
{
	fputs(text, c->out);
	for (size_t n = text_length(text); n < width; n++)
		fputc(' ', c->out);
}

static const char *met_words(struct call *c, const struct target_result *r)
{
	return !r->known ? "–" : tr(c->lang, r->met ? N_("met") : N_("not met"));
}

static void print_targets(struct call *c, const struct target_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		const struct target_line *l = &lines->v[i];
		const char *counts = arena_printf(c->arena, "%s / %s", show_int(c->arena, c->lang, l->result.numerator),
		                                  show_int(c->arena, c->lang, l->result.denominator));

		print_padded(c, l->target->id, 7);
		print_padded(c, l->target->title[c->lang], 46);
		print_padded(c, counts, 25);
		print_padded(c, show_percent(c->arena, c->lang, l->result.numerator, l->result.denominator), 11);
		print_padded(c, target_threshold_words(c->arena, l->target, c->lang), 18);
		fprintf(c->out, "%s\n", met_words(c, &l->result));
	}
}

static fail targets(struct call *c, struct args *args)
{
	bool as_json = args_flag(args, "--json");
	const char *unit = args_option(args, "--unit"), *period = args_option(args, "--period"), *structure = args_option(args, "--structure");
	struct target_lines lines;
	struct question q;
	const char *code;
	struct json j;
	struct out o;

	TRY(args_end(c, args));
	TRY(question_of(c, unit, period, structure, &q));
	TRY(targets_ask(c, &q, &lines, &code));
	if (!as_json) {
		print_targets(c, &lines);
		return FAIL_OK;
	}
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	targets_json(&j, c->lang, code, &q, &lines);
	fprintf(c->out, "%s\n", out_text(&o));
	return FAIL_OK;
}

/* ---- report ---- */

static fail to_file(void *arg, const char *data, size_t size)
{
	return fwrite(data, 1, size, arg) == size ? FAIL_OK : FAIL_BROKEN;
}

static fail write_table(struct call *c, const struct report_kind *kind, const struct report_words *w)
{
	enum report_format format;
	struct question q;
	struct report r;
	struct out o;

	if (w->meeting || w->out)
		return problem(c, FAIL_INPUT, w->meeting ? "--meeting" : "--out", "only papers of a meeting take this word: R02 to R07");
	TRY(report_format_of(c, w->format, &format));
	TRY(question_of(c, w->unit, w->period, w->structure, &q));
	if (format >= REPORT_HTML)
		c->lang = LANG_VI; /* the language of paper */
	TRY(report_make(c, kind, &q, &r));
	out_to(&o, to_file, c->out);
	fail f = report_write(c, &r, format, &o);

	if (f == FAIL_OK && out_flush(&o) != FAIL_OK)
		f = problem(c, FAIL_BROKEN, "", "the report could not be written");
	out_free(&o);
	return f;
}

static fail report(struct call *c, struct args *args)
{
	bool as_json = args_flag(args, "--json");
	struct report_words w = {
		.unit = args_option(args, "--unit"), .period = args_option(args, "--period"), .structure = args_option(args, "--structure"),
		.meeting = args_option(args, "--meeting"), .format = args_option(args, "--format"), .out = args_option(args, "--out"),
	};
	const char *name = args_next(args);
	const struct report_kind *kind;

	if (as_json)
		w.format = "json";
	if (!name)
		return problem(c, FAIL_INPUT, "", "say which report, for instance: chibo report R08 --unit CODE --period 2025-03");
	TRY(report_find(c, name, &kind));
	TRY(args_end(c, args));
	return kind->run ? kind->run(c, kind, &w) : write_table(c, kind, &w);
}

/* ---- rebuild ---- */

static fail rebuild_body(struct call *c, void *arg)
{
	return rollup_rebuild(c, arg);
}

static fail rebuild(struct call *c, struct args *args)
{
	int64_t changed;

	TRY(args_end(c, args));
	TRY(db_write(c, rebuild_body, &changed));
	fprintf(c->err, tr(c->lang, "%s rows of counters were made again from what is recorded\n"), show_int(c->arena, c->lang, changed));
	return FAIL_OK;
}

const struct command rollup_commands[] = {
	{ "targets", "--unit CODE --period P [--structure then|now] [--json]",
	  N_("how far the targets are met: numerator, denominator, share, threshold"), NEEDS_DB | NEEDS_RULES, targets, question_options },
	{ "report", "NAME --unit CODE --period P | --meeting CODE [--structure then|now] [--format json|csv|xlsx|html|docx|pdf] [--out PATH]",
	  N_("a report or form by number or name: R01 to R11, R13 to R19, R24, reconcile"), NEEDS_DB | NEEDS_RULES, report, report_options },
	{ "rebuild", NULL, N_("makes the counters of all cells and units, by month and by year, again from what is recorded"), NEEDS_DB | NEEDS_WRITE, rebuild, NULL },
	{ NULL },
};
