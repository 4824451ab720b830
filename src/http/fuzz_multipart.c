/* fuzz_multipart.c — a body read in one piece and byte by byte gives the same parts. */
#include <stdlib.h>
#include <string.h>

#include "base/out.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool begin(void *arg, const char *name, const char *filename, const char *type)
{
	struct out *o = arg;

	out_printf(o, "[%s|%s|%s]", name, filename ? filename : "", type ? type : "");
	return true;
}

static bool take(void *arg, const char *bytes, size_t n)
{
	out_bytes(arg, bytes, n);
	return true;
}

static bool end(void *arg)
{
	out_str(arg, "[end]");
	return true;
}

/* What was seen, and whether it was taken whole. */
static bool read_in(struct arena *a, struct out *seen, const char *s, size_t n, size_t piece)
{
	const struct multipart_receiver to = { seen, begin, take, end };
	struct multipart *m = multipart_new(a, "XX", &to);
	bool fine = true;

	out_memory(seen, a);
	for (size_t at = 0; at < n && fine; at += piece)
		fine = multipart_feed(m, s + at, n - at < piece ? n - at : piece);
	return fine && multipart_done(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);
	struct out whole, bytes, sevens;
	const char *s = (const char *)data;

	if (size < 50000) {
		bool fine = read_in(a, &whole, s, size, size ? size : 1);

		if (read_in(a, &bytes, s, size, 1) != fine || read_in(a, &sevens, s, size, 7) != fine)
			abort();
		if (fine && (whole.size != bytes.size || (whole.size && memcmp(whole.data, bytes.data, whole.size) != 0)))
			abort();
	}
	arena_free(a);
	return 0;
}
