/* ical.c — lines of a calendar: folding, escaping, times. */
#include "notice/ical.h"

#include <string.h>

#include "base/call.h"

enum { FOLD = 75 };

/* ---------------------------------------------------------------- lines */

static bool inside_character(char ch)
{
	return ((unsigned char)ch & 0xC0) == 0x80;
}

/* One content line, folded: a line break and a space never fall inside a character. */
static void put_line(struct out *o, const char *line, size_t n)
{
	size_t room = FOLD;

	while (n > room) {
		size_t cut = room;

		while (cut > 1 && inside_character(line[cut]))
			cut--;
		out_bytes(o, line, cut);
		out_str(o, "\r\n ");
		line += cut;
		n -= cut;
		room = FOLD - 1;
	}
	out_bytes(o, line, n);
	out_str(o, "\r\n");
}

static void put(struct out *o, const char *line)
{
	put_line(o, line, strlen(line));
}

/* TEXT values: backslash, semicolon, comma and line break are escaped; other control characters have no place in a calendar. */
static void escape(struct out *o, const char *s)
{
	for (; *s; s++) {
		if (*s == '\n')
			out_str(o, "\\n");
		else if (strchr("\\;,", *s))
			out_printf(o, "\\%c", *s);
		else if ((unsigned char)*s >= ' ' || *s == '\t')
			out_char(o, *s);
	}
}

static void put_text(struct out *o, const char *name, const char *value)
{
	struct out line;

	if (!value || !*value)
		return;
	out_memory(&line, NULL);
	out_printf(&line, "%s:", name);
	escape(&line, value);
	put_line(o, line.data, line.size);
	out_free(&line);
}

/* Parameter values stand in quotes and cannot hold any themselves. */
static void put_person(struct out *o, const char *name, const char *parameters, const char *full_name, const char *address)
{
	struct out line;

	if (!address || !*address)
		return;
	out_memory(&line, NULL);
	out_printf(&line, "%s%s", name, parameters);
	if (full_name && *full_name) {
		out_str(&line, ";CN=\"");
		for (const char *s = full_name; *s; s++)
			if ((unsigned char)*s >= ' ' && *s != '"')
				out_char(&line, *s);
		out_char(&line, '"');
	}
	out_printf(&line, ":mailto:%s", address);
	put_line(o, line.data, line.size);
	out_free(&line);
}

/* ---------------------------------------------------------------- times */

static void digits_of(struct moment at, char out[16])
{
	int64_t minutes = at.minutes - (int64_t)moment_date(at).days * 1440;
	int y, m, d;

	date_split(moment_date(at), &y, &m, &d);
	snprintf(out, 16, "%04u%02u%02uT%02u%02u00", (unsigned)y % 10000u, (unsigned)m % 100u, (unsigned)d % 100u, (unsigned)(minutes / 60) % 100u,
	         (unsigned)(minutes % 60) % 100u);
}

static void put_local(struct out *o, const char *name, struct moment at)
{
	char digits[16], line[80];

	digits_of(at, digits);
	snprintf(line, sizeof line, "%s;TZID=Asia/Ho_Chi_Minh:%s", name, digits);
	put(o, line);
}

static void put_stamp(struct out *o, const char *name, int64_t ms)
{
	int64_t seconds = ms / 1000;
	char digits[16], line[80];

	digits_of((struct moment){ seconds / 60 }, digits);
	snprintf(line, sizeof line, "%s:%.13s%02uZ", name, digits, (unsigned)(seconds % 60));
	put(o, line);
}

/* ---------------------------------------------------------------- the calendar */

static const char *method_word(enum ical_method m)
{
	static const char *const words[] = { "PUBLISH", "REQUEST", "CANCEL" };

	return words[m];
}

/* One offset since 1975: no daylight saving time to tell of. */
static const char *const timezone_lines[] = {
	"BEGIN:VTIMEZONE", "TZID:Asia/Ho_Chi_Minh", "BEGIN:STANDARD", "DTSTART:19750613T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0700", "TZNAME:+07",
	"END:STANDARD", "END:VTIMEZONE", NULL,
};

void ical_begin(struct out *o, enum ical_method method, const char *name)
{
	put(o, "BEGIN:VCALENDAR");
	put(o, "VERSION:2.0");
	put(o, "PRODID:-//chibo//chibo " CHIBO_VERSION "//VI");
	put(o, "CALSCALE:GREGORIAN");
	put_text(o, "METHOD", method_word(method));
	put_text(o, "X-WR-CALNAME", name);
	if (name)
		put(o, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
	for (const char *const *line = timezone_lines; *line; line++)
		put(o, *line);
}

static void put_sequence(struct out *o, int64_t sequence)
{
	char line[40];

	snprintf(line, sizeof line, "SEQUENCE:%lld", (long long)(sequence > 0 ? sequence : 0));
	put(o, line);
}

void ical_event(struct out *o, const struct ical_event *e)
{
	static const char *const statuses[] = { "TENTATIVE", "CONFIRMED", "CANCELLED" };

	put(o, "BEGIN:VEVENT");
	put_text(o, "UID", e->uid);
	put_stamp(o, "DTSTAMP", e->stamp_ms);
	put_stamp(o, "LAST-MODIFIED", e->stamp_ms);
	put_sequence(o, e->sequence);
	put_local(o, "DTSTART", e->starts_at);
	put_local(o, "DTEND", e->ends_at);
	put_text(o, "STATUS", statuses[e->status]);
	put_text(o, "SUMMARY", e->summary);
	put_text(o, "LOCATION", e->location);
	put_text(o, "DESCRIPTION", e->description);
	if (e->url && *e->url) {
		out_str(o, "URL:");
		put(o, e->url);
	}
	put_person(o, "ORGANIZER", "", NULL, e->organizer);
	put_person(o, "ATTENDEE", ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE", e->attendee_name, e->attendee);
	put(o, "END:VEVENT");
}

void ical_end(struct out *o)
{
	put(o, "END:VCALENDAR");
}
