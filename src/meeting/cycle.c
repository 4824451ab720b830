/* cycle.c — the table of states and the one way to change a state. What a step stands on is progress.c, what may be edited when is part.c. */
#include "meeting/cycle.h"

#include <string.h>

#include "db/journal.h"
#include "meeting/store.h"
#include "meeting/touch.h"
#include "meeting_sql.h"

const char *const meeting_step_words[] = { "",     "plan", "register", "schedule", "prepare", "open", "close",    "record", "score",
	                                       "vote", "sign", "report",   "decide",   "lock",    "postpone", "cancel", "reopen", NULL };
static const char *const names[STEP_COUNT] = {
	"", N_("Put into the year plan"), N_("Register day and place"), N_("Put on the schedule"), N_("Close the preparation"),
	N_("Open the meeting"), N_("Close the meeting"), N_("Write down a meeting held"), N_("Score by the cell"), N_("Vote on the score"),
	N_("Sign the minutes"), N_("Report to the committee above"), N_("Decide the class"), N_("Lock"), N_("Postpone"), N_("Cancel"), N_("Reopen"),
};

#define IN(state) (UINT32_C(1) << MEETING_##state)
#define NEW IN(NO_STATE)

/* clang-format off */
const struct cycle_row cycle_table[] = {
	{ STEP_PLAN,     NEW,                              MEETING_PLANNED,         MAY_RECORD, false, false, false },
	{ STEP_REGISTER, NEW | IN(PLANNED),                MEETING_DATE_REGISTERED, MAY_RECORD, false, false, false },
	{ STEP_SCHEDULE, IN(DATE_REGISTERED) | IN(POSTPONED), MEETING_SCHEDULED,    MAY_RECORD, false, false, false },
	{ STEP_PREPARE,  IN(SCHEDULED),                    MEETING_PREPARED,        MAY_RECORD, false, false, false },
	{ STEP_OPEN,     IN(PREPARED),                     MEETING_OPEN,            MAY_RECORD, false, false, false },
	{ STEP_CLOSE,    IN(OPEN),                         MEETING_HELD,            MAY_RECORD, false, false, false },
	{ STEP_RECORD,   NEW,                              MEETING_HELD,            MAY_RECORD, false, false, true },
	{ STEP_SCORE,    IN(HELD) | IN(REOPENED),          MEETING_SCORED,          MAY_RECORD, false, false, false },
	{ STEP_VOTE,     IN(SCORED),                       MEETING_VOTED,           MAY_RECORD, false, false, false },
	{ STEP_SIGN,     IN(VOTED),                        MEETING_MINUTES_SIGNED,  MAY_RECORD, false, false, false },
	{ STEP_REPORT,   IN(MINUTES_SIGNED),               MEETING_REPORTED,        MAY_RECORD, false, false, false },
	{ STEP_DECIDE,   IN(REPORTED) | IN(REOPENED),      MEETING_DECIDED,         MAY_DECIDE, false, false, false },
	{ STEP_DECIDE,   IN(HELD) | IN(SCORED) | IN(VOTED) | IN(MINUTES_SIGNED), MEETING_DECIDED, MAY_DECIDE, false, false, true },
	{ STEP_LOCK,     IN(DECIDED) | IN(REOPENED),       MEETING_LOCKED,          MAY_DECIDE, false, false, false },
	{ STEP_POSTPONE, IN(PLANNED) | IN(SCHEDULED),      MEETING_POSTPONED,       MAY_RECORD, true,  true,  false },
	{ STEP_CANCEL,   IN(PLANNED) | IN(SCHEDULED),      MEETING_CANCELLED,       MAY_RECORD, true,  true,  false },
	{ STEP_REOPEN,   IN(LOCKED),                       MEETING_REOPENED,        MAY_DECIDE, true,  false, false },
	{ STEP_NONE_TAKEN, 0, MEETING_NO_STATE, MAY_NOBODY, false, false, false },
};
/* clang-format on */

const char *meeting_step_name(enum lang lang, enum meeting_step s)
{
	return s && s < STEP_COUNT ? tr(lang, names[s]) : "";
}

const struct cycle_row *cycle_find(enum meeting_step step, enum meeting_state from, bool afterwards)
{
	for (const struct cycle_row *r = cycle_table; r->step; r++)
		if (r->step == step && r->from >> from & 1 && (afterwards || !r->afterwards_only))
			return r;
	return NULL;
}

enum meeting_step cycle_first_step(enum meeting_state state)
{
	for (const struct cycle_row *r = cycle_table; r->step; r++)
		if (r->from & NEW && r->to == state)
			return r->step;
	return STEP_NONE_TAKEN;
}

/* ---------------------------------------------------------------- what was taken */

