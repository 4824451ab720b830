/* facts.h — what is recorded and may be named by a rule: books of facts (design, section 5).
 *
 * A fact is a whole number or a yes/no. One that was not recorded stays unknown: the line that needs it says so and never
 * counts it as zero. There are three books: of one meeting (here), of the year of a unit and of a member (facts_year.h). Each is a closed
 * list: a rule file that names anything else is refused. Pure: also built for wasm32. */
#ifndef CHIBO_RULES_FACTS_H
#define CHIBO_RULES_FACTS_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/lang.h"

/*        name                            type  least */
#define FACT_LIST(X)                                                                                                   \
	X(required_minutes,               COUNT, 1)                                                                        \
	X(held_minutes,                   COUNT, 0)                                                                        \
	X(expected,                       COUNT, 0)                                                                        \
	X(present,                        COUNT, 0)                                                                        \
	X(excused,                        COUNT, 0)                                                                        \
	X(unexcused,                      COUNT, 0)                                                                        \
	X(longest_excused_run,            COUNT, 0)                                                                        \
	X(has_committee,                  YESNO, 0)                                                                        \
	X(pre_meeting_held,               YESNO, 0)                                                                        \
	X(guide_and_draft_ready,          YESNO, 0)                                                                        \
	X(notified_all,                   YESNO, 0)                                                                        \
	X(documents_lead_minutes,         COUNT, -FACT_LIMIT) /* negative: sent after the start */                         \
	X(steps_required,                 COUNT, 0)                                                                        \
	X(steps_done,                     COUNT, 0)                                                                        \
	X(thematic_held,                  YESNO, 0)                                                                        \
	X(commendation_done,              YESNO, 0)                                                                        \
	X(speakers,                       COUNT, 0)                                                                        \
	X(minute_fields_required,         COUNT, 0)                                                                        \
	X(minute_fields_filled,           COUNT, 0)                                                                        \
	X(political_minutes,              COUNT, 0)                                                                        \
	X(documents_published,            YESNO, 0)                                                                        \
	X(tasks_due,                      COUNT, 0)                                                                        \
	X(tasks_on_time,                  COUNT, 0)                                                                        \
	X(concluded,                      YESNO, 0)                                                                        \
	X(resolution_adopted,             YESNO, 0)                                                                        \
	X(minutes_approved,               YESNO, 0)                                                                        \
	X(tasks_with_person_and_deadline, COUNT, 0)                                                                        \
	X(tasks_assigned,                 COUNT, 0)                                                                        \
	X(upload_minutes_after_end,       COUNT, -FACT_LIMIT) /* negative: before the end */                               \
	X(scored_same_sitting,            YESNO, 0)                                                                        \
	X(topic_in_plan,                  YESNO, 0)                                                                        \
	X(draft_has_author,               YESNO, 0)                                                                        \
	X(draft_approved_by_committee,    YESNO, 0)                                                                        \
	X(aim_stated,                     YESNO, 0)                                                                        \
	X(content_prepared_by_leader,     YESNO, 0)

enum fact {
#define X(name, type, least) FACT_##name,
	FACT_LIST(X)
#undef X
	FACT_COUNT
};
static_assert(FACT_COUNT <= 64, "facts are kept as bits of one word");

enum fact_type { FACT_TYPE_COUNT, FACT_TYPE_YESNO };
#define FACT_LIMIT 1000000000 /* largest number a fact may hold: sums and products of a few facts stay exact */
#define FACTS_MOST 64         /* of one book: facts are kept as bits of one word */

struct rule_fact {
	const char *name; /* as in rule files, JSON and the table meeting_fact */
	enum fact_type type;
	int64_t least;    /* smallest value accepted */
	const char *label[LANG_COUNT]; /* in words, lower case: "số người có mặt" */
};
extern const struct rule_fact rule_facts[FACT_COUNT]; /* of a meeting */

/* All that may be known of one kind of thing. A fact is named by its index in the book. */
struct fact_book {
	const char *name;      /* "meeting", "year", "person" */
	const char *label[LANG_COUNT]; /* "of a meeting" */
	const struct rule_fact *facts;
	int n;
	const unsigned char (*pairs)[2]; /* the first may not be more than the second */
	int n_pairs;
	uint64_t types;        /* facts of which exactly one holds: the type of the unit, in the order of unit_type_words; 0: none */
};
extern const struct fact_book FACTS_OF_MEETING, FACTS_OF_YEAR, FACTS_OF_PERSON;
extern const struct fact_book *const fact_books[]; /* all, NULL-ended */
/* "" AG PS EN VR AF ST, NULL-ended: the words of org/unit.h. */
extern const char *const unit_type_words[];

/* Facts of one meeting, or of one year. Start from FACTS_NONE and set what is known. */
struct facts {
	int64_t v[FACTS_MOST];
	uint64_t known; /* bit f: fact f was recorded */
};
#define FACTS_NONE ((struct facts){ 0 })
#define FACT_BIT(f) (UINT64_C(1) << (f))

static inline bool facts_know(const struct facts *facts, int f) { return facts->known & FACT_BIT(f); }
/* False, and nothing changed, when the value is out of bounds (a yes/no is 0 or 1). */
bool book_set(const struct fact_book *book, struct facts *facts, int f, int64_t value);
/* The fact of that name, or -1. */
int book_find(const struct fact_book *book, const char *name, size_t length);
int book_by_name(const struct fact_book *book, const char *name);
/* Facts that contradict each other, such as more present than expected: false, with the smaller-by-right fact in
 * *part and the one it may not pass in *whole. Unknown facts contradict nothing. */
bool book_agree(const struct fact_book *book, const struct facts *facts, int *part, int *whole);
/* Sets the facts that say of which type a unit is, by the word of its type. */
void book_set_type(const struct fact_book *book, struct facts *facts, const char *type);

/* The same for the facts of a meeting. */
bool facts_set(struct facts *facts, enum fact f, int64_t value);
int fact_by_name(const char *name);
bool facts_agree(const struct facts *facts, enum fact *part, enum fact *whole);

#endif
