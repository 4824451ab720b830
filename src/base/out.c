/* out.c — the growing buffer of out.h. */
#include "base/out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SINK_BLOCK = 64 * 1024 };

void out_memory(struct out *o, struct arena *arena)
{
	*o = (struct out){ .arena = arena };
}

void out_to(struct out *o, fail (*sink)(void *arg, const char *data, size_t size), void *arg)
{
	*o = (struct out){ .sink = sink, .sink_arg = arg };
}

void out_free(struct out *o)
{
	if (!o->arena)
		free(o->data);
	*o = (struct out){ .arena = o->arena };
}

static void grow(struct out *o, size_t need)
{
	size_t room = o->room ? o->room : 1024;

	while (room < need)
		room *= 2;
	if (o->arena) {
		char *data = arena_alloc(o->arena, room);

		if (o->size)
			memcpy(data, o->data, o->size);
		o->data = data;
	} else {
		char *data = realloc(o->data, room);

		if (!data)
			abort();
		o->data = data;
	}
	o->room = room;
}

fail out_flush(struct out *o)
{
	if (o->sink && o->size) {
		if (o->failed == FAIL_OK)
			o->failed = o->sink(o->sink_arg, o->data, o->size);
		o->size = 0;
	}
	return o->failed;
}

void out_bytes(struct out *o, const void *data, size_t size)
{
	if (o->sink && o->size + size > SINK_BLOCK)
		(void)!out_flush(o);
	if (o->room - o->size < size)
		grow(o, o->size + size);
	if (size)
		memcpy(o->data + o->size, data, size);
	o->size += size;
}

void out_str(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s));
}

void out_char(struct out *o, char ch)
{
	out_bytes(o, &ch, 1);
}

void out_int(struct out *o, int64_t n)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (n < 0)
		digits[--at] = '-';
	out_bytes(o, digits + at, sizeof digits - at);
}

void out_printf(struct out *o, const char *fmt, ...)
{
	char small[512];
	va_list args;

	va_start(args, fmt);
	int n = vsnprintf(small, sizeof small, fmt, args);
	va_end(args);
	if (n < (int)sizeof small) {
		out_bytes(o, small, n < 0 ? 0 : (size_t)n);
		return;
	}
	if (o->room - o->size < (size_t)n + 1)
		grow(o, o->size + (size_t)n + 1);
	va_start(args, fmt);
	vsnprintf(o->data + o->size, (size_t)n + 1, fmt, args);
	va_end(args);
	o->size += (size_t)n;
}

char *out_text(struct out *o)
{
	if (o->room == o->size)
		grow(o, o->size + 1);
	o->data[o->size] = '\0';
	return o->data;
}
