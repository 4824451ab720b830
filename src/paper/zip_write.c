/* zip_write.c — local headers, packed bytes, central directory. No part reaches 4 GB. */
#include "paper/zip_write.h"

#include <string.h>
#include <zlib.h>

enum { VERSION = 20, UTF8_NAMES = 0x800, DEFLATED = 8, DAY = 1 << 5 | 1 };

fail zip_write_pack(struct call *c, struct arena *keep, const char *path, const void *data, size_t n, int level, struct zip_part *out)
{
	z_stream z = { 0 };
	unsigned char *packed;
	size_t room;
	int status;

	if (n > UINT32_MAX / 2 || deflateInit2(&z, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	room = deflateBound(&z, (uLong)n);
	packed = arena_alloc(keep, room);
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)n;
	z.next_out = packed;
	z.avail_out = (uInt)room;
	status = deflate(&z, Z_FINISH);
	*out = (struct zip_part){ path, packed, (uint32_t)z.total_out, (uint32_t)n, (uint32_t)crc32_z(0, data, n) };
	deflateEnd(&z);
	return status == Z_STREAM_END ? FAIL_OK : problem(c, FAIL_BROKEN, "", "the document cannot be packed");
}

static void put16(struct out *o, unsigned n)
{
	unsigned char b[2] = { (unsigned char)n, (unsigned char)(n >> 8) };

	out_bytes(o, b, 2);
}

static void put32(struct out *o, uint32_t n)
{
	put16(o, n & 0xffff);
	put16(o, n >> 16);
}

/* What local header and central directory have in common. */
static void put_common(struct out *o, const struct zip_entry *e)
{
	put16(o, VERSION);
	put16(o, UTF8_NAMES);
	put16(o, DEFLATED);
	put16(o, 0);
	put16(o, DAY);
	put32(o, e->crc);
	put32(o, e->packed_size);
	put32(o, e->size);
	put16(o, (unsigned)strlen(e->path));
	put16(o, 0);
}

void zip_write_begin(struct zip_writer *w, struct arena *arena, struct out *out)
{
	*w = (struct zip_writer){ .out = out, .begin = out->size, .arena = arena };
}

void zip_write_part(struct zip_writer *w, const struct zip_part *part)
{
	struct zip_entry e = { part->path, (uint32_t)(w->out->size - w->begin), part->packed_size, part->size, part->crc };

	if (w->n == w->room) {
		struct zip_entry *old = w->entries;

		w->room = w->room ? 2 * w->room : 16;
		w->entries = ARENA_ARRAY(w->arena, w->room, struct zip_entry);
		if (old)
			memcpy(w->entries, old, w->n * sizeof *old);
	}
	w->entries[w->n++] = e;
	put32(w->out, 0x04034b50);
	put_common(w->out, &e);
	out_str(w->out, e.path);
	out_bytes(w->out, part->packed, part->packed_size);
}

void zip_write_end(struct zip_writer *w)
{
	size_t directory = w->out->size - w->begin, end;

	for (size_t i = 0; i < w->n; i++) {
		put32(w->out, 0x02014b50);
		put16(w->out, VERSION);
		put_common(w->out, &w->entries[i]);
		put16(w->out, 0);
		put16(w->out, 0);
		put16(w->out, 0);
		put32(w->out, 0);
		put32(w->out, w->entries[i].at);
		out_str(w->out, w->entries[i].path);
	}
	end = w->out->size - w->begin;
	put32(w->out, 0x06054b50);
	put32(w->out, 0);
	put16(w->out, (unsigned)w->n);
	put16(w->out, (unsigned)w->n);
	put32(w->out, (uint32_t)(end - directory));
	put32(w->out, (uint32_t)directory);
	put16(w->out, 0);
}
