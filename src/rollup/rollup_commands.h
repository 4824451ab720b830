/* rollup_commands.h — `chibo targets`, `report`, `rebuild`. */
#ifndef CHIBO_ROLLUP_ROLLUP_COMMANDS_H
#define CHIBO_ROLLUP_ROLLUP_COMMANDS_H

#include "base/command.h"
#include "base/verify.h"

/* Each ended by a row without a name. */
extern const struct command rollup_commands[];
/* Rows of cell_month and cell_year against the facts; the sums in memory against the database's own. */
extern const struct verify_check rollup_checks[];

#endif