static const struct field taken_fields[] = {
	COL(struct step_taken, seq),
	COL(struct step_taken, at_ms),
	COL(struct step_taken, step, .words = meeting_step_words),
	COL(struct step_taken, from_state, .words = meeting_state_words),
	COL(struct step_taken, to_state, .words = meeting_state_words),
	COL(struct step_taken, actor),
	COL(struct step_taken, remark),
	COL(struct step_taken, approved_by),
	FIELD_END,
};
static const struct record taken_record = { "meeting_step", sizeof(struct step_taken), taken_fields };

fail meeting_steps_taken(struct call *c, const struct meeting *m, struct steps_taken *out)
{
	return db_all(c, &Q_meeting_steps, ARGS(V(m->realm), V(m->id)), &taken_record, &out->v, &out->n);
}

fail meeting_step_is_last(struct call *c, const struct meeting *m, enum meeting_step step, bool *out)
{
	struct steps_taken s;

	TRY(meeting_steps_taken(c, m, &s));
	*out = s.n > 0 && s.v[s.n - 1].step == step && s.v[s.n - 1].to_state == m->state;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- writing */

fail meeting_step_write(struct call *c, const struct meeting *m, int64_t seq, enum meeting_step step, enum meeting_state from,
                        const struct step_note *note)
{
	return db_exec(c, &Q_meeting_step_insert,
	               ARGS(V(m->realm), V(m->id), V(seq), V(meeting_step_words[step]), V(meeting_state_words[from]),
	                    V(meeting_state_words[m->state]), V(c->who.name), V(c->now_ms), V(note ? note->remark : ""),
	                    V(note ? note->approved_by : "")),
	               NULL);
}

fail meeting_step_first(struct call *c, const struct meeting *m)
{
	enum meeting_step step = cycle_first_step((enum meeting_state)m->state);

	if (!step)
		return problem(c, FAIL_CONFLICT, "state", "a meeting does not begin as “%s”", meeting_state_name(c->lang, m->state));
	return meeting_step_write(c, m, 1, step, MEETING_NO_STATE, NULL);
}

/* Steps that change what a calendar has to show. */
static bool moves_calendar(enum meeting_step step, unsigned from)
{
	return step == STEP_POSTPONE || step == STEP_CANCEL || (step == STEP_SCHEDULE && from == MEETING_POSTPONED);
}

static const char *as_json(struct call *c, unsigned state, enum meeting_step step, const struct step_note *note)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "state", meeting_state_words[state]);
	if (step)
		json_put_str(&j, "step", meeting_step_words[step]);
	if (note && *note->remark)
		json_put_str(&j, "remark", note->remark);
	if (note && *note->approved_by)
		json_put_str(&j, "approved_by", note->approved_by);
	json_object_end(&j);
	return out_text(&o);
}

/* The state, its history, the journal, the counters where it begins or ends to count. */
static fail write_step(struct call *c, struct meeting *m, const struct cycle_row *row, const struct step_note *note)
{
	unsigned from = m->state;
	int64_t raised = moves_calendar(row->step, from), last;

	m->state = row->to;
	TRY(db_int(c, &Q_meeting_step_last, ARGS(V(m->realm), V(m->id)), 0, &last));
	TRY(db_exec(c, &Q_meeting_put_state, ARGS(V(m->realm), V(m->id), V(meeting_state_words[m->state]), V(raised)), NULL));
	TRY(meeting_step_write(c, m, last + 1, row->step, (enum meeting_state)from, note));
	TRY(journal_add(c, m->realm, m->unit_id, meeting_step_words[row->step], "meeting", m->id, as_json(c, from, STEP_NONE_TAKEN, NULL),
	                as_json(c, m->state, row->step, note)));
	m->rev++;
	m->sequence += raised;
	if (meeting_was_held(from) == meeting_was_held(m->state))
		return FAIL_OK;
	return meeting_touch_month(c, m->realm, m->unit_id, (month_no)m->month);
}

/* ---------------------------------------------------------------- taking a step */

/* "Open the meeting, Postpone": what the table has from here. */
static const char *possible_now(struct call *c, const struct meeting *m)
{
	struct out o;
	bool any = false;

	out_memory(&o, c->arena);
	for (const struct cycle_row *r = cycle_table; r->step; r++)
		if (r->from >> m->state & 1 && (m->afterwards || !r->afterwards_only)) {
			out_printf(&o, "%s“%s”", any ? ", " : "", meeting_step_name(c->lang, r->step));
			any = true;
		}
	return any ? out_text(&o) : tr(c->lang, "nothing more");
}

