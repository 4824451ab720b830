/* sql.c — turns named statements and migrations into C; run by the build.
 *
 *   gen_sql queries OUTDIR FILE.sql…      OUTDIR/queries.c and one OUTDIR/FILE_sql.h for each FILE.sql
 *   gen_sql migrations OUT.c FILE.sql…    the numbered migrations, in the order of their numbers
 *
 * A statement file holds `-- name: unit_children`, comment lines that go to the header, and one statement with $1…$n.
 * A comment line `-- rows: 20` at an INSERT … VALUES (…) makes a second statement NAME_rows that takes 20 such rows (db/batch.h).
 * FILE.postgres.sql, given beside FILE.sql, replaces single statements of the same name for PostgreSQL. Tokens @INT,
 * @BLOB, @STRICT and @WITHOUT_ROWID become each engine's own words. Refused, with file and line: two statements of one
 * name, a gap in the parameters, an unknown token, text that belongs to no statement. The SQL itself is not understood
 * here: a test prepares every statement on both engines. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PARAMS = 99, MAX_ROW_PARAMS = 255, MAX_STATEMENTS = 4096 };

struct text { char *s; size_t n, room; };

struct statement {
	const char *name, *file;
	int line, params;
	char *comment;
	char *sqlite, *postgres;
};

static struct statement statements[MAX_STATEMENTS];
static int statement_count;

_Noreturn static void __attribute__((format(printf, 3, 4))) die(const char *file, int line, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fprintf(stderr, "%s:%d: ", file, line);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static void *must(void *p)
{
	if (!p)
		die("gen_sql", 0, "out of memory");
	return p;
}

static void put(struct text *t, const char *s, size_t n)
{
	if (t->n + n + 1 > t->room) {
		t->room = (t->n + n + 1) * 2;
		t->s = must(realloc(t->s, t->room));
	}
	memcpy(t->s + t->n, s, n);
	t->n += n;
	t->s[t->n] = '\0';
}

static char *taken(struct text *t)
{
	put(t, "", 0);
	while (t->n && t->s[t->n - 1] == ' ')
		t->s[--t->n] = '\0';
	return t->s;
}

static char *read_whole(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct text t = { 0 };
	char block[8192];
	size_t n;

	if (!f)
		die(path, 0, "cannot be opened");
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		put(&t, block, n);
	fclose(f);
	put(&t, "", 0);
	return t.s;
}

/* ---- words of each engine ---- */

static const struct token { const char *name, *sqlite, *postgres; } tokens[] = {
	{ "@INT", "INTEGER", "BIGINT" },
	{ "@BLOB", "BLOB", "BYTEA" },
	{ "@STRICT", "STRICT", "" },
	{ "@WITHOUT_ROWID", ", WITHOUT ROWID", "" },
	{ NULL, NULL, NULL },
};

static const struct token *token_at(const char *s, size_t n)
{
	for (const struct token *t = tokens; t->name; t++)
		if (strlen(t->name) == n && memcmp(t->name, s, n) == 0)
			return t;
	return NULL;
}

/* One statement (or a whole migration) read from *at: comments gone, runs of white space one blank, tokens replaced. */
struct reader {
	const char *file, *at;
	int line, start; /* line now, line where the statement began */
	bool seen[MAX_PARAMS + 1];
	int params;
	struct text sqlite, postgres;
};

static void put_both(struct reader *r, const char *s, size_t n)
{
	put(&r->sqlite, s, n);
	put(&r->postgres, s, n);
}

static void read_quoted(struct reader *r)
{
	char quote = *r->at;
	const char *from = r->at++;
	int start = r->line;

	while (*r->at && *r->at != quote) {
		r->line += *r->at == '\n';
		r->at++;
	}
	if (!*r->at)
		die(r->file, start, "a quoted text does not end");
	r->at++;
	put_both(r, from, (size_t)(r->at - from));
}

static void read_token(struct reader *r)
{
	const char *from = r->at++;

	while (isupper((unsigned char)*r->at) || *r->at == '_')
		r->at++;
	const struct token *t = token_at(from, (size_t)(r->at - from));

	if (!t)
		die(r->file, r->line, "unknown token %.*s", (int)(r->at - from), from);
	put(&r->sqlite, t->sqlite, strlen(t->sqlite));
	put(&r->postgres, t->postgres, strlen(t->postgres));
}

