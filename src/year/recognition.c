/* recognition.c — the proposal list of a committee. */
#include "year/recognition.h"

#include <stdlib.h>
#include <string.h>

#include "recognition_sql.h"
#include "year/office_many.h"
#include "year/office_queue.h"

const char *const recognition_places[] = { "proposed", "below", "left_out", "waiting", "recognised", "refused", "gone", NULL };

const char *recognition_place_name(enum lang lang, enum recognition_place p)
{
	static const char *const names[] = { N_("Proposed for recognition"), N_("Below the standard"), N_("Cannot be decided now"), N_("Not appraised yet"), N_("Recognised"),
		                                 N_("Not recognised"), N_("Withdrawn or moved away") };

	return p < RECOGNITION_PLACES ? tr(lang, names[p]) : "";
}

/* ---------------------------------------------------------------- what is known of each case */

struct certificate { int64_t case_id, id; const char *check_code; };
static const struct field certificate_fields[] = { COL(struct certificate, case_id), COL(struct certificate, id), COL(struct certificate, check_code), FIELD_END };
static const struct record certificate_record = { "certificate", sizeof(struct certificate), certificate_fields };

struct sources {
	struct office_query q;
	struct office_rows rows;
	const char **changed; /* by row: facts that have changed, in words, or NULL */
	struct certificate *certificates;
	size_t certificate_n;
};

static fail load(struct call *c, struct sources *s)
{
	TRY(office_load(c, &s->q, &s->rows));
	TRY(office_changed(c, &s->q, s->rows.v, s->rows.n, &s->changed));
	return db_all(c, &Q_recognition_certificates, ARGS(V(s->q.unit_id), V(s->q.year)), &certificate_record, &s->certificates, &s->certificate_n);
}

static enum recognition_place place_of(const struct office_row *r, const char *changed)
{
	switch (r->state) {
	case CASE_APPRAISED:
		if (r->appeal_seq || (changed && *changed))
			return RECOGNITION_LEFT_OUT;
		return r->result[CASE_STAGE_APPRAISED] == RESULT_MET ? RECOGNITION_PROPOSED : RECOGNITION_BELOW;
	case CASE_RECOGNISED: return RECOGNITION_RECOGNISED;
	case CASE_NOT_RECOGNISED: return RECOGNITION_REFUSED;
	case CASE_WITHDRAWN:
	case CASE_TRANSFERRED_OUT: return RECOGNITION_GONE;
	default: return RECOGNITION_WAITING;
	}
}

static const char *below_words(struct call *c, const struct office_row *r)
{
	const char *points = show_tenths(c->arena, c->lang, r->points[CASE_STAGE_APPRAISED]);

	return *r->vetoes ? arena_printf(c->arena, tr(c->lang, "%1$s points; excluded by %2$s"), points, r->vetoes)
	                  : arena_printf(c->arena, tr(c->lang, "%s points; the standard is 95"), points);
}

static const char *why_of(struct call *c, const struct office_row *r, enum recognition_place place, const char *changed, const struct year_case *k)
{
	switch (place) {
	case RECOGNITION_BELOW: return below_words(c, r);
	case RECOGNITION_LEFT_OUT: return r->appeal_seq ? tr(c->lang, N_("an appeal is open; the committee answers it first")) : changed;
	case RECOGNITION_REFUSED: return *k->remark ? k->remark : below_words(c, r);
	case RECOGNITION_GONE:
		return r->state == CASE_TRANSFERRED_OUT ? arena_printf(c->arena, tr(c->lang, "moved to %s"), k->moved_to) : k->remark;
	default: return "";
	}
}

static int by_case(const void *key, const void *row)
{
	int64_t a = *(const int64_t *)key, b = ((const struct certificate *)row)->case_id;

	return a < b ? -1 : a > b;
}

static fail fill_row(struct call *c, const struct sources *s, size_t i, struct recognition_row *out)
{
	const struct office_row *r = &s->rows.v[i];
	const struct certificate *paper = s->certificate_n ? bsearch(&r->id, s->certificates, s->certificate_n, sizeof *paper, by_case) : NULL;
	struct year_case k;

	TRY(case_by_id(c, r->id, &k));
	*out = (struct recognition_row){ .place = place_of(r, s->changed[i]),
		                             .case_id = r->id,
		                             .rev = r->rev,
		                             .unit_id = r->unit_id,
		                             .unit_code = r->unit_code,
		                             .unit_name = r->unit_name,
		                             .level = r->level,
		                             .state = r->state,
		                             .self = r->points[CASE_STAGE_SELF],
		                             .voted = r->points[CASE_STAGE_VOTED],
		                             .points = r->points[CASE_STAGE_APPRAISED],
		                             .exemplary = r->exemplary > 0,
		                             .decision_no = k.decision_no,
		                             .decided_on = k.decided_on,
		                             .award_id = paper ? paper->id : 0,
		                             .check_code = paper ? paper->check_code : "" };
	out->why = why_of(c, r, out->place, s->changed[i], &k);
	return FAIL_OK;
}

/* Proposed by points; within other places the order of names stays. */
struct placed { struct recognition_row row; size_t at; };

static int by_place(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;

	if (a->row.place != b->row.place)
		return a->row.place < b->row.place ? -1 : 1;
	if (a->row.points.t != b->row.points.t && a->row.place == RECOGNITION_PROPOSED)
		return a->row.points.t > b->row.points.t ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static void sort_rows(struct call *c, struct recognition *r)
{
	struct placed *v = ARENA_ARRAY(c->arena, r->n + 1, struct placed);

	for (size_t i = 0; i < r->n; i++)
		v[i] = (struct placed){ r->v[i], i };
	if (r->n)
		qsort(v, r->n, sizeof *v, by_place);
	for (size_t i = 0; i < r->n; i++)
		r->v[i] = v[i].row;
}

static void add_count(struct recognition *r, const struct recognition_row *x)
{
	r->count[x->place]++;
	r->registered += x->state != CASE_WITHDRAWN;
	r->assessed += x->place != RECOGNITION_GONE;
	r->exemplary += x->place == RECOGNITION_RECOGNISED && x->exemplary;
}

fail recognition_list(struct call *c, int64_t unit_id, int year, bool below, struct recognition *out)
{
	struct sources s = { .q = { .unit_id = unit_id, .kind = CASE_FOUR_GOOD, .year = year, .below = below } };
	struct office_bodies bodies;

	*out = (struct recognition){ .year = year, .below = below };
	TRY(office_bodies_of(c, &s.q, &bodies));
	out->any_below = bodies.n > 0;
	TRY(org_unit_nearest(c, unit_id, office_day(c, year), &out->unit));
	TRY(load(c, &s));
	out->v = ARENA_ARRAY(c->arena, s.rows.n + 1, struct recognition_row);
	for (size_t i = 0; i < s.rows.n; i++) {
		if (!s.rows.v[i].id)
			continue;
		TRY(fill_row(c, &s, i, &out->v[out->n]));
		add_count(out, &out->v[out->n++]);
	}
	sort_rows(c, out);
	return FAIL_OK;
}
