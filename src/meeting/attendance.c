/* attendance.c — the roll call in the store, its counts and the voting base. */
#include "meeting/attendance.h"

#include <string.h>

#include "db/journal.h"
#include "meeting/cycle.h"
#include "meeting/store.h"
#include "meeting/touch.h"
#include "meeting_sql.h"
#include "rules/votes.h"

const char *const attendance_status_words[] = { "", N_("present"), N_("excused"), N_("unexcused"), N_("exempt"), NULL };
const char *const attendance_mode_words[] = { "", N_("in_person"), N_("online"), NULL };

static const struct field fields[] = {
	FIELD(struct attendance, meeting_code, N_("Meeting code"), REQUIRED | KEY, .max = 60),
	FIELD(struct attendance, member_code, N_("Member code"), REQUIRED | KEY, .max = 60),
	FIELD(struct attendance, status, N_("Attendance"), REQUIRED, .words = attendance_status_words),
	FIELD(struct attendance, mode, N_("In person or online"), 0, .words = attendance_mode_words),
	FIELD(struct attendance, arrived_at, N_("Arrived"), 0),
	COL(struct attendance, realm),
	COL(struct attendance, meeting_id),
	COL(struct attendance, member_id),
	COL(struct attendance, full_name),
	FIELD_END,
};
const struct record attendance_record = { "attendance", sizeof(struct attendance), fields };

fail attendance_of(struct call *c, const struct meeting *m, struct attendances *out)
{
	TRY(db_all(c, &Q_attendance_of_meeting, ARGS(V(m->realm), V(m->id)), &attendance_record, &out->v, &out->n));
	for (size_t i = 0; i < out->n; i++)
		out->v[i].meeting_code = m->code;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- pure */

const struct roll_member *roll_find(const struct roll *r, int64_t member_id)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].id == member_id)
			return &r->v[i];
	return NULL;
}

static const struct attendance *row_of(const struct attendances *rows, int64_t member_id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].member_id == member_id)
			return &rows->v[i];
	return NULL;
}

static unsigned status_of(const struct attendances *rows, int64_t member_id)
{
	const struct attendance *a = row_of(rows, member_id);

	return a ? a->status : ATTENDANCE_NONE;
}

static void tally_present(struct tally *t, const struct roll_member *p)
{
	t->expected++;
	t->present++;
	t->official_present += p->status != STATUS_TEMP_HERE && p->official;
}

static void tally_expected(struct tally *t, const struct roll_member *p, unsigned status)
{
	switch (status) {
	case ATTENDANCE_PRESENT: tally_present(t, p); break;
	case ATTENDANCE_EXCUSED: t->expected++, t->excused++; break;
	case ATTENDANCE_UNEXCUSED: t->expected++, t->unexcused++; break;
	case ATTENDANCE_EXEMPT: break;
	default: t->expected++, t->missing++; break;
	}
}

static void tally_person(struct call *c, struct tally *t, const struct roll_member *p, unsigned status,
                         struct flaws *out)
{
	if (member_is_expected(p->status))
		tally_expected(t, p, status);
	else if (status == ATTENDANCE_PRESENT)
		tally_present(t, p);
	else if (status == ATTENDANCE_EXCUSED || status == ATTENDANCE_UNEXCUSED)
		flaw_add(c, out, p->code, "%s did not have to come that day: write “present” if the person came, otherwise “exempt”", p->full_name);
}

struct tally attendance_tally(struct call *c, const struct roll *r, const struct attendances *rows, struct flaws *out)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < rows->n; i++)
		if (!roll_find(r, rows->v[i].member_id))
			flaw_add(c, out, rows->v[i].member_code, "%s (%s) did not belong to this cell that day",
			            rows->v[i].full_name ? rows->v[i].full_name : "", rows->v[i].member_code);
	for (size_t i = 0; i < r->n; i++)
		tally_person(c, &t, &r->v[i], status_of(rows, r->v[i].id), out);
	t.complete = rows->n > 0 && t.missing == 0;
	return t;
}

