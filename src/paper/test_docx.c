/* test_docx.c — Word documents as templates: tags split over runs, what repeats, what is refused and how it is said. */
#include <jansson.h>

#include "support/support.h"

#include <string.h>
#include <zip.h>

#include "paper/docx.h"
#include "paper/zip_write.h"

#define MAIN "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(text) "<w:tc>" P(text) "</w:tc>"
#define BODY(text) "<w:document " MAIN "><w:body>" text "<w:sectPr/></w:body></w:document>"

static void add(struct call *c, struct zip_writer *w, const char *path, const char *text)
{
	struct zip_part part;

	assert_ok(c, zip_write_pack(c, c->arena, path, text, strlen(text), 6, &part));
	zip_write_part(w, &part);
}

static struct out package(struct call *c, const char *document)
{
	struct zip_writer w;
	struct out o;

	out_memory(&o, c->arena);
	zip_write_begin(&w, c->arena, &o);
	add(c, &w, "[Content_Types].xml", "<Types/>");
	if (document)
		add(c, &w, "word/document.xml", document);
	add(c, &w, "word/media/note.bin", "kept as it is");
	zip_write_end(&w);
	return o;
}

static fail open_text(struct call *c, const char *document, struct docx **out)
{
	struct out o = package(c, document);

	return docx_open(c, c->arena, "form.docx", o.data, o.size, out);
}

static fail fill_text(struct call *c, const char *document, const char *json, const char **out)
{
	json_t *facts = json_loads(json, 0, NULL);
	struct docx_filled filled;
	struct docx *form;
	fail f;

	assert_ok(c, open_text(c, document, &form));
	f = docx_fill(c, form, facts, &filled);
	if (f == FAIL_OK)
		*out = docx_main(&filled).data;
	json_decref(facts);
	return f;
}

/* What people read: texts, | between cells, / between paragraphs. */
static const char *seen(struct call *c, const char *xml)
{
	struct out o;

	out_memory(&o, c->arena);
	for (const char *p = xml; *p; p++) {
		if (*p != '<')
			out_char(&o, *p);
		else {
			if (strncmp(p, "</w:tc>", 7) == 0)
				out_char(&o, '|');
			else if (strncmp(p, "</w:p>", 6) == 0)
				out_char(&o, '/');
			else if (strncmp(p, "<w:br/>", 7) == 0)
				out_char(&o, '^');
			else if (strncmp(p, "</w:tr>", 7) == 0)
				out_char(&o, '\n');
			p = strchr(p, '>');
		}
	}
	return strchr(out_text(&o), '\n') == out_text(&o) ? out_text(&o) + 1 : out_text(&o);
}

static void expect(const char *document, const char *json, const char *text)
{
	struct call c;
	const char *xml = "";

	test_call(&c);
	assert_ok(&c, fill_text(&c, document, json, &xml));
	xml = strstr(xml, "<w:body>");
	assert_non_null(xml);
	assert_string_equal(seen(&c, xml), text);
	call_end(&c);
}

static void a_tag_split_over_runs_is_found(void **state)
{
	(void)state;
	expect(BODY("<w:p><w:r><w:t>Số {</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>{num</w:t></w:r><w:r><w:t>ber}</w:t></w:r><w:r><w:t>} xong</w:t></w:r></w:p>"),
	       "{\"number\":\"05\"}", "Số 05 xong/");
}

static void values_are_escaped_and_line_ends_become_breaks(void **state)
{
	(void)state;
	expect(BODY(P("{{a}}{{{a}}}{{&amp;a}}")), "{\"a\":\"<w:p>&\\n\\u0001x\"}", "&lt;w:p&gt;&amp;^x&lt;w:p&gt;&amp;^x&lt;w:p&gt;&amp;^x/");
}

static void a_section_in_one_paragraph_repeats_its_runs(void **state)
{
	(void)state;
	expect(BODY(P("Vắng: {{#absent}}{{name}}; {{/absent}}hết")), "{\"absent\":[{\"name\":\"An\"},{\"name\":\"Bình\"}]}", "Vắng: An; Bình; hết/");
	expect(BODY("<w:p><w:r><w:t>a {{#l}}x</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{{.}}</w:t><w:br/></w:r><w:r><w:t>y{{/l}} z</w:t></w:r></w:p>"), "{\"l\":[1,2]}", "a x1^yx2^y z/");
}

