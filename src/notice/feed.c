/* feed.c — calendar addresses in the store, and the calendars behind them. */
#include "notice/feed.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "db/journal.h"
#include "notice_sql.h"

enum { HASH = 32, TOKEN_BYTES = 32, MONTHS_BACK = 2, MONTHS_AHEAD = 13 };

static const struct field fields[] = { COL(struct feed, account_id), COL(struct feed, created_ms), COL(struct feed, revoked_ms), FIELD_END };
const struct record feed_record = { "calendar_feed", sizeof(struct feed), fields };

/* ---------------------------------------------------------------- addresses */

static bool hash_token(const char *token, unsigned char out[HASH])
{
	size_t n = strlen(token);

	return n == FEED_TOKEN - 1 && strspn(token, "0123456789abcdef") == n &&
	       crypto_generichash(out, HASH, (const unsigned char *)token, n, NULL, 0) == 0;
}

struct making {
	int64_t account_id, revoked;
	unsigned char hash[HASH];
};

static fail revoke_body(struct call *c, void *arg)
{
	struct making *m = arg;

	TRY(db_exec(c, &Q_feed_revoke, ARGS(V(m->account_id), V(c->now_ms)), &m->revoked));
	return m->revoked ? journal_add(c, 0, 0, "revoke", "calendar_feed", m->account_id, NULL, NULL) : FAIL_OK;
}

static fail make_body(struct call *c, void *arg)
{
	struct making *m = arg;

	TRY(revoke_body(c, m));
	TRY(db_exec(c, &Q_feed_insert, ARGS(V(((struct blob){ m->hash, HASH })), V(m->account_id), V(c->now_ms)), NULL));
	return journal_add(c, 0, 0, "create", "calendar_feed", m->account_id, NULL, NULL);
}

fail feed_make(struct call *c, int64_t account_id, char token[FEED_TOKEN])
{
	struct making m = { .account_id = account_id };
	unsigned char bytes[TOKEN_BYTES];

	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(token, FEED_TOKEN, bytes, sizeof bytes);
	if (!hash_token(token, m.hash))
		return problem(c, FAIL_BROKEN, "", "the address could not be made");
	return db_write(c, make_body, &m);
}

fail feed_revoke(struct call *c, int64_t account_id, bool *revoked)
{
	struct making m = { .account_id = account_id };

	TRY(db_write(c, revoke_body, &m));
	if (revoked)
		*revoked = m.revoked > 0;
	return FAIL_OK;
}

fail feed_of(struct call *c, int64_t account_id, struct feed *out)
{
	fail f = db_one(c, &Q_feed_of, ARGS(V(account_id)), &feed_record, out);

	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&feed_record, out);
	return FAIL_OK;
}

fail feed_account(struct call *c, const char *token, int64_t *account_id)
{
	unsigned char hash[HASH];

	*account_id = 0;
	if (hash_token(token, hash))
		TRY(db_int(c, &Q_feed_account, ARGS(V(((struct blob){ hash, HASH }))), 0, account_id));
	return *account_id ? FAIL_OK : problem(c, FAIL_NOT_FOUND, "", "there is no calendar at this address, or it was revoked");
}

/* ---------------------------------------------------------------- what is in it */

struct home { int64_t unit_id, realm; };
static const struct field home_fields[] = { COL(struct home, unit_id), COL(struct home, realm), FIELD_END };
static const struct record home_record = { "home", sizeof(struct home), home_fields };

/* An entry is read as a meeting and one column more: the record of meetings, with that column behind it. */
static const struct record *entry_record(struct call *c)
{
	static const struct field changed[] = { COL(struct calendar_entry, changed_ms), FIELD_END };
	size_t n = 0;

	while (meeting_record.fields[n].name)
		n++;
	struct field *all = ARENA_ARRAY(c->arena, n + 2, struct field);
	struct record *r = ARENA_NEW(c->arena, struct record);

	memcpy(all, meeting_record.fields, n * sizeof *all);
	memcpy(all + n, changed, sizeof changed);
	*r = (struct record){ "calendar_entry", sizeof(struct calendar_entry), all };
	return r;
}

static void take(struct call *c, struct calendar_entries *to, const struct calendar_entry *v, size_t n)
{
	struct calendar_entry *all = ARENA_ARRAY(c->arena, to->n + n + 1, struct calendar_entry);

	if (to->n)
		memcpy(all, to->v, to->n * sizeof *all);
	to->v = all;
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < to->n && all[k].meeting.id != v[i].meeting.id)
			k++;
		if (k == to->n)
			all[to->n++] = v[i];
	}
}

static int by_start(const void *x, const void *y)
{
	const struct meeting *a = &((const struct calendar_entry *)x)->meeting, *b = &((const struct calendar_entry *)y)->meeting;

	if (a->starts_at.minutes != b->starts_at.minutes)
		return a->starts_at.minutes < b->starts_at.minutes ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

fail feed_entries(struct call *c, int64_t account_id, struct calendar_entries *out)
{
	int64_t first = date_month(c->today) - MONTHS_BACK, last = date_month(c->today) + MONTHS_AHEAD;
	const struct record *r = entry_record(c);
	struct calendar_entry *v;
	struct home *homes;
	size_t n, home_n;

	*out = (struct calendar_entries){ 0 };
	TRY(db_all(c, &Q_feed_units, ARGS(V(account_id), V(c->today)), &home_record, &homes, &home_n));
	for (size_t i = 0; i < home_n; i++) {
		TRY(db_all(c, &Q_calendar_of_unit, ARGS(V(homes[i].realm), V(homes[i].unit_id), V(first), V(last)), r, &v, &n));
		take(c, out, v, n);
	}
	TRY(db_all(c, &Q_calendar_of_guest, ARGS(V(account_id), V(first), V(last)), r, &v, &n));
	take(c, out, v, n);
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_start);
	return FAIL_OK;
}

fail feed_write(struct call *c, int64_t account_id, const char *site, struct out *o)
{
	struct calendar_entries all;

	TRY(feed_entries(c, account_id, &all));
	ical_begin(o, ICAL_PUBLISH, tr(c->lang, "Cell meetings"));
	for (size_t i = 0; i < all.n; i++) {
		struct ical_event e = event_of_meeting(c, &all.v[i], site);

		if (all.v[i].changed_ms == INT_UNKNOWN)
			e.stamp_ms = id_time(all.v[i].meeting.id);
		ical_event(o, &e);
	}
	ical_end(o);
	return FAIL_OK;
}
