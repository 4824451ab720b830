/* gather_record.c — from the tables of a meeting's life to facts. Asks nobody anything; writes nothing. */
#include "score/gather_record.h"

#include <string.h>

#include "org/post.h"
#include "org/unit.h"
#include "score_sql.h"

enum { UPLOAD_MINUTES = 2 * 1440 }; /* step 12 of the life cycle: within two days */

static const char *const part_words[] = { "", "opening", "main", "thematic", "personnel", "closing", NULL };
enum { PART_OPENING_ITEM = 1, PART_MAIN_ITEM, PART_THEMATIC_ITEM, PART_PERSONNEL_ITEM, PART_CLOSING_ITEM };

struct item {
	const char *step;
	unsigned part;
	bool mandatory, done, concluded;
	int64_t minutes;
};
static const struct field item_fields[] = { COL(struct item, step),
	                                        COL(struct item, part, .words = part_words),
	                                        COL(struct item, mandatory),
	                                        COL(struct item, done),
	                                        COL(struct item, concluded),
	                                        COL(struct item, minutes),
	                                        FIELD_END };
static const struct record item_record = { "agenda_item", sizeof(struct item), item_fields };

struct ballot {
	const char *subject, *result;
	int64_t in_favour;
	struct moment closed_at;
};
static const struct field ballot_fields[] = { COL(struct ballot, subject), COL(struct ballot, result), COL(struct ballot, in_favour),
	                                          COL(struct ballot, closed_at), FIELD_END };
static const struct record ballot_record = { "vote", sizeof(struct ballot), ballot_fields };

/* Counted in one statement: Q_record_counts. */
struct counts {
	const char *pre_form;
	struct moment pre_starts_at, first_sent;
	int64_t pre_chair, guests_unnamed, assigned_untold, guides, drafts, authored, papers, unpublished, conclusion, pre_points, pre_draft,
	    planned;
};
static const struct field count_fields[] = {
	COL(struct counts, pre_form),       COL(struct counts, pre_starts_at),
	COL(struct counts, first_sent),     COL(struct counts, pre_chair),
	COL(struct counts, guests_unnamed), COL(struct counts, assigned_untold),
	COL(struct counts, guides),         COL(struct counts, drafts),
	COL(struct counts, authored),       COL(struct counts, papers),
	COL(struct counts, unpublished),    COL(struct counts, conclusion),
	COL(struct counts, pre_points),     COL(struct counts, pre_draft),
	COL(struct counts, planned),        FIELD_END,
};
static const struct record count_record = { "counts", sizeof(struct counts), count_fields };

struct told {
	const char *person;
};
static const struct field told_fields[] = { COL(struct told, person), FIELD_END };
static const struct record told_record = { "sending", sizeof(struct told), told_fields };

struct record_rows {
	const struct meeting *m;
	const struct roll *roll;
	bool roll_complete;
	struct item *items;
	size_t item_n;
	struct ballot *votes;
	size_t vote_n;
	struct counts n;
	struct told *told;
	size_t told_n;
};

static fail load(struct call *c, const struct meeting *m, struct record_rows *r)
{
	char start[MOMENT_TEXT];

	moment_format(m->starts_at, start);
	TRY(db_all(c, &Q_record_items, ARGS(V(m->realm), V(m->id)), &item_record, &r->items, &r->item_n));
	TRY(db_all(c, &Q_record_votes, ARGS(V(m->realm), V(m->id)), &ballot_record, &r->votes, &r->vote_n));
	TRY(db_all(c, &Q_record_told, ARGS(V(m->realm), V(m->id), V((const char *)start)), &told_record, &r->told, &r->told_n));
	return db_one(c, &Q_record_counts, ARGS(V(m->realm), V(m->id), V((const char *)start), V(m->unit_id)), &count_record, &r->n);
}

