/* memory.h — the counters in memory of a server: one cube, kept in step with the database, read by many threads.
 *
 * Loaded at start from cell_month and cell_year. After every commit the rows it changed are put into the cube (rollup_touch registers that), each with
 * its revision, so that the order in which threads arrive does not matter. Readers share a lock; a change takes it for about a
 * microsecond. When the tree, the day or the rules have moved, the next reader builds a new cube from the facts of the old one beside
 * it (readers go on with the old one; changes that arrive meanwhile are kept and repeated on the new), and puts it in its place.
 *
 * On PostgreSQL other processes write too: before answering, the ends of the journal's chains are compared with those last seen, and
 * the units named by new entries are read again; an entry that names none (a file imported, rows remade) reads everything again.
 *
 * Kept are the years from the first with a meeting, at most MEMORY_YEARS back, to next year. */
#ifndef CHIBO_ROLLUP_MEMORY_H
#define CHIBO_ROLLUP_MEMORY_H

#include "rollup/cube.h"
#include "rollup/later.h"

#define MEMORY_YEARS 10

/* Loads everything in a read of its own. c->rules decides the year rules. The result is put into c->rollup by the server for every call; it
 * lasts until rollup_close. */
fail rollup_open(struct call *c, struct rollup **out) MUST_CHECK;
void rollup_close(struct rollup *r);

/* ---- for the files of this room ---- */

/* The cube, brought up to date, held for reading until rollup_unlock, or until the arena is full. Does not nest. Without a server
 * (c->rollup NULL) one is loaded for this call: for the unit and period of `want`, or everything when that is NULL. */
struct rollup_want { int64_t unit_id; struct period period; };
fail rollup_lock(struct call *c, const struct rollup_want *want, const struct cube **out) MUST_CHECK;
void rollup_unlock(struct call *c);

#endif