struct voting attendance_voting(const struct roll *r, const struct attendances *rows)
{
	struct voting v = { .known = r->n > 0 };

	for (size_t i = 0; i < r->n; i++) {
		const struct roll_member *p = &r->v[i];
		unsigned status = status_of(rows, p->id);

		if (p->status == STATUS_TEMP_HERE || !p->official)
			continue;
		v.official++;
		if (status == ATTENDANCE_PRESENT)
			continue;
		v.away_absent += p->status == STATUS_TEMP_AWAY;
		v.exempt_absent += p->status == STATUS_EXEMPT || (status == ATTENDANCE_EXEMPT && p->status != STATUS_TEMP_AWAY);
	}
	v.base = vote_base(v.official, v.away_absent, v.exempt_absent);
	v.for_resolution = vote_needed(VOTE_RESOLUTION, v.base);
	v.for_two_thirds = vote_needed(VOTE_MEMBER, v.base);
	return v;
}

/* ---------------------------------------------------------------- counts of a meeting from its rows */

/* While rows are missing the typed counts stand, but may not be less than what the rows already show. */
static void check_typed(struct call *c, const struct meeting *m, const struct tally *t, struct flaws *found)
{
	const struct { const char *field; int64_t typed, rows; } pairs[] = {
		{ "present", m->present, t->present }, { "excused", m->excused, t->excused }, { "unexcused", m->unexcused, t->unexcused },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i].typed != INT_UNKNOWN && pairs[i].typed < pairs[i].rows)
			flaw_add(c, found, pairs[i].field, "the roll call already shows %lld, more than the %lld given here; complete it or correct the number",
			            (long long)pairs[i].rows, (long long)pairs[i].typed);
}

void tally_put(struct meeting *m, const struct tally *t)
{
	m->expected = t->expected;
	m->present = t->present;
	m->excused = t->excused;
	m->unexcused = t->unexcused;
	m->official_present = t->official_present;
}

fail attendance_apply(struct call *c, struct meeting *m, struct flaws *found)
{
	struct attendances rows;
	struct roll roster;

	TRY(attendance_of(c, m, &rows));
	m->rows = (int64_t)rows.n;
	if (!rows.n)
		return FAIL_OK;
	TRY(org_members_on(c, m->unit_id, meeting_day(m), &roster));
	struct tally t = attendance_tally(c, &roster, &rows, found);

	if (t.complete)
		tally_put(m, &t);
	else
		check_typed(c, m, &t, found);
	return FAIL_OK;
}

