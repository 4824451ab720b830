/* codes.h — a set of codes in memory, each with a number: what an import has met so far. 24 bytes a code, no text kept.
 *
 * Codes are told apart by 128 bits of SipHash under a random key, so that no file can make two codes meet. */
#ifndef CHIBO_ORG_CODES_H
#define CHIBO_ORG_CODES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct codes;

/* Lives as long as the arena. */
struct codes *codes_new(struct arena *a);
/* Sets the number of a code within a realm (0 where codes are unique everywhere). */
void codes_put(struct codes *set, int64_t realm, const char *code, int64_t value);
/* False when the code was never put. */
bool codes_get(const struct codes *set, int64_t realm, const char *code, int64_t *value);

#endif
