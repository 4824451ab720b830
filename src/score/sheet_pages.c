/* sheet_pages.c — the score sheet as an explanation, at each of its stages: self and voted by the cell, guest, decided by the committee
 * above. */
#include <string.h>

#include "base/text.h"
#include "score/meeting_pages.h"
#include "score/sheet_view.h"
#include "score_views.h"

/* ---------------------------------------------------------------- showing */

static const char *lead_of(enum lang lang, enum score_stage stage)
{
	static const char *const leads[] = { "", N_("The cell's own score"), N_("The guest's word on the score"),
		                                 N_("The cell votes on its score"), N_("Decision of the committee above") };

	return tr(lang, leads[stage]);
}

static fail write_page(struct call *c, const struct req *rq, struct res *rs, struct sheet_data *d, struct sheet_view *v)
{
	struct page pg;

	TRY(sheet_build(c, rq, d, v));
	v->lead = lead_of(c->lang, d->stage);
	v->may_papers = page_may_read_papers(c, d->w.meeting.unit_id);
	page_begin(c, rq, rs, &pg, &d->w.meeting, v->lead, v->lead);
	view_sheet(&rs->body, &pg, v);
	return FAIL_OK;
}

static fail show(struct call *c, const struct req *rq, struct res *rs, enum score_stage stage)
{
	struct sheet_data d = { .stage = stage };
	struct sheet_view v = { 0 };
	struct json j;

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(sheet_load(c, &d));
	res_rev(c, rq, rs, d.w.meeting.rev);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		whole_json(&j, c, &d.w, false);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	v.rev = d.w.meeting.rev;
	return write_page(c, rq, rs, &d, &v);
}

static fail score_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, STAGE_SELF);
}

static fail vote_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, STAGE_VOTED);
}

static fail guest_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, STAGE_GUEST);
}

static fail decide_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, STAGE_DECIDED);
}

/* ---------------------------------------------------------------- saving */

struct save {
	const struct req *rq;
	struct sheet_data *d;
	struct score_request request;
	struct moment scored_at;
	struct meeting m;
	struct score_sheet sheet;
	struct flaws found;
};

static const char *typed(struct call *c, const struct req *rq, const char *name)
{
	const char *text = req_form(rq, name);

	return text ? text_clean(c->arena, text) : "";
}

static fail member_typed(struct call *c, const struct req *rq, const char *field, int64_t realm, int64_t *out)
{
	const char *code = typed(c, rq, field);
	struct member m;

	*out = 0;
	if (!*code)
		return FAIL_OK;
	fail f = org_member_by_code(c, realm, code, &m);

	if (f != FAIL_NOT_FOUND) {
		*out = f == FAIL_OK ? m.id : 0;
		return f;
	}
	problem_clear(c);
	return problem(c, FAIL_INPUT, field, "there is no member with the code “%s”", code);
}

/* What the chair named; each with the version the person had before their eyes. */
static fail save_text(struct call *c, const struct req *rq, const struct meeting *m, const char *field, enum meeting_text text)
{
	const char *value = req_form(rq, field), *rev = req_form(rq, arena_printf(c->arena, "%s_rev", field)), *stored = "";
	int64_t seen = ANY_TEXT_REV;

	if (!value)
		return FAIL_OK;
	if (rev && !int_parse(rev, &seen))
		seen = ANY_TEXT_REV;
	fail f = meeting_text_save(c, m, text, text_clean(c->arena, value), seen, &stored);

	if (f != FAIL_CONFLICT)
		return f;
	problem_clear(c);
	return problem(c, f, field, "somebody else changed this text in the meantime; it reads now: “%s”", stored);
}

