/* recognition_paper.c — the lists of recognition on paper. All words are Vietnamese: they are what is printed. */
#include "year/recognition_paper.h"

#include "rollup/head.h"

static const char *number_text(struct call *c, int64_t n)
{
	return show_int(c->arena, LANG_VI, n);
}

static const char *points_text(struct call *c, struct tenths p)
{
	return tenths_is(p) ? show_tenths(c->arena, LANG_VI, p) : "";
}

static const struct recognition_choice *chosen(const struct recognition_decision *d, int64_t case_id)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].case_id == case_id)
			return &d->v[i];
	return NULL;
}

static void put_row(struct call *c, struct json *j, int64_t no, const struct recognition_row *r, const char *reward, const char *why)
{
	json_object(j);
	json_put_str(j, "no", number_text(c, no));
	json_put_str(j, "name", r->unit_name);
	json_put_str(j, "self", points_text(c, r->self));
	json_put_str(j, "voted", points_text(c, r->voted));
	json_put_str(j, "points", points_text(c, r->points));
	json_put_str(j, "reward", reward);
	json_put_str(j, "why", why);
	json_object_end(j);
}

static fail put_head(struct call *c, struct json *j, const struct recognition *r, const char *number, struct date on, const char *signed_by)
{
	TRY(head_facts(c, j, &(struct paper_of){ r->unit, number, on, signed_by }));
	json_put_str(j, "issuer", head_issuer(c->arena, &r->unit));
	json_put_str(j, "year", arena_printf(c->arena, "%d", r->year));
	return FAIL_OK;
}

static void put_count(struct call *c, struct json *j, const char *name, int64_t n)
{
	json_put_str(j, arena_join(c->arena, name, "_count", NULL), number_text(c, n));
	json_put_bool(j, arena_join(c->arena, "has_", name, NULL), n > 0);
}

/* ---------------------------------------------------------------- the decision */

static void put_refused(struct call *c, struct json *j, const struct recognition *r, const struct recognition_decision *d)
{
	int64_t n = 0;

	json_key(j, "refused");
	json_array(j);
	for (size_t i = 0; i < r->n; i++) {
		const struct recognition_row *x = &r->v[i];

		if (x->place == RECOGNITION_BELOW || (x->place == RECOGNITION_PROPOSED && !chosen(d, x->case_id)))
			put_row(c, j, ++n, x, "", x->place == RECOGNITION_BELOW ? x->why : d->why);
	}
	json_array_end(j);
	put_count(c, j, "refused", n);
}

static void put_recognised(struct call *c, struct json *j, const struct recognition *r, const struct recognition_decision *d)
{
	int64_t n = 0, exemplary = 0;

	json_key(j, "recognised");
	json_array(j);
	for (size_t i = 0; i < r->n; i++) {
		const struct recognition_choice *x = chosen(d, r->v[i].case_id);

		if (!x)
			continue;
		exemplary += x->exemplary;
		put_row(c, j, ++n, &r->v[i], x->exemplary ? "Giấy khen" : "", "");
	}
	json_array_end(j);
	put_count(c, j, "recognised", n);
	put_count(c, j, "exemplary", exemplary);
}

fail recognition_decision_facts(struct call *c, const struct recognition *r, const struct recognition_decision *d, const char *number, const char **out)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	TRY(put_head(c, &j, r, number, d->decided_on, d->signed_by));
	put_recognised(c, &j, r, d);
	put_refused(c, &j, r, d);
	json_object_end(&j);
	*out = out_text(&o);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the proposal */

static bool is_proposed(const struct recognition_row *r)
{
	return r->place == RECOGNITION_PROPOSED || r->place == RECOGNITION_RECOGNISED;
}

static void put_list(struct call *c, struct json *j, const struct recognition *r, const char *name, bool proposed)
{
	int64_t n = 0;

	json_key(j, name);
	json_array(j);
	for (size_t i = 0; i < r->n; i++)
		if (is_proposed(&r->v[i]) == proposed)
			put_row(c, j, ++n, &r->v[i], r->v[i].exemplary ? "Giấy khen" : "",
			        *r->v[i].why ? r->v[i].why : recognition_place_name(LANG_VI, r->v[i].place));
	json_array_end(j);
	put_count(c, j, name, n);
}

fail recognition_proposal(struct call *c, const struct recognition *r, struct date on, const char **facts)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	TRY(put_head(c, &j, r, "", on, ""));
	put_list(c, &j, r, "proposed", true);
	put_list(c, &j, r, "others", false);
	int64_t exemplary = 0;

	for (size_t i = 0; i < r->n; i++)
		exemplary += is_proposed(&r->v[i]) && r->v[i].exemplary;
	put_count(c, &j, "exemplary", exemplary);
	json_put_str(&j, "registered_count", number_text(c, r->registered));
	json_put_str(&j, "assessed_count", number_text(c, r->assessed));
	json_object_end(&j);
	*facts = out_text(&o);
	return FAIL_OK;
}
