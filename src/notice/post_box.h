/* post_box.h — the thread of the server that sends what is in the outbox, and what it has to know.
 *
 * One round: changes of meetings are written to those who were invited, reminders are written once a day, what is due is sent. It wakes when a letter
 * was written, and every few seconds: other rooms change meetings without knowing of letters. Without a mail server nothing is sent and letters wait; feeds and pages work. */
#ifndef CHIBO_NOTICE_POST_BOX_H
#define CHIBO_NOTICE_POST_BOX_H

#include "base/call.h"
#include "notice/mail.h"
#include "work/remind.h"

struct notice_settings {
	struct mail_server mail;
	const char *site;      /* the installation's own address, "" unknown */
	struct remind_rules remind;
};

/* Keeps what `s` points to: it lives as long as the server. NULL: forget (tests). */
void notice_configure(const struct notice_settings *s);
/* Are letters sent at all? */
bool notice_sends(void);
const char *notice_site(void);        /* "" unknown */
const char *post_box_address(void);   /* where letters come from, "" */

/* Begins the thread on this database; ends it, giving up a letter that is under way (it is tried again later). */
struct post_box;
fail post_box_start(struct call *c, struct db *db, struct post_box **out) MUST_CHECK;
void post_box_stop(struct post_box *p);
/* There is something to do. Any thread, any time. */
void post_box_wake(void);

/* ---- for src/notice ---- */

enum { RECEIPT_HASH = 32 };
/* A new secret for a letter's link, in the arena, and its hash. */
const char *receipt_make(struct call *c, unsigned char hash[RECEIPT_HASH]);

#endif
