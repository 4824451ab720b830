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

const char *const vote_result_words[] = { "", "adopted", "rejected", "undecided", "referred", "void", NULL };

enum vote_result vote_result(enum vote_kind kind, int64_t base, int64_t in_favour, int64_t against, int64_t round)
{
	if (vote_carried(kind, base, in_favour))
		return VOTE_ADOPTED;
	if (kind == VOTE_RESOLUTION || vote_carried(kind, base, against))
		return VOTE_REJECTED;
	return round < VOTE_ROUNDS ? VOTE_UNDECIDED : VOTE_REFERRED;
}

int64_t vote_next_round(const unsigned *results, int n)
{
	int undecided = 0;

	if (n && results[0] == VOTE_REFERRED)
		return 0;
	while (undecided < n && results[undecided] == VOTE_UNDECIDED)
		undecided++;
	return undecided < VOTE_ROUNDS ? undecided + 1 : 0;
}
