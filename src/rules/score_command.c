/* score_command.c — chibo score: a scheme applied to a file of facts, without a database. */
#include <string.h>

#include "base/text.h"
#include "rules/facts_file.h"
#include "rules/rules_commands.h"

const struct option score_options[] = {
	{ "--scheme", "ID", N_("the scheme; otherwise the one in force on the “date” of the file") },
	{ "--facts", "FILE", N_("facts and judged points as JSON; - is standard input") },
	{ NULL },
};

/* What the named scheme is for: the file need not say it again. */
static enum scheme_use use_of(struct call *c, const char *id)
{
	const struct scheme *s = id ? rules_scheme_by_id(c->rules, id, DATE_NONE) : NULL;

	return s ? s->use : USE_REGULAR;
}

static fail choose(struct call *c, const char *id, const struct facts_file *file, const struct scheme **out)
{
	char day[DATE_TEXT];

	if (id) {
		*out = rules_scheme_by_id(c->rules, id, file->date);
		if (!*out)
			*out = rules_scheme_by_id(c->rules, id, DATE_NONE);
		if (!*out)
			return problem(c, FAIL_NOT_FOUND, "--scheme", "there is no scheme “%s”; “chibo rules list” shows them", id);
		return FAIL_OK;
	}
	if (!date_is(file->date))
		return problem(c, FAIL_INPUT, "--scheme", "give --scheme ID, or the day of the meeting as \"date\" (or the \"year\") in the file");
	*out = rules_scheme(c->rules, file->use, file->date, file->scopes);
	date_format(file->date, day);
	if (!*out)
		return problem(c, FAIL_NOT_FOUND, "date", "no scheme for “%s” was in force on %s", scheme_use_words[file->use], day);
	return FAIL_OK;
}

/* Asked for by name on a day when it was not in force: worth a word, not a refusal. */
static void warn_about_date(struct call *c, const struct scheme *s, struct date on)
{
	if (!date_is(on) || (s->valid_from.days <= on.days && on.days <= s->valid_to.days))
		return;
	fprintf(c->err, tr(c->lang, "note: %s was not in force on %s"), s->id, show_date(c->arena, c->lang, on));
	fputc('\n', c->err);
}

/* ---------------------------------------------------------------- text */

static void pad(struct call *c, const char *text, size_t width)
{
	size_t n = text_length(text);

	fputs(text, c->out);
	for (; n < width; n++)
		fputc(' ', c->out);
}

static size_t widest(const struct scored_sheet *sheet, bool title)
{
	size_t most = 0;

	for (size_t i = 0; i < sheet->n; i++) {
		size_t n = text_length(title ? sheet->lines[i].title : sheet->lines[i].id);

		most = n > most ? n : most;
	}
	return most;
}

static void print_line(struct call *c, const struct scored_line *line, size_t id_width, size_t title_width)
{
	const char *points = arena_printf(c->arena, "%s / %s", show_tenths(c->arena, c->lang, line->points),
	                                  show_tenths(c->arena, c->lang, line->max));

	pad(c, line->id, id_width + 2);
	pad(c, line->title, title_width + 2);
	pad(c, points, 11);
	fprintf(c->out, "%s\n", line->why);
	if (*line->to_full) {
		pad(c, "", id_width + title_width + 4 + 11);
		fprintf(c->out, "→ %s\n", line->to_full);
	}
}

static void print_verdict(struct call *c, const struct scored_sheet *sheet)
{
	static const char *const verdicts[] = { N_("not settled yet"), N_("not met"), N_("met") };

	for (size_t i = 0; i < sheet->n_vetoes; i++) {
		const struct scored_veto *v = &sheet->vetoes[i];

		fprintf(c->out, "%s  %s: %s (%s)\n", v->veto->id, v->veto->title[c->lang],
		        tr(c->lang, !v->known ? N_("not known") : v->applies ? N_("applies") : N_("does not apply")), v->why);
	}
	fprintf(c->out, tr(c->lang, "Standard (%s points): %s"), show_tenths(c->arena, c->lang, sheet->scheme->standard),
	        tr(c->lang, verdicts[sheet->verdict]));
	fputc('\n', c->out);
}

