/* prepare_shown.h — what the pages before a meeting show: agenda, committee, guests, sendings, leave to meet online. Private to src/score. */
#ifndef CHIBO_SCORE_PREPARE_SHOWN_H
#define CHIBO_SCORE_PREPARE_SHOWN_H

#include "html/form.h"
#include "html/parts.h"
#include "meeting/agenda.h"
#include "meeting/guest.h"
#include "meeting/online.h"
#include "meeting/pre_meeting.h"
#include "meeting/sending.h"
#include "meeting/text.h"
#include "org/post.h"
#include "work/task.h"

/* ---- agenda ---- */

struct agenda_line {
	const struct agenda_item *item;
	const char *heading;      /* of the part, before its first item; or NULL */
	const char *title, *minutes; /* what stands in the fields: typed or stored */
	const char *problem;      /* of the item that was just sent, or NULL */
	bool open;                /* its fields are shown at once */
	bool up, down, drop;      /* what can be done with it */
	int64_t rev;
	bool tasks;               /* last month's tasks stand under it */
};
struct agenda_offer { const char *name, *value, *text; };
struct agenda_view {
	struct form form;         /* of a new item */
	int64_t id;
	const char *title;
	struct agenda_line *v;
	size_t n;
	struct agenda_sums sums;
	int64_t required;         /* minutes the meeting needs */
	size_t missing;           /* steps that the procedure has and the agenda has not */
	bool may, has_rule, may_papers;
	const char *closed;       /* why it cannot be changed any more, or NULL */
	struct agenda_offer *offers;
	size_t offer_n;
	struct choice parts[5];
	size_t part_n;
	const struct tasks *due;  /* unfinished or due since the last meeting */
	size_t due_more;          /* of these not shown */
};

/* ---- the committee before the meeting ---- */

struct pre_text {
	const char *name, *title, *value;
	int64_t rev;
	bool proposed;            /* from the records, not saved yet */
	const char *problem;
};
struct pre_view {
	struct form form;
	int64_t id, rev;
	const char *title, *lead;
	enum pre_need need;
	const struct pre_meeting *stored;
	struct pre_people people;
	struct choice *chairs;
	size_t chair_n;
	const char *const *differences;
	size_t difference_n;
	struct pre_text texts[5];
	size_t text_n;
	const char *const *questions;
	size_t question_n;
	const char *agenda;       /* "16 items, 90 minutes", or NULL: none yet */
	bool may, is_signed;
	const char *closed, *unit_posts, *chair, *minute_taker;
};

/* ---- guests ---- */

struct guest_line { const struct guest *guest; const char *kind, *told; };
struct guests_view {
	struct form form;
	int64_t id;
	const char *title;
	struct guest_line *v;
	size_t n;
	bool may;
	struct choice kinds[2];
	struct choice *known;     /* leaders of the committee above: value is the code, text the name, hint the function */
	size_t known_n;
};

/* ---- sendings ---- */

struct told_line {
	const char *person, *name, *note; /* "guest", or "" */
	const char *how, *received;       /* in words; NULL: not yet */
	bool has_login;
};
struct sent_paper { const char *subject, *secrecy; int64_t told, people; };
struct sendings_view {
	struct form form;
	int64_t id;
	const char *title, *place;
	struct moment starts_at;
	struct sending_sums sums;
	struct told_line *missing, *told;
	size_t missing_n, told_n;
	size_t with_login;        /* of those not told */
	struct sent_paper *papers;
	size_t paper_n;
	struct choice channels[4];
	bool may, papers_open;    /* some paper did not go to everybody */
	const char *closed;
};

/* ---- leave to meet online ---- */

struct online_view {
	struct form form;
	int64_t unit_id;
	const char *unit_name;
	struct online_leave leave;
	bool may;
};

#endif
