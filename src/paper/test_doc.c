/* test_doc.c — what is drawn of a Word document: styles, lists, tables, fields, pages. */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paper/doc.h"
#include "paper/pdf.h"
#include "paper/print_html.h"
#include "paper/zip_write.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"

static const char relations[] = "<Relationships><Relationship Id=\"a\" Type=\"x/styles\" Target=\"styles.xml\"/><Relationship Id=\"b\" Type=\"x/numbering\" Target=\"numbering.xml\"/>"
	"<Relationship Id=\"h\" Type=\"x/header\" Target=\"header.xml\"/></Relationships>";
static const char styles[] = "<w:styles " W "><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"28\"/></w:rPr></w:rPrDefault></w:docDefaults>"
	"<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:pPr><w:spacing w:after=\"100\"/></w:pPr></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Head\"><w:basedOn w:val=\"N\"/><w:pPr><w:jc w:val=\"center\"/><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:basedOn w:val=\"Head\"/><w:rPr><w:b w:val=\"0\"/><w:i/></w:rPr></w:style>"
	"<w:style w:type=\"character\" w:styleId=\"Loud\"><w:rPr><w:caps/><w:u w:val=\"single\"/></w:rPr></w:style></w:styles>";
static const char numbering[] = "<w:numbering " W "><w:abstractNum w:abstractNumId=\"1\">"
	"<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/><w:pPr><w:ind w:left=\"720\" w:hanging=\"360\"/></w:pPr></w:lvl>"
	"<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%2)\"/></w:lvl>"
	"<w:lvl w:ilvl=\"2\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\xef\x82\xb7\"/></w:lvl></w:abstractNum><w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>";
static const char header[] = "<w:hdr " W "><w:p><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>9</w:t></w:r></w:fldSimple><w:r><w:t>/</w:t></w:r>"
	"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> NUMPAGES </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
	"<w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";

static void add(struct call *c, struct zip_writer *w, const char *path, const char *text)
{
	struct zip_part part;

	assert_ok(c, zip_write_pack(c, c->arena, path, text, strlen(text), 1, &part));
	zip_write_part(w, &part);
}

static struct doc *read_body(struct call *c, const char *body)
{
	const char *document = arena_printf(c->arena, "<w:document " W " xmlns:r=\"r\"><w:body>%s</w:body></w:document>", body);
	struct docx_filled filled;
	struct zip_writer w;
	struct docx *form;
	struct doc *doc;
	struct out o;

	out_memory(&o, c->arena);
	zip_write_begin(&w, c->arena, &o);
	add(c, &w, "word/document.xml", document);
	add(c, &w, "word/_rels/document.xml.rels", relations);
	add(c, &w, "word/styles.xml", styles);
	add(c, &w, "word/numbering.xml", numbering);
	add(c, &w, "word/header.xml", header);
	zip_write_end(&w);
	assert_ok(c, docx_open(c, c->arena, "t.docx", o.data, o.size, &form));
	assert_ok(c, docx_fill(c, form, NULL, &filled));
	assert_ok(c, doc_read(c, &filled, "t", &doc));
	return doc;
}

static const struct doc_paragraph *paragraph(const struct doc *doc, int i)
{
	const struct doc_block *block = doc->sections->body;

	while (i-- > 0)
		block = block->next;
	return block->paragraph;
}

static void styles_are_laid_one_over_the_other(void **state)
{
	const struct doc_paragraph *p;
	struct doc *doc;
	struct call c;

	(void)state;
	test_call(&c);
	doc = read_body(&c, "<w:p><w:pPr><w:pStyle w:val=\"Sub\"/><w:spacing w:before=\"40\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"Loud\"/><w:sz w:val=\"24\"/></w:rPr>"
		"<w:t>đảng ủy</w:t></w:r></w:p>" P("x"));
	p = paragraph(doc, 0);
	assert_int_equal(p->align, DOC_CENTER);
	assert_true(p->keep_next);
	assert_int_equal(p->before, 40);
	assert_int_equal(p->after, 100);
	assert_true(p->runs->look.italic && p->runs->look.underline && !p->runs->look.bold);
	assert_int_equal(p->runs->look.size, 24);
	assert_string_equal(p->runs->text, "ĐẢNG ỦY");
	assert_int_equal(paragraph(doc, 1)->runs->look.size, 28);
	call_end(&c);
}

#define ITEM(level, text) "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

static void lists_are_numbered_on_and_begin_anew_below_a_higher_level(void **state)
{
	static const char *const expected[] = { "I.\tx", "a)\tx", "b)\tx", "II.\tx", "a)\tx", "•\tx" };
	struct doc *doc;
	struct call c;

	(void)state;
	test_call(&c);
	doc = read_body(&c, ITEM("0", "x") ITEM("1", "x") ITEM("1", "x") ITEM("0", "x") ITEM("1", "x") ITEM("2", "x"));
	for (int i = 0; i < 6; i++)
		assert_string_equal(doc_text(c.arena, paragraph(doc, i)), expected[i]);
	assert_int_equal(paragraph(doc, 0)->first, -360);
	call_end(&c);
}

/* Number of pages, and the text of poppler where it is there. */
static int pages_of(struct call *c, const struct doc *doc, char *text, size_t room)
{
	const char *path = arena_join(c->arena, test_dir(), "/doc.pdf", NULL);
	struct out o;
	FILE *f;
	int n;

	out_memory(&o, c->arena);
	assert_ok(c, pdf_write(c, doc, c->today, &o));
	assert_non_null(memmem(o.data, o.size, "/Count ", 7));
	n = atoi((const char *)memmem(o.data, o.size, "/Count ", 7) + 7);
	f = fopen(path, "wb");
	assert_int_equal(fwrite(o.data, 1, o.size, f), o.size);
	fclose(f);
	f = popen(arena_printf(c->arena, "pdftotext -layout %s - 2>/dev/null", path), "r");
	text[fread(text, 1, room - 1, f)] = '\0';
	pclose(f);
	return n;
}

