/* appeal.c — appeals in the store. The new decision of a changed one is made by stage.c. */
#include "score/appeal.h"

#include <string.h>

#include "base/text.h"
#include "db/journal.h"
#include "meeting/cycle.h"
#include "org/unit.h"
#include "score_sql.h"

enum { APPEAL_DAYS = 10, ANSWER_DAYS = 10 };

const char *const appeal_outcome_words[] = { "", "upheld", "changed", "withdrawn", NULL };

static const struct field fields[] = {
	COL(struct appeal, realm),
	COL(struct appeal, meeting_id),
	COL(struct appeal, seq),
	COL(struct appeal, revision),
	FIELD(struct appeal, reason, N_("Why the cell does not agree"), REQUIRED, .max = 2000),
	FIELD(struct appeal, wanted, N_("Points the cell asks for"), 0, .min = 0, .max = 1000),
	COL(struct appeal, actor),
	COL(struct appeal, at_ms),
	COL(struct appeal, due_on),
	COL(struct appeal, outcome, .words = appeal_outcome_words),
	COL(struct appeal, answer),
	COL(struct appeal, answered_by),
	COL(struct appeal, answered_ms),
	FIELD_END,
};
const struct record appeal_record = { "appeal", sizeof(struct appeal), fields };

const char *appeal_outcome_name(enum lang lang, unsigned outcome)
{
	static const char *const names[] = { N_("waits for an answer"), N_("the decision is upheld"), N_("the decision was changed"),
		                                 N_("withdrawn by the cell") };

	return tr(lang, names[outcome]);
}

static void put_day(struct json *j, const char *key, struct date d)
{
	char text[DATE_TEXT];

	date_format(d, text);
	json_put_str(j, key, *text ? text : NULL);
}

void appeal_json(struct json *j, const struct appeal *a)
{
	json_object(j);
	json_put_int(j, "seq", a->seq);
	json_put_int(j, "revision", a->revision);
	record_json(j, &appeal_record, a);
	json_put_str(j, "by", a->actor);
	put_day(j, "on", moment_date(call_local(a->at_ms)));
	put_day(j, "due_on", a->due_on);
	json_put_str(j, "outcome", a->outcome ? appeal_outcome_words[a->outcome] : NULL);
	json_put_str(j, "answer", a->answer);
	json_put_str(j, "answered_by", a->answered_by);
	json_object_end(j);
}

static const char *as_json(struct call *c, const struct appeal *a)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	appeal_json(&j, a);
	return out_text(&o);
}

/* ---------------------------------------------------------------- reading */

fail appeals_of(struct call *c, const struct meeting *m, struct appeals *out)
{
	return db_all(c, &Q_appeals_of, ARGS(V(m->realm), V(m->id)), &appeal_record, &out->v, &out->n);
}

static fail days_setting(struct call *c, int64_t unit_id, const char *name, int64_t usual, int64_t *out)
{
	const char *text;

	TRY(org_setting(c, unit_id, name, &text));
	if (!int_parse(text, out))
		*out = usual;
	return FAIL_OK;
}

/* The appeal about the decision as it stands that is open or was answered; NULL: none. */
static const struct appeal *about_revision(const struct appeals *all, int64_t revision)
{
	for (size_t i = all->n; i-- > 0;)
		if (all->v[i].outcome == APPEAL_OPEN || (all->v[i].revision == revision && all->v[i].outcome != APPEAL_WITHDRAWN))
			return &all->v[i];
	return NULL;
}

