/* pre_meeting.c — the committee's own meeting in the store. Its texts are kept by text.c, its agenda is that of the meeting. */
#include "meeting/pre_meeting.h"

#include <string.h>

#include "db/journal.h"
#include "meeting/agenda.h"
#include "meeting/cycle.h"
#include "meeting/text.h"
#include "org/post.h"
#include "pre_meeting_sql.h"

const char *const pre_form_words[] = { "", "committee", "confer", NULL };

static const struct field fields[] = {
	COL(struct pre_meeting, realm),
	COL(struct pre_meeting, meeting_id),
	COL(struct pre_meeting, form, .words = pre_form_words),
	FIELD(struct pre_meeting, starts_at, N_("Start"), REQUIRED),
	FIELD(struct pre_meeting, ends_at, N_("End"), 0),
	FIELD(struct pre_meeting, place, N_("Place"), 0, .max = 200),
	FIELD(struct pre_meeting, chair_id, N_("Chair"), 0),
	FIELD(struct pre_meeting, minute_taker_id, N_("Minute-taker"), 0),
	FIELD(struct pre_meeting, signed_on, N_("Signed on"), 0),
	COL(struct pre_meeting, rev),
	FIELD_END,
};
const struct record pre_meeting_record = { "pre_meeting", sizeof(struct pre_meeting), fields };

struct presence { int64_t member_id; bool present; };
static const struct field presence_fields[] = { COL(struct presence, member_id), COL(struct presence, present), FIELD_END };
static const struct record presence_record = { "pre_meeting_person", sizeof(struct presence), presence_fields };

/* ---------------------------------------------------------------- who takes part */

static struct pre_person *find(const struct pre_people *people, int64_t member_id)
{
	for (size_t i = 0; i < people->n; i++)
		if (people->v[i].member_id == member_id)
			return &people->v[i];
	return NULL;
}

static bool leads(unsigned post)
{
	return post == POST_SECRETARY || post == POST_DEPUTY;
}

/* Everybody once, with the weightiest post: posts come secretary first. */
static void add_people(struct call *c, const struct posts *posts, bool committee, struct pre_people *out)
{
	*out = (struct pre_people){ ARENA_ARRAY(c->arena, posts->n + 1, struct pre_person), 0 };
	for (size_t i = 0; i < posts->n; i++) {
		const struct post *p = &posts->v[i];

		if ((leads(p->post) || (committee && p->post == POST_COMMITTEE)) && !find(out, p->member_id))
			out->v[out->n++] = (struct pre_person){ p->member_id, p->member_code, p->full_name, p->post, true };
	}
}

static enum pre_need need_of(const struct posts *posts)
{
	bool committee = false, deputy = false, secretary = false;

	for (size_t i = 0; i < posts->n; i++) {
		committee |= posts->v[i].post == POST_COMMITTEE;
		deputy |= posts->v[i].post == POST_DEPUTY;
		secretary |= posts->v[i].post == POST_SECRETARY;
	}
	if (committee)
		return PRE_NEEDS_COMMITTEE;
	if (deputy)
		return PRE_NEEDS_CONFER;
	return secretary ? PRE_NEEDS_NONE : PRE_UNKNOWN;
}

