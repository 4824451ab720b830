/* rules_commands.h — score and rules …: the commands that need no database. */
#ifndef CHIBO_RULES_RULES_COMMANDS_H
#define CHIBO_RULES_RULES_COMMANDS_H

#include "base/command.h"

extern const struct command rules_commands[];

/* chibo score (score_command.c), also for tests. Uses c->rules. */
fail score_command(struct call *c, struct args *args);
extern const struct option score_options[];

#endif