/* A show of hands counted on this page; nothing typed: the vote that was held stands. */
static fail count_hands(struct call *c, struct save *s)
{
	const struct req *rq = s->rq;
	struct vote v = {
		.meeting_id = s->m.id, .subject = SUBJECT_SCORE, .method = METHOD_HAND, .title = tr(LANG_VI, N_("Score and class of the meeting"))
	};
	struct teller count[2] = { { .teller = 1 }, { .teller = 2 } };
	int64_t sum = 0;
	static const char *const fields[] = { "in_favour", "against", "abstain" };
	int64_t n[3];

	if (!*typed(c, rq, "in_favour"))
		return FAIL_OK;
	for (int i = 0; i < 3; i++) {
		if (!int_parse(typed(c, rq, fields[i]), &n[i]) || n[i] < 0 || n[i] > 100000)
			return problem(c, FAIL_INPUT, fields[i], "write how many, a whole number");
		sum += n[i];
	}
	TRY(vote_call(c, &v));
	TRY(member_typed(c, rq, "teller1", s->m.realm, &count[0].member_id));
	TRY(member_typed(c, rq, "teller2", s->m.realm, &count[1].member_id));
	for (int i = 0; i < 2; i++) {
		count[i].in_favour = n[0];
		count[i].against = n[1];
		count[i].abstain = n[2];
		count[i].invalid = 0;
	}
	return vote_count(c, v.id, ANY_REV, count, sum, &v, &s->found);
}

/* Only for a meeting written down afterwards: one that went through its life cycle here knows when it was scored. */
static fail save_time(struct call *c, struct save *s)
{
	struct meeting stored;

	if (!s->m.afterwards || !moment_is(s->scored_at) || s->scored_at.minutes == s->m.scored_at.minutes)
		return FAIL_OK;
	s->m.scored_at = s->scored_at;
	return meeting_update(c, &s->m, &stored);
}

/* Everything the page asks for is kept together, or nothing. */
static fail save_body(struct call *c, void *arg)
{
	struct save *s = arg;
	struct score_request rq = s->request;

	s->found = (struct flaws){ 0 };
	TRY(meeting_lock(c, rq.meeting_id, rq.rev, &s->m));
	TRY(save_time(c, s));
	TRY(member_typed(c, s->rq, "followed_by", s->m.realm, &rq.followed_by));
	if (rq.stage == STAGE_VOTED) {
		TRY(save_text(c, s->rq, &s->m, "weaknesses", TEXT_SCORE_WEAKNESSES));
		TRY(save_text(c, s->rq, &s->m, "remedy", TEXT_SCORE_REMEDY));
		TRY(count_hands(c, s));
	}
	rq.rev = ANY_REV;
	return score_save(c, &rq, &s->m, &s->sheet, &s->found);
}

static fail save_guest(struct call *c, struct save *s)
{
	struct guest_request g = { .meeting_id = s->d->id,
		                       .rev = s->request.rev,
		                       .judged = s->d->judged,
		                       .procedure_ok = INT_UNKNOWN,
		                       .remark = typed(c, s->rq, "remark"),
		                       .own_points = strcmp(typed(c, s->rq, "do"), "own") == 0 };
	const char *opinion = typed(c, s->rq, "procedure_ok");

	if (!int_parse(typed(c, s->rq, "guest"), &g.guest_id))
		return problem(c, FAIL_INPUT, "guest", "say who confirms");
	if (*opinion && (!int_parse(opinion, &g.procedure_ok) || (g.procedure_ok != 0 && g.procedure_ok != 1)))
		return problem(c, FAIL_INPUT, "procedure_ok", "1: the procedure was in order; 0: it was not");
	return score_guest(c, &g, &s->m, &s->sheet, &s->found);
}

static fail read_request(struct call *c, const struct req *rq, struct sheet_data *d, struct save *s, struct form *form)
{
	const char *scored = req_form(rq, "scored_at");

	s->scored_at = MOMENT_NONE;
	if (scored && *scored && !moment_parse(scored, &s->scored_at))
		form_problem(form, "scored_at", tr(c->lang, "a day and time such as 2026-01-05T19:00"));
	s->request = (struct score_request){ .meeting_id = d->id, .stage = d->stage, .judged = d->judged, .reason = typed(c, rq, "reason") };
	TRY(req_rev(c, rq, &s->request.rev));
	return form->n ? problem(c, FAIL_INPUT, form->problems[0].field, "%s", form->problems[0].text) : FAIL_OK;
}

