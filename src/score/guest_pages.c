/* guest_pages.c — who is invited besides the members: the higher member assigned to the cell with one tap, others by name. Whether they came is the
 * roll call's. */
#include <string.h>

#include "meeting/cycle.h"
#include "org/post.h"
#include "org/unit.h"
#include "prepare_views.h"
#include "score/meeting_pages.h"
#include "score/pages.h"
#include "score/prepare_shown.h"

enum { KNOWN_MOST = 12 };

struct data {
	int64_t id;
	struct meeting m;
	struct guests guests;
	struct sendings sendings;
	struct choice known[KNOWN_MOST];
	size_t known_n;
};

static bool is_invited(const struct data *d, int64_t member)
{
	for (size_t i = 0; i < d->guests.n; i++)
		if (d->guests.v[i].member_id == member)
			return true;
	return false;
}

static bool is_listed(const struct data *d, const char *code)
{
	for (size_t i = 0; i < d->known_n; i++)
		if (strcmp(d->known[i].value, code) == 0)
			return true;
	return false;
}

/* Everybody with a post in the committee directly above, once, with the function as the minutes name it. */
static fail load_known(struct call *c, struct data *d)
{
	struct units above;
	struct posts posts;

	TRY(org_ancestors(c, d->m.unit_id, meeting_day(&d->m), &above));
	if (!above.n)
		return FAIL_OK;
	const struct unit *parent = &above.v[above.n - 1];

	TRY(org_posts(c, parent->id, meeting_day(&d->m), &posts));
	for (size_t i = 0; i < posts.n && d->known_n < KNOWN_MOST; i++) {
		const struct post *p = &posts.v[i];

		if (p->post == POST_GROUP_LEADER || p->post == POST_OFFICER || is_invited(d, p->member_id) || is_listed(d, p->member_code))
			continue;
		d->known[d->known_n++] = (struct choice){ p->member_code, p->full_name,
			                                      arena_printf(c->arena, "%s %s", post_kind_name(LANG_VI, p->post), parent->name) };
	}
	return FAIL_OK;
}

static fail load(struct call *c, void *arg)
{
	struct data *d = arg;

	d->known_n = 0;
	TRY(meeting_by_id(c, d->id, &d->m));
	TRY(guests_of(c, &d->m, &d->guests));
	TRY(sendings_of(c, &d->m, &d->sendings));
	return load_known(c, d);
}

/* ---------------------------------------------------------------- showing */

static bool may_invite(struct call *c, const struct meeting *m)
{
	return call_may(c, MAY_RECORD, m->unit_id) && (meeting_part_is_open(m, PART_PREPARATION) || meeting_part_is_open(m, PART_ROOM));
}

static void fill(struct call *c, struct data *d, struct guests_view *v)
{
	v->id = d->m.id;
	v->title = page_meeting_title(c, &d->m);
	v->may = may_invite(c, &d->m);
	v->n = d->guests.n;
	v->v = ARENA_ARRAY(c->arena, v->n + 1, struct guest_line);
	for (size_t i = 0; i < v->n; i++) {
		const struct guest *g = &d->guests.v[i];
		const struct sending *s = sending_find(&d->sendings, NOTICE, arena_printf(c->arena, "g%lld", (long long)g->id));

		v->v[i] = (struct guest_line){ g, guest_kind_name(c->lang, g->kind), s ? sending_channel_name(c->lang, s->channel) : tr(c->lang, "not told yet") };
	}
	v->known = d->known;
	v->known_n = d->known_n;
	for (unsigned k = GUEST_ASSIGNED; k <= GUEST_VISITOR; k++)
		v->kinds[k - 1] = (struct choice){ guest_kind_words[k], guest_kind_name(c->lang, k), NULL };
}

static void write_page(struct call *c, const struct req *rq, struct res *rs, const struct data *d, struct guests_view *v)
{
	struct page pg;

	page_begin(c, rq, rs, &pg, &d->m, tr(c->lang, "Guests"), tr(c->lang, "Guests"));
	view_guests(&rs->body, &pg, v);
}

static fail guests_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { 0 };
	struct guests_view v = { 0 };
	struct guest none;
	struct json j;

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(load(c, &d));
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		json_key(&j, "guests");
		json_array(&j);
		for (size_t i = 0; i < d.guests.n; i++) {
			json_object(&j);
			guest_json(&j, &d.guests.v[i]);
			json_object_end(&j);
		}
		json_array_end(&j);
		json_object_end(&j);
		return FAIL_OK;
	}
	record_clear(&guest_record, &none);
	none.kind = GUEST_VISITOR;
	form_begin(&v.form, c, &guest_record, &none);
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- inviting */

/* One tap on somebody of the committee above, or the form. */
static fail read_guest(struct call *c, const struct req *rq, const struct data *d, struct guest *g, const char **code, struct form *form)
{
	const char *pick = req_form(rq, "pick"), *typed = req_form(rq, "member_code");

	record_clear(&guest_record, g);
	g->kind = GUEST_ASSIGNED;
	*code = pick ? pick : typed ? typed : "";
	for (size_t i = 0; pick && i < d->known_n; i++)
		if (strcmp(d->known[i].value, pick) == 0)
			g->function = d->known[i].hint;
	if (**code)
		g->name = "-"; /* the member's own comes */
	fail f = req_record(c, rq, &guest_record, g, form);

	if (**code)
		g->name = "";
	return f;
}

static fail invite_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct data d = { 0 };
	struct guests_view v = { 0 };
	struct guest g;
	const char *code;

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(db_read(c, load, &d));
	fail f = read_guest(c, rq, &d, &g, &code, &v.form);

	if (f == FAIL_OK)
		f = guest_invite(c, d.id, code, &g);
	if (f == FAIL_OK)
		return page_done(c, rq, rs, &d.m, "/guests", arena_printf(c->arena, tr(c->lang, "Invited: %s"), g.name));
	if ((f != FAIL_INPUT && f != FAIL_NOT_FOUND) || req_wants_json(rq))
		return f;
	(void)form_failed(&v.form);
	fill(c, &d, &v);
	write_page(c, rq, rs, &d, &v);
	return res_again(rs, FAIL_INPUT);
}

static fail withdraw_post(struct call *c, const struct req *rq, struct res *rs)
{
	struct meeting m;
	int64_t id, guest;

	TRY(req_id(c, rq, "meeting", &id));
	TRY(req_id(c, rq, "guest", &guest));
	TRY(guest_drop(c, id, guest));
	m = (struct meeting){ .id = id, .code = "" };
	struct flash what = { .text = tr(c->lang, "The invitation is taken back.") };

	return res_done(c, rq, rs, page_meeting_path(c, &m, "/guests"), &what);
}

const struct route guest_routes[] = {
	{ GET, "/meetings/:meeting/guests", MAY_SEE_MEMBERS, page_meeting_unit, guests_show, 0, N_("Who is invited to a meeting besides its members"), NULL,
	  &guest_record, NULL },
	{ POST, "/meetings/:meeting/invite", MAY_RECORD, page_meeting_unit, invite_post, 0, N_("Invites a guest: member_code or name, function, kind, contact"),
	  &guest_record, NULL, NULL },
	{ POST, "/meetings/:meeting/invite/:guest/withdraw", MAY_RECORD, page_meeting_unit, withdraw_post, 0, N_("Takes an invitation back") },
	{ HTTP_NONE },
};
