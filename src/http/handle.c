/* handle.c — running a handler, and turning what went wrong into a page or problem+json. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html/frame.h"
#include "html_views.h"
#include "http/conn.h"

enum { BODY_ROOM = 16 * 1024 };

_Noreturn static void memory_full(void *arg)
{
	struct conn *k = arg;

	longjmp(k->full, 1);
}

/* ---- once ---- */

static void clear_answer(struct conn *k)
{
	k->rs.body.size = 0;
	k->rs.status = 0;
	k->rs.failed = FAIL_OK;
	k->rs.headers = (struct pairs){ 0 };
	k->rs.location = k->rs.etag = k->rs.type = NULL;
}

struct once_run { struct conn *k; struct once *once; };

/* May run more than once (a clash in the database), so the answer starts anew each time. */
static fail run_once(struct call *c, void *arg)
{
	struct once_run *run = arg;
	struct conn *k = run->k;

	clear_answer(k);
	TRY(k->rq.route->handle(c, &k->rq, &k->rs));
	run->once->status = k->rs.status ? k->rs.status : 200;
	run->once->location = k->rs.location ? k->rs.location : "";
	return k->rs.failed; /* a form that comes back has done nothing: its key stays free */
}

static void repeat_answer(struct conn *k, const struct once *once)
{
	clear_answer(k);
	k->rs.status = once->status;
	if (once->location && *once->location)
		k->rs.location = once->location;
	res_header(&k->rs, "Idempotency-Replayed", "true");
}

static const char *digest_text(struct conn *k)
{
	unsigned char hash[crypto_generichash_BYTES];
	char *text = arena_alloc(k->c.arena, 2 * sizeof hash + 1);

	crypto_generichash_final(&k->hash, hash, sizeof hash);
	return sodium_bin2hex(text, 2 * sizeof hash + 1, hash, sizeof hash);
}

static fail run_handler(struct conn *k)
{
	if (!k->hashing)
		return k->rq.route->handle(&k->c, &k->rq, &k->rs);
	struct once once = { .key = req_header(&k->rq, "Idempotency-Key"), .digest = digest_text(k) };
	struct once_run run = { k, &once };
	fail f = k->h->config.hooks.once(&k->c, &once, run_once, &run, k->h->config.arg);

	if (f == FAIL_OK && once.seen)
		repeat_answer(k, &once);
	return k->rs.failed != FAIL_OK && f == k->rs.failed ? FAIL_OK : f;
}

/* ---- problems ---- */

static const struct { int status; const char *title; } titles[] = {
	{ 400, N_("The request could not be read") },
	{ 401, N_("Sign in") },
	{ 403, N_("Not allowed") },
	{ 404, N_("Not found") },
	{ 405, N_("Not possible here") },
	{ 409, N_("Somebody changed this first") },
	{ 412, N_("Somebody changed this first") },
	{ 413, N_("Too large") },
	{ 415, N_("This kind of data is not taken") },
	{ 422, N_("Something has to be put right") },
	{ 429, N_("Too often") },
	{ 503, N_("Busy at the moment") },
};

static const char *title_of(enum lang lang, int status)
{
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (titles[i].status == status)
			return tr(lang, titles[i].title);
	return tr(lang, N_("Something went wrong on our side"));
}

static int problem_status(const struct conn *k, fail why)
{
	if (k->rs.status >= 400)
		return k->rs.status;
	if (why == FAIL_CONFLICT && req_header(&k->rq, "If-Match"))
		return 412;
	return fail_http(why);
}

/* What is our fault is told to the log in full and to the person as a number to quote. */
static void hide_cause(struct conn *k)
{
	FILE *log = k->h->config.error_log ? k->h->config.error_log : stderr;
	unsigned number = randombytes_random();

	fprintf(log, "chibo: %08x: %s %s: %s\n", number, http_method_name(k->rq.method), k->rq.route ? k->rq.route->path : "-", k->c.problem.text);
	problem_clear(&k->c);
	(void)problem(&k->c, FAIL_BROKEN, "", "please try again; if it happens again, tell the person who runs this system the number %08x", number);
}

