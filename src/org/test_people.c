/* test_people.c — members, figures, posts, warnings, search. */
#include "org/fixture.h"

#include "org/search.h"
#include "org/warning.h"

static struct date D(const char *text)
{
	struct date d;

	assert_true(date_parse(text, &d));
	return d;
}

static struct member_counts counts_on(struct call *c, int64_t unit, const char *day)
{
	struct member_counts n;

	READING(c)
		assert_ok(c, org_member_counts(c, unit, D(day), &n));
	return n;
}

static struct membership status_of(const struct member *m, int64_t unit, unsigned status, const char *from, const char *to)
{
	return (struct membership){ .status = status, .unit_id = unit, .member_id = m->id, .realm = m->realm, .valid_from = D(from),
		                        .valid_to = to ? D(to) : DATE_OPEN, .decision_no = "" };
}

/* ---- figures ---- */

TEST_BOTH(V06_V23_figures_of_a_cell)
{
	struct fixture f = fixture_make(c);
	struct member m;
	struct membership ms;
	struct member_counts n;

	fixture_members(c, f.v1, "V1", 20, 2); /* the cell of W19 and of the full meeting: 22 members */
	n = counts_on(c, f.v1, "2025-11-01");
	assert_int_equal(n.members, 22);
	assert_int_equal(n.expected, 22);
	assert_int_equal(n.base, 20);
	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "V1-01", &m));
	ms = status_of(&m, f.v1, STATUS_EXEMPT, "2025-01-01", NULL);
	ms.reason = REASON_AGE_OR_HEALTH;
	assert_ok(c, org_member_set_status(c, &ms, 0));
	n = counts_on(c, f.v1, "2025-11-01");
	assert_int_equal(n.members, 22);
	assert_int_equal(n.official, 20);
	assert_int_equal(n.probationary, 2);
	assert_int_equal(n.exempt, 1);
	assert_int_equal(n.official_exempt, 1);
	assert_int_equal(n.expected, 21); /* section 10: expected 21 */
	assert_int_equal(n.base, 19);     /* section 10: voting base 19 */
	m = fixture_member(c, f.c11, "GUEST", STATUS_OFFICIAL);
	ms = status_of(&m, f.c11, STATUS_TEMP_AWAY, "2025-06-01", "2025-12-31");
	assert_ok(c, org_member_set_status(c, &ms, 0));
	ms = status_of(&m, f.v1, STATUS_TEMP_HERE, "2025-06-01", "2025-12-31");
	assert_ok(c, org_member_set_status(c, &ms, 0));
	n = counts_on(c, f.v1, "2025-11-01");
	assert_int_equal(n.temp_here, 1);
	assert_int_equal(n.members, 22);  /* counted at home */
	assert_int_equal(n.expected, 22); /* and expected here */
	assert_int_equal(n.base, 19);     /* without a vote here */
	n = counts_on(c, f.c11, "2025-11-01");
	assert_int_equal(n.members, 1);
	assert_int_equal(n.expected, 0);
	assert_int_equal(n.base, 0);
	n = counts_on(c, f.c11, "2026-01-01"); /* back home by itself */
	assert_int_equal(n.expected, 1);
}

TEST_BOTH(a_roll_is_in_order_of_given_names)
{
	static const char *const names[] = { "Trần Thị Ánh", "Lê Văn Bình", "Nguyễn Thị Ân", "Đỗ Văn An" };
	static const char *const expected[] = { "Đỗ Văn An", "Trần Thị Ánh", "Nguyễn Thị Ân", "Lê Văn Bình" };
	struct fixture f = fixture_make(c);
	struct roll roll;

	for (int i = 0; i < 4; i++) {
		struct member m;
		struct membership ms;

		record_clear(&member_record, &m);
		record_clear(&membership_record, &ms);
		m.code = arena_printf(c->arena, "%d", i);
		m.full_name = names[i];
		ms.unit_id = f.v1;
		ms.status = STATUS_OFFICIAL;
		assert_ok(c, org_member_add(c, &m, &ms));
	}
	READING(c)
		assert_ok(c, org_members_on(c, f.v1, D("2025-01-01"), &roll));
	assert_int_equal(roll.n, 4);
	for (int i = 0; i < 4; i++)
		assert_string_equal(roll.v[i].full_name, expected[i]);
}

