/* test_xlsx.c — reading XLSX files of every make, written here part by part, and writing them. */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "sheet/table.h"
#include "sheet/xlsx_date.h"
#include "sheet/xlsx_read.h"
#include "sheet/xlsx_write.h"

static struct call call;

static int begin(void **state)
{
	(void)state;
	call_begin(&call, (size_t)1 << 30);
	call.lang = LANG_EN;
	return 0;
}

static int end(void **state)
{
	(void)state;
	call_end(&call);
	return 0;
}

/* ---- making files ---- */

struct file { const char *path, *text; size_t size; };

static struct blob zipped(const struct file *files)
{
	zip_error_t error;
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
	zip_stat_t st;
	char *data;

	zip_source_keep(memory);
	for (; files->path != NULL; files++)
		zip_file_add(zip, files->path, zip_source_buffer(zip, files->text, files->size ? files->size : strlen(files->text), 0), 0);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_open(memory), 0);
	assert_int_equal(zip_source_stat(memory, &st), 0);
	data = arena_alloc(call.arena, st.size);
	assert_int_equal(zip_source_read(memory, data, st.size), st.size);
	zip_source_close(memory);
	zip_source_free(memory);
	return (struct blob){ data, st.size };
}

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TOP HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"" REL "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
#define RELS HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" \
	"<Relationship Id=\"rId1\" Type=\"" REL "/worksheet\" Target=\"worksheets/sheet1.xml\"/>" \
	"<Relationship Id=\"rId2\" Type=\"" REL "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>" \
	"<Relationship Id=\"rId3\" Type=\"" REL "/styles\" Target=\"styles.xml\"/>" \
	"<Relationship Id=\"rId4\" Type=\"" REL "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
#define BOOK(pr, sheets) HEAD "<workbook " MAIN " xmlns:r=\"" REL "\">" pr "<sheets>" sheets "</sheets></workbook>"
#define ONE "<sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/>"
#define STYLES HEAD "<styleSheet " MAIN "><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy;@\"/><numFmt numFmtId=\"165\" formatCode=\"[$-42A]dd mmmm yyyy\\ hh:mm\"/>" \
	"<numFmt numFmtId=\"166\" formatCode=\"0.00 &quot;days&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>" \
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"
#define STRINGS HEAD "<sst " MAIN "><si><t>Chi bộ</t></si><si><t xml:space=\"preserve\"> a &amp; b</t></si>" \
	"<si><r><t>Nguyễn </t></r><r><rPr><b/></rPr><t>Văn</t></r><rPh sb=\"0\" eb=\"1\"><t>xx</t></rPh></si><si/><si><t/></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>"
#define SHEET(rows) HEAD "<worksheet " MAIN "><sheetPr/><dimension ref=\"A1\"/><sheetData>" rows "</sheetData></worksheet>"

static struct blob book_of(const char *sheet, const char *workbook, const char *strings)
{
	return zipped((const struct file[]){ { "_rels/.rels", TOP, 0 }, { "xl/workbook.xml", workbook, 0 }, { "xl/_rels/workbook.xml.rels", RELS, 0 },
		{ "xl/styles.xml", STYLES, 0 }, { "xl/sharedStrings.xml", strings, 0 }, { "xl/worksheets/sheet1.xml", sheet, 0 },
		{ "xl/worksheets/sheet2.xml", SHEET("<row><c t=\"str\"><v>second</v></c></row>"), 0 }, { NULL } });
}

/* All rows as "line:cell|cell\n", or "line! problem" where it ends. */
static const char *rows_of(struct blob file, const struct xlsx_limits *limits, bool expat)
{
	struct xlsx_reader *r = NULL;
	struct source source;
	struct sheet_row row;
	struct out o;
	bool more = true;
	fail f;

	problem_clear(&call);
	out_memory(&o, call.arena);
	source_memory("a.xlsx", file.data, file.size, &source);
	f = xlsx_open(&call, &source, limits, &r);
	if (expat && f == FAIL_OK) {
		xlsx_use_expat(r);
		f = xlsx_rewind(&call, r);
	}
	while (f == FAIL_OK && (f = xlsx_next(&call, r, &row, &more)) == FAIL_OK && more) {
		out_printf(&o, "%lld:", (long long)row.line);
		for (size_t i = 0; i < row.n; i++) {
			assert_int_equal(strlen(row.cells[i].text), row.cells[i].size);
			out_printf(&o, i > 0 ? "|%s" : "%s", row.cells[i].text);
		}
		out_char(&o, '\n');
	}
	if (f != FAIL_OK)
		out_printf(&o, "%s", call.problem.text);
	xlsx_close(r);
	return out_text(&o);
}

