/* arena.c — blocks that double in size up to a limit, freed together. Not thread-safe: an arena belongs to one call. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(ALIGN) char data[];
};

struct deferred {
	struct deferred *next;
	void (*done)(void *arg);
	void *arg;
};

struct arena {
	struct block *blocks; /* newest first */
	size_t ceiling, used, next_size;
	struct deferred *deferred;
	arena_full *full;
	void *full_arg;
};

struct arena *arena_new(size_t ceiling)
{
	struct arena *a = calloc(1, sizeof *a);

	if (a) {
		a->ceiling = ceiling;
		a->next_size = FIRST_BLOCK;
	}
	return a;
}

static void run_deferred(struct arena *a)
{
	while (a->deferred) {
		struct deferred *d = a->deferred;

		a->deferred = d->next;
		d->done(d->arg);
	}
}

static void free_blocks(struct block *b)
{
	while (b) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	run_deferred(a);
	free_blocks(a->blocks);
	free(a);
}

/* The newest block is the largest: it is the one worth keeping. */
void arena_reset(struct arena *a)
{
	run_deferred(a);
	a->used = 0;
	if (!a->blocks)
		return;
#ifdef ARENA_DEBUG
	free_blocks(a->blocks);
	a->blocks = NULL;
#else
	free_blocks(a->blocks->next);
	a->blocks->next = NULL;
	a->blocks->used = 0;
#endif
}

arena_full *arena_on_full(struct arena *a, arena_full *full, void *arg, void **old_arg)
{
	arena_full *old = a->full;

	if (old_arg)
		*old_arg = a->full_arg;
	a->full = full;
	a->full_arg = arg;
	return old;
}

_Noreturn static void give_up(struct arena *a)
{
	if (a->full)
		a->full(a->full_arg);
	fputs("chibo: memory limit of a call reached\n", stderr);
	abort();
}

static struct block *new_block(struct arena *a, size_t size)
{
	struct block *b = malloc(sizeof *b + size);

	if (!b)
		give_up(a);
	b->next = a->blocks;
	b->size = size;
	b->used = 0;
	a->blocks = b;
	return b;
}

static struct block *block_with_room(struct arena *a, size_t size)
{
#ifdef ARENA_DEBUG
	return new_block(a, size);
#else
	if (a->blocks && a->blocks->size - a->blocks->used >= size)
		return a->blocks;
	size_t want = a->next_size;

	if (a->next_size < LARGEST_BLOCK)
		a->next_size *= 2;
	return new_block(a, want > size ? want : size);
#endif
}

void *arena_alloc(struct arena *a, size_t size)
{
	if (size > a->ceiling - a->used)
		give_up(a);
#ifdef ARENA_DEBUG
	size_t room = size ? size : 1; /* exact, so that the byte behind is poisoned */
#else
	size_t room = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
#endif
	struct block *b = block_with_room(a, room);
	void *p = b->data + b->used;

	b->used += room;
	a->used += size;
	memset(p, 0, size);
	return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / 2 / size)
		give_up(a);
	return arena_alloc(a, n * size);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy = arena_alloc(a, n + 1);

	if (n)
		memcpy(copy, s, n);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

/* Short texts, nearly all there are, are formatted once. */
char *arena_vprintf(struct arena *a, const char *fmt, va_list args)
{
	char small[256];
	va_list again;

	va_copy(again, args);
	int n = vsnprintf(small, sizeof small, fmt, args);
	char *s = arena_strndup(a, small, n < 0 ? 0 : n < (int)sizeof small ? (size_t)n : sizeof small - 1);

	if (n >= (int)sizeof small) {
		s = arena_alloc(a, (size_t)n + 1);
		vsnprintf(s, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	return s;
}

char *arena_join(struct arena *a, const char *first, ...)
{
	va_list args, again;
	size_t size = 0;

	va_start(args, first);
	va_copy(again, args);
	for (const char *s = first; s; s = va_arg(args, const char *))
		size += strlen(s);
	va_end(args);
	char *joined = arena_alloc(a, size + 1), *to = joined;

	for (const char *s = first; s; s = va_arg(again, const char *)) {
		size_t n = strlen(s);

		memcpy(to, s, n);
		to += n;
	}
	va_end(again);
	return joined;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *s = arena_vprintf(a, fmt, args);
	va_end(args);
	return s;
}

void arena_defer(struct arena *a, void (*done)(void *arg), void *arg)
{
	struct deferred *d = ARENA_NEW(a, struct deferred);

	d->next = a->deferred;
	d->done = done;
	d->arg = arg;
	a->deferred = d;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
