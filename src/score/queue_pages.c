/* queue_pages.c — the officer's list: sheets to decide, appeals, decisions to lock, papers that are late. Select many, act once.
 *
 * Each meeting of a selection is a change of its own: one that changed since it was shown, or that cannot be taken over, is named and left,
 * and does not hold up the others. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "meeting/cycle.h"
#include "org/unit.h"
#include "score/gather_record.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/queue.h"
#include "score_sql.h"
#include "score_views.h"

enum { QUEUE_PAGE = 200, OTHERS = 100 };

/* ---------------------------------------------------------------- gathering */

static int by_start(const void *a, const void *b)
{
	const struct meeting *x = a, *y = b;

	if (x->starts_at.minutes != y->starts_at.minutes)
		return x->starts_at.minutes < y->starts_at.minutes ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

enum list { WAITING, APPEALED, LOCKABLE, OVERDUE, LISTS };

static fail part_of(struct call *c, enum list which, int64_t unit_id, struct meetings *out)
{
	month_no since = date_month(c->today) - 24;

	switch (which) {
	case WAITING: return score_queue(c, unit_id, since, MOMENT_NONE, 0, QUEUE_PAGE, out);
	case APPEALED: return queue_appealed(c, unit_id, OTHERS, out);
	case LOCKABLE: return queue_lockable(c, unit_id, since, QUEUE_PAGE, out);
	default: return queue_overdue(c, unit_id, since, OTHERS, out);
	}
}

/* Of all units whose class the person decides; what belongs to two of them comes once. */
static fail all_of(struct call *c, enum list which, const int64_t *units, size_t n, struct meetings *out)
{
	*out = (struct meetings){ ARENA_ARRAY(c->arena, n * QUEUE_PAGE + 1, struct meeting), 0 };
	for (size_t i = 0; i < n; i++) {
		struct meetings part;

		TRY(part_of(c, which, units[i], &part));
		for (size_t k = 0; k < part.n; k++)
			out->v[out->n++] = part.v[k];
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_start);
	size_t kept = 0;

	for (size_t i = 0; i < out->n; i++)
		if (!kept || out->v[kept - 1].id != out->v[i].id)
			out->v[kept++] = out->v[i];
	out->n = kept;
	return FAIL_OK;
}

struct queue_page {
	struct queue_view v;
	struct meetings list[LISTS];
};

static fail units_of(struct call *c, const int64_t **units, size_t *n)
{
	struct reach reach = access_reach(c, MAY_DECIDE);
	struct units roots;

	*units = reach.v;
	*n = reach.n;
	if (!reach.everything)
		return FAIL_OK;
	TRY(org_roots(c, c->today, &roots));
	int64_t *ids = ARENA_ARRAY(c->arena, roots.n + 1, int64_t);

	for (size_t i = 0; i < roots.n; i++)
		ids[i] = roots.v[i].id;
	*units = ids;
	*n = roots.n;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- rows */

struct lost_line {
	const char *line;
	struct tenths points, max;
};
static const struct field lost_fields[] = { COL(struct lost_line, line), COL(struct lost_line, points), COL(struct lost_line, max),
	                                        FIELD_END };
static const struct record lost_record = { "score_line", sizeof(struct lost_line), lost_fields };

static fail lost_words(struct call *c, const struct score_sheet *s, const char **out)
{
	struct lost_line *v;
	struct out o;
	size_t n;

	TRY(db_all(c, &Q_lines_lost, ARGS(V(s->realm), V(s->meeting_id), V(score_stage_words[s->stage]), V(s->revision)), &lost_record, &v,
	           &n));
	out_memory(&o, c->arena);
	for (size_t i = 0; i < n && i < 3; i++)
		out_printf(&o, "%s%s −%s", i ? ", " : "", v[i].line, show_tenths(c->arena, c->lang, (struct tenths){ v[i].max.t - v[i].points.t }));
	if (n > 3)
		out_str(&o, " …");
	*out = o.size ? out_text(&o) : "";
	return FAIL_OK;
}

static fail upload_words(struct call *c, const struct meeting *m, struct queue_row *row)
{
	struct moment due, at = moment_is(m->uploaded_at) ? m->uploaded_at : call_local(c->now_ms);

	row->upload = tr(c->lang, moment_is(m->uploaded_at) ? N_("on time") : N_("not yet"));
	TRY(closing_due(c, m, &due));
	if (!moment_is(due) || at.minutes <= due.minutes)
		return FAIL_OK;
	row->upload_late = true;
	row->upload = moment_is(m->uploaded_at)
	                  ? arena_printf(c->arena, tr(c->lang, "late: %s"), show_date(c->arena, c->lang, moment_date(m->uploaded_at)))
	                  : arena_printf(c->arena, tr(c->lang, "due since %s"), show_date(c->arena, c->lang, moment_date(due)));
	return FAIL_OK;
}

static void add_flag(struct call *c, struct queue_row *row, const char *text)
{
	row->flags = *row->flags ? arena_printf(c->arena, "%s; %s", row->flags, tr(c->lang, text)) : tr(c->lang, text);
}

static fail add_stages(struct call *c, const struct meeting *m, struct queue_row *row)
{
	struct score_sheet voted, guest, self, first;

	TRY(score_latest(c, m, STAGE_SELF, &self));
	TRY(score_latest(c, m, STAGE_VOTED, &voted));
	TRY(score_latest(c, m, STAGE_GUEST, &guest));
	row->self = self.revision ? self.points : TENTHS_NONE;
	row->voted = voted.revision ? voted.points : TENTHS_NONE;
	row->guest = guest.revision ? guest.points : TENTHS_NONE;
	const struct score_sheet *own = voted.revision ? &voted : &self;

	row->class = class_mark(grade_words[own->class]);
	if (!own->revision)
		return FAIL_OK;
	TRY(lost_words(c, own, &row->lost));
	if (guest.revision && guest.points.t != own->points.t)
		add_flag(c, row, N_("the guest says otherwise"));
	if (m->state == MEETING_REOPENED)
		add_flag(c, row, N_("reopened"));
	TRY(score_before_settling(c, own, &first));
	if (first.revision && first.class != own->class)
		add_flag(c, row, N_("class changed when papers fell due"));
	return FAIL_OK;
}

static fail make_row(struct call *c, const struct meeting *m, struct queue_row *row)
{
	*row = (struct queue_row){ .id = m->id,
		                       .rev = m->rev,
		                       .unit = m->unit_name ? m->unit_name : m->unit_code,
		                       .day = meeting_day(m),
		                       .present = m->present,
		                       .expected = m->expected,
		                       .decided = m->decided_points,
		                       .lost = "",
		                       .flags = "",
		                       .upload = "" };
	TRY(upload_words(c, m, row));
	return add_stages(c, m, row);
}

static fail make_rows(struct call *c, const struct meetings *list, size_t most, struct queue_row **out, size_t *n)
{
	*n = list->n < most ? list->n : most;
	*out = ARENA_ARRAY(c->arena, *n + 1, struct queue_row);
	for (size_t i = 0; i < *n; i++)
		TRY(make_row(c, &list->v[i], &(*out)[i]));
	return FAIL_OK;
}

static struct table table_of(struct call *c, const char *id, const char *caption, const char *const *labels, size_t n, uint32_t numbers)
{
	struct column *columns = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++)
		columns[i] = (struct column){ tr(c->lang, labels[i]), NULL, numbers >> i & 1 };
	return (struct table){ .caption = tr(c->lang, caption), .id = id, .columns = columns, .n = n };
}

static void add_tables(struct call *c, struct queue_view *v)
{
	static const char *const waiting[] = { N_("Unit"),  N_("Day"),   N_("Attendance"),  N_("Own"),   N_("Voted"),
		                                   N_("Guest"), N_("Class"), N_("Points lost"), N_("Upload") };
	static const char *const few[] = { N_("Unit"), N_("Day"), N_("Decided") };
	static const char *const late[] = { N_("Unit"), N_("Day"), N_("Upload") };

	v->table = table_of(c, "queue", N_("Sheets that wait for a decision"), waiting, 9, 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5);
	v->lock_table = table_of(c, "lock", N_("Decided; the time for an appeal is over"), few, 3, 1u << 2);
	v->appeals_table = table_of(c, "appeals", N_("Appeals that wait for an answer"), few, 3, 1u << 2);
	v->late_table = table_of(c, "late", N_("Papers that are overdue"), late, 3, 0);
}

static fail gather(struct call *c, void *arg)
{
	struct queue_page *p = arg;
	const int64_t *units;
	size_t n;

	TRY(units_of(c, &units, &n));
	for (int i = 0; i < LISTS; i++)
		TRY(all_of(c, (enum list)i, units, n, &p->list[i]));
	p->v.more = p->list[WAITING].n > QUEUE_PAGE;
	TRY(make_rows(c, &p->list[WAITING], QUEUE_PAGE, &p->v.v, &p->v.n));
	TRY(make_rows(c, &p->list[APPEALED], OTHERS, &p->v.appeals, &p->v.appeal_n));
	TRY(make_rows(c, &p->list[LOCKABLE], QUEUE_PAGE, &p->v.lock, &p->v.lock_n));
	TRY(make_rows(c, &p->list[OVERDUE], OTHERS, &p->v.late, &p->v.late_n));
	add_tables(c, &p->v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the page */

static void meetings_json(struct json *j, const char *key, const struct meetings *list)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < list->n; i++) {
		json_object(j);
		meeting_json(j, &list->v[i]);
		json_object_end(j);
	}
	json_array_end(j);
}

static void write_queue(struct call *c, const struct req *rq, struct res *rs, struct queue_page *p)
{
	static const char *const keys[] = { "meetings", "appealed", "to_lock", "overdue" };
	struct page pg;
	struct json j;

	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		for (int i = 0; i < LISTS; i++)
			meetings_json(&j, keys[i], &p->list[i]);
		json_put_str(&j, "next", NULL);
		json_object_end(&j);
		return;
	}
	res_page(c, rq, rs, &pg, tr(c->lang, "Sheets that wait for a decision"));
	pg.wide = true;
	view_queue(&rs->body, &pg, &p->v);
}

