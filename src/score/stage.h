/* stage.h — the stages of a score beyond the cell's own sheet: what the cell stands by, what the guest says (domain, section 6.5 and step 13).
 *
 * A guest is a higher member assigned to the cell who was present. They confirm with one tap or give points of their own; it is a stage of its
 * own and changes nothing of the others. Somebody without an account says it on paper: whoever writes it down stands beside the name. */
#ifndef CHIBO_SCORE_STAGE_H
#define CHIBO_SCORE_STAGE_H

#include "score/score.h"

/* The sheet the cell stands by: voted, else its own; revision 0: none. Inside db_read or db_write. */
fail score_of_cell(struct call *c, const struct meeting *m, struct score_sheet *out) MUST_CHECK;

struct score_guest {
	int64_t id, member_id;
	const char *name, *function;
	int64_t procedure_ok;        /* opinion on procedure: 1 in order, 0 not, INT_UNKNOWN */
	struct moment confirmed_at;  /* MOMENT_NONE: not yet */
};
struct score_guests { struct score_guest *v; size_t n; };
/* Assigned and present. Inside db_read or db_write. */
fail score_guests(struct call *c, const struct meeting *m, struct score_guests *out) MUST_CHECK;
/* Is the person asking that guest; may they write down what the guest says? */
bool score_guest_is_me(const struct call *c, const struct meeting *m, const struct score_guest *g);
bool score_guest_may(struct call *c, const struct meeting *m, const struct score_guest *g);

struct guest_request {
	int64_t meeting_id, rev, guest_id;
	bool own_points;             /* false: confirms what the cell says */
	struct judged judged;
	int64_t procedure_ok;
	const char *remark;
};
/* Opens a write transaction or joins the open one. FAIL_CONFLICT when the cell's sheet is out of date, or before it is scored or after it is decided. */
fail score_guest(struct call *c, const struct guest_request *rq, struct meeting *m, struct score_sheet *out, struct flaws *found) MUST_CHECK;

#endif
