/* handover_client.c — the asking side of a hand-over. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/handover.h"
#include "app/handover_wire.h"
#include "app/version.h"
#include "base/out.h"

/* The file behind links, so that every name of one database leads to one socket. */
static const char *real_path(struct call *c, const char *db)
{
	char *real = realpath(db, NULL);
	const char *kept = real ? arena_strdup(c->arena, real) : db;

	free(real);
	return kept;
}

fail handover_address(struct call *c, const char *db, struct sockaddr_un *out, int *dir)
{
	const char *path = real_path(c, db);
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *folder = !slash ? "." : slash == path ? "/" : arena_strndup(c->arena, path, (size_t)(slash - path));
	int n;

	*dir = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*dir < 0)
		return FAIL_NOT_FOUND;
	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	n = snprintf(out->sun_path, sizeof out->sun_path, "/proc/self/fd/%d/%s.sock", *dir, name);
	if (n < 0 || (size_t)n >= sizeof out->sun_path) {
		close(*dir);
		return problem(c, FAIL_INPUT, "--db", "the name of the file “%s” is too long", name);
	}
	return FAIL_OK;
}

bool handover_same_user(int socket)
{
	struct ucred peer;
	socklen_t size = sizeof peer;

	return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && (peer.uid == geteuid() || peer.uid == 0);
}

/* An open connection to the server, or FAIL_NOT_FOUND. */
static fail reach(struct call *c, const char *db, int *out)
{
	struct sockaddr_un address;
	int dir, s, rc;

	TRY(handover_address(c, db, &address, &dir));
	s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	rc = s < 0 ? -1 : connect(s, (struct sockaddr *)&address, sizeof address);
	close(dir);
	if (rc == 0) {
		if (handover_same_user(s)) {
			*out = s;
			return FAIL_OK;
		}
		close(s);
		return problem(c, FAIL_DENIED, "--db", "the server of “%s” is run by another user; run the command as that user", db);
	}
	rc = errno;
	if (s >= 0)
		close(s);
	if (rc == EACCES || rc == EPERM)
		return problem(c, FAIL_DENIED, "--db", "the server of “%s” is run by another user; run the command as that user", db);
	return FAIL_NOT_FOUND;
}

static void put_text(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s) + 1);
}

static void write_texts(struct call *c, const char *rules, const struct args *words, struct out *o)
{
	put_text(o, CHIBO_VERSION);
	put_text(o, lang_code(c->lang));
	put_text(o, arena_printf(c->arena, "%lld", (long long)c->now_ms));
	put_text(o, arena_printf(c->arena, "%d", (int)c->today.days));
	put_text(o, rules ? rules : "");
	for (int i = 0; i < words->n; i++)
		put_text(o, words->v[i]);
}

/* The head with the open files attached. */
static bool send_head(int s, const struct handover_head *head, const int files[HANDOVER_FILES])
{
	union {
		char room[CMSG_SPACE(sizeof(int) * HANDOVER_FILES)];
		struct cmsghdr align;
	} control = { { 0 } };
	struct iovec part = { (void *)(uintptr_t)head, sizeof *head };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room };
	struct cmsghdr *cm = CMSG_FIRSTHDR(&m);

	cm->cmsg_level = SOL_SOCKET;
	cm->cmsg_type = SCM_RIGHTS;
	cm->cmsg_len = CMSG_LEN(sizeof(int) * HANDOVER_FILES);
	memcpy(CMSG_DATA(cm), files, sizeof(int) * HANDOVER_FILES);
	return sendmsg(s, &m, MSG_NOSIGNAL) == (ssize_t)sizeof *head;
}

static bool send_all(int s, const char *data, size_t size)
{
	while (size) {
		ssize_t n = send(s, data, size, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		size -= (size_t)n;
	}
	return true;
}

/* The descriptor behind a stream, or an open /dev/null in *spare where there is none. */
static int file_of(FILE *f, int *spare)
{
	int fd = f ? fileno(f) : -1;

	if (fd >= 0 && fcntl(fd, F_GETFD) >= 0)
		return fd;
	if (*spare < 0)
		*spare = open("/dev/null", O_RDWR | O_CLOEXEC);
	return *spare;
}

static bool send_request(struct call *c, int s, const char *rules, const struct args *words)
{
	struct out o;
	int spare = -1, files[HANDOVER_FILES];
	bool sent;

	out_memory(&o, c->arena);
	write_texts(c, rules, words, &o);
	struct handover_head head = { HANDOVER_MAGIC, (uint32_t)o.size, (uint32_t)(HANDOVER_FIXED + words->n) };

	fflush(c->out);
	fflush(c->err);
	files[0] = c->cwd == AT_FDCWD ? open(".", O_PATH | O_DIRECTORY | O_CLOEXEC) : c->cwd;
	files[1] = file_of(c->in, &spare);
	files[2] = file_of(c->out, &spare);
	files[3] = file_of(c->err, &spare);
	sent = o.size <= HANDOVER_MAX && send_head(s, &head, files) && send_all(s, o.data, o.size);
	if (c->cwd == AT_FDCWD && files[0] >= 0)
		close(files[0]);
	if (spare >= 0)
		close(spare);
	return sent;
}

fail handover_ask(struct call *c, const char *db, const char *rules, const struct args *words, fail *result)
{
	unsigned char answer;
	ssize_t n = -1;
	int s;

	TRY(reach(c, db, &s));
	if (send_request(c, s, rules, words))
		do
			n = read(s, &answer, 1);
		while (n < 0 && errno == EINTR);
	close(s);
	if (n != 1 || answer > FAIL_BROKEN)
		return problem(c, FAIL_BUSY, "",
		               "the server ended before it answered; the change was made whole or not at all: look, and repeat if it is missing");
	*result = (fail)answer;
	return FAIL_OK;
}
