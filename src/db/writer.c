/* writer.c — the one thread that changes a SQLite database.
 *
 * Requests queue; the thread runs all that wait in one transaction, each behind a savepoint of its own, and pays for one
 * fsync. Nobody gets an answer before that. What waits for the commit is run here, in the order of the commits, before the
 * callers go on. The same thread moves the log into the database: when the queue is idle, or in small steps when the log has
 * grown under load, so that no request waits long for it. */
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

#include "db/sqlite.h"

enum {
	GROUP_JOBS = 64,        /* at most so many requests share a commit */
	GROUP_US = 4000,        /* no further request joins a group older than this */
	IDLE_MS = 20,           /* the queue has been empty for so long: time to move the log */
	STUCK_MS = 500,         /* …and again after this, when readers of an old state held it up */
	STEP_PAGES = 400,       /* pages in the log that are moved under load */
	LONG_LOG_PAGES = 16384, /* a log of so many pages is made to begin anew, which takes a wait for the disk */
};

struct job {
	struct call *c;
	db_body *body;          /* NULL: `alone` */
	fail (*alone)(struct call *c, struct sqlite_conn *conn, void *arg);
	void *arg;
	fail result;
	sem_t done;
	struct job *next;
};

struct writer {
	struct db *db;
	struct sqlite_conn *conn;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t arrived;
	struct job *first, **last;
	bool stopping;
	int log_pages, moved_pages; /* in the log; of these already in the database */
	bool stuck;                 /* the last step was held up by readers */
};

static _Thread_local bool on_writer_thread;

/* ---- the queue ---- */

static void queue_add(struct writer *w, struct job *j)
{
	pthread_mutex_lock(&w->lock);
	*w->last = j;
	w->last = &j->next;
	pthread_cond_signal(&w->arrived);
	pthread_mutex_unlock(&w->lock);
}

static struct job *queue_take(struct writer *w)
{
	struct job *j = w->first;

	if (j) {
		w->first = j->next;
		j->next = NULL;
		if (!w->first)
			w->last = &w->first;
	}
	return j;
}

