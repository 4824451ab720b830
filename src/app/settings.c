/* settings.c — one table, four places to set a value. */
#include "app/settings.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *const accent_words[] = { "", "lacquer", "indigo", "teal", "forest", "slate", NULL };

/* member, option, default, help, bounds or words */
#define SETTING_LIST(X) \
	X(listen, "--listen", "127.0.0.1:8080", N_("address and port to serve on, or unix:PATH"), .max = 200) \
	X(name, "--name", "chibo", N_("name of the installation, on every page"), .max = 80) \
	X(accent, "--accent", "lacquer", N_("accent colour: lacquer, indigo, teal, forest or slate"), .words = accent_words) \
	X(threads, "--threads", "0", N_("threads that read requests and answer pages; 0: one a processor"), .max = 256) \
	X(workers, "--workers", "32", N_("threads for everything that waits: writes, files, passwords"), .min = 1, .max = 1024) \
	X(queue, "--queue", "1024", N_("requests that may wait for such a thread before 503"), .min = 1, .max = 1000000) \
	X(connections, "--connections", "4096", N_("open connections at most"), .min = 1, .max = 1000000) \
	X(per_ip, "--per-ip", "0", N_("open connections of one address at most; 0: any number"), .max = 1000000) \
	X(timeout, "--timeout", "60", N_("seconds of silence after which a connection is closed"), .min = 1, .max = 86400) \
	X(body_limit, "--body-limit", "1048576", N_("largest form or JSON body, in bytes"), .min = 1024, .max = 1 << 30) \
	X(upload_limit, "--upload-limit", "67108864", N_("largest file of rows sent in, in bytes"), .min = 1024, .max = 1LL << 36) \
	X(file_limit, "--file-limit", "20971520", N_("largest file kept with a paper, in bytes"), .min = 1 << 20, .max = 1LL << 30) \
	X(memory_limit, "--memory-limit", "67108864", N_("memory of one request at most, in bytes"), .min = 1 << 20, .max = 1LL << 36) \
	X(session_days, "--session-days", "14", N_("days until one has to sign in again"), .min = 1, .max = 366) \
	X(trusted_proxy, "--trusted-proxy", "0", N_("1: the front server's X-Forwarded-For and X-Forwarded-Proto are believed"), ) \
	X(access_log, "--access-log", "", N_("file for one line a request, - for the message stream, empty for none"), .max = 4000) \
	X(address, "--address", "", N_("address of this installation as people reach it, https://…; for links in letters and calendars"), .max = 200) \
	X(smtp, "--smtp", "", N_("mail server that letters go to, smtp://HOST:PORT or smtps://HOST; empty: no mail is sent"), .max = 200) \
	X(smtp_user, "--smtp-user", "", N_("name for signing in there"), .max = 200) \
	X(smtp_password, "--smtp-password", "", N_("password for signing in there; better in the file or in $CHIBO_SMTP_PASSWORD than as an option"), .max = 200) \
	X(mail_from, "--mail-from", "", N_("mail address that letters come from"), .max = 200) \
	X(forms, "--forms", "", N_("folder with your own Word documents as forms, called as chibo forms export calls them; empty for none"), .max = 4000) \
	X(remind, "--remind", "7,1,+7", N_("days before its deadline on which a task reminds by mail, +N: every N days once it is late; empty: never"), .max = 60) \
	X(sign_ins, "--sign-ins", "10", N_("sign-in attempts a minute for one login, and for one address ten times as many"), .min = 1, .max = 100000)

#define ROW(f, option, default_, help, ...) { FIELD(struct settings, f, help, 0, __VA_ARGS__), default_ },
const struct setting settings_table[] = {
	SETTING_LIST(ROW)
	{ { .name = NULL }, NULL },
};
#undef ROW

#define ROW(f, option, default_, help, ...) { option, "X", help },
const struct option settings_options[] = {
	{ "--config", "FILE", N_("file with settings; otherwise $CHIBO_CONFIG or ./chibo.conf where it is there") },
	SETTING_LIST(ROW)
	{ NULL },
};
#undef ROW

/* body_limit → CHIBO_BODY_LIMIT */
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
		const char *option = settings_options[i + 1].name;
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

void settings_sample(struct call *c, struct out *o)
{
	out_printf(o, "# %s\n", tr(c->lang, "Settings of chibo serve. A line without # in front counts; chibo settings shows what holds."));
	for (const struct setting *s = settings_table; s->field.name; s++)
		out_printf(o, "\n# %s\n# %s = %s\n", tr(c->lang, s->field.label), s->field.name, s->otherwise);
}

/* A password is used, never shown. */
static bool is_secret(int row)
{
	return strstr(settings_table[row].field.name, "password");
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
		if (is_secret(i))
			json_null(&j);
		else
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
			fprintf(c->out, "%-14s %-18s %s\n", settings_table[i].field.name, is_secret(i) && *found[i].text ? "…" : found[i].text,
			        found[i].where);
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
