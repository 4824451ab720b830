/* test_html.c — escaping by type, addresses, translated texts with values, forms, parts, and the weight of a page. */
#include <string.h>

#include "html/asset.h"
#include "html/form.h"
#include "html/frame.h"
#include "support/support.h"

static struct call c;
static struct page pg;
static struct out o;

static int begin(void **state)
{
	(void)state;
	test_call(&c);
	pg = (struct page){ .lang = LANG_EN, .arena = c.arena, .today = c.today, .title = "T", .csrf = "" };
	out_memory(&o, c.arena);
	return 0;
}

static int end(void **state)
{
	(void)state;
	call_end(&c);
	return 0;
}

static const char *written(void)
{
	const char *text = arena_strdup(c.arena, out_text(&o));

	o.size = 0;
	return text;
}

#define WRITES(expected, statement) do { statement; assert_string_equal(written(), expected); } while (0)

static void text_is_escaped_and_markup_is_not(void **state)
{
	const char *nasty = "<a href='x'>&\"";

	(void)state;
	WRITES("&lt;a href=&#39;x&#39;&gt;&amp;&quot;", OUT(&o, &pg, nasty));
	WRITES("<b>", OUT(&o, &pg, ((struct html){ "<b>" })));
	WRITES("", OUT(&o, &pg, (const char *)NULL));
	WRITES("Đảng uỷ", OUT(&o, &pg, "Đảng uỷ"));
}

static void figures_are_written_in_the_language_of_the_page(void **state)
{
	(void)state;
	WRITES("1234567", OUT(&o, &pg, (int64_t)1234567));
	WRITES("1,234,567", OUT(&o, &pg, count(1234567)));
	WRITES("–", OUT(&o, &pg, count(INT_UNKNOWN)));
	WRITES("", OUT(&o, &pg, INT_UNKNOWN));
	WRITES("90.48%", OUT(&o, &pg, percent(19, 21)));
	pg.lang = LANG_VI;
	WRITES("1.234.567", OUT(&o, &pg, count(1234567)));
	WRITES("90,48 %", OUT(&o, &pg, percent(19, 21)));
	WRITES("05/01/2026", OUT(&o, &pg, date_of(2026, 1, 5)));
	WRITES("87,5", OUT(&o, &pg, ((struct tenths){ 875 })));
	WRITES("03/2025", OUT(&o, &pg, month(month_of(2025, 3))));
}

static void addresses_refuse_other_schemes(void **state)
{
	static const char *const refused[] = { "javascript:alert(1)", "JavaScript:x", "data:text/html,x", "//evil", "/\\evil", "x", " /x", "vbscript:x" };

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		WRITES("#", OUT_URL(&o, &pg, url(refused[i])));
	WRITES("/units/3?a=1&amp;b=%22", OUT_URL(&o, &pg, url("/units/3?a=1&b=%22")));
	WRITES("https://example.vn/", OUT_URL(&o, &pg, url("https://example.vn/")));
	WRITES("a%2Fb%20%C4%91%22", OUT_URL(&o, &pg, "a/b đ\""));
	WRITES("2026-01-05", OUT_URL(&o, &pg, date_of(2026, 1, 5)));
}

/* A template's code for {% t "…" a, b %}. */
static void said(const char *id, const char *a, const char *b)
{
	for (struct html_tr t = html_tr_begin(&o, &pg, id); html_tr_next(&t);)
		html_text(&o, &pg, t.arg == 0 ? a : t.arg == 1 ? b : "?");
}

static void values_stand_where_the_translation_wants_them(void **state)
{
	(void)state;
	WRITES("one of &lt;two&gt; &amp; more", said("%s of %s & more", "one", "<two>"));
	WRITES("two before one", said("%2$s before %1$s", "one", "two"));
	WRITES("85 % of one", said("85 %% of %s", "one", ""));
	WRITES("100 %", said("100 %", "", ""));
}

static void words_of_a_place_are_kept_per_language(void **state)
{
	static struct html_words w;

	(void)state;
	WRITES("Good", html_t_once(&o, &pg, &w, "Good"));
	pg.lang = LANG_VI;
	WRITES("Tốt", html_t_once(&o, &pg, &w, "Good"));
	WRITES("Tốt", html_t_once(&o, &pg, &w, "Good"));
	pg.lang = LANG_EN;
	WRITES("Good", html_t_once(&o, &pg, &w, "Good"));
}

