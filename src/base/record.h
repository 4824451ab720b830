/* record.h — one description per record, many faces.
 *
 * A record (unit, member, meeting …) is described once, in one table beside its struct: name, type, bounds, label. From it
 * come the SQL row mapping (db/db.h), the CSV and XLSX columns (exchange), the form field and its checks (html), and the
 * JSON of the API. The C type of the struct member decides the field type: a member of any other type does not compile. */
#ifndef CHIBO_BASE_RECORD_H
#define CHIBO_BASE_RECORD_H

#include <stddef.h>

#include "base/call.h"
#include "base/json.h"
#include "base/text.h"

enum field_type { FIELD_INT, FIELD_BOOL, FIELD_TEXT, FIELD_DATE, FIELD_MOMENT, FIELD_TENTHS, FIELD_WORD, FIELD_BLOB };

enum field_flags {
	REQUIRED  = 1, /* may not be empty in a file or form */
	KEY       = 2, /* part of the outside key of the row */
	FROM_DATE = 4, /* a date whose empty form is DATE_EVER */
	TO_DATE   = 8, /* a date whose empty form is DATE_OPEN */
	INTERNAL  = 16, /* stored, but not in files and forms */
	NAME_TEXT = 32, /* a personal or unit name: cleaned by text_clean */
};

struct field {
	const char *name;         /* column, file column, JSON key, form field: the same word */
	const char *label;        /* message id for people, or NULL for internal fields */
	enum field_type type;
	size_t at;                /* offset in the struct */
	unsigned flags;
	int64_t min, max;         /* FIELD_INT, FIELD_TENTHS (tenths): bounds when max > min; FIELD_TEXT: characters when max > 0 */
	const char *const *words; /* FIELD_WORD: NULL-ended; words[0] is "" = not given. Stored and exchanged as text */
};

struct record {
	const char *name; /* "unit" */
	size_t size;
	const struct field *fields; /* ends with a NULL name */
};

#define FIELD_TYPE_OF(S, f)                                                                                            \
	_Generic(((S *)0)->f, int64_t: FIELD_INT, bool: FIELD_BOOL, const char *: FIELD_TEXT, struct date: FIELD_DATE,     \
	         struct moment: FIELD_MOMENT, struct tenths: FIELD_TENTHS, unsigned: FIELD_WORD, struct blob: FIELD_BLOB)

/* FIELD(struct unit, name, N_("Name"), REQUIRED | NAME_TEXT, .max = 200) */
#define FIELD(S, f, label_, flags_, ...)                                                                               \
	{ .name = #f, .label = label_, .type = FIELD_TYPE_OF(S, f), .at = offsetof(S, f), .flags = flags_, __VA_ARGS__ }
/* COL(struct unit, id): a column that only the database sees. WORDS gives a word column its list. */
#define COL(S, f, ...)                                                                                                 \
	{ .name = #f, .type = FIELD_TYPE_OF(S, f), .at = offsetof(S, f), .flags = INTERNAL, __VA_ARGS__ }
#define FIELD_END { .name = NULL }

/* The index of a word in a list, or -1. */
int word_index(const char *const *words, const char *text);

/* Text → value, checked against type and bounds; "" gives the empty value of the type. On failure the problem names the
 * field, the value and what was expected. Texts are cleaned and kept in the call's arena. */
fail field_parse(struct call *c, const struct field *f, const char *text, void *row) MUST_CHECK;
/* Value → the text of files (ISO dates, decimal point, words; "" for the empty value). In the arena. */
const char *field_text(struct arena *a, const struct field *f, const void *row);
/* Value → the text of screens in a language. */
const char *field_show(struct arena *a, enum lang lang, const struct field *f, const void *row);
void field_json(struct json *j, const struct field *f, const void *row);
/* Sets every field to its empty value. */
void record_clear(const struct record *r, void *row);
/* All fields that are not INTERNAL, as one JSON object's members. */
void record_json(struct json *j, const struct record *r, const void *row);
const struct field *record_field(const struct record *r, const char *name);
/* What a person should write there: "a whole number from 0 to 500", in the call's language. */
const char *field_expected(struct arena *a, enum lang lang, const struct field *f);

#endif
