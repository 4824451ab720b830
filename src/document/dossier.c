/* dossier.c — gathering what is recorded about a meeting. How it is worded is compose.c. */
#include "document/dossier.h"

#include <string.h>

#include "document/compose.h"
#include "register_sql.h"

static const struct field pre_fields[] = {
	COL(struct dossier_pre, form), COL(struct dossier_pre, place), COL(struct dossier_pre, starts_at), COL(struct dossier_pre, ends_at),
	COL(struct dossier_pre, signed_on), COL(struct dossier_pre, chair), COL(struct dossier_pre, minute_taker), FIELD_END,
};
static const struct record pre_record = { "pre_meeting", sizeof(struct dossier_pre), pre_fields };
static const struct field person_fields[] = { COL(struct dossier_person, member_id), COL(struct dossier_person, present),
	                                          COL(struct dossier_person, full_name), FIELD_END };
static const struct record person_record = { "pre_meeting_person", sizeof(struct dossier_person), person_fields };

/* ---------------------------------------------------------------- place and recipients */

const char *locality_of_name(struct arena *a, const char *unit_name)
{
	static const char *const kinds[] = { "xã ", "phường ", "thị trấn ", "đặc khu ", "Xã ", "Phường ", "Thị trấn ", "Đặc khu ", "huyện ", "quận ",
		                                 "thị xã ", "thành phố ", "tỉnh " };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *at = strstr(unit_name, kinds[i]);

		if (at && (at == unit_name || at[-1] == ' '))
			return arena_strdup(a, at + strlen(kinds[i]));
	}
	return "";
}

static fail find_locality(struct call *c, struct dossier *d, const struct units *above)
{
	TRY(org_setting(c, d->unit.id, SETTING_LOCALITY, &d->locality));
	for (size_t i = above->n; i > 0 && !*d->locality; i--)
		TRY(org_setting(c, above->v[i - 1].id, SETTING_LOCALITY, &d->locality));
	for (size_t i = above->n; i > 0 && !*d->locality; i--)
		d->locality = locality_of_name(c->arena, above->v[i - 1].name);
	return FAIL_OK;
}

static fail find_recipients(struct call *c, struct dossier *d)
{
	const char *text, **v;
	size_t n = 0;

	TRY(org_setting(c, d->unit.id, SETTING_RECIPIENTS, &text));
	v = ARENA_ARRAY(c->arena, strlen(text) + 4, const char *);
	for (const char *s = text; *s;) {
		size_t line = strcspn(s, "\n");
		const char *one = text_clean(c->arena, arena_strndup(c->arena, s, line));

		if (*one)
			v[n++] = one;
		s += line + (s[line] == '\n');
	}
	if (!n && d->above.id)
		v[n++] = arena_printf(c->arena, tr(LANG_VI, N_("%s (to report),")), paper_committee(c->arena, d->above.name));
	if (!*text) {
		v[n++] = tr(LANG_VI, N_("Members of the cell (to carry out),"));
		v[n++] = tr(LANG_VI, N_("Kept by the cell."));
	}
	d->recipients = v;
	d->recipient_n = n;
	return FAIL_OK;
}

static fail add_unit(struct call *c, struct dossier *d)
{
	struct units above;
	struct date day = meeting_day(&d->w.meeting);

	TRY(org_unit_nearest(c, d->w.meeting.unit_id, day, &d->unit));
	TRY(org_ancestors(c, d->unit.id, day, &above));
	if (above.n)
		d->above = above.v[above.n - 1];
	else
		d->above = (struct unit){ .name = "", .code = "" };
	TRY(find_locality(c, d, &above));
	TRY(find_recipients(c, d));
	TRY(org_posts(c, d->unit.id, day, &d->posts));
	return org_member_counts(c, d->unit.id, day, &d->counts);
}

/* ---------------------------------------------------------------- last month's tasks */

static int64_t ms_of(struct moment m)
{
	return (m.minutes - 7 * 60) * 60000;
}

static fail add_due(struct call *c, struct dossier *d, const struct task *t, const struct meeting *before)
{
	struct dossier_due *row = &d->due[d->due_n];

	if (t->meeting_id == d->w.meeting.id || t->result == TASK_CANCELLED)
		return FAIL_OK;
	for (size_t i = 0; i < d->due_n; i++)
		if (d->due[i].task->id == t->id)
			return FAIL_OK;
	*row = (struct dossier_due){ .task = t, .carried = t->meeting_id != before->id };
	TRY(db_int(c, &Q_dossier_percent, ARGS(V(t->realm), V(t->id), V(ms_of(before->starts_at))), INT_UNKNOWN, &row->percent));
	d->due_n++;
	return FAIL_OK;
}