fail attendance_recount(struct call *c, struct meeting *m)
{
	struct meeting after = *m;

	TRY(meeting_store(c, m, &after));
	*m = after;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- writing */

struct replace {
	int64_t meeting_id, rev;
	const struct attendances *rows;
	struct meeting *m;
	struct flaws *found;
};

static fail find_member(struct call *c, const struct meeting *m, const struct roll *roster, struct attendance *a, struct flaws *found)
{
	if (a->member_id > 0)
		return FAIL_OK;
	a->member_id = 0;
	for (size_t i = 0; i < roster->n && !a->member_id; i++)
		if (strcmp(roster->v[i].code, a->member_code) == 0)
			a->member_id = roster->v[i].id;
	if (!a->member_id)
		TRY(db_int(c, &Q_attendance_member_id, ARGS(V(m->realm), V(a->member_code)), 0, &a->member_id));
	if (!a->member_id)
		flaw_add(c, found, a->member_code, "there is no member with the code “%s”", a->member_code);
	return FAIL_OK;
}

/* The wanted rows with ids, names and codes filled in. */
static fail resolve(struct call *c, const struct meeting *m, const struct roll *roster, const struct attendances *rows,
                    struct attendances *out, struct flaws *found)
{
	out->n = rows->n;
	out->v = ARENA_ARRAY(c->arena, rows->n, struct attendance);
	for (size_t i = 0; i < rows->n; i++) {
		struct attendance *a = &out->v[i];

		*a = rows->v[i];
		TRY(find_member(c, m, roster, a, found));
		const struct roll_member *p = roll_find(roster, a->member_id);

		a->meeting_code = m->code;
		a->full_name = p ? p->full_name : "";
		a->member_code = p ? p->code : a->member_code;
		if (a->member_id && row_of(&(struct attendances){ out->v, i }, a->member_id))
			flaw_add(c, found, a->member_code, "%s has two rows; leave one", a->member_code);
	}
	return FAIL_OK;
}

static bool same_row(const struct attendance *x, const struct attendance *y)
{
	return x->status == y->status && x->mode == y->mode && x->arrived_at.minutes == y->arrived_at.minutes;
}

static void row_json(struct json *j, const struct attendance *a)
{
	char arrived[MOMENT_TEXT];

	json_object(j);
	json_put_str(j, "member", a->member_code);
	json_put_str(j, "status", attendance_status_words[a->status]);
	if (a->mode)
		json_put_str(j, "mode", attendance_mode_words[a->mode]);
	moment_format(a->arrived_at, arrived);
	if (*arrived)
		json_put_str(j, "arrived_at", arrived);
	json_object_end(j);
}

/* The rows of `x` that are not so in `y`. */
static const char *difference_json(struct call *c, const struct attendances *x, const struct attendances *y)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_array(&j);
	for (size_t i = 0; i < x->n; i++) {
		const struct attendance *other = row_of(y, x->v[i].member_id);

		if (!other || !same_row(&x->v[i], other))
			row_json(&j, &x->v[i]);
	}
	json_array_end(&j);
	return out_text(&o);
}

static fail write_rows(struct call *c, const struct meeting *m, const struct attendances *old, const struct attendances *new, bool *changed)
{
	for (size_t i = 0; i < old->n; i++)
		if (!row_of(new, old->v[i].member_id)) {
			TRY(db_exec(c, &Q_attendance_drop, ARGS(V(m->realm), V(m->id), V(old->v[i].member_id)), NULL));
			*changed = true;
		}
	for (size_t i = 0; i < new->n; i++) {
		const struct attendance *a = &new->v[i], *was = row_of(old, a->member_id);

		if (was && same_row(was, a))
			continue;
		TRY(db_exec(c, &Q_attendance_put,
		            ARGS(V(m->realm), V(m->id), V(a->member_id), V(attendance_status_words[a->status]), V(attendance_mode_words[a->mode]),
		                 V(a->arrived_at)),
		            NULL));
		*changed = true;
	}
	return FAIL_OK;
}

static fail save_rows(struct call *c, struct meeting *m, const struct attendances *new)
{
	struct attendances old;
	bool changed = false;
	int64_t rev = m->rev;

	TRY(attendance_of(c, m, &old));
	TRY(write_rows(c, m, &old, new, &changed));
	if (!changed)
		return FAIL_OK;
	TRY(journal_add(c, m->realm, m->unit_id, "update", "attendance", m->id, difference_json(c, &old, new), difference_json(c, new, &old)));
	TRY(attendance_recount(c, m));
	return m->rev == rev ? meeting_touched(c, m) : FAIL_OK;
}

/* Online only where the meeting is held so; what was on paper is taken as it was. */
static void check_modes(struct call *c, const struct meeting *m, const struct attendances *rows, struct flaws *found)
{
	if (m->afterwards || m->mode == MEETING_ONLINE || m->mode == MEETING_HYBRID)
		return;
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].mode == MODE_ONLINE)
			flaw_add(c, found, rows->v[i].member_code, "this meeting is held in person; where the committee above allows it, change first how it is held");
}

