/* id.c — time-ordered ids; one atomic word holds the last id made. */
#include "base/id.h"

#include <stdatomic.h>
#include <time.h>

static _Atomic int64_t last;
static _Atomic int64_t node_bits;
static _Atomic int fixed;

#define EPOCH_2020_MS 1577836800000LL

void id_set_node(unsigned node)
{
	atomic_store(&node_bits, (int64_t)(node & 1023) << 12);
}

void id_set_fixed(int64_t first)
{
	atomic_store(&last, first - 1);
	atomic_store(&fixed, 1);
}

static int64_t candidate(int64_t before)
{
	struct timespec ts;

	if (atomic_load(&fixed))
		return before + 1;
	clock_gettime(CLOCK_REALTIME, &ts);
	int64_t ms = (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000 - EPOCH_2020_MS;
	int64_t fresh = ms << 22 | atomic_load(&node_bits);

	if (fresh > before)
		return fresh;
	/* same millisecond, or the clock went back: count on; when the 12 bits are used up, borrow the next millisecond */
	if ((before & 4095) < 4095)
		return before + 1;
	return (((before >> 22) + 1) << 22) | atomic_load(&node_bits);
}

int64_t id_new(void)
{
	int64_t before = atomic_load(&last), next;

	do
		next = candidate(before);
	while (!atomic_compare_exchange_weak(&last, &before, next));
	return next;
}

int64_t id_time(int64_t id)
{
	return (id >> 22) + EPOCH_2020_MS;
}
