/* schedule.c — R01: what stands on the notice, what has changed since the last one, issuing it. */
#include <jansson.h>
#include <stdlib.h>

#include "plan/schedule.h"

#include <string.h>

#include "meeting/cycle.h"
#include "org/member.h"
#include "rollup/head.h"
#include "plan_sql.h"

struct found {
	int64_t id, unit_id, rev;
	unsigned state;
	struct moment starts_at;
	const char *place;
};
static const struct field found_fields[] = {
	COL(struct found, id),
	COL(struct found, unit_id),
	COL(struct found, rev),
	COL(struct found, state, .words = meeting_state_words),
	COL(struct found, starts_at),
	COL(struct found, place),
	FIELD_END,
};
static const struct record found_record = { "scheduled_meeting", sizeof(struct found), found_fields };
struct one_id {
	int64_t id;
};
static const struct field one_id_fields[] = { COL(struct one_id, id), FIELD_END };
static const struct record one_id_record = { "document_id", sizeof(struct one_id), one_id_fields };

const char *schedule_time(struct call *c, struct moment at)
{
	return arena_printf(c->arena, "%02d giờ %02d ngày %s", (int)(at.minutes % 1440 / 60), (int)(at.minutes % 60),
	                    show_date(c->arena, LANG_VI, moment_date(at)));
}

static const char *purpose_of(struct call *c, month_no month)
{
	char text[MONTH_TEXT];

	month_format(month, text);
	return arena_printf(c->arena, "%s%s", PURPOSE_SCHEDULE, text);
}

/* ---- reading ---- */

static bool is_listed(unsigned state)
{
	return state != MEETING_PLANNED && state != MEETING_CANCELLED && state != MEETING_POSTPONED && state != MEETING_NO_STATE;
}

static fail find_notices(struct call *c, struct schedule *s)
{
	struct one_id *ids;

	TRY(db_all(c, &Q_plan_notices, ARGS(V(s->unit.realm), V(s->unit.id), V(purpose_of(c, s->month))), &one_id_record, &ids, &s->issued_n));
	s->issued = ARENA_ARRAY(c->arena, s->issued_n + 1, struct document);
	for (size_t i = 0; i < s->issued_n; i++)
		TRY(document_by_id(c, ids[i].id, &s->issued[i]));
	s->first = s->issued_n == 0;
	return FAIL_OK;
}

/* What the latest notice that says anything says about a meeting: "" when it does not have it. */
static const char *before_of(struct call *c, const json_t *rows, int64_t meeting_id)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row) if (json_integer_value(json_object_get(row, "meeting")) == meeting_id) return arena_printf(
	    c->arena, "%s|%s", json_string_value(json_object_get(row, "time")), json_string_value(json_object_get(row, "place")));
	return "";
}

static void compare(struct call *c, struct schedule *s)
{
	json_t *content = s->first ? NULL : json_loads(s->issued[0].content, 0, NULL);
	const json_t *rows = json_object_get(content, "cells");

	for (size_t i = 0; i < s->n; i++) {
		struct schedule_row *r = &s->v[i];
		const char *was = content && r->meeting_id ? before_of(c, rows, r->meeting_id) : "";
		const char *now = arena_printf(c->arena, "%s|%s", schedule_time(c, r->starts_at), r->place);

		/* postponed, and a new day was named since */
		r->listed |= r->state == MEETING_POSTPONED && *was && strcmp(was, now) != 0 && moment_date(r->starts_at).days >= c->today.days;
		if (s->first || (!r->listed && !*was) || (r->listed && strcmp(was, now) == 0))
			continue;
		char *bar = strchr(was, '|');

		r->before = bar ? arena_printf(c->arena, "%.*s, %s", (int)(bar - was), was, bar + 1) : "";
		s->changed++;
	}
	json_decref(content);
}

static fail fill_row(struct call *c, const struct plan_cell *x, struct schedule_row *r)
{
	struct member_counts n;

	*r = (struct schedule_row){
		.unit_id = x->unit.id, .code = x->unit.code, .name = x->unit.name, .secretary = x->secretary, .place = "", .starts_at = MOMENT_NONE
	};
	TRY(org_member_counts(c, x->unit.id, c->today, &n));
	r->members = n.ever ? n.members : INT_UNKNOWN;
	return FAIL_OK;
}

