/* votes.h — how many votes a decision needs, and what a count means (domain, V06 to V10, V23). Pure. */
#ifndef CHIBO_RULES_VOTES_H
#define CHIBO_RULES_VOTES_H

#include <stdbool.h>
#include <stdint.h>

enum vote_kind {
	VOTE_RESOLUTION, /* V07: more than half of the base */
	VOTE_MEMBER,     /* V08: at least two thirds: admission, becoming official, striking from the list */
};
extern const char *const vote_kind_words[]; /* resolution member, NULL-ended */

/* V06: official members summoned less those who are temporarily away or exempt and did not come. Absence for any other
 * reason changes nothing; a temporary incoming member is outside (V23); a probationary member has no vote (V10). */
int64_t vote_base(int64_t official, int64_t away_absent, int64_t exempt_absent);
/* The least number of votes in favour; 0 when the base is empty and nothing can be decided. */
int64_t vote_needed(enum vote_kind kind, int64_t base);
bool vote_carried(enum vote_kind kind, int64_t base, int64_t in_favour);

/* What a count means. A resolution is adopted or it is not (V07). A decision on a member has two results, each with two thirds of the base behind
 * it: in favour, or against (V08); a vote that reaches neither is undecided, and the third such vote in a row on the same matter goes to the
 * committee above (V09). */
enum vote_result {
	VOTE_OPEN, VOTE_ADOPTED, VOTE_REJECTED, VOTE_UNDECIDED, VOTE_REFERRED,
	VOTE_VOID, /* declared void with a reason; kept, and counts for nothing */
};
extern const char *const vote_result_words[]; /* "" adopted rejected undecided referred void, NULL-ended */
#define VOTE_ROUNDS 3
/* `round` is 1 … VOTE_ROUNDS. */
enum vote_result vote_result(enum vote_kind kind, int64_t base, int64_t in_favour, int64_t against, int64_t round);
/* The round that comes next, after these results of the same matter, the latest first, void ones left out; 0: there is no further one (V09). */
int64_t vote_next_round(const unsigned *results, int n);

#endif
