/* load_agenda.c — agendas from their trees. */
#include <string.h>

#include "rules/agenda_rule.h"
#include "rules/reader.h"

static void read_step(struct reader *r, const struct yaml *value, struct agenda_step *out)
{
	if (!read_keys(r, value, "step part when mandatory minutes share title "))
		return;
	out->step = read_id(r, value, "step");
	out->part = (enum agenda_part)read_word(r, value, "part", agenda_part_words, -1);
	out->when = (enum agenda_when)read_word(r, value, "when", agenda_when_words, AGENDA_ALWAYS);
	out->mandatory = read_yes(r, value, "mandatory", out->when != AGENDA_ON_REQUEST);
	if (read_required(r, value, "minutes"))
		out->minutes = (int32_t)read_int(r, value, "minutes", 1, 240, 1);
	out->share = (int32_t)read_int(r, value, "share", 0, 100, 0);
	read_title(r, value, "title", true, out->title);
}

/* Parts follow each other as the meeting goes: opening, main and thematic, then closing with what concerns persons among it. */
static int phase(enum agenda_part part)
{
	return part == AGENDA_OPENING ? 0 : part == AGENDA_MAIN || part == AGENDA_THEMATIC ? 1 : 2;
}

static void check_step(struct reader *r, const struct yaml *value, const struct agenda_step *v, size_t i)
{
	if (!v[i].part)
		complain(r, value->at, "expected a part: opening main thematic personnel closing");
	if (i && phase(v[i].part) < phase(v[i - 1].part))
		complain(r, value->at, "%s: the opening comes first, the closing last", v[i].step);
	if (v[i].part == AGENDA_THEMATIC && v[i].when == AGENDA_ALWAYS)
		complain(r, value->at, "%s: a thematic step needs “when: theme”", v[i].step);
	for (size_t k = 0; k < i; k++)
		if (strcmp(v[k].step, v[i].step) == 0)
			complain(r, value->at, "the step “%s” stands here twice", v[i].step);
}

static void read_emphasis(struct reader *r, const struct yaml *value, struct agenda_emphasis *out)
{
	const struct yaml *items;
	two_texts *v;

	if (!read_keys(r, value, "types owners items "))
		return;
	out->types = read_bits(r, value, "types", unit_type_words, true);
	out->owners = read_bits(r, value, "owners", agenda_owner_words, false);
	items = read_rows(r, value, "items", true);
	if (!items)
		return;
	out->items = v = ARENA_ARRAY(r->arena, items->n + 1, two_texts);
	for (out->n = 0; out->n < items->n; out->n++) {
		const struct yaml_entry wrap = { "title", items->v[out->n].value.at, items->v[out->n].value };

		read_title(r, &(struct yaml){ .kind = YAML_MAP, .at = wrap.at, .v = &wrap, .n = 1 }, "title", true, v[out->n]);
	}
}

static void read_steps(struct reader *r, const struct yaml *map, struct agenda_rule *a)
{
	const struct yaml *list = read_rows(r, map, "steps", true);
	struct agenda_step *v = ARENA_ARRAY(r->arena, (list ? list->n : 0) + 1, struct agenda_step);

	for (size_t i = 0; list && i < list->n; i++) {
		size_t before = r->bad->n;

		read_step(r, &list->v[i].value, &v[i]);
		if (r->bad->n == before)
			check_step(r, &list->v[i].value, v, i);
	}
	a->steps = v;
	a->n = list ? list->n : 0;
}

const struct agenda_rule *read_agenda(struct reader *r, const struct yaml *map, const struct frame *f)
{
	struct agenda_rule *a = ARENA_NEW(r->arena, struct agenda_rule);
	size_t before = r->bad->n;

	if (!read_keys(r, map, FRAME_KEYS "steps emphasis emphasis_before "))
		return NULL;
	*a = (struct agenda_rule){ .id = f->id, .source = f->source, .scope = f->scope, .valid_from = f->valid_from,
		                       .valid_to = f->valid_to, .is_default = f->is_default, .at = f->at };
	memcpy(a->title, f->title, sizeof a->title);
	memcpy(a->note, f->note, sizeof a->note);
	read_steps(r, map, a);
	a->emphasis_before = read_text(r, map, "emphasis_before", "");
	const struct yaml *list = read_rows(r, map, "emphasis", false);
	struct agenda_emphasis *v = ARENA_ARRAY(r->arena, (list ? list->n : 0) + 1, struct agenda_emphasis);

	for (a->emphasis_n = 0; list && a->emphasis_n < list->n; a->emphasis_n++)
		read_emphasis(r, &list->v[a->emphasis_n].value, &v[a->emphasis_n]);
	a->emphasis = v;
	if (r->bad->n == before && *a->emphasis_before && !agenda_step_find(a, a->emphasis_before))
		complain(r, map->at, "emphasis_before: there is no step “%s”", a->emphasis_before);
	return r->bad->n == before ? a : NULL;
}
