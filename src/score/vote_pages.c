/* vote_pages.c — votes of a meeting: calling one, the count of two tellers, closing a ballot, declaring void. */
#include <string.h>

#include "meeting/ballot.h"
#include "meeting/cycle.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/room_shown.h"
#include "room_views.h"

/* The unit of "/votes/:vote/…". */
static fail page_vote_unit(struct call *c, const struct req *rq, int64_t *unit_id)
{
	int64_t id;

	TRY(req_id(c, rq, "vote", &id));
	return vote_unit(c, id, unit_id);
}

static const char *vote_path(struct call *c, const struct vote *v, const char *below)
{
	return arena_printf(c->arena, "/votes/%lld%s", (long long)v->id, below);
}

/* "20 have a vote; at least 11 in favour are needed" */
static const char *base_words(struct call *c, int64_t base, int64_t needed)
{
	return arena_printf(c->arena, tr(c->lang, "%lld have a vote; at least %lld votes in favour are needed"), (long long)base, (long long)needed);
}

/* "16 of 19 in favour, 1 abstained": what is 0 is left out. */
static const char *counts_words(struct call *c, const struct vote *v)
{
	const struct { int64_t n; const char *text; } more[] = {
		{ v->against, N_(", %lld against") }, { v->abstain, N_(", %lld abstained") }, { v->invalid, N_(", %lld invalid") },
	};
	struct out o;

	if (v->result == VOTE_VOID)
		return v->remark;
	if (v->in_favour == INT_UNKNOWN)
		return "";
	out_memory(&o, c->arena);
	out_printf(&o, tr(c->lang, "%lld in favour of %lld with a vote"), (long long)v->in_favour, (long long)v->base);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		if (more[i].n > 0)
			out_printf(&o, tr(c->lang, more[i].text), (long long)more[i].n);
	return out_text(&o);
}

static struct vote_line line_of(struct call *c, const struct vote *v)
{
	return (struct vote_line){ v, vote_result_name(c->lang, v->result), counts_words(c, v) };
}

/* ---------------------------------------------------------------- all votes of a meeting */

struct list_data {
	int64_t id;
	struct meeting m;
	struct votes votes;
	struct voters voters;
	struct roll roll;
};

static fail load_list(struct call *c, void *arg)
{
	struct list_data *p = arg;

	TRY(meeting_by_id(c, p->id, &p->m));
	TRY(votes_of(c, &p->m, &p->votes));
	TRY(org_members_on(c, p->m.unit_id, meeting_day(&p->m), &p->roll));
	return voters_of(c, &p->m, &p->voters);
}

static size_t people_choices(struct call *c, const struct roll *roll, struct choice **out)
{
	*out = ARENA_ARRAY(c->arena, roll->n + 1, struct choice);
	(*out)[0] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < roll->n; i++)
		(*out)[i + 1] = (struct choice){ roll->v[i].code, roll->v[i].full_name, NULL };
	return roll->n + 1;
}

static void list_choices(struct call *c, const struct list_data *p, struct votes_view *v)
{
	v->subjects = ARENA_ARRAY(c->arena, SUBJECT_COUNT, struct choice);
	for (unsigned s = SUBJECT_NONE + 1; s < SUBJECT_COUNT; s++)
		v->subjects[v->subject_n++] = (struct choice){ vote_subject_words[s], vote_subject_name(c->lang, s), NULL };
	v->methods = ARENA_ARRAY(c->arena, 3, struct choice);
	for (unsigned m = METHOD_HAND; m <= METHOD_DEVICE; m++)
		if (m == METHOD_HAND || !p->voters.online)
			v->methods[v->method_n++] = (struct choice){ vote_method_words[m], vote_method_name(c->lang, m), NULL };
	v->people_n = people_choices(c, &p->roll, &v->people);
}

/* One tap for the votes that nearly every meeting has. */
static void list_quick(struct call *c, const struct list_data *p, struct votes_view *v)
{
	static const unsigned usual[] = { SUBJECT_AGENDA, SUBJECT_RESOLUTION, SUBJECT_CONCLUSION, SUBJECT_SCORE, SUBJECT_MINUTES };
	size_t all = sizeof usual / sizeof *usual;

	v->quick = ARENA_ARRAY(c->arena, all, struct quick_vote);
	for (size_t i = 0; i < all; i++) {
		bool there = false;

		for (size_t k = 0; k < p->votes.n; k++)
			there |= p->votes.v[k].subject == usual[i] && p->votes.v[k].result != VOTE_VOID;
		if (!there)
			v->quick[v->quick_n++] = (struct quick_vote){ vote_subject_words[usual[i]], vote_subject_name(c->lang, usual[i]) };
	}
}

