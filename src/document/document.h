/* document.h — the register of a unit's documents: what it issued, under which number, what was withdrawn, what corrects what.
 *
 * Numbers run from 01 per unit, type and term, without gaps; a number is given in the transaction that issues the document, so two who issue at
 * once never get the same and never leave one out. Once given, a number stays taken, also when the document is withdrawn. What was filled in when
 * it was issued is kept in `content` and never changed afterwards: a mistake is put right by an annex.
 *
 * Rules kept here: V20 (what a cell may issue). A secret document is a number and nothing else: no subject, no content, no file.
 *
 * What this does not know: how a document looks (context.h, forms/) and how the papers of a meeting are sent. */
#ifndef CHIBO_DOCUMENT_DOCUMENT_H
#define CHIBO_DOCUMENT_DOCUMENT_H

#include "document/term.h"
#include "meeting/meeting.h"
#include "org/unit.h"

enum document_type {
	DOC_NO_TYPE, DOC_RESOLUTION, DOC_DECISION, DOC_CONCLUSION, DOC_NOTICE, DOC_REPORT, DOC_PLAN, DOC_PROGRAMME, DOC_SCHEME, DOC_OPTION, DOC_SUBMISSION,
	DOC_LETTER, DOC_MINUTES, DOC_WORKING_RULES, DOC_REGULATION, DOC_GUIDANCE, DOC_DIRECTIVE, DOC_TYPES
};
extern const char *const document_types[];  /* "" NQ QĐ KL TB BC KH CTr ĐA PA TTr CV BB QC QyĐ HD CT, NULL-ended */
const char *document_type_name(enum lang lang, unsigned type); /* "Resolution" */
/* V20: FAIL_INPUT at "type" when such a unit does not issue such documents. A grassroots body that is one cell is told by its name, "Chi bộ …". */
fail document_type_check(struct call *c, unsigned type, unsigned level, const char *unit_name) MUST_CHECK;

enum document_secrecy { SECRECY_NONE, SECRECY_OPEN, SECRECY_INTERNAL, SECRECY_SECRET };
extern const char *const document_secrecies[]; /* "" open internal secret */
const char *document_secrecy_name(enum lang lang, unsigned secrecy);

enum document_state { DOCUMENT_NO_STATE, DOCUMENT_DRAFT, DOCUMENT_ISSUED, DOCUMENT_WITHDRAWN };
extern const char *const document_states[]; /* "" draft issued withdrawn */
const char *document_state_name(enum lang lang, unsigned state);

/* Purposes that this room gives (document.purpose); rooms may use words of their own. */
#define PURPOSE_MINUTES     "minutes"
#define PURPOSE_RESOLUTION  "resolution"  /* resolution or conclusion of a meeting */
#define PURPOSE_PRE_MINUTES "pre_minutes"
#define PURPOSE_ANNEX       "annex"

struct document {
	int64_t realm, id, unit_id, meeting_id, author_id, number, annex_to, file_id, rev; /* not above 0: none */
	unsigned type, secrecy, state, unit_level;
	const char *purpose, *subject, *signed_by, *outside_no, *form, *content, *search_key;
	struct date dated_on, term_from;
	struct moment uploaded_at;
	const char *unit_code, *unit_name; /* read only, as the level: of the unit today */
};
extern const struct record document_record;
struct documents { struct document *v; size_t n; };

/* "CB" for cells, "ĐU" for committees. */
const char *document_org_code(unsigned level, const char *unit_name);
/* "05-NQ/CB"; "   -NQ/CB" (room to write) while there is no number; the outside number when it has one. In the arena. */
const char *document_number_text(struct arena *a, const struct document *d);
/* A line for lists: "Nghị quyết số 05-NQ/CB ngày 03/11/2025"; the subject is not in it. */
const char *document_line(struct arena *a, enum lang lang, const struct document *d);
void document_json(struct json *j, struct arena *a, const struct document *d);

/* ---- reading (inside db_read or db_write) ---- */

/* FAIL_NOT_FOUND with a problem when there is none. */
fail document_by_id(struct call *c, int64_t id, struct document *out) MUST_CHECK;
fail document_unit(struct call *c, int64_t id, int64_t *unit_id) MUST_CHECK;
/* All papers of a meeting, drafts included, in the order they came. */
fail documents_of_meeting(struct call *c, const struct meeting *m, struct documents *out) MUST_CHECK;
/* The latest of a meeting with that purpose that was not withdrawn; out->id 0 when there is none. */
fail document_of_meeting(struct call *c, const struct meeting *m, const char *purpose, struct document *out) MUST_CHECK;
/* Annexes of a document, in order. */
fail document_annexes(struct call *c, const struct document *d, struct documents *out) MUST_CHECK;

struct document_query {
	int64_t unit_id;
	unsigned type, state;     /* 0: all */
	struct date term_from;    /* DATE_NONE: all terms */
	const char *words;        /* of the subject or the number, without tone marks; NULL or "": all */
	int64_t before_id, limit; /* paging: INT64_MAX to begin */
};
/* Newest first. Papers to read that other rooms keep under a meeting without a type are not in the register. */
fail document_list(struct call *c, const struct document_query *q, struct documents *out) MUST_CHECK;

/* ---- writing (opens a write transaction, or joins the open one; journal) ---- */

/* A draft, or a paper that came with an outside number. Fills id, realm, rev. */
fail document_create(struct call *c, struct document *d) MUST_CHECK;
/* A document issued before its register was kept here, or elsewhere: issued, with the number it bears (outside_no). Fills id and rev; the unit, its
 * realm, level and name are the caller's. */
fail document_take_over(struct call *c, struct document *d) MUST_CHECK;
/* Changes type, secrecy, subject, author, day and signer of a draft if its rev is still d->rev (ANY_REV: whatever it is). FAIL_CONFLICT when it
 * was issued, or somebody changed it first: *stored is what there is. */
fail document_update(struct call *c, struct document *d, struct document *stored) MUST_CHECK;

struct document_issue {
	int64_t id, rev;
	struct date dated_on;
	const char *signed_by;
	const char *form, *content; /* "" for what is not printed from a form */
	/* Where the content names its own number: called with the numbered document inside the transaction, instead of `content`. May be NULL. */
	fail (*compose)(struct call *c, const struct document *d, void *arg, const char **content);
	void *arg;
	int64_t first;              /* the number to begin with where a term is half over and none of this type was issued here; 0: 01 */
};
/* Gives the number and freezes the content. FAIL_INPUT without a term, type or day, or for a type that the unit does not issue; FAIL_CONFLICT when it
 * was issued before. *d is the document afterwards. */
fail document_issue(struct call *c, const struct document_issue *how, struct document *d) MUST_CHECK;
/* The number stays taken. FAIL_CONFLICT for a draft; the reason goes into the journal. */
fail document_withdraw(struct call *c, int64_t id, int64_t rev, const char *reason, struct document *d) MUST_CHECK;
/* An annex that corrects an issued document: 1, 2 … of it, kept as it is from the start. *annex gets it. */
fail document_annex(struct call *c, int64_t id, const char *text, struct date dated_on, const char *signed_by, struct document *annex) MUST_CHECK;
/* Ties a stored file to a document, such as the scan of the signed paper; 0 forgets it. The content stays as it was issued. Not for secret ones. */
fail document_attach(struct call *c, int64_t id, int64_t file_id, struct document *d) MUST_CHECK;

#endif
