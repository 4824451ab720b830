/* account_commands.h — `chibo user …`: accounts and roles from the command line. */
#ifndef CHIBO_ACCESS_ACCOUNT_COMMANDS_H
#define CHIBO_ACCESS_ACCOUNT_COMMANDS_H

#include "base/command.h"

extern const struct command account_commands[];

#endif
