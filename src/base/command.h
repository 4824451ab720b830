/* command.h — a command of the command line as one row of a table.
 *
 * The row says what the command needs before it runs; app/main does the opening, the reading lock or the hand-over to the running
 * server, and --help. Commands write results to c->out and messages to c->err. */
#ifndef CHIBO_BASE_COMMAND_H
#define CHIBO_BASE_COMMAND_H

#include "base/call.h"

enum command_needs {
	NEEDS_NOTHING = 0,
	NEEDS_DB      = 1, /* an existing database with the right schema */
	NEEDS_WRITE   = 2, /* the writer's place; on SQLite handed over to the running server if there is one */
	NEEDS_CREATE  = 4, /* may create the database; with NEEDS_DB it is brought up to date before the command runs */
	NEEDS_RULES   = 8, /* the rule files, loaded and checked: c->rules */
	NEEDS_TABLES  = 32, /* with NEEDS_RULES: the tables that committees issued too, where there is a database to read them from; it is closed again */
	NEEDS_PLACE   = 16, /* keeps the writer's place for itself, as the server does: never handed over */
};

/* Words after the command's name. Options are --name VALUE or --name=VALUE; flags stand alone. */
struct args {
	int n;
	const char **v;
};

struct option {
	const char *name;  /* "--unit" */
	const char *value; /* "CODE", or NULL for a flag */
	const char *help;  /* message id */
};

struct command {
	const char *name;    /* "units list" */
	const char *usage;   /* "FILE [--check]" */
	const char *summary; /* message id, one line */
	unsigned needs;
	fail (*run)(struct call *c, struct args *args);
	const struct option *options; /* NULL-name-ended, or NULL */
};

/* Takes an option with a value (or a flag) out of the words. NULL / false when absent. A repeated option keeps the last. */
const char *args_option(struct args *a, const char *name);
bool args_flag(struct args *a, const char *name);
/* Takes the next plain word; NULL when none is left. */
const char *args_next(struct args *a);
/* FAIL_INPUT naming the first word that nobody took. Call it after the last option was read. */
fail args_end(struct call *c, struct args *a) MUST_CHECK;

#endif
