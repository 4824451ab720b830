/* test_prepare.c — before the meeting: the committee, guests, what was sent to whom and who received it. */
#include "org/fixture.h"

#include "score/task_list.h"
#include "meeting/agenda.h"
#include "meeting/cycle.h"
#include "meeting/guest.h"
#include "meeting/online.h"
#include "meeting/pre_meeting.h"
#include "meeting/sending.h"
#include "meeting/text.h"
#include "rules/load.h"

struct setting {
	struct fixture fx;
	struct meeting m;
	int64_t people[16]; /* V1-01 … */
};

static struct moment at(const char *text)
{
	struct moment m;

	assert_true(moment_parse(text, &m));
	return m;
}

static void hold(struct call *c, const struct setting *s, int n, unsigned kind)
{
	struct post p;

	record_clear(&post_record, &p);
	p.realm = s->fx.q08;
	p.member_id = s->people[n - 1];
	p.unit_id = s->fx.v1;
	p.post = kind;
	p.valid_from = FIXTURE_FROM;
	assert_ok(c, org_post_begin(c, &p));
}

/* The regular meeting of 3 December 2025 of a village cell; today is 15 November. */
static struct setting begin(struct call *c, int members)
{
	struct setting s = { .fx = fixture_make(c) };
	struct rules *rules = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };
	struct member who;

	assert_ok(c, rules_load_dir(c->arena, "rules", rules, &bad));
	c->rules = rules;
	fixture_members(c, s.fx.v1, "V1", members, 0);
	for (int i = 0; i < members; i++)
		READING(c) {
			assert_ok(c, org_member_by_code(c, 0, arena_printf(c->arena, "V1-%02d", i + 1), &who));
			s.people[i] = who.id;
		}
	record_clear(&meeting_record, &s.m);
	s.m.unit_id = s.fx.v1;
	s.m.kind = MEETING_REGULAR;
	s.m.state = MEETING_DATE_REGISTERED;
	s.m.starts_at = at("2025-12-03T19:00");
	assert_ok(c, meeting_create(c, &s.m));
	return s;
}

/* ---------------------------------------------------------------- the committee */

static struct pre_meeting pre_at(const char *starts, const char *ends, int64_t chair, int64_t minutes)
{
	struct pre_meeting p;

	record_clear(&pre_meeting_record, &p);
	p.starts_at = at(starts);
	p.ends_at = *ends ? at(ends) : MOMENT_NONE;
	p.chair_id = chair;
	p.minute_taker_id = minutes;
	p.form = PRE_NO_FORM;
	p.rev = 0;
	return p;
}

static enum pre_need look(struct call *c, const struct setting *s, struct pre_meeting *p, struct pre_people *people)
{
	enum pre_need need;

	READING(c)
		assert_ok(c, pre_meeting_of(c, &s->m, p, people, &need));
	return need;
}

TEST_BOTH(D3_3_three_legal_forms_follow_from_the_posts)
{
	struct setting s = begin(c, 12);
	struct pre_meeting p;
	struct pre_people people;

	assert_int_equal(look(c, &s, &p, &people), PRE_UNKNOWN);
	assert_int_equal(p.rev, 0);
	hold(c, &s, 1, POST_SECRETARY);
	assert_int_equal(look(c, &s, &p, &people), PRE_NEEDS_NONE);
	hold(c, &s, 2, POST_DEPUTY);
	assert_int_equal(look(c, &s, &p, &people), PRE_NEEDS_CONFER);
	assert_int_equal(people.n, 2);
	for (int i = 1; i <= 3; i++)
		hold(c, &s, i, POST_COMMITTEE);
	assert_int_equal(look(c, &s, &p, &people), PRE_NEEDS_COMMITTEE);
	assert_int_equal(people.n, 3); /* the secretary once */
	assert_int_equal(people.v[0].post, POST_SECRETARY);
}

/* Of the step "pre-meeting" on the page of the meeting. */
static enum step_state pre_step(struct call *c, const struct setting *s)
{
	struct meeting_progress p;
	struct meeting_whole w;
	struct task_list list;
	struct meeting m;

