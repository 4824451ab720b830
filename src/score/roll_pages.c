/* roll_pages.c — the roll call on one screen: everybody is present, one tap for each exception, saved as it is tapped.
 *
 * A tap is stored by itself (…/attendance/mark), so that two people who call different names keep both; the whole form, for those without scripts, is
 * compared with what is stored. Guests stand on the same screen and change no count. */
#include <string.h>

#include "meeting/cycle.h"
#include "meeting/guest.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/room_shown.h"
#include "room_views.h"

struct roll_page {
	int64_t id;
	struct meeting m;
	struct roll roll;
	struct attendances rows;
	struct guests guests;
};

static fail load_roll(struct call *c, void *arg)
{
	struct roll_page *p = arg;

	TRY(meeting_by_id(c, p->id, &p->m));
	TRY(org_members_on(c, p->m.unit_id, meeting_day(&p->m), &p->roll));
	TRY(guests_of(c, &p->m, &p->guests));
	return attendance_of(c, &p->m, &p->rows);
}

/* ---------------------------------------------------------------- what is shown */

static const struct attendance *stored_row(const struct roll_page *p, int64_t member)
{
	for (size_t i = 0; i < p->rows.n; i++)
		if (p->rows.v[i].member_id == member)
			return &p->rows.v[i];
	return NULL;
}

/* "online" and "late" are ways of being present. */
static const char *choice_of(const struct attendance *a)
{
	if (!a)
		return NULL;
	if (a->status != ATTENDANCE_PRESENT)
		return attendance_status_words[a->status];
	return a->mode == MODE_ONLINE ? "online" : moment_is(a->arrived_at) ? "late" : "present";
}

/* Everybody is present until somebody says otherwise; who need not come is not. */
static const char *choice_now(struct call *c, const struct req *rq, const struct roll_page *p, const struct roll_member *who)
{
	const char *typed = req_form(rq, arena_printf(c->arena, "s.%lld", (long long)who->id)), *stored = choice_of(stored_row(p, who->id));

	if (typed)
		return typed;
	return stored ? stored : member_is_expected(who->status) ? "present" : "exempt";
}

/* "19:20" of a late arrival. */
static const char *time_now(struct call *c, const struct req *rq, const struct roll_page *p, const struct roll_member *who)
{
	const char *typed = req_form(rq, arena_printf(c->arena, "t.%lld", (long long)who->id));
	const struct attendance *a = stored_row(p, who->id);
	char text[MOMENT_TEXT];

	if (typed || !a || !moment_is(a->arrived_at))
		return typed ? typed : "";
	moment_format(a->arrived_at, text);
	return arena_strdup(c->arena, text + 11);
}

static bool counts(const char *choice)
{
	return strcmp(choice, "present") == 0 || strcmp(choice, "late") == 0 || strcmp(choice, "online") == 0;
}

static void fill_people(struct call *c, const struct req *rq, const struct roll_page *p, struct roll_form *v)
{
	v->n = p->roll.n;
	v->v = ARENA_ARRAY(c->arena, v->n + 1, struct person_row);
	for (size_t i = 0; i < v->n; i++) {
		const struct roll_member *who = &p->roll.v[i];
		bool plain = who->status == STATUS_OFFICIAL;

		v->v[i] = (struct person_row){
			.id = who->id, .name = who->full_name, .code = who->code, .expected = member_is_expected(who->status),
			.status = plain ? "" : member_status_name(c->lang, who->status), .value = choice_now(c, rq, p, who),
			.at = time_now(c, rq, p, who), .problem = form_problem_at(&v->form, who->code),
		};
		v->online |= strcmp(v->v[i].value, "online") == 0;
		v->present += counts(v->v[i].value);
		v->expected += strcmp(v->v[i].value, "exempt") != 0;
	}
}

