/* test_mine.c — what is stored about a person is shown and given out whole: no column that names a person is forgotten, and no other person
 * sees it. */
#include "org/fixture.h"
#include "support/support.h"

#include <glob.h>
#include <string.h>

#include "access/account.h"
#include "app/mine.h"
#include "meeting/meeting.h"

/* ---------------------------------------------------------------- the schema */

/* Columns that end like a person's but name something else, in whatever table. */
static const char *const things[] = { "unit_id",   "parent_id",  "predecessor_id", "meeting_id",   "document_id",   "file_id",
	                                  "task_id",   "target_id",  "vote_id",        "programme_id", "resolution_id", "entity_id",
	                                  "annex_to",  "year_plan_id", "plan_id",       "decision_id",  "case_id",       "rule_id",
	                                  "initiative_id", "agreement_id", NULL };
/* Free text that may be a name: read with the paper it stands in. A committee's proposal names a unit. */
static const char *const texts[] = { "document.signed_by", "sending.told_by", "meeting_step.approved_by", "year_plan.proposed_by",
	                                 "award.signed_by", "agreement_party.signed_by", "initiative.recognised_by", NULL };
/* Units that gave or published something. */
static const char *const units[] = { "award.given_by", "example.published_by", NULL };
/* `id` names a person only here. */
static const char *const persons[] = { "member.id", "account.id", NULL };

