/* memory.c — who may look at the cube and who may change it, and when it has to be made anew. */
#include "rollup/memory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "org/version.h"
#include "rollup/follow.h"
#include "rollup/state.h"

struct rollup {
	struct listener listener;
	pthread_rwlock_t lock;     /* of the members up to `recording` */
	struct state *state;
	int64_t tree_version;
	struct moved *kept;        /* to repeat on the next state: changes that came while it was built, or for units not known yet */
	size_t kept_n, kept_room;
	bool recording;
	bool one_call;             /* belongs to one call: never made anew */
	pthread_mutex_t renewing;  /* one at a time; also of `follow` */
	struct follow follow;
	atomic_bool read_again;    /* all facts */
};

/* ---- opening ---- */

static void read_again(struct rollup *r);

static struct rollup *rollup_new(void)
{
	struct rollup *r = calloc(1, sizeof *r);
	pthread_rwlockattr_t attr;

	if (!r)
		return NULL;
	r->listener = (struct listener){ rollup_put, read_again };
	pthread_rwlockattr_init(&attr);
	pthread_rwlockattr_setkind_np(&attr, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&r->lock, &attr);
	pthread_rwlockattr_destroy(&attr);
	pthread_mutex_init(&r->renewing, NULL);
	return r;
}

void rollup_close(struct rollup *r)
{
	if (!r)
		return;
	state_free(r->state);
	follow_free(&r->follow);
	pthread_rwlock_destroy(&r->lock);
	pthread_mutex_destroy(&r->renewing);
	free(r->kept);
	free(r);
}

static struct period years_period(int year_from, int years)
{
	return (struct period){ month_of(year_from, 1), month_of(year_from + years - 1, 12) };
}

static fail load_all(struct call *c, void *arg)
{
	struct rollup *r = arg;
	int year_from, years;

	r->tree_version = org_tree_version();
	TRY(follow_begin(c, &r->follow));
	TRY(state_years(c, &year_from, &years));
	TRY(state_load_tree(c, year_from, years, &r->state));
	TRY(state_load_facts(c, r->state, years_period(year_from, years), NULL));
	cube_sum(&r->state->cube);
	return FAIL_OK;
}

fail rollup_open(struct call *c, struct rollup **out)
{
	struct rollup *r = rollup_new();

	if (!r)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	fail f = db_read(c, load_all, r);

	if (f == FAIL_OK)
		*out = r;
	else
		rollup_close(r);
	return f;
}

/* ---- for one call without a server: only the units and years that are asked for ---- */

struct loading { struct rollup *r; const struct rollup_want *want; };

static fail load_wanted(struct call *c, void *arg)
{
	struct loading *l = arg;
	const struct rollup_want *want = l->want;
	int year_from = want->period.from / 12, years = want->period.to / 12 - year_from + 1;
	struct state *s;

	if (years > CUBE_YEARS)
		return problem(c, FAIL_INPUT, "period", "a period may be at most %d years long", CUBE_YEARS);
	TRY(state_load_tree(c, year_from, years, &l->r->state));
	s = l->r->state;
	int32_t unit = shape_find(&s->shape, want->unit_id);
	bool *wanted = ARENA_ARRAY(s->arena, (size_t)s->shape.n, bool);

	if (unit >= 0)
		state_mark_below(&s->shape, unit, wanted);
	TRY(state_load_facts(c, s, years_period(year_from, years), unit == SHAPE_TOP ? NULL : wanted));
	cube_sum(&s->cube);
	return FAIL_OK;
}

static void close_own(void *arg)
{
	rollup_close(arg);
}

static fail open_wanted(struct call *c, const struct rollup_want *want, struct rollup **out)
{
	struct loading l = { rollup_new(), want };

	if (!l.r)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left");
	fail f = db_read(c, load_wanted, &l);

	if (f == FAIL_OK)
		*out = l.r;
	else
		rollup_close(l.r);
	return f;
}

static fail open_for_call(struct call *c, const struct rollup_want *want)
{
	struct rollup *r;

	TRY(want ? open_wanted(c, want, &r) : rollup_open(c, &r));
	r->one_call = true;
	arena_defer(c->arena, close_own, r);
	c->rollup = r;
	return FAIL_OK;
}

/* ---- changes ---- */

static void keep(struct rollup *r, const struct moved *m)
{
	if (r->kept_n == r->kept_room) {
		size_t room = r->kept_room ? r->kept_room * 2 : 64;
		struct moved *v = realloc(r->kept, room * sizeof *v);

		if (!v) { /* nothing may be lost: read everything again */
			atomic_store(&r->read_again, true);
			return;
		}
		r->kept = v;
		r->kept_room = room;
	}
	r->kept[r->kept_n++] = *m;
}

static bool put(struct state *s, const struct moved *m)
{
	int32_t unit = shape_find(&s->shape, m->unit_id);

	if (unit <= SHAPE_TOP)
		return false;
	if (m->of_year)
		cube_change_year(&s->cube, unit, m->month / 12, &m->year);
	else
		cube_change(&s->cube, unit, m->month, &m->facts);
	return true;
}

/* A month worth keeping, but older than the first year there is. */
static bool reaches_back(const struct cube *cube, month_no m)
{
	return m / 12 < cube->year_from && m / 12 > cube->now / 12 - MEMORY_YEARS;
}