/* ---- rules ---- */

TEST_BOTH(V01_a_cell_needs_three_official_members)
{
	struct fixture f = fixture_make(c);

	READING(c)
		assert_ok(c, org_may_meet(c, f.v1, D("2025-01-01"))); /* nothing is known about it */
	fixture_members(c, f.v1, "V1", 2, 5);
	READING(c)
		assert_fails(c, FAIL_INPUT, org_may_meet(c, f.v1, D("2025-01-01")));
	fixture_member(c, f.v1, "V1-99", STATUS_OFFICIAL);
	READING(c)
		assert_ok(c, org_may_meet(c, f.v1, D("2025-01-01")));
}

static fail elect(struct call *c, int64_t unit, const char *code, unsigned post, const char *from)
{
	struct member m;

	READING(c)
		assert_ok(c, org_member_by_code(c, 0, code, &m));
	struct post p = { .post = post, .unit_id = unit, .member_id = m.id, .realm = m.realm, .valid_from = D(from), .valid_to = DATE_OPEN };

	return org_post_begin(c, &p);
}

TEST_BOTH(V02_no_committee_under_nine_official_members)
{
	struct fixture f = fixture_make(c);
	struct warnings w;
	bool has;

	fixture_members(c, f.v1, "V1", 8, 4);
	assert_fails(c, FAIL_INPUT, elect(c, f.v1, "V1-01", POST_COMMITTEE, "2025-01-01"));
	assert_ok(c, elect(c, f.v1, "V1-01", POST_SECRETARY, "2025-01-01"));
	assert_ok(c, elect(c, f.v1, "V1-02", POST_DEPUTY, "2025-01-01"));
	fixture_member(c, f.v1, "V1-99", STATUS_OFFICIAL);
	READING(c) {
		assert_ok(c, org_warnings(c, f.v1, D("2025-11-01"), &w));
		assert_int_equal(w.n, 1);
		assert_string_equal(w.v[0].rule, "V02"); /* nine now, and no committee yet: a question, no error */
	}
	assert_ok(c, elect(c, f.v1, "V1-01", POST_COMMITTEE, "2025-01-01"));
	READING(c) {
		assert_ok(c, org_warnings(c, f.v1, D("2025-11-01"), &w));
		assert_int_equal(w.n, 0);
		assert_ok(c, org_has_committee(c, f.v1, D("2025-11-01"), &has));
		assert_true(has);
	}
}

TEST_BOTH(V10_probationary_cannot_be_elected)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.v1, "V1", 3, 1);
	assert_fails(c, FAIL_INPUT, elect(c, f.v1, "V1-04", POST_SECRETARY, "2025-06-01"));
	assert_string_equal(test_problem.field, "member_code");
	assert_fails(c, FAIL_INPUT, elect(c, f.v1, "V1-04", POST_GROUP_LEADER, "2025-06-01"));
	assert_ok(c, elect(c, f.v1, "V1-01", POST_SECRETARY, "2025-06-01"));
}

TEST_BOTH(a_cell_elects_its_own_and_one_secretary)
{
	struct fixture f = fixture_make(c);
	struct posts posts;

	fixture_members(c, f.v1, "V1", 3, 0);
	fixture_members(c, f.c11, "C11", 1, 0);
	assert_fails(c, FAIL_INPUT, elect(c, f.v1, "C11-01", POST_SECRETARY, "2025-06-01"));
	assert_ok(c, elect(c, f.v1, "V1-01", POST_SECRETARY, "2025-06-01"));
	assert_fails(c, FAIL_CONFLICT, elect(c, f.v1, "V1-02", POST_SECRETARY, "2025-08-01"));
	assert_fails(c, FAIL_INPUT, elect(c, f.v1, "V1-02", POST_STANDING_COMMITTEE, "2025-08-01"));
	READING(c)
		assert_ok(c, org_posts(c, f.v1, D("2025-08-01"), &posts));
	assert_int_equal(posts.n, 1);
	assert_ok(c, org_post_end(c, &posts.v[0], D("2025-07-31")));
	assert_ok(c, elect(c, f.v1, "V1-02", POST_SECRETARY, "2025-08-01"));
	assert_ok(c, elect(c, f.x1, "C11-01", POST_STANDING_COMMITTEE, "2025-06-01")); /* above a cell: an official member from below */
	READING(c)
		assert_ok(c, org_posts(c, f.v1, DATE_NONE, &posts));
	assert_int_equal(posts.n, 2);
}

