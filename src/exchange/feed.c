/* feed.c — the reading thread and its ring of batches. Knows no database; prepares rows with the kind's own `prepare`. */
#include "exchange/feed.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/keys.h"

enum {
	BATCHES = 3,
	BATCH_BYTES = 4 << 20,          /* a batch of long rows ends early */
	ARENA_BYTES = 256 << 20,
};

struct feed {
	const struct exchange_kind *kind;
	struct table_reader *table;
	enum lang lang;
	struct date today;
	int64_t now_ms;
	size_t row_size;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t filled, taken;           /* batches so far; the ring's places are these modulo BATCHES */
	bool stop, holding;
	struct batch batches[BATCHES];
	/* of the thread alone */
	struct columns columns;
	struct keys keys;
	bool begun;
	char digest[DIGEST_TEXT];
	jmp_buf full;
};

/* ---- the thread ---- */

_Noreturn static void row_too_large(void *arg)
{
	longjmp(((struct feed *)arg)->full, 1);
}

static void end_with(struct batch *b, fail code, const char *field, const char *text)
{
	b->failed = (struct problem){ code, field, text };
	b->last = true;
}

/* The table could not be read on. What the person can put right is an issue with its line, anything else ends the import. */
static void table_failed(struct feed *f, struct call *c, struct batch *b, fail code)
{
	if (code != FAIL_INPUT) {
		end_with(b, code, c->problem.field, c->problem.text);
		return;
	}
	issues_add(b->arena, &b->issues, &(struct import_issue){ .line = table_line(f->table), .text = c->problem.text });
	b->last = true;
}

static void key_twice(struct feed *f, struct call *c, struct batch *b, struct fed_row *row, int64_t other)
{
	const struct record *r = f->kind->record;
	const struct field *first = columns_first_key(r);

	issues_add(b->arena, &b->issues, &(struct import_issue){
		.line = row->line, .column = first->name, .label = first->label == NULL ? "" : tr(c->lang, first->label),
		.value = field_text(c->arena, first, row->row),
		.text = arena_printf(c->arena, tr(c->lang, "line %lld has the same %s (“%s”); leave only one of the two"), (long long)other,
		                     columns_key_names(c->arena, r), field_text(c->arena, first, row->row)),
	});
	row->bad = true;
}

static void prepare_failed(struct feed *f, struct call *c, struct batch *b, struct fed_row *row)
{
	const struct field *field = record_field(f->kind->record, c->problem.field);

	issues_add(b->arena, &b->issues, &(struct import_issue){
		.line = row->line, .column = c->problem.field, .label = field == NULL || field->label == NULL ? "" : tr(c->lang, field->label),
		.value = field == NULL ? "" : field_text(c->arena, field, row->row), .text = c->problem.text,
	});
	problem_clear(c);
	row->bad = true;
}

static void read_values(struct feed *f, struct call *c, struct batch *b, const struct sheet_row *cells)
{
	struct fed_row *row = &b->rows[b->n];
	struct blob key;
	int64_t other;

	*row = (struct fed_row){ .line = cells->line, .row = b->structs + b->n * f->row_size };
	b->n++;
	row->bad = !columns_row(c, &f->columns, cells, row->row, &b->issues);
	if (row->bad)
		return;
	key = columns_key(c->arena, f->kind->record, row->row);
	other = key.size == 0 ? 0 : keys_add(&f->keys, key.data, key.size, row->line);
	if (other > 0)
		key_twice(f, c, b, row, other);
	else if (other < 0)
		end_with(b, FAIL_BUSY, "", tr(c->lang, "the machine has no memory left; try again later"));
	else if (f->kind->prepare != NULL && f->kind->prepare(c, row->row) != FAIL_OK)
		prepare_failed(f, c, b, row);
}

static void read_names(struct feed *f, struct call *c, struct batch *b, const struct sheet_row *names)
{
	columns_read(c, f->kind->record, names, &f->columns, &b->issues);
	f->begun = true;
	b->last = b->issues.n > 0; /* without its columns nothing of the file can be understood */
}

static void end_of_table(struct feed *f, struct call *c, struct batch *b)
{
	if (!f->begun)
		issues_add(b->arena, &b->issues, &(struct import_issue){ .text = tr(c->lang, "the file is empty") });
	b->last = true;
}

