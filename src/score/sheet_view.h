/* sheet_view.h — a score sheet put together for a page, whatever its stage. Private to src/score. */
#ifndef CHIBO_SCORE_SHEET_VIEW_H
#define CHIBO_SCORE_SHEET_VIEW_H

#include "meeting/text.h"
#include "meeting/vote.h"
#include "score/pages.h"
#include "score/stage.h"

struct sheet_data {
	int64_t id;
	enum score_stage stage;
	struct judged judged;  /* typed; used when `typed` */
	bool typed;
	struct meeting_whole w;
	struct voters voters;          /* stage voted */
	struct vote vote;              /* the last one on the score; id 0: none */
	struct tellers tellers;        /* of the vote before */
	struct meeting_texts texts;
	struct score_guests guests;    /* stage guest */
};

/* db_body: reads d->id. The draft holds the points of the stage: typed, else those of its own latest sheet, else of the sheet it follows. */
fail sheet_load(struct call *c, void *arg) MUST_CHECK;
/* Fills the view; v->form was begun and v->rev set by the caller. */
fail sheet_build(struct call *c, const struct req *rq, const struct sheet_data *d, struct sheet_view *v) MUST_CHECK;
/* Every "judged.ID" that is not empty, with decimal comma or point; problems go to the form. */
void sheet_read_judged(struct call *c, const struct req *rq, struct judged *out, struct form *form);
/* The kept sheet of a stage. */
const struct score_view *sheet_kept(const struct meeting_whole *w, enum score_stage stage);
/* Points of a line in it, or TENTHS_NONE. */
struct tenths sheet_points(const struct score_view *v, const char *id);

#endif
