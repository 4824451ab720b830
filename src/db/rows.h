/* rows.h — result rows become structs by the record descriptions. For the files of this room only. */
#ifndef CHIBO_DB_ROWS_H
#define CHIBO_DB_ROWS_H

#include "db/engine.h"

/* Matches the columns of a statement to the fields of a record, once per prepared statement. */
fail rows_map(struct call *c, struct db_rows *r, const struct record *record) MUST_CHECK;
/* Fills *row, which holds the empty values, from the current result row. Texts are copied to `a`, or point into the engine's
 * memory when it is NULL. */
fail rows_fill(struct call *c, struct db_rows *r, struct arena *a, void *row) MUST_CHECK;

#endif
