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

const char *show_date(struct arena *a, enum lang lang, struct date d)
{
	int year, month, day;

	if (!date_is(d) || d.days == DATE_EVER.days || d.days == DATE_OPEN.days)
		return "";
	date_split(d, &year, &month, &day);
	if (lang == LANG_EN)
		return arena_printf(a, "%d %s %d", day, english_months[month - 1], year);
	return arena_printf(a, "%02d/%02d/%04d", day, month, year);
}

const char *show_moment(struct arena *a, enum lang lang, struct moment m)
{
	if (!moment_is(m))
		return "";
	struct date d = moment_date(m);
	int in_day = (int)(m.minutes - (int64_t)d.days * 1440);

	if (lang == LANG_EN)
		return arena_printf(a, "%s, %02d:%02d", show_date(a, lang, d), in_day / 60, in_day % 60);
	return arena_printf(a, "%d giờ %02d, %s", in_day / 60, in_day % 60, show_date(a, lang, d));
}

const char *show_month(struct arena *a, enum lang lang, month_no m)
{
	if (lang == LANG_EN)
		return arena_printf(a, "%s %d", english_months[m % 12], m / 12);
	return arena_printf(a, "%02d/%04d", m % 12 + 1, m / 12);
}

const char *show_period(struct arena *a, enum lang lang, struct period p)
{
	static const char *const roman[] = { "I", "II", "III", "IV" };
	int n = period_months(p), at = p.from % 12, year = p.from / 12;
	bool en = lang == LANG_EN;

	if (n == 1)
		return arena_printf(a, "%s%s", en ? "" : "tháng ", show_month(a, lang, p.from));
	if (n == 12 && at == 0)
		return arena_printf(a, "%s%d", en ? "" : "năm ", year);
	if (n == 3 && at % 3 == 0)
		return en ? arena_printf(a, "Q%d %d", at / 3 + 1, year) : arena_printf(a, "quý %s/%d", roman[at / 3], year);
	if (n == 6 && at % 6 == 0)
		return en ? arena_printf(a, "H%d %d", at / 6 + 1, year)
		          : arena_printf(a, "6 tháng %s năm %d", at ? "cuối" : "đầu", year);
	return arena_printf(a, "%s – %s", show_month(a, lang, p.from), show_month(a, lang, p.to));
}

const char *show_int(struct arena *a, enum lang lang, int64_t n)
{
	char digits[NUM_TEXT + 10];
	int at = sizeof digits - 1, count = 0;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	if (n == INT_UNKNOWN)
		return "–";
	digits[at] = '\0';
	do {
		if (count && count % 3 == 0)
			digits[--at] = lang == LANG_EN ? ',' : '.';
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
		count++;
	} while (rest);
	if (n < 0)
		digits[--at] = '-';
	return arena_strdup(a, digits + at);
}

/* The decimal point of files becomes the comma of Vietnamese screens. */
static const char *with_mark(struct arena *a, enum lang lang, const char *number)
{
	char *s = arena_strdup(a, number), *point = strchr(s, '.');

	if (point && lang != LANG_EN)
		*point = ',';
	return s;
}

const char *show_tenths(struct arena *a, enum lang lang, struct tenths p)
{
	char text[NUM_TEXT];
	size_t n;

	if (!tenths_is(p))
		return "–";
	tenths_format(p, text);
	n = strlen(text);
	if (n > 2 && strcmp(text + n - 2, ".0") == 0)
		text[n - 2] = '\0';
	return with_mark(a, lang, text);
}

const char *show_percent(struct arena *a, enum lang lang, int64_t num, int64_t den)
{
	char text[NUM_TEXT + 2];

	if (den <= 0)
		return "–";
	percent_format(num, den, text);
	strcat(text, lang == LANG_EN ? "%" : " %");
	return with_mark(a, lang, text);
}
