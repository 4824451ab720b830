/* asset.h — style sheet, scripts and pictures, built into the program under names that change with their content.
 *
 * gen/assets.c makes the list and, in asset_names.h, a macro for each name: ASSET_APP_CSS is "/assets/app.3f2a….css". */
#ifndef CHIBO_HTML_ASSET_H
#define CHIBO_HTML_ASSET_H

#include <stddef.h>

struct asset {
	const char *path; /* "/assets/app.3f2a….css" */
	const char *type;
	const void *data;
	size_t size;
	const void *gz; /* the same, gzip'd at build time */
	size_t gz_size;
};

extern const struct asset asset_list[]; /* ends with a NULL path */
/* NULL: no such file, or an old name of it. */
const struct asset *asset_find(const char *path);

#endif
