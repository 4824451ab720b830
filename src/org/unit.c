/* unit.c — reading units on a day, and their words. Writing is change.c, the whole tree is tree.c. */
#include "org/unit.h"
