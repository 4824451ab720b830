/* test_document.c — terms and the register: numbers, V20, withdrawal, annexes. */
#include "org/fixture.h"

#include <pthread.h>

#include "document/document.h"
#include "document/kinds.h"
#include "document/verify.h"
#include "exchange/transfer.h"
#include "sheet/table.h"

#define DAY date_of(2025, 11, 3)

static void a_term(struct call *c, int64_t unit, int from, int to)
{
	struct term t = { .unit_id = unit, .name = "", .valid_from = date_of(from, 6, 1), .valid_to = date_of(to, 5, 31) };

	assert_ok(c, term_save(c, &t));
}

static struct document draft(struct call *c, int64_t unit, unsigned type, const char *subject)
{
	struct document d;

	record_clear(&document_record, &d);
	d.unit_id = unit;
	d.type = type;
	d.purpose = "";
	d.form = d.content = d.signed_by = d.outside_no = "";
	d.subject = subject;
	assert_ok(c, document_create(c, &d));
	return d;
}

static struct document issued(struct call *c, int64_t unit, unsigned type, struct date on)
{
	struct document d = draft(c, unit, type, "Nhiệm vụ tháng 12");
	struct document_issue how = { .id = d.id, .rev = d.rev, .dated_on = on, .signed_by = "Nguyễn Văn A", .form = "", .content = "{}" };

	assert_ok(c, document_issue(c, &how, &d));
	return d;
}

static const char *number(struct call *c, const struct document *d)
{
	return document_number_text(c->arena, d);
}

/* ---- terms ---- */

TEST_BOTH(terms_follow_one_another)
{
	struct fixture f = fixture_make(c);
	struct term t = { .unit_id = f.v1, .name = "", .valid_from = date_of(2025, 6, 1), .valid_to = date_of(2027, 5, 31) };
	struct terms all;

	assert_ok(c, term_save(c, &t));
	assert_string_equal(t.name, "2025–2027");
	t.valid_from = date_of(2026, 6, 1);
	t.valid_to = date_of(2028, 5, 31);
	assert_fails(c, FAIL_INPUT, term_save(c, &t));
	assert_string_equal(test_problem.field, "valid_from");
	t.valid_from = date_of(2028, 6, 1);
	assert_fails(c, FAIL_INPUT, term_save(c, &t));
	assert_string_equal(test_problem.field, "valid_to");
	a_term(c, f.v1, 2027, 2030);
	READING(c)
		assert_ok(c, terms_of(c, f.v1, &all));
	assert_int_equal(all.n, 2);
	assert_string_equal(all.v[0].name, "2027–2030");
}

TEST_BOTH(a_term_keeps_its_numbered_documents)
{
	struct fixture f = fixture_make(c);
	struct term t = { .unit_id = f.v1, .name = "", .valid_from = date_of(2025, 6, 1), .valid_to = date_of(2025, 10, 31) };

	a_term(c, f.v1, 2025, 2027);
	issued(c, f.v1, DOC_RESOLUTION, DAY);
	assert_fails(c, FAIL_INPUT, term_save(c, &t));
	assert_string_equal(test_problem.field, "valid_to");
	t.valid_to = date_of(2025, 12, 31);
	assert_ok(c, term_save(c, &t));
}

/* ---- V20 ---- */

TEST_BOTH(V20_a_cell_issues_these_types_and_no_others)
{
	struct fixture f = fixture_make(c);
	static const unsigned refused[] = { DOC_REGULATION, DOC_GUIDANCE, DOC_DIRECTIVE };

	for (unsigned type = DOC_RESOLUTION; type <= DOC_WORKING_RULES; type++)
		if (type != DOC_OPTION)
			draft(c, f.v1, type, "Việc chung");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct document d = { .unit_id = f.v1, .type = refused[i], .subject = "Việc chung", .purpose = "", .form = "", .content = "", .signed_by = "",
			                  .outside_no = "", .dated_on = DATE_NONE };

		assert_fails(c, FAIL_INPUT, document_create(c, &d));
		assert_string_equal(test_problem.field, "type");
		assert_non_null(strstr(test_problem.text, "does not issue regulations, guidance or directives"));
	}
	draft(c, f.x1, DOC_GUIDANCE, "Hướng dẫn của cấp trên");
}

/* ---- numbers ---- */

