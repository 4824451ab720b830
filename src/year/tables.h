/* tables.h — local tables of criteria (issue of the year, part 2): a province issues a framework, a committee below makes it concrete.
 *
 * A table is a rule (rules/scheme.h) that belongs to a committee and holds for it and all below, in numbered versions: a draft is edited, tried and
 * issued under a decision from the first day of a year; issuing ends the version before. Issued tables join the rules in force (app/rulebook.h) without a
 * restart. What is stored is always the text of a rule file, checked together with all rules: an issued table can never break the set. A draft within
 * a framework keeps its groups, weights, standard and vetoes (rules/framework.h); a province or the centre is bound by none. */
#ifndef CHIBO_YEAR_TABLES_H
#define CHIBO_YEAR_TABLES_H

#include "db/db.h"
#include "org/unit.h"
#include "rules/load.h"

enum table_state { TABLE_NONE, TABLE_DRAFT, TABLE_ISSUED, TABLE_WITHDRAWN, TABLE_STATES };
extern const char *const table_states[]; /* "" draft issued withdrawn, NULL-ended */
const char *table_state_name(enum lang lang, unsigned state);
/* What tables of a year are for, in words: "“Four good” cell". */
const char *table_use_name(enum lang lang, enum scheme_use use);

struct local_table {
	int64_t id, unit_id, version, at_ms, rev;
	const char *rule_id, *based_on, *source, *decision_no, *actor;
	unsigned state, used_for; /* used_for: enum scheme_use */
	struct date valid_from, valid_to, issued_on;
	const char *unit_code, *unit_name; /* read only */
};
struct local_tables { struct local_table *v; size_t n; };

/* ---- reading (inside db_read or db_write) ---- */

/* FAIL_NOT_FOUND with a problem. */
fail table_by_id(struct call *c, int64_t id, struct local_table *out) MUST_CHECK;
fail tables_of(struct call *c, int64_t unit_id, struct local_tables *out) MUST_CHECK;
/* The texts of all issued tables, for the set of rules. */
fail tables_issued(struct call *c, struct rule_text **out, size_t *n) MUST_CHECK;
/* The table as a scheme. */
fail table_scheme(struct call *c, const struct local_table *t, const struct scheme **out) MUST_CHECK;
/* The table that holds for a unit on a day, its own or one from above; `own` false: only from above. NULL: none. */
fail table_holding(struct call *c, const struct unit *u, enum scheme_use use, struct date on, bool own, const struct scheme **out) MUST_CHECK;
/* Is a table of this unit bound by the framework above it? Not of a province or the centre. */
bool table_is_bound(const struct unit *u);
/* The framework of a draft as it is in the set; NULL: bound by none. */
const struct scheme *table_framework(struct call *c, const struct scheme *s);

/* ---- writing (each opens a write transaction or joins the open one; journal) ---- */

/* A draft that begins as the table from above, or as version `from_id` of the unit (0: from above), for the year after today's. */
fail table_start(struct call *c, int64_t unit_id, enum scheme_use use, int64_t from_id, struct local_table *out) MUST_CHECK;
/* Keeps a draft. What the set of rules says against it goes to *bad (FAIL_INPUT), and nothing is changed. Its frame (id, scope, dates, framework) is
 * that of the row whatever `s` says. FAIL_CONFLICT: another rev, or no draft any more. */
fail table_save(struct call *c, int64_t id, int64_t rev, const struct scheme *s, struct local_table *out, struct complaints *bad) MUST_CHECK;
/* A draft in words of a rule file: read, then kept as above; the places in *bad are those of this text. */
fail table_save_text(struct call *c, int64_t id, int64_t rev, const char *text, size_t size, struct local_table *out, struct complaints *bad) MUST_CHECK;
/* Puts a draft in force from the first day of a year; the version before ends the day before. */
fail table_issue(struct call *c, int64_t id, int64_t rev, int year, const char *decision_no, struct date issued_on, struct local_table *out,
                 struct complaints *bad) MUST_CHECK;
/* Takes an issued table back, with a reason; the version before, if this one ended it, holds again. */
fail table_withdraw(struct call *c, int64_t id, int64_t rev, const char *reason, struct local_table *out, struct complaints *bad) MUST_CHECK;
/* Removes a draft. */
fail table_drop(struct call *c, int64_t id, int64_t rev) MUST_CHECK;

/* What is done once the tables in force have changed: the application makes the set of rules anew. Called outside of transactions by whoever issues
 * or withdraws; NULL: nothing. */
extern fail (*tables_changed)(struct call *c);

#endif
