/* password.c — libsodium behind a door that only so many may pass. */
#include "access/password.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MEMORY ((size_t)19 << 20)
enum { PASSES = 2, WAITING_MAX = 48, PASSWORD_MAX = 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t one_left = PTHREAD_COND_INITIALIZER;
static int running, waiting; /* guarded by lock */
static long at_once;
static char nobodys[crypto_pwhash_STRBYTES]; /* hash of a password that nobody knows */

static void prepare(void)
{
	char unknown[32];

	if (sodium_init() < 0)
		abort();
	at_once = sysconf(_SC_NPROCESSORS_ONLN);
	if (at_once < 2)
		at_once = 2;
	randombytes_buf(unknown, sizeof unknown);
	if (crypto_pwhash_str_alg(nobodys, unknown, sizeof unknown, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
		abort();
}

static fail enter(struct call *c, const char *password)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	bool room;

	if (strlen(password) > PASSWORD_MAX)
		return problem(c, FAIL_INPUT, "password", "a password has at most %d bytes", PASSWORD_MAX);
	pthread_once(&once, prepare);
	pthread_mutex_lock(&lock);
	room = running < at_once || waiting < WAITING_MAX;
	if (room) {
		waiting++;
		while (running >= at_once)
			pthread_cond_wait(&one_left, &lock);
		waiting--;
		running++;
	}
	pthread_mutex_unlock(&lock);
	return room ? FAIL_OK : problem(c, FAIL_BUSY, "", "many people are signing in at this moment; try again in a few seconds");
}

static void leave(void)
{
	pthread_mutex_lock(&lock);
	running--;
	pthread_cond_signal(&one_left);
	pthread_mutex_unlock(&lock);
}

fail password_hash(struct call *c, const char *password, const char **out)
{
	char hash[crypto_pwhash_STRBYTES];
	int rc;

	TRY(enter(c, password));
	rc = crypto_pwhash_str_alg(hash, password, strlen(password), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
	leave();
	if (rc != 0)
		return problem(c, FAIL_BUSY, "", "there is no memory left");
	*out = arena_strdup(c->arena, hash);
	return FAIL_OK;
}

fail password_is(struct call *c, const char *hash, const char *password, bool *right)
{
	bool matches;

	TRY(enter(c, password));
	matches = crypto_pwhash_str_verify(hash ? hash : nobodys, password, strlen(password)) == 0;
	leave();
	*right = matches && hash;
	return FAIL_OK;
}
