/* once.c — the table idempotency: account and key → digest, status, location. */
#include "app/once.h"

#include <string.h>

#include "app_sql.h"
#include "db/db.h"

struct used { const char *digest, *location; int64_t status; };
static const struct field used_fields[] = {
	COL(struct used, digest),
	COL(struct used, location),
	COL(struct used, status),
	FIELD_END,
};
static const struct record used_record = { "idempotency", sizeof(struct used), used_fields };

struct job {
	struct once *once;
	fail (*run)(struct call *c, void *run_arg);
	void *arg;
};

static fail job_body(struct call *c, void *arg)
{
	struct job *job = arg;
	struct once *o = job->once;
	struct used used;
	fail f = db_one(c, &Q_once_find, ARGS(V(c->who.account), V(o->key)), &used_record, &used);

	o->seen = f == FAIL_OK;
	if (o->seen && strcmp(used.digest, o->digest) != 0)
		return problem(c, FAIL_CONFLICT, "Idempotency-Key", "this key was used for another request; take a new one");
	if (o->seen) {
		o->status = (int)used.status;
		o->location = used.location;
		return FAIL_OK;
	}
	if (f != FAIL_NOT_FOUND)
		return f;
	TRY(job->run(c, job->arg));
	return db_exec(c, &Q_once_keep, ARGS(V(c->who.account), V(o->key), V(o->digest), V((int64_t)o->status), V(o->location), V(c->now_ms)), NULL);
}

fail once_run(struct call *c, struct once *o, fail (*run)(struct call *c, void *run_arg), void *run_arg, void *arg)
{
	struct job job = { o, run, run_arg };

	(void)arg;
	return db_write(c, job_body, &job);
}