static void take(struct schedule *s, const struct found *m)
{
	for (size_t i = 0; i < s->n; i++) {
		struct schedule_row *r = &s->v[i];

		if (r->unit_id != m->unit_id)
			continue;
		r->meeting_id = m->id;
		r->rev = m->rev;
		r->state = m->state;
		r->starts_at = m->starts_at;
		r->place = m->place;
		r->listed = is_listed(m->state);
		return;
	}
}

fail schedule_load(struct call *c, int64_t unit_id, month_no month, struct schedule *out)
{
	struct plan_cells cells;
	struct found *meetings;
	size_t n;

	*out = (struct schedule){ .month = month };
	TRY(plan_cells_load(c, unit_id, month / 12, month, false, &cells));
	out->unit = cells.unit;
	if (cells.all > CELLS_MOST)
		return problem(c, FAIL_INPUT, "unit", "%s has %zu cells; a schedule notice is issued by the committee directly above the cells",
		               cells.unit.name, cells.all);
	out->v = ARENA_ARRAY(c->arena, cells.n + 1, struct schedule_row);
	for (; out->n < cells.n; out->n++)
		TRY(fill_row(c, &cells.v[out->n], &out->v[out->n]));
	TRY(db_all(c, &Q_plan_schedule, ARGS(V(unit_id), V(c->today), V(month)), &found_record, &meetings, &n));
	for (size_t i = 0; i < n; i++)
		take(out, &meetings[i]);
	TRY(find_notices(c, out));
	compare(c, out);
	for (size_t i = 0; i < out->n; i++) {
		out->listed += out->v[i].listed;
		out->missing += !out->v[i].listed;
		out->members += out->v[i].listed && out->v[i].members > 0 ? out->v[i].members : 0;
	}
	return FAIL_OK;
}

/* ---- facts ---- */

static const char *text_of(struct call *c, int64_t n)
{
	return n == INT_UNKNOWN ? "" : arena_printf(c->arena, "%lld", (long long)n);
}

static void row_facts(struct call *c, struct json *j, const struct schedule_row *r, int64_t no)
{
	json_object(j);
	json_put_str(j, "no", text_of(c, no));
	json_put_str(j, "name", r->name);
	json_put_str(j, "members", text_of(c, r->members));
	json_put_str(j, "time", schedule_time(c, r->starts_at));
	json_put_str(j, "place", r->place);
	json_put_str(j, "secretary", r->secretary);
	json_put_int(j, "meeting", r->meeting_id);
	json_put_bool(j, "changed", r->before != NULL);
	json_object_end(j);
}

static const char *month_words(struct call *c, month_no month)
{
	return arena_printf(c->arena, "%02d/%d", month % 12 + 1, month / 12);
}

/* "Thay đổi so với Thông báo số 05-TB/ĐU: Chi bộ A, Chi bộ B." */
static const char *change_words(struct call *c, const struct schedule *s)
{
	const char *text;
	bool any = false;

	if (s->first || !s->changed)
		return "";
	text = arena_printf(c->arena, "Thông báo này thay Thông báo số %s. Chi bộ có thay đổi:", document_number_text(c->arena, &s->issued[0]));
	for (size_t i = 0; i < s->n; i++) {
		const struct schedule_row *r = &s->v[i];

		if (!r->before)
			continue;
		text = arena_printf(c->arena, "%s%s %s%s", text, any ? ";" : "", r->name,
		                    !r->listed   ? " (không họp theo lịch đã thông báo)"
		                    : *r->before ? ""
		                                 : " (mới đăng ký)");
		any = true;
	}
	return arena_printf(c->arena, "%s.", text);
}

static const char *note_words(struct call *c, const struct schedule *s, const char *note)
{
	const char *change = change_words(c, s);

	return *change && *note ? arena_printf(c->arena, "%s\n%s", change, note) : *change ? change : note;
}

static fail write_facts(struct call *c, const struct schedule *s, const struct paper_of *paper, const char *note, struct out *o)
{
	struct json j;
	int64_t no = 0;

	json_begin(&j, o);
	json_object(&j);
	TRY(head_facts(c, &j, paper));
	json_put_str(&j, "month", month_words(c, s->month));
	json_put_str(&j, "issuer", head_issuer(c->arena, &s->unit));
	json_key(&j, "cells");
	json_array(&j);
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].listed)
			row_facts(c, &j, &s->v[i], ++no);
	json_array_end(&j);
	json_put_str(&j, "cells_count", text_of(c, no));
	json_key(&j, "cells_total");
	json_object(&j);
	json_put_str(&j, "members", text_of(c, s->members));
	json_object_end(&j);
	json_put_str(&j, "cells_note", note_words(c, s, note));
	json_object_end(&j);
	return FAIL_OK;
}

