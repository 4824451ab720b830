/* agenda.h — the agenda of a meeting: its steps and items in order, with planned minutes, and what became of them.
 *
 * It is proposed whole from the rule of the day (rules/agenda_rule.h): the procedure steps of 5.4, the thematic part when one is planned, the
 * guest's turn when a higher member is assigned; planned minutes sum to what the meeting needs. Items can be added, moved within their phase
 * (opening, main part, closing), changed and dropped; mandatory steps cannot be dropped. Titles are part of the record and stay in Vietnamese.
 *
 * The agenda is edited before the meeting opens (PART_PREPARATION); what happens in the room – done, minutes, conclusion – is written by whoever
 * keeps the room. Each item has a rev of its own, so that two people editing two items do not meet. */
#ifndef CHIBO_MEETING_AGENDA_H
#define CHIBO_MEETING_AGENDA_H

#include "meeting/meeting.h"
#include "rules/agenda_rule.h"

struct agenda_item {
	int64_t realm, meeting_id;
	int64_t item;            /* 1, 2 …: names it for good */
	int64_t place;           /* its order, 1, 2 … */
	unsigned part;           /* enum agenda_part */
	const char *step;        /* "ST-O1", or "": an item of the cell's own */
	const char *title;
	bool mandatory;
	int64_t planned_minutes; /* INT_UNKNOWN: not planned */
	int64_t minutes;         /* as it was; INT_UNKNOWN: not recorded */
	bool done;
	const char *conclusion;
	int64_t rev;
};
extern const struct record agenda_item_record;
struct agenda { struct agenda_item *v; size_t n; };

/* ---- what others count: pure ---- */

struct agenda_sums {
	int64_t items, planned_minutes, minutes;
	int64_t required, done;    /* mandatory steps, and of these done (D4.1) */
	int64_t political_minutes; /* spent on ST-M4 (D4.7); INT_UNKNOWN: not recorded, or no such step */
	bool commendation_done;    /* ST-M3 (D4.4) */
	bool theme, theme_done;    /* steps of a thematic part; all of its mandatory ones done (D4.3) */
};
struct agenda_sums agenda_sums(const struct agenda *a);
/* The item with that step, or NULL. */
const struct agenda_item *agenda_find(const struct agenda *a, const char *step);
/* May the item at `i` change places with the one before (by -1) or behind it (by 1)? Phases stay in order. */
bool agenda_may_move(const struct agenda *a, size_t i, int by);

/* ---- reading (inside db_read or db_write) ---- */

/* In order. */
fail agenda_of(struct call *c, const struct meeting *m, struct agenda *out) MUST_CHECK;

/* What the rules say for this meeting. */
struct agenda_frame {
	const struct agenda_rule *rule; /* NULL: none in force that day */
	struct agenda_case needs;       /* thematic part, guest, required minutes */
	const two_texts *offers;        /* items offered to this type of unit */
	size_t offer_n;
};
fail agenda_frame_of(struct call *c, const struct meeting *m, struct agenda_frame *out) MUST_CHECK;
/* Steps that would be on a proposal and are not on the agenda: how many. */
size_t agenda_missing(const struct agenda_frame *f, const struct agenda *a);

/* ---- writing (opens a write transaction, or joins the open one; journal; FAIL_CONFLICT once the meeting is open) ---- */

/* Makes the agenda whole in one go: missing steps get in at their place, steps that nothing asks for any more go (unless done), own items stay, and
 * the planned minutes are shared out anew. Done twice it changes nothing. FAIL_NOT_FOUND when no rule was in force that day. */
fail agenda_propose(struct call *c, int64_t meeting_id, struct agenda *out) MUST_CHECK;
/* Adds a step that is offered on request (`step`), or an item of the cell's own (`part`, `title`, planned_minutes); behind the last of its part, or at the place the
 * rule names. One that stands there already is not added again: *out is that one. */
fail agenda_add(struct call *c, int64_t meeting_id, const struct agenda_item *wanted, struct agenda_item *out) MUST_CHECK;
/* Changes title and planned minutes if its rev is still it->rev. FAIL_CONFLICT: *stored is what there is. *it is the item afterwards. */
fail agenda_change(struct call *c, int64_t meeting_id, struct agenda_item *it, struct agenda_item *stored) MUST_CHECK;
/* Moves the item from place `from` by -1 or 1. Not at that place any more: it was moved already, and nothing is done. */
fail agenda_move(struct call *c, int64_t meeting_id, int64_t item, int64_t from, int by) MUST_CHECK;
/* FAIL_INPUT for a mandatory step or one that was done. Not there any more: nothing is done. */
fail agenda_drop(struct call *c, int64_t meeting_id, int64_t item) MUST_CHECK;

#endif
