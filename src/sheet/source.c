/* source.c — files and memory read alike. Knows nothing of what is in them. */
#include "sheet/source.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static fail unreadable(struct call *c, const struct source *s)
{
	return problem(c, FAIL_INPUT, "file", "the file “%s” cannot be read: %s", s->name, strerror(errno));
}

/* A pipe becomes a temporary file, so that it can be read again. */
static fail spool(struct call *c, struct source *s)
{
	FILE *copy = tmpfile();
	char block[1 << 16];
	size_t n;

	if (copy == NULL)
		return problem(c, FAIL_BUSY, "file", "no temporary file can be made: %s", strerror(errno));
	while ((n = fread(block, 1, sizeof block, s->file)) > 0 && fwrite(block, 1, n, copy) == n)
		;
	if (ferror(s->file) || ferror(copy) || fflush(copy) != 0) {
		fclose(copy);
		return unreadable(c, s);
	}
	fclose(s->file);
	s->file = copy;
	return FAIL_OK;
}

fail source_file(struct call *c, const char *name, FILE *file, struct source *out)
{
	struct stat st;
	fail f = FAIL_OK;

	*out = (struct source){ .name = name, .file = file };
	if (fstat(fileno(file), &st) != 0)
		f = unreadable(c, out);
	else if (S_ISDIR(st.st_mode))
		f = problem(c, FAIL_INPUT, "file", "“%s” is a folder; name a file", name);
	else if (!S_ISREG(st.st_mode))
		f = spool(c, out);
	if (f == FAIL_OK && fstat(fileno(out->file), &st) != 0)
		f = unreadable(c, out);
	out->size = f == FAIL_OK ? (size_t)st.st_size : 0;
	if (f != FAIL_OK)
		source_close(out);
	return f;
}

void source_memory(const char *name, const void *data, size_t size, struct source *out)
{
	*out = (struct source){ .name = name, .data = data, .size = size };
}

void source_close(struct source *s)
{
	if (s->file != NULL)
		fclose(s->file);
	s->file = NULL;
}

/* pread and not fread: another reader of the same file (libzip) may move its offset. */
fail source_read(struct call *c, struct source *s, void *to, size_t room, size_t *got)
{
	ssize_t n;

	if (s->file == NULL) {
		*got = s->size - s->at < room ? s->size - s->at : room;
		if (*got > 0)
			memcpy(to, s->data + s->at, *got);
		s->at += *got;
		return FAIL_OK;
	}
	do
		n = pread(fileno(s->file), to, room, (off_t)s->at);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return unreadable(c, s);
	*got = (size_t)n;
	s->at += *got;
	return FAIL_OK;
}


fail source_digest(struct call *c, struct source *s, char hex[DIGEST_TEXT])
{
	crypto_generichash_state state;
	unsigned char hash[32];
	char block[1 << 16];
	size_t before = s->at, got;

	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	s->at = 0;
	do {
		fail f = source_read(c, s, block, sizeof block, &got);
		if (f != FAIL_OK) {
			s->at = before;
			return f;
		}
		crypto_generichash_update(&state, (const unsigned char *)block, got);
	} while (got > 0);
	crypto_generichash_final(&state, hash, sizeof hash);
	sodium_bin2hex(hex, DIGEST_TEXT, hash, sizeof hash);
	s->at = before;
	return FAIL_OK;
}

void source_rewind(struct source *s)
{
	s->at = 0;
}
