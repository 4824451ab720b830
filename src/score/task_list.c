/* task_list.c — the steps of a meeting in order, with what each waits for. */
#include "meeting/pre_meeting.h"
#include "score/task_list.h"

#include <string.h>

#define IN(state) (UINT32_C(1) << MEETING_##state)
#define BEFORE (IN(PLANNED) | IN(DATE_REGISTERED) | IN(SCHEDULED) | IN(PREPARED) | IN(POSTPONED))
#define ROOM (IN(OPEN) | IN(HELD) | IN(SCORED) | IN(VOTED))
#define SINCE_HELD (IN(HELD) | IN(SCORED) | IN(VOTED))
#define SINCE_SCORED (IN(SCORED) | IN(VOTED) | IN(MINUTES_SIGNED) | IN(REPORTED))

struct build {
	struct call *c;
	const struct meeting_whole *w;
	const struct meeting *m;
	const struct meeting_progress *p;
	struct task_list *out;
	int rank;
	bool may_record, may_decide;
	bool alone;               /* a secretary alone: nobody has to confer beforehand (D3.3) */
};

/* How far the meeting is; a reopened one has been reported. */
static int rank_of(unsigned state)
{
	if (state == MEETING_POSTPONED)
		return MEETING_DATE_REGISTERED;
	return state == MEETING_REOPENED ? MEETING_REPORTED : (int)state;
}

static const char *path(struct call *c, const struct meeting *m, const char *below)
{
	return arena_printf(c->arena, "/meetings/%lld%s", (long long)m->id, below);
}

static void group(struct build *b, const char *title)
{
	b->out->groups[b->out->n++] = (struct task_group){ .title = tr(b->c->lang, title) };
}

struct item {
	const char *title, *below, *why;
	bool done, theirs;   /* theirs: the committee above does it */
	uint32_t ready;      /* states in which it can be done */
	const char *waits;   /* said while it cannot be done yet */
	bool optional;       /* never the next thing to do */
};

static enum step_state state_of(const struct build *b, const struct item *i, bool may)
{
	if (i->done)
		return STEP_DONE;
	if (!(i->ready >> b->m->state & 1))
		return STEP_BLOCKED;
	if (!may)
		return STEP_BLOCKED;
	return b->out->next || i->optional ? STEP_TODO : STEP_NEXT;
}

static void add(struct build *b, const struct item *i)
{
	struct task_group *g = &b->out->groups[b->out->n - 1];
	struct step *s = &g->steps[g->n++];
	bool may = i->theirs ? b->may_decide : b->may_record;
	bool early = !i->done && !(i->ready >> b->m->state & 1);

	*s = (struct step){ may && !early ? path(b->c, b->m, i->below) : NULL, tr(b->c->lang, i->title), i->why, state_of(b, i, may) };
	if (early && i->waits)
		s->why = tr(b->c->lang, i->waits);
	g->done += i->done;
	g->open |= !i->done && !early;
	if (s->state == STEP_NEXT)
		b->out->next = s;
}

/* ---------------------------------------------------------------- before */

static const char *day_words(const struct build *b)
{
	struct call *c = b->c;
	const char *when = show_moment(c->arena, c->lang, b->m->starts_at);

	return *b->m->place ? arena_printf(c->arena, "%s, %s", when, b->m->place) : when;
}

static int64_t to_reach(const struct build *b)
{
	int64_t n = b->p->guests;

	for (size_t i = 0; i < b->w->roll.n; i++)
		n += member_is_expected(b->w->roll.v[i].status);
	return n;
}

static const char *of_words(const struct build *b, const char *text, int64_t part, int64_t whole)
{
	return arena_printf(b->c->arena, tr(b->c->lang, text), show_int(b->c->arena, b->c->lang, part), show_int(b->c->arena, b->c->lang, whole));
}

static void add_schedule(struct build *b)
{
	bool postponed = b->m->state == MEETING_POSTPONED;
	struct item i = { N_("Schedule notice"), "/steps/schedule", NULL, b->rank >= MEETING_SCHEDULED, false, IN(DATE_REGISTERED) | IN(POSTPONED),
		              N_("Comes once the day is registered"), !postponed && !b->may_decide };

	if (postponed)
		i.why = tr(b->c->lang, "Postponed: name the new day.");
	else if (!i.done)
		i.why = tr(b->c->lang, b->may_decide ? N_("Goes on the notice of all cells; or take the meeting up alone.") :
		                                       N_("Waits for the committee above. If the notice came on paper, write its number here."));
	add(b, &i);
}

