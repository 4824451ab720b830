/* out.h — one growing buffer of bytes, for pages, JSON and files.
 *
 * A buffer either grows in memory (out_memory) or passes full blocks on to a sink (out_to), which is how large reports are
 * streamed in constant memory. It never fails halfway: a sink that fails is remembered and reported by out_flush. */
#ifndef CHIBO_BASE_OUT_H
#define CHIBO_BASE_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fail.h"

struct out {
	char *data; /* not zero-terminated; use out_text */
	size_t size, room;
	struct arena *arena;                                      /* owner of `data`, or NULL: malloc'd, freed by out_free */
	fail (*sink)(void *arg, const char *data, size_t size);   /* NULL: grow in memory */
	void *sink_arg;
	fail failed; /* first failure of the sink */
};

void out_memory(struct out *o, struct arena *arena);
void out_to(struct out *o, fail (*sink)(void *arg, const char *data, size_t size), void *arg);
void out_free(struct out *o);

void out_bytes(struct out *o, const void *data, size_t size);
void out_str(struct out *o, const char *s);
void out_char(struct out *o, char ch);
void out_int(struct out *o, int64_t n);
void out_printf(struct out *o, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Passes what is buffered to the sink; returns the first failure. */
fail out_flush(struct out *o) MUST_CHECK;
/* The bytes so far with a zero behind them; belongs to the buffer. Memory buffers only. */
char *out_text(struct out *o);

#endif