/* What the meeting before assigned, what fell due since, and what is still open from earlier. */
static fail add_tasks(struct call *c, struct dossier *d)
{
	const struct meeting *m = &d->w.meeting;
	struct tasks assigned = { 0 }, due = { 0 }, open;
	struct meeting before;

	TRY(meeting_previous_regular(c, m, &before));
	if (before.id) {
		TRY(tasks_of_meeting(c, &before, &assigned));
		TRY(tasks_due_between(c, m->realm, m->unit_id, meeting_day(&before), meeting_day(m), &due));
	}
	TRY(tasks_open(c, m->realm, m->unit_id, &open));
	d->due = ARENA_ARRAY(c->arena, assigned.n + due.n + open.n + 1, struct dossier_due);
	for (size_t i = 0; i < assigned.n; i++)
		TRY(add_due(c, d, &assigned.v[i], &before));
	for (size_t i = 0; i < due.n; i++)
		TRY(add_due(c, d, &due.v[i], &before));
	for (size_t i = 0; i < open.n; i++)
		if (date_is(open.v[i].due_on) && open.v[i].due_on.days <= meeting_day(m).days)
			TRY(add_due(c, d, &open.v[i], &before));
	return FAIL_OK;
}

/* ---------------------------------------------------------------- all of it */

static fail add_pre(struct call *c, struct dossier *d)
{
	const struct meeting *m = &d->w.meeting;
	fail f = db_one(c, &Q_dossier_pre, ARGS(V(m->realm), V(m->id)), &pre_record, &d->pre);

	if (f == FAIL_NOT_FOUND) {
		record_clear(&pre_record, &d->pre);
		d->pre.held = false;
		return FAIL_OK;
	}
	TRY(f);
	d->pre.held = true;
	return db_all(c, &Q_dossier_pre_people, ARGS(V(m->realm), V(m->id)), &person_record, &d->pre.people, &d->pre.people_n);
}

static fail add_papers(struct call *c, struct dossier *d)
{
	const struct meeting *m = &d->w.meeting;

	TRY(documents_of_meeting(c, m, &d->papers));
	TRY(document_of_meeting(c, m, PURPOSE_MINUTES, &d->minutes));
	TRY(document_of_meeting(c, m, PURPOSE_RESOLUTION, &d->resolution));
	fail f = db_one(c, &Q_dossier_last_resolution, ARGS(V(m->realm), V(m->unit_id), V(meeting_day(m))), &document_record, &d->last_resolution);

	if (f != FAIL_NOT_FOUND)
		return f;
	d->last_resolution.id = 0;
	return FAIL_OK;
}

fail dossier_gather(struct call *c, const struct meeting *m, struct dossier *out)
{
	*out = (struct dossier){ 0 };
	TRY(meeting_whole(c, m, &out->w));
	if (out->w.draft.scheme)
		TRY(score_view(c, m, STAGE_GUEST, &out->w.draft.gathered, &out->guest_sheet));
	TRY(meeting_texts_of(c, m, &out->texts));
	TRY(add_unit(c, out));
	TRY(agenda_of(c, m, &out->agenda));
	TRY(guests_of(c, m, &out->guests));
	TRY(votes_of(c, m, &out->votes));
	TRY(add_tasks(c, out));
	TRY(add_papers(c, out));
	return add_pre(c, out);
}

/* ---------------------------------------------------------------- looking into it */

const struct score_view *dossier_sheet(const struct dossier *d)
{
	return d->w.voted.sheet.revision ? &d->w.voted : d->w.self.sheet.revision ? &d->w.self : NULL;
}

const char *dossier_name(const struct dossier *d, int64_t member_id)
{
	const struct roll_member *r = member_id > 0 ? roll_find(&d->w.roll, member_id) : NULL;

	if (r)
		return r->full_name;
	for (size_t i = 0; i < d->posts.n; i++)
		if (member_id > 0 && d->posts.v[i].member_id == member_id)
			return d->posts.v[i].full_name;
	return "";
}

unsigned dossier_post(const struct dossier *d, int64_t member_id)
{
	unsigned best = POST_NONE;

	for (size_t i = 0; i < d->posts.n; i++)
		if (d->posts.v[i].member_id == member_id && (!best || d->posts.v[i].post < best))
			best = d->posts.v[i].post;
	return best;
}

const struct post *dossier_holder(const struct dossier *d, unsigned post)
{
	for (size_t i = 0; i < d->posts.n; i++)
		if (d->posts.v[i].post == post)
			return &d->posts.v[i];
	return NULL;
}

const struct vote *dossier_vote(const struct dossier *d, unsigned subject)
{
	const struct vote *last = NULL;

	for (size_t i = 0; i < d->votes.n; i++)
		if (d->votes.v[i].subject == subject && d->votes.v[i].result != VOTE_OPEN && d->votes.v[i].result != VOTE_VOID)
			last = &d->votes.v[i];
	return last;
}

bool dossier_has_resolution(const struct dossier *d)
{
	if (dossier_vote(d, SUBJECT_RESOLUTION))
		return true;
	if (dossier_vote(d, SUBJECT_CONCLUSION))
		return false;
	for (size_t i = 0; i < d->papers.n; i++)
		if (strcmp(d->papers.v[i].purpose, "draft_resolution") == 0)
			return true;
	return *d->texts.value[TEXT_PRE_DRAFT] != '\0';
}
