/* body.c — urlencoded, multipart and JSON bodies become the same names and values. Files go to unlinked temporary files. */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "http/conn.h"
#include "http/parse.h"

enum { UPLOADS_MOST = 16, JSON_DEPTH = 16, JSON_NAME = 512 };

/* ---- files ---- */

static void close_fd(void *arg)
{
	int *fd = arg;

	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int http_temp_file(const char *dir)
{
	if (!dir)
		dir = getenv("TMPDIR");
	if (!dir)
		dir = "/tmp";
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		return fd;
	char name[4096];

	if (snprintf(name, sizeof name, "%s/chibo-XXXXXX", dir) >= (int)sizeof name)
		return -1;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

/* "C:\files\a.csv" and "files/a.csv" are both a.csv. */
static const char *last_part(const char *filename)
{
	const char *last = filename;

	for (const char *s = filename; *s; s++)
		if (*s == '/' || *s == '\\')
			last = s + 1;
	return last;
}

static bool begin_file(struct conn *k, const char *name, const char *filename, const char *type)
{
	struct arena *a = k->c.arena;

	if (!k->rq.uploads)
		k->rq.uploads = ARENA_ARRAY(a, UPLOADS_MOST, struct upload);
	if (k->rq.upload_n == UPLOADS_MOST)
		return false;
	struct upload *u = k->part_file = &k->rq.uploads[k->rq.upload_n];

	*u = (struct upload){ .name = name, .filename = last_part(filename), .type = type ? type : "", .fd = http_temp_file(k->h->config.temp_dir) };
	if (u->fd < 0) {
		k->body_refused = 500;
		return false;
	}
	arena_defer(a, close_fd, &u->fd);
	u->path = arena_printf(a, "/proc/self/fd/%d", u->fd);
	k->rq.upload_n++;
	return true;
}

/* An empty file field sends a part with an empty name: no file. */
static bool part_begin(void *arg, const char *name, const char *filename, const char *type)
{
	struct conn *k = arg;

	k->part_name = NULL;
	k->part_file = NULL;
	if (!text_is_utf8(name, strlen(name)) || (filename && !text_is_utf8(filename, strlen(filename))))
		return false;
	if (filename && *filename)
		return begin_file(k, name, filename, type);
	k->part_name = filename ? NULL : name;
	k->part.size = 0;
	return true;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		bytes += done;
		n -= (size_t)done;
	}
	return true;
}

static bool part_data(void *arg, const char *bytes, size_t n)
{
	struct conn *k = arg;

	if (k->part_file) {
		k->part_file->size += (int64_t)n;
		if (write_all(k->part_file->fd, bytes, n))
			return true;
		k->body_refused = 500;
		return false;
	}
	if (k->part_name && k->part.size + n > k->h->config.body_limit) {
		k->body_refused = 413;
		return false;
	}
	if (k->part_name)
		out_bytes(&k->part, bytes, n);
	return true;
}

static bool part_end(void *arg)
{
	struct conn *k = arg;

	if (k->part_file)
		return lseek(k->part_file->fd, 0, SEEK_SET) == 0;
	if (!k->part_name)
		return true;
	if (!text_is_utf8(k->part.data ? k->part.data : "", k->part.size) || k->rq.form.n >= PARSE_PAIRS_MOST)
		return false;
	pairs_add(k->c.arena, &k->rq.form, k->part_name, arena_strndup(k->c.arena, k->part.data, k->part.size));
	return true;
}

/* ---- as it arrives ---- */

static const char *content_type(const struct conn *k)
{
	return req_header(&k->rq, "Content-Type");
}

static void begin_multipart(struct conn *k)
{
	const struct multipart_receiver to = { k, part_begin, part_data, part_end };

	k->multipart = multipart_new(k->c.arena, parse_parameter(k->c.arena, content_type(k), "boundary"), &to);
	if (!k->multipart)
		k->body_refused = 400;
}

static void begin_hash(struct conn *k)
{
	const char *key = req_header(&k->rq, "Idempotency-Key");

	if (!key || k->rq.route->flags & ROUTE_NOT_ONCE || !k->h->config.hooks.once || k->c.who.account == 0)
		return;
	k->hashing = true;
	crypto_generichash_init(&k->hash, NULL, 0, crypto_generichash_BYTES);
	crypto_generichash_update(&k->hash, (const unsigned char *)k->target, strlen(k->target));
	crypto_generichash_update(&k->hash, (const unsigned char *)http_method_name(k->rq.method), 4);
}

/* A form with a file to keep has a few fields beside it. */
static size_t limit_of(const struct conn *k, bool many)
{
	const struct http_config *config = &k->h->config;

	if (many && k->rq.route->flags & ROUTE_FILE)
		return config->file_limit + config->body_limit;
	return many && k->rq.route->flags & ROUTE_UPLOAD ? config->upload_limit : config->body_limit;
}

void body_begin(struct conn *k)
{
	bool many = media_is(content_type(k), "multipart/form-data");

	out_memory(&k->body, NULL);
	out_memory(&k->part, NULL);
	k->limit = limit_of(k, many);
	begin_hash(k);
	if (k->guard.length > 0 && (uint64_t)k->guard.length > k->limit)
		k->body_refused = 413;
	else if (many)
		begin_multipart(k);
}

void body_take(struct conn *k, const char *bytes, size_t n)
{
	k->taken += n;
	if (k->taken > k->limit && !k->body_refused)
		k->body_refused = 413;
	if (k->body_refused)
		return;
	if (k->hashing)
		crypto_generichash_update(&k->hash, (const unsigned char *)bytes, n);
	if (!k->multipart)
		out_bytes(&k->body, bytes, n);
	else if (!multipart_feed(k->multipart, bytes, n) && !k->body_refused)
		k->body_refused = 400;
}

/* ---- JSON ---- */

struct flat { struct conn *k; char name[JSON_NAME]; };

static bool flatten(struct flat *f, const json_t *value, size_t at, int depth);

static bool add_value(struct flat *f, const char *value)
{
	struct conn *k = f->k;

	if (k->rq.form.n >= PARSE_PAIRS_MOST)
		return false;
	pairs_add(k->c.arena, &k->rq.form, arena_strdup(k->c.arena, f->name), value);
	return true;
}

/* The name grows by one member: "b" then "b.c". Returns the new length, or 0 when it is too long. */
static size_t longer(struct flat *f, size_t at, const char *member)
{
	int n = snprintf(f->name + at, JSON_NAME - at, "%s%s", at ? "." : "", member);

	return n > 0 && at + (size_t)n < JSON_NAME ? at + (size_t)n : 0;
}

static bool flatten_object(struct flat *f, const json_t *object, size_t at, int depth)
{
	const char *member;
	json_t *value;

	json_object_foreach((json_t *)object, member, value) {
		size_t end = longer(f, at, member);

		if (!end || !flatten(f, value, end, depth + 1))
			return false;
		f->name[at] = '\0';
	}
	return true;
}

/* A list of plain values repeats the name; a list of objects is numbered. */
static bool flatten_array(struct flat *f, const json_t *array, size_t at, int depth)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *value = json_array_get(array, i);
		bool nested = json_is_object(value) || json_is_array(value);
		char number[24];

		snprintf(number, sizeof number, "%zu", i);
		size_t end = nested ? longer(f, at, number) : at;

		if ((nested && !end) || !flatten(f, value, end, depth + 1))
			return false;
		f->name[at] = '\0';
	}
	return true;
}