static void fill_guests(struct call *c, const struct req *rq, const struct roll_page *p, struct roll_form *v)
{
	v->guest_n = p->guests.n;
	v->guests = ARENA_ARRAY(c->arena, v->guest_n + 1, struct guest_row);
	for (size_t i = 0; i < v->guest_n; i++) {
		const struct guest *g = &p->guests.v[i];
		const char *typed = req_form(rq, arena_printf(c->arena, "g.%lld", (long long)g->id));

		v->guests[i] = (struct guest_row){ g, guest_kind_name(c->lang, g->kind), typed ? typed : g->present == 1 ? "came" : g->present == 0 ? "absent" : "" };
	}
	for (unsigned k = GUEST_ASSIGNED; k <= GUEST_VISITOR; k++)
		v->kinds[GUEST_VISITOR - k] = (struct choice){ guest_kind_words[k], guest_kind_name(c->lang, k), NULL };
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, struct roll_page *p, struct roll_form *v)
{
	bool planned_online = p->m.mode == MEETING_ONLINE || p->m.mode == MEETING_HYBRID;
	struct page pg;

	v->id = p->m.id;
	v->title = page_meeting_title(c, &p->m);
	v->running = p->m.state == MEETING_OPEN;
	v->online = planned_online || req_query(rq, "online") != NULL;
	v->may_online = p->m.afterwards || planned_online;
	v->may = meeting_part_is_open(&p->m, PART_ROOM);
	if (!v->may)
		v->refusal = arena_printf(c->arena, tr(c->lang, "The roll is called once the meeting is open, and until its minutes are signed; it is “%s” now."),
		                          meeting_state_name(c->lang, p->m.state));
	fill_people(c, rq, p, v);
	fill_guests(c, rq, p, v);
	page_begin(c, rq, rs, &pg, &p->m, tr(c->lang, "Roll call"), tr(c->lang, "Roll call"));
	view_roll_call(&rs->body, &pg, v);
}

/* ---------------------------------------------------------------- JSON */

static void put_person(struct json *j, const struct roll_member *who, const struct attendance *a)
{
	char at[MOMENT_TEXT] = "";

	if (a)
		moment_format(a->arrived_at, at);
	json_object(j);
	json_put_str(j, "member_code", who->code);
	json_put_str(j, "full_name", who->full_name);
	json_put_bool(j, "expected", member_is_expected(who->status));
	json_put_str(j, "status", a ? attendance_status_words[a->status] : NULL);
	json_put_str(j, "mode", a && a->mode ? attendance_mode_words[a->mode] : NULL);
	json_put_str(j, "arrived_at", *at ? at : NULL);
	json_object_end(j);
}