static const char *pre_words(const struct build *b)
{
	if (b->p->pre_meetings && !b->p->pre_signed)
		return tr(b->c->lang, "Written down; its minutes are not signed yet");
	return b->alone ? tr(b->c->lang, "The cell has a secretary alone: nobody has to confer") : NULL;
}

static void add_preparation(struct build *b)
{
	const struct meeting_progress *p = b->p;
	const char *missed = b->rank >= MEETING_OPEN ? N_("Was not done before the opening") : NULL;
	int64_t people = to_reach(b);
	uint32_t ready = BEFORE & ~IN(PLANNED);

	add(b, &(struct item){ N_("Committee pre-meeting"), "/pre",
	                       pre_words(b), p->pre_signed || date_is(b->m->pre_meeting_on) || b->alone, false, ready, missed, false });
	add(b, &(struct item){ N_("Agenda"), "/agenda", p->agenda_items ? arena_printf(b->c->arena, tr(b->c->lang, "%lld items"), (long long)p->agenda_items) : NULL,
	                       p->agenda_items > 0, false, ready, missed, false });
	add(b, &(struct item){ N_("Papers"), "/papers",
	                       p->papers ? arena_printf(b->c->arena, tr(b->c->lang, "%lld papers"), (long long)p->papers) :
	                                   tr(b->c->lang, "A guide for the discussion, a draft resolution, material to read"),
	                       p->drafts > 0, false, ready, missed, false });
	if (p->papers) { /* to read for everybody who takes part */
		struct task_group *g = &b->out->groups[b->out->n - 1];

		g->steps[g->n - 1].href = path(b->c, b->m, "/papers");
	}
	add(b, &(struct item){ N_("Notices"), "/sendings", of_words(b, N_("%s of %s people were told"), p->notified, people),
	                       people > 0 && p->notified >= people, false, ready, missed, false });
	add(b, &(struct item){ N_("Close the preparation"), "/steps/prepare", NULL, b->rank >= MEETING_PREPARED, false,
	                       p->agenda_items ? IN(SCHEDULED) : 0, p->agenda_items ? N_("Comes once the meeting is on the schedule") : N_("Waits for the agenda"), false });
}

/* What costs points keeps nobody from going on: from the day before, closing the preparation is what comes next. */
static void prefer_prepare(struct build *b)
{
	struct task_group *g = &b->out->groups[0];
	struct step *last = &g->steps[g->n - 1];
	bool soon = meeting_day(b->m).days - b->c->today.days <= 1;

	if (!soon || last->state != STEP_TODO || !b->out->next)
		return;
	for (size_t i = 0; i < g->n; i++)
		if (&g->steps[i] == b->out->next)
			g->steps[i].state = STEP_TODO;
	last->state = STEP_NEXT;
	b->out->next = last;
}

static void before(struct build *b)
{
	group(b, N_("Before the meeting"));
	add(b, &(struct item){ N_("Day and place"), b->m->state == MEETING_PLANNED ? "/register" : "/edit", day_words(b), b->m->state != MEETING_PLANNED, false,
	                       BEFORE, NULL, false });
	add_schedule(b);
	add_preparation(b);
	prefer_prepare(b);
}

/* ---------------------------------------------------------------- in the room */

static const char *came(const struct build *b)
{
	if (b->w->rows.n && !b->w->tally.complete)
		return arena_printf(b->c->arena, tr(b->c->lang, "%lld still have no entry"), (long long)b->w->tally.missing);
	if (b->m->present == INT_UNKNOWN || b->m->expected == INT_UNKNOWN)
		return NULL;
	return of_words(b, N_("%s of %s came"), b->m->present, b->m->expected);
}

