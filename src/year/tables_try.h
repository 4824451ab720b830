/* tables_try.h — a table tried on a year: who would pass, before anybody signs it.
 *
 * Both tables are computed from the same facts of that year, gathered now. Points that people gave are those of the sheet that counts, taken over in
 * proportion to the maximum; a criterion that is new takes the share of the one it was split from ("G1.4.1" of G1.4), or stays open. A pass is gained or
 * lost only where both are settled. Units for which a
 * table of a nearer committee holds are left out and counted. */
#ifndef CHIBO_YEAR_TABLES_TRY_H
#define CHIBO_YEAR_TABLES_TRY_H

#include "year/tables_shown.h"

/* Fills numbers and rows (changed ones first, then by name) of *v for a table and v->year. Inside db_read. */
fail table_try(struct call *c, const struct local_table *t, const struct scheme *s, struct try_view *v) MUST_CHECK;

#endif
