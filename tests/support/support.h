/* support.h — what every test program needs: cmocka and its usual includes. */
#ifndef CHIBO_TESTS_SUPPORT_H
#define CHIBO_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
/* cmocka takes the word as a macro; here it is the type of a result */
#undef fail

#include "base/call.h"

#endif
