/* expr_parse.c — the text of expr.h to operations, by recursive descent.
 *
 *   or      = and { "or" and }                     sum     = product { ("+" | "-") product }
 *   and     = not { "and" not }                    product = unary { ("*" | "/") unary }
 *   not     = "not" not | compare                  unary   = "-" unary | primary
 *   compare = sum [ ("<" | "<=" | ">" | ">=" | "=" | "==" | "!=") sum ]
 *   primary = number [ "%" ] | fact | "measure" | "true" | "false" | ("ceil" | "floor") "(" sum ")" | "(" or ")"
 */
#include "rules/expr.h"

#include <string.h>

#include "base/lang.h"
#include "rules/expr_private.h"

struct parser {
	struct arena *arena;
	const char *text, *at; /* `at`: the next word, after white space */
	size_t size;           /* of the next word; 0 at the end */
	const struct fact_book *book;
	const struct expr *measure;
	struct op ops[EXPR_MAX_OPS];
	uint32_t n;
	uint64_t facts;
	int depth;
	struct expr_problem *why;
};

static bool is_space(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static bool is_letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_';
}

static size_t word_size(const char *s)
{
	size_t n = 0;

	if (is_digit(*s)) {
		while (is_digit(s[n]) || s[n] == '.')
			n++;
		return n;
	}
	if (is_letter(*s)) {
		while (is_letter(s[n]) || is_digit(s[n]))
			n++;
		return n;
	}
	if (*s && strchr("<>=!", *s) && s[1] == '=')
		return 2;
	for (n = *s != '\0'; (s[n] & 0xc0) == 0x80; n++) /* the whole of a letter of several bytes */
		continue;
	return n;
}

static void next(struct parser *p)
{
	p->at += p->size;
	while (is_space(*p->at))
		p->at++;
	p->size = word_size(p->at);
}

static bool refuse_at(struct parser *p, const char *at, size_t size, const char *what)
{
	p->why->column = (int)(at - p->text) + 1;
	p->why->what = what;
	p->why->near = arena_strndup(p->arena, at, size);
	return false;
}

static bool refuse(struct parser *p, const char *what)
{
	return refuse_at(p, p->at, p->size, what);
}

static bool at_word(const struct parser *p, const char *word)
{
	return p->size == strlen(word) && memcmp(p->at, word, p->size) == 0;
}

static bool take(struct parser *p, const char *word)
{
	if (!at_word(p, word))
		return false;
	next(p);
	return true;
}

static bool emit(struct parser *p, struct op op)
{
	if (p->n == EXPR_MAX_OPS)
		return refuse(p, N_("the expression is too long"));
	p->ops[p->n++] = op;
	return true;
}

/* Emits an operation on one or two operands after checking their types; `from` is where it started in the text. */
static bool apply(struct parser *p, const char *from, enum op_code code, enum expr_type x, enum expr_type y, enum expr_type *out)
{
	if (!expr_result_type(code, x, y, out))
		return refuse_at(p, from, (size_t)(p->at - from),
		                 N_("yes/no and numbers are mixed: compare numbers, join yes/no by “and”, “or”, “not”"));
	return emit(p, (struct op){ .code = (uint8_t)code });
}

static bool parse_or(struct parser *p, enum expr_type *out);
static bool parse_sum(struct parser *p, enum expr_type *out);

