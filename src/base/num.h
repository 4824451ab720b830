/* num.h — points in tenths, exact rates, whole numbers from text.
 *
 * Points are integers of tenths (95.0 is 950); rates are compared by cross-multiplication and rounded half up to two
 * decimals for display only (domain, section 6). No floating point. Pure. */
#ifndef CHIBO_BASE_NUM_H
#define CHIBO_BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

#define INT_UNKNOWN INT64_MIN /* a whole number that was not given; never a silent zero */

struct tenths { int32_t t; };
#define TENTHS_NONE ((struct tenths){ INT32_MIN })
static inline bool tenths_is(struct tenths p) { return p.t != INT32_MIN; }

#define NUM_TEXT 24
/* Writes n with at least `least` digits (leading zeros), no zero byte behind; returns the end. At most 20 digits. */
char *put_digits(char *to, uint64_t n, int least);
/* "95.0"; "" for TENTHS_NONE. */
void tenths_format(struct tenths p, char out[NUM_TEXT]);
/* "95", "95.5"; at most one decimal, point only. */
bool tenths_parse(const char *s, struct tenths *out);
/* Decimal digits with an optional minus; the whole text. False on anything else or overflow. */
bool int_parse(const char *s, int64_t *out);

/* Per cent with two decimals, rounded half up from the exact fraction: 33690/39204 → "85.94". "" when den is 0.
 * num and den are not negative. */
void percent_format(int64_t num, int64_t den, char out[NUM_TEXT]);
/* The same in hundredths of a per cent: 8594. den > 0. */
int64_t percent_hundredths(int64_t num, int64_t den);
/* -1, 0, 1 as num/den is less than, equal to or greater than pnum/pden; den, pden > 0. Never overflows (128 bit). */
int rate_compare(int64_t num, int64_t den, int64_t pnum, int64_t pden);

#endif
