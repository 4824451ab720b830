/* test_growth.c — initiatives and T21, titles, agreements, undertakings, examples; awards and their codes. */
#include "growth/award.h"
#include "growth/certificate.h"
#include "growth/code.h"
#include "growth/emulation.h"
#include "growth/example.h"
#include "growth/initiative.h"
#include "growth/kinds.h"
#include "exchange/transfer.h"
#include "org/fixture.h"
#include "sheet/table.h"

static struct fixture begin(struct call *c)
{
	struct fixture f = fixture_make(c);

	fixture_members(c, f.c11, "C11", 4, 1);
	fixture_members(c, f.c12, "C12", 3, 0);
	return f;
}

static struct initiative initiative_of(int64_t unit, const char *unit_code, const char *title, const char *authors)
{
	struct initiative i;

	record_clear(&initiative_record, &i);
	i.e = (struct entry){ .unit_id = unit, .unit_code = unit_code, .year = 2025 };
	i.title = title;
	i.authors = authors;
	return i;
}

TEST_BOTH(T21_counts_initiatives_and_members_who_have_one)
{
	struct fixture f = begin(c);
	struct initiative_count n;
	struct initiative a = initiative_of(f.c11, "C11", "Sổ tay số hóa", "C11-01;C11-02"), b = initiative_of(f.c11, "C11", "Cây xanh", "C11-01");

	READING(c)
	assert_ok(c, initiative_counts(c, f.c11, 2025, false, &n));
	assert_int_equal(n.initiatives, 0);
	assert_int_equal(n.members, 5);
	assert_ok(c, entry_save(c, &initiative_entries, &a, NULL));
	b.recognised_by = "Đảng ủy xã";
	b.recognised_on = date_of(2025, 10, 1);
	assert_ok(c, entry_save(c, &initiative_entries, &b, NULL));
	assert_string_equal(a.code, "C11-SK-2025-01");
	assert_string_equal(b.code, "C11-SK-2025-02");
	READING(c)
	assert_ok(c, initiative_counts(c, f.c11, 2025, false, &n));
	assert_int_equal(n.initiatives, 2);
	assert_int_equal(n.recognised, 1);
	assert_int_equal(n.authors, 2); /* of 5: T21 is 2 of 5 */
	READING(c)
	assert_ok(c, initiative_counts(c, f.x1, 2025, true, &n));
	assert_int_equal(n.initiatives, 2);
	assert_int_equal(n.members, 8);
	assert_int_equal(n.authors, 2);
	READING(c)
	assert_ok(c, initiative_counts(c, f.c11, 2024, false, &n));
	assert_int_equal(n.initiatives, 0);
}

