/* gather.c — from records to facts. Applies no rule of points: that is rules/sheet.h. */
#include "score/gather.h"

#include <string.h>

#include "meeting/recorded.h"
#include "meeting/scopes.h"
#include "org/post.h"
#include "org/unit.h"
#include "score/gather_record.h"
#include "score_sql.h"
#include "work/achieved.h"

const char *fact_origin_name(enum lang lang, enum fact_origin o)
{
	static const char *const names[] = { "", N_("from the rule"), N_("from the meeting's times and counts"), N_("from the roll call"),
		                                 N_("from the tasks"), N_("from the posts of the cell"), N_("from an answer"),
		                                 N_("from the agenda"), N_("from the committee's own minutes"), N_("from the notices and papers sent"),
		                                 N_("from the papers of the meeting"), N_("from the votes"), N_("from the minutes"),
		                                 N_("from the plan of the year") };

	return *names[o] ? tr(lang, names[o]) : "";
}

const char *fact_origin_text(enum lang lang, const struct gathered *g, enum fact f)
{
	return g->origin[f] == FROM_VOTE && g->note[f] ? g->note[f] : fact_origin_name(lang, (enum fact_origin)g->origin[f]);
}

static const char *not_due_words(enum fact f)
{
	if (f == FACT_upload_minutes_after_end)
		return N_("Not due yet: full points if it is uploaded before %s");
	if (f == FACT_documents_published)
		return N_("Not due yet: full points if the papers are published before %s");
	return N_("Not due yet: full points if the minutes are approved and signed before %s");
}

static const char *overdue_words(enum fact f)
{
	if (f == FACT_upload_minutes_after_end)
		return N_("Not uploaded by %s");
	return f == FACT_documents_published ? N_("Papers not published by %s") : N_("The minutes were not approved and signed by %s");
}

const char *waiting_text_in(struct call *c, enum lang lang, const struct waiting *w, enum fact f)
{
	if (!((w->not_due | w->overdue) & FACT_BIT(f)))
		return NULL;
	return arena_printf(c->arena, tr(lang, w->not_due & FACT_BIT(f) ? not_due_words(f) : overdue_words(f)), show_moment(c->arena, lang, w->due));
}

const char *waiting_text(struct call *c, const struct waiting *w, enum fact f)
{
	return waiting_text_in(c, c->lang, w, f);
}

void gathered_put(struct gathered *g, enum fact f, int64_t value, enum fact_origin origin)
{
	if (value != INT_UNKNOWN && facts_set(&g->facts, f, value))
		g->origin[f] = (unsigned char)origin;
}
#define put gathered_put

/* ---------------------------------------------------------------- the rule */

fail scheme_of_meeting(struct call *c, const struct meeting *m, const struct scheme **out)
{
	struct scopes scopes;

	if (!meeting_is_scored_kind(m))
		return problem(c, FAIL_INPUT, "kind", "only regular and thematic meetings are scored");
	if (!c->rules)
		return problem(c, FAIL_BROKEN, "", "no rules were loaded");
	TRY(meeting_scopes(c, m, &scopes));
	*out = rules_scheme(c->rules, m->kind == MEETING_THEMATIC ? USE_THEMATIC : USE_REGULAR, meeting_day(m), scopes);
	if (*out)
		return FAIL_OK;
	return problem(c, FAIL_NOT_FOUND, "starts_at", "no rule for scoring was in force on %s; see chibo rules list",
	               show_date(c->arena, c->lang, meeting_day(m)));
}

