/* test_pages.c — what the page of a unit gathers, and that the rows behind a figure are the figure. */
#include <jansson.h>

#include "org/change.h"
#include "rollup/memory.h"
#include "rollup/shown.h"
#include "rollup/test_facts.h"
#include "rollup_views.h"

#define YEAR ((struct period){ month_of(2025, 1), month_of(2025, 12) })

static struct fixture ground(struct call *c)
{
	struct fixture f;

	load_rules(c);
	f = fixture_make(c);
	year_of_meetings(c, f.c11, "GGGGGGGGGG");
	year_of_meetings(c, f.c12, "GGF-FGG");
	year_of_meetings(c, f.v1, "GGGAGGGGGGG");
	record(c, (struct record_of){ f.c21, month_of(2025, 5), 20, 10 });
	struct change move = { .kind = CHANGE_MOVE, .unit_id = f.v1, .parent_id = f.x2, .on = date_of(2025, 8, 1) };

	assert_ok(c, org_change_apply(c, &move, NULL));
	return f;
}

static struct unit_view view_of(struct call *c, int64_t unit, struct period p, enum structure k)
{
	struct question q = { unit, p, k };
	struct unit_view v;

	assert_ok(c, unit_view_fill(c, &q, &v));
	v.keep = keep_query(c->arena, &q);
	return v;
}

TEST_BOTH(a_unit_shows_where_it_stands_and_what_needs_a_look)
{
	struct fixture f = ground(c);

	assert_ok(c, rollup_open(c, &c->rollup));
	struct unit_view v = view_of(c, f.x1, YEAR, THEN);

	assert_int_equal(v.above.n, 1);
	assert_int_equal(v.above.v[0].id, f.q08);
	assert_int_equal(v.beside.n, 2);
	assert_false(v.cell);
	assert_int_equal(v.children.n, 2); /* V1 hung here until July, and G1 */
	/* C11 ten of ten, C12 six of ten, V1 seven of seven; November has time yet, where two cells are due */
	assert_int_equal(v.looks.due, 27);
	assert_int_equal(v.looks.missed, 4);
	assert_int_equal(v.looks.now_due, 2);
	assert_int_equal(v.looks.now_missed, 2);
	assert_int_equal(v.looks.low_n, 0);
	v = view_of(c, f.q08, YEAR, NOW);
	assert_int_equal(v.looks.low_n, 0); /* X2: (11 × 18 + 10) of 240 is above the line */
	v = view_of(c, f.x2, YEAR, NOW);
	assert_int_equal(v.looks.low_n, 1); /* C21: 10 of 20 */
	assert_int_equal(v.looks.low.v[0].id, f.c21);
	rollup_close(c->rollup);
	c->rollup = NULL;
}

TEST_BOTH(a_cell_shows_its_year_month_by_month)
{
	struct fixture f = ground(c);

	assert_ok(c, rollup_open(c, &c->rollup));
	struct unit_view v = view_of(c, f.v1, YEAR, THEN);

	assert_true(v.cell);
	assert_int_equal(v.year.n, 12);
	assert_int_equal(v.year.v[3].class, CLASS_AVERAGE);
	assert_int_equal(v.year.v[3].points, 600);
	assert_true(v.year.v[11].future);
	assert_int_equal(v.year_class, CLASS_FAIR); /* every meeting Average or better and at least 7 Fair or better, scaled */
	assert_non_null(strstr(v.year_why, "Good"));
	v = view_of(c, f.x9, YEAR, THEN);
	assert_true(v.nothing);
	rollup_close(c->rollup);
	c->rollup = NULL;
}

TEST_BOTH(children_are_sorted_by_any_column)
{
	struct fixture f = ground(c);

	assert_ok(c, rollup_open(c, &c->rollup));
	struct unit_view v = view_of(c, f.x2, YEAR, NOW);

	unit_view_sort(&v, "attendance");
	assert_int_equal(v.children.v[0].id, f.c21);
	unit_view_sort(&v, "-attendance");
	assert_int_equal(v.children.v[0].id, f.v1);
	unit_view_sort(&v, "mean"); /* C21 was never scored: no mean */
	assert_int_equal(v.children.v[0].id, f.c21);
	unit_view_sort(&v, "nonsense");
	rollup_close(c->rollup);
	c->rollup = NULL;
}

