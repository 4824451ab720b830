/* test_http.c — the server as a whole, over sockets: guard, rights, proof of writes, negotiation, problems, bodies, files. */
#include <jansson.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "html/asset.h"
#include "http/http.h"
#include "support/support.h"
#include "support/web.h"

/* ---- a small program behind the server ---- */

struct thing { int64_t count; const char *name; bool open; };
static const struct field thing_fields[] = {
	FIELD(struct thing, name, N_("Name"), REQUIRED, .max = 20),
	FIELD(struct thing, count, N_("Count"), REQUIRED, .min = 0, .max = 500),
	FIELD(struct thing, open, N_("Open"), 0),
	FIELD_END
};
static const struct record thing_record = { "thing", sizeof(struct thing), thing_fields };

static int port;
static struct http *server;
static int written;
static char once_key[64], once_digest[80], once_location[64];

static fail home(struct call *c, const struct req *rq, struct res *rs)
{
	struct page pg;

	res_page(c, rq, rs, &pg, "Home");
	html_frame_begin(&rs->body, &pg);
	out_str(&rs->body, "<h1>Home</h1>");
	html_frame_end(&rs->body, &pg);
	return FAIL_OK;
}

static fail unit_show(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t id;
	struct json j;

	TRY(req_id(c, rq, "unit", &id));
	res_rev(c, rq, rs, 12);
	if (req_wants_json(rq)) {
		res_json(rs, &j);
		json_object(&j);
		json_put_int(&j, "id", id);
		json_put_str(&j, "who", c->who.name);
		json_object_end(&j);
	} else {
		out_printf(&rs->body, "<p>unit %lld</p>", (long long)id);
	}
	return FAIL_OK;
}

static fail unit_by_path(struct call *c, const struct req *rq, int64_t *unit)
{
	TRY(req_id(c, rq, "unit", unit));
	if (*unit == 404)
		return problem(c, FAIL_NOT_FOUND, "unit", "there is no such unit");
	return FAIL_OK;
}

static fail echo(struct call *c, const struct req *rq, struct res *rs)
{
	struct json j;

	(void)c;
	res_json(rs, &j);
	json_object(&j);
	json_key(&j, "pairs");
	json_array(&j);
	for (size_t i = 0; i < rq->form.n; i++)
		json_str(&j, arena_printf(c->arena, "%s=%s", rq->form.v[i].name, rq->form.v[i].value));
	json_array_end(&j);
	for (size_t i = 0; i < rq->upload_n; i++) {
		char head[64] = "";
		ssize_t n = read(rq->uploads[i].fd, head, sizeof head - 1);

		json_put_str(&j, "file", arena_printf(c->arena, "%s|%s|%lld|%.*s", rq->uploads[i].name, rq->uploads[i].filename,
		                                      (long long)rq->uploads[i].size, (int)(n > 0 ? n : 0), head));
	}
	json_object_end(&j);
	return FAIL_OK;
}

static fail thing_save(struct call *c, const struct req *rq, struct res *rs)
{
	struct thing t;
	struct form form;
	struct page pg;

	record_clear(&thing_record, &t);
	fail f = req_record(c, rq, &thing_record, &t, &form);

	if (f != FAIL_OK && req_wants_json(rq))
		return f;
	if (form_failed(&form)) {
		res_page(c, rq, rs, &pg, "Thing");
		html_errors(&rs->body, &pg, &form);
		html_field(&rs->body, &pg, &form, "name");
		html_field(&rs->body, &pg, &form, "count");
		return res_again(rs, FAIL_INPUT);
	}
	written++;
	return res_done(c, rq, rs, "/units/7", &(struct flash){ .text = "Đã ghi & lưu", .receipt = "AB-12" });
}

static fail thing_change(struct call *c, const struct req *rq, struct res *rs)
{
	int64_t rev;

	TRY(req_rev(c, rq, &rev));
	if (rev != 12)
		return problem(c, FAIL_CONFLICT, "rev", "somebody changed it");
	return res_redirect(c, rs, "/units/7");
}

static fail eat_memory(struct call *c, const struct req *rq, struct res *rs)
{
	(void)rq, (void)rs;
	for (int i = 0; i < 1000; i++)
		arena_alloc(c->arena, 100000);
	return FAIL_OK;
}

