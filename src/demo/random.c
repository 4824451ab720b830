/* random.c — SplitMix64 and what is drawn from it. */
#include "demo/random.h"

uint64_t rng_next(struct rng *r)
{
	uint64_t z = r->state += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

int rng_below(struct rng *r, int n)
{
	return (int)((rng_next(r) >> 32) * (uint64_t)n >> 32);
}

int rng_between(struct rng *r, int low, int high)
{
	return low + rng_below(r, high - low + 1);
}

bool rng_chance(struct rng *r, int per_mille)
{
	return rng_below(r, 1000) < per_mille;
}

struct rng rng_part(const struct rng *r, uint64_t n)
{
	struct rng part = { r->state ^ (n + 1) * 0xD6E8FEB86659FD93u };

	rng_next(&part);
	return part;
}
