/* num.c — exact numbers of num.h. */
#include "base/num.h"

#include <string.h>

/* Writes n backwards from `end`, at least `least` digits; returns where they begin. By hand, because pages hold hundreds of numbers. */
static char *digits_before(char *end, uint64_t n, int least)
{
	do {
		*--end = (char)('0' + n % 10);
		n /= 10;
	} while (--least > 0 || n);
	return end;
}

void tenths_format(struct tenths p, char out[NUM_TEXT])
{
	char text[NUM_TEXT], *at = &text[NUM_TEXT - 1];
	int64_t t = p.t < 0 ? -(int64_t)p.t : p.t;

	if (!tenths_is(p)) {
		out[0] = '\0';
		return;
	}
	*at = '\0';
	*--at = (char)('0' + t % 10);
	*--at = '.';
	at = digits_before(at, (uint64_t)t / 10, 1);
	if (p.t < 0)
		*--at = '-';
	strcpy(out, at);
}

bool int_parse(const char *s, int64_t *out)
{
	bool minus = *s == '-';
	__int128 n = 0;

	if (minus)
		s++;
	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		n = n * 10 + (*s - '0');
		if (n > INT64_MAX)
			return false;
	}
	*out = (int64_t)(minus ? -n : n);
	return true;
}

bool tenths_parse(const char *s, struct tenths *out)
{
	bool minus = *s == '-';
	int64_t n = 0;
	int digits = 0;

	if (minus)
		s++;
	for (; *s >= '0' && *s <= '9'; s++, digits++) {
		n = n * 10 + (*s - '0');
		if (n > INT32_MAX / 10 - 1)
			return false;
	}
	if (!digits)
		return false;
	n *= 10;
	if (*s == '.') {
		if (s[1] < '0' || s[1] > '9')
			return false;
		n += s[1] - '0';
		s += 2;
	}
	if (*s)
		return false;
	out->t = (int32_t)(minus ? -n : n);
	return true;
}

void percent_format(int64_t num, int64_t den, char out[NUM_TEXT])
{
	if (den <= 0) {
		out[0] = '\0';
		return;
	}
	bool small = num < INT64_C(1) << 40 && den < INT64_C(1) << 40; /* then 64 bits do, which is much faster */
	uint64_t n = small ? (uint64_t)((num * 20000 + den) / (den * 2))
	                   : (uint64_t)(((__int128)num * 20000 + den) / ((__int128)den * 2));
	char text[NUM_TEXT], *at = &text[NUM_TEXT - 1];

	*at = '\0';
	at = digits_before(at, n % 100, 2);
	*--at = '.';
	strcpy(out, digits_before(at, n / 100, 1));
}

int rate_compare(int64_t num, int64_t den, int64_t pnum, int64_t pden)
{
	__int128 a = (__int128)num * pden, b = (__int128)pnum * den;

	return (a > b) - (a < b);
}
