/* guest.h — guests of a meeting: the higher member in charge of the cell, and visitors. Invited before it, present or not in it, and what they concluded.
 *
 * Guests are not on the roll: they change neither attendance nor the voting base. A guest's conclusion stands in the minutes as the guest's own
 * words (domain, section 5, step 7). A guest who was invited can be taken off the list until the meeting is open; afterwards it is recorded that the
 * person did not come. */
#ifndef CHIBO_MEETING_GUEST_H
#define CHIBO_MEETING_GUEST_H

#include "meeting/meeting.h"

enum guest_kind { GUEST_NONE, GUEST_ASSIGNED, GUEST_VISITOR };
extern const char *const guest_kind_words[]; /* "" assigned visitor */
const char *guest_kind_name(enum lang lang, unsigned kind);

struct guest {
	int64_t realm, meeting_id, id, member_id; /* a member known here, or not above 0 */
	const char *name, *function;
	unsigned kind;
	int64_t present;      /* 1, 0; INT_UNKNOWN: not known yet */
	struct moment arrived_at;
	const char *contact;
	int64_t procedure_ok; /* opinion on the procedure: 1 in order, 0 not; INT_UNKNOWN: none given */
	const char *remark;   /* conclusion */
	struct moment confirmed_at;
	int64_t rev;
};
extern const struct record guest_record; /* labelled fields: what a form may fill */
struct guests { struct guest *v; size_t n; };
void guest_json(struct json *j, const struct guest *g);

/* Inside db_read or db_write. Those in charge first. */
fail guests_of(struct call *c, const struct meeting *m, struct guests *out) MUST_CHECK;
/* The guest of that meeting, or NULL. */
const struct guest *guest_find(const struct guests *all, int64_t id);

/* Each opens a write transaction or joins the open one; journal. */

/* Adds a guest to g->meeting_id: before the meeting is open one who is invited, while it runs one who came. The same name and function is that guest. */
fail guest_add(struct call *c, struct guest *g) MUST_CHECK;
/* Invites somebody with a function, which the minutes name (5.1). `member_code` names a known member, whose name and mail address are taken over; "" a person
 * by name. FAIL_INPUT for a member of the cell itself: they take part anyway. Else as guest_add. In invite.c. */
fail guest_invite(struct call *c, int64_t meeting_id, const char *member_code, struct guest *g) MUST_CHECK;
/* Writes everything but confirmed_at, if the stored rev is still g->rev (or ANY_REV). FAIL_CONFLICT: *stored is what there is. */
fail guest_change(struct call *c, struct guest *g, struct guest *stored) MUST_CHECK;
/* Only whether the guest came, and when: whoever says it last is right. */
fail guest_came(struct call *c, int64_t meeting_id, int64_t id, int64_t present, struct moment arrived_at) MUST_CHECK;
/* With what was sent to them. FAIL_CONFLICT once the meeting is open. Not there any more: nothing is done. */
fail guest_drop(struct call *c, int64_t meeting_id, int64_t id) MUST_CHECK;

#endif
