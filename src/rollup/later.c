/* later.c — from the transaction to the listener. */
#include "rollup/later.h"

struct later { struct rollup *r; const struct moved *v; size_t n; };

static struct listener *listener(struct rollup *r)
{
	return (struct listener *)r;
}

static void put(void *arg)
{
	const struct later *l = arg;

	listener(l->r)->put(l->r, l->v, l->n);
}

static void read_again(void *arg)
{
	listener(arg)->read_again(arg);
}

void rollup_later(struct call *c, const struct moved *v, size_t n)
{
	if (!c->rollup || n == 0)
		return;
	struct later *l = ARENA_NEW(c->arena, struct later);

	*l = (struct later){ c->rollup, v, n };
	call_after_commit(c, put, l);
}

void rollup_later_all(struct call *c)
{
	if (c->rollup)
		call_after_commit(c, read_again, c->rollup);
}
