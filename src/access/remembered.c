/* remembered.c — a table of sessions, emptied whenever something about accounts or the tree has changed. */
#include "access/remembered.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "org/version.h"

enum { BUCKETS = 4096, SESSIONS_MAX = 16384, CEILING = 64 << 10 };

struct kept {
	struct kept *next;
	unsigned char hash[TOKEN_HASH];
	struct arena *arena; /* owner of this and of the copy */
	struct access access;
};

static _Atomic int64_t version = 1;
static struct {
	pthread_rwlock_t lock;
	const struct db *db;
	int64_t accounts, tree;
	struct kept *buckets[BUCKETS];
	int n;
} table = { .lock = PTHREAD_RWLOCK_INITIALIZER };

int64_t accounts_version(void)
{
	return atomic_load(&version);
}

static void moved(void *arg)
{
	(void)arg;
	atomic_fetch_add(&version, 1);
}

void accounts_changed(struct call *c)
{
	call_after_commit(c, moved, NULL);
}

static struct kept **bucket_of(const unsigned char hash[TOKEN_HASH])
{
	unsigned n;

	memcpy(&n, hash, sizeof n); /* the hash is uniform already */
	return &table.buckets[n % BUCKETS];
}

static bool is_current(const struct call *c)
{
	return table.db == c->db && table.accounts == accounts_version() && table.tree == org_tree_version();
}

static struct access *copy_access(struct arena *a, const struct access *from)
{
	struct access *to = ARENA_NEW(a, struct access);

	*to = *from;
	to->account.login = arena_strdup(a, from->account.login);
	to->account.name = arena_strdup(a, from->account.name);
	to->account.password = "";
	to->grants.v = ARENA_ARRAY(a, from->grants.n + 1, struct grant);
	for (size_t i = 0; i < from->grants.n; i++) {
		to->grants.v[i] = from->grants.v[i];
		to->grants.v[i].unit_code = arena_strdup(a, from->grants.v[i].unit_code);
		to->grants.v[i].unit_name = arena_strdup(a, from->grants.v[i].unit_name);
	}
	return to;
}

struct access *remembered_get(struct call *c, const unsigned char hash[TOKEN_HASH])
{
	struct access *found = NULL;

	pthread_rwlock_rdlock(&table.lock);
	if (is_current(c))
		for (const struct kept *k = *bucket_of(hash); k && !found; k = k->next)
			if (memcmp(k->hash, hash, TOKEN_HASH) == 0 && k->access.day.days == c->today.days)
				found = copy_access(c->arena, &k->access);
	pthread_rwlock_unlock(&table.lock);
	return found;
}

static void forget_all(void)
{
	for (int i = 0; i < BUCKETS; i++) {
		struct kept *next;

		for (struct kept *k = table.buckets[i]; k; k = next) {
			next = k->next;
			arena_free(k->arena);
		}
		table.buckets[i] = NULL;
	}
	table.n = 0;
}

static struct kept *make(const unsigned char hash[TOKEN_HASH], const struct access *from)
{
	struct arena *a = arena_new(CEILING);
	struct kept *k;

	if (!a)
		return NULL;
	k = ARENA_NEW(a, struct kept);
	k->arena = a;
	memcpy(k->hash, hash, TOKEN_HASH);
	k->access = *copy_access(a, from);
	return k;
}

static void keep(struct kept *k)
{
	struct kept **bucket = bucket_of(k->hash);

	for (struct kept **at = bucket; *at; at = &(*at)->next)
		if (memcmp((*at)->hash, k->hash, TOKEN_HASH) == 0) {
			struct kept *old = *at;

			*at = old->next;
			arena_free(old->arena);
			table.n--;
			break;
		}
	k->next = *bucket;
	*bucket = k;
	table.n++;
}

/* Is the call's snapshot at least as new as the last change? */
static bool is_fresh(const struct call *c)
{
	return db_engine_of(c->db) == DB_SQLITE && c->who.accounts && c->who.accounts == accounts_version() &&
	       c->who.tree == org_tree_version();
}

void remembered_put(struct call *c, const unsigned char hash[TOKEN_HASH], const struct access *a)
{
	struct kept *k = is_fresh(c) && a->grants.n <= 100 ? make(hash, a) : NULL;

	if (!k)
		return;
	pthread_rwlock_wrlock(&table.lock);
	if (!is_current(c) || table.n >= SESSIONS_MAX) {
		forget_all();
		table.db = c->db;
		table.accounts = accounts_version();
		table.tree = org_tree_version();
	}
	if (c->who.accounts == table.accounts && c->who.tree == table.tree) {
		keep(k);
		k = NULL;
	}
	pthread_rwlock_unlock(&table.lock);
	if (k)
		arena_free(k->arena);
}