static const char *list_blocked(struct call *c, const struct list_data *p)
{
	if (!p->voters.complete)
		return tr(c->lang, "take the roll call first: who votes, and how many votes are needed, follows from it");
	return p->voters.voting.base && p->voters.n ? NULL : tr(c->lang, "nobody with a vote is present");
}

static void write_list(struct call *c, const struct req *rq, struct res *rs, struct list_data *p, struct votes_view *v)
{
	const struct voting *k = &p->voters.voting;
	struct page pg;

	v->id = p->m.id;
	v->title = page_meeting_title(c, &p->m);
	v->may = call_may(c, MAY_RECORD, p->m.unit_id) && meeting_part_is_open(&p->m, PART_ROOM);
	v->blocked = list_blocked(c, p);
	v->question = voters_question(c, &p->voters);
	v->online = p->voters.online;
	if (!v->blocked)
		v->base = arena_printf(c->arena, tr(c->lang, "%lld have a vote, %zu of them are present. More than half is %lld votes; for a decision on a member two thirds, %lld."),
		                       (long long)k->base, p->voters.n, (long long)k->for_resolution, (long long)k->for_two_thirds);
	v->n = p->votes.n;
	v->v = ARENA_ARRAY(c->arena, v->n + 1, struct vote_line);
	for (size_t i = 0; i < v->n; i++)
		v->v[i] = line_of(c, &p->votes.v[i]);
	list_choices(c, p, v);
	list_quick(c, p, v);
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Votes"), tr(c->lang, "Votes"));
	view_votes(&rs->body, &pg, v);
}

static void list_json(struct res *rs, const struct list_data *p)
{
	const struct voting *k = &p->voters.voting;
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "meeting_code", p->m.code);
	json_put_bool(&j, "roll_call_complete", p->voters.complete);
	json_put_int(&j, "base", k->base);
	json_put_int(&j, "present_with_a_vote", (int64_t)p->voters.n);
	json_put_int(&j, "for_resolution", k->for_resolution);
	json_put_int(&j, "for_two_thirds", k->for_two_thirds);
	json_key(&j, "votes");
	json_array(&j);
	for (size_t i = 0; i < p->votes.n; i++) {
		json_object(&j);
		vote_json(&j, &p->votes.v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail votes_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct list_data p;
	struct votes_view v = { 0 };

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load_list(c, &p));
	if (req_wants_json(rq)) {
		list_json(rs, &p);
		return FAIL_OK;
	}
	form_begin(&v.form, c, &vote_record, NULL);
	write_list(c, rq, rs, &p, &v);
	return FAIL_OK;
}

static fail vote_done(struct call *c, const struct req *rq, struct res *rs, const struct vote *v, const char *text)
{
	struct flash said = { .text = text };

	res_rev(c, rq, rs, v->rev);
	return res_done(c, rq, rs, vote_path(c, v, ""), &said);
}

static fail votes_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct list_data p;
	struct votes_view view = { 0 };
	struct vote v;

	TRY(req_id(c, rq, "meeting", &p.id));
	record_clear(&vote_record, &v);
	fail f = req_record(c, rq, &vote_record, &v, &view.form);

	v.meeting_id = p.id;
	if (f == FAIL_OK)
		f = vote_call(c, &v);
	if (f == FAIL_OK && v.method == METHOD_DEVICE)
		f = ballot_begin(c, &v);
	if (f == FAIL_OK)
		return vote_done(c, rq, rs, &v, arena_printf(c->arena, "%s. %s", v.title, base_words(c, v.base, vote_votes_needed(&v))));
	if (f != FAIL_INPUT || req_wants_json(rq))
		return f;
	(void)form_failed(&view.form);
	TRY(db_read(c, load_list, &p));
	write_list(c, rq, rs, &p, &view);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- one vote */

struct vote_data {
	int64_t id;
	struct vote v;
	struct meeting m;
	struct voters voters;
	struct tellers counted, before, roll;
};

static fail load_vote(struct call *c, void *arg)
{
	struct vote_data *p = arg;

	TRY(vote_by_id(c, p->id, &p->v));
	TRY(meeting_by_id(c, p->v.meeting_id, &p->m));
	TRY(voters_of(c, &p->m, &p->voters));
	TRY(vote_tellers(c, &p->v, &p->counted));
	TRY(vote_tellers_before(c, &p->m, &p->before));
	return vote_ballot_roll(c, &p->v, &p->roll);
}