static void room(struct build *b)
{
	const struct meeting_progress *p = b->p;
	const char *later = N_("Comes with the opening");
	bool over = b->rank > MEETING_OPEN; /* what is still open then can be added, but is not what comes next */
	bool called = b->w->roll.n ? b->w->tally.complete : b->m->present != INT_UNKNOWN;

	group(b, N_("In the room"));
	add(b, &(struct item){ N_("Open the meeting"), "/steps/open", NULL, b->rank >= MEETING_OPEN, false, IN(PREPARED), N_("Comes once the preparation is closed"), false });
	add(b, &(struct item){ N_("Roll call"), "/attendance", came(b), called, false, ROOM, later, over });
	add(b, &(struct item){ N_("Agenda, speakers, guests"), "/room",
	                       p->agenda_open ? of_words(b, N_("%s of %s steps are open"), p->agenda_open, p->agenda_items) : NULL,
	                       p->agenda_items && !p->agenda_open, false, ROOM, later, over });
	add(b, &(struct item){ N_("Votes"), "/votes", p->votes_open ? arena_printf(b->c->arena, tr(b->c->lang, "%lld still open"), (long long)p->votes_open) : NULL,
	                       p->conclusion_adopted && !p->votes_open, false, ROOM, later, over });
	add(b, &(struct item){ N_("Tasks"), "/tasks", p->tasks ? arena_printf(b->c->arena, tr(b->c->lang, "%lld tasks assigned"), (long long)p->tasks) : NULL,
	                       p->tasks > 0, false, ROOM, later, over });
	add(b, &(struct item){ N_("Close the meeting"), "/close", moment_is(b->m->ends_at) && b->rank >= MEETING_HELD ? show_moment(b->c->arena, b->c->lang, b->m->ends_at) : NULL,
	                       b->rank >= MEETING_HELD, false, IN(OPEN), later, false });
}

/* ---------------------------------------------------------------- in the same sitting */

static const char *points_words(const struct build *b, const struct score_view *v)
{
	if (!v->sheet.revision)
		return NULL;
	return arena_printf(b->c->arena, tr(b->c->lang, "%s points, %s"), show_tenths(b->c->arena, b->c->lang, v->sheet.points),
	                    grade_title((enum grade)v->sheet.class, b->c->lang));
}

static void sitting(struct build *b)
{
	const struct meeting_progress *p = b->p;
	const char *later = N_("Comes after the meeting is closed");

	group(b, N_("In the same sitting"));
	if (b->w->scored_kind) {
		add(b, &(struct item){ N_("The cell's own score"), "/score", points_words(b, &b->w->self),
		                       b->rank >= MEETING_SCORED && b->m->state != MEETING_REOPENED, false, IN(HELD) | IN(REOPENED), later,
		                       b->m->state == MEETING_REOPENED });
		add(b, &(struct item){ N_("Vote on the score, weaknesses"), "/vote-score", points_words(b, &b->w->voted), b->rank >= MEETING_VOTED, false, IN(SCORED),
		                       N_("Comes once the cell has scored"), false });
	}
	add(b, &(struct item){ N_("Minutes"), "/minutes", moment_is(b->m->minutes_approved_at) ? tr(b->c->lang, "read out and approved") : NULL,
	                       moment_is(b->m->minutes_approved_at) || p->minutes > 0, false, SINCE_HELD, later, false });
	add(b, &(struct item){ N_("Resolution"), "/resolution", NULL, p->resolutions > 0, false, SINCE_HELD, later, false });
	add(b, &(struct item){ N_("Sign the minutes"), date_is(b->m->minutes_signed_on) && b->m->state == MEETING_VOTED ? "/steps/sign" : "/sign", date_is(b->m->minutes_signed_on) ? show_date(b->c->arena, b->c->lang, b->m->minutes_signed_on) : NULL,
	                       b->rank >= MEETING_MINUTES_SIGNED, false, b->w->scored_kind ? IN(VOTED) : SINCE_HELD, N_("Comes after the vote on the score"), false });
}

/* ---------------------------------------------------------------- afterwards */

const char *task_list_upload_clock(struct call *c, const struct meeting *m)
{
	if (!moment_is(m->ends_at) || moment_is(m->uploaded_at) || !meeting_was_held(m->state))
		return NULL;
	struct moment until = { m->ends_at.minutes + UPLOAD_DAYS * 1440 };
	int64_t left = until.minutes - call_local(c->now_ms).minutes;
	const char *when = show_moment(c->arena, c->lang, until);

	if (left < 0)
		return arena_printf(c->arena, tr(c->lang, "The two days for the upload ended at %s"), when);
	if (left >= 1440)
		return arena_printf(c->arena, tr(c->lang, "%lld days %lld hours left, until %s"), (long long)(left / 1440), (long long)(left % 1440 / 60), when);
	return arena_printf(c->arena, tr(c->lang, "%lld hours %lld minutes left, until %s"), (long long)(left / 60), (long long)(left % 60), when);
}

