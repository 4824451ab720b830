/* cube.h — figures of every unit and month in memory, for both structures. Pure but for its own memory; not locked (memory.h is).
 *
 * What it holds, for each year: the facts of every unit's own meetings, 12 × 18 bytes, siblings side by side; and for every unit that
 * has units below it, and for the whole, one row for each structure: twelve months of FIG_COUNT 32-bit figures, one after the other
 * (1,200 bytes). A cell's own figures are worked out from its facts when asked for. Figures of years stand apart: 22 bytes of facts a unit and
 * year, and one row of FIG_OF_YEARS figures (140 bytes) for whoever has units below it.
 *
 * The structure in which a year's figures are added up (`then`) is that of its last month, or of the current month in the running year: there a
 * unit that moved in mid-year stands with its whole year, and there its case is decided.
 *
 * What things cost: a question about a unit reads one row a year. Children are read one row each. A change works the cell's year out
 * before and after and adds the difference to the rows on its way up, four or five of them in each structure, for the month and, as
 * far as the quarter and the year so far have changed, the months after it: about a microsecond. A change of the tree, or of the
 * day, is a new cube from the facts of the old one. Memory for a nation of 280,000 cells and 55,000 units above them: 75 MB of facts and
 * 130 MB of rows a year;
 * figures of years add 7 MB of facts and 15 MB of rows.
 *
 * Facts outside its years are left out; the caller chooses the years. Sums are 32 bits a month: enough for 4 billion people. */
#ifndef CHIBO_ROLLUP_CUBE_H
#define CHIBO_ROLLUP_CUBE_H

#include "rollup/figure.h"
#include "rollup/shape.h"

#define CUBE_YEARS 24 /* at most */

struct cube {
	const struct shape *shape;
	month_no now;            /* the current month: nothing after it is due */
	int year_from, years;
	/* The year rule of a unit, or NULL: nobody is Good. */
	const struct year_rule *(*rule)(void *arg, int32_t unit, int year);
	void *rule_arg;
	struct cell_facts (*facts[CUBE_YEARS])[12];           /* [unit][month] */
	uint32_t (*rows[2][CUBE_YEARS])[12][FIG_COUNT];       /* [structure][year][row] */
	struct unit_year *of_year[CUBE_YEARS];                /* [unit] */
	uint32_t (*year_sums[2][CUBE_YEARS])[FIG_OF_YEARS];   /* [structure][year][row] */
};

/* Empty facts for the years. False when the machine has no memory. */
bool cube_begin(struct cube *cube, const struct shape *shape, month_no now, int year_from, int years);
void cube_free(struct cube *cube);
static inline bool cube_has_year(const struct cube *cube, int year)
{
	return year >= cube->year_from && year < cube->year_from + cube->years;
}
/* The facts of a unit's year, or NULL outside the cube. */
struct cell_facts *cube_facts(const struct cube *cube, int32_t unit, int year);

/* Works out all rows from the facts. */
void cube_sum(struct cube *cube);
/* Replaces one month of a unit and carries the difference up. Facts with a revision that is not newer are left out (false), so that changes
 * may arrive in any order and more than once. */
bool cube_change(struct cube *cube, int32_t unit, month_no month, const struct cell_facts *facts);

/* The same for a unit's record of a year. */
struct unit_year *cube_unit_year(const struct cube *cube, int32_t unit, int year);
bool cube_change_year(struct cube *cube, int32_t unit, int year, const struct unit_year *facts);
/* The month whose structure holds for a year's figures. */
month_no cube_year_month(const struct cube *cube, int year);
/* A unit's own figures of a year, without what is below it. */
void cube_own_of_year(const struct cube *cube, int32_t unit, int year, uint32_t out[FIG_OF_YEARS]);

/* A unit's own meetings, without what is below it. */
void cube_own_year(const struct cube *cube, int32_t unit, int year, uint32_t out[12][FIG_COUNT]);
/* A unit with all that is below it: its row of that year, or its own year worked out into `room`. */
uint32_t (*cube_year(const struct cube *cube, enum structure structure, int32_t unit, int year,
                     uint32_t room[12][FIG_COUNT]))[FIG_COUNT];
/* Figures of a unit for a period; of the period only months from `from` to `to` count (MONTH_EVER … MONTH_FAR: all), and of its years those whose
 * month (cube_year_month) lies there. */
void cube_figures(const struct cube *cube, enum structure structure, int32_t unit, struct period p, month_no from, month_no to,
                  struct figures *out);
/* The same for the unit's own meetings and years only. */
void cube_own_figures(const struct cube *cube, int32_t unit, struct period p, struct figures *out);
/* A month's row of a unit: quarter and year figures are "so far"; figures of years are those of its year. */
void cube_month(const struct cube *cube, enum structure structure, int32_t unit, month_no month, struct figures *out);

#endif
