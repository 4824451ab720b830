/* post_box.c — the sending thread: waits, wakes, does a round. */
#include "notice/post_box.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "db/db.h"
#include "notice/outbox.h"
#include "notice/reminders.h"

enum { EVERY_S = 10, BATCH = 50, CEILING = 64 << 20 };

static const struct notice_settings nothing = { { "", "", "", "", "", NULL }, "", { { 0 }, 0, 0 } };
static const struct notice_settings *_Atomic settings = &nothing;

struct post_box {
	pthread_t thread;
	struct db *db;
	atomic_bool stop;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t something = PTHREAD_COND_INITIALIZER;
static bool awake; /* guarded by lock */

void notice_configure(const struct notice_settings *s)
{
	atomic_store(&settings, s ? s : &nothing);
}

bool notice_sends(void)
{
	const struct notice_settings *s = atomic_load(&settings);

	return *s->mail.url && *s->mail.from;
}

const char *notice_site(void)
{
	return atomic_load(&settings)->site;
}

const char *post_box_address(void)
{
	return atomic_load(&settings)->mail.from;
}

void post_box_wake(void)
{
	pthread_mutex_lock(&lock);
	awake = true;
	pthread_cond_broadcast(&something);
	pthread_mutex_unlock(&lock);
}

/* Looked for once a day; a day that was looked at too early is looked at again. */
static fail remind(struct call *c)
{
	static _Atomic int64_t done;
	const struct notice_settings *s = atomic_load(&settings);
	int64_t hour = (call_local(c->now_ms).minutes - (int64_t)c->today.days * 1440) / 60, today = c->today.days, written;

	if (hour < REMIND_FROM_HOUR || atomic_load(&done) == today)
		return FAIL_OK;
	TRY(reminders_write(c, &s->remind, s->site, &written));
	atomic_store(&done, today);
	return FAIL_OK;
}

static fail round_with(struct call *c, const struct mail_server *server, int *sent)
{
	int64_t written;

	*sent = 0;
	TRY(outbox_changes(c, notice_site(), &written));
	if (!notice_sends())
		return FAIL_OK;
	TRY(remind(c));
	return outbox_deliver(c, server, BATCH, sent);
}

/* A round of its own call; what fails is told and tried again in the next. */
static bool one_round(struct post_box *p)
{
	struct mail_server server = atomic_load(&settings)->mail;
	struct call c;
	int sent = 0;
	fail f;

	call_begin(&c, CEILING);
	c.db = p->db;
	c.who.name = "mail";
	server.stop = &p->stop;
	f = round_with(&c, &server, &sent);
	if (f != FAIL_OK && !atomic_load(&p->stop))
		fprintf(c.err, "mail: %s\n", c.problem.text ? c.problem.text : "");
	call_end(&c);
	return f == FAIL_OK && sent == BATCH;
}

static void wait_for_something(struct post_box *p)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += EVERY_S;
	pthread_mutex_lock(&lock);
	while (!awake && !atomic_load(&p->stop))
		if (pthread_cond_timedwait(&something, &lock, &until) != 0)
			break;
	awake = false;
	pthread_mutex_unlock(&lock);
}

static void *run(void *arg)
{
	struct post_box *p = arg;

	while (!atomic_load(&p->stop))
		if (!one_round(p))
			wait_for_something(p);
	return NULL;
}

fail post_box_start(struct call *c, struct db *db, struct post_box **out)
{
	struct post_box *p = calloc(1, sizeof *p);

	if (!p)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	p->db = db;
	if (pthread_create(&p->thread, NULL, run, p) != 0) {
		free(p);
		return problem(c, FAIL_BROKEN, "", "the thread that sends mail cannot be started");
	}
	*out = p;
	return FAIL_OK;
}

void post_box_stop(struct post_box *p)
{
	if (!p)
		return;
	atomic_store(&p->stop, true);
	post_box_wake();
	pthread_join(p->thread, NULL);
	free(p);
}
