/* recorded.c — questions about a meeting and their answers. */
#include "meeting/recorded.h"

#include <string.h>

#include "db/journal.h"
#include "meeting/cycle.h"
#include "meeting_sql.h"

static const struct { const char *question, *hint; } questions[FACT_COUNT] = {
	[FACT_longest_excused_run] = { N_("How many meetings running was the person excused who was excused longest this year?"),
	                               N_("Only needed where the roll calls of earlier meetings are not kept here.") },
	[FACT_has_committee] = { N_("Does the cell have a committee?"), N_("Only needed where the posts of the cell are not kept here.") },
	[FACT_pre_meeting_held] = { N_("Did the committee hold a pre-meeting with minutes?"), N_("In a cell without committee: did secretary and deputy confer?") },
	[FACT_guide_and_draft_ready] = { N_("Were a guide for the discussion and a draft conclusion or resolution ready before the opening?"), NULL },
	[FACT_notified_all] = { N_("Did every member and the higher-level member in charge get notice of time, place and content?"), NULL },
	[FACT_documents_lead_minutes] = { N_("How many minutes before the start were the documents sent?"),
	                                  N_("A day is 1440. Better: write the time under “Documents sent”.") },
	[FACT_steps_required] = { N_("How many steps does the agenda ask for?"), N_("16 in a full agenda; the thematic part adds 4.") },
	[FACT_steps_done] = { N_("How many of these steps were done?"), NULL },
	[FACT_commendation_done] = { N_("Were good work commended and unfinished tasks reminded of?"), NULL },
	[FACT_minute_fields_required] = { N_("How many entries does the minute book ask for?"), NULL },
	[FACT_minute_fields_filled] = { N_("How many of these entries are filled in?"), NULL },
	[FACT_political_minutes] = { N_("How many minutes were given to political and ideological work?"), N_("15 to 30 are expected.") },
	[FACT_documents_published] = { N_("Were the documents of the meeting published for the members?"), NULL },
	[FACT_tasks_due] = { N_("How many tasks of the previous resolution were due?"), N_("Only needed where the tasks are not kept here. 0 if there were none.") },
	[FACT_tasks_on_time] = { N_("How many of these tasks were done on time?"), NULL },
	[FACT_concluded] = { N_("Did the chair conclude?"), NULL },
	[FACT_resolution_adopted] = { N_("Was the conclusion or resolution adopted by more than half of those with a vote?"), NULL },
	[FACT_minutes_approved] = { N_("Were the minutes read out and approved?"), NULL },
	[FACT_tasks_assigned] = { N_("How many tasks were assigned at this meeting?"), N_("Only needed where the tasks are not kept here. 0 if there were none.") },
	[FACT_tasks_with_person_and_deadline] = { N_("How many of the assigned tasks name a person and a deadline?"), NULL },
	[FACT_upload_minutes_after_end] = { N_("How many minutes after the end were the final documents uploaded?"),
	                                    N_("Two days are 2880. Better: write the time under “Final documents uploaded”.") },
	[FACT_scored_same_sitting] = { N_("Was the meeting scored and classified in the same sitting?"), NULL },
	[FACT_topic_in_plan] = { N_("Does the topic stand in the plan of the year or quarter?"), NULL },
	[FACT_draft_has_author] = { N_("Was the draft written by a named author?"), NULL },
	[FACT_draft_approved_by_committee] = { N_("Did the committee approve the draft?"), NULL },
	[FACT_aim_stated] = { N_("Did the chair state the aim of the thematic part?"), NULL },
	[FACT_content_prepared_by_leader] = { N_("Did the secretary or deputy prepare the content?"), NULL },
};

const char *recorded_question(enum fact f)
{
	return questions[f].question;
}

const char *recorded_hint(enum fact f)
{
	return questions[f].hint;
}

struct fact_row {
	const char *name;
	int64_t value;
};
static const struct field fields[] = { COL(struct fact_row, name), COL(struct fact_row, value), FIELD_END };
static const struct record fact_row_record = { "meeting_fact", sizeof(struct fact_row), fields };