static fail break_down(struct call *c, const struct req *rq, struct res *rs)
{
	(void)rq, (void)rs;
	return problem(c, FAIL_BROKEN, "", "the secret cause");
}

static fail export_file(struct call *c, const struct req *rq, struct res *rs)
{
	struct out o;

	(void)rq;
	TRY(res_file_begin(c, rs, "đơn vị.csv", "text/csv; charset=utf-8", &o));
	for (int i = 0; i < 20000; i++)
		out_printf(&o, "%d,row\n", i);
	return res_file_end(c, rs, &o);
}

static fail big_page(struct call *c, const struct req *rq, struct res *rs)
{
	(void)c, (void)rq;
	for (int i = 0; i < 500; i++)
		out_str(&rs->body, "<p>chi bộ</p>");
	return FAIL_OK;
}

static fail too_often(struct call *c, const struct req *rq, struct res *rs)
{
	(void)rq;
	rs->status = 429;
	return problem(c, FAIL_BUSY, "", "wait a little");
}

static const struct route table[] = {
	{ GET, "/", MAY_PUBLIC, NULL, home, 0, N_("Home") },
	{ GET, "/forgotten", .handle = home },
	{ GET, "/mine", MAY_SIGNED_IN, NULL, home },
	{ GET, "/units/:unit", MAY_SEE, unit_by_path, unit_show, .summary = N_("A unit"), .answer = &thing_record },
	{ PUT, "/units/:unit", MAY_RECORD, unit_by_path, thing_change, .form = &thing_record },
	{ GET, "/units/new", MAY_SEE, NULL, home },
	{ POST, "/things", MAY_SIGNED_IN, NULL, thing_save, .form = &thing_record },
	{ POST, "/echo", MAY_PUBLIC, NULL, echo, ROUTE_UPLOAD },
	{ POST, "/small", MAY_PUBLIC, NULL, echo },
	{ GET, "/eat", MAY_PUBLIC, NULL, eat_memory },
	{ POST, "/eat", MAY_PUBLIC, NULL, eat_memory },
	{ GET, "/broken", MAY_PUBLIC, NULL, break_down },
	{ POST, "/keep", MAY_PUBLIC, NULL, echo, ROUTE_FILE },
	{ GET, "/export", MAY_PUBLIC, NULL, export_file, ROUTE_SLOW },
	{ GET, "/big", MAY_PUBLIC, NULL, big_page },
	{ GET, "/often", MAY_PUBLIC, NULL, too_often },
	{ 0 }
};
static const struct route *const tables[] = { table, NULL };

/* Tokens "s1" and "s2" are people; s1 may see unit 7. */
static fail find_session(struct call *c, const char *token, void *arg)
{
	(void)arg;
	if (token[0] == 's' && token[1])
		c->who = (struct who){ .account = token[1] - '0', .name = arena_strdup(c->arena, token) };
	return FAIL_OK;
}

static fail may(struct call *c, enum right right, int64_t unit, void *arg)
{
	(void)right, (void)arg;
	return c->who.account == 1 && unit == 7 ? FAIL_OK : FAIL_DENIED;
}

static atomic_int open_reads;
static fail read_begin(struct call *c, void *arg)
{
	(void)c, (void)arg;
	atomic_fetch_add(&open_reads, 1);
	return FAIL_OK;
}

static void read_end(struct call *c, void *arg)
{
	(void)c, (void)arg;
	atomic_fetch_sub(&open_reads, 1);
}

static fail once(struct call *c, struct once *o, fail (*run)(struct call *c, void *run_arg), void *run_arg, void *arg)
{
	(void)arg;
	if (strcmp(once_key, o->key) == 0) {
		if (strcmp(once_digest, o->digest) != 0)
			return problem(c, FAIL_CONFLICT, "Idempotency-Key", "used for another request");
		o->seen = true;
		o->status = 303;
		o->location = once_location;
		return FAIL_OK;
	}
	TRY(run(c, run_arg));
	snprintf(once_key, sizeof once_key, "%s", o->key);
	snprintf(once_digest, sizeof once_digest, "%s", o->digest);
	snprintf(once_location, sizeof once_location, "%s", o->location);
	return FAIL_OK;
}

static struct call serving;

