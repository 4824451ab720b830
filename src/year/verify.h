/* verify.h — what `chibo verify` compares in this room. */
#ifndef CHIBO_YEAR_VERIFY_H
#define CHIBO_YEAR_VERIFY_H

#include "base/verify.h"

extern const struct verify_check year_checks[];

#endif
