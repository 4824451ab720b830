/* verify.h — one check of `chibo verify` as a row of a table.
 *
 * A room that keeps something that can be computed again (chains, counters, references) says here how to compare. app/tables.c
 * lists the tables; the command runs them all, each in a read snapshot, and goes on after a difference. */
#ifndef CHIBO_BASE_VERIFY_H
#define CHIBO_BASE_VERIFY_H

#include "base/call.h"

struct verify_check {
	const char *name;  /* "journal"; NULL ends the table */
	const char *title; /* message id: what is compared */
	/* FAIL_BROKEN with the first difference as the problem; further ones go to c->err, one line each. *checked: how many things were looked at. */
	fail (*run)(struct call *c, int64_t *checked);
};

#endif
