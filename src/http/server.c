/* server.c — talking to libmicrohttpd.
 *
 * The library calls `on_request` several times for a request: first when the header is there (guard, route, person and right
 * are settled, before a byte of the body is taken), then for each piece of the body, then once at the end (an answer given
 * earlier would cost the connection). Work that waits is given to the pool while the connection is suspended; when it is resumed the finished response is handed over. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "html/asset.h"
#include "http/conn.h"
#include "http/listen.h"

enum {
	POOL_MEMORY = 16 * 1024, DEFAULT_WORKERS = 32, DEFAULT_QUEUE = 1024, DEFAULT_CONNECTIONS = 4096, DEFAULT_TIMEOUT = 60,
	DEFAULT_BODY = 1 << 20, DEFAULT_UPLOAD = 64 << 20, DEFAULT_FILE = 20 << 20, DEFAULT_ARENA = 64 << 20,
	FILE_PATIENCE = 1 << 30,
};

/* ---- life of a conn ---- */

static void *on_target(void *arg, const char *target, struct MHD_Connection *mhd)
{
	struct conn *k = calloc(1, sizeof *k);

	if (!k)
		return NULL;
	k->h = arg;
	k->mhd = mhd;
	k->rs.fd = -1;
	k->target = strdup(target);
	atomic_fetch_add(&k->h->in_work, 1);
	return k;
}

static void on_completed(void *arg, struct MHD_Connection *mhd, void **place, enum MHD_RequestTerminationCode why)
{
	struct conn *k = *place;

	(void)arg, (void)mhd, (void)why;
	if (!k)
		return;
	if (k->response && !k->shared)
		MHD_destroy_response(k->response);
	if (k->rs.fd >= 0)
		close(k->rs.fd);
	if (k->called) {
		admit_end_read(k);
		out_free(&k->body);
		out_free(&k->part);
		out_free(&k->rs.body);
		call_end(&k->c);
	}
	free(k->target);
	atomic_fetch_sub(&k->h->in_work, 1);
	free(k);
	*place = NULL;
}

static const char *peer_ip(struct conn *k)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(k->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";

	if (info && info->client_addr && info->client_addr->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text, sizeof text);
	else if (info && info->client_addr && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, text, sizeof text);
	return arena_strdup(k->c.arena, text);
}

static void begin_call(struct conn *k)
{
	const struct http_config *config = &k->h->config;

	call_begin(&k->c, config->arena_limit);
	k->called = true;
	k->c.who = (struct who){ .name = "" };
	if (config->hooks.call)
		config->hooks.call(&k->c, config->arg);
	k->rq.http = k->h;
	k->rq.conn = k;
	k->rq.target = k->target;
	k->rq.path = "/";
	k->rq.csrf = "";
	k->rq.ip = peer_ip(k);
	k->rs.c = &k->c;
	k->rs.rq = &k->rq;
}

/* ---- the first look ---- */

static enum MHD_Result on_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value, size_t value_n)
{
	(void)kind;
	guard_header(arg, name, name_n, value ? value : "", value_n);
	return MHD_YES;
}

static int guard_look(struct conn *k, const char *method, const char *version)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(k->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	guard_begin(&k->guard);
	MHD_get_connection_values_n(k->mhd, MHD_HEADER_KIND, on_header, &k->guard);
	guard_end(&k->guard, method, k->target, version, info ? info->header_size : 0);
	k->rq.method = method_of(method);
	return k->guard.refused;
}

static bool waits(const struct conn *k)
{
	return k->rq.method != GET && k->rq.method != HEAD ? true : (k->rq.route->flags & ROUTE_SLOW) != 0;
}

static void first_step(struct conn *k)
{
	k->result = admit(k);
	if (k->result == FAIL_OK && waits(k)) {
		admit_end_read(k);
		body_begin(k);
	}
}

static enum MHD_Result finish(struct conn *k)
{
	k->phase = PHASE_DONE;
	if (!k->bare)
		return answer_give(k);
	admit_end_read(k);
	return answer_bare(k, k->bare);
}

/* How much of a body is listened to, most of it thrown away: a browser reads why a file was refused only once it has sent all of it. */
static size_t patience(const struct conn *k)
{
	bool file = !k->bare && k->rq.session && k->rq.route && k->rq.route->flags & (ROUTE_FILE | ROUTE_UPLOAD);
	size_t usual = 4 * k->limit + POOL_MEMORY;

	return file && usual < FILE_PATIENCE ? FILE_PATIENCE : usual;
}

