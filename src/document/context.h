/* context.h — the papers of a meeting as the JSON that the forms are filled with (docs/forms.md), and as finished documents.
 *
 *	R02 agenda, invitation   R03 attendance   R04 pre_minutes   R05 minutes   R06 resolution   R07 score   (and annex)
 *
 * Every name that a form may use is written, empty where nothing is known; samples of all of them are forms/NAME.json. */
#ifndef CHIBO_DOCUMENT_CONTEXT_H
#define CHIBO_DOCUMENT_CONTEXT_H

#include "document/compose.h"
#include "paper/paper.h"

/* Each writes one JSON object. */
void document_context_R02(struct call *c, const struct dossier *d, struct json *j);
/* `only`: the key of one person ("m17", "g4") or NULL for a page for everybody. */
void document_context_invitation(struct call *c, const struct dossier *d, const char *only, struct json *j);
void document_context_R03(struct call *c, const struct dossier *d, struct json *j);
void document_context_R04(struct call *c, const struct dossier *d, struct json *j);
void document_context_R05(struct call *c, const struct dossier *d, const struct minutes *m, struct json *j);
void document_context_R06(struct call *c, const struct dossier *d, const struct resolution *r, struct json *j);
void document_context_R07(struct call *c, const struct dossier *d, struct json *j);
void document_context_annex(struct call *c, const struct dossier *d, const struct document *corrected, const struct document *annex, struct json *j);

/* A form of a meeting: R02 to R07 and the notice to each person. */
struct meeting_form_kind {
	const char *id;    /* "R05" */
	const char *name;  /* "minutes": the form's, and the word in addresses */
	const char *title; /* message id */
};
extern const struct meeting_form_kind meeting_forms[]; /* ends with a NULL name */
/* By name or number; the number R02 is the agenda. NULL: there is none. */
const struct meeting_form_kind *meeting_form_find(const char *word);

/* A paper of a meeting as it stands: an issued document as it was frozen, otherwise composed from the record. */
struct meeting_paper {
	const struct meeting_form_kind *kind;
	const char *context;  /* JSON */
	struct date on;       /* the day that chooses the layout */
	const char *filename; /* without suffix: "R05-minutes-V1-20251103" */
};
/* Inside db_read or db_write. */
fail meeting_paper_of(struct call *c, const struct meeting *m, const struct meeting_form_kind *kind, const char *person, struct meeting_paper *out) MUST_CHECK;
/* The document in that format. */
fail meeting_paper_make(struct call *c, const struct meeting_paper *p, enum paper_format format, struct out *out) MUST_CHECK;

#endif
