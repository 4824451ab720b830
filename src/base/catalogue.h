/* catalogue.h — the compiled message catalogue: sorted by id (strcmp order), made by gen/po.c from po/vi.po. */
#ifndef CHIBO_BASE_CATALOGUE_H
#define CHIBO_BASE_CATALOGUE_H

#include <stddef.h>

struct message { const char *id, *text; };
extern const struct message catalogue_vi[];
extern const size_t catalogue_vi_count;

#endif
