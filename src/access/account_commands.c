/* account_commands.c — words of the command line into calls of account.h and session.h.
 *
 * A password is made by the program and printed once, or comes from standard input; it never stands on the command line, where other
 * users of the machine could read it. */
#include "access/account_commands.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access/session.h"
#include "base/json.h"
#include "db/db.h"
#include "org/member.h"
#include "org/unit.h"

enum { LIST_PAGE = 500 };

/* ---- words into values ---- */

static fail word_needed(struct call *c, struct args *args, const char *what, const char **out)
{
	*out = args_next(args);
	return *out ? FAIL_OK : problem(c, FAIL_INPUT, what, "the word %s is missing; see --help", what);
}

static fail day_option(struct call *c, struct args *args, const char *name, struct date otherwise, struct date *out)
{
	const char *text = args_option(args, name);

	*out = otherwise;
	if (text && !date_parse(text, out))
		return problem(c, FAIL_INPUT, name, "“%s” is not a day; write year-month-day, such as 2026-01-05", text);
	return FAIL_OK;
}

static fail role_word(struct call *c, const char *text, unsigned *out)
{
	int i = word_index(role_words, text);

	if (i <= 0)
		return problem(c, FAIL_INPUT, "role", "there is no role “%s”; write member, secretary, officer, upper, inspector or administrator", text);
	*out = (unsigned)i;
	return FAIL_OK;
}

/* A password from standard input: the first line. A terminal is refused, because there it would be shown. */
static fail piped_password(struct call *c, const char **out)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (isatty(fileno(c->in)))
		return problem(c, FAIL_INPUT, "--password-stdin",
		               "send the password through a pipe; without --password-stdin the program makes one and prints it");
	n = getline(&line, &room, c->in);
	while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
		line[--n] = '\0';
	*out = n > 0 ? arena_strdup(c->arena, line) : "";
	free(line);
	return FAIL_OK;
}

static fail choose_password(struct call *c, struct args *args, const char **out, bool *made)
{
	*made = !args_flag(args, "--password-stdin");
	if (!*made)
		return piped_password(c, out);
	*out = account_password_make(c);
	return *out ? FAIL_OK : problem(c, FAIL_BROKEN, "", "there is no source of random numbers");
}

/* ---- looking things up ahead of a change ---- */

struct names {
	const char *login, *unit, *member;
	struct account account;
	int64_t unit_id;
	struct member person;
};

static fail find_names(struct call *c, void *arg)
{
	struct names *n = arg;

	if (n->login)
		TRY(account_by_login(c, account_login_clean(c, n->login), &n->account));
	if (n->unit)
		TRY(org_unit_id(c, n->unit, &n->unit_id));
	if (n->member)
		TRY(org_member_by_code(c, 0, n->member, &n->person));
	return FAIL_OK;
}

/* ---- user add ---- */

static void print_new(struct call *c, const char *login, const char *password, bool made, bool as_json)
{
	struct out o;
	struct json j;

	if (!as_json) {
		fprintf(c->out, "%s%s%s\n", login, made ? " " : "", made ? password : "");
		return;
	}
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "login", login);
	if (made)
		json_put_str(&j, "password", password);
	json_object_end(&j);
	fprintf(c->out, "%s\n", out_text(&o));
}

static fail read_first_role(struct call *c, struct args *args, struct grant *g, const char **unit)
{
	const char *role = args_option(args, "--role");

	*unit = args_option(args, "--unit");
	TRY(day_option(c, args, "--from", c->today, &g->valid_from));
	TRY(day_option(c, args, "--to", DATE_OPEN, &g->valid_to));
	if (!role != !*unit)
		return problem(c, FAIL_INPUT, "--role", "give --role and --unit together");
	return role ? role_word(c, role, &g->role) : FAIL_OK;
}

static fail user_add(struct call *c, struct args *args)
{
	struct account a = { .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant first = { 0 };
	struct names names = { 0 };
	const char *password, *lang = args_option(args, "--language");
	bool made, as_json = args_flag(args, "--json");

	names.member = args_option(args, "--member");
	a.name = args_option(args, "--name");
	TRY(read_first_role(c, args, &first, &names.unit));
	TRY(choose_password(c, args, &password, &made));
	TRY(word_needed(c, args, "LOGIN", &a.login));
	TRY(args_end(c, args));
	TRY(db_read(c, find_names, &names));
	if (names.member) {
		a.member_realm = names.person.realm;
		a.member_id = names.person.id;
	}
	if (!a.name)
		a.name = names.member ? names.person.full_name : a.login;
	a.lang = lang && strcmp(lang, "en") == 0 ? 2 : 1;
	first.unit_id = names.unit_id;
	TRY(account_add(c, &a, password, names.unit ? &first : NULL));
	print_new(c, a.login, password, made, as_json);
	return FAIL_OK;
}

/* ---- user list ---- */

static const char *roles_text(struct call *c, const struct grants *g)
{
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; i < g->n; i++)
		out_printf(&o, "%s%s@%s", i ? ", " : "", role_words[g->v[i].role], g->v[i].unit_code);
	return out_text(&o);
}

