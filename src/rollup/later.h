/* later.h — telling the counters in memory what a commit has changed. For the files of this room.
 *
 * Whoever writes rows of cell_month and cell_year knows only this; what keeps the counters (memory.h) begins with a struct listener. */
#ifndef CHIBO_ROLLUP_LATER_H
#define CHIBO_ROLLUP_LATER_H

#include "rollup/row.h"

/* A changed month, or the changed record of a year: then `month` is its January. */
struct moved {
	int64_t unit_id;
	month_no month;
	bool of_year;
	union {
		struct cell_facts facts;
		struct unit_year year;
	};
};

/* First member of struct rollup. Called after the commit, from any thread. */
struct listener {
	void (*put)(struct rollup *r, const struct moved *v, size_t n);
	void (*read_again)(struct rollup *r); /* all of it */
};

/* Registers changed months and years for after the commit; `v` must last until then. Nothing when c->rollup is NULL. */
void rollup_later(struct call *c, const struct moved *v, size_t n);
/* The same for so many that all is read again. */
void rollup_later_all(struct call *c);

#endif
