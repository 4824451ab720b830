/* verify.c — no unit says that there was nothing in a year beside rows of that year; whoever is named as assigned or attending is known. */
#include "oversight/verify.h"

#include <string.h>

#include "ledger_sql.h"
#include "oversight/ledger.h"

struct contradiction { const char *what, *unit_code; int64_t year; };
static const struct field fields[] = {
	COL(struct contradiction, what), COL(struct contradiction, unit_code), COL(struct contradiction, year), FIELD_END,
};
static const struct record contradiction_record = { "contradiction", sizeof(struct contradiction), fields };

static const char *sentence(struct call *c, const struct contradiction *x)
{
	const char *text = strncmp(x->what, "none_", 5) == 0 ? N_("%1$s, %2$d: “%3$s” is declared beside rows of that year")
	                                                     : N_("%1$s, %2$d: a row of “%3$s” names somebody, or a meeting, that is not there");

	return arena_printf(c->arena, tr(c->lang, text), x->unit_code, (int)x->year, x->what);
}

static fail registers(struct call *c, int64_t *checked)
{
	struct contradiction *v;
	size_t n;

	TRY(db_int(c, &Q_ledger_how_many, NO_ARGS, 0, checked));
	TRY(db_all(c, &Q_ledger_contradictions, NO_ARGS, &contradiction_record, &v, &n));
	for (size_t i = 1; i < n; i++)
		fprintf(c->err, "%s\n", sentence(c, &v[i]));
	return n ? problem(c, FAIL_BROKEN, "year_number", "%s", sentence(c, &v[0])) : FAIL_OK;
}

const struct verify_check oversight_checks[] = {
	{ "registers", N_("declarations that there was nothing, and whom registers name"), registers },
	{ 0 },
};
