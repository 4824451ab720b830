/* term.h — terms of a unit's committee (or of a cell's leadership): the spans that numbers of documents run in (domain, section 5.3).
 *
 * Terms of one unit follow each other without overlap; between two of them nothing can be numbered. A term is known by its first day. It can be
 * given another name or last day, as long as every numbered document stays inside. */
#ifndef CHIBO_DOCUMENT_TERM_H
#define CHIBO_DOCUMENT_TERM_H

#include "db/db.h"

struct term {
	int64_t realm, unit_id;
	const char *unit_code;
	const char *name;                 /* "2025–2027" */
	struct date valid_from, valid_to;
};
extern const struct record term_record; /* its labelled fields are the columns of files */
struct terms { struct term *v; size_t n; };

/* Latest first. Inside db_read or db_write. */
fail terms_of(struct call *c, int64_t unit_id, struct terms *out) MUST_CHECK;
/* The term of a day. FAIL_INPUT at "dated_on" with what to do when there is none. */
fail term_on(struct call *c, int64_t unit_id, struct date on, struct term *out) MUST_CHECK;
/* Adds a term, or changes name and last day of the one that begins on that day. unit_id or unit_code names the unit; "" as name makes one from the
 * years. FAIL_INPUT when it overlaps another one or cuts off a numbered document. Opens a write transaction, or joins the open one; journal. */
fail term_save(struct call *c, struct term *t) MUST_CHECK;

#endif