	READING(c) {
		assert_ok(c, meeting_by_id(c, s->m.id, &m));
		assert_ok(c, meeting_whole(c, &m, &w));
		assert_ok(c, meeting_progress_of(c, &m, &p));
		assert_ok(c, task_list_of(c, &w, &p, &list));
	}
	for (size_t i = 0; i < list.groups[0].n; i++)
		if (strcmp(list.groups[0].steps[i].title, "Committee pre-meeting") == 0)
			return list.groups[0].steps[i].state;
	fail_msg("no such step");
	return STEP_TODO;
}

TEST_BOTH(D3_3_a_secretary_alone_is_not_asked_to_confer)
{
	struct setting s = begin(c, 12);

	hold(c, &s, 1, POST_SECRETARY);
	assert_int_equal(pre_step(c, &s), STEP_DONE);
	hold(c, &s, 2, POST_DEPUTY);
	assert_int_not_equal(pre_step(c, &s), STEP_DONE);
}

TEST_BOTH(V02_a_cell_without_a_committee_has_no_meeting_of_it)
{
	struct setting s = begin(c, 8);
	struct pre_meeting stored, p = pre_at("2025-11-14T19:00", "2025-11-14T20:00", s.people[0], 0);
	struct flaws found = { 0 };

	assert_fails(c, FAIL_INPUT, pre_meeting_save(c, s.m.id, &p, NULL, &stored, &found)); /* nobody's post is known */
	hold(c, &s, 1, POST_SECRETARY);
	hold(c, &s, 2, POST_DEPUTY);
	p.form = PRE_COMMITTEE;
	assert_fails(c, FAIL_INPUT, pre_meeting_save(c, s.m.id, &p, NULL, &stored, &found));
	assert_string_equal(found.v[0].field, "form");
	p.form = PRE_NO_FORM;
	assert_ok(c, pre_meeting_save(c, s.m.id, &p, NULL, &stored, &found));
	assert_int_equal(p.form, PRE_CONFER);
	assert_int_equal(p.rev, 1);
}

static struct setting with_committee(struct call *c)
{
	struct setting s = begin(c, 12);

	hold(c, &s, 1, POST_SECRETARY);
	hold(c, &s, 2, POST_DEPUTY);
	for (int i = 1; i <= 3; i++)
		hold(c, &s, i, POST_COMMITTEE);
	return s;
}

TEST_BOTH(what_cannot_be_is_refused_at_its_field)
{
	struct setting s = with_committee(c);
	struct pre_meeting stored, p = pre_at("2025-12-04T19:00", "2025-12-04T18:00", s.people[8], s.people[2]);
	struct flaws found = { 0 };
	struct pre_person here[] = { { .member_id = s.people[0], .present = true }, { .member_id = s.people[1], .present = true }, { .member_id = s.people[2] } };

	assert_fails(c, FAIL_INPUT, pre_meeting_save(c, s.m.id, &p, &(struct pre_people){ here, 3 }, &stored, &found));
	assert_int_equal(found.n, 5); /* after the meeting, end before start, end to come, a chair from outside, a minute-taker who was away */
	p = pre_at("2025-11-14T19:00", "", s.people[0], s.people[1]);
	p.form = PRE_CONFER;
	assert_fails(c, FAIL_INPUT, pre_meeting_save(c, s.m.id, &p, NULL, &stored, &found));
	assert_int_equal(test_int(c, "SELECT count(*) FROM pre_meeting"), 0);
}

static void write_texts(struct call *c, const struct setting *s)
{
	assert_ok(c, meeting_text_save(c, &s->m, TEXT_PRE_RESULTS, "7 trên 8 việc đã xong", 0, NULL));
	assert_ok(c, meeting_text_save(c, &s->m, TEXT_PRE_TASKS, "Thu quỹ vì người nghèo", 0, NULL));
}

