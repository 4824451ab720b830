/* test_paper.c — documents as people get them: every form in four formats, margins in millimetres, texts that extract, an office's own forms. */
#include <jansson.h>

#include "support/support.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/command.h"
#include "paper/doc.h"
#include "paper/form.h"
#include "paper/form_commands.h"
#include "paper/paper.h"
#include "paper/print_html.h"

static struct date day(const char *text)
{
	struct date d;

	assert_true(date_parse(text, &d));
	return d;
}

static struct out make(struct call *c, const char *form, const char *on, const char *facts, enum paper_format format)
{
	struct out o;

	out_memory(&o, c->arena);
	assert_ok(c, paper_make(c, form, day(on), facts, format, &o));
	return o;
}

static const char *write_file(struct call *c, const char *name, const void *data, size_t n)
{
	const char *path = arena_join(c->arena, test_dir(), "/", name, NULL);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, n, f), n);
	fclose(f);
	return path;
}

/* What a command prints, or NULL when it is not there. */
static char *printed_by(struct call *c, const char *command)
{
	FILE *p = popen(command, "r");
	struct out o;
	char block[4096];
	size_t n;

	assert_non_null(p);
	out_memory(&o, c->arena);
	while ((n = fread(block, 1, sizeof block, p)) > 0)
		out_bytes(&o, block, n);
	return pclose(p) == 0 ? out_text(&o) : NULL;
}

static char *pdf_text(struct call *c, const struct out *pdf, const char *how)
{
	const char *path = write_file(c, "paper.pdf", pdf->data, pdf->size);
	char *text = printed_by(c, arena_printf(c->arena, "pdftotext %s %s - 2>/dev/null", how, path));

	if (!text)
		test_skip(c, "pdftotext is not there (package poppler-utils)");
	return text;
}

static json_t *sample(struct call *c)
{
	const struct builtin_form *f;
	json_t *facts;

	assert_ok(c, form_find(c, "schedule", day("2026-06-01"), &f));
	facts = json_loads(f->sample, 0, NULL);
	assert_non_null(facts);
	return facts;
}

static const char *text_of(struct call *c, json_t *facts)
{
	char *text = json_dumps(facts, 0);
	const char *copy = arena_strdup(c->arena, text);

	free(text);
	json_decref(facts);
	return copy;
}

/* The sample of the schedule notice, its table with n rows and its remark with m sentences. */
static const char *notice(struct call *c, int n, int m)
{
	json_t *facts = sample(c), *rows = json_loads("[]", 0, NULL), *row = json_array_get(json_object_get(facts, "cells"), 0);
	struct out o;

	out_memory(&o, c->arena);
	for (int i = 0; i < m; i++)
		out_str(&o, "Đề nghị các chi bộ chuẩn bị nội dung chu đáo, đúng quy định và thường xuyên. ");
	json_object_set_new(row, "secretary", json_string("Lò Văn Hặc"));
	json_object_set_new(row, "members", json_string("1.070"));
	for (int i = 0; i < n; i++)
		json_array_append(rows, row);
	json_object_set_new(facts, "cells", rows);
	json_object_set_new(facts, "cells_note", json_string(out_text(&o)));
	json_object_set_new(facts, "signer", json_string("Nguyễn Thị Ưởng"));
	json_object_set_new(facts, "sign_for", json_string("T/M Đảng ủy"));
	return text_of(c, facts);
}

/* ---- forms ---- */

static void every_form_is_made_in_four_formats_from_its_sample(void **state)
{
	static const char *const begins[] = { "PK", "%PDF", "<!doctype html>", "PK" };
	struct call c;

	(void)state;
	for (const struct builtin_form *f = builtin_forms; f->name; f++)
		for (int k = 0; k < PAPER_FORMATS; k++) {
			const char *on = strcmp(f->valid_from, "0001-01-01") == 0 ? f->valid_to : f->valid_from;
			struct out one, two;

			test_call(&c);
			if (!*f->sample)
				fail_msg("forms/%s.json, the sample of %s, is missing", f->name, f->id);
			one = make(&c, f->name, on, f->sample, (enum paper_format)k);
			two = make(&c, f->name, on, f->sample, (enum paper_format)k);
			assert_memory_equal(one.data, begins[k], strlen(begins[k]));
			assert_int_equal(one.size, two.size);
			assert_memory_equal(one.data, two.data, one.size);
			call_end(&c);
		}
}

