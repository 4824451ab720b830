/* id.h — identifiers made by the application.
 *
 * 63 bits: 41 of milliseconds since 2020, 10 of node, 12 of a counter. Time-ordered, unique across servers with different
 * node numbers, never a sequence of the database (design, section 7). */
#ifndef CHIBO_BASE_ID_H
#define CHIBO_BASE_ID_H

#include <stdint.h>

/* 0…1023; set once at start. */
void id_set_node(unsigned node);
/* A new id, thread-safe, greater than every earlier one of this process. */
int64_t id_new(void);
/* Makes ids repeat exactly from here on (demo, tests): the first is `seed`-based and each next is one more. */
void id_set_fixed(int64_t first);

/* When an id was made: milliseconds since 1970. Ids that were fixed (id_set_fixed) all seem to be of 2020. */
int64_t id_time(int64_t id);

#endif
