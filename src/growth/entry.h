/* entry.h — what initiatives, titles, agreements, undertakings and examples have in common: they belong to a unit and a year, are written by the unit,
 * changed under a rev, and every change stands in the journal.
 *
 * A kind of entry is one row: its record, its statements, its checks. Whoever has a pointer to an entry's struct has a pointer to its struct entry. */
#ifndef CHIBO_GROWTH_ENTRY_H
#define CHIBO_GROWTH_ENTRY_H

#include "db/db.h"

struct entry {
	int64_t realm, id, unit_id, year, rev; /* id 0: not stored yet */
	const char *unit_code, *unit_name;     /* read only; the name of today */
};
#define ENTRY_COL(S, f, type_) { .name = #f, .type = type_, .at = offsetof(S, e) + offsetof(struct entry, f), .flags = INTERNAL }
/* All of them but the year, which has a label. */
#define ENTRY_COLS(S)                                                                                                  \
	ENTRY_COL(S, realm, FIELD_INT), ENTRY_COL(S, id, FIELD_INT), ENTRY_COL(S, unit_id, FIELD_INT), ENTRY_COL(S, rev, FIELD_INT),                   \
	ENTRY_COL(S, unit_name, FIELD_TEXT)
#define ENTRY_YEAR(S, flags_)                                                                                          \
	{ .name = "year", .label = N_("Year"), .type = FIELD_INT, .at = offsetof(S, e) + offsetof(struct entry, year), .flags = REQUIRED | (flags_), .min = 2000,      \
	  .max = 2100 }

struct entry_kind {
	const char *entity;          /* in the journal: "initiative" */
	const struct record *record; /* its struct begins with `struct entry e` */
	const struct query *by_id, *of_unit; /* $1 id; $1 realm, $2 unit, $3 year */
	/* Completes a row that was read from the database. May be NULL. */
	fail (*read)(struct call *c, void *row);
	/* Checks and completes a row before it is written; `was` is what is stored, or NULL. */
	fail (*check)(struct call *c, void *row, const void *was);
	/* Writes it: inserts, or overwrites and raises rev. */
	fail (*write)(struct call *c, const void *row);
	fail (*erase)(struct call *c, const void *row);
	/* Counters that depend on it. May be NULL. */
	fail (*touch)(struct call *c, const void *row);
};
extern const struct entry_kind initiative_entries, title_entries, agreement_entries, undertaking_entries, example_entries;

/* ---- reading (inside db_read or db_write) ---- */

/* FAIL_NOT_FOUND with a problem. */
fail entry_by_id(struct call *c, const struct entry_kind *k, int64_t id, void *row) MUST_CHECK;
fail entry_unit(struct call *c, const struct entry_kind *k, int64_t id, int64_t *unit_id) MUST_CHECK;
/* Those of a unit and a year, in a lasting order. *rows points to *n structs. */
fail entry_list(struct call *c, const struct entry_kind *k, int64_t unit_id, int year, void *rows, size_t *n) MUST_CHECK;

/* ---- writing (opens a write transaction, or joins the open one; journal) ---- */

/* Adds (id 0) or changes a row; the rev in it must be the stored one, else FAIL_CONFLICT and *stored (may be NULL) is what there is. The row is as stored
 * afterwards. */
fail entry_save(struct call *c, const struct entry_kind *k, void *row, void *stored) MUST_CHECK;
fail entry_remove(struct call *c, const struct entry_kind *k, int64_t id, int64_t rev) MUST_CHECK;

/* ---- for the kinds ---- */

/* A member of the unit at some time of the year, by code. FAIL_INPUT at `field`. */
fail entry_person(struct call *c, const struct entry *e, const char *code, const char *field, int64_t *id) MUST_CHECK;
/* A row as JSON text, for the journal. */
const char *entry_json(struct call *c, const struct record *r, const void *row);

#endif