/* The page once more: with what is wrong, or worked out without keeping anything. */
static fail again(struct call *c, const struct req *rq, struct res *rs, struct sheet_view *v, struct save *s, fail f)
{
	page_flaws(&v->form, &s->found);
	problem_clear(c);
	TRY(db_read(c, sheet_load, s->d));
	v->rev = f == FAIL_CONFLICT ? s->d->w.meeting.rev : s->request.rev;
	TRY(write_page(c, rq, rs, s->d, v));
	return f == FAIL_OK ? FAIL_OK : res_again(rs, f);
}

static fail done(struct call *c, const struct req *rq, struct res *rs, const struct save *s)
{
	static const char *const texts[] = { "", N_("Scored: %s points, %s."), N_("The guest's word is kept: %s points, %s."),
		                                 N_("The cell has voted: %s points, %s."), N_("Decided: %s points, %s.") };
	const char *text = arena_printf(c->arena, tr(c->lang, texts[s->d->stage]), show_tenths(c->arena, c->lang, s->sheet.points),
	                                grade_title((enum grade)s->sheet.class, c->lang));

	return page_done(c, rq, rs, &s->m, "", text);
}

static fail post(struct call *c, const struct req *rq, struct res *rs, enum score_stage stage)
{
	struct sheet_data d = { .stage = stage, .typed = true };
	struct save s = { .rq = rq, .d = &d };
	struct sheet_view v = { 0 };

	TRY(req_id(c, rq, "meeting", &d.id));
	form_begin(&v.form, c, NULL, NULL);
	sheet_read_judged(c, rq, &d.judged, &v.form);
	fail f = read_request(c, rq, &d, &s, &v.form);

	if (f == FAIL_OK && strcmp(typed(c, rq, "do"), "work-out") == 0)
		return again(c, rq, rs, &v, &s, FAIL_OK);
	if (f == FAIL_OK)
		f = stage == STAGE_GUEST ? save_guest(c, &s) : db_write(c, save_body, &s);
	if (f == FAIL_OK)
		return done(c, rq, rs, &s);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	return again(c, rq, rs, &v, &s, f);
}

static fail score_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, STAGE_SELF);
}

static fail vote_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, STAGE_VOTED);
}

static fail guest_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, STAGE_GUEST);
}

static fail decide_post(struct call *c, const struct req *rq, struct res *rs)
{
	return post(c, rq, rs, STAGE_DECIDED);
}

const struct route sheet_routes[] = {
	{ GET, "/meetings/:meeting/score", MAY_SEE, page_meeting_unit, score_show, 0, N_("The cell's own sheet: every line with its reason"),
	  NULL, NULL, NULL },
	{ POST, "/meetings/:meeting/score", MAY_RECORD, page_meeting_unit, score_post, 0,
	  N_("Keeps the cell's own sheet: judged.ID for each judged line, followed_by"), NULL, NULL, NULL },
	{ GET, "/meetings/:meeting/vote-score", MAY_SEE, page_meeting_unit, vote_show, 0, N_("The sheet the cell votes on"), NULL, NULL, NULL },
	{ POST, "/meetings/:meeting/vote-score", MAY_RECORD, page_meeting_unit, vote_post, 0,
	  N_("Keeps the voted sheet: judged.ID, weaknesses, remedy; in_favour, against, abstain, teller1, teller2 of a show of hands"), NULL,
	  NULL, NULL },
	{ GET, "/meetings/:meeting/guest-score", MAY_SEE, page_meeting_unit, guest_show, 0,
	  N_("The sheet as the guest of the committee above confirms it"), NULL, NULL, NULL },
	{ POST, "/meetings/:meeting/guest-score", MAY_SEE, page_meeting_unit, guest_post, 0,
	  N_("The guest confirms (do=confirm) or gives points of their own (do=own, judged.ID): guest, procedure_ok, remark"), NULL, NULL,
	  NULL },
	{ GET, "/meetings/:meeting/decide", MAY_DECIDE, page_meeting_unit, decide_show, 0, N_("The sheet as the committee above decides it"),
	  NULL, NULL, NULL },
	{ POST, "/meetings/:meeting/decide", MAY_DECIDE, page_meeting_unit, decide_post, 0,
	  N_("Keeps the decision: judged.ID for each judged line, reason when it differs"), NULL, NULL, NULL },
	{ HTTP_NONE },
};
