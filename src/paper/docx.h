/* docx.h — an ordinary Word document with Mustache names in its text, read once and filled many times.
 *
 * A name may be split over several runs, as Word likes to do. Sections within one paragraph repeat what stands between; sections alone in their paragraphs
 * repeat the paragraphs between them and vanish; sections that begin and end in cells of one row repeat that row; sections alone in rows repeat the rows between.
 * Values are escaped, their line ends become breaks. Everything else of the package is kept as it is. docs/forms.md tells it to people.
 *
 * An opened template is only read afterwards: any number of threads may fill it at once. */
#ifndef CHIBO_PAPER_DOCX_H
#define CHIBO_PAPER_DOCX_H

#include "base/call.h"
#include "base/out.h"

struct docx;
struct json_t;

/* Bytes of a part of the package. */
struct docx_bytes { const char *data; size_t size; };

/* A filled document: the parts with text, in the order of the package. */
struct docx_filled {
	const struct docx *form;
	struct docx_bytes *texts; /* one for every part of the form; data is NULL for parts that are kept */
};

/* Reads a template; it lives in `keep`, the bytes may go afterwards. `name` is what messages call the file. FAIL_INPUT naming file, place and what is expected:
 * no ZIP file, a password, macros, no document inside, not well-formed, a ZIP bomb (more than 32 MB unpacked), tags that are not closed, sections that
 * begin in one place and end in another kind of place. */
fail docx_open(struct call *c, struct arena *keep, const char *name, const void *data, size_t n, struct docx **out) MUST_CHECK;
/* Fills it with facts, in the call's arena. FAIL_INPUT for a name that the facts do not have, with its place. */
fail docx_fill(struct call *c, const struct docx *form, const struct json_t *facts, struct docx_filled *out) MUST_CHECK;
/* Tells of every name that the facts do not have, one sentence each; *n how many. */
fail docx_unknown(struct call *c, const struct docx *form, const struct json_t *facts, void (*told)(void *arg, const char *sentence), void *arg, int *n) MUST_CHECK;
/* The filled document as a file; the same bytes for the same facts. */
fail docx_write(struct call *c, const struct docx_filled *filled, struct out *out) MUST_CHECK;

/* The parts of a filled document, for those who draw it. The main one: */
struct docx_bytes docx_main(const struct docx_filled *filled);
/* The part that a relationship of the main part names by id ("rId3"), or by the end of its type ("/styles"); data NULL when there is none. */
struct docx_bytes docx_related(const struct docx_filled *filled, const char *id, const char *type);
const char *docx_name(const struct docx *form);

#endif