static const struct item *item_of(const struct record_rows *r, const char *step)
{
	for (size_t i = 0; i < r->item_n; i++)
		if (strcmp(r->items[i].step, step) == 0)
			return &r->items[i];
	return NULL;
}

static bool step_done(const struct record_rows *r, const char *step)
{
	const struct item *i = item_of(r, step);

	return i && i->done;
}

/* The last vote on a subject, or NULL. */
static const struct ballot *vote_on(const struct record_rows *r, const char *subject)
{
	const struct ballot *last = NULL;

	for (size_t i = 0; i < r->vote_n; i++)
		if (strcmp(r->votes[i].subject, subject) == 0 && *r->votes[i].result)
			last = &r->votes[i];
	return last;
}

static bool adopted(const struct ballot *v)
{
	return v && strcmp(v->result, "adopted") == 0;
}

/* ---------------------------------------------------------------- what waits */

fail closing_due(struct call *c, const struct meeting *m, struct moment *out)
{
	const char *setting;
	int64_t minutes = UPLOAD_MINUTES;

	*out = MOMENT_NONE;
	if (!moment_is(m->ends_at))
		return FAIL_OK;
	TRY(org_setting(c, m->unit_id, "upload_minutes", &setting));
	(void)!int_parse(setting, &minutes);
	out->minutes = m->ends_at.minutes + minutes;
	return FAIL_OK;
}

/* Has its time passed? Without an end of the meeting nothing is due. */
static bool is_overdue(const struct call *c, const struct gathered *g)
{
	return moment_is(g->waiting.due) && call_local(c->now_ms).minutes > g->waiting.due.minutes;
}

/* A fact that has not happened: the value it has if it still comes in time, or the one it has now. */
static void put_waiting(struct call *c, struct gathered *g, enum fact f, int64_t fulfilled, int64_t now, enum fact_origin origin)
{
	bool late = is_overdue(c, g);

	gathered_put(g, f, late ? now : fulfilled, origin);
	*(late ? &g->waiting.overdue : &g->waiting.not_due) |= FACT_BIT(f);
}

/* ---------------------------------------------------------------- preparation */

static bool met_before(const struct record_rows *r)
{
	return moment_is(r->n.pre_starts_at) && r->n.pre_starts_at.minutes <= r->m->starts_at.minutes;
}

static void from_pre_meeting(const struct record_rows *r, struct gathered *g)
{
	gathered_put(g, FACT_pre_meeting_held, met_before(r), FROM_PRE_MEETING);
	if (!facts_know(&g->facts, FACT_has_committee) && *r->n.pre_form)
		gathered_put(g, FACT_has_committee, strcmp(r->n.pre_form, "committee") == 0, FROM_PRE_MEETING);
}

/* Guide and draft stand as papers, or as points and draft in the committee's own minutes, which nobody can change once the meeting is open.
 */
static void from_drafts(const struct record_rows *r, struct gathered *g)
{
	bool papers = r->n.guides && r->n.drafts, texts = (r->n.guides || r->n.pre_points) && (r->n.drafts || r->n.pre_draft);

	gathered_put(g, FACT_guide_and_draft_ready, texts, texts && !papers ? FROM_PRE_MEETING : FROM_PAPERS);
	gathered_put(g, FACT_draft_has_author, r->m->author_id > 0 || r->n.authored > 0, FROM_PAPERS);
	gathered_put(g, FACT_draft_approved_by_committee, met_before(r) && (r->n.drafts || r->n.pre_draft), FROM_PRE_MEETING);
}

/* "m<id>" against the roll. The texts are sorted as texts, so each is looked for. */
static bool was_told(const struct record_rows *r, int64_t member_id)
{
	char person[NUM_TEXT];

	snprintf(person, sizeof person, "m%lld", (long long)member_id);
	for (size_t i = 0; i < r->told_n; i++)
		if (strcmp(r->told[i].person, person) == 0)
			return true;
	return false;
}