static fail take_presence(struct call *c, const struct meeting *m, struct pre_people *people)
{
	struct presence *v;
	size_t n;

	TRY(db_all(c, &Q_pre_meeting_present, ARGS(V(m->realm), V(m->id)), &presence_record, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct pre_person *p = find(people, v[i].member_id);

		if (p)
			p->present = v[i].present;
	}
	return FAIL_OK;
}

static fail who_takes_part(struct call *c, const struct meeting *m, struct date on, struct pre_people *people, enum pre_need *need)
{
	struct posts posts;

	TRY(org_posts(c, m->unit_id, on, &posts));
	*need = need_of(&posts);
	add_people(c, &posts, *need == PRE_NEEDS_COMMITTEE, people);
	return take_presence(c, m, people);
}

fail pre_meeting_of(struct call *c, const struct meeting *m, struct pre_meeting *out, struct pre_people *people, enum pre_need *need)
{
	fail f = db_one(c, &Q_pre_meeting, ARGS(V(m->realm), V(m->id)), &pre_meeting_record, out);

	if (f == FAIL_NOT_FOUND) {
		record_clear(&pre_meeting_record, out);
		out->realm = m->realm;
		out->meeting_id = m->id;
		out->rev = 0;
	} else
		TRY(f);
	return who_takes_part(c, m, out->rev ? moment_date(out->starts_at) : meeting_day(m), people, need);
}

fail pre_meeting_committee_met(struct call *c, int64_t realm, int64_t unit_id, month_no month, bool *out)
{
	struct date first = month_first(month), next = month_first(month + 1);
	int64_t n;

	TRY(db_int(c, &Q_pre_meeting_in_month, ARGS(V(realm), V(unit_id), V((int64_t)month), V(first), V(next)), 0, &n));
	*out = n > 0;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- questions */

/* V03: asked for the month before, which is closed. */
static fail ask_month_before(struct call *c, const struct meeting *m, struct flaws *out)
{
	month_no before = date_month(meeting_day(m)) - 1;
	bool had, met;

	TRY(org_has_committee(c, m->unit_id, month_last(before), &had));
	TRY(pre_meeting_committee_met(c, m->realm, m->unit_id, before, &met));
	if (had && !met)
		flaw_add(c, out, "starts_at", "V03: no meeting of the committee is recorded for month %d/%d", before % 12 + 1, before / 12);
	return FAIL_OK;
}

fail pre_meeting_questions(struct call *c, const struct meeting *m, const struct pre_meeting *p, const struct pre_people *people, enum pre_need need,
                           struct flaws *out)
{
	size_t present = 0;

	for (size_t i = 0; i < people->n; i++)
		present += people->v[i].present;
	if (need == PRE_NEEDS_COMMITTEE)
		TRY(ask_month_before(c, m, out));
	if (p->rev && people->n && present * 2 <= people->n)
		flaw_add(c, out, "present", "no more than half of those who take part were there: was that so?");
	return FAIL_OK;
}

/* ---------------------------------------------------------------- saving */

struct save {
	int64_t meeting_id, rev;
	const struct pre_meeting *wanted;
	const struct pre_people *present;
	struct pre_meeting *out, *stored;
	struct flaws *found;
	struct meeting m;
	struct pre_people people; /* who takes part on that day */
	enum pre_need need;
	struct date on;
	struct meeting *meeting_out;
};

static fail load(struct call *c, struct save *s, struct pre_meeting *now)
{
	TRY(meeting_by_id(c, s->meeting_id, &s->m));
	TRY(meeting_may_edit(c, &s->m, PART_PREPARATION));
	return pre_meeting_of(c, &s->m, now, &s->people, &s->need);
}

static fail refuse_signed(struct call *c, const struct pre_meeting *p)
{
	if (!date_is(p->signed_on))
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "signed_on", "these minutes were signed on %s and are not changed any more", show_date(c->arena, c->lang, p->signed_on));
}

fail pre_meeting_may_edit(struct call *c, const struct meeting *m)
{
	struct pre_meeting p;
	struct pre_people people;
	enum pre_need need;

	TRY(pre_meeting_of(c, m, &p, &people, &need));
	return refuse_signed(c, &p);
}

static void check_times(struct call *c, const struct save *s, const struct pre_meeting *p)
{
	struct moment now = call_local(c->now_ms);

	if (p->starts_at.minutes > s->m.starts_at.minutes)
		flaw_add(c, s->found, "starts_at", "it is held before the meeting, which starts at %s", show_moment(c->arena, c->lang, s->m.starts_at));
	if (moment_is(p->ends_at) && p->ends_at.minutes <= p->starts_at.minutes)
		flaw_add(c, s->found, "ends_at", "the end has to come after the start");
	if (moment_is(p->ends_at) && p->ends_at.minutes > now.minutes)
		flaw_add(c, s->found, "ends_at", "the end is still to come; leave it empty until then");
}

static void check_person(struct call *c, const struct save *s, const char *field, int64_t member_id)
{
	if (member_id <= 0)
		return;
	const struct pre_person *p = find(&s->people, member_id);
	const struct pre_person *here = s->present ? find(s->present, member_id) : p;

	if (!p || !here)
		flaw_add(c, s->found, field, "choose somebody who takes part");
	else if (!here->present)
		flaw_add(c, s->found, field, "%s was not there", p->full_name);
}

/* Sets the form that the posts of the day ask for. */
static void check_form(struct call *c, const struct save *s, struct pre_meeting *p)
{
	if (p->form == PRE_COMMITTEE && s->need != PRE_NEEDS_COMMITTEE)
		flaw_add(c, s->found, "form", "V02: this cell has no committee that day: secretary and deputy confer");
	if (p->form == PRE_CONFER && s->need == PRE_NEEDS_COMMITTEE)
		flaw_add(c, s->found, "form", "this cell has a committee: the committee meets");
	if (!p->form)
		p->form = s->need == PRE_NEEDS_COMMITTEE ? PRE_COMMITTEE : PRE_CONFER;
	if (!s->people.n)
		flaw_add(c, s->found, "form", "nobody's post is recorded for that day: record secretary and deputy or the committee first");
}

static fail check(struct call *c, struct save *s, struct pre_meeting *p)
{
	enum pre_need need;

	if (!moment_is(p->starts_at)) {
		flaw_add(c, s->found, "starts_at", "write when it starts");
		return flaws_refuse(c, s->found);
	}
	TRY(who_takes_part(c, &s->m, moment_date(p->starts_at), &s->people, &need));
	s->need = need;
	check_form(c, s, p);
	check_times(c, s, p);
	check_person(c, s, "chair_id", p->chair_id);
	check_person(c, s, "minute_taker_id", p->minute_taker_id);
	return flaws_refuse(c, s->found);
}

static const char *as_json(struct call *c, const struct pre_meeting *p)
{
	struct out o;
	struct json j;

	if (!p->rev)
		return "";
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "form", pre_form_words[p->form]);
	record_json(&j, &pre_meeting_record, p);
	json_object_end(&j);
	return out_text(&o);
}

