/* test_file.c — files: recognised from their bytes, refused by what they are, kept whole or not at all. */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "document/file.h"
#include "org/fixture.h"

static const char pdf[] = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";

/* A package with the given entries: name, text, … NULL. */
static struct blob zip_of(struct call *c, const char *const *entries)
{
	zip_error_t error;
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
	zip_stat_t st;

	zip_source_keep(memory);
	for (; *entries; entries += 2)
		zip_file_add(zip, entries[0], zip_source_buffer(zip, entries[1], strlen(entries[1]), 0), 0);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_open(memory), 0);
	assert_int_equal(zip_source_stat(memory, &st), 0);
	char *bytes = arena_alloc(c->arena, st.size);

	assert_int_equal(zip_source_read(memory, bytes, st.size), (zip_int64_t)st.size);
	zip_source_close(memory);
	zip_source_free(memory);
	return (struct blob){ bytes, st.size };
}

#define WORD_TYPES "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
#define MACRO_TYPES "<Types><Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>"
#define SHEET_TYPES "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
#define ODT "application/vnd.oasis.opendocument.text"

/* What comes out: the type, or the words of the refusal. */
static void expect(struct call *c, const char *name, const void *bytes, size_t n, enum file_type type, const char *words)
{
	struct file_taken t;

	if (type) {
		assert_ok(c, file_take_bytes(c, bytes, n, name, &t));
		assert_int_equal(t.type, type);
		return;
	}
	assert_fails(c, FAIL_INPUT, file_take_bytes(c, bytes, n, name, &t));
	assert_string_equal(test_problem.field, "file");
	if (!strstr(test_problem.text, words))
		fail_msg("“%s” does not say “%s”", test_problem.text, words);
}

#define EXPECT(name, bytes, type, words) expect(&c, name, bytes, sizeof bytes - 1, type, words)

static void kinds_are_told_from_the_bytes(void **state)
{
	struct call c;

	(void)state;
	test_call(&c);
	EXPECT("Nghị quyết.pdf", pdf, FILE_PDF, "");
	EXPECT("a.PDF", pdf, FILE_PDF, "");
	EXPECT("ảnh.jpg", "\xFF\xD8\xFF\xE0 and so on", FILE_JPEG, "");
	EXPECT("ảnh.jpeg", "\xFF\xD8\xFF\xE0 and so on", FILE_JPEG, "");
	EXPECT("a.png", "\x89PNG\r\n\x1A\n....", FILE_PNG, "");
	EXPECT("a.txt", "Dự thảo nghị quyết\n", FILE_TEXT, "");
	call_end(&c);
}

static void packages_are_looked_into(void **state)
{
	struct call c;
	struct blob b;

	(void)state;
	test_call(&c);
#define PACKAGE(name, type, words, ...)                                                                                \
	b = zip_of(&c, (const char *const[]){ __VA_ARGS__, NULL });                                                        \
	expect(&c, name, b.data, b.size, type, words)
	PACKAGE("a.docx", FILE_DOCX, "", "[Content_Types].xml", WORD_TYPES, "word/document.xml", "<w/>");
	PACKAGE("a.xlsx", FILE_XLSX, "", "[Content_Types].xml", SHEET_TYPES);
	PACKAGE("a.odt", FILE_ODT, "", "mimetype", ODT, "META-INF/manifest.xml", "<m/>");
	PACKAGE("a.docx", 0, "macros", "[Content_Types].xml", MACRO_TYPES);
	PACKAGE("a.docm", 0, "macros", "[Content_Types].xml", MACRO_TYPES);
	PACKAGE("a.docx", 0, "macros", "[Content_Types].xml", WORD_TYPES, "word/vbaProject.bin", "x");
	PACKAGE("a.odt", 0, "macros", "mimetype", ODT, "Basic/Standard/Module1.xml", "x");
	PACKAGE("a.odt", 0, "password", "mimetype", ODT, "META-INF/manifest.xml", "<m:encryption-data/>");
	PACKAGE("a.docx", 0, "an archive, not a Word document", "run.exe", "MZ");
	PACKAGE("a.pdf", 0, "a Word document, not a PDF", "[Content_Types].xml", WORD_TYPES);
	PACKAGE("a.zip", 0, "such files are not kept", "run.exe", "MZ");
	expect(&c, "a.docx", "PK\3\4 and nothing that follows", 30, 0, "a damaged file, not a Word document");
	call_end(&c);
}

