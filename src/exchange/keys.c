/* keys.c — an open hash table of hashes. */
#include "exchange/keys.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void keys_begin(struct keys *k)
{
	*k = (struct keys){ 0 };
	randombytes_buf(k->secret, sizeof k->secret);
}

void keys_end(struct keys *k)
{
	free(k->slots);
	k->slots = NULL;
	k->n = k->room = 0;
}

/* A line of 0 marks a free slot. */
static struct key_slot slot_of(const struct keys *k, const void *key, size_t size, int64_t line)
{
	unsigned char hash[crypto_shorthash_siphashx24_BYTES];
	struct key_slot s;

	crypto_shorthash_siphashx24(hash, key, size, k->secret);
	memcpy(s.hash, hash, sizeof s.hash);
	s.line = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
	return s;
}

/* The slot with this hash, or the free one where it belongs. */
static struct key_slot *find(const struct keys *k, const struct key_slot *s)
{
	size_t i = s->hash[0] & (k->room - 1);

	while (k->slots[i].line != 0 && memcmp(k->slots[i].hash, s->hash, sizeof s->hash) != 0)
		i = (i + 1) & (k->room - 1);
	return &k->slots[i];
}

static bool grow(struct keys *k)
{
	struct keys larger = *k;

	larger.room = k->room == 0 ? 4096 : 2 * k->room;
	larger.slots = calloc(larger.room, sizeof *larger.slots);
	if (larger.slots == NULL)
		return false;
	for (size_t i = 0; i < k->room; i++)
		if (k->slots[i].line != 0)
			*find(&larger, &k->slots[i]) = k->slots[i];
	free(k->slots);
	*k = larger;
	return true;
}

int64_t keys_add(struct keys *k, const void *key, size_t size, int64_t line)
{
	struct key_slot s = slot_of(k, key, size, line > 0 ? line : 1), *at;

	if (3 * (k->n + 1) > 2 * k->room && !grow(k))
		return -1;
	at = find(k, &s);
	if (at->line != 0)
		return at->line;
	*at = s;
	k->n++;
	return 0;
}

bool keys_has(const struct keys *k, const void *key, size_t size)
{
	struct key_slot s = slot_of(k, key, size, 1);
	return k->room > 0 && find(k, &s)->line != 0;
}
