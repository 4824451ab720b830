/* standing_commands.h — chibo year standing. */
#ifndef CHIBO_YEAR_STANDING_COMMANDS_H
#define CHIBO_YEAR_STANDING_COMMANDS_H

#include "base/command.h"

extern const struct command standing_commands[];

#endif
