/* assess_keep.h — what the files of sheets share. Private to src/year. */
#ifndef CHIBO_YEAR_ASSESS_KEEP_H
#define CHIBO_YEAR_ASSESS_KEEP_H

#include "rules/levels.h"
#include "year/assess.h"

/* The table for a kind, year and unit (as it was on its last day): in force on the last day, nearest. FAIL_INPUT when there is none. */
fail assess_scheme(struct call *c, unsigned kind, int64_t year, const struct unit *unit, const struct scheme **out) MUST_CHECK;
/* The rule of levels, or NULL with FAIL_INPUT as above. */
fail assess_levels(struct call *c, unsigned kind, int64_t year, const struct unit *unit, const struct levels_rule **out) MUST_CHECK;
/* The unit of a case as on the last day of its year. */
fail assess_unit(struct call *c, const struct year_case *k, struct unit *out) MUST_CHECK;
/* Vetoes, or the conditions of levels, of a sheet with these facts; *result: RESULT_NONE while it is open; *facts gets the bits of all facts looked at. */
struct assess_outcome {
	struct year_condition *v;
	size_t n;
	unsigned result;
	uint64_t facts;
};
/* rule NULL for "four good". */
void assess_conclude(struct call *c, const struct scored_sheet *sheet, const struct levels_rule *rule, const struct facts *facts,
                     struct assess_outcome *out);
/* The level of points alone with these facts: for totals. */
unsigned assess_result_of_level(enum level level);
/* A new revision over `last` (revision 0: there was none) with its lines and its journal entry. Fills realm, case, revision, actor and
 * time of *s. Neither raises the case nor takes a step. Inside db_write. */
fail assess_keep(struct call *c, struct year_case *k, const struct year_sheet *last, struct year_sheet *s, const struct scored_sheet *lines,
                 const struct line_whys *whys) MUST_CHECK;
/* The same of a total without lines, without a journal entry: files have theirs. */
fail assess_total(struct call *c, const struct year_case *k, const struct year_sheet *last, struct year_sheet *s) MUST_CHECK;

#endif
