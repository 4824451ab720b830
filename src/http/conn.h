/* conn.h — one request on its way through this room. Private to src/http.
 *
 * server.c talks to the library and moves a conn through its phases; body.c reads the body; admit.c finds route, person and
 * right; handle.c runs the handler; answer.c turns the result into a response. */
#ifndef CHIBO_HTTP_CONN_H
#define CHIBO_HTTP_CONN_H

#include <microhttpd.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdatomic.h>

#include "http/guard.h"
#include "http/http.h"
#include "http/multipart.h"
#include "http/pool.h"
#include "http/router.h"

#define SESSION_COOKIE "chibo"
#define FLASH_COOKIE "chibo_said"
#define LANG_COOKIE "chibo_lang"

struct http {
	struct http_config config;
	const struct route **tables; /* the program's and the server's own, NULL-ended */
	const struct route **rows;   /* all rows, NULL-ended */
	size_t row_n;
	struct router *router;
	struct pool *pool;
	struct MHD_Daemon *daemon;
	int fd, port;
	char *unix_path;
	char *openapi;               /* made at start */
	size_t openapi_size;
	atomic_int in_work;
	atomic_bool stopping;
	struct MHD_Response **assets; /* plain, gzip'd for each built-in file */
};

enum phase { PHASE_NEW, PHASE_BODY, PHASE_WORK, PHASE_DONE };

struct conn {
	struct http *h;
	struct MHD_Connection *mhd;
	char *target;             /* as it came */
	enum phase phase;
	struct guard guard;
	struct call c;
	bool called;              /* c was begun */
	bool reading;             /* a read connection is held */
	struct req rq;
	struct res rs;
	struct route_match match;
	fail result;
	int bare;                 /* memory ran out: a bare status is all that can be said */
	struct form_problems problems; /* of the latest form filled by req_record */
	int64_t begun_us;
	/* body */
	size_t taken, limit;
	int body_refused;         /* HTTP status, or 0 */
	struct out body;
	struct multipart *multipart;
	struct out part;          /* the value of the field being read */
	const char *part_name;
	struct upload *part_file;
	bool hashing;
	crypto_generichash_state hash; /* of an idempotent request */
	jmp_buf full;
	struct MHD_Response *response;
	bool shared;              /* the response is one of h->assets */
	int status;
	int64_t sent;
};

/* body.c: pieces as they arrive; then everything into rq.form. What is wrong stands in body_refused. */
void body_begin(struct conn *k);
void body_take(struct conn *k, const char *bytes, size_t n);
fail body_end(struct conn *k) MUST_CHECK;

/* admit.c: route, session, language, right; afterwards the read connection is open. On failure rs.status may say more. */
fail admit(struct conn *k) MUST_CHECK;
/* The proof that a write comes from our own pages. */
fail admit_proof(struct conn *k) MUST_CHECK;
void admit_end_read(struct conn *k);

/* handle.c: does one step; false when the call's memory ran out on the way (k->bare is set then). */
bool within_memory(struct conn *k, void (*step)(struct conn *k));
/* Runs the handler (once, if the request asks for that) and prepares the response. Never fails: problems become pages. */
void handle(struct conn *k);
/* Writes the problem recorded in the call as the answer. */
void handle_problem(struct conn *k, fail why);

/* answer.c: the finished response, made where the handler ran, and given to the library by its own thread. */
void answer_make(struct conn *k);
enum MHD_Result answer_give(struct conn *k);
/* A bare status, before a call exists or when its memory ran out. Closes the connection. */
enum MHD_Result answer_bare(struct conn *k, int status);
/* Responses for the built-in files; NULL: not enough memory. */
struct MHD_Response **answer_assets(void);
void answer_assets_free(struct MHD_Response **assets);
int http_temp_file(const char *dir);

/* own.c: rows of the server itself. */
extern const struct route own_routes[];
void openapi_write(struct out *o, const struct http *h);

int64_t clock_us(void);

#endif
