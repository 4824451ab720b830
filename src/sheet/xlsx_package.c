/* xlsx_package.c — libzip behind limits. Does not know what the parts hold. */
#include "sheet/xlsx_package.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

const struct xlsx_limits xlsx_limits_usual = {
	.inflated = INT64_C(4) << 30, .ratio = 300, .ratio_from = INT64_C(64) << 20, .strings = INT64_C(512) << 20, .rows = 1 << 20,
};

struct package {
	zip_t *zip;
	struct xlsx_limits limits;
	int64_t inflated;
};

struct part {
	struct package *package;
	zip_file_t *file;
	int64_t packed, size, out;
};

fail package_damaged(struct call *c)
{
	return problem(c, FAIL_INPUT, "file", "the file is damaged or is no XLSX file; open it in Excel and save it again as “Excel Workbook (.xlsx)”");
}

/* libzip reads through a stream of its own: the source keeps its descriptor. */
static zip_source_t *zip_source_of(struct source *source, zip_error_t *error)
{
	int fd;
	FILE *file;
	zip_source_t *s;

	if (source->file == NULL)
		return zip_source_buffer_create(source->data, source->size, 0, error);
	fd = dup(fileno(source->file));
	file = fd < 0 ? NULL : fdopen(fd, "rb");
	if (file == NULL) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	s = zip_source_filep_create(file, 0, -1, error);
	if (s == NULL)
		fclose(file);
	return s;
}

fail package_open(struct call *c, struct source *source, const struct xlsx_limits *limits, struct package **out)
{
	struct package *p = calloc(1, sizeof *p);
	zip_source_t *s;
	zip_error_t error;

	*out = NULL;
	if (p == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	zip_error_init(&error);
	p->limits = limits != NULL ? *limits : xlsx_limits_usual;
	s = zip_source_of(source, &error);
	p->zip = s == NULL ? NULL : zip_open_from_source(s, ZIP_RDONLY, &error);
	zip_error_fini(&error);
	if (p->zip == NULL) {
		if (s != NULL)
			zip_source_free(s);
		free(p);
		return package_damaged(c);
	}
	*out = p;
	return FAIL_OK;
}

void package_close(struct package *p)
{
	if (p != NULL)
		zip_discard(p->zip);
	free(p);
}

const struct xlsx_limits *package_limits(const struct package *p) { return &p->limits; }
bool package_has(struct package *p, const char *path) { return zip_name_locate(p->zip, path, 0) >= 0; }
void package_recount(struct package *p) { p->inflated = 0; }

fail part_open(struct call *c, struct package *p, const char *path, struct part **out)
{
	zip_stat_t st;
	struct part *t;

	*out = NULL;
	if (zip_stat(p->zip, path, 0, &st) != 0 || !(st.valid & ZIP_STAT_COMP_SIZE))
		return FAIL_NOT_FOUND;
	if (st.valid & ZIP_STAT_ENCRYPTION_METHOD && st.encryption_method != ZIP_EM_NONE)
		return problem(c, FAIL_INPUT, "file", "the file is protected by a password; remove the password in Excel and save it again");
	t = calloc(1, sizeof *t);
	if (t == NULL)
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	t->package = p;
	t->packed = (int64_t)st.comp_size;
	t->size = st.valid & ZIP_STAT_SIZE ? (int64_t)st.size : 0;
	t->file = zip_fopen(p->zip, path, 0);
	if (t->file == NULL) {
		free(t);
		return package_damaged(c);
	}
	*out = t;
	return FAIL_OK;
}

fail part_read(struct call *c, struct part *t, void *to, size_t room, size_t *got)
{
	struct package *p = t->package;
	zip_int64_t n = zip_fread(t->file, to, room);

	if (n < 0)
		return package_damaged(c);
	*got = (size_t)n;
	t->out += n;
	p->inflated += n;
	if (p->inflated > p->limits.inflated)
		return problem(c, FAIL_INPUT, "file", "the file unpacks to more than %lld MB; split it, or use CSV", (long long)(p->limits.inflated >> 20));
	if (t->out > p->limits.ratio_from && t->out / p->limits.ratio > t->packed)
		return problem(c, FAIL_INPUT, "file", "the file unpacks to more than %lld times its size, as no real table does; it is refused",
		               (long long)p->limits.ratio);
	return FAIL_OK;
}

int64_t part_taken(const struct part *t)
{
	return t->size > 0 && t->out < t->size ? (int64_t)((double)t->out / (double)t->size * (double)t->packed) : t->packed;
}

int64_t part_packed(const struct part *t) { return t->packed; }

void part_close(struct part *t)
{
	if (t != NULL)
		zip_fclose(t->file);
	free(t);
}
