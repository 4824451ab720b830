/* pages.h — what the page files of this room share. Private to src/document. */
#ifndef CHIBO_DOCUMENT_PAGES_H
#define CHIBO_DOCUMENT_PAGES_H

#include "document/shown.h"
#include "http/res.h"
#include "score/pages.h"

/* Names stand in the papers: for those who see the members of the cell, or belong to it. FAIL_DENIED with a sentence. */
fail papers_may_read(struct call *c, int64_t unit_id) MUST_CHECK;
/* Who may see a document of a unit: its register is open to whoever sees the unit, what stands in internal papers is not. */
unit_of page_document_unit;
/* The texts as they are edited; `may` asks for the right to record and for texts that are still open. */
struct text_edit text_edit_of(struct call *c, const struct dossier *d, enum meeting_text t, const char *back, bool may);
/* An issued document with its annexes. */
fail issued_part_of(struct call *c, const struct document *d, struct issued_part *out) MUST_CHECK;
/* "2025-11-03T19:00" for a field. */
const char *field_moment(struct call *c, struct moment m);
const char *field_date(struct call *c, struct date d);
/* The value of a date or time field of the body; `otherwise` where it is absent. FAIL_INPUT at the field. */
fail form_date(struct call *c, const struct req *rq, const char *name, struct date otherwise, struct date *out) MUST_CHECK;
fail form_moment(struct call *c, const struct req *rq, const char *name, struct moment otherwise, struct moment *out) MUST_CHECK;

#endif
