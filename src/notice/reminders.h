/* reminders.h — the one letter a day that tells a person of tasks that are soon due or overdue (what it says and when: work/remind.h).
 *
 * Written from seven in the morning on, to those with a mail address, once a day and person whatever happens to the server in between. */
#ifndef CHIBO_NOTICE_REMINDERS_H
#define CHIBO_NOTICE_REMINDERS_H

#include "work/remind.h"

enum { REMIND_FROM_HOUR = 7 };

/* *written: how many letters. Before seven: none. Opens its own transactions, one a person. */
fail reminders_write(struct call *c, const struct remind_rules *rules, const char *site, int64_t *written) MUST_CHECK;

#endif
