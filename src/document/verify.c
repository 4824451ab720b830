/* verify.c — gaps in the numbers of documents, and signed minutes without their paper. */
#include "document/verify.h"

#include "document/document.h"
#include "register_sql.h"

struct series { const char *unit_code; unsigned type; struct date term_from; int64_t first, last, n; };
static const struct field series_fields[] = { COL(struct series, unit_code), COL(struct series, type, .words = document_types), COL(struct series, term_from),
	                                          COL(struct series, first),     COL(struct series, last), COL(struct series, n), FIELD_END };
static const struct record series_record = { "series", sizeof(struct series), series_fields };

/* The first is the call's problem, the others are lines of their own. */
static fail tell(struct call *c, const void *row, void *arg)
{
	const struct series *s = row;
	bool *found = arg;
	const char *text = arena_printf(c->arena, tr(c->lang, "unit %s, %s, term of %s: numbers %lld to %lld, but %lld documents"), s->unit_code,
	                                document_types[s->type], show_date(c->arena, c->lang, s->term_from), (long long)s->first, (long long)s->last,
	                                (long long)s->n);

	if (*found)
		fprintf(c->err, "%s\n", text);
	else
		(void)!problem(c, FAIL_BROKEN, "document", "%s", text);
	*found = true;
	return FAIL_OK;
}

static fail numbers_follow(struct call *c, int64_t *checked)
{
	bool found = false;
	int64_t missing;

	TRY(db_int(c, &Q_numbers_given, NO_ARGS, 0, checked));
	TRY(db_each(c, &Q_numbers_with_gaps, NO_ARGS, &series_record, tell, &found));
	TRY(db_int(c, &Q_minutes_without_paper, NO_ARGS, 0, &missing));
	if (missing && !found)
		return problem(c, FAIL_BROKEN, "document", "%lld meetings have signed minutes that are not in the register", (long long)missing);
	return found ? FAIL_BROKEN : FAIL_OK;
}

const struct verify_check document_checks[] = {
	{ "documents", N_("numbers of documents, and signed minutes against the register"), numbers_follow },
	{ NULL },
};