/* Both ways give the same. */
static const char *both(struct blob file)
{
	const char *scanned = rows_of(file, NULL, false), *parsed = rows_of(file, NULL, true);
	assert_string_equal(scanned, parsed);
	return scanned;
}

#define READ(rows) both(book_of(SHEET(rows), BOOK("", ONE), STRINGS))

/* ---- reading ---- */

static void cells_of_every_type(void **state)
{
	(void)state;
	assert_string_equal(READ("<row r=\"1\" spans=\"1:3\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>"
	                         "<row r=\"3\"><c r=\"A3\"><v>20</v></c><c r=\"B3\"><v>4.0999999999999996</v></c><c r=\"C3\"><v>1.2E5</v></c></row>"
	                         "<row r=\"4\"><c r=\"A4\" t=\"b\"><v>1</v></c><c r=\"B4\" t=\"e\"><v>#REF!</v></c><c r=\"C4\" t=\"str\"><f>A1&amp;\"x\"</f><v>tổng</v></c></row>"
	                         "<row r=\"5\"><c r=\"A5\" t=\"inlineStr\"><is><t>một</t></is></c><c r=\"B5\" t=\"inlineStr\"><is><r><t>a&lt;</t></r><r><t>b&#x1EBF;</t></r></is></c></row>"
	                         "<row r=\"6\"><c r=\"A6\" t=\"s\"><v>5</v></c><c r=\"B6\"/><c r=\"C6\" s=\"1\"></c><c r=\"D6\" t=\"s\"><v>3</v></c></row>"),
	                    "1:Chi bộ| a & b|Nguyễn Văn\n3:20|4.1|120000\n4:1|#REF!|tổng\n5:một|a<bế\n6:a\rb_x0041_|||\n");
}

static void cells_find_their_column(void **state)
{
	(void)state;
	assert_string_equal(READ("<row><c r=\"C1\"><v>3</v></c><c><v>4</v></c></row><row/><row r=\"9\"/><row ><c t='n' r='A10'><v>1</v></c><c r=\"AB10\"><v>28</v></c></row >"),
	                    "1:||3|4\n10:1|||||||||||||||||||||||||||28\n");
	assert_non_null(strstr(READ("<row><c r=\"ZZ1\"><v>3</v></c></row>"), "more than 512 columns"));
	assert_string_equal(READ("<row><c r=\"ZZ1\" s=\"1\"/><c r=\"A1\"><v>3</v></c></row>"), "1:3\n");
}

static void dates_by_number_format(void **state)
{
	(void)state;
	assert_string_equal(READ("<row><c s=\"1\"><v>46027</v></c><c s=\"2\"><v>46027.791666666664</v></c><c s=\"4\"><v>61</v></c><c s=\"4\"><v>60</v></c><c s=\"4\"><v>59</v></c>"
	                         "<c s=\"3\"><v>46027</v></c><c s=\"5\"><v>0.75</v></c><c t=\"d\"><v>2026-01-05T00:00:00</v></c><c t=\"d\"><v>2026-01-05T19:30:00Z</v></c>"
	                         "<c s=\"1\"><v>-3</v></c><c s=\"1\"><v>99999999</v></c></row>"),
	                    "1:2026-01-05|2026-01-05T19:00|1900-03-01|1900-02-29|1900-02-28|46027|18:00|2026-01-05|2026-01-05T19:30|-3|99999999\n");
	assert_string_equal(both(book_of(SHEET("<row><c s=\"1\"><v>44565</v></c><c s=\"1\"><v>0</v></c></row>"), BOOK("<workbookPr date1904=\"1\"/>", ONE), STRINGS)),
	                    "1:2026-01-05|1904-01-01\n");
}

