/* parse.c — see parse.h. All loops run once over their input. */
#include "http/parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

static int hex_digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	ch = (char)(ch | 0x20);
	return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

bool parse_percent(struct arena *a, const char *s, size_t n, bool plus, const char **out)
{
	char *text = arena_alloc(a, n + 1);
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		char ch = s[i];

		if (ch == '%') {
			int high = n - i > 2 ? hex_digit(s[i + 1]) : -1;
			int low = high >= 0 ? hex_digit(s[i + 2]) : -1;

			if (low < 0)
				return false;
			ch = (char)(high * 16 + low);
			i += 2;
		} else if (ch == '+' && plus) {
			ch = ' ';
		}
		text[to++] = ch;
	}
	*out = text;
	return text_is_utf8(text, to);
}

static bool add_pair(struct arena *a, const char *s, size_t n, struct pairs *out)
{
	const char *equals = memchr(s, '=', n), *name, *value;
	size_t name_n = equals ? (size_t)(equals - s) : n;

	if (!parse_percent(a, s, name_n, true, &name) || out->n >= PARSE_PAIRS_MOST)
		return false;
	value = "";
	if (equals && !parse_percent(a, equals + 1, n - name_n - 1, true, &value))
		return false;
	pairs_add(a, out, name, value);
	return true;
}

bool parse_urlencoded(struct arena *a, const char *s, size_t n, struct pairs *out)
{
	const char *end = s + n;

	while (s < end) {
		const char *amp = memchr(s, '&', (size_t)(end - s));
		size_t part = amp ? (size_t)(amp - s) : (size_t)(end - s);

		if (part && !add_pair(a, s, part, out))
			return false;
		s += part + (amp != NULL);
	}
	return true;
}

static const char *skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

const char *parse_cookie(struct arena *a, const char *header, const char *name)
{
	size_t name_n = strlen(name);

	while (header && *header) {
		header = skip_blanks(header);
		size_t n = strcspn(header, ";");

		if (n > name_n && strncmp(header, name, name_n) == 0 && header[name_n] == '=')
			return arena_strndup(a, header + name_n + 1, n - name_n - 1);
		header += n + (header[n] == ';');
	}
	return NULL;
}

bool media_is(const char *header, const char *type)
{
	size_t n = strlen(type);

	if (!header)
		return false;
	header = skip_blanks(header);
	return strncasecmp(header, type, n) == 0 && (header[n] == '\0' || strchr("; \t", header[n]));
}

/* A value behind `=`: quoted (a backslash only escapes a quote: names of files hold them) or up to the next `;`. */
static const char *parameter_value(struct arena *a, const char *s)
{
	if (*s != '"') {
		size_t n = strcspn(s, "; \t");
		return n ? arena_strndup(a, s, n) : NULL;
	}
	char *text = arena_alloc(a, strlen(s) + 1);
	size_t to = 0;

	for (s++; *s && *s != '"'; s++) {
		if (s[0] == '\\' && s[1] == '"')
			s++;
		text[to++] = *s;
	}
	return *s == '"' ? text : NULL;
}

/* Behind the end of one parameter. */
static const char *skip_parameter(const char *s)
{
	for (; *s && *s != ';'; s++) {
		if (*s != '"')
			continue;
		for (s++; *s && *s != '"'; s++)
			if (s[0] == '\\' && s[1] == '"')
				s++;
		if (!*s)
			return s;
	}
	return s;
}

const char *parse_parameter(struct arena *a, const char *header, const char *name)
{
	size_t n = strlen(name);
	const char *s = header ? strchr(header, ';') : NULL;

	while (s && *s == ';') {
		s = skip_blanks(s + 1);
		if (strncasecmp(s, name, n) == 0 && s[n] == '=')
			return parameter_value(a, s + n + 1);
		s = skip_parameter(s);
	}
	return NULL;
}

/* ---- preferences ---- */

/* The weight of one part of a list, in thousandths: "…;q=0.5" is 500. */
static int weight(const char *part, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++) {
		if (part[i] != ';')
			continue;
		const char *s = skip_blanks(part + i + 1);

		if ((*s | 0x20) == 'q' && s[1] == '=')
			return (int)(strtod(s + 2, NULL) * 1000.0 + 0.5);
	}
	return 1000;
}

static bool part_is(const char *part, size_t n, const char *word)
{
	size_t length = strcspn(part, "; \t,");

	return length <= n && length == strlen(word) && strncasecmp(part, word, length) == 0;
}

static bool part_ends(const char *part, size_t n, const char *end)
{
	size_t length = strcspn(part, "; \t,"), end_n = strlen(end);

	return length <= n && length >= end_n && strncasecmp(part + length - end_n, end, end_n) == 0;
}

bool accept_prefers_json(const char *accept)
{
	int json = 0, html = 0;

	while (accept && *accept) {
		accept = skip_blanks(accept);
		size_t n = strcspn(accept, ",");

		if (part_is(accept, n, "application/json") || part_ends(accept, n, "+json"))
			json = weight(accept, n) > json ? weight(accept, n) : json;
		else if (part_is(accept, n, "text/html"))
			html = weight(accept, n);
		accept += n + (accept[n] == ',');
	}
	return json > html;
}

bool accept_gzip(const char *accept)
{
	while (accept && *accept) {
		accept = skip_blanks(accept);
		size_t n = strcspn(accept, ",");

		if (part_is(accept, n, "gzip") || part_is(accept, n, "*"))
			return weight(accept, n) > 0;
		accept += n + (accept[n] == ',');
	}
	return false;
}

bool etag_listed(const char *list, const char *tag)
{
	size_t n = strlen(tag);

	while (list && *list) {
		list = skip_blanks(list);
		if (*list == '*')
			return true;
		if (strncmp(list, "W/", 2) == 0)
			list += 2;
		if (list[0] == '"' && strncmp(list + 1, tag, n) == 0 && list[n + 1] == '"')
			return true;
		list += strcspn(list, ",");
		list += *list == ',';
	}
	return false;
}
