/* tables_compare.c — two tables side by side: points and words that changed, criterion by criterion. */
#include <string.h>

#include "rules/rule_words.h"
#include "tables_views.h"
#include "year/tables_pages.h"
#include "year/tables_shown.h"

enum { WORDS_MOST = 300 };

/* ---------------------------------------------------------------- words */

struct words { const char *v[WORDS_MOST]; size_t n; };

static void split(struct call *c, const char *text, struct words *out)
{
	out->n = 0;
	while (*text && out->n < WORDS_MOST) {
		size_t n = strcspn(text, " ");

		if (n)
			out->v[out->n++] = arena_strndup(c->arena, text, n);
		text += n + (text[n] == ' ');
	}
}

static void put_words(struct out *o, const char *mark, const struct words *w, size_t from, size_t to)
{
	if (from == to)
		return;
	if (mark)
		out_printf(o, "<%s>", mark);
	for (size_t i = from; i < to; i++) {
		html_text(o, NULL, w->v[i]);
		if (i + 1 < to)
			out_char(o, ' ');
	}
	if (mark)
		out_printf(o, "</%s>", mark);
	out_char(o, ' ');
}

/* Longest common row of words; what is left over on either side is marked. */
static struct html difference(struct call *c, const char *was, const char *now)
{
	struct words *a = ARENA_NEW(c->arena, struct words), *b = ARENA_NEW(c->arena, struct words);
	uint16_t (*most)[WORDS_MOST + 1] = (void *)ARENA_ARRAY(c->arena, (size_t)(WORDS_MOST + 1) * (WORDS_MOST + 1), uint16_t);
	size_t i = 0, k = 0;
	struct out o;

	split(c, was, a);
	split(c, now, b);
	for (size_t x = a->n; x-- > 0;)
		for (size_t y = b->n; y-- > 0;)
			most[x][y] = strcmp(a->v[x], b->v[y]) == 0                ? (uint16_t)(most[x + 1][y + 1] + 1)
			             : most[x + 1][y] >= most[x][y + 1] ? most[x + 1][y] : most[x][y + 1];
	out_memory(&o, c->arena);
	while (i < a->n || k < b->n) {
		size_t gone = i, come = k, same;

		while (i < a->n && (k == b->n || (strcmp(a->v[i], b->v[k]) != 0 && most[i + 1][k] >= most[i][k + 1])))
			i++;
		put_words(&o, "del", a, gone, i);
		while (k < b->n && (i == a->n || (strcmp(a->v[i], b->v[k]) != 0 && most[i][k + 1] > most[i + 1][k])))
			k++;
		put_words(&o, "ins", b, come, k);
		same = i;
		while (i < a->n && k < b->n && strcmp(a->v[i], b->v[k]) == 0)
			i++, k++;
		put_words(&o, NULL, a, same, i);
	}
	return (struct html){ out_text(&o) };
}

/* Equal texts need no table of words. */
static struct html words_of(struct call *c, const char *was, const char *now)
{
	struct out o;

	if (strcmp(was, now) != 0)
		return difference(c, was, now);
	out_memory(&o, c->arena);
	html_text(&o, NULL, now);
	return (struct html){ out_text(&o) };
}

/* ---------------------------------------------------------------- lines */

/* How a line gets its points and what evidence it asks for, as one text. */
static const char *how_words(struct call *c, const struct scheme_line *l)
{
	struct out o;

	if (!l)
		return "";
	out_memory(&o, c->arena);
	if (l->judged)
		out_str(&o, tr(c->lang, "judged by people"));
	if (l->measure.n)
		out_printf(&o, "%s: ", rule_expr_words(c, &l->measure, NULL));
	for (uint32_t k = 0; k < l->n_cases; k++)
		out_printf(&o, "%s%s → %s", k ? "; " : "", rule_case_words(c, l, &l->cases[k]), rule_case_points(c, &l->cases[k]));
	for (uint32_t k = 0; k < l->n_evidence; k++)
		out_printf(&o, "; %s %s", tr(c->lang, "evidence:"), rule_evidence_words(c, &l->evidence[k]));
	return out_text(&o);
}

