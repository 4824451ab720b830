/* command_parts.h — what the commands of cases share: which case is meant, what is printed. Private to src/year. */
#ifndef CHIBO_YEAR_COMMAND_PARTS_H
#define CHIBO_YEAR_COMMAND_PARTS_H

#include "base/command.h"
#include "year/assess.h"

/* CODE --year Y --kind four_good|unit|member --member CODE --rev N */
struct case_target {
	const char *unit, *member;
	unsigned kind;
	int year;
	int64_t rev;
};
/* Takes the options; the unit's code is the next plain word (`positional`) or --unit. */
fail target_read(struct call *c, struct args *args, bool positional, struct case_target *out) MUST_CHECK;
/* Inside db_read or db_write. */
fail target_unit(struct call *c, const struct case_target *t, int64_t *unit_id, int64_t *member_id) MUST_CHECK;
fail target_case(struct call *c, const struct case_target *t, struct year_case *out) MUST_CHECK;

/* --name DATE, --name N; empty: DATE_NONE, INT_UNKNOWN. */
fail option_day(struct call *c, struct args *args, const char *name, struct date *out) MUST_CHECK;
fail option_number(struct call *c, struct args *args, const char *name, int64_t *out) MUST_CHECK;
/* --in-favour N [--against N] [--abstain N] [--base N] [--on DAY]; *given: whether there is a vote. */
fail option_vote(struct call *c, struct args *args, struct year_vote *out, bool *given) MUST_CHECK;
/* Judged points of a file; its facts are refused, they are counted. */
fail judged_file(struct call *c, const char *path, const struct year_case *k, struct judged *out) MUST_CHECK;

/* All that was found, but the first, which is the call's problem. */
void tell_flaws(struct call *c, const struct flaws *found);
/* The case as one line, or as JSON with its sheets. */
void print_case(struct call *c, const struct year_case *k, const struct year_sheet *counting);
fail show_case(struct call *c, const struct year_case *k, bool as_json) MUST_CHECK;

extern fail cases_list(struct call *c, struct args *args), cases_appraise_all(struct call *c, struct args *args), cases_step_all(struct call *c, struct args *args),
	cases_caps(struct call *c, struct args *args);

#endif