static void programs_are_refused_under_any_name(void **state)
{
	struct call c;

	(void)state;
	test_call(&c);
	EXPECT("bao-cao.pdf", "MZ\x90\0\3 a program", 0, "the file is a Windows program, not a PDF");
	EXPECT("bao-cao.exe", "MZ\x90\0\3 a program", 0, "a Windows program; such files are not kept");
	EXPECT("a.txt", "MZ\x90\0\3 a program", 0, "a Windows program, not a plain text");
	EXPECT("a.pdf", "\x7F""ELF a program", 0, "a Linux program");
	EXPECT("a.txt", "#!/bin/sh\nrm -rf /\n", 0, "a script, not a plain text");
	EXPECT("a.txt", "\xEF\xBB\xBF\n <HTML><script>", 0, "a web page");
	EXPECT("a.png", "<svg xmlns=", 0, "a web page, not a PNG");
	EXPECT("a.bat", "dir c:\n", 0, "as .txt only");
	EXPECT("a", "dir c:\n", 0, "as .txt only");
	EXPECT("a.jpg", pdf, 0, "a PDF, not a JPEG picture");
	EXPECT("a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", 0, "old Office");
	EXPECT("a.docx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 0, "locked by a password");
	EXPECT("a.pdf", "%PDF-1.7\ntrailer <</Encrypt 5 0 R>>", 0, "locked by a password");
	EXPECT("a.pdf", "%PDF-1.7\n<</S /Launch>>", 0, "starts programs");
	EXPECT("a.txt", "\xFF\xFE" "b\0i\0n", 0, "no kind of file");
	EXPECT("a.pdf", "only words", 0, "a plain text, not a PDF");
	EXPECT("a.pdf", "", 0, "is empty");
	call_end(&c);
}

static void names_hide_nothing(void **state)
{
	struct call c;

	(void)state;
	test_call(&c);
	EXPECT("a\nb.pdf", pdf, 0, "hidden characters");
	EXPECT("a\x1B[2J.pdf", pdf, 0, "hidden characters");
	EXPECT("x\xE2\x80\xAE" "fdp.exe.pdf", pdf, 0, "hidden characters");
	EXPECT("x\xE2\x81\xA6.pdf", pdf, 0, "hidden characters");
	EXPECT("  ", pdf, 0, "no name");
	EXPECT(".pdf", pdf, 0, "no name");
	EXPECT("“Dự thảo” – 2.pdf", pdf, FILE_PDF, "");
	call_end(&c);
}

static void the_size_is_limited(void **state)
{
	struct call c;
	struct file_taken t;

	(void)state;
	test_call(&c);
	file_set_limit(64);
	EXPECT("a.txt", "a text of up to sixty-four bytes", FILE_TEXT, "");
	EXPECT("a.txt", "a text of more than sixty-four bytes, which is larger than what is allowed here", 0, "a file may have at most 64 bytes");
	file_set_limit(FILE_LIMIT_DEFAULT);
	int fd = fileno(tmpfile());

	assert_int_equal(ftruncate(fd, 300 << 20), 0);
	assert_fails(&c, FAIL_INPUT, file_take(&c, fd, "a.pdf", &t));
	assert_non_null(strstr(test_problem.text, "300 MB"));
	assert_non_null(strstr(test_problem.text, "at most 20 MB"));
	call_end(&c);
}

/* ---------------------------------------------------------------- the store */

static char *large_text(struct call *c, size_t n)
{
	char *text = arena_alloc(c->arena, n + 1);

	for (size_t i = 0; i < n; i++)
		text[i] = i % 61 == 60 ? '\n' : (char)('a' + i * 7 % 26);
	return text;
}

static fail gather(struct call *c, const void *bytes, size_t n, void *arg)
{
	(void)c;
	out_bytes(arg, bytes, n);
	return FAIL_OK;
}

TEST_BOTH(a_file_comes_back_as_it_was)
{
	struct fixture fx = fixture_make(c);
	size_t n = 600000;
	char *text = large_text(c, n);
	struct file_taken t;
	struct file f, again;
	struct out o;

	assert_ok(c, file_take_bytes(c, text, n, "Đề cương.txt", &t));
	assert_ok(c, file_keep(c, fx.q08, fx.v1, &t, &f));
	out_memory(&o, c->arena);
	READING(c) {
		assert_ok(c, file_by_id(c, fx.q08, f.id, &again));
		assert_ok(c, file_each(c, &again, gather, &o));
	}
	assert_string_equal(again.name, "Đề cương.txt");
	assert_string_equal(again.media, "text/plain; charset=utf-8");
	assert_int_equal(o.size, n);
	assert_memory_equal(o.data, text, n);
	assert_int_equal(test_int(c, "SELECT count(*) FROM file_part"), 3);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'file'"), 1);
}

TEST_BOTH(content_that_was_changed_is_not_given_out)
{
	struct fixture fx = fixture_make(c);
	struct file_taken t;
	struct file f;
	struct out o;

	assert_ok(c, file_take_bytes(c, pdf, sizeof pdf - 1, "a.pdf", &t));
	assert_ok(c, file_keep(c, fx.q08, fx.v1, &t, &f));
	test_sql(c, db_engine_of(c->db) == DB_POSTGRES ? "UPDATE file_part SET bytes = '\\x00'" : "UPDATE file_part SET bytes = x'00'");
	out_memory(&o, c->arena);
	READING(c)
		assert_fails(c, FAIL_BROKEN, file_each(c, &f, gather, &o));
}

struct keeping {
	struct fixture fx;
	struct file_taken t;
	struct file f;
};

static fail keep(struct call *c, void *arg)
{
	struct keeping *k = arg;

	return file_keep(c, k->fx.q08, k->fx.v1, &k->t, &k->f);
}

static void whole_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM file"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM file_part"), done ? 3 : 0);
}