static void a_class_is_a_word_first(void **state)
{
	(void)state;
	WRITES("<span class=\"cls good\">Good</span>", html_class(&o, &pg, class_mark("good")));
	WRITES("<span class=\"cls none\">–</span>", html_class(&o, &pg, class_mark("")));
	assert_int_equal(class_mark(NULL), CLASS_NONE);
	WRITES("<span class=\"is unmet\">not met</span>", html_met(&o, &pg, 0));
}

static void a_trend_has_words_and_a_threshold(void **state)
{
	static const int64_t num[] = { 80, 0, 90 }, den[] = { 100, 0, 100 };
	const struct trend t = { num, den, 3 };

	(void)state;
	html_trend(&o, &pg, &t, 85, 100);
	const char *svg = written();

	assert_non_null(strstr(svg, "80.00%; –; 90.00%"));
	assert_non_null(strstr(svg, ">85%</text>"));
	assert_non_null(strstr(svg, "M3 32h0M129 19h0\"")); /* the month without a figure is a gap, not a zero; 70 to 100 % is drawn */
	assert_null(strstr(svg, "style="));
}

static void sorting_is_in_the_address(void **state)
{
	static const struct column name = { "Name", "name", false }, members = { "Members", "members", true };
	struct table t = { .base = "/units/3?period=2025", .sort = "-members" };

	(void)state;
	assert_string_equal(column_link(c.arena, &t, &name), "/units/3?period=2025&sort=name");
	assert_string_equal(column_link(c.arena, &t, &members), "/units/3?period=2025&sort=members");
	assert_string_equal(column_sort(&t, &members), "descending");
	assert_null(column_sort(&t, &name));
	t.sort = "name";
	assert_string_equal(column_link(c.arena, &t, &name), "/units/3?period=2025&sort=-name");
}

static void the_period_steps_by_its_own_length(void **state)
{
	const struct chooser quarter = { "/units/3", { month_of(2025, 7), month_of(2025, 9) }, "now", NULL, NULL };

	(void)state;
	assert_string_equal(chooser_link(c.arena, &quarter, 1), "/units/3?period=2025-Q4&structure=now");
	assert_string_equal(chooser_link(c.arena, &quarter, -1), "/units/3?period=2025-Q2&structure=now");
	html_period_options(&o, &pg, quarter.period);
	const char *options = written();

	assert_non_null(strstr(options, "<option value=\"2025-Q3\" selected>"));
	assert_non_null(strstr(options, "<option value=\"2024\">"));
	assert_null(strstr(strstr(options, "selected") + 1, "selected"));
}

/* ---- forms ---- */

struct thing { const char *name; int64_t count; unsigned kind; bool open; struct date on; };
static const char *const kinds[] = { "", "one", "two", NULL };
static const struct field thing_fields[] = {
	FIELD(struct thing, name, "Name", REQUIRED, .max = 20), FIELD(struct thing, count, "Count", 0, .min = 0, .max = 9),
	FIELD(struct thing, kind, "Kind", 0, .words = kinds), FIELD(struct thing, open, "Open", 0), FIELD(struct thing, on, "On", 0), FIELD_END
};
static const struct record thing_record = { "thing", sizeof(struct thing), thing_fields };

static void a_field_shows_what_was_typed_and_its_problem(void **state)
{
	struct thing t = { "An", 3, 1, true, { 0 } };
	struct pair typed[] = { { "count", "<many>" } };
	struct pairs pairs = { typed, 1 };
	struct form f;

	(void)state;
	form_begin(&f, &c, &thing_record, &t);
	f.typed = &pairs;
	form_problem(&f, "count", "not a number");
	html_field_hint(&o, &pg, &f, "count", "at most 9");
	WRITES("<div class=\"field wrong\"><label for=\"f-count\">Count</label><p class=\"hint\" id=\"h-count\">at most 9</p>"
	       "<p class=\"problem\" id=\"p-count\">not a number</p><input id=\"f-count\" name=\"count\" aria-describedby=\"h-count p-count\" "
	       "aria-invalid=\"true\" type=\"text\" class=\"short n\" value=\"&lt;many&gt;\" inputmode=\"numeric\" autocomplete=\"off\"></div>", (void)0);
	WRITES("<div class=\"field\"><label for=\"f-name\">Name</label><input id=\"f-name\" name=\"name\" type=\"text\" class=\"short\" value=\"An\"></div>",
	       html_field(&o, &pg, &f, "name"));
	html_field(&o, &pg, &f, "kind");
	assert_non_null(strstr(written(), "value=\"one\" checked><span>one</span>"));
	html_field(&o, &pg, &f, "open");
	assert_non_null(strstr(written(), "<input type=\"hidden\" name=\"open\" value=\"0\"><label><input type=\"checkbox\" value=\"1\""));
}

