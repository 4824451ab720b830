-- name: migration_table_exists
SELECT CASE WHEN to_regclass('schema_migration') IS NULL THEN 0 ELSE 1 END AS n;
