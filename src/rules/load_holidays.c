/* load_holidays.c — holidays from their trees: days of every year, and dates. */
#include "rules/holidays.h"
#include "rules/reader.h"

#include <stdio.h>
#include <string.h>

/* "02-29" is refused: a day of every year exists every year. */
static void read_yearly(struct reader *r, const struct yaml *value, struct holiday *out)
{
	const struct yaml *day;
	struct date d;

	if (!read_keys(r, value, "day title "))
		return;
	read_title(r, value, "title", true, out->title);
	day = read_required(r, value, "day");
	if (!day)
		return;
	if (day->kind != YAML_TEXT || strlen(day->text) != 5 || !date_parse(arena_printf(r->arena, "2023-%s", day->text), &d)) {
		complain(r, day->at, "expected a month and a day that every year has, such as 09-02");
		return;
	}
	date_split(d, &(int){ 0 }, &out->month, &out->day);
}

static void read_dated(struct reader *r, const struct yaml *value, struct holiday *out)
{
	if (!read_keys(r, value, "from to title "))
		return;
	read_title(r, value, "title", true, out->title);
	if (!read_required(r, value, "from"))
		return;
	out->from = read_date(r, value, "from", DATE_EVER);
	out->to = read_date(r, value, "to", out->from);
	if (out->to.days < out->from.days || out->to.days - out->from.days > 30)
		complain(r, value->at, "a holiday lasts from 1 to 31 days; check “from” and “to”");
}

typedef void read_one(struct reader *r, const struct yaml *value, struct holiday *out);

static size_t read_list(struct reader *r, const struct yaml *list, struct holiday *to, read_one *read)
{
	if (!list)
		return 0;
	if (list->kind != YAML_LIST) {
		complain(r, list->at, "expected a list, each line beginning with “-”");
		return 0;
	}
	for (size_t i = 0; i < list->n; i++)
		read(r, &list->v[i].value, &to[i]);
	return list->n;
}

const struct holidays *read_holidays(struct reader *r, const struct yaml *map, const struct frame *f)
{
	struct holidays *h = ARENA_NEW(r->arena, struct holidays);
	size_t before = r->bad->n;

	if (!read_keys(r, map, FRAME_KEYS "move weekend every_year days "))
		return NULL;
	*h = (struct holidays){ .id = f->id,
		                    .source = f->source,
		                    .scope = f->scope,
		                    .valid_from = f->valid_from,
		                    .valid_to = f->valid_to,
		                    .is_default = f->is_default,
		                    .at = f->at };
	memcpy(h->title, f->title, sizeof h->title);
	memcpy(h->note, f->note, sizeof h->note);
	h->move = (enum holiday_move)read_word(r, map, "move", holiday_move_words, 0);
	h->weekend = (enum holiday_weekend)read_word(r, map, "weekend", holiday_weekend_words, 0);
	const struct yaml *yearly = read_optional(map, "every_year"), *dated = read_optional(map, "days");
	struct holiday *v = ARENA_ARRAY(r->arena, (yearly ? yearly->n : 0) + (dated ? dated->n : 0) + 1, struct holiday);

	h->n = read_list(r, yearly, v, read_yearly);
	h->n += read_list(r, dated, v + h->n, read_dated);
	h->v = v;
	if (!yearly && !dated && !read_optional(map, "move") && !read_optional(map, "weekend"))
		complain(r, map->at, "expected at least one of: every_year days move weekend");
	return r->bad->n == before ? h : NULL;
}
