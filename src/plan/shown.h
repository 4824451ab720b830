/* shown.h — what the templates of this room show. */
#ifndef CHIBO_PLAN_SHOWN_H
#define CHIBO_PLAN_SHOWN_H

#include "html/form.h"
#include "html/parts.h"
#include "plan/alerts.h"
#include "plan/schedule.h"

struct slot_line {
	const char *month, *shape, *state, *word;        /* "Tháng 2" ○ "planned", for people */
	const char *day;                                 /* "thứ Ba, 03/02/2026", or "" */
	const char *moved;                               /* "moved from 17/02/2026 because of Tết", or NULL */
	const char *stored;                              /* what stands there now, where something else was typed; or NULL */
	const char *field, *value, *min, *max, *problem; /* field NULL: cannot be changed here */
	const char *href;                                /* of the meeting, or NULL */
	const char *topic;                               /* of its thematic part, or NULL */
};
struct topic_line {
	const char *title, *when, *author, *state, *edit;
};
struct item_line {
	const char *title, *who, *due, *state, *edit;
	bool late;
};
struct alert_line {
	const char *rule, *text, *unit, *href;
	bool closed;
};
struct alert_lines {
	struct alert_line *v;
	size_t n;
};
struct year_links {
	const char *before, *after, *before_text, *after_text;
};

struct plan_view {
	const struct plan_year *y;
	struct form form;
	struct slot_line slots[12];
	const char *title, *standing, *fixed_words, *action, *fixed_value;
	bool may_edit, adopted, names;
	struct alert_lines alerts;
	struct topic_line *topics;
	size_t topic_n;
	const char *topic_gap; /* quarters without a topic, or NULL */
	struct item_line *items;
	size_t item_n;
	const char *programme; /* the issued programme in a line, or NULL */
	const char *programme_href;
	struct year_links years;
	bool may_copy;
};

struct line_view { /* a topic or a line of the programme */
	struct form form;
	const char *title, *action, *back, *back_text;
	int64_t year, rev;
	struct choice *people, *months;
	size_t people_n, month_n;
	bool topic, known; /* known: there already, can be removed */
};

struct mark {
	const char *month, *shape, *word, *state;
};
struct cell_line {
	const char *name, *href, *plan, *summary, *registration, *secretary;
	struct mark strip[12];
	bool exception;
};
struct overview_view {
	const struct plan_cells *cells;
	struct cell_line *v;
	size_t n;
	const char *title, *plans, *registered, *held, *fixed_words, *fixed_value, *propose, *schedule_href, *schedule_text, *action;
	bool may_propose, may_fix;
	struct alert_lines alerts;
	size_t more_alerts;
	struct plan_child *children; /* instead of cells, where there are too many */
	size_t child_n;
	struct mark *legend;
	size_t legend_n;
	struct year_links years;
	struct form form;
};

struct schedule_line {
	const char *no, *name, *href, *members, *time, *place, *secretary, *state, *before;
	bool listed;
};
struct notice_line {
	const char *text, *pdf, *docx;
};
struct schedule_view {
	const struct schedule *s;
	struct schedule_line *v;
	size_t n;
	struct notice_line *notices;
	size_t notice_n;
	const char *title, *action, *month, *lead, *issue_title, *preview, *total, *late_words;
	struct choice *signers;
	size_t signer_n;
	struct table table;
	struct year_links months;
	bool may_issue, can_issue;
	struct form form;
};

/* Shape of a month: ● held ◐ late ◎ registered ○ planned ✕ no meeting ⊘ cancelled – nothing. */
const char *slot_shape(enum slot_state s);
struct alert_lines plan_alert_lines(struct call *c, const struct plan_alerts *a, size_t most);

#endif
