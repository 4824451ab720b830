/* settings.c — one table, four places to set a value. */
#include "app/settings.h"

#include <ctype.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

const char *const accent_words[] = { "", "lacquer", "indigo", "teal", "forest", "slate", NULL };

#define ROW(f, help, default_, ...) { FIELD(struct settings, f, help, 0, __VA_ARGS__), default_ }
const struct setting settings_table[] = {
	ROW(listen, N_("address and port to serve on, or unix:PATH"), "127.0.0.1:8080", .max = 200),
	ROW(name, N_("name of the installation, on every page"), "chibo", .max = 80),
	ROW(accent, N_("accent colour: lacquer, indigo, teal, forest or slate"), "lacquer", .words = accent_words),
	ROW(threads, N_("threads that read requests and answer pages; 0: one a processor"), "0", .max = 256),
	ROW(workers, N_("threads for everything that waits: writes, files, passwords"), "32", .min = 1, .max = 1024),
	ROW(queue, N_("requests that may wait for such a thread before 503"), "1024", .min = 1, .max = 1000000),
	ROW(connections, N_("open connections at most"), "4096", .min = 1, .max = 1000000),
	ROW(per_ip, N_("open connections of one address at most; 0: any number"), "0", .max = 1000000),
	ROW(timeout, N_("seconds of silence after which a connection is closed"), "60", .min = 1, .max = 86400),
	ROW(body_limit, N_("largest form or JSON body, in bytes"), "1048576", .min = 1024, .max = 1 << 30),
	ROW(upload_limit, N_("largest file sent in, in bytes"), "67108864", .min = 1024, .max = 1LL << 36),
	ROW(memory_limit, N_("memory of one request at most, in bytes"), "67108864", .min = 1 << 20, .max = 1LL << 36),
	ROW(session_days, N_("days until one has to sign in again"), "14", .min = 1, .max = 366),
	ROW(trusted_proxy, N_("1: the front server's X-Forwarded-For and X-Forwarded-Proto are believed"), "0", ),
	ROW(access_log, N_("file for one line a request, - for the message stream, empty for none"), "", .max = 4000),
	ROW(sign_ins, N_("sign-in attempts a minute for one login, and for one address ten times as many"), "10", .min = 1, .max = 100000),
	{ { .name = NULL }, NULL },
};
#undef ROW

/* ---- names: body_limit, --body-limit, CHIBO_BODY_LIMIT ---- */

static const char *option_name(struct arena *a, const char *name)
{
	char *s = arena_printf(a, "--%s", name);

	for (char *p = s; *p; p++)
		if (*p == '_')
			*p = '-';
	return s;
}

