/* recognition_decide.c — one decision for all that was chosen, and its certificates. */
#include <string.h>

#include "rollup/head.h"
#include "year/case_keep.h"
#include "year/recognition.h"
#include "year/recognition_paper.h"

#define PURPOSE "recognition:%d"

struct deciding {
	const struct recognition_decision *d;
	struct recognition_done *out;
	struct recognition list;
	const char *number;
	int64_t document_id;
};

static const struct recognition_choice *chosen(const struct recognition_decision *d, int64_t case_id)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].case_id == case_id)
			return &d->v[i];
	return NULL;
}

static const struct recognition_row *row_of(const struct recognition *r, int64_t case_id)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].case_id == case_id)
			return &r->v[i];
	return NULL;
}

/* ---------------------------------------------------------------- what is wrong with it */

static fail check_choice(struct call *c, const struct recognition *list, const struct recognition_choice *x)
{
	const struct recognition_row *r = row_of(list, x->case_id);

	if (!r)
		return problem(c, FAIL_NOT_FOUND, "case", "a chosen case is not decided by this committee");
	if (r->place != RECOGNITION_PROPOSED)
		return problem(c, FAIL_CONFLICT, "case", "%s cannot be recognised now: %s", r->unit_name,
		               *r->why ? r->why : recognition_place_name(c->lang, r->place));
	if (r->rev != x->rev)
		return problem(c, FAIL_CONFLICT, "case", "%s was changed in the meantime; look at the list as it is now", r->unit_name);
	return FAIL_OK;
}

static fail check_day(struct call *c, struct date on)
{
	if (!date_is(on))
		return problem(c, FAIL_INPUT, "decided_on", "give the day of the decision");
	if (on.days > c->today.days)
		return problem(c, FAIL_INPUT, "decided_on", "%s is still to come", show_date(c->arena, c->lang, on));
	return FAIL_OK;
}

