/* member_list.c — the annual classification in a cell: the collective first, then each member; open for all, votes for many in one form as they were counted
 * on paper.
 *
 * All votes of a form are kept together, or none: what is wrong stands at the member it is about. */
#include <string.h>

#include "cell_views.h"
#include "org/address.h"
#include "org/member.h"
#include "score/pages.h"
#include "year/cell_pages.h"
#include "year/cell_shown.h"

enum { MEMBERS_AT_MOST = 1000 };

struct data {
	const struct req *rq;
	struct res *rs;
	int64_t unit_id;
	int year;
	struct unit unit;
	struct year_case level;           /* of the collective; id 0: not opened */
	struct year_sheet level_sheet;
	struct year_cases cases;
	struct roll roll;
	bool may_record;
	struct members_year_view v;
};

/* ---------------------------------------------------------------- gathering */

static struct date day_of(const struct call *c, int year)
{
	struct date last = date_of(year, 12, 31);

	return last.days < c->today.days ? last : c->today;
}

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;
	struct case_query q = { .unit_id = d->unit_id, .own_only = true, .kind = CASE_MEMBER, .year = d->year, .limit = MEMBERS_AT_MOST };

	TRY(org_unit_nearest(c, d->unit_id, day_of(c, d->year), &d->unit));
	TRY(case_find(c, CASE_UNIT, d->year, d->unit_id, 0, &d->level));
	if (d->level.id)
		TRY(year_counting(c, &d->level, &d->level_sheet));
	TRY(case_list(c, &q, &d->cases));
	d->may_record = call_may(c, MAY_RECORD, d->unit_id);
	return org_members_on(c, d->unit_id, day_of(c, d->year), &d->roll);
}

static fail path(struct call *c, const struct req *rq, struct data *d)
{
	*d = (struct data){ .rq = rq };
	TRY(unit_of_path(c, rq, &d->unit_id));
	return year_page_year(c, rq, &d->year);
}

/* ---------------------------------------------------------------- rows */

static fail fill_row(struct call *c, const struct data *d, const struct year_case *k, struct member_row *r)
{
	struct year_sheet s;
	long long id = (long long)k->id;

	*r = (struct member_row){ .k = k, .name = year_page_subject(k), .state = case_state_name(c->lang, k->kind, k->state), .self = TENTHS_NONE,
		                      .voted = TENTHS_NONE, .href = year_page_path(c, k, "") };
	TRY(year_latest(c, k, CASE_STAGE_SELF, &s));
	if (s.revision) {
		r->self = s.points;
		r->self_result = s.result;
	}
	TRY(year_latest(c, k, CASE_STAGE_VOTED, &s));
	if (s.revision) {
		r->voted = s.points;
		r->voted_result = s.result;
	}
	TRY(year_latest(c, k, CASE_STAGE_APPRAISED, &s));
	r->decided_result = s.revision ? s.result : 0;
	if (k->state == CASE_SELF_ASSESSED || k->state == CASE_VOTED) /* the points say so */
		r->state = NULL;
	r->field_yes = arena_printf(c->arena, "in_favour.%lld", id);
	r->field_no = arena_printf(c->arena, "against.%lld", id);
	r->field_abstain = arena_printf(c->arena, "abstain.%lld", id);
	if (d->may_record && case_find_row(k->kind, CASE_STEP_SELF_ASSESS, k->state))
		r->assess = year_page_path(c, k, "/sheet?stage=self");
	r->may_vote = d->may_record && k->state == CASE_SELF_ASSESSED;
	return FAIL_OK;
}

static bool opened(const struct data *d, const struct roll_member *m)
{
	for (size_t i = 0; i < d->cases.n; i++)
		if (d->cases.v[i].member_id == m->id)
			return true;
	return false;
}

static fail add_rows(struct call *c, struct data *d)
{
	struct members_year_view *v = &d->v;

	v->v = ARENA_ARRAY(c->arena, d->cases.n + d->roll.n + 1, struct member_row);
	for (size_t i = 0; i < d->cases.n; i++) {
		TRY(fill_row(c, d, &d->cases.v[i], &v->v[v->n]));
		v->to_vote += v->v[v->n++].may_vote;
	}
	for (size_t i = 0; i < d->roll.n; i++) {
		const struct roll_member *m = &d->roll.v[i];

		if (m->status == STATUS_TEMP_HERE || opened(d, m))
			continue;
		v->v[v->n++] = (struct member_row){ .name = m->full_name, .state = tr(c->lang, "not opened"), .self = TENTHS_NONE, .voted = TENTHS_NONE };
		v->to_open++;
	}
	return FAIL_OK;
}

static bool collective_done(const struct data *d)
{
	return d->level.id && d->level.state != CASE_OPEN && d->level.state != CASE_WITHDRAWN;
}

