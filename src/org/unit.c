/* unit.c — reading units on a day, and their words. Writing is change.c, the whole tree is tree.c. */
#include "org/unit.h"

#include <string.h>

#include "db/db.h"
#include "unit_sql.h"

const char *const unit_levels[] = { "", "centre", "province", "district", "bloc", "commune", "grassroots", "subcommittee", "cell", NULL };
const char *const unit_types[] = { "", "AG", "PS", "EN", "VR", "AF", "ST", NULL };
const char *const unit_owners[] = { "", "state", "private", "foreign", NULL };

static const struct field unit_fields[] = {
	FIELD(struct unit, code, N_("Code"), REQUIRED | KEY, .max = 40),
	FIELD(struct unit, parent_code, N_("Code of the unit above"), 0, .max = 40),
	FIELD(struct unit, level, N_("Level"), REQUIRED, .words = unit_levels),
	FIELD(struct unit, type, N_("Type"), 0, .words = unit_types),
	FIELD(struct unit, owner, N_("Owner"), 0, .words = unit_owners),
	FIELD(struct unit, name, N_("Name"), REQUIRED | NAME_TEXT, .max = 200),
	FIELD(struct unit, valid_from, N_("First day"), KEY | FROM_DATE),
	FIELD(struct unit, valid_to, N_("Last day"), TO_DATE),
	COL(struct unit, id),
	COL(struct unit, realm),
	COL(struct unit, parent_id),
	COL(struct unit, rev),
	COL(struct unit, name_key),
	COL(struct unit, sort_key),
	FIELD_END,
};
const struct record unit_record = { "unit", sizeof(struct unit), unit_fields };

const char *unit_level_name(enum lang lang, unsigned level)
{
	static const char *const names[LEVEL_COUNT] = {
		"", N_("Centre"), N_("Province"), N_("District"), N_("Bloc"), N_("Commune"), N_("Grassroots body"), N_("Department committee"),
		N_("Cell"),
	};

	return level > LEVEL_NONE && level < LEVEL_COUNT ? tr(lang, names[level]) : "";
}

const char *unit_type_name(enum lang lang, unsigned type)
{
	static const char *const names[TYPE_COUNT] = {
		"", N_("Agency"), N_("Public service unit"), N_("Enterprise"), N_("Village or residential area"), N_("Armed forces"), N_("Students"),
	};

	return type > TYPE_NONE && type < TYPE_COUNT ? tr(lang, names[type]) : "";
}

static int level_rank(unsigned level)
{
	static const int ranks[LEVEL_COUNT] = { 0, 1, 2, 3, 3, 4, 5, 6, 7 };

	return level < LEVEL_COUNT ? ranks[level] : 0;
}

bool unit_level_may_hold(unsigned above, unsigned below)
{
	return level_rank(above) > 0 && level_rank(above) < level_rank(below);
}

bool unit_decides(const struct unit *u)
{
	static const char *const department[] = { "Đảng bộ bộ phận", "Đảng ủy bộ phận", "Đảng uỷ bộ phận" };

	for (size_t i = 0; i < 3 && u->level == LEVEL_SUBCOMMITTEE; i++)
		if (strncmp(u->name, department[i], strlen(department[i])) == 0)
			return false;
	return true;
}

static fail no_unit(struct call *c, int64_t id)
{
	return problem(c, FAIL_NOT_FOUND, "unit", "there is no unit number %lld", (long long)id);
}

static fail no_unit_code(struct call *c, const char *code)
{
	return problem(c, FAIL_NOT_FOUND, "unit", "there is no unit with the code “%s”", code);
}

fail org_unit_id(struct call *c, const char *code, int64_t *id)
{
	int64_t found;

	TRY(db_int(c, &Q_org_unit_id, ARGS(V(code)), 0, &found));
	if (!found)
		return no_unit_code(c, code);
	*id = found;
	return FAIL_OK;
}

fail org_realm(struct call *c, int64_t id, int64_t *realm)
{
	int64_t found;

	TRY(db_int(c, &Q_org_unit_realm, ARGS(V(id)), 0, &found));
	if (!found)
		return no_unit(c, id);
	*realm = found;
	return FAIL_OK;
}

fail org_unit_nearest(struct call *c, int64_t id, struct date on, struct unit *out)
{
	fail f = db_one(c, &Q_org_unit_nearest, ARGS(V(id), V(on)), &unit_record, out);

	return f == FAIL_NOT_FOUND ? no_unit(c, id) : f;
}

fail org_unit_nearest_by_code(struct call *c, const char *code, struct date on, struct unit *out)
{
	int64_t id;

	TRY(org_unit_id(c, code, &id));
	return org_unit_nearest(c, id, on, out);
}

static fail not_that_day(struct call *c, int64_t id, struct date on)
{
	struct unit near;
	bool later;

	TRY(org_unit_nearest(c, id, on, &near));
	later = near.valid_from.days > on.days;
	return problem(c, FAIL_NOT_FOUND, "on", later ? N_("%s did not exist yet on %s; it begins on %s") : N_("%s did not exist any more on %s; its last day was %s"),
	               near.name, show_date(c->arena, c->lang, on),
	               show_date(c->arena, c->lang, later ? near.valid_from : near.valid_to));
}

fail org_unit(struct call *c, int64_t id, struct date on, struct unit *out)
{
	fail f = db_one(c, &Q_org_unit_on, ARGS(V(id), V(on)), &unit_record, out);

	return f == FAIL_NOT_FOUND ? not_that_day(c, id, on) : f;
}

fail org_unit_by_code(struct call *c, const char *code, struct date on, struct unit *out)
{
	int64_t id;

	TRY(org_unit_id(c, code, &id));
	return org_unit(c, id, on, out);
}

fail org_children(struct call *c, int64_t id, struct date on, struct units *out)
{
	return db_all(c, &Q_org_children, ARGS(V(id), V(on)), &unit_record, &out->v, &out->n);
}

fail org_roots(struct call *c, struct date on, struct units *out)
{
	return db_all(c, &Q_org_roots, ARGS(V(on)), &unit_record, &out->v, &out->n);
}

fail org_ancestors(struct call *c, int64_t id, struct date on, struct units *out)
{
	return db_all(c, &Q_org_ancestors, ARGS(V(id), V(on)), &unit_record, &out->v, &out->n);
}

fail org_below(struct call *c, int64_t id, struct date on, unsigned level, struct units *out)
{
	return db_all(c, &Q_org_below, ARGS(V(id), V(on), V(unit_levels[level])), &unit_record, &out->v, &out->n);
}

fail org_is_below(struct call *c, int64_t id, int64_t ancestor, struct date on, bool *out)
{
	int64_t found = 1;

	if (id != ancestor)
		TRY(db_int(c, &Q_org_is_below, ARGS(V(id), V(on), V(ancestor)), 0, &found));
	*out = found > 0;
	return FAIL_OK;
}

static const struct field setting_fields[] = {
	{ .name = "value", .type = FIELD_TEXT, .at = 0, .flags = INTERNAL },
	FIELD_END,
};
static const struct record setting_record = { "unit_setting", sizeof(const char *), setting_fields };

fail org_setting(struct call *c, int64_t id, const char *name, const char **out)
{
	fail f = db_one(c, &Q_org_setting, ARGS(V(id), V(name)), &setting_record, out);

	if (f == FAIL_NOT_FOUND) {
		*out = "";
		return FAIL_OK;
	}
	return f;
}

fail org_setting_put(struct call *c, int64_t id, const char *name, const char *value)
{
	return db_exec(c, &Q_org_setting_put, ARGS(V(id), V(name), V(value)), NULL);
}
