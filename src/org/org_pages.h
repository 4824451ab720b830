/* org_pages.h — pages of a unit's members, posts, structure and reorganisation, and the search. Each table is listed in app/routes.c. */
#ifndef CHIBO_ORG_ORG_PAGES_H
#define CHIBO_ORG_ORG_PAGES_H

#include "http/route.h"

/* /units/:unit/members…, /units/:unit/posts…, /units/:unit/structure, /units/:unit/change/:kind */
extern const struct route org_member_routes[], org_post_routes[], org_structure_routes[], org_change_routes[];

#endif