static int start(void **state)
{
	const struct http_config config = {
		.listen = "127.0.0.1:0", .threads = 2, .workers = 4, .body_limit = 4096, .upload_limit = 1 << 20, .file_limit = 1 << 20, .arena_limit = 8 << 20,
		.routes = tables, .trust_proxy = true, .error_log = fopen("/dev/null", "w"), .title = "test",
		.hooks = { .session = find_session, .may = may, .read_begin = read_begin, .read_end = read_end, .once = once },
	};

	(void)state;
	test_call(&serving);
	assert_ok(&serving, http_serve(&serving, &config, &server));
	port = http_port(server);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	FILE *log = http_config_of(server)->error_log;

	http_stop(server, 2000);
	fclose(log);
	call_end(&serving);
	return 0;
}

static int status_of(const char *method, const char *target, const char *headers, const char *body)
{
	struct web_reply r = web_ask(port, method, target, headers, body);
	int status = r.status;

	web_free(&r);
	return status;
}

#define JSON "Accept: application/json\r\n"
#define S1 "Cookie: other=1; chibo=s1\r\n"
#define S2 "Cookie: chibo=s2\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON_BODY "Content-Type: application/json\r\n"

/* ---- framing ---- */

static const struct { const char *what, *bytes; size_t n; int least; } malformed[] = {
#define BAD(what, bytes, least) { what, bytes, sizeof bytes - 1, least }
	BAD("two different Content-Length", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\na=1&b", 400),
	BAD("two equal Content-Length", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\na=1", 400),
	BAD("Content-Length as a list", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\na=1", 400),
	BAD("Content-Length with a sign", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\na=1", 400),
	BAD("Content-Length in hexadecimal", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\na=1", 400),
	BAD("Content-Length too large", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\na=1", 400),
	BAD("length and chunked", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n", 400),
	BAD("unknown coding", "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n", 400),
	BAD("two codings in one", "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n", 400),
	BAD("chunked twice", "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n", 400),
	BAD("blank before the colon", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length : 0\r\n\r\n", 400),
	BAD("chunk size 0x5", "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\na=1&b\r\n0\r\n\r\n", 400),
	BAD("chunk size +5", "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\na=1&b\r\n0\r\n\r\n", 400),
	BAD("zero byte in a header", "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n", 400),
	BAD("carriage return in a header", "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rc\r\n\r\n", 400),
	BAD("control byte in a header", "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\001c\r\n\r\n", 400),
	BAD("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
	BAD("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
	BAD("Host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
	BAD("strange method", "G<>T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
	BAD("unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
	BAD("a body with GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=1", 400),
	BAD("absolute target", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
	BAD("HTTP/2 in words", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400),
	BAD("header name with a bracket", "GET / HTTP/1.1\r\nHost: a\r\nX(A): b\r\n\r\n", 400),
	BAD("zero byte in the path", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
	BAD("broken percent code", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
	BAD("not UTF-8 in the query", "GET /?a=%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
};

/* Refused with a status of 4xx or 5xx, or the connection is closed without an answer; never served and never left hanging. */
static void ambiguous_framing_is_refused(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
		struct web_reply r = web_raw(port, malformed[i].bytes, malformed[i].n);

		if (r.status != 0 && r.status < malformed[i].least)
			wrong++;
		if (r.status != 0 && r.status < malformed[i].least)
			print_error("%s: answered %d\n", malformed[i].what, r.status);
		web_free(&r);
	}
	assert_int_equal(wrong, 0);
}

static void proper_requests_pass_the_guard(void **state)
{
	static const char chunked[] = "POST /small HTTP/1.1\r\nHost: a:80\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	                              "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n";
	struct web_reply r = web_raw(port, chunked, sizeof chunked - 1);

	(void)state;
	assert_int_equal(r.status, 200);
	assert_string_equal(r.body, "{\"pairs\":[\"a=1\",\"b=2\"]}");
	web_free(&r);
	r = web_raw(port, "GET / HTTP/1.0\r\nHost: a\r\n\r\n", 27);
	assert_int_equal(r.status, 200);
	web_free(&r);
}

/* Two requests on one connection: the answer to the first does not eat the second. */
static void connections_are_kept(void **state)
{
	static const char two[] = "GET /units/7 HTTP/1.1\r\nHost: a\r\nCookie: chibo=s1\r\nAccept: application/json\r\n\r\n"
	                          "GET /units/7 HTTP/1.1\r\nHost: a\r\nCookie: chibo=s1\r\nConnection: close\r\n\r\n";
	struct web_reply r = web_raw(port, two, sizeof two - 1);

	(void)state;
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.body, "{\"id\":7"));
	assert_null(strstr(r.head, "Connection: close"));
	web_free(&r);
}

/* ---- who may ---- */

static void a_forgotten_right_refuses_everybody(void **state)
{
	(void)state;
	assert_int_equal(status_of("GET", "/forgotten", S1 JSON, NULL), 403);
	assert_int_equal(status_of("GET", "/forgotten", JSON, NULL), 401);
}

static void rights_are_asked_on_the_unit_of_the_path(void **state)
{
	(void)state;
	assert_int_equal(status_of("GET", "/units/7", S1, NULL), 200);
	assert_int_equal(status_of("GET", "/units/8", S1, NULL), 403);
	assert_int_equal(status_of("GET", "/units/7", S2, NULL), 403);
	assert_int_equal(status_of("GET", "/units/404", S1, NULL), 404);
	assert_int_equal(status_of("GET", "/units/x", S1, NULL), 404);
	assert_int_equal(status_of("GET", "/units/new", S1, NULL), 403);
	assert_int_equal(status_of("GET", "/mine", S2, NULL), 200);
}

static void strangers_are_sent_to_sign_in(void **state)
{
	char to[200];
	struct web_reply r = web_ask(port, "GET", "/units/7?period=2025&x=%C3%A9", "Accept: text/html\r\n", NULL);

	(void)state;
	assert_int_equal(r.status, 303);
	assert_string_equal(web_header(&r, "Location", to, sizeof to), "/sign-in?next=%2Funits%2F7%3Fperiod%3D2025%26x%3D%25C3%25A9");
	web_free(&r);
	r = web_ask(port, "GET", "/units/7", JSON, NULL);
	assert_int_equal(r.status, 401);
	assert_string_equal(web_header(&r, "Content-Type", to, sizeof to), "application/problem+json");
	web_free(&r);
}

static void wrong_methods_are_named(void **state)
{
	char allow[100];
	struct web_reply r = web_ask(port, "DELETE", "/units/7", S1 JSON, NULL);

	(void)state;
	assert_int_equal(r.status, 405);
	assert_string_equal(web_header(&r, "Allow", allow, sizeof allow), "GET, PUT, HEAD, OPTIONS");
	web_free(&r);
	assert_int_equal(status_of("OPTIONS", "/units/7", "", NULL), 204);
	assert_int_equal(status_of("GET", "/no/such/page", S1, NULL), 404);
	assert_int_equal(status_of("GET", "/units/7/", S1, NULL), 404);
}

/* ---- writes ---- */

static const char *proof(void)
{
	return http_csrf(serving.arena, "s1");
}

static void writes_need_their_proof(void **state)
{
	char headers[300], body[200];

	(void)state;
	snprintf(body, sizeof body, "name=a&count=3&csrf=%s", proof());
	snprintf(headers, sizeof headers, S1 JSON JSON_BODY "X-CSRF-Token: %s\r\n", proof());
	assert_int_equal(status_of("POST", "/things", S1 FORM, "name=a&count=3"), 403);
	assert_int_equal(status_of("POST", "/things", S1 FORM, "name=a&count=3&csrf=x"), 403);
	assert_int_equal(status_of("POST", "/things", S1 FORM, body), 303);
	assert_int_equal(status_of("POST", "/things", S1 FORM "Origin: http://evil\r\n", body), 403);
	assert_int_equal(status_of("POST", "/things", S1 FORM "Origin: http://test\r\n", body), 303);
	assert_int_equal(status_of("POST", "/things", S1 FORM "Sec-Fetch-Site: cross-site\r\n", body), 403);
	assert_int_equal(status_of("POST", "/things", S2 FORM, body), 403);
	assert_int_equal(status_of("POST", "/things", headers, "{\"name\":\"a\",\"count\":3}"), 200);
	assert_int_equal(status_of("POST", "/things", S1 JSON JSON_BODY, "{\"name\":\"a\",\"count\":3}"), 403);
	assert_int_equal(status_of("POST", "/things", FORM "Accept: text/html\r\n", "name=a"), 303); /* to sign-in */
}

static void all_problems_of_a_form_come_at_once(void **state)
{
	char headers[300], body[200];

	(void)state;
	snprintf(body, sizeof body, "name=&count=hai+m%%C6%%B0%%C6%%A1i&csrf=%s", proof());
	struct web_reply r = web_ask(port, "POST", "/things", S1 FORM, body);

	assert_int_equal(r.status, 422);
	assert_non_null(strstr(r.body, "href=\"#f-name\""));
	assert_non_null(strstr(r.body, "href=\"#f-count\""));
	assert_non_null(strstr(r.body, "value=\"hai mươi\""));
	assert_non_null(strstr(r.body, "aria-invalid=\"true\""));
	web_free(&r);
	snprintf(headers, sizeof headers, S1 JSON JSON_BODY "X-CSRF-Token: %s\r\n", proof());
	r = web_ask(port, "POST", "/things", headers, "{\"name\":null,\"count\":501}");
	assert_int_equal(r.status, 422);
	json_t *j = json_loads(r.body, 0, NULL);

	assert_int_equal(json_array_size(json_object_get(j, "errors")), 2);
	assert_string_equal(json_string_value(json_object_get(j, "field")), "name");
	assert_string_equal(json_string_value(json_object_get(j, "code")), "input");
	json_decref(j);
	web_free(&r);
}

static void what_was_done_is_said_once_after_the_redirect(void **state)
{
	char body[200], cookie[400], headers[600];

	(void)state;
	snprintf(body, sizeof body, "name=a&count=3&csrf=%s", proof());
	struct web_reply r = web_ask(port, "POST", "/things", S1 FORM, body);

	web_header(&r, "Set-Cookie", cookie, sizeof cookie);
	assert_non_null(strstr(cookie, "HttpOnly; SameSite=Lax"));
	assert_null(strstr(cookie, "Secure"));
	cookie[strcspn(cookie, ";")] = '\0';
	web_free(&r);
	snprintf(headers, sizeof headers, "Cookie: chibo=s1; %s\r\n", cookie);
	r = web_ask(port, "GET", "/", headers, NULL);
	assert_non_null(strstr(r.body, "Đã ghi &amp; lưu"));
	assert_non_null(strstr(r.body, "AB-12"));
	assert_non_null(strstr(web_header(&r, "Set-Cookie", cookie, sizeof cookie), "Max-Age=0"));
	web_free(&r);
}

static void a_repeated_write_is_done_once(void **state)
{
	char headers[300];

	(void)state;
	snprintf(headers, sizeof headers, S1 FORM "Idempotency-Key: k1\r\nX-CSRF-Token: %s\r\n", proof());
	int before = written;

	assert_int_equal(status_of("POST", "/things", headers, "name=&count=3"), 422); /* refused: the key stays free */
	assert_int_equal(status_of("POST", "/things", headers, "name=a&count=3"), 303);
	assert_int_equal(status_of("POST", "/things", headers, "name=a&count=3"), 303);
	assert_int_equal(written, before + 1);
	assert_int_equal(status_of("POST", "/things", headers, "name=a&count=4"), 409);
}

static void a_stale_write_is_refused(void **state)
{
	char headers[300];

	(void)state;
	snprintf(headers, sizeof headers, S1 JSON "X-CSRF-Token: %s\r\nIf-Match: \"r11\"\r\n", proof());
	assert_int_equal(status_of("PUT", "/units/7", headers, NULL), 412);
	snprintf(headers, sizeof headers, S1 JSON "X-CSRF-Token: %s\r\nIf-Match: \"r12\"\r\n", proof());
	assert_int_equal(status_of("PUT", "/units/7", headers, NULL), 200);
	snprintf(headers, sizeof headers, S1 JSON "X-CSRF-Token: %s\r\n", proof());
	assert_int_equal(status_of("PUT", "/units/7", headers, NULL), 422);
	snprintf(headers, sizeof headers, S1 FORM "X-CSRF-Token: %s\r\n", proof());
	assert_int_equal(status_of("PUT", "/units/7", headers, "rev=11"), 409);
}

/* ---- bodies ---- */

static void json_reads_like_a_form(void **state)
{
	struct web_reply r = web_ask(port, "POST", "/small", JSON_BODY, "{\"a\":1,\"b\":{\"c\":\"x\"},\"d\":[\"p\",\"q\"],\"e\":[{\"f\":2}],\"g\":true,\"h\":null}");

	(void)state;
	assert_int_equal(r.status, 200);
	assert_string_equal(r.body, "{\"pairs\":[\"a=1\",\"b.c=x\",\"d=p\",\"d=q\",\"e.0.f=2\",\"g=1\",\"h=\"]}");
	web_free(&r);
	assert_int_equal(status_of("POST", "/small", JSON_BODY, "{\"a\":1,\"a\":2}"), 400);
	assert_int_equal(status_of("POST", "/small", JSON_BODY, "{\"a\":1"), 400);
	assert_int_equal(status_of("POST", "/small", JSON_BODY, "7"), 400);
	assert_int_equal(status_of("POST", "/small", "Content-Type: text/plain\r\n", "a=1"), 415);
	assert_int_equal(status_of("POST", "/small", FORM, "a=%zz"), 400);
}

static void large_bodies_are_refused(void **state)
{
	static char body[6000];

	(void)state;
	memset(body, 'a', sizeof body - 1);
	assert_int_equal(status_of("POST", "/small", FORM, body), 413);
	static const char stream[] = "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
	struct out o;

	out_memory(&o, NULL);
	out_str(&o, stream);
	for (int i = 0; i < 6; i++)
		out_printf(&o, "3e8\r\n%.1000s\r\n", body);
	out_str(&o, "0\r\n\r\n");
	struct web_reply r = web_raw(port, o.data, o.size);

	assert_int_equal(r.status, 413);
	web_free(&r);
	out_free(&o);
}

static void files_are_streamed(void **state)
{
	static const char body[] = "--XX\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nđơn vị\r\n"
	                           "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\a b\\\\chi.csv\"\r\n"
	                           "Content-Type: text/csv\r\n\r\ncode,name\r\n--X\r\n\r\n"
	                           "--XX\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n--XX--\r\n";
	struct web_reply r = web_ask(port, "POST", "/echo", "Content-Type: multipart/form-data; boundary=XX\r\n", body);

	(void)state;
	assert_int_equal(r.status, 200);
	assert_string_equal(r.body, "{\"pairs\":[\"kind=đơn vị\"],\"file\":\"file|chi.csv|16|code,name\\r\\n--X\\r\\n\"}");
	web_free(&r);
	assert_int_equal(status_of("POST", "/echo", "Content-Type: multipart/form-data; boundary=XX\r\n", "--XX\r\n\r\nx"), 400);
	assert_int_equal(status_of("POST", "/echo", "Content-Type: multipart/form-data\r\n", body), 400);
}

/* Nothing of the body has been sent when the answer comes: whoever sends 300 MB learns it from the first line. */
static void a_file_that_is_too_large_is_refused_before_it_is_sent(void **state)
{
	static const char head[] = "POST /keep HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nContent-Type: multipart/form-data; boundary=XX\r\n"
	                           "Content-Length: 314572800\r\n\r\n";
	struct web_reply r = web_raw(port, head, sizeof head - 1);

	(void)state;
	assert_int_equal(r.status, 413);
	assert_non_null(strstr(r.body, "mỗi tệp tối đa 1 MB"));
	web_free(&r);
}

/* ---- answers ---- */

static void pages_carry_the_security_headers(void **state)
{
	char text[400];
	struct web_reply r = web_ask(port, "GET", "/", "X-Forwarded-Proto: https\r\n", NULL);

	(void)state;
	assert_non_null(strstr(web_header(&r, "Content-Security-Policy", text, sizeof text), "default-src 'none'"));
	assert_null(strstr(text, "unsafe"));
	assert_string_equal(web_header(&r, "X-Content-Type-Options", text, sizeof text), "nosniff");
	assert_string_equal(web_header(&r, "Strict-Transport-Security", text, sizeof text), "max-age=31536000");
	assert_string_equal(web_header(&r, "Cache-Control", text, sizeof text), "private, no-cache");
	assert_null(strstr(r.body, "style="));
	assert_null(strstr(r.body, "<script>"));
	web_free(&r);
}

static void unchanged_pages_are_not_sent_again(void **state)
{
	char tag[64], headers[128];
	struct web_reply r = web_ask(port, "GET", "/big", "", NULL);

	(void)state;
	web_header(&r, "ETag", tag, sizeof tag);
	assert_int_equal(strlen(tag), 18);
	web_free(&r);
	snprintf(headers, sizeof headers, "If-None-Match: %s\r\nAccept-Encoding: gzip\r\n", tag);
	r = web_ask(port, "GET", "/big", headers, NULL);
	assert_int_equal(r.status, 304);
	assert_int_equal(r.body_size, 0);
	web_free(&r);
	r = web_ask(port, "GET", "/units/7", S1 JSON, NULL);
	assert_string_equal(web_header(&r, "ETag", tag, sizeof tag), "\"r12\"");
	web_free(&r);
	assert_int_equal(status_of("GET", "/units/7", S1 JSON "If-None-Match: \"r12\"\r\n", NULL), 304);
}

static void text_is_compressed_where_wished(void **state)
{
	char text[64];
	static char plain[20000];
	struct web_reply r = web_ask(port, "GET", "/big", "Accept-Encoding: br, gzip\r\n", NULL);
	z_stream z = { .next_in = (Bytef *)r.body, .avail_in = (uInt)r.body_size, .next_out = (Bytef *)plain, .avail_out = sizeof plain };

	(void)state;
	assert_string_equal(web_header(&r, "Content-Encoding", text, sizeof text), "gzip");
	assert_true(r.body_size < 500);
	assert_int_equal(inflateInit2(&z, 31), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, 500 * strlen("<p>chi bộ</p>"));
	inflateEnd(&z);
	web_free(&r);
	r = web_ask(port, "GET", "/big", "Accept-Encoding: gzip;q=0\r\n", NULL);
	assert_string_equal(web_header(&r, "Content-Encoding", text, sizeof text), "");
	web_free(&r);
}

static void head_is_get_without_a_body(void **state)
{
	char text[64];
	struct web_reply r = web_ask(port, "HEAD", "/big", "", NULL);

	(void)state;
	assert_int_equal(r.status, 200);
	assert_int_equal(r.body_size, 0);
	assert_int_equal(atoi(web_header(&r, "Content-Length", text, sizeof text)), 500 * strlen("<p>chi bộ</p>"));
	web_free(&r);
}

static void problems_say_what_and_where(void **state)
{
	struct web_reply r = web_ask(port, "GET", "/units/404", S1 JSON, NULL);
	json_t *j = json_loads(r.body, 0, NULL);
	char text[64];

	(void)state;
	assert_string_equal(web_header(&r, "Content-Type", text, sizeof text), "application/problem+json");
	assert_int_equal(json_integer_value(json_object_get(j, "status")), 404);
	assert_non_null(json_object_get(j, "title"));
	assert_string_equal(json_string_value(json_object_get(j, "field")), "unit");
	json_decref(j);
	web_free(&r);
	r = web_ask(port, "GET", "/broken", "", NULL);
	assert_int_equal(r.status, 500);
	assert_null(strstr(r.body, "secret"));
	web_free(&r);
	r = web_ask(port, "GET", "/often", JSON, NULL);
	assert_int_equal(r.status, 429);
	assert_string_equal(web_header(&r, "Retry-After", text, sizeof text), "60");
	web_free(&r);
}

static void a_greedy_request_ends_alone(void **state)
{
	(void)state;
	assert_int_equal(status_of("GET", "/eat", "", NULL), 413);
	assert_int_equal(status_of("POST", "/eat", "", ""), 413);
	assert_int_equal(status_of("GET", "/", "", NULL), 200);
}

static void files_are_sent_whole(void **state)
{
	char text[200];
	struct web_reply r = web_ask(port, "GET", "/export", "", NULL);

	(void)state;
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(web_header(&r, "Content-Disposition", text, sizeof text), "filename*=UTF-8''%C4%91%C6%A1n%20v%E1%BB%8B.csv"));
	assert_int_equal(strncmp(r.body + r.body_size - 10, "19999,row\n", 10), 0);
	web_free(&r);
}

static void built_in_files_may_be_kept_for_ever(void **state)
{
	char text[100];
	struct web_reply r = web_ask(port, "GET", asset_list[0].path, "Accept-Encoding: gzip\r\n", NULL);

	(void)state;
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(web_header(&r, "Cache-Control", text, sizeof text), "immutable"));
	assert_int_equal(r.body_size, asset_list[0].gz_size);
	web_free(&r);
	assert_int_equal(status_of("GET", "/assets/app.000000000000.css", "", NULL), 404);
}

static void the_description_names_every_row(void **state)
{
	struct web_reply r = web_ask(port, "GET", "/openapi.json", "", NULL);
	json_error_t e;
	json_t *j = json_loads(r.body, JSON_REJECT_DUPLICATES, &e), *paths = json_object_get(j, "paths");

	(void)state;
	assert_non_null(j);
	assert_string_equal(json_string_value(json_object_get(j, "openapi")), "3.1.0");
	assert_non_null(json_object_get(json_object_get(paths, "/units/{unit}"), "put"));
	assert_non_null(json_object_get(json_object_get(paths, "/things"), "post"));
	assert_non_null(json_object_get(json_object_get(json_object_get(j, "components"), "schemas"), "thing"));
	json_decref(j);
	web_free(&r);
}

static void the_language_is_chosen_and_kept(void **state)
{
	char text[100];
	struct web_reply r = web_ask(port, "POST", "/language", FORM, "lang=en&next=//evil");

	(void)state;
	assert_int_equal(r.status, 303);
	assert_string_equal(web_header(&r, "Location", text, sizeof text), "/");
	web_free(&r);
	r = web_ask(port, "GET", "/", "Cookie: chibo_lang=en\r\n", NULL);
	assert_non_null(strstr(r.body, "<html lang=\"en\""));
	web_free(&r);
	r = web_ask(port, "GET", "/", "", NULL);
	assert_non_null(strstr(r.body, "<html lang=\"vi\""));
	web_free(&r);
}

static void every_read_connection_is_given_back(void **state)
{
	(void)state;
	assert_int_equal(atomic_load(&open_reads), 0);
}

/* ---- rate limit ---- */

static void too_many_tries_wait(void **state)
{
	struct limiter *l = limiter_new(3, 6, 16);
	int64_t wait;

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(limiter_take(l, "a", 1000, NULL));
	assert_false(limiter_take(l, "a", 1000, &wait));
	assert_int_equal(wait, 10);
	assert_true(limiter_take(l, "b", 1000, NULL));
	assert_false(limiter_take(l, "a", 10999, NULL));
	assert_true(limiter_take(l, "a", 11000, NULL));
	assert_false(limiter_take(l, "a", 11000, NULL));
	limiter_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ambiguous_framing_is_refused), cmocka_unit_test(proper_requests_pass_the_guard),
		cmocka_unit_test(connections_are_kept), cmocka_unit_test(a_forgotten_right_refuses_everybody),
		cmocka_unit_test(rights_are_asked_on_the_unit_of_the_path), cmocka_unit_test(strangers_are_sent_to_sign_in),
		cmocka_unit_test(wrong_methods_are_named), cmocka_unit_test(writes_need_their_proof),
		cmocka_unit_test(all_problems_of_a_form_come_at_once), cmocka_unit_test(what_was_done_is_said_once_after_the_redirect),
		cmocka_unit_test(a_repeated_write_is_done_once), cmocka_unit_test(a_stale_write_is_refused),
		cmocka_unit_test(json_reads_like_a_form), cmocka_unit_test(large_bodies_are_refused), cmocka_unit_test(files_are_streamed), cmocka_unit_test(a_file_that_is_too_large_is_refused_before_it_is_sent),
		cmocka_unit_test(pages_carry_the_security_headers), cmocka_unit_test(unchanged_pages_are_not_sent_again),
		cmocka_unit_test(text_is_compressed_where_wished), cmocka_unit_test(head_is_get_without_a_body),
		cmocka_unit_test(problems_say_what_and_where), cmocka_unit_test(a_greedy_request_ends_alone),
		cmocka_unit_test(files_are_sent_whole), cmocka_unit_test(built_in_files_may_be_kept_for_ever),
		cmocka_unit_test(the_description_names_every_row), cmocka_unit_test(the_language_is_chosen_and_kept),
		cmocka_unit_test(every_read_connection_is_given_back), cmocka_unit_test(too_many_tries_wait),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
