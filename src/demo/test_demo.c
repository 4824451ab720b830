/* test_demo.c — the demonstration is the same for the same seed, believable, and consistent with the product's own checks. */
#include "support/support.h"

#include <string.h>

#include "db/journal.h"
#include "demo/bulk.h"
#include "demo/model.h"
#include "demo/names.h"
#include "rules/load.h"

static void with_rules(struct call *c)
{
	struct rules *r = ARENA_NEW(c->arena, struct rules);
	struct complaints none = { .arena = c->arena, .lang = c->lang };

	assert_int_equal(rules_load_builtin(c->arena, r, &none), FAIL_OK);
	c->rules = r;
}

static void make(struct call *c, enum demo_size size, uint64_t seed, struct demo_counts *out)
{
	struct moment noon = { (int64_t)date_of(2025, 12, 15).days * 1440 + 720 };

	with_rules(c);
	call_set_now(c, noon);
	struct demo_shape shape = demo_shape_of(size, seed, 2025, c->today);

	assert_ok(c, demo_bulk(c, &shape, out));
}

static const char digest[] =
	"SELECT sum(length(topic) * 7 + coalesce(expected, 0) * 11 + coalesce(present, 0) * 13 + coalesce(speakers, 0) * 17 + month)"
	" + (SELECT sum(points) FROM score_sheet) + (SELECT sum(length(full_name)) FROM member) FROM meeting";

static int64_t first_digest;

TEST_BOTH(the_same_seed_makes_the_same_cell)
{
	struct demo_counts counts;

	make(c, DEMO_CELL, 7, &counts);
	assert_int_equal(counts.cells, 1);
	assert_int_equal(counts.members, 22);
	assert_true(counts.meetings >= 22 && counts.meetings <= 24);
	/* the two engines run this one after the other: the second finds what the first made */
	if (first_digest)
		assert_int_equal(test_int(c, digest), first_digest);
	first_digest = test_int(c, digest);
	int64_t entries;

	assert_ok(c, journal_verify(c, &entries));
	assert_true(entries > counts.meetings);
}

/* Some meetings were yesterday, and their papers are still to come. */
TEST_BOTH(a_commune_is_made_the_day_after_its_meetings)
{
	struct moment morning = { (int64_t)date_of(2026, 3, 4).days * 1440 + 480 };
	struct demo_counts counts;

	with_rules(c);
	call_set_now(c, morning);
	struct demo_shape shape = demo_shape_of(DEMO_COMMUNE, 1, 2026, c->today);

	assert_ok(c, demo_bulk(c, &shape, &counts));
	assert_int_equal(counts.cells, 24);
}

TEST_BOTH(another_seed_makes_another_cell)
{
	struct demo_counts counts;

	make(c, DEMO_CELL, 8, &counts);
	assert_int_not_equal(test_int(c, digest), first_digest);
}

/* On SQLite alone: some 80,000 statements, of the kinds that the cell above has run on both engines. */
static void commune(struct call *c)
{
	struct demo_counts counts;

	make(c, DEMO_COMMUNE, 1, &counts);
	assert_int_equal(counts.cells, 24); /* 23, of which two became one more */
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit_event WHERE kind = 'merge'"), 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit_event WHERE kind = 'move'"), 1);
	assert_true(test_int(c, "SELECT count(*) FROM membership WHERE status = 'exempt'") > 0);
	/* a cell under 7 (V19), months missed, both schemes, sheets not yet decided */
	assert_true(test_int(c, "SELECT count(*) FROM (SELECT unit_id FROM membership GROUP BY unit_id HAVING count(*) < 7) AS small") > 0);
	assert_true(counts.meetings < 24 * 24 && counts.meetings > 22 * 20);
	assert_true(test_int(c, "SELECT count(*) FROM score_sheet WHERE scheme = 'MQ-2018'") > 0);
	assert_true(test_int(c, "SELECT count(*) FROM score_sheet WHERE scheme = 'MQ-2025-D'") > 0);
	assert_true(test_int(c, "SELECT count(*) FROM score_sheet WHERE stage = 'decided'") > 100);
	assert_true(test_int(c, "SELECT count(*) FROM score_sheet s WHERE stage = 'self' AND NOT EXISTS (SELECT 1 FROM score_sheet d"
	                        " WHERE d.meeting_id = s.meeting_id AND d.stage = 'decided')") > 10);
	/* quality is uneven */
	assert_true(test_int(c, "SELECT count(*) FROM score_sheet WHERE class = 'good'") > test_int(c, "SELECT count(*) FROM score_sheet WHERE class = 'fair'"));
	assert_true(test_int(c, "SELECT count(*) FROM score_sheet WHERE class <> 'good'") > 20);
}

static void a_commune_has_what_a_commune_has(void **state)
{
	(void)state;
	test_on(DB_SQLITE, commune);
}

static void names_of_places_do_not_repeat(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const char *names[1600];

	(void)state;
	for (int i = 0; i < 1600; i++) {
		names[i] = name_place(a, i);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(names[i], names[k]);
	}
	arena_free(a);
}

static void what_the_model_draws_is_possible(void **state)
{
	struct rng r = { 3 };

	(void)state;
	for (int n = 0; n < 2000; n++) {
		struct cell_profile p;
		struct meeting_model m;

		model_cell(&r, n, month_of(2024, 1), month_of(2025, 12), &p);
		model_month(&p, month_of(2025, 1 + n % 12), &m);
		assert_true(m.present + m.excused + m.unexcused == m.expected);
		assert_true(m.speakers <= m.present && m.official_present <= m.present && m.present >= 0);
		assert_true(m.ends_at.minutes > m.starts_at.minutes && m.documents_sent_at.minutes < m.starts_at.minutes);
		assert_true(!tenths_is(m.self) || (m.self.t >= 0 && m.self.t <= 1000 && m.decided.t <= m.self.t));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_same_seed_makes_the_same_cell),
		BOTH(a_commune_is_made_the_day_after_its_meetings),
		BOTH(another_seed_makes_another_cell),
		cmocka_unit_test(a_commune_has_what_a_commune_has),
		cmocka_unit_test(names_of_places_do_not_repeat),
		cmocka_unit_test(what_the_model_draws_is_possible),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
