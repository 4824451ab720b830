/* reminders.c — reminders into the outbox. */
#include "notice/reminders.h"

#include "notice/outbox.h"
#include "notice_sql.h"
#include "org/member.h"

struct reminder { int64_t realm, member_id; const char *name, *subject, *text; };
struct reminders { struct reminder *v; size_t n, room; };

struct job {
	const struct remind_rules *rules;
	const char *site;
	struct reminders due;
	const struct reminder *now;
	bool written;
};

/* What the callback is given lasts only as long as it runs, but texts are in the call's arena. */
static fail keep(struct call *c, const struct task_reminder *r, void *arg)
{
	struct reminders *d = arg;

	if (d->n == d->room) {
		struct reminder *more = ARENA_ARRAY(c->arena, d->room * 2 + 16, struct reminder);

		for (size_t i = 0; i < d->n; i++)
			more[i] = d->v[i];
		d->v = more;
		d->room = d->room * 2 + 16;
	}
	d->v[d->n++] = (struct reminder){ r->realm, r->member_id, arena_strdup(c->arena, r->member_name), arena_strdup(c->arena, r->subject),
		                              arena_strdup(c->arena, r->text) };
	return FAIL_OK;
}

static fail find(struct call *c, void *arg)
{
	struct job *j = arg;

	return remind_each(c, j->rules, keep, &j->due);
}

static const char *body_of(struct call *c, const struct job *j)
{
	struct out o;

	out_memory(&o, c->arena);
	out_printf(&o, tr(c->lang, "Dear comrade %s,"), j->now->name);
	out_printf(&o, "\r\n\r\n%s\r\n", j->now->text);
	if (*j->site)
		out_printf(&o, "\r\n%s\r\n%s/mine\r\n", tr(c->lang, "Report on your tasks here:"), j->site);
	return out_text(&o);
}

static fail write_body(struct call *c, void *arg)
{
	struct job *j = arg;
	const char *person = arena_printf(c->arena, "m%lld", (long long)j->now->member_id);
	int64_t midnight = c->now_ms - (call_local(c->now_ms).minutes - (int64_t)c->today.days * 1440) * 60000, had;
	struct member m;

	j->written = false;
	TRY(org_member(c, j->now->realm, j->now->member_id, &m));
	if (!mail_is_address(m.contact))
		return FAIL_OK;
	TRY(db_int(c, &Q_reminder_had, ARGS(V(j->now->realm), V(person), V(midnight)), 0, &had));
	if (had)
		return FAIL_OK;
	j->written = true;
	return outbox_write(c, j->now->realm, "reminder", &(struct recipient){ person, j->now->name, m.contact }, j->now->subject, body_of(c, j));
}

fail reminders_write(struct call *c, const struct remind_rules *rules, const char *site, int64_t *written)
{
	struct job j = { .rules = rules, .site = site };

	*written = 0;
	if (call_local(c->now_ms).minutes - (int64_t)c->today.days * 1440 < REMIND_FROM_HOUR * 60)
		return FAIL_OK;
	TRY(db_read(c, find, &j));
	for (size_t i = 0; i < j.due.n; i++) {
		j.now = &j.due.v[i];
		TRY(db_write(c, write_body, &j));
		*written += j.written;
	}
	return FAIL_OK;
}
