/* home_above.c — those above the cells: sheets to decide, silent cells, units that fall behind, the journal, accounts. */
#include <stdlib.h>

#include "access/access.h"
#include "app/home.h"
#include "app_sql.h"
#include "db/db.h"
#include "org/unit.h"
#include "rollup/children.h"
#include "rollup/memory.h"
#include "score/queue.h"
#include "score/score.h"
#include "score/task_list.h"

static const char *unit_link(struct call *c, int64_t id)
{
	return arena_printf(c->arena, "/units/%lld", (long long)id);
}

static const char *month_text(struct call *c, month_no month)
{
	char text[MONTH_TEXT];

	month_format(month, text);
	return arena_strdup(c->arena, text);
}

static const char *titled(struct call *c, const char *what, const char *unit)
{
	return arena_printf(c->arena, "%s · %s", tr(c->lang, what), unit);
}

/* ---- sheets that wait ---- */

static fail waiting_sheets(struct call *c, const struct grant *g, struct home_view *v)
{
	struct home_section *s = home_section(c, v, titled(c, N_("Sheets that wait for a decision"), g->unit_name));
	struct meetings list;

	TRY(score_queue(c, g->unit_id, date_month(c->today) - 12, MOMENT_NONE, 0, HOME_SHOWN + 1, &list));
	for (size_t i = 0; i < list.n && i < HOME_SHOWN; i++)
		home_step(c, s, STEP_NEXT, arena_printf(c->arena, "/meetings/%lld", (long long)list.v[i].id), list.v[i].unit_name,
		          arena_printf(c->arena, tr(c->lang, "meeting of %1$s: %2$s, %3$s by the cell itself"),
		                       show_date(c->arena, c->lang, meeting_day(&list.v[i])), show_tenths(c->arena, c->lang, list.v[i].points),
		                       grade_title((enum grade)list.v[i].class, c->lang)));
	s->nothing = tr(c->lang, "No sheet waits.");
	s->more_href = "/decide";
	s->more = list.n > HOME_SHOWN ? tr(c->lang, "Decide all that wait") : list.n ? tr(c->lang, "Decide them together") : NULL;
	return FAIL_OK;
}

/* ---- registrations that are missing, papers that are overdue ---- */

struct unregistered { int64_t id; const char *name; };
static const struct field unregistered_fields[] = { COL(struct unregistered, id), COL(struct unregistered, name), FIELD_END };
static const struct record unregistered_record = { "unregistered", sizeof(struct unregistered), unregistered_fields };

/* From ten days before the day by which they are due. */
static fail missing_registrations(struct call *c, const struct grant *g, struct home_view *v)
{
	month_no month = date_month(c->today) + 1;
	struct date until = { month_first(month - 1).days + REGISTER_BY_DAY - 1 };
	struct unregistered *cells;
	size_t n;

	if (c->today.days < until.days - 10)
		return FAIL_OK;
	TRY(db_all(c, &Q_home_unregistered, ARGS(V(g->unit_id), V(c->today), V(month), V((int64_t)HOME_SHOWN + 1)), &unregistered_record, &cells, &n));
	if (!n)
		return FAIL_OK;
	struct home_section *s = home_section(c, v, arena_printf(c->arena, tr(c->lang, "No day registered for %s"), show_month(c->arena, c->lang, month)));

	for (size_t i = 0; i < n && i < HOME_SHOWN; i++)
		home_step(c, s, STEP_TODO, unit_link(c, cells[i].id), cells[i].name,
		          arena_printf(c->arena, tr(c->lang, c->today.days > until.days ? N_("was to be done by %s") : N_("the last day is %s")), show_date(c->arena, c->lang, until)));
	s->more_href = arena_printf(c->arena, "/units/%lld/schedule?month=%s", (long long)g->unit_id, month_text(c, month));
	s->more = tr(c->lang, "The schedule of all cells");
	return FAIL_OK;
}

static fail overdue_uploads(struct call *c, const struct grant *g, struct home_view *v)
{
	struct meetings list;

	TRY(queue_overdue(c, g->unit_id, date_month(c->today) - 3, HOME_SHOWN + 1, &list));
	if (!list.n)
		return FAIL_OK;
	struct home_section *s = home_section(c, v, tr(c->lang, "Papers not uploaded within two days"));

	for (size_t i = 0; i < list.n && i < HOME_SHOWN; i++)
		home_step(c, s, STEP_TODO, arena_printf(c->arena, "/meetings/%lld", (long long)list.v[i].id), list.v[i].unit_name,
		          task_list_upload_clock(c, &list.v[i]));
	if (list.n > HOME_SHOWN) {
		s->more_href = "/decide";
		s->more = tr(c->lang, "All of them");
	}
	return FAIL_OK;
}

