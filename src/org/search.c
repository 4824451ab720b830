/* search.c — patterns, one statement a root, hits joined without doubles. Rights are the caller's: it says below which units to look. */
#include "org/search.h"

#include <stdlib.h>
#include <string.h>

#include "org/store.h"
#include "search_sql.h"

const char *const hit_kinds[] = { "", "unit", "member", NULL };

static const struct field hit_fields[] = {
	FIELD(struct hit, kind, N_("Kind"), 0, .words = hit_kinds),
	FIELD(struct hit, code, N_("Code"), 0),
	FIELD(struct hit, name, N_("Name"), 0),
	FIELD(struct hit, place, N_("Where"), 0),
	FIELD(struct hit, unit_id, N_("Unit"), 0),
	COL(struct hit, rank),
	COL(struct hit, id),
	COL(struct hit, realm),
	COL(struct hit, sort_key),
	FIELD_END,
};
const struct record hit_record = { "hit", sizeof(struct hit), hit_fields };

struct patterns { const char *code, *anywhere, *beginning, *given; };

/* Folded, with the signs that LIKE reads taken literally. */
static const char *escaped(struct arena *a, const char *key)
{
	struct out o;

	out_memory(&o, a);
	for (; *key; key++) {
		if (*key == '%' || *key == '_' || *key == '\\')
			out_char(&o, '\\');
		out_char(&o, *key);
	}
	return out_text(&o);
}

static struct patterns patterns_of(struct arena *a, const char *text)
{
	const char *key = escaped(a, text_key(a, text));

	return (struct patterns){ .code = text, .anywhere = arena_printf(a, "%%%s%%", key), .beginning = arena_printf(a, "%s%%", key),
		                      .given = arena_printf(a, "%% %s", key) };
}

static bool known(const struct hits *h, const struct hit *one)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->v[i].kind == one->kind && h->v[i].id == one->id && h->v[i].realm == one->realm)
			return true;
	return false;
}

static void take(struct call *c, struct hits *to, const struct hits *some)
{
	for (size_t i = 0; i < some->n; i++) {
		if (known(to, &some->v[i]))
			continue;
		to->v = store_grow(c->arena, to->v, to->n, sizeof *to->v);
		to->v[to->n++] = some->v[i];
	}
}

static fail find_units(struct call *c, const struct search *s, const struct patterns *p, int64_t limit, struct hits *out)
{
	struct hits some;

	if (!s->unit_roots) {
		TRY(db_all(c, &Q_org_search_units, ARGS(V(p->code), V(p->anywhere), V(p->beginning), V(s->on), V(limit)), &hit_record, &some.v,
		           &some.n));
		take(c, out, &some);
		return FAIL_OK;
	}
	for (size_t i = 0; i < s->unit_roots->n; i++) {
		TRY(db_all(c, &Q_org_search_units_below,
		           ARGS(V(p->code), V(p->anywhere), V(p->beginning), V(s->on), V(limit), V(s->unit_roots->v[i])), &hit_record, &some.v, &some.n));
		take(c, out, &some);
	}
	return FAIL_OK;
}

static fail find_members(struct call *c, const struct search *s, const struct patterns *p, int64_t limit, struct hits *out)
{
	struct hits some;

	if (!s->member_roots) {
		TRY(db_all(c, &Q_org_search_members, ARGS(V(p->code), V(p->anywhere), V(p->beginning), V(s->on), V(limit), V(p->given)), &hit_record,
		           &some.v, &some.n));
		take(c, out, &some);
		return FAIL_OK;
	}
	for (size_t i = 0; i < s->member_roots->n; i++) {
		TRY(db_all(c, &Q_org_search_members_below,
		           ARGS(V(p->code), V(p->anywhere), V(p->beginning), V(s->on), V(limit), V(p->given), V(s->member_roots->v[i])), &hit_record,
		           &some.v, &some.n));
		take(c, out, &some);
	}
	return FAIL_OK;
}

static int by_rank(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	size_t n = x->sort_key.size < y->sort_key.size ? x->sort_key.size : y->sort_key.size;
	int order;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	order = n ? memcmp(x->sort_key.data, y->sort_key.data, n) : 0;
	if (order == 0)
		order = (x->sort_key.size > y->sort_key.size) - (x->sort_key.size < y->sort_key.size);
	return order ? order : strcmp(x->code, y->code);
}

/* Several roots may each have given `limit` hits of a kind. */
static void cut(struct hits *h, int64_t limit)
{
	int64_t of_kind[3] = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		if (of_kind[h->v[i].kind]++ < limit)
			h->v[n++] = h->v[i];
	h->n = n;
}

fail org_search(struct call *c, const struct search *s, struct hits *out)
{
	const char *text = text_clean(c->arena, s->text);
	int64_t limit = s->limit > 0 ? s->limit : 50;
	struct patterns p;

	*out = (struct hits){ NULL, 0 };
	if (!*text)
		return FAIL_OK;
	p = patterns_of(c->arena, text);
	TRY(find_units(c, s, &p, limit, out));
	TRY(find_members(c, s, &p, limit, out));
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_rank);
	cut(out, limit);
	return FAIL_OK;
}
