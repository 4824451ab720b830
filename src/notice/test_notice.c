/* test_notice.c — calendars and letters: what they say, who gets them, what becomes of them. Real readers and a real mail server are asked in
 * tests/whole/notice.mjs. */
#include "support/support.h"

#include <sodium.h>
#include <string.h>

#include "access/account.h"
#include "base/id.h"
#include "notice/feed.h"
#include "notice/outbox.h"
#include "notice/post_box.h"
#include "notice/reminders.h"
#include "org/fixture.h"

/* ---------------------------------------------------------------- text */

static struct ical_event an_event(void)
{
	return (struct ical_event){ .uid = "meeting-1@chibo", .sequence = 2, .stamp_ms = 1763200000000, .starts_at = { 29496060 }, .ends_at = { 29496150 },
		                        .status = ICAL_CONFIRMED, .summary = "Sinh hoạt", .location = "Nhà văn hóa", .description = "", .url = "",
		                        .organizer = "", .attendee = "", .attendee_name = "" };
}

static const char *written(struct call *c, const struct ical_event *e)
{
	struct out o;

	out_memory(&o, c->arena);
	ical_begin(&o, ICAL_PUBLISH, "Lịch");
	ical_event(&o, e);
	ical_end(&o);
	return out_text(&o);
}

static void lines_are_folded_between_characters(void **state)
{
	struct call c;
	struct ical_event e = an_event();
	struct out joined;

	(void)state;
	test_call(&c);
	e.summary = "Sinh hoạt chuyên đề về xây dựng nông thôn mới kiểu mẫu, bảo vệ môi trường; giữ gìn vệ sinh\nvà trật tự ở thôn bản vùng cao biên giới";
	const char *text = written(&c, &e), *line = text;

	out_memory(&joined, c.arena);
	for (const char *end; (end = strstr(line, "\r\n")); line = end + 2) {
		assert_true(end - line <= 75);
		assert_true(text_is_utf8(line, (size_t)(end - line)));
		if (*line == ' ')
			out_bytes(&joined, line + 1, (size_t)(end - line - 1));
		else
			out_bytes(&joined, line, (size_t)(end - line));
	}
	assert_string_equal(line, ""); /* everything ended with CR LF */
	assert_non_null(strstr(out_text(&joined),
	                       "SUMMARY:Sinh hoạt chuyên đề về xây dựng nông thôn mới kiểu mẫu\\, bảo vệ môi trường\\; giữ gìn vệ sinh\\nvà trật tự"));
	call_end(&c);
}

static void times_are_local_with_their_zone(void **state)
{
	struct call c;
	struct ical_event e = an_event();
	struct moment at;

	(void)state;
	test_call(&c);
	assert_true(moment_parse("2026-12-03T19:00", &at));
	e.starts_at = at;
	e.ends_at = (struct moment){ at.minutes + 90 };
	const char *text = written(&c, &e);

	assert_non_null(strstr(text, "DTSTART;TZID=Asia/Ho_Chi_Minh:20261203T190000\r\n"));
	assert_non_null(strstr(text, "DTEND;TZID=Asia/Ho_Chi_Minh:20261203T203000\r\n"));
	assert_non_null(strstr(text, "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\n"));
	assert_non_null(strstr(text, "DTSTAMP:20251115T094640Z\r\n"));
	assert_non_null(strstr(text, "SEQUENCE:2\r\n"));
	call_end(&c);
}

static void headers_hold_vietnamese_in_encoded_words(void **state)
{
	struct call c;
	const char *s;

	(void)state;
	test_call(&c);
	assert_string_equal(mail_header_text(c.arena, "plain"), "plain");
	s = mail_header_text(c.arena, "Mời họp: Sinh hoạt chi bộ thường kỳ tháng 12/2026, ngày 03/12/2026 lúc 19 giờ 00");
	assert_int_equal(strncmp(s, "=?UTF-8?B?", 10), 0);
	for (const char *line = s, *end; *line; line = *end ? end + 2 : end) {
		end = strstr(line, "\r\n");
		if (!end)
			end = line + strlen(line);
		assert_true(end - line <= 76);
	}
	call_end(&c);
}

static void addresses_that_are_none_are_refused(void **state)
{
	(void)state;
	assert_true(mail_is_address("an@xa.example"));
	assert_false(mail_is_address("0912345678"));
	assert_false(mail_is_address("an@"));
	assert_false(mail_is_address("@xa"));
	assert_false(mail_is_address("an@xa.example\r\nBcc: all@xa.example"));
	assert_false(mail_is_address("an@xa.example,b@xa.example"));
}

