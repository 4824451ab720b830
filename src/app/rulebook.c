/* rulebook.c — one counted set; the last one to let go frees it. */
#include "app/rulebook.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "rules/load.h"
#include "year/tables.h"

enum { RULES_CEILING = 64 << 20 };

struct book {
	struct arena *arena;
	struct rules rules;
	bool with_tables; /* read with a database at hand */
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

struct tables { struct rule_text *v; size_t n; };

static fail read_tables(struct call *c, void *arg)
{
	struct tables *t = arg;

	return tables_issued(c, &t->v, &t->n);
}

static fail open_book(struct call *c, const char *dir, const struct tables *tables, struct book **out)
{
	struct arena *a = arena_new(RULES_CEILING);
	fail f;

	if (!a)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	*out = ARENA_NEW(a, struct book);
	(*out)->arena = a;
	(*out)->holders = 1;
	f = rules_open_with(c, a, dir, tables->v, tables->n, &(*out)->rules);
	if (f != FAIL_OK)
		arena_free(a);
	return f;
}

static bool is_loaded(void)
{
	pthread_mutex_lock(&lock);
	bool loaded = in_force != NULL && in_force->with_tables;

	pthread_mutex_unlock(&lock);
	return loaded;
}

/* The files rule alone where the local tables do not go together with them and there is nothing better yet. */
static fail open_without(struct call *c, const char *dir, struct book **out)
{
	const struct tables none = { 0 };

	fprintf(c->err, "%s\n%s\n", c->problem.text, tr(c->lang, "The local tables do not go together with the rule files and are left out."));
	problem_clear(c);
	return open_book(c, dir, &none, out);
}

fail rulebook_load(struct call *c, const char *dir)
{
	struct tables tables = { 0 };
	struct book *b;
	fail f;

	if (c->db)
		TRY(db_read(c, read_tables, &tables));
	f = open_book(c, dir, &tables, &b);
	if (f == FAIL_INPUT && tables.n && !is_loaded())
		f = open_without(c, dir, &b);
	if (f != FAIL_OK)
		return f;
	b->with_tables = c->db != NULL;
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
	struct tables tables = { 0 };

	own = ARENA_NEW(c->arena, struct rules);
	if (c->db)
		TRY(db_read(c, read_tables, &tables));
	TRY(rules_open_with(c, c->arena, dir, tables.v, tables.n, own));
	c->rules = own;
	return FAIL_OK;
}
