/* ballot_pages.c — the ballot in a person's hand: on the own device, or on one that is lent and passed on.
 *
 * A page never says, shows again or logs what was chosen; every answer is the same whatever it was. */
#include <string.h>

#include "access/access.h"
#include "access/account.h"
#include "meeting/ballot.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/room_shown.h"
#include "room_views.h"

static fail page_vote_unit(struct call *c, const struct req *rq, int64_t *unit_id)
{
	int64_t id;

	TRY(req_id(c, rq, "vote", &id));
	return vote_unit(c, id, unit_id);
}

struct ballot_data {
	int64_t id;
	struct vote v;
	struct meeting m;
	struct voters voters;
};

static fail load(struct call *c, void *arg)
{
	struct ballot_data *p = arg;

	TRY(vote_by_id(c, p->id, &p->v));
	TRY(meeting_by_id(c, p->v.meeting_id, &p->m));
	return voters_of(c, &p->m, &p->voters);
}

/* The member that the account is; 0: none of that province. */
static int64_t own_member(const struct call *c, int64_t realm)
{
	const struct account *a = access_account(c);

	return a && a->member_id > 0 && a->member_realm == realm ? a->member_id : 0;
}

/* Those who have not voted yet. */
static void fill_people(struct call *c, const struct ballot_data *p, struct ballot_view *v)
{
	v->people = ARENA_ARRAY(c->arena, p->voters.n + 1, struct choice);
	v->people[v->people_n++] = (struct choice){ "", tr(c->lang, "Choose your name"), NULL };
	for (size_t i = 0; i < p->voters.n; i++)
		if (!ballot_has_voted(c, p->id, p->voters.v[i]->id))
			v->people[v->people_n++] = (struct choice){ p->voters.v[i]->code, p->voters.v[i]->full_name, NULL };
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, struct ballot_data *p, struct ballot_view *v)
{
	struct page pg;

	v->vote = &p->v;
	v->title = page_meeting_title(c, &p->m);
	v->base = arena_printf(c->arena, tr(c->lang, "%lld have a vote; at least %lld votes in favour are needed"), (long long)p->v.base,
	                       (long long)vote_votes_needed(&p->v));
	v->present = (int64_t)p->voters.n;
	v->marked = ballot_marked(c, p->id);
	v->closed = p->v.result != VOTE_OPEN || p->v.method != METHOD_DEVICE;
	v->lost = !v->closed && v->marked < 0;
	v->few = v->present < BALLOT_FEW;
	if (v->lend)
		fill_people(c, p, v);
	else
		v->voted = !v->closed && ballot_has_voted(c, p->id, own_member(c, p->m.realm));
	page_begin(c, rq, rs, &pg, &p->m, p->v.title, tr(c->lang, "Secret ballot"));
	rs->no_store = true;
	view_ballot(&rs->body, &pg, v);
}

static fail show(struct call *c, const struct req *rq, struct res *rs, bool lend)
{
	struct ballot_data p;
	struct ballot_view v = { .lend = lend };
	struct json j;

	TRY(req_id(c, rq, "vote", &p.id));
	TRY(load(c, &p));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		json_put_str(&j, "title", p.v.title);
		json_put_bool(&j, "open", p.v.result == VOTE_OPEN && ballot_marked(c, p.id) >= 0);
		json_put_bool(&j, "voted", ballot_has_voted(c, p.id, own_member(c, p.m.realm)));
		json_object_end(&j);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	write_page(c, rq, rs, &p, &v);
	return FAIL_OK;
}

static fail ballot_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, false);
}

static fail lend_show(struct call *c, const struct req *rq, struct res *rs)
{
	return show(c, rq, rs, true);
}

/* ---------------------------------------------------------------- voting */

static enum ballot_choice choice_of(const struct req *rq)
{
	const char *s = req_form(rq, "choice");

	return s && *s >= '1' && *s <= '3' && !s[1] ? (enum ballot_choice)(*s - '0') : BALLOT_NONE;
}

static fail find_lender(struct call *c, const struct req *rq, const struct ballot_data *p, int64_t *member)
{
	const char *code = req_form(rq, "person");

	for (size_t i = 0; code && i < p->voters.n; i++)
		if (strcmp(p->voters.v[i]->code, code) == 0) {
			*member = p->voters.v[i]->id;
			return FAIL_OK;
		}
	return problem(c, FAIL_INPUT, "person", "choose your own name first");
}

