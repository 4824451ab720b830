/* source.h — the bytes of a file to be read: an open file or a block of memory.
 *
 * Read from front to end, any number of times. A file that cannot seek (a pipe) is first copied into an unnamed temporary file. */
#ifndef CHIBO_SHEET_SOURCE_H
#define CHIBO_SHEET_SOURCE_H

#include "base/call.h"

struct source {
	const char *name; /* without folders, for messages */
	FILE *file;       /* NULL: memory */
	const char *data;
	size_t size, at;
};

#define DIGEST_TEXT 65

/* Takes over `file`; it is closed by source_close. `name` must last as long as the source. */
fail source_file(struct call *c, const char *name, FILE *file, struct source *out) MUST_CHECK;
/* The memory stays the caller's and must outlive the source. */
void source_memory(const char *name, const void *data, size_t size, struct source *out);
void source_close(struct source *s);

/* Reads up to `room` bytes; *got 0 at the end. */
fail source_read(struct call *c, struct source *s, void *to, size_t room, size_t *got) MUST_CHECK;
void source_rewind(struct source *s);
/* BLAKE2b-256 of all bytes as hexadecimal text; the reading place is as before. */
fail source_digest(struct call *c, struct source *s, char hex[DIGEST_TEXT]) MUST_CHECK;

#endif
