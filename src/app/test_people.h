/* test_people.h — people with accounts who ask a test server over HTTP. For the tests of pages in this room; one test file, one server. */
#ifndef CHIBO_APP_TEST_PEOPLE_H
#define CHIBO_APP_TEST_PEOPLE_H

#include <stdio.h>
#include <string.h>

#include "access/account.h"
#include "access/session.h"
#include "org/fixture.h"
#include "support/web.h"

#define PASSWORD "mot hai ba bon"
enum { PEOPLE_MOST = 8 }; /* numbered 0 … by the test; below 0: a stranger without an account */

static int port;
static char tokens[PEOPLE_MOST][SESSION_TOKEN], csrf[PEOPLE_MOST][200];

/* An account with that role, signed in. member_code NULL: it belongs to no member. */
static inline void add_person(struct call *c, int person, unsigned role, int64_t unit, const char *member_code)
{
	struct account a = { .login = arena_printf(c->arena, "person%d", person), .name = "P", .lang = 2, .member_realm = INT_UNKNOWN, .member_id = INT_UNKNOWN };
	struct grant g = { .role = role, .unit_id = unit, .valid_from = FIXTURE_FROM, .valid_to = DATE_OPEN };
	struct member m;

	if (member_code) {
		READING(c)
			assert_ok(c, org_member_by_code(c, 0, member_code, &m));
		a.member_realm = m.realm;
		a.member_id = m.id;
	}
	assert_ok(c, account_add(c, &a, PASSWORD, &g));
	assert_ok(c, session_begin_for(c, a.id, 14, tokens[person]));
}

/* "/tasks/%/progress" with the id in place of the sign. */
static inline const char *at(struct call *c, const char *fmt, int64_t id)
{
	const char *p = strstr(fmt, "%");

	return p ? arena_printf(c->arena, "%.*s%lld%s", (int)(p - fmt), fmt, (long long)id, p + 1) : fmt;
}

static inline const char *cookie_of(struct call *c, int person)
{
	return person < 0 ? "" : arena_printf(c->arena, "Cookie: chibo=%s\r\n", tokens[person]);
}

/* The status; remembers the token of the form on the page. `body` may be NULL. */
static inline int get(struct call *c, int person, const char *path, const char *accept, const char **body)
{
	struct web_reply r = web_ask(port, "GET", path, arena_printf(c->arena, "Accept: %s\r\n%s", accept, cookie_of(c, person)), NULL);
	const char *proof = r.body && person >= 0 ? strstr(r.body, "name=\"csrf\" value=\"") : NULL;
	int status = r.status;

	if (proof)
		snprintf(csrf[person], sizeof csrf[person], "%.*s", (int)strcspn(proof + 19, "\""), proof + 19);
	if (body)
		*body = arena_strdup(c->arena, r.body ? r.body : "");
	web_free(&r);
	return status;
}

static inline int see(struct call *c, int person, const char *path)
{
	return get(c, person, path, "text/html", NULL);
}

static inline int post_as(struct call *c, int person, const char *path, const char *accept, const char *form, const char **body)
{
	const char *headers = arena_printf(c->arena, "Accept: %s\r\n%sContent-Type: application/x-www-form-urlencoded\r\n", accept, cookie_of(c, person));
	struct web_reply r = web_ask(port, "POST", path, headers, arena_printf(c->arena, "csrf=%s&%s", person < 0 ? "" : csrf[person], form));
	int status = r.status;

	if (body)
		*body = arena_strdup(c->arena, r.body ? r.body : "");
	web_free(&r);
	return status;
}

static inline int post(struct call *c, int person, const char *path, const char *form, const char **body)
{
	return post_as(c, person, path, "text/html", form, body);
}

#endif