static void read_param(struct reader *r)
{
	char *end;
	long n = strtol(r->at + 1, &end, 10);

	if (end == r->at + 1 || n < 1 || n > MAX_PARAMS)
		die(r->file, r->line, "parameters are $1 to $%d", MAX_PARAMS);
	r->seen[n] = true;
	if (n > r->params)
		r->params = (int)n;
	put_both(r, r->at, (size_t)(end - r->at));
	r->at = end;
}

static void read_blank(struct reader *r)
{
	while (isspace((unsigned char)*r->at)) {
		r->line += *r->at == '\n';
		r->at++;
	}
	if (r->sqlite.n && r->sqlite.s[r->sqlite.n - 1] != ' ')
		put_both(r, " ", 1);
}

static void read_piece(struct reader *r)
{
	if (r->at[0] == '-' && r->at[1] == '-')
		r->at += strcspn(r->at, "\n");
	else if (isspace((unsigned char)*r->at))
		read_blank(r);
	else if (*r->at == '\'' || *r->at == '"')
		read_quoted(r);
	else if (*r->at == '@')
		read_token(r);
	else if (*r->at == '$')
		read_param(r);
	else if (*r->at == '?')
		die(r->file, r->line, "write parameters as $1, $2");
	else
		put_both(r, r->at++, 1);
}

static void check_params(const struct reader *r)
{
	for (int i = 1; i <= r->params; i++)
		if (!r->seen[i])
			die(r->file, r->start, "$%d is missing: parameters have no gaps", i);
}

/* Up to the `;` that ends it. */
static void read_statement(struct reader *r, const char *name)
{
	memset(r->seen, 0, sizeof r->seen);
	r->params = 0;
	r->sqlite = r->postgres = (struct text){ 0 };
	r->start = r->line;
	while (*r->at && *r->at != ';' && strncmp(r->at, "-- name:", 8) != 0)
		read_piece(r);
	if (*r->at != ';')
		die(r->file, r->start, "statement %s does not end with ;", name);
	r->at++;
	if (!r->sqlite.n)
		die(r->file, r->start, "statement %s is empty", name);
	check_params(r);
}

/* ---- files of statements ---- */

static char *read_line(struct reader *r)
{
	size_t n = strcspn(r->at, "\n");
	char *s = must(strndup(r->at, n));

	r->at += n;
	if (*r->at) {
		r->at++;
		r->line++;
	}
	while (n && isspace((unsigned char)s[n - 1]))
		s[--n] = '\0';
	return s;
}

static const char *read_name(struct reader *r)
{
	int line = r->line;
	char *s = read_line(r) + strlen("-- name:");

	s += strspn(s, " \t");
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");

	if (!n || s[n])
		die(r->file, line, "a name is made of a-z, 0-9 and _: '%s'", s);
	return s;
}

static char *read_comment(struct reader *r)
{
	struct text t = { 0 };

	put(&t, "", 0);
	while (strncmp(r->at, "--", 2) == 0 && strncmp(r->at, "-- name:", 8) != 0) {
		const char *s = read_line(r) + 2;

		s += strspn(s, " \t");
		if (strstr(s, "*/"))
			die(r->file, r->line - 1, "a comment cannot hold the end of a C comment");
		if (t.n)
			put(&t, "\n * ", 4);
		put(&t, s, strlen(s));
	}
	return taken(&t);
}

static struct statement *find(const char *name)
{
	for (int i = 0; i < statement_count; i++)
		if (strcmp(statements[i].name, name) == 0)
			return &statements[i];
	return NULL;
}

static void add(struct reader *r, const char *name, char *comment, int line)
{
	struct statement *old = find(name);

	if (old)
		die(r->file, line, "statement %s stands already at %s:%d", name, old->file, old->line);
	if (statement_count == MAX_STATEMENTS)
		die(r->file, line, "too many statements");
	statements[statement_count++] = (struct statement){ .name = name, .file = r->file, .line = line, .params = r->params,
		.comment = comment, .sqlite = taken(&r->sqlite), .postgres = taken(&r->postgres) };
}

static void replace(struct reader *r, const char *name, int line)
{
	struct statement *old = find(name);

	if (!old)
		die(r->file, line, "there is no statement %s to replace", name);
	if (old->params != r->params)
		die(r->file, line, "%s takes %d parameters here and %d at %s:%d", name, r->params, old->params, old->file, old->line);
	old->postgres = taken(&r->postgres);
}

/* ---- the same INSERT for several rows ---- */

