/* keys.h — which keys a file has had already, in 16 bytes a row.
 *
 * Kept are 96 bits of a hash under a random key, so that two different keys of one file are taken for equal less than once in 10^16 files of a
 * million rows. Not for use by two threads at once. */
#ifndef CHIBO_EXCHANGE_KEYS_H
#define CHIBO_EXCHANGE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct keys {
	unsigned char secret[16];
	struct key_slot { uint32_t hash[3], line; } *slots;
	size_t n, room; /* room: a power of two */
};

void keys_begin(struct keys *k);
void keys_end(struct keys *k);
/* The line of the row that had this key before, or 0: then it is remembered with this line. -1: no memory. */
int64_t keys_add(struct keys *k, const void *key, size_t size, int64_t line);
bool keys_has(const struct keys *k, const void *key, size_t size);

#endif
