/* verify.h — this room's checks of `chibo verify`. */
#ifndef CHIBO_MEETING_VERIFY_H
#define CHIBO_MEETING_VERIFY_H

#include "base/verify.h"

extern const struct verify_check meeting_checks[];

#endif
