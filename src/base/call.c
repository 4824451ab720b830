/* call.c — beginning and ending one use of the program, and its one problem. */
#include "base/call.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ZONE_MINUTES = 7 * 60 }; /* Asia/Ho_Chi_Minh, without summer time since 1979 */

void call_set_now(struct call *c, struct moment local)
{
	c->now_ms = (local.minutes - ZONE_MINUTES) * 60000;
	c->today = moment_date(local);
}

struct moment call_local(int64_t ms)
{
	int64_t minutes = ms / 60000 - (ms % 60000 < 0);

	return (struct moment){ minutes + ZONE_MINUTES };
}

static struct moment clock_now(int64_t *ms)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	*ms = (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
	return (struct moment){ ts.tv_sec / 60 + ZONE_MINUTES };
}

/* Tests and demonstrations choose the time. */
static bool chosen_now(struct moment *out)
{
	const char *text = getenv("CHIBO_NOW");
	struct date d;

	if (!text)
		return false;
	if (date_parse(text, &d)) {
		out->minutes = (int64_t)d.days * 1440 + 12 * 60;
		return true;
	}
	return moment_parse(text, out);
}

void call_begin(struct call *c, size_t arena_ceiling)
{
	struct moment chosen;

	*c = (struct call){ .arena = arena_new(arena_ceiling), .in = stdin, .out = stdout, .err = stderr, .cwd = AT_FDCWD };
	if (!c->arena)
		abort();
	c->problem.field = c->problem.text = "";
	c->who = (struct who){ .name = "cli", .operator = true };
	c->today = moment_date(clock_now(&c->now_ms));
	if (chosen_now(&chosen))
		call_set_now(c, chosen);
}

void call_end(struct call *c)
{
	arena_free(c->arena);
	c->arena = NULL;
}

bool call_may(struct call *c, enum right right, int64_t unit_id)
{
	return c->who.operator ? right != MAY_NOBODY : c->who.may && c->who.may(c, right, unit_id);
}

fail problem(struct call *c, fail code, const char *field, const char *text, ...)
{
	va_list args;

	if (c->problem.code != FAIL_OK)
		return code;
	va_start(args, text);
	c->problem.text = arena_vprintf(c->arena, tr(c->lang, text), args);
	va_end(args);
	c->problem.field = arena_strdup(c->arena, field);
	c->problem.code = code;
	return code;
}

void problem_clear(struct call *c)
{
	c->problem = (struct problem){ FAIL_OK, "", "" };
}

void call_after_commit(struct call *c, void (*run)(void *arg), void *arg)
{
	struct after *a = ARENA_NEW(c->arena, struct after);

	a->run = run;
	a->arg = arg;
	*(c->after_last ? &c->after_last->next : &c->after) = a;
	c->after_last = a;
}

fail call_open(struct call *c, const char *path, const char *mode, FILE **out)
{
	bool write = mode[0] != 'r';
	int flags = write ? O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC : O_RDONLY | O_CLOEXEC;
	int fd = openat(c->cwd, path, flags, 0644);
	FILE *f = fd >= 0 ? fdopen(fd, mode) : NULL;

	if (f) {
		*out = f;
		return FAIL_OK;
	}
	if (fd >= 0)
		close(fd);
	if (write)
		return problem(c, FAIL_INPUT, path, "cannot write the file “%s”: %s", path, strerror(errno));
	if (errno == ENOENT)
		return problem(c, FAIL_NOT_FOUND, path, "there is no file “%s”", path);
	return problem(c, FAIL_INPUT, path, "cannot read the file “%s”: %s", path, strerror(errno));
}

const char *call_path(struct call *c, const char *path)
{
	char dir[4096];
	const char *link = c->cwd == AT_FDCWD ? "/proc/self/cwd" : arena_printf(c->arena, "/proc/self/fd/%d", c->cwd);

	if (*path == '/')
		return path;
	ssize_t n = readlink(link, dir, sizeof dir);

	return n > 0 ? arena_printf(c->arena, "%.*s/%s", (int)n, dir, path) : path;
}
