/* test_paper.c — papers of a meeting: put up once and whole, secret ones refused, read by those who take part, every reading of an internal one noted. */
#include "org/fixture.h"

#include "document/paper.h"
#include "meeting/online.h"
#include "meeting/sending.h"

static const char pdf[] = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";

struct setting {
	struct fixture fx;
	struct meeting m;
	struct file_taken file;
	struct paper out;
};

static struct setting begin(struct call *c)
{
	struct setting s = { .fx = fixture_make(c) };

	fixture_members(c, s.fx.v1, "V1", 5, 0);
	record_clear(&meeting_record, &s.m);
	s.m.unit_id = s.fx.v1;
	s.m.kind = MEETING_REGULAR;
	s.m.state = MEETING_DATE_REGISTERED;
	assert_true(moment_parse("2025-12-03T19:00", &s.m.starts_at));
	assert_ok(c, meeting_create(c, &s.m));
	assert_ok(c, file_take_bytes(c, pdf, sizeof pdf - 1, "Dự thảo nghị quyết tháng 12.pdf", &s.file));
	return s;
}

static struct paper_new new_paper(const struct setting *s, unsigned purpose, unsigned secrecy, const char *subject, const struct file_taken *file)
{
	return (struct paper_new){ .meeting_id = s->m.id, .purpose = purpose, .secrecy = secrecy, .subject = subject, .outside_no = "", .file = file };
}

TEST_BOTH(D3_2_a_paper_is_put_up_once)
{
	struct setting s = begin(c);
	struct paper_new n = new_paper(&s, PAPER_DRAFT, SECRECY_INTERNAL, "", &s.file), guide = new_paper(&s, PAPER_GUIDE, SECRECY_OPEN, "Gợi ý thảo luận", NULL);
	struct papers all;
	struct paper again;

	assert_ok(c, paper_add(c, &n, &s.out));
	assert_string_equal(s.out.document.subject, "Dự thảo nghị quyết tháng 12");
	assert_true(moment_is(s.out.document.uploaded_at));
	assert_ok(c, paper_add(c, &n, &again)); /* a double click */
	assert_int_equal(again.document.id, s.out.document.id);
	assert_ok(c, paper_add(c, &guide, &again));
	READING(c)
		assert_ok(c, papers_of(c, &s.m, &all));
	assert_int_equal(all.n, 2);
	assert_int_equal(test_int(c, "SELECT count(*) FROM file"), 1);
	n = new_paper(&s, PAPER_NO_PURPOSE, SECRECY_OPEN, "Một", NULL);
	assert_fails(c, FAIL_INPUT, paper_add(c, &n, &again));
	n = new_paper(&s, PAPER_MATERIAL, SECRECY_OPEN, "", NULL);
	assert_fails(c, FAIL_INPUT, paper_add(c, &n, &again));
	n = new_paper(&s, PAPER_DRAFT, SECRECY_OPEN, "Chuyên đề", NULL);
	n.author_id = 42;
	assert_fails(c, FAIL_INPUT, paper_add(c, &n, &again));
}