fail appeal_possible(struct call *c, const struct meeting *m, struct date *last, const char **why)
{
	struct score_sheet decided;
	struct appeals all;
	int64_t days;

	*last = DATE_NONE;
	*why = tr(c->lang, "The committee has not decided yet.");
	TRY(score_latest(c, m, STAGE_DECIDED, &decided));
	if (!decided.revision || (m->state != MEETING_DECIDED && m->state != MEETING_LOCKED))
		return FAIL_OK;
	TRY(days_setting(c, m->unit_id, "appeal_days", APPEAL_DAYS, &days));
	TRY(appeals_of(c, m, &all));
	*last = (struct date){ moment_date(call_local(decided.at_ms)).days + (int32_t)days };
	const struct appeal *about = about_revision(&all, decided.revision);

	if (about)
		*why = about->outcome == APPEAL_OPEN ? tr(c->lang, "An appeal is open; the committee answers it first.")
		                                     : tr(c->lang, "The committee has answered an appeal against this decision.");
	else if (c->today.days > last->days)
		*why = arena_printf(c->arena, tr(c->lang, "The last day for an appeal was %s."), show_date(c->arena, c->lang, *last));
	else
		*why = NULL;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- by the cell */

struct making {
	int64_t meeting_id, rev;
	const char *reason;
	struct tenths wanted;
	struct meeting *m;
	struct appeal *out;
};

static fail check_cell(struct call *c, const struct meeting *m)
{
	return call_may(c, MAY_RECORD, m->unit_id) ? FAIL_OK : problem(c, FAIL_DENIED, "meeting", "only the cell itself appeals");
}

static fail check_making(struct call *c, const struct making *k)
{
	struct date last;
	const char *why;

	TRY(check_cell(c, k->m));
	TRY(appeal_possible(c, k->m, &last, &why));
	if (why)
		return problem(c, FAIL_CONFLICT, "reason", "%s", why);
	if (!*k->reason)
		return problem(c, FAIL_INPUT, "reason", "say why the cell does not agree");
	if (tenths_is(k->wanted) && (k->wanted.t < 0 || k->wanted.t > 1000))
		return problem(c, FAIL_INPUT, "wanted", "points are from 0 to 100");
	return FAIL_OK;
}

static fail make_body(struct call *c, void *arg)
{
	struct making *k = arg;
	struct score_sheet decided;
	struct appeals all;
	int64_t days;

	TRY(meeting_lock(c, k->meeting_id, k->rev, k->m));
	TRY(check_making(c, k));
	TRY(score_latest(c, k->m, STAGE_DECIDED, &decided));
	TRY(appeals_of(c, k->m, &all));
	TRY(days_setting(c, k->m->unit_id, "appeal_answer_days", ANSWER_DAYS, &days));
	*k->out = (struct appeal){ .realm = k->m->realm,
		                       .meeting_id = k->m->id,
		                       .seq = all.n ? all.v[all.n - 1].seq + 1 : 1,
		                       .revision = decided.revision,
		                       .reason = k->reason,
		                       .wanted = k->wanted,
		                       .actor = c->who.name,
		                       .at_ms = c->now_ms,
		                       .due_on = { c->today.days + (int32_t)days },
		                       .answer = "",
		                       .answered_by = "",
		                       .answered_ms = INT_UNKNOWN };
	struct appeal *a = k->out;

	TRY(db_exec(
	    c, &Q_appeal_insert,
	    ARGS(V(a->realm), V(a->meeting_id), V(a->seq), V(a->revision), V(a->reason), V(a->wanted), V(a->actor), V(a->at_ms), V(a->due_on)),
	    NULL));
	TRY(journal_add(c, a->realm, k->m->unit_id, "appeal", "appeal", a->meeting_id, NULL, as_json(c, a)));
	return meeting_touched(c, k->m);
}

fail appeal_make(struct call *c, int64_t meeting_id, int64_t rev, const char *reason, struct tenths wanted, struct meeting *m,
                 struct appeal *out)
{
	return db_write(c, make_body, &(struct making){ meeting_id, rev, text_clean(c->arena, reason), wanted, m, out });
}

/* ---------------------------------------------------------------- its end */

static fail find_open(struct call *c, const struct meeting *m, int64_t seq, struct appeal *out)
{
	struct appeals all;

	TRY(appeals_of(c, m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].seq == seq) {
			*out = all.v[i];
			return out->outcome
			           ? problem(c, FAIL_CONFLICT, "outcome", "this appeal is closed: %s", appeal_outcome_name(c->lang, out->outcome))
			           : FAIL_OK;
		}
	return problem(c, FAIL_NOT_FOUND, "appeal", "there is no such appeal");
}

static fail close_appeal(struct call *c, struct meeting *m, const struct appeal *before, enum appeal_outcome outcome, const char *answer)
{
	struct appeal after = *before;

	after.outcome = outcome;
	after.answer = answer;
	after.answered_by = c->who.name;
	after.answered_ms = c->now_ms;
	TRY(db_exec(c, &Q_appeal_close,
	            ARGS(V(m->realm), V(m->id), V(before->seq), V(appeal_outcome_words[outcome]), V(answer), V(after.answered_by),
	                 V(after.answered_ms)),
	            NULL));
	TRY(journal_add(c, m->realm, m->unit_id, appeal_outcome_words[outcome], "appeal", m->id, as_json(c, before), as_json(c, &after)));
	return meeting_touched(c, m);
}

struct ending {
	int64_t meeting_id, rev, seq;
	struct meeting *m;
};

static fail withdraw_body(struct call *c, void *arg)
{
	struct ending *e = arg;
	struct appeal a;

	TRY(meeting_lock(c, e->meeting_id, e->rev, e->m));
	TRY(check_cell(c, e->m));
	if (!c->who.operator&& call_may(c, MAY_DECIDE, e->m->unit_id))
		return problem(c, FAIL_DENIED, "meeting", "only the cell itself withdraws its appeal");
	TRY(find_open(c, e->m, e->seq, &a));
	return close_appeal(c, e->m, &a, APPEAL_WITHDRAWN, "");
}

fail appeal_withdraw(struct call *c, int64_t meeting_id, int64_t rev, int64_t seq, struct meeting *m)
{
	return db_write(c, withdraw_body, &(struct ending){ meeting_id, rev, seq, m });
}

/* ---------------------------------------------------------------- by the committee */

struct answering {
	const struct appeal_reply *reply;
	const char *answer;
	struct meeting *m;
	struct flaws *found;
};

/* Closed first: an open appeal must not stand in the way of the steps of the new decision. */
static fail decide_anew(struct call *c, struct answering *k, const struct appeal *a)
{
	struct score_request rq = {
		.meeting_id = k->m->id, .rev = ANY_REV, .stage = STAGE_DECIDED, .judged = k->reply->judged, .reason = k->answer
	};
	const struct step_note note = { .remark = arena_printf(c->arena, tr(LANG_VI, "appeal no. %lld: %s"), (long long)a->seq, k->answer) };
	struct score_sheet before, after;

	TRY(score_latest(c, k->m, STAGE_DECIDED, &before));
	if (k->m->state == MEETING_LOCKED)
		TRY(meeting_take_step(c, k->m->id, ANY_REV, STEP_REOPEN, &note, k->m, k->found));
	TRY(score_save(c, &rq, k->m, &after, k->found));
	if (after.points.t == before.points.t && after.class == before.class)
		return problem(c, FAIL_INPUT, "changed", "these are the points of the decision; to leave it as it is, answer that it is upheld");
	return FAIL_OK;
}

static fail answer_body(struct call *c, void *arg)
{
	struct answering *k = arg;
	struct appeal a;

	*k->found = (struct flaws){ 0 };
	TRY(meeting_lock(c, k->reply->meeting_id, k->reply->rev, k->m));
	if (!call_may(c, MAY_DECIDE, k->m->unit_id))
		return problem(c, FAIL_DENIED, "meeting", "you may not decide the class of this cell's meetings");
	TRY(find_open(c, k->m, k->reply->seq, &a));
	if (!*k->answer)
		return problem(c, FAIL_INPUT, "answer", "say what the committee answers");
	TRY(close_appeal(c, k->m, &a, k->reply->changed ? APPEAL_CHANGED : APPEAL_UPHELD, k->answer));
	return k->reply->changed ? decide_anew(c, k, &a) : FAIL_OK;
}

fail appeal_answer(struct call *c, const struct appeal_reply *reply, struct meeting *m, struct flaws *found)
{
	return db_write(c, answer_body, &(struct answering){ reply, text_clean(c->arena, reply->answer), m, found });
}
