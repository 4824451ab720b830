/* run.c — from the words to the result. The same function runs a command here and, handed over, in the server. */
#include "app/run.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/handover.h"
#include "app/rulebook.h"
#include "app/tables.h"
#include "app/version.h"
#include "db/db.h"

#define COMMAND_CEILING ((size_t)8 << 30)
enum { PLACE_TRIES = 100, PLACE_WAIT_MS = 100 }; /* a command waits ten seconds for its turn to write */
enum { OPENS_DB = NEEDS_DB | NEEDS_WRITE | NEEDS_CREATE | NEEDS_PLACE, WRITES = NEEDS_WRITE | NEEDS_CREATE | NEEDS_PLACE };

struct run {
	const struct command *cmd;
	struct args words; /* the name and what follows, untouched: what is handed over */
	struct args args;  /* what follows the name */
	struct globals g;
	bool told;         /* the server has written the problem already */
};

static bool is_postgres(const char *url)
{
	return strncmp(url, "postgres://", 11) == 0 || strncmp(url, "postgresql://", 13) == 0;
}

static bool may_hand_over(const struct run *r)
{
	return r->cmd->needs & (NEEDS_WRITE | NEEDS_CREATE) && !(r->cmd->needs & NEEDS_PLACE) && !is_postgres(r->g.db);
}

/* What may create the database also brings it up to date, unless that is the command's own work (init). */
static fail prepare_schema(struct call *c, unsigned needs)
{
	if (!(needs & NEEDS_CREATE))
		return db_check_schema(c);
	return needs & NEEDS_DB ? db_migrate(c, NULL) : FAIL_OK;
}

/* A database that the command itself has yet to make (init) has no tables to read. */
static fail take_rules(struct call *c, struct run *r)
{
	struct db *db = c->db;
	fail f;

	if (!(r->cmd->needs & (NEEDS_DB | NEEDS_TABLES)))
		c->db = NULL;
	f = rulebook_load(c, r->g.rules);
	c->db = db;
	if (f == FAIL_OK)
		rulebook_give(c);
	return f;
}

/* Runs with the database open and closes it. */
static fail run_open(struct call *c, struct run *r)
{
	fail f = prepare_schema(c, r->cmd->needs);

	if (f == FAIL_OK && r->cmd->needs & NEEDS_RULES)
		f = take_rules(c, r);
	if (f == FAIL_OK)
		f = r->cmd->run(c, &r->args);
	db_close(c->db);
	c->db = NULL;
	return f;
}

static void wait_a_little(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = PLACE_WAIT_MS * 1000000L }, NULL);
}

/* Takes the writer's place or finds the server that holds it; whoever holds it for the moment is waited for. */
static fail run_with_db(struct call *c, struct run *r)
{
	const struct db_options options = { .create = r->cmd->needs & NEEDS_CREATE, .write = r->cmd->needs & WRITES };
	fail f = FAIL_BUSY, result;

	for (int i = 0; i < PLACE_TRIES; i++) {
		if (may_hand_over(r)) {
			f = handover_ask(c, r->g.db, r->g.rules, &r->words, &result);
			if (f == FAIL_OK)
				r->told = true;
			if (f != FAIL_NOT_FOUND)
				return f == FAIL_OK ? result : f;
		}
		f = db_open(c, r->g.db, &options, &c->db);
		if (f == FAIL_OK)
			return run_open(c, r);
		if (f != FAIL_BUSY || r->cmd->needs & NEEDS_PLACE)
			return f;
		if (i + 1 < PLACE_TRIES)
			problem_clear(c);
		wait_a_little();
	}
	return f;
}

/* The rules with the tables of the database, if there is one that can be read; otherwise the files alone. */
static fail take_rules_with_tables(struct call *c, struct run *r)
{
	const struct db_options options = { 0 };
	bool there = is_postgres(r->g.db) || faccessat(c->cwd, r->g.db, R_OK, 0) == 0;
	fail f = FAIL_NOT_FOUND;

	if (there && db_open(c, r->g.db, &options, &c->db) == FAIL_OK) {
		f = db_check_schema(c);
		if (f == FAIL_OK)
			f = take_rules(c, r);
		db_close(c->db);
		c->db = NULL;
	}
	if (f == FAIL_OK || f == FAIL_INPUT)
		return f;
	problem_clear(c);
	return take_rules(c, r);
}

static fail run_command(struct call *c, struct run *r)
{
	if (r->cmd->needs & OPENS_DB)
		return run_with_db(c, r);
	if (r->cmd->needs & NEEDS_RULES)
		TRY(r->cmd->needs & NEEDS_TABLES ? take_rules_with_tables(c, r) : take_rules(c, r));
	return r->cmd->run(c, &r->args);
}

static fail run_words(struct call *c, struct run *r)
{
	TRY(cli_globals(c, &r->args, &r->g));
	if (r->g.version) {
		fprintf(c->out, "chibo %s\n", CHIBO_VERSION);
		return FAIL_OK;
	}
	/* commands take words out of their list in place: what may be handed over is a copy */
	r->words = (struct args){ r->args.n, ARENA_ARRAY(c->arena, (size_t)r->args.n + 1, const char *) };
	memcpy(r->words.v, r->args.v, (size_t)r->args.n * sizeof *r->args.v);
	r->cmd = cli_choose(app_commands, &r->args);
	if (r->g.help && r->cmd)
		cli_help_command(c, r->cmd);
	else if (r->g.help)
		return cli_help(c, app_commands, &r->args);
	else if (!r->cmd)
		return cli_unknown(c, app_commands, &r->args);
	else
		return run_command(c, r);
	return FAIL_OK;
}

int run_main(int argc, char **argv)
{
	struct call c;
	struct run r = { 0 };
	fail f;

	call_begin(&c, COMMAND_CEILING);
	r.args = (struct args){ argc > 0 ? argc - 1 : 0, ARENA_ARRAY(c.arena, (size_t)argc + 1, const char *) };
	for (int i = 1; i < argc; i++)
		r.args.v[i - 1] = argv[i];
	f = run_words(&c, &r);
	if (fflush(c.out) != 0 && f == FAIL_OK)
		f = problem(&c, FAIL_BROKEN, "", "the result could not be written out whole");
	if (!r.told)
		cli_tell(&c, f);
	call_end(&c);
	return fail_exit(f);
}

/* ---- on the server's side ---- */

/* A folder named by the client, reached from the client's own directory. */
static const char *client_path(struct call *c, const char *path)
{
	return path[0] == '/' || c->cwd == AT_FDCWD ? path : arena_printf(c->arena, "/proc/self/fd/%d/%s", c->cwd, path);
}

fail run_handed_over(struct call *c, struct args *words, const char *rules, void *arg)
{
	const struct command *cmd = cli_choose(app_commands, words);

	if (!cmd || !(cmd->needs & (NEEDS_WRITE | NEEDS_CREATE)) || cmd->needs & NEEDS_PLACE)
		return problem(c, FAIL_INPUT, "", "this command cannot be handed to the server");
	c->db = arg;
	if (cmd->needs & NEEDS_RULES)
		TRY(rulebook_give_from(c, rules ? client_path(c, rules) : NULL));
	return cmd->run(c, words);
}
