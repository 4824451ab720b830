/* limiter.c — buckets of tokens in a small open table; time is whole milliseconds, tokens are counted in thousandths. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "http/http.h"

struct bucket {
	uint64_t key; /* hash; 0: free */
	int64_t level, at_ms;
};

struct limiter {
	pthread_mutex_t lock;
	int64_t burst, per_minute;
	unsigned n;
	struct bucket buckets[];
};

enum { TOKEN = 60000, TRIES = 8 }; /* a token in units of 1/60000, so that per_minute units come back each millisecond */

struct limiter *limiter_new(unsigned burst, unsigned per_minute, unsigned keys)
{
	struct limiter *l = calloc(1, sizeof *l + keys * sizeof *l->buckets);

	if (!l)
		return NULL;
	pthread_mutex_init(&l->lock, NULL);
	l->burst = (int64_t)burst * TOKEN;
	l->per_minute = per_minute;
	l->n = keys;
	return l;
}

void limiter_free(struct limiter *l)
{
	if (!l)
		return;
	pthread_mutex_destroy(&l->lock);
	free(l);
}

static uint64_t hash_key(const char *s)
{
	uint64_t h = 1469598103934665603u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h ? h : 1;
}

static int64_t level_now(const struct limiter *l, const struct bucket *b, int64_t now_ms)
{
	int64_t passed = now_ms - b->at_ms, level = b->level;

	if (passed > 0)
		level = passed > l->burst ? l->burst : level + passed * l->per_minute;
	return level > l->burst ? l->burst : level;
}

/* The key's bucket, or the fullest of the few it may use: that one has been left alone the longest. */
static struct bucket *find(struct limiter *l, uint64_t key, int64_t now_ms)
{
	struct bucket *best = NULL;
	int64_t best_level = -1;

	for (unsigned i = 0; i < TRIES && i < l->n; i++) {
		struct bucket *b = &l->buckets[(key + i) % l->n];
		int64_t level = b->key ? level_now(l, b, now_ms) : l->burst + 1;

		if (b->key == key)
			return b;
		if (level > best_level) {
			best = b;
			best_level = level;
		}
	}
	*best = (struct bucket){ key, l->burst, now_ms };
	return best;
}

bool limiter_take(struct limiter *l, const char *key, int64_t now_ms, int64_t *wait_s)
{
	pthread_mutex_lock(&l->lock);
	struct bucket *b = find(l, hash_key(key), now_ms);
	int64_t level = level_now(l, b, now_ms);
	bool taken = level >= TOKEN;

	b->level = taken ? level - TOKEN : level;
	b->at_ms = now_ms;
	pthread_mutex_unlock(&l->lock);
	if (wait_s)
		*wait_s = taken ? 0 : (TOKEN - level + l->per_minute * 1000 - 1) / (l->per_minute * 1000);
	return taken;
}
