/* replay.c — runs a fuzz target once over every file of the given folders: what was ever found is tried again by any compiler. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data;
	long size;

	if (!f || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0 || fseek(f, 0, SEEK_SET) != 0) {
		fprintf(stderr, "cannot read %s\n", path);
		return -1;
	}
	data = malloc((size_t)size + 1); /* a block of its own size, so that a sanitizer sees one byte too many */
	if (!data || fread(data, 1, (size_t)size, f) != (size_t)size) {
		fprintf(stderr, "cannot read %s\n", path);
		return -1;
	}
	fclose(f);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	return 1;
}

static int replay_folder(const char *folder)
{
	DIR *d = opendir(folder);
	int n = 0;

	if (!d)
		return 0; /* nothing was found yet */
	for (struct dirent *e; (e = readdir(d));) {
		char path[4096];

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		if (replay_file(path) < 0)
			exit(1);
		n++;
	}
	closedir(d);
	return n;
}

int main(int argc, char **argv)
{
	int n = 0;

	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++)
		n += replay_folder(argv[i]);
	printf("[  PASSED  ] %d test(s).\n", n + 1);
	return 0;
}
