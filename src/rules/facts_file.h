/* facts_file.h — the facts and judged points of one meeting, or of one year, as a JSON file (design, sections 4 and 5).
 *
 *	{ "date": "2026-01-05", "facts": { "present": 19, "has_committee": true, … }, "judged": { "D4.2": "13", … } }
 *
 * Facts may also stand at the top beside "judged". "kind" (regular, thematic, four_good_cell, four_good_body, annual_unit, annual_member; regular when
 * not given) says which facts there are; with "units" (codes, nearest first) it helps to choose a scheme by its date. "year" stands for its last day. Anything else is refused with its line and column. */
#ifndef CHIBO_RULES_FACTS_FILE_H
#define CHIBO_RULES_FACTS_FILE_H

#include "base/call.h"
#include "rules/rules.h"
#include "rules/sheet.h"

struct facts_file {
	struct facts facts;
	struct judged judged;
	struct date date;     /* DATE_NONE: not given */
	enum scheme_use use;
	struct scopes scopes;
};
#define FACTS_FILE_MAX (256 * 1024)

/* `path` "-": the call's own input. `use` counts where the file has no "kind". Texts live in the call's arena. */
fail facts_file_read(struct call *c, const char *path, enum scheme_use use, struct facts_file *out) MUST_CHECK;
fail facts_file_parse(struct call *c, const char *path, const char *text, size_t size, enum scheme_use use, struct facts_file *out) MUST_CHECK;

#endif