TEST_BOTH(V14_other_exemptions_end_within_twelve_months)
{
	struct fixture f = fixture_make(c);
	struct member m = fixture_member(c, f.v1, "M", STATUS_OFFICIAL);
	struct membership ms = status_of(&m, f.v1, STATUS_EXEMPT, "2025-01-01", NULL);

	ms.reason = REASON_OTHER;
	assert_fails(c, FAIL_INPUT, org_member_set_status(c, &ms, 0));
	assert_string_equal(test_problem.field, "valid_to");
	ms.valid_to = D("2025-12-31"); /* twelve months to the day */
	assert_fails(c, FAIL_INPUT, org_member_set_status(c, &ms, 0));
	ms.valid_to = D("2025-12-30");
	assert_ok(c, org_member_set_status(c, &ms, 0));
	assert_int_equal(counts_on(c, f.v1, "2025-12-30").exempt, 1);
	assert_int_equal(counts_on(c, f.v1, "2025-12-31").exempt, 0);
	ms = status_of(&m, f.v1, STATUS_EXEMPT, "2026-01-01", NULL);
	ms.reason = REASON_AGE_OR_HEALTH;
	assert_ok(c, org_member_set_status(c, &ms, 0));
	ms = status_of(&m, f.v1, STATUS_OFFICIAL, "2027-01-01", NULL);
	ms.reason = REASON_OTHER;
	assert_fails(c, FAIL_INPUT, org_member_set_status(c, &ms, 0)); /* a reason belongs to an exemption */
}

static size_t count_rule(const struct warnings *w, const char *rule, const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += strcmp(w->v[i].rule, rule) == 0 && strcmp(w->v[i].unit_code, code) == 0;
	return n;
}

TEST_BOTH(V17_thirty_members_for_a_body_and_for_a_subordinate_cell)
{
	struct fixture f = fixture_make(c);
	struct warnings w;

	fixture_members(c, f.c11, "C11", 29, 0);
	READING(c)
		assert_ok(c, org_warnings(c, f.x1, D("2025-11-01"), &w));
	assert_int_equal(count_rule(&w, "V17", "G1"), 1);
	assert_int_equal(count_rule(&w, "V17", "C11"), 0);
	fixture_members(c, f.c11, "D11", 2, 0);
	fixture_members(c, f.v1, "V1", 40, 0); /* a village cell stays a cell at any size */
	READING(c) {
		assert_ok(c, org_warnings(c, f.x1, D("2025-11-01"), &w));
		assert_int_equal(count_rule(&w, "V17", "G1"), 0);
		assert_int_equal(count_rule(&w, "V17", "C11"), 1);
		assert_int_equal(count_rule(&w, "V17", "V1"), 0);
		assert_ok(c, org_warnings(c, f.c11, D("2025-11-01"), &w));
		assert_int_equal(count_rule(&w, "V17", "C11"), 1);
	}
}

TEST_BOTH(V19_village_cells_under_seven_are_listed)
{
	struct fixture f = fixture_make(c);
	struct warnings w;

	fixture_members(c, f.v1, "V1", 5, 1);
	fixture_members(c, f.c11, "C11", 5, 1); /* six, but an agency */
	READING(c) {
		assert_ok(c, org_warnings(c, f.q08, D("2025-11-01"), &w));
		assert_int_equal(count_rule(&w, "V19", "V1"), 1);
		assert_int_equal(count_rule(&w, "V19", "C11"), 0);
	}
	fixture_member(c, f.v1, "V1-99", STATUS_OFFICIAL);
	READING(c)
		assert_ok(c, org_warnings(c, f.q08, D("2025-11-01"), &w));
	assert_int_equal(count_rule(&w, "V19", "V1"), 0);
}

/* ---- comings and goings ---- */

