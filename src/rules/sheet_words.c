/* sheet_words.c — why a line has its points and what would give the full ones, in Vietnamese and English.
 *
 * A rule file may give a sentence of its own (struct phrase); otherwise one is made from the expressions and facts, so that
 * a scheme without any sentences still explains itself. The catalogue of base/lang.h is not used: this is built for wasm. */
#include "rules/sheet_words.h"

#include <string.h>

static const char *pick(enum lang lang, const char *vi, const char *en)
{
	return lang == LANG_EN ? en : vi;
}

/* Screens write 4 and 4,5. */
static void out_points(struct out *o, struct tenths p, enum lang lang)
{
	out_int(o, p.t / 10);
	if (p.t % 10) {
		out_char(o, lang == LANG_EN ? '.' : ',');
		out_int(o, p.t % 10);
	}
}

static void out_points_word(struct out *o, struct tenths p, enum lang lang)
{
	out_points(o, p, lang);
	out_str(o, pick(lang, " điểm", p.t == 10 ? " point" : " points"));
}

/* ": đủ 4 điểm", ": được 3 trong 4 điểm", ": không được điểm (tối đa 4)" */
static void out_result(struct out *o, const struct wording_of *w)
{
	if (w->points.t == w->max.t) {
		out_str(o, pick(w->lang, ": đủ ", ": full "));
		out_points_word(o, w->max, w->lang);
	} else if (w->points.t == 0) {
		out_str(o, pick(w->lang, ": không được điểm (tối đa ", ": no points (of "));
		out_points(o, w->max, w->lang);
		out_char(o, ')');
	} else {
		out_str(o, pick(w->lang, ": được ", ": "));
		out_points(o, w->points, w->lang);
		out_str(o, pick(w->lang, " trong ", " of "));
		out_points_word(o, w->max, w->lang);
	}
}

static const char *sentence(struct out *o)
{
	char *s = out_text(o);

	if (*s >= 'a' && *s <= 'z')
		*s = (char)(*s - 'a' + 'A');
	else if (strncmp(s, "đ", 2) == 0)
		memcpy(s, "Đ", 2);
	return s;
}

static void out_phrase(struct out *o, const struct wording_of *w, const struct phrase *phrase)
{
	const struct expr *measure = w->line ? &w->line->measure : NULL;

	for (uint32_t i = 0; i < phrase->n; i++) {
		const struct phrase_part *part = &phrase->parts[i];

		out_str(o, part->text);
		if (part->expr.n)
			value_words(o, expr_eval(&part->expr, measure, w->facts), part->expr.type, w->lang);
	}
}

/* "vắng không lý do: 1; đã họp chi ủy trước: không", without the facts in `but`. */
static void out_facts(struct out *o, const struct wording_of *w, uint64_t facts, bool started)
{
	for (int f = 0; f < w->book->n; f++) {
		struct value v = { .num = w->facts->v[f], .den = 1 };

		if (!(facts & FACT_BIT(f)))
			continue;
		out_str(o, started ? "; " : "");
		started = true;
		out_str(o, w->book->facts[f].label[w->lang]);
		out_str(o, ": ");
		if (!facts_know(w->facts, f))
			v.state = VALUE_UNKNOWN;
		value_words(o, v, w->book->facts[f].type == FACT_TYPE_YESNO ? EXPR_YESNO : EXPR_COUNT, w->lang);
	}
}

static void out_bound(struct out *o, const struct scheme_case *k, enum lang lang)
{
	static const char *const signs[] = { "", " ≥ ", " > ", " ≤ ", " < " };
	struct value v = { .num = k->bound_num, .den = k->bound_den };

	out_str(o, signs[k->bound]);
	value_words(o, v, k->bound_is_percent ? EXPR_SHARE : EXPR_COUNT, lang);
}

/* "số người có mặt / số người phải dự = 19/21 = 90,48 % (≥ 90 %)" */
static void out_measure(struct out *o, const struct wording_of *w, const struct scheme_case *k)
{
	const struct expr *m = &w->line->measure;

	expr_words(o, m, NULL, w->lang);
	out_str(o, " = ");
	if (m->n == 3 && m->ops[2].code == OP_DIV && m->ops[0].code == OP_FACT && m->ops[1].code == OP_FACT) {
		out_int(o, w->facts->v[m->ops[0].arg]);
		out_char(o, '/');
		out_int(o, w->facts->v[m->ops[1].arg]);
		out_str(o, " = ");
	}
	value_words(o, expr_eval(m, NULL, w->facts), m->type, w->lang);
	if (k->bound != BOUND_NONE) {
		out_str(o, " (");
		struct out bound;

		out_memory(&bound, w->arena);
		out_bound(&bound, k, w->lang);
		out_str(o, out_text(&bound) + 1);
		out_char(o, ')');
	}
}

