/* bulk_year.h — the large demonstration: what the year of each cell is counted from besides meetings, written straight into the tables: tasks, targets,
 * papers, registers, the classification of its members and of itself, "four good". */
#ifndef CHIBO_DEMO_BULK_YEAR_H
#define CHIBO_DEMO_BULK_YEAR_H

#include "base/call.h"
#include "demo/model.h"
#include "rollup/rollup.h"

/* The rows of one province. Lives in the call's arena; inside db_write. */
struct bulk_year;
struct bulk_year *bulk_year_new(struct call *c, int year, struct date today, int64_t *next_id, struct rollup_dirty *dirty);
/* The year of one cell and its n members; `first_able` is the index of its secretary among them. */
fail bulk_year_cell(struct bulk_year *y, int64_t realm, int64_t unit, const char *code, const struct cell_profile *p, const int64_t *members, int n,
                    int first_able) MUST_CHECK;
/* Sends what waits. */
fail bulk_year_end(struct bulk_year *y) MUST_CHECK;

#endif
