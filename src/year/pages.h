/* pages.h — what the page files of this room share. Private to src/year.
 *
 * A member's case is for the member, the leadership of the cell and those who decide: for everybody else it is not there (FAIL_NOT_FOUND). The
 * right in the row of a route is asked on the unit evaluated; what a step needs beyond that is asked with case_person_may. */
#ifndef CHIBO_YEAR_PAGES_H
#define CHIBO_YEAR_PAGES_H

#include "html/form.h"
#include "html/parts.h"
#include "http/res.h"
#include "year/assess.h"

/* ---- which case, which year, who ---- */

/* The unit a right is asked on: of "/cases/:case/…" the unit evaluated, for a member the cell. */
unit_of year_page_unit;
/* The case of the path, if the person may see it. Inside db_read or db_write. */
fail year_page_case(struct call *c, const struct req *rq, struct year_case *out) MUST_CHECK;
/* Is it the person's own classification? */
bool year_page_is_mine(struct call *c, const struct year_case *k);
/* May the person see a member's level in that cell, beyond the own one? */
bool year_page_may_members(struct call *c, int64_t unit_id);
/* ?year=, otherwise the year of today. FAIL_INPUT on nonsense. */
fail year_page_year(struct call *c, const struct req *rq, int *out) MUST_CHECK;

/* ---- addresses and words ---- */

/* "/cases/7/sheet" */
const char *year_page_path(struct call *c, const struct year_case *k, const char *below);
/* "/units/7/year/members?year=2025"; `below` such as "/year/members" */
const char *year_page_unit_path(struct call *c, int64_t unit_id, const char *below, int year);
/* The page on which such facts of a unit are recorded, or NULL. */
const char *year_page_of_origin(struct call *c, int64_t unit_id, int year, enum year_origin o);
/* "“Four good” 2025", "Classification 2025: Nguyễn Văn An" */
const char *year_page_title(struct call *c, const struct year_case *k);
/* Name of the member, or of the unit. */
const char *year_page_subject(const struct year_case *k);
/* The last day proposed for a step of a year: 31 January, 31 July, 30 November, 15 December, 31 January after it; DATE_NONE where none is. */
struct date year_step_by(int year, unsigned step);
/* What was typed in a field, cleaned; "" when absent. */
const char *year_page_typed(struct call *c, const struct req *rq, const char *name);
/* A day of the body; `otherwise` when absent or empty. FAIL_INPUT at the field. */
fail year_page_day(struct call *c, const struct req *rq, const char *name, struct date otherwise, struct date *out) MUST_CHECK;
/* A number of people; INT_UNKNOWN when absent or empty. FAIL_INPUT at the field. */
fail year_page_people(struct call *c, const struct req *rq, const char *name, int64_t *out) MUST_CHECK;
/* What stands in the fields of a form without a record: `otherwise` unless something was typed. Called for each field, the typed ones last. */
void year_page_value(struct call *c, struct form *f, const char *name, const char *otherwise);
void year_page_values_typed(struct call *c, const struct req *rq, struct form *f);

/* ---- pages ---- */

/* A page of a case: crumbs to the unit and its year; `here` NULL for the case itself. */
void year_page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct year_case *k, const char *title,
                     const char *here);
/* A page of a unit's year; `here` NULL for the year itself. */
void year_page_unit_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct unit *u, int year, const char *title,
                          const char *here);
/* What happened, with the case and its version as receipt; goes to a page below the case. */
fail year_page_done(struct call *c, const struct req *rq, struct res *rs, const struct year_case *k, const char *below, const char *text) MUST_CHECK;
/* Somebody was faster, for JSON: the stored case and what was sent. */
fail year_page_conflict(struct call *c, const struct req *rq, struct res *rs, const struct year_case *stored) MUST_CHECK;
/* "sheet":{…} without its facts, or null. */
void year_sheet_json(struct json *j, const char *key, const struct year_sheet *s);
/* "Standard met ✓", "Tasks completed well ◐": word and shape; "–" for none. */
void html_year_result(struct out *o, const struct page *pg, unsigned result);
/* "met" for the standard, else the level; for JSON. */
const char *year_result_word(unsigned result);

/* ---- criteria ---- */

/* A line of a sheet as an explanation. */
struct year_line {
	const char *id, *title, *why, *to_full;
	const char *group;              /* first line of a group: its title, else NULL */
	struct tenths group_points, group_max; /* points TENTHS_NONE: not all known */
	struct tenths points, max;
	const char *from;               /* "from the meetings, from the tasks"; "" */
	const char *fix;                /* a fact is missing: where it is recorded, or NULL */
	const char *field, *why_field;  /* "judged.G1.4", "why.G1.4" */
	const char *said;               /* a person's words beside it, or NULL */
	bool judged;                    /* people give the points */
	bool missing;                   /* a fact is not recorded */
	bool waits;                     /* nobody has judged it yet */
	bool full;
	bool can_win;                   /* not full, and what it looks at can still change */
	bool gone;                      /* not full, and nothing of it can change any more */
};
struct year_lines { struct year_line *v; size_t n; };
/* Laid open for a unit and year. `now` NULL: what can still change is not known, nothing is `can_win` or `gone`. `whys` may be NULL. */
void year_lines_of(struct call *c, int64_t unit_id, int year, const struct scored_sheet *s, const struct year_gathered *now,
                   const struct line_whys *whys, struct year_lines *out);
/* What evidence the table expects for a line from a unit of that type ("AG" …), as one text; "" for none. */
const char *year_line_evidence(struct call *c, const struct scored_line *l, const char *type);
/* The type of the unit of a case, "" when not known. Inside db_read or db_write. */
fail year_page_type(struct call *c, const struct year_case *k, const char **type) MUST_CHECK;
/* Every "why.ID" that is not empty. */
void year_page_whys(struct call *c, const struct req *rq, struct line_whys *out);

#endif
