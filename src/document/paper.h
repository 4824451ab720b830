/* paper.h — papers that are read before a meeting: guide for the discussion, draft resolution, material; each with a secrecy class.
 *
 * open and internal papers may have a file; whoever belongs to the cell, records for it or is a guest of the meeting reads them, and every reading of an
 * internal one is noted. Of a secret paper only the number is kept, it is handled on paper, and no meeting with one is held online. A draft has
 * a named author where it is about a theme; it is approved with the committee's minutes (meeting/pre_meeting.h). A paper that was put up is withdrawn, never
 * deleted, and its content goes with the withdrawal only while nobody was given it.
 *
 * What this does not know: numbers and the register (document.h), and who was sent what (meeting/sending.h). */
#ifndef CHIBO_DOCUMENT_PAPER_H
#define CHIBO_DOCUMENT_PAPER_H

#include "document/document.h"
#include "document/file.h"

enum paper_purpose { PAPER_NO_PURPOSE, PAPER_GUIDE, PAPER_DRAFT, PAPER_MATERIAL };
extern const char *const paper_purposes[]; /* "" guide draft_resolution material, NULL-ended: document.purpose */
const char *paper_purpose_name(enum lang lang, unsigned purpose);
/* The purpose of a document, PAPER_NO_PURPOSE for others. */
enum paper_purpose paper_purpose_of(const struct document *d);

/* A paper of a meeting and its file. */
struct paper {
	struct document document;
	struct file file;   /* id 0: none */
	const char *author; /* name, or NULL */
};
struct papers { struct paper *v; size_t n; };
/* Those that were not withdrawn, in the order they came. Inside db_read or db_write. */
fail papers_of(struct call *c, const struct meeting *m, struct papers *out) MUST_CHECK;
fail paper_by_id(struct call *c, const struct meeting *m, int64_t id, struct paper *out) MUST_CHECK;

/* FAIL_DENIED or FAIL_NOT_FOUND with a sentence unless the person asking may read papers of that class: the cell's own, whoever records for it, the
 * meeting's guests; open ones, and the list of papers, also whoever sees the members. Inside db_read or db_write. */
fail paper_may_read(struct call *c, const struct meeting *m, unsigned secrecy) MUST_CHECK;
/* The same for any document of the register: of a meeting as above; an internal one of a unit is for those who belong to it or record for it. */
fail document_may_read(struct call *c, const struct document *d) MUST_CHECK;
/* Notes that the person asking reads an internal paper; nothing for others. Opens its own db_write. */
fail paper_note_reading(struct call *c, const struct document *d) MUST_CHECK;

/* ---- writing (opens a write transaction, or joins the open one; journal; before the meeting opens) ---- */

struct paper_new {
	int64_t meeting_id;
	unsigned purpose, secrecy;        /* enum paper_purpose, enum document_secrecy */
	const char *subject, *outside_no; /* subject "": the name of the file; a secret one has a number only */
	int64_t author_id;                /* a member of the cell, or not above 0 */
	const struct file_taken *file;    /* NULL: only the name */
};
/* Puts a paper up: all of it or nothing. The same paper again is that paper. FAIL_INPUT: a secret one with a subject or a file, or at an online meeting; a
 * name that says it is secret. */
fail paper_add(struct call *c, const struct paper_new *p, struct paper *out) MUST_CHECK;
/* Puts a file in the place of the one there is, or of none. */
fail paper_replace_file(struct call *c, int64_t meeting_id, int64_t id, const struct file_taken *file, struct paper *out) MUST_CHECK;
/* Takes it off. Not there any more: nothing is done. */
fail paper_withdraw(struct call *c, int64_t meeting_id, int64_t id) MUST_CHECK;

#endif