TEST_BOTH(D3_3_signing_needs_everything_and_ends_all_changes)
{
	struct setting s = with_committee(c);
	struct pre_meeting stored, p = pre_at("2025-11-14T19:00", "", s.people[0], 0);
	struct flaws found = { 0 };
	struct meeting m;

	assert_fails(c, FAIL_INPUT, pre_meeting_sign(c, s.m.id, ANY_REV, DATE_NONE, &m, &found));
	assert_int_equal(found.n, 4); /* it itself, two texts, the agenda */
	assert_ok(c, pre_meeting_save(c, s.m.id, &p, NULL, &stored, &found));
	assert_fails(c, FAIL_INPUT, pre_meeting_sign(c, s.m.id, p.rev, DATE_NONE, &m, &found));
	assert_int_equal(found.n, 5); /* end, minute-taker, two texts, the agenda */
	p.ends_at = at("2025-11-14T20:00");
	p.minute_taker_id = s.people[2];
	assert_ok(c, pre_meeting_save(c, s.m.id, &p, NULL, &stored, &found));
	write_texts(c, &s);
	assert_ok(c, agenda_propose(c, s.m.id, NULL));
	assert_fails(c, FAIL_CONFLICT, pre_meeting_sign(c, s.m.id, 1, DATE_NONE, &m, &found)); /* signed what had been changed */
	assert_fails(c, FAIL_INPUT, pre_meeting_sign(c, s.m.id, p.rev, date_of(2025, 11, 13), &m, &found));
	assert_ok(c, pre_meeting_sign(c, s.m.id, p.rev, DATE_NONE, &m, &found));
	assert_int_equal(m.pre_meeting_on.days, date_of(2025, 11, 14).days);
	assert_ok(c, pre_meeting_sign(c, s.m.id, p.rev, DATE_NONE, &m, &found)); /* a double click */
	p.rev = 3;
	assert_fails(c, FAIL_CONFLICT, pre_meeting_save(c, s.m.id, &p, NULL, &stored, &found));
	assert_int_equal(stored.rev, 3);
	READING(c)
		assert_fails(c, FAIL_CONFLICT, pre_meeting_may_edit(c, &s.m));
}

TEST_BOTH(two_who_write_the_committees_minutes_see_both_versions)
{
	struct setting s = with_committee(c);
	struct pre_meeting stored, mine = pre_at("2025-11-14T19:00", "", 0, 0), theirs = mine;
	struct flaws found = { 0 };

	theirs.place = "Nhà văn hóa";
	assert_ok(c, pre_meeting_save(c, s.m.id, &theirs, NULL, &stored, &found));
	assert_fails(c, FAIL_CONFLICT, pre_meeting_save(c, s.m.id, &mine, NULL, &stored, &found));
	assert_string_equal(stored.place, "Nhà văn hóa");
}

TEST_BOTH(V03_a_month_without_a_meeting_of_the_committee_is_asked_about)
{
	struct setting s = with_committee(c);
	struct pre_meeting p, stored, kept = pre_at("2025-11-14T19:00", "", 0, 0);
	struct pre_people people;
	struct flaws found = { 0 };
	bool met = true;

	enum pre_need need = look(c, &s, &p, &people);

	READING(c) {
		assert_ok(c, pre_meeting_committee_met(c, s.m.realm, s.fx.v1, month_of(2025, 11), &met));
		assert_ok(c, pre_meeting_questions(c, &s.m, &p, &people, need, &found));
	}
	assert_false(met);
	assert_int_equal(found.n, 1);
	assert_ok(c, pre_meeting_save(c, s.m.id, &kept, NULL, &stored, &found));
	need = look(c, &s, &p, &people);
	found.n = 0;
	READING(c) {
		assert_ok(c, pre_meeting_committee_met(c, s.m.realm, s.fx.v1, month_of(2025, 11), &met));
		assert_ok(c, pre_meeting_questions(c, &s.m, &p, &people, need, &found));
	}
	assert_true(met);
	assert_int_equal(found.n, 0);
}

/* ---------------------------------------------------------------- guests */

