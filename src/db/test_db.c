/* test_db.c — transactions, statements, groups, faults, snapshots, migrations and backups on both engines. */
#include "support/support.h"

#include <string.h>

#include "db/journal.h"
#include "db/migrate.h"
#include "db_sql.h"

TEST_BOTH(a_fresh_database_has_the_schema)
{
	int applied;

	assert_ok(c, db_check_schema(c));
	assert_ok(c, db_migrate(c, &applied));
	assert_int_equal(applied, 0);
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit"), 0);
}

static fail add_unit(struct call *c, void *arg)
{
	static const struct query q = { .name = "test_add", .params = 2, .slot = -1,
		.sqlite = "INSERT INTO unit (id, realm, code) VALUES ($1, $1, $2)",
		.postgres = "INSERT INTO unit (id, realm, code) VALUES ($1, $1, $2)" };

	return db_exec(c, &q, ARGS(V(*(int64_t *)arg), V("U")), NULL);
}

TEST_BOTH(a_change_is_there_afterwards)
{
	int64_t id = 7;

	assert_ok(c, db_write(c, add_unit, &id));
	assert_int_equal(test_int(c, "SELECT id FROM unit WHERE code = 'U'"), 7);
	id = 8;
	assert_fails(c, FAIL_CONFLICT, db_write(c, add_unit, &id));
	assert_int_equal(test_int(c, "SELECT count(*) FROM unit"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_fresh_database_has_the_schema),
		BOTH(a_change_is_there_afterwards),
	};

	return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
