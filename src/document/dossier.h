/* dossier.h — everything that is recorded about one meeting, gathered once: what its papers are composed from (compose.h).
 *
 * Nothing is computed for the paper alone: roll call, voting base, sheets, tasks, votes and texts are those of the rooms that keep them. */
#ifndef CHIBO_DOCUMENT_DOSSIER_H
#define CHIBO_DOCUMENT_DOSSIER_H

#include "document/document.h"
#include "meeting/agenda.h"
#include "meeting/guest.h"
#include "meeting/text.h"
#include "meeting/vote.h"
#include "org/post.h"
#include "score/sheet_text.h"

struct dossier_person { int64_t member_id; bool present; const char *full_name; };
struct dossier_pre {
	bool held;           /* false: there is no record of it, the rest is empty */
	const char *form, *place, *chair, *minute_taker;
	struct moment starts_at, ends_at;
	struct date signed_on;
	struct dossier_person *people;
	size_t people_n;
};
/* A task of last month, and how far it was when the month began. */
struct dossier_due { const struct task *task; int64_t percent; bool carried; };

struct dossier {
	struct meeting_whole w;
	struct score_view guest_sheet;
	struct meeting_texts texts;
	struct unit unit, above;            /* above.id 0: a top unit */
	const char *locality;               /* the place in front of the date: "Tường Hạ"; "" when it cannot be told */
	const char *const *recipients;      /* of what the cell issues, one text each */
	size_t recipient_n;
	struct posts posts;                 /* of the day of the meeting */
	struct member_counts counts;
	struct agenda agenda;
	struct guests guests;
	struct votes votes;
	struct dossier_due *due;
	size_t due_n;
	struct documents papers;            /* of the meeting */
	struct document minutes, resolution, last_resolution; /* id 0: none */
	struct dossier_pre pre;
};

/* Inside db_read or db_write. */
fail dossier_gather(struct call *c, const struct meeting *m, struct dossier *out) MUST_CHECK;

/* The sheet that stands for the cell: voted, else its own; NULL when there is neither. */
const struct score_view *dossier_sheet(const struct dossier *d);
/* "" when nobody of that id is on the roll of the day or holds a post. */
const char *dossier_name(const struct dossier *d, int64_t member_id);
/* The weightiest post of a person on the day, POST_NONE without one. */
unsigned dossier_post(const struct dossier *d, int64_t member_id);
/* Who holds a post first; NULL: nobody. */
const struct post *dossier_holder(const struct dossier *d, unsigned post);
/* The latest vote on a subject that was counted and is not void, or NULL. */
const struct vote *dossier_vote(const struct dossier *d, unsigned subject);
/* Does the meeting end in a resolution (a draft was prepared or voted on) rather than a conclusion? */
bool dossier_has_resolution(const struct dossier *d);

/* Settings of a unit that its papers need (org_setting). */
#define SETTING_LOCALITY   "paper_place"
#define SETTING_RECIPIENTS "paper_recipients"
/* "Tường Hạ" out of "Đảng ủy xã Tường Hạ"; "" when the name holds no place. In the arena. */
const char *locality_of_name(struct arena *a, const char *unit_name);

#endif