static fail replace_body(struct call *c, void *arg)
{
	struct replace *r = arg;
	struct roll roster;
	struct attendances rows;

	*r->found = (struct flaws){ 0 };
	TRY(meeting_lock(c, r->meeting_id, r->rev, r->m));
	TRY(meeting_may_edit(c, r->m, PART_ROOM));
	TRY(org_members_on(c, r->m->unit_id, meeting_day(r->m), &roster));
	TRY(resolve(c, r->m, &roster, r->rows, &rows, r->found));
	TRY(flaws_refuse(c, r->found));
	attendance_tally(c, &roster, &rows, r->found);
	check_modes(c, r->m, &rows, r->found);
	TRY(flaws_refuse(c, r->found));
	return save_rows(c, r->m, &rows);
}

fail attendance_replace(struct call *c, int64_t meeting_id, int64_t rev, const struct attendances *rows, struct meeting *m,
                        struct flaws *found)
{
	return db_write(c, replace_body, &(struct replace){ meeting_id, rev, rows, m, found });
}

/* ---------------------------------------------------------------- tap by tap */

struct mark {
	int64_t meeting_id;
	const struct attendance *row; /* NULL: only fill the gaps */
	struct meeting *m;
};

static struct attendance assumed(const struct roll_member *p)
{
	return (struct attendance){ .member_id = p->id, .member_code = p->code, .full_name = p->full_name, .arrived_at = MOMENT_NONE,
		                        .status = member_is_expected(p->status) ? ATTENDANCE_PRESENT : ATTENDANCE_EXEMPT };
}

/* The rows there are, the wanted one in its place, and the assumed ones where there are none. Who is away elsewhere gets none unless called. */
static fail rows_with(struct call *c, const struct roll *roster, const struct attendances *old, const struct attendance *row, struct attendances *out)
{
	bool known = !row;

	out->v = ARENA_ARRAY(c->arena, roster->n + 1, struct attendance);
	out->n = 0;
	for (size_t i = 0; i < roster->n; i++) {
		const struct roll_member *p = &roster->v[i];
		const struct attendance *was = row_of(old, p->id);
		struct attendance a = was ? *was : assumed(p);
		bool called = row && row->member_id == p->id, away = p->status == STATUS_TEMP_AWAY;

		known |= called;
		if (called) {
			a.status = row->status;
			a.mode = row->status == ATTENDANCE_PRESENT ? row->mode : MODE_NONE;
			a.arrived_at = row->status == ATTENDANCE_PRESENT ? row->arrived_at : MOMENT_NONE;
		}
		if (!away || (called ? row->status == ATTENDANCE_PRESENT : was != NULL))
			out->v[out->n++] = a;
	}
	return known ? FAIL_OK : problem(c, FAIL_INPUT, "member", "this person did not belong to the cell that day");
}

static fail mark_body(struct call *c, void *arg)
{
	struct mark *k = arg;
	struct attendances old, rows;
	struct flaws found = { 0 };
	struct roll roster;

	TRY(meeting_lock(c, k->meeting_id, ANY_REV, k->m));
	TRY(meeting_may_edit(c, k->m, PART_ROOM));
	TRY(org_members_on(c, k->m->unit_id, meeting_day(k->m), &roster));
	TRY(attendance_of(c, k->m, &old));
	TRY(rows_with(c, &roster, &old, k->row, &rows));
	attendance_tally(c, &roster, &rows, &found);
	check_modes(c, k->m, &rows, &found);
	TRY(flaws_refuse(c, &found));
	return save_rows(c, k->m, &rows);
}

fail attendance_mark(struct call *c, int64_t meeting_id, const struct attendance *row, struct meeting *m)
{
	return db_write(c, mark_body, &(struct mark){ meeting_id, row, m });
}

fail attendance_fill(struct call *c, int64_t meeting_id, struct meeting *m)
{
	return db_write(c, mark_body, &(struct mark){ meeting_id, NULL, m });
}
