/* web.h — a small HTTP client for tests: one request over one connection to 127.0.0.1, bytes as given. */
#ifndef CHIBO_TESTS_WEB_H
#define CHIBO_TESTS_WEB_H

#include <stdbool.h>
#include <stddef.h>

struct web_reply {
	int status;       /* 0: the server closed without an answer */
	char *head;       /* status line and headers, zero-ended */
	char *body;       /* zero-ended; chunked coding undone */
	size_t body_size;
};

/* Sends the bytes and reads one answer. web_free gives the memory back. */
struct web_reply web_raw(int port, const char *bytes, size_t n);
/* `headers` are whole lines ending in \r\n, or "". A body gets its Content-Length. */
struct web_reply web_ask(int port, const char *method, const char *target, const char *headers, const char *body);
void web_free(struct web_reply *r);
/* The value of a header of the answer, copied into `out`; "" when absent. */
const char *web_header(const struct web_reply *r, const char *name, char *out, size_t room);

#endif
