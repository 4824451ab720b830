/* office_many.h — one act on many cases: appraise as voted, return with reason and deadline, notify. Private to src/year.
 *
 * Each case is a change of its own (a savepoint): one that was changed since it was shown, that may not take the step or whose facts are different now is
 * named in `form` and left. */
#ifndef CHIBO_YEAR_OFFICE_MANY_H
#define CHIBO_YEAR_OFFICE_MANY_H

#include "http/req.h"
#include "year/office_queue.h"
#include "year/store.h"

struct office_many {
	const struct req *rq;  /* its fields "case": ID.REV, many times */
	struct form *form;     /* gets a problem at "case" for every case that was left */
	enum case_step step;   /* APPRAISE, RETURN or NOTIFY */
	struct case_note note;
	int64_t done;
};
/* db_body, inside db_write. FAIL_INPUT when a choice cannot be read. */
fail office_act_on_many(struct call *c, void *arg) MUST_CHECK;
/* "12 cases appraised as voted." */
const char *office_many_words(struct call *c, const struct office_many *m);

/* For each row that waits for the committee the facts that are different from those its sheet was made from, in words; "" for none. Inside db_read. */
fail office_changed(struct call *c, const struct office_query *q, const struct office_row *rows, size_t n, const char ***out) MUST_CHECK;

#endif