static void roll_json(struct res *rs, const struct roll_page *p)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_str(&j, "meeting_code", p->m.code);
	json_put_int(&j, "rev", p->m.rev);
	json_key(&j, "attendance");
	json_array(&j);
	for (size_t i = 0; i < p->roll.n; i++)
		put_person(&j, &p->roll.v[i], stored_row(p, p->roll.v[i].id));
	json_array_end(&j);
	json_key(&j, "guests");
	json_array(&j);
	for (size_t i = 0; i < p->guests.n; i++) {
		json_object(&j);
		guest_json(&j, &p->guests.v[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail roll_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct roll_page p;
	struct roll_form v = { 0 };

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(load_roll(c, &p));
	res_rev(c, rq, rs, p.m.rev);
	if (req_wants_json(rq)) {
		roll_json(rs, &p);
		return FAIL_OK;
	}
	form_begin(&v.form, c, NULL, NULL);
	v.rev = p.m.rev;
	write_page(c, rq, rs, &p, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- what was tapped */

/* A late arrival: "19:20" on the day of the meeting (after midnight on the next); without a time now, while the meeting runs. */
static fail arrival(struct call *c, const struct meeting *m, const char *field, const char *name, const char *time, struct moment *out)
{
	char day[DATE_TEXT];

	time = time ? text_clean(c->arena, time) : "";
	if (!*time && m->state == MEETING_OPEN) {
		*out = call_local(c->now_ms);
		return FAIL_OK;
	}
	date_format(meeting_day(m), day);
	if (!moment_parse(arena_printf(c->arena, "%sT%s", day, time), out))
		return problem(c, FAIL_INPUT, field, "write at what time %s arrived, for example 19:20", name);
	if (out->minutes + 12 * 60 < m->starts_at.minutes)
		out->minutes += 24 * 60;
	return FAIL_OK;
}

static fail read_choice(struct call *c, const struct meeting *m, const struct roll_member *who, const char *choice, const char *time, struct attendance *a)
{
	int status = counts(choice) ? ATTENDANCE_PRESENT : word_index(attendance_status_words, choice);

	if (status <= 0)
		return problem(c, FAIL_INPUT, who->code, "“%s” is not one of present, late, online, excused, unexcused, exempt", choice);
	record_clear(&attendance_record, a);
	a->member_id = who->id;
	a->member_code = who->code;
	a->status = (unsigned)status;
	a->mode = strcmp(choice, "online") == 0 ? MODE_ONLINE : MODE_NONE;
	if (strcmp(choice, "late") == 0)
		TRY(arrival(c, m, who->code, who->full_name, time, &a->arrived_at));
	return FAIL_OK;
}

/* One row for every person on the roll; who is elsewhere and did not come gets none. */
static fail rows_of_form(struct call *c, const struct req *rq, const struct roll_page *p, struct attendances *out)
{
	out->v = ARENA_ARRAY(c->arena, p->roll.n + 1, struct attendance);
	out->n = 0;
	for (size_t i = 0; i < p->roll.n; i++) {
		const struct roll_member *who = &p->roll.v[i];
		const struct attendance *stored = stored_row(p, who->id);
		struct attendance *a = &out->v[out->n];
		const char *choice = choice_now(c, rq, p, who);

		TRY(read_choice(c, &p->m, who, choice, time_now(c, rq, p, who), a));
		if (who->status == STATUS_TEMP_AWAY && a->status == ATTENDANCE_EXEMPT)
			continue;
		if (stored && stored->mode == MODE_IN_PERSON && a->status == ATTENDANCE_PRESENT && !a->mode)
			a->mode = MODE_IN_PERSON;
		out->n++;
	}
	return FAIL_OK;
}

static fail save_guests(struct call *c, const struct req *rq, const struct roll_page *p)
{
	for (size_t i = 0; i < p->guests.n; i++) {
		const struct guest *g = &p->guests.v[i];
		const char *typed = req_form(rq, arena_printf(c->arena, "g.%lld", (long long)g->id));

		if (typed && *typed)
			TRY(guest_came(c, p->id, g->id, strcmp(typed, "came") == 0, g->arrived_at));
	}
	return FAIL_OK;
}

static const char *choice_name(enum lang lang, const char *choice)
{
	static const char *const words[] = { "present", "late", "online", "excused", "unexcused", "exempt", NULL };
	static const char *const names[] = { N_("Present"), N_("Late"), N_("Online"), N_("With reason"), N_("No reason"), N_("Need not come") };
	int i = word_index(words, choice);

	return i < 0 ? choice : tr(lang, names[i]);
}

/* Where somebody else has called a name differently in the meantime, both answers stand at the name. */
static void differences(struct call *c, const struct req *rq, struct roll_page *p, struct form *form)
{
	for (size_t i = 0; i < p->roll.n; i++) {
		const struct roll_member *who = &p->roll.v[i];
		const char *yours = choice_now(c, rq, p, who), *stored = choice_of(stored_row(p, who->id));

		if (stored && strcmp(yours, stored) != 0)
			form_problem(form, who->code, arena_printf(c->arena, tr(c->lang, "%s: stored now “%s”, yours “%s”"), who->full_name,
			                                               choice_name(c->lang, stored), choice_name(c->lang, yours)));
	}
}

struct whole {
	const struct req *rq;
	struct roll_page *p;
	int64_t rev;
	struct meeting m;
	struct flaws found;
};

static fail save_whole(struct call *c, void *arg)
{
	struct whole *w = arg;
	struct attendances rows;

	TRY(load_roll(c, w->p));
	TRY(rows_of_form(c, w->rq, w->p, &rows));
	TRY(attendance_replace(c, w->p->id, w->rev, &rows, &w->m, &w->found));
	return save_guests(c, w->rq, w->p);
}

static fail roll_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct roll_page p;
	struct roll_form v = { 0 };
	struct whole w = { .rq = rq, .p = &p };

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(db_read(c, load_roll, &p));
	if (rq->json)
		return page_store_json(c, rq, rs, p.m.unit_id, &p.m);
	TRY(req_rev(c, rq, &w.rev));
	form_begin(&v.form, c, NULL, NULL);
	fail f = db_write(c, save_whole, &w);

	if (f == FAIL_OK)
		return page_done(c, rq, rs, &w.m, w.m.state == MEETING_OPEN ? "/room" : "",
		                 arena_printf(c->arena, tr(c->lang, "Roll call saved: %s of %s came."), show_int(c->arena, c->lang, w.m.present),
		                              show_int(c->arena, c->lang, w.m.expected)));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	page_flaws(&v.form, &w.found);
	TRY(db_read(c, load_roll, &p));
	if (f == FAIL_CONFLICT)
		differences(c, rq, &p, &v.form);
	v.rev = f == FAIL_CONFLICT ? p.m.rev : w.rev;
	write_page(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

/* ---------------------------------------------------------------- one tap */

struct tap {
	const struct req *rq;
	struct roll_page p;
	const struct roll_member *who;
	struct attendance row;
};

static fail read_tap(struct call *c, void *arg)
{
	struct tap *t = arg;
	int64_t member = 0;

	TRY(load_roll(c, &t->p));
	if (!int_parse(req_form(t->rq, "member") ? req_form(t->rq, "member") : "", &member) || !(t->who = roll_find(&t->p.roll, member)))
		return problem(c, FAIL_INPUT, "member", "this person did not belong to the cell that day");
	return read_choice(c, &t->p.m, t->who, req_form(t->rq, "s") ? req_form(t->rq, "s") : "", req_form(t->rq, "t"), &t->row);
}

static fail tap_guest(struct call *c, const struct req *rq, int64_t meeting, struct meeting *m)
{
	struct roll_page p = { .id = meeting };
	const char *s = req_form(rq, "s");
	int64_t guest = 0;

	if (!int_parse(req_form(rq, "guest"), &guest) || !s)
		return problem(c, FAIL_INPUT, "guest", "there is no such guest at this meeting");
	TRY(db_read(c, load_roll, &p));
	*m = p.m;
	return guest_came(c, meeting, guest, strcmp(s, "came") == 0, m->state == MEETING_OPEN ? call_local(c->now_ms) : MOMENT_NONE);
}

static fail mark_answer(struct call *c, const struct req *rq, struct res *rs, const struct meeting *m, const struct attendance *row)
{
	char at[MOMENT_TEXT] = "";
	struct json j;

	if (!req_wants_json(rq))
		return page_done(c, rq, rs, m, "/attendance", tr(c->lang, "Saved."));
	if (row)
		moment_format(row->arrived_at, at);
	res_rev(c, rq, rs, m->rev);
	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "rev", m->rev);
	json_put_int(&j, "present", m->present == INT_UNKNOWN ? 0 : m->present);
	json_put_int(&j, "expected", m->expected == INT_UNKNOWN ? 0 : m->expected);
	json_put_str(&j, "at", *at ? at + 11 : NULL);
	json_object_end(&j);
	return FAIL_OK;
}

static fail mark_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct tap t = { .rq = rq };
	struct meeting m;

	TRY(req_id(c, rq, "meeting", &t.p.id));
	if (req_form(rq, "guest")) {
		TRY(tap_guest(c, rq, t.p.id, &m));
		return mark_answer(c, rq, rs, &m, NULL);
	}
	TRY(db_read(c, read_tap, &t));
	TRY(attendance_mark(c, t.p.id, &t.row, &m));
	return mark_answer(c, rq, rs, &m, &t.row);
}

/* ---------------------------------------------------------------- a guest who came */

static fail guest_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct roll_page p;
	struct roll_form v = { 0 };
	struct guest g;

	TRY(req_id(c, rq, "meeting", &p.id));
	TRY(db_read(c, load_roll, &p));
	record_clear(&guest_record, &g);
	fail f = req_record(c, rq, &guest_record, &g, &v.form);

	g.meeting_id = p.id;
	if (f == FAIL_OK && g.present == INT_UNKNOWN && meeting_part_is_open(&p.m, PART_ROOM)) {
		g.present = 1;
		g.arrived_at = p.m.state == MEETING_OPEN ? call_local(c->now_ms) : MOMENT_NONE;
	}
	if (f == FAIL_OK)
		f = guest_add(c, &g);
	if (f == FAIL_OK)
		return page_done(c, rq, rs, &p.m, "/attendance", arena_printf(c->arena, tr(c->lang, "Guest recorded: %s"), g.name));
	if ((f != FAIL_INPUT && f != FAIL_CONFLICT) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	v.rev = p.m.rev;
	write_page(c, rq, rs, &p, &v);
	return res_again(rs, f);
}

const struct route roll_routes[] = {
	{ GET, "/meetings/:meeting/attendance", MAY_RECORD, page_meeting_unit, roll_show, 0, N_("The roll call of a meeting"), NULL, &attendance_record,
	  NULL },
	{ POST, "/meetings/:meeting/attendance", MAY_RECORD, page_meeting_unit, roll_post, 0,
	  N_("Replaces the roll call: s.ID for each person, or a list “attendance” in JSON"), NULL, NULL, NULL },
	{ POST, "/meetings/:meeting/attendance/mark", MAY_RECORD, page_meeting_unit, mark_post, 0,
	  N_("One name of the roll call: member or guest (id), s (present, late, online, excused, unexcused, exempt; came, absent), t (19:20)"), NULL, NULL,
	  NULL },
	{ POST, "/meetings/:meeting/attendance/guests", MAY_RECORD, page_meeting_unit, guest_post, 0, N_("Adds a guest: name, function, kind"), &guest_record, NULL, NULL },
	{ HTTP_NONE },
};
