/* target.h — measured aims such as T06 "present / expected > 85 %" (domain, section 9), and sizes of samples. Pure. */
#ifndef CHIBO_RULES_TARGET_H
#define CHIBO_RULES_TARGET_H

#include "base/date.h"
#include "base/num.h"
#include "rules/scheme.h"

/* The counters a target may name. Each is a sum over the cells and months of a unit and period, kept by the roll-up:
 * due = months in which a cell existed; regular = of these with a regular meeting; cell_quarters = quarters in which a cell
 * existed; thematic_quarters = of these with a thematic part; complete = regular meetings with all steps and a score in the
 * same sitting; cell_years = cells that existed in the year; good_years = of these with class Good; self_scored, self_good = regular
 * meetings with the cell's own sheet, and of these Good. From `cells` on they are of years (rollup/rollup.h): cells and bodies are counted apart;
 * classified = with an annual level, good_or_better = of these Good or Excellent. */
#define COUNTER_LIST(X)                                                                                                \
	X(due) X(regular) X(cell_quarters) X(thematic_quarters) X(meetings) X(pre_meetings) X(complete) X(present)         \
	X(expected) X(cell_years) X(good_years) X(self_scored) X(self_good) X(cells) X(cells_registered) X(cells_assessed) \
	X(cells_met) X(cells_recognised) X(cells_exemplary) X(cells_excellent) X(cells_good) X(cells_completed)            \
	X(cells_not_completed) X(cells_classified) X(cells_good_or_better) X(bodies) X(bodies_registered)                  \
	X(bodies_assessed) X(bodies_met) X(bodies_recognised) X(bodies_exemplary) X(bodies_excellent) X(bodies_good)       \
	X(bodies_completed) X(bodies_not_completed) X(bodies_classified) X(bodies_good_or_better) X(members)               \
	X(members_excellent) X(members_good) X(members_completed) X(members_not_completed) X(members_classified)           \
	X(members_good_or_better) X(members_with_initiative) X(secretaries) X(secretaries_good) X(initiatives)
enum counter {
#define X(name) COUNTER_##name,
	COUNTER_LIST(X)
#undef X
	COUNTER_COUNT
};
extern const char *const counter_words[]; /* NULL-ended, by enum counter */
const char *counter_title(enum counter counter, enum lang lang);

enum target_compare { TARGET_FROM, TARGET_ABOVE, TARGET_EXACTLY, TARGET_REPORTED }; /* ≥ > =; reported only: no threshold */

struct target {
	const char *id; /* "T06" */
	two_texts title, note;
	const char *source;
	struct date valid_from, valid_to; /* chosen by the last day of the period */
	const char *scope;
	enum counter numerator, denominator;
	enum target_compare compare;
	int64_t num, den;      /* the threshold as a fraction: 85/100; 0/0 where it is only reported */
	const char *threshold; /* "> 85", "≥ 90", "= 100": per cent, as the contract prints it; "reported" */
	struct place at;
};

struct target_result {
	int64_t numerator, denominator;
	bool known;              /* false when the denominator is 0 or nothing is required: neither met nor missed */
	bool met;
	char percent[NUM_TEXT];  /* "90.48", half up; "" of nothing. Above 100 is legal (W2) */
	int64_t needed;          /* least numerator that meets the target with this denominator */
};
struct target_result target_eval(const struct target *t, int64_t numerator, int64_t denominator);
/* "> 85 %" in the words of the language: "trên 85 %", "at least 90 %". Static or arena memory. */
const char *target_threshold_words(struct arena *a, const struct target *t, enum lang lang);

/* T11, T12: how many of n cells make a sample of lo_percent … hi_percent: lo = ceil, hi = floor; when n is too small for
 * both, one cell; none of none. */
struct sample { int64_t lo, hi; };
struct sample sample_size(int64_t n, int lo_percent, int hi_percent);

/* The most that may be Excellent when `base` are counted: floor(base × percent / 100); and the least base that allows
 * `count` of them (domain, section 8; W10). */
int64_t cap_allowed(int64_t base, int percent);
int64_t cap_base_needed(int64_t count, int percent);

#endif