static void print_sheet(struct call *c, const struct scored_sheet *sheet)
{
	size_t id_width = widest(sheet, false), title_width = widest(sheet, true);

	fprintf(c->out, "%s (%s)\n\n", sheet->scheme->title[c->lang], sheet->scheme->id);
	for (size_t i = 0; i < sheet->n; i++)
		print_line(c, &sheet->lines[i], id_width, title_width);
	fputc('\n', c->out);
	if (sheet->complete && scheme_use_is_year(sheet->scheme->use))
		fprintf(c->out, tr(c->lang, "Total %s of 100"), show_tenths(c->arena, c->lang, sheet->total));
	else if (sheet->complete)
		fprintf(c->out, tr(c->lang, "Total %s of 100: %s"), show_tenths(c->arena, c->lang, sheet->total), grade_title(sheet->grade, c->lang));
	else
		fprintf(c->out, "%s", tr(c->lang, "No total: lines are open"));
	fputc('\n', c->out);
	if (tenths_is(sheet->scheme->standard))
		print_verdict(c, sheet);
}

/* ---------------------------------------------------------------- the command */

static void print_json(struct call *c, const struct scored_sheet *sheet, struct date on)
{
	char day[DATE_TEXT];
	struct json j;
	struct out o;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	date_format(on, day);
	scored_sheet_json(&j, sheet, day);
	fprintf(c->out, "%s\n", out_text(&o));
}

/* Names everything that keeps the sheet open. */
static fail say_open(struct call *c, const struct scored_sheet *sheet)
{
	const struct fact_book *book = scheme_use_book(sheet->scheme->use);
	struct out o;

	out_memory(&o, c->arena);
	for (int f = 0; f < book->n; f++)
		if (sheet->missing & FACT_BIT(f))
			out_printf(&o, "%s%s", o.size ? ", " : "", book->facts[f].name);
	for (size_t i = 0; i < sheet->n; i++)
		if (sheet->lines[i].state == LINE_UNJUDGED || sheet->lines[i].state == LINE_UNDEFINED)
			out_printf(&o, "%s%s", o.size ? ", " : "", sheet->lines[i].id);
	return problem(c, FAIL_INPUT, "--facts", "there is no total, because these facts are missing or lines are not judged: %s", out_text(&o));
}

fail score_command(struct call *c, struct args *args)
{
	const char *id = args_option(args, "--scheme"), *path = args_option(args, "--facts");
	bool as_json = args_flag(args, "--json");
	const struct scheme *scheme;
	struct scored_sheet sheet;
	struct facts_file file;

	TRY(args_end(c, args));
	if (!path)
		return problem(c, FAIL_INPUT, "--facts", "the option “%s” is missing; see --help", "--facts");
	TRY(facts_file_read(c, path, use_of(c, id), &file));
	TRY(choose(c, id, &file, &scheme));
	if (scheme_use_book(scheme->use) != scheme_use_book(file.use))
		return problem(c, FAIL_INPUT, "kind", "%s is a table for “%s”, the facts are those of “%s”", scheme->id, scheme_use_words[scheme->use],
		               scheme_use_words[file.use]);
	warn_about_date(c, scheme, file.date);
	if (scheme_apply(c->arena, scheme, &file.facts, file.judged, c->lang, &sheet) != FAIL_OK)
		return problem(c, FAIL_INPUT, sheet.refused_id, "%s: %s", path, sheet.refused);
	if (as_json)
		print_json(c, &sheet, file.date);
	else
		print_sheet(c, &sheet);
	return sheet.complete ? FAIL_OK : say_open(c, &sheet);
}