static void the_day_chooses_the_layout(void **state)
{
	const struct builtin_form *f;
	struct call c;

	(void)state;
	test_call(&c);
	assert_ok(&c, form_find(&c, "schedule", day("2026-05-26"), &f));
	assert_string_equal(f->layout, "2018");
	assert_ok(&c, form_find(&c, "schedule", day("2026-05-27"), &f));
	assert_string_equal(f->layout, "2026");
	assert_fails(&c, FAIL_NOT_FOUND, form_find(&c, "nothing", day("2026-05-27"), &f));
	assert_string_equal(test_problem.text, "there is no form “nothing”; chibo forms list shows them all");
	call_end(&c);
}

static void facts_that_lack_a_field_are_refused_with_its_place(void **state)
{
	json_t *facts;
	struct call c;
	struct out o;

	(void)state;
	test_call(&c);
	out_memory(&o, c.arena);
	facts = sample(&c);
	json_object_del(json_array_get(json_object_get(facts, "cells"), 0), "secretary");
	assert_fails(&c, FAIL_INPUT, paper_make(&c, "schedule", day("2026-06-01"), text_of(&c, facts), PAPER_PDF, &o));
	assert_string_equal(test_problem.text, "schedule-2026.docx: table 2, row 2, column 6: “secretary” is not a field of this form");
	assert_fails(&c, FAIL_INPUT, paper_make(&c, "schedule", day("2026-06-01"), "{", PAPER_PDF, &o));
	assert_non_null(strstr(test_problem.text, "the facts of the document are not JSON: line 1"));
	call_end(&c);
}

/* ---- PDF ---- */

struct bounds { double left, top, right, bottom; };

/* Around all words of one page, in millimetres; words of the page's own header (numbers) left out. */
static struct bounds page_bounds(const char *xml, int page)
{
	struct bounds b = { 1e9, 1e9, 0, 0 };

	for (const char *at = xml; (at = strchr(at, '<')); at++) {
		double left, top, right, bottom;

		page -= strncmp(at, "<page ", 6) == 0;
		if (page < 0)
			break;
		if (page > 0 || sscanf(at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &left, &top, &right, &bottom) != 4 || top < 50)
			continue;
		b.left = fmin(b.left, left);
		b.top = fmin(b.top, top);
		b.right = fmax(b.right, right);
		b.bottom = fmax(b.bottom, bottom);
	}
	return (struct bounds){ b.left * 25.4 / 72, b.top * 25.4 / 72, b.right * 25.4 / 72, b.bottom * 25.4 / 72 };
}

static void expect_margins(const char *on, double right)
{
	struct call c;
	struct out pdf;
	struct bounds b;

	test_call(&c);
	pdf = make(&c, "schedule", on, notice(&c, 3, 60), PAPER_PDF);
	b = page_bounds(pdf_text(&c, &pdf, "-bbox"), 1);
	assert_float_equal(b.left, 30, 0.3);
	assert_float_equal(b.right, 210 - right, 0.3);
	/* letters stand a little below the top of their line, and the last line ends within a line of the margin */
	assert_true(b.top >= 20 && b.top < 21.3);
	assert_true(b.bottom <= 297 - 20 + 0.3 && b.bottom > 297 - 20 - 7);
	b = page_bounds(printed_by(&c, arena_printf(c.arena, "pdftotext -bbox %s/paper.pdf -", test_dir())), 2);
	assert_float_equal(b.left, 30, 0.3);
	assert_true(b.top >= 20 && b.top < 21.3);
	call_end(&c);
}