static void sections_alone_in_paragraphs_repeat_those_between_and_vanish(void **state)
{
	static const char doc[] = BODY(P("front") P("{{#l}}") P("- {{.}}") P("{{^last}}") P("+") P("{{/last}}") P("{{/l}}") P("{{! remark }}") P("rear"));

	(void)state;
	expect(doc, "{\"l\":[1,2],\"last\":false}", "front/- 1/+/- 2/+/rear/");
	expect(doc, "{\"l\":[],\"last\":false}", "front/rear/");
	expect(BODY(P("{{#l}}A {{.}}") P("B{{/l}}")), "{\"l\":[1,2]}", "A 1/B/A 2/B/");
	expect(BODY(P("{{#a}}") P("x") P("{{/a}}{{^a}}") P("y") P("{{/a}}")), "{\"a\":false}", "y/");
}

static void a_section_over_the_cells_of_a_row_repeats_the_row(void **state)
{
	static const char doc[] = BODY("<w:tbl><w:tr>" TC("No") TC("Task") "</w:tr><w:tr>" TC("{{#t}}{{no}}") TC("{{what}}{{/t}}") "</w:tr></w:tbl>" P("end"));

	(void)state;
	expect(doc, "{\"t\":[{\"no\":1,\"what\":\"x\"},{\"no\":2,\"what\":\"y\"}]}", "No/|Task/|\n1/|x/|\n2/|y/|\nend/");
	expect(doc, "{\"t\":[]}", "No/|Task/|\nend/");
	expect(BODY("<w:tbl><w:tr>" TC("{{#t}}") TC("{{.}}") TC("{{/t}}") "</w:tr></w:tbl>"), "{\"t\":[1,2]}", "/|1/|/|\n/|2/|/|\n");
}

static void sections_alone_in_rows_repeat_the_rows_between(void **state)
{
	(void)state;
	expect(BODY("<w:tbl><w:tr>" TC("{{#g}}") TC("") "</w:tr><w:tr>" TC("{{name}}") TC("") "</w:tr><w:tr>" TC("{{#l}}") TC("{{.}}{{/l}}") "</w:tr><w:tr>" TC("{{/g}}") TC("") "</w:tr></w:tbl>"),
	       "{\"g\":[{\"name\":\"A\",\"l\":[1]},{\"name\":\"B\",\"l\":[2,3]}]}", "A/|/|\n/|1/|\nB/|/|\n/|2/|\n/|3/|\n");
}

static void a_cell_keeps_a_paragraph_when_its_own_are_all_under_a_condition(void **state)
{
	(void)state;
	expect(BODY("<w:tbl><w:tr><w:tc>" P("{{#l}}") P("{{.}}") P("{{/l}}") "</w:tc></w:tr></w:tbl>"), "{\"l\":[]}", "/|\n");
}

static void an_unknown_field_is_named_with_its_place(void **state)
{
	struct call c;
	const char *xml;

	(void)state;
	test_call(&c);
	assert_fails(&c, FAIL_INPUT, fill_text(&c, BODY(P("a") P("{{nam}}")), "{}", &xml));
	assert_string_equal(test_problem.text, "form.docx: paragraph 2: “nam” is not a field of this form");
	assert_fails(&c, FAIL_INPUT, fill_text(&c, BODY("<w:tbl><w:tr>" TC("x") "</w:tr><w:tr>" TC("x") TC("{{x.y}}") "</w:tr></w:tbl>"), "{\"x\":{}}", &xml));
	assert_string_equal(test_problem.text, "form.docx: table 1, row 2, column 2: “x.y” is not a field of this form");
	c.lang = LANG_VI;
	assert_fails(&c, FAIL_INPUT, fill_text(&c, BODY("<w:tbl><w:tr>" TC("{{#t}}{{no}}") TC("{{/t}}") "</w:tr></w:tbl>"), "{\"t\":[{}]}", &xml));
	assert_string_equal(test_problem.text, "form.docx: bảng 1, hàng 1, cột 1: “no” không phải là trường của biểu mẫu này");
	call_end(&c);
}

