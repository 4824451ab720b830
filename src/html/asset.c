/* asset.c — finding a built-in file by its address. */
#include "html/asset.h"

#include <string.h>

const struct asset *asset_find(const char *path)
{
	for (const struct asset *a = asset_list; a->path; a++)
		if (strcmp(a->path, path) == 0)
			return a;
	return NULL;
}
