/* appeal.c — a unit or member does not agree with the decision: reason, what is wanted, answer. The new decision of a changed one is assess_save.c. */
#include <string.h>

#include "base/text.h"
#include "db/journal.h"
#include "score/appeal.h"
#include "year/assess.h"
#include "year/case_keep.h"
#include "year_sql.h"

enum { APPEAL_DAYS = 10, ANSWER_DAYS = 10 };

static const struct field fields[] = {
	COL(struct year_appeal, seq),         COL(struct year_appeal, revision), COL(struct year_appeal, at_ms),
	COL(struct year_appeal, answered_ms), COL(struct year_appeal, reason),   COL(struct year_appeal, wanted),
	COL(struct year_appeal, actor),       COL(struct year_appeal, answer),   COL(struct year_appeal, answered_by),
	COL(struct year_appeal, due_on),      COL(struct year_appeal, outcome, .words = appeal_outcome_words),
	FIELD_END,
};
static const struct record year_appeal_record = { "year_appeal", sizeof(struct year_appeal), fields };

static const char *as_json(struct call *c, const struct year_appeal *a)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_int(&j, "seq", a->seq);
	json_put_str(&j, "reason", a->reason);
	json_put_str(&j, "wanted", a->wanted);
	json_put_str(&j, "outcome", appeal_outcome_words[a->outcome]);
	json_put_str(&j, "answer", a->answer);
	json_object_end(&j);
	return out_text(&o);
}

/* ---------------------------------------------------------------- reading */

fail year_appeals_of(struct call *c, const struct year_case *k, struct year_appeals *out)
{
	return db_all(c, &Q_case_appeals_of, ARGS(V(k->realm), V(k->id)), &year_appeal_record, &out->v, &out->n);
}

static fail days_setting(struct call *c, int64_t unit_id, const char *name, int64_t usual, int64_t *out)
{
	const char *text;

	TRY(org_setting(c, unit_id, name, &text));
	if (!int_parse(text, out))
		*out = usual;
	return FAIL_OK;
}

static bool is_decided(const struct year_case *k)
{
	return k->state == CASE_APPRAISED || k->state == CASE_RECOGNISED || k->state == CASE_NOT_RECOGNISED || k->state == CASE_NOTIFIED;
}

static const struct year_appeal *about_revision(const struct year_appeals *all, int64_t revision)
{
	for (size_t i = all->n; i-- > 0;)
		if (all->v[i].outcome == APPEAL_OPEN || (all->v[i].revision == revision && all->v[i].outcome != APPEAL_WITHDRAWN))
			return &all->v[i];
	return NULL;
}

/* The time runs from the last thing the committee did: the sheet, recognition, the notice. */
static fail decided_at(struct call *c, const struct year_case *k, const struct year_sheet *s, int64_t *at_ms)
{
	struct case_steps_taken all;

	TRY(case_history(c, k, &all));
	*at_ms = all.n && all.v[all.n - 1].at_ms > s->at_ms ? all.v[all.n - 1].at_ms : s->at_ms;
	return FAIL_OK;
}

