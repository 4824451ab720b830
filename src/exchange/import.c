/* import.c — the database half of an import: one transaction, the rows of the feed in order, everything or nothing. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "db/journal.h"
#include "exchange/feed.h"
#include "exchange/keys.h"

enum {
	FIRST_LOOK = 512,
	STATE_BYTES = 2047u << 20,  /* ceiling of import_arena */
	ROW_BYTES = 256 << 20,      /* …of what the rows of a batch may use */
};

struct import {
	const struct exchange_kind *kind;
	struct table_reader *table;
	struct feed *feed;
	bool check, undone;
	struct arena *arena;    /* import_arena; issues live here, too */
	struct arena *scratch;  /* c->arena while rows are handled */
	struct import_result *result;
	struct issues issues;
	struct keys refused;    /* first keys of bad rows */
	int64_t line, look_at;
	void *state;
	bool stopped;           /* the database has failed: only the rest of the reading is collected */
	char digest[DIGEST_TEXT];
	struct progress progress;
	jmp_buf full;
};

/* ---- for the functions of a kind ---- */

void import_count(struct import *im, enum import_outcome outcome)
{
	switch (outcome) {
	case IMPORT_ADDED: im->result->added++; break;
	case IMPORT_CHANGED: im->result->changed++; break;
	case IMPORT_SAME: im->result->same++; break;
	}
}

static const char *row_json(struct arena *a, const struct record *r, const void *row)
{
	struct json j;
	struct out o;

	out_memory(&o, a);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, r, row);
	json_object_end(&j);
	return out_text(&o);
}

fail import_changed(struct call *c, struct import *im, int64_t realm, int64_t unit_id, const char *entity, int64_t entity_id,
                    const void *before, const void *after)
{
	const struct record *r = im->kind->record;

	import_count(im, IMPORT_CHANGED);
	return journal_add(c, realm, unit_id, "update", entity, entity_id, before == NULL ? NULL : row_json(c->arena, r, before),
	                   after == NULL ? NULL : row_json(c->arena, r, after));
}

struct arena *import_arena(struct import *im) { return im->arena; }
int64_t import_line(const struct import *im) { return im->line; }
bool import_is_check(const struct import *im) { return im->check; }

bool import_refused(struct import *im, const char *first_key)
{
	return keys_has(&im->refused, first_key, strlen(first_key));
}

static const char *label_of(struct call *c, const struct import *im, const char *column)
{
	const struct field *f = column == NULL ? NULL : record_field(im->kind->record, column);
	return f == NULL || f->label == NULL ? "" : tr(c->lang, f->label);
}

void import_problem(struct call *c, struct import *im, int64_t line, const char *column, const char *value, const char *text, ...)
{
	struct import_issue issue = { .line = line, .column = column, .value = value, .label = label_of(c, im, column) };
	va_list args;

	va_start(args, text);
	issue.text = arena_vprintf(c->arena, tr(c->lang, text), args);
	va_end(args);
	issues_add(im->arena, &im->issues, &issue);
}

/* ---- rows ---- */

static bool has_issues(const struct import *im) { return im->issues.n > 0; }

static void remember_refused(struct call *c, struct import *im, const void *row)
{
	const struct field *key = columns_first_key(im->kind->record);
	const char *text = key == NULL ? "" : field_text(c->arena, key, row);

	if (*text != '\0')
		keys_add(&im->refused, text, strlen(text), im->line);
}

/* The problem a kind has recorded about the row at hand. */
static void row_issue(struct call *c, struct import *im, const struct fed_row *row)
{
	const struct field *f = record_field(im->kind->record, c->problem.field);
	const char *value = f == NULL || f->flags & INTERNAL ? "" : field_text(c->arena, f, row->row);

	issues_add(im->arena, &im->issues, &(struct import_issue){
		.line = row->line, .column = f == NULL ? "" : f->name, .label = label_of(c, im, c->problem.field), .value = value, .text = c->problem.text });
}

static bool of_the_row(fail f) { return f == FAIL_INPUT || f == FAIL_NOT_FOUND || f == FAIL_CONFLICT; }

/* Gives one row to the kind. What is wrong with the row becomes an issue; a failure of another sort ends the import, unless issues were
 * found before: then it may be their consequence, and they are what the person needs. */
