/* votes.h — how many votes a decision needs (domain, V06 to V08). Pure. */
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

#endif