/* The facts that led to a case: its own, or for "otherwise" those of all cases. */
static uint64_t deciding_facts(const struct scheme_line *line, const struct scheme_case *chosen)
{
	uint64_t facts = chosen->when.facts;

	if (chosen->when.n || chosen->bound != BOUND_NONE)
		return facts;
	for (const struct scheme_case *k = line->cases; k < chosen; k++)
		facts |= k->when.facts;
	return facts;
}

const char *words_case(const struct wording_of *w, const struct scheme_case *chosen)
{
	const struct scheme_line *line = w->line;
	bool by_measure = line->measure.n && expr_eval(&line->measure, NULL, w->facts).state == VALUE_KNOWN &&
	                  (chosen->bound != BOUND_NONE || !chosen->when.n || chosen->pro_rata);
	struct out o;

	out_memory(&o, w->arena);
	if (chosen->why[w->lang].n) {
		out_phrase(&o, w, &chosen->why[w->lang]);
	} else {
		uint64_t facts = deciding_facts(line, chosen);

		if (by_measure) {
			out_measure(&o, w, chosen);
			facts &= ~line->measure.facts;
		}
		out_facts(&o, w, facts, by_measure);
	}
	out_result(&o, w);
	return sentence(&o);
}

const char *words_not_applicable(const struct wording_of *w)
{
	const struct phrase *why = &w->line->not_applicable_why[w->lang];
	struct out o;

	out_memory(&o, w->arena);
	if (why->n)
		out_phrase(&o, w, why);
	else if (w->book == &FACTS_OF_MEETING)
		out_str(&o, pick(w->lang, "Không áp dụng cho cuộc họp này", "Does not apply to this meeting"));
	else
		out_str(&o, pick(w->lang, "Không áp dụng trong năm này", "Does not apply to this year"));
	if (w->max.t > 0)
		out_result(&o, w);
	return sentence(&o);
}

const char *words_judged(const struct wording_of *w)
{
	struct out o;

	out_memory(&o, w->arena);
	out_str(&o, pick(w->lang, "Theo nhận xét của người chấm", "Judged"));
	out_result(&o, w);
	return out_text(&o);
}

const char *words_unjudged(const struct wording_of *w)
{
	struct out o;

	out_memory(&o, w->arena);
	out_str(&o, pick(w->lang, "Chưa có người chấm (tối đa ", "Not judged yet (at most "));
	out_points_word(&o, w->max, w->lang);
	out_char(&o, ')');
	return out_text(&o);
}

const char *words_missing(const struct wording_of *w, uint64_t missing)
{
	struct out o;
	bool started = false;

	out_memory(&o, w->arena);
	out_str(&o, pick(w->lang, "Chưa có dữ kiện: ", "Not recorded: "));
	for (int f = 0; f < w->book->n; f++) {
		if (!(missing & FACT_BIT(f)))
			continue;
		out_str(&o, started ? ", " : "");
		started = true;
		out_str(&o, w->book->facts[f].label[w->lang]);
		out_str(&o, " (");
		out_str(&o, w->book->facts[f].name);
		out_char(&o, ')');
	}
	return out_text(&o);
}

const char *words_condition(struct arena *a, const struct expr *e, const struct phrase own[LANG_COUNT], const struct facts *facts, enum lang lang)
{
	struct wording_of w = { .arena = a, .book = e->book, .facts = facts, .lang = lang };
	struct out o;

	if (e->facts & ~facts->known && expr_eval(e, NULL, facts).state == VALUE_UNKNOWN)
		return words_missing(&w, e->facts & ~facts->known);
	out_memory(&o, a);
	if (own[lang].n)
		out_phrase(&o, &w, &own[lang]);
	else
		out_facts(&o, &w, e->facts, false);
	return sentence(&o);
}

const char *words_undefined(const struct wording_of *w)
{
	struct out o;

	out_memory(&o, w->arena);
	out_str(&o, pick(w->lang, "Không tính được vì chia cho 0: ", "Cannot be computed, it divides by 0: "));
	expr_words(&o, &w->line->measure, NULL, w->lang);
	return out_text(&o);
}

