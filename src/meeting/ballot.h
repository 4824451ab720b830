/* ballot.h — secret ballots on devices: the urn.
 *
 * An urn lives in the memory of the serving process and nowhere else (locked memory, never swapped out, overwritten when it is emptied). It holds how many
 * ballots there are of each kind, and, apart from that and sorted, who has voted: no ballot, no order. Marking a person and dropping the ballot are one
 * act under one lock. Nothing is written before the ballot is closed; then one transaction writes the totals and the sorted roll (vote.h).
 * When the process ends before that, the vote is open without an urn and has to be repeated: nothing is half counted. Another process, such as a command or a
 * second server on the same PostgreSQL database, has no urns: it says so.
 *
 * Safe for any number of threads. What this does not do: show pages; find out which member an account is. */
#ifndef CHIBO_MEETING_BALLOT_H
#define CHIBO_MEETING_BALLOT_H

#include "meeting/vote.h"

/* In forms one digit each, so that every ballot is as long as every other. */
enum ballot_choice { BALLOT_NONE, BALLOT_IN_FAVOUR, BALLOT_AGAINST, BALLOT_ABSTAIN, BALLOT_CHOICES };
/* Fewer voters than this, and the totals alone may tell what each of them chose: the page says so. */
enum { BALLOT_FEW = 3 };

/* Sets up the urn of an open vote on devices; one that is there stays as it is. No database. */
fail ballot_begin(struct call *c, const struct vote *v) MUST_CHECK;
/* For a vote whose urn was lost: begins anew with an empty one, and says so in the journal. */
fail ballot_repeat(struct call *c, int64_t vote_id) MUST_CHECK;
/* How many have voted; -1: there is no urn here. */
int64_t ballot_marked(struct call *c, int64_t vote_id);
bool ballot_has_voted(struct call *c, int64_t vote_id, int64_t member_id);

/* Marks the member and drops the ballot. FAIL_DENIED: the person has no vote or is not marked as present (V10, V23). FAIL_CONFLICT: has voted already,
 * the ballot is closed, or its urn is lost. Reads the roll call; writes nothing. */
fail ballot_cast(struct call *c, int64_t vote_id, int64_t member_id, enum ballot_choice choice) MUST_CHECK;

/* Writes the totals and the roll, works out the result, and empties the urn. When that fails the urn stays as it was. */
fail ballot_close(struct call *c, int64_t vote_id, struct vote *v) MUST_CHECK;
/* Overwrites and forgets the urn, if there is one: after a vote was declared void. */
void ballot_drop(struct call *c, int64_t vote_id);
/* Every urn: when the server ends. */
void ballot_drop_all(void);

#endif
