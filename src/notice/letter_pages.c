/* letter_pages.c — the letters of a meeting: inviting, what became of them; and the link by which a letter is confirmed. */
#include <string.h>

#include "notice/notice_pages.h"
#include "notice/post_box.h"
#include "notice/shown.h"
#include "notice_views.h"
#include "score/pages.h"

/* ---------------------------------------------------------------- the letters of a meeting */

struct letters_data {
	int64_t id;
	struct meeting m;
	struct recipients to;
	struct outbox_letters letters;
};

static fail load(struct call *c, void *arg)
{
	struct letters_data *d = arg;

	TRY(meeting_by_id(c, d->id, &d->m));
	TRY(outbox_recipients(c, &d->m, &d->to));
	return outbox_of_meeting(c, &d->m, &d->letters);
}

static const char *kind_name(enum lang lang, const char *kind)
{
	return tr(lang, strcmp(kind, "invitation") == 0 ? N_("Invitation") : strcmp(kind, "change") == 0 ? N_("Change") : N_("Cancellation"));
}

static struct letter_row row_of(struct call *c, const struct outbox_letter *l)
{
	static const char *const states[] = { "", N_("waiting"), N_("sent"), N_("failed") };
	const char *state = l->received ? tr(c->lang, "received") : tr(c->lang, states[l->state]);

	return (struct letter_row){ l->name, l->address, kind_name(c->lang, l->kind), state, l->error,
		                        call_local(l->done_ms != INT_UNKNOWN ? l->done_ms : l->created_ms), l->state == LETTER_FAILED };
}

static bool was_written(const struct letters_data *d, const char *person)
{
	int64_t version = d->m.sequence > 0 ? d->m.sequence : 0;

	for (size_t i = 0; i < d->letters.n; i++)
		if (d->letters.v[i].sequence >= version && strcmp(d->letters.v[i].person, person) == 0)
			return true;
	return false;
}

static void count_people(struct call *c, const struct letters_data *d, struct letters_view *v)
{
	const char **missing = ARENA_ARRAY(c->arena, d->to.n + 1, const char *);

	for (size_t i = 0; i < d->to.n; i++) {
		const struct recipient *r = &d->to.v[i];

		if (!*r->address) {
			missing[v->missing_n++] = r->name;
			continue;
		}
		v->with_address++;
		v->open += !was_written(d, r->person);
	}
	v->missing = missing;
	v->without = (int64_t)v->missing_n;
}

static void fill(struct call *c, const struct letters_data *d, struct letters_view *v)
{
	*v = (struct letters_view){ .title = page_meeting_title(c, &d->m), .id = d->m.id, .rev = d->m.rev, .sends = notice_sends(), .n = d->letters.n };
	v->may_invite = d->m.state >= MEETING_DATE_REGISTERED && d->m.state <= MEETING_PREPARED && call_may(c, MAY_RECORD, d->m.unit_id);
	v->v = ARENA_ARRAY(c->arena, v->n + 1, struct letter_row);
	for (size_t i = 0; i < v->n; i++) {
		v->v[i] = row_of(c, &d->letters.v[i]);
		v->any_failed |= v->v[i].flag;
	}
	count_people(c, d, v);
}

static void letters_json(struct res *rs, const struct letters_data *d, const struct letters_view *v)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "with_address", v->with_address);
	json_put_int(&j, "without_address", v->without);
	json_put_int(&j, "not_invited_yet", v->open);
	json_key(&j, "letters");
	json_array(&j);
	for (size_t i = 0; i < d->letters.n; i++) {
		const struct outbox_letter *l = &d->letters.v[i];

		json_object(&j);
		json_put_str(&j, "kind", l->kind);
		json_put_str(&j, "name", l->name);
		json_put_str(&j, "address", l->address);
		json_put_int(&j, "sequence", l->sequence);
		json_put_str(&j, "state", letter_state_words[l->state]);
		json_put_bool(&j, "received", l->received);
		json_put_int(&j, "tries", l->tries);
		json_put_str(&j, "error", l->error);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
}

static fail letters_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct letters_data d;
	struct letters_view v;
	struct page pg;

	TRY(req_id(c, rq, "meeting", &d.id));
	TRY(load(c, &d));
	fill(c, &d, &v);
	if (req_wants_json(rq)) {
		letters_json(rs, &d, &v);
		return FAIL_OK;
	}
	page_begin(c, rq, rs, &pg, &d.m, tr(c->lang, "Invitations by mail"), tr(c->lang, "Invitations by mail"));
	view_letters(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail letters_send(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t id, written, without;
	struct flash said = { 0 };

	TRY(req_id(c, rq, "meeting", &id));
	TRY(outbox_invite(c, id, notice_site_of(c, rq), &written, &without));
	said.text = written ? arena_printf(c->arena, tr(c->lang, "%s invitations go out by mail."), show_int(c->arena, c->lang, written)) :
	                      tr(c->lang, "Everybody with a mail address was invited before.");
	return res_done(c, rq, rs, arena_printf(c->arena, "/meetings/%lld/mail", (long long)id), &said);
}

static fail letters_retry(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t id, again;
	struct flash said = { 0 };

	TRY(req_id(c, rq, "meeting", &id));
	TRY(outbox_retry(c, id, &again));
	said.text = arena_printf(c->arena, tr(c->lang, "%s letters are tried again."), show_int(c->arena, c->lang, again));
	return res_done(c, rq, rs, arena_printf(c->arena, "/meetings/%lld/mail", (long long)id), &said);
}

/* ---------------------------------------------------------------- the link in a letter */

/* A page with one button: mail programs that follow links by themselves confirm nothing. */
static fail receipt_show(struct call *c, const struct req *rq, struct res *rs)
{
	struct outbox_letter l;
	struct receipt_view v = { .token = req_param(rq, "token") };
	struct page pg;

	TRY(receipt_letter(c, v.token, &l));
	v.name = l.name;
	v.subject = l.subject;
	v.done = req_query(rq, "done") != NULL;
	res_page(c, rq, rs, &pg, tr(c->lang, "Confirm a letter"));
	pg.plain = true;
	view_receipt(&rs->body, &pg, &v);
	return FAIL_OK;
}

static fail receipt_post(struct call *c, const struct req *rq, struct res *rs)
{
	const char *token = req_param(rq, "token");

	TRY(receipt_confirm(c, token));
	return res_redirect(c, rs, arena_printf(c->arena, "/receipt/%s?done=1", token));
}

const struct route letter_routes[] = {
	{ GET, "/meetings/:meeting/mail", MAY_RECORD, page_meeting_unit, letters_show, 0, N_("Letters of a meeting: who was invited by mail, what became of it") },
	{ POST, "/meetings/:meeting/mail", MAY_RECORD, page_meeting_unit, letters_send, 0, N_("Invites by mail everybody who has an address and was not invited yet") },
	{ POST, "/meetings/:meeting/mail/retry", MAY_RECORD, page_meeting_unit, letters_retry, 0, N_("Tries failed letters again") },
	{ GET, "/receipt/:token", MAY_PUBLIC, NULL, receipt_show, 0, N_("The link in a letter by which its receipt is confirmed") },
	{ POST, "/receipt/:token", MAY_PUBLIC, NULL, receipt_post, ROUTE_NO_CSRF, N_("Confirms that a letter was received") },
	{ HTTP_NONE },
};