static fail find_own(struct call *c, const struct ballot_data *p, int64_t *member)
{
	*member = own_member(c, p->m.realm);
	if (*member)
		return FAIL_OK;
	return problem(c, FAIL_DENIED, "person", "your account is not linked with a member; vote at the chair's device");
}

/* The refused page shows what is wrong, never what was chosen. */
static fail again(struct call *c, const struct req *rq, struct res *rs, struct ballot_data *p, bool lend, fail f)
{
	struct ballot_view v = { .lend = lend };

	if (f == FAIL_BROKEN || f == FAIL_NOT_FOUND || req_wants_json(rq))
		return f;
	form_begin(&v.form, c, NULL, NULL);
	(void)form_failed(&v.form);
	TRY(db_read(c, load, p));
	write_page(c, rq, rs, p, &v);
	return res_again(rs, f);
}

static fail cast(struct call *c, const struct req *rq, struct res *rs, bool lend)
{
	struct ballot_data p;
	struct flash said = { .text = lend ? tr(c->lang, "The ballot is in the urn. Pass the device on.") : tr(c->lang, "Your ballot is in the urn.") };
	int64_t member = 0;

	TRY(req_id(c, rq, "vote", &p.id));
	TRY(db_read(c, load, &p));
	fail f = lend ? find_lender(c, rq, &p, &member) : find_own(c, &p, &member);

	if (f == FAIL_OK)
		f = ballot_cast(c, p.id, member, choice_of(rq));
	if (f != FAIL_OK)
		return again(c, rq, rs, &p, lend, f);
	return res_done(c, rq, rs, arena_printf(c->arena, "/votes/%lld/%s", (long long)p.id, lend ? "lend" : "ballot"), &said);
}

static fail ballot_post(struct call *c, const struct req *rq, struct res *rs)
{
	return cast(c, rq, rs, false);
}

static fail lend_post(struct call *c, const struct req *rq, struct res *rs)
{
	return cast(c, rq, rs, true);
}

/* ---------------------------------------------------------------- which ballots wait for me */

static fail mine_show(struct call *c, const struct req *rq, struct res *rs)
{
	const struct account *a = access_account(c);
	struct votes votes = { 0 };
	struct ballots_view v = { 0 };
	struct page pg;
	struct json j;

	if (a && a->member_id > 0)
		TRY(votes_waiting(c, a->member_realm, a->member_id, &votes));
	v.v = ARENA_ARRAY(c->arena, votes.n + 1, struct vote_line);
	for (size_t i = 0; i < votes.n; i++)
		if (!ballot_has_voted(c, votes.v[i].id, a->member_id))
			v.v[v.n++] = (struct vote_line){ &votes.v[i], "", "" };
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_array(&j);
		for (size_t i = 0; i < v.n; i++) {
			json_object(&j);
			vote_json(&j, v.v[i].vote);
			json_object_end(&j);
		}
		json_array_end(&j);
		return FAIL_OK;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "Ballots that wait for you"));
	view_ballots(&rs->body, &pg, &v);
	return FAIL_OK;
}

const struct route ballot_routes[] = {
	{ GET, "/ballots", MAY_SIGNED_IN, NULL, mine_show, 0, N_("Open secret ballots in which you may vote"), NULL, &vote_record, NULL },
	{ GET, "/votes/:vote/ballot", MAY_TAKE_PART, page_vote_unit, ballot_show, 0, N_("A secret ballot, to be filled in on one's own device"), NULL, NULL, NULL },
	{ POST, "/votes/:vote/ballot", MAY_TAKE_PART, page_vote_unit, ballot_post, ROUTE_NOT_ONCE,
	  N_("Drops one's ballot: choice 1 in favour, 2 against, 3 abstain"), NULL, NULL, NULL },
	{ GET, "/votes/:vote/lend", MAY_RECORD, page_vote_unit, lend_show, 0, N_("The same at a device that is passed on"), NULL, NULL, NULL },
	{ POST, "/votes/:vote/lend", MAY_RECORD, page_vote_unit, lend_post, ROUTE_NOT_ONCE, N_("Drops the ballot of a person without a device: person, choice"),
	  NULL, NULL, NULL },
	{ HTTP_NONE },
};
