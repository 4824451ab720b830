/* pages.h — what the page files of this room share. Private to src/score. */
#ifndef CHIBO_SCORE_PAGES_H
#define CHIBO_SCORE_PAGES_H

#include "http/res.h"
#include "org/address.h"
#include "score/shown.h"

/* The unit a right is asked on: of the path "/meetings/:meeting/…"; of "/units/:unit/…" see org/address.h. */
unit_of page_meeting_unit;
/* The meeting of the path. */
fail page_meeting(struct call *c, const struct req *rq, struct meeting *out) MUST_CHECK;

/* A page below a meeting: crumbs to the cell and its meetings; `here` NULL for the meeting itself. */
void page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct meeting *m, const char *title, const char *here);
/* "Regular meeting of 03/11/2025" */
const char *page_meeting_title(struct call *c, const struct meeting *m);
const char *page_kind_title(enum lang lang, unsigned kind);
const char *page_meeting_path(struct call *c, const struct meeting *m, const char *below);
struct meeting_line page_line(struct call *c, const struct meeting *m);
/* What happened, with the meeting's code and version as receipt; goes to a page below the meeting. */
fail page_done(struct call *c, const struct req *rq, struct res *rs, const struct meeting *m, const char *below, const char *text) MUST_CHECK;
/* Somebody was faster, for JSON: the stored meeting and what was sent. */
fail page_conflict_json(struct call *c, const struct req *rq, struct res *rs, const struct meeting *stored) MUST_CHECK;
/* Stores what a JSON body says (intake.h), for the meeting of the path, or for the unit of the path when `m` is NULL, and answers. */
fail page_store_json(struct call *c, const struct req *rq, struct res *rs, int64_t unit_id, const struct meeting *m) MUST_CHECK;
/* Flaws become problems of a form; then so does the call's own problem. */
void page_flaws(struct form *f, const struct flaws *found);

/* May the person read the papers of a cell: a member of it, or somebody who looks after it? */
bool page_may_read_papers(struct call *c, int64_t unit_id);

#endif
