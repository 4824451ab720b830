/* parts.c — class marks, target cards, tables, pagers and the other small parts. Longer HTML is in views/. */
#include "html/parts.h"

#include <string.h>

#include "html/frame.h"
#include "html_views.h"

#define LIT(o, literal) out_bytes((o), (literal), sizeof(literal) - 1)

/* ---- class of a meeting ---- */

static const char *const class_css[] = { "none", "good", "fair", "average", "poor" };

enum class_mark class_mark(const char *word)
{
	for (int i = CLASS_GOOD; word && i <= CLASS_POOR; i++)
		if (strcmp(word, class_css[i]) == 0)
			return (enum class_mark)i;
	return CLASS_NONE;
}

static const char *const class_words[] = { "–", N_("Good"), N_("Fair"), N_("Average"), N_("Poor") };

const char *class_word(enum lang lang, enum class_mark m)
{
	return m == CLASS_NONE ? class_words[0] : tr(lang, class_words[m]);
}

/* The shape before the word is drawn by the style sheet, so that copied text holds the word alone. */
void html_class(struct out *o, const struct page *pg, enum class_mark m)
{
	static struct html_words words[CLASS_POOR + 1];

	LIT(o, "<span class=\"cls ");
	out_str(o, class_css[m]);
	LIT(o, "\">");
	html_t_once(o, pg, &words[m], class_words[m]);
	LIT(o, "</span>");
}

void html_met(struct out *o, const struct page *pg, int met)
{
	static struct html_words words[3];

	LIT(o, "<span class=\"");
	out_str(o, met < 0 ? "is unknown" : met ? "is met" : "is unmet");
	LIT(o, "\">");
	html_t_once(o, pg, &words[met < 0 ? 2 : met > 0], met < 0 ? N_("no figure") : met ? N_("met") : N_("not met"));
	LIT(o, "</span>");
}

/* ---- trend ---- */

enum { TREND_W = 132, TREND_LABEL = 34, TREND_H = 40, TREND_TOP = 5 };

struct scale { int64_t low, high; }; /* in tenths of a per cent */

static int64_t per_mille(int64_t num, int64_t den)
{
	return den > 0 ? (num * 1000 + den / 2) / den : -1;
}

/* The range that holds all values and the threshold, with a little air, in steps of ten per cent. */
static struct scale trend_scale(const struct trend *t, int64_t limit)
{
	struct scale s = { limit >= 0 ? limit : 1000, limit > 1000 ? limit : 1000 };

	for (size_t i = 0; i < t->n; i++) {
		int64_t v = per_mille(t->num[i], t->den[i]);

		if (v >= 0 && v < s.low)
			s.low = v;
		if (v > s.high)
			s.high = v;
	}
	s.low = s.low < 100 ? 0 : (s.low - 50) / 100 * 100;
	return s;
}

static int64_t trend_y(const struct scale *s, int64_t v)
{
	return TREND_TOP + TREND_H - (v - s->low) * TREND_H / (s->high - s->low);
}

static int64_t trend_x(const struct trend *t, size_t i)
{
	return 3 + (int64_t)i * (TREND_W - 6) / (int64_t)(t->n - 1);
}

static void trend_line(struct out *o, const struct trend *t, const struct scale *s)
{
	bool pen_down = false;

	LIT(o, "<path class=\"line\" d=\"");
	for (size_t i = 0; i < t->n; i++) {
		int64_t v = per_mille(t->num[i], t->den[i]);

		if (v >= 0) {
			out_char(o, pen_down ? 'L' : 'M');
			out_int(o, trend_x(t, i));
			out_char(o, ' ');
			out_int(o, trend_y(s, v));
			out_str(o, pen_down ? "" : "h0"); /* a month between gaps is a dot */
		}
		pen_down = v >= 0;
	}
	LIT(o, "\"/>");
}

static void trend_last(struct out *o, const struct trend *t, const struct scale *s)
{
	for (size_t i = t->n; i-- > 0;) {
		int64_t v = per_mille(t->num[i], t->den[i]);

		if (v < 0)
			continue;
		out_printf(o, "<circle class=\"last\" cx=\"%d\" cy=\"%d\" r=\"3\"/>", (int)trend_x(t, i), (int)trend_y(s, v));
		return;
	}
}

static void trend_words(struct out *o, const struct page *pg, const struct trend *t)
{
	const char *sep = "";

	html_t(o, pg, N_("Trend, oldest first: "));
	for (size_t i = 0; i < t->n; i++, sep = "; ") {
		out_str(o, sep);
		html_percent(o, pg, percent(t->num[i], t->den[i]));
	}
}