static struct guest guest(const char *name, unsigned kind)
{
	return (struct guest){ .name = name, .function = "Phó bí thư đảng ủy", .contact = "", .kind = kind };
}

TEST_BOTH(guests_are_invited_once_by_name_or_as_known_members)
{
	struct setting s = begin(c, 5);
	struct guest a = guest("Lê Thị Khách", GUEST_VISITOR), twice = a, b, bad;
	struct member officer = fixture_member(c, s.fx.c21, "X2-01", STATUS_OFFICIAL);
	struct guests all;

	assert_ok(c, guest_invite(c, s.m.id, "", &a));
	assert_ok(c, guest_invite(c, s.m.id, "", &twice));
	assert_int_equal(twice.id, a.id);
	b = guest("", GUEST_ASSIGNED);
	assert_ok(c, guest_invite(c, s.m.id, "X2-01", &b));
	assert_int_equal(b.member_id, officer.id);
	assert_string_equal(b.name, officer.full_name);
	READING(c)
		assert_ok(c, guests_of(c, &s.m, &all));
	assert_int_equal(all.n, 2);
	assert_int_equal(all.v[0].kind, GUEST_ASSIGNED); /* first */
	bad = guest("", GUEST_ASSIGNED);
	assert_fails(c, FAIL_INPUT, guest_invite(c, s.m.id, "V1-02", &bad)); /* of the cell itself */
	bad = guest("Trần Văn Không", GUEST_VISITOR);
	bad.function = "";
	assert_fails(c, FAIL_INPUT, guest_invite(c, s.m.id, "", &bad));
	bad = guest("", GUEST_VISITOR);
	assert_fails(c, FAIL_INPUT, guest_invite(c, s.m.id, "", &bad));
	bad = guest("", GUEST_VISITOR);
	assert_fails(c, FAIL_NOT_FOUND, guest_invite(c, s.m.id, "NOBODY", &bad));
}

/* ---------------------------------------------------------------- sendings */

static void give_login(struct call *c, const struct setting *s, int n)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO account (id, login, name, password, member_realm, member_id, created_ms) VALUES (%d, 'a%d', 'A', '', %lld, %lld, 0)",
	                         900 + n, n, (long long)s->fx.q08, (long long)s->people[n - 1]));
}

static fail send(struct call *c, const struct setting *s, unsigned channel, const char *const *people, size_t n, int64_t document, int64_t *sent)
{
	const int64_t documents[] = { document };

	return sending_send(c, &(struct sending_order){ .meeting_id = s->m.id, .documents = documents, .document_n = 1, .people = people, .people_n = n,
	                                                .channel = channel, .at = MOMENT_NONE }, sent);
}

static struct sending_sums sums(struct call *c, const struct setting *s)
{
	struct told_people people;
	struct sendings all;

	READING(c) {
		assert_ok(c, sending_people(c, &s->m, &people));
		assert_ok(c, sendings_of(c, &s->m, &all));
	}
	return sending_sums(&s->m, &people, &all);
}

