/* test_agenda.c — the agenda of a meeting: proposed whole, arranged by hand, closed once the meeting is open. */
#include "org/fixture.h"

#include "meeting/agenda.h"
#include "meeting/cycle.h"
#include "rules/load.h"

struct setting {
	struct fixture fx;
	struct meeting m;
};

static void with_rules(struct call *c)
{
	struct rules *rules = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };

	assert_ok(c, rules_load_dir(c->arena, "rules", rules, &bad));
	c->rules = rules;
}

/* Next month's regular meeting of a village cell of 12, day registered. */
static struct setting begin(struct call *c, bool thematic)
{
	struct setting s = { .fx = fixture_make(c) };

	with_rules(c);
	fixture_members(c, s.fx.v1, "V1", 12, 0);
	record_clear(&meeting_record, &s.m);
	s.m.unit_id = s.fx.v1;
	s.m.kind = MEETING_REGULAR;
	s.m.thematic = thematic;
	s.m.state = MEETING_DATE_REGISTERED;
	assert_true(moment_parse("2025-12-03T19:00", &s.m.starts_at));
	assert_ok(c, meeting_create(c, &s.m));
	return s;
}

static struct agenda now(struct call *c, const struct setting *s)
{
	struct agenda a;

	READING(c)
		assert_ok(c, agenda_of(c, &s->m, &a));
	for (size_t i = 0; i < a.n; i++)
		assert_int_equal(a.v[i].place, i + 1);
	return a;
}

static struct agenda_item own(const char *title, unsigned part, int64_t minutes)
{
	return (struct agenda_item){ .part = part, .step = "", .title = title, .planned_minutes = minutes };
}

static size_t at(const struct agenda *a, const char *step)
{
	const struct agenda_item *it = agenda_find(a, step);

	assert_non_null(it);
	return (size_t)(it - a->v);
}

static void assign_guest(struct call *c, const struct setting *s, int id)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO meeting_guest (realm, meeting_id, id, name, kind) VALUES (%lld, %lld, %d, 'Lê Văn Khách', 'assigned')",
	                         (long long)s->m.realm, (long long)s->m.id, id));
}

TEST_BOTH(D4_1_one_tap_makes_the_whole_agenda)
{
	struct setting s = begin(c, false);
	struct agenda a;

	assert_ok(c, agenda_propose(c, s.m.id, &a));
	a = now(c, &s);
	assert_int_equal(a.n, 16);
	assert_int_equal(agenda_sums(&a).planned_minutes, 90);
	assert_int_equal(agenda_sums(&a).required, 16);
	assert_string_equal(a.v[0].title, "Tuyên bố lý do, giới thiệu đại biểu");
	assert_ok(c, agenda_propose(c, s.m.id, NULL)); /* a second tap changes nothing */
	struct agenda again = now(c, &s);

	assert_int_equal(again.n, 16);
	for (size_t i = 0; i < 16; i++)
		assert_int_equal(again.v[i].rev, 1);
}

TEST_BOTH(a_thematic_part_and_a_guest_get_their_place)
{
	struct setting s = begin(c, true);
	struct agenda_frame f;
	struct agenda a;

	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	a = now(c, &s);
	assert_int_equal(a.n, 20);
	assert_int_equal(agenda_sums(&a).planned_minutes, 120);
	assert_true(agenda_sums(&a).theme);
	assign_guest(c, &s, 1);
	READING(c)
		assert_ok(c, agenda_frame_of(c, &s.m, &f));
	assert_int_equal(agenda_missing(&f, &a), 1);
	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	a = now(c, &s);
	assert_int_equal(a.n, 21);
	assert_int_equal(at(&a, "ST-M5"), at(&a, "ST-M4") + 1);
	assert_int_equal(agenda_sums(&a).planned_minutes, 120);
	test_sql(c, "DELETE FROM meeting_guest");
	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	a = now(c, &s);
	assert_int_equal(a.n, 20);
	assert_null(agenda_find(&a, "ST-M5"));
}

