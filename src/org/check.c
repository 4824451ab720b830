/* check.c — the laws of the tree and of members, compared on what is stored: for `chibo verify`. */
#include "org/store.h"
#include "org/tree.h"
#include "member_sql.h"

struct first { struct call *c; int64_t n; const char *text; };

static void found(struct call *c, const struct unit *span, const char *text, void *arg)
{
	struct first *f = arg;

	(void)span;
	if (f->n++ == 0)
		f->text = text;
	else
		fprintf(c->err, "%s\n", text);
}

static fail check_tree(struct call *c, int64_t *checked)
{
	struct tree t;
	struct first f = { c, 0, NULL };

	TRY(tree_load(c, &t));
	*checked = (int64_t)t.n;
	tree_check(c, &t, 0, found, &f);
	return f.n ? problem(c, FAIL_BROKEN, "unit", "%s", f.text) : FAIL_OK;
}

static fail check_members(struct call *c, int64_t *checked)
{
	int64_t strays, overlaps;

	TRY(db_int(c, &Q_org_membership_count, NO_ARGS, 0, checked));
	TRY(db_int(c, &Q_org_membership_strays, NO_ARGS, 0, &strays));
	if (strays)
		return problem(c, FAIL_BROKEN, "membership", "%lld memberships stand in another province than their unit", (long long)strays);
	TRY(db_int(c, &Q_org_membership_overlaps, NO_ARGS, 0, &overlaps));
	if (overlaps)
		return problem(c, FAIL_BROKEN, "membership", "%lld memberships of one member in one unit overlap", (long long)overlaps);
	return FAIL_OK;
}

const struct verify_check org_checks[] = {
	{ "tree", N_("units: spans without gap or overlap, below a unit that exists"), check_tree },
	{ "members", N_("memberships: in the province of their unit, without overlap"), check_members },
	{ NULL, NULL, NULL },
};
