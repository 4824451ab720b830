/* expr.h — the small language of conditions and measures in rule files. Exact and total.
 *
 *   present / expected >= 90%        unexcused == 0 and longest_excused_run <= 3        not thematic_held
 *
 * Numbers are exact fractions of 64-bit whole numbers (products checked in 128 bits): no rounding, no floating point. A
 * text is parsed once, when the rule file is loaded, to a row of operations for a stack; types are known then, so that
 * `present + has_committee` is refused at load. At use an operation can meet an unknown fact: what does not depend on it is
 * still decided (`false and unknown` is false), anything else is unknown and names the fact. Pure: also built for wasm32. */
#ifndef CHIBO_RULES_EXPR_H
#define CHIBO_RULES_EXPR_H

#include "base/arena.h"
#include "base/out.h"
#include "rules/facts.h"

enum expr_type { EXPR_COUNT, EXPR_SHARE, EXPR_YESNO }; /* number · quotient, shown as per cent · yes or no */

enum op_code {
	OP_NUMBER, OP_FACT, OP_MEASURE, OP_YES, OP_NO, /* push */
	OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_NEG, OP_CEIL, OP_FLOOR,
	OP_LT, OP_LE, OP_GT, OP_GE, OP_EQ, OP_NE,
	OP_AND, OP_OR, OP_NOT,
	OP_CODE_COUNT
};

struct op {
	uint8_t code;
	uint8_t arg;      /* OP_FACT: which; OP_NUMBER: 1 when written as per cent */
	int64_t num, den; /* OP_NUMBER: a fraction with den > 0 */
};

struct expr {
	const struct op *ops;
	uint32_t n;       /* 0: absent */
	enum expr_type type;
	const struct fact_book *book; /* whose facts it names */
	uint64_t facts;   /* bits of the facts it names, those of the measure included */
	const char *text; /* as written */
};

#define EXPR_MAX_OPS 64
#define EXPR_MAX_DEPTH 16

struct expr_problem {
	int column;       /* 1-based byte in the text */
	const char *what; /* message id (base/lang.h), plain English */
	const char *near; /* the word at fault, in the arena; "" at the end of the text */
};

/* Text → operations on facts of that book. `measure` is what the word "measure" stands for, or NULL where there is none. False: *why is filled. */
bool expr_parse(struct arena *a, const char *text, const struct fact_book *book, const struct expr *measure, struct expr *out, struct expr_problem *why);
/* Are these operations well-formed (types, stack, bounds)? Their book is e->book. Sets type and facts. For operations that came from outside. */
bool expr_verify(struct expr *e, const struct expr *measure);
bool expr_equal(const struct expr *x, const struct expr *y);

enum value_state { VALUE_KNOWN, VALUE_UNKNOWN, VALUE_UNDEFINED }; /* undefined: a share of nothing, or beyond 64 bits */
struct value {
	enum value_state state;
	int64_t num, den; /* yes/no: num 1 or 0 */
};
/* Never fails: see value.state. `measure` as given to expr_parse. */
struct value expr_eval(const struct expr *e, const struct expr *measure, const struct facts *facts);
/* -1, 0, 1. Both known. */
int value_compare(struct value x, struct value y);

/* The expression in words: facts by their labels, signs as in print ("số người có mặt / số người phải dự ≥ 90 %"). */
void expr_words(struct out *o, const struct expr *e, const struct expr *measure, enum lang lang);
/* A value as people read it: 80 · 90,48 % · có. "–" when not known. */
void value_words(struct out *o, struct value v, enum expr_type type, enum lang lang);

#endif