TEST_BOTH(items_of_the_type_of_unit_are_offered_before_the_discussion)
{
	struct setting s = begin(c, false);
	struct agenda_frame f;
	struct agenda_item it, wanted, twice;
	struct agenda a;

	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	READING(c)
		assert_ok(c, agenda_frame_of(c, &s.m, &f));
	assert_int_equal(f.offer_n, 5); /* a village */
	wanted = own(f.offers[0][LANG_VI], AGENDA_MAIN, 10);
	assert_ok(c, agenda_add(c, s.m.id, &wanted, &it));
	a = now(c, &s);
	assert_int_equal(it.place, at(&a, "ST-M6")); /* right before it */
	assert_ok(c, agenda_add(c, s.m.id, &wanted, &twice)); /* a double click */
	assert_int_equal(twice.item, it.item);
	assert_int_equal(now(c, &s).n, 17);
	assert_ok(c, agenda_propose(c, s.m.id, NULL)); /* its minutes are taken from the others */
	a = now(c, &s);
	assert_int_equal(agenda_sums(&a).planned_minutes, 94); /* 84 at least and 10 */
}

TEST_BOTH(personnel_items_stand_before_the_conclusion)
{
	struct setting s = begin(c, false);
	struct agenda_item it, wanted = { .step = "ST-P2", .title = "", .planned_minutes = INT_UNKNOWN };
	struct agenda a;

	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	assert_ok(c, agenda_add(c, s.m.id, &wanted, &it));
	assert_false(it.mandatory);
	a = now(c, &s);
	assert_int_equal(at(&a, "ST-P2") + 1, at(&a, "ST-C4"));
	assert_ok(c, agenda_propose(c, s.m.id, NULL)); /* what was asked for stays */
	a = now(c, &s);
	assert_non_null(agenda_find(&a, "ST-P2"));
	wanted.step = "ST-X9";
	assert_fails(c, FAIL_INPUT, agenda_add(c, s.m.id, &wanted, &it));
	wanted = own("", AGENDA_MAIN, 5);
	assert_fails(c, FAIL_INPUT, agenda_add(c, s.m.id, &wanted, &it));
	wanted = own("Việc khác", AGENDA_NO_PART, 5);
	assert_fails(c, FAIL_INPUT, agenda_add(c, s.m.id, &wanted, &it));
	wanted = own("Việc khác", AGENDA_MAIN, 500);
	assert_fails(c, FAIL_INPUT, agenda_add(c, s.m.id, &wanted, &it));
}

TEST_BOTH(items_move_within_their_phase_once_a_click)
{
	struct setting s = begin(c, false);
	struct agenda a;

	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	a = now(c, &s);
	size_t i = at(&a, "ST-M3");
	int64_t item = a.v[i].item, place = a.v[i].place;

	assert_ok(c, agenda_move(c, s.m.id, item, place, -1));
	assert_ok(c, agenda_move(c, s.m.id, item, place, -1)); /* the same click again */
	a = now(c, &s);
	assert_int_equal(at(&a, "ST-M3"), i - 1);
	assert_int_equal(at(&a, "ST-M2"), i);
	assert_fails(c, FAIL_INPUT, agenda_move(c, s.m.id, a.v[0].item, 1, -1));
	i = at(&a, "ST-M1");
	assert_fails(c, FAIL_INPUT, agenda_move(c, s.m.id, a.v[i].item, a.v[i].place, -1)); /* into the opening */
}

TEST_BOTH(a_mandatory_step_cannot_be_dropped)
{
	struct setting s = begin(c, false);
	struct agenda_item it, wanted = own("Bàn về quỹ khuyến học", AGENDA_MAIN, 5);
	struct agenda a;

	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	assert_ok(c, agenda_add(c, s.m.id, &wanted, &it));
	a = now(c, &s);
	assert_fails(c, FAIL_INPUT, agenda_drop(c, s.m.id, a.v[0].item));
	assert_ok(c, agenda_drop(c, s.m.id, it.item));
	assert_ok(c, agenda_drop(c, s.m.id, it.item));
	assert_int_equal(now(c, &s).n, 16);
}

