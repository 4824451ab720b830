/* tending.c — the thread of tending.h. */
#include "app/tending.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "app/rulebook.h"
#include "db/db.h"
#include "oversight/questions.h"
#include "score/settle.h"

enum { EVERY_S = 300, CEILING = 256 << 20 };

struct tending {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool stop; /* guarded by lock */
	struct db *db;
	struct rollup *rollup;
	struct date asked; /* the night in which the questions were asked last */
};

static void ask_questions(struct tending *t, struct call *c)
{
	int64_t asked;

	problem_clear(c);
	if (!questions_due(c, t->asked))
		return;
	t->asked = c->today;
	if (questions_ask_all(c, &asked) != FAIL_OK)
		fprintf(c->err, "questions: %s\n", c->problem.text ? c->problem.text : "");
}

static void one_round(struct tending *t)
{
	struct call c;
	int64_t done;

	call_begin(&c, CEILING);
	c.db = t->db;
	c.rollup = t->rollup;
	rulebook_give(&c);
	if (score_settle_due(&c, &done) != FAIL_OK)
		fprintf(c.err, "settle: %s\n", c.problem.text ? c.problem.text : "");
	ask_questions(t, &c);
	call_end(&c);
}

/* True: it is time to end. */
static bool wait_for_next(struct tending *t)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += EVERY_S;
	pthread_mutex_lock(&t->lock);
	while (!t->stop)
		if (pthread_cond_timedwait(&t->ended, &t->lock, &until) != 0)
			break;
	bool stop = t->stop;

	pthread_mutex_unlock(&t->lock);
	return stop;
}

static void *run(void *arg)
{
	do
		one_round(arg);
	while (!wait_for_next(arg));
	return NULL;
}

fail tending_start(struct call *c, struct db *db, struct rollup *rollup, struct tending **out)
{
	struct tending *t = calloc(1, sizeof *t);

	if (!t)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	t->db = db;
	t->rollup = rollup;
	t->asked = DATE_NONE;
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->ended, NULL);
	if (pthread_create(&t->thread, NULL, run, t) != 0) {
		free(t);
		return problem(c, FAIL_BROKEN, "", "the thread that settles scores cannot be started");
	}
	*out = t;
	return FAIL_OK;
}

void tending_stop(struct tending *t)
{
	if (!t)
		return;
	pthread_mutex_lock(&t->lock);
	t->stop = true;
	pthread_cond_broadcast(&t->ended);
	pthread_mutex_unlock(&t->lock);
	pthread_join(t->thread, NULL);
	pthread_cond_destroy(&t->ended);
	pthread_mutex_destroy(&t->lock);
	free(t);
}
