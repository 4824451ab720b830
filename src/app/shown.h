/* shown.h — what the pages of this room show. Private to src/app. */
#ifndef CHIBO_APP_SHOWN_H
#define CHIBO_APP_SHOWN_H

#include "db/journal.h"
#include "html/form.h"
#include "html/parts.h"
#include "rules/rules.h"

/* ---- rules ---- */

struct rule_row { const char *id, *kind, *title, *from, *to, *scope, *source; bool in_force; };
struct rules_view { struct rule_row *v; size_t n; const char *origin; struct table table; };

struct rule_case_row { const char *points, *when; };
struct rule_line_row {
	const char *id, *title, *max, *measure, *not_applicable; /* the last two may be NULL */
	bool judged;
	const char *group; /* heading above the line, or NULL */
	struct rule_case_row *cases;
	size_t case_n;
};
struct rule_view {
	const struct rule *rule;
	const char *title, *source, *from, *to, *note;
	struct rule_line_row *lines;
	size_t line_n;
	const char *const *facts; /* sentences, for year rules and targets */
	size_t fact_n;
};

/* ---- journal ---- */

struct journal_change { const char *label, *before, *after; }; /* "" where there was nothing */
struct journal_row {
	struct moment at;
	const char *actor, *action, *entity;
	const char *unit, *href; /* name and address of the unit, or NULL */
	struct journal_change *changes;
	size_t change_n;
};
struct journal_view {
	const char *title;
	struct journal_row *v;
	size_t n;
	struct pager pager;
	struct table table;
};

#endif
