/* rulebook.h — the rules in force in this process, exchanged as a whole.
 *
 * Every call holds the set it began with until its arena is freed; reading the files again (SIGHUP) puts a new set in front
 * of the next calls. A set with a mistake never replaces a good one. Where a database is open, the tables that committees issued (year/tables.h) are
 * part of the set; other processes see them when they load the rules the next time. Thread-safe. */
#ifndef CHIBO_APP_RULEBOOK_H
#define CHIBO_APP_RULEBOOK_H

#include "base/call.h"

/* Reads the rules (`dir` NULL: the usual places) and makes them the set in force. Problems go to the call; the set before stays. With a database (not
 * inside a transaction) local tables join; where these do not go together with the files and there is no set yet, the files rule alone, and c->err says so. */
fail rulebook_load(struct call *c, const char *dir) MUST_CHECK;
/* The same place once more. */
fail rulebook_reload(struct call *c) MUST_CHECK;
/* Sets c->rules; NULL before the first load. */
void rulebook_give(struct call *c);
/* Sets c->rules to those of another folder, for this call alone; `dir` NULL: the set in force. */
fail rulebook_give_from(struct call *c, const char *dir) MUST_CHECK;

#endif
