/* xlsx_date.c — number formats and serial days. Binary fractions appear only here, because the file format has them. */
#include "sheet/xlsx_date.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_1900 = 25569, DAYS_1904 = 24107, SERIAL_MAX = 2958465 }; /* serial of 1970-01-01 in each system; 9999-12-31 */

unsigned format_shows_builtin(unsigned id)
{
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
		return SHOWS_DAY;
	if (id == 22)
		return SHOWS_DAY | SHOWS_TIME;
	return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? SHOWS_TIME : 0;
}

/* Past what a format code only prints: "text", \x, _x, *x, [Red]. An elapsed time [h] is looked at. */
static const char *skip_literal(const char *s)
{
	switch (*s) {
	case '"':
		s = strchr(s + 1, '"');
		return s == NULL ? "" : s + 1;
	case '\\': case '_': case '*':
		return s[1] == '\0' ? "" : s + 2;
	case '[':
		if (strchr("hHmMsS", s[1]) != NULL)
			return s + 1;
		s = strchr(s, ']');
		return s == NULL ? "" : s + 1;
	}
	return NULL;
}

unsigned format_shows(const char *code)
{
	unsigned shows = 0;
	bool month_or_minute = false;

	if (strncmp(code, "General", 7) == 0)
		return 0;
	while (*code != '\0' && *code != ';') {
		const char *after = skip_literal(code);
		if (after != NULL) {
			code = after;
			continue;
		}
		switch (*code++ | 0x20) {
		case 'y': case 'd': shows |= SHOWS_DAY; break;
		case 'h': case 's': shows |= SHOWS_TIME; break;
		case 'm': month_or_minute = true; break;
		}
	}
	return shows == 0 && month_or_minute ? SHOWS_DAY : shows;
}

size_t xlsx_number_text(const char *stored, char out[XLSX_NUMBER_TEXT])
{
	size_t digits = strspn(stored, "-0123456789");
	char *end;
	double d;

	if (stored[digits] != '\0' || digits > 15) {
		d = strtod(stored, &end);
		if (*end == '\0' && end > stored && isfinite(d)) {
			bool whole = fabs(d) < 1e15 && d == floor(d);
			return (size_t)snprintf(out, XLSX_NUMBER_TEXT, whole ? "%.0f" : "%.15g", d);
		}
	}
	return (size_t)snprintf(out, XLSX_NUMBER_TEXT, "%.*s", XLSX_NUMBER_TEXT - 1, stored);
}

size_t xlsx_date_text(const char *stored, unsigned shows, bool from_1904, char out[XLSX_NUMBER_TEXT])
{
	char *end, day_text[MOMENT_TEXT];
	double serial = strtod(stored, &end);
	int64_t minutes, day;

	if (*end != '\0' || end == stored || !(serial >= 0) || serial >= SERIAL_MAX + 1)
		return xlsx_number_text(stored, out);
	minutes = llround(serial * 1440);
	day = minutes / 1440;
	minutes %= 1440;
	if (!(shows & SHOWS_DAY) && day == 0)
		return (size_t)snprintf(out, XLSX_NUMBER_TEXT, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
	if (!from_1904 && day == 60)
		strcpy(day_text, "1900-02-29");
	else
		date_format((struct date){ (int32_t)(day - (from_1904 ? DAYS_1904 : day < 60 ? DAYS_1900 - 1 : DAYS_1900)) }, day_text);
	if (!(shows & SHOWS_TIME))
		return (size_t)snprintf(out, XLSX_NUMBER_TEXT, "%s", day_text);
	return (size_t)snprintf(out, XLSX_NUMBER_TEXT, "%sT%02d:%02d", day_text, (int)(minutes / 60), (int)(minutes % 60));
}

int xlsx_serial(struct date d)
{
	int64_t serial = (int64_t)d.days + DAYS_1900;
	return date_is(d) && serial > 60 && serial <= SERIAL_MAX ? (int)serial : 0;
}
