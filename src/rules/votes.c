/* votes.c — the arithmetic of votes.h. */
#include "rules/votes.h"

#include <stddef.h>

const char *const vote_kind_words[] = { "resolution", "member", NULL };

int64_t vote_base(int64_t official, int64_t away_absent, int64_t exempt_absent)
{
	int64_t base = official - away_absent - exempt_absent;

	return base > 0 ? base : 0;
}

int64_t vote_needed(enum vote_kind kind, int64_t base)
{
	if (base <= 0)
		return 0;
	return kind == VOTE_MEMBER ? (2 * base + 2) / 3 : base / 2 + 1;
}

bool vote_carried(enum vote_kind kind, int64_t base, int64_t in_favour)
{
	return base > 0 && in_favour >= vote_needed(kind, base);
}