TEST_BOTH(D3_4_everybody_and_the_assigned_guest_have_to_be_told)
{
	struct setting s = begin(c, 5);
	struct guest a = guest("Lê Thị Khách", GUEST_ASSIGNED), v = guest("Đỗ Văn Đến", GUEST_VISITOR);
	int64_t sent;

	for (int i = 1; i <= 3; i++)
		give_login(c, &s, i);
	assert_ok(c, guest_invite(c, s.m.id, "", &a));
	assert_ok(c, guest_invite(c, s.m.id, "", &v));
	assert_ok(c, send(c, &s, CHANNEL_APP, NULL, 0, NOTICE, &sent));
	assert_int_equal(sent, 3); /* those with an account */
	assert_ok(c, send(c, &s, CHANNEL_APP, NULL, 0, NOTICE, &sent));
	assert_int_equal(sent, 0); /* a second tap */
	assert_int_equal(sums(c, &s).people, 6); /* five and the assigned one; visitors need not be told */
	assert_int_equal(sums(c, &s).told, 3);
	assert_false(sums(c, &s).all_told);
	const char *rest[] = { arena_printf(c->arena, "m%lld", (long long)s.people[3]), arena_printf(c->arena, "m%lld", (long long)s.people[4]) };

	assert_ok(c, send(c, &s, CHANNEL_TOLD, rest, 2, NOTICE, &sent));
	assert_int_equal(sums(c, &s).received, 2);
	assert_false(sums(c, &s).all_told);
	const char *higher[] = { arena_printf(c->arena, "g%lld", (long long)a.id) };

	assert_ok(c, send(c, &s, CHANNEL_MESSAGE, higher, 1, NOTICE, &sent));
	assert_true(sums(c, &s).all_told);
	assert_ok(c, send(c, &s, CHANNEL_PAPER, higher, 1, NOTICE, &sent)); /* told twice counts once */
	assert_int_equal(sums(c, &s).told, 6);
	assert_ok(c, guest_drop(c, s.m.id, a.id)); /* what was sent to them goes with the invitation */
	assert_int_equal(test_int(c, "SELECT count(*) FROM sending WHERE person LIKE 'g%'"), 0);
}

TEST_BOTH(a_person_stands_in_a_list_once_and_belongs_to_the_meeting)
{
	struct setting s = begin(c, 5);
	const char *first = arena_printf(c->arena, "m%lld", (long long)s.people[0]), *twice[] = { first, first }, *stranger[] = { first, "m99" };
	int64_t sent;

	assert_fails(c, FAIL_INPUT, send(c, &s, CHANNEL_PAPER, twice, 2, NOTICE, &sent));
	assert_fails(c, FAIL_INPUT, send(c, &s, CHANNEL_PAPER, stranger, 2, NOTICE, &sent));
	assert_fails(c, FAIL_INPUT, send(c, &s, CHANNEL_APP, &first, 1, NOTICE, &sent)); /* no account */
	assert_int_equal(test_int(c, "SELECT count(*) FROM sending"), 0);
}

static void add_paper(struct call *c, const struct setting *s, int id, const char *secrecy)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO document (realm, id, unit_id, meeting_id, purpose, secrecy, subject) VALUES (%lld, %d, %lld, %lld, 'material', '%s', 'Tài liệu %d')",
	                         (long long)s->m.realm, id, (long long)s->fx.v1, (long long)s->m.id, secrecy, id));
}

TEST_BOTH(secrecy_says_by_which_way_a_paper_goes)
{
	struct setting s = begin(c, 5);
	const char *first = arena_printf(c->arena, "m%lld", (long long)s.people[0]);
	int64_t sent;

	give_login(c, &s, 1);
	add_paper(c, &s, 71, "open");
	add_paper(c, &s, 72, "internal");
	add_paper(c, &s, 73, "secret");
	for (unsigned channel = CHANNEL_APP; channel < CHANNEL_COUNT; channel++) {
		bool inside = channel != CHANNEL_MAIL && channel != CHANNEL_MESSAGE;

		assert_ok(c, send(c, &s, channel, &first, 1, 71, &sent));
		assert_result(c, inside ? FAIL_OK : FAIL_INPUT, send(c, &s, channel, &first, 1, 72, &sent), "internal", __FILE__, __LINE__);
		problem_clear(c);
		assert_result(c, channel == CHANNEL_PAPER ? FAIL_OK : FAIL_INPUT, send(c, &s, channel, &first, 1, 73, &sent), "secret", __FILE__, __LINE__);
		problem_clear(c);
	}
	assert_fails(c, FAIL_NOT_FOUND, send(c, &s, CHANNEL_PAPER, &first, 1, 74, &sent));
}

