/* meeting_commands.h — meetings list, show, record, score. */
#ifndef CHIBO_SCORE_MEETING_COMMANDS_H
#define CHIBO_SCORE_MEETING_COMMANDS_H

#include "base/command.h"

/* Ended by a row without a name. */
extern const struct command meeting_commands[];

#endif
