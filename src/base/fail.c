/* fail.c — the list of fail.h as look-ups. */
#include "base/fail.h"

static const struct {
	const char *name;
	int http, exit;
} rows[] = {
#define X(name, http, exit) { #name, http, exit },
	FAIL_LIST(X)
#undef X
};

int fail_http(fail f)
{
	return rows[f].http;
}

int fail_exit(fail f)
{
	return rows[f].exit;
}

const char *fail_name(fail f)
{
	static const char *const names[] = { "ok", "input", "not_found", "denied", "conflict", "busy", "broken" };
	_Static_assert(sizeof names / sizeof *names == sizeof rows / sizeof *rows, "a name for every failure");
	return names[f];
}
