/* scheme_write.c — YAML with every text in double quotes, so that nothing in a text can be taken for markup. */
#include "rules/scheme_write.h"

#include <string.h>

/* ---------------------------------------------------------------- values */

static void put_inside(struct out *o, const char *s)
{
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			out_char(o, '\\');
		if (*s == '\n')
			out_str(o, "\\n");
		else if ((unsigned char)*s >= ' ')
			out_char(o, *s);
	}
}

static void put_quoted(struct out *o, const char *s)
{
	out_char(o, '"');
	put_inside(o, s);
	out_char(o, '"');
}

static void put_titles(struct out *o, const char *key, const two_texts t)
{
	out_printf(o, "%s: {vi: ", key);
	put_quoted(o, t[LANG_VI] ? t[LANG_VI] : "");
	out_str(o, ", en: ");
	put_quoted(o, t[LANG_EN] ? t[LANG_EN] : "");
	out_str(o, "}\n");
}

static void put_points(struct out *o, struct tenths p)
{
	char text[NUM_TEXT];

	tenths_format(p, text);
	out_str(o, text);
}

/* A fraction whose denominator divides a power of ten, as it was written in a file: at most six decimals. */
static void put_fraction(struct out *o, int64_t num, int64_t den, bool percent)
{
	__int128 n = percent ? (__int128)num * 100 : num, rest;

	if (n < 0)
		out_char(o, '-');
	n = n < 0 ? -n : n;
	out_int(o, (int64_t)(n / den));
	rest = n % den;
	if (rest)
		out_char(o, '.');
	for (int i = 0; rest && i < 6; i++) {
		out_int(o, (int64_t)(rest * 10 / den));
		rest = rest * 10 % den;
	}
	if (percent)
		out_char(o, '%');
}

static void put_date(struct out *o, const char *key, struct date d)
{
	char text[DATE_TEXT];

	if (d.days == DATE_EVER.days || d.days == DATE_OPEN.days)
		return;
	date_format(d, text);
	out_printf(o, "%s: %s\n", key, text);
}

static void put_types(struct out *o, uint32_t types)
{
	bool any = false;

	if (!types)
		return;
	out_str(o, "types: [");
	for (int i = 1; unit_type_words[i]; i++)
		if (types & (1u << i)) {
			out_printf(o, "%s%s", any ? ", " : "", unit_type_words[i]);
			any = true;
		}
	out_str(o, "], ");
}

/* ---------------------------------------------------------------- sentences */

static void put_phrase(struct out *o, const struct phrase *p)
{
	out_char(o, '"');
	for (uint32_t i = 0; i < p->n; i++) {
		put_inside(o, p->parts[i].text);
		if (p->parts[i].expr.n) {
			out_char(o, '{');
			put_inside(o, p->parts[i].expr.text);
			out_char(o, '}');
		}
	}
	out_char(o, '"');
}

/* "why: {vi: …, en: …}", nothing when there is none. */
static void put_phrases(struct out *o, const char *key, const struct phrase p[LANG_COUNT], const char *end)
{
	if (!p[LANG_VI].n && !p[LANG_EN].n)
		return;
	out_printf(o, "%s: {vi: ", key);
	put_phrase(o, &p[LANG_VI]);
	out_str(o, ", en: ");
	put_phrase(o, &p[LANG_EN]);
	out_printf(o, "}%s", end);
}

/* ---------------------------------------------------------------- lines */

static void put_max(struct out *o, const char *in, const struct scheme_line *line)
{
	if (line->n_max == 1) {
		out_printf(o, "%smax: ", in);
		put_points(o, line->max[0].points);
		out_char(o, '\n');
		return;
	}
	out_printf(o, "%smax:\n", in);
	for (uint32_t i = 0; i < line->n_max; i++) {
		out_printf(o, "%s  - {", in);
		if (line->max[i].when.n) {
			out_str(o, "when: ");
			put_quoted(o, line->max[i].when.text);
		} else {
			out_str(o, "otherwise: true");
		}
		out_str(o, ", points: ");
		put_points(o, line->max[i].points);
		out_str(o, "}\n");
	}
}

static void put_case(struct out *o, const char *in, const struct scheme_case *k)
{
	static const char *const bounds[] = { "", "from", "above", "up_to", "below" };

	out_printf(o, "%s  - {", in);
	if (k->bound != BOUND_NONE) {
		out_printf(o, "%s: ", bounds[k->bound]);
		put_fraction(o, k->bound_num, k->bound_den, k->bound_is_percent);
		out_str(o, ", ");
	}
	if (k->when.n) {
		out_str(o, "when: ");
		put_quoted(o, k->when.text);
		out_str(o, ", ");
	}
	if (k->bound == BOUND_NONE && !k->when.n)
		out_str(o, "otherwise: true, ");
	out_str(o, "points: ");
	if (k->pro_rata)
		out_str(o, "pro_rata");
	else
		put_points(o, k->points);
	if (k->why[LANG_VI].n || k->why[LANG_EN].n) {
		out_str(o, ", ");
		put_phrases(o, "why", k->why, "");
	}
	out_str(o, "}\n");
}

