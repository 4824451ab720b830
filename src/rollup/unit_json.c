/* unit_json.c — the page of a unit as data. */
#include "rollup/shown.h"

static void named_rate(struct json *j, const char *key, struct rate r)
{
	json_key(j, key);
	json_object(j);
	rate_json(j, r.num, r.den);
	json_object_end(j);
}

static void points(struct json *j, const char *key, int64_t tenths)
{
	char text[NUM_TEXT] = "";

	if (tenths != INT_UNKNOWN)
		tenths_format((struct tenths){ (int32_t)tenths }, text);
	json_put_str(j, key, *text ? text : NULL);
}

static void relatives_json(struct json *j, const char *key, const struct relatives *r)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < r->n; i++) {
		if (!r->v[i].may)
			continue;
		json_object(j);
		json_put_int(j, "id", r->v[i].id);
		json_put_str(j, "name", r->v[i].name);
		json_object_end(j);
	}
	json_array_end(j);
}

static void child_json(struct json *j, const struct child_view *k)
{
	json_object(j);
	json_put_int(j, "id", k->id);
	json_put_str(j, "code", k->code);
	json_put_str(j, "name", k->name);
	json_put_bool(j, "own_meetings", k->own);
	named_rate(j, "regular", k->regular);
	named_rate(j, "thematic", k->thematic);
	named_rate(j, "attendance", k->attendance);
	named_rate(j, "scored", k->scored);
	named_rate(j, "good", k->good);
	points(j, "mean", k->mean);
	named_rate(j, "good_years", k->year);
	named_rate(j, "cells_registered", k->registered);
	named_rate(j, "cells_met", k->met);
	named_rate(j, "cells_good_or_better", k->level);
	json_object_end(j);
}

static void looks_json(struct json *j, const struct looks *l)
{
	json_key(j, "exceptions");
	json_object(j);
	json_put_int(j, "months_due", l->due);
	json_put_int(j, "months_missed", l->missed);
	json_put_int(j, "this_month_due", l->now_due);
	json_put_int(j, "this_month_not_yet", l->now_missed);
	json_put_int(j, "not_scored", l->unscored);
	json_put_int(j, "not_reported", l->unreported);
	json_put_int(j, "attendance_below", l->low_n);
	json_object_end(j);
}

static void month_json(struct json *j, const struct month_view *m)
{
	static const char *const words[] = { [CLASS_NONE] = NULL, [CLASS_GOOD] = "good", [CLASS_FAIR] = "fair", [CLASS_AVERAGE] = "average",
		                                 [CLASS_POOR] = "poor" };
	char month[MONTH_TEXT];

	month_format(m->month, month);
	json_object(j);
	json_put_str(j, "month", month);
	json_put_bool(j, "due", m->due && !m->future);
	json_put_bool(j, "held", m->regular);
	points(j, "points", m->points);
	json_put_str(j, "class", words[m->class]);
	json_put_bool(j, "decided", m->decided);
	named_rate(j, "attendance", m->attendance);
	json_put_bool(j, "thematic", m->thematic);
	json_put_bool(j, "pre_meeting", m->pre);
	json_object_end(j);
}

/* Counts by level are of persons: only for those who may see them. */
static void year_json(struct json *j, const struct unit_view *v)
{
	json_key(j, "year");
	json_object(j);
	json_put_int(j, "year", v->year_number);
	for (int f = FIG_COUNT; f < FIG_ALL; f++)
		if (v->sees_members || f < FIG_members || f == FIG_initiatives)
			json_put_int(j, figure_words[f], v->of_year.v[f]);
	json_object_end(j);
}

void unit_view_json(struct json *j, enum lang lang, const struct unit_view *v)
{
	json_object(j);
	json_put_int(j, "id", v->id);
	json_put_str(j, "code", v->code);
	json_put_str(j, "name", v->name);
	json_put_bool(j, "exists_today", v->today);
	relatives_json(j, "above", &v->above);
	relatives_json(j, "beside", &v->beside);
	looks_json(j, &v->looks);
	json_key(j, "figures");
	targets_json(j, lang, v->code, &v->q, &v->targets);
	year_json(j, v);
	json_key(j, "children");
	json_array(j);
	for (size_t i = 0; !v->cell && i < v->children.n; i++)
		child_json(j, &v->children.v[i]);
	json_array_end(j);
	json_key(j, "total");
	child_json(j, &v->total);
	json_key(j, "months");
	json_array(j);
	for (size_t i = 0; i < v->year.n; i++)
		month_json(j, &v->year.v[i]);
	json_array_end(j);
	json_object_end(j);
}
