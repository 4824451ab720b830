/* fuzz_docx.c — Word documents that try to do harm. The first byte says what the rest is: D the text of a document, S its styles, anything else (itself
 * included) a whole file. What opens is filled, read and drawn. */
#include <jansson.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "paper/doc.h"
#include "paper/pdf.h"
#include "paper/paper_xlsx.h"
#include "paper/print_html.h"
#include "paper/zip_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DRAWN = 1 << 15 };

static const char relations[] = "<Relationships><Relationship Id=\"rId1\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";
static const char document[] = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr>"
	"<w:r><w:t>{{a}}</w:t></w:r></w:p></w:body></w:document>";
static const char facts[] = "{\"a\":\"x\\ny\",\"list\":[{\"a\":\"1\"},{\"a\":\"2\"}],\"t\":true}";

static void add(struct call *c, struct zip_writer *w, const char *path, const void *data, size_t size)
{
	struct zip_part part;

	if (zip_write_pack(c, c->arena, path, data, size, 1, &part) == FAIL_OK)
		zip_write_part(w, &part);
}

static struct out package(struct call *c, const uint8_t *data, size_t size)
{
	bool main = data[0] == 'D';
	struct zip_writer w;
	struct out o;

	out_memory(&o, c->arena);
	zip_write_begin(&w, c->arena, &o);
	add(c, &w, "word/document.xml", main ? (const void *)(data + 1) : document, main ? size - 1 : sizeof document - 1);
	add(c, &w, "word/_rels/document.xml.rels", relations, sizeof relations - 1);
	if (!main)
		add(c, &w, "word/styles.xml", data + 1, size - 1);
	zip_write_end(&w);
	return o;
}

static void use(struct call *c, const struct docx *form, size_t size)
{
	json_t *values = json_loads(facts, 0, NULL);
	struct docx_filled filled;
	struct doc *doc;
	struct out o;

	out_memory(&o, c->arena);
	if (docx_fill(c, form, values, &filled) == FAIL_OK && docx_write(c, &filled, &o) == FAIL_OK && doc_read(c, &filled, "x", &doc) == FAIL_OK &&
	    print_html(c, doc, &o) == FAIL_OK && size < DRAWN && paper_xlsx(c, doc, &o) == FAIL_OK && pdf_write(c, doc, c->today, &o) != FAIL_OK)
		problem_clear(c);
	json_decref(values);
}

static void leave(void *jump) { longjmp(jump, 1); }

static void open_and_use(struct call *c, const uint8_t *data, size_t size)
{
	struct out file = { .data = (char *)(uintptr_t)data, .size = size };
	struct docx *form;

	if (size > 0 && (data[0] == 'D' || data[0] == 'S'))
		file = package(c, data, size);
	if (docx_open(c, c->arena, "fuzz.docx", file.data, file.size, &form) == FAIL_OK)
		use(c, form, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct call c;
	jmp_buf full;

	call_begin(&c, (size_t)256 << 20);
	arena_on_full(c.arena, leave, full, NULL);
	if (setjmp(full) == 0)
		open_and_use(&c, data, size);
	call_end(&c);
	return 0;
}