static const char *variable_name(struct arena *a, const char *name)
{
	char *s = arena_printf(a, "CHIBO_%s", name);

	for (char *p = s; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return s;
}

/* ---- reading ---- */

/* Where each value was found: "--listen", "$CHIBO_LISTEN", "chibo.conf: line 3" or "default". */
struct found { const char *text, *where; };
enum { ROWS = sizeof settings_table / sizeof *settings_table - 1 };

static int row_of(const char *name, size_t n)
{
	for (int i = 0; i < ROWS; i++)
		if (strlen(settings_table[i].field.name) == n && strncmp(settings_table[i].field.name, name, n) == 0)
			return i;
	return -1;
}

static char *trim(char *s)
{
	size_t n;

	while (isspace((unsigned char)*s))
		s++;
	n = strlen(s);
	while (n && isspace((unsigned char)s[n - 1]))
		s[--n] = '\0';
	return s;
}

static fail read_line(struct call *c, const char *path, int number, char *line, struct found found[ROWS])
{
	char *equal, *name = trim(line);
	int row;

	if (!*name || *name == '#')
		return FAIL_OK;
	equal = strchr(name, '=');
	if (!equal)
		return problem(c, FAIL_INPUT, path, "%s: line %d: “%s” is not a setting; write name = value", path, number, name);
	*equal = '\0';
	name = trim(name);
	row = row_of(name, strlen(name));
	if (row < 0)
		return problem(c, FAIL_INPUT, path, "%s: line %d: there is no setting “%s”; chibo settings lists them all", path, number, name);
	found[row].text = arena_strdup(c->arena, trim(equal + 1));
	found[row].where = arena_printf(c->arena, "%s:%d", path, number);
	return FAIL_OK;
}

static fail read_file(struct call *c, const char *path, bool must_exist, struct found found[ROWS])
{
	char *line = NULL;
	size_t room = 0;
	FILE *file;
	fail f = call_open(c, path, "r", &file);

	if (f == FAIL_NOT_FOUND && !must_exist) {
		problem_clear(c);
		return FAIL_OK;
	}
	TRY(f);
	for (int number = 1; f == FAIL_OK && getline(&line, &room, file) >= 0; number++)
		f = read_line(c, path, number, line, found);
	free(line);
	fclose(file);
	return f;
}

static fail gather(struct call *c, struct args *args, struct found found[ROWS])
{
	const char *named = args_option(args, "--config");

	if (!named)
		named = getenv("CHIBO_CONFIG");
	for (int i = 0; i < ROWS; i++)
		found[i] = (struct found){ settings_table[i].otherwise, "default" };
	TRY(read_file(c, named ? named : "chibo.conf", named, found));
	for (int i = 0; i < ROWS; i++) {
		const char *variable = variable_name(c->arena, settings_table[i].field.name);
		const char *option = option_name(c->arena, settings_table[i].field.name);
		const char *value = getenv(variable);

		if (value)
			found[i] = (struct found){ value, arena_printf(c->arena, "$%s", variable) };
		value = args_option(args, option);
		if (value)
			found[i] = (struct found){ value, option };
	}
	return FAIL_OK;
}

static fail parse(struct call *c, const struct found found[ROWS], struct settings *out)
{
	for (int i = 0; i < ROWS; i++) {
		const struct field *f = &settings_table[i].field;
		fail bad = field_parse(c, f, found[i].text, out);

		if (bad != FAIL_OK) {
			const char *why = c->problem.text;

			problem_clear(c);
			return problem(c, FAIL_INPUT, f->name, "%s: %s", found[i].where, why);
		}
	}
	return FAIL_OK;
}

fail settings_read(struct call *c, struct args *args, struct settings *out)
{
	struct found found[ROWS];

	TRY(gather(c, args, found));
	return parse(c, found, out);
}

/* ---- help, sample, command ---- */

static struct option options[ROWS + 2];

static void make_options(void)
{
	static struct arena *a; /* lasts for ever */

	a = arena_new(1 << 16);
	options[0] = (struct option){ "--config", "FILE", N_("file with settings; otherwise $CHIBO_CONFIG or ./chibo.conf where it is there") };
	for (int i = 0; i < ROWS; i++)
		options[i + 1] = (struct option){ option_name(a, settings_table[i].field.name), "X", settings_table[i].field.label };
}

const struct option *settings_options(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_options);
	return options;
}

void settings_sample(struct call *c, struct out *o)
{
	out_printf(o, "# %s\n", tr(c->lang, "Settings of chibo serve. A line without # in front counts; chibo settings shows what holds."));
	for (const struct setting *s = settings_table; s->field.name; s++)
		out_printf(o, "\n# %s\n# %s = %s\n", tr(c->lang, s->field.label), s->field.name, s->otherwise);
}

static void print_json(struct call *c, const struct found found[ROWS], const struct settings *now)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	for (int i = 0; i < ROWS; i++) {
		json_key(&j, settings_table[i].field.name);
		json_object(&j);
		json_key(&j, "value");
		field_json(&j, &settings_table[i].field, now);
		json_put_str(&j, "from", found[i].where);
		json_object_end(&j);
	}
	json_object_end(&j);
	fprintf(c->out, "%s\n", out_text(&o));
}

static fail settings_show(struct call *c, struct args *args)
{
	bool json = args_flag(args, "--json"), sample = args_flag(args, "--sample");
	struct settings now = { 0 };
	struct found found[ROWS];
	struct out o;

	TRY(gather(c, args, found));
	TRY(args_end(c, args));
	TRY(parse(c, found, &now));
	out_memory(&o, c->arena);
	if (sample) {
		settings_sample(c, &o);
		fputs(out_text(&o), c->out);
	} else if (json) {
		print_json(c, found, &now);
	} else {
		for (int i = 0; i < ROWS; i++)
			fprintf(c->out, "%-14s %-18s %s\n", settings_table[i].field.name, found[i].text, found[i].where);
	}
	return FAIL_OK;
}

static const struct option show_options[] = {
	{ "--sample", NULL, N_("print a sample file instead") },
	{ "--config", "FILE", N_("file with settings; otherwise $CHIBO_CONFIG or ./chibo.conf where it is there") },
	{ NULL },
};

const struct command settings_commands[] = {
	{ "settings", "[--sample] [--json]", N_("shows the settings of the server and where each comes from"), NEEDS_NOTHING, settings_show, show_options },
	{ NULL },
};
