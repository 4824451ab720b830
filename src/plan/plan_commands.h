/* plan_commands.h — chibo plan show, adopt, propose. */
#ifndef CHIBO_PLAN_PLAN_COMMANDS_H
#define CHIBO_PLAN_PLAN_COMMANDS_H

#include "base/command.h"

extern const struct command plan_commands[];

#endif
