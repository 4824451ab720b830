/* commands.c — `chibo import` and `chibo export`: words in, texts out. The work is done in import.c and export.c. */
#include "exchange/commands.h"

#include <string.h>

#include "exchange/transfer.h"
#include "sheet/table.h"

static const char *kind_names(struct arena *a)
{
	const char *names = "";

	for (const struct exchange_kind *const *k = exchange_kinds; *k != NULL; k++)
		names = arena_printf(a, *names == '\0' ? "%s%s" : "%s %s", names, (*k)->name);
	return names;
}

static fail take_kind(struct call *c, struct args *args, const struct exchange_kind **out)
{
	const char *name = args_next(args);

	if (name == NULL)
		return problem(c, FAIL_INPUT, "KIND", "name what the rows are, one of: %s", kind_names(c->arena));
	*out = exchange_kind_find(name);
	if (*out == NULL)
		return problem(c, FAIL_INPUT, "KIND", "there are no files of “%s”; write one of: %s", name, kind_names(c->arena));
	return FAIL_OK;
}

static fail write_to_file(void *arg, const char *data, size_t size)
{
	return fwrite(data, 1, size, arg) == size ? FAIL_OK : FAIL_BUSY;
}

/* ---- import ---- */

static fail print_json(struct call *c, const struct exchange_kind *kind, const struct import_result *r)
{
	struct json j;
	struct out o;

	out_to(&o, write_to_file, c->out);
	json_begin(&j, &o);
	import_result_json(&j, kind, r);
	out_char(&o, '\n');
	fail f = out_flush(&o);
	out_free(&o);
	return f;
}

static void print_issues(struct call *c, const struct import_result *r)
{
	for (size_t i = 0; i < r->n; i++)
		fprintf(c->err, "%s: %s\n", r->file, import_issue_text(c, &r->issues[i]));
	if (r->more > 0)
		fprintf(c->err, tr(c->lang, "… and %lld more problems\n"), (long long)r->more);
}

/* The issues are the message; what remains for the last line is the count. */
static fail import_refused_file(struct call *c, const struct import_result *r)
{
	problem_clear(c);
	return problem(c, FAIL_INPUT, "FILE", "%s: %s", r->file, import_summary(c, r));
}

static fail import_run(struct call *c, struct args *args)
{
	bool check = args_flag(args, "--check"), json = args_flag(args, "--json");
	const struct exchange_kind *kind = NULL;
	const char *path;
	struct table_reader *table;
	struct import_result r;
	fail f;

	TRY(take_kind(c, args, &kind));
	if ((path = args_next(args)) == NULL)
		return problem(c, FAIL_INPUT, "FILE", "name the file, CSV or XLSX");
	TRY(args_end(c, args));
	TRY(table_open(c, path, &table));
	f = exchange_import(c, kind, table, check, &r);
	table_close(table);
	if (json && (f == FAIL_OK || r.n > 0))
		TRY(print_json(c, kind, &r));
	else
		print_issues(c, &r);
	if (f == FAIL_INPUT && r.n > 0)
		return import_refused_file(c, &r);
	if (f == FAIL_OK && !json)
		fprintf(c->out, "%s: %s\n", r.file, import_summary(c, &r));
	return f;
}

/* ---- export ---- */

static fail take_query(struct call *c, struct args *args, struct export_query *q)
{
	const char *on = args_option(args, "--on"), *period = args_option(args, "--period");

	*q = (struct export_query){ .unit_code = args_option(args, "--unit"), .on = DATE_NONE };
	if (on != NULL && !date_parse(on, &q->on))
		return problem(c, FAIL_INPUT, "--on", "“%s” is no day; write it as 2026-01-05", on);
	if (period != NULL && !period_parse(period, &q->period))
		return problem(c, FAIL_INPUT, "--period", "“%s” is no period; write 2025, 2025-H1, 2025-Q3 or 2025-03", period);
	return FAIL_OK;
}

/* --format, else --json, else the ending of the output's name. */
static fail take_format(struct call *c, struct args *args, const char *path, enum export_format *out)
{
	const char *word = args_option(args, "--format"), *dot = path == NULL ? NULL : strrchr(path, '.');

	if (args_flag(args, "--json") && word == NULL)
		word = "json";
	*out = EXPORT_CSV;
	if (word == NULL) {
		if (dot != NULL)
			export_format_parse(dot + 1, out);
		return FAIL_OK;
	}
	if (!export_format_parse(word, out))
		return problem(c, FAIL_INPUT, "--format", "“%s” is no format; write csv, xlsx or json", word);
	return FAIL_OK;
}

static fail export_to(struct call *c, const struct exchange_kind *kind, const struct export_query *q, enum export_format format, FILE *file)
{
	struct out o;
	fail f, flushed;

	out_to(&o, write_to_file, file);
	f = exchange_export(c, kind, q, format, &o);
	flushed = out_flush(&o);
	out_free(&o);
	if (f == FAIL_OK && (flushed != FAIL_OK || fflush(file) != 0))
		return problem(c, FAIL_BUSY, "--output", "the output cannot be written; is the disk full?");
	return f;
}

static fail export_run(struct call *c, struct args *args)
{
	const struct exchange_kind *kind = NULL;
	const char *path = args_option(args, "--output");
	struct export_query q;
	enum export_format format;
	FILE *file = c->out;
	fail f;

	TRY(take_query(c, args, &q));
	TRY(take_format(c, args, path, &format));
	TRY(take_kind(c, args, &kind));
	TRY(args_end(c, args));
	if (path != NULL)
		TRY(call_open(c, path, "wb", &file));
	f = export_to(c, kind, &q, format, file);
	if (path != NULL && fclose(file) != 0 && f == FAIL_OK)
		f = problem(c, FAIL_BUSY, "--output", "the output cannot be written; is the disk full?");
	return f;
}

static const struct option import_options[] = {
	{ "--check", NULL, N_("only looks: reports every problem and changes nothing") },
	{ "--json", NULL, N_("prints the result and the problems as JSON") },
	{ NULL, NULL, NULL },
};

static const struct option export_options[] = {
	{ "--format", "csv|xlsx|json", N_("the form of the file; csv-excel is CSV that Excel opens by a double click") },
	{ "--unit", "CODE", N_("this unit and all below it") },
	{ "--on", "DATE", N_("only what holds on this day") },
	{ "--period", "PERIOD", N_("only what falls in this period, such as 2025, 2025-Q3 or 2025-03") },
	{ "--output", "FILE", N_("writes to a file instead of the screen") },
	{ "--json", NULL, N_("the same as --format json") },
	{ NULL, NULL, NULL },
};

const struct command exchange_commands[] = {
	{ "import", "KIND FILE [--check] [--json]", N_("takes in the rows of a CSV or XLSX file, all or none"), NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, import_run, import_options },
	{ "export", "KIND [--format csv|xlsx|json] [--unit CODE] [--output FILE]", N_("writes rows with the same columns as import"), NEEDS_DB, export_run,
	  export_options },
	{ NULL, NULL, NULL, 0, NULL, NULL },
};
