/* address.c — ids and codes of units in addresses. */
#include "org/address.h"

#include <string.h>

#include "db/db.h"
#include "http/req.h"
#include "org/unit.h"

enum { SHORTEST_ID = 10 };

struct asked { const char *code; int64_t id; };

static fail find(struct call *c, void *arg)
{
	struct asked *a = arg;

	return org_unit_id(c, a->code, &a->id);
}

fail unit_of_path(struct call *c, const struct req *rq, int64_t *unit_id)
{
	struct asked a = { .code = req_param(rq, "unit") };
	bool digits = a.code && strspn(a.code, "0123456789") == strlen(a.code);

	if (!a.code || (digits && *a.code != '0' && strlen(a.code) >= SHORTEST_ID))
		return req_id(c, rq, "unit", unit_id);
	TRY(db_read(c, find, &a));
	*unit_id = a.id;
	return FAIL_OK;
}