/* The tuple behind VALUES: its opening and the place after its end. */
static const char *find_tuple(const char *sql, const char **end)
{
	const char *from = strstr(sql, "VALUES (");
	int depth = 0;

	if (!from)
		return NULL;
	from += strlen("VALUES ");
	for (const char *s = from; *s; s++) {
		depth += (*s == '(') - (*s == ')');
		if (depth == 0) {
			*end = s + 1;
			return from;
		}
	}
	return NULL;
}

/* One tuple, its parameters counted on by `shift`. */
static void put_tuple(struct text *t, const char *from, const char *end, int shift)
{
	while (from < end) {
		if (*from != '$') {
			put(t, from++, 1);
			continue;
		}
		char number[16];
		char *after;
		int n = snprintf(number, sizeof number, "$%ld", strtol(from + 1, &after, 10) + shift);

		put(t, number, (size_t)n);
		from = after;
	}
}

static char *repeated(const struct statement *s, const char *sql, int rows)
{
	const char *end, *from = find_tuple(sql, &end);
	struct text t = { 0 };

	if (!from || strchr(end, '$'))
		die(s->file, s->line, "only an INSERT with one VALUES (...) that holds all parameters takes several rows");
	put(&t, sql, (size_t)(from - sql));
	for (int i = 0; i < rows; i++) {
		if (i)
			put(&t, ", ", 2);
		put_tuple(&t, from, end, i * s->params);
	}
	put(&t, end, strlen(end));
	return taken(&t);
}

static void add_rows(const struct statement *one)
{
	const char *said = strstr(one->comment, "rows: ");
	int rows = said && (said == one->comment || said[-1] == ' ') ? atoi(said + strlen("rows: ")) : 0;
	struct text name = { 0 };

	if (!rows)
		return;
	if (rows < 2 || rows * one->params > MAX_ROW_PARAMS)
		die(one->file, one->line, "%d rows of %d parameters: at least two rows, at most %d parameters", rows, one->params, MAX_ROW_PARAMS);
	if (statement_count == MAX_STATEMENTS)
		die(one->file, one->line, "too many statements");
	put(&name, one->name, strlen(one->name));
	put(&name, "_rows", 5);
	statements[statement_count++] = (struct statement){ .name = taken(&name), .file = one->file, .line = one->line, .params = rows * one->params,
		.comment = "Several rows at once (db/batch.h).", .sqlite = repeated(one, one->sqlite, rows), .postgres = repeated(one, one->postgres, rows) };
}

/* Blank lines and comments between statements. */
static void skip_between(struct reader *r)
{
	for (;;) {
		while (isspace((unsigned char)*r->at)) {
			r->line += *r->at == '\n';
			r->at++;
		}
		if (strncmp(r->at, "--", 2) != 0 || strncmp(r->at, "-- name:", 8) == 0)
			return;
		free(read_line(r));
	}
}

static void read_file(const char *path, bool replaces)
{
	struct reader r = { .file = path, .at = read_whole(path), .line = 1 };

	for (skip_between(&r); *r.at; skip_between(&r)) {
		if (strncmp(r.at, "-- name:", 8) != 0)
			die(path, r.line, "text that belongs to no statement: begin with -- name:");
		int line = r.line;
		const char *name = read_name(&r);
		char *comment = read_comment(&r);

		read_statement(&r, name);
		if (replaces)
			replace(&r, name, line);
		else
			add(&r, name, comment, line);
		if (!replaces)
			add_rows(&statements[statement_count - 1]);
	}
}

/* ---- writing C ---- */

static FILE *create(const char *path)
{
	FILE *f = fopen(path, "wb");

	if (!f)
		die(path, 0, "cannot be written");
	return f;
}

static void finish(FILE *f, const char *path)
{
	if (fclose(f) != 0)
		die(path, 0, "cannot be written");
}

static void write_string(FILE *f, const char *s)
{
	size_t column = 0;

	fputc('"', f);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fputc('\\', f);
		if (*s == '\n')
			fputs("\\n", f);
		else
			fputc(*s, f);
		if (++column > 100 && *s == ' ') {
			fputs("\"\n\t\t\"", f);
			column = 0;
		}
	}
	fputc('"', f);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_override(const char *path)
{
	size_t n = strlen(path), m = strlen(".postgres.sql");

	return n > m && strcmp(path + n - m, ".postgres.sql") == 0;
}

