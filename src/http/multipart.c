/* multipart.c — a state machine over a small sliding buffer. Every boundary is looked for with the line end before it; the
 * first one gets a line end lent. */
#include "http/multipart.h"

#include <string.h>
#include <strings.h>

#include "http/parse.h"

enum { BUFFER = 16 * 1024, HEADERS_MOST = 4096, BOUNDARY_MOST = 70 };
enum state { PREAMBLE, AFTER_BOUNDARY, HEADERS, DATA, END, BROKEN };

struct multipart {
	struct arena *arena;
	struct multipart_receiver to;
	enum state state;
	char mark[BOUNDARY_MOST + 5]; /* CR LF - - boundary */
	size_t mark_n, n;
	char buffer[BUFFER];
};

struct multipart *multipart_new(struct arena *a, const char *boundary, const struct multipart_receiver *to)
{
	size_t n = boundary ? strlen(boundary) : 0;

	if (n == 0 || n > BOUNDARY_MOST)
		return NULL;
	for (const char *s = boundary; *s; s++)
		if (*s < ' ' || *s > '~')
			return NULL;
	struct multipart *m = ARENA_NEW(a, struct multipart);

	m->arena = a;
	m->to = *to;
	memcpy(m->mark, "\r\n--", 4);
	memcpy(m->mark + 4, boundary, n);
	m->mark_n = n + 4;
	memcpy(m->buffer, "\r\n", m->n = 2);
	return m;
}

static void drop(struct multipart *m, size_t n)
{
	memmove(m->buffer, m->buffer + n, m->n - n);
	m->n -= n;
}

static bool broken(struct multipart *m)
{
	m->state = BROKEN;
	return false;
}

/* Up to the next boundary; what cannot be its beginning is passed on. True: go on with another state. */
static bool until_boundary(struct multipart *m)
{
	const char *found = memmem(m->buffer, m->n, m->mark, m->mark_n);
	size_t sure = found ? (size_t)(found - m->buffer) : m->n >= m->mark_n ? m->n - m->mark_n + 1 : 0;

	if (m->state == DATA && sure && !m->to.data(m->to.arg, m->buffer, sure))
		return broken(m);
	if (!found) {
		drop(m, sure);
		return false;
	}
	drop(m, sure + m->mark_n);
	if (m->state == DATA && !m->to.end(m->to.arg))
		return broken(m);
	m->state = AFTER_BOUNDARY;
	return true;
}

static bool after_boundary(struct multipart *m)
{
	if (m->n < 2)
		return false;
	if (memcmp(m->buffer, "--", 2) == 0)
		m->state = END;
	else if (memcmp(m->buffer, "\r\n", 2) == 0)
		m->state = HEADERS;
	else
		return broken(m);
	/* the line end stays: headers are looked for behind a line end each */
	drop(m, m->state == END ? 2 : 0);
	return true;
}

/* The value of one header in the block, or NULL. Each header stands behind CR LF. */
static const char *header_value(struct multipart *m, const char *block, const char *name)
{
	size_t name_n = strlen(name);

	for (const char *s = strstr(block, "\r\n"); s; s = strstr(s + 2, "\r\n")) {
		if (strncasecmp(s + 2, name, name_n) != 0 || s[2 + name_n] != ':')
			continue;
		s += 3 + name_n;
		s += strspn(s, " \t");
		return arena_strndup(m->arena, s, strcspn(s, "\r"));
	}
	return NULL;
}

static bool begin_part(struct multipart *m, const char *block)
{
	const char *disposition = header_value(m, block, "Content-Disposition");

	if (!disposition || !media_is(disposition, "form-data"))
		return broken(m);
	const char *name = parse_parameter(m->arena, disposition, "name");

	if (!name || !m->to.begin(m->to.arg, name, parse_parameter(m->arena, disposition, "filename"), header_value(m, block, "Content-Type")))
		return broken(m);
	m->state = DATA;
	return true;
}

static bool headers(struct multipart *m)
{
	const char *end = memmem(m->buffer, m->n, "\r\n\r\n", 4);

	if (!end)
		return m->n > HEADERS_MOST ? broken(m) : false;
	size_t n = (size_t)(end - m->buffer);

	if (n > HEADERS_MOST || memchr(m->buffer, '\0', n))
		return broken(m);
	const char *block = arena_strndup(m->arena, m->buffer, n);

	drop(m, n + 4);
	return begin_part(m, block);
}

static bool step(struct multipart *m)
{
	switch (m->state) {
	case PREAMBLE:
	case DATA: return until_boundary(m);
	case AFTER_BOUNDARY: return after_boundary(m);
	case HEADERS: return headers(m);
	case END: m->n = 0; return false;
	case BROKEN: return false;
	}
	return false;
}

bool multipart_feed(struct multipart *m, const char *bytes, size_t n)
{
	while (n && m->state != BROKEN) {
		size_t room = BUFFER - m->n, take = n < room ? n : room;

		memcpy(m->buffer + m->n, bytes, take);
		m->n += take;
		bytes += take;
		n -= take;
		while (step(m))
			;
	}
	return m->state != BROKEN;
}

bool multipart_done(const struct multipart *m)
{
	return m->state == END;
}
