/* shape.h — the dated tree as arrays, for both structures. Pure: arrays in, arrays out.
 *
 * Unit 0 is the whole installation: the units without a parent hang below it, so that a grand total always exists. The others are
 * numbered breadth-first in today's tree, in the order in which they were given among siblings: siblings lie side by side.
 *
 * `then`: a month belongs to the structure of the last day of that month on which the unit exists; a month in which it does not
 * exist, to the structure of the day nearest before it, else of its first day. Every unit on the way up follows the same rule.
 *
 * `now`: today's tree. A unit that is not there today hangs where its successor hangs; without a successor, below the unit that
 * stands for its last parent today: the parent itself, else the parent's successor, else the parent's parent likewise; at last,
 * below the top. Of several successors the one that took over first counts, then the one given first. So every cell has exactly one
 * way up in each month and each structure, and grand totals are always equal. */
#ifndef CHIBO_ROLLUP_SHAPE_H
#define CHIBO_ROLLUP_SHAPE_H

#include "base/arena.h"
#include "base/date.h"

enum structure { THEN, NOW };
/* "then" "now", NULL-ended. */
extern const char *const structure_words[];

#define SHAPE_TOP 0

struct shape_unit {
	int64_t id, realm;
	const char *code, *name; /* the span of today, else the last one, else the first */
	unsigned level, type;    /* likewise; enum unit_level, enum unit_type */
	bool today;              /* exists today */
};

/* A span of a unit; in the input `unit` and `parent` count in the order given, parent -1: none. Spans of a unit follow each other by day. */
struct shape_span {
	int32_t unit, parent;
	struct date from, to;
	unsigned level;
};
struct shape_succession { int32_t unit, predecessor; struct date on; };

struct shape_input {
	const struct shape_unit *units; /* `today` and the texts are taken as they are, and not copied */
	const struct shape_span *spans; /* by unit, then day; every unit has one */
	const struct shape_succession *successions;
	size_t unit_n, span_n, succession_n;
	struct date today;
};

/* `child` hangs below a parent from month `from` to `to`. */
struct shape_link { int32_t child; month_no from, to; };

struct shape {
	int32_t n;                  /* units, the top included */
	struct shape_unit *unit;
	int32_t *span_first;        /* n + 1 */
	struct shape_span *span;    /* numbered as here */
	int32_t *now_parent;        /* -1 for the top */
	int32_t *row;               /* row number of a unit that has had units below it, or -1 */
	int32_t *row_unit, row_n;
	int32_t *link_first[2];     /* n + 1 for each structure, into link[] */
	struct shape_link *link[2];
	struct date same_from, same_to; /* the days around today on which today's tree is the same */
	int32_t *hash;              /* id → unit */
	uint32_t hash_mask;
	size_t hung;                /* units not there today that had to be hung below the top */
};

#define MONTH_EVER (-1)
#define MONTH_FAR (1 << 24)

void shape_build(struct arena *a, const struct shape_input *in, struct shape *out);
/* -1: unknown. */
int32_t shape_find(const struct shape *s, int64_t id);
/* The parent in a month; -1 for the top. */
int32_t shape_parent(const struct shape *s, enum structure structure, int32_t unit, month_no m);
/* Bit m is set when the unit exists on every day of month m of the year and is a cell then: of level cell, or a grassroots
 * organisation that has nothing below it in that month. */
unsigned shape_covered(const struct shape *s, int32_t unit, int year);
/* Has the unit cells below it, or a level of its own above them, in a month? One that is not there any more: as it was in that year. */
bool shape_is_body(const struct shape *s, int32_t unit, month_no m);
/* Does the unit exist on any day of the months? */
bool shape_exists(const struct shape *s, int32_t unit, struct period p);
/* The level and the parent's number in the span nearest to a day (as `then` chooses it). */
const struct shape_span *shape_span_at(const struct shape *s, int32_t unit, struct date day);
static inline const struct shape_link *shape_children(const struct shape *s, enum structure structure, int32_t unit, size_t *n)
{
	*n = (size_t)(s->link_first[structure][unit + 1] - s->link_first[structure][unit]);
	return s->link[structure] + s->link_first[structure][unit];
}

#endif