static void formats_are_understood(void **state)
{
	(void)state;
	assert_int_equal(format_shows("General"), 0);
	assert_int_equal(format_shows("#,##0.00\\ \"đ\""), 0);
	assert_int_equal(format_shows("[Red]0;[Yellow]-0"), 0);
	assert_int_equal(format_shows("yyyy-mm-dd"), SHOWS_DAY);
	assert_int_equal(format_shows("mmm"), SHOWS_DAY);
	assert_int_equal(format_shows("[h]:mm"), SHOWS_TIME);
	assert_int_equal(format_shows("d/m/yy h:mm"), SHOWS_DAY | SHOWS_TIME);
	assert_int_equal(format_shows("\"ngày\" 0"), 0);
	assert_int_equal(format_shows("0\\d;yyyy"), 0);
}

static void any_well_formed_sheet_is_read(void **state)
{
	static const char prefixed[] = HEAD "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c>"
		"<x:c r=\"B1\"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>";
	static const char strings[] = HEAD "<y:sst xmlns:y=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><y:si><y:t>tên</y:t></y:si></y:sst>";
	static const char latin[] = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet " MAIN "><sheetData><row><c t=\"str\"><v>\xE9</v></c></row></sheetData></worksheet>";

	(void)state;
	assert_string_equal(both(book_of(prefixed, BOOK("", ONE), STRINGS)), "1:Chi bộ|7\n");
	assert_string_equal(both(book_of(SHEET("<row><c t=\"s\"><v>0</v></c></row>"), BOOK("", ONE), strings)), "1:tên\n");
	assert_string_equal(both(book_of(latin, BOOK("", ONE), STRINGS)), "1:é\n");
	assert_string_equal(READ("<row><c><v>1</v></c></row><row><c t=\"str\"><v><![CDATA[a<b]]></v></c></row><!-- x --><row><c><v>3</v></c></row>"), "1:1\n2:a<b\n3:3\n");
	assert_string_equal(READ("<row><c><v>1</v></c></row><mc:AlternateContent xmlns:mc=\"u\"/><row><c><v>2</v><x:y xmlns:x=\"u\"/></c></row>"), "1:1\n2:2\n");
	assert_string_equal(READ(""), "");
}

static void first_visible_sheet(void **state)
{
	(void)state;
	assert_string_equal(both(book_of(SHEET("<row><c><v>1</v></c></row>"),
	                                 BOOK("", "<sheet name=\"A\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/><sheet name=\"B\" sheetId=\"2\" r:id=\"rId2\"/>"), STRINGS)), "1:second\n");
}

/* ---- refusing ---- */

