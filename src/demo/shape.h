/* shape.h — how large a demonstration is and which months it covers. */
#ifndef CHIBO_DEMO_SHAPE_H
#define CHIBO_DEMO_SHAPE_H

#include "base/date.h"

enum demo_size { DEMO_CELL, DEMO_COMMUNE, DEMO_PROVINCE, DEMO_NATION };
extern const char *const demo_size_words[]; /* cell commune province nation, NULL-ended */

struct demo_shape {
	enum demo_size size;
	uint64_t seed;
	int provinces, communes, cells; /* communes a province, cells a commune (an average for the large sizes) */
	month_no first, last;           /* two years of months, none of them in the future */
	struct date today;              /* nothing happens after that day */
};

/* `year` is the later of the two years; today limits it. */
struct demo_shape demo_shape_of(enum demo_size size, uint64_t seed, int year, struct date today);

#endif