TEST_BOTH(numbers_run_per_type_and_term_and_begin_again)
{
	struct fixture f = fixture_make(c);
	struct document d;

	a_term(c, f.v1, 2025, 2027);
	for (int i = 1; i <= 10; i++) {
		d = issued(c, f.v1, DOC_RESOLUTION, DAY);
		assert_string_equal(number(c, &d), arena_printf(c->arena, "%02d-NQ/CB", i));
	}
	d = issued(c, f.v1, DOC_CONCLUSION, DAY);
	assert_string_equal(number(c, &d), "01-KL/CB");
	a_term(c, f.v1, 2027, 2030);
	d = issued(c, f.v1, DOC_RESOLUTION, date_of(2027, 6, 5));
	assert_string_equal(number(c, &d), "01-NQ/CB");
	d = issued(c, f.v1, DOC_RESOLUTION, date_of(2027, 5, 30));
	assert_string_equal(number(c, &d), "11-NQ/CB");
	a_term(c, f.x1, 2025, 2030);
	d = issued(c, f.x1, DOC_NOTICE, DAY);
	assert_string_equal(number(c, &d), "01-TB/ĐU");
}

TEST_BOTH(without_a_term_nothing_is_numbered)
{
	struct fixture f = fixture_make(c);
	struct document d = draft(c, f.v1, DOC_RESOLUTION, "Việc chung");
	struct document_issue how = { .id = d.id, .rev = d.rev, .dated_on = DAY, .signed_by = "", .form = "", .content = "" };

	assert_fails(c, FAIL_INPUT, document_issue(c, &how, &d));
	assert_string_equal(test_problem.field, "dated_on");
	assert_int_equal(test_int(c, "SELECT count(*) FROM document WHERE number IS NOT NULL"), 0);
}

TEST_BOTH(numbers_may_begin_where_the_paper_register_stopped)
{
	struct fixture f = fixture_make(c);
	struct document d = draft(c, f.v1, DOC_RESOLUTION, "Việc chung");
	struct document_issue how = { .id = d.id, .rev = d.rev, .dated_on = DAY, .signed_by = "", .form = "", .content = "", .first = 9 };

	a_term(c, f.v1, 2025, 2027);
	assert_ok(c, document_issue(c, &how, &d));
	assert_string_equal(number(c, &d), "09-NQ/CB");
	d = draft(c, f.v1, DOC_RESOLUTION, "Việc chung");
	how = (struct document_issue){ .id = d.id, .rev = d.rev, .dated_on = DAY, .signed_by = "", .form = "", .content = "", .first = 15 };
	assert_fails(c, FAIL_INPUT, document_issue(c, &how, &d));
	assert_string_equal(test_problem.field, "first");
	how.first = 0;
	assert_ok(c, document_issue(c, &how, &d));
	assert_string_equal(number(c, &d), "10-NQ/CB");
}

enum { ISSUERS = 8, EACH = 5 };
struct issuer { struct call *like; int64_t unit; int done; };

static void *issue_some(void *arg)
{
	struct issuer *s = arg;
	struct call c;

	test_call_like(&c, s->like);
	for (int i = 0; i < EACH; i++) {
		struct document d = issued(&c, s->unit, DOC_RESOLUTION, DAY);

		s->done += d.number > 0;
		if (i == 2) /* one that is taken back leaves no hole: its number stays taken */
			assert_ok(&c, document_withdraw(&c, d.id, d.rev, "Ghi nhầm", &d));
	}
	call_end(&c);
	return NULL;
}

TEST_BOTH(issuers_at_once_neither_share_nor_skip_a_number)
{
	struct fixture f = fixture_make(c);
	struct issuer s[ISSUERS];
	pthread_t threads[ISSUERS];

	a_term(c, f.v1, 2025, 2027);
	for (int i = 0; i < ISSUERS; i++) {
		s[i] = (struct issuer){ c, f.v1, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, issue_some, &s[i]), 0);
	}
	for (int i = 0; i < ISSUERS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(s[i].done, EACH);
	}
	assert_int_equal(test_int(c, "SELECT count(DISTINCT number) FROM document"), ISSUERS * EACH);
	assert_int_equal(test_int(c, "SELECT max(number) FROM document"), ISSUERS * EACH);
	assert_int_equal(test_int(c, "SELECT count(*) FROM document WHERE state = 'withdrawn' AND number IS NOT NULL"), ISSUERS);
}

/* ---- after issuing ---- */

