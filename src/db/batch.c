/* batch.c — values of several rows in one array, their bytes in one buffer. */
#include "db/batch.h"

#include <string.h>

enum { BATCH_BYTES = 64 << 10 };

struct db_batch {
	const struct query *one, *rows;
	struct dbv *v;
	int n, most;      /* rows held; rows of the large statement */
	char *bytes;      /* copies of texts and blobs */
	size_t used, room;
};

struct db_batch *db_batch_new(struct arena *a, const struct query *one, const struct query *rows)
{
	struct db_batch *b = ARENA_NEW(a, struct db_batch);

	*b = (struct db_batch){ .one = one, .rows = rows, .most = rows->params / one->params, .room = BATCH_BYTES };
	b->v = ARENA_ARRAY(a, (size_t)rows->params, struct dbv);
	b->bytes = arena_alloc(a, b->room);
	return b;
}

static size_t bytes_of(struct db_args args)
{
	size_t n = 0;

	for (int i = 0; i < args.n; i++)
		n += args.v[i].type == DBV_TEXT || args.v[i].type == DBV_BLOB ? args.v[i].size + 1 : 0;
	return n;
}

static struct dbv kept(struct db_batch *b, struct dbv v)
{
	if (v.type != DBV_TEXT && v.type != DBV_BLOB)
		return v;
	char *to = b->bytes + b->used;

	if (v.size)
		memcpy(to, v.s, v.size);
	to[v.size] = '\0';
	b->used += v.size + 1;
	v.s = to;
	return v;
}

/* Texts that would not fit go out at once, after what came before them. */
static fail make_room(struct call *c, struct db_batch *b, struct db_args args, bool *sent)
{
	size_t need = bytes_of(args);

	*sent = false;
	if (b->used + need <= b->room)
		return FAIL_OK;
	TRY(db_batch_flush(c, b));
	if (need <= b->room)
		return FAIL_OK;
	*sent = true;
	return db_exec(c, b->one, args, NULL);
}

fail db_batch_add(struct call *c, struct db_batch *b, struct db_args args)
{
	bool sent;

	TRY(make_room(c, b, args, &sent));
	if (sent)
		return FAIL_OK;
	for (int i = 0; i < args.n; i++)
		b->v[b->n * b->one->params + i] = kept(b, args.v[i]);
	if (++b->n < b->most)
		return FAIL_OK;
	b->n = 0;
	b->used = 0;
	return db_exec(c, b->rows, (struct db_args){ b->v, b->rows->params }, NULL);
}

fail db_batch_flush(struct call *c, struct db_batch *b)
{
	int n = b->n;

	b->n = 0;
	b->used = 0;
	for (int i = 0; i < n; i++)
		TRY(db_exec(c, b->one, (struct db_args){ b->v + i * b->one->params, b->one->params }, NULL));
	return FAIL_OK;
}
