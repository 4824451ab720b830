/* stash.h — files that were looked through and wait for a word to be imported: of one account, for an hour, in memory of the process.
 *
 * A file is known by its digest, so what is confirmed is what was looked at. A few dozen are kept; the oldest give way. Thread-safe. */
#ifndef CHIBO_APP_STASH_H
#define CHIBO_APP_STASH_H

#include "base/call.h"

/* Keeps the file behind `fd` (a copy of the descriptor) for the call's account. */
void stash_put(struct call *c, const char *kind, const char *digest, const char *filename, int fd);
/* Takes it back out: a stream at its beginning for the caller to close, and the name in the arena. FAIL_NOT_FOUND when it is no longer there. */
fail stash_take(struct call *c, const char *kind, const char *digest, const char **filename, FILE **out) MUST_CHECK;

#endif