static void the_summary_links_each_problem_to_its_field(void **state)
{
	struct form f;

	(void)state;
	form_begin(&f, &c, &thing_record, NULL);
	html_errors(&o, &pg, &f);
	assert_int_equal(o.size, 0);
	assert_false(form_failed(&f));
	form_problem(&f, "name", "is missing");
	assert_int_equal(problem(&c, FAIL_CONFLICT, "", "changed by %s", "An"), FAIL_CONFLICT);
	assert_true(form_failed(&f));
	assert_int_equal(c.problem.code, FAIL_OK);
	html_errors(&o, &pg, &f);
	const char *summary = written();

	assert_non_null(strstr(summary, "<a href=\"#f-name\">Name: is missing</a>"));
	assert_non_null(strstr(summary, "<a href=\"#main\">changed by An</a>"));
}

/* A problem that the request and the rules both report stands there once. */
static void a_problem_stands_once(void **state)
{
	struct form f;

	(void)state;
	form_begin(&f, &c, &thing_record, NULL);
	form_problem(&f, "name", "is missing");
	c.problem = (struct problem){ FAIL_INPUT, "name", "is missing" };
	assert_true(form_failed(&f));
	assert_int_equal(f.n, 1);
}

/* ---- frame ---- */

static void the_longest_address_is_the_current_one(void **state)
{
	struct nav_item nav[] = { { .href = "/" }, { .href = "/units/7" }, { .href = "/units/7/meetings" } };

	(void)state;
	page_nav_current(nav, 3, "/units/7/meetings/12");
	assert_false(nav[0].current || nav[1].current);
	assert_true(nav[2].current);
	nav[2].current = false;
	page_nav_current(nav, 3, "/units/77");
	assert_false(nav[0].current || nav[1].current || nav[2].current);
	assert_string_equal(initial(c.arena, "Nguyễn Thị Ánh"), "Á");
	assert_string_equal(initial(c.arena, "admin"), "a");
}

static void a_page_says_where_who_and_what_was_done(void **state)
{
	(void)state;
	pg.who = "An <b>";
	pg.csrf = "proof";
	pg.flash = (struct flash){ "Saved.", "K7", "/undo" };
	page_crumb(&pg, "/units/1", "Tỉnh");
	page_crumb(&pg, NULL, "Xã");
	html_frame_begin(&o, &pg);
	html_frame_end(&o, &pg);
	const char *page = written();

	assert_non_null(strstr(page, "An &lt;b&gt;"));
	assert_non_null(strstr(page, "<a href=\"/units/1\">Tỉnh</a>"));
	assert_non_null(strstr(page, "<span aria-current=\"page\">Xã</span>"));
	assert_non_null(strstr(page, "Receipt K7"));
	assert_non_null(strstr(page, "name=\"csrf\" value=\"proof\""));
}

/* Design, section 6: a cell's page weighs at most 30 KB on the first visit, everything included. The frame's part of it: */
static void the_frame_is_light(void **state)
{
	size_t files = 0;

	(void)state;
	for (const struct asset *a = asset_list; a->path; a++)
		files += a->gz_size;
	html_frame_begin(&o, &pg);
	html_frame_end(&o, &pg);
	assert_true(files < 14 * 1024);
	assert_true(o.size < 4 * 1024);
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(text_is_escaped_and_markup_is_not), T(figures_are_written_in_the_language_of_the_page), T(addresses_refuse_other_schemes),
		T(values_stand_where_the_translation_wants_them), T(words_of_a_place_are_kept_per_language), T(a_class_is_a_word_first),
		T(a_trend_has_words_and_a_threshold), T(sorting_is_in_the_address), T(the_period_steps_by_its_own_length),
		T(a_field_shows_what_was_typed_and_its_problem), T(the_summary_links_each_problem_to_its_field), T(a_problem_stands_once),
		T(the_longest_address_is_the_current_one), T(a_page_says_where_who_and_what_was_done), T(the_frame_is_light),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
