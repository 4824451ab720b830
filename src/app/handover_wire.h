/* handover_wire.h — what client and server of a hand-over say to each other. Private to handover_*.c.
 *
 * One message: a head with four open files attached, then `size` bytes of zero-ended texts: version, language, milliseconds
 * of the clock, days of today, rules folder ("" for none), then the words. The answer is one byte, a fail code. */
#ifndef CHIBO_APP_HANDOVER_WIRE_H
#define CHIBO_APP_HANDOVER_WIRE_H

#include <stdint.h>
#include <sys/un.h>

#include "base/call.h"

#define HANDOVER_MAGIC 0x4f424843u
enum { HANDOVER_FILES = 4, HANDOVER_MAX = 1 << 20, HANDOVER_WORDS = 4096, HANDOVER_FIXED = 5 };

struct handover_head {
	uint32_t magic;
	uint32_t size;
	uint32_t texts; /* how many texts follow, the five fixed ones included */
};

/* The address of the socket beside `db`; *dir gets an open folder that must stay open while the address is used. A path of
 * any length works: the address goes through the open folder. FAIL_NOT_FOUND: the folder is not there. */
fail handover_address(struct call *c, const char *db, struct sockaddr_un *out, int *dir) MUST_CHECK;
/* Is the process at the other end run by the same user (or root)? */
bool handover_same_user(int socket);

#endif
