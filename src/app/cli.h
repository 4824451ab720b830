/* cli.h — reading the command line: options that every command knows, the command itself, help made from the tables.
 *
 * What it does not do: open anything or run anything (run.h). */
#ifndef CHIBO_APP_CLI_H
#define CHIBO_APP_CLI_H

#include "base/command.h"

/* Options that may stand anywhere on the line. */
struct globals {
	const char *db;    /* --db, $CHIBO_DB, ./chibo.db */
	const char *rules; /* --rules; NULL: $CHIBO_RULES or the usual places (rules/load.h) */
	bool help, version;
};

/* Takes the global options out of `args` and sets c->lang. FAIL_INPUT: a language that is not known. */
fail cli_globals(struct call *c, struct args *args, struct globals *out) MUST_CHECK;
/* The command with the longest name that the words begin with, its words taken away; NULL when there is none. */
const struct command *cli_choose(const struct command *const *tables, struct args *args);
/* Help on everything, or on the commands whose names begin with the words that are left; FAIL_INPUT when there are none. */
fail cli_help(struct call *c, const struct command *const *tables, struct args *args) MUST_CHECK;
void cli_help_command(struct call *c, const struct command *cmd);
/* FAIL_INPUT: nothing or something unknown was asked for; names the nearest commands. */
fail cli_unknown(struct call *c, const struct command *const *tables, struct args *args) MUST_CHECK;
/* Writes the recorded problem (or, where nobody found words, those of `f`) to c->err. */
void cli_tell(struct call *c, fail f);

#endif
