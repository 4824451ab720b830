/* care.h — creating, checking and copying a database: init, verify, backup, restore. */
#ifndef CHIBO_APP_CARE_H
#define CHIBO_APP_CARE_H

#include "base/command.h"
#include "base/verify.h"

extern const struct command care_commands[];
/* The checks that belong to no other room: the engine's own, and the chain of the journal. */
extern const struct verify_check care_checks[];

#endif
