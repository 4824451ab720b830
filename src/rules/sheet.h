/* sheet.h — applying a scheme: facts and judged points in, a score sheet out, with the reason beside every point.
 *
 * Nothing is guessed: a line whose facts are missing or that nobody has judged has no points, the sheet is then not
 * complete and has neither total nor grade. Every text is a sentence in the language asked for. Pure: no clock, no
 * database, memory from the given arena only; also built for wasm32 with the same bytes as result. */
#ifndef CHIBO_RULES_SHEET_H
#define CHIBO_RULES_SHEET_H

#include "base/json.h"
#include "rules/scheme.h"

struct judged_line {
	const char *id; /* a judged line, or a group of judged lines given as a whole */
	struct tenths points;
};
struct judged {
	const struct judged_line *v;
	size_t n;
};
#define JUDGED_NONE ((struct judged){ NULL, 0 })

enum line_source { SOURCE_FACT, SOURCE_JUDGED, SOURCE_NOT_APPLICABLE };
extern const char *const line_source_words[]; /* fact judged not_applicable, NULL-ended */

enum line_state {
	LINE_SCORED,
	LINE_MISSING,   /* facts in `missing` are not known */
	LINE_UNJUDGED,  /* waits for a person */
	LINE_UNDEFINED, /* a share of nothing, such as 0 of 0 present */
};

struct scored_line {
	const char *id, *title;
	const struct scheme_line *line;   /* NULL: a group judged as a whole */
	int group;                        /* index in scheme->groups, or -1 */
	enum line_state state;
	enum line_source source;
	struct tenths points; /* TENTHS_NONE unless LINE_SCORED */
	struct tenths max;    /* TENTHS_NONE when it depends on a missing fact */
	uint64_t missing;     /* bits of unknown facts */
	const char *why;      /* the reason, or what is missing; never NULL */
	const char *to_full;  /* what would give the full points; "" when nothing was lost */
};

/* A veto of the scheme and whether it applies. */
struct scored_veto {
	const struct scheme_veto *veto;
	bool known, applies;  /* not known: facts in `missing` are needed */
	uint64_t missing;
	const char *why;      /* a sentence with the figures, or what is missing */
};
enum verdict { VERDICT_OPEN, VERDICT_NOT_MET, VERDICT_MET };

struct scored_sheet {
	const struct scheme *scheme;
	enum lang lang;       /* of the sentences and titles */
	struct scored_line *lines;
	size_t n;
	bool complete;        /* every line is scored */
	struct tenths total;  /* TENTHS_NONE unless complete */
	enum grade grade;     /* GRADE_NONE unless complete, and for tables of a year */
	struct scored_veto *vetoes;
	size_t n_vetoes;
	enum verdict verdict; /* of the standard: not met as soon as a veto applies; met when complete with the points and no veto open. Otherwise open */
	uint64_t missing;     /* all unknown facts of all lines */
	size_t unjudged;      /* how many lines wait for a person */
	const char *refused_id, *refused; /* FAIL_INPUT: which judged value, and the sentence why; otherwise NULL */
};

/* FAIL_INPUT when a judged value is not one the scheme takes: unknown id, a computed line, given twice, outside
 * 0…maximum. An incomplete sheet is FAIL_OK with complete == false. */
fail scheme_apply(struct arena *a, const struct scheme *s, const struct facts *facts, struct judged judged,
                  enum lang lang, struct scored_sheet *out) MUST_CHECK;
/* The same without a sentence: every `why` and `to_full` is "". For many sheets at once. */
fail scheme_points(struct arena *a, const struct scheme *s, const struct facts *facts, struct judged judged, struct scored_sheet *out) MUST_CHECK;
/* The sheet as in the contract (design, section 4): scheme, valid_on, total, class, lines. `valid_on` "": the scheme's own
 * first day. The member objects carry also title and to_full, and when not scored "points":null and "missing":[names]. A table with a standard
 * adds standard, meets (true, false, null) and vetoes; "class" is then null. */
void scored_sheet_json(struct json *j, const struct scored_sheet *sheet, const char *valid_on);

#endif