TEST_BOTH(an_issued_document_is_not_edited_but_annexed)
{
	struct fixture f = fixture_make(c);
	struct document d, stored, annex;
	struct documents all;

	a_term(c, f.v1, 2025, 2027);
	d = issued(c, f.v1, DOC_MINUTES, DAY);
	d.subject = "Khác";
	assert_fails(c, FAIL_CONFLICT, document_update(c, &d, &stored));
	assert_non_null(strstr(test_problem.text, "annex"));
	struct document_issue again = { .id = d.id, .rev = ANY_REV, .dated_on = DAY, .signed_by = "", .form = "", .content = "{\"other\":1}" };
	assert_fails(c, FAIL_CONFLICT, document_issue(c, &again, &stored));
	assert_fails(c, FAIL_INPUT, document_annex(c, d.id, "", DAY, "Nguyễn Văn A", &annex));
	for (int i = 1; i <= 2; i++) {
		assert_ok(c, document_annex(c, d.id, "Dòng 4: “20” đọc là “19”.", DAY, "Nguyễn Văn A", &annex));
		assert_int_equal(annex.number, i);
	}
	READING(c) {
		assert_ok(c, document_annexes(c, &d, &all));
		assert_ok(c, document_by_id(c, d.id, &stored));
	}
	assert_int_equal(all.n, 2);
	assert_string_equal(stored.content, "{}");
}

TEST_BOTH(a_draft_is_changed_by_whoever_saw_it_last)
{
	struct fixture f = fixture_make(c);
	struct document d = draft(c, f.v1, DOC_PLAN, "Trồng cây"), other = d, stored;

	d.subject = "Trồng 200 cây";
	assert_ok(c, document_update(c, &d, NULL));
	other.subject = "Trồng 300 cây";
	assert_fails(c, FAIL_CONFLICT, document_update(c, &other, &stored));
	assert_string_equal(stored.subject, "Trồng 200 cây");
}

TEST_BOTH(a_withdrawn_document_keeps_its_number)
{
	struct fixture f = fixture_make(c);
	struct document d, next;

	a_term(c, f.v1, 2025, 2027);
	d = issued(c, f.v1, DOC_RESOLUTION, DAY);
	assert_fails(c, FAIL_INPUT, document_withdraw(c, d.id, d.rev, "", &next));
	assert_ok(c, document_withdraw(c, d.id, d.rev, "Ban hành nhầm", &d));
	assert_string_equal(number(c, &d), "01-NQ/CB");
	next = issued(c, f.v1, DOC_RESOLUTION, DAY);
	assert_string_equal(number(c, &next), "02-NQ/CB");
	assert_fails(c, FAIL_CONFLICT, document_withdraw(c, d.id, ANY_REV, "Lần nữa", &d));
}

TEST_BOTH(of_a_secret_document_only_the_number_is_kept)
{
	struct fixture f = fixture_make(c);
	struct document d = { .unit_id = f.v1, .type = DOC_LETTER, .secrecy = SECRECY_SECRET, .subject = "Việc mật", .purpose = "", .form = "", .content = "",
		                  .signed_by = "", .outside_no = "", .dated_on = DATE_NONE };

	a_term(c, f.v1, 2025, 2027);
	assert_fails(c, FAIL_INPUT, document_create(c, &d));
	assert_string_equal(test_problem.field, "subject");
	d.subject = "";
	assert_ok(c, document_create(c, &d));
	struct document_issue how = { .id = d.id, .rev = d.rev, .dated_on = DAY, .signed_by = "", .form = "letter", .content = "{\"text\":\"…\"}" };
	assert_fails(c, FAIL_INPUT, document_issue(c, &how, &d));
	how.content = how.form = "";
	assert_ok(c, document_issue(c, &how, &d));
	assert_string_equal(number(c, &d), "01-CV/CB");
	assert_fails(c, FAIL_INPUT, document_attach(c, d.id, 77, &d));
}

