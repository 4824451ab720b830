/* expr.c — exact evaluation and checking of the operations of expr.h. Parsing is in expr_parse.c, wording in expr_words.c. */
#include "rules/expr.h"

#include "base/num.h"
#include "rules/expr_private.h"

static const struct value unknown = { .state = VALUE_UNKNOWN, .den = 1 };
static const struct value undefined = { .state = VALUE_UNDEFINED, .den = 1 };

static struct value yes_no(bool b)
{
	return (struct value){ .num = b, .den = 1 };
}

static __int128 gcd(__int128 a, __int128 b)
{
	while (b) {
		__int128 rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static int64_t short_gcd(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Numbers of a few digits, as nearly all are, need no division of 128 bits. */
static struct value short_fraction(int64_t num, int64_t den)
{
	int64_t common = den == 1 ? 1 : short_gcd(num < 0 ? -num : num, den);

	return (struct value){ .num = num / common, .den = den / common };
}

/* The fraction in lowest terms with a positive denominator, or undefined: nothing below the line, or beyond 64 bits. */
static struct value fraction(__int128 num, __int128 den)
{
	if (den == 0)
		return undefined;
	if (den > 0 && den <= INT32_MAX && num >= -INT32_MAX && num <= INT32_MAX)
		return short_fraction((int64_t)num, (int64_t)den);
	if (den < 0) {
		num = -num;
		den = -den;
	}
	__int128 common = gcd(num < 0 ? -num : num, den);

	num /= common;
	den /= common;
	if (num > INT64_MAX || num < -INT64_MAX || den > INT64_MAX)
		return undefined;
	return (struct value){ .num = (int64_t)num, .den = (int64_t)den };
}

/* Both sums stay below 2^127: each product of two 63-bit numbers is below 2^126. */
static struct value add(struct value x, struct value y, int sign)
{
	return fraction((__int128)x.num * y.den + sign * ((__int128)y.num * x.den), (__int128)x.den * y.den);
}

static struct value round_to_whole(struct value x, bool up)
{
	int64_t whole = x.num / x.den, rest = x.num % x.den;

	if (up && rest > 0)
		whole++;
	if (!up && rest < 0)
		whole--;
	return (struct value){ .num = whole, .den = 1 };
}

int value_compare(struct value x, struct value y)
{
	return rate_compare(x.num, x.den, y.num, y.den);
}

static struct value compute(enum op_code code, struct value x, struct value y)
{
	switch (code) {
	case OP_ADD: return add(x, y, 1);
	case OP_SUB: return add(x, y, -1);
	case OP_MUL: return fraction((__int128)x.num * y.num, (__int128)x.den * y.den);
	case OP_DIV: return fraction((__int128)x.num * y.den, (__int128)x.den * y.num);
	case OP_LT: return yes_no(value_compare(x, y) < 0);
	case OP_LE: return yes_no(value_compare(x, y) <= 0);
	case OP_GT: return yes_no(value_compare(x, y) > 0);
	case OP_GE: return yes_no(value_compare(x, y) >= 0);
	case OP_EQ: return yes_no(value_compare(x, y) == 0);
	case OP_NE: return yes_no(value_compare(x, y) != 0);
	default: return undefined;
	}
}

/* What one side alone decides: no for "and", yes for "or". */
static struct value join(enum op_code code, struct value x, struct value y)
{
	bool decides = code == OP_OR;

	if ((x.state == VALUE_KNOWN && x.num == decides) || (y.state == VALUE_KNOWN && y.num == decides))
		return yes_no(decides);
	if (x.state == VALUE_UNKNOWN || y.state == VALUE_UNKNOWN)
		return unknown;
	if (x.state == VALUE_UNDEFINED || y.state == VALUE_UNDEFINED)
		return undefined;
	return yes_no(!decides);
}

static struct value binary(enum op_code code, struct value x, struct value y)
{
	if (code == OP_AND || code == OP_OR)
		return join(code, x, y);
	if (x.state != VALUE_KNOWN)
		return x;
	if (y.state != VALUE_KNOWN)
		return y;
	return compute(code, x, y);
}

static struct value unary(enum op_code code, struct value x)
{
	if (x.state != VALUE_KNOWN)
		return x;
	switch (code) {
	case OP_NEG: return (struct value){ .num = -x.num, .den = x.den };
	case OP_NOT: return yes_no(!x.num);
	default: return round_to_whole(x, code == OP_CEIL);
	}
}

static struct value push(const struct op *op, const struct expr *measure, const struct facts *facts)
{
	switch (op->code) {
	case OP_NUMBER: return fraction(op->num, op->den);
	case OP_FACT: return facts_know(facts, op->arg) ? (struct value){ .num = facts->v[op->arg], .den = 1 } : unknown;
	case OP_MEASURE: return expr_eval(measure, NULL, facts);
	default: return yes_no(op->code == OP_YES);
	}
}

int expr_operands(enum op_code code)
{
	if (code <= OP_NO)
		return 0;
	return code == OP_NEG || code == OP_CEIL || code == OP_FLOOR || code == OP_NOT ? 1 : 2;
}

struct value expr_eval(const struct expr *e, const struct expr *measure, const struct facts *facts)
{
	struct value stack[EXPR_MAX_OPS];
	size_t top = 0;

	for (uint32_t i = 0; i < e->n; i++) {
		const struct op *op = &e->ops[i];
		int takes = expr_operands(op->code);

		if (takes == 0)
			stack[top++] = push(op, measure, facts);
		else if (takes == 1)
			stack[top - 1] = unary(op->code, stack[top - 1]);
		else
			top--, stack[top - 1] = binary(op->code, stack[top - 1], stack[top]);
	}
	return top ? stack[0] : undefined;
}

/* ---------------------------------------------------------------- checking */

static bool pushed_type(const struct fact_book *book, const struct op *op, const struct expr *measure, uint64_t *facts, enum expr_type *out)
{
	switch (op->code) {
	case OP_NUMBER:
		*out = op->arg ? EXPR_SHARE : EXPR_COUNT;
		return op->arg <= 1 && op->den > 0 && op->num >= 0;
	case OP_FACT:
		if (op->arg >= book->n)
			return false;
		*facts |= FACT_BIT(op->arg);
		*out = book->facts[op->arg].type == FACT_TYPE_YESNO ? EXPR_YESNO : EXPR_COUNT;
		return true;
	case OP_MEASURE:
		if (!measure || !measure->n)
			return false;
		*facts |= measure->facts;
		*out = measure->type;
		return true;
	default:
		*out = EXPR_YESNO;
		return true;
	}
}

bool expr_result_type(enum op_code code, enum expr_type x, enum expr_type y, enum expr_type *out)
{
	bool yes_no_x = x == EXPR_YESNO, yes_no_y = y == EXPR_YESNO;

	switch (code) {
	case OP_AND: case OP_OR: case OP_NOT:
		*out = EXPR_YESNO;
		return yes_no_x && yes_no_y;
	case OP_EQ: case OP_NE:
		*out = EXPR_YESNO;
		return yes_no_x == yes_no_y;
	case OP_LT: case OP_LE: case OP_GT: case OP_GE:
		*out = EXPR_YESNO;
		break;
	case OP_DIV:
		*out = EXPR_SHARE;
		break;
	case OP_MUL:
		*out = x == EXPR_SHARE && y == EXPR_SHARE ? EXPR_SHARE : EXPR_COUNT;
		break;
	case OP_CEIL: case OP_FLOOR:
		*out = EXPR_COUNT;
		break;
	default:
		*out = x == EXPR_SHARE || y == EXPR_SHARE ? EXPR_SHARE : EXPR_COUNT;
	}
	return !yes_no_x && !yes_no_y;
}

bool expr_verify(struct expr *e, const struct expr *measure)
{
	enum expr_type stack[EXPR_MAX_OPS];
	size_t top = 0;

	e->facts = 0;
	if (e->n == 0 || e->n > EXPR_MAX_OPS)
		return false;
	for (uint32_t i = 0; i < e->n; i++) {
		const struct op *op = &e->ops[i];
		size_t takes = op->code < OP_CODE_COUNT ? (size_t)expr_operands(op->code) : EXPR_MAX_OPS;

		if (top < takes)
			return false;
		if (takes == 0) {
			if (!pushed_type(e->book, op, measure, &e->facts, &stack[top++]))
				return false;
			continue;
		}
		top -= takes - 1;
		if (!expr_result_type(op->code, stack[top - 1], stack[takes == 1 ? top - 1 : top], &stack[top - 1]))
			return false;
	}
	e->type = stack[0];
	return top == 1;
}

bool expr_equal(const struct expr *x, const struct expr *y)
{
	if (x->n != y->n)
		return false;
	for (uint32_t i = 0; i < x->n; i++) {
		const struct op *a = &x->ops[i], *b = &y->ops[i];

		if (a->code != b->code || a->arg != b->arg || a->num != b->num || a->den != b->den)
			return false;
	}
	return true;
}
