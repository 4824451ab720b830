/* year.h — the small demonstrations: last year's "four good" cases and classification, decided, and this year's as far as the year has come. */
#ifndef CHIBO_DEMO_YEAR_H
#define CHIBO_DEMO_YEAR_H

#include "base/call.h"
#include "demo/shape.h"

/* After the records were made. One transaction; every step at its own time, none after today. A cell whose registers are empty stays where the program
 * stops it. Nothing for a province or a nation. */
fail demo_year(struct call *c, const struct demo_shape *shape) MUST_CHECK;

#endif
