/* handover.h — commands that write, handed to the server that holds the writer's place.
 *
 * The server listens on DATABASE.sock (mode 0600; the peer must be the same user). A client sends its words, language and clock
 * together with its working directory, input, output and messages as open files; the server runs the very same command
 * function on a thread of its own and answers with how it ended. A client that goes away leaves the command running to its
 * end. SQLite only: on PostgreSQL every process writes for itself.
 *
 * Not done here: choosing and opening (run.h). */
#ifndef CHIBO_APP_HANDOVER_H
#define CHIBO_APP_HANDOVER_H

#include "base/command.h"

/* Asks the server of the database file `db` to run `words` (command name first). `rules`: its --rules, or NULL.
 * FAIL_OK: it did, *result says how it ended, and has told the person why. FAIL_NOT_FOUND without a problem: no server
 * listens there. FAIL_BUSY: it went away before it answered. */
fail handover_ask(struct call *c, const char *db, const char *rules, const struct args *words, fail *result) MUST_CHECK;

struct handover;
/* Runs one command on a thread of the server. The call has the client's streams, directory, clock and language, and no database yet. */
typedef fail handover_run(struct call *c, struct args *words, const char *rules, void *arg);
/* Begins to listen; an old socket is replaced, so the writer's place must be held. Ignores SIGPIPE for the whole process. */
fail handover_listen(struct call *c, const char *db, handover_run *run, void *arg, struct handover **out) MUST_CHECK;
/* Takes no more commands and waits for those in work. False: some still run after `wait_ms`; nothing was freed. NULL is allowed. */
bool handover_stop(struct handover *h, int wait_ms);

#endif