static void summary(struct call *c, struct data *d)
{
	int64_t decided = 0, good = 0;

	for (size_t i = 0; i < d->v.n; i++) {
		decided += d->v.v[i].decided_result != 0;
		good += d->v.v[i].decided_result >= RESULT_GOOD;
	}
	if (decided)
		d->v.summary = arena_printf(c->arena, tr(c->lang, "Decided: %1$s of %2$s; Good or better: %3$s (%4$s)"), show_int(c->arena, c->lang, decided),
		                            show_int(c->arena, c->lang, (int64_t)d->v.n), show_int(c->arena, c->lang, good),
		                            show_percent(c->arena, c->lang, good, decided));
}

static void fill_fields(struct call *c, struct data *d)
{
	struct form *f = &d->v.form;

	year_page_value(c, f, "meeting_id", d->v.vote.meeting_n ? d->v.vote.meetings[0].value : "");
	for (size_t i = 0; i < d->rq->query.n; i++) /* "all in favour" fills the form in */
		if (strcmp(d->rq->query.v[i].name, "favour") == 0)
			for (size_t r = 0; r < d->v.n; r++)
				if (d->v.v[r].may_vote)
					year_page_value(c, f, d->v.v[r].field_yes, d->rq->query.v[i].value);
	year_page_values_typed(c, d->rq, f);
}

static fail build(struct call *c, struct data *d)
{
	struct period months = { month_of(d->year, 10), month_of(d->year + 1, 3) };
	struct members_year_view *v = &d->v;

	v->unit = &d->unit;
	v->year = d->year;
	v->level = d->level.id ? &d->level : NULL;
	v->level_sheet = d->level_sheet;
	v->level_state = d->level.id ? case_state_name(c->lang, CASE_UNIT, d->level.state) : NULL;
	v->may_record = d->may_record;
	v->has_members = d->cases.n || d->roll.n || d->unit.level == LEVEL_CELL;
	v->collective_done = collective_done(d);
	v->action = year_page_unit_path(c, d->unit_id, "/year/members", d->year);
	v->prev = year_page_unit_path(c, d->unit_id, "/year/members", d->year - 1);
	v->next = d->year < date_month(c->today) / 12 ? year_page_unit_path(c, d->unit_id, "/year/members", d->year + 1) : NULL;
	TRY(add_rows(c, d));
	summary(c, d);
	if (v->to_vote)
		TRY(year_vote_fields_of(c, d->unit_id, months, false, &v->vote));
	fill_fields(c, d);
	return FAIL_OK;
}

static fail write_page(struct call *c, struct res *rs, struct data *d)
{
	struct page pg;

	TRY(build(c, d));
	year_page_unit_begin(c, d->rq, rs, &pg, &d->unit, d->year, tr(c->lang, "Annual classification"), tr(c->lang, "Annual classification"));
	view_members_year(&rs->body, &pg, &d->v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- answering */

static void row_json(struct json *j, const struct member_row *r)
{
	char text[NUM_TEXT];

	json_object(j);
	if (r->k)
		case_json(j, r->k);
	else
		json_put_str(j, "member_name", r->name);
	tenths_format(r->self, text);
	json_put_str(j, "self_points", *text ? text : NULL);
	tenths_format(r->voted, text);
	json_put_str(j, "voted_points", *text ? text : NULL);
	json_put_str(j, "level", r->decided_result ? year_result_word(r->decided_result) : NULL);
	json_object_end(j);
}

static void members_json(struct res *rs, const struct data *d)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "year", d->year);
	json_key(&j, "collective");
	if (d->level.id) {
		json_object(&j);
		case_json(&j, &d->level);
		json_object_end(&j);
	} else {
		json_null(&j);
	}
	json_key(&j, "members");
	json_array(&j);
	for (size_t i = 0; i < d->v.n; i++)
		row_json(&j, &d->v.v[i]);
	json_array_end(&j);
	json_object_end(&j);
}

static fail members_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);

	TRY(path(c, rq, d));
	TRY(load(c, d));
	form_begin(&d->v.form, c, NULL, NULL);
	if (!req_wants_json(rq))
		return write_page(c, rs, d);
	TRY(add_rows(c, d));
	members_json(rs, d);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- acting */

struct acting {
	struct data *d;
	int64_t n;      /* opened, or votes kept */
	struct flaws found;
};

static fail open_body(struct call *c, void *arg)
{
	struct acting *a = arg;
	struct case_opening o = { .kind = CASE_UNIT, .year = a->d->year, .unit_id = a->d->unit_id, .base = INT_UNKNOWN };

	if (strcmp(year_page_typed(c, a->d->rq, "do"), "open_collective") == 0)
		return case_open(c, &o, &a->d->level);
	return case_open_all(c, CASE_MEMBER, a->d->year, a->d->unit_id, &a->n);
}

