/* care.c — the database as a whole. */
#include "app/care.h"

#include "app/rule_store.h"
#include "app/tables.h"
#include "base/json.h"
#include "db/journal.h"

static fail init(struct call *c, struct args *args)
{
	int applied;

	TRY(args_end(c, args));
	TRY(db_migrate(c, &applied));
	TRY(rules_store(c));
	if (applied)
		fprintf(c->err, tr(c->lang, "The database %s is ready (%d steps were made).\n"), db_url(c->db), applied);
	else
		fprintf(c->err, tr(c->lang, "The database %s is up to date; nothing was changed.\n"), db_url(c->db));
	return FAIL_OK;
}

/* ---- verify ---- */

static fail check_engine(struct call *c, int64_t *checked)
{
	*checked = 1;
	return db_check(c);
}

const struct verify_check care_checks[] = {
	{ "engine", N_("pages and references of the database"), check_engine },
	{ "journal", N_("the chain of the journal"), journal_verify },
	{ NULL },
};

struct verdict {
	const struct verify_check *check;
	int64_t checked;
	fail result;
	const char *text;
};

static fail run_check(struct call *c, void *arg)
{
	struct verdict *v = arg;

	return v->check->run(c, &v->checked);
}

static void judge(struct call *c, struct verdict *v)
{
	v->result = db_read(c, run_check, v);
	v->text = c->problem.text;
	problem_clear(c);
}

static void print_verdict(struct call *c, const struct verdict *v)
{
	if (v->result == FAIL_OK)
		fprintf(c->out, "%-10s %s: %s (%lld)\n", v->check->name, tr(c->lang, v->check->title), tr(c->lang, "in order"), (long long)v->checked);
	else
		fprintf(c->out, "%-10s %s: %s\n", v->check->name, tr(c->lang, v->check->title), v->text);
}

static void verdict_json(struct json *j, const struct verdict *v)
{
	json_object(j);
	json_put_str(j, "check", v->check->name);
	json_put_bool(j, "in_order", v->result == FAIL_OK);
	json_put_int(j, "checked", v->checked);
	json_put_str(j, "problem", v->result == FAIL_OK ? NULL : v->text);
	json_object_end(j);
}

static fail verify(struct call *c, struct args *args)
{
	bool as_json = args_flag(args, "--json");
	struct out o;
	struct json j;
	int bad = 0;

	TRY(args_end(c, args));
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_array(&j);
	for (const struct verify_check *const *table = app_checks; *table; table++)
		for (const struct verify_check *check = *table; check->name; check++) {
			struct verdict v = { .check = check };

			judge(c, &v);
			bad += v.result != FAIL_OK;
			if (as_json)
				verdict_json(&j, &v);
			else
				print_verdict(c, &v);
		}
	json_array_end(&j);
	if (as_json)
		fprintf(c->out, "%s\n", out_text(&o));
	if (bad)
		return problem(c, FAIL_BROKEN, "", "%d of the checks found something; keep this file and restore the last good copy", bad);
	return FAIL_OK;
}

/* ---- copies ---- */

static fail one_file(struct call *c, struct args *args, const char **out)
{
	*out = args_next(args);
	if (!*out)
		return problem(c, FAIL_INPUT, "FILE", "name the file of the copy");
	return args_end(c, args);
}

static fail backup(struct call *c, struct args *args)
{
	const char *file;

	TRY(one_file(c, args, &file));
	TRY(db_backup(c, file));
	fprintf(c->err, tr(c->lang, "The whole database was copied to %s.\n"), file);
	return FAIL_OK;
}

static fail restore(struct call *c, struct args *args)
{
	const char *file;

	TRY(one_file(c, args, &file));
	TRY(db_restore(c, file));
	fprintf(c->err, tr(c->lang, "The database is again what %s holds.\n"), file);
	return FAIL_OK;
}

const struct command care_commands[] = {
	{ "init", "", N_("creates a database, or brings it up to date"), NEEDS_CREATE | NEEDS_RULES, init, NULL },
	{ "verify", "[--json]", N_("checks chains, sums and references of the whole database"), NEEDS_DB, verify, NULL },
	{ "backup", "FILE", N_("copies the whole database to a file, also while the server runs"), NEEDS_DB, backup, NULL },
	/* what a server keeps in memory would be of another database: it has to be stopped */
	{ "restore", "FILE", N_("makes the database what a copy holds; the server must be stopped"), NEEDS_PLACE, restore, NULL },
	{ NULL },
};
