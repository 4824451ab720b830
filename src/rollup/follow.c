/* follow.c — this process's own entries are met here too; reading a unit once more does no harm, because rows carry their revision. */
#include "rollup/follow.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "org/version.h"
#include "rollup_sql.h"

/* More units than this are not read one by one. */
enum { UNITS_MAX = 500 };

static const struct field head_fields[] = { COL(struct follow_head, lane), COL(struct follow_head, seq), FIELD_END };
static const struct record head_record = { "journal_head", sizeof(struct follow_head), head_fields };

struct news { int64_t realm, unit_id, n; const char *entity; };
static const struct field news_fields[] = { COL(struct news, realm), COL(struct news, unit_id), COL(struct news, n),
	                                         COL(struct news, entity), FIELD_END };
static const struct record news_record = { "news", sizeof(struct news), news_fields };

void follow_free(struct follow *f)
{
	free(f->v);
	*f = (struct follow){ 0 };
}

static fail note(struct call *c, struct follow *f, const struct follow_head *h, size_t n)
{
	if (n > f->room) {
		struct follow_head *v = realloc(f->v, n * sizeof *v);

		if (!v)
			return problem(c, FAIL_BUSY, "", "the machine has no memory left");
		f->v = v;
		f->room = n;
	}
	if (n)
		memcpy(f->v, h, n * sizeof *h);
	f->n = n;
	return FAIL_OK;
}

fail follow_begin(struct call *c, struct follow *f)
{
	struct follow_head *h;
	size_t n;

	TRY(db_all(c, &Q_rollup_heads, NO_ARGS, &head_record, &h, &n));
	return note(c, f, h, n);
}

static int64_t seen(const struct follow *f, int64_t lane)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].lane == lane)
			return f->v[i].seq;
	return 0;
}

struct reading { struct moved v[64]; size_t n; struct rollup *r; };

static void put(struct reading *x, struct moved m)
{
	if (x->n == sizeof x->v / sizeof *x->v) {
		rollup_put(x->r, x->v, x->n);
		x->n = 0;
	}
	x->v[x->n++] = m;
}

static fail read_row(struct call *c, const void *row, void *arg)
{
	const struct cell_month *m = row;

	(void)c;
	put(arg, (struct moved){ .unit_id = m->unit_id, .month = (month_no)m->month, .facts = cell_month_pack(m) });
	return FAIL_OK;
}

static fail read_year(struct call *c, const void *row, void *arg)
{
	const struct cell_year *y = row;

	(void)c;
	put(arg, (struct moved){ .unit_id = y->unit_id, .month = month_of((int)y->year, 1), .of_year = true, .year = cell_year_pack(y) });
	return FAIL_OK;
}

static fail read_unit(struct call *c, struct rollup *r, int64_t realm, int64_t unit_id, bool months)
{
	struct reading x = { .r = r };
	struct db_args args = ARGS(V(realm), V(unit_id), V((int32_t)MONTH_EVER), V((int32_t)MONTH_FAR));

	if (months)
		TRY(db_each(c, &Q_cell_month_load_unit, args, &cell_month_record, read_row, &x));
	TRY(db_each(c, &Q_cell_year_load_unit, args, &cell_year_record, read_year, &x));
	rollup_put(r, x.v, x.n);
	return FAIL_OK;
}

static bool names_no_figures(const char *entity)
{
	static const char *const words[] = { "account", "account_role", "session", "rule_file", NULL };

	return word_index(words, entity) >= 0;
}

/* People count in years only. */
static bool names_people(const char *entity)
{
	static const char *const words[] = { "member", "membership", "post", NULL };

	return word_index(words, entity) >= 0;
}

static fail take_news(struct call *c, struct rollup *r, const struct news *news, size_t n, bool *all)
{
	*all = *all || n > UNITS_MAX;
	for (size_t i = 0; i < n; i++) {
		if (names_no_figures(news[i].entity))
			continue;
		if (strcmp(news[i].entity, "unit") == 0)
			org_tree_moved();
		else if (news[i].unit_id == 0)
			*all = *all || !names_people(news[i].entity);
		else if (!*all)
			TRY(read_unit(c, r, news[i].realm, news[i].unit_id, !names_people(news[i].entity)));
	}
	return FAIL_OK;
}

static fail read_news(struct call *c, struct follow *f, struct rollup *r, bool *all)
{
	struct follow_head *h;
	size_t n;

	TRY(db_all(c, &Q_rollup_heads, NO_ARGS, &head_record, &h, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t after = seen(f, h[i].lane);
		struct news *news;
		size_t count;

		if (h[i].seq <= after) {
			h[i].seq = after; /* an older snapshot than the last one */
			continue;
		}
		TRY(db_all(c, &Q_rollup_news, ARGS(V(h[i].lane), V(after), V(h[i].seq)), &news_record, &news, &count));
		TRY(take_news(c, r, news, count, all));
	}
	return note(c, f, h, n);
}

fail follow_read(struct call *c, struct follow *f, struct rollup *r, bool *all)
{
	TRY(db_read_begin(c));
	fail result = read_news(c, f, r, all);

	db_read_end(c);
	return result;
}