static bool listed(const char *const *list, const char *word)
{
	for (; *list; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

static bool ends(const char *s, const char *with)
{
	size_t n = strlen(s), k = strlen(with);

	return n >= k && strcmp(s + n - k, with) == 0;
}

static bool looks_personal(const char *full, const char *column)
{
	static const char *const words[] = { "actor", "person", "login", "address", NULL };

	return listed(persons, full) || ends(column, "_by") || listed(words, column) || (ends(column, "_id") && !listed(things, column));
}

struct walk { char table[80]; int columns, personal, missing; bool quiet; };

static void see_column(struct walk *w, const char *table, const char *column)
{
	char full[200];

	snprintf(full, sizeof full, "%s.%s", table, column);
	w->columns++;
	if (!looks_personal(full, column) || listed(texts, full) || listed(units, full))
		return;
	w->personal++;
	if (listed(mine_columns, full))
		return;
	w->missing++;
	if (!w->quiet)
		print_error("%s names a person, and src/app/mine.sql does not gather it (mine.h)\n", full);
}

static void see_line(struct walk *w, const char *line)
{
	char table[80], column[80], type[80];

	if (sscanf(line, "CREATE TABLE %79s", table) == 1)
		snprintf(w->table, sizeof w->table, "%s", table);
	else if (sscanf(line, "ALTER TABLE %79s ADD COLUMN %79s", table, column) == 2)
		see_column(w, table, column);
	else if (line[0] == ')')
		w->table[0] = '\0';
	else if (w->table[0] && line[0] == '\t' && line[1] >= 'a' && line[1] <= 'z' && sscanf(line, " %79s %79s", column, type) == 2)
		see_column(w, w->table, column);
}

static void every_column_that_names_a_person_is_gathered(void **state)
{
	struct walk w = { .quiet = false };
	glob_t files;
	char line[4000];

	(void)state;
	assert_int_equal(glob("migrations/*.sql", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		FILE *f = fopen(files.gl_pathv[i], "r");

		assert_non_null(f);
		while (fgets(line, sizeof line, f))
			see_line(&w, line);
		fclose(f);
	}
	globfree(&files);
	assert_true(w.columns > 200);
	assert_true(w.personal > 30);
	assert_int_equal(w.missing, 0);
}

static void a_forgotten_column_is_noticed(void **state)
{
	struct walk w = { .quiet = true };

	(void)state;
	see_line(&w, "CREATE TABLE prize (");
	see_line(&w, "\trealm       @INT NOT NULL,");
	see_line(&w, "\tunit_id     @INT NOT NULL,");
	assert_int_equal(w.missing, 0);
	see_line(&w, "\tmember_id   @INT NOT NULL,");
	see_line(&w, ") @STRICT;");
	see_line(&w, "ALTER TABLE prize ADD COLUMN given_by TEXT;");
	assert_int_equal(w.missing, 2);
}

/* ---------------------------------------------------------------- the data */

struct world { struct account me, other; struct member m; };

static void insert(struct call *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void insert(struct call *c, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	test_sql(c, arena_vprintf(c->arena, fmt, args));
	va_end(args);
}

static void fill_papers(struct call *c, const struct meeting *m, long long r, long long me)
{
	long long u = (long long)m->unit_id, id = (long long)m->id;

	insert(c, "INSERT INTO document (realm, id, unit_id, meeting_id, subject, author_id) VALUES (%lld, 1, %lld, %lld, 'Dự thảo', %lld)", r, u, id, me);
	insert(c, "INSERT INTO planned_topic (realm, unit_id, year, id, quarter, title, author_id) VALUES (%lld, %lld, 2025, 1, 4, 'Chuyên đề', %lld)", r, u, me);
	insert(c, "INSERT INTO programme_item (realm, unit_id, year, id, title, leader_id) VALUES (%lld, %lld, 2025, 1, 'Mục', %lld)", r, u, me);
	insert(c, "INSERT INTO sending (realm, meeting_id, document_id, person, channel, sent_at, sent_by) "
	          "VALUES (%lld, %lld, 1, 'm%lld', 'app', '2025-11-01T08:00', 'me')", r, id, me);
	insert(c, "INSERT INTO outbox (realm, id, kind, person, address, subject, body, next_ms, created_ms) "
	          "VALUES (%lld, 1, 'invitation', 'm%lld', 'a@b.vn', 'Giấy mời', '', 0, 1762000000000)", r, me);
}

static void fill_room(struct call *c, const struct meeting *m, long long r, long long me)
{
	long long id = (long long)m->id;

	insert(c, "UPDATE meeting SET chair_id = %lld WHERE id = %lld", me, id);
	insert(c, "INSERT INTO pre_meeting (realm, meeting_id, form, starts_at, chair_id) VALUES (%lld, %lld, 'committee', '2025-11-01T19:00', %lld)", r, id, me);
	insert(c, "INSERT INTO pre_meeting_person (realm, meeting_id, member_id, present) VALUES (%lld, %lld, %lld, 1)", r, id, me);
	insert(c, "INSERT INTO meeting_guest (realm, meeting_id, id, member_id, name, kind) VALUES (%lld, %lld, 1, %lld, 'A', 'visitor')", r, id, me);
	insert(c, "INSERT INTO vote (realm, id, meeting_id, subject, title, rule, method, base) "
	          "VALUES (%lld, 1, %lld, 'resolution', 'Nghị quyết', 'majority', 'hand', 3)", r, id);
	insert(c, "INSERT INTO vote_teller (realm, vote_id, teller, member_id) VALUES (%lld, 1, 1, %lld)", r, me);
	insert(c, "INSERT INTO ballot_roll (realm, vote_id, member_id) VALUES (%lld, 1, %lld)", r, me);
	insert(c, "INSERT INTO attendance (realm, meeting_id, member_id, status) VALUES (%lld, %lld, %lld, 'present')", r, id, me);
	insert(c, "INSERT INTO task (realm, id, code, unit_id, title, member_id) VALUES (%lld, 1, 'T1', %lld, 'Trồng cây', %lld)", r,
	       (long long)m->unit_id, me);
	insert(c, "INSERT INTO task_update (realm, task_id, seq, actor, at_ms) VALUES (%lld, 1, 1, 'me', 1762000000000)", r);
	insert(c, "INSERT INTO score_sheet (realm, meeting_id, stage, revision, points, class, actor, at_ms, followed_by) "
	          "VALUES (%lld, %lld, 'self', 1, 900, 'good', 'somebody', 1762000000000, %lld)", r, id, me);
}

static struct world make_world(struct call *c)
{
	struct fixture f = fixture_make(c);
	struct world w;
	struct meeting m;
	struct grant g = { .role = ROLE_MEMBER, .unit_id = f.v1, .valid_from = FIXTURE_FROM, .valid_to = DATE_OPEN };

	fixture_members(c, f.v1, "V1", 4, 0);
	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "V1-02", &w.m));
	w.me = (struct account){ .login = "me", .name = "Tôi", .member_realm = w.m.realm, .member_id = w.m.id };
	w.other = (struct account){ .login = "other", .name = "Khác", .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	assert_ok(c, account_add(c, &w.me, "mot hai ba bon", &g));
	assert_ok(c, account_add(c, &w.other, "mot hai ba bon", NULL));
	record_clear(&meeting_record, &m);
	m.unit_id = f.v1;
	m.kind = MEETING_REGULAR;
	m.starts_at = (struct moment){ (int64_t)date_of(2025, 11, 3).days * 1440 + 19 * 60 };
	assert_ok(c, meeting_create(c, &m));
	fill_room(c, &m, (long long)w.m.realm, (long long)w.m.id);
	fill_papers(c, &m, (long long)w.m.realm, (long long)w.m.id);
	return w;
}

static size_t rows_of(const struct mine_view *v, const char *key)
{
	for (size_t i = 0; i < v->n; i++)
		if (strcmp(v->v[i].key, key) == 0)
			return v->v[i].n;
	return 0;
}

TEST_BOTH(each_part_holds_the_rows_of_the_person)
{
	static const struct { const char *key; size_t n; } parts[] = {
		{ "account", 1 }, { "roles", 1 }, { "member", 1 }, { "memberships", 1 }, { "attendance", 1 }, { "tasks", 1 }, { "meetings", 1 },
		{ "pre_meetings", 2 }, { "guest", 1 }, { "votes", 2 }, { "papers", 3 }, { "followed", 1 }, { "sendings", 1 }, { "letters", 1 },
		{ "acts", 2 },
	};
	struct world w = make_world(c);
	struct mine_view v;
	struct out o;
	struct json j;

	READING(c)
		assert_ok(c, mine_gather(c, &w.me, &v));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (rows_of(&v, parts[i].key) != parts[i].n)
			fail_msg("%s: %zu rows instead of %zu", parts[i].key, rows_of(&v, parts[i].key), parts[i].n);
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	mine_json(&j, &v);
	assert_non_null(strstr(out_text(&o), "Trồng cây"));
	assert_null(strstr(out_text(&o), "argon2")); /* not even one's own password */
	out_memory(&o, c->arena);
	assert_ok(c, mine_zip(c, &v, &o));
	assert_memory_equal(o.data, "PK\3\4", 4);
}

TEST_BOTH(another_account_gets_nothing_of_it)
{
	struct world w = make_world(c);
	struct mine_view v;

	READING(c)
		assert_ok(c, mine_gather(c, &w.other, &v));
	assert_false(v.is_member);
	assert_int_equal(rows_of(&v, "tasks"), 0);
	assert_int_equal(rows_of(&v, "acts"), 0);
	assert_int_equal(rows_of(&v, "sendings"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_that_names_a_person_is_gathered),
		cmocka_unit_test(a_forgotten_column_is_noticed),
		BOTH(each_part_holds_the_rows_of_the_person),
		BOTH(another_account_gets_nothing_of_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
