/* names.h — made-up names of people, places and cells, in believable proportions. Nobody and no place is meant. */
#ifndef CHIBO_DEMO_NAMES_H
#define CHIBO_DEMO_NAMES_H

#include "base/arena.h"
#include "demo/random.h"

/* "Nguyễn Thị Minh Hằng" */
const char *name_person(struct arena *a, struct rng *r);
/* "An Bình", "Phú Lộc": two syllables; `n` picks it, different for n up to name_place_count(). */
const char *name_place(struct arena *a, int n);
int name_place_count(void);

#endif