TEST_BOTH(a_code_is_somebodys_once)
{
	struct fixture f = fixture_make(c);
	struct member m = fixture_member(c, f.v1, "M", STATUS_OFFICIAL), twin = m;
	struct membership ms = status_of(&m, f.c11, STATUS_OFFICIAL, "2025-01-01", NULL);

	assert_fails(c, FAIL_CONFLICT, org_member_add(c, &twin, &ms));
	assert_fails(c, FAIL_CONFLICT, org_member_set_status(c, &ms, 0)); /* one home at a time */
	ms.unit_id = f.x1;
	assert_fails(c, FAIL_INPUT, org_member_set_status(c, &ms, 0)); /* members belong to cells */
}

TEST_BOTH(a_member_is_changed_once)
{
	struct fixture f = fixture_make(c);
	struct member m = fixture_member(c, f.v1, "M", STATUS_OFFICIAL);

	m.full_name = "Nguyễn Thị Mới";
	assert_ok(c, org_member_update(c, &m, 1));
	assert_fails(c, FAIL_CONFLICT, org_member_update(c, &m, 1));
	READING(c)
		assert_ok(c, org_member(c, m.realm, m.id, &m));
	assert_int_equal(m.rev, 2);
	assert_string_equal(m.full_name, "Nguyễn Thị Mới");
	assert_string_equal(m.name_key, "nguyen thi moi");
}

TEST_BOTH(a_transfer_leaves_a_note_and_ends_posts)
{
	struct fixture f = fixture_make(c);
	struct member m;
	struct roll roll;
	struct posts posts;
	struct membership *life;
	size_t n;

	fixture_members(c, f.v1, "V1", 3, 0);
	assert_ok(c, elect(c, f.v1, "V1-01", POST_SECRETARY, "2025-01-01"));
	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "V1-01", &m));
	assert_fails(c, FAIL_INPUT, org_member_transfer(c, m.realm, m.id, f.c12, f.c11, D("2025-07-01"), "", 0, NULL));
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.v1, f.c11, D("2025-07-01"), "7-GT", 0, NULL));
	READING(c) {
		assert_ok(c, org_members_on(c, f.v1, D("2025-07-01"), &roll));
		assert_int_equal(roll.n, 2);
		assert_ok(c, org_members_on(c, f.c11, D("2025-07-01"), &roll));
		assert_int_equal(roll.n, 1);
		assert_ok(c, org_posts(c, f.v1, D("2025-07-01"), &posts));
		assert_int_equal(posts.n, 0);
		assert_ok(c, org_memberships(c, m.realm, m.id, &life, &n));
	}
	assert_int_equal(n, 3);
	/* and back again */
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.c11, f.v1, D("2025-09-01"), "", 0, NULL));
	READING(c) {
		assert_ok(c, org_members_on(c, f.v1, D("2025-09-01"), &roll));
		assert_int_equal(roll.n, 3);
		assert_ok(c, org_members_on(c, f.c11, D("2025-09-01"), &roll));
		assert_int_equal(roll.n, 0);
	}
}

TEST_BOTH(a_transfer_takes_along_what_was_decided_for_later)
{
	struct fixture f = fixture_make(c);
	struct member m = fixture_member(c, f.v1, "M", STATUS_OFFICIAL);
	struct membership ms = status_of(&m, f.v1, STATUS_EXEMPT, "2025-06-01", "2025-12-31");

	assert_ok(c, org_member_set_status(c, &ms, 0));
	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.v1, f.c11, D("2025-07-01"), "", 0, NULL));
	assert_int_equal(counts_on(c, f.c11, "2025-07-01").exempt, 1);
	assert_int_equal(counts_on(c, f.c11, "2026-01-01").exempt, 0);
	assert_int_equal(counts_on(c, f.c11, "2026-01-01").expected, 1);
	assert_int_equal(counts_on(c, f.v1, "2026-01-01").members, 0);
}

TEST_BOTH(a_transfer_to_another_province_keeps_the_id)
{
	struct fixture f = fixture_make(c);
	struct member m = fixture_member(c, f.v1, "M", STATUS_OFFICIAL);
	int64_t cell = fixture_unit(c, f.x9, "C9", LEVEL_CELL, TYPE_AGENCY), realm;
	struct roll roll;

	assert_ok(c, org_member_transfer(c, m.realm, m.id, f.v1, cell, D("2025-07-01"), "", 0, &realm));
	assert_int_equal(realm, f.q19);
	READING(c) {
		struct member found;

		assert_ok(c, org_members_on(c, cell, D("2025-07-01"), &roll));
		assert_int_equal(roll.n, 1);
		assert_int_equal(roll.v[0].id, m.id);
		assert_ok(c, org_member_by_code(c, 0, "M", &found));
		assert_int_equal(found.realm, f.q19);
	}
}

