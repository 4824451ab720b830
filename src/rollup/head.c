/* head.c — the parts of a committee's paper around its text. */
#include "rollup/head.h"

#include <string.h>

#include "org/post.h"

static bool begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static bool is_cell(const struct unit *u)
{
	return u->level == LEVEL_CELL || begins(u->name, "Chi bộ");
}

/* A party body, its committee, and how the committee signs. */
static const struct {
	const char *body, *committee, *sign;
} committees[] = {
	{ "Đảng bộ tỉnh ", "Tỉnh ủy ", "T/M TỈNH ỦY" },
	{ "Đảng bộ thành phố ", "Thành ủy ", "T/M THÀNH ỦY" },
	{ "Đảng bộ huyện ", "Huyện ủy ", "T/M HUYỆN ỦY" },
	{ "Đảng bộ ", "Đảng ủy ", "T/M ĐẢNG ỦY" },
};

const char *head_issuer(struct arena *a, const struct unit *u)
{
	for (size_t i = 0; i < sizeof committees / sizeof *committees; i++)
		if (begins(u->name, committees[i].body))
			return arena_printf(a, "%s%s", committees[i].committee, u->name + strlen(committees[i].body));
	return u->name;
}

static const char *sign_for(const struct unit *u)
{
	for (size_t i = 0; !is_cell(u) && i < sizeof committees / sizeof *committees; i++)
		if (begins(u->name, committees[i].body))
			return committees[i].sign;
	return is_cell(u) ? "T/M CHI BỘ" : "T/M ĐẢNG ỦY";
}

/* Behind "xã ", "phường " … in a unit's name. */
static const char *locality_of(const char *name)
{
	static const char *const kinds[] = { "xã ", "phường ", "đặc khu ", "thị trấn ", "huyện ", "quận ", "thị xã ", "thành phố ", "tỉnh " };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *at = strstr(name, kinds[i]);

		if (at && (at == name || at[-1] == ' '))
			return at + strlen(kinds[i]);
	}
	return "";
}

/* The setting of the unit or of one above it, else what the names say. */
static fail locality(struct call *c, const struct unit *u, const struct units *above, const char **out)
{
	TRY(org_setting(c, u->id, "paper_place", out));
	for (size_t i = above->n; i > 0 && !**out; i--)
		TRY(org_setting(c, above->v[i - 1].id, "paper_place", out));
	if (!**out)
		*out = locality_of(u->name);
	for (size_t i = above->n; i > 0 && !**out; i--)
		*out = locality_of(above->v[i - 1].name);
	return FAIL_OK;
}

/* "An Bình, ngày 05 tháng 01 năm 2026": days below 10 and the months 1 and 2 with a zero (domain, 5.3). */
static const char *place_date(struct arena *a, const char *place, struct date on)
{
	int year, month, day;

	if (!date_is(on))
		return arena_printf(a, "%s%sngày      tháng      năm        ", place, *place ? ", " : "");
	date_split(on, &year, &month, &day);
	return arena_printf(a, month < 3 ? "%s%sngày %02d tháng %02d năm %d" : "%s%sngày %02d tháng %d năm %d", place, *place ? ", " : "", day,
	                    month, year);
}

static const struct post *holder(const struct posts *p, unsigned kind)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].post == kind)
			return &p->v[i];
	return NULL;
}

static fail signature(struct call *c, struct json *j, const struct paper_of *p)
{
	const char *signer = p->signed_by;
	struct posts posts;
	bool deputy;

	TRY(org_posts(c, p->unit.id, date_is(p->on) ? p->on : c->today, &posts));
	const struct post *secretary = holder(&posts, POST_SECRETARY), *second = holder(&posts, POST_DEPUTY);

	deputy = *signer ? second && strcmp(second->full_name, signer) == 0 && (!secretary || strcmp(secretary->full_name, signer) != 0)
	                 : !secretary && second;
	if (!*signer)
		signer = secretary ? secretary->full_name : second ? second->full_name : "";
	json_put_str(j, "sign_for", sign_for(&p->unit));
	json_put_str(j, "sign_as", deputy ? "PHÓ BÍ THƯ" : "BÍ THƯ");
	json_put_str(j, "signer", signer);
	return FAIL_OK;
}

static void recipients(struct call *c, struct json *j, const struct paper_of *p, const struct units *above)
{
	json_key(j, "recipients");
	json_array(j);
	if (above->n)
		json_str(j, arena_printf(c->arena, "%s (để báo cáo),", head_issuer(c->arena, &above->v[above->n - 1])));
	if (!is_cell(&p->unit))
		json_str(j, "Các chi bộ trực thuộc,");
	json_str(j, is_cell(&p->unit) ? "Lưu chi bộ." : "Lưu Văn phòng Đảng ủy.");
	json_array_end(j);
}

fail head_facts(struct call *c, struct json *j, const struct paper_of *p)
{
	struct units above;
	const char *place;

	TRY(org_ancestors(c, p->unit.id, date_is(p->on) ? p->on : c->today, &above));
	TRY(locality(c, &p->unit, &above, &place));
	json_put_str(j, "unit_above", above.n ? head_issuer(c->arena, &above.v[above.n - 1]) : "");
	json_put_str(j, "unit", head_issuer(c->arena, &p->unit));
	json_put_str(j, "number", p->number);
	json_put_str(j, "place_date", place_date(c->arena, place, p->on));
	recipients(c, j, p, &above);
	return signature(c, j, p);
}
