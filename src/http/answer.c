/* answer.c — from a finished struct res to bytes: status, headers, ETag and 304, compression, the log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "html/asset.h"
#include "http/conn.h"
#include "http/parse.h"

enum { GZIP_LEAST = 1024, GZIP_LEVEL = 3 };

/* The same for every answer. Scripts, styles and pictures only from here; nothing may frame us. */
static const char *const fixed_headers[][2] = {
	{ "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
	                             "form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
};

static void add_fixed(struct MHD_Response *r, const char *policy)
{
	for (size_t i = 0; i < sizeof fixed_headers / sizeof *fixed_headers; i++)
		MHD_add_response_header(r, fixed_headers[i][0], i == 0 && policy ? policy : fixed_headers[i][1]);
}

/* ---- ETag ---- */

static uint64_t mix(uint64_t a, uint64_t b)
{
	__uint128_t m = (__uint128_t)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* Fast and well spread; not meant to resist anybody: whoever can choose the bytes of a page has better things to do. */
static uint64_t hash_bytes(const char *s, size_t n)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ n, v[2];

	for (; n >= 16; s += 16, n -= 16) {
		memcpy(v, s, 16);
		h = mix(h ^ v[0], 0xe7037ed1a0b428dbu ^ v[1]);
	}
	v[0] = v[1] = 0;
	memcpy(v, s, n);
	return mix(mix(h ^ v[0], 0x8ebc6af09c88c6e3u ^ v[1]), 0x589965cc75374cc3u);
}

static const char *hex_text(struct arena *a, uint64_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(a, 17);

	for (int i = 15; i >= 0; i--, n >>= 4)
		text[i] = digits[n & 15];
	return text;
}

static void make_etag(struct conn *k)
{
	struct res *rs = &k->rs;
	bool page = k->rq.method == GET || k->rq.method == HEAD;

	if (!page || rs->fd >= 0 || rs->no_store || (rs->status && rs->status != 200) || rs->headers.n > 0)
		return;
	if (!rs->etag)
		rs->etag = hex_text(k->c.arena, hash_bytes(rs->body.data ? rs->body.data : "", rs->body.size));
	if (etag_listed(req_header(&k->rq, "If-None-Match"), rs->etag)) {
		rs->status = 304;
		rs->body.size = 0;
	}
}

/* ---- compression ---- */

static bool is_text(const char *type)
{
	return strncmp(type, "text/", 5) == 0 || strstr(type, "json") || strstr(type, "svg");
}

/* Replaces the body by its gzip form where that is wished for and pays. */
static bool compress_body(struct conn *k, const char *type)
{
	struct out *body = &k->rs.body;
	z_stream z = { 0 };

	if (body->size < GZIP_LEAST || !is_text(type) || !accept_gzip(req_header(&k->rq, "Accept-Encoding")))
		return false;
	if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	size_t room = deflateBound(&z, body->size) + 32;
	char *packed = malloc(room);

	z.next_in = (Bytef *)body->data;
	z.avail_in = (uInt)body->size;
	z.next_out = (Bytef *)packed;
	z.avail_out = (uInt)room;
	bool done = packed && deflate(&z, Z_FINISH) == Z_STREAM_END;

	deflateEnd(&z);
	if (!done) {
		free(packed);
		return false;
	}
	free(body->data);
	*body = (struct out){ .data = packed, .size = room - z.avail_out, .room = room };
	return true;
}

/* ---- response ---- */

static struct MHD_Response *from_fd(struct conn *k)
{
	struct stat st;

	if (fstat(k->rs.fd, &st) != 0)
		return NULL;
	struct MHD_Response *r = MHD_create_response_from_fd64((uint64_t)st.st_size, k->rs.fd);

	k->sent = st.st_size;
	if (r)
		k->rs.fd = -1; /* the library closes it */
	return r;
}

static struct MHD_Response *from_body(struct conn *k)
{
	struct out *body = &k->rs.body;
	struct MHD_Response *r;

	if (k->rs.fixed) {
		k->sent = (int64_t)k->rs.fixed_size;
		return MHD_create_response_from_buffer(k->rs.fixed_size, (void *)k->rs.fixed, MHD_RESPMEM_PERSISTENT);
	}
	k->sent = (int64_t)body->size;
	if (body->size == 0)
		return MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
	r = MHD_create_response_from_buffer(body->size, body->data, MHD_RESPMEM_MUST_FREE);
	if (r)
		out_memory(body, NULL); /* the library frees it */
	return r;
}

static void add_headers(struct conn *k, struct MHD_Response *r, const char *type, bool packed)
{
	const struct res *rs = &k->rs;

	add_fixed(r, rs->policy);
	if (rs->status != 304 && rs->status != 204)
		MHD_add_response_header(r, "Content-Type", type);
	if (packed)
		MHD_add_response_header(r, "Content-Encoding", "gzip");
	if (rs->location)
		MHD_add_response_header(r, "Location", rs->location);
	if (rs->etag)
		MHD_add_response_header(r, "ETag", arena_printf(k->c.arena, "\"%s\"", rs->etag));
	MHD_add_response_header(r, "Cache-Control", rs->no_store || k->rq.method != GET ? "no-store" : "private, no-cache");
	MHD_add_response_header(r, "Vary", "Accept, Accept-Encoding, Accept-Language, Cookie");
	if (k->rq.https)
		MHD_add_response_header(r, "Strict-Transport-Security", "max-age=31536000");
	for (size_t i = 0; i < rs->headers.n; i++)
		MHD_add_response_header(r, rs->headers.v[i].name, rs->headers.v[i].value);
	if (atomic_load(&k->h->stopping) || (k->phase == PHASE_NEW && guard_has_body(&k->guard)))
		MHD_add_response_header(r, "Connection", "close");
}

void answer_make(struct conn *k)
{
	struct res *rs = &k->rs;
	const char *type = rs->type ? rs->type : "text/html; charset=utf-8";

	if (k->shared) {
		k->status = 200;
		return;
	}
	make_etag(k);
	bool packed = rs->fd < 0 && !rs->fixed && compress_body(k, type);

	k->status = rs->status ? rs->status : 200;
	k->response = rs->fd >= 0 ? from_fd(k) : from_body(k);
	if (k->response)
		add_headers(k, k->response, type, packed);
}

/* ---- log ---- */

int64_t clock_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* The row's path, not the address itself: no names or codes of people stand in the log. */
static void write_log(struct conn *k)
{
	FILE *log = k->h->config.access_log;
	struct timespec now;
	struct tm tm;
	char at[32];

	if (!log)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%S", &tm);
	fprintf(log, "{\"at\":\"%s.%03ldZ\",\"method\":\"%s\",\"route\":\"%s\",\"status\":%d,\"bytes\":%lld,\"us\":%lld}\n", at,
	        now.tv_nsec / 1000000, http_method_name(k->rq.method), k->rq.route ? k->rq.route->path : "-", k->status, (long long)k->sent,
	        (long long)(clock_us() - k->begun_us));
}

enum MHD_Result answer_give(struct conn *k)
{
	if (!k->response)
		return answer_bare(k, 500);
	enum MHD_Result done = MHD_queue_response(k->mhd, (unsigned)k->status, k->response);

	if (!k->shared)
		MHD_destroy_response(k->response);
	k->response = NULL;
	write_log(k);
	return done;
}

enum MHD_Result answer_bare(struct conn *k, int status)
{
	char text[64];
	int n = snprintf(text, sizeof text, "%d %s\n", status, MHD_get_reason_phrase_for((unsigned)status));
	struct MHD_Response *r = MHD_create_response_from_buffer((size_t)n, text, MHD_RESPMEM_MUST_COPY);

	if (!r)
		return MHD_NO;
	add_fixed(r, NULL);
	MHD_add_response_header(r, "Content-Type", "text/plain; charset=utf-8");
	MHD_add_response_header(r, "Cache-Control", "no-store");
	MHD_add_response_header(r, "Connection", "close");
	enum MHD_Result done = MHD_queue_response(k->mhd, (unsigned)status, r);

	MHD_destroy_response(r);
	k->status = status;
	k->sent = n;
	write_log(k);
	return done;
}

/* ---- built-in files: made once, shared by all answers ---- */

static struct MHD_Response *asset_response(const struct asset *a, bool packed)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(packed ? a->gz_size : a->size, (void *)(packed ? a->gz : a->data),
	                                                         MHD_RESPMEM_PERSISTENT);

	if (!r)
		return NULL;
	add_fixed(r, NULL);
	MHD_add_response_header(r, "Content-Type", a->type);
	MHD_add_response_header(r, "Cache-Control", "public, max-age=31536000, immutable");
	MHD_add_response_header(r, "Vary", "Accept-Encoding");
	if (packed)
		MHD_add_response_header(r, "Content-Encoding", "gzip");
	return r;
}

static size_t asset_count(void)
{
	size_t n = 0;

	while (asset_list[n].path)
		n++;
	return n;
}

struct MHD_Response **answer_assets(void)
{
	size_t n = asset_count();
	struct MHD_Response **all = calloc(2 * n + 1, sizeof *all);

	for (size_t i = 0; all && i < 2 * n; i++)
		all[i] = asset_response(&asset_list[i / 2], i % 2);
	return all;
}

void answer_assets_free(struct MHD_Response **assets)
{
	for (size_t i = 0; assets && i < 2 * asset_count(); i++)
		if (assets[i])
			MHD_destroy_response(assets[i]);
	free(assets);
}
