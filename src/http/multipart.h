/* multipart.h — multipart/form-data, part by part as it arrives.
 *
 * Nothing but one part's headers and a boundary's length is held back; what becomes of the bytes is the receiver's business. */
#ifndef CHIBO_HTTP_MULTIPART_H
#define CHIBO_HTTP_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct multipart_receiver {
	void *arg;
	/* A part begins; filename and type may be NULL. Any of these returning false ends the reading. */
	bool (*begin)(void *arg, const char *name, const char *filename, const char *type);
	bool (*data)(void *arg, const char *bytes, size_t n);
	bool (*end)(void *arg);
};

struct multipart;

/* NULL: not a boundary (1 to 70 visible characters). */
struct multipart *multipart_new(struct arena *a, const char *boundary, const struct multipart_receiver *to);
/* False: malformed, or the receiver said no. */
bool multipart_feed(struct multipart *m, const char *bytes, size_t n);
/* Was the last boundary seen? */
bool multipart_done(const struct multipart *m);

#endif
