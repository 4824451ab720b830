/* home.h — what needs doing now, by role: the parts of the home page. Private to src/app. */
#ifndef CHIBO_APP_HOME_H
#define CHIBO_APP_HOME_H

#include "access/account.h"
#include "app/shown.h"

enum { HOME_SHOWN = 5 }; /* of each kind; the rest stands behind a link */

/* A new section of the page. `title`: already translated. */
struct home_section *home_section(struct call *c, struct home_view *v, const char *title);
/* A line in it; texts are already translated, href may be NULL. */
void home_step(struct call *c, struct home_section *s, enum step_state state, const char *href, const char *title, const char *why);

/* Each adds the sections of one role held today. */
fail home_cell(struct call *c, const struct grant *g, struct home_view *v) MUST_CHECK;      /* secretary, member */
fail home_officer(struct call *c, const struct grant *g, struct home_view *v) MUST_CHECK;
fail home_upper(struct call *c, const struct grant *g, struct home_view *v) MUST_CHECK;
fail home_inspector(struct call *c, const struct grant *g, struct home_view *v) MUST_CHECK;
fail home_administrator(struct call *c, const struct grant *g, struct home_view *v) MUST_CHECK;
/* Of the year: what a secretary, and what a member has to do about it now. */
fail home_year_cell(struct call *c, const struct grant *g, struct home_section *s) MUST_CHECK;
fail home_year_member(struct call *c, const struct grant *g, struct home_section *s) MUST_CHECK;
/* Of the registers: what is due; questions that wait for an answer. */
fail home_registers_cell(struct call *c, const struct grant *g, struct home_section *s) MUST_CHECK;
/* Of the year plans: lines for a secretary, a section for a committee. */
fail home_plan_cell(struct call *c, const struct grant *g, struct home_section *s) MUST_CHECK;
fail home_plan_officer(struct call *c, const struct grant *g, struct home_view *v) MUST_CHECK;
/* Of the year: a section for each year in which something waits for the committee. */
fail home_year_officer(struct call *c, const struct grant *g, struct home_view *v) MUST_CHECK;

#endif