fail schedule_facts(struct call *c, const struct schedule *s, const struct paper_of *paper, const char *note, const char **out)
{
	struct out o;

	out_memory(&o, c->arena);
	TRY(write_facts(c, s, paper, note, &o));
	*out = out_text(&o);
	return FAIL_OK;
}

/* ---- issuing ---- */

struct issue {
	const struct schedule_issue *how;
	struct document *notice;
	int64_t *scheduled;
};

static fail check(struct call *c, const struct schedule_issue *how, const struct schedule *s)
{
	if (how->seen >= 0 && how->seen != (int64_t)s->issued_n)
		return problem(c, FAIL_CONFLICT, "seen",
		               "somebody issued a notice for this month in the meantime; look at it before issuing another");
	if (!date_is(how->dated_on))
		return problem(c, FAIL_INPUT, "dated_on", "give the day of the notice");
	if (!s->listed)
		return problem(c, FAIL_INPUT, "", "no cell has registered its meeting yet; there is nothing to make known");
	if (!s->first && !s->changed)
		return problem(c, FAIL_CONFLICT, "", "notice %s says the same already; nothing has changed since",
		               document_number_text(c->arena, &s->issued[0]));
	return FAIL_OK;
}

static fail put_on_schedule(struct call *c, const struct schedule *s, const char *number, int64_t *scheduled)
{
	struct step_note note = { .remark = number, .approved_by = "" };
	struct meeting m;

	*scheduled = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct schedule_row *r = &s->v[i];

		if (!r->listed || (r->state != MEETING_DATE_REGISTERED && r->state != MEETING_POSTPONED))
			continue;
		TRY(meeting_take_step(c, r->meeting_id, r->rev, STEP_SCHEDULE, &note, &m, NULL));
		++*scheduled;
	}
	return FAIL_OK;
}

static fail issue_body(struct call *c, void *arg)
{
	const struct issue *k = arg;
	const struct schedule_issue *how = k->how;
	struct document d;
	struct schedule s;
	const char *content;

	TRY(schedule_load(c, how->unit_id, how->month, &s));
	TRY(check(c, how, &s));
	record_clear(&document_record, &d);
	d.unit_id = how->unit_id;
	d.type = DOC_NOTICE;
	d.secrecy = SECRECY_OPEN;
	d.purpose = purpose_of(c, how->month);
	d.subject = arena_printf(c->arena, s.first ? "Lịch sinh hoạt chi bộ tháng %s" : "Thay đổi lịch sinh hoạt chi bộ tháng %s",
	                         month_words(c, how->month));
	d.outside_no = d.form = d.content = d.signed_by = "";
	TRY(document_create(c, &d));
	TRY(schedule_facts(c, &s, &(struct paper_of){ s.unit, "", how->dated_on, how->signed_by }, how->note, &content));
	struct document_issue issue = {
		.id = d.id, .rev = d.rev, .dated_on = how->dated_on, .signed_by = how->signed_by, .form = FORM_SCHEDULE, .content = content
	};

	TRY(document_issue(c, &issue, &d));
	TRY(put_on_schedule(c, &s, document_line(c->arena, LANG_VI, &d), k->scheduled));
	*k->notice = d;
	return FAIL_OK;
}

fail schedule_issue(struct call *c, const struct schedule_issue *how, struct document *notice, int64_t *scheduled)
{
	return db_write(c, issue_body, &(struct issue){ how, notice, scheduled });
}

fail schedule_printed(struct call *c, const struct document *d, const char **facts)
{
	json_t *content = json_loads(d->content, 0, NULL);

	if (!content)
		return problem(c, FAIL_NOT_FOUND, "", "this notice was not made here; only its number is known");
	json_object_set_new(content, "number", json_string(document_number_text(c->arena, d)));
	char *text = json_dumps(content, 0);

	*facts = arena_strdup(c->arena, text ? text : "{}");
	free(text);
	json_decref(content);
	return FAIL_OK;
}