TEST_BOTH(D3_5_papers_go_out_a_day_before)
{
	struct setting s = begin(c, 5);
	const char *first = arena_printf(c->arena, "m%lld", (long long)s.people[0]);
	const int64_t documents[] = { 71 };
	struct sending_order o = { .meeting_id = s.m.id, .documents = documents, .document_n = 1, .people = &first, .people_n = 1, .channel = CHANNEL_PAPER };
	int64_t sent;

	add_paper(c, &s, 71, "open");
	assert_false(sums(c, &s).a_day_before);
	o.at = at("2025-12-02T19:01");
	assert_fails(c, FAIL_INPUT, sending_send(c, &o, &sent)); /* still to come */
	call_set_now(c, at("2025-12-03T12:00"));
	assert_ok(c, sending_send(c, &o, &sent));
	assert_false(sums(c, &s).a_day_before);
	o.channel = CHANNEL_MESSAGE;
	o.at = at("2025-12-02T19:00");
	assert_ok(c, sending_send(c, &o, &sent));
	assert_true(sums(c, &s).a_day_before);
}

TEST_BOTH(opening_it_is_the_receipt)
{
	struct setting s = begin(c, 5);
	const char *first = arena_printf(c->arena, "m%lld", (long long)s.people[0]), *person;
	int64_t sent;

	give_login(c, &s, 1);
	assert_ok(c, send(c, &s, CHANNEL_APP, NULL, 0, NOTICE, &sent));
	c->who.account = 901;
	READING(c)
		assert_ok(c, sending_person_asking(c, &s.m, &person));
	assert_string_equal(person, first);
	assert_ok(c, sending_opened(c, &s.m, NOTICE, person));
	assert_int_equal(sums(c, &s).received, 1);
	call_set_now(c, at("2025-11-20T12:00"));
	assert_ok(c, sending_opened(c, &s.m, NOTICE, person)); /* the first time counts */
	assert_int_equal(test_int(c, "SELECT count(*) FROM sending WHERE received_at = '2025-11-15T09:00' AND receipt = 'sign_in'"), 1);
	c->who.account = 902;
	READING(c)
		assert_ok(c, sending_person_asking(c, &s.m, &person));
	assert_null(person);
}

TEST_BOTH(nothing_is_sent_before_there_is_a_day_or_once_it_has_begun)
{
	struct setting s = begin(c, 5);
	int64_t sent;

	test_sql(c, "UPDATE meeting SET state = 'planned'");
	assert_fails(c, FAIL_CONFLICT, send(c, &s, CHANNEL_PAPER, NULL, 0, NOTICE, &sent));
	test_sql(c, "UPDATE meeting SET state = 'open'");
	assert_fails(c, FAIL_CONFLICT, send(c, &s, CHANNEL_PAPER, NULL, 0, NOTICE, &sent));
}

static fail send_all(struct call *c, void *arg)
{
	int64_t sent;

	return send(c, arg, CHANNEL_PAPER, NULL, 0, NOTICE, &sent);
}

static void all_or_nobody(struct call *c, void *arg, bool done)
{
	(void)arg;
	assert_int_equal(test_int(c, "SELECT count(*) FROM sending"), done ? 12 : 0);
}

TEST_BOTH(everybody_is_told_or_nobody)
{
	struct setting s = begin(c, 12);

	assert_true(test_faults(c, send_all, all_or_nobody, &s) >= 6);
}

/* ---------------------------------------------------------------- online */

static fail set_mode(struct call *c, const struct setting *s, unsigned mode)
{
	struct meeting m, stored;

	READING(c)
		assert_ok(c, meeting_by_id(c, s->m.id, &m));
	m.mode = mode;
	return meeting_update(c, &m, &stored);
}

static struct online_leave leave(int from_month, int to_month)
{
	return (struct online_leave){ true, date_of(2025, from_month, 1), date_of(2025, to_month, 28) };
}