void html_trend(struct out *o, const struct page *pg, const struct trend *t, int64_t limit_num, int64_t limit_den)
{
	int64_t limit = per_mille(limit_num, limit_den);
	struct scale s = trend_scale(t, limit);

	if (t->n < 2)
		return;
	out_printf(o, "<svg class=\"trend\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", TREND_W + TREND_LABEL, TREND_H + 2 * TREND_TOP);
	trend_words(o, pg, t);
	LIT(o, "\">");
	if (limit >= 0) {
		int y = (int)trend_y(&s, limit);

		out_printf(o, "<path class=\"limit\" d=\"M0 %dH%d\"/><text x=\"%d\" y=\"%d\">%d%s</text>", y, TREND_W, TREND_W + 4, y + 4,
		           (int)(limit / 10), pg->lang == LANG_VI ? " %" : "%");
	}
	trend_line(o, t, &s);
	trend_last(o, t, &s);
	LIT(o, "</svg>");
}

void html_card(struct out *o, const struct page *pg, const struct card *c)
{
	view_card(o, pg, c);
}

/* ---- tables ---- */

const char *column_sort(const struct table *t, const struct column *c)
{
	const char *sort = t->sort;

	if (!sort || !c->key)
		return NULL;
	if (strcmp(sort, c->key) == 0)
		return "ascending";
	return sort[0] == '-' && strcmp(sort + 1, c->key) == 0 ? "descending" : NULL;
}

/* Numbers are sorted from the largest first, words from the first letter. */
const char *column_link(struct arena *a, const struct table *t, const struct column *c)
{
	const char *now = column_sort(t, c);
	bool down = now ? now[0] == 'a' : c->number;

	return arena_printf(a, "%s%csort=%s%s", t->base, strchr(t->base, '?') ? '&' : '?', down ? "-" : "", c->key);
}

void html_table_begin(struct out *o, const struct page *pg, const struct table *t)
{
	view_table_begin(o, pg, t);
}

void html_table_foot(struct out *o, const struct page *pg)
{
	(void)pg;
	LIT(o, "</tbody><tfoot>");
}

/* Without a foot the body ends by itself here: both end tags may be left out in HTML. */
void html_table_end(struct out *o, const struct page *pg)
{
	(void)pg;
	LIT(o, "</table></div></div>");
}

static void pager_link(struct out *o, const struct page *pg, const char *href, const char *rel, const char *text)
{
	if (!href)
		return;
	LIT(o, "<a class=\"tool\" rel=\"");
	out_str(o, rel);
	LIT(o, "\" href=\"");
	html_url_whole(o, pg, url(href));
	LIT(o, "\">");
	html_t(o, pg, text);
	LIT(o, "</a>");
}

void html_pager(struct out *o, const struct page *pg, const struct pager *p)
{
	if (!p->prev && !p->next)
		return;
	LIT(o, "<nav class=\"pager\" aria-label=\"");
	html_t(o, pg, N_("Pages of the list"));
	LIT(o, "\">");
	pager_link(o, pg, p->prev, "prev", N_("Before"));
	LIT(o, "<span class=\"quiet\">");
	html_count(o, pg, count(p->shown));
	if (p->total >= 0) {
		LIT(o, " / ");
		html_count(o, pg, count(p->total));
	}
	LIT(o, "</span>");
	pager_link(o, pg, p->next, "next", N_("After"));
	LIT(o, "</nav>");
}

/* ---- period ---- */

const char *chooser_link(struct arena *a, const struct chooser *c, int step)
{
	int n = period_months(c->period);
	char text[PERIOD_TEXT];
	const char *link;

	period_format((struct period){ c->period.from + step * n, c->period.to + step * n }, text);
	link = arena_printf(a, "%s%cperiod=%s", c->action, strchr(c->action, '?') ? '&' : '?', text);
	if (c->structure)
		link = arena_printf(a, "%s&structure=%s", link, c->structure);
	if (c->keep_name)
		link = arena_printf(a, "%s&%s=%s", link, c->keep_name, c->keep_value);
	return link;
}

static void period_option(struct out *o, const struct page *pg, struct period p, struct period chosen)
{
	char text[PERIOD_TEXT];

	period_format(p, text);
	LIT(o, "<option value=\"");
	out_str(o, text);
	if (p.from == chosen.from && p.to == chosen.to)
		LIT(o, "\" selected>");
	else
		LIT(o, "\">");
	html_period(o, pg, p);
	LIT(o, "</option>");
}

