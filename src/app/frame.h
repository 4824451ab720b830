/* frame.h — what stands around every page: the installation's name and colour, the person and role, the navigation of that role. */
#ifndef CHIBO_APP_FRAME_H
#define CHIBO_APP_FRAME_H

#include "app/settings.h"
#include "http/http.h"

/* http_hooks.page. Asks no database. */
void frame_fill(struct call *c, const struct req *rq, const struct settings *settings, struct page *pg);

#endif
