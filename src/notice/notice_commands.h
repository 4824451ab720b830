/* notice_commands.h — mail list, mail retry. */
#ifndef CHIBO_NOTICE_COMMANDS_H
#define CHIBO_NOTICE_COMMANDS_H

#include "base/command.h"

/* Ended by a row without a name. */
extern const struct command notice_commands[];

#endif