/* The unit's own setting comes before the rule's usual length; a longer one that the rule asks for still holds. */
static fail required_minutes(struct call *c, const struct scheme *s, const struct meeting *m, int64_t members, struct gathered *g)
{
	const char *setting;
	int64_t own;

	if (!s || (members == INT_UNKNOWN && s->minutes_long_from_members && !(s->minutes_long_if_thematic && m->thematic)))
		return FAIL_OK;
	put(g, FACT_required_minutes, scheme_required_minutes(s, m->thematic, members == INT_UNKNOWN ? 0 : members), FROM_SCHEME);
	TRY(org_setting(c, m->unit_id, "required_minutes", &setting));
	if (int_parse(setting, &own))
		put(g, FACT_required_minutes, own, FROM_SCHEME);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the meeting's own row */

static int64_t minutes_between(struct moment from, struct moment to)
{
	return moment_is(from) && moment_is(to) ? to.minutes - from.minutes : INT_UNKNOWN;
}

static void from_times(const struct meeting *m, struct gathered *g)
{
	put(g, FACT_held_minutes, minutes_between(m->starts_at, m->ends_at), FROM_MEETING);
	put(g, FACT_documents_lead_minutes, minutes_between(m->documents_sent_at, m->starts_at), FROM_MEETING);
	put(g, FACT_upload_minutes_after_end, minutes_between(m->ends_at, m->uploaded_at), FROM_MEETING);
	put(g, FACT_thematic_held, meeting_has_theme(m), FROM_MEETING);
	if (date_is(m->pre_meeting_on))
		put(g, FACT_pre_meeting_held, m->pre_meeting_on.days <= meeting_day(m).days, FROM_MEETING);
	if (moment_is(m->scored_at) && moment_is(m->ends_at))
		put(g, FACT_scored_same_sitting, m->scored_at.minutes <= m->ends_at.minutes, FROM_MEETING);
}

static void from_counts(const struct meeting *m, bool roll_call, struct gathered *g)
{
	enum fact_origin o = roll_call ? FROM_ROLL_CALL : FROM_MEETING;

	put(g, FACT_expected, m->expected, o);
	put(g, FACT_present, m->present, o);
	put(g, FACT_excused, m->excused, o);
	put(g, FACT_unexcused, m->unexcused, o);
	put(g, FACT_speakers, m->speakers, FROM_MEETING);
}

/* ---------------------------------------------------------------- the roll calls of the year */

struct excused_run excused_longest(const unsigned char *status, const bool *may_be_excused, size_t n)
{
	struct excused_run longest = { 0, 0 };
	int64_t least = 0, most = 0;

	for (size_t i = 0; i < n; i++) {
		least = status[i] == ATTENDANCE_EXCUSED ? least + 1 : 0;
		most = status[i] == ATTENDANCE_EXCUSED || (status[i] == ATTENDANCE_NONE && may_be_excused[i]) ? most + 1 : 0;
		longest.least = least > longest.least ? least : longest.least;
		longest.most = most > longest.most ? most : longest.most;
	}
	return longest;
}

struct year_row {
	int64_t member_id, meeting_id;
	unsigned status;
};
static const struct field year_row_fields[] = { COL(struct year_row, member_id), COL(struct year_row, meeting_id),
	                                            COL(struct year_row, status, .words = attendance_status_words), FIELD_END };
static const struct record year_row_record = { "year_row", sizeof(struct year_row), year_row_fields };

/* The rows of one person, which follow each other, laid out along the meetings. Returns how many rows were used. */
static size_t lay_out(const struct meetings *year, const struct year_row *rows, size_t n, unsigned char *status)
{
	size_t used = 0;

	memset(status, ATTENDANCE_NONE, year->n);
	for (size_t at = 0; used < n && rows[used].member_id == rows[0].member_id; used++) {
		while (at < year->n && year->v[at].id != rows[used].meeting_id)
			at++;
		if (at < year->n)
			status[at] = (unsigned char)rows[used].status;
	}
	return used;
}

/* Known when the meetings of the year without a roll call cannot make a longer run than what is recorded. */
static fail from_roll_calls(struct call *c, const struct meeting *m, struct gathered *g)
{
	struct meetings year;
	struct year_row *rows;
	size_t n;
	struct excused_run longest = { 0, 0 };

	TRY(meeting_year_regular(c, m, &year));
	TRY(db_all(c, &Q_year_rows, ARGS(V(m->realm), V(m->unit_id), V(m->month - m->month % 12), V(m->month), V(m->starts_at)),
	           &year_row_record, &rows, &n));
	unsigned char *status = arena_alloc(c->arena, year.n + 1);
	bool *may_be_excused = ARENA_ARRAY(c->arena, year.n + 1, bool);

	for (size_t i = 0; i < year.n; i++)
		may_be_excused[i] = !year.v[i].rows && year.v[i].excused != 0;
	for (size_t at = 0; at < n;) {
		at += lay_out(&year, rows + at, n - at, status);
		struct excused_run run = excused_longest(status, may_be_excused, year.n);

		longest.least = run.least > longest.least ? run.least : longest.least;
		longest.most = run.most > longest.most ? run.most : longest.most;
	}
	/* somebody without a single row may have been excused wherever rows are missing */
	memset(status, ATTENDANCE_NONE, year.n);
	struct excused_run nobody = excused_longest(status, may_be_excused, year.n);

	longest.most = nobody.most > longest.most ? nobody.most : longest.most;
	if (longest.least == longest.most)
		put(g, FACT_longest_excused_run, longest.least, n ? FROM_ROLL_CALL : FROM_MEETING);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- tasks and posts */

/* Tasks and targets due since the regular meeting before (work/achieved.h). None is a zero only when that meeting's tasks are kept here. */
static fail from_due_tasks(struct call *c, const struct meeting *m, struct gathered *g)
{
	struct meeting before;
	struct task_sums sums = { 0 };
	struct work_sums work;

	TRY(meeting_previous_regular(c, m, &before));
	if (!before.id)
		return FAIL_OK;
	TRY(work_achieved(c, m->realm, m->unit_id, meeting_day(&before), meeting_day(m), &work));
	if (!work.due)
		TRY(tasks_count(c, &before, &sums));
	if (!work.due && !sums.assigned)
		return FAIL_OK;
	put(g, FACT_tasks_due, work.due, FROM_TASKS);
	put(g, FACT_tasks_on_time, work.achieved, FROM_TASKS);
	return FAIL_OK;
}

static fail from_new_tasks(struct call *c, const struct meeting *m, struct gathered *g)
{
	struct task_sums sums;

	TRY(tasks_count(c, m, &sums));
	if (sums.assigned) {
		put(g, FACT_tasks_assigned, sums.assigned, FROM_TASKS);
		put(g, FACT_tasks_with_person_and_deadline, sums.with_person_and_deadline, FROM_TASKS);
	}
	return FAIL_OK;
}

/* A cell without a single post on that day has posts that are not kept here. */
static fail from_posts(struct call *c, const struct meeting *m, struct gathered *g)
{
	struct posts posts;
	bool committee = false;

	TRY(org_posts(c, m->unit_id, meeting_day(m), &posts));
	for (size_t i = 0; i < posts.n; i++)
		committee |= posts.v[i].post == POST_COMMITTEE;
	if (posts.n)
		put(g, FACT_has_committee, committee, FROM_POSTS);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- all of them */

/* What no record of this meeting can give, because it lies before the first one that is kept here. */
#define ONLY_ANSWERS \
	(FACT_BIT(FACT_longest_excused_run) | FACT_BIT(FACT_has_committee) | FACT_BIT(FACT_tasks_due) | FACT_BIT(FACT_tasks_on_time))

uint64_t facts_answerable(const struct meeting *m)
{
	return m->afterwards ? UINT64_MAX : ONLY_ANSWERS;
}

static fail from_answers(struct call *c, const struct meeting *m, struct gathered *g)
{
	TRY(recorded_of(c, m, &g->facts));
	g->facts.known &= facts_answerable(m);
	for (int f = 0; f < FACT_COUNT; f++)
		if (facts_know(&g->facts, (enum fact)f))
			g->origin[f] = FROM_ANSWER;
	return FAIL_OK;
}

static int64_t count_members(const struct roll *roll, const struct meeting *m)
{
	int64_t members = 0;

	for (size_t i = 0; i < roll->n; i++)
		members += roll->v[i].status != STATUS_TEMP_HERE;
	return roll->n ? members : m->expected;
}

fail facts_gather(struct call *c, const struct scheme *s, const struct meeting *m, struct gathered *out)
{
	struct roll roll;
	struct attendances rows;
	struct flaws ignored = { 0 };

	*out = (struct gathered){ .waiting = WAITING_NONE };
	TRY(from_answers(c, m, out));
	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roll));
	TRY(attendance_of(c, m, &rows));
	bool complete = attendance_tally(c, &roll, &rows, &ignored).complete;

	TRY(required_minutes(c, s, m, count_members(&roll, m), out));
	from_times(m, out);
	from_counts(m, complete, out);
	TRY(from_roll_calls(c, m, out));
	TRY(from_due_tasks(c, m, out));
	TRY(from_new_tasks(c, m, out));
	TRY(from_posts(c, m, out));
	return m->afterwards ? FAIL_OK : gather_record(c, m, &roll, complete, out);
}