/* For every target, unit, structure and several periods. */
TEST_BOTH(rows_behind_a_figure_add_up_to_it)
{
	static const char *const periods[] = { "2025", "2025-H1", "2025-Q3", "2025-08", "2025-02..2025-10" };
	struct fixture f = ground(c);
	const int64_t units[] = { f.q08, f.x1, f.x2, f.g1, f.v1, f.x9 };
	int compared = 0;

	assert_ok(c, rollup_open(c, &c->rollup));
	for (size_t u = 0; u < sizeof units / sizeof *units; u++)
		for (size_t p = 0; p < sizeof periods / sizeof *periods; p++)
			for (int k = THEN; k <= NOW; k++) {
				struct question q = { .unit_id = units[u], .structure = (enum structure)k };
				struct target_lines lines;
				const char *code;

				assert_true(period_parse(periods[p], &q.period));
				assert_ok(c, targets_ask(c, &q, &lines, &code));
				for (size_t i = 0; i < lines.n; i++) {
					struct target_rows rows, first;
					int64_t num = 0, den = 0;

					assert_ok(c, target_rows(c, &q, lines.v[i].target->id, false, 0, 10000, &rows));
					for (size_t n = 0; n < rows.n; n++) {
						num += rows.v[n].num;
						den += rows.v[n].den;
					}
					assert_int_equal(num, lines.v[i].result.numerator);
					assert_int_equal(den, lines.v[i].result.denominator);
					assert_ok(c, target_rows(c, &q, lines.v[i].target->id, true, 0, 2, &first));
					assert_true(first.n <= 2 && first.all <= rows.all && first.num == rows.num);
					compared++;
				}
			}
	assert_true(compared > 400);
	rollup_close(c->rollup);
	c->rollup = NULL;
}

/* ---- HTML and JSON ---- */

static void begin_page(struct call *c, struct page *pg)
{
	*pg = (struct page){ .lang = LANG_VI, .arena = c->arena, .today = c->today, .title = "x", .site = "chibo", .csrf = "" };
}

TEST_BOTH(the_page_escapes_names_and_links_every_figure)
{
	struct fixture f = ground(c);
	struct change rename = { .kind = CHANGE_RENAME, .unit_id = f.c21, .name = "Chi bộ <b>&\"'", .on = date_of(2025, 1, 1) };
	struct out o;
	struct page pg;

	assert_ok(c, org_change_apply(c, &rename, NULL));
	assert_ok(c, rollup_open(c, &c->rollup));
	struct unit_view v = view_of(c, f.x2, YEAR, NOW);

	begin_page(c, &pg);
	out_memory(&o, c->arena);
	view_unit_page(&o, &pg, &v);
	const char *html = out_text(&o);

	assert_null(strstr(html, "<b>&\""));
	assert_non_null(strstr(html, "Chi bộ &lt;b&gt;&amp;&quot;"));
	assert_non_null(strstr(html, arena_printf(c->arena, "/units/%lld/rows?target=T06&amp;period=2025&amp;structure=now", (long long)f.c21)));
	assert_non_null(strstr(html, "50,00 %"));
	v = view_of(c, f.v1, YEAR, THEN);
	out_memory(&o, c->arena);
	view_unit_page(&o, &pg, &v);
	assert_non_null(strstr(out_text(&o), "/meetings?period=2025-04"));
	rollup_close(c->rollup);
	c->rollup = NULL;
}

TEST_BOTH(the_page_is_data_too)
{
	struct fixture f = ground(c);
	struct out o;
	struct json j;
	json_error_t error;

	assert_ok(c, rollup_open(c, &c->rollup));
	struct unit_view v = view_of(c, f.x2, YEAR, NOW);

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	unit_view_json(&j, LANG_EN, &v);
	json_t *data = json_loads(out_text(&o), JSON_REJECT_DUPLICATES, &error);

	assert_non_null(data);
	assert_int_equal(json_array_size(json_object_get(data, "children")), 2);
	assert_string_equal(json_string_value(json_object_get(json_object_get(json_object_get(data, "total"), "attendance"), "percent")), "86.67");
	json_decref(data);
	rollup_close(c->rollup);
	c->rollup = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_unit_shows_where_it_stands_and_what_needs_a_look),
		BOTH(a_cell_shows_its_year_month_by_month),
		BOTH(children_are_sorted_by_any_column),
		BOTH(rows_behind_a_figure_add_up_to_it),
		BOTH(the_page_escapes_names_and_links_every_figure),
		BOTH(the_page_is_data_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
