/* register_pages.h — shared by the page of all registers and the pages of one. Private to src/oversight. */
#ifndef CHIBO_OVERSIGHT_REGISTER_PAGES_H
#define CHIBO_OVERSIGHT_REGISTER_PAGES_H

#include "http/res.h"

/* What is said after a declaration, with the year put into `nothing` (a sentence with %s, already translated). */
fail oversight_declared(struct call *c, const struct req *rq, struct res *rs, const char *to, const char *nothing, int year, bool back) MUST_CHECK;

#endif
