/* pool.h — a fixed number of threads that take work from a bounded queue. */
#ifndef CHIBO_HTTP_POOL_H
#define CHIBO_HTTP_POOL_H

#include <stdbool.h>

struct pool;

struct pool *pool_new(unsigned threads, unsigned queue);
/* False: the queue is full. */
bool pool_add(struct pool *p, void (*run)(void *arg), void *arg);
/* Finishes everything in the queue, then ends the threads. */
void pool_free(struct pool *p);

#endif