/* ---- cells without a meeting ---- */

struct silent { int64_t id; const char *name; };
struct silents { struct silent v[HOME_SHOWN]; size_t n; int64_t all; };

/* Cells at or below a unit of the cube without their regular meeting in a month. */
static void find_silent(struct call *c, const struct cube *cube, int32_t unit, month_no month, struct silents *out)
{
	size_t n;
	const struct shape_link *links = shape_children(cube->shape, NOW, unit, &n);
	struct figures f;

	for (size_t i = 0; i < n; i++)
		if (links[i].from <= month && month <= links[i].to)
			find_silent(c, cube, links[i].child, month, out);
	cube_own_figures(cube, unit, (struct period){ month, month }, &f);
	if (f.v[FIG_due] <= f.v[FIG_regular])
		return;
	if (out->n < HOME_SHOWN)
		out->v[out->n++] = (struct silent){ cube->shape->unit[unit].id, arena_strdup(c->arena, cube->shape->unit[unit].name) };
	out->all++;
}

static fail silent_cells(struct call *c, const struct grant *g, struct home_view *v)
{
	month_no month = date_month(c->today);
	struct rollup_want want = { g->unit_id, { month, month } };
	struct silents found = { .n = 0 };
	const struct cube *cube;
	int32_t unit;

	TRY(rollup_lock(c, &want, &cube));
	unit = shape_find(cube->shape, g->unit_id);
	if (unit >= 0)
		find_silent(c, cube, unit, month, &found);
	rollup_unlock(c);
	struct home_section *s = home_section(c, v, arena_printf(c->arena, tr(c->lang, "Cells without a meeting in %s so far"), show_month(c->arena, c->lang, month)));

	for (size_t i = 0; i < found.n; i++)
		home_step(c, s, STEP_TODO, unit_link(c, found.v[i].id), found.v[i].name, NULL);
	s->nothing = tr(c->lang, "Every cell has held its regular meeting.");
	if (found.all > (int64_t)found.n) {
		s->more_href = arena_printf(c->arena, "/units/%lld?period=%s", (long long)g->unit_id, month_text(c, month));
		s->more = arena_printf(c->arena, tr(c->lang, "All %s of them"), show_int(c->arena, c->lang, found.all));
	}
	return FAIL_OK;
}

fail home_officer(struct call *c, const struct grant *g, struct home_view *v)
{
	TRY(waiting_sheets(c, g, v));
	TRY(home_year_officer(c, g, v));
	TRY(missing_registrations(c, g, v));
	TRY(overdue_uploads(c, g, v));
	TRY(silent_cells(c, g, v));
	return home_plan_officer(c, g, v);
}

/* ---- units that fall behind ---- */

struct behind { int64_t id; const char *name; int unmet, known; int64_t present, expected; };

static int by_unmet(const void *a, const void *b)
{
	const struct behind *x = a, *y = b;

	if (x->unmet != y->unmet)
		return y->unmet - x->unmet;
	if (!x->expected || !y->expected)
		return (x->expected == 0) - (y->expected == 0);
	return rate_compare(x->present, x->expected, y->present, y->expected);
}

static fail judge_child(struct call *c, const struct cube *cube, int32_t unit, const struct question *q, struct behind *out)
{
	struct target_lines lines;
	struct figures f;

	TRY(targets_of(c, cube, unit, q, &lines));
	cube_figures(cube, q->structure, unit, q->period, MONTH_EVER, MONTH_FAR, &f);
	*out = (struct behind){ .id = cube->shape->unit[unit].id, .name = arena_strdup(c->arena, cube->shape->unit[unit].name),
		                    .present = f.v[FIG_present], .expected = f.v[FIG_expected] };
	for (size_t i = 0; i < lines.n; i++) {
		out->known += lines.v[i].result.known;
		out->unmet += lines.v[i].result.known && !lines.v[i].result.met;
	}
	return FAIL_OK;
}

