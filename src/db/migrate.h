/* migrate.h — the numbered migrations as the build has embedded them. Running them: db_migrate in db.h. */
#ifndef CHIBO_DB_MIGRATE_H
#define CHIBO_DB_MIGRATE_H

#include "db/db.h"

struct migration {
	int number;          /* 1, 2, 3 … without gaps */
	const char *name;    /* "0001-ground" */
	const char *sqlite, *postgres; /* all its statements */
};
extern const struct migration db_migrations[]; /* ends with number 0 (generated from migrations/) */

/* What db_migrate and db_check_schema do, with a list of their own: for tests and for looking at a backup. */
fail migrate_with(struct call *c, const struct migration *list, int *applied) MUST_CHECK;
fail migrate_check(struct call *c, const struct migration *list) MUST_CHECK;

#endif