static void period_steps(struct out *o, const struct page *pg, month_no from, int length, struct period chosen)
{
	for (int m = 0; m < 12; m += length)
		period_option(o, pg, (struct period){ from + m, from + m + length - 1 }, chosen);
}

static bool is_named(struct period p)
{
	int n = period_months(p);

	return (n == 1 || n == 3 || n == 6 || n == 12) && p.from % n == 0;
}

void html_period_options(struct out *o, const struct page *pg, struct period p)
{
	month_no year = p.from - p.from % 12;

	if (!is_named(p))
		period_option(o, pg, p, p);
	period_steps(o, pg, year, 12, p);
	period_steps(o, pg, year, 6, p);
	period_steps(o, pg, year, 3, p);
	period_steps(o, pg, year, 1, p);
	LIT(o, "<optgroup label=\"–\">");
	period_option(o, pg, (struct period){ year - 12, year - 1 }, p);
	period_option(o, pg, (struct period){ year + 12, year + 23 }, p);
	LIT(o, "</optgroup>");
}

void html_chooser(struct out *o, const struct page *pg, const struct chooser *c)
{
	view_chooser(o, pg, c);
}

/* ---- small parts ---- */

void html_empty(struct out *o, const struct page *pg, const char *title, const char *text, const char *href, const char *action)
{
	LIT(o, "<section class=\"empty\"><h2>");
	html_text(o, pg, title);
	LIT(o, "</h2><p>");
	html_text(o, pg, text);
	LIT(o, "</p>");
	if (href && action) {
		LIT(o, "<p><a class=\"button primary\" href=\"");
		html_url_whole(o, pg, url(href));
		LIT(o, "\">");
		html_text(o, pg, action);
		LIT(o, "</a></p>");
	}
	LIT(o, "</section>");
}

void html_note(struct out *o, const struct page *pg, const char *kind, const char *text)
{
	LIT(o, "<p class=\"callout ");
	out_str(o, kind);
	LIT(o, "\">");
	html_text(o, pg, text);
	LIT(o, "</p>");
}

static void step_title(struct out *o, const struct page *pg, const struct step *s)
{
	if (!s->href) {
		html_text(o, pg, s->title);
		return;
	}
	LIT(o, "<a href=\"");
	html_url_whole(o, pg, url(s->href));
	LIT(o, "\">");
	html_text(o, pg, s->title);
	LIT(o, "</a>");
}

static void step(struct out *o, const struct page *pg, const struct step *s)
{
	static const char *const css[] = { "todo", "next", "done", "blocked" };
	static const char *const words[] = { N_("not started"), N_("next"), N_("done"), N_("waiting") };

	LIT(o, "<li class=\"");
	out_str(o, css[s->state]);
	LIT(o, "\"><div class=\"what\">");
	step_title(o, pg, s);
	if (s->why) {
		LIT(o, "<p class=\"quiet\">");
		html_text(o, pg, s->why);
		LIT(o, "</p>");
	}
	LIT(o, "</div><span class=\"state\">");
	html_t(o, pg, words[s->state]);
	LIT(o, "</span></li>");
}

void html_steps(struct out *o, const struct page *pg, const struct step *steps, size_t n)
{
	LIT(o, "<ol class=\"steps\">");
	for (size_t i = 0; i < n; i++)
		step(o, pg, &steps[i]);
	LIT(o, "</ol>");
}

void html_siblings(struct out *o, const struct page *pg, const struct sibling *s, size_t n)
{
	if (n < 2)
		return;
	LIT(o, "<nav class=\"siblings\" aria-label=\"");
	html_t(o, pg, N_("Units beside this one"));
	LIT(o, "\">");
	for (size_t i = 0; i < n; i++) {
		LIT(o, "<a href=\"");
		html_url_whole(o, pg, url(s[i].href));
		out_str(o, s[i].current ? "\" aria-current=\"page\">" : "\">");
		html_text(o, pg, s[i].text);
		LIT(o, "</a>");
	}
	LIT(o, "</nav>");
}

void html_confirm(struct out *o, const struct page *pg, const struct confirm *c)
{
	view_confirm(o, pg, c);
}

void html_fact(struct out *o, const struct page *pg, const char *label, const char *value)
{
	LIT(o, "<div><dt>");
	html_text(o, pg, label);
	LIT(o, "</dt><dd>");
	html_text(o, pg, value && *value ? value : "–");
	LIT(o, "</dd></div>");
}
