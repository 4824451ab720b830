/* holidays.h — public holidays, and to which day a meeting goes whose fixed day falls on one. Pure.
 *
 * Holidays are data (rules/holidays.yaml). All rules that are valid on a day and apply to the unit count together, so that a province adds
 * its own days; how to move, and whether Saturday and Sunday move too, is said by the nearest rule that says it. A regular meeting never
 * leaves its month (V03): where the next working day lies in another one, the last working day before is taken. */
#ifndef CHIBO_RULES_HOLIDAYS_H
#define CHIBO_RULES_HOLIDAYS_H

#include "rules/rules.h"

enum holiday_move { MOVE_UNSAID, MOVE_NEXT, MOVE_PREVIOUS, MOVE_KEEP };
extern const char *const holiday_move_words[]; /* "" next_working_day previous_working_day keep, NULL-ended */
enum holiday_weekend { WEEKEND_UNSAID, WEEKEND_KEEP, WEEKEND_MOVE };
extern const char *const holiday_weekend_words[]; /* "" keep move, NULL-ended */

/* Days off: every year on a day of a month, or once from one date to another. */
struct holiday {
	int month, day;       /* 0: not every year */
	struct date from, to; /* both inclusive */
	two_texts title;
};

struct holidays {
	const char *id;
	two_texts title, note;
	const char *source;
	struct date valid_from, valid_to;
	const char *scope;
	bool is_default;
	struct place at;
	enum holiday_move move;
	enum holiday_weekend weekend;
	const struct holiday *v;
	size_t n;
};

/* The name of the holiday on that day for a unit, or NULL: no holiday. A Sunday is none by itself. */
const char *holiday_name(const struct rules *r, struct date day, struct scopes scopes, enum lang lang);
/* Are the movable holidays of that year known: is a rule with dates valid in it? */
bool holidays_know_year(const struct rules *r, int year, struct scopes scopes);

/* A day for a meeting. */
struct meeting_day {
	struct date day, fixed; /* the fixed day, in short months the last one; equal when not moved */
	const char *why;        /* the holiday it was moved for, or "Saturday", "Sunday"; NULL: not moved */
};
/* The day of a month on which units meet whose fixed day of the month is `day` (1 … 31). */
struct meeting_day holidays_meeting_day(const struct rules *r, month_no month, int day, struct scopes scopes, enum lang lang);

/* The n-th working day after `from` (Monday to Friday, no holiday). r NULL: only weekends are known. */
struct date holidays_working_day_after(const struct rules *r, struct date from, int n, struct scopes scopes);

#endif