static void put_evidence(struct out *o, const char *in, const struct scheme_line *line)
{
	if (!line->n_evidence)
		return;
	out_printf(o, "%sevidence:\n", in);
	for (uint32_t i = 0; i < line->n_evidence; i++) {
		out_printf(o, "%s  - {", in);
		put_types(o, line->evidence[i].types);
		out_str(o, "text: {vi: ");
		put_quoted(o, line->evidence[i].text[LANG_VI]);
		out_str(o, ", en: ");
		put_quoted(o, line->evidence[i].text[LANG_EN]);
		out_str(o, "}}\n");
	}
}

static void put_how(struct out *o, const char *in, const struct scheme_line *line)
{
	if (line->judged) {
		out_printf(o, "%sjudged: true\n", in);
		return;
	}
	if (line->measure.n) {
		out_printf(o, "%smeasure: ", in);
		put_quoted(o, line->measure.text);
		out_char(o, '\n');
	}
	out_printf(o, "%scases:\n", in);
	for (uint32_t i = 0; i < line->n_cases; i++)
		put_case(o, in, &line->cases[i]);
}

static void put_line(struct out *o, const char *in, const struct scheme_line *line)
{
	out_printf(o, "%.*s- id: %s\n%s", (int)strlen(in) - 2, in, line->id, in);
	put_titles(o, "title", line->title);
	put_max(o, in, line);
	if (*line->source)
		out_printf(o, "%ssource: %s\n", in, line->source);
	if (line->not_applicable.n) {
		out_printf(o, "%snot_applicable: {when: ", in);
		put_quoted(o, line->not_applicable.text);
		if (line->not_applicable_why[LANG_VI].n) {
			out_str(o, ", ");
			put_phrases(o, "why", line->not_applicable_why, "");
		}
		out_str(o, "}\n");
	}
	put_how(o, in, line);
	if (line->to_full[LANG_VI].n) {
		out_str(o, in);
		put_phrases(o, "to_full", line->to_full, "\n");
	}
	put_evidence(o, in, line);
}

/* ---------------------------------------------------------------- the whole */

static void put_vetoes(struct out *o, const struct scheme *s)
{
	if (s->n_vetoes)
		out_str(o, "vetoes:\n");
	for (uint32_t i = 0; i < s->n_vetoes; i++) {
		const struct scheme_veto *v = &s->vetoes[i];

		out_printf(o, "  - id: %s\n    ", v->id);
		put_titles(o, "title", v->title);
		out_str(o, "    when: ");
		put_quoted(o, v->when.text);
		out_char(o, '\n');
		if (v->why[LANG_VI].n) {
			out_str(o, "    ");
			put_phrases(o, "why", v->why, "\n");
		}
	}
}

static void put_initiatives(struct out *o, const struct scheme *s)
{
	if (s->n_initiatives)
		out_str(o, "initiatives:\n");
	for (uint32_t i = 0; i < s->n_initiatives; i++) {
		const struct scheme_initiatives *row = &s->initiatives[i];

		out_str(o, "  - {");
		put_types(o, row->types);
		out_printf(o, "%s: %d}\n", row->one_per_members ? "one_per_members" : "in_all", row->one_per_members ? row->one_per_members : row->in_all);
	}
}

static void put_frame(struct out *o, const struct scheme *s)
{
	out_printf(o, "kind: scheme\nid: %s\n", s->id);
	put_titles(o, "title", s->title);
	if (s->note[LANG_VI])
		put_titles(o, "note", s->note);
	out_printf(o, "source: %s\n", s->source);
	put_date(o, "valid_from", s->valid_from);
	put_date(o, "valid_to", s->valid_to);
	if (*s->scope) {
		out_str(o, "scope: ");
		put_quoted(o, s->scope);
		out_char(o, '\n');
	}
	if (!s->is_default)
		out_str(o, "default: false\n");
	out_printf(o, "for: %s\n", scheme_use_words[s->use]);
	if (tenths_is(s->standard)) {
		out_str(o, "standard: ");
		put_points(o, s->standard);
		out_char(o, '\n');
	}
	if (*s->framework)
		out_printf(o, "framework: %s\n", s->framework);
}

void scheme_write(const struct scheme *s, struct out *o)
{
	int last = -1;

	put_frame(o, s);
	put_initiatives(o, s);
	put_vetoes(o, s);
	out_str(o, "criteria:\n");
	for (uint32_t i = 0; i < s->n_lines; i++) {
		const struct scheme_line *line = &s->lines[i];

		if (line->group >= 0 && line->group != last) {
			out_printf(o, "  - id: %s\n    ", s->groups[line->group].id);
			put_titles(o, "title", s->groups[line->group].title);
			out_str(o, "    max: ");
			put_points(o, s->groups[line->group].max);
			out_str(o, "\n    lines:\n");
		}
		last = line->group;
		put_line(o, line->group >= 0 ? "        " : "    ", line);
	}
}