static void margins_of_the_pdf_are_those_of_the_layout_to_the_millimetre(void **state)
{
	(void)state;
	expect_margins("2026-06-01", 15);
	expect_margins("2026-05-01", 20);
}

/* Acceptance 5: the same measured on minutes, resolution and score sheet as they are in use; no page goes beyond. */
static void margins_of_minutes_and_resolution_equal_5_3(void **state)
{
	static const char *const names[] = { "minutes", "resolution", "score" };
	const struct builtin_form *f;
	struct bounds all, b;
	const char *xml;
	struct call c;
	struct out pdf;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		test_call(&c);
		assert_ok(&c, form_find(&c, names[i], day("2026-06-01"), &f));
		pdf = make(&c, names[i], "2026-06-01", f->sample, PAPER_PDF);
		xml = pdf_text(&c, &pdf, "-bbox");
		all = page_bounds(xml, 1);
		for (int page = 2; (b = page_bounds(xml, page)).right > 0; page++)
			all = (struct bounds){ fmin(all.left, b.left), fmin(all.top, b.top), fmax(all.right, b.right), fmax(all.bottom, b.bottom) };
		assert_float_equal(all.left, 30, 0.3);
		assert_float_equal(all.right, 195, 0.3);
		assert_true(all.top >= 20 && all.top < 21.3 && all.bottom <= 277.3);
		call_end(&c);
	}
}

/* Baselines of consecutive lines lie 19 pt apart, the first line of a paragraph begins 10 mm in. */
static void lines_of_the_body_are_19_points_apart_and_the_first_is_indented_by_10_mm(void **state)
{
	double before = 0, first = 0;
	const char *xml;
	struct call c;
	struct out pdf;
	int n = 0;

	(void)state;
	test_call(&c);
	pdf = make(&c, "schedule", "2026-06-01", notice(&c, 1, 60), PAPER_PDF);
	xml = pdf_text(&c, &pdf, "-bbox");
	for (const char *at = xml; (at = strstr(at, "<word ")); at++) {
		double left, top, right, bottom;

		if (sscanf(at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &left, &top, &right, &bottom) != 4)
			continue;
		if (strncmp(strchr(at, '>') + 1, "Căn<", 5) == 0)
			first = left;
		if (left > 85.5 || fabs(bottom - top - 15.5) > 0.5) /* first words of lines of 14 pt */
			continue;
		n += before > 0 && fabs(top - before - 19) < 0.02;
		before = top;
	}
	assert_float_equal(first * 25.4 / 72, 40, 0.3);
	assert_true(n > 30);
	call_end(&c);
}

static void append_words(struct out *o, const char *text)
{
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, " \t\n\f\r");

		if (n > 0) {
			out_bytes(o, p, n);
			out_char(o, ' ');
		}
		p += n + (p[n] != '\0');
	}
}

static void append_blocks(struct call *c, struct out *o, const struct doc_block *blocks)
{
	for (; blocks; blocks = blocks->next) {
		if (blocks->kind == DOC_PARAGRAPH) {
			append_words(o, doc_text(c->arena, blocks->paragraph));
			continue;
		}
		for (const struct doc_row *row = blocks->table->rows; row; row = row->next)
			for (const struct doc_cell *cell = row->cells; cell; cell = cell->next)
				append_blocks(c, o, cell->blocks);
	}
}

static struct doc *read_filled(struct call *c, const char *form, const char *on, const char *facts);

