/* test_grid.c — freely laid out sheets, read back with our own reader. */
#include "support/support.h"

#include <string.h>

#include "sheet/table.h"
#include "sheet/xlsx_grid.h"

static struct out write_grid(struct call *c)
{
	const struct grid_page page = { true, 0.8, 0.8, 1.2, 0.6, "Bảng" };
	const double widths[] = { 5, 20, 10 };
	struct grid_look text = { .size = 13, .border = true }, number = { .size = 13, .number = "#,##0" };
	struct grid *g;
	struct out o;

	out_memory(&o, c->arena);
	assert_ok(c, grid_begin(c, &page, widths, 3, &g));
	assert_ok(c, grid_cell(c, g, 0, 0, 1, 3, "Tổng hợp", &text));
	assert_ok(c, grid_cell(c, g, 1, 0, 2, 1, "=1+1", &text));
	assert_ok(c, grid_cell(c, g, 1, 1, 1, 1, "Chi bộ\nbản Cải", &text));
	assert_ok(c, grid_cell(c, g, 1, 2, 1, 1, "1070", &number));
	assert_ok(c, grid_cell(c, g, 2, 1, 1, 1, "_x0041_", &text));
	assert_ok(c, grid_row_height(c, g, 1, 40));
	assert_ok(c, grid_repeat(c, g, 0, 0));
	assert_ok(c, grid_end(c, g, &o));
	return o;
}

static void what_is_written_freely_is_read_back(void **state)
{
	static const char *const expected[3][3] = { { "Tổng hợp", "", "" }, { "=1+1", "Chi bộ\nbản Cải", "1070" }, { "", "_x0041_", "" } };
	struct table_reader *t;
	struct sheet_row row;
	struct call c;
	struct out o;
	bool more;

	(void)state;
	test_call(&c);
	o = write_grid(&c);
	assert_ok(&c, table_open_memory(&c, "grid.xlsx", o.data, o.size, &t));
	for (int i = 0; i < 3; i++) {
		assert_ok(&c, table_next(&c, t, &row, &more));
		assert_true(more);
		for (size_t k = 0; k < 3; k++)
			assert_string_equal(k < row.n ? row.cells[k].text : "", expected[i][k]);
	}
	assert_ok(&c, table_next(&c, t, &row, &more));
	assert_false(more);
	call_end(&c);
}

static void a_text_too_long_for_a_sheet_is_refused(void **state)
{
	const struct grid_page page = { .title = "x" };
	const double width = 10;
	struct grid_look look = { .size = 12 };
	struct grid *g;
	struct call c;
	char *text;

	(void)state;
	test_call(&c);
	text = arena_alloc(c.arena, 40001);
	memset(text, 'x', 40000);
	assert_ok(&c, grid_begin(&c, &page, &width, 1, &g));
	assert_fails(&c, FAIL_INPUT, grid_cell(&c, g, 0, 0, 1, 1, text, &look));
	call_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_freely_is_read_back),
		cmocka_unit_test(a_text_too_long_for_a_sheet_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