static void fill(struct feed *f, struct call *c, struct batch *b)
{
	struct sheet_row cells;
	bool more;

	while (!b->last && b->n < FEED_ROWS && arena_used(b->arena) < BATCH_BYTES) {
		fail code = table_next(c, f->table, &cells, &more);
		if (code != FAIL_OK)
			table_failed(f, c, b, code);
		else if (!more)
			end_of_table(f, c, b);
		else if (f->begun)
			read_values(f, c, b, &cells);
		else
			read_names(f, c, b, &cells);
	}
	table_progress(f->table, &b->done, &b->total);
}

static void start_batch(struct feed *f, struct batch *b)
{
	arena_reset(b->arena);
	b->n = 0;
	b->issues = (struct issues){ 0 };
	b->failed = (struct problem){ FAIL_OK, "", "" };
	b->last = false;
	b->digest = f->digest;
	b->structs = arena_array(b->arena, FEED_ROWS, f->row_size);
}

/* The digest first, then rewinding: both may fail like any reading. */
static void begin_reading(struct feed *f, struct call *c, struct batch *b)
{
	fail code = table_digest(c, f->table, f->digest);


	if (code == FAIL_OK)
		code = table_rewind(c, f->table);
	if (code != FAIL_OK)
		table_failed(f, c, b, code);
}

static void fill_guarded(struct feed *f, struct batch *b, bool first)
{
	struct call c = { .arena = b->arena, .lang = f->lang, .today = f->today, .now_ms = f->now_ms, .problem = { FAIL_OK, "", "" } };

	arena_on_full(b->arena, row_too_large, f, NULL);
	if (setjmp(f->full) != 0) {
		end_with(b, FAIL_INPUT, "file", tr(f->lang, "the rows are too large for an import; look whether this file is a table at all"));
		return;
	}
	start_batch(f, b);
	if (first)
		begin_reading(f, &c, b);
	if (!b->last)
		fill(f, &c, b);
}

/* A free place of the ring; NULL: stop. */
static struct batch *wait_free(struct feed *f)
{
	pthread_mutex_lock(&f->lock);
	while (!f->stop && f->filled - f->taken == BATCHES)
		pthread_cond_wait(&f->changed, &f->lock);
	struct batch *b = f->stop ? NULL : &f->batches[f->filled % BATCHES];
	pthread_mutex_unlock(&f->lock);
	return b;
}

static void *feed_main(void *arg)
{
	struct feed *f = arg;
	struct batch *b;
	bool last = false;

	for (bool first = true; !last && (b = wait_free(f)) != NULL; first = false) {
		fill_guarded(f, b, first);
		last = b->last;
		pthread_mutex_lock(&f->lock);
		f->filled++;
		pthread_cond_broadcast(&f->changed);
		pthread_mutex_unlock(&f->lock);
	}
	return NULL;
}

/* ---- from outside ---- */

static void feed_free(struct feed *f)
{
	for (int i = 0; i < BATCHES; i++)
		arena_free(f->batches[i].arena);
	keys_end(&f->keys);
	pthread_mutex_destroy(&f->lock);
	pthread_cond_destroy(&f->changed);
	free(f);
}

fail feed_start(struct call *c, const struct exchange_kind *kind, struct table_reader *table, struct feed **out)
{
	struct feed *f = calloc(1, sizeof *f);
	bool ready = f != NULL;

	*out = NULL;
	if (!ready)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	f->kind = kind;
	f->table = table;
	f->lang = c->lang;
	f->today = c->today;
	f->now_ms = c->now_ms;
	f->row_size = (kind->record->size + 15) & ~(size_t)15;
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->changed, NULL);
	keys_begin(&f->keys);
	for (int i = 0; i < BATCHES; i++)
		ready &= (f->batches[i].arena = arena_new(ARENA_BYTES)) != NULL;
	if (!ready || pthread_create(&f->thread, NULL, feed_main, f) != 0) {
		feed_free(f);
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	}
	*out = f;
	return FAIL_OK;
}

struct batch *feed_next(struct feed *f)
{
	pthread_mutex_lock(&f->lock);
	if (f->holding) {
		f->taken++;
		pthread_cond_broadcast(&f->changed);
	}
	f->holding = true;
	while (f->filled == f->taken)
		pthread_cond_wait(&f->changed, &f->lock);
	struct batch *b = &f->batches[f->taken % BATCHES];
	pthread_mutex_unlock(&f->lock);
	return b;
}

void feed_stop(struct feed *f)
{
	if (f == NULL)
		return;
	pthread_mutex_lock(&f->lock);
	f->stop = true;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	pthread_join(f->thread, NULL);
	feed_free(f);
}