TEST_BOTH(a_file_is_kept_whole_or_not_at_all)
{
	struct keeping k = { .fx = fixture_make(c) };

	assert_ok(c, file_take_bytes(c, large_text(c, 600000), 600000, "a.txt", &k.t));
	assert_true(test_faults(c, keep, whole_or_nothing, &k) >= 5);
}

static fail drop(struct call *c, void *arg)
{
	const struct file *f = arg;

	return file_drop(c, f->realm, f->id);
}

TEST_BOTH(what_is_dropped_leaves_nothing)
{
	struct keeping k = { .fx = fixture_make(c) };

	assert_ok(c, file_take_bytes(c, pdf, sizeof pdf - 1, "a.pdf", &k.t));
	assert_ok(c, keep(c, &k));
	assert_ok(c, db_write(c, drop, &k.f));
	whole_or_nothing(c, NULL, false);
	assert_fails(c, FAIL_NOT_FOUND, db_write(c, drop, &k.f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_are_told_from_the_bytes),
		cmocka_unit_test(packages_are_looked_into),
		cmocka_unit_test(programs_are_refused_under_any_name),
		cmocka_unit_test(names_hide_nothing),
		cmocka_unit_test(the_size_is_limited),
		BOTH(a_file_comes_back_as_it_was),
		BOTH(content_that_was_changed_is_not_given_out),
		BOTH(a_file_is_kept_whole_or_not_at_all),
		BOTH(what_is_dropped_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
