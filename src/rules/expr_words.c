/* expr_words.c — expressions and values as people read them. */
#include <string.h>

#include "base/num.h"
#include "rules/expr_private.h"

/* Two decimals, half up, of a fraction that is not negative. */
static void decimals(struct out *o, int64_t num, int64_t den, enum lang lang)
{
	char text[NUM_TEXT];
	char *point;

	percent_format(num, den, text); /* a hundred times too large: the caller has divided or wants per cent */
	point = strchr(text, '.');
	if (point && lang == LANG_VI)
		*point = ',';
	out_str(o, text);
}

static void share_words(struct out *o, int64_t num, int64_t den, enum lang lang)
{
	int64_t whole = num / den;

	if (num % den == 0 && whole <= INT64_MAX / 100)
		out_int(o, whole * 100);
	else if (100 % den == 0)
		out_int(o, num * (100 / den));
	else
		decimals(o, num, den, lang);
	out_str(o, lang == LANG_EN ? "%" : " %");
}

void value_words(struct out *o, struct value v, enum expr_type type, enum lang lang)
{
	static const char *const no_yes[LANG_COUNT][2] = { { "không", "có" }, { "no", "yes" } };

	if (v.state != VALUE_KNOWN) {
		out_str(o, "–");
		return;
	}
	if (type == EXPR_YESNO) {
		out_str(o, no_yes[lang][v.num != 0]);
		return;
	}
	if (v.num < 0) {
		out_str(o, "−");
		v.num = -v.num;
	}
	if (type == EXPR_SHARE)
		share_words(o, v.num, v.den, lang);
	else if (v.den == 1)
		out_int(o, v.num);
	else if (v.den <= INT64_MAX / 100)
		decimals(o, v.num, v.den * 100, lang);
	else
		out_str(o, "–");
}

/* ---------------------------------------------------------------- expressions: operations back to infix */

struct wording {
	struct out *out;
	const struct expr *expr, *measure;
	enum lang lang;
};

static int binding(enum op_code code)
{
	switch (code) {
	case OP_OR: return 1;
	case OP_AND: return 2;
	case OP_LT: case OP_LE: case OP_GT: case OP_GE: case OP_EQ: case OP_NE: return 4;
	case OP_ADD: case OP_SUB: return 5;
	case OP_MUL: case OP_DIV: return 6;
	case OP_NEG: return 7;
	default: return 8;
	}
}

static const char *sign(enum op_code code, enum lang lang)
{
	switch (code) {
	case OP_OR: return lang == LANG_EN ? " or " : " hoặc ";
	case OP_AND: return lang == LANG_EN ? " and " : " và ";
	case OP_LT: return " < ";
	case OP_LE: return " ≤ ";
	case OP_GT: return " > ";
	case OP_GE: return " ≥ ";
	case OP_EQ: return " = ";
	case OP_NE: return " ≠ ";
	case OP_ADD: return " + ";
	case OP_SUB: return " − ";
	case OP_MUL: return " × ";
	default: return " / ";
	}
}

/* Index of the first operation of the operand that ends at `last`. */
static uint32_t operand_start(const struct expr *e, uint32_t last)
{
	int wanted = 1;

	for (uint32_t i = last;; i--) {
		wanted += expr_operands(e->ops[i].code) - 1;
		if (wanted == 0 || i == 0)
			return i;
	}
}

static void words_at(const struct wording *w, uint32_t last, int outer);

static void leaf(const struct wording *w, const struct op *op)
{
	struct value v = { .num = op->num, .den = op->den ? op->den : 1 };

	if (op->code == OP_FACT)
		out_str(w->out, w->expr->book->facts[op->arg].label[w->lang]);
	else if (op->code == OP_MEASURE)
		expr_words(w->out, w->measure, NULL, w->lang);
	else if (op->code == OP_NUMBER)
		value_words(w->out, v, op->arg ? EXPR_SHARE : EXPR_COUNT, w->lang);
	else
		value_words(w->out, (struct value){ .num = op->code == OP_YES, .den = 1 }, EXPR_YESNO, w->lang);
}

static void function(const struct wording *w, uint32_t last)
{
	static const char *const names[][LANG_COUNT] = { { "không", "not" }, { "làm tròn lên", "rounded up" }, { "làm tròn xuống", "rounded down" } };
	enum op_code code = w->expr->ops[last].code;

	out_str(w->out, names[code == OP_NOT ? 0 : code == OP_CEIL ? 1 : 2][w->lang]);
	out_str(w->out, " (");
	words_at(w, last - 1, 0);
	out_char(w->out, ')');
}

static void words_at(const struct wording *w, uint32_t last, int outer)
{
	const struct op *op = &w->expr->ops[last];
	int mine = binding(op->code), takes = expr_operands(op->code);
	bool wrap = mine < outer || (op->code == OP_MEASURE && outer > 4);

	if (wrap)
		out_char(w->out, '(');
	if (takes == 0) {
		leaf(w, op);
	} else if (op->code == OP_NEG) {
		out_str(w->out, "−");
		words_at(w, last - 1, mine);
	} else if (takes == 1) {
		function(w, last);
	} else {
		words_at(w, operand_start(w->expr, last - 1) - 1, mine);
		out_str(w->out, sign(op->code, w->lang));
		words_at(w, last - 1, mine + 1);
	}
	if (wrap)
		out_char(w->out, ')');
}

void expr_words(struct out *o, const struct expr *e, const struct expr *measure, enum lang lang)
{
	struct wording w = { .out = o, .expr = e, .measure = measure, .lang = lang };

	if (e->n)
		words_at(&w, e->n - 1, 0);
}
