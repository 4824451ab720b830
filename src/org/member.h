/* member.h — members, where they belong and with which status on a given day.
 *
 * A member has memberships: spans of days in a unit with a status, without overlap within one unit. temp_away stands at home, temp_here at the
 * host. transferred, left and deceased say how a membership ended; such people are on no roll. A member belongs to a realm; somebody who goes
 * to another province keeps the id and gets a row there. Nothing else is kept about a person (domain, sections 1 and 3.2). */
#ifndef CHIBO_ORG_MEMBER_H
#define CHIBO_ORG_MEMBER_H

#include "base/call.h"
#include "base/record.h"

enum member_status {
	STATUS_NONE, STATUS_PROBATIONARY, STATUS_OFFICIAL, STATUS_EXEMPT, STATUS_TEMP_AWAY, STATUS_TEMP_HERE, STATUS_TRANSFERRED, STATUS_LEFT,
	STATUS_DECEASED, STATUS_COUNT
};
enum exempt_reason { REASON_NONE, REASON_AGE_OR_HEALTH, REASON_OTHER };
/* "" probationary official exempt temp_away temp_here transferred left deceased · "" age_or_health other; NULL-ended */
extern const char *const member_statuses[], *const exempt_reasons[];
const char *member_status_name(enum lang lang, unsigned status);
/* On the roll of the unit where the status stands: probationary, official, exempt, temp_away, temp_here. */
static inline bool member_is_here(unsigned status) { return status >= STATUS_PROBATIONARY && status <= STATUS_TEMP_HERE; }

struct member {
	const char *code, *full_name;
	struct date admitted_on, decision_on, official_on;
	const char *contact;
	bool uses_app;
	int64_t realm, id, rev;
	const char *name_key;
	struct blob sort_key;
};
extern const struct record member_record;

struct membership {
	unsigned status;
	struct date valid_from, valid_to;
	unsigned reason;            /* of an exemption: category only (V14) */
	const char *decision_no;
	int64_t realm, member_id, unit_id;
	const char *unit_code, *unit_name; /* read only: as of the end of the span */
};
extern const struct record membership_record;

/* A person of a unit on a day. */
struct roll_member {
	const char *code, *full_name;
	unsigned status;
	bool official;              /* past probation, also while exempt or away (V10) */
	unsigned reason;
	struct date admitted_on, official_on, valid_from, valid_to;
	int64_t realm, id, rev;
	struct blob sort_key;
};
extern const struct record roll_member_record;
struct roll { struct roll_member *v; size_t n; };

fail org_member(struct call *c, int64_t realm, int64_t id, struct member *out) MUST_CHECK;
/* Codes are unique within a realm; `realm` 0 looks everywhere and takes the one whose membership is the latest. */
fail org_member_by_code(struct call *c, int64_t realm, const char *code, struct member *out) MUST_CHECK;
/* The member's life, first span first. */
fail org_memberships(struct call *c, int64_t realm, int64_t member_id, struct membership **out, size_t *n) MUST_CHECK;

/* Everybody on the roll of a unit that day, by given name in Vietnamese order. The unit alone, nothing below it. */
fail org_members_on(struct call *c, int64_t unit_id, struct date on, struct roll *out) MUST_CHECK;
/* Those who are expected at a meeting: without exempt and temp_away. */
static inline bool member_is_expected(unsigned status)
{
	return status == STATUS_PROBATIONARY || status == STATUS_OFFICIAL || status == STATUS_TEMP_HERE;
}

/* Figures of a unit on a day. Probationary people who are exempt or away are not in `official` nor in the exempt and away figures of the base. */
struct member_counts {
	int64_t members;            /* who belong here: official and probationary, exempt and away included; temp_here not (V23) */
	int64_t official;           /* of these past probation (V01, V02) */
	int64_t probationary;
	int64_t exempt, temp_away;  /* of `members` */
	int64_t official_exempt, official_away; /* of `official`: what the voting base loses unless they come and vote (V06) */
	int64_t temp_here;
	int64_t expected;           /* members − exempt − temp_away + temp_here (domain, section 6) */
	int64_t base;               /* official − official_exempt − official_away: the voting base when none of them votes (V06, V23) */
	int64_t ever;               /* people ever recorded here; 0: the roll is unknown, not empty */
};
extern const struct record member_counts_record;
fail org_member_counts(struct call *c, int64_t unit_id, struct date on, struct member_counts *out) MUST_CHECK;

/* V01: FAIL_INPUT with the sentence when the cell has fewer than 3 official members that day. A cell whose members were never
 * recorded is not refused: its roll is unknown. */
fail org_may_meet(struct call *c, int64_t unit_id, struct date on) MUST_CHECK;
/* V10, V14 and the bounds of one membership by itself: no database. */
fail membership_check(struct call *c, const struct membership *m) MUST_CHECK;

/* ---- changes; each opens its own db_write, writes the journal and raises rev ---- */

/* A new member with the first membership. m->id and realm are filled. FAIL_CONFLICT when the code is taken. */
fail org_member_add(struct call *c, struct member *m, struct membership *first) MUST_CHECK;
/* Changes the person's own fields. `rev` 0: not compared. */
fail org_member_update(struct call *c, const struct member *m, int64_t rev) MUST_CHECK;
/* From ms->valid_from on, the status in ms->unit_id is ms->status: what held there before ends the day before (and comes back after
 * ms->valid_to when that is given: an exemption, a stay elsewhere). */
fail org_member_set_status(struct call *c, const struct membership *ms, int64_t rev) MUST_CHECK;
/* Formal transfer: `from_unit` has "transferred" and `to_unit` the status from that day on. Posts in the old unit end. Another realm gets a
 * row of the member with the same id. *realm (may be NULL) gets where the member now is. */
fail org_member_transfer(struct call *c, int64_t realm, int64_t member_id, int64_t from_unit, int64_t to_unit, struct date on,
                         const char *decision_no, int64_t rev, int64_t *realm_out) MUST_CHECK;

#endif
