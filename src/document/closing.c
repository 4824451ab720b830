/* closing.c — minutes approved and signed, resolution numbered, papers reported. What the papers say is compose.c. */
#include "document/closing.h"

#include <string.h>

#include "document/context.h"
#include "meeting/cycle.h"
#include "register_sql.h"
#include "score/settle.h"

/* The step, where the table has it from here; a meeting written down afterwards had its steps on paper. */
static fail take(struct call *c, struct meeting *m, enum meeting_step step)
{
	if (m->afterwards && !cycle_find(step, (enum meeting_state)m->state, true))
		return FAIL_OK;
	return meeting_take_step(c, m->id, m->rev, step, NULL, m, NULL);
}

static fail settle(struct call *c, struct meeting *m)
{
	struct settled done;

	return meeting_is_scored_kind(m) ? score_settle(c, m, &done) : FAIL_OK;
}

/* ---------------------------------------------------------------- approved */

struct approve { int64_t id, rev; struct moment at; struct meeting *m; };

static fail approve_body(struct call *c, void *arg)
{
	struct approve *a = arg;
	struct meeting stored;

	TRY(meeting_lock(c, a->id, a->rev, a->m));
	TRY(meeting_may_edit(c, a->m, PART_TEXTS));
	if (moment_is(a->at) && a->at.minutes < a->m->starts_at.minutes)
		return problem(c, FAIL_INPUT, "minutes_approved_at", "the minutes cannot be approved before the meeting began");
	a->m->minutes_approved_at = a->at;
	TRY(meeting_update(c, a->m, &stored));
	return settle(c, a->m);
}

fail minutes_approve(struct call *c, int64_t meeting_id, int64_t rev, struct moment at, struct meeting *m)
{
	return db_write(c, approve_body, &(struct approve){ meeting_id, rev, at, m });
}

/* ---------------------------------------------------------------- minutes */

/* The paper as it stands with the number it just got. */
static fail freeze(struct call *c, const struct document *d, void *arg, const char **content)
{
	struct minutes minutes;
	struct resolution resolution;
	struct dossier all;
	struct json j;
	struct out o;

	TRY(dossier_gather(c, arg, &all));
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	if (d->type == DOC_MINUTES) {
		all.minutes = *d;
		compose_minutes(c, &all, &minutes);
		document_context_R05(c, &all, &minutes, &j);
	} else {
		all.resolution = *d;
		compose_resolution(c, &all, &resolution);
		document_context_R06(c, &all, &resolution, &j);
	}
	*content = out_text(&o);
	return FAIL_OK;
}

static const char *subject_of(struct call *c, const struct meeting *m)
{
	struct sitting s;
	struct dossier d = { .w.meeting = *m };

	compose_sitting(c, &d, &s);
	return arena_printf(c->arena, "sinh hoạt chi bộ %s tháng %s", s.kind, s.month);
}

static fail issue(struct call *c, struct meeting *m, unsigned type, const char *purpose, const char *signer, struct date on, int64_t first,
                  struct document *d)
{
	struct document_issue how = { .rev = ANY_REV, .dated_on = on, .signed_by = signer, .content = "", .compose = freeze, .arg = m, .first = first };

	record_clear(&document_record, d);
	d->unit_id = m->unit_id;
	d->meeting_id = m->id;
	d->type = type;
	d->purpose = purpose;
	d->subject = subject_of(c, m);
	d->secrecy = SECRECY_INTERNAL;
	d->form = d->content = d->signed_by = d->outside_no = "";
	TRY(document_create(c, d));
	how.id = d->id;
	how.form = type == DOC_MINUTES ? "minutes" : "resolution";
	return document_issue(c, &how, d);
}

struct sign { int64_t id, rev; struct date on; struct meeting *m; struct document *d; };

static fail check_sign(struct call *c, const struct sign *s)
{
	const struct meeting *m = s->m;

	if (m->chair_id <= 0)
		return problem(c, FAIL_INPUT, "chair", "name the chair: minutes are signed by minute-taker and chair");
	if (m->minute_taker_id <= 0)
		return problem(c, FAIL_INPUT, "minute_taker", "name the minute-taker: minutes are signed by minute-taker and chair");
	if (!moment_is(m->minutes_approved_at))
		return problem(c, FAIL_INPUT, "minutes_approved_at", "the minutes were not read out and approved yet");
	if (!date_is(s->on))
		return problem(c, FAIL_INPUT, "signed_on", "give the day on which both signed");
	if (s->on.days < meeting_day(m).days)
		return problem(c, FAIL_INPUT, "signed_on", "the minutes cannot be signed before the meeting was held");
	return FAIL_OK;
}

static fail sign_body(struct call *c, void *arg)
{
	struct sign *s = arg;
	struct meeting stored;
	struct dossier d;

	TRY(meeting_lock(c, s->id, s->rev, s->m));
	TRY(meeting_may_edit(c, s->m, PART_TEXTS));
	TRY(check_sign(c, s));
	s->m->minutes_signed_on = s->on;
	TRY(meeting_update(c, s->m, &stored));
	TRY(dossier_gather(c, s->m, &d));
	const char *names = arena_printf(c->arena, "%s; %s", dossier_name(&d, s->m->minute_taker_id), dossier_name(&d, s->m->chair_id));

	TRY(issue(c, s->m, DOC_MINUTES, PURPOSE_MINUTES, names, meeting_day(s->m), 0, s->d));
	TRY(take(c, s->m, STEP_SIGN));
	return settle(c, s->m);
}