static fail judge_children(struct call *c, const struct cube *cube, const struct question *q, struct behind **out, size_t *n)
{
	int32_t unit = shape_find(cube->shape, q->unit_id);
	struct children kids = { 0 };
	fail f = FAIL_OK;

	if (unit >= 0)
		children_of(c, cube, unit, q, &kids);
	*out = ARENA_ARRAY(c->arena, kids.n + 1, struct behind);
	*n = 0;
	for (size_t i = 0; i < kids.n && f == FAIL_OK; i++)
		if (!kids.v[i].own && cube->shape->unit[kids.v[i].unit].today)
			f = judge_child(c, cube, kids.v[i].unit, q, &(*out)[(*n)++]);
	return f;
}

fail home_upper(struct call *c, const struct grant *g, struct home_view *v)
{
	month_no now = date_month(c->today);
	struct question q = { g->unit_id, { now - now % 12, now }, NOW };
	struct rollup_want want = { g->unit_id, q.period };
	const struct cube *cube;
	struct behind *units;
	size_t n;
	fail f;

	TRY(rollup_lock(c, &want, &cube));
	f = judge_children(c, cube, &q, &units, &n);
	rollup_unlock(c);
	TRY(f);
	qsort(units, n, sizeof *units, by_unmet);
	struct home_section *s = home_section(c, v, titled(c, N_("Furthest below the targets this year"), g->unit_name));

	for (size_t i = 0; i < n && i < HOME_SHOWN && units[i].unmet; i++)
		home_step(c, s, STEP_TODO, unit_link(c, units[i].id), units[i].name,
		          arena_printf(c->arena, tr(c->lang, "%1$s of %2$s targets not met; attendance %3$s"), show_int(c->arena, c->lang, units[i].unmet),
		                       show_int(c->arena, c->lang, units[i].known), show_percent(c->arena, c->lang, units[i].present, units[i].expected)));
	s->nothing = tr(c->lang, "Every unit meets all its targets.");
	s->more_href = unit_link(c, g->unit_id);
	s->more = tr(c->lang, "All units");
	return FAIL_OK;
}

/* ---- journal, accounts ---- */

fail home_inspector(struct call *c, const struct grant *g, struct home_view *v)
{
	struct home_section *s = home_section(c, v, titled(c, N_("Latest changes"), g->unit_name));
	struct journal_entry *e;
	size_t n;

	TRY(db_all(c, &Q_journal_before, ARGS(V(INT64_MAX), V(INT64_MAX), V(INT64_MAX), V((int64_t)200)), &journal_record, &e, &n));
	for (size_t i = 0; i < n && s->n < 2 * HOME_SHOWN; i++) {
		struct unit unit;

		if (!e[i].unit_id || !access_has(c, MAY_READ_JOURNAL, e[i].unit_id))
			continue;
		TRY(org_unit_nearest(c, e[i].unit_id, c->today, &unit));
		home_step(c, s, STEP_DONE, arena_printf(c->arena, "/units/%lld/journal", (long long)e[i].unit_id), unit.name,
		          arena_printf(c->arena, "%s · %s · %s", journal_words(c->lang, e[i].action), journal_words(c->lang, e[i].entity),
		                       show_moment(c->arena, c->lang, call_local(e[i].at_ms))));
	}
	s->nothing = tr(c->lang, "Nothing was changed lately.");
	s->more_href = "/journal";
	s->more = tr(c->lang, "The whole journal");
	return FAIL_OK;
}

fail home_administrator(struct call *c, const struct grant *g, struct home_view *v)
{
	struct home_section *s = home_section(c, v, titled(c, N_("Cells whose secretary has no account"), g->unit_name));
	struct grants missing;
	int64_t accounts;

	TRY(account_missing(c, HOME_SHOWN, &missing));
	for (size_t i = 0; i < missing.n; i++)
		home_step(c, s, STEP_NEXT, arena_printf(c->arena, "/accounts/new?unit=%s", missing.v[i].unit_code), missing.v[i].unit_name, missing.v[i].unit_code);
	s->nothing = tr(c->lang, "Every cell has one.");
	s->more_href = "/accounts";
	s->more = tr(c->lang, "All accounts");
	TRY(db_int(c, &Q_account_open_count, NO_ARGS, 0, &accounts));
	s = home_section(c, v, tr(c->lang, "The system"));
	home_step(c, s, STEP_DONE, NULL, tr(c->lang, "The database answers"),
	          arena_printf(c->arena, tr(c->lang, "%1$s accounts are open; rules from %2$s"), show_int(c->arena, c->lang, accounts), c->rules->origin));
	return FAIL_OK;
}
