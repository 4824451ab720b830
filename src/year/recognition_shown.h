/* recognition_shown.h — what the page of recognition shows. Private to src/year. */
#ifndef CHIBO_YEAR_RECOGNITION_SHOWN_H
#define CHIBO_YEAR_RECOGNITION_SHOWN_H

#include "html/form.h"
#include "html/parts.h"
#include "year/recognition.h"

struct recognition_line {
	const struct recognition_row *r;
	const char *href, *decision, *award; /* award: address of its certificate, or NULL */
	bool picked, exemplary;              /* as ticked */
};
struct recognition_group { const char *id, *title; struct table table; struct recognition_line *v; size_t n; };
struct recognition_view {
	const struct recognition *r;
	const char *title, *path, *before, *after, *before_text, *after_text; /* path "/units/7" */
	const char *other;                   /* the list with, or without, what committees below appraised */
	bool may_decide, decides, may_print; /* may_decide: and something waits to be decided */
	struct form form, choice;            /* of the decision; of one certificate afterwards */
	struct choice *choices;              /* recognised units */
	size_t choice_n;
	struct recognition_group proposed, recognised; /* what is decided now; what was */
	struct recognition_group others[4];            /* below, left out, waiting, refused */
	size_t other_n, gone;
	struct choice *signers;
	size_t signer_n;
	const char *batch;                   /* all certificates of the year, or NULL */
};

#endif
