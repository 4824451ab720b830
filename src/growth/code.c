/* code.c — making and checking of check codes. The sum of place × value must vanish modulo 31, a prime: that finds what code.h promises. */
#include "growth/code.h"

#include <sodium.h>
#include <string.h>

static const char signs[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
enum { PRIME = sizeof signs - 1, GROUP = 5 };

/* Weights 1 to 14 for the random signs; the last one has weight -1, so that it is the sum itself. */
static unsigned sum_of(const unsigned char *value)
{
	unsigned sum = 0;

	for (unsigned i = 0; i + 1 < CODE_SIGNS; i++)
		sum += (i + 1) * value[i];
	return sum % PRIME;
}

static void print(const unsigned char *value, char out[CODE_TEXT])
{
	char *at = out;

	for (unsigned i = 0; i < CODE_SIGNS; i++) {
		if (i && i % GROUP == 0)
			*at++ = '-';
		*at++ = signs[value[i]];
	}
	*at = '\0';
}

void code_make(char out[CODE_TEXT])
{
	unsigned char value[CODE_SIGNS];

	for (unsigned i = 0; i + 1 < CODE_SIGNS; i++)
		value[i] = (unsigned char)randombytes_uniform(PRIME);
	value[CODE_SIGNS - 1] = (unsigned char)sum_of(value);
	print(value, out);
}

bool code_clean(const char *typed, char out[CODE_TEXT])
{
	unsigned char value[CODE_SIGNS];
	unsigned n = 0;

	out[0] = '\0';
	for (const char *s = typed; *s; s++) {
		char upper = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
		const char *at = strchr(signs, upper);

		if (*s == ' ' || *s == '-')
			continue;
		if (!at || n == CODE_SIGNS)
			return false;
		value[n++] = (unsigned char)(at - signs);
	}
	if (n != CODE_SIGNS || value[CODE_SIGNS - 1] != sum_of(value))
		return false;
	print(value, out);
	return true;
}
