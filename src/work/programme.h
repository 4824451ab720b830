/* programme.h — targets of a programme: what is counted, from which baseline to which goal, until when, and the values on the way.
 *
 * "Households with a sanitary toilet": 3 of 77 at the start, 77 of 77 by the end of the year. One row a unit that carries the target; the same
 * `code` in every unit makes it one target that sums up the tree: the figures of a unit are the sum of the lowest units below it that carry the
 * code on that day, so that a commune which keeps a row of its own is not counted twice. On a day counts the latest value not after it, before the
 * first one the baseline. A goal below the baseline is one that falls (poor households: 12 to 4).
 *
 * Values are whole numbers and are kept with their day, the number of a paper as evidence, and who said so; a value of a day can be corrected, which
 * the journal shows. Reading runs inside db_read or db_write; each change opens a write transaction or joins the open one. */
#ifndef CHIBO_WORK_PROGRAMME_H
#define CHIBO_WORK_PROGRAMME_H

#include "db/db.h"

struct programme_target {
	const char *unit_code;
	const char *code, *title;
	const char *measure;          /* what is counted: "hộ" */
	int64_t whole;                /* of how many; INT_UNKNOWN: a count without a whole */
	int64_t baseline, goal;
	struct date starts_on, due_on;
	int64_t realm, id, unit_id, rev;
	const char *unit_name;        /* read only, as the rest */
	int64_t value;                /* on the day asked for */
	struct date value_on;         /* its day; DATE_NONE: still the baseline */
};
extern const struct record programme_target_record; /* its labelled fields are the columns of the file `targets` */
struct programme_targets { struct programme_target *v; size_t n; };

/* Has it been reached with that value? */
bool target_is_reached(int64_t baseline, int64_t goal, int64_t value);

struct target_value {
	const char *unit_code, *code; /* of the target, in files */
	struct date on_date;
	int64_t value;
	const char *remark, *evidence_no;
	int64_t realm, target_id, file_id, at_ms;
	const char *actor;
};
extern const struct record target_value_record; /* its labelled fields are the columns of the file `target_values` */
struct target_values { struct target_value *v; size_t n; };

/* ---- one unit ---- */

fail programme_target(struct call *c, int64_t id, struct date on, struct programme_target *out) MUST_CHECK;
fail programme_target_unit(struct call *c, int64_t id, int64_t *unit_id) MUST_CHECK;
/* First day first. */
fail target_values_of(struct call *c, const struct programme_target *t, struct target_values *out) MUST_CHECK;

/* Contradictions inside the row itself; no database. */
fail programme_target_check(struct call *c, const struct programme_target *t) MUST_CHECK;
/* unit_id or unit_code names the unit. FAIL_CONFLICT: the unit has a target of that code. Fills id and realm. */
fail programme_target_add(struct call *c, struct programme_target *t) MUST_CHECK;
/* If its stored rev is t->rev or ANY_REV (0). Unit and code stay. FAIL_CONFLICT: *stored is what there is. */
fail programme_target_change(struct call *c, struct programme_target *t, struct programme_target *stored) MUST_CHECK;
/* A value of a day; v->target_id names the target. The same value again changes nothing. *t is the target as of v->on_date. */
fail target_value_put(struct call *c, struct target_value *v, struct programme_target *t) MUST_CHECK;
/* Gives the target to many units at once: each gets a row with these words and days and its own baseline, whole and goal, where it has none of that
 * code. *added: how many. One transaction. */
fail programme_target_share(struct call *c, const struct programme_target *rows, size_t n, int64_t *added) MUST_CHECK;

/* ---- up the tree ---- */

struct goal_sum {
	int64_t unit_id;
	const char *unit_code, *unit_name;
	const char *code, *title, *measure;
	bool own;                     /* the unit carries it itself: target_id */
	int64_t target_id;
	int64_t units, reached, valued; /* that carry it, have reached their goal, have said a value at all */
	int64_t value, whole, baseline, goal; /* sums; whole INT_UNKNOWN when one of them has none */
	struct date due_on, value_on; /* the latest ones */
};
struct goal_sums { struct goal_sum *v; size_t n; };

/* Each target carried by a unit or below it, in the tree of the day: a line each, summed. */
fail target_sums(struct call *c, int64_t unit_id, struct date on, struct goal_sums *out) MUST_CHECK;
/* One target: a line for each unit directly below (and the unit itself) that carries it or has units below that do. *sum: all together. */
fail target_answers(struct call *c, int64_t unit_id, const char *code, struct date on, struct goal_sums *out, struct goal_sum *sum) MUST_CHECK;
/* The sum at the end of each of the `n` months that end with the month of `until` (the last one: on `until` itself), tree of each day. */
struct target_point { struct date on; int64_t value, whole, goal; };
fail target_trend(struct call *c, int64_t unit_id, const char *code, struct date until, struct target_point *v, size_t n) MUST_CHECK;

#endif
