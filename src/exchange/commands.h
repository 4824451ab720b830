/* commands.h — `chibo import` and `chibo export` (design, section 4). */
#ifndef CHIBO_EXCHANGE_COMMANDS_H
#define CHIBO_EXCHANGE_COMMANDS_H

#include "base/command.h"

/* Ended by a row without a name. */
extern const struct command exchange_commands[];

#endif
