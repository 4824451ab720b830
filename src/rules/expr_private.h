/* expr_private.h — what the files of the expression language share among themselves. */
#ifndef CHIBO_RULES_EXPR_PRIVATE_H
#define CHIBO_RULES_EXPR_PRIVATE_H

#include "rules/expr.h"

/* The type an operation gives; false: it does not take these. Operations on one operand get it twice. */
bool expr_result_type(enum op_code code, enum expr_type x, enum expr_type y, enum expr_type *out);
/* How many operands it takes from the stack: 0, 1 or 2. */
int expr_operands(enum op_code code);

#endif