/* A file that is too large is listened to all the same, unless its sender asked first (Expect). */
static bool listens(const struct conn *k)
{
	const char *expect = MHD_lookup_connection_value(k->mhd, MHD_HEADER_KIND, "Expect");

	return k->result == FAIL_OK && (!k->body_refused || (!expect && k->guard.length >= 0 && (uint64_t)k->guard.length <= patience(k)));
}

static enum MHD_Result begin(struct conn *k, const char *method, const char *version)
{
	k->begun_us = clock_us();
	if (!k->target)
		return MHD_NO;
	if (guard_look(k, method, version))
		return answer_bare(k, k->guard.refused);
	begin_call(k);
	if (within_memory(k, first_step) && (listens(k) || !guard_has_body(&k->guard))) {
		k->phase = PHASE_BODY;
		return MHD_YES;
	}
	/* refused before a byte of the body is taken: the library closes the connection behind this */
	if (!k->bare)
		(void)within_memory(k, handle);
	return finish(k);
}

/* ---- body and work ---- */

struct piece { struct conn *k; const char *bytes; size_t n; };
static _Thread_local struct piece piece;

static void take_piece(struct conn *k)
{
	body_take(k, piece.bytes, piece.n);
}

static void begin_slow_read(struct conn *k)
{
	bool reads = k->rq.method == GET || k->rq.method == HEAD;

	if (!reads || !k->h->config.hooks.read_begin)
		return;
	k->result = k->h->config.hooks.read_begin(&k->c, k->h->config.arg);
	k->reading = k->result == FAIL_OK;
}

static void slow_step(struct conn *k)
{
	begin_slow_read(k);
	handle(k);
}

static void on_worker(void *arg)
{
	struct conn *k = arg;

	(void)within_memory(k, slow_step);
	admit_end_read(k);
	k->phase = PHASE_DONE;
	MHD_resume_connection(k->mhd);
}

static enum MHD_Result give_to_pool(struct conn *k)
{
	k->phase = PHASE_WORK;
	MHD_suspend_connection(k->mhd);
	if (pool_add(k->h->pool, on_worker, k))
		return MHD_YES;
	k->bare = 503;
	k->phase = PHASE_DONE;
	MHD_resume_connection(k->mhd);
	return MHD_YES;
}

/* A body that goes on and on after it was refused is not waited for. */
static enum MHD_Result take(struct conn *k, const char *bytes, size_t *n)
{
	piece = (struct piece){ k, bytes, *n };
	if (k->taken > patience(k))
		return MHD_NO;
	if (k->bare)
		k->taken += *n;
	else
		(void)within_memory(k, take_piece);
	*n = 0;
	return MHD_YES;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
                                  const char *bytes, size_t *n, void **place)
{
	struct conn *k = *place;

	(void)arg, (void)mhd, (void)url;
	if (!k)
		return MHD_NO;
	if (k->phase == PHASE_NEW)
		return begin(k, method, version);
	if (k->phase == PHASE_DONE)
		return finish(k);
	if (k->phase != PHASE_BODY)
		return MHD_YES;
	if (*n)
		return take(k, bytes, n);
	if (!k->bare && k->result == FAIL_OK && waits(k))
		return give_to_pool(k);
	if (!k->bare)
		(void)within_memory(k, handle);
	return finish(k);
}

/* ---- start and stop ---- */

static size_t keep_raw(void *arg, struct MHD_Connection *mhd, char *text)
{
	(void)arg, (void)mhd;
	return strlen(text); /* percent codes are read by parse.c */
}

static void set_defaults(struct http_config *c)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	c->threads = c->threads ? c->threads : processors > 0 ? (unsigned)processors : 1;
	c->workers = c->workers ? c->workers : DEFAULT_WORKERS;
	c->queue = c->queue ? c->queue : DEFAULT_QUEUE;
	c->connections = c->connections ? c->connections : DEFAULT_CONNECTIONS;
	c->timeout_s = c->timeout_s ? c->timeout_s : DEFAULT_TIMEOUT;
	c->body_limit = c->body_limit ? c->body_limit : DEFAULT_BODY;
	c->upload_limit = c->upload_limit ? c->upload_limit : DEFAULT_UPLOAD;
	c->file_limit = c->file_limit ? c->file_limit : DEFAULT_FILE;
	c->arena_limit = c->arena_limit ? c->arena_limit : DEFAULT_ARENA;
}

