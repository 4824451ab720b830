/* exchange.h — what a kind of record file is: `units`, `members`, `meetings` … in and out as CSV, XLSX and JSON.
 *
 * A room describes each of its kinds in one row: the record whose fields are the columns, and the few functions that know the
 * database. Everything else is done here once: names in any order, types and bounds, duplicate keys, problems with line,
 * column, value and expectation, the dry run, all rows or none, counts, progress, the journal entry of the file.
 *
 * The columns of a file are the fields of `record` that are not INTERNAL, in the order of the record. INTERNAL fields of the
 * same struct are free for what `prepare` computes (search and sort keys). Rows with equal KEY fields in one file are refused
 * with both lines; a record without KEY fields skips that check. */
#ifndef CHIBO_EXCHANGE_EXCHANGE_H
#define CHIBO_EXCHANGE_EXCHANGE_H

#include "base/call.h"
#include "base/record.h"
#include "base/right.h"

struct import; /* an import under way */
struct export; /* an export under way */

struct export_query {
	const char *unit_code; /* this unit and all below; NULL: everything */
	struct date on;        /* rows that hold on this day; DATE_NONE: whatever the day */
	struct period period;  /* rows that fall in these months; { 0, 0 }: all */
};

struct exchange_kind {
	const char *name;            /* "units": the word of the command line and of addresses */
	const char *label;           /* message id: N_("Units") */
	const struct record *record;
	enum right may_export;       /* what a person needs on the unit asked for; importing needs MAY_IMPORT */

	/* Pure work on a row whose fields were read and are in bounds, done ahead of the database, maybe in another thread: keys of texts,
	 * checks between the columns of one row. Uses only c->arena, c->lang and problem(c, …). May be NULL. */
	fail (*prepare)(struct call *c, void *row);

	/* The rest runs inside one write transaction, which may be repeated from `begin` on: keep nothing outside *state. `state` belongs in
	 * import_arena. c->arena is emptied every few rows: nothing may stay there.
	 *
	 * begin: preloads what rows are compared with. May be NULL. */
	fail (*begin)(struct call *c, struct import *im, void **state);
	/* One row: checks it against what exists, writes it if it differs and calls import_count or import_changed exactly once. The row and its
	 * texts last until it returns. A bad row: return problem(c, FAIL_INPUT or FAIL_NOT_FOUND or FAIL_CONFLICT, "column", …) and the walk
	 * goes on with the next row to collect all problems, so look before writing: do not provoke an error of the database. Several problems in
	 * one row: import_problem for each, then return FAIL_INPUT. FAIL_BROKEN, FAIL_BUSY and FAIL_DENIED end the import. */
	fail (*row)(struct call *c, struct import *im, void *state, const void *row);
	/* After the last row: checks that need the whole file (import_problem with the lines kept in state), derived rows. Not called when
	 * a row was bad. May be NULL. */
	fail (*finish)(struct call *c, struct import *im, void *state);

	/* All rows for a query in a stable order, each given to export_row. Inside one read snapshot. NULL: this kind is only imported. */
	fail (*each)(struct call *c, const struct export_query *q, struct export *ex);
};

/* All kinds of the program, NULL-ended; src/app defines it. */
extern const struct exchange_kind *const exchange_kinds[];
/* NULL when there is no such kind. */
const struct exchange_kind *exchange_kind_find(const char *name);

/* ---- for the functions of a kind ---- */

enum import_outcome { IMPORT_ADDED, IMPORT_CHANGED, IMPORT_SAME };
void import_count(struct import *im, enum import_outcome outcome);
/* Counts IMPORT_CHANGED and writes the journal entry of the row: `before` and `after` are rows of the kind's record, `entity` the
 * name under which the room itself keeps its journal ("unit", "member"). */
fail import_changed(struct call *c, struct import *im, int64_t realm, int64_t unit_id, const char *entity, int64_t entity_id,
                    const void *before, const void *after) MUST_CHECK;
/* Memory that lasts until the end of the import (or until it begins again after a clash). */
struct arena *import_arena(struct import *im);
/* Line of the file (CSV) or row of the sheet (XLSX) where the row at hand begins. */
int64_t import_line(const struct import *im);
/* Was a row with this text in its first KEY column refused before? Then a row that needs it need not be called wrong as well: it may return
 * FAIL_INPUT without recording a problem and is passed over. */
bool import_refused(struct import *im, const char *first_key);
/* Only looking (--check): the transaction will be taken back. */
bool import_is_check(const struct import *im);
/* Records a problem at a place of the file. `column` and `value` may be NULL; `text` is a message id with its arguments: a full sentence
 * that says what is wrong and what to write instead. */
void import_problem(struct call *c, struct import *im, int64_t line, const char *column, const char *value, const char *text, ...)
	PRINTF_LIKE(6, 7);

/* Writes one row of an export. */
fail export_row(struct export *ex, const void *row) MUST_CHECK;

#endif
