/* ballot.c — urns in memory. Totals and marks only: what is never kept cannot be found. */
#include "meeting/ballot.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "db/journal.h"
#include "meeting/cycle.h"

enum { URN_ROOM = 1000 };

struct urn {
	struct urn *next;
	const struct db *db;
	int64_t vote_id;
	bool closing;
	int64_t total[BALLOT_CHOICES];
	size_t n;
	int64_t marked[URN_ROOM]; /* sorted by member */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct urn *urns;

/* Under the lock. */
static struct urn **place_of(const struct db *db, int64_t vote_id)
{
	struct urn **at = &urns;

	while (*at && ((*at)->db != db || (*at)->vote_id != vote_id))
		at = &(*at)->next;
	return at;
}

/* Under the lock: sodium_free overwrites what was in it. */
static void forget(struct urn **at)
{
	struct urn *u = *at;

	if (!u)
		return;
	*at = u->next;
	sodium_free(u);
}

static size_t rank_of(const struct urn *u, int64_t member_id)
{
	size_t low = 0, high = u->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (u->marked[middle] < member_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_marked(const struct urn *u, int64_t member_id)
{
	size_t i = rank_of(u, member_id);

	return i < u->n && u->marked[i] == member_id;
}

static fail no_urn(struct call *c)
{
	return problem(c, FAIL_CONFLICT, "", "the server was stopped while this ballot was open: it has to be repeated. Nothing of it was kept");
}

fail ballot_begin(struct call *c, const struct vote *v)
{
	fail f = FAIL_OK;

	if (v->method != METHOD_DEVICE || v->result != VOTE_OPEN)
		return problem(c, FAIL_CONFLICT, "", "this vote is not an open ballot on devices");
	if (sodium_init() < 0)
		return problem(c, FAIL_BROKEN, "", "the machine gives no safe memory for a ballot");
	pthread_mutex_lock(&lock);
	if (!*place_of(c->db, v->id)) {
		struct urn *u = sodium_malloc(sizeof *u);

		if (u) {
			memset(u, 0, sizeof *u);
			*u = (struct urn){ .next = urns, .db = c->db, .vote_id = v->id };
			urns = u;
		}
		f = u ? FAIL_OK : FAIL_BUSY;
	}
	pthread_mutex_unlock(&lock);
	return f == FAIL_OK ? f : problem(c, f, "", "there is no room for a ballot just now; try again");
}

int64_t ballot_marked(struct call *c, int64_t vote_id)
{
	pthread_mutex_lock(&lock);
	const struct urn *u = *place_of(c->db, vote_id);
	int64_t n = u ? (int64_t)u->n : -1;

	pthread_mutex_unlock(&lock);
	return n;
}

bool ballot_has_voted(struct call *c, int64_t vote_id, int64_t member_id)
{
	pthread_mutex_lock(&lock);
	const struct urn *u = *place_of(c->db, vote_id);
	bool voted = u && is_marked(u, member_id);

	pthread_mutex_unlock(&lock);
	return voted;
}

/* ---------------------------------------------------------------- one ballot */

struct door {
	int64_t vote_id, member_id;
};

/* Whoever may vote is on the roll as an official member, and present. */
static fail check_voter(struct call *c, void *arg)
{
	const struct door *d = arg;
	struct vote v;
	struct meeting m;
	struct voters all;

	TRY(vote_by_id(c, d->vote_id, &v));
	TRY(meeting_by_id(c, v.meeting_id, &m));
	if (v.method != METHOD_DEVICE || v.result != VOTE_OPEN)
		return problem(c, FAIL_CONFLICT, "", "this ballot is closed");
	TRY(voters_of(c, &m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i]->id == d->member_id)
			return FAIL_OK;
	return problem(c, FAIL_DENIED, "person", "only official members of the cell who are marked as present vote");
}

/* Under the lock. */
static fail drop_in(struct urn *u, int64_t member_id, enum ballot_choice choice)
{
	size_t at = rank_of(u, member_id);

	if (u->closing)
		return FAIL_BUSY;
	if (is_marked(u, member_id))
		return FAIL_CONFLICT;
	if (u->n == URN_ROOM)
		return FAIL_BROKEN;
	memmove(&u->marked[at + 1], &u->marked[at], (u->n - at) * sizeof *u->marked);
	u->marked[at] = member_id;
	u->n++;
	u->total[choice]++;
	return FAIL_OK;
}

fail ballot_cast(struct call *c, int64_t vote_id, int64_t member_id, enum ballot_choice choice)
{
	if (choice <= BALLOT_NONE || choice >= BALLOT_CHOICES)
		return problem(c, FAIL_INPUT, "choice", "choose one of the three");
	TRY(db_read(c, check_voter, &(struct door){ vote_id, member_id }));
	pthread_mutex_lock(&lock);
	struct urn *u = *place_of(c->db, vote_id);
	fail f = u ? drop_in(u, member_id, choice) : FAIL_NOT_FOUND;

	pthread_mutex_unlock(&lock);
	switch (f) {
	case FAIL_OK: return FAIL_OK;
	case FAIL_NOT_FOUND: return no_urn(c);
	case FAIL_CONFLICT: return problem(c, FAIL_CONFLICT, "person", "this person has voted already; the first ballot counts");
	case FAIL_BUSY: return problem(c, FAIL_CONFLICT, "", "this ballot is closed");
	default: return problem(c, FAIL_BROKEN, "", "the urn holds no more than %d ballots", (int)URN_ROOM);
	}
}

/* ---------------------------------------------------------------- closing */

struct taken {
	struct teller total;
	int64_t *members;
	size_t n;
};

/* A copy of what is in the urn, which takes no further ballot meanwhile. */
static fail take(struct call *c, int64_t vote_id, struct taken *out)
{
	int64_t *members = ARENA_ARRAY(c->arena, URN_ROOM, int64_t);
	fail f = FAIL_OK;

	pthread_mutex_lock(&lock);
	struct urn *u = *place_of(c->db, vote_id);

	if (!u)
		f = FAIL_NOT_FOUND;
	else if (u->closing)
		f = FAIL_CONFLICT;
	else {
		memcpy(members, u->marked, u->n * sizeof *members);
		*out = (struct taken){ { .in_favour = u->total[BALLOT_IN_FAVOUR], .against = u->total[BALLOT_AGAINST], .abstain = u->total[BALLOT_ABSTAIN] }, members, u->n };
		u->closing = true;
	}
	pthread_mutex_unlock(&lock);
	if (f == FAIL_CONFLICT)
		return problem(c, FAIL_CONFLICT, "", "this ballot is being closed");
	return f == FAIL_OK ? f : no_urn(c);
}

static void give_back(struct call *c, int64_t vote_id, bool stored)
{
	pthread_mutex_lock(&lock);
	struct urn **at = place_of(c->db, vote_id);

	if (stored)
		forget(at);
	else if (*at)
		(*at)->closing = false;
	pthread_mutex_unlock(&lock);
}

fail ballot_close(struct call *c, int64_t vote_id, struct vote *v)
{
	struct taken t;

	TRY(take(c, vote_id, &t));
	fail f = vote_close_ballot(c, vote_id, &t.total, t.members, t.n, v);

	give_back(c, vote_id, f == FAIL_OK);
	sodium_memzero(t.members, URN_ROOM * sizeof *t.members);
	return f;
}

void ballot_drop(struct call *c, int64_t vote_id)
{
	pthread_mutex_lock(&lock);
	forget(place_of(c->db, vote_id));
	pthread_mutex_unlock(&lock);
}

void ballot_drop_all(void)
{
	pthread_mutex_lock(&lock);
	while (urns)
		forget(&urns);
	pthread_mutex_unlock(&lock);
}

/* ---------------------------------------------------------------- repeating one whose urn was lost */

static fail repeat_body(struct call *c, void *arg)
{
	struct vote *v = arg;
	struct meeting m;

	TRY(vote_by_id(c, v->id, v));
	TRY(meeting_by_id(c, v->meeting_id, &m));
	TRY(meeting_may_edit(c, &m, PART_ROOM));
	return journal_add(c, v->realm, m.unit_id, "repeat", "vote", v->id, "", "");
}

fail ballot_repeat(struct call *c, int64_t vote_id)
{
	struct vote v = { .id = vote_id };

	if (ballot_marked(c, vote_id) >= 0)
		return FAIL_OK;
	TRY(db_write(c, repeat_body, &v));
	return ballot_begin(c, &v);
}
