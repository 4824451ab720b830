/* stage.c — who makes which sheet, when: self and voted by the cell, guest by the assigned higher member, decided by the committee above.
 */
#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "meeting/cycle.h"
#include "meeting/vote.h"
#include "score/keep.h"
#include "score/settle.h"
#include "score/stage.h"
#include "score_sql.h"

/* ---------------------------------------------------------------- steps */

/* The step that a sheet of that stage is, if the meeting has not taken it yet. A meeting written down afterwards may be scored anew later
 * on. */
static fail take_step_of(struct call *c, struct meeting *m, enum score_stage stage, const char *reason)
{
	static const enum meeting_step steps[] = {
		[STAGE_SELF] = STEP_SCORE, [STAGE_GUEST] = STEP_NONE_TAKEN, [STAGE_VOTED] = STEP_VOTE, [STAGE_DECIDED] = STEP_DECIDE
	};
	const struct step_note note = { .remark = stage == STAGE_DECIDED && reason ? reason : "" };

	if (!steps[stage] || !cycle_find(steps[stage], (enum meeting_state)m->state, m->afterwards))
		return FAIL_OK;
	return meeting_take_step(c, m->id, ANY_REV, steps[stage], &note, m, NULL);
}

/* The guest confirms once there is something to confirm, and before the committee decides. */
static fail guest_open(struct call *c, const struct meeting *m)
{
	if (m->state >= MEETING_SCORED && m->state <= MEETING_REPORTED)
		return FAIL_OK;
	return problem(c, FAIL_CONFLICT, "state",
	               "the guest confirms the score after the cell has scored and before the committee decides; the meeting is “%s” now",
	               meeting_state_name(c->lang, m->state));
}

static fail check_open(struct call *c, const struct meeting *m, enum score_stage stage)
{
	if (stage == STAGE_GUEST)
		return guest_open(c, m);
	return meeting_may_edit(c, m, stage == STAGE_DECIDED ? PART_DECISION : stage == STAGE_VOTED ? PART_VOTED_SHEET : PART_OWN_SHEET);
}

/* The stage says who: the cell, or whoever decides there. A guest is asked for in score_guest. */
static fail check_right(struct call *c, const struct meeting *m, enum score_stage stage)
{
	if (stage == STAGE_GUEST || call_may(c, stage == STAGE_DECIDED ? MAY_DECIDE : MAY_RECORD, m->unit_id))
		return FAIL_OK;
	return problem(c, FAIL_DENIED, "stage",
	               stage == STAGE_DECIDED ? N_("you may not decide the class of this cell's meetings")
	                                      : N_("you may not score for this cell"));
}

/* ---------------------------------------------------------------- what a sheet has to be */

fail score_of_cell(struct call *c, const struct meeting *m, struct score_sheet *out)
{
	TRY(score_latest(c, m, STAGE_VOTED, out));
	return out->revision ? FAIL_OK : score_latest(c, m, STAGE_SELF, out);
}

/* A decision that says something else than the cell has to say why. */
static fail check_reason(struct call *c, const struct meeting *m, const struct score_sheet *s)
{
	struct score_sheet own;

	if (s->stage != STAGE_DECIDED || *s->reason)
		return FAIL_OK;
	TRY(score_of_cell(c, m, &own));
	if (!own.revision || (own.points.t == s->points.t && own.class == s->class))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "reason", "the cell gave itself %s (%s); say why the decision is different",
	               show_tenths(c->arena, c->lang, own.points), grade_title((enum grade)own.class, c->lang));
}

/* What the cell voted on was adopted; on paper nobody knows. */
static fail check_vote(struct call *c, const struct meeting *m, enum score_stage stage)
{
	struct vote v;

	if (stage != STAGE_VOTED || m->afterwards)
		return FAIL_OK;
	TRY(vote_latest(c, m, SUBJECT_SCORE, &v));
	if (v.id && v.result == VOTE_ADOPTED)
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "vote",
	               v.id ? N_("the vote on the score was not adopted; change the points and vote again")
	                    : N_("the cell has not voted on the score yet"));
}

static fail judged_of_request(struct call *c, const struct meeting *m, const struct score_request *rq, struct judged *out)
{
	struct score_sheet s;

	*out = rq->judged;
	if (!rq->keep_judged)
		return FAIL_OK;
	TRY(score_latest(c, m, rq->stage, &s));
	if (!s.revision || !*s.scheme)
		TRY(rq->stage == STAGE_SELF ? score_latest(c, m, STAGE_SELF, &s) : score_of_cell(c, m, &s));
	return s.revision ? score_judged(c, &s, out) : FAIL_OK;
}

/* ---------------------------------------------------------------- making one */