static void broken_templates_are_refused_with_file_and_place(void **state)
{
	static const struct { const char *document, *words; } rows[] = {
		{ NULL, "form.docx: the part word/document.xml is missing; expected a Word document" },
		{ "<w:document", "form.docx: word/document.xml: line 1, column " },
		{ "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "a document type is declared" },
		{ "<x/>", "holds no text of a Word document" },
		{ BODY(P("a") P("{{#x}}")), "form.docx: paragraph 2: the section “x” is not closed" },
		{ BODY(P("{{/x}}")), "form.docx: paragraph 1: {{/x}} closes a section that is not open" },
		{ BODY(P("{{#a}}{{#b}}{{/a}}{{/b}}")), "{{/a}} stands where {{/b}} is expected" },
		{ BODY(P("{{name}")), "form.docx: paragraph 1: a tag begins here and is not closed in the same paragraph: “{{name}”; expected }}" },
		{ BODY(P("text {{#x}} more") P("{{/x}}")), "the section “x” begins in paragraph 1 and ends in paragraph 2; expected both in one paragraph" },
		{ BODY("<w:tbl><w:tr>" TC("{{#x}}a") "</w:tr><w:tr>" TC("b{{/x}}") "</w:tr></w:tbl>"), "begins in table 1, row 1, column 1 and ends in table 1, row 2, column 1" },
		{ BODY(P("{{#x}}") "<w:tbl><w:tr>" TC("b{{/x}}") "</w:tr></w:tbl>"), "begins in paragraph 1 and ends in table 1, row 1, column 1" },
		{ BODY(P("{{>other}}")), "cannot take in another one" },
	};
	struct docx *form;
	struct call c;

	(void)state;
	test_call(&c);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_fails(&c, FAIL_INPUT, open_text(&c, rows[i].document, &form));
		if (!strstr(test_problem.text, rows[i].words))
			fail_msg("expected “%s”, got “%s”", rows[i].words, test_problem.text);
	}
	assert_fails(&c, FAIL_INPUT, docx_open(&c, c.arena, "form.docx", "PK no", 5, &form));
	assert_non_null(strstr(test_problem.text, "form.docx: this is no Word document"));
	call_end(&c);
}

static void a_zip_bomb_is_refused(void **state)
{
	struct call c;
	struct zip_writer w;
	struct zip_part part;
	struct docx *form;
	struct out o;
	char *zeros;

	(void)state;
	call_begin(&c, (size_t)512 << 20);
	c.lang = LANG_EN;
	zeros = arena_alloc(c.arena, 64 << 20);
	out_memory(&o, c.arena);
	zip_write_begin(&w, c.arena, &o);
	assert_ok(&c, zip_write_pack(&c, c.arena, "word/document.xml", zeros, 64 << 20, 9, &part));
	zip_write_part(&w, &part);
	zip_write_end(&w);
	assert_true(o.size < 100000);
	assert_fails(&c, FAIL_INPUT, docx_open(&c, c.arena, "form.docx", o.data, o.size, &form));
	assert_non_null(strstr(test_problem.text, "unpacks to more than 32 MB"));
	call_end(&c);
}

static void everything_else_of_the_package_is_kept_and_the_bytes_are_the_same_each_time(void **state)
{
	json_t *facts = json_loads("{\"a\":\"b\"}", 0, NULL);
	struct docx_filled filled;
	struct out one, two;
	struct docx *form;
	struct call c;
	zip_error_t error;
	zip_t *zip;
	zip_file_t *file;
	char text[100] = "";

	(void)state;
	test_call(&c);
	assert_ok(&c, open_text(&c, BODY(P("{{a}}")), &form));
	assert_ok(&c, docx_fill(&c, form, facts, &filled));
	out_memory(&one, c.arena);
	out_memory(&two, c.arena);
	assert_ok(&c, docx_write(&c, &filled, &one));
	assert_ok(&c, docx_write(&c, &filled, &two));
	assert_int_equal(one.size, two.size);
	assert_memory_equal(one.data, two.data, one.size);
	zip = zip_open_from_source(zip_source_buffer_create(one.data, one.size, 0, &error), ZIP_RDONLY | ZIP_CHECKCONS, &error);
	assert_non_null(zip);
	assert_int_equal(zip_get_num_entries(zip, 0), 3);
	file = zip_fopen(zip, "word/media/note.bin", 0);
	assert_int_equal(zip_fread(file, text, sizeof text), 13);
	assert_string_equal(text, "kept as it is");
	zip_fclose(file);
	zip_discard(zip);
	json_decref(facts);
	call_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tag_split_over_runs_is_found),
		cmocka_unit_test(values_are_escaped_and_line_ends_become_breaks),
		cmocka_unit_test(a_section_in_one_paragraph_repeats_its_runs),
		cmocka_unit_test(sections_alone_in_paragraphs_repeat_those_between_and_vanish),
		cmocka_unit_test(a_section_over_the_cells_of_a_row_repeats_the_row),
		cmocka_unit_test(sections_alone_in_rows_repeat_the_rows_between),
		cmocka_unit_test(a_cell_keeps_a_paragraph_when_its_own_are_all_under_a_condition),
		cmocka_unit_test(an_unknown_field_is_named_with_its_place),
		cmocka_unit_test(broken_templates_are_refused_with_file_and_place),
		cmocka_unit_test(a_zip_bomb_is_refused),
		cmocka_unit_test(everything_else_of_the_package_is_kept_and_the_bytes_are_the_same_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
