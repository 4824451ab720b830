/* codes.c — open addressing, doubled at two thirds. The table is on the heap and freed with the arena. */
#include "org/codes.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct slot { uint64_t key[2]; int64_t value; };

struct codes {
	unsigned char secret[crypto_shorthash_siphashx24_KEYBYTES];
	struct slot *slots; /* key 0, 0: free */
	size_t room, n;
};

static void done(void *arg)
{
	free(((struct codes *)arg)->slots);
}

static struct slot *slots_new(size_t room)
{
	struct slot *v = calloc(room, sizeof *v);

	if (!v)
		abort();
	return v;
}

struct codes *codes_new(struct arena *a)
{
	struct codes *set = ARENA_NEW(a, struct codes);

	if (sodium_init() < 0)
		abort();

	randombytes_buf(set->secret, sizeof set->secret);
	set->room = 1024;
	set->slots = slots_new(set->room);
	arena_defer(a, done, set);
	return set;
}

static void key_of(const struct codes *set, int64_t realm, const char *code, uint64_t key[2])
{
	unsigned char text[8 + 256], *long_text = NULL, *in = text;
	size_t n = strlen(code);

	if (n > sizeof text - 8)
		in = long_text = malloc(n + 8);
	if (!in)
		abort();
	memcpy(in, &realm, 8);
	memcpy(in + 8, code, n);
	crypto_shorthash_siphashx24((unsigned char *)key, in, n + 8, set->secret);
	key[0] |= 1;
	free(long_text);
}

static struct slot *find(const struct codes *set, const uint64_t key[2])
{
	size_t at = key[0] >> 1 & (set->room - 1);

	while (set->slots[at].key[0] && (set->slots[at].key[0] != key[0] || set->slots[at].key[1] != key[1]))
		at = (at + 1) & (set->room - 1);
	return &set->slots[at];
}

static void grow(struct codes *set)
{
	struct slot *old = set->slots;
	size_t room = set->room;

	set->room *= 2;
	set->slots = slots_new(set->room);
	for (size_t i = 0; i < room; i++)
		if (old[i].key[0])
			*find(set, old[i].key) = old[i];
	free(old);
}

void codes_put(struct codes *set, int64_t realm, const char *code, int64_t value)
{
	uint64_t key[2];
	struct slot *s;

	if (set->n * 3 >= set->room * 2)
		grow(set);
	key_of(set, realm, code, key);
	s = find(set, key);
	set->n += !s->key[0];
	*s = (struct slot){ { key[0], key[1] }, value };
}

bool codes_get(const struct codes *set, int64_t realm, const char *code, int64_t *value)
{
	uint64_t key[2];
	const struct slot *s;

	key_of(set, realm, code, key);
	s = find(set, key);
	if (!s->key[0])
		return false;
	*value = s->value;
	return true;
}