TEST_BOTH(an_initiative_is_checked_and_changed_under_its_rev)
{
	struct fixture f = begin(c);
	struct initiative i = initiative_of(f.c11, "C11", "", "C11-01"), stored;

	assert_fails(c, FAIL_INPUT, entry_save(c, &initiative_entries, &i, NULL));
	assert_string_equal(test_problem.field, "title");
	i.title = "Sổ tay";
	i.authors = "";
	assert_fails(c, FAIL_INPUT, entry_save(c, &initiative_entries, &i, NULL));
	i.authors = "C12-01"; /* of another cell */
	assert_fails(c, FAIL_INPUT, entry_save(c, &initiative_entries, &i, NULL));
	assert_string_equal(test_problem.field, "authors");
	i.authors = "C11-01; C11-03";
	assert_ok(c, entry_save(c, &initiative_entries, &i, NULL));
	i.title = "Sổ tay điện tử";
	assert_ok(c, entry_save(c, &initiative_entries, &i, NULL));
	assert_int_equal(i.e.rev, 2);
	i.e.rev = 1;
	i.title = "Khác";
	assert_fails(c, FAIL_CONFLICT, entry_save(c, &initiative_entries, &i, &stored));
	assert_string_equal(stored.title, "Sổ tay điện tử");
	assert_string_equal(stored.authors, "C11-01;C11-03");
	assert_fails(c, FAIL_CONFLICT, entry_remove(c, &initiative_entries, i.e.id, 1));
	assert_ok(c, entry_remove(c, &initiative_entries, i.e.id, 2));
	assert_int_equal(test_int(c, "SELECT count(*) FROM initiative_author"), 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM journal WHERE entity = 'initiative'"), 3);
}

static struct import_result taken;

static fail take(struct call *c, const char *text)
{
	struct table_reader *t;

	TRY(table_open_memory(c, "initiatives.csv", text, strlen(text), &t));
	fail f = exchange_import(c, &initiative_kind, t, false, &taken);

	table_close(t);
	return f;
}

TEST_BOTH(initiatives_go_out_and_come_in_again)
{
	static const char file[] = "code,unit_code,year,title,authors,benefit,recognised_by,recognised_on\n"
	                           "SK1,C11,2025,Sổ tay số,C11-02;C11-01,Nhanh hơn,Đảng ủy xã,2025-10-01\n"
	                           "SK2,C12,2025,Cây xanh,C12-03,,,\n";
	struct export_query q = { .unit_code = "G1", .on = DATE_NONE };
	struct fixture f = begin(c);
	struct out o;

	assert_ok(c, take(c, file));
	assert_int_equal(taken.added, 2);
	assert_ok(c, take(c, file)); /* the order of the authors does not matter */
	assert_int_equal(taken.same, 2);
	out_memory(&o, c->arena);
	assert_ok(c, exchange_export(c, &initiative_kind, &q, EXPORT_CSV, &o));
	assert_non_null(strstr(out_text(&o), "SK1,C11,2025,Sổ tay số,\"C11-01;C11-02\",Nhanh hơn,Đảng ủy xã,2025-10-01"));
	assert_ok(c, take(c, out_text(&o)));
	assert_int_equal(taken.same, 2);
	assert_ok(c, take(c, "code,unit_code,year,title,authors\nSK2,C12,2025,Cây xanh,C12-03;C12-01\n"));
	assert_int_equal(taken.changed, 1);
	assert_fails(c, FAIL_INPUT, take(c, "code,unit_code,year,title,authors\nSK3,C12,2025,Khác,C11-01\n")); /* of another cell */
	assert_int_equal(taken.issues[0].line, 2);
	assert_fails(c, FAIL_INPUT, take(c, "code,unit_code,year,title,authors\nSK1,C12,2025,Khác,C12-01\n")); /* the code is C11's */
	assert_int_equal(test_int(c, arena_printf(c->arena, "SELECT members_with_initiative FROM cell_year WHERE unit_id = %lld AND year = 2025", (long long)f.c12)), 2);
}

TEST_BOTH(an_undertaking_is_reviewed_with_words)
{
	struct fixture f = begin(c);
	struct undertaking u, stored;

	record_clear(&undertaking_record, &u);
	u.e = (struct entry){ .unit_id = f.c11, .year = 2025 };
	u.member_code = "C11-02";
	u.text = "Hiến 20 m² đất làm đường";
	assert_ok(c, entry_save(c, &undertaking_entries, &u, NULL));
	assert_fails(c, FAIL_INPUT, undertaking_review(c, u.e.id, 1, UNDERTAKING_PARTLY, "", &stored));
	assert_string_equal(test_problem.field, "review");
	assert_ok(c, undertaking_review(c, u.e.id, 1, UNDERTAKING_PARTLY, "mới được 10 m²", &stored));
	assert_int_equal(stored.e.rev, 2);
	assert_fails(c, FAIL_CONFLICT, undertaking_review(c, u.e.id, 1, UNDERTAKING_DONE, "", &stored));
	u.e.rev = 2;
	u.text = "khác";
	assert_fails(c, FAIL_CONFLICT, entry_save(c, &undertaking_entries, &u, NULL)); /* reviewed */
	assert_ok(c, undertaking_review(c, u.e.id, 2, UNDERTAKING_OPEN, "", &stored));
	u.e.rev = 3;
	assert_ok(c, entry_save(c, &undertaking_entries, &u, NULL));
}

TEST_BOTH(titles_are_registered_by_units_and_members)
{
	struct fixture f = begin(c);
	struct emulation_title t;
	struct titles list;

	record_clear(&title_record, &t);
	t.e = (struct entry){ .unit_id = f.c11, .year = 2025 };
	t.title = "Chi bộ hoàn thành xuất sắc nhiệm vụ";
	t.member_code = "";
	assert_ok(c, entry_save(c, &title_entries, &t, NULL));
	t.e.id = 0;
	t.member_code = "C11-04";
	t.title = "Chiến sĩ thi đua";
	assert_ok(c, entry_save(c, &title_entries, &t, NULL));
	t.result = TITLE_REACHED;
	assert_ok(c, entry_save(c, &title_entries, &t, NULL));
	READING(c)
	assert_ok(c, entry_list(c, &title_entries, f.c11, 2025, &list.v, &list.n));
	assert_int_equal(list.n, 2);
	assert_string_equal(list.v[0].member_code, "");
	assert_string_equal(list.v[1].member_name, "Nguyễn Văn C11-04");
	assert_int_equal(list.v[1].result, TITLE_REACHED);
}

TEST_BOTH(every_party_of_an_agreement_signs_for_itself_once)
{
	struct fixture f = begin(c);
	int64_t both[] = { f.c11, f.c12 }, one[] = { f.c12 };
	struct agreement a;
	struct agreements with;
	struct parties p;

	record_clear(&agreement_record, &a);
	a.e = (struct entry){ .unit_id = f.g1, .year = 2025 };
	a.title = "Cụm thi đua số 1";
	a.text = "";
	assert_ok(c, entry_save(c, &agreement_entries, &a, NULL));
	assert_ok(c, agreement_set_parties(c, a.e.id, both, 2));
	assert_fails(c, FAIL_INPUT, agreement_sign(c, a.e.id, f.c11, date_of(2025, 12, 1), "Nguyễn Văn A")); /* has not come yet */
	assert_fails(c, FAIL_NOT_FOUND, agreement_sign(c, a.e.id, f.v1, date_of(2025, 2, 1), "Nguyễn Văn A"));
	assert_ok(c, agreement_sign(c, a.e.id, f.c11, date_of(2025, 2, 1), "Nguyễn Văn A"));
	assert_fails(c, FAIL_CONFLICT, agreement_sign(c, a.e.id, f.c11, date_of(2025, 2, 2), "Nguyễn Văn A"));
	assert_fails(c, FAIL_CONFLICT, agreement_set_parties(c, a.e.id, one, 1)); /* c11 has signed */
	assert_ok(c, agreement_set_parties(c, a.e.id, both, 1));
	READING(c) {
		assert_ok(c, agreement_parties(c, &a, &p));
		assert_ok(c, agreements_with(c, f.c11, 2025, &with));
	}
	assert_int_equal(p.n, 1);
	assert_string_equal(p.v[0].signed_by, "Nguyễn Văn A");
	assert_int_equal(with.n, 1);
}

TEST_BOTH(an_example_is_proposed_published_found_without_marks_and_withdrawn)
{
	struct fixture f = begin(c);
	struct example_query q = { .words = "duong hoa", .before = DATE_OPEN, .before_id = INT64_MAX, .limit = 10 };
	struct examples list;
	struct example x;

	record_clear(&example_record, &x);
	x.e = (struct entry){ .unit_id = f.c11, .year = 2025 };
	x.title = "Đường hoa thôn Đồng";
	x.text = "Mỗi đảng viên trồng 5 m.";
	assert_ok(c, entry_save(c, &example_entries, &x, NULL));
	assert_fails(c, FAIL_CONFLICT, example_take_step(c, x.e.id, 1, EXAMPLE_PUBLISH, &x)); /* not proposed */
	assert_ok(c, example_take_step(c, x.e.id, 1, EXAMPLE_PROPOSE, &x));
	assert_fails(c, FAIL_CONFLICT, entry_save(c, &example_entries, &x, NULL));
	READING(c)
	assert_ok(c, examples_proposed(c, f.x1, &list));
	assert_int_equal(list.n, 1);
	assert_ok(c, example_take_step(c, x.e.id, 2, EXAMPLE_PUBLISH, &x));
	READING(c)
	assert_ok(c, examples_published(c, &q, &list));
	assert_int_equal(list.n, 1);
	assert_string_equal(list.v[0].publisher, "Đơn vị G1");
	q.words = "100%";
	READING(c)
	assert_ok(c, examples_published(c, &q, &list));
	assert_int_equal(list.n, 0);
	assert_ok(c, example_take_step(c, x.e.id, 3, EXAMPLE_WITHDRAW, &x));
	q.words = "";
	READING(c)
	assert_ok(c, examples_published(c, &q, &list));
	assert_int_equal(list.n, 0);
}

/* ---------------------------------------------------------------- codes and awards */

static void a_code_survives_case_blanks_and_dashes_and_no_slip_of_the_finger(void **state)
{
	char code[CODE_TEXT], clean[CODE_TEXT], typed[64];

	(void)state;
	code_make(code);
	assert_int_equal(strlen(code), 17);
	assert_true(code_clean(code, clean));
	snprintf(typed, sizeof typed, " %.5s %.5s%.5s ", code, code + 6, code + 12);
	for (char *s = typed; *s; s++)
		*s = (char)(*s >= 'A' && *s <= 'Z' ? *s + 32 : *s);
	assert_true(code_clean(typed, clean));
	assert_string_equal(clean, code);
	for (int i = 0; i < 17; i++) {
		char wrong[CODE_TEXT];

		if (code[i] == '-')
			continue;
		memcpy(wrong, code, sizeof wrong);
		wrong[i] = code[i] == 'Z' ? '2' : 'Z';
		assert_false(code_clean(wrong, clean)); /* one wrong sign */
		if (i + 1 < 17 && code[i + 1] != '-' && code[i + 1] != code[i]) {
			memcpy(wrong, code, sizeof wrong);
			wrong[i] = code[i + 1];
			wrong[i + 1] = code[i];
			assert_false(code_clean(wrong, clean)); /* two exchanged */
		}
	}
	assert_false(code_clean("", clean));
	assert_false(code_clean("0OIL1-0OIL1-0OIL1", clean));
}

static struct award award_for(int64_t unit, int64_t giver, const char *member)
{
	struct award a;

	record_clear(&award_record, &a);
	a.kind = AWARD_COMMENDATION;
	a.year = 2025;
	a.unit_id = unit;
	a.given_by = giver;
	a.member_code = member;
	a.title = "Hoàn thành xuất sắc nhiệm vụ năm 2025";
	a.decision_no = "12-QĐ/ĐU";
	a.decided_on = date_of(2025, 11, 10);
	return a;
}

TEST_BOTH(an_award_keeps_what_was_printed_and_is_found_by_its_code)
{
	struct fixture f = begin(c);
	struct award a = award_for(f.c11, f.x1, "C11-01"), found;
	struct awards list;
	struct award_query q = { .unit_id = f.x1, .words = "nguyen van", .before_id = INT64_MAX, .limit = 10 };
	char clean[CODE_TEXT];

	a.decided_on = date_of(2025, 11, 16);
	assert_fails(c, FAIL_INPUT, award_give(c, &a)); /* has not come yet */
	assert_string_equal(test_problem.field, "decided_on");
	a.decided_on = date_of(2025, 11, 10);
	assert_ok(c, award_give(c, &a));
	assert_true(code_clean(a.check_code, clean));
	test_sql(c, "UPDATE member SET full_name = 'Tên khác'");
	READING(c) {
		assert_ok(c, award_by_code(c, a.check_code, &found));
		assert_ok(c, award_list(c, &q, &list));
	}
	assert_non_null(strstr(found.content, "Đồng chí Nguyễn Văn C11-01"));
	assert_int_equal(list.n, 1);
	q.unit_id = f.x2;
	READING(c)
	assert_ok(c, award_list(c, &q, &list));
	assert_int_equal(list.n, 0);
}

TEST_BOTH(a_revoked_award_says_so_and_is_not_printed)
{
	struct fixture f = begin(c);
	struct award a = award_for(f.c11, f.g1, NULL), b = award_for(f.c12, f.g1, NULL), after;
	struct awards list = { (struct award[]){ a, b }, 2 };
	const char *facts;

	a.case_id = 77;
	assert_ok(c, award_give(c, &a));
	assert_ok(c, award_give(c, &b));
	assert_fails(c, FAIL_INPUT, award_revoke(c, a.id, a.rev, "", &after));
	assert_ok(c, award_revoke_case(c, a.realm, 77, "quyết định được xem xét lại", NULL));
	assert_fails(c, FAIL_CONFLICT, award_revoke(c, a.id, 2, "hai lần", &after));
	READING(c) {
		assert_ok(c, award_by_id(c, a.id, &list.v[0]));
		assert_ok(c, award_by_id(c, b.id, &list.v[1]));
	}
	assert_int_equal(list.v[0].revoked_on.days, c->today.days);
	assert_ok(c, certificate_facts(c, &list, "https://chibo.example", &facts));
	assert_null(strstr(facts, a.check_code));
	assert_non_null(strstr(facts, b.check_code));
	list.n = 1;
	assert_fails(c, FAIL_INPUT, certificate_facts(c, &list, "", &facts));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(T21_counts_initiatives_and_members_who_have_one),
		BOTH(an_initiative_is_checked_and_changed_under_its_rev),
		BOTH(initiatives_go_out_and_come_in_again),
		BOTH(an_undertaking_is_reviewed_with_words),
		BOTH(titles_are_registered_by_units_and_members),
		BOTH(every_party_of_an_agreement_signs_for_itself_once),
		BOTH(an_example_is_proposed_published_found_without_marks_and_withdrawn),
		cmocka_unit_test(a_code_survives_case_blanks_and_dashes_and_no_slip_of_the_finger),
		BOTH(an_award_keeps_what_was_printed_and_is_found_by_its_code),
		BOTH(a_revoked_award_says_so_and_is_not_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
