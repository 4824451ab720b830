/* guard.h — what a request must look like before anything else looks at it.
 *
 * Debian 12's libmicrohttpd accepts framings that another hop may read differently (request smuggling). The guard refuses them:
 * one Content-Length of digits only, one Host, only "chunked" as transfer coding and not together with a length, header names
 * made of token characters, no control bytes, known methods, a target that begins with "/". */
#ifndef CHIBO_HTTP_GUARD_H
#define CHIBO_HTTP_GUARD_H

#include <stddef.h>

#include "http/route.h"

/* What is known of a request from its header alone. */
struct guard {
	int refused;          /* HTTP status, or 0 */
	unsigned lengths, hosts, codings;
	int64_t length;       /* -1: no Content-Length */
	size_t bytes;         /* of the header lines when written with one blank behind each colon */
};

void guard_begin(struct guard *g);
void guard_header(struct guard *g, const char *name, size_t name_n, const char *value, size_t value_n);
/* Judges the whole: `method` and `version` as they came, header_size the bytes received up to the empty line (0: unknown). */
void guard_end(struct guard *g, const char *method, const char *target, const char *version, size_t header_size);
static inline bool guard_has_body(const struct guard *g) { return g->length > 0 || g->codings; }

/* HTTP_NONE: none of ours. */
enum http_method method_of(const char *name);

#endif
