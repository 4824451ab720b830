/* lang.c — message look-up and the screen forms of dates and numbers. The catalogues are compiled in (gen/po.c). */
#include "base/lang.h"

#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"

static int compare_id(const void *key, const void *row)
{
	return strcmp(key, ((const struct message *)row)->id);
}

const char *tr(enum lang lang, const char *id)
{
	const struct message *m;

	if (lang != LANG_VI)
		return id;
	m = bsearch(id, catalogue_vi, catalogue_vi_count, sizeof *catalogue_vi, compare_id);
	return m ? m->text : id;
}

const char *lang_code(enum lang lang)
{
	return lang == LANG_EN ? "en" : "vi";
}

bool lang_parse(const char *code, enum lang *out)
{
	if (strcmp(code, "vi") == 0)
		*out = LANG_VI;
	else if (strcmp(code, "en") == 0)
		*out = LANG_EN;
	else
		return false;
	return true;
}

static const char *const english_months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static void say_digits(struct out *o, uint64_t n, int least)
{
	char digits[NUM_TEXT];

	out_bytes(o, digits, (size_t)(put_digits(digits, n, least) - digits));
}

void say_date(struct out *o, enum lang lang, struct date d)
{
	int year, month, day;

	if (!date_is(d) || d.days == DATE_EVER.days || d.days == DATE_OPEN.days)
		return;
	date_split(d, &year, &month, &day);
	say_digits(o, (unsigned)day, lang == LANG_EN ? 1 : 2);
	out_char(o, lang == LANG_EN ? ' ' : '/');
	if (lang == LANG_EN)
		out_bytes(o, english_months[month - 1], 3);
	else
		say_digits(o, (unsigned)month, 2);
	out_char(o, lang == LANG_EN ? ' ' : '/');
	say_digits(o, (unsigned)year, lang == LANG_EN ? 1 : 4);
}

void say_moment(struct out *o, enum lang lang, struct moment m)
{
	if (!moment_is(m))
		return;
	struct date d = moment_date(m);
	unsigned in_day = (unsigned)(m.minutes - (int64_t)d.days * 1440);

	if (lang == LANG_EN) {
		say_date(o, lang, d);
		out_bytes(o, ", ", 2);
		say_digits(o, in_day / 60, 2);
		out_char(o, ':');
		say_digits(o, in_day % 60, 2);
		return;
	}
	say_digits(o, in_day / 60, 1);
	out_str(o, " giờ ");
	say_digits(o, in_day % 60, 2);
	out_bytes(o, ", ", 2);
	say_date(o, lang, d);
}

void say_month(struct out *o, enum lang lang, month_no m)
{
	if (lang == LANG_EN)
		out_bytes(o, english_months[m % 12], 3);
	else
		say_digits(o, (unsigned)(m % 12) + 1, 2);
	out_char(o, lang == LANG_EN ? ' ' : '/');
	say_digits(o, (unsigned)(m / 12), 4);
}

/* A quarter or half of a year: Q3 2025, quý III/2025, 6 tháng cuối năm 2025. */
static void say_part(struct out *o, enum lang lang, int months, int part, unsigned year)
{
	static const char *const roman[] = { "I", "II", "III", "IV" };

	if (lang == LANG_EN) {
		out_char(o, months == 3 ? 'Q' : 'H');
		say_digits(o, (unsigned)part + 1, 1);
		out_char(o, ' ');
	} else if (months == 3) {
		out_str(o, "quý ");
		out_str(o, roman[part]);
		out_char(o, '/');
	} else {
		out_str(o, part ? "6 tháng cuối năm " : "6 tháng đầu năm ");
	}
	say_digits(o, year, 1);
}

void say_period(struct out *o, enum lang lang, struct period p)
{
	int n = period_months(p), at = p.from % 12;
	unsigned year = (unsigned)p.from / 12;

	if (n == 1) {
		out_str(o, lang == LANG_EN ? "" : "tháng ");
		say_month(o, lang, p.from);
	} else if (n == 12 && at == 0) {
		out_str(o, lang == LANG_EN ? "" : "năm ");
		say_digits(o, year, 1);
	} else if ((n == 3 || n == 6) && at % n == 0) {
		say_part(o, lang, n, at / n, year);
	} else {
		say_month(o, lang, p.from);
		out_str(o, " – ");
		say_month(o, lang, p.to);
	}
}

void say_int(struct out *o, enum lang lang, int64_t n)
{
	char digits[NUM_TEXT];
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	if (n == INT_UNKNOWN) {
		out_str(o, "–");
		return;
	}
	if (n < 0)
		out_char(o, '-');
	int size = (int)(put_digits(digits, rest, 1) - digits);

	for (int i = 0; i < size; i++) {
		if (i && (size - i) % 3 == 0)
			out_char(o, lang == LANG_EN ? ',' : '.');
		out_char(o, digits[i]);
	}
}

void say_tenths(struct out *o, enum lang lang, struct tenths p)
{
	if (!tenths_is(p)) {
		out_str(o, "–");
		return;
	}
	uint64_t t = p.t < 0 ? (uint64_t)-(int64_t)p.t : (uint64_t)p.t;

	if (p.t < 0)
		out_char(o, '-');
	say_digits(o, t / 10, 1);
	if (t % 10 == 0)
		return;
	out_char(o, lang == LANG_EN ? '.' : ',');
	say_digits(o, t % 10, 1);
}

void say_percent(struct out *o, enum lang lang, int64_t num, int64_t den)
{
	if (den <= 0) {
		out_str(o, "–");
		return;
	}
	uint64_t n = (uint64_t)percent_hundredths(num, den);

	say_digits(o, n / 100, 1);
	out_char(o, lang == LANG_EN ? '.' : ',');
	say_digits(o, n % 100, 2);
	out_str(o, lang == LANG_EN ? "%" : " %");
}

/* ---- the same as texts in an arena ---- */

enum { SHORT_TEXT = 48 };

/* A buffer that begins small: most of these texts are a few bytes long. */
static struct out short_text(struct arena *a)
{
	return (struct out){ .arena = a, .data = arena_alloc(a, SHORT_TEXT), .room = SHORT_TEXT };
}

const char *show_date(struct arena *a, enum lang lang, struct date d)
{
	struct out o = short_text(a);

	say_date(&o, lang, d);
	return out_text(&o);
}

const char *show_moment(struct arena *a, enum lang lang, struct moment m)
{
	struct out o = short_text(a);

	say_moment(&o, lang, m);
	return out_text(&o);
}

const char *show_month(struct arena *a, enum lang lang, month_no m)
{
	struct out o = short_text(a);

	say_month(&o, lang, m);
	return out_text(&o);
}

const char *show_period(struct arena *a, enum lang lang, struct period p)
{
	struct out o = short_text(a);

	say_period(&o, lang, p);
	return out_text(&o);
}

const char *show_int(struct arena *a, enum lang lang, int64_t n)
{
	struct out o = short_text(a);

	say_int(&o, lang, n);
	return out_text(&o);
}

const char *show_tenths(struct arena *a, enum lang lang, struct tenths p)
{
	struct out o = short_text(a);

	say_tenths(&o, lang, p);
	return out_text(&o);
}

const char *show_percent(struct arena *a, enum lang lang, int64_t num, int64_t den)
{
	struct out o = short_text(a);

	say_percent(&o, lang, num, den);
	return out_text(&o);
}
