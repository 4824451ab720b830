/* text.h — the named texts of a meeting that minutes, resolution and the committee's own minutes are made of (domain, sections 5.1 and 5.2).
 *
 * Each is saved on its own, as it is typed, with a rev of its own. Free text of the record: never who said what in a discussion. */
#ifndef CHIBO_MEETING_TEXT_H
#define CHIBO_MEETING_TEXT_H

#include "meeting/meeting.h"

enum meeting_text {
	TEXT_NONE,
	TEXT_REASON,         /* reason of the meeting (ST-O1) */
	TEXT_DUES,           /* dues: complete / not complete only (ST-O4) */
	TEXT_ASSESSMENT,     /* of last month (resolution, part I) */
	TEXT_COMMENDATION, TEXT_REMINDER,
	TEXT_WEAKNESSES, TEXT_CAUSES,
	TEXT_DIRECTION,      /* of next month (part II) */
	TEXT_EXECUTION,      /* assignment and execution (part III) */
	TEXT_DISCUSSION,     /* what was concluded from the discussion, never who said what */
	TEXT_GUEST,          /* conclusion of the guest of the higher committee */
	TEXT_CONCLUSION,     /* the chair's */
	TEXT_SCORE_WEAKNESSES, TEXT_SCORE_REMEDY, /* named by the chair when the score is voted (part IV) */
	TEXT_PRE_RESULTS, TEXT_PRE_TASKS, TEXT_PRE_AGENDA, TEXT_PRE_POINTS, TEXT_PRE_DRAFT, /* the committee's own minutes */
	TEXT_COUNT
};
extern const char *const meeting_text_words[]; /* "" reason dues assessment … pre_draft, NULL-ended */
const char *meeting_text_title(enum lang lang, enum meeting_text t);

struct meeting_texts { const char *value[TEXT_COUNT]; int64_t rev[TEXT_COUNT]; /* "" and 0 where there is none */ };
/* Inside db_read or db_write. */
fail meeting_texts_of(struct call *c, const struct meeting *m, struct meeting_texts *out) MUST_CHECK;
/* Saves one text if its stored rev is still `rev` (0: there was none; ANY_TEXT_REV: whatever it is). FAIL_CONFLICT: *stored is what there is.
 * "" removes it. Signed minutes close the texts: FAIL_CONFLICT (PART_TEXTS). Opens a write transaction, or joins the open one; journal; the meeting's own rev is not raised. */
#define ANY_TEXT_REV INT64_C(-1)
fail meeting_text_save(struct call *c, const struct meeting *m, enum meeting_text t, const char *value, int64_t rev, const char **stored) MUST_CHECK;

#endif
