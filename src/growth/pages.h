/* pages.h — what the page files of this room share. Private to src/growth. */
#ifndef CHIBO_GROWTH_PAGES_PRIVATE_H
#define CHIBO_GROWTH_PAGES_PRIVATE_H

#include "growth/growth_pages.h"
#include "growth/shown.h"
#include "http/res.h"
#include "org/address.h"
#include "org/unit.h"

/* The unit of "/units/:unit/…" as it is today, or was last. */
fail growth_page_unit(struct call *c, const struct req *rq, struct unit *out) MUST_CHECK;
/* "year" of the query or body, or the year of today. FAIL_INPUT on nonsense. */
fail growth_page_year(struct call *c, const struct req *rq, int *year) MUST_CHECK;
const char *growth_path(struct call *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A page below a unit: crumbs to the unit, to its emulation, `here`. */
void growth_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, const char *here);
/* Goes to `to` and says what happened. */
fail growth_page_done(struct call *c, const struct req *rq, struct res *rs, const char *to, const char *text) MUST_CHECK;
/* A field of the body, cleaned; "" when absent. */
const char *growth_typed(struct call *c, const struct req *rq, const char *name);
/* A day in the body; empty or absent: `otherwise`. */
fail growth_day(struct call *c, const struct req *rq, const char *name, struct date otherwise, struct date *out) MUST_CHECK;
const char *growth_iso(struct call *c, struct date d);
/* A text cut into its lines; *n how many. */
const char *const *growth_lines(struct call *c, const char *text, size_t *n);
/* Columns with labels in the language of the call. */
const struct column *growth_columns(struct call *c, const struct column *columns, size_t n);
/* Words of a field with their names for people, those of `from` and after. */
struct choice *growth_words(struct call *c, const char *const *words, const char *(*name)(enum lang lang, unsigned word), unsigned from, size_t *n);
/* Members of the unit at some time of the year as choices of codes, `first` (may be NULL) before them with the value "". */
fail growth_people(struct call *c, const struct unit *u, int year, const char *first, struct choice **out, size_t *n) MUST_CHECK;
/* The code of the person asking where they are a member of the unit in that year, else "". */
fail growth_own_code(struct call *c, const struct unit *u, int year, const char **out) MUST_CHECK;
/* May names of members of the unit be shown: to its own members and whoever sees members. */
bool growth_may_names(struct call *c, int64_t unit_id);

#endif
