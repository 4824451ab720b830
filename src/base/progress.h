/* progress.h — a progress line on the message stream, only for a terminal and only when the work takes over a second. */
#ifndef CHIBO_BASE_PROGRESS_H
#define CHIBO_BASE_PROGRESS_H

#include "base/call.h"

struct progress {
	FILE *err;
	const char *what;
	int64_t total, done, started_ms, shown_ms;
	bool terminal, shown;
};

/* `what` is already translated; total 0: unknown, only the count is shown. */
void progress_begin(struct progress *p, struct call *c, const char *what, int64_t total);
void progress_at(struct progress *p, int64_t done);
void progress_end(struct progress *p);

#endif
