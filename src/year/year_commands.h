/* year_commands.h — the year at the command line: `chibo cases …`. */
#ifndef CHIBO_YEAR_YEAR_COMMANDS_H
#define CHIBO_YEAR_YEAR_COMMANDS_H

#include "base/command.h"

extern const struct command year_commands[];

#endif