fail recorded_of(struct call *c, const struct meeting *m, struct facts *out)
{
	struct fact_row *v;
	size_t n;

	*out = FACTS_NONE;
	TRY(db_all(c, &Q_recorded_of, ARGS(V(m->realm), V(m->id)), &fact_row_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		int f = fact_by_name(v[i].name);

		if (f >= 0)
			facts_set(out, (enum fact)f, v[i].value);
	}
	return FAIL_OK;
}

/* ---------------------------------------------------------------- writing */

struct replace {
	int64_t meeting_id, rev;
	const struct facts *wanted;
	uint64_t mask;
	struct meeting *m;
};

static const char *as_json(struct call *c, const struct facts *facts, uint64_t mask)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	for (int f = 0; f < FACT_COUNT; f++) {
		if (!(facts->known & mask & FACT_BIT(f)))
			continue;
		if (rule_facts[f].type == FACT_TYPE_YESNO)
			json_put_bool(&j, rule_facts[f].name, facts->v[f]);
		else
			json_put_int(&j, rule_facts[f].name, facts->v[f]);
	}
	json_object_end(&j);
	return out_text(&o);
}

static fail check(struct call *c, const struct facts *wanted, uint64_t mask)
{
	for (int f = 0; f < FACT_COUNT; f++)
		if (mask & wanted->known & FACT_BIT(f) && !questions[f].question)
			return problem(c, FAIL_INPUT, rule_facts[f].name, "“%s” is not recorded as an answer: it follows from the meeting itself",
			               rule_facts[f].label[c->lang]);
	return FAIL_OK;
}

static fail check_agreement(struct call *c, const struct facts *facts)
{
	enum fact part, whole;

	if (facts_agree(facts, &part, &whole))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, rule_facts[part].name, "%s (%lld) cannot be more than %s (%lld); correct one of the two",
	               rule_facts[part].label[c->lang], (long long)facts->v[part], rule_facts[whole].label[c->lang], (long long)facts->v[whole]);
}

static fail write_fact(struct call *c, const struct meeting *m, const struct facts *wanted, int f)
{
	if (facts_know(wanted, (enum fact)f))
		return db_exec(c, &Q_recorded_put, ARGS(V(m->realm), V(m->id), V(rule_facts[f].name), V(wanted->v[f])), NULL);
	return db_exec(c, &Q_recorded_drop, ARGS(V(m->realm), V(m->id), V(rule_facts[f].name)), NULL);
}

static bool same_fact(const struct facts *x, const struct facts *y, int f)
{
	bool known = facts_know(x, (enum fact)f);

	return known == facts_know(y, (enum fact)f) && (!known || x->v[f] == y->v[f]);
}

static fail replace_body(struct call *c, void *arg)
{
	struct replace *r = arg;
	struct facts old, new;
	uint64_t changed = 0;

	TRY(meeting_lock(c, r->meeting_id, r->rev, r->m));
	if (!meeting_part_is_open(r->m, PART_ROOM))
		TRY(meeting_may_edit(c, r->m, PART_PAPERS));
	TRY(recorded_of(c, r->m, &old));
	new = old;
	for (int f = 0; f < FACT_COUNT; f++) {
		if (!(r->mask & FACT_BIT(f)) || same_fact(&old, r->wanted, f))
			continue;
		changed |= FACT_BIT(f);
		new.known = (new.known & ~FACT_BIT(f)) | (r->wanted->known & FACT_BIT(f));
		new.v[f] = r->wanted->v[f];
		TRY(write_fact(c, r->m, r->wanted, f));
	}
	TRY(check_agreement(c, &new));
	if (!changed)
		return FAIL_OK;
	TRY(journal_add(c, r->m->realm, r->m->unit_id, "update", "meeting_fact", r->m->id, as_json(c, &old, changed), as_json(c, &new, changed)));
	return meeting_touched(c, r->m);
}

fail recorded_replace(struct call *c, int64_t meeting_id, int64_t rev, const struct facts *wanted, uint64_t mask, struct meeting *m)
{
	TRY(check(c, wanted, mask));
	return db_write(c, replace_body, &(struct replace){ meeting_id, rev, wanted, mask, m });
}
