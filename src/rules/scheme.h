/* scheme.h — a scoring table as data: criteria, maxima, how points are obtained, classes (domain, sections 6.2 to 6.4, 7.2 to 7.4, 8).
 *
 * Of a meeting, of a year of a unit ("four good", annual classification) or of a member; the use says which facts its lines may name. A table of
 * a year has neither classes nor required minutes; "four good" has a standard instead, and vetoes that keep a unit from it whatever its points.
 *
 * A scheme is read from a rule file (rules/load.h) or unpacked (scheme_unpack), then never changed; it owns nothing and
 * lives in the arena it was made in. Applying it is sheet.h. Pure: also built for wasm32. */
#ifndef CHIBO_RULES_SCHEME_H
#define CHIBO_RULES_SCHEME_H

#include "base/date.h"
#include "base/fail.h"
#include "base/out.h"
#include "rules/expr.h"
#include "rules/grade.h"

/* What it is for. Extraordinary and committee meetings are not scored. */
enum scheme_use {
	USE_REGULAR, USE_THEMATIC,                /* a meeting */
	USE_FOUR_GOOD_CELL, USE_FOUR_GOOD_BODY,   /* the year of a cell, of a body with cells below it */
	USE_ANNUAL_UNIT, USE_ANNUAL_MEMBER,       /* annual classification */
	SCHEME_USES
};
extern const char *const scheme_use_words[]; /* regular thematic four_good_cell four_good_body annual_unit annual_member, NULL-ended */
/* The facts that it may name. */
const struct fact_book *scheme_use_book(enum scheme_use use);
static inline bool scheme_use_is_year(enum scheme_use use) { return use >= USE_FOUR_GOOD_CELL; }
static inline bool scheme_use_is_four_good(enum scheme_use use) { return use == USE_FOUR_GOOD_CELL || use == USE_FOUR_GOOD_BODY; }

struct place { int line, column; }; /* in the rule file, 1-based; 0: not read from a file */
typedef const char *two_texts[LANG_COUNT]; /* by enum lang; NULL: none */

/* A text for people with expressions in braces: "{present}/{expected} = {measure}". Cut up at load. */
struct phrase_part {
	const char *text;  /* before the expression */
	struct expr expr;  /* n 0: none, the last part */
};
struct phrase {
	const struct phrase_part *parts;
	uint32_t n; /* 0: absent, a generated sentence takes its place */
};

/* One way a line gets its points; the first that holds counts. Bound and condition must both hold when both are given. */
struct scheme_case {
	enum case_bound { BOUND_NONE, BOUND_FROM, BOUND_ABOVE, BOUND_UP_TO, BOUND_BELOW } bound; /* ≥ > ≤ < of the measure */
	int64_t bound_num, bound_den;
	bool bound_is_percent; /* how it was written */
	struct expr when;      /* n 0: none. Neither bound nor condition: "otherwise" */
	bool pro_rata;         /* points = maximum × measure, 0…maximum, half up to a tenth */
	struct tenths points;
	struct phrase why[LANG_COUNT];
	struct place at;
};

/* What evidence is expected for a line, in words. */
struct scheme_evidence {
	uint32_t types;    /* bits 1 << index of unit_type_words; 0: of units of every type */
	two_texts text;
};

/* The maximum of a line: the first row whose condition holds; the last has none. */
struct scheme_max {
	struct expr when;
	struct tenths points;
};

struct scheme_line {
	const char *id;    /* "D2.1" */
	two_texts title;
	int group;         /* index, or -1: stands by itself */
	const struct scheme_max *max;
	uint32_t n_max;
	bool judged;       /* people give the points; otherwise the cases do */
	struct expr measure;
	const struct scheme_case *cases;
	uint32_t n_cases;
	struct expr not_applicable;                    /* holds: full points without looking further */
	struct phrase not_applicable_why[LANG_COUNT];
	struct phrase to_full[LANG_COUNT];             /* what would give the full points */
	const struct scheme_evidence *evidence;
	uint32_t n_evidence;
	const char *source; /* "R", "R2", "P"…: where the line's numbers come from, or "" as for the scheme */
	struct place at;
};

struct scheme_group {
	const char *id;
	two_texts title;
	struct tenths max; /* as written; equals the sum of its lines */
	struct place at;
};

/* Keeps a unit from the standard, whatever its points. */
struct scheme_veto {
	const char *id;    /* "V1" */
	two_texts title;
	struct expr when;  /* holds: it applies */
	struct phrase why[LANG_COUNT];
	struct place at;
};

/* How many initiatives a unit needs, by type: one for every so many members, or so many in all. */
struct scheme_initiatives {
	uint32_t types;    /* as of evidence; the first row that fits counts */
	int32_t one_per_members, in_all; /* one of the two is above 0, or both are 0: none needed */
};

struct scheme {
	const char *id;            /* "MQ-2025-D" */
	two_texts title, note;
	const char *source;        /* S R R2 P (domain, tags); P is shown as "proposed" */
	struct date valid_from, valid_to; /* both inclusive */
	const char *scope;         /* code of the unit it applies below; "" everywhere */
	enum scheme_use use;
	bool is_default;           /* false: only when asked for by id */
	struct grade_bands grades;
	int32_t minutes_usual, minutes_long;   /* required length of a meeting */
	bool minutes_long_if_thematic;         /* the longer one with a thematic part … */
	int32_t minutes_long_from_members;     /* … or from so many members; 0: whatever their number */
	struct tenths standard;                /* four good: the points that meet it; TENTHS_NONE elsewhere */
	const char *framework;                 /* id of the table that this one makes concrete, or "" */
	const struct scheme_veto *vetoes;
	uint32_t n_vetoes;
	const struct scheme_initiatives *initiatives;
	uint32_t n_initiatives;
	const struct scheme_group *groups;
	uint32_t n_groups;
	const struct scheme_line *lines;
	uint32_t n_lines;
};

/* The required minutes of a meeting (trap of 6.2): fact required_minutes. */
int64_t scheme_required_minutes(const struct scheme *s, bool thematic_part, int64_t members);
/* Initiatives that a unit of that type with so many members needs: fact initiatives_required. INT_UNKNOWN: the table says nothing for the type. */
int64_t scheme_initiatives_required(const struct scheme *s, const char *type, int64_t members);
/* The evidence that fits a unit of that type ("": not known, then only what is for every type), in the order of the file, for index 0, 1 …; NULL: no more. */
const struct scheme_evidence *scheme_evidence_for(const struct scheme_line *line, const char *type, uint32_t index);
const struct scheme_line *scheme_line_by_id(const struct scheme *s, const char *id); /* NULL: none */
/* A group that consists of judged lines only and so may be judged as a whole, or NULL. */
const struct scheme_group *scheme_judged_group(const struct scheme *s, const char *id);
/* The largest maximum a line can have. */
struct tenths scheme_line_max(const struct scheme_line *line);
/* Bits of all facts a line looks at; those of the whole scheme. */
uint64_t scheme_line_facts(const struct scheme_line *line);
uint64_t scheme_facts(const struct scheme *s);

/* A deterministic byte form for the phone, and back. Unpacking trusts nothing: FAIL_INPUT on any byte form that
 * scheme_pack would not have written, and what it gives is safe to apply. */
void scheme_pack(const struct scheme *s, struct out *out);
fail scheme_unpack(struct arena *a, const void *data, size_t size, struct scheme *out) MUST_CHECK;

#endif
