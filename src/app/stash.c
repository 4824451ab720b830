/* stash.c — a small table of open, unlinked files. */
#include "app/stash.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLACES = 32, KEPT_MS = 3600 * 1000 };

struct kept {
	int64_t account, at_ms; /* account 0: free */
	char *kind, *digest, *filename;
	int fd;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept places[PLACES];

static void clear(struct kept *k)
{
	if (!k->account)
		return;
	close(k->fd);
	free(k->kind);
	free(k->digest);
	free(k->filename);
	*k = (struct kept){ 0 };
}

static struct kept *find(int64_t account, const char *kind, const char *digest)
{
	for (int i = 0; i < PLACES; i++)
		if (places[i].account == account && strcmp(places[i].kind, kind) == 0 && strcmp(places[i].digest, digest) == 0)
			return &places[i];
	return NULL;
}

/* A free place, or that of the oldest file. */
static struct kept *place_for(int64_t now_ms)
{
	struct kept *oldest = &places[0];

	for (int i = 0; i < PLACES; i++) {
		if (places[i].account && now_ms - places[i].at_ms > KEPT_MS)
			clear(&places[i]);
		if (!places[i].account)
			return &places[i];
		if (places[i].at_ms < oldest->at_ms)
			oldest = &places[i];
	}
	return oldest;
}

void stash_put(struct call *c, const char *kind, const char *digest, const char *filename, int fd)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	struct kept *k;

	if (copy < 0 || !c->who.account)
		return;
	pthread_mutex_lock(&lock);
	k = find(c->who.account, kind, digest);
	if (!k)
		k = place_for(c->now_ms);
	clear(k);
	*k = (struct kept){ c->who.account, c->now_ms, strdup(kind), strdup(digest), strdup(filename), copy };
	if (!k->kind || !k->digest || !k->filename)
		clear(k);
	pthread_mutex_unlock(&lock);
}

fail stash_take(struct call *c, const char *kind, const char *digest, const char **filename, FILE **out)
{
	struct kept *k;
	int fd = -1;

	pthread_mutex_lock(&lock);
	k = find(c->who.account, kind, digest);
	if (k) {
		fd = fcntl(k->fd, F_DUPFD_CLOEXEC, 3);
		*filename = arena_strdup(c->arena, k->filename);
		clear(k);
	}
	pthread_mutex_unlock(&lock);
	*out = fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? fdopen(fd, "rb") : NULL;
	if (*out)
		return FAIL_OK;
	if (fd >= 0)
		close(fd);
	return problem(c, FAIL_NOT_FOUND, "file", "the file that was checked is no longer here; send it once more");
}
