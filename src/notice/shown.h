/* shown.h — what the pages of this room show. Private to src/notice. */
#ifndef CHIBO_NOTICE_SHOWN_H
#define CHIBO_NOTICE_SHOWN_H

#include "html/form.h"
#include "html/parts.h"
#include "http/req.h"
#include "notice/feed.h"
#include "notice/outbox.h"

/* Where this server is reached: as configured, else as the browser named it; "" unknown. */
const char *notice_site_of(struct call *c, const struct req *rq);

struct calendar_view {
	const char *address;   /* shown once, right after it was made; NULL otherwise */
	bool in_force;
	struct moment made;
	const struct calendar_entry *v;
	size_t n;
};

struct letter_row {
	const char *name, *address, *kind, *state, *note;
	struct moment at;
	bool flag;
};
struct letters_view {
	const char *title;
	int64_t id, rev;
	bool may_invite, sends, any_failed;
	int64_t with_address, without, open; /* open: not invited to this version yet */
	const char *const *missing;          /* names of those without an address */
	size_t missing_n;
	struct letter_row *v;
	size_t n;
};

struct receipt_view {
	const char *token, *name, *subject;
	bool done;
};

#endif