TEST_BOTH(the_register_is_searched_without_tone_marks)
{
	struct fixture f = fixture_make(c);
	struct document_query q = { .unit_id = f.v1, .term_from = DATE_NONE, .before_id = INT64_MAX, .limit = 10 };
	struct documents all;

	a_term(c, f.v1, 2025, 2027);
	issued(c, f.v1, DOC_RESOLUTION, DAY);
	draft(c, f.v1, DOC_PLAN, "Trồng cây 100 % hộ");
	READING(c) {
		assert_ok(c, document_list(c, &q, &all));
		assert_int_equal(all.n, 2);
		q.words = "nhiem vu";
		assert_ok(c, document_list(c, &q, &all));
		assert_int_equal(all.n, 1);
		q.words = "01-nq";
		assert_ok(c, document_list(c, &q, &all));
		assert_int_equal(all.n, 1);
		q.words = "100 % h";
		assert_ok(c, document_list(c, &q, &all));
		assert_int_equal(all.n, 1);
		q.words = "_";
		assert_ok(c, document_list(c, &q, &all));
		assert_int_equal(all.n, 0);
		q = (struct document_query){ .unit_id = f.v1, .state = DOCUMENT_DRAFT, .term_from = DATE_NONE, .before_id = INT64_MAX, .limit = 10 };
		assert_ok(c, document_list(c, &q, &all));
		assert_int_equal(all.n, 1);
		q = (struct document_query){ .unit_id = f.v1, .term_from = date_of(2025, 6, 1), .before_id = INT64_MAX, .limit = 10 };
		assert_ok(c, document_list(c, &q, &all));
		assert_int_equal(all.n, 1);
	}
}

static fail take(struct call *c, const char *row, struct import_result *result)
{
	const char *file = arena_printf(c->arena, "unit_code,type,number,dated_on,subject,signed_by\n%s\n", row);
	struct table_reader *t;

	TRY(table_open_memory(c, "test.csv", file, strlen(file), &t));
	fail f = exchange_import(c, &document_kind, t, false, result);

	table_close(t);
	return f;
}

/* The papers of before: taken over with the numbers they bear, once. */
TEST_BOTH(an_old_register_comes_in_as_a_file)
{
	struct fixture f = fixture_make(c);
	struct document_query q = { .unit_id = f.v1, .type = DOC_WORKING_RULES, .term_from = DATE_NONE, .before_id = INT64_MAX, .limit = 10 };
	struct import_result result;
	struct documents all;

	assert_ok(c, take(c, "V1,QC,02-QC/CB,2025-03-03,Quy chế làm việc,Trần Thị Đỗ Quyên", &result));
	assert_int_equal(result.added, 1);
	assert_ok(c, take(c, "V1,QC,02-QC/CB,2025-03-03,Quy chế làm việc,Trần Thị Đỗ Quyên", &result));
	assert_int_equal(result.same, 1);
	READING(c) {
		assert_ok(c, document_list(c, &q, &all));
		assert_int_equal(all.n, 1);
		assert_string_equal(document_number_text(c->arena, &all.v[0]), "02-QC/CB");
		assert_int_equal(all.v[0].state, DOCUMENT_ISSUED);
	}
	assert_fails(c, FAIL_INPUT, take(c, "V1,HD,01-HD/CB,2025-03-03,Hướng dẫn,", &result)); /* V20 */
	assert_fails(c, FAIL_INPUT, take(c, "V1,QC,02-QC/CB,2025-03-03,Quy chế khác,", &result));
}

TEST_BOTH(verify_finds_a_number_that_is_missing)
{
	struct fixture f = fixture_make(c);
	int64_t checked;

	a_term(c, f.v1, 2025, 2027);
	for (int i = 0; i < 3; i++)
		issued(c, f.v1, DOC_RESOLUTION, DAY);
	READING(c)
		assert_ok(c, document_checks[0].run(c, &checked));
	assert_int_equal(checked, 3);
	test_sql(c, "DELETE FROM document WHERE number = 2");
	READING(c)
		assert_fails(c, FAIL_BROKEN, document_checks[0].run(c, &checked));
	assert_non_null(strstr(test_problem.text, "numbers 1 to 3, but 2 documents"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(terms_follow_one_another), BOTH(a_term_keeps_its_numbered_documents), BOTH(V20_a_cell_issues_these_types_and_no_others),
		BOTH(numbers_run_per_type_and_term_and_begin_again), BOTH(without_a_term_nothing_is_numbered),
		BOTH(numbers_may_begin_where_the_paper_register_stopped), BOTH(issuers_at_once_neither_share_nor_skip_a_number),
		BOTH(an_issued_document_is_not_edited_but_annexed), BOTH(a_draft_is_changed_by_whoever_saw_it_last),
		BOTH(a_withdrawn_document_keeps_its_number), BOTH(of_a_secret_document_only_the_number_is_kept),
		BOTH(the_register_is_searched_without_tone_marks), BOTH(an_old_register_comes_in_as_a_file),
		BOTH(verify_finds_a_number_that_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
