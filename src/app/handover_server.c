/* handover_server.c — the doing side of a hand-over: one thread listens, each command runs on a thread of its own. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/cli.h"
#include "app/handover.h"
#include "app/handover_wire.h"
#include "app/version.h"

enum { AT_ONCE = 16, READ_TIMEOUT_S = 10 };
#define COMMAND_CEILING ((size_t)2 << 30)

struct handover {
	int socket, stop;
	struct sockaddr_un address;
	int dir;
	pthread_t listener;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	int running; /* guarded by lock */
	handover_run *run;
	void *arg;
};

struct visit {
	struct handover *h;
	int socket;
	int files[HANDOVER_FILES]; /* directory, input, output, messages; -1 once a stream owns it */
	struct handover_head head;
	char *texts;
};

/* ---- reading the request ---- */

static void keep_files(struct visit *v, struct msghdr *m)
{
	for (struct cmsghdr *cm = CMSG_FIRSTHDR(m); cm; cm = CMSG_NXTHDR(m, cm)) {
		if (cm->cmsg_level != SOL_SOCKET || cm->cmsg_type != SCM_RIGHTS)
			continue;
		size_t n = (cm->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		int fds[HANDOVER_FILES];

		memcpy(fds, CMSG_DATA(cm), sizeof(int) * (n < HANDOVER_FILES ? n : HANDOVER_FILES));
		for (size_t i = 0; i < n && i < HANDOVER_FILES; i++)
			v->files[i] = fds[i];
	}
}

static bool read_head(struct visit *v)
{
	union {
		char room[CMSG_SPACE(sizeof(int) * HANDOVER_FILES)];
		struct cmsghdr align;
	} control;
	struct iovec part = { &v->head, sizeof v->head };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room };
	ssize_t n = recvmsg(v->socket, &m, MSG_CMSG_CLOEXEC | MSG_WAITALL);

	if (n > 0)
		keep_files(v, &m);
	if (n != (ssize_t)sizeof v->head || m.msg_flags & MSG_CTRUNC)
		return false;
	for (int i = 0; i < HANDOVER_FILES; i++)
		if (v->files[i] < 0)
			return false;
	return v->head.magic == HANDOVER_MAGIC && v->head.size > 0 && v->head.size <= HANDOVER_MAX &&
	       v->head.texts > HANDOVER_FIXED && v->head.texts <= HANDOVER_WORDS;
}