static bool flatten(struct flat *f, const json_t *value, size_t at, int depth)
{
	struct arena *a = f->k->c.arena;

	if (depth > JSON_DEPTH)
		return false;
	switch (json_typeof(value)) {
	case JSON_OBJECT: return flatten_object(f, value, at, depth);
	case JSON_ARRAY: return flatten_array(f, value, at, depth);
	case JSON_STRING: return add_value(f, json_string_value(value));
	case JSON_INTEGER: return add_value(f, arena_printf(a, "%lld", (long long)json_integer_value(value)));
	case JSON_REAL: return add_value(f, arena_printf(a, "%.15g", json_real_value(value)));
	case JSON_TRUE: return add_value(f, "1");
	case JSON_FALSE: return add_value(f, "0");
	case JSON_NULL: return add_value(f, "");
	}
	return false;
}

static void drop_json(void *arg)
{
	json_decref(arg);
}

static fail take_json(struct conn *k)
{
	json_error_t error;
	json_t *json = json_loadb(k->body.data ? k->body.data : "", k->body.size, JSON_REJECT_DUPLICATES, &error);

	if (!json) {
		k->rs.status = 400;
		return problem(&k->c, FAIL_INPUT, "", "the body is not proper JSON: line %d, column %d: %s", error.line, error.column, error.text);
	}
	arena_defer(k->c.arena, drop_json, json);
	k->rq.json = json;
	struct flat f = { .k = k };

	if (json_is_object(json) && flatten(&f, json, 0, 0))
		return FAIL_OK;
	if (json_is_array(json))
		return FAIL_OK;
	k->rs.status = 400;
	return problem(&k->c, FAIL_INPUT, "", "the JSON body must be one object, not deeper than %d levels", JSON_DEPTH);
}

/* ---- at the end ---- */

static fail refuse(struct conn *k, int status)
{
	k->rs.status = status;
	if (status == 413 && k->rq.route->flags & ROUTE_FILE)
		return problem(&k->c, FAIL_INPUT, "file", "the file is too large: a file may have at most %zu MB. Nothing was kept.", k->h->config.file_limit >> 20);
	if (status == 413)
		return problem(&k->c, FAIL_INPUT, "", "what was sent is too large; at most %zu KB are taken here", k->limit / 1024);
	if (status == 415)
		return problem(&k->c, FAIL_INPUT, "", "send a form or JSON, not “%s”", content_type(k) ? content_type(k) : "");
	if (status == 500)
		return problem(&k->c, FAIL_BROKEN, "", "the file that was sent could not be stored");
	return problem(&k->c, FAIL_INPUT, "", "what was sent could not be read; please send it again");
}

fail body_end(struct conn *k)
{
	const char *type = content_type(k);

	if (k->multipart && !k->body_refused && !multipart_done(k->multipart))
		k->body_refused = 400;
	if (k->body_refused)
		return refuse(k, k->body_refused);
	if (k->multipart || k->taken == 0)
		return FAIL_OK;
	if (media_is(type, "application/json"))
		return take_json(k);
	if (!media_is(type, "application/x-www-form-urlencoded"))
		return refuse(k, 415);
	if (!parse_urlencoded(k->c.arena, k->body.data, k->body.size, &k->rq.form))
		return refuse(k, 400);
	return FAIL_OK;
}
