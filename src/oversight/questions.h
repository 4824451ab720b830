/* questions.h — what the figures of a cell's year make one ask: why it scores itself higher than the committee does, why every month gets the same points,
 * why points rise while fewer people come, why sheets are alike to the last line (issue "honest figures").
 *
 * A question is no finding: it changes no points, ranks nobody and is asked of the cell first. The committee above sees it once the cell has answered, or
 * QUESTION_DAYS after it was asked. One of each kind a cell and year; the figures of an unanswered one follow the records, and it goes when they no
 * longer raise it. What was answered stays as it was.
 *
 * Thresholds are settings of the province (org_setting of the realm, "question_…"), not rules: nothing is decided by them, so they need neither a source
 * nor a day from which they hold.
 *
 *	question_gap              50  tenths between own and decided points, on average
 *	question_gap_months        3  months with both, at least
 *	question_constant_months   6  months with the same own points, at least
 *	question_rise             20  tenths by which points rise from the first to the second half of the months
 *	question_fall              3  per cent by which attendance falls between them
 *	question_same_sheets       4  sheets of the year with the same points in every line
 *	question_same_cells        5  other cells of the committee with that sheet in the same month */
#ifndef CHIBO_OVERSIGHT_QUESTIONS_H
#define CHIBO_OVERSIGHT_QUESTIONS_H

#include "db/db.h"
#include "org/unit.h"

#define QUESTION_DAYS 14

enum question_kind { QUESTION_NONE, QUESTION_GAP, QUESTION_CONSTANT, QUESTION_DIVERGING, QUESTION_IDENTICAL, QUESTION_KINDS };
extern const char *const question_kinds[]; /* "" gap constant diverging identical, NULL-ended */

struct figure_question {
	int64_t realm, unit_id, year, rev; /* rev 0: found, not asked yet */
	unsigned kind;
	const char *figures;               /* JSON: {"months":8,"self":7640,"decided":7120} */
	struct date asked_on, answered_on; /* answered_on DATE_NONE: not answered */
	const char *answer, *answered_by;
	/* read only */
	const char *unit_code, *unit_name;
	const char *text;                  /* the question as a sentence with its figures, in the call's language */
};
extern const struct record figure_question_record;
struct figure_questions { struct figure_question *v; size_t n; };

/* A regular meeting held: the figures that questions are made of, in the order of the year. INT_UNKNOWN where nothing was recorded; points in tenths. */
struct question_month { int64_t month, self_points, decided_points, points, expected, present; };

/* ---- inside db_read or db_write ---- */

fail questions_months(struct call *c, const struct unit *cell, int year, struct question_month **out, size_t *n) MUST_CHECK;

/* What the records raise now, asked or not. `cell` as on the last day of the year. */
fail questions_find(struct call *c, const struct unit *cell, int year, struct figure_questions *out) MUST_CHECK;
/* Those asked of a cell. Answered or not: whoever reads this must belong to the cell (MAY_RECORD on it). */
fail questions_of_cell(struct call *c, int64_t unit_id, int year, struct figure_questions *out) MUST_CHECK;
/* Those of all cells below a unit today that the committee may see by now: answered, or asked QUESTION_DAYS ago. By unit. */
fail questions_below(struct call *c, int64_t unit_id, int year, struct figure_questions *out) MUST_CHECK;

/* ---- writing: each opens a write transaction or joins the open one, with its journal entry ---- */

/* Asks what the records of a cell, or of all cells below a unit, raise, and brings the figures of unanswered questions up to date. *asked (may be NULL): new
 * ones. */
fail questions_ask(struct call *c, int64_t unit_id, int year, int64_t *asked) MUST_CHECK;
/* The same for every committee that has cells, each in a transaction of its own, for this year and until the end of February for the year before. What the
 * server does once a night (questions_due). */
fail questions_ask_all(struct call *c, int64_t *asked) MUST_CHECK;
/* Is it night, and were they not asked this night? `last` is the day on which they were asked, which the caller keeps. */
bool questions_due(const struct call *c, struct date last);
/* The cell's answer. FAIL_NOT_FOUND: not asked; FAIL_CONFLICT: another rev; FAIL_INPUT at "answer": empty. It can be bettered until the end of the year after. */
fail question_answer(struct call *c, int64_t unit_id, int year, unsigned kind, int64_t rev, const char *answer, struct figure_question *out) MUST_CHECK;

#endif
