/* zip_write.h — a ZIP file written straight into a buffer, the same bytes for the same parts.
 *
 * Parts that never change are packed once and copied as they are; every part carries the same day of 1980. */
#ifndef CHIBO_PAPER_ZIP_WRITE_H
#define CHIBO_PAPER_ZIP_WRITE_H

#include <stdint.h>

#include "base/call.h"
#include "base/out.h"

struct zip_part {
	const char *path;
	const void *packed; /* raw deflate */
	uint32_t packed_size, size, crc;
};

struct zip_entry { const char *path; uint32_t at, packed_size, size, crc; };

struct zip_writer {
	struct out *out;
	size_t begin;
	struct zip_entry *entries;
	size_t n, room;
	struct arena *arena;
};

/* Packs bytes once. The packed bytes live in `keep`. */
fail zip_write_pack(struct call *c, struct arena *keep, const char *path, const void *data, size_t n, int level, struct zip_part *out) MUST_CHECK;
/* `out` grows in memory; the entries live in `arena`. */
void zip_write_begin(struct zip_writer *w, struct arena *arena, struct out *out);
void zip_write_part(struct zip_writer *w, const struct zip_part *part);
void zip_write_end(struct zip_writer *w);

#endif
