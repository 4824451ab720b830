/* support.c — helpers of the tests. */
#include "support/support.h"
