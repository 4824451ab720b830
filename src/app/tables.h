/* tables.h — where the rooms' tables come together: commands, routes, checks. A new room adds one line to tables.c. */
#ifndef CHIBO_APP_TABLES_H
#define CHIBO_APP_TABLES_H

#include "base/command.h"
#include "base/verify.h"

extern const struct command *const app_commands[];    /* tables, NULL-ended; each ends with a row without a name */
extern const struct verify_check *const app_checks[]; /* likewise */

#endif
