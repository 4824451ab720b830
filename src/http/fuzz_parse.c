/* fuzz_parse.c — the small languages of HTTP. The first byte chooses; laws are checked, not only that nothing breaks. */
#include <stdlib.h>
#include <string.h>

#include "http/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool law)
{
	if (!law)
		abort();
}

/* What was decoded, written again and decoded again, is the same. */
static void percent_law(struct arena *a, const char *s, size_t n)
{
	const char *once, *twice;
	struct out o;

	if (!parse_percent(a, s, n, true, &once))
		return;
	out_memory(&o, a);
	html_url_part(&o, NULL, once);
	must(parse_percent(a, o.data ? o.data : "", o.size, true, &twice));
	must(strcmp(once, twice) == 0);
}

static void pairs_law(struct arena *a, const char *s, size_t n)
{
	struct pairs p = { 0 }, again = { 0 };
	struct out o;

	if (!parse_urlencoded(a, s, n, &p))
		return;
	out_memory(&o, a);
	for (size_t i = 0; i < p.n; i++) {
		out_str(&o, i ? "&" : "");
		html_url_part(&o, NULL, p.v[i].name);
		out_str(&o, "=");
		html_url_part(&o, NULL, p.v[i].value);
	}
	must(parse_urlencoded(a, o.data ? o.data : "", o.size, &again));
	must(again.n == p.n);
	for (size_t i = 0; i < p.n; i++)
		must(strcmp(p.v[i].name, again.v[i].name) == 0 && strcmp(p.v[i].value, again.v[i].value) == 0);
}

static void headers(struct arena *a, const char *text)
{
	parse_cookie(a, text, "chibo");
	parse_parameter(a, text, "boundary");
	parse_parameter(a, text, "filename");
	media_is(text, "application/json");
	accept_prefers_json(text);
	accept_gzip(text);
	etag_listed(text, "r12");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);

	if (size > 0 && size < 100000) {
		const char *s = (const char *)data + 1;

		if (data[0] % 3 == 0)
			percent_law(a, s, size - 1);
		else if (data[0] % 3 == 1)
			pairs_law(a, s, size - 1);
		else
			headers(a, arena_strndup(a, s, size - 1));
	}
	arena_free(a);
	return 0;
}