/* ---------------------------------------------------------------- what would give the full points */

/* The first case that gives the maximum, or pro rata, which does at 100 %. */
static const struct scheme_case *full_case(const struct wording_of *w)
{
	for (uint32_t i = 0; i < w->line->n_cases; i++)
		if (w->line->cases[i].pro_rata || w->line->cases[i].points.t == w->max.t)
			return &w->line->cases[i];
	return NULL;
}

static void out_and(struct out *o, enum lang lang, bool *started)
{
	if (*started)
		out_str(o, pick(lang, " và ", " and "));
	*started = true;
}

/* Cases before the full one must not hold. */
static void out_negations(struct out *o, const struct wording_of *w, const struct scheme_case *full, bool *started)
{
	for (const struct scheme_case *k = w->line->cases; k < full; k++) {
		out_and(o, w->lang, started);
		out_str(o, pick(w->lang, "không phải (", "not ("));
		if (k->bound != BOUND_NONE) {
			expr_words(o, &w->line->measure, NULL, w->lang);
			out_bound(o, k, w->lang);
		}
		if (k->bound != BOUND_NONE && k->when.n)
			out_str(o, pick(w->lang, " và ", " and "));
		expr_words(o, &k->when, &w->line->measure, w->lang);
		out_char(o, ')');
	}
}

static void out_full_condition(struct out *o, const struct wording_of *w, const struct scheme_case *full)
{
	bool started = false;

	if (full->bound != BOUND_NONE || full->pro_rata) {
		out_and(o, w->lang, &started);
		expr_words(o, &w->line->measure, NULL, w->lang);
		if (full->bound != BOUND_NONE)
			out_bound(o, full, w->lang);
		else
			out_str(o, pick(w->lang, " = 100 %", " = 100%"));
	}
	if (full->when.n) {
		out_and(o, w->lang, &started);
		expr_words(o, &full->when, &w->line->measure, w->lang);
	}
	out_negations(o, w, full, &started);
}

const char *words_to_full(const struct wording_of *w)
{
	const struct phrase *own = &w->line->to_full[w->lang];
	const struct scheme_case *full = full_case(w);
	struct out o;

	out_memory(&o, w->arena);
	if (own->n) {
		out_phrase(&o, w, own);
		return sentence(&o);
	}
	out_str(&o, pick(w->lang, "Đủ ", "Full "));
	out_points_word(&o, w->max, w->lang);
	out_str(&o, pick(w->lang, " khi: ", " when: "));
	if (full)
		out_full_condition(&o, w, full);
	return out_text(&o);
}

const char *words_to_full_judged(const struct wording_of *w, const char *title)
{
	struct out o;

	out_memory(&o, w->arena);
	if (w->line && w->line->to_full[w->lang].n) {
		out_phrase(&o, w, &w->line->to_full[w->lang]);
		return sentence(&o);
	}
	out_str(&o, pick(w->lang, "Đủ ", "Full "));
	out_points_word(&o, w->max, w->lang);
	out_str(&o, pick(w->lang, " khi người chấm thấy đạt trọn vẹn: ", " when judged fully met: "));
	out_str(&o, title);
	return out_text(&o);
}

const char *words_refused(struct arena *a, enum refusal refusal, const char *id, struct tenths given, struct tenths max, enum lang lang)
{
	struct out o;

	out_memory(&o, a);
	out_str(&o, id);
	out_str(&o, ": ");
	switch (refusal) {
	case REFUSED_UNKNOWN:
		out_str(&o, pick(lang, "tiêu chí này không có trong bảng chấm điểm", "the scheme has no such criterion"));
		break;
	case REFUSED_COMPUTED:
		out_str(&o, pick(lang, "điểm của tiêu chí này được tính từ dữ kiện, không chấm tay",
		                 "the points of this criterion are computed from facts, they are not judged"));
		break;
	case REFUSED_TWICE:
		out_str(&o, pick(lang, "tiêu chí này được chấm hai lần, riêng hoặc trong nhóm",
		                 "this criterion is judged twice, by itself or within its group"));
		break;
	case REFUSED_RANGE:
		out_points(&o, given, lang);
		out_str(&o, pick(lang, " điểm là ngoài mức cho phép: từ 0 đến ", " points are out of bounds: expected 0 to "));
		out_points(&o, max, lang);
		break;
	}
	return out_text(&o);
}