static bool number(struct parser *p, enum expr_type *out)
{
	struct op op = { .code = OP_NUMBER, .den = 1 };
	int decimals = -1;

	for (size_t i = 0; i < p->size; i++) {
		if (p->at[i] == '.' && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (p->at[i] == '.' || op.num > FACT_LIMIT / 10 - 1 || decimals >= 4)
			return refuse(p, N_("a number here has at most 9 digits and 4 decimals"));
		op.num = op.num * 10 + (p->at[i] - '0');
		if (decimals >= 0) {
			op.den *= 10;
			decimals++;
		}
	}
	next(p);
	if (take(p, "%")) {
		op.arg = 1;
		op.den *= 100;
	}
	*out = op.arg ? EXPR_SHARE : EXPR_COUNT;
	return emit(p, op);
}

static bool parenthesis(struct parser *p, bool (*inside)(struct parser *p, enum expr_type *out), enum expr_type *out)
{
	if (!take(p, "("))
		return refuse(p, N_("expected “(”"));
	if (!inside(p, out))
		return false;
	return take(p, ")") || refuse(p, N_("expected “)”"));
}

static bool rounding(struct parser *p, enum op_code code, enum expr_type *out)
{
	const char *from = p->at;

	next(p);
	return parenthesis(p, parse_sum, out) && apply(p, from, code, *out, *out, out);
}

static bool name(struct parser *p, enum expr_type *out)
{
	int f = book_find(p->book, p->at, p->size);

	if (f >= 0) {
		*out = p->book->facts[f].type == FACT_TYPE_YESNO ? EXPR_YESNO : EXPR_COUNT;
		p->facts |= FACT_BIT(f);
		next(p);
		return emit(p, (struct op){ .code = OP_FACT, .arg = (uint8_t)f });
	}
	if (!at_word(p, "measure"))
		return refuse(p, N_("no such fact; “chibo rules facts” lists them"));
	if (!p->measure || !p->measure->n)
		return refuse(p, N_("“measure” is used, but the line has none"));
	next(p);
	p->facts |= p->measure->facts;
	*out = p->measure->type;
	return emit(p, (struct op){ .code = OP_MEASURE });
}

static bool primary(struct parser *p, enum expr_type *out)
{
	if (is_digit(*p->at))
		return number(p, out);
	if (at_word(p, "("))
		return parenthesis(p, parse_or, out);
	if (at_word(p, "ceil") || at_word(p, "floor"))
		return rounding(p, at_word(p, "ceil") ? OP_CEIL : OP_FLOOR, out);
	if (at_word(p, "true") || at_word(p, "false")) {
		enum op_code code = at_word(p, "true") ? OP_YES : OP_NO;

		next(p);
		*out = EXPR_YESNO;
		return emit(p, (struct op){ .code = (uint8_t)code });
	}
	if (is_letter(*p->at) && !at_word(p, "and") && !at_word(p, "or") && !at_word(p, "not"))
		return name(p, out);
	return refuse(p, N_("expected a fact, a number, or “(”"));
}

/* Every way round passes here, so this is where the depth is bounded. */
static bool parse_unary(struct parser *p, enum expr_type *out)
{
	const char *from = p->at;
	bool ok;

	if (p->depth == EXPR_MAX_DEPTH)
		return refuse(p, N_("the expression is nested too deep"));
	p->depth++;
	if (take(p, "-"))
		ok = parse_unary(p, out) && apply(p, from, OP_NEG, *out, *out, out);
	else
		ok = primary(p, out);
	p->depth--;
	return ok;
}

static bool parse_product(struct parser *p, enum expr_type *out)
{
	const char *from = p->at;

	if (!parse_unary(p, out))
		return false;
	while (at_word(p, "*") || at_word(p, "/")) {
		enum op_code code = at_word(p, "*") ? OP_MUL : OP_DIV;
		enum expr_type right;

		next(p);
		if (!parse_unary(p, &right) || !apply(p, from, code, *out, right, out))
			return false;
	}
	return true;
}

static bool parse_sum(struct parser *p, enum expr_type *out)
{
	const char *from = p->at;

	if (!parse_product(p, out))
		return false;
	while (at_word(p, "+") || at_word(p, "-")) {
		enum op_code code = at_word(p, "+") ? OP_ADD : OP_SUB;
		enum expr_type right;

		next(p);
		if (!parse_product(p, &right) || !apply(p, from, code, *out, right, out))
			return false;
	}
	return true;
}

static bool comparison(struct parser *p, enum op_code *out)
{
	static const struct { const char *sign; enum op_code code; } signs[] = {
		{ "<", OP_LT }, { "<=", OP_LE }, { ">", OP_GT }, { ">=", OP_GE }, { "=", OP_EQ }, { "==", OP_EQ }, { "!=", OP_NE },
	};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (!take(p, signs[i].sign))
			continue;
		*out = signs[i].code;
		return true;
	}
	return false;
}

static bool parse_compare(struct parser *p, enum expr_type *out)
{
	const char *from = p->at;
	enum expr_type right;
	enum op_code code;

	if (!parse_sum(p, out))
		return false;
	return !comparison(p, &code) || (parse_sum(p, &right) && apply(p, from, code, *out, right, out));
}

static bool parse_not(struct parser *p, enum expr_type *out)
{
	const char *from = p->at;
	bool ok;

	if (!take(p, "not"))
		return parse_compare(p, out);
	if (p->depth == EXPR_MAX_DEPTH)
		return refuse(p, N_("the expression is nested too deep"));
	p->depth++;
	ok = parse_not(p, out) && apply(p, from, OP_NOT, *out, *out, out);
	p->depth--;
	return ok;
}

static bool parse_and(struct parser *p, enum expr_type *out)
{
	const char *from = p->at;
	enum expr_type right;

	if (!parse_not(p, out))
		return false;
	while (take(p, "and"))
		if (!parse_not(p, &right) || !apply(p, from, OP_AND, *out, right, out))
			return false;
	return true;
}

static bool parse_or(struct parser *p, enum expr_type *out)
{
	const char *from = p->at;
	enum expr_type right;

	if (!parse_and(p, out))
		return false;
	while (take(p, "or"))
		if (!parse_and(p, &right) || !apply(p, from, OP_OR, *out, right, out))
			return false;
	return true;
}

bool expr_parse(struct arena *a, const char *text, const struct fact_book *book, const struct expr *measure, struct expr *out, struct expr_problem *why)
{
	struct parser p = { .arena = a, .text = text, .at = text, .book = book, .measure = measure, .why = why };
	enum expr_type type;

	next(&p);
	if (!parse_or(&p, &type))
		return false;
	if (p.size)
		return refuse(&p, N_("this does not belong here"));
	struct op *ops = ARENA_ARRAY(a, p.n, struct op);

	memcpy(ops, p.ops, p.n * sizeof *ops);
	*out = (struct expr){ .ops = ops, .n = p.n, .type = type, .book = book, .facts = p.facts, .text = arena_strdup(a, text) };
	return true;
}
