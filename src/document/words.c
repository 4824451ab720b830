/* words.c — small words of paper, head and signature. Vietnamese whatever the language of the person, as the forms are. */
#include <string.h>

#include "document/compose.h"

const char *paper_day(struct arena *a, struct date d)
{
	int y, m, day;

	if (!date_is(d))
		return "";
	date_split(d, &y, &m, &day);
	return arena_printf(a, m < 3 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d", day, m, y);
}

const char *paper_short_day(struct arena *a, struct date d)
{
	return date_is(d) ? show_date(a, LANG_VI, d) : "";
}

const char *paper_time(struct arena *a, struct moment m)
{
	int64_t minute = m.minutes - (int64_t)moment_date(m).days * 1440;

	return moment_is(m) ? arena_printf(a, "%02d giờ %02d", (int)(minute / 60), (int)(minute % 60)) : "";
}

const char *paper_month(struct arena *a, month_no m)
{
	return arena_printf(a, "%02d/%d", m % 12 + 1, m / 12);
}

const char *paper_count(struct arena *a, int64_t n)
{
	return n == INT_UNKNOWN ? "" : arena_printf(a, "%02lld", (long long)n);
}

const char *paper_tenths(struct arena *a, struct tenths p)
{
	return tenths_is(p) ? show_tenths(a, LANG_VI, p) : "";
}

const char *paper_post(unsigned post)
{
	static const char *const names[POST_COUNT] = { "", "Bí thư", "Phó bí thư", "Ủy viên", "Tổ trưởng tổ đảng", "Chuyên viên", "Ủy viên ban thường vụ" };

	return post < POST_COUNT ? names[post] : "";
}

struct lines paper_lines(struct arena *a, const char *text)
{
	size_t n = 1;

	for (const char *s = text; *s; s++)
		n += *s == '\n';
	const char **v = ARENA_ARRAY(a, n, const char *);

	n = 0;
	for (const char *s = text; *s;) {
		size_t size = strcspn(s, "\n");
		const char *line = text_clean(a, arena_strndup(a, s, size));

		if (*line)
			v[n++] = line;
		s += size + (s[size] == '\n');
	}
	return (struct lines){ v, n };
}

/* ---------------------------------------------------------------- head and signature */

static const char *place_date(struct arena *a, const char *place, struct date on)
{
	const char *day = date_is(on) ? paper_day(a, on) : "ngày      tháng      năm        ";

	return *place ? arena_printf(a, "%s, %s", place, day) : arena_printf(a, "N%s", day + 1);
}

/* A committee signs for its body: "Đảng bộ xã …" is on paper "Đảng ủy xã …". */
const char *paper_committee(struct arena *a, const char *unit_name)
{
	static const char body[] = "Đảng bộ ";

	return strncmp(unit_name, body, strlen(body)) == 0 ? arena_printf(a, "Đảng ủy %s", unit_name + strlen(body)) : unit_name;
}

struct paper_head compose_head(struct call *c, const struct dossier *d, unsigned type, const struct document *numbered, struct date on)
{
	struct document blank;

	record_clear(&document_record, &blank);
	blank = (struct document){ .type = type, .purpose = "", .outside_no = "", .unit_level = d->unit.level, .unit_name = d->unit.name };
	return (struct paper_head){
		.unit_above = paper_committee(c->arena, d->above.name),
		.unit = paper_committee(c->arena, d->unit.name),
		.number = document_number_text(c->arena, numbered && numbered->id > 0 ? numbered : &blank),
		.place_date = place_date(c->arena, d->locality, on),
	};
}

static const char *on_behalf(const struct dossier *d)
{
	return strcmp(document_org_code(d->unit.level, d->unit.name), "CB") == 0 ? "T/M CHI BỘ" : "T/M ĐẢNG ỦY";
}

struct paper_signature compose_signature(struct call *c, const struct dossier *d, const char *signer)
{
	const struct post *p = dossier_holder(d, POST_SECRETARY);
	unsigned post = POST_SECRETARY;

	(void)c;
	if (!p) {
		p = dossier_holder(d, POST_DEPUTY);
		post = p ? POST_DEPUTY : POST_SECRETARY;
	}
	for (size_t i = 0; *signer && i < d->posts.n; i++)
		if (strcmp(d->posts.v[i].full_name, signer) == 0 && d->posts.v[i].post == POST_DEPUTY && (!p || p->member_id != d->posts.v[i].member_id))
			post = POST_DEPUTY;
	return (struct paper_signature){ on_behalf(d), post == POST_DEPUTY ? "PHÓ BÍ THƯ" : "BÍ THƯ", *signer ? signer : p ? p->full_name : "" };
}