static void page_breaks_sections_and_numbers_of_pages(void **state)
{
	char text[4000];
	struct doc *doc;
	struct call c;

	(void)state;
	test_call(&c);
	doc = read_body(&c, P("one") "<w:p><w:r><w:t>two</w:t><w:br w:type=\"page\"/><w:t>three</w:t></w:r></w:p>"
		"<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/><w:pgSz w:w=\"16838\" w:h=\"11906\"/></w:sectPr></w:pPr></w:p>" P("four")
		"<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>");
	assert_int_equal(doc->sections->width, 16838);
	assert_int_equal(doc->sections->next->width, 11906);
	assert_int_equal(pages_of(&c, doc, text, sizeof text), 3);
	if (*text) {
		assert_non_null(strstr(text, "1/3"));
		assert_non_null(strstr(text, "3/3"));
		assert_true(strstr(text, "2/3") < strstr(text, "three"));
	}
	call_end(&c);
}

#define CELL(properties, text) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(text) "</w:tc>"

static void merged_cells_reach_over_columns_and_rows(void **state)
{
	struct doc *doc;
	struct call c;
	struct out o;

	(void)state;
	test_call(&c);
	doc = read_body(&c, "<w:tbl><w:tblGrid><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"3000\"/></w:tblGrid>"
		"<w:tr><w:trPr><w:tblHeader/></w:trPr>" CELL("<w:vMerge w:val=\"restart\"/>", "a") CELL("<w:gridSpan w:val=\"2\"/>", "b") "</w:tr>"
		"<w:tr><w:trPr><w:tblHeader/></w:trPr>" CELL("<w:vMerge/>", "") CELL("", "c") CELL("", "d") "</w:tr><w:tr>" CELL("", "1") CELL("", "2") CELL("", "3") "</w:tr></w:tbl>");
	out_memory(&o, c.arena);
	assert_ok(&c, print_html(&c, doc, &o));
	assert_non_null(strstr(out_text(&o), " rowspan=\"2\"><p"));
	assert_non_null(strstr(out_text(&o), " colspan=\"2\"><p"));
	assert_non_null(strstr(out_text(&o), "</thead>"));
	assert_int_equal(doc->sections->body->table->columns, 3);
	call_end(&c);
}

/* A row higher than a page goes on over pages, and nothing of it is lost. */
static void a_row_higher_than_a_page_is_split(void **state)
{
	char text[40000];
	struct call c;
	struct out o;
	int pages;

	(void)state;
	test_call(&c);
	out_memory(&o, c.arena);
	out_str(&o, "<w:tbl><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>");
	for (int i = 0; i < 150; i++)
		out_printf(&o, P("line%dx"), i);
	out_str(&o, "</w:tc><w:tc>" P("beside") "</w:tc></w:tr></w:tbl>");
	pages = pages_of(&c, read_body(&c, out_text(&o)), text, sizeof text);
	assert_in_range(pages, 5, 8);
	for (int i = 0; i < 150 && *text; i++)
		assert_non_null(strstr(text, arena_printf(c.arena, "line%dx", i)));
	call_end(&c);
}

static void what_is_kept_with_the_next_does_not_stand_alone_at_the_end_of_a_page(void **state)
{
	char text[40000];
	struct call c;

	(void)state;
	for (int n = 25; n < 60; n++) {
		struct out o;

		test_call(&c);
		out_memory(&o, c.arena);
		for (int i = 0; i < n; i++)
			out_str(&o, P("text"));
		out_str(&o, "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:t>heading</w:t></w:r></w:p>" P("behind"));
		pages_of(&c, read_body(&c, out_text(&o)), text, sizeof text);
		if (*text)
			assert_null(memchr(strstr(text, "heading"), '\f', (size_t)(strstr(text, "behind") - strstr(text, "heading"))));
		call_end(&c);
	}
}

static void margins_that_leave_no_room_are_refused(void **state)
{
	struct docx_filled filled;
	struct zip_writer w;
	struct docx *form;
	struct doc *doc;
	struct call c;
	struct out o;

	(void)state;
	test_call(&c);
	out_memory(&o, c.arena);
	zip_write_begin(&w, c.arena, &o);
	add(&c, &w, "word/document.xml", "<w:document " W "><w:body><w:sectPr><w:pgMar w:left=\"20000\"/></w:sectPr></w:body></w:document>");
	zip_write_end(&w);
	assert_ok(&c, docx_open(&c, c.arena, "t.docx", o.data, o.size, &form));
	assert_ok(&c, docx_fill(&c, form, NULL, &filled));
	assert_fails(&c, FAIL_INPUT, doc_read(&c, &filled, "t", &doc));
	assert_string_equal(test_problem.text, "t.docx: the margins leave no room for text on the page");
	call_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(styles_are_laid_one_over_the_other),
		cmocka_unit_test(lists_are_numbered_on_and_begin_anew_below_a_higher_level),
		cmocka_unit_test(page_breaks_sections_and_numbers_of_pages),
		cmocka_unit_test(merged_cells_reach_over_columns_and_rows),
		cmocka_unit_test(a_row_higher_than_a_page_is_split),
		cmocka_unit_test(what_is_kept_with_the_next_does_not_stand_alone_at_the_end_of_a_page),
		cmocka_unit_test(margins_that_leave_no_room_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
