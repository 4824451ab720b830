/* form_commands.h — chibo forms list, export, check, sample, fill. */
#ifndef CHIBO_PAPER_FORM_COMMANDS_H
#define CHIBO_PAPER_FORM_COMMANDS_H

#include "base/command.h"

extern const struct command form_commands[];

#endif
