/* assets — puts style sheets, scripts and pictures into the program.
 *
 *	assets out.c out.h FILE …
 *
 * Each file gets an address with a hash of its content, so that browsers may keep it for ever, and is stored plain and
 * gzip'd. Style sheets lose comments and line breaks, scripts their indentation; nothing is rewritten beyond that. */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void *must(void *p)
{
	if (!p) {
		fputs("assets: out of memory\n", stderr);
		exit(1);
	}
	return p;
}

static FILE *open_or_die(const char *path, const char *mode)
{
	FILE *f = fopen(path, mode);
	if (!f) {
		perror(path);
		exit(1);
	}
	return f;
}

static char *read_all(const char *path, size_t *size)
{
	FILE *f = open_or_die(path, "rb");
	size_t n = 0, room = 1 << 16;
	char *s = must(malloc(room + 1));
	for (size_t got; (got = fread(s + n, 1, room - n, f)) > 0;) {
		n += got;
		if (n == room)
			s = must(realloc(s, (room *= 2) + 1));
	}
	fclose(f);
	s[n] = '\0';
	*size = n;
	return s;
}

static const char *suffix(const char *path)
{
	const char *dot = strrchr(path, '.');
	return dot ? dot + 1 : "";
}

static const char *type_of(const char *path)
{
	static const char *const types[][2] = { { "css", "text/css; charset=utf-8" }, { "js", "text/javascript; charset=utf-8" },
		{ "svg", "image/svg+xml" }, { "png", "image/png" }, { "json", "application/manifest+json" }, { "woff2", "font/woff2" } };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(types[i][0], suffix(path)) == 0)
			return types[i][1];
	fprintf(stderr, "%s: error: no media type for this suffix\n", path);
	exit(1);
}

/* Comments go; runs of white space become one blank, and none beside { } ; , and behind a colon. */
static size_t squeeze_css(char *s)
{
	char *to = s;
	for (const char *p = s; *p;) {
		if (p[0] == '/' && p[1] == '*') {
			const char *end = strstr(p + 2, "*/");
			p = end ? end + 2 : p + strlen(p);
		} else if (*p == '"' || *p == '\'') {
			char quote = *p;
			do
				*to++ = *p++;
			while (*p && *p != quote);
			if (*p)
				*to++ = *p++;
		} else if (isspace((unsigned char)*p)) {
			while (isspace((unsigned char)*p))
				p++;
			if (to > s && !strchr("{};, ", to[-1]) && !strchr("{};,", *p))
				*to++ = ' ';
		} else {
			*to++ = *p++;
		}
	}
	*to = '\0';
	return (size_t)(to - s);
}

static size_t squeeze_js(char *s)
{
	char *to = s;
	for (const char *p = s; *p;) {
		while (isspace((unsigned char)*p) && (to == s || to[-1] == '\n'))
			p++;
		if (*p)
			*to++ = *p++;
	}
	*to = '\0';
	return (size_t)(to - s);
}

static unsigned char *gzip(const char *data, size_t size, size_t *out_size)
{
	z_stream z = { 0 };
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		exit(1);
	size_t room = deflateBound(&z, size) + 64;
	unsigned char *out = must(malloc(room));
	z.next_in = (Bytef *)data;
	z.avail_in = (uInt)size;
	z.next_out = out;
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		exit(1);
	*out_size = room - z.avail_out;
	deflateEnd(&z);
	return out;
}

static uint64_t hash(const char *s, size_t n)
{
	uint64_t h = 1469598103934665603u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return h;
}

static void bytes(FILE *c, const char *kind, int i, const void *data, size_t size)
{
	const unsigned char *p = data;
	fprintf(c, "static const unsigned char %s_%d[] = {", kind, i);
	for (size_t k = 0; k < size; k++)
		fprintf(c, "%s%u,", k % 32 ? "" : "\n", p[k]);
	fprintf(c, "0\n};\n");
}

/* app.css → ASSET_APP_CSS */
static void macro(FILE *head, const char *base, const char *address)
{
	fputs("#define ASSET_", head);
	for (; *base; base++)
		fputc(isalnum((unsigned char)*base) ? toupper((unsigned char)*base) : '_', head);
	fprintf(head, " \"%s\"\n", address);
}

static void one(const char *path, int i, FILE *c, FILE *head, FILE *list)
{
	size_t size, gz_size;
	char *data = read_all(path, &size), address[300];
	if (strcmp(suffix(path), "css") == 0)
		size = squeeze_css(data);
	else if (strcmp(suffix(path), "js") == 0)
		size = squeeze_js(data);
	unsigned char *gz = gzip(data, size, &gz_size);
	const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	int stem = (int)(strlen(base) - strlen(suffix(base)) - 1);
	snprintf(address, sizeof address, "/assets/%.*s.%012llx.%s", stem, base,
	         (unsigned long long)(hash(data, size) & 0xffffffffffff), suffix(base));
	bytes(c, "plain", i, data, size);
	bytes(c, "gz", i, gz, gz_size);
	macro(head, base, address);
	fprintf(list, "\t{ \"%s\", \"%s\", plain_%d, %zu, gz_%d, %zu },\n", address, type_of(path), i, size, i, gz_size);
	free(data);
	free(gz);
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fputs("usage: assets out.c out.h FILE …\n", stderr);
		return 2;
	}
	FILE *c = open_or_die(argv[1], "wb"), *head = open_or_die(argv[2], "wb");
	char *rows;
	size_t rows_size;
	FILE *list = must(open_memstream(&rows, &rows_size));
	fputs("/* Made by gen/assets.c. */\n#include \"html/asset.h\"\n\n", c);
	fputs("/* Made by gen/assets.c: addresses of style sheet, scripts and pictures. */\n#ifndef CHIBO_ASSET_NAMES_H\n"
	      "#define CHIBO_ASSET_NAMES_H\n\n", head);
	for (int i = 3; i < argc; i++)
		one(argv[i], i, c, head, list);
	fclose(list);
	fprintf(c, "const struct asset asset_list[] = {\n%s\t{ 0 }\n};\n", rows);
	fputs("\n#endif\n", head);
	free(rows);
	return (ferror(c) | fclose(c) | fclose(head)) ? 1 : 0;
}