fail year_appeal_possible(struct call *c, const struct year_case *k, struct date *last, const char **why)
{
	struct year_sheet decided;
	struct year_appeals all;
	int64_t days, at_ms;

	*last = DATE_NONE;
	*why = tr(c->lang, "The committee has not decided yet.");
	TRY(year_latest(c, k, CASE_STAGE_APPRAISED, &decided));
	if (!decided.revision || !is_decided(k))
		return FAIL_OK;
	TRY(days_setting(c, k->unit_id, "appeal_days", APPEAL_DAYS, &days));
	TRY(decided_at(c, k, &decided, &at_ms));
	TRY(year_appeals_of(c, k, &all));
	*last = (struct date){ moment_date(call_local(at_ms)).days + (int32_t)days };
	const struct year_appeal *about = about_revision(&all, decided.revision);

	if (about)
		*why = about->outcome == APPEAL_OPEN ? tr(c->lang, "An appeal is open; the committee answers it first.")
		                                     : tr(c->lang, "The committee has answered an appeal against this decision.");
	else if (c->today.days > last->days)
		*why = arena_printf(c->arena, tr(c->lang, "The last day for an appeal was %s."), show_date(c->arena, c->lang, *last));
	else
		*why = NULL;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- by who is evaluated */

struct making {
	int64_t case_id, rev;
	const char *reason, *wanted;
	struct year_case *k;
};

static fail check_own(struct call *c, const struct year_case *k)
{
	return case_person_may(c, k, CASE_STEP_SELF_ASSESS) ? FAIL_OK : problem(c, FAIL_DENIED, "case", "only who is evaluated appeals");
}

static fail insert(struct call *c, const struct year_case *k, const struct year_appeal *a)
{
	TRY(db_exec(c, &Q_case_appeal_insert,
	            ARGS(V(k->realm), V(k->id), V(a->seq), V(a->revision), V(a->reason), V(a->wanted), V(a->actor), V(a->at_ms), V(a->due_on)), NULL));
	return journal_add(c, k->realm, k->unit_id, "appeal", "year_case", k->id, NULL, as_json(c, a));
}

static fail check_making(struct call *c, const struct making *m)
{
	struct date last;
	const char *why;

	TRY(check_own(c, m->k));
	TRY(year_appeal_possible(c, m->k, &last, &why));
	if (why)
		return problem(c, FAIL_CONFLICT, "reason", "%s", why);
	return *m->reason ? FAIL_OK : problem(c, FAIL_INPUT, "reason", "say what you do not agree with");
}

static fail make_body(struct call *c, void *arg)
{
	struct making *m = arg;
	struct year_sheet decided;
	struct year_appeals all;
	int64_t days;

	TRY(case_lock(c, m->case_id, m->rev, m->k));
	TRY(check_making(c, m));
	TRY(year_latest(c, m->k, CASE_STAGE_APPRAISED, &decided));
	TRY(year_appeals_of(c, m->k, &all));
	TRY(days_setting(c, m->k->unit_id, "appeal_answer_days", ANSWER_DAYS, &days));
	TRY(insert(c, m->k,
	           &(struct year_appeal){ .seq = all.n ? all.v[all.n - 1].seq + 1 : 1, .revision = decided.revision, .reason = m->reason, .wanted = m->wanted,
	                                  .actor = c->who.name, .at_ms = c->now_ms, .due_on = { c->today.days + (int32_t)days }, .answer = "" }));
	return case_touched(c, m->k);
}

fail year_appeal_make(struct call *c, int64_t case_id, int64_t rev, const char *reason, const char *wanted, struct year_case *k)
{
	return db_write(c, make_body,
	                &(struct making){ case_id, rev, text_clean(c->arena, reason ? reason : ""), text_clean(c->arena, wanted ? wanted : ""), k });
}

/* ---------------------------------------------------------------- its end */

static fail find_open(struct call *c, const struct year_case *k, int64_t seq, struct year_appeal *out)
{
	struct year_appeals all;

	TRY(year_appeals_of(c, k, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].seq == seq) {
			*out = all.v[i];
			return out->outcome
			           ? problem(c, FAIL_CONFLICT, "outcome", "this appeal is closed: %s", appeal_outcome_name(c->lang, out->outcome))
			           : FAIL_OK;
		}
	return problem(c, FAIL_NOT_FOUND, "appeal", "there is no such appeal");
}

static fail close_appeal(struct call *c, struct year_case *k, const struct year_appeal *before, enum appeal_outcome outcome, const char *answer)
{
	struct year_appeal after = *before;

	after.outcome = outcome;
	after.answer = answer;
	TRY(db_exec(c, &Q_case_appeal_close,
	            ARGS(V(k->realm), V(k->id), V(before->seq), V(appeal_outcome_words[outcome]), V(answer), V(c->who.name), V(c->now_ms)), NULL));
	TRY(journal_add(c, k->realm, k->unit_id, appeal_outcome_words[outcome], "year_case", k->id, as_json(c, before), as_json(c, &after)));
	return case_touched(c, k);
}

struct ending {
	int64_t case_id, rev, seq;
	struct year_case *k;
};

static fail withdraw_body(struct call *c, void *arg)
{
	struct ending *e = arg;
	struct year_appeal a;

	TRY(case_lock(c, e->case_id, e->rev, e->k));
	TRY(check_own(c, e->k));
	if (!c->who.operator&& case_person_may(c, e->k, CASE_STEP_APPRAISE))
		return problem(c, FAIL_DENIED, "case", "only who appealed withdraws it");
	TRY(find_open(c, e->k, e->seq, &a));
	return close_appeal(c, e->k, &a, APPEAL_WITHDRAWN, "");
}

fail year_appeal_withdraw(struct call *c, int64_t case_id, int64_t rev, int64_t seq, struct year_case *k)
{
	return db_write(c, withdraw_body, &(struct ending){ case_id, rev, seq, k });
}

/* ---------------------------------------------------------------- by the committee */

struct answering {
	int64_t case_id, rev, seq;
	const char *answer;
	const struct year_request *rq; /* NULL: upheld */
	struct year_case *k;
	struct flaws *found;
};

/* Closed first: an open appeal must not stand in the way of the steps of the new decision. */
static fail decide_anew(struct call *c, struct answering *x, const struct year_appeal *a)
{
	struct year_request rq = *x->rq;
	const struct case_note note = { .remark = arena_printf(c->arena, tr(LANG_VI, "appeal no. %lld: %s"), (long long)a->seq, x->answer) };
	struct year_sheet before, after;

	rq.case_id = x->k->id;
	rq.rev = ANY_REV;
	rq.stage = CASE_STAGE_APPRAISED;
	rq.reason = rq.reason && *rq.reason ? rq.reason : x->answer;
	TRY(year_latest(c, x->k, CASE_STAGE_APPRAISED, &before));
	if (case_has_way(x->k, CASE_STEP_REOPEN))
		TRY(case_move_checked(c, x->k, CASE_STEP_REOPEN, &note, x->found));
	TRY(year_save(c, &rq, NULL, x->k, &after, x->found));
	if (after.points.t == before.points.t && after.result == before.result)
		return problem(c, FAIL_INPUT, "changed", "these are the points of the decision; to leave it as it is, answer that it is upheld");
	return FAIL_OK;
}

static fail answer_one(struct call *c, struct answering *x)
{
	struct year_appeal a;

	TRY(case_check_right(c, x->k, CASE_STEP_APPRAISE));
	TRY(find_open(c, x->k, x->seq, &a));
	if (!*x->answer)
		return problem(c, FAIL_INPUT, "answer", "say what the committee answers");
	TRY(close_appeal(c, x->k, &a, x->rq ? APPEAL_CHANGED : APPEAL_UPHELD, x->answer));
	return x->rq ? decide_anew(c, x, &a) : FAIL_OK;
}

static fail answer_body(struct call *c, void *arg)
{
	struct answering x = *(struct answering *)arg;
	struct year_case k;

	*x.found = (struct flaws){ 0 };
	TRY(case_lock(c, x.case_id, x.rev, x.k));
	k = *x.k;
	x.k = &k;
	TRY(answer_one(c, &x));
	*((struct answering *)arg)->k = k;
	return FAIL_OK;
}

fail year_appeal_answer(struct call *c, int64_t case_id, int64_t rev, int64_t seq, const char *answer, const struct year_request *rq,
                        struct year_case *k, struct flaws *found)
{
	struct flaws unread;

	return db_write(c, answer_body,
	                &(struct answering){ case_id, rev, seq, text_clean(c->arena, answer ? answer : ""), rq, k, found ? found : &unread });
}