static fail queue_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct queue_page p = { 0 };

	form_begin(&p.v.form, c, NULL, NULL);
	p.v.all = req_query(rq, "tick") != NULL;
	TRY(gather(c, &p));
	write_queue(c, rq, rs, &p);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- many at once */

struct many {
	const struct req *rq;
	struct form *form;
	bool lock;
	int64_t done;
};

/* "1099511.3": the meeting and the version that was shown; without a version whatever it is. */
static fail read_choice(struct call *c, const char *text, int64_t *id, int64_t *rev)
{
	const char *dot = strchr(text, '.');
	const char *number = dot ? arena_strndup(c->arena, text, (size_t)(dot - text)) : text;

	*rev = ANY_REV;
	if (int_parse(number, id) && (!dot || int_parse(dot + 1, rev)))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "meeting", "“%s” is not the number of a meeting", text);
}

static fail act(struct call *c, const struct many *k, int64_t id, int64_t rev)
{
	struct meeting m;

	return k->lock ? meeting_take_step(c, id, rev, STEP_LOCK, NULL, &m, NULL) : score_confirm(c, id, rev, &m);
}

static fail name_failure(struct call *c, const struct many *k, int64_t id)
{
	const char *text = c->problem.text;
	struct meeting m;

	problem_clear(c);
	fail f = meeting_by_id(c, id, &m);

	if (f == FAIL_BUSY || f == FAIL_BROKEN)
		return f;
	problem_clear(c);
	form_problem(k->form, "meeting",
	             f == FAIL_OK ? arena_printf(c->arena, "%s, %s: %s", m.unit_name ? m.unit_name : m.unit_code,
	                                         show_date(c->arena, c->lang, meeting_day(&m)), text)
	                          : text);
	return FAIL_OK;
}

