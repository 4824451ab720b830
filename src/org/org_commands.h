/* org_commands.h — units, members, posts, warnings and search on the command line. */
#ifndef CHIBO_ORG_ORG_COMMANDS_H
#define CHIBO_ORG_ORG_COMMANDS_H

#include "base/command.h"

/* Ended by a row without a name. */
extern const struct command org_commands[];

#endif