static void from_sendings(struct call *c, const struct record_rows *r, struct gathered *g)
{
	int64_t untold = r->n.assigned_untold;

	for (size_t i = 0; i < r->roll->n; i++)
		untold += member_is_expected(r->roll->v[i].status) && !was_told(r, r->roll->v[i].id);
	gathered_put(g, FACT_notified_all, untold == 0, FROM_SENDINGS);
	if (untold)
		g->note[FACT_notified_all] = arena_printf(c->arena, tr(c->lang, "%lld people have no notice before the start"), (long long)untold);
	struct moment first = moment_is(r->n.first_sent) ? r->n.first_sent : r->m->documents_sent_at;

	gathered_put(g, FACT_documents_lead_minutes, moment_is(first) ? r->m->starts_at.minutes - first.minutes : 0, FROM_SENDINGS);
	if (!moment_is(first))
		g->note[FACT_documents_lead_minutes] = tr(c->lang, "No paper was sent to anybody");
}

static fail from_leader(struct call *c, const struct record_rows *r, struct gathered *g)
{
	struct posts posts;
	bool leader = false;

	TRY(org_posts(c, r->m->unit_id, meeting_day(r->m), &posts));
	for (size_t i = 0; i < posts.n; i++)
		if (posts.v[i].post == POST_SECRETARY || posts.v[i].post == POST_DEPUTY)
			leader |= posts.v[i].member_id == r->n.pre_chair || posts.v[i].member_id == r->m->author_id;
	gathered_put(g, FACT_content_prepared_by_leader, leader, FROM_PRE_MEETING);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- agenda */

static bool minutes_are_approved(const struct record_rows *r)
{
	return moment_is(r->m->minutes_approved_at) || adopted(vote_on(r, "minutes"));
}

/* The step that scores is being taken; the one that approves the minutes follows it. */
static bool is_step(const struct item *i, const char *step)
{
	return strcmp(i->step, step) == 0;
}

static void from_steps(struct call *c, const struct record_rows *r, struct gathered *g)
{
	int64_t required = 0, done = 0;
	bool minutes_open = false;

	for (size_t i = 0; i < r->item_n; i++) {
		const struct item *at = &r->items[i];

		if (!at->mandatory)
			continue;
		bool is_done = at->done || is_step(at, "ST-C5") || (is_step(at, "ST-C6") && minutes_are_approved(r));

		required++;
		done += is_done;
		minutes_open |= !is_done && is_step(at, "ST-C6");
	}
	if (!required)
		return;
	gathered_put(g, FACT_steps_required, required, FROM_AGENDA);
	if (minutes_open)
		put_waiting(c, g, FACT_steps_done, done + 1, done, FROM_AGENDA);
	else
		gathered_put(g, FACT_steps_done, done, FROM_AGENDA);
}

static void from_agenda(struct call *c, const struct record_rows *r, struct gathered *g)
{
	const struct item *political = item_of(r, "ST-M4");
	const struct item *presented = item_of(r, "ST-T2");

	from_steps(c, r, g);
	if (!r->item_n)
		return;
	gathered_put(g, FACT_commendation_done, step_done(r, "ST-M3"), FROM_AGENDA);
	gathered_put(g, FACT_political_minutes, political && political->done ? political->minutes : 0, FROM_AGENDA);
	gathered_put(g, FACT_aim_stated, step_done(r, "ST-T1"), FROM_AGENDA);
	if (r->m->kind != MEETING_THEMATIC && presented && !presented->done)
		gathered_put(g, FACT_thematic_held, 0, FROM_AGENDA);
}

/* ---------------------------------------------------------------- decisions */

static const char *vote_words(struct call *c, const struct ballot *v)
{
	return moment_is(v->closed_at)
	           ? arena_printf(c->arena, tr(c->lang, "from the vote of %s"), show_moment(c->arena, c->lang, v->closed_at))
	           : NULL;
}

static void from_votes(struct call *c, const struct record_rows *r, struct gathered *g)
{
	const struct ballot *v = vote_on(r, "resolution"), *conclusion = vote_on(r, "conclusion");

	v = v ? v : conclusion;
	gathered_put(g, FACT_resolution_adopted, adopted(v), FROM_VOTE);
	if (v)
		g->note[FACT_resolution_adopted] = vote_words(c, v);
	gathered_put(g, FACT_concluded, step_done(r, "ST-C4") || r->n.conclusion > 0, r->n.conclusion ? FROM_MINUTES : FROM_AGENDA);
	if (minutes_are_approved(r))
		gathered_put(g, FACT_minutes_approved, 1, FROM_MINUTES);
	else
		put_waiting(c, g, FACT_minutes_approved, 1, 0, FROM_MINUTES);
}

/* ---------------------------------------------------------------- entries of the minutes (domain, section 5.1) */

static const char *const entries[] = {
	N_("unit above and cell"),
	N_("kind of meeting and month"),
	N_("start and end"),
	N_("place"),
	N_("chair"),
	N_("minute-taker"),
	N_("guests with function"),
	N_("members present and absent by name"),
	N_("agenda"),
	N_("conclusions"),
	N_("votes with counts"),
	N_("tasks with person and deadline"),
	N_("score and class"),
	N_("approval"),
	N_("two signatures"),
};
enum entry {
	E_UNIT,
	E_KIND,
	E_TIMES,
	E_PLACE,
	E_CHAIR,
	E_TAKER,
	E_GUESTS,
	E_ROLL,
	E_AGENDA,
	E_CONCLUSIONS,
	E_VOTES,
	E_TASKS,
	E_SCORE,
	E_APPROVAL,
	E_SIGNED,
	ENTRIES
};

static bool items_concluded(const struct record_rows *r)
{
	bool all = true, any = false;

	for (size_t i = 0; i < r->item_n; i++) {
		const struct item *at = &r->items[i];
		bool counts = at->done && at->part >= PART_MAIN_ITEM && at->part <= PART_PERSONNEL_ITEM;

		any |= counts;
		all &= !counts || at->concluded;
	}
	return (any && all) || r->n.conclusion > 0;
}

static bool votes_counted(const struct record_rows *r)
{
	for (size_t i = 0; i < r->vote_n; i++)
		if (!*r->votes[i].result || (r->votes[i].in_favour == INT_UNKNOWN && strcmp(r->votes[i].result, "void") != 0))
			return false;
	return r->vote_n > 0;
}

/* Bits of the entries that are there; the score is what this sheet is about to give. */
static unsigned entries_filled(const struct record_rows *r, const struct gathered *g)
{
	const struct meeting *m = r->m;
	bool filled[ENTRIES] = {
		[E_UNIT] = true,
		[E_KIND] = true,
		[E_SCORE] = true,
		[E_TIMES] = moment_is(m->ends_at),
		[E_PLACE] = *m->place || m->mode == MEETING_ONLINE || m->by_groups,
		[E_CHAIR] = m->chair_id > 0,
		[E_TAKER] = m->minute_taker_id > 0,
		[E_GUESTS] = r->n.guests_unnamed == 0,
		[E_ROLL] = r->roll_complete,
		[E_AGENDA] = r->item_n > 0,
		[E_CONCLUSIONS] = items_concluded(r),
		[E_VOTES] = votes_counted(r),
		[E_TASKS] = facts_know(&g->facts, FACT_tasks_with_person_and_deadline) && g->facts.v[FACT_tasks_with_person_and_deadline] > 0,
		[E_APPROVAL] = minutes_are_approved(r),
		[E_SIGNED] = date_is(m->minutes_signed_on),
	};
	unsigned bits = 0;

	for (int i = 0; i < ENTRIES; i++)
		bits |= (unsigned)filled[i] << i;
	return bits;
}

static void name_missing(struct call *c, unsigned filled, struct gathered *g)
{
	struct out o;

	out_memory(&o, c->arena);
	for (int i = 0; i < ENTRIES; i++)
		if (!(filled >> i & 1))
			out_printf(&o, "%s%s", o.size ? ", " : "", tr(c->lang, entries[i]));
	if (o.size)
		g->note[FACT_minute_fields_filled] = arena_printf(c->arena, tr(c->lang, "Missing in the minutes: %s"), out_text(&o));
}

static void from_minutes(struct call *c, const struct record_rows *r, struct gathered *g)
{
	const unsigned later = 1u << E_APPROVAL | 1u << E_SIGNED, all = (1u << ENTRIES) - 1;
	unsigned filled = entries_filled(r, g), waits = later & ~filled;

	gathered_put(g, FACT_minute_fields_required, ENTRIES, FROM_MINUTES);
	if (waits)
		put_waiting(c, g, FACT_minute_fields_filled, __builtin_popcount(filled | later), __builtin_popcount(filled), FROM_MINUTES);
	else
		gathered_put(g, FACT_minute_fields_filled, __builtin_popcount(filled), FROM_MINUTES);
	if (is_overdue(c, g) ? filled != all : (filled | later) != all)
		name_missing(c, is_overdue(c, g) ? filled : filled | later, g);
}

/* ---------------------------------------------------------------- papers afterwards, time of the score */

static void from_uploads(struct call *c, const struct record_rows *r, struct gathered *g)
{
	if (!moment_is(r->m->uploaded_at))
		put_waiting(c, g, FACT_upload_minutes_after_end, 0,
		            moment_is(g->waiting.due) ? g->waiting.due.minutes - r->m->ends_at.minutes + 1 : 0, FROM_PAPERS);
	else
		g->origin[FACT_upload_minutes_after_end] = FROM_PAPERS;
	if (r->n.papers && !r->n.unpublished)
		gathered_put(g, FACT_documents_published, 1, FROM_PAPERS);
	else
		put_waiting(c, g, FACT_documents_published, 1, 0, FROM_PAPERS);
}

/* In the same sitting: on the day the meeting ended, before the minutes were approved. One that is not kept yet is being scored now. */
static void from_score_time(struct call *c, const struct meeting *m, struct gathered *g)
{
	struct moment at = moment_is(m->scored_at) ? m->scored_at : call_local(c->now_ms),
	              end = moment_is(m->ends_at) ? m->ends_at : m->starts_at;
	bool in_time = moment_date(at).days <= moment_date(end).days;

	if (moment_is(m->minutes_approved_at) && moment_is(m->scored_at))
		in_time &= m->scored_at.minutes <= m->minutes_approved_at.minutes;
	gathered_put(g, FACT_scored_same_sitting, in_time, FROM_MEETING);
}

/* No task of this meeting is a zero here: there is no other place where it could have been assigned. */
static void zero_tasks(struct gathered *g)
{
	if (facts_know(&g->facts, FACT_tasks_assigned))
		return;
	gathered_put(g, FACT_tasks_assigned, 0, FROM_TASKS);
	gathered_put(g, FACT_tasks_with_person_and_deadline, 0, FROM_TASKS);
}

fail gather_record(struct call *c, const struct meeting *m, const struct roll *roll, bool complete, struct gathered *g)
{
	struct record_rows r = { .m = m, .roll = roll, .roll_complete = complete };

	TRY(load(c, m, &r));
	TRY(closing_due(c, m, &g->waiting.due));
	zero_tasks(g);
	from_pre_meeting(&r, g);
	from_drafts(&r, g);
	from_sendings(c, &r, g);
	TRY(from_leader(c, &r, g));
	from_agenda(c, &r, g);
	from_votes(c, &r, g);
	from_minutes(c, &r, g);
	from_uploads(c, &r, g);
	from_score_time(c, m, g);
	gathered_put(g, FACT_topic_in_plan, r.n.planned > 0, FROM_PLAN);
	return FAIL_OK;
}
