/* po.c — turns a message catalogue (po/vi.po) into a sorted C table (base/catalogue.h). Run by the build.
 *
 * Reading is gettext's own library; an entry that is fuzzy or empty stops the build, because a page half in another
 * language is a defect. Does not extract messages: scripts/check-messages does. */
#include <gettext-po.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry { char *id, *text; };
static struct entry *entries;
static size_t count;
static int bad;

static void on_error(int severity, po_message_t message, const char *file, size_t line, size_t column, int multi, const char *text)
{
	(void)message, (void)column, (void)multi;
	fprintf(stderr, "%s:%zu: %s\n", file ? file : "?", line, text);
	if (severity >= PO_SEVERITY_ERROR)
		bad = 1;
}

static void on_error2(int severity, po_message_t m1, const char *f1, size_t l1, size_t c1, int mu1, const char *t1, po_message_t m2,
                      const char *f2, size_t l2, size_t c2, int mu2, const char *t2)
{
	on_error(severity, m1, f1, l1, c1, mu1, t1);
	on_error(severity, m2, f2, l2, c2, mu2, t2);
}

static const struct po_xerror_handler handler = { on_error, on_error2 };

static void add(po_message_t m)
{
	const char *id = po_message_msgid(m), *text = po_message_msgstr(m);

	if (!*id || po_message_is_obsolete(m))
		return;
	if (!*text || po_message_is_fuzzy(m)) {
		fprintf(stderr, "po: no finished translation of “%s”\n", id);
		bad = 1;
		return;
	}
	entries = realloc(entries, (count + 1) * sizeof *entries);
	if (!entries)
		abort();
	entries[count++] = (struct entry){ strdup(id), strdup(text) };
}

static void literal(FILE *out, const char *s)
{
	fputc('"', out);
	for (; *s; s++) {
		if (*s == '\n')
			fputs("\\n", out);
		else if (*s == '\t')
			fputs("\\t", out);
		else {
			if (*s == '"' || *s == '\\')
				fputc('\\', out);
			fputc(*s, out);
		}
	}
	fputc('"', out);
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

static int write_table(const char *path)
{
	FILE *out = fopen(path, "w");

	if (!out)
		return perror(path), 1;
	fputs("#include \"base/catalogue.h\"\n\nconst struct message catalogue_vi[] = {\n", out);
	for (size_t i = 0; i < count; i++) {
		fputs("\t{ ", out);
		literal(out, entries[i].id);
		fputs(", ", out);
		literal(out, entries[i].text);
		fputs(" },\n", out);
	}
	fprintf(out, "\t{ 0 },\n};\nconst size_t catalogue_vi_count = %zu;\n", count);
	return fclose(out) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return fprintf(stderr, "usage: gen_po FILE.po OUT.c\n"), 2;
	po_file_t po = po_file_read(argv[1], &handler);

	if (!po)
		return fprintf(stderr, "cannot read %s\n", argv[1]), 1;
	po_message_iterator_t it = po_message_iterator(po, NULL);

	for (po_message_t m = po_next_message(it); m; m = po_next_message(it))
		add(m);
	po_message_iterator_free(it);
	if (bad)
		return 1;
	if (count)
		qsort(entries, count, sizeof *entries, by_id);
	return write_table(argv[2]);
}