static const char *points_change(struct call *c, struct tenths was, struct tenths now)
{
	if (!tenths_is(was))
		return tr(c->lang, "new");
	if (!tenths_is(now))
		return tr(c->lang, "dropped");
	if (was.t == now.t)
		return "";
	return arena_printf(c->arena, "%s%s", now.t > was.t ? "+" : "−", show_tenths(c->arena, c->lang, (struct tenths){ now.t > was.t ? now.t - was.t : was.t - now.t }));
}

static struct compare_row row_of(struct call *c, const struct scheme_line *was, const struct scheme_line *now)
{
	const char *title_was = was ? was->title[c->lang] : "", *title_now = now ? now->title[c->lang] : "";
	const char *how_was = how_words(c, was), *how_now = how_words(c, now);
	struct compare_row row = { .id = now ? now->id : was->id, .was = was ? scheme_line_max(was) : TENTHS_NONE,
		                       .now = now ? scheme_line_max(now) : TENTHS_NONE };

	row.title = words_of(c, title_was, title_now);
	row.how = words_of(c, how_was, how_now);
	row.difference = points_change(c, row.was, row.now);
	row.changed = *row.difference || strcmp(title_was, title_now) != 0 || strcmp(how_was, how_now) != 0;
	return row;
}

static const char *group_of(struct call *c, const struct scheme *s, const struct scheme_line *l)
{
	return l->group < 0 ? NULL : arena_printf(c->arena, "%s %s", s->groups[l->group].id, s->groups[l->group].title[c->lang]);
}

/* Lines of the new table in order; those that are gone stand where the line before them stood. */
static void add_lines(struct call *c, const struct scheme *was, const struct scheme *now, struct compare_view *v)
{
	const char *group = NULL, *mine;

	v->v = ARENA_ARRAY(c->arena, was->n_lines + now->n_lines + 1, struct compare_row);
	for (uint32_t i = 0; i < now->n_lines; i++) {
		const struct scheme_line *l = &now->lines[i];

		v->v[v->n] = row_of(c, scheme_line_by_id(was, l->id), l);
		mine = group_of(c, now, l);
		if (mine && (!group || strcmp(group, mine) != 0))
			v->v[v->n].group = mine;
		group = mine;
		v->changed += v->v[v->n++].changed;
	}
	for (uint32_t i = 0; i < was->n_lines; i++)
		if (!scheme_line_by_id(now, was->lines[i].id)) {
			v->v[v->n++] = row_of(c, &was->lines[i], NULL);
			v->changed++;
		}
}

static const char *beside_text(struct call *c, const struct scheme *s)
{
	const char **lines;
	size_t n = rule_year_words(c, s, &lines);
	struct out o;

	out_memory(&o, c->arena);
	for (size_t i = 0; i < n; i++)
		out_printf(&o, "%s%s", i ? " ; " : "", lines[i]);
	return out_text(&o);
}

/* ---------------------------------------------------------------- with what */

struct comparing {
	const struct req *rq;
	struct local_table t;
	struct unit u;
	const struct scheme *now, *was;
	struct compare_view v;
};

static void add_other(struct call *c, struct compare_view *v, const char *value, const char *text)
{
	v->others[v->other_n++] = (struct choice){ value, text, NULL };
	(void)c;
}

/* The framework or the table above first, then the other versions of the unit. */
static fail list_others(struct call *c, struct comparing *p)
{
	const struct rule *base = rules_by_id(c->rules, p->t.based_on, DATE_NONE);
	struct local_tables all;

	TRY(tables_of(c, p->t.unit_id, &all));
	p->v.others = ARENA_ARRAY(c->arena, all.n + 2, struct choice);
	if (base)
		add_other(c, &p->v, base->id, arena_printf(c->arena, "%s (%s)", base->title[c->lang], base->id));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].used_for == p->t.used_for && all.v[i].id != p->t.id)
			add_other(c, &p->v, arena_printf(c->arena, "%lld", (long long)all.v[i].id),
			          arena_printf(c->arena, tr(c->lang, "version %lld (%s)"), (long long)all.v[i].version, table_state_name(c->lang, all.v[i].state)));
	return FAIL_OK;
}

