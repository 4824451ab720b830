/* arena.h — memory that is freed as a group.
 *
 * Every call owns one arena; results live there and no handler frees anything. An arena has a ceiling: a request that
 * would pass it ends (the arena's `full` handler is called, which leaves by longjmp; without one the process aborts), so a
 * hostile upload ends its request and not the process. Under -DARENA_DEBUG every object gets a heap block of its own, so that sanitizers see
 * a one-byte overrun. Pure: also built for wasm32. */
#ifndef CHIBO_BASE_ARENA_H
#define CHIBO_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/fail.h"

struct arena;

/* A new arena that will hand out at most `ceiling` bytes. NULL when the machine has no memory. */
struct arena *arena_new(size_t ceiling);
/* Runs the registered clean-ups (latest first), then frees everything. NULL is allowed. */
void arena_free(struct arena *a);
/* Runs the clean-ups and forgets every object, but keeps memory for reuse: for streaming, row by row. */
void arena_reset(struct arena *a);
/* Called when the ceiling is reached or memory runs out; it must not return (longjmp). NULL: abort. Returns the handler before,
 * through *old_arg its argument, so that handlers nest. */
typedef void arena_full(void *arg);
arena_full *arena_on_full(struct arena *a, arena_full *full, void *arg, void **old_arg);

/* Zeroed memory, aligned for any object. Never NULL. */
void *arena_alloc(struct arena *a, size_t size);
/* Room for n objects of `size` bytes; a multiplication that overflows counts as full. */
void *arena_array(struct arena *a, size_t n, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list args);
/* Texts one behind the other, ended by NULL: where a page makes hundreds of addresses, printf is half of its time. */
char *arena_join(struct arena *a, const char *first, ...) __attribute__((sentinel));
/* `done(arg)` is called when the arena is reset or freed, also after a jump. */
void arena_defer(struct arena *a, void (*done)(void *arg), void *arg);
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

#endif
