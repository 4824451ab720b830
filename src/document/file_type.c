/* file_type.c — signatures, the inside of ZIP packages, and the names that go with them. */
#include "document/file_type.h"

#include <string.h>
#include <strings.h>
#include <zip.h>

#include "base/text.h"

const char *const file_media[FILE_TYPES] = {
	"", "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.oasis.opendocument.text", "image/jpeg", "image/png",
	"text/plain; charset=utf-8",
};
const char file_accept[] = ".pdf,.docx,.xlsx,.odt,.jpg,.jpeg,.png,.txt";

/* What a type is called in a sentence. */
static const char *const type_names[FILE_TYPES] = {
	"", N_("a PDF"), N_("a Word document"), N_("an Excel workbook"), N_("an OpenDocument text"), N_("a JPEG picture"), N_("a PNG picture"), N_("a plain text"),
};
static const struct { const char *ending; enum file_type type; } endings[] = {
	{ "pdf", FILE_PDF }, { "docx", FILE_DOCX }, { "xlsx", FILE_XLSX }, { "odt", FILE_ODT }, { "jpg", FILE_JPEG }, { "jpeg", FILE_JPEG },
	{ "png", FILE_PNG }, { "txt", FILE_TEXT },
};

/* The bytes at hand. */
struct bytes { const char *at; size_t n; };

/* ---------------------------------------------------------------- names */

static enum file_type type_of_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
		if (strcasecmp(dot + 1, endings[i].ending) == 0)
			return endings[i].type;
	return FILE_NO_TYPE;
}

/* U+200E, U+200F, U+202A … U+202E, U+2066 … U+2069: "…fdp.exe" would be read as "…exe.pdf". */
static bool turns_direction(const unsigned char *s)
{
	return s[0] == 0xE2 && ((s[1] == 0x80 && (s[2] == 0x8E || s[2] == 0x8F || (s[2] >= 0xAA && s[2] <= 0xAE))) ||
	                        (s[1] == 0x81 && s[2] >= 0xA6 && s[2] <= 0xA9));
}

static bool has_control(const char *name)
{
	for (const unsigned char *s = (const unsigned char *)name; *s; s++)
		if (*s < ' ' || *s == 0x7F || (s[0] == 0xC2 && s[1] >= 0x80 && s[1] <= 0x9F) || turns_direction(s))
			return true;
	return false;
}

