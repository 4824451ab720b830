/* shown.h — what the pages of this room show. Private to src/org. */
#ifndef CHIBO_ORG_SHOWN_H
#define CHIBO_ORG_SHOWN_H

#include "html/form.h"
#include "html/parts.h"
#include "org/change.h"
#include "org/member.h"
#include "org/post.h"
#include "org/tree.h"
#include "org/deadline.h"
#include "org/warning.h"

struct choices { struct choice *v; size_t n; };

/* ---- members ---- */

struct member_line {
	int64_t id;
	const char *name, *code, *status, *posts;
	struct date official_on, since;
	bool quiet; /* need not come to meetings */
};
struct members_view {
	const char *title, *action;
	const struct unit *unit;
	const char *on;      /* ISO, for the field */
	struct date day;
	bool today, may_edit;
	struct member_counts counts;
	struct warnings warnings;
	struct deadlines deadlines; /* for those who may edit only */
	struct table table;
	struct member_line *v;
	size_t n;
};
/* A person new to the organisation (id 0), or the person's own fields. */
struct member_form {
	struct form form;
	const struct unit *unit;
	int64_t id, rev;
	const char *title, *action, *back;
	struct choices statuses;
};
struct span_line {
	const char *what, *unit_name, *note, *when;
	int64_t unit_id;
	bool current;
};
struct span_lines { struct span_line *v; size_t n; };
struct member_view {
	const struct unit *unit;
	const struct member *member;
	struct span_lines memberships, posts;
	bool may_edit;
};
struct status_form {
	struct form form;
	const struct unit *unit;
	const struct member *member;
	int64_t rev;
	const char *now;     /* status today, in words */
	struct choices statuses, reasons;
};
struct move_form {
	struct form form;
	const struct unit *unit;
	const struct member *member;
	int64_t rev;
};

/* ---- posts ---- */

struct post_line {
	int64_t member_id;
	const char *post, *word, *name, *code, *when;
	const char *from_iso;
};
struct post_lines { struct post_line *v; size_t n; };
struct posts_view {
	struct form form;
	const struct unit *unit;
	const char *today;   /* ISO */
	struct post_lines current, past;
	struct choices people, posts;
	bool may_edit;
};

/* ---- structure ---- */

struct life_line {
	const char *name, *level, *parent, *when;
	int64_t parent_id;
};
struct event_line { const char *kind, *note, *actor; struct date on; };
struct link_line { const char *name, *code, *how; int64_t id; struct date on; };
struct child_line { int64_t id; const char *name, *code, *level, *type; struct date since; };
struct change_link { const char *href, *text; };
struct structure_view {
	const struct unit *unit;
	const char *title, *action, *on, *level, *type;
	struct date day;
	bool today, closed;
	struct table table;
	struct child_line *children;
	size_t child_n;
	struct life_line *life;
	size_t life_n;
	struct event_line *events;
	size_t event_n;
	struct link_line *before, *after; /* whom it came from, who came from it */
	size_t before_n, after_n;
	struct change_link *changes;
	size_t change_n;
};

/* ---- changes ---- */

struct tick { const char *code, *name; bool on; };
struct ticks { struct tick *v; size_t n; };
struct change_form {
	struct form form;
	const struct unit *unit;
	enum change_kind kind;
	const char *title, *lead, *action;
	bool code, name, place, about;   /* fields of this kind: new code, name, unit above, level and type */
	struct ticks units, members;
	struct choices levels, types, owners;
};
struct plan_line { const char *sign, *name, *code, *place, *when; bool ends; };
struct moved_line { const char *name, *code, *what, *from, *to; };
struct preview {
	const struct unit *unit;
	const char *title, *action, *back, *on_text, *note;
	struct plan_line *lines;
	size_t line_n;
	struct moved_line *members, *posts;
	size_t member_n, post_n;
	const struct pairs *fields;      /* as typed, to be sent again */
	int64_t rev;
};

#endif