static void damaged_sheets_are_refused(void **state)
{
	static const char *const sheets[] = {
		SHEET("<row><c t=\"s\"><v>99</v></c></row>"), SHEET("<row><c t=\"s\"><v>x</v></c></row>"), SHEET("<row><c t=\"str\"><v>a & b</v></c></row>"),
		SHEET("<row><c t=\"str\"><v>\xFF</v></c></row>"), HEAD "<worksheet " MAIN "><sheetData><row><c><v>1</v></c></row>",
		HEAD "<worksheet " MAIN "><sheetData><row><c><v>1", SHEET("<row><c t=\"str\"><v>&#0;</v></c></row>"),
		HEAD "<!DOCTYPE x [<!ENTITY e \"boom\">]><worksheet " MAIN "><sheetData><row><c t=\"str\"><v>&e;</v></c></row></sheetData></worksheet>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		for (int expat = 0; expat < 2; expat++)
			assert_non_null(strstr(rows_of(book_of(sheets[i], BOOK("", ONE), STRINGS), NULL, expat), "the file is damaged"));
}

static void other_zip_files_are_named(void **state)
{
	(void)state;
	assert_non_null(strstr(rows_of(zipped((const struct file[]){ { "content.xml", "<x/>", 0 }, { NULL } }), NULL, false), "OpenDocument"));
	assert_non_null(strstr(rows_of(zipped((const struct file[]){ { "word/document.xml", "<x/>", 0 }, { NULL } }), NULL, false), "Word document"));
	assert_non_null(strstr(rows_of(zipped((const struct file[]){ { "xl/workbook.bin", "x", 0 }, { NULL } }), NULL, false), ".xlsb"));
	assert_non_null(strstr(rows_of(zipped((const struct file[]){ { "readme", "x", 0 }, { NULL } }), NULL, false), "no XLSX file"));
}

static void zip_bombs_end_at_the_limit(void **state)
{
	size_t n = (size_t)8 << 20;
	char *rows = malloc(n + 1), *sheet;
	struct xlsx_limits limits = xlsx_limits_usual;
	struct blob file;

	(void)state;
	memset(rows, ' ', n);
	for (size_t i = 0; i + 8 < n; i += 16)
		memcpy(rows + i, "<row><c/></row>", 15);
	rows[n] = '\0';
	sheet = arena_printf(call.arena, HEAD "<worksheet " MAIN "><sheetData>%s</sheetData></worksheet>", rows);
	file = book_of(sheet, BOOK("", ONE), STRINGS);
	assert_string_equal(rows_of(file, NULL, false), "");
	limits.inflated = 4 << 20;
	assert_non_null(strstr(rows_of(file, &limits, false), "unpacks to more than 4 MB"));
	limits = xlsx_limits_usual;
	limits.ratio_from = 1 << 20;
	limits.ratio = 50;
	assert_non_null(strstr(rows_of(file, &limits, true), "more than 50 times its size"));
	limits = xlsx_limits_usual;
	limits.rows = 1000;
	assert_non_null(strstr(rows_of(file, &limits, false), "more than 1000 rows"));
	limits = xlsx_limits_usual;
	limits.strings = 10;
	assert_non_null(strstr(rows_of(file, &limits, false), "need more than 0 MB"));
	free(rows);
}

static void a_cut_file_never_crashes(void **state)
{
	struct blob whole = book_of(SHEET("<row><c t=\"s\"><v>0</v></c></row>"), BOOK("", ONE), STRINGS);

	(void)state;
	for (size_t n = 0; n < whole.size; n++) {
		char *copy = malloc(n > 0 ? n : 1);
		memcpy(copy, whole.data, n);
		rows_of((struct blob){ copy, n }, NULL, false);
		free(copy);
	}
}

static void damaged_bytes_never_crash(void **state)
{
	struct blob whole = book_of(SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>x</t></is></c></row>"), BOOK("", ONE), STRINGS);
	char *copy = malloc(whole.size);
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		memcpy(copy, whole.data, whole.size);
		for (int k = 0; k < 3; k++) {
			seed = seed * 1103515245 + 12345;
			copy[(seed >> 8) % whole.size] = (char)(seed >> 3);
		}
		rows_of((struct blob){ copy, whole.size }, NULL, round % 2);
		arena_reset(call.arena);
		whole = book_of(SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>x</t></is></c></row>"), BOOK("", ONE), STRINGS);
	}
	free(copy);
}

/* ---- writing ---- */

static const char *reread(struct out *o)
{
	return both((struct blob){ o->data, o->size });
}

static const struct sheet_column columns[] = { { "code", SHEET_TEXT, 12 }, { "expected", SHEET_NUMBER, 8 }, { "held_on", SHEET_DAY, 12 }, { "starts_at", SHEET_MOMENT, 18 } };

static void write_rows(struct out *o, const char *const (*rows)[4], size_t n)
{
	struct xlsx_writer *w;

	out_memory(o, call.arena);
	assert_int_equal(xlsx_begin(&call, "units", columns, 4, &w), FAIL_OK);
	for (size_t r = 0; r < n; r++) {
		for (int i = 0; i < 4; i++)
			assert_int_equal(xlsx_cell(&call, w, rows[r][i]), FAIL_OK);
		assert_int_equal(xlsx_row_end(&call, w), FAIL_OK);
	}
	assert_int_equal(xlsx_end(&call, w, o), FAIL_OK);
}

static void what_is_written_is_read_back(void **state)
{
	static const char *const rows[][4] = {
		{ "=1+1", "20", "2026-01-05", "2026-01-05T19:00" }, { "'x", "-3", "1900-03-01", "1900-02-28T23:59" }, { "00123", "4.5", "1899-01-01", "" },
		{ "a<b>&\"c\"\nế", "95.5", "9999-12-31", "2025-12-31T23:59" }, { " two  spaces ", "0", "", "2024-02-29T00:01" },
		{ "tab\tand\001control", "123456789012345", "", "" }, { "_x0041_ and _x000D_", "1234567890123456789", "", "" }, { "cr\rlf\r\nend", "", "", "" },
	};
	struct out o;

	(void)state;
	write_rows(&o, rows, sizeof rows / sizeof *rows);
	assert_string_equal(reread(&o),
	                    "1:code|expected|held_on|starts_at\n2:=1+1|20|2026-01-05|2026-01-05T19:00\n3:'x|-3|1900-03-01|1900-02-28T23:59\n4:00123|4.5|1899-01-01\n"
	                    "5:a<b>&\"c\"\nế|95.5|9999-12-31|2025-12-31T23:59\n6: two  spaces |0||2024-02-29T00:01\n7:tab\tand\001control|123456789012345\n"
	                    "8:_x0041_ and _x000D_|1234567890123456789\n9:cr\rlf\r\nend\n");
}

static void long_texts_are_refused(void **state)
{
	char *text = arena_alloc(call.arena, 40000);
	struct xlsx_writer *w;

	(void)state;
	memset(text, 'x', 39999);
	assert_int_equal(xlsx_begin(&call, "units", columns, 4, &w), FAIL_OK);
	assert_int_equal(xlsx_cell(&call, w, text), FAIL_INPUT);
	assert_string_equal(call.problem.field, "code");
	xlsx_abandon(w);
}

static void a_table_of_either_form(void **state)
{
	static const char *const rows[][4] = { { "A", "1", "", "" } };
	struct table_reader *t;
	struct sheet_row row;
	struct out o;
	bool more;
	char hex[DIGEST_TEXT], again[DIGEST_TEXT];

	(void)state;
	write_rows(&o, rows, 1);
	assert_int_equal(table_open_memory(&call, "folder/units.csv", o.data, o.size, &t), FAIL_OK);
	assert_string_equal(table_name(t), "units.csv");
	assert_int_equal(table_digest(&call, t, hex), FAIL_OK);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(table_next(&call, t, &row, &more), FAIL_OK);
		assert_int_equal(table_next(&call, t, &row, &more), FAIL_OK);
		assert_string_equal(row.cells[0].text, "A");
		assert_int_equal(table_line(t), 2);
		assert_int_equal(table_rewind(&call, t), FAIL_OK);
	}
	assert_int_equal(table_digest(&call, t, again), FAIL_OK);
	assert_string_equal(hex, again);
}

static void old_letters_in_a_sheet_are_named(void **state)
{
	struct blob file = book_of(SHEET("<row><c t=\"str\"><v>code</v></c></row><row><c t=\"str\"><v>NguyÔn V¨n</v></c></row>"), BOOK("", ONE), STRINGS);
	struct table_reader *t;
	struct sheet_row row;
	bool more = true;
	fail f;

	(void)state;
	f = table_open_memory(&call, "a.xlsx", file.data, file.size, &t);
	while (f == FAIL_OK && more)
		f = table_next(&call, t, &row, &more);
	assert_int_equal(f, FAIL_INPUT);
	assert_non_null(strstr(call.problem.text, "TCVN3"));
	assert_int_equal(table_line(t), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
		T(cells_of_every_type), T(cells_find_their_column), T(dates_by_number_format), T(formats_are_understood), T(any_well_formed_sheet_is_read),
		T(first_visible_sheet), T(damaged_sheets_are_refused), T(other_zip_files_are_named), T(zip_bombs_end_at_the_limit), T(a_cut_file_never_crashes),
		T(damaged_bytes_never_crash), T(what_is_written_is_read_back), T(long_texts_are_refused), T(a_table_of_either_form), T(old_letters_in_a_sheet_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