static void write_header(const char *dir, const char *file)
{
	char path[4096];
	int stem = (int)strcspn(base_name(file), ".");

	snprintf(path, sizeof path, "%s/%.*s_sql.h", dir, stem, base_name(file));
	FILE *f = create(path);

	fprintf(f, "/* Made from %s by gen/sql.c. */\n#pragma once\n#include \"db/db.h\"\n", base_name(file));
	for (int i = 0; i < statement_count; i++)
		if (strcmp(statements[i].file, file) == 0)
			fprintf(f, "\n/* %s */\nextern const struct query Q_%s;\n", statements[i].comment, statements[i].name);
	finish(f, path);
}

static void write_query(FILE *f, const struct statement *s, int slot)
{
	fprintf(f, "extern const struct query Q_%s;\nconst struct query Q_%s = {\n", s->name, s->name);
	fprintf(f, "\t.name = \"%s\", .params = %d, .slot = %d,\n\t.sqlite = ", s->name, s->params, slot);
	write_string(f, s->sqlite);
	fputs(",\n\t.postgres = ", f);
	write_string(f, s->postgres);
	fputs(",\n};\n", f);
}

static void write_queries(const char *dir)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/queries.c", dir);
	FILE *f = create(path);

	fputs("/* Made by gen/sql.c. */\n#include \"db/db.h\"\n\n", f);
	for (int i = 0; i < statement_count; i++)
		write_query(f, &statements[i], i);
	fputs("\nconst struct query *const db_queries[] = {\n", f);
	for (int i = 0; i < statement_count; i++)
		fprintf(f, "\t&Q_%s,\n", statements[i].name);
	fprintf(f, "\tNULL,\n};\nconst int db_query_count = %d;\n", statement_count);
	finish(f, path);
}

/* An override that lies beside a file and was not given would be forgotten silently. */
static void check_given(int n, char **files, const char *file)
{
	char path[4096];
	int stem = (int)(strlen(file) - strlen(".sql"));

	snprintf(path, sizeof path, "%.*s.postgres.sql", stem, file);
	for (int i = 0; i < n; i++)
		if (strcmp(files[i], path) == 0)
			return;
	FILE *f = fopen(path, "rb");

	if (f)
		die(path, 0, "is not registered: add it to sql_files");
}

static void run_queries(const char *dir, int n, char **files)
{
	for (int i = 0; i < n; i++)
		if (!is_override(files[i])) {
			check_given(n, files, files[i]);
			read_file(files[i], false);
		}
	for (int i = 0; i < n; i++)
		if (is_override(files[i]))
			read_file(files[i], true);
	for (int i = 0; i < n; i++)
		if (!is_override(files[i]))
			write_header(dir, files[i]);
	write_queries(dir);
}

/* ---- migrations ---- */

static void write_migration(FILE *f, const char *file, int number)
{
	struct reader r = { .file = file, .at = read_whole(file), .line = 1 };
	char expected[16];

	snprintf(expected, sizeof expected, "%04d-", number);
	if (strncmp(base_name(file), expected, 5) != 0)
		die(file, 0, "migration number %d should begin with %s", number, expected);
	while (*r.at)
		read_piece(&r);
	if (r.params)
		die(file, 0, "a migration takes no parameters");
	fprintf(f, "\t{ %d, \"%.*s\",\n\t\t", number, (int)strcspn(base_name(file), "."), base_name(file));
	write_string(f, taken(&r.sqlite));
	fputs(",\n\t\t", f);
	write_string(f, taken(&r.postgres));
	fputs(" },\n", f);
}

static void run_migrations(const char *out, int n, char **files)
{
	FILE *f = create(out);

	fputs("/* Made by gen/sql.c. */\n#include \"db/migrate.h\"\n\nconst struct migration db_migrations[] = {\n", f);
	for (int i = 0; i < n; i++)
		write_migration(f, files[i], i + 1);
	fputs("\t{ 0, NULL, NULL, NULL },\n};\n", f);
	finish(f, out);
}

int main(int argc, char **argv)
{
	if (argc > 3 && strcmp(argv[1], "queries") == 0)
		run_queries(argv[2], argc - 3, argv + 3);
	else if (argc > 3 && strcmp(argv[1], "migrations") == 0)
		run_migrations(argv[2], argc - 3, argv + 3);
	else
		die("gen_sql", 0, "usage: gen_sql queries DIR FILE.sql… | gen_sql migrations OUT.c FILE.sql…");
	return 0;
}
