/* form_commands.c — chibo forms list, export, check, sample, fill. */
#include <jansson.h>

#include "paper/form_commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"
#include "paper/form.h"
#include "paper/paper.h"

enum { CALL_CEILING = 256 << 20 };

static fail no_more(struct call *c, const char *word, const char *what)
{
	return word ? FAIL_OK : problem(c, FAIL_INPUT, what, "a word is missing: %s; see --help", what);
}

/* ---- list ---- */

static void list_json(struct call *c)
{
	struct json j;
	struct out o;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_write_array(&j);
	for (const struct builtin_form *f = builtin_forms; f->name; f++) {
		json_write_object(&j);
		json_put_str(&j, "name", f->name);
		json_put_str(&j, "id", f->id);
		json_put_str(&j, "layout", f->layout);
		json_put_str(&j, "valid_from", strcmp(f->valid_from, "0001-01-01") == 0 ? NULL : f->valid_from);
		json_put_str(&j, "valid_to", strcmp(f->valid_to, "9999-12-31") == 0 ? NULL : f->valid_to);
		json_put_str(&j, "title", form_title(c->lang, f));
		json_put_str(&j, "file", form_file_name(c->arena, f));
		json_put_bool(&j, "own", form_is_own(c, f));
		json_object_end(&j);
	}
	json_array_end(&j);
	fprintf(c->out, "%s\n", out_text(&o));
}

static fail list_command(struct call *c, struct args *args)
{
	bool json = args_flag(args, "--json");

	TRY(args_end(c, args));
	if (json) {
		list_json(c);
		return FAIL_OK;
	}
	for (const struct builtin_form *f = builtin_forms; f->name; f++)
		fprintf(c->out, "%-4s %-16s %-6s %s%s\n", f->id, f->name, f->layout, form_title(c->lang, f), form_is_own(c, f) ? tr(c->lang, " (your own file)") : "");
	return FAIL_OK;
}

/* ---- export ---- */

static fail export_one(struct call *c, const char *folder, const struct builtin_form *f)
{
	FILE *file;
	bool written;

	TRY(call_open(c, arena_join(c->arena, folder, "/", form_file_name(c->arena, f), NULL), "wb", &file));
	written = fwrite(f->docx, 1, f->size, file) == f->size;
	if (fclose(file) != 0 || !written)
		return problem(c, FAIL_BUSY, "file", "the file cannot be written: %s", strerror(errno));
	return FAIL_OK;
}

static fail export_command(struct call *c, struct args *args)
{
	const char *folder = args_next(args);
	int n = 0;

	TRY(args_end(c, args));
	TRY(no_more(c, folder, "DIR"));
	if (mkdir(call_path(c, folder), 0777) != 0 && errno != EEXIST)
		return problem(c, FAIL_INPUT, "DIR", "the folder “%s” cannot be made: %s", folder, strerror(errno));
	for (const struct builtin_form *f = builtin_forms; f->name; f++, n++)
		TRY(export_one(c, folder, f));
	fprintf(c->out, tr(c->lang, "%d forms written to %s\n"), n, folder);
	return FAIL_OK;
}

/* ---- check ---- */

