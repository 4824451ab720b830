/* parse.h — the small languages of HTTP: percent codes, forms, cookies, media types, preferences.
 *
 * Each function takes untrusted text and gives values in the arena or says no; nothing is guessed. Fuzzed. */
#ifndef CHIBO_HTTP_PARSE_H
#define CHIBO_HTTP_PARSE_H

#include "base/arena.h"
#include "html/form.h"

enum { PARSE_PAIRS_MOST = 20000 };

/* %41 → A; with `plus` also + → blank. False: a broken code, a zero byte, not UTF-8. */
bool parse_percent(struct arena *a, const char *s, size_t n, bool plus, const char **out);
/* "a=1&b=%20" → pairs, added to `out`. False when any part is malformed or there are too many. */
bool parse_urlencoded(struct arena *a, const char *s, size_t n, struct pairs *out);
/* The value of one cookie of a Cookie header; NULL when absent. Values are taken literally, without quotes. */
const char *parse_cookie(struct arena *a, const char *header, const char *name);

/* "multipart/form-data; boundary=x": is it this type (without parameters, case ignored)? */
bool media_is(const char *header, const char *type);
/* A parameter of a header value: charset=…, boundary="…", name="…". NULL when absent. */
const char *parse_parameter(struct arena *a, const char *header, const char *name);
/* Does Accept prefer application/json (or …+json) to text/html? Without any preference: no. */
bool accept_prefers_json(const char *accept);
/* Is gzip among the Accept-Encoding, with a weight above 0? */
bool accept_gzip(const char *accept_encoding);
/* Is the tag ("abc", without quotes here) in a list such as `"abc", W/"def"` or `*`? */
bool etag_listed(const char *list, const char *tag);

#endif