static fail check(struct call *c, const struct deciding *k)
{
	const struct recognition_decision *d = k->d;
	const struct recognition *r = &k->list;

	TRY(check_day(c, d->decided_on));
	if (!d->n && !r->count[RECOGNITION_BELOW] && !r->count[RECOGNITION_PROPOSED])
		return problem(c, FAIL_INPUT, "case", "there is nothing to decide: no appraised case is waiting");
	for (size_t i = 0; i < d->n; i++)
		TRY(check_choice(c, r, &d->v[i]));
	if (r->count[RECOGNITION_PROPOSED] > (int64_t)d->n && !*d->why)
		return problem(c, FAIL_INPUT, "why", "some that meet the standard were not chosen; say why they are not recognised");
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the number */

static fail compose(struct call *c, const struct document *doc, void *arg, const char **content)
{
	struct deciding *k = arg;

	k->number = document_number_text(c->arena, doc);
	return recognition_decision_facts(c, &k->list, k->d, k->number, content);
}

static fail own_number(struct call *c, struct deciding *k)
{
	const struct recognition_decision *d = k->d;
	struct document doc;

	record_clear(&document_record, &doc);
	doc.unit_id = d->unit_id;
	doc.type = DOC_DECISION;
	doc.secrecy = SECRECY_OPEN;
	doc.purpose = arena_printf(c->arena, PURPOSE, d->year);
	doc.subject = arena_printf(c->arena, "Công nhận đạt tiêu chuẩn “bốn tốt” năm %d", d->year);
	doc.outside_no = doc.form = doc.content = doc.signed_by = "";
	TRY(document_create(c, &doc));
	struct document_issue issue = { .id = doc.id, .rev = doc.rev, .dated_on = d->decided_on, .signed_by = d->signed_by, .form = FORM_RECOGNITION,
		                            .content = "", .compose = compose, .arg = k };

	TRY(document_issue(c, &issue, &doc));
	k->number = document_number_text(c->arena, &doc);
	k->document_id = doc.id;
	return FAIL_OK;
}

static fail number(struct call *c, struct deciding *k)
{
	k->document_id = 0;
	k->number = k->d->outside_no;
	return *k->number ? FAIL_OK : own_number(c, k);
}

/* ---------------------------------------------------------------- steps and certificates */

/* "Chi bộ đạt tiêu chuẩn “bốn tốt” tiêu biểu năm 2025" */
static const char *title_of(struct call *c, const struct year_case *k)
{
	const char *what = strncmp(k->unit_name, "Chi bộ", strlen("Chi bộ")) == 0 ? "Chi bộ" : strncmp(k->unit_name, "Đảng bộ", strlen("Đảng bộ")) == 0 ? "Đảng bộ" : "";

	return arena_printf(c->arena, "%s “bốn tốt” tiêu biểu năm %lld", *what ? arena_join(c->arena, what, " đạt tiêu chuẩn", NULL) : "Đạt tiêu chuẩn", (long long)k->year);
}

static fail give_certificate(struct call *c, const struct year_case *k, int64_t giver, const char *signed_by, struct award *a)
{
	record_clear(&award_record, a);
	a->kind = AWARD_CERTIFICATE;
	a->year = k->year;
	a->unit_id = k->unit_id;
	a->member_code = "";
	a->case_id = k->id;
	a->title = title_of(c, k);
	a->given_by = giver;
	a->decision_no = k->decision_no;
	a->decided_on = k->decided_on;
	a->signed_by = signed_by;
	return award_give(c, a);
}

static fail recognise(struct call *c, struct deciding *k, const struct recognition_row *r, const struct recognition_choice *x)
{
	struct case_note note = { .remark = "", .decision_no = k->number, .decision_id = k->document_id, .decided_on = k->d->decided_on, .moved_to = "" };
	struct year_case kase;
	struct award a;

	TRY(case_take_step(c, r->case_id, r->rev, CASE_STEP_RECOGNISE, &note, &kase, NULL));
	k->out->recognised++;
	if (!x->exemplary)
		return FAIL_OK;
	TRY(case_set_exemplary(c, kase.id, kase.rev, true, &kase));
	k->out->certificates++;
	return give_certificate(c, &kase, k->d->unit_id, k->d->signed_by, &a);
}

static fail refuse(struct call *c, struct deciding *k, const struct recognition_row *r)
{
	struct case_note note = { .remark = r->place == RECOGNITION_PROPOSED ? k->d->why : r->why, .decision_no = k->number, .decision_id = k->document_id,
		                      .decided_on = k->d->decided_on, .moved_to = "" };
	struct year_case kase;

	TRY(case_take_step(c, r->case_id, r->rev, CASE_STEP_REFUSE, &note, &kase, NULL));
	k->out->refused++;
	return FAIL_OK;
}

static fail decide_body(struct call *c, void *arg)
{
	struct deciding *k = arg;

	enum lang lang = c->lang;

	*k->out = (struct recognition_done){ 0 };
	c->lang = LANG_VI; /* reasons are printed and kept */
	fail f = recognition_list(c, k->d->unit_id, k->d->year, k->d->below, &k->list);

	c->lang = lang;
	TRY(f);
	TRY(check(c, k));
	TRY(number(c, k));
	for (size_t i = 0; i < k->list.n; i++) {
		const struct recognition_row *r = &k->list.v[i];
		const struct recognition_choice *x = chosen(k->d, r->case_id);

		if (x)
			TRY(recognise(c, k, r, x));
		else if (r->place == RECOGNITION_PROPOSED || r->place == RECOGNITION_BELOW)
			TRY(refuse(c, k, r));
	}
	k->out->left_out = k->list.count[RECOGNITION_LEFT_OUT] + k->list.count[RECOGNITION_WAITING];
	k->out->decision_no = k->number;
	k->out->document_id = k->document_id;
	return FAIL_OK;
}

fail recognition_decide(struct call *c, const struct recognition_decision *d, struct recognition_done *out)
{
	return db_write(c, decide_body, &(struct deciding){ .d = d, .out = out });
}

/* ---------------------------------------------------------------- one of them afterwards */

struct choosing {
	int64_t case_id, rev;
	bool exemplary;
	const char *why;
	struct award *award;
};

static fail choose_body(struct call *c, void *arg)
{
	const struct choosing *x = arg;
	struct document decision;
	struct year_case k;
	struct unit decider;

	TRY(case_set_exemplary(c, x->case_id, x->rev, x->exemplary, &k));
	TRY(award_revoke_case(c, k.realm, k.id, *x->why ? x->why : "thay thế", NULL));
	if (!x->exemplary)
		return FAIL_OK;
	if (k.decision_id > 0) { /* whoever recognised it gives the certificate */
		TRY(document_by_id(c, k.decision_id, &decision));
		return give_certificate(c, &k, decision.unit_id, decision.signed_by, x->award);
	}
	TRY(case_decider(c, &k, &decider));
	return give_certificate(c, &k, decider.id, "", x->award);
}

fail recognition_set_exemplary(struct call *c, int64_t case_id, int64_t rev, bool exemplary, const char *why, struct award *award)
{
	struct award unused;

	if (!exemplary && (!why || !*why))
		return problem(c, FAIL_INPUT, "why", "say why the certificate is taken back");
	return db_write(c, choose_body, &(struct choosing){ case_id, rev, exemplary, why ? why : "", award ? award : &unused });
}
