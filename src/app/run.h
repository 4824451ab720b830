/* run.h — carrying out one command: opening what its row says, handing it over where another process holds the writer's place.
 *
 * A call's life: words → row of a table → rules, database, writer's place as `needs` says → the command → its result. */
#ifndef CHIBO_APP_RUN_H
#define CHIBO_APP_RUN_H

#include "app/cli.h"

/* The whole program: what main calls. Returns the exit code (base/fail.h). */
int run_main(int argc, char **argv);
/* Runs a command that was handed over, in the database that `arg` (struct db *) is: a handover_run. */
fail run_handed_over(struct call *c, struct args *words, const char *rules, void *arg) MUST_CHECK;

#endif
