/* standing_commands.c — where cells stand, on the command line. */
#include "year/standing_commands.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "db/db.h"
#include "rules/rules.h"
#include "sheet/csv_write.h"
#include "year/standing.h"

struct asked {
	const char *code, *table;
	int year;
	struct standings found;
};

static fail find_table(struct call *c, const struct asked *a, const struct scheme **out)
{
	*out = NULL;
	if (!a->table)
		return FAIL_OK;
	*out = rules_scheme_by_id(c->rules, a->table, date_of(a->year, 12, 31));
	if (!*out || (*out)->use != USE_FOUR_GOOD_CELL)
		return problem(c, FAIL_NOT_FOUND, "--table", "“%s” is no table of “four good” cells that is in force on 31 December %d", a->table, a->year);
	return FAIL_OK;
}

static fail ask(struct call *c, void *arg)
{
	struct asked *a = arg;
	const struct scheme *scheme;
	int64_t id;

	TRY(find_table(c, a, &scheme));
	TRY(org_unit_id(c, a->code, &id));
	return year_standing(c, CASE_FOUR_GOOD, a->year, id, scheme, &a->found);
}

/* ---------------------------------------------------------------- writing */

static const char *tenths_text(struct arena *a, struct tenths t)
{
	char text[NUM_TEXT];

	tenths_format(t, text);
	return arena_strdup(a, text);
}

/* Ids with a blank between: lines that are open, vetoes that apply. */
static const char *line_ids(struct arena *a, const struct standing *s)
{
	const char *all = "";

	for (uint32_t i = 0; i < s->scheme->n_lines && i < 64; i++)
		if (s->lines >> i & 1)
			all = *all ? arena_join(a, all, " ", s->scheme->lines[i].id, NULL) : s->scheme->lines[i].id;
	return all;
}

static const char *veto_ids(struct arena *a, const struct standing *s)
{
	const char *all = "";

	for (uint32_t i = 0; i < s->scheme->n_vetoes; i++)
		if (s->vetoes >> i & 1)
			all = *all ? arena_join(a, all, " ", s->scheme->vetoes[i].id, NULL) : s->scheme->vetoes[i].id;
	return all;
}

static void write_csv(struct call *c, const struct asked *a, struct out *o)
{
	struct csv_writer w;
	static const char *const head[] = { "unit_code", "unit_name", "type", "table", "points", "open_points", "result", "vetoes", "open_lines" };

	csv_begin_write(&w, o, false);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_cell(&w, head[i]);
	csv_row_end(&w);
	for (size_t i = 0; i < a->found.n; i++) {
		const struct standing *s = &a->found.v[i];
		const char *cells[] = { s->unit->code, s->unit->name, unit_types[s->unit->type], s->scheme->id, tenths_text(c->arena, s->secured),
			                    tenths_text(c->arena, s->open), case_results[s->result], veto_ids(c->arena, s), line_ids(c->arena, s) };

		for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
			csv_cell(&w, cells[k]);
		csv_row_end(&w);
	}
}

static void write_json(struct call *c, const struct asked *a, struct out *o)
{
	struct json j;

	json_begin(&j, o);
	json_object(&j);
	json_put_str(&j, "unit_code", a->code);
	json_put_int(&j, "year", a->year);
	json_key(&j, "cells");
	json_array(&j);
	for (size_t i = 0; i < a->found.n; i++) {
		const struct standing *s = &a->found.v[i];

		json_object(&j);
		json_put_str(&j, "unit_code", s->unit->code);
		json_put_str(&j, "unit_name", s->unit->name);
		json_put_str(&j, "table", s->scheme->id);
		json_put_str(&j, "points", tenths_text(c->arena, s->secured));
		json_put_str(&j, "open_points", tenths_text(c->arena, s->open));
		json_put_str(&j, "result", s->result ? case_results[s->result] : NULL);
		json_put_str(&j, "vetoes", veto_ids(c->arena, s));
		json_put_str(&j, "open_lines", line_ids(c->arena, s));
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	out_str(o, "\n");
}

static const char *result_words(struct call *c, const struct standing *s)
{
	return s->result ? case_result_name(c->lang, s->result) : tr(c->lang, N_("still open"));
}

static void write_text(struct call *c, const struct asked *a, struct out *o)
{
	for (size_t i = 0; i < a->found.n; i++) {
		const struct standing *s = &a->found.v[i];

		out_printf(o, "%-22s %6s  %s", s->unit->code, show_tenths(c->arena, c->lang, s->secured), result_words(c, s));
		if (s->open.t)
			out_printf(o, tr(c->lang, N_("; %s points open: %s")), show_tenths(c->arena, c->lang, s->open), line_ids(c->arena, s));
		if (s->vetoes)
			out_printf(o, "; %s", veto_ids(c->arena, s));
		out_printf(o, "  %s\n", s->unit->name);
	}
}

/* ---------------------------------------------------------------- the command */

static fail to_file(void *arg, const char *data, size_t size)
{
	return fwrite(data, 1, size, arg) == size ? FAIL_OK : FAIL_BROKEN;
}

static fail read_year(struct call *c, const char *text, int *out)
{
	int64_t year = date_month(c->today) / 12;

	if (text && (!int_parse(text, &year) || year < 2000 || year > 2100))
		return problem(c, FAIL_INPUT, "--year", "“%s” is not a year", text);
	*out = (int)year;
	return FAIL_OK;
}

static fail standing(struct call *c, struct args *args)
{
	struct asked a = { .code = args_option(args, "--unit"), .table = args_option(args, "--table") };
	const char *year = args_option(args, "--year"), *format = args_option(args, "--format");
	bool csv = format && strcmp(format, "csv") == 0, json = args_flag(args, "--json") || (format && strcmp(format, "json") == 0);
	struct out o;

	TRY(args_end(c, args));
	TRY(read_year(c, year, &a.year));
	if (!a.code)
		return problem(c, FAIL_INPUT, "--unit", "say which unit: --unit CODE");
	if (format && !csv && !json)
		return problem(c, FAIL_INPUT, "--format", "“%s” is no form of this list; write csv or json", format);
	TRY(db_read(c, ask, &a));
	out_to(&o, to_file, c->out);
	(csv ? write_csv : json ? write_json : write_text)(c, &a, &o);
	return out_flush(&o);
}

static const struct option standing_options[] = {
	{ "--unit", "CODE", N_("the unit; every cell below it") },
	{ "--year", "Y", N_("the year; this year if not given") },
	{ "--table", "ID", N_("another table than the one in force, to see whom it would suit") },
	{ "--format", "csv|json", N_("for other programs; otherwise lines to read") },
	{ "--json", NULL, N_("the same as --format json") },
	{ NULL },
};

const struct command standing_commands[] = {
	{ "year standing", "--unit CODE [--year Y] [--table ID] [--format csv|json]", N_("where every cell stands on its way to “four good”, from the records"),
	  NEEDS_DB | NEEDS_RULES, standing, standing_options },
	{ 0 },
};