/* ---------------------------------------------------------------- who gets what */

/* A cell with 4 official members, three of them with an address, and a meeting on the schedule. */
static struct fixture a_cell(struct call *c, struct meeting *m)
{
	struct fixture f = fixture_make(c);

	assert_true(sodium_init() >= 0);
	fixture_members(c, f.v1, "V1", 4, 0);
	test_sql(c, "UPDATE member SET contact = 'v1-1@thon.example' WHERE code = 'V1-01'; UPDATE member SET contact = 'v1-2@thon.example' WHERE code = 'V1-02';"
	            "UPDATE member SET contact = 'v1-3@thon.example' WHERE code = 'V1-03'; UPDATE member SET contact = '0912345678' WHERE code = 'V1-04'");
	record_clear(&meeting_record, m);
	m->unit_id = f.v1;
	m->kind = MEETING_REGULAR;
	m->state = MEETING_DATE_REGISTERED;
	m->place = "Nhà văn hóa thôn";
	assert_true(moment_parse("2025-12-03T19:00", &m->starts_at));
	assert_ok(c, meeting_create(c, m));
	return f;
}

static int64_t letters(struct call *c, const char *where)
{
	return test_int(c, arena_printf(c->arena, "SELECT count(*) FROM outbox WHERE %s", where));
}

TEST_BOTH(everybody_with_an_address_is_invited_once)
{
	struct meeting m;
	int64_t written = -1, without = -1;

	a_cell(c, &m);
	assert_ok(c, outbox_invite(c, m.id, "https://chibo.example", &written, &without));
	assert_int_equal(written, 3);
	assert_int_equal(without, 1);
	assert_int_equal(test_int(c, "SELECT count(*) FROM sending WHERE channel = 'mail' AND document_id = 0"), 3);
	assert_int_equal(letters(c, "kind = 'invitation' AND calendar LIKE '%METHOD:REQUEST%'"), 3);
	assert_ok(c, outbox_invite(c, m.id, "https://chibo.example", &written, &without));
	assert_int_equal(written, 0);
	assert_int_equal(letters(c, "1 = 1"), 3);
}

TEST_BOTH(a_meeting_that_is_over_or_only_planned_invites_nobody)
{
	struct meeting m;
	int64_t written;

	a_cell(c, &m);
	test_sql(c, "UPDATE meeting SET state = 'held'");
	assert_fails(c, FAIL_CONFLICT, outbox_invite(c, m.id, "", &written, NULL));
	test_sql(c, "UPDATE meeting SET state = 'planned'");
	assert_fails(c, FAIL_CONFLICT, outbox_invite(c, m.id, "", &written, NULL));
	assert_int_equal(letters(c, "1 = 1"), 0);
}

TEST_BOTH(a_move_and_a_cancellation_reach_those_who_were_invited)
{
	struct meeting m;
	int64_t written;

	a_cell(c, &m);
	assert_ok(c, outbox_invite(c, m.id, "", &written, NULL));
	assert_ok(c, outbox_changes(c, "", &written));
	assert_int_equal(written, 0);
	test_sql(c, "UPDATE meeting SET sequence = 1, starts_at = '2025-12-05T19:00'");
	assert_ok(c, outbox_changes(c, "", &written));
	assert_int_equal(written, 3);
	assert_int_equal(letters(c, "kind = 'change' AND calendar LIKE '%SEQUENCE:1%' AND calendar LIKE '%20251205T190000%'"), 3);
	test_sql(c, "UPDATE meeting SET sequence = 2, state = 'cancelled'");
	assert_ok(c, outbox_changes(c, "", &written));
	assert_int_equal(written, 3);
	assert_int_equal(letters(c, "kind = 'cancellation' AND calendar LIKE '%METHOD:CANCEL%' AND calendar LIKE '%STATUS:CANCELLED%'"), 3);
	assert_ok(c, outbox_changes(c, "", &written));
	assert_int_equal(written, 0);
}

static fail invite_again(struct call *c, void *arg)
{
	const struct meeting *m = arg;
	int64_t written;

	return outbox_invite(c, m->id, "", &written, NULL);
}

