/* guard.c — see guard.h. */
#include "http/guard.h"

#include <string.h>
#include <strings.h>

#include "http/http.h"

static const char *const method_names[HTTP_METHODS] = {
	[GET] = "GET", [POST] = "POST", [PUT] = "PUT", [PATCH] = "PATCH", [DELETE] = "DELETE", [HEAD] = "HEAD", [OPTIONS] = "OPTIONS",
};



const char *http_method_name(enum http_method m)
{
	return m < HTTP_METHODS && method_names[m] ? method_names[m] : "";
}

enum http_method method_of(const char *name)
{
	for (int m = GET; m < HTTP_METHODS; m++)
		if (strcmp(method_names[m], name) == 0)
			return (enum http_method)m;
	return HTTP_NONE;
}

static bool is_token(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)s[i];
		bool letter = (ch | 0x20) >= 'a' && (ch | 0x20) <= 'z';

		if (!letter && !(ch >= '0' && ch <= '9') && (ch == 0 || !strchr("!#$%&'*+-.^_`|~", ch)))
			return false;
	}
	return n > 0;
}

static bool has_control(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)s[i];

		if ((ch < 0x20 && ch != '\t') || ch == 0x7f)
			return true;
	}
	return false;
}

void guard_begin(struct guard *g)
{
	*g = (struct guard){ .length = -1 };
}

static void refuse(struct guard *g, int status)
{
	if (!g->refused)
		g->refused = status;
}

static void content_length(struct guard *g, const char *value, size_t n)
{
	g->lengths++;
	g->length = 0;
	if (n == 0 || n > 18)
		refuse(g, 400);
	for (size_t i = 0; i < n; i++) {
		if (value[i] < '0' || value[i] > '9') {
			refuse(g, 400);
			return;
		}
		g->length = g->length * 10 + (value[i] - '0');
	}
}

static void host(struct guard *g, const char *value, size_t n)
{
	g->hosts++;
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)value[i];
		bool letter = (ch | 0x20) >= 'a' && (ch | 0x20) <= 'z';

		if (!letter && !(ch >= '0' && ch <= '9') && !strchr("-._:[]", ch))
			refuse(g, 400);
	}
}

static bool is_name(const char *name, size_t n, const char *known)
{
	return n == strlen(known) && strncasecmp(name, known, n) == 0;
}

void guard_header(struct guard *g, const char *name, size_t name_n, const char *value, size_t value_n)
{
	g->bytes += name_n + value_n + 4;
	if (!is_token(name, name_n) || has_control(value, value_n))
		refuse(g, 400);
	if (is_name(name, name_n, "Content-Length"))
		content_length(g, value, value_n);
	else if (is_name(name, name_n, "Host"))
		host(g, value, value_n);
	else if (is_name(name, name_n, "Transfer-Encoding")) {
		g->codings++;
		if (!is_name(value, value_n, "chunked"))
			refuse(g, 501);
	}
}

static bool is_target(const char *s)
{
	if (strcmp(s, "*") == 0)
		return true;
	if (*s != '/')
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7f)
			return false;
	return true;
}

void guard_end(struct guard *g, const char *method, const char *target, const char *version, size_t header_size)
{
	size_t line = strlen(method) + strlen(target) + strlen(version) + 4;

	if (!is_token(method, strlen(method)) || !is_target(target))
		refuse(g, 400);
	if (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0)
		refuse(g, 505);
	if (g->hosts != 1 || g->lengths > 1 || g->codings > 1 || (g->lengths && g->codings))
		refuse(g, 400);
	if (g->codings && strcmp(version, "HTTP/1.1") != 0)
		refuse(g, 400);
	/* More bytes came than the headers hold: something was cut off at a zero byte, or hidden behind odd blanks. */
	if (header_size > line + g->bytes + 2)
		refuse(g, 400);
	enum http_method m = method_of(method);

	if (m == HTTP_NONE)
		refuse(g, 501);
	if ((m == GET || m == HEAD || m == OPTIONS) && guard_has_body(g))
		refuse(g, 400);
}
