/* date.h — days, local times, months and periods.
 *
 * Dates in files and on screens are inclusive at both ends; an empty first day means "since ever" and an empty last day
 * "until further notice". Both have a stored form of their own (DATE_EVER, DATE_OPEN), so that SQL compares plain text.
 * Local times carry no zone: they are the unit's own (Asia/Ho_Chi_Minh unless it says otherwise). Pure: no clock here. */
#ifndef CHIBO_BASE_DATE_H
#define CHIBO_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fail.h"

struct date   { int32_t days; };    /* days since 1970-01-01, proleptic Gregorian */
struct moment { int64_t minutes; }; /* local minutes since 1970-01-01T00:00 */

#define DATE_NONE    ((struct date){ INT32_MIN })     /* unknown */
#define DATE_EVER    ((struct date){ -719162 })       /* 0001-01-01 */
#define DATE_OPEN    ((struct date){ 2932896 })       /* 9999-12-31 */
#define MOMENT_NONE  ((struct moment){ INT64_MIN })

static inline bool date_is(struct date d) { return d.days != INT32_MIN; }
static inline bool moment_is(struct moment m) { return m.minutes != INT64_MIN; }
static inline struct date moment_date(struct moment m)
{
	int64_t days = m.minutes / 1440 - (m.minutes % 1440 < 0);
	return moment_is(m) ? (struct date){ (int32_t)days } : DATE_NONE;
}

struct date date_of(int year, int month, int day);
void date_split(struct date d, int *year, int *month, int *day);
/* 1 = Monday … 7 = Sunday */
int date_weekday(struct date d);
/* The same day n months later, or the last day of that month where there is no such day. n may be negative. */
struct date date_add_months(struct date d, int n);

/* Texts: ISO 8601, "2026-01-05" and "2026-01-05T19:00" (a seconds part is refused). False: not a real day or time. */
bool date_parse(const char *s, struct date *out);
bool moment_parse(const char *s, struct moment *out);
#define DATE_TEXT 11
#define MOMENT_TEXT 17
void date_format(struct date d, char out[DATE_TEXT]);       /* "" for DATE_NONE */
void moment_format(struct moment m, char out[MOMENT_TEXT]); /* "" for MOMENT_NONE */

/* A month as one number, year*12 + month-1: months of a period are consecutive. */
typedef int32_t month_no;
static inline month_no month_of(int year, int month) { return year * 12 + month - 1; }
month_no date_month(struct date d);
struct date month_first(month_no m);
struct date month_last(month_no m);
#define MONTH_TEXT 8
void month_format(month_no m, char out[MONTH_TEXT]); /* "2025-03" */

/* A period of whole months: "2025", "2025-H1", "2025-Q3", "2025-03" (design, section 4). */
struct period { month_no from, to; /* both inclusive */ };
bool period_parse(const char *s, struct period *out);
/* The shortest text that names it; a span that has no name is written "2025-03..2025-07". period_parse takes both. */
#define PERIOD_TEXT 20
void period_format(struct period p, char out[PERIOD_TEXT]);
static inline int period_months(struct period p) { return p.to - p.from + 1; }

#endif
