/* pool.c — a ring of jobs under one lock. */
#include "http/pool.h"

#include <pthread.h>
#include <stdlib.h>

struct job { void (*run)(void *arg); void *arg; };

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t come;
	bool ending;
	unsigned first, n, room, threads;
	struct job *ring;
	pthread_t *ids;
};

static bool next_job(struct pool *p, struct job *out)
{
	pthread_mutex_lock(&p->lock);
	while (p->n == 0 && !p->ending)
		pthread_cond_wait(&p->come, &p->lock);
	bool any = p->n > 0;

	if (any) {
		*out = p->ring[p->first];
		p->first = (p->first + 1) % p->room;
		p->n--;
	}
	pthread_mutex_unlock(&p->lock);
	return any;
}

static void *work(void *arg)
{
	struct job job;

	while (next_job(arg, &job))
		job.run(job.arg);
	return NULL;
}

bool pool_add(struct pool *p, void (*run)(void *arg), void *arg)
{
	pthread_mutex_lock(&p->lock);
	bool room = p->n < p->room && !p->ending;

	if (room) {
		p->ring[(p->first + p->n) % p->room] = (struct job){ run, arg };
		p->n++;
		pthread_cond_signal(&p->come);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}

struct pool *pool_new(unsigned threads, unsigned queue)
{
	struct pool *p = calloc(1, sizeof *p);

	if (!p)
		return NULL;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->come, NULL);
	p->room = queue;
	p->ring = calloc(queue, sizeof *p->ring);
	p->ids = calloc(threads, sizeof *p->ids);
	while (p->ring && p->ids && p->threads < threads && pthread_create(&p->ids[p->threads], NULL, work, p) == 0)
		p->threads++;
	if (p->threads == threads)
		return p;
	pool_free(p);
	return NULL;
}

void pool_free(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->ending = true;
	pthread_cond_broadcast(&p->come);
	pthread_mutex_unlock(&p->lock);
	for (unsigned i = 0; i < p->threads; i++)
		pthread_join(p->ids[i], NULL);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->come);
	free(p->ring);
	free(p->ids);
	free(p);
}
