/* unit.h — a unit of the organisation and its place in the tree on a given day.
 *
 * A unit keeps its id and code for life; its name, level, type, owner and parent hold for spans of days that follow each other
 * without gap or overlap. Every function that reads a unit says on which day. Dates are inclusive at both ends.
 *
 * `realm` is the province-level unit it stands below (itself for a province), or the top unit where there is no province between:
 * the first part of the key of everything a province owns. It never changes in the life of a unit.
 *
 * Lists and their texts live in the call's arena. All functions run inside db_read or db_write. */
#ifndef CHIBO_ORG_UNIT_H
#define CHIBO_ORG_UNIT_H

#include "base/call.h"
#include "base/record.h"

enum unit_level {
	LEVEL_NONE, LEVEL_CENTRE, LEVEL_PROVINCE, LEVEL_DISTRICT, LEVEL_BLOC, LEVEL_COMMUNE, LEVEL_GRASSROOTS, LEVEL_SUBCOMMITTEE,
	LEVEL_CELL, LEVEL_COUNT
};
enum unit_type { TYPE_NONE, TYPE_AGENCY, TYPE_PUBLIC_SERVICE, TYPE_ENTERPRISE, TYPE_RESIDENTIAL, TYPE_ARMED_FORCES, TYPE_STUDENTS, TYPE_COUNT };
enum unit_owner { OWNER_NONE, OWNER_STATE, OWNER_PRIVATE, OWNER_FOREIGN };

/* Words of files and the database, NULL-ended, [0] is "": centre province district … · AG PS EN VR AF ST · state private foreign. */
extern const char *const unit_levels[], *const unit_types[], *const unit_owners[];
/* The same for people: "Cell", "Village or residential area"; "" for none. */
const char *unit_level_name(enum lang lang, unsigned level);
const char *unit_type_name(enum lang lang, unsigned type);
/* May a unit of level `below` stand directly or further down under one of level `above`? Levels only ever go down, which is also why
 * the tree has no cycles. District and bloc stand side by side. */
bool unit_level_may_hold(unsigned above, unsigned below);
/* Has the unit powers of decision over what stands below it? A department committee (đảng ủy bộ phận) reviews and has none: what is below it is decided
 * by the committee above it. The committees under the grassroots of 2026 stand on the same level and decide; a department committee is known by its name. */
struct unit;
bool unit_decides(const struct unit *u);

struct unit {
	/* the columns of the file `units` */
	const char *code, *parent_code;  /* parent_code "": a top unit */
	unsigned level, type, owner;
	const char *name;
	struct date valid_from, valid_to; /* of this span */
	/* kept, not exchanged */
	int64_t id, realm, parent_id;     /* parent_id 0: a top unit */
	int64_t rev;
	const char *name_key;             /* folded, for search */
	struct blob sort_key;
};
extern const struct record unit_record;
struct units { struct unit *v; size_t n; };

/* The unit as it was on a day. FAIL_NOT_FOUND, with a sentence, when there is no such unit or none on that day. */
fail org_unit(struct call *c, int64_t id, struct date on, struct unit *out) MUST_CHECK;
fail org_unit_by_code(struct call *c, const char *code, struct date on, struct unit *out) MUST_CHECK;
/* The span of that day, or else the last one before it, or else the first one after: for pages of units that are closed or still to come. */
fail org_unit_nearest(struct call *c, int64_t id, struct date on, struct unit *out) MUST_CHECK;
fail org_unit_nearest_by_code(struct call *c, const char *code, struct date on, struct unit *out) MUST_CHECK;
/* Whatever the day. */
fail org_unit_id(struct call *c, const char *code, int64_t *id) MUST_CHECK;
fail org_realm(struct call *c, int64_t id, int64_t *realm) MUST_CHECK;

/* Direct children on that day, by level, then name in Vietnamese order. */
fail org_children(struct call *c, int64_t id, struct date on, struct units *out) MUST_CHECK;
/* Units without a parent on that day. */
fail org_roots(struct call *c, struct date on, struct units *out) MUST_CHECK;
/* From the top down to the parent; empty for a top unit. */
fail org_ancestors(struct call *c, int64_t id, struct date on, struct units *out) MUST_CHECK;
/* The unit itself and all below it on that day, of one level only unless `level` is LEVEL_NONE; in no particular order. */
fail org_below(struct call *c, int64_t id, struct date on, unsigned level, struct units *out) MUST_CHECK;
/* True when `ancestor` stands above `id` on that day or is the unit itself. */
fail org_is_below(struct call *c, int64_t id, int64_t ancestor, struct date on, bool *out) MUST_CHECK;

/* Settings of a unit that are not history: usual day and place of the meeting, required minutes. "" when not set. */
fail org_setting(struct call *c, int64_t id, const char *name, const char **out) MUST_CHECK;
fail org_setting_put(struct call *c, int64_t id, const char *name, const char *value) MUST_CHECK;

#endif
