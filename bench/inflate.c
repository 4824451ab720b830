/* inflate.c — the peer of the XLSX benchmark: inflates every part of a zip file with zlib (by libzip) and does nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

int main(int argc, char **argv)
{
	static char buffer[1 << 16];
	int error;
	long long total = 0;
	zip_t *zip = argc == 2 ? zip_open(argv[1], ZIP_RDONLY, &error) : NULL;

	if (!zip)
		return fprintf(stderr, "usage: inflate FILE.xlsx\n"), 2;
	for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
		zip_file_t *f = zip_fopen_index(zip, (zip_uint64_t)i, 0);
		zip_int64_t n;

		if (!f)
			return fprintf(stderr, "%s\n", zip_strerror(zip)), 1;
		while ((n = zip_fread(f, buffer, sizeof buffer)) > 0)
			total += n;
		zip_fclose(f);
	}
	printf("%lld\n", total);
	zip_discard(zip);
	return 0;
}