static fail act_on_many(struct call *c, void *arg)
{
	struct many *k = arg;
	const char *text;
	int64_t id, rev;

	k->done = 0;
	k->form->n = 0;
	for (size_t at = 0; (text = req_form_next(k->rq, "meeting", &at));) {
		TRY(read_choice(c, text, &id, &rev));
		fail f = act(c, k, id, rev);

		if (f == FAIL_BUSY || f == FAIL_BROKEN)
			return f;
		if (f == FAIL_OK)
			k->done++;
		else
			TRY(name_failure(c, k, id));
	}
	return FAIL_OK;
}

static const char *done_words(struct call *c, const struct many *k)
{
	const char *text = k->lock ? N_("%s decisions locked.") : N_("%s sheets taken over as the cells scored them.");

	return arena_printf(c->arena, tr(c->lang, text), show_int(c->arena, c->lang, k->done));
}

/* Some went through, some did not: the page says both. */
static fail some_left(struct call *c, const struct req *rq, struct res *rs, struct queue_page *p, const struct many *k)
{
	if (req_wants_json(rq))
		return problem(c, FAIL_CONFLICT, "meeting", "%s", p->v.form.problems[0].text);
	if (k->done)
		form_problem(&p->v.form, "", arena_printf(c->arena, tr(c->lang, "%s The others were left as they are."), done_words(c, k)));
	TRY(db_read(c, gather, p));
	write_queue(c, rq, rs, p);
	return res_again(rs, FAIL_CONFLICT);
}

static fail queue_decide(struct call *c, const struct req *rq, struct res *rs)
{
	struct queue_page p = { 0 };
	const char *what = req_form(rq, "do");
	struct many many = { rq, &p.v.form, what && strcmp(what, "lock") == 0, 0 };

	form_begin(&p.v.form, c, NULL, NULL);
	TRY(db_write(c, act_on_many, &many));
	if (!many.done && !p.v.form.n)
		return problem(c, FAIL_INPUT, "meeting",
		               many.lock ? N_("tick the decisions to be locked") : N_("tick the sheets to be taken over"));
	if (p.v.form.n)
		return some_left(c, rq, rs, &p, &many);
	struct flash said = { .text = done_words(c, &many) };

	return res_done(c, rq, rs, "/decide", &said);
}

static const struct query_param queue_query[] = { { "tick", N_("all: every sheet is ticked") }, { NULL, NULL } };

const struct route queue_routes[] = {
	{ GET, "/decide", MAY_SIGNED_IN, NULL, queue_show, 0,
	  N_("What waits for my decision: sheets, appeals, decisions to lock, papers overdue"), NULL, &meeting_record, queue_query },
	{ POST, "/decide", MAY_SIGNED_IN, NULL, queue_decide, 0,
	  N_("Takes over the cells' sheets of the meetings named, or locks them (do=lock): meeting, many times, as ID or ID.REV"), NULL, NULL,
	  NULL },
	{ HTTP_NONE },
};
