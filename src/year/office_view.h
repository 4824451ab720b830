/* office_view.h — one case put together for the page of the committee. Private to src/year. */
#ifndef CHIBO_YEAR_OFFICE_VIEW_H
#define CHIBO_YEAR_OFFICE_VIEW_H

#include "year/office_parts.h"

/* Fills the view; v->form was begun and v->rev set by the caller. */
void office_view_build(struct call *c, const struct req *rq, const struct office_case *d, struct office_view *v);
/* "tasks on time, members" for bits of facts of a kind of case; beyond three "and 2 more". "" for none. */
const char *office_fact_names(struct call *c, unsigned kind, uint64_t facts);

#endif