static struct timespec after_ms(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += (long)ms * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static bool log_waits(const struct writer *w)
{
	return w->log_pages > w->moved_pages;
}

/* The next job; NULL when there is none: *idle tells that it is time to move the log, otherwise the writer is to stop. */
static struct job *queue_wait(struct writer *w, bool *idle)
{
	struct timespec until = after_ms(w->stuck ? STUCK_MS : IDLE_MS);

	*idle = false;
	pthread_mutex_lock(&w->lock);
	while (!w->first && !w->stopping && !*idle) {
		if (!log_waits(w))
			pthread_cond_wait(&w->arrived, &w->lock);
		else if (pthread_cond_timedwait(&w->arrived, &w->lock, &until) == ETIMEDOUT)
			*idle = !w->first;
	}
	struct job *j = queue_take(w);

	pthread_mutex_unlock(&w->lock);
	return j;
}

/* One more job for an open group, unless it wants to be alone. */
static struct job *queue_more(struct writer *w)
{
	struct job *j = NULL;

	pthread_mutex_lock(&w->lock);
	if (w->first && w->first->body)
		j = queue_take(w);
	pthread_mutex_unlock(&w->lock);
	return j;
}

/* ---- a group ---- */

struct group {
	struct job *first, **last; /* all that were run, in order */
	int jobs, kept;            /* …and how many of them are to be committed */
	int64_t began_us;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static fail refused(struct call *c, int rc)
{
	if (rc == SQLITE_FULL)
		return tx_problem(c, FAIL_BUSY, N_("the disk is full: nothing was saved"));
	return tx_problem(c, FAIL_BUSY, N_("the database could not save the change; nothing was saved, try again"));
}

static fail word(struct writer *w, struct call *c, enum command_word what)
{
	int rc = sqlite_word(w->conn, what);

	return rc == SQLITE_OK ? FAIL_OK : refused(c, rc);
}

static fail faulty(struct writer *w, struct call *c)
{
	if (vfs_failed(w->conn->h))
		return tx_problem(c, FAIL_BUSY, N_("the disk does not keep what is written to it: nothing was saved; make a backup elsewhere at once"));
	return tx_fault_now(w->db) ? tx_problem(c, FAIL_BROKEN, N_("this statement was made to fail by a test")) : FAIL_OK;
}

static fail open_part(struct writer *w, struct call *c, bool alone)
{
	TRY(faulty(w, c));
	return word(w, c, alone ? CMD_BEGIN_WRITE : CMD_SAVEPOINT);
}

/* Undoes one job; the group before it stays, unless SQLite itself has given up the whole transaction. */
static void undo_part(struct writer *w, bool alone)
{
	if (alone || sqlite_word(w->conn, CMD_ROLLBACK_TO) != SQLITE_OK || sqlite_word(w->conn, CMD_RELEASE) != SQLITE_OK)
		sqlite_undo(w->conn);
}

/* The first job that is to be kept needs no savepoint: undoing it is undoing everything. */
static fail run_job(struct writer *w, struct job *j, bool alone)
{
	TRY(open_part(w, j->c, alone));
	w->conn->base.write = w->conn->base.begun = true;
	fail f = tx_body(j->c, &w->conn->base, j->body, j->arg);

	if (f == FAIL_OK && !alone)
		f = word(w, j->c, CMD_RELEASE);
	if (f != FAIL_OK)
		undo_part(w, alone);
	return f;
}

/* Every job of the group that was to be kept fails like this. */
static void fail_kept(struct group *g, fail f, const char *text)
{
	for (struct job *j = g->first; j; j = j->next)
		if (j->result == FAIL_OK) {
			tx_undone(j->c);
			j->result = tx_problem(j->c, f, text);
		}
	g->kept = 0;
}

static void add_job(struct writer *w, struct group *g, struct job *j)
{
	j->result = run_job(w, j, g->kept == 0);
	*g->last = j;
	g->last = &j->next;
	g->jobs++;
	g->kept += j->result == FAIL_OK;
	if (g->kept && sqlite3_get_autocommit(w->conn->h))
		fail_kept(g, FAIL_BUSY, N_("the database could not save the change; nothing was saved, try again"));
}

static fail commit(struct writer *w, struct call *c)
{
	fail f = faulty(w, c);

	if (f == FAIL_OK)
		f = word(w, c, CMD_COMMIT);
	if (f != FAIL_OK)
		sqlite_undo(w->conn);
	return f;
}

static struct call *first_kept(const struct group *g)
{
	struct job *j = g->first;

	while (j->result != FAIL_OK)
		j = j->next;
	return j->c;
}

/* The job is the caller's memory: not to be touched after the post. */
static void answer_all(struct group *g)
{
	for (struct job *j = g->first; j; j = j->next)
		if (j->result == FAIL_OK)
			tx_committed(j->c);
	for (struct job *j = g->first, *next; j; j = next) {
		next = j->next;
		sem_post(&j->done);
	}
}

static void run_group(struct writer *w, struct job *j)
{
	struct group g = { .last = &g.first, .began_us = now_us() };

	for (; j; j = g.jobs < GROUP_JOBS && now_us() - g.began_us < GROUP_US ? queue_more(w) : NULL)
		add_job(w, &g, j);
	if (g.kept) {
		fail f = commit(w, first_kept(&g));

		if (f != FAIL_OK)
			fail_kept(&g, f, N_("the database could not save the change; nothing was saved, try again"));
	}
	w->conn->base.write = w->conn->base.begun = false;
	answer_all(&g);
	sqlite_rest(w->conn);
}

static void run_alone(struct writer *w, struct job *j)
{
	j->result = j->alone(j->c, w->conn, j->arg);
	sem_post(&j->done);
}

/* ---- the log ---- */

static int note_log(void *arg, sqlite3 *h, const char *name, int pages)
{
	struct writer *w = arg;

	(void)h, (void)name;
	if (pages < w->log_pages)
		w->moved_pages = 0; /* the log began anew */
	w->log_pages = pages;
	return SQLITE_OK;
}

static void move_log(struct writer *w)
{
	int log = w->log_pages, moved = 0;
	int rc = sqlite3_wal_checkpoint_v2(w->conn->h, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, &moved);

	if (log > LONG_LOG_PAGES)
		vfs_wait(w->conn->h);
	w->stuck = rc != SQLITE_OK || moved < log;
	if (rc == SQLITE_OK && log >= 0) {
		w->log_pages = log;
		w->moved_pages = moved;
	}
}

static void *writer_main(void *arg)
{
	struct writer *w = arg;
	bool idle;

	on_writer_thread = true;
	for (;;) {
		struct job *j = queue_wait(w, &idle);

		if (j && j->body)
			run_group(w, j);
		else if (j)
			run_alone(w, j);
		else if (!idle)
			return NULL;
		if (idle || w->log_pages - w->moved_pages >= STEP_PAGES)
			move_log(w);
	}
}

/* ---- from outside ---- */

static void init_arrived(struct writer *w)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->arrived, &attr);
	pthread_condattr_destroy(&attr);
}

fail writer_start(struct call *c, struct db *db, struct sqlite_conn *conn, struct writer **out)
{
	struct writer *w = calloc(1, sizeof *w);

	if (!w)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	w->db = db;
	w->conn = conn;
	w->last = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	init_arrived(w);
	sqlite3_wal_hook(conn->h, note_log, w);
	vfs_begin(conn->h);
	if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
		free(w);
		return problem(c, FAIL_BUSY, "", "the machine cannot start another thread");
	}
	*out = w;
	return FAIL_OK;
}

struct sqlite_conn *writer_stop(struct writer *w)
{
	struct sqlite_conn *conn = w->conn;

	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->arrived);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	vfs_end(conn->h);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->arrived);
	free(w);
	return conn;
}

static fail run_and_wait(struct writer *w, struct job *j)
{
	if (on_writer_thread)
		return problem(j->c, FAIL_BROKEN, "", "a change cannot begin inside another one's body with a call of its own");
	sem_init(&j->done, 0, 0);
	queue_add(w, j);
	while (sem_wait(&j->done) != 0)
		;
	sem_destroy(&j->done);
	return j->result;
}

fail writer_run(struct call *c, struct writer *w, db_body *body, void *arg)
{
	struct job j = { .c = c, .body = body, .arg = arg };

	return run_and_wait(w, &j);
}

fail writer_alone(struct call *c, struct writer *w, fail (*job)(struct call *c, struct sqlite_conn *conn, void *arg), void *arg)
{
	struct job j = { .c = c, .alone = job, .arg = arg };

	return run_and_wait(w, &j);
}
