/* web.c — blocking sockets, no library: tests must be able to send what no library would. */
#include "support/web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int connect_to(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct timeval limit = { .tv_sec = 10 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		perror("connect");
		exit(1);
	}
	return fd;
}

struct buffer { char *data; size_t n, room; };

/* False at the end of the stream or after ten silent seconds. */
static bool more(int fd, struct buffer *b)
{
	if (b->room - b->n < 4096) {
		b->room = b->room ? b->room * 2 : 16384;
		b->data = realloc(b->data, b->room + 1);
		if (!b->data)
			abort();
	}
	ssize_t n = recv(fd, b->data + b->n, b->room - b->n, 0);

	if (n <= 0)
		return false;
	b->n += (size_t)n;
	b->data[b->n] = '\0';
	return true;
}

const char *web_header(const struct web_reply *r, const char *name, char *out, size_t room)
{
	size_t n = strlen(name);

	out[0] = '\0';
	for (const char *s = r->head ? strstr(r->head, "\r\n") : NULL; s; s = strstr(s + 2, "\r\n")) {
		if (strncasecmp(s + 2, name, n) != 0 || s[2 + n] != ':')
			continue;
		s += 3 + n + strspn(s + 3 + n, " ");
		snprintf(out, room, "%.*s", (int)strcspn(s, "\r"), s);
		break;
	}
	return out;
}

static void undo_chunks(struct web_reply *r)
{
	char *to = r->body, *s = r->body;

	for (;;) {
		unsigned long n = strtoul(s, &s, 16);

		s = strstr(s, "\r\n");
		if (!n || !s)
			break;
		memmove(to, s + 2, n);
		to += n;
		s += 2 + n + 2;
	}
	*to = '\0';
	r->body_size = (size_t)(to - r->body);
}

static struct web_reply receive(int fd, bool no_body)
{
	struct web_reply r = { 0 };
	struct buffer b = { 0 };
	char text[64], *end = NULL;

	while (!end && more(fd, &b))
		end = strstr(b.data, "\r\n\r\n");
	if (!end) {
		free(b.data);
		return r;
	}
	size_t head = (size_t)(end - b.data) + 4;

	r.head = strndup(b.data, head);
	r.status = atoi(b.data + 9);
	bool chunked = strcmp(web_header(&r, "Transfer-Encoding", text, sizeof text), "chunked") == 0;
	bool has_length = *web_header(&r, "Content-Length", text, sizeof text) != '\0';
	size_t want = has_length ? strtoul(text, NULL, 10) : 0;

	if (no_body || r.status == 304 || r.status == 204)
		want = 0, chunked = false;
	while (chunked ? !strstr(b.data + head, "0\r\n\r\n") : b.n < head + want)
		if (!more(fd, &b))
			break;
	r.body = malloc(b.n - head + 1);
	memcpy(r.body, b.data + head, r.body_size = b.n - head);
	r.body[r.body_size] = '\0';
	if (chunked)
		undo_chunks(&r);
	free(b.data);
	return r;
}

struct web_reply web_raw(int port, const char *bytes, size_t n)
{
	int fd = connect_to(port);
	size_t done = 0;

	while (done < n) {
		ssize_t sent = send(fd, bytes + done, n - done, MSG_NOSIGNAL);

		if (sent <= 0)
			break;
		done += (size_t)sent;
	}
	struct web_reply r = receive(fd, strncmp(bytes, "HEAD", 4) == 0);

	close(fd);
	return r;
}

struct web_reply web_ask(int port, const char *method, const char *target, const char *headers, const char *body)
{
	char *text = NULL, length[64] = "";

	if (body)
		snprintf(length, sizeof length, "Content-Length: %zu\r\n", strlen(body));
	int n = asprintf(&text, "%s %s HTTP/1.1\r\nHost: test\r\n%s%s\r\n%s", method, target, headers, length, body ? body : "");

	if (n < 0)
		abort();
	struct web_reply r = web_raw(port, text, (size_t)n);

	free(text);
	return r;
}

void web_free(struct web_reply *r)
{
	free(r->head);
	free(r->body);
	*r = (struct web_reply){ 0 };
}
