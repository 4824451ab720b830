/* search.h — finding units and members without tone marks: exact code, then beginning of the name, then anywhere in it. */
#ifndef CHIBO_ORG_SEARCH_H
#define CHIBO_ORG_SEARCH_H

#include "org/change.h"

enum hit_kind { HIT_NONE, HIT_UNIT, HIT_MEMBER };
extern const char *const hit_kinds[]; /* "" unit member, NULL-ended */

struct hit {
	unsigned kind;
	const char *code, *name;
	const char *place;       /* of a unit: its parent's name; of a member: the name of the unit */
	int64_t rank;            /* 1 exact code, 2 beginning of the name (a member's given name counts), 3 anywhere */
	int64_t id, realm;
	int64_t unit_id;         /* the unit to go to */
	struct blob sort_key;
};
extern const struct record hit_record;
struct hits { struct hit *v; size_t n; };

struct search {
	const char *text;
	struct date on;
	const struct ids *unit_roots;   /* units at or below these are found; NULL: everywhere, empty: none */
	const struct ids *member_roots; /* the same for members, whom fewer people may see */
	int64_t limit;                  /* at most this many of each kind; 0: 50 */
};
/* Units first, by rank, then name. An empty text finds nothing. */
fail org_search(struct call *c, const struct search *s, struct hits *out) MUST_CHECK;

#endif