static bool list_rows(struct http *h, const struct route *const *tables)
{
	size_t n = 0, rows = 0;

	for (; tables[n]; n++)
		for (const struct route *r = tables[n]; r->method; r++)
			rows++;
	for (const struct route *r = own_routes; r->method; r++)
		rows++;
	h->tables = calloc(n + 2, sizeof *h->tables);
	h->rows = calloc(rows + 1, sizeof *h->rows);
	if (!h->tables || !h->rows)
		return false;
	memcpy(h->tables, tables, n * sizeof *tables);
	h->tables[n] = own_routes;
	for (size_t i = 0; i <= n; i++)
		for (const struct route *r = h->tables[i]; r->method; r++)
			h->rows[h->row_n++] = r;
	return true;
}

static fail prepare(struct call *c, struct http *h)
{
	const char *clash;
	struct out o;

	if (sodium_init() < 0 || !list_rows(h, h->config.routes))
		return problem(c, FAIL_BROKEN, "", "not enough memory");
	h->router = router_new(h->tables, &clash);
	if (!h->router)
		return problem(c, FAIL_BROKEN, "", "two rows of the route tables answer the same address: %s", clash);
	h->pool = pool_new(h->config.workers, h->config.queue);
	h->assets = answer_assets();
	out_memory(&o, NULL);
	openapi_write(&o, h);
	h->openapi = o.data;
	h->openapi_size = o.size;
	if (!h->pool || !h->assets)
		return problem(c, FAIL_BROKEN, "", "not enough memory");
	return listen_open(c, h->config.listen, &h->fd, &h->port, &h->unix_path);
}

static fail start(struct call *c, struct http *h)
{
	const struct http_config *config = &h->config;
	struct MHD_OptionItem more[] = {
		{ config->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)config->threads, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};

	h->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, h, MHD_OPTION_LISTEN_SOCKET, h->fd,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_MEMORY, MHD_OPTION_CONNECTION_LIMIT, config->connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, config->per_ip, MHD_OPTION_CONNECTION_TIMEOUT, config->timeout_s,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, on_completed, h, MHD_OPTION_URI_LOG_CALLBACK, on_target, h,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_raw, NULL, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
	if (!h->daemon)
		return problem(c, FAIL_BROKEN, "listen", "the server could not be started on %s", config->listen);
	return FAIL_OK;
}

static void tear_down(struct http *h)
{
	pool_free(h->pool);
	if (h->daemon)
		MHD_stop_daemon(h->daemon);
	else if (h->fd >= 0)
		close(h->fd);
	if (h->unix_path)
		unlink(h->unix_path);
	answer_assets_free(h->assets);
	router_free(h->router);
	free(h->unix_path);
	free(h->openapi);
	free(h->tables);
	free(h->rows);
	free(h);
}

fail http_serve(struct call *c, const struct http_config *config, struct http **out)
{
	struct http *h = calloc(1, sizeof *h);

	if (!h)
		return problem(c, FAIL_BROKEN, "", "not enough memory");
	h->config = *config;
	h->fd = -1;
	set_defaults(&h->config);
	fail f = prepare(c, h);

	if (f == FAIL_OK)
		f = start(c, h);
	if (f == FAIL_OK)
		*out = h;
	else
		tear_down(h);
	return f;
}

/* Nobody new is let in; those in work are waited for; what is still queued then is finished by the pool. */
void http_stop(struct http *h, int wait_ms)
{
	atomic_store(&h->stopping, true);
	int fd = MHD_quiesce_daemon(h->daemon);

	for (; wait_ms > 0 && atomic_load(&h->in_work) > 0; wait_ms -= 5)
		usleep(5000);
	if (fd >= 0)
		close(fd);
	tear_down(h);
}

int http_port(const struct http *h)
{
	return h->port;
}

const struct http_config *http_config_of(const struct http *h)
{
	return &h->config;
}

const struct route *const *http_routes(const struct http *h)
{
	return h->rows;
}
