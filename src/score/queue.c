/* queue.c — lists for the committee above. */
#include "score/queue.h"

#include "score/appeal.h"
#include "score/gather_record.h"
#include "score_sql.h"

fail queue_appealed(struct call *c, int64_t unit_id, int64_t limit, struct meetings *out)
{
	return db_all(c, &Q_queue_appealed, ARGS(V(unit_id), V(c->today), V(limit)), &meeting_record, &out->v, &out->n);
}

static fail over(struct call *c, const struct meeting *m, bool *out)
{
	struct appeals all;
	struct date last;
	const char *why;

	TRY(appeal_possible(c, m, &last, &why));
	TRY(appeals_of(c, m, &all));
	*out = date_is(last) && last.days < c->today.days;
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].outcome != APPEAL_WITHDRAWN)
			*out = all.v[i].outcome != APPEAL_OPEN; /* answered: nothing more is to come */
	return FAIL_OK;
}

fail queue_lockable(struct call *c, int64_t unit_id, month_no since, int64_t limit, struct meetings *out)
{
	struct meetings all;
	bool ready;

	TRY(db_all(c, &Q_queue_decided, ARGS(V(unit_id), V(c->today), V(since), V(limit)), &meeting_record, &all.v, &all.n));
	*out = (struct meetings){ all.v, 0 };
	for (size_t i = 0; i < all.n; i++) {
		TRY(over(c, &all.v[i], &ready));
		if (ready)
			out->v[out->n++] = all.v[i];
	}
	return FAIL_OK;
}

/* The deadline is a setting of each cell, so the list is drawn wide and looked through. */
fail queue_overdue(struct call *c, int64_t unit_id, month_no since, int64_t limit, struct meetings *out)
{
	struct meetings all;
	struct moment now = call_local(c->now_ms), due;

	TRY(db_all(c, &Q_queue_overdue, ARGS(V(unit_id), V(c->today), V(since), V(now), V(limit)), &meeting_record, &all.v, &all.n));
	*out = (struct meetings){ all.v, 0 };
	for (size_t i = 0; i < all.n; i++) {
		TRY(closing_due(c, &all.v[i], &due));
		if (moment_is(due) && due.minutes < now.minutes)
			out->v[out->n++] = all.v[i];
	}
	return FAIL_OK;
}