static void account_json(struct json *j, const struct account *a, const struct grants *g)
{
	json_object(j);
	record_json(j, &account_record, a);
	json_key(j, "roles");
	json_array(j);
	for (size_t i = 0; i < g->n; i++) {
		json_object(j);
		record_json(j, &grant_record, &g->v[i]);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

static bool holds_on(const struct grants *g, const char *unit)
{
	for (size_t i = 0; i < g->n; i++)
		if (strcmp(g->v[i].unit_code, unit) == 0)
			return true;
	return false;
}

struct listing { bool as_json; const char *unit; struct json *json; };

static fail list_body(struct call *c, void *arg)
{
	struct listing *l = arg;
	struct accounts page;
	struct grants g;
	const char *after = "";

	do {
		TRY(account_list(c, after, LIST_PAGE, &page));
		for (size_t i = 0; i < page.n; i++) {
			after = page.v[i].login;
			TRY(account_grants(c, page.v[i].id, c->today, &g));
			if (l->unit && !holds_on(&g, l->unit))
				continue;
			if (l->as_json)
				account_json(l->json, &page.v[i], &g);
			else
				fprintf(c->out, "%-20s %-30s %s%s\n", page.v[i].login, page.v[i].name, roles_text(c, &g),
				        page.v[i].disabled ? tr(c->lang, " (disabled)") : "");
		}
	} while (page.n == LIST_PAGE);
	return FAIL_OK;
}

static fail user_list(struct call *c, struct args *args)
{
	struct out o;
	struct json j;
	struct listing l = { args_flag(args, "--json"), args_option(args, "--unit"), &j };

	TRY(args_end(c, args));
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_array(&j);
	TRY(db_read(c, list_body, &l));
	json_array_end(&j);
	if (l.as_json)
		fprintf(c->out, "%s\n", out_text(&o));
	return FAIL_OK;
}

/* ---- changes of one account ---- */

static fail one_account(struct call *c, struct args *args, struct names *n)
{
	TRY(word_needed(c, args, "LOGIN", &n->login));
	TRY(args_end(c, args));
	return db_read(c, find_names, n);
}

static fail user_disable(struct call *c, struct args *args)
{
	struct names n = { 0 };

	TRY(one_account(c, args, &n));
	return account_disable(c, n.account.id, true);
}

static fail user_enable(struct call *c, struct args *args)
{
	struct names n = { 0 };

	TRY(one_account(c, args, &n));
	return account_disable(c, n.account.id, false);
}

static fail user_password(struct call *c, struct args *args)
{
	struct names n = { 0 };
	const char *password;
	bool made, as_json = args_flag(args, "--json");

	TRY(choose_password(c, args, &password, &made));
	TRY(one_account(c, args, &n));
	TRY(account_password_check(c, n.account.login, password));
	TRY(account_password_set(c, n.account.id, password));
	print_new(c, n.account.login, password, made, as_json);
	return FAIL_OK;
}

/* LOGIN ROLE UNIT */
static fail login_role_unit(struct call *c, struct args *args, struct names *n, struct grant *g)
{
	const char *role;

	TRY(word_needed(c, args, "LOGIN", &n->login));
	TRY(word_needed(c, args, "ROLE", &role));
	TRY(word_needed(c, args, "UNIT", &n->unit));
	TRY(args_end(c, args));
	TRY(role_word(c, role, &g->role));
	TRY(db_read(c, find_names, n));
	g->account_id = n->account.id;
	g->unit_id = n->unit_id;
	return FAIL_OK;
}

static fail user_grant(struct call *c, struct args *args)
{
	struct names n = { 0 };
	struct grant g = { 0 };

	TRY(day_option(c, args, "--from", c->today, &g.valid_from));
	TRY(day_option(c, args, "--to", DATE_OPEN, &g.valid_to));
	TRY(login_role_unit(c, args, &n, &g));
	return account_grant(c, &g);
}

static fail user_revoke(struct call *c, struct args *args)
{
	struct names n = { 0 };
	struct grant g = { 0 };

	TRY(login_role_unit(c, args, &n, &g));
	return account_revoke(c, g.account_id, g.role, g.unit_id);
}

/* ---- user sessions ---- */

struct sessions { int64_t account_id; struct session *v; size_t n; };

static fail sessions_body(struct call *c, void *arg)
{
	struct sessions *s = arg;

	return session_list(c, s->account_id, &s->v, &s->n);
}

static const char *moment_of(struct call *c, int64_t ms)
{
	char text[MOMENT_TEXT];

	moment_format(call_local(ms), text);
	return arena_strdup(c->arena, text);
}

static void print_sessions(struct call *c, const struct sessions *s, bool as_json)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_array(&j);
	for (size_t i = 0; i < s->n; i++) {
		json_object(&j);
		json_put_str(&j, "from", moment_of(c, s->v[i].created_ms));
		json_put_str(&j, "to", moment_of(c, s->v[i].expires_ms));
		json_object_end(&j);
		if (!as_json)
			fprintf(c->out, "%s  %s\n", moment_of(c, s->v[i].created_ms), moment_of(c, s->v[i].expires_ms));
	}
	json_array_end(&j);
	if (as_json)
		fprintf(c->out, "%s\n", out_text(&o));
}

static fail user_sessions(struct call *c, struct args *args)
{
	struct names n = { 0 };
	struct sessions s;
	int64_t ended;
	bool end = args_flag(args, "--end"), as_json = args_flag(args, "--json");

	TRY(one_account(c, args, &n));
	s.account_id = n.account.id;
	if (end) {
		TRY(session_end_all(c, s.account_id, NULL, &ended));
		fprintf(c->err, tr(c->lang, "%lld sessions were ended.\n"), (long long)ended);
		return FAIL_OK;
	}
	TRY(db_read(c, sessions_body, &s));
	print_sessions(c, &s, as_json);
	return FAIL_OK;
}

static const struct option password_options[] = {
	{ "--password-stdin", NULL, N_("read the password from standard input instead of making one") },
	{ NULL },
};
static const struct option add_options[] = {
	{ "--name", "NAME", N_("the person's name; otherwise that of --member, otherwise the login") },
	{ "--role", "ROLE", N_("member, secretary, officer, upper, inspector or administrator") },
	{ "--unit", "CODE", N_("the unit on which the role is held") },
	{ "--from", "DATE", N_("first day of the role; otherwise today") },
	{ "--to", "DATE", N_("last day of the role; otherwise until further notice") },
	{ "--member", "CODE", N_("the member whom the account belongs to") },
	{ "--language", "vi|en", N_("language of the pages; otherwise Vietnamese") },
	{ "--password-stdin", NULL, N_("read the password from standard input instead of making one") },
	{ NULL },
};
static const struct option term_options[] = {
	{ "--from", "DATE", N_("first day of the role; otherwise today") },
	{ "--to", "DATE", N_("last day of the role; otherwise until further notice") },
	{ NULL },
};
static const struct option list_options[] = {
	{ "--unit", "CODE", N_("only those who hold a role on this unit today") },
	{ NULL },
};
static const struct option session_options[] = {
	{ "--end", NULL, N_("end them all") },
	{ NULL },
};

const struct command account_commands[] = {
	{ "user add", "LOGIN [OPTIONS]", N_("adds an account and prints its password"), NEEDS_WRITE, user_add, add_options },
	{ "user list", "[--unit CODE] [--json]", N_("lists accounts and their roles of today"), NEEDS_DB, user_list, list_options },
	{ "user disable", "LOGIN", N_("closes an account and ends its sessions"), NEEDS_WRITE, user_disable, NULL },
	{ "user enable", "LOGIN", N_("opens a closed account again"), NEEDS_WRITE, user_enable, NULL },
	{ "user password", "LOGIN", N_("gives an account a new password and prints it"), NEEDS_WRITE, user_password, password_options },
	{ "user grant", "LOGIN ROLE UNIT", N_("gives an account a role on a unit"), NEEDS_WRITE, user_grant, term_options },
	{ "user revoke", "LOGIN ROLE UNIT", N_("ends a role; yesterday was its last day"), NEEDS_WRITE, user_revoke, NULL },
	{ "user sessions", "LOGIN [--end]", N_("shows or ends the sessions of an account"), NEEDS_WRITE, user_sessions, session_options },
	{ NULL },
};
