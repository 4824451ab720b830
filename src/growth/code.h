/* code.h — the check code on a certificate: hard to guess, easy to read aloud and to type.
 *
 * Fourteen random letters and digits (69 bits) and one that checks them, in three groups: "K7QF3-9XW2M-PT4RZ". The alphabet has 31 signs and none
 * that is taken for another: no 0 O, 1 I L. Upper and lower case, blanks and dashes make no difference. The last sign finds every single wrong sign and every
 * two that were exchanged, so that a slip of the finger is told from a certificate that does not exist without asking the database. */
#ifndef CHIBO_GROWTH_CODE_H
#define CHIBO_GROWTH_CODE_H

#include <stdbool.h>

enum { CODE_SIGNS = 15, CODE_TEXT = CODE_SIGNS + 3 };

/* A new one, as printed. */
void code_make(char out[CODE_TEXT]);
/* What somebody typed, as printed. False: this cannot be a code; out is "" then. */
bool code_clean(const char *typed, char out[CODE_TEXT]);

#endif