fail file_name_check(struct call *c, const char *name, const char **out)
{
	if (has_control(name))
		return problem(c, FAIL_INPUT, "file", "the file's name has hidden characters in it; give it a plain name and choose it again");
	const char *clean = text_clean(c->arena, name);

	if (!*clean || *clean == '.')
		return problem(c, FAIL_INPUT, "file", "the file has no name; give it one that says what it is");
	if (text_length(clean) > 200)
		return problem(c, FAIL_INPUT, "file", "the file's name is longer than 200 characters; give it a shorter one");
	*out = clean;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- what is not kept */

static bool begins(struct bytes b, const char *mark, size_t n)
{
	return b.n >= n && memcmp(b.at, mark, n) == 0;
}
#define BEGINS(b, mark) begins(b, mark, sizeof mark - 1)

static bool holds(struct bytes b, const char *mark, size_t n)
{
	return memmem(b.at, b.n, mark, n) != NULL;
}
#define HOLDS(b, mark) holds(b, mark, sizeof mark - 1)

/* What was found out. */
struct verdict {
	enum file_type type;
	const char *is;  /* something else than any document: "a Windows program" */
	const char *why; /* a document that is not kept: a whole sentence with its name */
};
#define PASSWORD N_("“%s” is locked by a password; take the password off, save it and choose it again")
#define MACROS N_("“%s” has macros (small programs) in it; save it without them, as DOCX or XLSX, and choose it again")
#define OLD N_("“%s” is of an old Office version; save it as DOCX or XLSX and choose it again")

/* A text that a browser or a shell would run: looked for behind a byte order mark and blanks, in the first bytes only. */
static struct verdict script(struct bytes b)
{
	static const struct { const char *mark, *is; } marks[] = {
		{ "#!", N_("a script") }, { "<?php", N_("a script") }, { "@echo", N_("a script") }, { "<script", N_("a web page") },
		{ "<!doctype html", N_("a web page") }, { "<html", N_("a web page") }, { "<svg", N_("a web page") }, { "<?xml", N_("an XML file") },
	};
	size_t at = BEGINS(b, "\xEF\xBB\xBF") ? 3 : 0;

	while (at < b.n && b.at[at] && strchr(" \t\r\n", b.at[at]))
		at++;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (b.n - at >= strlen(marks[i].mark) && strncasecmp(b.at + at, marks[i].mark, strlen(marks[i].mark)) == 0)
			return (struct verdict){ .is = marks[i].is };
	return (struct verdict){ .why = BEGINS(b, "{\\rtf") ? OLD : NULL };
}

/* Old Office files and, in the same container, new ones behind a password. Installers (.msi) look like them too. */
static struct verdict compound(struct bytes b)
{
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	return (struct verdict){ .why = holds(b, encrypted, sizeof encrypted - 1) ? PASSWORD : OLD };
}

static struct verdict program(struct bytes b)
{
	static const struct { const char *mark; size_t n; const char *is; } marks[] = {
		{ "MZ", 2, N_("a Windows program") }, { "\x7F""ELF", 4, N_("a Linux program") }, { "\xCF\xFA\xED\xFE", 4, N_("a macOS program") },
		{ "\xCE\xFA\xED\xFE", 4, N_("a macOS program") }, { "\xCA\xFE\xBA\xBE", 4, N_("a program") }, { "dex\n", 4, N_("an Android program") },
		{ "Rar!", 4, N_("an archive") }, { "7z\xBC\xAF", 4, N_("an archive") }, { "\x1F\x8B", 2, N_("an archive") },
		{ "L\0\0\0\x01\x14\x02", 7, N_("a Windows shortcut") },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (begins(b, marks[i].mark, marks[i].n))
			return (struct verdict){ .is = marks[i].is };
	return BEGINS(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ? compound(b) : script(b);
}

/* ---------------------------------------------------------------- ZIP packages */

enum { ENTRY_MOST = 1 << 20, ENTRIES_MOST = 10000 };

/* An entry's text, or NULL when it is absent or too large to be what it should be. */
static const char *entry_text(struct call *c, zip_t *zip, const char *name)
{
	zip_stat_t st;
	zip_file_t *f;
	char *text;

	if (zip_stat(zip, name, 0, &st) != 0 || !(st.valid & ZIP_STAT_SIZE) || st.size > ENTRY_MOST || !(f = zip_fopen(zip, name, 0)))
		return NULL;
	text = arena_alloc(c->arena, st.size + 1);
	zip_int64_t n = zip_fread(f, text, st.size);

	zip_fclose(f);
	return n == (zip_int64_t)st.size && strlen(text) == st.size ? text : NULL;
}

static bool is_macro_entry(const char *name)
{
	const char *last = strrchr(name, '/');

	last = last ? last + 1 : name;
	return strncasecmp(last, "vbaProject", 10) == 0 || strncmp(name, "Basic/", 6) == 0 || strncmp(name, "Scripts/", 8) == 0;
}

static struct verdict entries(zip_t *zip)
{
	zip_int64_t n = zip_get_num_entries(zip, 0);

	if (n > ENTRIES_MOST)
		return (struct verdict){ .is = N_("an archive") };
	for (zip_int64_t i = 0; i < n; i++) {
		zip_stat_t st;

		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &st) != 0 || !st.name)
			return (struct verdict){ .is = N_("a damaged file") };
		if (st.valid & ZIP_STAT_ENCRYPTION_METHOD && st.encryption_method != ZIP_EM_NONE)
			return (struct verdict){ .why = PASSWORD };
		if (is_macro_entry(st.name))
			return (struct verdict){ .why = MACROS };
	}
	return (struct verdict){ 0 };
}

static struct verdict package(struct call *c, zip_t *zip)
{
	const char *types = entry_text(c, zip, "[Content_Types].xml"), *mime = entry_text(c, zip, "mimetype"), *manifest;
	struct verdict v = entries(zip);

	if (v.is || v.why)
		return v;
	if (types && strcasestr(types, "macroEnabled"))
		return (struct verdict){ .why = MACROS };
	if (types && strstr(types, "wordprocessingml.document.main+xml"))
		return (struct verdict){ FILE_DOCX };
	if (types && strstr(types, "spreadsheetml.sheet.main+xml"))
		return (struct verdict){ FILE_XLSX };
	if (!mime || strcmp(mime, "application/vnd.oasis.opendocument.text") != 0)
		return (struct verdict){ .is = N_("an archive") };
	manifest = entry_text(c, zip, "META-INF/manifest.xml");
	return (struct verdict){ FILE_ODT, .why = manifest && strstr(manifest, "encryption-data") ? PASSWORD : NULL };
}

static struct verdict unzip(struct call *c, struct bytes b)
{
	zip_error_t error;
	zip_source_t *source = zip_source_buffer_create(b.at, b.n, 0, &error);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	struct verdict v = { .is = N_("a damaged file") };

	if (!zip) {
		zip_source_free(source);
		return v;
	}
	v = package(c, zip);
	zip_discard(zip);
	return v;
}

/* ---------------------------------------------------------------- all together */

/* Letters and line ends, nothing that controls anything else. */
static bool is_text(struct bytes b)
{
	for (size_t i = 0; i < b.n; i++)
		if ((unsigned char)b.at[i] < ' ' && (!b.at[i] || !strchr("\t\n\r\f", b.at[i])))
			return false;
	return text_is_utf8(b.at, b.n);
}

static struct verdict pdf(struct bytes b)
{
	static const char *const launch = N_("“%s” is a PDF that starts programs; print it anew as a plain PDF and choose that");

	return (struct verdict){ FILE_PDF, .why = HOLDS(b, "/Encrypt") ? PASSWORD : HOLDS(b, "/Launch") ? launch : NULL };
}

static struct verdict recognise(struct call *c, struct bytes b)
{
	struct verdict v = program(b);

	if (v.is || v.why)
		return v;
	if (BEGINS(b, "PK\3\4"))
		return unzip(c, b);
	if (BEGINS(b, "%PDF-"))
		return pdf(b);
	if (BEGINS(b, "\xFF\xD8\xFF"))
		return (struct verdict){ FILE_JPEG };
	if (BEGINS(b, "\x89PNG\r\n\x1A\n"))
		return (struct verdict){ FILE_PNG };
	return (struct verdict){ is_text(b) ? FILE_TEXT : FILE_NO_TYPE };
}

/* The name promises something else. */
static fail refuse(struct call *c, const char *name, const char *is)
{
	enum file_type named = type_of_name(name);

	if (named)
		return problem(c, FAIL_INPUT, "file", "“%s”: the file is %s, not %s", name, tr(c->lang, is), tr(c->lang, type_names[named]));
	return problem(c, FAIL_INPUT, "file", "“%s”: the file is %s; such files are not kept here", name, tr(c->lang, is));
}

fail file_recognise(struct call *c, const char *name, const void *bytes, size_t size, enum file_type *out)
{
	enum file_type named = type_of_name(name);

	if (size == 0)
		return problem(c, FAIL_INPUT, "file", "“%s” is empty; choose the file again", name);
	struct verdict v = recognise(c, (struct bytes){ bytes, size });

	if (v.is)
		return refuse(c, name, v.is);
	if (v.why)
		return problem(c, FAIL_INPUT, "file", v.why, name);
	if (!v.type)
		return problem(c, FAIL_INPUT, "file", "“%s” is no kind of file that is kept here: PDF, DOCX, XLSX, ODT, JPEG, PNG or plain text in UTF-8", name);
	if (v.type == named) {
		*out = v.type;
		return FAIL_OK;
	}
	if (named)
		return refuse(c, name, type_names[v.type]);
	if (v.type == FILE_TEXT)
		return problem(c, FAIL_INPUT, "file", "“%s”: a text is kept as .txt only; programs and scripts are not", name);
	return problem(c, FAIL_INPUT, "file", "“%s” is %s, but its name does not end like one", name, tr(c->lang, type_names[v.type]));
}
