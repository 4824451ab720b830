/* html.c — the writers behind OUT and OUT_URL. Escaping happens here and nowhere else. */
#include "html/html.h"

#include <stdatomic.h>
#include <string.h>
#include <strings.h>

#include "html/page.h"

/* What a byte of text becomes; 0: itself. The apostrophe too, so that either quote may surround an attribute. */
static const unsigned char special[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5 };
static const char *const escapes[] = { "", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };

static void escaped(struct out *o, const char *s, size_t n)
{
	const char *run = s, *end = s + n;

	for (; s < end; s++) {
		unsigned which = special[(unsigned char)*s];

		if (!which)
			continue;
		out_bytes(o, run, (size_t)(s - run));
		out_str(o, escapes[which]);
		run = s + 1;
	}
	out_bytes(o, run, (size_t)(end - run));
}

void html_text(struct out *o, const struct page *pg, const char *s)
{
	(void)pg;
	if (s)
		escaped(o, s, strlen(s));
}

void html_raw(struct out *o, const struct page *pg, struct html h)
{
	(void)pg;
	if (h.s)
		out_str(o, h.s);
}

void html_int(struct out *o, const struct page *pg, int64_t n)
{
	(void)pg;
	if (n != INT_UNKNOWN)
		out_int(o, n);
}

void html_count(struct out *o, const struct page *pg, struct html_count n)
{
	say_int(o, pg->lang, n.n);
}

void html_percent(struct out *o, const struct page *pg, struct html_percent p)
{
	say_percent(o, pg->lang, p.num, p.den);
}

void html_date(struct out *o, const struct page *pg, struct date d)
{
	say_date(o, pg->lang, d);
}

void html_moment(struct out *o, const struct page *pg, struct moment m)
{
	say_moment(o, pg->lang, m);
}

void html_tenths(struct out *o, const struct page *pg, struct tenths p)
{
	say_tenths(o, pg->lang, p);
}

void html_month(struct out *o, const struct page *pg, struct html_month m)
{
	say_month(o, pg->lang, m.m);
}

void html_period(struct out *o, const struct page *pg, struct period p)
{
	say_period(o, pg->lang, p);
}

/* ---- addresses ---- */

static bool is_plain(unsigned char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || (ch && strchr("-._~", ch));
}

void html_url_part(struct out *o, const struct page *pg, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";

	(void)pg;
	for (; s && *s; s++) {
		unsigned char ch = (unsigned char)*s;

		if (is_plain(ch))
			out_char(o, *s);
		else
			out_bytes(o, (char[]){ '%', hex[ch >> 4], hex[ch & 15] }, 3);
	}
}

/* Local addresses, fragments and queries, and three schemes. "//host" and "javascript:" are none of these. */
static bool is_allowed(const char *s)
{
	if (*s == '/')
		return s[1] != '/' && s[1] != '\\';
	return *s == '#' || *s == '?' || strncasecmp(s, "https://", 8) == 0 || strncasecmp(s, "http://", 7) == 0 ||
	       strncasecmp(s, "mailto:", 7) == 0;
}

void html_url_whole(struct out *o, const struct page *pg, struct html_url u)
{
	html_text(o, pg, u.s && is_allowed(u.s) ? u.s : "#");
}

void html_url_date(struct out *o, const struct page *pg, struct date d)
{
	char text[DATE_TEXT];

	(void)pg;
	date_format(d, text);
	out_str(o, text);
}

void html_url_period(struct out *o, const struct page *pg, struct period p)
{
	char text[PERIOD_TEXT];

	(void)pg;
	period_format(p, text);
	out_str(o, text);
}

/* ---- translated texts ---- */

void html_t(struct out *o, const struct page *pg, const char *id)
{
	html_text(o, pg, tr(pg->lang, id));
}

struct html_tr html_tr_begin(struct out *o, const struct page *pg, const char *id)
{
	return (struct html_tr){ .o = o, .pg = pg, .rest = tr(pg->lang, id) };
}

static const char *look_up(struct html_words *words, enum lang lang, const char *id)
{
	const char *said = atomic_load_explicit(&words->said[lang], memory_order_relaxed);

	if (!said) {
		said = tr(lang, id);
		atomic_store_explicit(&words->said[lang], said, memory_order_relaxed);
	}
	return said;
}

void html_t_once(struct out *o, const struct page *pg, struct html_words *words, const char *id)
{
	html_text(o, pg, look_up(words, pg->lang, id));
}

struct html_tr html_tr_once(struct out *o, const struct page *pg, struct html_words *words, const char *id)
{
	return (struct html_tr){ .o = o, .pg = pg, .rest = look_up(words, pg->lang, id) };
}

/* At a '%': a placeholder ("%s", "%2$s") with its number, or no placeholder (-1). `*end` is behind it. */
static int placeholder(const char *s, int *next, const char **end)
{
	if (s[1] == 's') {
		*end = s + 2;
		return (*next)++;
	}
	if (s[1] >= '1' && s[1] <= '9' && s[2] == '$' && s[3] == 's') {
		*end = s + 4;
		return s[1] - '1';
	}
	*end = s + (s[1] == '%' ? 2 : 1);
	return -1;
}

bool html_tr_next(struct html_tr *t)
{
	while (t->rest && *t->rest) {
		const char *sign = strchrnul(t->rest, '%'), *end = sign;

		escaped(t->o, t->rest, (size_t)(sign - t->rest));
		t->rest = sign;
		if (!*sign)
			return false;
		t->arg = placeholder(sign, &t->next, &end);
		t->rest = end;
		if (t->arg >= 0)
			return true;
		out_char(t->o, '%');
	}
	return false;
}
