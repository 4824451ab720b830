/* remind.c — which tasks to remind of today, and in which words. */
#include "work/remind.h"

#include <stdlib.h>

#include "work_sql.h"

/* ---------------------------------------------------------------- rules */

static fail bad(struct call *c, const char *text)
{
	return problem(c, FAIL_INPUT, "", "“%s” does not say when to remind; write for instance 7,1,+7: 7 and 1 days before, then every 7 days", text);
}

static int longest_first(const void *x, const void *y)
{
	return *(const int *)y - *(const int *)x;
}

fail remind_rules_parse(struct call *c, const char *text, struct remind_rules *out)
{
	*out = (struct remind_rules){ 0 };
	for (const char *p = text; *p;) {
		char *end;
		bool late = *p == '+';
		long days = strtol(p + late, &end, 10);

		if (end == p + late || days < (late ? 1 : 0) || days > 366 || (*end && *end != ',') || (!late && out->n == REMIND_DAYS))
			return bad(c, text);
		if (late)
			out->every = (int)days;
		else
			out->before[out->n++] = (int)days;
		p = *end ? end + 1 : end;
	}
	qsort(out->before, out->n, sizeof *out->before, longest_first);
	return FAIL_OK;
}

bool remind_is_due(const struct remind_rules *rules, struct date due_on, struct date today)
{
	if (!date_is(due_on))
		return false;
	int left = due_on.days - today.days;

	for (size_t i = 0; i < rules->n; i++)
		if (rules->before[i] == left)
			return true;
	return left < 0 && rules->every && (-left - 1) % rules->every == 0;
}

/* ---------------------------------------------------------------- the message */

static const char *line(struct arena *a, enum lang lang, const struct task *t, struct date today)
{
	int left = t->due_on.days - today.days;
	const char *day = show_date(a, lang, t->due_on);

	if (left < 0)
		return arena_printf(a, tr(lang, "– %1$s (was due on %2$s, %3$s days ago)\n"), t->title, day, show_int(a, lang, -left));
	if (left == 0)
		return arena_printf(a, tr(lang, "– %1$s (due today, %2$s)\n"), t->title, day);
	return arena_printf(a, tr(lang, "– %1$s (due on %2$s, in %3$s days)\n"), t->title, day, show_int(a, lang, left));
}

static void put_list(struct out *o, struct arena *a, enum lang lang, const char *title, const struct tasks *t, struct date today)
{
	if (!t->n)
		return;
	out_printf(o, "%s%s\n", o->size ? "\n" : "", title);
	for (size_t i = 0; i < t->n; i++)
		out_str(o, line(a, lang, &t->v[i], today));
}

static void put_words(struct arena *a, enum lang lang, struct date today, struct task_reminder *r)
{
	struct out o;

	out_memory(&o, a);
	put_list(&o, a, lang, tr(lang, "Overdue"), &r->late, today);
	put_list(&o, a, lang, tr(lang, "Soon due"), &r->soon, today);
	r->text = out_text(&o);
	if (r->late.n && r->soon.n)
		r->subject = arena_printf(a, tr(lang, "Your tasks: %1$s overdue, %2$s soon due"), show_int(a, lang, (int64_t)r->late.n),
		                          show_int(a, lang, (int64_t)r->soon.n));
	else if (r->late.n)
		r->subject = arena_printf(a, tr(lang, "Your tasks: %s overdue"), show_int(a, lang, (int64_t)r->late.n));
	else
		r->subject = arena_printf(a, tr(lang, "Your tasks: %s soon due"), show_int(a, lang, (int64_t)r->soon.n));
}

bool remind_make(struct arena *a, enum lang lang, const struct remind_rules *rules, struct date today, const struct tasks *mine,
                 struct task_reminder *out)
{
	int span = rules->n ? rules->before[0] : -1;
	size_t late = 0, soon = 0;
	bool send = false;

	for (size_t i = 0; i < mine->n && date_is(mine->v[i].due_on); i++) {
		int left = mine->v[i].due_on.days - today.days;

		send |= remind_is_due(rules, mine->v[i].due_on, today);
		late += left < 0;
		soon += left >= 0 && left <= span;
	}
	if (!send)
		return false;
	*out = (struct task_reminder){ .realm = mine->v[0].realm, .member_id = mine->v[0].member_id, .member_name = mine->v[0].member_name,
		                           .late = { mine->v, late }, .soon = { mine->v + late, soon } };
	put_words(a, lang, today, out);
	return true;
}

/* ---------------------------------------------------------------- everybody */

fail remind_each(struct call *c, const struct remind_rules *rules, fail (*each)(struct call *c, const struct task_reminder *r, void *arg),
                 void *arg)
{
	struct date until = { c->today.days + (rules->n ? rules->before[0] : 0) };
	struct task_reminder r;
	struct tasks all;

	TRY(db_all(c, &Q_remind_tasks, ARGS(V(until)), &task_record, &all.v, &all.n));
	for (size_t at = 0; at < all.n;) {
		struct tasks mine = { all.v + at, 0 };

		while (at < all.n && all.v[at].realm == mine.v[0].realm && all.v[at].member_id == mine.v[0].member_id) {
			mine.n++;
			at++;
		}
		if (remind_make(c->arena, c->lang, rules, c->today, &mine, &r))
			TRY(each(c, &r, arg));
	}
	return FAIL_OK;
}

/* ---------------------------------------------------------------- V18 */

#define M(f) COL(struct missing_person, f)
static const struct field missing_fields[] = { M(member_id), M(full_name), M(months), FIELD_END };
#undef M
static const struct record missing_record = { "missing_person", sizeof(struct missing_person), missing_fields };

fail attendance_missing(struct call *c, int64_t realm, int64_t unit_id, struct date today, struct missing_people *out)
{
	month_no month = date_month(today);

	return db_all(c, &Q_attendance_missing, ARGS(V(realm), V(unit_id), V(month - month % 12), V(month)), &missing_record, &out->v, &out->n);
}

bool may_see_missing(struct call *c, int64_t unit_id)
{
	return call_may(c, MAY_TAKE_PART, unit_id) && call_may(c, MAY_RECORD, unit_id);
}