static fail give_row(struct call *c, struct import *im, const struct fed_row *row)
{
	int64_t counted = im->result->added + im->result->changed + im->result->same;
	fail f = im->kind->row(c, im, im->state, row->row);

	if (f == FAIL_OK && im->result->added + im->result->changed + im->result->same != counted + 1)
		return problem(c, FAIL_BROKEN, "", "the rows of “%s” are not counted", im->kind->name);
	if (f == FAIL_OK)
		return FAIL_OK;
	if (!of_the_row(f)) {
		im->stopped = has_issues(im) && f == FAIL_BROKEN;
		return im->stopped ? FAIL_OK : f;
	}
	if (c->problem.code != FAIL_OK)
		row_issue(c, im, row);
	remember_refused(c, im, row->row);
	problem_clear(c);
	return FAIL_OK;
}

static fail take_row(struct call *c, struct import *im, const struct fed_row *row)
{
	im->line = row->line;
	im->result->rows++;
	if (row->bad) {
		remember_refused(c, im, row->row);
		return FAIL_OK;
	}
	return im->stopped ? FAIL_OK : give_row(c, im, row);
}

static void show_progress(struct import *im, const struct batch *b)
{
	if (b->done > 0 && b->total >= b->done)
		im->progress.total = (int64_t)((double)im->result->rows * (double)b->total / (double)b->done);
	progress_at(&im->progress, im->result->rows & ~(int64_t)255);
}

/* Each time the file has brought twice as many rows, the database looks at what it knows about its tables. */
static fail look_again(struct call *c, struct import *im)
{
	if (im->stopped || im->result->rows < FIRST_LOOK || im->result->rows < im->look_at)
		return FAIL_OK;
	im->look_at = im->result->rows * 2;
	return db_grown(c);
}

static fail take_batch(struct call *c, struct import *im, const struct batch *b)
{
	for (size_t i = 0; i < b->issues.n; i++)
		issues_add(im->arena, &im->issues, &b->issues.v[i]);
	im->issues.more += b->issues.more;
	for (size_t i = 0; i < b->n; i++) {
		TRY(take_row(c, im, &b->rows[i]));
		if (arena_used(c->arena) > 1 << 20)
			arena_reset(c->arena);
	}
	arena_reset(c->arena);
	memcpy(im->digest, b->digest, sizeof im->digest);
	show_progress(im, b);
	TRY(look_again(c, im));
	if (b->failed.code == FAIL_OK)
		return FAIL_OK;
	return problem(c, b->failed.code, b->failed.field, "%s", b->failed.text);
}

/* A problem of the whole file is an issue, too. */
static fail finish_failed(struct call *c, struct import *im, fail f)
{
	if (!of_the_row(f))
		return f;
	if (c->problem.code != FAIL_OK)
		issues_add(im->arena, &im->issues, &(struct import_issue){ .column = c->problem.field, .label = label_of(c, im, c->problem.field), .text = c->problem.text });
	problem_clear(c);
	return has_issues(im) ? FAIL_OK : f;
}

static fail take_all(struct call *c, struct import *im)
{
	struct batch *b;

	if (im->kind->begin != NULL)
		TRY(im->kind->begin(c, im, &im->state));
	do {
		b = feed_next(im->feed);
		TRY(take_batch(c, im, b));
	} while (!b->last);
	if (!has_issues(im) && im->kind->finish != NULL) {
		im->line = 0;
		return finish_failed(c, im, im->kind->finish(c, im, im->state));
	}
	return FAIL_OK;
}

/* ---- the transaction ---- */

static fail journal_file(struct call *c, const struct import *im)
{
	const struct import_result *r = im->result;
	struct json j;
	struct out o;

	if (im->check || r->added + r->changed == 0)
		return FAIL_OK;
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "file", table_name(im->table));
	json_put_str(&j, "digest", im->digest);
	json_put_int(&j, "rows", r->rows);
	json_put_int(&j, "added", r->added);
	json_put_int(&j, "changed", r->changed);
	json_put_int(&j, "same", r->same);
	json_object_end(&j);
	return journal_add(c, 0, 0, "import", im->kind->name, 0, NULL, out_text(&o));
}

