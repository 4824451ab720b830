/* date.c — calendar arithmetic on day numbers (the era method: 400-year cycles of 146,097 days). */
#include "base/date.h"

#include "base/num.h"
#include <string.h>

struct date date_of(int year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (struct date){ (int32_t)(era * 146097 + doe - 719468) };
}

void date_split(struct date d, int *year, int *month, int *day)
{
	int64_t z = (int64_t)d.days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

int date_weekday(struct date d)
{
	int r = (int)(((int64_t)d.days + 3) % 7); /* 1970-01-01 was a Thursday */

	return (r < 0 ? r + 7 : r) + 1;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

struct date date_add_months(struct date d, int n)
{
	int y, m, day;

	date_split(d, &y, &m, &day);
	month_no to = month_of(y, m) + n;
	int last = month_days(to / 12, to % 12 + 1);

	return date_of(to / 12, to % 12 + 1, day < last ? day : last);
}

/* Exactly n digits. */
static bool digits(const char *s, int n, int *out)
{
	*out = 0;
	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*out = *out * 10 + (s[i] - '0');
	}
	return true;
}

static bool parse_day(const char *s, struct date *out)
{
	int y, m, d;

	if (!digits(s, 4, &y) || s[4] != '-' || !digits(s + 5, 2, &m) || s[7] != '-' || !digits(s + 8, 2, &d))
		return false;
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > month_days(y, m))
		return false;
	*out = date_of(y, m, d);
	return true;
}

bool date_parse(const char *s, struct date *out)
{
	return strlen(s) == 10 && parse_day(s, out);
}

bool moment_parse(const char *s, struct moment *out)
{
	struct date d;
	int hour, minute;

	if (strlen(s) != 16 || !parse_day(s, &d) || s[10] != 'T' || !digits(s + 11, 2, &hour) || s[13] != ':' ||
	    !digits(s + 14, 2, &minute) || hour > 23 || minute > 59)
		return false;
	out->minutes = (int64_t)d.days * 1440 + hour * 60 + minute;
	return true;
}

/* Two digits of n. By hand: dates are written by the million, and printf takes longer than all the rest. */
static void put2(char *to, int n)
{
	to[0] = (char)('0' + n / 10 % 10);
	to[1] = (char)('0' + n % 10);
}

void date_format(struct date d, char out[DATE_TEXT])
{
	int y, m, day;

	out[0] = '\0';
	if (!date_is(d))
		return;
	date_split(d, &y, &m, &day);
	put2(out, y / 100);
	put2(out + 2, y);
	out[4] = out[7] = '-';
	put2(out + 5, m);
	put2(out + 8, day);
	out[10] = '\0';
}

void moment_format(struct moment m, char out[MOMENT_TEXT])
{
	out[0] = '\0';
	if (!moment_is(m))
		return;
	struct date d = moment_date(m);
	int in_day = (int)(m.minutes - (int64_t)d.days * 1440);

	date_format(d, out);
	out[10] = 'T';
	put2(out + 11, in_day / 60);
	out[13] = ':';
	put2(out + 14, in_day % 60);
	out[16] = '\0';
}

month_no date_month(struct date d)
{
	int y, m, day;

	date_split(d, &y, &m, &day);
	return month_of(y, m);
}

struct date month_first(month_no m)
{
	return date_of(m / 12, m % 12 + 1, 1);
}

struct date month_last(month_no m)
{
	return date_of(m / 12, m % 12 + 1, month_days(m / 12, m % 12 + 1));
}

void month_format(month_no m, char out[MONTH_TEXT])
{
	char *to = put_digits(out, (unsigned)(m / 12) % 10000u, 4);

	*to++ = '-';
	*put_digits(to, (unsigned)(m % 12) + 1, 2) = '\0';
}

/* The part behind "2025": "", "-03", "-Q3" or "-H1". */
static bool parse_part(const char *s, int year, struct period *out)
{
	int n;
	month_no first = month_of(year, 1);

	if (!*s)
		*out = (struct period){ first, first + 11 };
	else if (s[0] == '-' && s[1] == 'Q' && s[2] >= '1' && s[2] <= '4' && !s[3])
		*out = (struct period){ first + (s[2] - '1') * 3, first + (s[2] - '1') * 3 + 2 };
	else if (s[0] == '-' && s[1] == 'H' && (s[2] == '1' || s[2] == '2') && !s[3])
		*out = (struct period){ first + (s[2] - '1') * 6, first + (s[2] - '1') * 6 + 5 };
	else if (s[0] == '-' && digits(s + 1, 2, &n) && n >= 1 && n <= 12 && !s[3])
		*out = (struct period){ first + n - 1, first + n - 1 };
	else
		return false;
	return true;
}

bool period_parse(const char *s, struct period *out)
{
	int year;
	const char *dots = strstr(s, "..");

	if (dots) {
		char from[16];
		struct period a, b;

		if (dots - s >= (int)sizeof from)
			return false;
		memcpy(from, s, (size_t)(dots - s));
		from[dots - s] = '\0';
		if (strstr(dots + 2, "..") || !period_parse(from, &a) || !period_parse(dots + 2, &b) || a.from > b.to)
			return false;
		*out = (struct period){ a.from, b.to };
		return true;
	}
	return digits(s, 4, &year) && year >= 1 && parse_part(s + 4, year, out);
}

/* "-Q3": the letter and the number of the part of a year. */
static void put_part(char *to, char letter, int n)
{
	*to++ = '-';
	*to++ = letter;
	*put_digits(to, (uint64_t)n, 1) = '\0';
}

void period_format(struct period p, char out[PERIOD_TEXT])
{
	int n = period_months(p), at = p.from % 12;

	month_format(p.from, out);
	if (n == 12 && at == 0)
		out[4] = '\0';
	else if (n == 3 && at % 3 == 0)
		put_part(out + 4, 'Q', at / 3 + 1);
	else if (n == 6 && at % 6 == 0)
		put_part(out + 4, 'H', at / 6 + 1);
	else if (n != 1) {
		out[7] = out[8] = '.';
		month_format(p.to, out + 9);
	}
}
