/* deliver.c — sends the letters that are due, and says of each what became of it. */
#include <string.h>

#include "notice/outbox.h"
#include "notice_sql.h"

enum { CLAIM_MS = 10 * 60 * 1000 };
static const int64_t wait_minutes[] = { 1, 5, 15, 60, 180, 360, 720, 1440 }; /* two days in all */

struct due { struct outbox_letters letters; int limit; };

static fail find_due(struct call *c, void *arg)
{
	struct due *d = arg;

	return db_all(c, &Q_outbox_due, ARGS(V(c->now_ms), V((int64_t)d->limit)), &outbox_record, &d->letters.v, &d->letters.n);
}

struct claim { const struct outbox_letter *l; int64_t mine; };

static fail claim_body(struct call *c, void *arg)
{
	struct claim *cl = arg;

	return db_exec(c, &Q_outbox_claim, ARGS(V(cl->l->realm), V(cl->l->id), V(c->now_ms), V(c->now_ms + CLAIM_MS)), &cl->mine);
}

struct outcome { const struct outbox_letter *l; fail result; const char *why; };

static fail outcome_body(struct call *c, void *arg)
{
	const struct outcome *o = arg;
	const struct outbox_letter *l = o->l;
	size_t again = sizeof wait_minutes / sizeof *wait_minutes;
	bool over = o->result == FAIL_INPUT || l->tries >= (int64_t)again;

	if (o->result == FAIL_OK)
		return db_exec(c, &Q_outbox_sent, ARGS(V(l->realm), V(l->id), V(c->now_ms)), NULL);
	return db_exec(c, &Q_outbox_later,
	               ARGS(V(l->realm), V(l->id), V(letter_state_words[over ? LETTER_FAILED : LETTER_WAITING]),
	                    V(c->now_ms + (over ? 0 : wait_minutes[l->tries] * 60000)), V(o->why)),
	               NULL);
}

static fail deliver_one(struct call *c, const struct mail_server *server, const struct outbox_letter *l, int *sent)
{
	struct claim cl = { l, 0 };
	struct letter letter = { arena_printf(c->arena, "chibo-%lld", (long long)l->id), l->address, l->name, l->subject, l->body, l->calendar,
		                     strstr(l->calendar, "METHOD:CANCEL") ? "CANCEL" : "REQUEST", l->created_ms };
	struct outcome o = { l, FAIL_OK, "" };

	TRY(db_write(c, claim_body, &cl));
	if (!cl.mine)
		return FAIL_OK;
	o.result = mail_send(c, server, &letter);
	if (o.result != FAIL_OK) {
		o.why = c->problem.text ? c->problem.text : "";
		problem_clear(c);
	}
	TRY(db_write(c, outcome_body, &o));
	*sent += o.result == FAIL_OK;
	return FAIL_OK;
}

fail outbox_deliver(struct call *c, const struct mail_server *server, int limit, int *sent)
{
	struct due d = { .limit = limit };

	*sent = 0;
	TRY(db_read(c, find_due, &d));
	for (size_t i = 0; i < d.letters.n && !(server->stop && atomic_load(server->stop)); i++)
		TRY(deliver_one(c, server, &d.letters.v[i], sent));
	return FAIL_OK;
}
