/* num.c — exact numbers of num.h. */
#include "base/num.h"

#include <string.h>

char *put_digits(char *to, uint64_t n, int least)
{
	char digits[20];
	int at = 20;

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	for (; 20 - at < least && at > 0;)
		digits[--at] = '0';
	memcpy(to, digits + at, (size_t)(20 - at));
	return to + (20 - at);
}

void tenths_format(struct tenths p, char out[NUM_TEXT])
{
	if (!tenths_is(p)) {
		out[0] = '\0';
		return;
	}
	int64_t t = p.t;

	if (t < 0) {
		*out++ = '-';
		t = -t;
	}
	out = put_digits(out, (uint64_t)t / 10, 1);
	*out++ = '.';
	*put_digits(out, (uint64_t)t % 10, 1) = '\0';
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

int64_t percent_hundredths(int64_t num, int64_t den)
{
	if (num < INT64_MAX / 40000 && den < INT64_MAX / 4)
		return (num * 20000 + den) / (den * 2);
	return (int64_t)(((__int128)num * 20000 + den) / ((__int128)den * 2));
}

void percent_format(int64_t num, int64_t den, char out[NUM_TEXT])
{
	if (den <= 0) {
		out[0] = '\0';
		return;
	}
	int64_t n = percent_hundredths(num, den);

	out = put_digits(out, (uint64_t)n / 100, 1);
	*out++ = '.';
	*put_digits(out, (uint64_t)n % 100, 2) = '\0';
}

int rate_compare(int64_t num, int64_t den, int64_t pnum, int64_t pden)
{
	__int128 a = (__int128)num * pden, b = (__int128)pnum * den;

	return (a > b) - (a < b);
}
