/* scheme_write.h — a table of a year as the text of a rule file: what the page of a local table stores, and what its file says.
 *
 * Reading the text again gives the same table (its packed bytes are the same). Comments of the file it came from are not kept. */
#ifndef CHIBO_RULES_SCHEME_WRITE_H
#define CHIBO_RULES_SCHEME_WRITE_H

#include "rules/scheme.h"

void scheme_write(const struct scheme *s, struct out *o);

#endif
