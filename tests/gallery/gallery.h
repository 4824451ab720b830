/* gallery.h — made-up pages that use every shared part, to look at and to photograph. */
#ifndef CHIBO_TESTS_GALLERY_H
#define CHIBO_TESTS_GALLERY_H

#include "html/form.h"
#include "html/parts.h"

struct gallery_row { const char *href, *name; int64_t members, meetings, present, expected; const char *class; struct tenths points; bool flag; };
struct gallery_rows { struct gallery_row *v; size_t n; };

struct gallery_unit {
	const char *name;
	struct sibling *siblings;
	size_t sibling_n;
	struct chooser chooser;
	struct card *cards;
	size_t card_n;
	struct table table;
	struct gallery_rows rows;
};

struct gallery_meeting {
	struct step *steps;
	size_t step_n;
	const char *place;
	struct moment at;
	struct tenths points;
};

struct gallery_form { struct form form; struct choice *kinds; size_t kind_n; };

#endif