/* The field of one member: what year_save says about a vote stands there. */
static void at_member(struct call *c, struct flaws *all, const struct flaws *found, const struct year_case *k)
{
	const char *field = arena_printf(c->arena, "in_favour.%lld", (long long)k->id);

	for (size_t i = 0; i < found->n; i++)
		flaw_add(c, all, field, "%s: %s", year_page_subject(k), found->v[i].text);
	if (!found->n)
		flaw_add(c, all, field, "%s: %s", year_page_subject(k), c->problem.text);
}

static fail vote_on(struct call *c, struct acting *a, const struct year_vote *common, const struct year_case *k)
{
	const struct req *rq = a->d->rq;
	struct year_request request = { .case_id = k->id, .rev = k->rev, .stage = CASE_STAGE_VOTED, .keep = true, .reason = "" };
	struct year_vote v = *common;
	struct year_sheet sheet;
	struct year_case after;
	struct flaws found = { 0 };

	TRY(year_page_people(c, rq, arena_printf(c->arena, "in_favour.%lld", (long long)k->id), &v.in_favour));
	if (v.in_favour == INT_UNKNOWN)
		return FAIL_OK;
	TRY(year_page_people(c, rq, arena_printf(c->arena, "against.%lld", (long long)k->id), &v.against));
	TRY(year_page_people(c, rq, arena_printf(c->arena, "abstain.%lld", (long long)k->id), &v.abstain));
	v.against = v.against == INT_UNKNOWN ? 0 : v.against;
	v.abstain = v.abstain == INT_UNKNOWN ? 0 : v.abstain;
	v.stage_word = YEAR_VOTE_VOTED;
	fail f = year_save(c, &request, &v, &after, &sheet, &found);

	if (f == FAIL_INPUT) {
		at_member(c, &a->found, &found, k);
		problem_clear(c);
		return FAIL_OK;
	}
	a->n += f == FAIL_OK;
	return f;
}

static fail vote_body(struct call *c, void *arg)
{
	struct acting *a = arg;
	struct year_vote common;

	a->found = (struct flaws){ 0 };
	a->n = 0;
	TRY(load(c, a->d));
	TRY(year_vote_read(c, a->d->rq, a->d->unit_id, &common));
	if (common.base == INT_UNKNOWN)
		TRY(year_vote_base(c, a->d->unit_id, common.on, common.meeting_id, &common.base));
	for (size_t i = 0; i < a->d->cases.n; i++)
		if (a->d->cases.v[i].state == CASE_SELF_ASSESSED)
			TRY(vote_on(c, a, &common, &a->d->cases.v[i]));
	TRY(flaws_refuse(c, &a->found));
	return a->n ? FAIL_OK : problem(c, FAIL_INPUT, "", "write the votes of at least one member");
}

static fail again_body(struct call *c, void *arg)
{
	struct data *d = arg;

	TRY(load(c, d));
	return write_page(c, d->rs, d);
}

static fail done(struct call *c, const struct req *rq, struct res *rs, const struct acting *a, bool voting)
{
	bool collective = strcmp(year_page_typed(c, rq, "do"), "open_collective") == 0;
	const char *text = voting       ? arena_printf(c->arena, tr(c->lang, "Votes kept: %s."), show_int(c->arena, c->lang, a->n))
	                   : collective ? tr(c->lang, "The review of the collective is open.")
	                                : arena_printf(c->arena, tr(c->lang, "Opened for %s members."), show_int(c->arena, c->lang, a->n));
	struct flash said = { .text = text };

	return res_done(c, rq, rs, collective ? year_page_path(c, &a->d->level, "") : year_page_unit_path(c, a->d->unit_id, "/year/members", a->d->year), &said);
}

static fail members_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data *d = ARENA_NEW(c->arena, struct data);
	struct acting a = { .d = d };
	bool voting = strncmp(year_page_typed(c, rq, "do"), "open", 4) != 0;

	TRY(path(c, rq, d));
	d->rs = rs;
	form_begin(&d->v.form, c, NULL, NULL);
	fail f = db_write(c, voting ? vote_body : open_body, &a);

	if (f == FAIL_OK)
		return done(c, rq, rs, &a, voting);
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	page_flaws(&d->v.form, &a.found);
	problem_clear(c);
	TRY(db_read(c, again_body, d));
	return res_again(rs, f);
}

static const struct query_param year_params[] = { { "year", N_("the year; otherwise that of today") }, { NULL } };

const struct route member_year_routes[] = {
	{ GET, "/units/:unit/year/members", MAY_SEE_MEMBERS, unit_of_path, members_show, 0, N_("The annual classification in a unit: the collective and its members"), NULL,
	  NULL, year_params },
	{ POST, "/units/:unit/year/members", MAY_RECORD, unit_of_path, members_post, 0,
	  N_("Opens the review (do=open_collective, open) or keeps votes of many members: meeting_id, in_favour.CASE, against.CASE, abstain.CASE"), NULL, NULL,
	  year_params },
	{ HTTP_NONE },
};
