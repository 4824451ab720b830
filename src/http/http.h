/* http.h — the server: one thin module over libmicrohttpd.
 *
 * A pool of epoll threads reads requests and answers GETs; a pool of workers does everything that waits. The first look at a
 * request is the framing guard: what another hop could read differently is refused (docs/decisions, tests/http). TLS is the front
 * server's work (docs/nginx.conf.sample). What this room does not know: accounts, units, the database; it asks the hooks. */
#ifndef CHIBO_HTTP_HTTP_H
#define CHIBO_HTTP_HTTP_H

#include "http/res.h"
#include "http/route.h"

struct http;

/* A request that carries an Idempotency-Key. */
struct once {
	const char *key, *digest; /* digest of method, path and body: another request under the same key is a conflict */
	bool seen;                /* answered before: status and location are the earlier ones */
	int status;
	const char *location;
};

/* What the program supplies. `arg` is http_config.arg. */
struct http_hooks {
	/* Sets c->db and what else a call needs; no connection yet. */
	void (*call)(struct call *c, void *arg);
	fail (*read_begin)(struct call *c, void *arg);
	void (*read_end)(struct call *c, void *arg);
	/* Cookie's value → c->who and c->lang. An unknown or expired session is FAIL_OK with c->who left empty. Runs inside a read. */
	fail (*session)(struct call *c, const char *token, void *arg);
	/* FAIL_DENIED unless the person has the right on the unit (0: the installation). Runs inside a read. */
	fail (*may)(struct call *c, enum right right, int64_t unit_id, void *arg);
	/* Navigation, name of the installation and of the person. Runs inside a read on GETs; must not touch the database when c->conn is NULL. */
	void (*page)(struct call *c, const struct req *rq, struct page *pg, void *arg);
	/* Runs `run` in one write transaction together with the note that the key was used; see struct once. NULL: keys are ignored. */
	fail (*once)(struct call *c, struct once *o, fail (*run)(struct call *c, void *run_arg), void *run_arg, void *arg);
};

struct http_config {
	const char *listen;              /* "127.0.0.1:8080", "[::1]:0", "unix:/run/chibo.sock"; port 0: any free one */
	unsigned threads;                /* event threads; 0: one a processor */
	unsigned workers;                /* 0: 32 */
	unsigned queue;                  /* requests that may wait for a worker before 503; 0: 1024 */
	unsigned connections, per_ip;    /* limits; 0: 4096, none */
	unsigned timeout_s;              /* silence on a connection; 0: 60 */
	size_t body_limit, upload_limit; /* 0: 1 MiB, 64 MiB */
	size_t file_limit;               /* of ROUTE_FILE; 0: 20 MiB */
	size_t arena_limit;              /* memory of one request; 0: 64 MiB */
	const char *temp_dir;            /* NULL: $TMPDIR or /tmp */
	bool trust_proxy;                /* believe X-Forwarded-For and X-Forwarded-Proto of the peer */
	FILE *access_log;                /* one JSON line a request, without query; NULL: none */
	FILE *error_log;                 /* NULL: stderr */
	const char *title;               /* of the API in /openapi.json */
	const char *version;
	const struct route *const *routes; /* tables, NULL-ended; the server adds its own (/assets, /openapi.json) */
	struct http_hooks hooks;
	void *arg;
};

/* Starts serving and returns. Problems (an address in use, a table with two equal rows) go to the call. */
fail http_serve(struct call *c, const struct http_config *config, struct http **out) MUST_CHECK;
/* Takes no new connection, lets requests in work finish (at most `wait_ms`), then closes. */
void http_stop(struct http *h, int wait_ms);
/* The port in use; 0 on a unix socket. */
int http_port(const struct http *h);
const struct http_config *http_config_of(const struct http *h);

/* The proof that forms of a session carry; for an answer to sign-in in JSON. */
const char *http_csrf(struct arena *a, const char *session);

/* ---- rate limit: a bucket of tokens per key ---- */

struct limiter;
/* `burst` at once, then `per_minute`; remembers at most `keys` keys (the fullest bucket is forgotten first). */
struct limiter *limiter_new(unsigned burst, unsigned per_minute, unsigned keys);
void limiter_free(struct limiter *l);
/* Takes a token; false: too often, *wait_s (may be NULL) seconds until the next. Thread-safe. */
bool limiter_take(struct limiter *l, const char *key, int64_t now_ms, int64_t *wait_s);

/* ---- every route × every role: for the test of rights ---- */

/* All rows of all tables of the server, its own included, in table order; ends with NULL. */
const struct route *const *http_routes(const struct http *h);
const char *http_method_name(enum http_method m);

#endif
