/* recognition_paper.h — the decision and the proposal of recognition as facts of their forms. Private to src/year. */
#ifndef CHIBO_YEAR_RECOGNITION_PAPER_H
#define CHIBO_YEAR_RECOGNITION_PAPER_H

#include "year/recognition.h"

#define FORM_RECOGNITION "recognition"
#define FORM_PROPOSAL    "recognition_proposal"

/* What the decision says, with its number. */
fail recognition_decision_facts(struct call *c, const struct recognition *r, const struct recognition_decision *d, const char *number, const char **out) MUST_CHECK;

#endif