static void add_verdict(struct build *b)
{
	bool decided = b->rank >= MEETING_DECIDED;

	add(b, &(struct item){ N_("Decision of the committee above"), "/decide",
	                       b->w->decided.sheet.revision ? points_words(b, &b->w->decided) : b->may_decide ? NULL : tr(b->c->lang, "Waits for the committee above"),
	                       decided, true, IN(REPORTED) | IN(REOPENED), N_("Comes once the meeting is reported"), false });
	if (decided && b->w->scored_kind)
		add(b, &(struct item){ N_("Appeal"), "/appeal",
		                       tr(b->c->lang, b->p->appeals_open ? N_("The cell has appealed; the committee answers") :
		                                      b->p->appeals      ? N_("Answered") : N_("If the cell sees it differently")),
		                       b->p->appeals && !b->p->appeals_open, false, IN(DECIDED), N_("The record is locked"), true });
}

static void afterwards(struct build *b)
{
	const struct meeting_progress *p = b->p;
	const char *clock = task_list_upload_clock(b->c, b->m);

	group(b, N_("Afterwards"));
	add(b, &(struct item){ N_("Upload and report"), moment_is(b->m->uploaded_at) && b->m->state == MEETING_MINUTES_SIGNED ? "/steps/report" : "/report", clock ? clock : moment_is(b->m->uploaded_at) ? show_moment(b->c->arena, b->c->lang, b->m->uploaded_at) : NULL,
	                       b->rank >= MEETING_REPORTED, false, IN(MINUTES_SIGNED), clock ? NULL : N_("Comes once the minutes are signed"), false });
	if (p->guests && b->w->scored_kind)
		add(b, &(struct item){ N_("The guest's confirmation"), "/guest-score", of_words(b, N_("%s of %s have confirmed"), p->guests_confirmed, p->guests),
		                       p->guests_confirmed >= p->guests, false, SINCE_SCORED, N_("Comes once the cell has scored"), true });
	if (b->w->scored_kind)
		add_verdict(b);
	add(b, &(struct item){ N_("Lock"), "/steps/lock", p->appeals_open ? tr(b->c->lang, "an appeal of the cell has no answer yet") : NULL,
	                       b->m->state == MEETING_LOCKED, true, (b->w->scored_kind ? IN(DECIDED) : IN(REPORTED)) | IN(REOPENED), N_("Comes after the decision"), false });
}

/* ---------------------------------------------------------------- off the way */

static void add_others(struct build *b)
{
	static const enum meeting_step steps[] = { STEP_POSTPONE, STEP_CANCEL, STEP_REOPEN };

	for (int i = 0; i < 3; i++) {
		const struct cycle_row *row = cycle_find(steps[i], (enum meeting_state)b->m->state, b->m->afterwards);

		if (row && (row->may == MAY_DECIDE ? b->may_decide : b->may_record))
			b->out->others[b->out->other_n++] = (struct step){
				path(b->c, b->m, arena_printf(b->c->arena, "/steps/%s", meeting_step_words[steps[i]])), meeting_step_name(b->c->lang, steps[i]), NULL, STEP_TODO };
	}
}

static fail say_standstill(struct build *b)
{
	struct steps_taken s;
	struct call *c = b->c;

	if (b->m->state != MEETING_CANCELLED && b->m->state != MEETING_POSTPONED && b->m->state != MEETING_REOPENED)
		return FAIL_OK;
	TRY(meeting_steps_taken(c, b->m, &s));
	b->out->standstill = meeting_state_name(c->lang, b->m->state);
	if (!s.n)
		return FAIL_OK;
	const struct step_taken *last = &s.v[s.n - 1];

	b->out->standstill = arena_printf(c->arena, "%s: %s%s%s", b->out->standstill, last->remark, *last->approved_by ? " · " : "",
	                                  *last->approved_by ? arena_printf(c->arena, tr(c->lang, "approved by %s"), last->approved_by) : "");
	return FAIL_OK;
}