static fail store(struct call *c, const struct save *s, const struct pre_meeting *p)
{
	TRY(db_exec(c, &Q_pre_meeting_put, ARGS(V(s->m.realm), V(s->m.id), V(pre_form_words[p->form]), V(p->starts_at), V(p->ends_at), V(p->place),
	                                        V(p->chair_id > 0 ? p->chair_id : INT_UNKNOWN), V(p->minute_taker_id > 0 ? p->minute_taker_id : INT_UNKNOWN)),
	            NULL));
	for (size_t i = 0; i < s->people.n; i++) {
		const struct pre_person *here = s->present ? find(s->present, s->people.v[i].member_id) : NULL;

		TRY(db_exec(c, &Q_pre_meeting_person_put, ARGS(V(s->m.realm), V(s->m.id), V(s->people.v[i].member_id), V(here ? here->present : true)), NULL));
	}
	return FAIL_OK;
}

static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;
	struct pre_meeting now, p = *s->wanted;
	struct pre_people people;

	s->found->n = 0;
	TRY(load(c, s, &now));
	*s->stored = now;
	TRY(refuse_signed(c, &now));
	if (p.rev != now.rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody else changed this in the meantime; compare both and save again");
	TRY(check(c, s, &p));
	TRY(store(c, s, &p));
	TRY(pre_meeting_of(c, &s->m, s->out, &people, &s->need));
	return journal_add(c, s->m.realm, s->m.unit_id, "pre_meeting", "meeting", s->m.id, as_json(c, &now), as_json(c, s->out));
}

fail pre_meeting_save(struct call *c, int64_t meeting_id, struct pre_meeting *p, const struct pre_people *people, struct pre_meeting *stored,
                      struct flaws *found)
{
	const struct pre_meeting wanted = *p;

	return db_write(c, save_body, &(struct save){ .meeting_id = meeting_id, .wanted = &wanted, .present = people, .out = p, .stored = stored, .found = found });
}

/* ---------------------------------------------------------------- signing */

static fail check_signing(struct call *c, struct save *s, const struct pre_meeting *p)
{
	struct meeting_texts texts;
	struct agenda agenda;

	TRY(meeting_texts_of(c, &s->m, &texts));
	TRY(agenda_of(c, &s->m, &agenda));
	if (!p->rev)
		flaw_add(c, s->found, "starts_at", "write down when it was held and who took part first");
	else if (!moment_is(p->ends_at))
		flaw_add(c, s->found, "ends_at", "write when it ended");
	if (p->rev && p->chair_id <= 0)
		flaw_add(c, s->found, "chair_id", "name the chair");
	if (p->rev && p->form == PRE_COMMITTEE && p->minute_taker_id <= 0)
		flaw_add(c, s->found, "minute_taker_id", "name the minute-taker");
	if (!*texts.value[TEXT_PRE_RESULTS])
		flaw_add(c, s->found, "pre_results", "write the results of last month");
	if (!*texts.value[TEXT_PRE_TASKS])
		flaw_add(c, s->found, "pre_tasks", "write the tasks of next month");
	if (!agenda.n)
		flaw_add(c, s->found, "agenda", "the agenda has to be there: it is approved with these minutes");
	if (p->rev && s->on.days < moment_date(p->starts_at).days)
		flaw_add(c, s->found, "signed_on", "minutes are not signed before the day they are about");
	return flaws_refuse(c, s->found);
}

static fail sign_body(struct call *c, void *arg)
{
	struct save *s = arg;
	struct pre_meeting now;
	struct meeting stored;

	s->found->n = 0;
	TRY(load(c, s, &now));
	*s->meeting_out = s->m;
	if (now.rev && date_is(now.signed_on))
		return FAIL_OK;
	if (s->rev != ANY_REV && s->rev != now.rev)
		return problem(c, FAIL_CONFLICT, "rev", "somebody else changed this in the meantime; compare both and save again");
	TRY(check_signing(c, s, &now));
	TRY(db_exec(c, &Q_pre_meeting_sign, ARGS(V(s->m.realm), V(s->m.id), V(s->on)), NULL));
	s->m.pre_meeting_on = moment_date(now.starts_at);
	TRY(meeting_update(c, &s->m, &stored));
	*s->meeting_out = s->m;
	now.signed_on = s->on;
	return journal_add(c, s->m.realm, s->m.unit_id, "pre_meeting", "meeting", s->m.id, "", as_json(c, &now));
}

fail pre_meeting_sign(struct call *c, int64_t meeting_id, int64_t rev, struct date on, struct meeting *m, struct flaws *found)
{
	return db_write(c, sign_body, &(struct save){ .meeting_id = meeting_id, .rev = rev, .on = date_is(on) ? on : c->today, .found = found, .meeting_out = m });
}
