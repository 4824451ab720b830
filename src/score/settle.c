/* settle.c — new revisions for what has become due. What is due when is gather_record.c. */
#include "score/settle.h"

#include <string.h>

#include "score/keep.h"
#include "score_sql.h"

static const enum score_stage stages[] = { STAGE_SELF, STAGE_VOTED, STAGE_GUEST };

/* Facts that waited when the sheet was made and have happened, or whose deadline has passed, since. */
static uint64_t become_due(const struct waiting *was, const struct waiting *now)
{
	uint64_t waited = was->not_due | was->overdue, still = now->not_due | now->overdue;

	return (waited & ~still) | (was->not_due & now->overdue);
}

/* What has become of it, in the language of the record, which everybody reads. */
static const char *event_of(struct call *c, enum fact f, const struct gathered *now, const struct meeting *m)
{
	const enum lang lang = LANG_VI;

	if (now->waiting.overdue & FACT_BIT(f))
		return waiting_text_in(c, lang, &now->waiting, f);
	if (f == FACT_upload_minutes_after_end)
		return arena_printf(c->arena, tr(lang, "final papers uploaded on %s"), show_moment(c->arena, lang, m->uploaded_at));
	if (f == FACT_documents_published)
		return tr(lang, "the papers of the meeting were published");
	return date_is(m->minutes_signed_on) ? tr(lang, "the minutes were approved and signed") : tr(lang, "the minutes were approved");
}

/* Each event once, behind what people had written themselves. */
static const char *reason_of(struct call *c, uint64_t settled, const char *before, const struct gathered *now, const struct meeting *m)
{
	struct out o;

	out_memory(&o, c->arena);
	out_str(&o, before);
	for (int f = 0; f < FACT_COUNT; f++) {
		const char *event = settled & FACT_BIT(f) ? event_of(c, (enum fact)f, now, m) : NULL;

		if (event && !(o.size && strstr(out_text(&o), event)))
			out_printf(&o, "%s%s", o.size ? "; " : "", event);
	}
	return out_text(&o);
}

static void take_over(struct snapshot *kept, const struct gathered *now, uint64_t settled)
{
	for (int f = 0; f < FACT_COUNT; f++)
		if (settled & FACT_BIT(f) && facts_know(&now->facts, (enum fact)f))
			facts_set(&kept->facts, (enum fact)f, now->facts.v[f]);
	kept->waiting.not_due &= ~settled;
	kept->waiting.overdue = (kept->waiting.overdue & ~settled) | (now->waiting.overdue & settled);
}

/* `waits` gets what is still not due. */
static fail settle_stage(struct call *c, struct meeting *m, enum score_stage stage, const struct gathered *now, struct settled *out,
                         bool *waits)
{
	struct score_sheet last, people, s;
	struct snapshot kept;
	struct scored_sheet lines;

	TRY(score_latest(c, m, stage, &last));
	const struct scheme *scheme = last.revision ? scheme_of_sheet(c, m, &last) : NULL;

	if (!scheme)
		return FAIL_OK;
	TRY(snapshot_read(c, last.facts, &kept));
	uint64_t settled = become_due(&kept.waiting, &now->waiting);

	*waits |= (kept.waiting.not_due & ~settled) != 0;
	if (!settled)
		return FAIL_OK;
	take_over(&kept, now, settled);
	TRY(scheme_apply(c->arena, scheme, &kept.facts, kept.judged, c->lang, &lines));
	if (!lines.complete)
		return FAIL_OK;
	TRY(score_before_settling(c, &last, &people));
	s = last;
	s.points = lines.total;
	s.class = lines.grade;
	s.facts = snapshot_text(c, &kept);
	s.reason = reason_of(c, settled, people.revision ? people.reason : last.reason, now, m);
	out->sheets++;
	return score_keep(c, m, "settle", &last, &s, &lines);
}

/* The deadline moves with the end of the meeting; without anything that waits there is none. */
static fail put_wait(struct call *c, const struct meeting *m, bool waits, struct moment due)
{
	if (!waits)
		return db_exec(c, &Q_wait_drop, ARGS(V(m->realm), V(m->id)), NULL);
	return db_exec(c, &Q_wait_put, ARGS(V(m->realm), V(m->id), V(due)), NULL);
}

/* Minutes that were approved are a step of the agenda done. */
static fail tick_minutes(struct call *c, struct meeting *m)
{
	int64_t ticked = 0;

	if (moment_is(m->minutes_approved_at))
		TRY(db_exec(c, &Q_step_tick, ARGS(V(m->realm), V(m->id), V("ST-C6")), &ticked));
	return ticked ? meeting_touched(c, m) : FAIL_OK;
}

struct settling {
	struct meeting *m;
	struct settled *out;
};

static fail settle_all(struct call *c, struct meeting *m, struct settled *out)
{
	const struct scheme *scheme;
	struct gathered now;
	unsigned class = m->class;
	bool waits = false;

	TRY(tick_minutes(c, m));
	fail f = scheme_of_meeting(c, m, &scheme);

	if (f == FAIL_NOT_FOUND) { /* the rule was taken away: the sheets stand as they are */
		problem_clear(c);
		return put_wait(c, m, false, MOMENT_NONE);
	}
	TRY(f);
	TRY(facts_gather(c, scheme, m, &now));
	for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
		TRY(settle_stage(c, m, stages[i], &now, out, &waits));
	out->class_changed = m->class != class;
	return put_wait(c, m, waits, now.waiting.due);
}

static fail settle_body(struct call *c, void *arg)
{
	struct settling *s = arg;
	const char *name = c->who.name;

	*s->out = (struct settled){ 0 };
	TRY(meeting_by_id(c, s->m->id, s->m));
	if (s->m->afterwards || !meeting_is_scored_kind(s->m) || s->m->state < MEETING_HELD || s->m->state > MEETING_REPORTED)
		return db_exec(c, &Q_wait_drop, ARGS(V(s->m->realm), V(s->m->id)), NULL);
	c->who.name = SETTLED_BY;
	fail f = settle_all(c, s->m, s->out);

	c->who.name = name;
	return f;
}

fail score_settle(struct call *c, struct meeting *m, struct settled *out)
{
	return db_write(c, settle_body, &(struct settling){ m, out });
}

/* ---------------------------------------------------------------- those whose deadline has passed */

struct due {
	int64_t meeting_id;
};
static const struct field due_fields[] = { COL(struct due, meeting_id), FIELD_END };
static const struct record due_record = { "score_wait", sizeof(struct due), due_fields };

struct due_list {
	struct due *v;
	size_t n;
};

static fail list_due(struct call *c, void *arg)
{
	struct due_list *l = arg;

	return db_all(c, &Q_wait_due, ARGS(V(call_local(c->now_ms))), &due_record, &l->v, &l->n);
}

fail score_settle_due(struct call *c, int64_t *done)
{
	struct due_list list;

	*done = 0;
	TRY(db_read(c, list_due, &list));
	for (size_t i = 0; i < list.n; i++) {
		struct meeting m = { .id = list.v[i].meeting_id };
		struct settled s;

		TRY(score_settle(c, &m, &s));
		*done += s.sheets > 0;
	}
	return FAIL_OK;
}
