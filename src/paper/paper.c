/* paper.c — form, facts, filled document, and from there into the format that is wanted. */
#include <jansson.h>

#include "paper/paper.h"

#include <string.h>

#include "paper/form.h"
#include "paper/paper_xlsx.h"
#include "paper/pdf.h"
#include "paper/print_html.h"

static const struct { const char *word, *type; } formats[PAPER_FORMATS] = {
	[PAPER_DOCX] = { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
	[PAPER_PDF] = { "pdf", "application/pdf" },
	[PAPER_HTML] = { "html", "text/html; charset=utf-8" },
	[PAPER_XLSX] = { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
};

const char *paper_word(enum paper_format format) { return formats[format].word; }
const char *paper_type(enum paper_format format) { return formats[format].type; }

bool paper_format_parse(const char *word, enum paper_format *out)
{
	for (int i = 0; i < PAPER_FORMATS; i++)
		if (strcmp(formats[i].word, word) == 0) {
			*out = (enum paper_format)i;
			return true;
		}
	return false;
}

static void let_go(void *facts) { json_decref(facts); }

static fail read_facts(struct call *c, const char *text, json_t **out)
{
	json_error_t error;

	*out = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (!*out)
		return problem(c, FAIL_INPUT, "facts", "the facts of the document are not JSON: line %d, column %d: %s", error.line, error.column, error.text);
	arena_defer(c->arena, let_go, *out);
	return FAIL_OK;
}

/* The document's own title where the facts have one. */
static const char *title_of(struct call *c, const struct builtin_form *form, const json_t *facts)
{
	const char *own = json_string_value(json_object_get(facts, "title"));

	return own && *own ? own : form_title(c->lang, form);
}

fail paper_make(struct call *c, const char *name, struct date on, const char *text, enum paper_format format, struct out *out)
{
	const struct builtin_form *form;
	const struct docx *docx;
	struct docx_filled filled;
	struct doc *doc;
	json_t *facts;

	TRY(form_find(c, name, on, &form));
	TRY(form_open(c, form, &docx));
	TRY(read_facts(c, text, &facts));
	TRY(docx_fill(c, docx, facts, &filled));
	if (format == PAPER_DOCX)
		return docx_write(c, &filled, out);
	TRY(doc_read(c, &filled, title_of(c, form, facts), &doc));
	if (format == PAPER_PDF)
		return pdf_write(c, doc, on, out);
	return format == PAPER_HTML ? print_html(c, doc, out) : paper_xlsx(c, doc, out);
}

const char *paper_policy(struct arena *a, const struct out *page) { return print_html_policy(a, page->data, page->size); }
