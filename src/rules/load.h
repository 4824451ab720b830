/* load.h — reading rule files (YAML) and checking them. Not part of the wasm build.
 *
 * A set is either loaded whole and right, or refused with every complaint found, each with file, line, column and what was
 * expected: unknown keys, facts and words, sums other than 100, holes and overlaps, cases that can never be reached,
 * missing titles, two rules in force for the same thing on the same day, tables that leave their framework. */
#ifndef CHIBO_RULES_LOAD_H
#define CHIBO_RULES_LOAD_H

#include "base/call.h"
#include "rules/rules.h"

struct complaint {
	const char *file;
	struct place at;
	const char *text; /* in the language asked for */
};
struct complaints {
	struct arena *arena; /* owner of the texts */
	enum lang lang;
	struct complaint *v;
	size_t n, room;
};

/* Every *.yaml of a directory, in order of name. FAIL_NOT_FOUND: no such directory; FAIL_INPUT: see complaints. */
fail rules_load_dir(struct arena *a, const char *dir, struct rules *out, struct complaints *bad) MUST_CHECK;
/* The copy that was embedded when the program was built. */
fail rules_load_builtin(struct arena *a, struct rules *out, struct complaints *bad) MUST_CHECK;
/* Texts that make up one set; `file` names them in complaints. */
struct rule_text {
	const char *file, *text;
	size_t size;
};
fail rules_load_texts(struct arena *a, const struct rule_text *v, size_t n, struct rules *out,
                      struct complaints *bad) MUST_CHECK;
/* One table in a text, by itself: neither compared with other rules nor with its framework. */
fail rules_read_scheme(struct arena *a, const struct rule_text *text, const struct scheme **out, struct complaints *bad) MUST_CHECK;
/* `dir` if given, otherwise $CHIBO_RULES (then it must exist), otherwise ./rules, the installed directory, the embedded
 * copy: the first there is. Problems go to the call: the first complaint as the problem, all of them to c->err. */
fail rules_open(struct call *c, struct arena *a, const char *dir, struct rules *out) MUST_CHECK;
/* The same with more texts that join the set: local tables out of the database. */
fail rules_open_with(struct call *c, struct arena *a, const char *dir, const struct rule_text *more, size_t n, struct rules *out) MUST_CHECK;
/* The first complaint becomes the problem of the call; where there are several, each is a line FILE:LINE:COLUMN: TEXT on
 * c->err. FAIL_INPUT. */
fail rules_report(struct call *c, const struct complaints *bad);

#endif
