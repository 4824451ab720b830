/* test_csv.c — reading and writing CSV, and telling encodings apart. */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#include "sheet/csv_scan.h"
#include "sheet/csv_write.h"
#include "sheet/encoding.h"
#include "sheet/table.h"

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

/* All rows as "line:cell|cell\n", or "line! problem" where it ends. */
static const char *read_all(const void *data, size_t size)
{
	struct table_reader *t;
	struct sheet_row row;
	struct out o;
	bool more = true;
	fail f;

	problem_clear(&call);
	out_memory(&o, call.arena);
	f = table_open_memory(&call, "in/a.csv", data, size, &t);
	while (f == FAIL_OK && (f = table_next(&call, t, &row, &more)) == FAIL_OK && more) {
		out_printf(&o, "%lld:", (long long)row.line);
		for (size_t i = 0; i < row.n; i++) {
			assert_int_equal(strlen(row.cells[i].text), row.cells[i].size);
			out_printf(&o, i > 0 ? "|%s" : "%s", row.cells[i].text);
		}
		out_char(&o, '\n');
	}
	if (f != FAIL_OK)
		out_printf(&o, "%lld! %s", (long long)(t == NULL ? 0 : table_line(t)), call.problem.text);
	return out_text(&o);
}

#define READ(literal) read_all(literal, sizeof(literal) - 1)

static void rows_and_quotes(void **state)
{
	(void)state;
	assert_string_equal(READ("a,b,c\n1,2,3\n"), "1:a|b|c\n2:1|2|3\n");
	assert_string_equal(READ("a,b\r\n1,\r\n,2"), "1:a|b\n2:1|\n3:|2\n");
	assert_string_equal(READ("a,\"b \"\"x\"\", c\"\n\"two\nlines\",3\n4,5\n"), "1:a|b \"x\", c\n2:two\nlines|3\n4:4|5\n");
	assert_string_equal(READ("\"a\",\"\"\r\n\"\"\"\",x\r\n"), "1:a|\n2:\"|x\n");
	assert_string_equal(READ("a\n\n\r\n,,\nb\n"), "1:a\n5:b\n");
	assert_string_equal(READ("a"), "1:a\n");
}

static void marks_and_separators_are_recognised(void **state)
{
	(void)state;
	assert_string_equal(READ("\xEF\xBB\xBF" "code,name\nA,b\n"), "1:code|name\n2:A|b\n");
	assert_string_equal(READ("code;name\nA;b,c\n"), "1:code|name\n2:A|b,c\n");
	assert_string_equal(READ("code\tname\r\nA\tb\r\n"), "1:code|name\n2:A|b\n");
	assert_string_equal(READ("sep=;\r\ncode;name\r\nA;b\r\n"), "2:code|name\n3:A|b\n");
	assert_string_equal(READ("code,name\rA,b\r"), "1:code|name\n2:A|b\n");
	assert_string_equal(READ("\"x;y\",z\n1,2\n"), "1:x;y|z\n2:1|2\n");
}

static void utf16_is_accepted(void **state)
{
	static const char little[] = "\xFF\xFE" "a\0\t\0\xBF\x1E\n\0x\0\t\0\x3D\xD8\x00\xDE\n\0";
	static const char big[] = "\xFE\xFF" "\0a\0;\x1E\xBF\0\n";
	static const char bare[] = "c\0o\0d\0e\0,\0n\0a\0m\0e\0\r\0\n\0A\0,\0\x11\x01\r\0\n\0";

	(void)state;
	assert_string_equal(READ(little), "1:a|ế\n2:x|😀\n");
	assert_string_equal(READ(big), "1:a|ế\n");
	assert_string_equal(READ(bare), "1:code|name\n2:A|đ\n");
	assert_non_null(strstr(READ("\xFF\xFE" "a\0\n\0b"), "2! the file ends in the middle of a letter"));
}

static void mistakes_are_named_with_their_line(void **state)
{
	(void)state;
	assert_non_null(strstr(READ("a,b\n1,x\"y\n3,4\n5,6\n"), "2! a quotation mark opened here is not closed"));
	assert_non_null(strstr(READ("a,b\n1,x\"y\"\n"), "2! a quotation mark stands inside a cell"));
	assert_non_null(strstr(READ("a,b\n1,\"x\" y\n"), "2! a quotation mark stands inside a cell"));
	assert_non_null(strstr(READ("a,b\n\n1,\"open\n2,3\n"), "3! a quotation mark opened here is not closed"));
	assert_non_null(strstr(READ("a,b\n1,2\n3,\0\n"), "3! the file holds bytes that are no text"));
	assert_non_null(strstr(READ(""), "the file is empty"));
	assert_non_null(strstr(READ("\xEF\xBB\xBF\r\n \r\n"), "the file is empty"));
}

