/* fuzz_router.c — any path against a table, and any header line against the guard. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "http/guard.h"
#include "http/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct route table[] = {
	{ GET, "/" }, { GET, "/units" }, { GET, "/units/new" }, { GET, "/units/:unit" }, { POST, "/units/:unit/move" },
	{ GET, "/units/:unit/meetings/:meeting" }, { GET, "/:anything/fixed" }, { 0 }
};
static const struct route *const tables[] = { table, NULL };

static void match(struct arena *a, const char *path)
{
	static struct router *router;
	const char *clash;
	struct route_match m;

	if (!router)
		router = router_new(tables, &clash);
	if (!router_match(router, a, GET, path, &m))
		return;
	for (size_t i = 0; i < m.params.n; i++)
		if (!*m.params.v[i].value || !text_is_utf8(m.params.v[i].value, strlen(m.params.v[i].value)))
			abort();
	if (m.route && !(m.allowed & 1u << GET))
		abort();
}

/* Lines as the library would hand them over: up to the first colon a name, behind it a value. */
static void guard(const char *s, size_t n)
{
	struct guard g;

	guard_begin(&g);
	while (n) {
		const char *line_end = memchr(s, '\n', n);
		size_t line = line_end ? (size_t)(line_end - s) : n;
		const char *colon = memchr(s, ':', line);
		size_t name = colon ? (size_t)(colon - s) : line;

		guard_header(&g, s, name, colon ? colon + 1 : "", colon ? line - name - 1 : 0);
		n -= line + (line_end != NULL);
		s += line + (line_end != NULL);
	}
	guard_end(&g, "POST", "/", "HTTP/1.1", 0);
	if (!g.refused && (g.hosts != 1 || (g.lengths && g.codings)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);

	if (size > 0 && size < 20000 && data[0] % 2)
		guard((const char *)data + 1, size - 1);
	else if (size > 0 && size < 20000)
		match(a, arena_strndup(a, (const char *)data + 1, size - 1));
	arena_free(a);
	return 0;
}