struct save {
	const struct score_request *rq;
	struct meeting *m;
	struct score_sheet *out;
	struct flaws *found;
};

/* The time of scoring and the step of the agenda follow from the first sheet. */
static fail mark_scored(struct call *c, struct meeting *m, enum score_stage stage)
{
	if (m->afterwards || stage != STAGE_SELF)
		return FAIL_OK;
	TRY(db_exec(c, &Q_scored_put, ARGS(V(m->realm), V(m->id), V(call_local(c->now_ms))), NULL));
	return db_exec(c, &Q_step_tick, ARGS(V(m->realm), V(m->id), V("ST-C5")), NULL);
}

/* Puts a new revision on top that people made. */
static fail keep(struct call *c, struct meeting *m, const struct score_sheet *last, struct score_sheet *s, const struct scored_sheet *lines)
{
	static const char *const actions[] = {
		[STAGE_SELF] = "score", [STAGE_VOTED] = "vote_score", [STAGE_GUEST] = "confirm", [STAGE_DECIDED] = "decide"
	};

	TRY(mark_scored(c, m, (enum score_stage)s->stage));
	TRY(score_keep(c, m, actions[s->stage], last, s, lines));
	return take_step_of(c, m, (enum score_stage)s->stage, s->reason);
}

static fail check_follower(struct call *c, const struct meeting *m, const struct score_request *rq)
{
	struct roll roll;

	if (rq->followed_by <= 0)
		return FAIL_OK;
	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	if (roll_find(&roll, rq->followed_by))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "followed_by", "the person who followed the sheet is not on the roll of the cell that day");
}

static fail make(struct call *c, const struct score_request *rq, struct meeting *m, struct score_sheet *out, struct flaws *found)
{
	struct judged judged;
	struct score_draft draft;
	struct score_sheet last;

	TRY(judged_of_request(c, m, rq, &judged));
	TRY(score_draft(c, m, judged, &draft));
	if (!draft.sheet.complete)
		score_missing(c, &draft, found);
	TRY(flaws_refuse(c, found));
	TRY(score_latest(c, m, rq->stage, &last));
	*out = (struct score_sheet){ .stage = rq->stage,
		                         .scheme = draft.scheme->id,
		                         .points = draft.sheet.total,
		                         .class = draft.sheet.grade,
		                         .facts = snapshot_text(c, &(struct snapshot){ draft.gathered.facts, judged, draft.gathered.waiting }),
		                         .reason = rq->reason ? rq->reason : "",
		                         .followed_by = rq->followed_by > 0 ? rq->followed_by
		                                        : last.revision     ? last.followed_by
		                                                            : 0 };
	TRY(check_reason(c, m, out));
	if (!last.revision || !score_same(&last, out))
		return keep(c, m, &last, out, &draft.sheet);
	*out = last;
	return take_step_of(c, m, rq->stage, out->reason);
}

static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;
	struct settled settled;

	*s->found = (struct flaws){ 0 };
	TRY(meeting_lock(c, s->rq->meeting_id, s->rq->rev, s->m));
	TRY(check_right(c, s->m, s->rq->stage));
	TRY(check_open(c, s->m, s->rq->stage));
	TRY(check_follower(c, s->m, s->rq));
	TRY(check_vote(c, s->m, s->rq->stage));
	if (s->rq->stage == STAGE_DECIDED)
		TRY(score_settle(c, s->m, &settled));
	return make(c, s->rq, s->m, s->out, s->found);
}

fail score_save(struct call *c, const struct score_request *rq, struct meeting *m, struct score_sheet *out, struct flaws *found)
{
	return db_write(c, save_body, &(struct save){ rq, m, out, found });
}

/* ---------------------------------------------------------------- taking over the cell's sheet */

/* Out of date is one whose facts have changed since, other than by what waited for them. */
static fail cells_sheet(struct call *c, const struct meeting *m, struct score_view *own)
{
	struct gathered now;
	const struct scheme *scheme;
	struct score_sheet s;

	TRY(scheme_of_meeting(c, m, &scheme));
	TRY(facts_gather(c, scheme, m, &now));
	TRY(score_of_cell(c, m, &s));
	if (!s.revision)
		return problem(c, FAIL_INPUT, "stage", "the cell has not scored the meeting %s yet", m->code);
	TRY(score_view(c, m, (enum score_stage)s.stage, &now, own));
	if (own->changed || own->other_rule)
		return problem(c, FAIL_CONFLICT, "stage", "%s: facts or the rule have changed since the cell scored; open the sheet and look",
		               m->code);
	return FAIL_OK;
}

