/* tables.c — the one list of every room's tables. */
#include "app/tables.h"

#include "access/account_commands.h"
#include "app/care.h"
#include "app/serve.h"
#include "app/settings.h"
#include "demo/demo.h"
#include "rules/rules_commands.h"
#include "score/meeting_commands.h"

const struct command *const app_commands[] = {
	care_commands,
	rules_commands,
	meeting_commands,
	settings_commands,
	serve_commands,
	account_commands,
	demo_commands,
	NULL,
};

const struct verify_check *const app_checks[] = {
	care_checks,
	NULL,
};