void rollup_put(struct rollup *r, const struct moved *v, size_t n)
{
	pthread_rwlock_wrlock(&r->lock);
	for (size_t i = 0; i < n; i++) {
		if (!put(r->state, &v[i]) || r->recording)
			keep(r, &v[i]);
		if (reaches_back(&r->state->cube, v[i].month))
			atomic_store(&r->read_again, true);
	}
	pthread_rwlock_unlock(&r->lock);
}

static void read_again(struct rollup *r)
{
	atomic_store(&r->read_again, true);
}

/* ---- making it anew ---- */

static bool is_stale(struct rollup *r, const struct call *c)
{
	const struct state *s = r->state;

	if (r->one_call)
		return false;
	return atomic_load(&r->read_again) || r->tree_version != org_tree_version() || (c->rules && s->rules != c->rules) ||
	       s->cube.now != date_month(c->today) || c->today.days < s->shape.same_from.days || c->today.days > s->shape.same_to.days;
}

static void set_recording(struct rollup *r, bool on)
{
	pthread_rwlock_wrlock(&r->lock);
	r->recording = on;
	pthread_rwlock_unlock(&r->lock);
}

static fail build_anew(struct call *c, struct rollup *r, bool read_facts, struct state **out)
{
	int year_from, years;
	struct state *s;

	TRY(state_years(c, &year_from, &years));
	TRY(state_load_tree(c, year_from, years, &s));
	if (!c->rules)
		s->rules = r->state->rules;
	if (read_facts || year_from < r->state->cube.year_from) {
		fail f = state_load_facts(c, s, years_period(year_from, years), NULL);

		if (f != FAIL_OK) {
			state_free(s);
			return f;
		}
	} else {
		pthread_rwlock_rdlock(&r->lock);
		state_copy_facts(s, r->state);
		pthread_rwlock_unlock(&r->lock);
	}
	cube_sum(&s->cube);
	*out = s;
	return FAIL_OK;
}

/* What came meanwhile is repeated; what no unit is known for stays for the next time. */
static void replace(struct rollup *r, struct state *s, int64_t version)
{
	struct state *old;
	size_t n = 0;

	pthread_rwlock_wrlock(&r->lock);
	for (size_t i = 0; i < r->kept_n; i++)
		if (!put(s, &r->kept[i]))
			r->kept[n++] = r->kept[i];
	r->kept_n = n;
	r->recording = false;
	r->tree_version = version;
	old = r->state;
	r->state = s;
	pthread_rwlock_unlock(&r->lock);
	state_free(old);
}

static fail renew(struct call *c, struct rollup *r, bool read_facts)
{
	int64_t version = org_tree_version(); /* before the snapshot: what comes later moves it again */
	struct state *s;

	TRY(db_read_begin(c));
	fail f = db_read_renew(c);

	if (f != FAIL_OK) { /* inside the body of a read: as new as that is */
		problem_clear(c);
		version = r->tree_version;
	}
	f = build_anew(c, r, read_facts, &s);
	db_read_end(c);
	if (f == FAIL_OK)
		replace(r, s, version);
	return f;
}

static fail renew_if_stale(struct call *c, struct rollup *r)
{
	fail f = FAIL_OK;

	pthread_mutex_lock(&r->renewing);
	if (is_stale(r, c)) {
		bool read_facts = atomic_exchange(&r->read_again, false);

		set_recording(r, true);
		f = renew(c, r, read_facts);
		if (f != FAIL_OK) {
			set_recording(r, false);
			if (read_facts)
				atomic_store(&r->read_again, true);
		}
	}
	pthread_mutex_unlock(&r->renewing);
	return f;
}

/* ---- other processes ---- */

static fail follow_others(struct call *c, struct rollup *r)
{
	bool all = false;

	pthread_mutex_lock(&r->renewing);
	fail f = follow_read(c, &r->follow, r, &all);

	pthread_mutex_unlock(&r->renewing);
	if (all)
		atomic_store(&r->read_again, true);
	return f;
}

/* ---- reading ---- */

struct held {
	struct rollup *r;
	struct arena *arena;
	arena_full *full;
	void *full_arg;
};
static _Thread_local struct held held;

static void let_go(void)
{
	struct held h = held;

	held = (struct held){ 0 };
	arena_on_full(h.arena, h.full, h.full_arg, NULL);
	pthread_rwlock_unlock(&h.r->lock);
}

/* The request ends here; its lock must not stay. */
static void let_go_full(void *arg)
{
	struct held h = held;

	(void)arg;
	let_go();
	if (h.full)
		h.full(h.full_arg);
	abort();
}

fail rollup_lock(struct call *c, const struct rollup_want *want, const struct cube **out)
{
	struct rollup *r;

	if (!c->rollup)
		TRY(open_for_call(c, want));
	r = c->rollup;
	if (!r->one_call && db_engine_of(c->db) == DB_POSTGRES)
		TRY(follow_others(c, r));
	pthread_rwlock_rdlock(&r->lock);
	if (is_stale(r, c)) {
		pthread_rwlock_unlock(&r->lock);
		TRY(renew_if_stale(c, r));
		pthread_rwlock_rdlock(&r->lock);
	}
	held.r = r;
	held.arena = c->arena;
	held.full = arena_on_full(c->arena, let_go_full, NULL, &held.full_arg);
	*out = &r->state->cube;
	return FAIL_OK;
}

void rollup_unlock(struct call *c)
{
	(void)c;
	let_go();
}