fail minutes_sign(struct call *c, int64_t meeting_id, int64_t rev, struct date signed_on, struct meeting *m, struct document *d)
{
	return db_write(c, sign_body, &(struct sign){ meeting_id, rev, signed_on, m, d });
}

/* ---------------------------------------------------------------- resolution */

struct resolve { const struct resolution_issue *how; struct document *d; };

static fail check_resolution(struct call *c, const struct dossier *d, bool full)
{
	const struct vote *v = dossier_vote(d, full ? SUBJECT_RESOLUTION : SUBJECT_CONCLUSION);

	if (d->resolution.id > 0)
		return problem(c, FAIL_CONFLICT, "state", "this meeting has its %s already: No. %s", document_type_name(c->lang, d->resolution.type),
		               document_number_text(c->arena, &d->resolution));
	if (!v)
		return problem(c, FAIL_INPUT, "vote", full ? N_("the cell has not voted on the resolution yet; it needs more than half of the voting base")
		                                           : N_("the cell has not voted on the conclusion yet; it needs more than half of the voting base"));
	if (v->result != VOTE_ADOPTED)
		return problem(c, FAIL_INPUT, "vote", "it was not adopted: %lld of %lld in favour, more than half of the voting base is needed",
		               (long long)v->in_favour, (long long)v->base);
	return FAIL_OK;
}

/* V21: papers of a unit are signed on its behalf by the secretary or a deputy. */
static bool may_sign(const struct dossier *d, const char *name)
{
	for (size_t i = 0; i < d->posts.n; i++)
		if ((d->posts.v[i].post == POST_SECRETARY || d->posts.v[i].post == POST_DEPUTY) && strcmp(d->posts.v[i].full_name, name) == 0)
			return true;
	return false;
}

static fail resolve_body(struct call *c, void *arg)
{
	struct resolve *r = arg;
	struct meeting m;
	struct dossier d;

	TRY(meeting_by_id(c, r->how->meeting_id, &m));
	TRY(meeting_may_edit(c, &m, PART_PAPERS));
	TRY(dossier_gather(c, &m, &d));
	bool full = dossier_has_resolution(&d);

	TRY(check_resolution(c, &d, full));
	struct paper_signature s = compose_signature(c, &d, r->how->signer);
	struct date on = date_is(r->how->dated_on) ? r->how->dated_on : meeting_day(&m);

	if (!*s.signer)
		return problem(c, FAIL_INPUT, "signer", "the cell has neither secretary nor deputy who could sign");
	if (!may_sign(&d, s.signer))
		return problem(c, FAIL_INPUT, "signer", "%s is neither secretary nor deputy of the cell; one of them signs on its behalf (V21)", s.signer);
	if (on.days < meeting_day(&m).days)
		return problem(c, FAIL_INPUT, "dated_on", "it cannot be dated before the meeting");
	TRY(issue(c, &m, full ? DOC_RESOLUTION : DOC_CONCLUSION, PURPOSE_RESOLUTION, s.signer, on, r->how->first, r->d));
	TRY(db_exec(c, &Q_tasks_put_resolution, ARGS(V(m.realm), V(m.id), V(r->d->id)), NULL));
	return meeting_touched(c, &m);
}

fail resolution_issue(struct call *c, const struct resolution_issue *how, struct document *d)
{
	return db_write(c, resolve_body, &(struct resolve){ how, d });
}

/* ---------------------------------------------------------------- reported */

static fail report_body(struct call *c, void *arg)
{
	struct approve *r = arg;
	struct meeting stored;

	TRY(meeting_lock(c, r->id, r->rev, r->m));
	TRY(meeting_may_edit(c, r->m, PART_PAPERS));
	if (!date_is(r->m->minutes_signed_on))
		return problem(c, FAIL_INPUT, "minutes_signed_on", "the minutes are not signed yet: sign them first, then report");
	if (!moment_is(r->at))
		return problem(c, FAIL_INPUT, "uploaded_at", "give the time of the report");
	if (moment_is(r->m->ends_at) && r->at.minutes < r->m->ends_at.minutes)
		return problem(c, FAIL_INPUT, "uploaded_at", "the papers cannot be reported before the meeting ended");
	r->m->uploaded_at = r->at;
	TRY(meeting_update(c, r->m, &stored));
	TRY(db_exec(c, &Q_documents_set_uploaded, ARGS(V(r->m->realm), V(r->m->id), V(r->at)), NULL));
	if (cycle_find(STEP_REPORT, (enum meeting_state)r->m->state, r->m->afterwards))
		TRY(take(c, r->m, STEP_REPORT));
	return settle(c, r->m);
}

fail papers_report(struct call *c, int64_t meeting_id, int64_t rev, struct moment at, struct meeting *m)
{
	return db_write(c, report_body, &(struct approve){ meeting_id, rev, at, m });
}