static bool read_texts(struct visit *v)
{
	size_t got = 0;

	v->texts = malloc(v->head.size);
	while (v->texts && got < v->head.size) {
		ssize_t n = read(v->socket, v->texts + got, v->head.size - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		got += (size_t)n;
	}
	return v->texts && v->texts[v->head.size - 1] == '\0';
}

/* Cuts the texts apart; false when there are more or fewer than promised. */
static bool split_texts(const struct visit *v, const char **out)
{
	const char *at = v->texts, *end = v->texts + v->head.size;

	for (uint32_t i = 0; i < v->head.texts; i++) {
		if (at >= end)
			return false;
		out[i] = at;
		at += strlen(at) + 1;
	}
	return at == end;
}

/* ---- running the command ---- */

static void out_of_memory(void *arg)
{
	longjmp(*(jmp_buf *)arg, 1);
}

static fail run_texts(struct visit *v, struct call *c, const char **texts)
{
	int64_t now_ms, today;
	struct args words = { (int)v->head.texts - HANDOVER_FIXED, texts + HANDOVER_FIXED };

	if (strcmp(texts[0], CHIBO_VERSION) != 0)
		return problem(c, FAIL_CONFLICT, "", "the server is version %s and this program is %s; use the server's own", CHIBO_VERSION,
		               texts[0]);
	if (!lang_parse(texts[1], &c->lang) || !int_parse(texts[2], &now_ms) || !int_parse(texts[3], &today))
		return FAIL_INPUT;
	c->now_ms = now_ms;
	c->today = (struct date){ (int32_t)today };
	return v->h->run(c, &words, *texts[4] ? texts[4] : NULL, v->h->arg);
}

static FILE *stream(struct visit *v, int i, const char *mode)
{
	FILE *f = fdopen(v->files[i], mode);

	if (f)
		v->files[i] = -1;
	return f;
}

static fail run_guarded(struct visit *v, struct call *c)
{
	const char **texts = ARENA_ARRAY(c->arena, v->head.texts, const char *);
	jmp_buf full;
	void *arg_before;

	if (!split_texts(v, texts))
		return FAIL_INPUT;
	if (setjmp(full)) {
		problem_clear(c);
		return FAIL_BROKEN;
	}
	arena_on_full(c->arena, out_of_memory, &full, &arg_before);
	return run_texts(v, c, texts);
}

static fail run_visit(struct visit *v)
{
	struct call c;
	fail f = FAIL_BROKEN;

	call_begin(&c, COMMAND_CEILING);
	c.cwd = v->files[0];
	c.in = stream(v, 1, "r");
	c.out = stream(v, 2, "w");
	c.err = stream(v, 3, "w");
	if (c.in && c.out && c.err) {
		f = run_guarded(v, &c);
		arena_on_full(c.arena, NULL, NULL, &(void *){ NULL });
		if (fflush(c.out) != 0 && f == FAIL_OK)
			f = FAIL_BUSY; /* the change is made, but its result could not be written */
		cli_tell(&c, f);
	}
	call_end(&c);
	if (c.in)
		fclose(c.in);
	if (c.out)
		fclose(c.out);
	if (c.err)
		fclose(c.err);
	return f;
}

static void visit_end(struct visit *v)
{
	struct handover *h = v->h;

	for (int i = 0; i < HANDOVER_FILES; i++)
		if (v->files[i] >= 0)
			close(v->files[i]);
	close(v->socket);
	free(v->texts);
	free(v);
	pthread_mutex_lock(&h->lock);
	h->running--;
	pthread_cond_broadcast(&h->ended);
	pthread_mutex_unlock(&h->lock);
}

static void *visit_run(void *arg)
{
	struct visit *v = arg;

	if (read_head(v) && read_texts(v)) {
		unsigned char answer = (unsigned char)run_visit(v);

		(void)!send(v->socket, &answer, 1, MSG_NOSIGNAL);
	}
	visit_end(v);
	return NULL;
}

/* ---- listening ---- */

/* Waits for room for one more; the queue of the socket holds the others. */
static void take_place(struct handover *h)
{
	pthread_mutex_lock(&h->lock);
	while (h->running >= AT_ONCE)
		pthread_cond_wait(&h->ended, &h->lock);
	h->running++;
	pthread_mutex_unlock(&h->lock);
}

static void receive(struct handover *h)
{
	struct timeval limit = { .tv_sec = READ_TIMEOUT_S };
	int s = accept4(h->socket, NULL, NULL, SOCK_CLOEXEC);
	struct visit *v;
	pthread_t thread;

	if (s < 0)
		return;
	v = handover_same_user(s) ? calloc(1, sizeof *v) : NULL;
	if (!v) {
		close(s);
		return;
	}
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	*v = (struct visit){ .h = h, .socket = s, .files = { -1, -1, -1, -1 } };
	take_place(h);
	if (pthread_create(&thread, NULL, visit_run, v) == 0)
		pthread_detach(thread);
	else
		visit_end(v);
}

static void *listen_run(void *arg)
{
	struct handover *h = arg;
	struct pollfd wait[2] = { { .fd = h->socket, .events = POLLIN }, { .fd = h->stop, .events = POLLIN } };

	for (;;) {
		if (poll(wait, 2, -1) < 0 && errno != EINTR)
			return NULL;
		if (wait[1].revents)
			return NULL;
		if (wait[0].revents & POLLIN)
			receive(h);
	}
}

static bool open_socket(struct handover *h)
{
	unlink(h->address.sun_path);
	h->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* nobody can connect before listen, so the mode is right in time */
	return h->socket >= 0 && bind(h->socket, (struct sockaddr *)&h->address, sizeof h->address) == 0 &&
	       chmod(h->address.sun_path, 0600) == 0 && listen(h->socket, 64) == 0;
}

static void handover_free(struct handover *h)
{
	if (h->socket >= 0)
		close(h->socket);
	if (h->stop >= 0)
		close(h->stop);
	close(h->dir);
	pthread_mutex_destroy(&h->lock);
	pthread_cond_destroy(&h->ended);
	free(h);
}

fail handover_listen(struct call *c, const char *db, handover_run *run, void *arg, struct handover **out)
{
	struct handover *h = calloc(1, sizeof *h);
	fail f;

	if (!h)
		return problem(c, FAIL_BROKEN, "", "there is no memory left");
	*h = (struct handover){ .socket = -1, .stop = eventfd(0, EFD_CLOEXEC), .run = run, .arg = arg };
	f = handover_address(c, db, &h->address, &h->dir);
	if (f != FAIL_OK) {
		free(h);
		return f;
	}
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->ended, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (h->stop < 0 || !open_socket(h) || pthread_create(&h->listener, NULL, listen_run, h) != 0) {
		f = problem(c, FAIL_INPUT, "--db", "cannot listen beside the database at “%s.sock”: %s", db, strerror(errno));
		handover_free(h);
		return f;
	}
	*out = h;
	return FAIL_OK;
}

/* Waits until nothing runs; false when the time is over. */
static bool wait_idle(struct handover *h, int wait_ms)
{
	struct timespec until;
	bool idle;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += wait_ms / 1000;
	until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&h->lock);
	while (h->running && pthread_cond_timedwait(&h->ended, &h->lock, &until) == 0)
		;
	idle = h->running == 0;
	pthread_mutex_unlock(&h->lock);
	return idle;
}

bool handover_stop(struct handover *h, int wait_ms)
{
	uint64_t one = 1;

	if (!h)
		return true;
	unlink(h->address.sun_path);
	(void)!write(h->stop, &one, sizeof one);
	pthread_join(h->listener, NULL);
	if (!wait_idle(h, wait_ms))
		return false;
	handover_free(h);
	return true;
}
