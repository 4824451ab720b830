/* told.h — a case told by its totals, as files and old papers have it: taken in whole or refused. Private to src/year.
 *
 * Such a case is `imported`: its steps were on paper, so they are written as the way of the table to where it stands, and no votes are asked for. One
 * that was kept here step by step is not changed by a file: the same row again is the same, another one is a conflict. Inside db_write. */
#ifndef CHIBO_YEAR_TOLD_H
#define CHIBO_YEAR_TOLD_H

#include "exchange/exchange.h"
#include "rollup/rollup.h"
#include "rules/levels.h"
#include "year/case_keep.h"

struct told {
	unsigned kind, state;
	int64_t year;
	struct date registered_on, decided_on;
	struct tenths points[CASE_STAGES]; /* TENTHS_NONE: the file has none */
	unsigned result[CASE_STAGES];
	bool exemplary;
	const char *decision_no, *moved_to; /* "": the file has none */
};

/* Kept over the rows of a file: the unit of the row before, with the rules that hold for it. */
struct told_state {
	char unit_code[256];
	struct unit unit;
	int64_t unit_year;
	const struct levels_rule *levels[CASE_KINDS];
	struct tenths standard;
	struct rollup_dirty *dirty;
	struct db_batch *steps;
};
fail told_begin(struct call *c, struct import *im, void **out) MUST_CHECK;
/* Fills s->unit for a row; FAIL_DENIED where the person may not import. */
fail told_unit(struct call *c, struct told_state *s, const char *code, int64_t year) MUST_CHECK;
enum told_outcome { TOLD_ADDED, TOLD_CHANGED, TOLD_SAME };
fail told_take(struct call *c, struct told_state *s, const struct told *t, int64_t member_id, enum told_outcome *outcome, int64_t *case_id) MUST_CHECK;
fail told_finish(struct call *c, struct import *im, void *state) MUST_CHECK;

#endif