static fail find_other(struct call *c, struct comparing *p)
{
	const char *with = req_query(p->rq, "with");
	struct local_table other;
	int64_t id;

	if (!with || !*with)
		with = p->v.other_n ? p->v.others[0].value : "";
	p->v.other_id = with;
	if (int_parse(with, &id)) {
		TRY(table_by_id(c, id, &other));
		if (other.unit_id != p->t.unit_id)
			return problem(c, FAIL_NOT_FOUND, "with", "there is no such table");
		return table_scheme(c, &other, &p->was);
	}
	p->was = rules_scheme_by_id(c->rules, with, DATE_NONE);
	return p->was && p->was->use == p->now->use ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "with", "there is no such table");
}

static void compare_json(struct call *c, struct res *rs, const struct compare_view *v)
{
	struct json j;
	char text[NUM_TEXT];

	(void)c;
	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "with", v->other_id);
	json_key(&j, "lines");
	json_array(&j);
	for (size_t i = 0; i < v->n; i++) {
		json_object(&j);
		json_put_str(&j, "id", v->v[i].id);
		tenths_format(v->v[i].was, text);
		json_put_str(&j, "was", tenths_is(v->v[i].was) ? text : NULL);
		tenths_format(v->v[i].now, text);
		json_put_str(&j, "now", tenths_is(v->v[i].now) ? text : NULL);
		json_put_bool(&j, "changed", v->v[i].changed);
		json_put_str(&j, "title", v->v[i].title.s);
		json_put_str(&j, "how", v->v[i].how.s);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail compare_show(struct call *c, const struct req *rq, struct res *rs)
{
	static const char *const labels[] = { N_("Criterion"), N_("Before"), N_("Now"), N_("Difference"), N_("How the points are obtained") };
	struct comparing p = { .rq = rq };
	struct column *columns = ARENA_ARRAY(c->arena, 5, struct column);
	struct pairs *typed = ARENA_NEW(c->arena, struct pairs);
	struct page pg;

	TRY(table_page_of(c, rq, &p.t));
	TRY(org_unit_nearest(c, p.t.unit_id, c->today, &p.u));
	TRY(table_scheme(c, &p.t, &p.now));
	TRY(list_others(c, &p));
	TRY(find_other(c, &p));
	add_lines(c, p.was, p.now, &p.v);
	if (req_wants_json(rq)) {
		compare_json(c, rs, &p.v);
		return FAIL_OK;
	}
	for (size_t i = 0; i < 5; i++)
		columns[i] = (struct column){ .label = tr(c->lang, labels[i]), .number = i >= 1 && i <= 3 };
	p.v.u = &p.u;
	p.v.table = (struct table){ .caption = tr(c->lang, "Differences"), .id = "differences", .columns = columns, .n = 5 };
	p.v.this_title = arena_printf(c->arena, tr(c->lang, "version %lld (%s)"), (long long)p.t.version, table_state_name(c->lang, p.t.state));
	p.v.other_title = p.was->title[c->lang];
	p.v.action = table_page_path(c, p.t.id, "/compare");
	p.v.beside = ARENA_NEW(c->arena, struct html);
	p.v.beside[p.v.beside_n++] = words_of(c, beside_text(c, p.was), beside_text(c, p.now));
	pairs_add(c->arena, typed, "with", p.v.other_id);
	form_begin(&p.v.form, c, NULL, NULL);
	p.v.form.typed = typed;
	table_page_begin(c, rq, rs, &pg, &p.u, &p.t, tr(c->lang, "Differences"), tr(c->lang, "Differences"));
	view_tables_compare(&rs->body, &pg, &p.v);
	return FAIL_OK;
}

static const struct query_param compare_params[] = { { "with", N_("id of another version of the unit, or of a rule; otherwise the table it is based on") }, { NULL, NULL } };

const struct route table_compare_routes[] = {
	{ GET, "/tables/:table/compare", MAY_SEE, table_page_unit, compare_show, 0, N_("What a table changes: points and words, criterion by criterion"), .query = compare_params },
	{ HTTP_NONE },
};
