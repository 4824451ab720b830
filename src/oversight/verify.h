/* verify.h — what `chibo verify` compares about the registers: declarations beside rows, and people and meetings that rows name. */
#ifndef CHIBO_OVERSIGHT_VERIFY_H
#define CHIBO_OVERSIGHT_VERIFY_H

#include "base/verify.h"

extern const struct verify_check oversight_checks[];

#endif
