/* progress.c — a bar that is drawn at most ten times a second. */
#include "base/progress.h"

#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void progress_begin(struct progress *p, struct call *c, const char *what, int64_t total)
{
	*p = (struct progress){ .err = c->err, .what = what, .total = total, .started_ms = now_ms() };
	p->terminal = c->err && isatty(fileno(c->err));
}

static void draw(struct progress *p)
{
	enum { WIDTH = 30 };
	int full = p->total > 0 ? (int)(p->done * WIDTH / p->total) : 0;

	if (full > WIDTH)
		full = WIDTH;
	fprintf(p->err, "\r%s ", p->what);
	if (p->total > 0) {
		fputc('[', p->err);
		for (int i = 0; i < WIDTH; i++)
			fputc(i < full ? '=' : ' ', p->err);
		fprintf(p->err, "] %d%% ", (int)(p->done * 100 / p->total));
	}
	fprintf(p->err, "%lld", (long long)p->done);
	fflush(p->err);
	p->shown = true;
}

void progress_at(struct progress *p, int64_t done)
{
	p->done = done;
	if (!p->terminal || (done & 255))
		return;
	int64_t now = now_ms();

	if (now - p->started_ms < 1000 || now - p->shown_ms < 100)
		return;
	p->shown_ms = now;
	draw(p);
}

void progress_end(struct progress *p)
{
	if (!p->shown)
		return;
	draw(p);
	fputc('\n', p->err);
	p->shown = false;
}
