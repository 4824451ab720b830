/* xlsx_file.c — made by mkstemp, so that nobody else knows its name. */
#include "sheet/xlsx_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static fail failed(struct call *c)
{
	return problem(c, FAIL_BUSY, "file", "no temporary file can be made: %s", strerror(errno));
}

fail xlsx_file_make(struct call *c, struct xlsx_file *out)
{
	strcpy(out->path, "/tmp/chibo-XXXXXX");
	out->fd = mkstemp(out->path);
	return out->fd < 0 ? failed(c) : FAIL_OK;
}

fail xlsx_file_pass(struct call *c, const struct xlsx_file *file, struct out *out)
{
	char block[1 << 16];
	ssize_t n;
	int fd = open(file->path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return failed(c);
	while ((n = read(fd, block, sizeof block)) > 0)
		out_bytes(out, block, (size_t)n);
	close(fd);
	return n < 0 ? failed(c) : FAIL_OK;
}

void xlsx_file_remove(struct xlsx_file *file)
{
	if (file->fd < 0)
		return;
	close(file->fd);
	unlink(file->path);
	file->fd = -1;
}