static fail no_such_way(struct call *c, const struct meeting *m, enum meeting_step step)
{
	return problem(c, FAIL_CONFLICT, "step", "“%s” is not possible: the meeting %s is “%s”. Possible now: %s", meeting_step_name(c->lang, step),
	               m->code, meeting_state_name(c->lang, m->state), possible_now(c, m));
}

static void check_note(struct call *c, const struct meeting *m, const struct cycle_row *row, const struct step_note *note, struct flaws *out)
{
	if (row->needs_reason && !*note->remark)
		flaw_add(c, out, "remark", "say why");
	if (row->needs_approval && !*note->approved_by)
		flaw_add(c, out, "approved_by", "say who approved it");
	if (row->step == STEP_SCHEDULE && !*note->remark && m->state == MEETING_DATE_REGISTERED && !call_may(c, MAY_DECIDE, m->unit_id))
		flaw_add(c, out, "remark", "the committee above puts meetings on its schedule notice; if it did so on paper, write number and day of the notice");
}

struct take {
	int64_t meeting_id, rev;
	enum meeting_step step;
	struct step_note note;
	struct meeting *m;
	struct flaws *found;
};

fail meeting_move(struct call *c, struct meeting *m, enum meeting_step step, const struct step_note *note)
{
	const struct cycle_row *row = cycle_find(step, (enum meeting_state)m->state, m->afterwards);

	return row ? write_step(c, m, row, note) : no_such_way(c, m, step);
}

static fail take_one(struct call *c, struct meeting *m, enum meeting_step step, const struct step_note *note, struct flaws *found)
{
	const struct cycle_row *row = cycle_find(step, (enum meeting_state)m->state, m->afterwards);

	if (!row)
		return no_such_way(c, m, step);
	if (!call_may(c, row->may, m->unit_id))
		return problem(c, FAIL_DENIED, "step", "“%s” is not yours to do here", meeting_step_name(c->lang, step));
	check_note(c, m, row, note, found);
	TRY(meeting_step_blocks(c, m, step, found));
	TRY(flaws_refuse(c, found));
	return write_step(c, m, row, note);
}

/* Where no score is given, the steps of the score are passed on the way to a later one. */
static enum meeting_step void_step(const struct meeting *m, enum meeting_step wanted)
{
	if (meeting_is_scored_kind(m))
		return STEP_NONE_TAKEN;
	if (m->state == MEETING_HELD && wanted >= STEP_VOTE && wanted <= STEP_LOCK)
		return STEP_SCORE;
	if (m->state == MEETING_SCORED && wanted >= STEP_SIGN && wanted <= STEP_LOCK)
		return STEP_VOTE;
	return m->state == MEETING_REPORTED && wanted == STEP_LOCK ? STEP_DECIDE : STEP_NONE_TAKEN;
}

/* The day that comes with the step. A planned end moves along. */
static fail move_day(struct call *c, struct meeting *m, enum meeting_step step, const struct step_note *note)
{
	struct meeting before = *m;

	if (step != STEP_REGISTER && step != STEP_SCHEDULE && step != STEP_POSTPONE)
		return FAIL_OK;
	if (note->starts_at.minutes > 0) {
		m->starts_at = note->starts_at;
		if (moment_is(m->ends_at))
			m->ends_at.minutes += m->starts_at.minutes - before.starts_at.minutes;
	}
	if (note->place)
		m->place = note->place;
	return meeting_store(c, &before, m);
}

static fail take_body(struct call *c, void *arg)
{
	struct take *t = arg;
	struct step_note passed = { .remark = tr(c->lang, "this kind of meeting is not scored"), .approved_by = "" };
	enum meeting_step between;
	struct meeting m;

	*t->found = (struct flaws){ 0 };
	TRY(meeting_lock(c, t->meeting_id, t->rev, t->m));
	m = *t->m;
	while ((between = void_step(&m, t->step)))
		TRY(take_one(c, &m, between, &passed, t->found));
	if (cycle_find(t->step, (enum meeting_state)m.state, m.afterwards))
		TRY(move_day(c, &m, t->step, &t->note));
	TRY(take_one(c, &m, t->step, &t->note, t->found));
	*t->m = m;
	return FAIL_OK;
}

fail meeting_take_step(struct call *c, int64_t meeting_id, int64_t rev, enum meeting_step step, const struct step_note *note,
                       struct meeting *m, struct flaws *found)
{
	struct flaws unread;
	struct take t = { meeting_id, rev, step, note ? *note : (struct step_note){ 0 }, m, found ? found : &unread };

	t.note.remark = t.note.remark ? text_clean(c->arena, t.note.remark) : "";
	t.note.approved_by = t.note.approved_by ? text_clean(c->arena, t.note.approved_by) : "";
	return db_write(c, take_body, &t);
}
