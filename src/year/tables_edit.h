/* tables_edit.h — a draft table as a form: titles, points, evidence, sub-criteria. Private to src/year.
 *
 * Fields: name, note, standard; "gmax.G1"; of each line "title.ID", "max.ID", "case.ID.0", "evidence.ID", "drop.ID"; "new.ID" and "newmax.ID" add a
 * criterion beside it, judged by people. A field that was not sent changes nothing. Where the maximum of a computed line changes and its cases do not, their
 * points follow in proportion. */
#ifndef CHIBO_YEAR_TABLES_EDIT_H
#define CHIBO_YEAR_TABLES_EDIT_H

#include "html/form.h"
#include "rules/load.h"

/* What the fields of a table show. */
void table_edit_values(struct call *c, const struct scheme *s, struct pairs *out);
/* The table with what was typed; problems of fields go to the form. `frame` NULL: bound by none. */
void table_edit(struct call *c, const struct pairs *typed, const struct scheme *s, const struct scheme *frame, struct form *form, struct scheme *out);
/* What the set of rules says against it, each at its field where it names a line. */
void table_edit_complaints(struct call *c, const struct scheme *s, const struct complaints *bad, struct form *form);
/* May this line be removed: it stands in a group, and not in the framework? */
bool table_edit_may_drop(const struct scheme *frame, const struct scheme_line *line);

#endif