static void problem_json(struct conn *k, int status)
{
	const struct form_problems *problems = &k->problems;
	struct json j;

	k->rs.type = "application/problem+json";
	json_begin(&j, &k->rs.body);
	json_object(&j);
	json_put_str(&j, "type", "about:blank");
	json_put_str(&j, "title", title_of(k->c.lang, status));
	json_put_int(&j, "status", status);
	json_put_str(&j, "detail", k->c.problem.text);
	json_put_str(&j, "code", fail_name(k->c.problem.code));
	if (*k->c.problem.field)
		json_put_str(&j, "field", k->c.problem.field);
	if (problems->n) {
		json_key(&j, "errors");
		json_array(&j);
		for (size_t i = 0; i < problems->n; i++) {
			json_object(&j);
			json_put_str(&j, "field", problems->v[i].field);
			json_put_str(&j, "detail", problems->v[i].text);
			json_object_end(&j);
		}
		json_array_end(&j);
	}
	json_object_end(&j);
}

static void problem_html(struct conn *k, int status)
{
	struct problem_page v = { .status = status, .title = title_of(k->c.lang, status), .text = k->c.problem.text };
	struct page pg;

	if (status == 409 || status == 412)
		v.advice = tr(k->c.lang, N_("Go back, load the page again and compare before you save. Nothing was overwritten."));
	res_page(&k->c, &k->rq, &k->rs, &pg, v.title);
	pg.plain = k->c.who.account == 0;
	view_problem_page(&k->rs.body, &pg, &v);
}

static bool asks_to_sign_in(struct conn *k, int status)
{
	if (status != 401 || k->rq.wants_json)
		return false;
	struct out to;

	out_memory(&to, k->c.arena);
	out_str(&to, "/sign-in");
	if (k->rq.method == GET && strcmp(k->target, "/") != 0) {
		out_str(&to, "?next=");
		html_url_part(&to, NULL, k->target);
	}
	k->rs.status = 303;
	k->rs.location = out_text(&to);
	return true;
}

void handle_problem(struct conn *k, fail why)
{
	int status = problem_status(k, why);
	const char *allow = pairs_get(&k->rs.headers, "Allow");

	if (k->c.problem.code == FAIL_OK)
		(void)problem(&k->c, why, "", "%s", title_of(k->c.lang, status));
	k->rs.body.size = 0;
	k->rs.headers = (struct pairs){ 0 };
	k->rs.type = k->rs.location = k->rs.etag = NULL;
	k->rs.no_store = true;
	if (k->rs.status == 204 || asks_to_sign_in(k, status)) {
		if (allow)
			res_header(&k->rs, "Allow", allow);
		return;
	}
	if (allow)
		res_header(&k->rs, "Allow", allow);
	if (status >= 500 && why == FAIL_BROKEN)
		hide_cause(k);
	if (status == 503 || status == 429)
		res_header(&k->rs, "Retry-After", status == 429 ? "60" : "2");
	if (k->rq.wants_json)
		problem_json(k, status);
	else
		problem_html(k, status);
	k->rs.status = status;
}

/* ---- the way through ---- */

static bool is_write(const struct conn *k)
{
	return k->rq.method != GET && k->rq.method != HEAD;
}

/* Room for a usual page at once, rather than by growing; without memory it grows like any other. */
static void reserve_body(struct out *o)
{
	o->data = malloc(BODY_ROOM);
	o->room = o->data ? BODY_ROOM : 0;
}

static fail whole_way(struct conn *k)
{
	if (k->result != FAIL_OK)
		return k->result;
	if (is_write(k)) {
		TRY(body_end(k));
		TRY(admit_proof(k));
	}
	reserve_body(&k->rs.body);
	return run_handler(k);
}

bool within_memory(struct conn *k, void (*step)(struct conn *k))
{
	arena_on_full(k->c.arena, memory_full, k, NULL);
	if (setjmp(k->full) == 0)
		step(k);
	else
		k->bare = 413;
	arena_on_full(k->c.arena, NULL, NULL, NULL);
	return !k->bare;
}

void handle(struct conn *k)
{
	k->result = whole_way(k);
	if (k->result != FAIL_OK)
		handle_problem(k, k->result);
	admit_end_read(k);
	answer_make(k);
}
