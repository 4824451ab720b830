/* demo.h — a made-up, believable organisation: the same for the same seed, size and day. */
#ifndef CHIBO_DEMO_DEMO_H
#define CHIBO_DEMO_DEMO_H

#include "base/command.h"

extern const struct command demo_commands[];

#endif