/* Its points under another stage. */
static fail take_over(struct call *c, struct meeting *m, enum score_stage stage, const char *reason, struct score_sheet *out)
{
	struct score_view own;
	struct score_sheet last;

	TRY(cells_sheet(c, m, &own));
	TRY(score_latest(c, m, stage, &last));
	*out = own.sheet;
	out->stage = stage;
	out->reason = reason;
	out->followed_by = 0;
	if (last.revision && score_same(&last, out))
		return take_step_of(c, m, stage, reason);
	return keep(c, m, &last, out, own.has_lines ? &own.lines : NULL);
}

struct confirm {
	int64_t meeting_id, rev;
	struct meeting *m;
};

static fail confirm_body(struct call *c, void *arg)
{
	struct confirm *k = arg;
	struct score_sheet s;
	struct settled settled;

	TRY(meeting_lock(c, k->meeting_id, k->rev, k->m));
	TRY(check_right(c, k->m, STAGE_DECIDED));
	TRY(check_open(c, k->m, STAGE_DECIDED));
	TRY(score_settle(c, k->m, &settled));
	return take_over(c, k->m, STAGE_DECIDED, "", &s);
}

fail score_confirm(struct call *c, int64_t meeting_id, int64_t rev, struct meeting *m)
{
	return db_write(c, confirm_body, &(struct confirm){ meeting_id, rev, m });
}

/* ---------------------------------------------------------------- the guest */

static const struct field guest_fields[] = {
	COL(struct score_guest, id),
	COL(struct score_guest, member_id),
	COL(struct score_guest, name),
	COL(struct score_guest, function),
	COL(struct score_guest, procedure_ok),
	COL(struct score_guest, confirmed_at),
	FIELD_END,
};
static const struct record guest_record = { "meeting_guest", sizeof(struct score_guest), guest_fields };

fail score_guests(struct call *c, const struct meeting *m, struct score_guests *out)
{
	return db_all(c, &Q_guests_to_confirm, ARGS(V(m->realm), V(m->id)), &guest_record, &out->v, &out->n);
}

bool score_guest_is_me(const struct call *c, const struct meeting *m, const struct score_guest *g)
{
	const struct account *a = access_account(c);

	return a && g->member_id > 0 && a->member_id == g->member_id && a->member_realm == m->realm;
}

bool score_guest_may(struct call *c, const struct meeting *m, const struct score_guest *g)
{
	return score_guest_is_me(c, m, g) || call_may(c, MAY_DECIDE, m->unit_id) || call_may(c, MAY_RECORD, m->unit_id);
}

static fail find_guest(struct call *c, const struct meeting *m, int64_t id, struct score_guest *out)
{
	struct score_guests all;

	TRY(score_guests(c, m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == id) {
			*out = all.v[i];
			return FAIL_OK;
		}
	return problem(c, FAIL_INPUT, "guest", "only an assigned higher member who was present confirms the score");
}

struct guest_save {
	const struct guest_request *rq;
	struct meeting *m;
	struct score_sheet *out;
	struct flaws *found;
};

/* Whoever writes down what the guest said on paper is named by the sheet's actor; the guest by its reason. */
static const char *guest_words(struct call *c, const struct meeting *m, const struct score_guest *g, const char *remark)
{
	const char *who = score_guest_is_me(c, m, g) ? g->name : arena_printf(c->arena, tr(LANG_VI, "%s, on paper"), g->name);

	return *remark ? arena_printf(c->arena, "%s: %s", who, remark) : who;
}

static fail guest_body(struct call *c, void *arg)
{
	struct guest_save *s = arg;
	struct score_guest g;
	const struct guest_request *rq = s->rq;

	*s->found = (struct flaws){ 0 };
	TRY(meeting_lock(c, rq->meeting_id, rq->rev, s->m));
	TRY(find_guest(c, s->m, rq->guest_id, &g));
	if (!score_guest_may(c, s->m, &g))
		return problem(c, FAIL_DENIED, "guest", "this score is confirmed by %s", g.name);
	TRY(guest_open(c, s->m));
	const char *words = guest_words(c, s->m, &g, rq->remark ? rq->remark : "");
	struct score_request own = { .meeting_id = rq->meeting_id, .stage = STAGE_GUEST, .judged = rq->judged, .reason = words };

	TRY(rq->own_points ? make(c, &own, s->m, s->out, s->found) : take_over(c, s->m, STAGE_GUEST, words, s->out));
	return db_exec(c, &Q_guest_confirmed, ARGS(V(s->m->realm), V(s->m->id), V(g.id), V(call_local(c->now_ms)), V(rq->procedure_ok)), NULL);
}

fail score_guest(struct call *c, const struct guest_request *rq, struct meeting *m, struct score_sheet *out, struct flaws *found)
{
	return db_write(c, guest_body, &(struct guest_save){ rq, m, out, found });
}
