/* listen.c — opening the listening socket, TCP or unix. */
#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static fail no_listen(struct call *c, const char *where, int fd)
{
	int why = errno;

	if (fd >= 0)
		close(fd);
	return problem(c, why == EADDRINUSE ? FAIL_CONFLICT : FAIL_INPUT, "listen", "cannot listen on %s: %s", where, strerror(why));
}

static bool is_answered(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool answered = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;

	if (fd >= 0)
		close(fd);
	return answered;
}

static fail listen_unix(struct call *c, const char *where, const char *path, int *out, char **unix_path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	if (strlen(path) >= sizeof address.sun_path)
		return problem(c, FAIL_INPUT, "listen", "the path of the socket is too long: %s", path);
	strcpy(address.sun_path, path);
	if (is_answered(&address)) {
		errno = EADDRINUSE;
		return no_listen(c, where, -1);
	}
	unlink(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || chmod(path, 0660) != 0 || listen(fd, BACKLOG) != 0)
		return no_listen(c, where, fd);
	*out = fd;
	*unix_path = strdup(path);
	return FAIL_OK;
}

/* "[::1]:8080" → "::1", "8080". False: there is no port. */
static bool split_host(const char *where, char host[256], char port[8])
{
	const char *colon = strrchr(where, ':');
	size_t n = colon ? (size_t)(colon - where) : 0;

	if (!colon || strlen(colon + 1) > 5 || !colon[1] || strspn(colon + 1, "0123456789") != strlen(colon + 1) || n >= 256)
		return false;
	bool bracket = n >= 2 && where[0] == '[' && where[n - 1] == ']';

	memcpy(host, where + bracket, n - 2 * bracket);
	host[n - 2 * bracket] = '\0';
	strcpy(port, colon + 1);
	return true;
}

static int port_of(int fd)
{
	struct sockaddr_storage address;
	socklen_t n = sizeof address;

	if (getsockname(fd, (struct sockaddr *)&address, &n) != 0)
		return 0;
	if (address.ss_family == AF_INET)
		return ntohs(((struct sockaddr_in *)&address)->sin_port);
	return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
}

static int open_tcp(const struct addrinfo *a)
{
	int on = 1, fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* connections inherit it */
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int why = errno;

	close(fd);
	errno = why;
	return -1;
}

static fail listen_tcp(struct call *c, const char *where, int *out, int *port)
{
	struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM }, *found = NULL;
	char host[256], service[8];

	if (!split_host(where, host, service))
		return problem(c, FAIL_INPUT, "listen", "“%s” is not an address to listen on; write 127.0.0.1:8080 or unix:/path", where);
	if (getaddrinfo(*host ? host : NULL, service, &hints, &found) != 0)
		return problem(c, FAIL_INPUT, "listen", "“%s” is not an address of this machine", host);
	*out = open_tcp(found);
	int why = errno;

	freeaddrinfo(found);
	errno = why;
	if (*out < 0)
		return no_listen(c, where, -1);
	*port = port_of(*out);
	return FAIL_OK;
}

fail listen_open(struct call *c, const char *where, int *fd, int *port, char **unix_path)
{
	*fd = -1;
	*port = 0;
	*unix_path = NULL;
	if (strncmp(where, "unix:", 5) == 0)
		return listen_unix(c, where, where + 5, fd, unix_path);
	return listen_tcp(c, where, fd, port);
}
