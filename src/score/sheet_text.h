/* sheet_text.h — a meeting with everything that is known of it, gathered once for page, JSON and terminal. */
#ifndef CHIBO_SCORE_SHEET_TEXT_H
#define CHIBO_SCORE_SHEET_TEXT_H

#include "score/score.h"
#include "work/task.h"

struct meeting_whole {
	struct meeting meeting;
	struct roll roll;
	struct attendances rows;
	struct tally tally;
	struct voting voting;
	struct flaws questions;
	struct tasks tasks;        /* assigned here */
	bool scored_kind;          /* the rest only for meetings that get a score */
	const char *no_scheme;     /* why there is no draft, or NULL */
	struct score_draft draft;  /* with the points judged so far: those of the cell's own sheet */
	struct flaws missing;      /* what keeps the draft from being saved */
	struct score_view self, voted, guest, decided;
};

/* Inside db_read or db_write. */
fail meeting_whole(struct call *c, const struct meeting *m, struct meeting_whole *out) MUST_CHECK;

/* {"meeting":{…},"voting":{…},"questions":[…],"facts":{…},"attendance":[…],"tasks":[…],"missing":[…],"draft":{…},"sheets":[…]}; names of people only
 * with `people`. */
void whole_json(struct json *j, const struct call *c, const struct meeting_whole *w, bool people);
/* The members "facts" and "fact_origins" of an object. */
void gathered_json(struct json *j, const struct gathered *g);
void whole_json_print(struct call *c, const struct meeting_whole *w);
void whole_text_print(struct call *c, const struct meeting_whole *w);

/* "Cell's own sheet", "Decision of the committee" …; "" for none. */
const char *stage_title(enum lang lang, enum score_stage s);

#endif
