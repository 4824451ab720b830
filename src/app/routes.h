/* routes.h — the route tables of all rooms. A new room adds one line to routes.c. */
#ifndef CHIBO_APP_ROUTES_H
#define CHIBO_APP_ROUTES_H

#include "http/route.h"

extern const struct route *const app_routes[]; /* NULL-ended; each table ends with HTTP_NONE */

#endif
