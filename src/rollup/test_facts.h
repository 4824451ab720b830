/* test_facts.h — meetings for the tests of this room, written as rows, and commands run on them. */
#ifndef CHIBO_ROLLUP_TEST_FACTS_H
#define CHIBO_ROLLUP_TEST_FACTS_H

#include "org/fixture.h"

#include <stdlib.h>

#include "rollup/rollup.h"
#include "rollup/rollup_commands.h"
#include "rules/load.h"

#define YEAR_2025 ((struct period){ month_of(2025, 1), month_of(2025, 12) })

/* ---- what the tests record ---- */

struct record_of { /* a regular meeting of a cell */
	int64_t unit;
	month_no month;
	int expected, present;
	const char *self, *decided; /* classes, or NULL */
	bool thematic, pre, at_once;
};

static inline int64_t points_of(const char *class)
{
	return strcmp(class, "good") == 0 ? 950 : strcmp(class, "fair") == 0 ? 800 : strcmp(class, "average") == 0 ? 600 : 400;
}

static inline const char *meeting_sql(struct call *c, const struct record_of *r, int64_t id)
{
	int y = r->month / 12, m = r->month % 12 + 1;

	return arena_printf(c->arena,
		"INSERT INTO meeting (realm, id, code, unit_id, month, kind, thematic, starts_at, ends_at, expected, present, pre_meeting_on, scored_at)"
		" SELECT realm, %lld, 'M%lld', id, %d, 'regular', %d, '%04d-%02d-03T19:00', '%04d-%02d-03T20:30', %d, %d, %s, %s FROM unit WHERE id = %lld;",
		(long long)id, (long long)id, r->month, r->thematic, y, m, y, m, r->expected, r->present,
		r->pre ? arena_printf(c->arena, "'%04d-%02d-01'", y, m) : "NULL",
		r->at_once ? arena_printf(c->arena, "'%04d-%02d-03T20:30'", y, m) : "NULL", (long long)r->unit);
}

static inline const char *sheet_sql(struct call *c, const struct record_of *r, int64_t id, const char *stage, const char *class)
{
	if (!class)
		return "";
	return arena_printf(c->arena, "INSERT INTO score_sheet (realm, meeting_id, stage, revision, points, class, actor, at_ms)"
		" SELECT realm, %lld, '%s', 1, %lld, '%s', 'test', 0 FROM unit WHERE id = %lld;",
		(long long)id, stage, (long long)points_of(class), class, (long long)r->unit);
}

static inline fail touch(struct call *c, void *arg)
{
	const struct record_of *r = arg;
	int64_t realm;

	TRY(org_realm(c, r->unit, &realm));
	return rollup_touch(c, realm, r->unit, r->month);
}

static inline int64_t record(struct call *c, struct record_of r)
{
	static int64_t next = 500000;
	int64_t id = next++;

	test_sql(c, arena_printf(c->arena, "%s%s%s", meeting_sql(c, &r, id), sheet_sql(c, &r, id, "self", r.self),
		sheet_sql(c, &r, id, "decided", r.decided)));
	assert_ok(c, db_write(c, touch, &r));
	return id;
}

static inline void year_of_meetings(struct call *c, int64_t unit, const char *grades)
{
	for (int m = 0; m < (int)strlen(grades); m++) {
		const char *class = grades[m] == 'G' ? "good" : grades[m] == 'F' ? "fair" : grades[m] == 'A' ? "average" : NULL;

		if (grades[m] != '-')
			record(c, (struct record_of){ unit, month_of(2025, 1) + m, 20, 18, class, NULL, m % 3 == 0, true, true });
	}
}

static inline void load_rules(struct call *c)
{
	struct rules *r = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };

	assert_ok(c, rules_load_builtin(c->arena, r, &bad));
	c->rules = r;
}

static inline const char *run(struct call *c, const char *const *words, int n, fail expected)
{
	const struct command *cmd = rollup_commands;
	struct args args = { n - 1, (const char **)words + 1 };
	char *text = NULL;
	size_t size = 0;
	struct call once;

	while (strcmp(cmd->name, words[0]) != 0)
		cmd++;
	test_call_like(&once, c);
	once.rules = c->rules;
	once.now_ms = c->now_ms;
	once.today = c->today;
	FILE *out = open_memstream(&text, &size);

	once.out = out;
	assert_ok(&once, FAIL_OK);
	assert_result(&once, expected, cmd->run(&once, &args), words[0], __FILE__, __LINE__);
	fclose(out);
	call_end(&once);
	const char *copy = arena_strdup(c->arena, text);

	free(text);
	return copy;
}
#define RUN(c, expected, ...) run(c, (const char *[]){ __VA_ARGS__ }, sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *), expected)


#endif
