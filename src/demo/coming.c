/* coming.c — meetings to come: what was registered goes on the schedule, in the village down to papers and notices. */
#include "demo/coming.h"

#include "db/db.h"
#include "demo/prepared.h"
#include "demo_sql.h"
#include "meeting/cycle.h"

struct registered {
	int64_t id;
	bool whole; /* of the cell whose meetings are played through as a whole */
};
static const struct field fields[] = { COL(struct registered, id), COL(struct registered, whole), FIELD_END };
static const struct record registered_record = { "registered", sizeof(struct registered), fields };

static fail go_on(struct call *c, const struct registered *r)
{
	struct step_note place = { .remark = "Số 07-TB/ĐU" };
	struct meeting m;

	TRY(meeting_take_step(c, r->id, ANY_REV, STEP_SCHEDULE, &place, &m, NULL));
	return r->whole ? demo_prepare(c, r->id) : FAIL_OK;
}

static fail all(struct call *c, void *arg)
{
	struct registered *v;
	size_t n;

	(void)arg;
	TRY(db_all(c, &Q_demo_registered, NO_ARGS, &registered_record, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].whole || i % 3 == 0)
			TRY(go_on(c, &v[i]));
	return FAIL_OK;
}

fail demo_coming(struct call *c, const struct demo_shape *shape)
{
	return shape->size < DEMO_PROVINCE ? db_write(c, all, NULL) : FAIL_OK;
}
