/* html.h — writing HTML so that the C type decides how a value is written.
 *
 * View templates (gen/views.c) turn {{ x }} into OUT(o, pg, x): text is escaped, numbers and dates are written in the page's
 * language, struct html goes out as it is, and a value of any other type does not compile. Inside href, action and src the
 * generator writes OUT_URL instead: text becomes part of an address (percent-encoded), and a whole address may only be
 * local or http(s)/mailto. Nothing here allocates what stays. */
#ifndef CHIBO_HTML_HTML_H
#define CHIBO_HTML_HTML_H

#include "base/date.h"
#include "base/lang.h"
#include "base/num.h"
#include "base/out.h"

struct page;

struct html { const char *s; };           /* markup written by the program itself */
struct html_count { int64_t n; };         /* 3.321 / 3,321; "–" when unknown */
struct html_percent { int64_t num, den; };
struct html_month { month_no m; };
struct html_url { const char *s; };       /* a whole address, query included; refused schemes are written as "#" */

/* For templates: {{ count(v->members) }}, {{ percent(v->present, v->expected) }}, {{ month(v->month) }}, href="{{ url(v->next) }}". */
static inline struct html_count count(int64_t n) { return (struct html_count){ n }; }
static inline struct html_percent percent(int64_t num, int64_t den) { return (struct html_percent){ num, den }; }
static inline struct html_month month(month_no m) { return (struct html_month){ m }; }
static inline struct html_url url(const char *s) { return (struct html_url){ s }; }

void html_text(struct out *o, const struct page *pg, const char *s); /* escaped; NULL writes nothing */
void html_raw(struct out *o, const struct page *pg, struct html h);
void html_int(struct out *o, const struct page *pg, int64_t n);      /* plain digits: ids, values of form fields */
void html_count(struct out *o, const struct page *pg, struct html_count n);
void html_percent(struct out *o, const struct page *pg, struct html_percent p);
void html_date(struct out *o, const struct page *pg, struct date d);
void html_moment(struct out *o, const struct page *pg, struct moment m);
void html_tenths(struct out *o, const struct page *pg, struct tenths p);
void html_month(struct out *o, const struct page *pg, struct html_month m);
void html_period(struct out *o, const struct page *pg, struct period p);

/* Addresses: text as one part of a path or query; ISO dates and periods; a whole address. */
void html_url_part(struct out *o, const struct page *pg, const char *s);
void html_url_whole(struct out *o, const struct page *pg, struct html_url u);
void html_url_date(struct out *o, const struct page *pg, struct date d);
void html_url_period(struct out *o, const struct page *pg, struct period p);

#define OUT(o, pg, x)                                                                                                  \
	_Generic((x), char *: html_text, const char *: html_text, int64_t: html_int, int: html_int, unsigned: html_int,    \
	         size_t: html_int, struct html: html_raw, struct html_count: html_count,                                   \
	         struct html_percent: html_percent, struct date: html_date, struct moment: html_moment,                    \
	         struct tenths: html_tenths, struct html_month: html_month, struct period: html_period)((o), (pg), (x))

#define OUT_URL(o, pg, x)                                                                                              \
	_Generic((x), char *: html_url_part, const char *: html_url_part, int64_t: html_int, int: html_int,                \
	         unsigned: html_int, size_t: html_int, struct html_url: html_url_whole, struct date: html_url_date,        \
	         struct period: html_url_period)((o), (pg), (x))

/* A translated text with values in it: {% t "%s of %s meetings" v->held, v->all %}. Placeholders are %s, or %1$s when the
 * translation changes their order; each value is written by its type. The generated code walks it:
 *	for (struct html_tr t = html_tr_begin(o, pg, "…"); html_tr_next(&t);) switch (t.arg) { case 0: OUT(…); } */
struct html_tr {
	struct out *o;
	const struct page *pg;
	const char *rest;
	int arg, next;
};
struct html_tr html_tr_begin(struct out *o, const struct page *pg, const char *id);
/* Writes the words up to the next value and sets `arg` to its number; false at the end. */
bool html_tr_next(struct html_tr *t);
/* The translated text alone. */
void html_t(struct out *o, const struct page *pg, const char *id);

/* The same for a place in a template, which looks its words up once a language and then remembers them. */
struct html_words { const char *_Atomic said[LANG_COUNT]; };
void html_t_once(struct out *o, const struct page *pg, struct html_words *words, const char *id);
struct html_tr html_tr_once(struct out *o, const struct page *pg, struct html_words *words, const char *id);

#endif