static fail take_and_judge(struct call *c, struct import *im)
{
	TRY(take_all(c, im));
	if (has_issues(im) || im->check) {
		im->undone = true;
		return FAIL_INPUT; /* takes everything back; exchange_import says why */
	}
	return journal_file(c, im);
}

_Noreturn static void too_large(void *arg)
{
	longjmp(((struct import *)arg)->full, 1);
}

/* What a jump out of the middle leaves behind is put in order by db_write, which ends all statements of a body. No memory is taken here. */
static fail guarded(struct call *c, struct import *im)
{
	fail f = FAIL_INPUT;

	arena_on_full(im->arena, too_large, im, NULL);
	arena_on_full(im->scratch, too_large, im, NULL);
	if (setjmp(im->full) == 0)
		f = take_and_judge(c, im);
	else
		c->problem = (struct problem){ f, "file", tr(c->lang, "the rows are too large for an import; look whether this file is a table at all") };
	arena_on_full(im->arena, NULL, NULL, NULL);
	arena_on_full(im->scratch, NULL, NULL, NULL);
	return f;
}

static void start_over(struct import *im)
{
	struct import_result *r = im->result;

	arena_reset(im->arena);
	r->rows = r->added = r->changed = r->same = 0;
	im->issues = (struct issues){ 0 };
	im->undone = im->stopped = false;
	im->state = NULL;
	im->digest[0] = '\0';
	keys_end(&im->refused);
	keys_begin(&im->refused);
}

/* The problem's texts are kept in the arena that outlives the import. */
static void keep_problem(struct call *c, struct arena *home)
{
	if (c->problem.code == FAIL_OK)
		return;
	c->problem.text = arena_strdup(home, c->problem.text);
	c->problem.field = arena_strdup(home, c->problem.field);
}

static fail import_body(struct call *c, void *arg)
{
	struct import *im = arg;
	struct arena *home = c->arena;
	fail f;

	start_over(im);
	TRY(feed_start(c, im->kind, im->table, &im->feed));
	c->arena = im->scratch;
	f = guarded(c, im);
	c->arena = home;
	feed_stop(im->feed);
	keep_problem(c, home);
	arena_reset(im->scratch);
	return f;
}

/* ---- the result ---- */

static int by_line(const void *a, const void *b)
{
	const struct import_issue *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return strcmp(x->column, y->column);
}

static void hand_over(struct call *c, struct import *im)
{
	struct issues all = { 0 };

	im->result->digest = im->digest;
	for (size_t i = 0; i < im->issues.n; i++)
		issues_add(c->arena, &all, &im->issues.v[i]);
	if (all.n > 1)
		qsort(all.v, all.n, sizeof *all.v, by_line);
	im->result->issues = all.v;
	im->result->n = all.n;
	im->result->more = im->issues.more;
}

static fail import_end(struct call *c, struct import *im, fail f)
{
	keep_problem(c, c->arena);
	hand_over(c, im);
	keys_end(&im->refused);
	if (im->undone && im->result->n == 0)
		return FAIL_OK;
	if (im->undone) {
		problem_clear(c);
		return problem(c, FAIL_INPUT, *im->result->issues->column == '\0' ? "file" : im->result->issues->column, "%s",
		               import_issue_text(c, im->result->issues));
	}
	return f;
}

static void free_arena(void *arg)
{
	arena_free(arg);
}

fail exchange_import(struct call *c, const struct exchange_kind *kind, struct table_reader *table, bool check, struct import_result *out)
{
	struct import *im = ARENA_NEW(c->arena, struct import);
	fail f;

	*out = (struct import_result){ .check = check, .file = table_name(table), .digest = "" };
	*im = (struct import){ .kind = kind, .table = table, .check = check, .result = out };
	im->arena = arena_new(STATE_BYTES);
	im->scratch = arena_new(ROW_BYTES);
	arena_defer(c->arena, free_arena, im->arena);
	arena_defer(c->arena, free_arena, im->scratch);
	if (im->arena == NULL || im->scratch == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	progress_begin(&im->progress, c, tr(c->lang, "rows"), 0);
	f = db_write(c, import_body, im);
	progress_end(&im->progress);
	return import_end(c, im, f);
}
