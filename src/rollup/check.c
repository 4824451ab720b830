/* check.c — what `chibo verify` compares here: rows with facts, and sums in memory with the database's own. */
#include "db/db.h"
#include "rollup/memory.h"
#include "rollup/rollup_commands.h"
#include "rollup_sql.h"

/* ---- rows ---- */

struct wrong { int64_t realm, unit_id, month, n; };
static const struct field wrong_fields[] = {
	COL(struct wrong, realm), COL(struct wrong, unit_id), COL(struct wrong, month), COL(struct wrong, n), FIELD_END,
};
static const struct record wrong_record = { "wrong", sizeof(struct wrong), wrong_fields };

struct finding_rows { int64_t n; };

static fail tell_row(struct call *c, const void *row, void *arg)
{
	const struct wrong *w = row;
	struct finding_rows *f = arg;
	char month[MONTH_TEXT];

	month_format((month_no)w->month, month);
	if (f->n++)
		fprintf(c->err, tr(c->lang, "the counters of unit %lld in %s differ from its meetings\n"), (long long)w->unit_id, month);
	else
		(void)problem(c, FAIL_BROKEN, "cell_month", "the counters of unit %lld in %s differ from its meetings; chibo rebuild makes them again",
		              (long long)w->unit_id, month);
	return FAIL_OK;
}

static fail check_rows(struct call *c, int64_t *checked)
{
	struct finding_rows found = { 0 };

	TRY(db_int(c, &Q_cell_month_count, NO_ARGS, 0, checked));
	TRY(db_each(c, &Q_cell_month_wrong, NO_ARGS, &wrong_record, tell_row, &found));
	return found.n ? FAIL_BROKEN : FAIL_OK;
}

static fail tell_year(struct call *c, const void *row, void *arg)
{
	const struct wrong *w = row;
	struct finding_rows *f = arg;

	if (f->n++)
		fprintf(c->err, tr(c->lang, "the counters of unit %lld in %s differ from its records of the year\n"), (long long)w->unit_id,
		        arena_printf(c->arena, "%lld", (long long)w->month));
	else
		(void)problem(c, FAIL_BROKEN, "cell_year",
		              "the counters of unit %lld in the year %lld differ from its records; chibo rebuild makes them again",
		              (long long)w->unit_id, (long long)w->month);
	return FAIL_OK;
}

static fail check_years(struct call *c, int64_t *checked)
{
	struct finding_rows found = { 0 };

	TRY(db_int(c, &Q_cell_year_count, NO_ARGS, 0, checked));
	TRY(db_each(c, &Q_cell_year_wrong, NO_ARGS, &wrong_record, tell_year, &found));
	return found.n ? FAIL_BROKEN : FAIL_OK;
}

/* ---- sums ---- */

/* Month by month, for the whole installation. */
struct sums { struct call *c; const struct cube *cube; int64_t months; fail result; };

static bool same_sums(const struct figures *f, const struct cell_month *m)
{
	return f->v[FIG_regular] == m->regular && f->v[FIG_thematic] == m->thematic && f->v[FIG_meetings] == m->meetings &&
	       f->v[FIG_pre_meetings] == m->pre_meetings && f->v[FIG_complete] == m->complete && f->v[FIG_by_score] == m->by_score &&
	       f->v[FIG_scored] == m->scored && f->v[FIG_good] == m->good && f->v[FIG_fair] == m->fair && f->v[FIG_average] == m->average &&
	       f->v[FIG_poor] == m->poor && f->v[FIG_points] == m->points && f->v[FIG_decided] == m->decided &&
	       f->v[FIG_reported] == m->reported && f->v[FIG_self_scored] == m->self_scored && f->v[FIG_self_good] == m->self_good &&
	       f->v[FIG_expected] == m->expected && f->v[FIG_present] == m->present && f->v[FIG_excused] == m->excused &&
	       f->v[FIG_unexcused] == m->unexcused;
}

static fail check_month(struct call *c, const void *row, void *arg)
{
	const struct cell_month *m = row;
	struct sums *s = arg;
	char month[MONTH_TEXT];

	month_format((month_no)m->month, month);
	for (int k = THEN; k <= NOW && cube_has_year(s->cube, (int)(m->month / 12)); k++) {
		struct figures f;

		cube_month(s->cube, (enum structure)k, SHAPE_TOP, (month_no)m->month, &f);
		s->months++;
		if (!same_sums(&f, m))
			s->result = problem(c, FAIL_BROKEN, "cell_month",
			                    "the sums of %s (structure: %s) differ between the tree and the table of counters", month, structure_words[k]);
	}
	return FAIL_OK;
}

/* Cells and bodies together are all rows. */
static bool same_year(const struct figures *f, const struct cell_year *y)
{
	const int64_t *cells = &f->v[FIG_cells_registered], *bodies = &f->v[FIG_bodies_registered], *members = &f->v[FIG_members_excellent];
	const int64_t units[] = { y->registered, y->assessed, y->met, y->recognised, y->exemplary, y->excellent, y->good, y->completed, y->not_completed };
	const int64_t people[] = { y->members_excellent, y->members_good, y->members_completed, y->members_not_completed };
	bool same = f->v[FIG_members] == y->members && f->v[FIG_members_with_initiative] == y->members_with_initiative &&
	            f->v[FIG_initiatives] == y->initiatives && f->v[FIG_secretaries] == y->secretaries && f->v[FIG_secretaries_good] == y->secretaries_good;

	for (int i = 0; i < 9; i++)
		same &= cells[i] + bodies[i] == units[i];
	for (int i = 0; i < 4; i++)
		same &= members[i] == people[i];
	return same;
}

static fail check_year(struct call *c, const void *row, void *arg)
{
	const struct cell_year *y = row;
	struct sums *s = arg;

	for (int k = THEN; k <= NOW && cube_has_year(s->cube, (int)y->year); k++) {
		struct figures f;

		cube_month(s->cube, (enum structure)k, SHAPE_TOP, month_of((int)y->year, 1), &f);
		s->months++;
		if (!same_year(&f, y))
			s->result = problem(c, FAIL_BROKEN, "cell_year",
			                    "the sums of the year %lld (structure: %s) differ between the tree and the table of counters", (long long)y->year,
			                    structure_words[k]);
	}
	return FAIL_OK;
}

static fail check_sums(struct call *c, int64_t *checked)
{
	struct sums s = { .c = c, .result = FAIL_OK };
	struct rollup *kept = c->rollup, *own;

	c->rollup = NULL;
	fail f = rollup_open(c, &own);

	if (f == FAIL_OK) {
		c->rollup = own;
		f = rollup_lock(c, NULL, &s.cube);
		if (f == FAIL_OK) {
			f = db_each(c, &Q_cell_month_sums, NO_ARGS, &cell_month_record, check_month, &s);
			if (f == FAIL_OK)
				f = db_each(c, &Q_cell_year_sums, NO_ARGS, &cell_year_record, check_year, &s);
			rollup_unlock(c);
		}
		rollup_close(own);
	}
	c->rollup = kept;
	*checked = s.months;
	return f == FAIL_OK ? s.result : f;
}

const struct verify_check rollup_checks[] = {
	{ "counters", N_("monthly counters of cells against their meetings"), check_rows },
	{ "years", N_("yearly counters of units against cases, initiatives, members and posts"), check_years },
	{ "sums", N_("sums along the tree, of that time and of today, against the table of counters"), check_sums },
	{ NULL },
};