TEST_BOTH(two_people_who_change_one_item_see_both_versions)
{
	struct setting s = begin(c, false);
	struct agenda_item mine, theirs, stored;
	struct agenda a;

	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	a = now(c, &s);
	mine = theirs = a.v[6];
	theirs.title = "Kết quả tháng 11";
	assert_ok(c, agenda_change(c, s.m.id, &theirs, &stored));
	assert_int_equal(theirs.rev, 2);
	mine.planned_minutes = 20;
	assert_fails(c, FAIL_CONFLICT, agenda_change(c, s.m.id, &mine, &stored));
	assert_string_equal(stored.title, "Kết quả tháng 11");
	mine.rev = stored.rev;
	mine.title = stored.title;
	assert_ok(c, agenda_change(c, s.m.id, &mine, &stored));
	assert_ok(c, agenda_change(c, s.m.id, &mine, &stored)); /* nothing differs */
	assert_int_equal(mine.rev, 3);
	mine.item = 99;
	assert_fails(c, FAIL_NOT_FOUND, agenda_change(c, s.m.id, &mine, &stored));
}

TEST_BOTH(an_open_meeting_keeps_its_agenda)
{
	struct setting s = begin(c, false);
	struct agenda_item it, stored;

	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	it = now(c, &s).v[3];
	test_sql(c, "UPDATE meeting SET state = 'open'");
	assert_fails(c, FAIL_CONFLICT, agenda_propose(c, s.m.id, NULL));
	assert_fails(c, FAIL_CONFLICT, agenda_drop(c, s.m.id, it.item));
	assert_fails(c, FAIL_CONFLICT, agenda_move(c, s.m.id, it.item, it.place, 1));
	it.title = "Khác";
	assert_fails(c, FAIL_CONFLICT, agenda_change(c, s.m.id, &it, &stored));
}

TEST_BOTH(there_is_no_agenda_before_the_rule_of_it)
{
	struct setting s = begin(c, false);

	test_sql(c, "UPDATE meeting SET starts_at = '2025-10-03T19:00'");
	assert_fails(c, FAIL_NOT_FOUND, agenda_propose(c, s.m.id, NULL));
}

static fail propose(struct call *c, void *arg)
{
	return agenda_propose(c, ((struct setting *)arg)->m.id, NULL);
}

static void all_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM agenda_item"), done ? 16 : 0);
}

TEST_BOTH(the_proposal_is_written_whole_or_not_at_all)
{
	struct setting s = begin(c, false);

	assert_true(test_faults(c, propose, all_or_nothing, &s) >= 17);
}

static void sums_are_what_score_sheets_look_at(void **state)
{
	struct agenda_item v[] = {
		{ .step = "ST-O1", .part = AGENDA_OPENING, .mandatory = true, .done = true, .planned_minutes = 2, .minutes = 3 },
		{ .step = "ST-M3", .part = AGENDA_MAIN, .mandatory = true, .done = true, .planned_minutes = 5, .minutes = INT_UNKNOWN },
		{ .step = "ST-M4", .part = AGENDA_MAIN, .mandatory = true, .planned_minutes = 15, .minutes = 20 },
		{ .step = "ST-T1", .part = AGENDA_THEMATIC, .mandatory = true, .done = true, .planned_minutes = INT_UNKNOWN, .minutes = 4 },
		{ .step = "", .part = AGENDA_MAIN, .planned_minutes = 5, .minutes = INT_UNKNOWN },
	};
	struct agenda_sums s = agenda_sums(&(struct agenda){ v, 5 });

	(void)state;
	assert_int_equal(s.items, 5);
	assert_int_equal(s.required, 4);
	assert_int_equal(s.done, 3);
	assert_int_equal(s.planned_minutes, 27);
	assert_int_equal(s.minutes, 27);
	assert_int_equal(s.political_minutes, 20);
	assert_true(s.commendation_done);
	assert_true(s.theme && s.theme_done);
	s = agenda_sums(&(struct agenda){ v, 2 });
	assert_int_equal(s.political_minutes, INT_UNKNOWN);
	assert_false(s.theme || s.theme_done);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_what_score_sheets_look_at),
		BOTH(D4_1_one_tap_makes_the_whole_agenda),
		BOTH(a_thematic_part_and_a_guest_get_their_place),
		BOTH(items_of_the_type_of_unit_are_offered_before_the_discussion),
		BOTH(personnel_items_stand_before_the_conclusion),
		BOTH(items_move_within_their_phase_once_a_click),
		BOTH(a_mandatory_step_cannot_be_dropped),
		BOTH(two_people_who_change_one_item_see_both_versions),
		BOTH(an_open_meeting_keeps_its_agenda),
		BOTH(there_is_no_agenda_before_the_rule_of_it),
		BOTH(the_proposal_is_written_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
