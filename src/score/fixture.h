/* fixture.h — the full meeting of the domain guide (section 10) for tests: cell V1 with 20 official members (one of them exempt) and 2 on
 * probation, the regular meetings of October and November 2025. */
#ifndef CHIBO_SCORE_FIXTURE_H
#define CHIBO_SCORE_FIXTURE_H

#include "org/fixture.h"
#include "rules/load.h"
#include "score/intake.h"

static inline void fixture_rules(struct call *c)
{
	struct rules *rules = ARENA_NEW(c->arena, struct rules);
	struct complaints bad = { .arena = c->arena, .lang = LANG_EN };

	assert_ok(c, rules_load_dir(c->arena, "rules", rules, &bad));
	c->rules = rules;
}

/* The cell of the example. Members V1-01 … V1-19 official, V1-20 official and exempt, V1-21 and V1-22 on probation. */
static inline struct fixture fixture_cell(struct call *c)
{
	struct fixture f = fixture_make(c);
	struct member m;
	struct membership ms;
	struct post p;

	fixture_rules(c);
	fixture_members(c, f.v1, "V1", 20, 2);
	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "V1-20", &m));
	record_clear(&membership_record, &ms);
	ms.realm = m.realm;
	ms.member_id = m.id;
	ms.unit_id = f.v1;
	ms.status = STATUS_EXEMPT;
	ms.reason = REASON_AGE_OR_HEALTH;
	ms.valid_from = date_of(2024, 2, 1);
	assert_ok(c, org_member_set_status(c, &ms, 0));
	READING(c)
		assert_ok(c, org_member_by_code(c, 0, "V1-01", &m));
	record_clear(&post_record, &p);
	p.realm = m.realm;
	p.member_id = m.id;
	p.unit_id = f.v1;
	p.post = POST_SECRETARY;
	p.valid_from = FIXTURE_FROM;
	assert_ok(c, org_post_begin(c, &p));
	p.post = POST_COMMITTEE;
	assert_ok(c, org_post_begin(c, &p));
	return f;
}

/* October's meeting with its 8 tasks, all due in November; 7 are done on time. */
static inline void fixture_october(struct call *c)
{
	struct intake in;
	struct intake_result result;
	struct out o;

	out_memory(&o, c->arena);
	out_str(&o, "{\"code\":\"M10\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-10-03T19:00\",\"ends_at\":\"2025-10-03T20:30\","
	            "\"expected\":21,\"present\":21,\"excused\":0,\"unexcused\":0,\"tasks\":[");
	for (int i = 0; i < 8; i++)
		out_printf(&o, "%s{\"title\":\"Việc %d\",\"member_code\":\"V1-%02d\",\"due_on\":\"2025-10-%d\",\"done_on\":\"2025-10-%d\",\"result\":\"done\"}",
		           i ? "," : "", i + 1, i + 1, 20 + i, i ? 20 + i : 25);
	out_str(&o, "]}");
	assert_ok(c, intake_parse(c, "october", out_text(&o), o.size, &in));
	assert_ok(c, intake_store(c, &in, &result));
}

static const char fixture_facts[] =
	"\"guide_and_draft_ready\":true,\"notified_all\":true,\"steps_required\":16,\"steps_done\":16,\"commendation_done\":true,"
	"\"minute_fields_required\":18,\"minute_fields_filled\":18,\"political_minutes\":20,\"documents_published\":true,\"concluded\":true,"
	"\"resolution_adopted\":true,\"minutes_approved\":true";
static const char fixture_judged[] =
	"\"D3.1\":\"3\",\"D4.2\":\"13\",\"D5.1\":\"1\",\"D5.2\":\"3\",\"D5.3\":\"3\",\"D5.4\":\"1\",\"D6.1\":\"1\",\"D6.2\":\"2\",\"D6.3\":\"1\",\"D6.4\":\"1\"";

/* November's meeting as JSON: 19 present (17 official), two official members absent, the second of them with `second` as status. */
static inline const char *fixture_november(struct call *c, const char *second)
{
	struct out o;

	out_memory(&o, c->arena);
	out_str(&o, "{\"code\":\"M11\",\"unit_code\":\"V1\",\"kind\":\"regular\",\"starts_at\":\"2025-11-03T19:00\",\"ends_at\":\"2025-11-03T20:20\","
	            "\"speakers\":9,\"pre_meeting_on\":\"2025-11-01\",\"documents_sent_at\":\"2025-11-02T07:00\",\"scored_at\":\"2025-11-03T20:15\","
	            "\"uploaded_at\":\"2025-11-06T08:00\",\"attendance\":[");
	for (int i = 1; i <= 22; i++)
		out_printf(&o, "%s{\"member_code\":\"V1-%02d\",\"status\":\"%s\"}", i > 1 ? "," : "", i,
		           i == 2 ? "excused" : i == 3 ? second : i == 20 ? "exempt" : "present");
	out_printf(&o, "],\"facts\":{%s},\"tasks\":[{\"title\":\"Trồng cây\",\"member_code\":\"V1-05\",\"due_on\":\"2025-12-01\"}],\"judged\":{%s}}",
	           fixture_facts, fixture_judged);
	return out_text(&o);
}

#endif
