/* verify.c — the lines of every computed sheet add up to its total. */
#include "score/verify.h"

#include "score/score.h"
#include "score_sql.h"

struct wrong_sheet {
	int64_t realm, meeting_id, revision;
	unsigned stage;
	struct tenths points, sum;
};
static const struct field fields[] = { COL(struct wrong_sheet, realm),
	                                   COL(struct wrong_sheet, meeting_id),
	                                   COL(struct wrong_sheet, revision),
	                                   COL(struct wrong_sheet, stage, .words = score_stage_words),
	                                   COL(struct wrong_sheet, points),
	                                   COL(struct wrong_sheet, sum),
	                                   FIELD_END };
static const struct record wrong_sheet_record = { "wrong_sheet", sizeof(struct wrong_sheet), fields };

/* The first is the call's problem, the others are lines of their own. */
static fail tell(struct call *c, const void *row, void *arg)
{
	const struct wrong_sheet *w = row;
	bool *found = arg;
	const char *text = arena_printf(c->arena, tr(c->lang, "meeting %lld, sheet “%s” %lld: the lines add up to %s, the total says %s"),
	                                (long long)w->meeting_id, score_stage_words[w->stage], (long long)w->revision,
	                                show_tenths(c->arena, c->lang, w->sum), show_tenths(c->arena, c->lang, w->points));

	if (*found)
		fprintf(c->err, "%s\n", text);
	else
		(void)!problem(c, FAIL_BROKEN, "score_sheet", "%s", text);
	*found = true;
	return FAIL_OK;
}

static fail sheets_add_up(struct call *c, int64_t *checked)
{
	bool found = false;

	TRY(db_int(c, &Q_sheets_computed, NO_ARGS, 0, checked));
	TRY(db_each(c, &Q_sheets_not_adding_up, NO_ARGS, &wrong_sheet_record, tell, &found));
	return found ? FAIL_BROKEN : FAIL_OK;
}

const struct verify_check score_checks[] = {
	{ "sheets", N_("lines of score sheets against their totals"), sheets_add_up },
	{ NULL },
};