static void the_text_of_the_pdf_is_the_text_of_the_document(void **state)
{
	const char *facts;
	struct out pdf, expected, got;
	struct call c;

	(void)state;
	test_call(&c);
	out_memory(&expected, c.arena);
	out_memory(&got, c.arena);
	facts = notice(&c, 2, 1);
	pdf = make(&c, "schedule", "2026-06-01", facts, PAPER_PDF);
	append_words(&got, pdf_text(&c, &pdf, "-raw"));
	append_blocks(&c, &expected, read_filled(&c, "schedule", "2026-06-01", facts)->sections->body);
	assert_string_equal(out_text(&got), out_text(&expected));
	assert_non_null(strstr(out_text(&got), "Nguyễn Thị Ưởng"));
	call_end(&c);
}

static void the_heading_of_a_long_table_stands_on_every_page_and_the_signature_stays_whole(void **state)
{
	struct call c;
	struct out pdf;
	const char *text, *end, *sign;
	int pages = 0;

	(void)state;
	for (int rows = 90; rows < 110; rows++) {
		test_call(&c);
		pdf = make(&c, "schedule", "2026-06-01", notice(&c, rows, 1), PAPER_PDF);
		text = pdf_text(&c, &pdf, "-layout");
		pages = 0;
		for (; (end = strchr(text, '\f')); text = end + 1, pages++) {
			const char *page = arena_strndup(c.arena, text, (size_t)(end - text)), *row = strstr(page, "Lò Văn Hặc");

			assert_true(!row || (strstr(page, "Stt") && strstr(page, "Stt") < row));
			assert_true(pages == 0 || strstr(page, arena_printf(c.arena, "%d", pages + 1)));
			sign = strstr(page, "T/M ĐẢNG ỦY");
			assert_int_equal(sign != NULL, strstr(page, "Nguyễn Thị Ưởng") != NULL);
		}
		assert_true(pages >= 3);
		call_end(&c);
	}
}

static void the_pdf_says_its_title_language_and_day(void **state)
{
	struct call c;
	struct out pdf;
	const char *info;

	(void)state;
	test_call(&c);
	c.lang = LANG_VI;
	pdf = make(&c, "schedule", "2026-06-01", notice(&c, 2, 1), PAPER_PDF);
	assert_non_null(memmem(pdf.data, pdf.size, "/Lang (vi-VN)", 13));
	write_file(&c, "paper.pdf", pdf.data, pdf.size);
	info = printed_by(&c, arena_printf(c.arena, "TZ=Asia/Ho_Chi_Minh pdfinfo -isodates %s/paper.pdf 2>&1", test_dir()));
	if (!info)
		test_skip(&c, "pdfinfo is not there (package poppler-utils)");
	assert_non_null(strstr(info, "Thông báo lịch sinh hoạt chi bộ"));
	assert_non_null(strstr(info, "2026-06-01T00:00:00+07"));
	assert_null(strstr(info, "rror"));
	info = printed_by(&c, arena_printf(c.arena, "pdffonts %s/paper.pdf", test_dir()));
	assert_non_null(strstr(info, "Tinos"));
	assert_null(strstr(info, "Noto"));
	call_end(&c);
}

static void *make_pdfs(void *arg)
{
	struct out *kept = arg;
	struct call c;

	test_call(&c);
	for (int i = 0; i < 5; i++) {
		struct out o = make(&c, "schedule", "2026-06-01", notice(&c, 30, 4), PAPER_PDF);

		if (kept->size > 0 && (kept->size != o.size || memcmp(kept->data, o.data, o.size) != 0))
			kept->failed = FAIL_BROKEN;
		kept->size = 0;
		out_bytes(kept, o.data, o.size);
	}
	call_end(&c);
	return NULL;
}

