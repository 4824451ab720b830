/* json.c — the writer of json.h. */
#include "base/json.h"

#include <assert.h>
#include <string.h>

void json_begin(struct json *j, struct out *out)
{
	*j = (struct json){ .out = out };
}

/* The comma before a value or key, where one is due. */
static void separate(struct json *j)
{
	if (j->after_key) {
		j->after_key = false;
		return;
	}
	if (j->filled & (1u << j->depth))
		out_char(j->out, ',');
	j->filled |= 1u << j->depth;
}

static void open_level(struct json *j, char ch)
{
	separate(j);
	out_char(j->out, ch);
	assert(j->depth < 31);
	j->depth++;
	j->filled &= ~(1u << j->depth);
}

static void close_level(struct json *j, char ch)
{
	assert(j->depth > 0 && !j->after_key);
	j->depth--;
	out_char(j->out, ch);
}

void json_write_object(struct json *j)
{
	open_level(j, '{');
}

void json_object_end(struct json *j)
{
	close_level(j, '}');
}

void json_write_array(struct json *j)
{
	open_level(j, '[');
}

void json_array_end(struct json *j)
{
	close_level(j, ']');
}

static void escape(struct out *o, unsigned char ch)
{
	static const char hex[] = "0123456789abcdef";
	static const char letters[] = "btn\0fr"; /* for 8, 9, 10, 12, 13 */
	char text[6] = { '\\', 'u', '0', '0', hex[ch >> 4], hex[ch & 15] };

	if (ch == '"' || ch == '\\')
		out_bytes(o, (char[]){ '\\', (char)ch }, 2);
	else if (ch >= 8 && ch <= 13 && ch != 11)
		out_bytes(o, (char[]){ '\\', letters[ch - 8] }, 2);
	else
		out_bytes(o, text, 6);
}

static void quoted(struct out *o, const char *s)
{
	const char *run = s;

	out_char(o, '"');
	for (; *s; s++) {
		unsigned char ch = (unsigned char)*s;

		if (ch >= 0x20 && ch != '"' && ch != '\\')
			continue;
		out_bytes(o, run, (size_t)(s - run));
		escape(o, ch);
		run = s + 1;
	}
	out_bytes(o, run, (size_t)(s - run));
	out_char(o, '"');
}

void json_key(struct json *j, const char *key)
{
	separate(j);
	quoted(j->out, key);
	out_char(j->out, ':');
	j->after_key = true;
}

void json_str(struct json *j, const char *s)
{
	if (!s) {
		json_null(j);
		return;
	}
	separate(j);
	quoted(j->out, s);
}

void json_int(struct json *j, int64_t n)
{
	separate(j);
	out_int(j->out, n);
}

void json_bool(struct json *j, bool b)
{
	separate(j);
	out_str(j->out, b ? "true" : "false");
}

void json_write_null(struct json *j)
{
	separate(j);
	out_str(j->out, "null");
}

void json_put_str(struct json *j, const char *key, const char *s)
{
	json_key(j, key);
	json_str(j, s);
}

void json_put_int(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	json_int(j, n);
}

void json_put_id(struct json *j, const char *key, int64_t id)
{
	json_key(j, key);
	if (id <= 0) {
		json_null(j);
		return;
	}
	separate(j);
	out_char(j->out, '"');
	out_int(j->out, id);
	out_char(j->out, '"');
}

void json_put_bool(struct json *j, const char *key, bool b)
{
	json_key(j, key);
	json_bool(j, b);
}
