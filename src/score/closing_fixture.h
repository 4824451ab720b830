/* closing_fixture.h — the full meeting of the domain guide (section 10) as it is after the room was left: agenda, votes, sendings, papers and the committee's
 * own minutes are rows, nothing was answered. For tests. */
#ifndef CHIBO_SCORE_CLOSING_FIXTURE_H
#define CHIBO_SCORE_CLOSING_FIXTURE_H

#include "score/fixture.h"

#define JUDGED_OF_THE_EXAMPLE                                                                                                                       \
	((struct judged){ (const struct judged_line[]){ { "D3.1", { 30 } }, { "D4.2", { 130 } }, { "D5", { 80 } }, { "D6", { 50 } } }, 4 })

static inline void at_moment(struct call *c, const char *local)
{
	struct moment m;

	assert_true(moment_parse(local, &m));
	call_set_now(c, m);
}

/* One statement with the meeting's keys: %lld realm, %lld id stand for the first two conversions. */
static inline void fixture_row(struct call *c, const struct meeting *m, const char *table, const char *columns, const char *values)
{
	test_sql(c, arena_printf(c->arena, "INSERT INTO %s (realm, meeting_id%s%s) VALUES (%lld, %lld, %s)", table, *columns ? ", " : "", columns,
	                         (long long)m->realm, (long long)m->id, values));
}

static inline void fixture_agenda(struct call *c, const struct meeting *m)
{
	static const struct { const char *step, *part; int minutes, done; } items[] = {
		{ "ST-O1", "opening", 2, 1 }, { "ST-O2", "opening", 2, 1 }, { "ST-O3", "opening", 2, 1 }, { "ST-O4", "opening", 2, 1 },
		{ "ST-O5", "opening", 2, 1 }, { "ST-M1", "main", 10, 1 },   { "ST-M2", "main", 10, 1 },   { "ST-M3", "main", 5, 1 },
		{ "ST-M4", "main", 20, 1 },   { "ST-M6", "main", 10, 1 },   { "ST-C1", "closing", 2, 1 }, { "ST-C2", "closing", 5, 1 },
		{ "ST-C3", "closing", 2, 1 }, { "ST-C4", "closing", 3, 1 }, { "ST-C5", "closing", 0, 0 }, { "ST-C6", "closing", 0, 0 },
	};

	for (int i = 0; i < 16; i++)
		fixture_row(c, m, "agenda_item", "item, place, part, step, title, mandatory, minutes, done, conclusion",
		            arena_printf(c->arena, "%d, %d, '%s', '%s', 'Mục %d', 1, %d, %d, '%s'", i + 1, i + 1, items[i].part, items[i].step, i + 1,
		                         items[i].minutes, items[i].done, strcmp(items[i].part, "main") == 0 ? "Thống nhất" : ""));
}

static inline void fixture_document(struct call *c, const struct meeting *m, int64_t id, const char *purpose)
{
	test_sql(c, arena_printf(c->arena,
	                         "INSERT INTO document (realm, id, unit_id, meeting_id, purpose, subject, uploaded_at) VALUES (%lld, %lld, %lld, %lld, '%s', "
	                         "'Tài liệu', '2025-11-02T07:00')",
	                         (long long)m->realm, (long long)id, (long long)m->unit_id, (long long)m->id, purpose));
}

/* Everybody on the roll who is expected gets the notice and the guide. */
static inline void fixture_sendings(struct call *c, const struct meeting *m)
{
	struct roll roll;

	READING(c)
		assert_ok(c, org_members_on(c, m->unit_id, meeting_day(m), &roll));
	for (size_t i = 0; i < roll.n; i++) {
		if (!member_is_expected(roll.v[i].status))
			continue;
		fixture_row(c, m, "sending", "document_id, person, channel, sent_at, sent_by",
		            arena_printf(c->arena, "0, 'm%lld', 'paper', '2025-10-31T08:00', 'bithu'", (long long)roll.v[i].id));
		fixture_row(c, m, "sending", "document_id, person, channel, sent_at, sent_by",
		            arena_printf(c->arena, "501, 'm%lld', 'app', '2025-11-02T07:00', 'bithu'", (long long)roll.v[i].id));
	}
}

/* November's meeting, held and not scored; the second of the two absent has `second` as status. The clock stands at its end. */
static inline struct meeting fixture_room(struct call *c, const char *second)
{
	struct intake in;
	struct intake_result r;
	struct member chair;
	struct meeting m;
	struct out o;

	fixture_cell(c);
	fixture_october(c);
	out_memory(&o, c->arena);
	out_str(&o, "{\"code\":\"M11\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-11-03T19:00\",\"ends_at\":\"2025-11-03T20:20\",\"speakers\":9,"
	            "\"place\":\"Nhà văn hóa\",\"attendance\":[");
	for (int i = 1; i <= 22; i++)
		out_printf(&o, "%s{\"member_code\":\"V1-%02d\",\"status\":\"%s\"}", i > 1 ? "," : "", i,
		           i == 2 ? "excused" : i == 3 ? second : i == 20 ? "exempt" : "present");
	out_str(&o, "],\"tasks\":[{\"title\":\"Trồng cây\",\"member_code\":\"V1-05\",\"due_on\":\"2025-12-01\"}]}");
	assert_ok(c, intake_parse(c, "november", out_text(&o), o.size, &in));
	assert_ok(c, intake_store(c, &in, &r));
	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "V1-01", &chair));
	test_sql(c, arena_printf(c->arena, "UPDATE meeting SET afterwards = 0, state = 'held', chair_id = %lld, minute_taker_id = %lld WHERE code = 'M11'",
	                         (long long)chair.id, (long long)chair.id));
	READING(c)
		assert_ok(c, meeting_by_code(c, "M11", &m));
	fixture_row(c, &m, "pre_meeting", "form, starts_at, signed_on", "'committee', '2025-11-01T19:00', '2025-11-01'");
	fixture_agenda(c, &m);
	fixture_document(c, &m, 501, "guide");
	fixture_document(c, &m, 502, "draft_resolution");
	fixture_sendings(c, &m);
	fixture_row(c, &m, "vote", "id, subject, title, rule, method, base, in_favour, against, abstain, result, closed_at",
	            "601, 'resolution', 'Nghị quyết', 'majority', 'hand', 19, 16, 0, 1, 'adopted', '2025-11-03T20:10'");
	fixture_row(c, &m, "meeting_text", "name, value", "'conclusion', 'Chi bộ thống nhất các nội dung'");
	at_moment(c, "2025-11-03T20:25");
	return m;
}

#endif
