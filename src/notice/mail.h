/* mail.h — handing one letter to a mail server (SMTP, by libcurl).
 *
 * A letter is plain text in UTF-8 and, if it has one, a calendar: once as an alternative that mail programs show as an invitation, once as the
 * attached file invite.ics. Nothing else is ever attached: papers do not leave the installation. */
#ifndef CHIBO_NOTICE_MAIL_H
#define CHIBO_NOTICE_MAIL_H

#include <stdatomic.h>

#include "base/call.h"

struct mail_server {
	const char *url;       /* "smtp://mail.example:587", "smtps://…"; "" no mail is sent */
	const char *user, *password; /* "" without signing in */
	const char *from;      /* the address letters come from */
	const char *from_name;
	atomic_bool *stop;     /* NULL, or raised to give up what is under way */
};

struct letter {
	const char *id;        /* of Message-ID, the same at every try */
	const char *to, *to_name;
	const char *subject, *body;
	const char *calendar;  /* "" none */
	const char *method;    /* of the calendar: REQUEST or CANCEL */
	int64_t date_ms;
};

/* Could that be the address of a mailbox? One "@", something on both sides, no blanks, no control characters, at most 254 bytes. */
bool mail_is_address(const char *s);
/* Sends. FAIL_BUSY: the server cannot be reached or asks to try later; FAIL_INPUT: it refuses this letter for good. The sentence holds its words. */
fail mail_send(struct call *c, const struct mail_server *server, const struct letter *l) MUST_CHECK;
/* A header's text as RFC 2047 wants it: as it is when plain ASCII, else encoded words of whole characters. In the arena. */
const char *mail_header_text(struct arena *a, const char *s);

#endif