static fail read_file(struct call *c, const char *path, char **data, size_t *n)
{
	FILE *file = c->in;
	fail f;

	if (strcmp(path, "-") != 0)
		TRY(call_open(c, path, "rb", &file));
	f = form_read_file(c, path, file, data, n);
	if (file != c->in)
		fclose(file);
	return f;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The form a file is called after, or NULL. */
static const struct builtin_form *form_of_file(struct call *c, const char *path)
{
	for (const struct builtin_form *f = builtin_forms; f->name; f++)
		if (strcmp(base_name(path), form_file_name(c->arena, f)) == 0)
			return f;
	return NULL;
}

static void print_sentence(void *arg, const char *sentence)
{
	struct call *c = arg;

	fprintf(c->err, "%s\n", sentence);
}

static fail check_fields(struct call *c, const struct docx *docx, const char *path, const char *text)
{
	json_t *facts = json_loads(text, 0, NULL);
	int n = 0;
	fail f;

	if (!facts)
		return problem(c, FAIL_INPUT, "facts", "the facts are not JSON");
	f = docx_unknown(c, docx, facts, print_sentence, c, &n);
	json_decref(facts);
	TRY(f);
	if (n > 0)
		return problem(c, FAIL_INPUT, "file", "%s: %d names are not fields of this form; chibo forms sample shows the fields there are", path, n);
	return FAIL_OK;
}

static fail check_command(struct call *c, struct args *args)
{
	const char *facts_path = args_option(args, "--facts"), *path = args_next(args), *facts = NULL;
	const struct builtin_form *form;
	struct docx *docx;
	char *data, *text;
	size_t n, size;

	TRY(args_end(c, args));
	TRY(no_more(c, path, "FILE"));
	TRY(read_file(c, path, &data, &n));
	TRY(docx_open(c, c->arena, base_name(path), data, n, &docx));
	form = form_of_file(c, path);
	if (facts_path) {
		TRY(read_file(c, facts_path, &text, &size));
		facts = text;
	} else if (form && *form->sample) {
		facts = form->sample;
	}
	if (facts)
		TRY(check_fields(c, docx, base_name(path), facts));
	else
		fprintf(c->err, tr(c->lang, "%s: no form has this name, so the names in it were not looked at; expected NAME-LAYOUT.docx, or --facts FILE\n"), base_name(path));
	fprintf(c->out, "%s: %s\n", base_name(path), tr(c->lang, "in order"));
	return FAIL_OK;
}

/* ---- sample, fill ---- */

static fail day_option(struct call *c, struct args *args, struct date *out)
{
	const char *text = args_option(args, "--on");

	*out = c->today;
	if (text && !date_parse(text, out))
		return problem(c, FAIL_INPUT, "--on", "“%s” is not a date; expected a day such as 2026-01-31", text);
	return FAIL_OK;
}

static fail sample_command(struct call *c, struct args *args)
{
	const struct builtin_form *form;
	const char *name;
	struct date on;

	TRY(day_option(c, args, &on));
	name = args_next(args);
	TRY(args_end(c, args));
	TRY(no_more(c, name, "NAME"));
	TRY(form_find(c, name, on, &form));
	fputs(form->sample, c->out);
	return FAIL_OK;
}

struct filling {
	const char *name, *facts;
	struct date on;
	enum paper_format format;
	int64_t times;
};

/* The same document again and again: what one takes is measured from outside. Each time in a call of its own, as a server does. */
static fail fill_again(struct call *c, const struct filling *w)
{
	for (int64_t i = 1; i < w->times; i++) {
		struct call one = *c;
		struct out o;
		fail f;

		one.arena = arena_new(CALL_CEILING);
		if (!one.arena)
			return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
		out_memory(&o, one.arena);
		f = paper_make(&one, w->name, w->on, w->facts, w->format, &o);
		arena_free(one.arena);
		TRY(f);
	}
	return FAIL_OK;
}

static fail write_result(struct call *c, const char *path, const struct out *o)
{
	FILE *file = c->out;
	bool written;

	if (path)
		TRY(call_open(c, path, "wb", &file));
	written = fwrite(o->data, 1, o->size, file) == o->size;
	if ((path ? fclose(file) : fflush(file)) != 0 || !written)
		return problem(c, FAIL_BUSY, "file", "the file cannot be written: %s", strerror(errno));
	return FAIL_OK;
}

static fail read_filling(struct call *c, struct args *args, struct filling *w, const char **to)
{
	const char *format = args_option(args, "--format"), *times = args_option(args, "--repeat"), *facts, *end = "";
	char *text;
	size_t n;

	*to = args_option(args, "--out");
	TRY(day_option(c, args, &w->on));
	w->name = args_next(args);
	facts = args_next(args);
	TRY(args_end(c, args));
	TRY(no_more(c, w->name, "NAME"));
	TRY(no_more(c, facts, "FACTS.json"));
	if (format && !paper_format_parse(format, &w->format))
		return problem(c, FAIL_INPUT, "--format", "“%s” is not a format; expected docx, pdf, html or xlsx", format);
	w->times = times ? strtoll(times, (char **)(uintptr_t)&end, 10) : 1;
	if (w->times < 1 || w->times > 1000000 || *end)
		return problem(c, FAIL_INPUT, "--repeat", "“%s” is not a number from 1 to 1000000", times);
	TRY(read_file(c, facts, &text, &n));
	w->facts = text;
	return FAIL_OK;
}

static fail fill_command(struct call *c, struct args *args)
{
	struct filling w = { .format = PAPER_DOCX };
	const char *to;
	struct out o;

	TRY(read_filling(c, args, &w, &to));
	out_memory(&o, c->arena);
	TRY(paper_make(c, w.name, w.on, w.facts, w.format, &o));
	TRY(fill_again(c, &w));
	return write_result(c, to, &o);
}

/* ---- table ---- */

#define ON { "--on", "DAY", N_("the day the document is written for; otherwise today") }

static const struct option check_options[] = {
	{ "--facts", "FILE", N_("JSON with the facts, instead of the sample of the form") },
	{ NULL },
};
static const struct option sample_options[] = { ON, { NULL } };
static const struct option fill_options[] = {
	{ "--format", "FORMAT", N_("docx (if nothing is said), pdf, html or xlsx") },
	{ "--out", "FILE", N_("the file to write; otherwise the standard output") },
	ON,
	{ "--repeat", "N", N_("makes the document N times, to measure") },
	{ NULL },
};

const struct command form_commands[] = {
	{ "forms list", "[--json]", N_("lists the forms and the layouts they have"), NEEDS_NOTHING, list_command, NULL },
	{ "forms export", "DIR", N_("writes all forms as Word documents, to be changed there"), NEEDS_NOTHING, export_command, NULL },
	{ "forms check", "FILE.docx [--facts FILE]", N_("says whether a Word document can be used as a form, and what is wrong with it"), NEEDS_NOTHING, check_command, check_options },
	{ "forms sample", "NAME [--on DAY]", N_("prints the fields of a form, with an example of each value, as JSON"), NEEDS_NOTHING, sample_command, sample_options },
	{ "forms fill", "NAME FACTS.json [--format FORMAT] [--out FILE]", N_("makes a document from a form and facts"), NEEDS_NOTHING, fill_command, fill_options },
	{ NULL },
};