static void fill_tellers(struct call *c, const struct req *rq, const struct vote_data *p, struct vote_view *v)
{
	static const char *const sides[] = { "a", "b" };
	static const char *const titles[] = { N_("First teller"), N_("Second teller") };

	v->tellers = ARENA_ARRAY(c->arena, p->voters.n + 1, struct choice);
	v->tellers[v->teller_n++] = (struct choice){ "", "–", NULL };
	for (size_t i = 0; i < p->voters.n; i++)
		v->tellers[v->teller_n++] = (struct choice){ p->voters.v[i]->code, p->voters.v[i]->full_name, NULL };
	for (int i = 0; i < 2; i++) {
		const char *typed = req_form(rq, arena_printf(c->arena, "%s.teller", sides[i]));

		v->rows[i] = (struct count_row){ sides[i], tr(c->lang, titles[i]), typed ? typed : p->before.n == 2 ? p->before.v[i].member_code : "" };
	}
}

/* Who has voted: from the urn while it is open, from the roll afterwards. */
static void fill_marks(struct call *c, const struct vote_data *p, struct vote_view *v)
{
	bool open = p->v.result == VOTE_OPEN;

	if (p->v.method != METHOD_DEVICE)
		return;
	v->marked = ballot_marked(c, p->v.id);
	v->mark_n = open ? p->voters.n : p->roll.n;
	v->marks = ARENA_ARRAY(c->arena, v->mark_n + 1, struct mark_row);
	for (size_t i = 0; i < v->mark_n; i++)
		v->marks[i] = open ? (struct mark_row){ p->voters.v[i]->full_name, ballot_has_voted(c, p->v.id, p->voters.v[i]->id) } :
		                     (struct mark_row){ p->roll.v[i].member_name, true };
}

static void write_vote(struct call *c, const struct req *rq, struct res *rs, const struct vote_data *p, struct vote_view *v)
{
	const char *list = page_meeting_path(c, &p->m, "/votes");
	struct page pg;

	v->vote = &p->v;
	v->title = page_meeting_title(c, &p->m);
	v->base = base_words(c, p->v.base, vote_votes_needed(&p->v));
	v->rule = vote_kind_of(&p->v) == VOTE_MEMBER ? tr(c->lang, "two thirds of those who have a vote") : tr(c->lang, "more than half of those who have a vote");
	v->result = vote_result_name(c->lang, p->v.result);
	v->question = p->v.result == VOTE_OPEN ? voters_question(c, &p->voters) : NULL;
	v->present = (int64_t)p->voters.n;
	v->may = call_may(c, MAY_RECORD, p->m.unit_id) && meeting_part_is_open(&p->m, PART_ROOM);
	v->counted = p->counted;
	if (vote_kind_of(&p->v) == VOTE_MEMBER)
		v->round = arena_printf(c->arena, tr(c->lang, "Vote %lld of at most %d on this matter"), (long long)p->v.round, VOTE_ROUNDS);
	fill_tellers(c, rq, p, v);
	fill_marks(c, p, v);
	page_begin(c, rq, rs, &pg, &p->m, p->v.title, tr(c->lang, "Votes"));
	((struct crumb *)pg.crumbs)[pg.crumb_n - 1].href = list;
	page_crumb(&pg, NULL, p->v.title);
	view_vote(&rs->body, &pg, v);
}

static void vote_answer(struct call *c, struct res *rs, const struct vote_data *p)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	vote_json(&j, &p->v);
	if (p->v.method == METHOD_DEVICE && p->v.result == VOTE_OPEN) {
		json_put_bool(&j, "urn", ballot_marked(c, p->v.id) >= 0);
		json_put_int(&j, "marked_so_far", ballot_marked(c, p->v.id) < 0 ? 0 : ballot_marked(c, p->v.id));
	}
	json_key(&j, "tellers");
	json_array(&j);
	for (size_t i = 0; i < p->counted.n; i++)
		json_str(&j, p->counted.v[i].member_code);
	json_array_end(&j);
	json_object_end(&j);
}

static fail vote_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct vote_data p;
	struct vote_view v = { 0 };

	TRY(req_id(c, rq, "vote", &p.id));
	TRY(load_vote(c, &p));
	res_rev(c, rq, rs, p.v.rev);
	if (req_wants_json(rq)) {
		vote_answer(c, rs, &p);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_vote(c, rq, rs, &p, &v);
	return FAIL_OK;
}

