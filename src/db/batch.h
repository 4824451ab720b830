/* batch.h — the same INSERT for many rows, sent several at a time.
 *
 * A statement marked `-- rows: N` exists twice: Q_name for one row and Q_name_rows for N. A batch keeps copies of the values until it has N
 * rows. What it keeps is not in the database yet: flush before reading it back, and in the end. A failure belongs to the batch as a whole, so
 * whoever has to blame a single row looks before adding it. Inside db_write only. */
#ifndef CHIBO_DB_BATCH_H
#define CHIBO_DB_BATCH_H

#include "db/db.h"

struct db_batch;

/* Lives in the arena. */
struct db_batch *db_batch_new(struct arena *a, const struct query *one, const struct query *rows);
fail db_batch_add(struct call *c, struct db_batch *b, struct db_args args) MUST_CHECK;
/* Sends what is left, row by row. */
fail db_batch_flush(struct call *c, struct db_batch *b) MUST_CHECK;

#endif
