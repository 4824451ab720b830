/* shape.c — the four sizes. The nation's numbers follow the reform of 2025: 34 provinces, some 3,300 communes, 280,000 cells. */
#include "demo/shape.h"

#include <stddef.h>

const char *const demo_size_words[] = { "cell", "commune", "province", "nation", NULL };

static const struct { int provinces, communes, cells; } sizes[] = {
	[DEMO_CELL] = { 1, 1, 1 },
	[DEMO_COMMUNE] = { 1, 1, 23 },
	[DEMO_PROVINCE] = { 1, 124, 52 },
	[DEMO_NATION] = { 34, 98, 84 },
};

struct demo_shape demo_shape_of(enum demo_size size, uint64_t seed, int year, struct date today)
{
	struct date year_end = date_of(year, 12, 31);
	struct demo_shape s = { .size = size, .seed = seed };

	s.provinces = sizes[size].provinces;
	s.communes = sizes[size].communes;
	s.cells = sizes[size].cells;
	s.today = today.days < year_end.days ? today : year_end;
	s.first = month_of(year - 1, 1);
	s.last = date_month(s.today);
	return s;
}
