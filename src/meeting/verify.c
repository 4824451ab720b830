/* verify.c — the history of every meeting is a way through the table of states, and ends in the state the meeting is in.
 *
 * Meetings without a history came in as summaries; there is nothing to compare. */
#include "meeting/verify.h"

#include "meeting/cycle.h"
#include "meeting_sql.h"

struct kept_step {
	int64_t meeting_id, seq;
	unsigned step, from_state, to_state, state;
	bool afterwards;
	const char *code;
};
static const struct field fields[] = {
	COL(struct kept_step, meeting_id),
	COL(struct kept_step, seq),
	COL(struct kept_step, step, .words = meeting_step_words),
	COL(struct kept_step, from_state, .words = meeting_state_words),
	COL(struct kept_step, to_state, .words = meeting_state_words),
	COL(struct kept_step, state, .words = meeting_state_words),
	COL(struct kept_step, afterwards),
	COL(struct kept_step, code),
	FIELD_END,
};
static const struct record kept_step_record = { "kept_step", sizeof(struct kept_step), fields };

struct walk {
	int64_t meeting_id, steps;
	unsigned at, state; /* where the history has come to; what the meeting says */
	char code[64];
	bool found;
};

/* The first is the call's problem, the others are lines of their own. */
static void tell(struct call *c, struct walk *w, const char *code, const char *text)
{
	const char *line = arena_printf(c->arena, "%s: %s", code, tr(c->lang, text));

	if (w->found)
		fprintf(c->err, "%s\n", line);
	else
		(void)!problem(c, FAIL_BROKEN, "meeting_step", "%s", line);
	w->found = true;
}

static void end_of_one(struct call *c, struct walk *w)
{
	if (w->meeting_id && w->at != w->state)
		tell(c, w, w->code, N_("the history ends in another state than the meeting is in"));
}

static fail one_step(struct call *c, const void *row, void *arg)
{
	const struct kept_step *s = row;
	struct walk *w = arg;

	if (s->meeting_id != w->meeting_id) {
		end_of_one(c, w);
		w->meeting_id = s->meeting_id;
		w->at = MEETING_NO_STATE;
		w->state = s->state;
		snprintf(w->code, sizeof w->code, "%s", s->code);
	}
	const struct cycle_row *r = cycle_find((enum meeting_step)s->step, (enum meeting_state)s->from_state, s->afterwards);

	if (s->from_state != w->at || !r || r->to != s->to_state)
		tell(c, w, s->code, N_("a step of the history is no way of the table of states"));
	w->at = s->to_state;
	w->steps++;
	return FAIL_OK;
}

static fail histories(struct call *c, int64_t *checked)
{
	struct walk w = { 0 };

	TRY(db_each(c, &Q_meeting_steps_all, NO_ARGS, &kept_step_record, one_step, &w));
	end_of_one(c, &w);
	*checked = w.steps;
	return w.found ? FAIL_BROKEN : FAIL_OK;
}

const struct verify_check meeting_checks[] = {
	{ "steps", N_("histories of meetings against the table of states"), histories },
	{ NULL },
};