TEST_BOTH(of_a_secret_paper_only_its_number_is_kept)
{
	struct setting s = begin(c);
	struct paper_new n = new_paper(&s, PAPER_MATERIAL, SECRECY_SECRET, "", &s.file);

	n.outside_no = "12-TM/TU";
	assert_fails(c, FAIL_INPUT, paper_add(c, &n, &s.out));
	assert_string_equal(test_problem.field, "file");
	n.file = NULL;
	n.subject = "Về việc gì đó";
	assert_fails(c, FAIL_INPUT, paper_add(c, &n, &s.out));
	n.subject = n.outside_no = "";
	assert_fails(c, FAIL_INPUT, paper_add(c, &n, &s.out));
	n.outside_no = "12-TM/TU";
	assert_ok(c, paper_add(c, &n, &s.out));
	assert_fails(c, FAIL_INPUT, paper_replace_file(c, s.m.id, s.out.document.id, &s.file, &s.out));
	assert_int_equal(test_int(c, "SELECT count(*) FROM file"), 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM document WHERE subject <> '' OR content <> ''"), 0);
}

TEST_BOTH(a_name_that_says_secret_is_refused)
{
	static const char *const secret[] = { "Báo cáo (MẬT)", "TỐI MẬT - kế hoạch", "MẬT" }, *const fine[] = { "Luật BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Mật ong xuất khẩu" };
	struct setting s = begin(c);
	struct paper_new n;

	for (size_t i = 0; i < 3; i++) {
		n = new_paper(&s, PAPER_MATERIAL, SECRECY_OPEN, secret[i], NULL);
		assert_fails(c, FAIL_INPUT, paper_add(c, &n, &s.out));
		assert_string_equal(test_problem.field, "secrecy");
	}
	for (size_t i = 0; i < 2; i++) {
		n = new_paper(&s, PAPER_MATERIAL, SECRECY_OPEN, fine[i], NULL);
		assert_ok(c, paper_add(c, &n, &s.out));
	}
}

TEST_BOTH(no_secret_paper_at_an_online_meeting)
{
	struct setting s = begin(c);
	struct online_leave l = { true, date_of(2025, 12, 1), date_of(2025, 12, 31) };
	struct paper_new n = new_paper(&s, PAPER_MATERIAL, SECRECY_SECRET, "", NULL);
	struct meeting stored;

	n.outside_no = "12-TM/TU";
	assert_ok(c, online_leave_put(c, s.fx.v1, &l));
	s.m.mode = MEETING_HYBRID;
	assert_ok(c, meeting_update(c, &s.m, &stored));
	assert_fails(c, FAIL_INPUT, paper_add(c, &n, &s.out));
	s.m.mode = MEETING_IN_PERSON;
	assert_ok(c, meeting_update(c, &s.m, &stored));
	assert_ok(c, paper_add(c, &n, &s.out));
	s.m.mode = MEETING_HYBRID;
	assert_fails(c, FAIL_INPUT, meeting_update(c, &s.m, &stored));
}

TEST_BOTH(another_file_takes_the_place_of_the_first)
{
	static const char text[] = "Dự thảo, bản sửa\n";
	struct setting s = begin(c);
	struct paper_new n = new_paper(&s, PAPER_DRAFT, SECRECY_OPEN, "Dự thảo", &s.file);
	struct file_taken other;

	assert_ok(c, paper_add(c, &n, &s.out));
	assert_ok(c, file_take_bytes(c, text, sizeof text - 1, "Bản sửa.txt", &other));
	assert_ok(c, paper_replace_file(c, s.m.id, s.out.document.id, &other, &s.out));
	assert_string_equal(s.out.file.name, "Bản sửa.txt");
	assert_int_equal(test_int(c, "SELECT count(*) FROM file"), 1);
	test_sql(c, "UPDATE meeting SET state = 'open'");
	assert_fails(c, FAIL_CONFLICT, paper_replace_file(c, s.m.id, s.out.document.id, &s.file, &s.out));
	assert_fails(c, FAIL_CONFLICT, paper_add(c, &n, &s.out));
}

TEST_BOTH(what_somebody_was_given_is_kept_when_it_is_withdrawn)
{
	struct setting s = begin(c);
	struct paper_new n = new_paper(&s, PAPER_DRAFT, SECRECY_OPEN, "Một", &s.file);
	struct papers all;

	assert_ok(c, paper_add(c, &n, &s.out));
	assert_ok(c, paper_withdraw(c, s.m.id, s.out.document.id));
	assert_ok(c, paper_withdraw(c, s.m.id, s.out.document.id));
	assert_int_equal(test_int(c, "SELECT count(*) FROM file"), 0);
	n.subject = "Hai";
	assert_ok(c, paper_add(c, &n, &s.out));
	test_sql(c, arena_printf(c->arena, "INSERT INTO sending (realm, meeting_id, document_id, person, channel, sent_at, sent_by) VALUES (%lld, %lld, %lld, 'm1', 'paper', '2025-11-15T08:00', 'x')",
	                         (long long)s.m.realm, (long long)s.m.id, (long long)s.out.document.id));
	assert_ok(c, paper_withdraw(c, s.m.id, s.out.document.id));
	assert_int_equal(test_int(c, "SELECT count(*) FROM file"), 1);
	READING(c)
		assert_ok(c, papers_of(c, &s.m, &all));
	assert_int_equal(all.n, 0);
}

TEST_BOTH(every_reading_of_an_internal_paper_is_noted)
{
	struct setting s = begin(c);
	struct paper_new n = new_paper(&s, PAPER_DRAFT, SECRECY_INTERNAL, "Nội bộ", &s.file), open = new_paper(&s, PAPER_GUIDE, SECRECY_OPEN, "Mở", &s.file);
	struct paper free_one;

	assert_ok(c, paper_add(c, &n, &s.out));
	assert_ok(c, paper_add(c, &open, &free_one));
	assert_ok(c, paper_note_reading(c, &s.out.document));
	c->now_ms += 60000;
	assert_ok(c, paper_note_reading(c, &s.out.document));
	assert_ok(c, paper_note_reading(c, &free_one.document));
	assert_int_equal(test_int(c, "SELECT count(*) FROM document_read"), 2);
}

/* Nobody's rights but those that are given here. */
static enum right given;
static bool only_given(struct call *c, enum right right, int64_t unit)
{
	(void)c;
	(void)unit;
	return right == given;
}

TEST_BOTH(who_takes_part_reads_and_others_do_not)
{
	struct setting s = begin(c);
	static const struct { enum right right; bool open, internal; } cases[] = {
		{ MAY_TAKE_PART, true, true }, { MAY_RECORD, true, true }, { MAY_SEE_MEMBERS, true, false }, { MAY_SEE, false, false }, { MAY_NOBODY, false, false },
	};

	c->who.operator = false;
	c->who.may = only_given;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		given = cases[i].right;
		READING(c) {
			assert_int_equal(paper_may_read(c, &s.m, SECRECY_OPEN) == FAIL_OK, cases[i].open);
			problem_clear(c);
			assert_int_equal(paper_may_read(c, &s.m, SECRECY_INTERNAL) == FAIL_OK, cases[i].internal);
			problem_clear(c);
		}
	}
	c->who.operator = true;
}

static fail put_up(struct call *c, void *arg)
{
	struct setting *s = arg;
	struct paper_new n = new_paper(s, PAPER_DRAFT, SECRECY_INTERNAL, "Dự thảo", &s->file);

	return paper_add(c, &n, &s->out);
}

static void whole_or_nothing(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM document"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM file_part"), done);
	assert_int_equal(test_int(c, "SELECT count(*) FROM document WHERE file_id IS NOT NULL"), done);
}

TEST_BOTH(paper_and_file_are_kept_together_or_not_at_all)
{
	struct setting s = begin(c);

	assert_true(test_faults(c, put_up, whole_or_nothing, &s) >= 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(D3_2_a_paper_is_put_up_once), BOTH(of_a_secret_paper_only_its_number_is_kept), BOTH(a_name_that_says_secret_is_refused),
		BOTH(no_secret_paper_at_an_online_meeting), BOTH(another_file_takes_the_place_of_the_first),
		BOTH(what_somebody_was_given_is_kept_when_it_is_withdrawn), BOTH(every_reading_of_an_internal_paper_is_noted),
		BOTH(who_takes_part_reads_and_others_do_not), BOTH(paper_and_file_are_kept_together_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
