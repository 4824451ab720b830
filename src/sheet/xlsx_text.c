/* xlsx_text.c — entities and escapes. There are no others: documents that declare entities are refused. */
#include "sheet/xlsx_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool xml_is_plain(const char *s, size_t n)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	uint64_t seen = 0;

	for (; n >= 8; s += 8, n -= 8) {
		uint64_t w, amp, low, cr;
		memcpy(&w, s, sizeof w);
		amp = w ^ ones * '&';
		low = w ^ ones * '_';
		cr = w ^ ones * '\r';
		/* a borrow may report too much after a real hit, never too little */
		seen |= (w | (w - ones) | (amp - ones) | (low - ones) | (cr - ones)) & tops;
	}
	for (; n > 0; s++, n--)
		seen |= *s == '\0' || *s == '&' || *s == '_' || *s == '\r' || (unsigned char)*s >= 0x80;
	return seen == 0;
}

/* UTF-8 of a character that XML allows; 0 bytes for others. */
static size_t put_char(char *to, unsigned long ch)
{
	if (ch < 0x20 ? ch != '\t' && ch != '\n' && ch != '\r' : (ch >= 0xD800 && ch < 0xE000) || ch > 0x10FFFF)
		return 0;
	if (ch < 0x80) {
		to[0] = (char)ch;
		return 1;
	}
	if (ch < 0x800) {
		to[0] = (char)(0xC0 | ch >> 6);
		to[1] = (char)(0x80 | (ch & 0x3F));
		return 2;
	}
	if (ch < 0x10000) {
		to[0] = (char)(0xE0 | ch >> 12);
		to[1] = (char)(0x80 | (ch >> 6 & 0x3F));
		to[2] = (char)(0x80 | (ch & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | ch >> 18);
	to[1] = (char)(0x80 | (ch >> 12 & 0x3F));
	to[2] = (char)(0x80 | (ch >> 6 & 0x3F));
	to[3] = (char)(0x80 | (ch & 0x3F));
	return 4;
}

/* The entity at s ("amp;…", behind the &): its length with the semicolon, its UTF-8 in `to`. 0: none. */
static size_t entity(const char *s, size_t n, char *to, size_t *put)
{
	static const struct { const char *name; char ch; } names[] = {
		{ "amp;", '&' }, { "lt;", '<' }, { "gt;", '>' }, { "quot;", '"' }, { "apos;", '\'' },
	};
	const char *end = memchr(s, ';', n < 12 ? n : 12);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (n >= strlen(names[i].name) && memcmp(s, names[i].name, strlen(names[i].name)) == 0) {
			*to = names[i].ch;
			*put = 1;
			return strlen(names[i].name);
		}
	if (end == NULL || *s != '#' || end < s + 2)
		return 0;
	bool hex = s[1] == 'x';
	const char *digits = s + 1 + hex;
	if (strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789") != (size_t)(end - digits) || digits == end)
		return 0;
	*put = put_char(to, strtoul(digits, NULL, hex ? 16 : 10));
	return *put == 0 ? 0 : (size_t)(end + 1 - s);
}

bool xml_decode(char *s, size_t *n)
{
	char *to = s, *from = s, *end = s + *n;

	while (from < end) {
		if (*from == '&') {
			size_t put, len = entity(from + 1, (size_t)(end - from - 1), to, &put);
			if (len == 0)
				return false;
			to += put;
			from += 1 + len;
		} else if (*from == '\r') {
			*to++ = '\n';
			from += 1 + (from + 1 < end && from[1] == '\n');
		} else {
			*to++ = *from++;
		}
	}
	*n = (size_t)(to - s);
	return true;
}

static int hex_digit(char ch)
{
	return ch >= '0' && ch <= '9' ? ch - '0' : (ch | 0x20) >= 'a' && (ch | 0x20) <= 'f' ? (ch | 0x20) - 'a' + 10 : -1;
}

/* The code unit of "_x000D_" at s, or -1. */
static int escaped(const char *s, size_t n)
{
	int unit = 0;

	if (n < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		if (hex_digit(s[i]) < 0)
			return -1;
		unit = unit * 16 + hex_digit(s[i]);
	}
	return unit;
}

void xlsx_unescape(char *s, size_t *n)
{
	char *to = s, *from = memchr(s, '_', *n), *end = s + *n;

	if (from == NULL)
		return;
	to = from;
	while (from < end) {
		int unit = *from == '_' ? escaped(from, (size_t)(end - from)) : -1;
		if (unit < 0) {
			*to++ = *from++;
			continue;
		}
		from += 7;
		if (unit < 0x20 && unit > 0)
			*to++ = (char)unit;
		else
			to += put_char(to, (unsigned long)unit);
	}
	*n = (size_t)(to - s);
}

const char *xlsx_escape(struct arena *a, const char *s)
{
	size_t escapes = 0, n = strlen(s);
	char *out, *to;

	for (size_t i = 0; i < n; i++)
		escapes += escaped(s + i, n - i) >= 0;
	if (escapes == 0)
		return s;
	to = out = arena_alloc(a, n + 6 * escapes + 1);
	for (size_t i = 0; i < n; i++) {
		if (escaped(s + i, n - i) >= 0) {
			memcpy(to, "_x005F", 6);
			to += 6;
		}
		*to++ = s[i];
	}
	return out;
}

bool xml_other_encoding(const char *s)
{
	const char *end = strstr(s, "?>"), *name = strstr(s, "encoding=");

	if ((unsigned char)*s >= 0xFE || *s == '\0')
		return true;
	return strncmp(s, "<?xml", 5) == 0 && name != NULL && end != NULL && name < end && strncasecmp(name + 10, "utf-8", 5) != 0;
}
