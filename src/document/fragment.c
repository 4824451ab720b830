/* fragment.c — an issued document as part of a page: its paragraphs and tables in their order, in the look of the page. The words are those that the
 * form and the frozen content give, the same as on paper. */
#include <jansson.h>

#include "document/shown.h"

#include "html/html.h"
#include "paper/doc.h"
#include "paper/form.h"

static void blocks(struct out *o, const struct doc_block *b);

static void runs(struct out *o, const struct doc_run *r)
{
	for (; r; r = r->next) {
		const char *before = r->look.bold ? "<b>" : "", *after = r->look.bold ? "</b>" : "";

		if (r->kind == DOC_BREAK)
			out_str(o, "<br>");
		if (r->kind == DOC_TAB)
			out_str(o, " ");
		if (r->kind != DOC_TEXT || r->look.hidden)
			continue;
		out_str(o, before);
		out_str(o, r->look.italic ? "<i>" : "");
		for (size_t i = 0; i < r->size; i++) {
			char ch = r->text[i];

			if (ch == '<' || ch == '>' || ch == '&')
				out_str(o, ch == '<' ? "&lt;" : ch == '>' ? "&gt;" : "&amp;");
			else
				out_char(o, ch);
		}
		out_str(o, r->look.italic ? "</i>" : "");
		out_str(o, after);
	}
}

static bool has_lines(const struct doc_table *t)
{
	for (int i = 0; i < 6; i++)
		if (t->borders[i].width > 0)
			return true;
	return false;
}

/* Head and signature stand in tables without lines: side by side where there is room. */
static void columns(struct out *o, const struct doc_table *t)
{
	out_str(o, "<div class=\"side\">");
	for (const struct doc_row *r = t->rows; r; r = r->next)
		for (const struct doc_cell *cell = r->cells; cell; cell = cell->next) {
			out_str(o, "<div>");
			blocks(o, cell->blocks);
			out_str(o, "</div>");
		}
	out_str(o, "</div>\n");
}

static void table(struct out *o, const struct doc_table *t)
{
	if (!has_lines(t)) {
		columns(o, t);
		return;
	}
	out_str(o, "<div class=\"scroll\" role=\"group\" aria-label=\"Bảng\" tabindex=\"0\"><table>");
	for (const struct doc_row *r = t->rows; r; r = r->next) {
		out_str(o, "<tr>");
		for (const struct doc_cell *cell = r->cells; cell; cell = cell->next) {
			if (cell->merge == DOC_MERGE_GOES_ON)
				continue;
			out_printf(o, "<%s", r->heading ? "th" : "td");
			if (cell->span > 1)
				out_printf(o, " colspan=\"%d\"", cell->span);
			out_str(o, ">");
			blocks(o, cell->blocks);
			out_printf(o, "</%s>", r->heading ? "th" : "td");
		}
		out_str(o, "</tr>");
	}
	out_str(o, "</table></div>\n");
}

static void blocks(struct out *o, const struct doc_block *b)
{
	for (; b; b = b->next) {
		if (b->kind == DOC_TABLE) {
			table(o, b->table);
			continue;
		}
		if (!b->paragraph->runs)
			continue;
		out_str(o, b->paragraph->align == DOC_CENTER ? "<p class=\"mid\">" : "<p>");
		runs(o, b->paragraph->runs);
		out_str(o, "</p>\n");
	}
}

static void let_go(void *facts)
{
	json_decref(facts);
}

fail document_fragment(struct call *c, const char *form, struct date on, const char *content, struct html *out)
{
	const struct builtin_form *found;
	const struct docx *docx;
	struct docx_filled filled;
	struct doc *doc;
	json_error_t error;
	json_t *facts = json_loads(content, JSON_REJECT_DUPLICATES, &error);
	struct out o;

	if (!facts)
		return problem(c, FAIL_BROKEN, "content", "the content of the document cannot be read: %s", error.text);
	arena_defer(c->arena, let_go, facts);
	TRY(form_find(c, form, on, &found));
	TRY(form_open(c, found, &docx));
	TRY(docx_fill(c, docx, facts, &filled));
	TRY(doc_read(c, &filled, "", &doc));
	out_memory(&o, c->arena);
	for (const struct doc_section *s = doc->sections; s; s = s->next)
		blocks(&o, s->body);
	*out = (struct html){ out_text(&o) };
	return FAIL_OK;
}