TEST_BOTH(who_died_is_on_no_roll_and_in_no_post)
{
	struct fixture f = fixture_make(c);
	struct member m;
	struct membership ms;
	struct roll roll;
	struct posts posts;

	fixture_members(c, f.v1, "V1", 3, 0);
	assert_ok(c, elect(c, f.v1, "V1-01", POST_SECRETARY, "2025-01-01"));
	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "V1-01", &m));
	ms = status_of(&m, f.v1, STATUS_DECEASED, "2025-08-01", NULL);
	assert_ok(c, org_member_set_status(c, &ms, 0));
	READING(c) {
		assert_ok(c, org_members_on(c, f.v1, D("2025-08-01"), &roll));
		assert_int_equal(roll.n, 2);
		assert_ok(c, org_posts(c, f.v1, D("2025-08-01"), &posts));
		assert_int_equal(posts.n, 0);
	}
}

/* ---- search ---- */

static struct hits search(struct call *c, const char *text, const struct ids *roots)
{
	struct search s = { .text = text, .on = D("2025-11-01"), .unit_roots = roots, .member_roots = roots };
	struct hits h;

	READING(c)
		assert_ok(c, org_search(c, &s, &h));
	return h;
}

TEST_BOTH(search_finds_without_tone_marks_within_rights)
{
	struct fixture f = fixture_make(c);
	struct ids x2 = { &f.x2, 1 }, none = { NULL, 0 };
	struct hits h;

	fixture_member(c, f.v1, "LAN", STATUS_OFFICIAL); /* Nguyễn Văn LAN */
	fixture_member(c, f.c21, "AN", STATUS_OFFICIAL);
	h = search(c, "don vi x1", NULL);
	assert_int_equal(h.n, 1);
	assert_string_equal(h.v[0].code, "X1");
	assert_int_equal(h.v[0].rank, 2);
	assert_string_equal(h.v[0].place, "Đơn vị Q08");
	h = search(c, "c21", NULL);
	assert_int_equal(h.n, 1);
	assert_int_equal(h.v[0].rank, 1);
	h = search(c, "an", NULL); /* exact code first, then part of the name; units first */
	assert_int_equal(h.n, 2);
	assert_string_equal(h.v[0].code, "AN");
	assert_int_equal(h.v[0].rank, 1);
	assert_int_equal(h.v[1].rank, 3);
	h = search(c, "nguyễn", NULL);
	assert_int_equal(h.n, 2);
	assert_int_equal(search(c, "nguyen", &x2).n, 1);
	assert_int_equal(search(c, "don vi", &x2).n, 2);
	assert_int_equal(search(c, "nguyen", &none).n, 0);
	assert_int_equal(search(c, "%", NULL).n, 0);
	assert_int_equal(search(c, "  ", NULL).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(V06_V23_figures_of_a_cell),
		BOTH(a_roll_is_in_order_of_given_names),
		BOTH(V01_a_cell_needs_three_official_members),
		BOTH(V02_no_committee_under_nine_official_members),
		BOTH(V10_probationary_cannot_be_elected),
		BOTH(a_cell_elects_its_own_and_one_secretary),
		BOTH(V14_other_exemptions_end_within_twelve_months),
		BOTH(V17_thirty_members_for_a_body_and_for_a_subordinate_cell),
		BOTH(V19_village_cells_under_seven_are_listed),
		BOTH(a_code_is_somebodys_once),
		BOTH(a_member_is_changed_once),
		BOTH(a_transfer_leaves_a_note_and_ends_posts),
		BOTH(a_transfer_takes_along_what_was_decided_for_later),
		BOTH(a_transfer_to_another_province_keeps_the_id),
		BOTH(who_died_is_on_no_roll_and_in_no_post),
		BOTH(search_finds_without_tone_marks_within_rights),
	};

	return cmocka_run_group_tests_name("org_people", tests, NULL, NULL);
}
