/* rulebook.c — one counted set; the last one to let go frees it. */
#include "app/rulebook.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "rules/load.h"

enum { RULES_CEILING = 64 << 20 };

struct book {
	struct arena *arena;
	struct rules rules;
	int holders; /* guarded by `lock` */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct book *in_force;
static char *read_from; /* NULL: the usual places */

static void let_go(void *arg)
{
	struct book *b = arg;
	bool last;

	pthread_mutex_lock(&lock);
	last = --b->holders == 0;
	pthread_mutex_unlock(&lock);
	if (last)
		arena_free(b->arena); /* the book itself lives in it */
}

static void put_in_force(struct book *b)
{
	struct book *before;

	pthread_mutex_lock(&lock);
	before = in_force;
	in_force = b;
	pthread_mutex_unlock(&lock);
	if (before)
		let_go(before);
}

fail rulebook_load(struct call *c, const char *dir)
{
	struct arena *a = arena_new(RULES_CEILING);
	struct book *b;
	fail f;

	if (!a)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	b = ARENA_NEW(a, struct book);
	b->arena = a;
	b->holders = 1;
	f = rules_open(c, a, dir, &b->rules);
	if (f != FAIL_OK) {
		arena_free(a);
		return f;
	}
	if (dir != read_from) {
		free(read_from);
		read_from = dir ? strdup(dir) : NULL;
	}
	put_in_force(b);
	return FAIL_OK;
}

fail rulebook_reload(struct call *c)
{
	return rulebook_load(c, read_from);
}

void rulebook_give(struct call *c)
{
	struct book *b;

	pthread_mutex_lock(&lock);
	b = in_force;
	if (b)
		b->holders++;
	pthread_mutex_unlock(&lock);
	if (!b)
		return;
	c->rules = &b->rules;
	arena_defer(c->arena, let_go, b);
}

fail rulebook_give_from(struct call *c, const char *dir)
{
	struct rules *own;

	if (!dir) {
		rulebook_give(c);
		return FAIL_OK;
	}
	own = ARENA_NEW(c->arena, struct rules);
	TRY(rules_open(c, c->arena, dir, own));
	c->rules = own;
	return FAIL_OK;
}