static void threads_make_the_same_pdf_side_by_side(void **state)
{
	pthread_t threads[4];
	struct out results[4];

	(void)state;
	for (int i = 0; i < 4; i++) {
		out_memory(&results[i], NULL);
		assert_int_equal(pthread_create(&threads[i], NULL, make_pdfs, &results[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(results[i].failed, FAIL_OK);
		assert_int_equal(results[i].size, results[0].size);
		assert_memory_equal(results[i].data, results[0].data, results[0].size);
	}
	for (int i = 0; i < 4; i++)
		out_free(&results[i]);
}

/* ---- other formats ---- */

static const char *part_of(struct call *c, const struct out *file, const char *path)
{
	zip_error_t error;
	zip_t *zip = zip_open_from_source(zip_source_buffer_create(file->data, file->size, 0, &error), ZIP_RDONLY, &error);
	char *text = arena_alloc(c->arena, 1 << 20);
	zip_file_t *part;

	assert_non_null(zip);
	part = zip_fopen(zip, path, 0);
	assert_non_null(part);
	assert_true(zip_fread(part, text, (1 << 20) - 1) > 0);
	zip_fclose(part);
	zip_discard(zip);
	return text;
}

static void plain_numbers_are_numbers_in_the_sheet_and_codes_stay_texts(void **state)
{
	struct call c;
	struct out o;
	const char *sheet;

	(void)state;
	test_call(&c);
	c.lang = LANG_VI;
	o = make(&c, "schedule", "2026-06-01", notice(&c, 3, 1), PAPER_XLSX);
	sheet = part_of(&c, &o, "xl/worksheets/sheet1.xml");
	assert_non_null(strstr(sheet, "<v>1070</v>"));  /* 1.070 members, in groups of three */
	assert_non_null(strstr(sheet, "orientation=\"portrait\""));
	assert_non_null(strstr(part_of(&c, &o, "xl/workbook.xml"), "Print_Titles"));
	assert_non_null(strstr(part_of(&c, &o, "xl/sharedStrings.xml"), "Lò Văn Hặc"));
	assert_non_null(strstr(part_of(&c, &o, "xl/sharedStrings.xml"), "ĐẢNG CỘNG SẢN VIỆT NAM"));
	call_end(&c);
}

static void the_print_page_escapes_and_carries_its_paper(void **state)
{
	json_t *facts;
	struct call c;
	struct out o;

	(void)state;
	test_call(&c);
	facts = sample(&c);
	json_object_set_new(facts, "signer", json_string("<b>&\""));
	o = make(&c, "schedule", "2026-06-01", text_of(&c, facts), PAPER_HTML);
	assert_non_null(strstr(out_text(&o), "&lt;b&gt;&amp;"));
	assert_null(strstr(out_text(&o), "style=\""));
	assert_non_null(strstr(out_text(&o), "@page s0{size:595.30pt 841.90pt;margin:56.70pt 42.50pt 56.70pt 85.05pt}"));
	assert_non_null(strstr(paper_policy(c.arena, &o), "style-src 'sha256-"));
	call_end(&c);
}

/* ---- an office's own forms ---- */

static struct doc *read_filled(struct call *c, const char *form, const char *on, const char *facts)
{
	struct out o = make(c, form, on, facts, PAPER_DOCX);
	struct docx_filled filled;
	struct docx *docx;
	struct doc *doc;

	/* what was filled has no names any more: filling it again changes nothing */
	assert_ok(c, docx_open(c, c->arena, "filled.docx", o.data, o.size, &docx));
	assert_ok(c, docx_fill(c, docx, NULL, &filled));
	assert_ok(c, doc_read(c, &filled, "", &doc));
	return doc;
}

static fail run(struct call *c, const char *name, const char **words, int n)
{
	struct args args = { n, words };

	for (const struct command *k = form_commands; k->name; k++)
		if (strcmp(k->name, name) == 0)
			return k->run(c, &args);
	return FAIL_NOT_FOUND;
}

static void an_offices_own_file_counts_and_a_broken_one_is_refused(void **state)
{
	const char *words[1], *own, *text;
	const struct builtin_form *f;
	struct call c;
	struct out o;

	(void)state;
	test_call(&c);
	words[0] = arena_join(c.arena, test_dir(), "/own", NULL);
	c.out = fopen("/dev/null", "w");
	assert_ok(&c, run(&c, "forms export", words, 1));
	form_folder_set(words[0]);
	assert_ok(&c, form_find(&c, "schedule", day("2026-06-01"), &f));
	assert_true(form_is_own(&c, f));
	own = arena_join(c.arena, words[0], "/schedule-2026.docx", NULL);
	o = make(&c, "quality", "2026-06-01", form_find(&c, "quality", day("2026-06-01"), &f) == FAIL_OK ? f->sample : "", PAPER_HTML);
	text = "PK broken";
	assert_int_equal(write_file(&c, "own/schedule-2026.docx", text, strlen(text)) == NULL, 0);
	assert_fails(&c, FAIL_INPUT, paper_make(&c, "schedule", day("2026-06-01"), notice(&c, 1, 1), PAPER_HTML, &o));
	assert_non_null(strstr(test_problem.text, "schedule-2026.docx: this is no Word document"));
	words[0] = own;
	assert_fails(&c, FAIL_INPUT, run(&c, "forms check", words, 1));
	/* another document under that name: the program's own of the older layout, with its wider right margin */
	assert_ok(&c, form_find(&c, "schedule", day("2026-05-01"), &f));
	write_file(&c, "own/schedule-2026.docx", f->docx, f->size);
	o = make(&c, "schedule", "2026-06-01", notice(&c, 1, 1), PAPER_HTML);
	assert_non_null(strstr(out_text(&o), "margin:56.70pt 56.70pt 56.70pt 85.05pt"));
	assert_ok(&c, run(&c, "forms check", words, 1));
	assert_int_equal(remove(own), 0);
	o = make(&c, "schedule", "2026-06-01", notice(&c, 1, 1), PAPER_HTML);
	assert_non_null(strstr(out_text(&o), "margin:56.70pt 42.50pt 56.70pt 85.05pt"));
	form_folder_set("");
	fclose(c.out);
	call_end(&c);
}

static void the_commands_say_what_is_missing(void **state)
{
	const char *words[4] = { "schedule", "/nowhere.json" };
	struct call c;

	(void)state;
	test_call(&c);
	c.out = fopen("/dev/null", "w");
	assert_fails(&c, FAIL_NOT_FOUND, run(&c, "forms fill", words, 2));
	assert_fails(&c, FAIL_INPUT, run(&c, "forms fill", words, 1));
	assert_fails(&c, FAIL_INPUT, run(&c, "forms check", words, 0));
	words[0] = "schedule", words[1] = "--format", words[2] = "odt", words[3] = "x";
	assert_fails(&c, FAIL_INPUT, run(&c, "forms fill", words, 4));
	assert_ok(&c, run(&c, "forms list", words, 0));
	words[0] = "schedule";
	assert_ok(&c, run(&c, "forms sample", words, 1));
	fclose(c.out);
	call_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_made_in_four_formats_from_its_sample),
		cmocka_unit_test(the_day_chooses_the_layout),
		cmocka_unit_test(facts_that_lack_a_field_are_refused_with_its_place),
		cmocka_unit_test(margins_of_the_pdf_are_those_of_the_layout_to_the_millimetre),
		cmocka_unit_test(margins_of_minutes_and_resolution_equal_5_3),
		cmocka_unit_test(lines_of_the_body_are_19_points_apart_and_the_first_is_indented_by_10_mm),
		cmocka_unit_test(the_text_of_the_pdf_is_the_text_of_the_document),
		cmocka_unit_test(the_heading_of_a_long_table_stands_on_every_page_and_the_signature_stays_whole),
		cmocka_unit_test(the_pdf_says_its_title_language_and_day),
		cmocka_unit_test(threads_make_the_same_pdf_side_by_side),
		cmocka_unit_test(plain_numbers_are_numbers_in_the_sheet_and_codes_stay_texts),
		cmocka_unit_test(the_print_page_escapes_and_carries_its_paper),
		cmocka_unit_test(an_offices_own_file_counts_and_a_broken_one_is_refused),
		cmocka_unit_test(the_commands_say_what_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
