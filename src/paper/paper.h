/* paper.h — a document from a form and facts, in any of four formats. What other rooms use.
 *
 *	TRY(paper_make(c, "minutes", meeting.date, out_text(&facts), PAPER_PDF, &rs->body));
 *
 * The filled Word document is what everything else is drawn from, so an office's change of a form shows in all formats. */
#ifndef CHIBO_PAPER_PAPER_H
#define CHIBO_PAPER_PAPER_H

#include "base/call.h"
#include "base/out.h"

enum paper_format { PAPER_DOCX, PAPER_PDF, PAPER_HTML, PAPER_XLSX };
#define PAPER_FORMATS 4

/* "docx", "pdf", "html", "xlsx": the word in addresses and commands, and the suffix of a file. */
const char *paper_word(enum paper_format format);
bool paper_format_parse(const char *word, enum paper_format *out);
/* The media type to send it with. */
const char *paper_type(enum paper_format format);

/* Writes the document: the layout in force on the day `on`, filled with the facts, which are JSON text (docs/forms.md). The same bytes for the same form, facts and
 * day. FAIL_NOT_FOUND: no such form; FAIL_INPUT: the facts lack a name that the form uses (named with its place), or the office's own form is broken.
 * Safe in any number of threads at once. */
fail paper_make(struct call *c, const char *form, struct date on, const char *facts, enum paper_format format, struct out *out) MUST_CHECK;

/* The Content-Security-Policy under which the style inside a print page counts: rs->policy = paper_policy(c->arena, &rs->body). */
const char *paper_policy(struct arena *a, const struct out *page);

#endif