/* The page comes back with what is wrong. */
static fail vote_again(struct call *c, const struct req *rq, struct res *rs, int64_t id, fail f, const struct flaws *found)
{
	struct vote_data p = { .id = id };
	struct vote_view v = { 0 };

	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	v.form.typed = &rq->form;
	page_flaws(&v.form, found);
	TRY(db_read(c, load_vote, &p));
	write_vote(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

static int64_t number_of(struct call *c, const struct req *rq, const char *side, const char *name)
{
	const char *text = req_form(rq, *side ? arena_printf(c->arena, "%s.%s", side, name) : name);
	int64_t n;

	return text && int_parse(text_clean(c->arena, text), &n) ? n : -1;
}

/* "All in favour" is one tap; an empty field of the others is 0 once one of the four is filled in. */
static void read_count(struct call *c, const struct req *rq, const char *side, int64_t marked, struct teller *t)
{
	static const char *const names[] = { "in_favour", "against", "abstain", "invalid" };
	int64_t *const counts[] = { &t->in_favour, &t->against, &t->abstain, &t->invalid };
	const char *code = req_form(rq, arena_printf(c->arena, "%s.teller", side));
	bool any = false;

	*t = (struct teller){ .member_code = code ? code : "", .member_name = "" };
	if (req_form(rq, "all")) {
		t->in_favour = marked;
		return;
	}
	for (int i = 0; i < 4; i++) {
		const char *text = req_form(rq, arena_printf(c->arena, "%s.%s", side, names[i]));
		bool empty = !text || !*text;

		any |= !empty;
		*counts[i] = empty ? 0 : number_of(c, rq, side, names[i]);
	}
	if (!any)
		t->in_favour = -1;
}

static fail count_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct teller t[2];
	struct vote v = { 0 };
	struct flaws found = { 0 };
	int64_t id, rev, marked;

	TRY(req_id(c, rq, "vote", &id));
	TRY(req_rev(c, rq, &rev));
	marked = number_of(c, rq, "", "marked");
	read_count(c, rq, "a", marked, &t[0]);
	read_count(c, rq, "b", marked, &t[1]);
	fail f = vote_count(c, id, rev, t, marked, &v, &found);

	if (f != FAIL_OK)
		return vote_again(c, rq, rs, id, f, &found);
	return vote_done(c, rq, rs, &v, arena_printf(c->arena, "%s: %s", v.title, vote_result_name(c->lang, v.result)));
}

static fail void_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct vote v = { 0 };
	struct flaws found = { 0 };
	int64_t id, rev;

	TRY(req_id(c, rq, "vote", &id));
	TRY(req_rev(c, rq, &rev));
	fail f = vote_void(c, id, rev, req_form(rq, "remark"), &v);

	if (f != FAIL_OK)
		return vote_again(c, rq, rs, id, f, &found);
	ballot_drop(c, id);
	return vote_done(c, rq, rs, &v, tr(c->lang, "The vote is declared void; it stays in the record."));
}

/* ---------------------------------------------------------------- the ballot as a whole */

static fail close_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct vote v = { 0 };
	struct flaws found = { 0 };
	int64_t id;

	TRY(req_id(c, rq, "vote", &id));
	fail f = ballot_close(c, id, &v);

	if (f != FAIL_OK)
		return vote_again(c, rq, rs, id, f, &found);
	return vote_done(c, rq, rs, &v, arena_printf(c->arena, "%s: %s", v.title, vote_result_name(c->lang, v.result)));
}

static fail repeat_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct vote v = { 0 };
	struct flaws found = { 0 };

	TRY(req_id(c, rq, "vote", &v.id));
	fail f = ballot_repeat(c, v.id);

	if (f != FAIL_OK)
		return vote_again(c, rq, rs, v.id, f, &found);
	return vote_done(c, rq, rs, &v, tr(c->lang, "The ballot begins anew, with an empty urn."));
}

const struct route vote_routes[] = {
	{ GET, "/meetings/:meeting/votes", MAY_SEE_MEMBERS, page_meeting_unit, votes_show, 0, N_("Votes of a meeting, and who has a vote"), NULL, &vote_record, NULL },
	{ POST, "/meetings/:meeting/votes", MAY_RECORD, page_meeting_unit, votes_post, 0, N_("Calls a vote: subject, method, title, member_code"), &vote_record,
	  NULL, NULL },
	{ GET, "/votes/:vote", MAY_SEE_MEMBERS, page_vote_unit, vote_show, 0, N_("A vote"), NULL, &vote_record, NULL },
	{ POST, "/votes/:vote/count", MAY_RECORD, page_vote_unit, count_post, 0,
	  N_("What two tellers counted: marked, a.teller, a.in_favour, a.against, a.abstain, a.invalid, and b likewise"), NULL, NULL, NULL },
	{ POST, "/votes/:vote/void", MAY_RECORD, page_vote_unit, void_post, ROUTE_NOT_ONCE, N_("Declares a vote void: remark"), NULL, NULL, NULL },
	{ POST, "/votes/:vote/close", MAY_RECORD, page_vote_unit, close_post, ROUTE_NOT_ONCE, N_("Closes a ballot on devices and counts it"), NULL, NULL, NULL },
	{ POST, "/votes/:vote/repeat", MAY_RECORD, page_vote_unit, repeat_post, ROUTE_NOT_ONCE, N_("Begins a ballot anew whose urn was lost"), NULL, NULL,
	  NULL },
	{ HTTP_NONE },
};
