/* office_case.c — gathering one case for the committee above. */
#include "year/office_case.h"

#include <string.h>

#include "http/req.h"

fail office_case_decider(struct call *c, const struct req *rq, int64_t *unit_id)
{
	struct year_case k;
	struct unit decider;
	int64_t id;

	TRY(req_id(c, rq, "case", &id));
	TRY(case_by_id(c, id, &k));
	TRY(case_decider(c, &k, &decider));
	*unit_id = decider.id;
	return FAIL_OK;
}

const struct year_view *office_case_before(const struct office_case *d)
{
	return d->voted.sheet.revision ? &d->voted : d->self.sheet.revision ? &d->self : NULL;
}

bool office_case_is_open(const struct office_case *d)
{
	return d->answering || d->k.state == CASE_APPRAISED || case_find_row(d->k.kind, CASE_STEP_APPRAISE, d->k.state) != NULL;
}

struct tenths office_line_points(const struct year_view *v, const char *id)
{
	for (size_t i = 0; v->has_lines && i < v->lines.n; i++)
		if (strcmp(v->lines.lines[i].id, id) == 0)
			return v->lines.lines[i].points;
	return TENTHS_NONE;
}

/* A draft that cannot be made (no rule for that unit and year) does not hide the case. */
static fail draft(struct call *c, struct office_case *d, struct judged judged)
{
	fail f = year_draft(c, &d->k, judged, &d->draft);

	if (f != FAIL_INPUT && f != FAIL_NOT_FOUND)
		return f;
	d->no_draft = c->problem.text;
	problem_clear(c);
	return FAIL_OK;
}

static const struct judged *points_before_typing(const struct office_case *d)
{
	const struct year_view *before = office_case_before(d);

	if (d->appraised.sheet.revision && d->k.state != CASE_VOTED)
		return &d->appraised.judged;
	return before ? &before->judged : NULL;
}

static fail draft_with(struct call *c, struct office_case *d, const struct judged *judged)
{
	struct year_draft plain = d->draft;

	TRY(draft(c, d, *judged));
	if (d->no_draft) {
		d->draft = plain;
		d->no_draft = NULL;
	}
	return FAIL_OK;
}

/* Points that do not fit are said at their field; the sheet is then shown with those that stood before. */
static fail draft_again(struct call *c, struct office_case *d)
{
	const struct judged *before = points_before_typing(d);

	if (d->no_draft)
		return FAIL_OK;
	if (before)
		TRY(draft_with(c, d, before));
	return d->typed ? draft_with(c, d, &d->judged) : FAIL_OK;
}

static fail load_sheets(struct call *c, struct office_case *d)
{
	const struct year_gathered *now;

	TRY(draft(c, d, JUDGED_NONE));
	now = d->no_draft ? NULL : &d->draft.gathered;
	TRY(year_view(c, &d->k, CASE_STAGE_SELF, now, &d->self));
	TRY(year_view(c, &d->k, CASE_STAGE_VOTED, now, &d->voted));
	TRY(year_view(c, &d->k, CASE_STAGE_APPRAISED, now, &d->appraised));
	return draft_again(c, d);
}

static struct office_neighbour neighbour(const struct office_row *r)
{
	return (struct office_neighbour){ r->id, r->member_id ? r->member_name : r->unit_name };
}

static fail find_neighbours(struct call *c, struct office_case *d)
{
	struct office_query q = { d->decider.id, d->k.kind, (int)d->k.year };
	struct office_rows rows;
	bool passed = false;

	TRY(office_load(c, &q, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct office_row *r = &rows.v[i];

		if (r->id == d->k.id)
			passed = true;
		else if (r->wait == WAIT_APPRAISE && !passed)
			d->before = neighbour(r);
		else if (r->wait == WAIT_APPRAISE && !d->after.id)
			d->after = neighbour(r);
	}
	return FAIL_OK;
}

static fail find_order(struct call *c, struct office_case *d)
{
	struct flaws all = { 0 };

	d->order = (struct flaws){ 0 };
	if (!case_find_row(d->k.kind, CASE_STEP_APPRAISE, d->k.state))
		return FAIL_OK;
	TRY(case_step_blocks(c, &d->k, CASE_STEP_APPRAISE, &all));
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.v[i].field, "order") == 0)
			flaw_add(c, &d->order, "order", "%s", all.v[i].text);
	return FAIL_OK;
}

fail office_case_load(struct call *c, void *arg)
{
	struct office_case *d = arg;

	d->no_draft = NULL;
	d->before = d->after = (struct office_neighbour){ 0 };
	TRY(case_by_id(c, d->id, &d->k));
	TRY(case_decider(c, &d->k, &d->decider));
	TRY(load_sheets(c, d));
	TRY(year_evidence_of(c, &d->k, &d->evidence));
	TRY(year_votes_of(c, &d->k, &d->votes));
	TRY(year_appeals_of(c, &d->k, &d->appeals));
	TRY(case_history(c, &d->k, &d->steps));
	TRY(find_order(c, d));
	return find_neighbours(c, d);
}
