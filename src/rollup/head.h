/* head.h — head, place and date, recipients and signature of a committee's paper, as the forms' parts letterhead and signature want them (docs/forms.md).
 * All words are Vietnamese: they are what stands on paper. */
#ifndef CHIBO_ROLLUP_HEAD_H
#define CHIBO_ROLLUP_HEAD_H

#include "base/call.h"
#include "base/json.h"
#include "org/unit.h"

struct paper_of {
	struct unit unit;
	const char *number;      /* "07-TB/ĐU", or "" */
	struct date on;
	const char *signed_by;   /* "": the secretary, else the deputy, of the day */
};
/* Writes unit_above, unit, number, place_date, recipients, sign_for, sign_as, signer into the open object. Inside db_read or db_write. */
fail head_facts(struct call *c, struct json *j, const struct paper_of *p) MUST_CHECK;
/* "Đảng ủy xã An Bình" for the party body "Đảng bộ xã An Bình": the body's committee is what issues papers. */
const char *head_issuer(struct arena *a, const struct unit *u);

#endif
