/* json.h — writing JSON text. Reading is done by jansson where it is needed.
 *
 * The writer keeps commas and nesting right and escapes every string; there is no tree. Depth is at most 32. */
#ifndef CHIBO_BASE_JSON_H
#define CHIBO_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/out.h"

struct json {
	struct out *out;
	uint32_t filled; /* one bit a level: something stands there already */
	int depth;
	bool after_key;
};

void json_begin(struct json *j, struct out *out);
void json_write_object(struct json *j);
void json_object_end(struct json *j);
void json_write_array(struct json *j);
void json_array_end(struct json *j);
void json_key(struct json *j, const char *key);
void json_str(struct json *j, const char *s); /* NULL writes null */
void json_int(struct json *j, int64_t n);
void json_bool(struct json *j, bool b);
void json_write_null(struct json *j);
/* Three short names that jansson has for other things: ours are symbols of their own, or its parser would call our writer. A file
 * that needs both includes <jansson.h> before this header. */
#define json_object(j) json_write_object(j)
#define json_array(j) json_write_array(j)
#define json_null(j) json_write_null(j)

/* key and value in one line */
void json_put_str(struct json *j, const char *key, const char *s);
void json_put_int(struct json *j, const char *key, int64_t n);
/* An id as text: longer than a number of JavaScript holds. Not above 0: null. */
void json_put_id(struct json *j, const char *key, int64_t id);
void json_put_bool(struct json *j, const char *key, bool b);

#endif