static void limits_hold(void **state)
{
	size_t n = (size_t)3 << 20;
	char *long_row = malloc(n), wide[2 * 600 + 1];

	(void)state;
	memset(long_row, 'x', n);
	memcpy(long_row, "a\n", 2);
	assert_non_null(strstr(read_all(long_row, n), "2! the row is longer than a million bytes"));
	memset(wide, ',', sizeof wide);
	wide[0] = 'a';
	assert_non_null(strstr(read_all(wide, 600), "1! the row has more than 512 columns"));
	free(long_row);
}

static void other_files_are_refused_with_advice(void **state)
{
	static const char locked[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

	(void)state;
	assert_non_null(strstr(READ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1........"), "older Excel (.xls)"));
	assert_non_null(strstr(READ(locked), "protected by a password"));
	assert_non_null(strstr(READ("%PDF-1.7\n"), "this is a PDF"));
	assert_non_null(strstr(READ("\r\n<html><table>"), "web page"));
	assert_non_null(strstr(READ("PK\3\4rubbish"), "damaged or is no XLSX file"));
}

/* ---- against a plain parser ---- */

static unsigned seed = 1;
static unsigned chance(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 8) % n;
}

/* Cells of random length and content, written quoted or plain; returns the expected dump as well. */
static void random_file(struct out *file, struct out *dump, size_t rows)
{
	static const char *const bits[] = { "a", "ế", "\"", "\n", ",", " ", "'", "-", "đường", "\r\n", "0123456789", "=" };
	long long line = 1;

	for (size_t r = 0; r < rows; r++) {
		size_t columns = 1 + chance(6);
		out_printf(dump, "%lld:", line);
		for (size_t i = 0; i < columns; i++) {
			struct out cell;
			out_memory(&cell, call.arena);
			out_str(&cell, i == 0 ? "z" : "");
			for (unsigned k = chance(chance(50) == 0 ? 3000 : 12); k > 0; k--)
				out_str(&cell, bits[chance(12)]);
			out_str(file, i > 0 ? ",\"" : "\"");
			const char *text = out_text(&cell) + strspn(out_text(&cell), "'"); /* the guard has a test of its own */
			out_printf(dump, i > 0 ? "|%s" : "%s", text);
			for (const char *s = text; *s != '\0'; s++) {
				line += *s == '\n';
				out_char(file, *s);
				if (*s == '"')
					out_char(file, '"');
			}
			out_char(file, '"');
		}
		out_str(file, r % 2 ? "\r\n" : "\n");
		out_char(dump, '\n');
		line++;
	}
}

static void agrees_with_what_was_written(void **state)
{
	(void)state;
	for (int round = 0; round < 60; round++) {
		struct out file, dump;
		out_memory(&file, call.arena);
		out_memory(&dump, call.arena);
		random_file(&file, &dump, 1 + chance(round % 10 == 0 ? 3000 : 40));
		assert_string_equal(read_all(file.data, file.size), out_text(&dump));
		arena_reset(call.arena);
	}
}

static void every_scan_finds_the_same(void **state)
{
	struct csv_marks m = csv_marks_of(';', '\n');
	char block[64];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		uint64_t want = 0, want_high = 0, high;
		for (int i = 0; i < 64; i++) {
			block[i] = chance(3) == 0 ? ";\"\n\0,\x1B\x8A\xFF"[chance(8)] : (char)chance(256);
			want |= (uint64_t)(memchr(";\"\n\0", block[i], 4) != NULL) << i;
			want_high |= (uint64_t)((unsigned char)block[i] >= 0x80) << i;
		}
		for (csv_scan_fn *const *scan = csv_scan_all(); *scan != NULL; scan++) {
			assert_true((*scan)(&m, block, &high) == want);
			assert_true(high == want_high);
		}
	}
}

static void utf8_is_checked_byte_by_byte(void **state)
{
	(void)state;
	assert_int_equal(utf8_valid_until("abc đường phố 😀", strlen("abc đường phố 😀")), strlen("abc đường phố 😀"));
	assert_int_equal(utf8_valid_until("ab\xC0\x80", 4), 2);
	assert_int_equal(utf8_valid_until("ab\xED\xA0\x80", 5), 2);
	assert_int_equal(utf8_valid_until("ab\xE1\xBA", 4), 2);
	assert_int_equal(utf8_valid_until("abcdefghijk\0mnopq", 16), 11);
	assert_int_equal(utf8_valid_until("\xF4\x90\x80\x80", 4), 0);
	assert_int_equal(utf8_valid_until("\xF4\x8F\xBF\xBF", 4), 4);
}

/* Random texts with a mistake or two, long enough for the vector check, against the plain one (texts below 32 bytes). */
static void utf8_check_is_the_same_at_any_length(void **state)
{
	static const char *const bits[] = { "a", "đ", "ế", "😀", "     ", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF", "\xE0\xA0\x80", "\xC2\x80" };

	(void)state;
	for (int round = 0; round < 200000; round++) {
		char text[160];
		size_t n = 0, want = 0;
		while (n < 130) {
			const char *bit = bits[chance(10)];
			memcpy(text + n, bit, strlen(bit));
			n += strlen(bit);
		}
		if (chance(4) > 0)
			text[chance((unsigned)n)] = (char)chance(256);
		if (chance(4) == 0)
			n -= chance(8);
		for (size_t step; want < n; want += step) {
			for (step = 1; step <= 4 && want + step <= n && utf8_valid_until(text + want, step) < step; step++)
				;
			if (step > 4 || want + step > n)
				break;
		}
		assert_int_equal(utf8_valid_until(text, n), want);
	}
}

/* ---- old encodings ---- */

static const char *const names[] = {
	"Nguyễn Văn An", "Trần Thị Bưởi", "Lê Đình Dũng", "Phạm Hồng Hạnh", "Đảng ủy phường Bến Nghé", "Chi bộ thôn Mỹ Lộc", "Võ Thị Sáu", "Bùi Quốc Khánh",
};

/* The letter of TCVN3 for a Unicode letter (small letters; capitals with tones are written as small ones in the font). */
static const struct { const char *letter; const char *byte; } tcvn3[] = {
	{ "ă", "\xA8" }, { "â", "\xA9" }, { "ê", "\xAA" }, { "ô", "\xAB" }, { "ơ", "\xAC" }, { "ư", "\xAD" }, { "đ", "\xAE" }, { "Đ", "\xA7" },
	{ "à", "\xB5" }, { "ả", "\xB6" }, { "ã", "\xB7" }, { "á", "\xB8" }, { "ạ", "\xB9" }, { "ằ", "\xBB" }, { "ẳ", "\xBC" }, { "ẵ", "\xBD" },
	{ "ắ", "\xBE" }, { "ặ", "\xC6" }, { "ầ", "\xC7" }, { "ẩ", "\xC8" }, { "ẫ", "\xC9" }, { "ấ", "\xCA" }, { "ậ", "\xCB" }, { "è", "\xCC" },
	{ "é", "\xD0" }, { "ẹ", "\xD1" }, { "ề", "\xD2" }, { "ể", "\xD3" }, { "ễ", "\xD4" }, { "ế", "\xD5" }, { "ệ", "\xD6" }, { "ì", "\xD7" },
	{ "ỉ", "\xD8" }, { "ĩ", "\xDC" }, { "í", "\xDD" }, { "ị", "\xDE" }, { "ò", "\xDF" }, { "ỏ", "\xE1" }, { "õ", "\xE2" }, { "ó", "\xE3" },
	{ "ọ", "\xE4" }, { "ồ", "\xE5" }, { "ổ", "\xE6" }, { "ỗ", "\xE7" }, { "ố", "\xE8" }, { "ộ", "\xE9" }, { "ờ", "\xEA" }, { "ở", "\xEB" },
	{ "ỡ", "\xEC" }, { "ớ", "\xED" }, { "ợ", "\xEE" }, { "ù", "\xEF" }, { "ủ", "\xF1" }, { "ũ", "\xF2" }, { "ú", "\xF3" }, { "ụ", "\xF4" },
	{ "ừ", "\xF5" }, { "ử", "\xF6" }, { "ữ", "\xF7" }, { "ứ", "\xF8" }, { "ự", "\xF9" }, { "ỳ", "\xFA" }, { "ỷ", "\xFB" }, { "ỹ", "\xFC" },
	{ "ý", "\xFD" }, { "ỵ", "\xFE" }, { NULL, NULL },
}, vni[] = {
	{ "ă", "a\xEA" }, { "â", "a\xE2" }, { "ê", "e\xE2" }, { "ô", "o\xE2" }, { "ơ", "\xF4" }, { "ư", "\xF6" }, { "đ", "\xF1" }, { "Đ", "\xD1" },
	{ "à", "a\xF8" }, { "ả", "a\xFB" }, { "ã", "a\xF5" }, { "á", "a\xF9" }, { "ạ", "a\xEF" }, { "ầ", "a\xE0" }, { "ấ", "a\xE1" }, { "ế", "e\xE1" },
	{ "ễ", "e\xE3" }, { "ị", "\xF2" }, { "ở", "\xF4\xFB" }, { "ì", "\xEC" }, { "ũ", "u\xF5" }, { "ồ", "o\xE0" }, { "ủ", "u\xFB" },
	{ "ườ", "\xF6\xF4\xF8" }, { "ộ", "o\xE4" }, { "ỹ", "y\xF5" }, { "é", "e\xF9" }, { "õ", "o\xF5" }, { "ù", "u\xF8" }, { "ố", "o\xE1" }, { NULL, NULL },
}, cp1258[] = {
	{ "ă", "\xE3" }, { "â", "\xE2" }, { "ê", "\xEA" }, { "ô", "\xF4" }, { "ơ", "\xF5" }, { "ư", "\xFD" }, { "đ", "\xF0" }, { "Đ", "\xD0" },
	{ "ả", "a\xD2" }, { "ã", "a\xDE" }, { "ạ", "a\xF2" }, { "ầ", "\xE2\xCC" }, { "ấ", "\xE2\xEC" }, { "ế", "\xEA\xEC" }, { "ễ", "\xEA\xDE" },
	{ "ị", "i\xF2" }, { "ở", "\xF5\xD2" }, { "ì", "i\xCC" }, { "ũ", "u\xDE" }, { "ồ", "\xF4\xCC" }, { "ủ", "u\xD2" }, { "ờ", "\xF5\xCC" },
	{ "ộ", "\xF4\xF2" }, { "ỹ", "y\xDE" }, { "é", "\xE9" }, { "õ", "o\xDE" }, { "ù", "\xF9" }, { "ố", "\xF4\xEC" }, { "á", "\xE1" }, { NULL, NULL },
};

/* A CSV of the names in an old encoding; `again`: each byte turned into the UTF-8 of the Latin-1 letter, as a careless program saves it. */
static const char *old_file(const void *table, bool again, size_t *size)
{
	const struct { const char *letter; const char *byte; } *map = table;
	struct out o;

	out_memory(&o, call.arena);
	out_str(&o, "code,name\n");
	for (size_t k = 0; k < 8; k++) {
		out_printf(&o, "M%zu,", k);
		for (const char *s = names[k]; *s != '\0';) {
			size_t i = 0;
			while (map[i].letter != NULL && strncmp(s, map[i].letter, strlen(map[i].letter)) != 0)
				i++;
			size_t len = map[i].letter != NULL ? strlen(map[i].letter) : 1;
			const char *bytes = map[i].letter != NULL ? map[i].byte : s;
			for (size_t b = 0; b < (map[i].letter != NULL ? strlen(bytes) : 1); b++)
				if (again && (unsigned char)bytes[b] >= 0x80)
					out_printf(&o, "%c%c", 0xC0 | (unsigned char)bytes[b] >> 6, 0x80 | (bytes[b] & 0x3F));
				else
					out_char(&o, bytes[b]);
			s += len;
		}
		out_char(&o, '\n');
	}
	*size = o.size;
	return out_text(&o);
}

static void old_encodings_are_named(void **state)
{
	size_t n;
	const char *file;

	(void)state;
	file = old_file(tcvn3, false, &n);
	assert_non_null(strstr(read_all(file, n), "2! the text is in the old TCVN3"));
	file = old_file(vni, false, &n);
	assert_non_null(strstr(read_all(file, n), "2! the text is in the old VNI"));
	file = old_file(cp1258, false, &n);
	assert_non_null(strstr(read_all(file, n), "2! the text is in the Windows-1258"));
	assert_non_null(strstr(READ("a,b\n1,\xC3(\n"), "2! the text is not UTF-8"));
}

static void old_letters_saved_as_utf8_are_named(void **state)
{
	size_t n;
	const char *file;

	(void)state;
	file = old_file(tcvn3, true, &n);
	assert_non_null(strstr(read_all(file, n), "2! the text is in the old TCVN3"));
	file = old_file(vni, true, &n);
	assert_non_null(strstr(read_all(file, n), "2! the text is in the old VNI"));
	assert_non_null(strstr(READ("code,name\nA,NguyÔn V¨n\n"), "2! the text is in the old TCVN3"));
	assert_non_null(strstr(READ("code,name\nA,Nguyeãn Vaên\n"), "2! the text is in the old VNI"));
	assert_non_null(strstr(READ("code,name\nA,Nguy?n V?n\nB,Tr?n\n"), "became question marks"));
}

static void true_vietnamese_is_left_alone(void **state)
{
	struct out o;

	(void)state;
	out_memory(&o, call.arena);
	out_str(&o, "code,name\n");
	for (size_t k = 0; k < 8; k++)
		out_printf(&o, "M%zu,%s\n", k, names[k]);
	out_str(&o, "M9,\"Hòa Quý, «Chi bộ» 30 m² ®, Oà uýt Khoái – HOÀ QUÝ ĐĂNG? Có!\"\n");
	assert_null(strstr(read_all(o.data, o.size), "!  the"));
	assert_null(call.problem.code == FAIL_OK ? NULL : call.problem.text);
	READ("name\nCafé Müller\nÉcole\n");
	assert_int_equal(call.problem.code, FAIL_OK);
}

/* ---- writing ---- */

static const char *written(const char *const *cells, size_t n)
{
	struct csv_writer w;
	struct out o;

	out_memory(&o, call.arena);
	csv_begin_write(&w, &o, false);
	for (size_t i = 0; i < n; i++)
		csv_cell(&w, cells[i]);
	csv_row_end(&w);
	return out_text(&o);
}

static void formulas_are_written_as_text(void **state)
{
	(void)state;
	assert_string_equal(written((const char *[]){ "=1+1", "+84", "-x", "@a", "-5", "-5.25", "5", "'=x", "'quoted'" }, 9),
	                    "'=1+1,'+84,'-x,'@a,-5,-5.25,5,''=x,'quoted'\n");
	assert_string_equal(written((const char *[]){ "\tx", "-5-3", "-", "-1.", "a,b", "say \"x\"", " b" }, 7),
	                    "\"'\tx\",'-5-3,'-,'-1.,\"a,b\",\"say \"\"x\"\"\",\" b\"\n");
}

static void what_is_written_is_read_back(void **state)
{
	static const char *const bits[] = { "'", "=", "-", "5", "+", "@", "\t", "\r", "\n", "\"", ",", ";", "ế", " ", "a", "." };

	(void)state;
	for (int round = 0; round < 5000; round++) {
		struct csv_writer w;
		struct out o, want;
		out_memory(&o, call.arena);
		out_memory(&want, call.arena);
		csv_begin_write(&w, &o, round % 2 == 0);
		csv_cell(&w, "h");
		csv_cell(&w, "h,h");
		csv_row_end(&w);
		out_str(&want, "1:h|h,h\n2:x");
		csv_cell(&w, "x");
		for (unsigned k = 1 + chance(3); k > 0; k--) {
			char cell[64] = "";
			for (unsigned i = chance(7); i > 0; i--)
				strcat(cell, bits[chance(16)]);
			csv_cell(&w, cell);
			out_printf(&want, "|%s", cell);
		}
		csv_row_end(&w);
		out_char(&want, '\n');
		assert_string_equal(read_all(o.data, o.size), out_text(&want));
		arena_reset(call.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
		T(rows_and_quotes), T(marks_and_separators_are_recognised), T(utf16_is_accepted), T(mistakes_are_named_with_their_line), T(limits_hold),
		T(other_files_are_refused_with_advice), T(agrees_with_what_was_written), T(every_scan_finds_the_same), T(utf8_is_checked_byte_by_byte), T(utf8_check_is_the_same_at_any_length),
		T(old_encodings_are_named), T(old_letters_saved_as_utf8_are_named), T(true_vietnamese_is_left_alone), T(formulas_are_written_as_text),
		T(what_is_written_is_read_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
