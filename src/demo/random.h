/* random.h — numbers that look random and are the same for the same seed (SplitMix64). Not for secrets. */
#ifndef CHIBO_DEMO_RANDOM_H
#define CHIBO_DEMO_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct rng { uint64_t state; };

uint64_t rng_next(struct rng *r);
/* 0 … n-1; n > 0 */
int rng_below(struct rng *r, int n);
/* low … high, both inclusive */
int rng_between(struct rng *r, int low, int high);
/* true `per_mille` times of 1,000 */
bool rng_chance(struct rng *r, int per_mille);
/* An independent stream for part `n` of whatever `r` drives: adding parts does not disturb the others. */
struct rng rng_part(const struct rng *r, uint64_t n);

#endif
