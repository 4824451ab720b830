/* initiative.h — initiatives of members: what was thought of, by whom, what it brings, who recognised it (domain, sections 9 (T21) and 12).
 *
 * T21 counts initiatives per member and year, and how many of the members have at least one. An initiative with two authors is one initiative and gives both
 * of them one. Recognition by somebody is a remark, no condition: T21 counts what was registered. */
#ifndef CHIBO_GROWTH_INITIATIVE_H
#define CHIBO_GROWTH_INITIATIVE_H

#include "growth/entry.h"

struct initiative {
	struct entry e;
	const char *code;          /* "" on adding: one is made */
	const char *title, *benefit, *recognised_by;
	const char *authors;       /* codes of members, joined by ";" */
	const char *author_names;  /* read only, joined by ", " */
	struct date recognised_on;
};
extern const struct record initiative_record;
struct initiatives { struct initiative *v; size_t n; };

/* FAIL_NOT_FOUND without a problem. Inside db_read or db_write. */
fail initiative_by_code(struct call *c, int64_t realm, const char *code, struct initiative *out) MUST_CHECK;

/* T21, counted as cell_year counts it (rollup/rollup.h), for a unit alone or everything below it on the last day of the year (or today before it). */
struct initiative_count { int64_t initiatives, recognised, members, authors; }; /* authors: who belonged there in the year and has one */
fail initiative_counts(struct call *c, int64_t unit_id, int year, bool below, struct initiative_count *out) MUST_CHECK;

#endif
