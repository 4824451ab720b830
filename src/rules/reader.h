/* reader.h — typed values out of a rule file's tree; every mistake becomes a complaint with its place and what was expected.
 * Used by the files load*.c only. A reading function gives a harmless value after a complaint and goes on, so that one run
 * finds all mistakes. */
#ifndef CHIBO_RULES_READER_H
#define CHIBO_RULES_READER_H

#include "rules/load.h"
#include "rules/yaml.h"

struct reader {
	struct arena *arena;
	const char *file;
	struct complaints *bad;
	const struct fact_book *book; /* whose facts the rule being read may name */
};

/* `text` is a message id with its arguments. */
void complain(struct reader *r, struct place at, const char *text, ...) PRINTF_LIKE(3, 4);

/* Refuses keys that are not in the space-separated list, and anything that is not a map. */
bool read_keys(struct reader *r, const struct yaml *map, const char *keys);
/* The value of a key, or NULL; the second complains when it is absent or empty. */
const struct yaml *read_optional(const struct yaml *map, const char *key);
const struct yaml *read_required(struct reader *r, const struct yaml *map, const char *key);

const char *read_text(struct reader *r, const struct yaml *map, const char *key, const char *otherwise);
/* An id: letters, digits, . - _ ; at most 40. */
const char *read_id(struct reader *r, const struct yaml *map, const char *key);
bool read_yes(struct reader *r, const struct yaml *map, const char *key, bool otherwise);
int64_t read_int(struct reader *r, const struct yaml *map, const char *key, int64_t least, int64_t most, int64_t otherwise);
struct date read_date(struct reader *r, const struct yaml *map, const char *key, struct date otherwise);
/* Index in the list; a missing key gives `otherwise`, or a complaint when that is negative. */
int read_word(struct reader *r, const struct yaml *map, const char *key, const char *const *words, int otherwise);
/* Both languages; complains about a missing one when required. */
void read_title(struct reader *r, const struct yaml *map, const char *key, bool required, two_texts out);

/* The list under a key, or NULL: absent, or after a complaint. */
const struct yaml *read_rows(struct reader *r, const struct yaml *map, const char *key, bool required);
/* The list of words under a key as bits (agenda_word_bit). */
uint32_t read_bits(struct reader *r, const struct yaml *map, const char *key, const char *const *words, bool required);

struct tenths points_value(struct reader *r, const struct yaml *value);
/* "90%", "-15", "2.5": a fraction. */
bool fraction_value(struct reader *r, const struct yaml *value, int64_t *num, int64_t *den, bool *percent);
/* A yes/no condition, or with yes_no false a number or quotient. */
struct expr expr_value(struct reader *r, const struct yaml *value, const struct expr *measure, bool yes_no);
/* vi and en of a phrase. */
void phrase_values(struct reader *r, const struct yaml *value, const struct expr *measure, struct phrase out[LANG_COUNT]);

/* What every rule has: id, title, note, source, valid_from, valid_to, scope, default. */
struct frame {
	const char *id, *source, *scope;
	two_texts title, note;
	struct date valid_from, valid_to;
	bool is_default;
	struct place at;
};
#define FRAME_KEYS "kind id title note source valid_from valid_to scope default "
struct frame read_frame(struct reader *r, const struct yaml *map);

const struct scheme *read_scheme(struct reader *r, const struct yaml *map, const struct frame *frame);
const struct year_rule *read_year_rule(struct reader *r, const struct yaml *map, const struct frame *frame);
const struct target *read_target(struct reader *r, const struct yaml *map, const struct frame *frame);
const struct agenda_rule *read_agenda(struct reader *r, const struct yaml *map, const struct frame *frame);
const struct levels_rule *read_levels(struct reader *r, const struct yaml *map, const struct frame *frame);
const struct holidays *read_holidays(struct reader *r, const struct yaml *map, const struct frame *frame);

#endif