static void all_or_none(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(letters(c, "1 = 1"), done ? 3 : 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM sending"), done ? 3 : 0);
}

TEST_BOTH(failing_each_statement_invites_all_or_none)
{
	struct meeting m;

	a_cell(c, &m);
	assert_true(test_faults(c, invite_again, all_or_none, &m) > 3);
}

static const char *token_in(struct call *c, const char *body)
{
	const char *at = strstr(body, "/receipt/");

	assert_non_null(at);
	return arena_printf(c->arena, "%.32s", at + 9);
}

TEST_BOTH(a_link_in_the_letter_confirms_its_receipt)
{
	struct meeting m;
	struct outbox_letters all;
	int64_t written;

	a_cell(c, &m);
	assert_ok(c, outbox_invite(c, m.id, "https://chibo.example", &written, NULL));
	assert_ok(c, db_read_begin(c));
	assert_ok(c, outbox_of_meeting(c, &m, &all));
	db_read_end(c);
	assert_false(all.v[0].received);
	assert_fails(c, FAIL_NOT_FOUND, receipt_confirm(c, "00000000000000000000000000000000"));
	assert_ok(c, receipt_confirm(c, token_in(c, all.v[0].body)));
	assert_ok(c, receipt_confirm(c, token_in(c, all.v[0].body)));
	assert_int_equal(test_int(c, "SELECT count(*) FROM sending WHERE receipt = 'mail' AND received_at IS NOT NULL"), 1);
	assert_ok(c, db_read_begin(c));
	assert_ok(c, outbox_of_meeting(c, &m, &all));
	db_read_end(c);
	assert_int_equal(all.v[0].received + all.v[1].received + all.v[2].received, 1);
}

/* Nobody listens at that port: the letter waits longer each time, and is given up after two days. */
TEST_BOTH(a_letter_that_cannot_be_handed_over_is_tried_for_two_days)
{
	struct mail_server server = { "smtp://127.0.0.1:9", "", "", "chibo@xa.example", "", NULL };
	struct meeting m;
	int64_t written, again, rounds = 0;
	int sent;

	a_cell(c, &m);
	assert_ok(c, outbox_invite(c, m.id, "", &written, NULL));
	while (letters(c, "state = 'waiting'") && rounds < 20) {
		assert_ok(c, outbox_deliver(c, &server, 50, &sent));
		assert_int_equal(sent, 0);
		c->now_ms += INT64_C(25) * 3600 * 1000;
		rounds++;
	}
	assert_int_equal(rounds, 9);
	assert_int_equal(letters(c, "state = 'failed' AND error <> '' AND body <> ''"), 3);
	assert_ok(c, outbox_retry(c, m.id, &again));
	assert_int_equal(again, 3);
	assert_int_equal(letters(c, "state = 'waiting' AND tries = 0"), 3);
}

/* ---------------------------------------------------------------- reminders */

static void a_task(struct call *c, int64_t unit, const char *title, const char *member, const char *due)
{
	struct task t;

	record_clear(&task_record, &t);
	t.unit_id = unit;
	t.title = title;
	t.member_code = member;
	assert_true(date_parse(due, &t.due_on));
	assert_ok(c, task_create(c, &t));
}

TEST_BOTH(all_that_is_overdue_or_soon_due_comes_in_one_letter_a_day)
{
	static const struct remind_rules rules = REMIND_USUAL;
	struct meeting m;
	struct fixture f = a_cell(c, &m);
	struct moment early;
	int64_t written;

	a_task(c, f.v1, "Trồng cây", "V1-01", "2025-11-14");
	a_task(c, f.v1, "Dọn vệ sinh", "V1-01", "2025-11-16");
	a_task(c, f.v1, "Không có thư", "V1-04", "2025-11-14");
	assert_true(moment_parse("2025-11-15T06:59", &early));
	call_set_now(c, early);
	assert_ok(c, reminders_write(c, &rules, "", &written));
	assert_int_equal(written, 0);
	c->now_ms += 60000;
	assert_ok(c, reminders_write(c, &rules, "", &written));
	assert_int_equal(written, 1);
	assert_int_equal(letters(c, "kind = 'reminder' AND body LIKE '%Trồng cây%' AND body LIKE '%Dọn vệ sinh%' AND address = 'v1-1@thon.example'"), 1);
	assert_ok(c, reminders_write(c, &rules, "", &written));
	assert_int_equal(written, 0);
	assert_int_equal(letters(c, "1 = 1"), 1);
}

/* ---------------------------------------------------------------- feeds */

static int64_t an_account(struct call *c, const char *code)
{
	int64_t id = id_new();

	test_sql(c, arena_printf(c->arena,
	                         "INSERT INTO account (id, login, name, password, member_realm, member_id, created_ms) SELECT %lld, code, full_name, '', realm, id, 0 "
	                         "FROM member WHERE code = '%s'",
	                         (long long)id, code));
	return id;
}

static const char *feed_text(struct call *c, int64_t account)
{
	struct out o;

	out_memory(&o, c->arena);
	assert_ok(c, db_read_begin(c));
	assert_ok(c, feed_write(c, account, "", &o));
	db_read_end(c);
	return out_text(&o);
}

TEST_BOTH(a_feed_holds_the_meetings_of_its_person_only)
{
	struct meeting m, other;
	struct fixture f = a_cell(c, &m);
	int64_t account = an_account(c, "V1-01");

	fixture_members(c, f.c21, "C21", 3, 0);
	record_clear(&meeting_record, &other);
	other.unit_id = f.c21;
	other.kind = MEETING_REGULAR;
	other.state = MEETING_DATE_REGISTERED;
	assert_true(moment_parse("2025-12-04T19:00", &other.starts_at));
	assert_ok(c, meeting_create(c, &other));
	const char *text = feed_text(c, account);

	assert_non_null(strstr(text, arena_printf(c->arena, "UID:meeting-%lld@chibo", (long long)m.id)));
	assert_null(strstr(text, arena_printf(c->arena, "UID:meeting-%lld@chibo", (long long)other.id)));
	test_sql(c, arena_printf(c->arena,
	                         "INSERT INTO meeting_guest (realm, meeting_id, id, member_id, name, kind) SELECT realm, %lld, 1, id, full_name, 'assigned' FROM "
	                         "member WHERE code = 'V1-01'",
	                         (long long)other.id));
	assert_non_null(strstr(feed_text(c, account), arena_printf(c->arena, "UID:meeting-%lld@chibo", (long long)other.id)));
}

TEST_BOTH(a_feed_tells_of_postponing_and_cancelling)
{
	struct meeting m;

	a_cell(c, &m);
	int64_t account = an_account(c, "V1-01");

	assert_non_null(strstr(feed_text(c, account), "STATUS:CONFIRMED"));
	test_sql(c, "UPDATE meeting SET state = 'planned'");
	assert_non_null(strstr(feed_text(c, account), "STATUS:TENTATIVE"));
	test_sql(c, "UPDATE meeting SET state = 'postponed', sequence = 3");
	assert_non_null(strstr(feed_text(c, account), "STATUS:CANCELLED"));
	assert_non_null(strstr(feed_text(c, account), "SEQUENCE:3"));
}

TEST_BOTH(only_the_last_address_of_a_calendar_is_in_force)
{
	char first[FEED_TOKEN], second[FEED_TOKEN];
	struct meeting m;
	int64_t account, whose;
	bool revoked;

	a_cell(c, &m);
	account = an_account(c, "V1-01");
	assert_ok(c, feed_make(c, account, first));
	assert_ok(c, feed_make(c, account, second));
	assert_ok(c, db_read_begin(c));
	assert_fails(c, FAIL_NOT_FOUND, feed_account(c, first, &whose));
	assert_fails(c, FAIL_NOT_FOUND, feed_account(c, "no token", &whose));
	assert_ok(c, feed_account(c, second, &whose));
	assert_int_equal(whose, account);
	db_read_end(c);
	assert_ok(c, feed_revoke(c, account, &revoked));
	assert_true(revoked);
	assert_ok(c, feed_revoke(c, account, &revoked));
	assert_false(revoked);
	assert_ok(c, db_read_begin(c));
	assert_fails(c, FAIL_NOT_FOUND, feed_account(c, second, &whose));
	db_read_end(c);
	assert_int_equal(test_int(c, arena_printf(c->arena, "SELECT count(*) FROM journal WHERE entity = 'calendar_feed' AND (before LIKE '%%%s%%' OR after LIKE '%%%s%%')",
	                                          second, second)),
	                 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_folded_between_characters),
		cmocka_unit_test(times_are_local_with_their_zone),
		cmocka_unit_test(headers_hold_vietnamese_in_encoded_words),
		cmocka_unit_test(addresses_that_are_none_are_refused),
		BOTH(everybody_with_an_address_is_invited_once),
		BOTH(a_meeting_that_is_over_or_only_planned_invites_nobody),
		BOTH(a_move_and_a_cancellation_reach_those_who_were_invited),
		BOTH(failing_each_statement_invites_all_or_none),
		BOTH(a_link_in_the_letter_confirms_its_receipt),
		BOTH(a_letter_that_cannot_be_handed_over_is_tried_for_two_days),
		BOTH(all_that_is_overdue_or_soon_due_comes_in_one_letter_a_day),
		BOTH(a_feed_holds_the_meetings_of_its_person_only),
		BOTH(a_feed_tells_of_postponing_and_cancelling),
		BOTH(only_the_last_address_of_a_calendar_is_in_force),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
