/* verify.h — what `chibo verify` compares of score sheets. */
#ifndef CHIBO_SCORE_VERIFY_H
#define CHIBO_SCORE_VERIFY_H

#include "base/verify.h"

/* Ended by a row without a name. */
extern const struct verify_check score_checks[];

#endif