fail task_list_of(struct call *c, const struct meeting_whole *w, const struct meeting_progress *p, struct task_list *out)
{
	const struct meeting *m = &w->meeting;
	struct pre_meeting pre;
	struct pre_people people;
	enum pre_need need;
	struct build b = { c, w, m, p, out, rank_of(m->state), call_may(c, MAY_RECORD, m->unit_id), call_may(c, MAY_DECIDE, m->unit_id) };

	*out = (struct task_list){ 0 };
	TRY(say_standstill(&b));
	TRY(pre_meeting_of(c, m, &pre, &people, &need));
	b.alone = need == PRE_NEEDS_NONE;
	add_others(&b);
	if (m->state == MEETING_CANCELLED)
		return FAIL_OK;
	before(&b);
	room(&b);
	sitting(&b);
	afterwards(&b);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- short */

struct step task_list_next(struct call *c, const struct meeting *m)
{
	static const struct { const char *title, *below; } next[MEETING_STATES] = {
		[MEETING_PLANNED] = { N_("Register day and place"), "/register" },
		[MEETING_DATE_REGISTERED] = { N_("Waits for the schedule notice"), "" },
		[MEETING_SCHEDULED] = { N_("Prepare the meeting"), "" },
		[MEETING_PREPARED] = { N_("Open the meeting"), "/steps/open" },
		[MEETING_OPEN] = { N_("In session: roll call, agenda, votes, tasks"), "" },
		[MEETING_HELD] = { N_("Score by the cell"), "/score" },
		[MEETING_SCORED] = { N_("Vote on the score"), "/vote-score" },
		[MEETING_VOTED] = { N_("Sign the minutes"), "/sign" },
		[MEETING_MINUTES_SIGNED] = { N_("Upload and report"), "/report" },
		[MEETING_REPORTED] = { N_("Waits for the committee above"), "" },
		[MEETING_POSTPONED] = { N_("Name the new day"), "/steps/schedule" },
		[MEETING_REOPENED] = { N_("Reopened: score or decide anew"), "" },
	};

	if (!next[m->state].title || (m->afterwards && m->state != MEETING_HELD))
		return (struct step){ 0 };
	return (struct step){ path(c, m, next[m->state].below), tr(c->lang, next[m->state].title), NULL, STEP_NEXT };
}

const char *task_list_remedy(struct call *c, const struct meeting *m, const char *field)
{
	static const struct { const char *field, *below; } pages[] = {
		{ "agenda", "/agenda" }, { "attendance", "/attendance" }, { "ends_at", "/close" }, { "votes", "/votes" }, { "self", "/score" },
		{ "voted", "/vote-score" }, { "minutes_approved_at", "/sign" }, { "minutes_signed_on", "/sign" }, { "uploaded_at", "/report" },
		{ "decided", "/decide" }, { "appeal", "/appeal" }, { "starts_at", "/edit" }, { "place", "/edit" }, { "by_groups", "/edit" }, { "kind", "/edit" },
		{ "pre", "/pre" }, { "papers", "/papers" }, { "sendings", "/sendings" }, { "tasks", "/tasks" }, { "resolution", "/resolution" },
	};

	if (strcmp(field, "unit_code") == 0)
		return arena_printf(c->arena, "/units/%lld/members", (long long)m->unit_id);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		if (strcmp(pages[i].field, field) == 0)
			return path(c, m, pages[i].below);
	return NULL;
}

void task_list_history(struct call *c, const struct steps_taken *s, struct history_line **v, size_t *n)
{
	*n = s->n;
	*v = ARENA_ARRAY(c->arena, s->n + 1, struct history_line);
	for (size_t i = 0; i < s->n; i++) {
		const struct step_taken *t = &s->v[s->n - 1 - i];
		const char *approved = *t->approved_by ? arena_printf(c->arena, tr(c->lang, "approved by %s"), t->approved_by) : "";
		const char *remark = arena_printf(c->arena, "%s%s%s", t->remark, *t->remark && *approved ? " · " : "", approved);

		(*v)[i] = (struct history_line){ call_local(t->at_ms), meeting_step_name(c->lang, (enum meeting_step)t->step), t->actor, *remark ? remark : NULL };
	}
}
