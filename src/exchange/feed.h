/* feed.h — the reading half of an import: a thread that turns the rows of a table into structs, a few hundred at a time, while the other
 * half gives them to the database. */
#ifndef CHIBO_EXCHANGE_FEED_H
#define CHIBO_EXCHANGE_FEED_H

#include "exchange/columns.h"
#include "sheet/table.h"

enum { FEED_ROWS = 256 };

struct fed_row {
	int64_t line;
	void *row;
	bool bad;       /* has issues: not for the database */
};

/* Rows in the order of the file, with the issues of those that are bad. Everything lives until the batch is given back. */
struct batch {
	struct arena *arena;
	struct fed_row rows[FEED_ROWS];
	size_t n;
	char *structs;
	struct issues issues;
	struct problem failed;  /* code FAIL_OK; or why the reading had to stop: memory, disk */
	bool last;
	int64_t done, total;    /* how far the reading is, in bytes of the file */
	const char *digest;     /* of the file, with the last batch */
};

struct feed;

/* Starts reading from the first row. */
fail feed_start(struct call *c, const struct exchange_kind *kind, struct table_reader *table, struct feed **out) MUST_CHECK;
/* The next batch; after the one with `last` there is none. The batch before is given back. */
struct batch *feed_next(struct feed *f);
/* Ends the thread, wherever it is. NULL is allowed. */
void feed_stop(struct feed *f);

#endif
