/* pages.h — what the page files of this room share. Private to src/work. */
#ifndef CHIBO_WORK_PAGES_H
#define CHIBO_WORK_PAGES_H

#include "http/res.h"
#include "org/address.h"
#include "org/unit.h"
#include "work/shown.h"
#include "work/work_pages.h"

/* The unit a right is asked on: that of the target in the path. */
unit_of page_of_goal;

/* The unit of "/units/:unit/…" as it is today, or was last. */
fail page_unit(struct call *c, const struct req *rq, struct unit *out) MUST_CHECK;
static inline bool unit_is_cell(const struct unit *u) { return u->level == LEVEL_CELL || u->level == LEVEL_GRASSROOTS; }
const char *page_path(struct call *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Columns with labels in the language of the call. */
const struct column *page_columns(struct call *c, const struct column *columns, size_t n);
/* ?on= or today; FAIL_INPUT on nonsense. */
fail page_day(struct call *c, const struct req *rq, struct date *out) MUST_CHECK;
/* A whole number in the query, or 0. */
fail page_number(struct call *c, const struct req *rq, const char *name, int64_t *out) MUST_CHECK;

struct task_line task_line_of(struct call *c, const struct task *t);
/* The members of a cell as choices, "–" first. */
fail page_people(struct call *c, int64_t unit_id, struct choice **out, size_t *n) MUST_CHECK;

#endif