TEST_BOTH(online_only_with_leave_of_the_committee_above_for_that_day)
{
	struct setting s = begin(c, 5);
	struct online_leave l = leave(1, 11), back, wrong = { true, date_of(2025, 5, 1), date_of(2025, 4, 1) };

	assert_fails(c, FAIL_INPUT, set_mode(c, &s, MEETING_ONLINE));
	assert_string_equal(test_problem.field, "mode");
	assert_fails(c, FAIL_INPUT, set_mode(c, &s, MEETING_HYBRID));
	assert_ok(c, set_mode(c, &s, MEETING_IN_PERSON));
	assert_fails(c, FAIL_INPUT, online_leave_put(c, s.fx.v1, &wrong));
	wrong.to = date_of(2026, 5, 1);
	assert_fails(c, FAIL_INPUT, online_leave_put(c, s.fx.v1, &wrong)); /* longer than a year */
	assert_ok(c, online_leave_put(c, s.fx.v1, &l));
	assert_fails(c, FAIL_INPUT, set_mode(c, &s, MEETING_ONLINE)); /* until November only */
	l = leave(1, 12);
	assert_ok(c, online_leave_put(c, s.fx.v1, &l));
	assert_ok(c, set_mode(c, &s, MEETING_HYBRID));
	READING(c)
		assert_ok(c, online_leave_of(c, s.fx.v1, &back));
	assert_int_equal(back.to.days, date_of(2025, 12, 28).days);
	l.given = false;
	assert_ok(c, online_leave_put(c, s.fx.v1, &l));
	READING(c)
		assert_ok(c, online_leave_of(c, s.fx.v1, &back));
	assert_false(back.given);
}

TEST_BOTH(a_fourth_online_meeting_in_a_year_is_refused)
{
	struct setting s = begin(c, 5);
	struct online_leave l = leave(1, 12);
	struct meeting m;

	assert_ok(c, online_leave_put(c, s.fx.v1, &l));
	for (int month = 3; month <= 5; month++) {
		m = s.m;
		m.id = 0;
		m.code = "";
		m.mode = MEETING_ONLINE;
		m.starts_at = at(arena_printf(c->arena, "2025-%02d-03T19:00", month));
		assert_ok(c, meeting_create(c, &m));
	}
	assert_fails(c, FAIL_INPUT, set_mode(c, &s, MEETING_ONLINE));
	assert_ok(c, set_mode(c, &s, MEETING_HYBRID)); /* not wholly online */
	test_sql(c, "UPDATE meeting SET state = 'cancelled' WHERE month = 24303"); /* April 2025 */
	assert_ok(c, set_mode(c, &s, MEETING_ONLINE));
}

TEST_BOTH(secret_matters_are_never_dealt_with_online)
{
	struct setting s = begin(c, 5);
	struct online_leave l = leave(1, 12);

	assert_ok(c, online_leave_put(c, s.fx.v1, &l));
	add_paper(c, &s, 73, "secret");
	assert_fails(c, FAIL_INPUT, set_mode(c, &s, MEETING_HYBRID));
	test_sql(c, "UPDATE document SET secrecy = 'internal'");
	assert_ok(c, set_mode(c, &s, MEETING_HYBRID));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(D3_3_three_legal_forms_follow_from_the_posts),
		BOTH(D3_3_a_secretary_alone_is_not_asked_to_confer),
		BOTH(V02_a_cell_without_a_committee_has_no_meeting_of_it),
		BOTH(what_cannot_be_is_refused_at_its_field),
		BOTH(D3_3_signing_needs_everything_and_ends_all_changes),
		BOTH(two_who_write_the_committees_minutes_see_both_versions),
		BOTH(V03_a_month_without_a_meeting_of_the_committee_is_asked_about),
		BOTH(guests_are_invited_once_by_name_or_as_known_members),
		BOTH(D3_4_everybody_and_the_assigned_guest_have_to_be_told),
		BOTH(a_person_stands_in_a_list_once_and_belongs_to_the_meeting),
		BOTH(secrecy_says_by_which_way_a_paper_goes),
		BOTH(D3_5_papers_go_out_a_day_before),
		BOTH(opening_it_is_the_receipt),
		BOTH(nothing_is_sent_before_there_is_a_day_or_once_it_has_begun),
		BOTH(everybody_is_told_or_nobody),
		BOTH(online_only_with_leave_of_the_committee_above_for_that_day),
		BOTH(a_fourth_online_meeting_in_a_year_is_refused),
		BOTH(secret_matters_are_never_dealt_with_online),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
