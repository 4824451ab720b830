/* gather_sum.h — what is counted of a unit's year before anybody says what it means. For the files gather*.c.
 *
 * One sum a unit, filled by walking the records of a whole realm once, or of single units where few are wanted (gather_sum.c). Pure counting: which of
 * the numbers are known, and what bodies take from the units below them, is gather.c. */
#ifndef CHIBO_YEAR_GATHER_SUM_H
#define CHIBO_YEAR_GATHER_SUM_H

#include "org/unit.h"
#include "rollup/figure.h"

/* What became of a task: Q_year_tasks. */
enum fate { FATE_NOT_DONE, FATE_ON_TIME, FATE_LATE, FATE_DONE_SOMETIME, FATE_HAS_TIME, FATE_OTHER_YEAR, FATES };

/* Registers, counted by statements that give one row a unit; the columns have these names. */
#define YEAR_COUNT_LIST(X)                                                                                             \
	X(documents) X(plans) X(targets_assigned) X(targets_reached) X(admissions_aim) X(none_discipline)                  \
	X(none_inspection) X(none_report) X(none_feedback) X(none_initiative) X(none_training) X(none_target)              \
	X(none_assignment) X(initiatives_kept) X(initiatives) X(disciplined) X(leaders_disciplined) X(units_disciplined)                       \
	X(inspections_planned) X(inspections_done) X(reports) X(reports_due) X(reports_on_time) X(feedback)                \
	X(feedback_received) X(feedback_on_time) X(trainings)
struct year_counts {
	int64_t unit_id;
#define X(name) int64_t name;
	YEAR_COUNT_LIST(X)
#undef X
};

/* The regular meeting of a month: the latest one held. */
struct month_meeting { int64_t id, minutes; };

/* How many meetings have something, and of how many nobody knows. */
struct seen { int32_t yes, unknown; };

struct year_sum {
	const struct unit *unit;     /* as asked for */
	int64_t id, realm;
	struct date first, last;     /* its life */
	struct date on;              /* the day on which people are counted: the last of year and life, or today before it */
	int64_t upload_minutes;
	/* meetings */
	struct cell_facts months[12];
	struct month_meeting regular[12];
	uint16_t at_once, excused, committee; /* bits of months: scored in the same sitting; missed with an approved reason; the committee met */
	struct seen ahead, complete;
	/* work */
	int32_t tasks[FATES], tasks_above;
	uint32_t holders;            /* first of its list, 0: nobody */
	/* people */
	int32_t roll, members, to_assign, with_task, admissions, leaders, leaders_trained;
	int64_t last_leader;
	/* cases */
	int32_t classified, good, not_completed;
	uint8_t level, four_good;    /* enum case_result of the unit's own; RESULT_NONE: none */
	/* documents and registers */
	struct date programme_on, rules_on, term_from;
	struct year_counts n;
	int64_t turns_required[LEVEL_COUNT], turns_realised[LEVEL_COUNT]; /* at this unit's meetings, by the level of the person */
};

struct year_sums {
	struct year_sum *v;          /* by realm and id, each once */
	size_t n;
	int year;
	struct date first, last, until; /* of the year; until: the last day, or today before it */
	bool bodies;                 /* one of them is not a cell */
	/* while they are filled */
	struct year_sum *at;         /* of the row before */
	struct holder { int64_t member_id; uint32_t next; } *holders; /* who had a task, a list for each unit; from 1 on */
	uint32_t holder_n, holder_room;
};

/* Counts for these units (in any order, doubles allowed). Inside db_read or db_write. */
fail year_sums_load(struct call *c, int year, const struct unit *const *units, size_t n, struct year_sums *out) MUST_CHECK;
/* NULL: not among them. */
struct year_sum *year_sum_find(const struct year_sums *s, int64_t realm, int64_t unit_id);
/* Months of which a unit was there on every day. */
unsigned year_sum_covered(const struct year_sums *s, const struct year_sum *u);
/* Index of the current month; -1: the year has not begun, 12: it is over. */
int year_sums_month(const struct call *c, const struct year_sums *s);

#endif
