/* tables_edit.c — what was typed into the form of a table, as a table. Nothing is checked here but the fields themselves: the set of rules is asked after. */
#include "year/tables_edit.h"

#include <string.h>

#include "base/text.h"
#include "rules/framework.h"

enum { NEW_LINES = 40 };

struct edit {
	struct call *c;
	const struct pairs *typed;
	const struct scheme *s, *frame;
	struct form *form;
	struct scheme_line *lines;
	struct scheme_group *groups;
	uint32_t n, n_groups;
};

static const char *field_of(struct call *c, const char *what, const char *id)
{
	return arena_join(c->arena, what, ".", id, NULL);
}

static const char *case_field(struct call *c, const char *id, uint32_t k)
{
	return arena_printf(c->arena, "case.%s.%u", id, k);
}

static const char *points_text(struct call *c, struct tenths p)
{
	return show_tenths(c->arena, c->lang, p);
}

/* The evidence that is for every type; NULL: none. */
static const char *general_evidence(const struct scheme_line *line)
{
	for (uint32_t i = 0; i < line->n_evidence; i++)
		if (!line->evidence[i].types)
			return line->evidence[i].text[LANG_VI];
	return NULL;
}

bool table_edit_may_drop(const struct scheme *frame, const struct scheme_line *line)
{
	return line->group >= 0 && (!frame || !scheme_line_by_id(frame, line->id));
}

void table_edit_values(struct call *c, const struct scheme *s, struct pairs *out)
{
	pairs_add(c->arena, out, "name", s->title[LANG_VI]);
	pairs_add(c->arena, out, "note", s->note[LANG_VI] ? s->note[LANG_VI] : "");
	if (tenths_is(s->standard))
		pairs_add(c->arena, out, "standard", points_text(c, s->standard));
	for (uint32_t g = 0; g < s->n_groups; g++)
		pairs_add(c->arena, out, field_of(c, "gmax", s->groups[g].id), points_text(c, s->groups[g].max));
	for (uint32_t i = 0; i < s->n_lines; i++) {
		const struct scheme_line *l = &s->lines[i];
		const char *evidence = general_evidence(l);

		pairs_add(c->arena, out, field_of(c, "title", l->id), l->title[LANG_VI]);
		pairs_add(c->arena, out, field_of(c, "max", l->id), points_text(c, l->max[0].points));
		pairs_add(c->arena, out, field_of(c, "evidence", l->id), evidence ? evidence : "");
		for (uint32_t k = 0; k < l->n_cases; k++)
			if (!l->cases[k].pro_rata)
				pairs_add(c->arena, out, case_field(c, l->id, k), points_text(c, l->cases[k].points));
	}
}

/* ---------------------------------------------------------------- fields */

/* What was typed, cleaned; NULL: the field was not sent. */
static const char *typed(const struct edit *e, const char *field)
{
	const char *text = pairs_get(e->typed, field);

	return text ? text_clean(e->c->arena, text) : NULL;
}

/* Points with a decimal comma or point. False: the field was not sent or is wrong (then told). */
static bool typed_points(const struct edit *e, const char *field, struct tenths *out)
{
	const char *text = typed(e, field);
	char *plain;

	if (!text)
		return false;
	plain = arena_strdup(e->c->arena, text);
	for (char *s = plain; *s; s++)
		*s = *s == ',' ? '.' : *s;
	if (tenths_parse(plain, out) && out->t >= 0 && out->t <= 1000)
		return true;
	form_problem(e->form, field, tr(e->c->lang, "write points from 0 to 100 with at most one decimal, such as 4 or 4.5"));
	return false;
}

/* A title in Vietnamese; where it changes, the English one follows. */
static void edit_title(const struct edit *e, const char *field, two_texts title)
{
	const char *text = typed(e, field);

	if (!text || strcmp(text, title[LANG_VI]) == 0)
		return;
	if (!*text)
		form_problem(e->form, field, tr(e->c->lang, "give it a title"));
	else
		title[LANG_VI] = title[LANG_EN] = text;
}

static void edit_evidence(const struct edit *e, struct scheme_line *line)
{
	const char *text = typed(e, field_of(e->c, "evidence", line->id)), *before = general_evidence(line);
	struct scheme_evidence *rows;

	if (!text || strcmp(text, before ? before : "") == 0)
		return;
	rows = ARENA_ARRAY(e->c->arena, line->n_evidence + 1, struct scheme_evidence);
	uint32_t n = 0;

	for (uint32_t i = 0; i < line->n_evidence; i++)
		if (line->evidence[i].types)
			rows[n++] = line->evidence[i];
	if (*text)
		rows[n++] = (struct scheme_evidence){ 0, { text, text } };
	line->evidence = rows;
	line->n_evidence = n;
}

/* points × max / before, half up. */
static struct tenths in_proportion(struct tenths points, struct tenths max, struct tenths before)
{
	return before.t > 0 ? (struct tenths){ (int32_t)(((int64_t)points.t * max.t * 2 + before.t) / (2 * (int64_t)before.t)) } : points;
}

static void edit_cases(const struct edit *e, struct scheme_line *line, struct tenths max, struct tenths before)
{
	struct scheme_case *cases = ARENA_ARRAY(e->c->arena, line->n_cases, struct scheme_case);

	for (uint32_t k = 0; k < line->n_cases; k++) {
		struct tenths points;

		cases[k] = line->cases[k];
		if (cases[k].pro_rata)
			continue;
		if (typed_points(e, case_field(e->c, line->id, k), &points) && points.t != cases[k].points.t)
			cases[k].points = points;
		else if (max.t != before.t)
			cases[k].points = in_proportion(cases[k].points, max, before);
	}
	line->cases = cases;
}

static void edit_points(const struct edit *e, struct scheme_line *line)
{
	struct tenths before = line->max[0].points, max = before;
	struct scheme_max *row;

	if (line->n_max == 1 && typed_points(e, field_of(e->c, "max", line->id), &max) && max.t != before.t) {
		row = ARENA_NEW(e->c->arena, struct scheme_max);
		row->points = max;
		line->max = row;
	}
	edit_cases(e, line, max, before);
}

/* ---------------------------------------------------------------- criteria that come and go */

static bool id_used(const struct edit *e, const char *id)
{
	for (uint32_t i = 0; i < e->n; i++)
		if (strcmp(e->lines[i].id, id) == 0)
			return true;
	return scheme_line_by_id(e->s, id) || tenths_is(framework_weight(e->s, id));
}

/* "G1.3.1", the first that is free. */
static const char *free_id(const struct edit *e, const char *id)
{
	for (int i = 1;; i++) {
		const char *made = arena_printf(e->c->arena, "%s.%d", id, i);

		if (!id_used(e, made))
			return made;
	}
}

/* A line that stands by itself becomes a group of that name and weight, so that it can have another beside it. */
static void make_group(struct edit *e, struct scheme_line *line)
{
	struct scheme_group *g = &e->groups[e->n_groups];

	*g = (struct scheme_group){ .id = line->id, .max = framework_weight(e->s, line->id), .at = line->at };
	memcpy(g->title, line->title, sizeof g->title);
	line->group = (int)e->n_groups++;
	line->id = free_id(e, line->id);
}

static void add_line(struct edit *e, const char *at)
{
	const char *title = typed(e, field_of(e->c, "new", at)), *field = field_of(e->c, "newmax", at);
	struct tenths max;
	struct scheme_max *row;
	struct scheme_line *beside;

	if (!title || !*title || e->n >= e->s->n_lines + NEW_LINES)
		return;
	if (!typed_points(e, field, &max))
		return;
	beside = &e->lines[e->n - 1];
	if (beside->group < 0)
		make_group(e, beside);
	row = ARENA_NEW(e->c->arena, struct scheme_max);
	row->points = max;
	e->lines[e->n] = (struct scheme_line){ .id = free_id(e, at), .title = { title, title }, .group = beside->group, .max = row, .n_max = 1,
		                                   .judged = true, .source = "" };
	e->n++;
}

static void edit_line(struct edit *e, const struct scheme_line *stored)
{
	const char *drop = typed(e, field_of(e->c, "drop", stored->id));
	struct scheme_line *line = &e->lines[e->n];

	if (drop && strcmp(drop, "1") == 0 && table_edit_may_drop(e->frame, stored))
		return;
	*line = *stored;
	edit_title(e, field_of(e->c, "title", line->id), line->title);
	edit_points(e, line);
	edit_evidence(e, line);
	e->n++;
	add_line(e, stored->id);
}

void table_edit(struct call *c, const struct pairs *pairs, const struct scheme *s, const struct scheme *frame, struct form *form, struct scheme *out)
{
	struct edit e = { .c = c, .typed = pairs, .s = s, .frame = frame, .form = form, .n_groups = s->n_groups };
	const char *note = typed(&e, "note");

	e.lines = ARENA_ARRAY(c->arena, s->n_lines + NEW_LINES + 1, struct scheme_line);
	e.groups = ARENA_ARRAY(c->arena, s->n_groups + NEW_LINES + 1, struct scheme_group);
	if (s->n_groups)
		memcpy(e.groups, s->groups, s->n_groups * sizeof *e.groups);
	*out = *s;
	edit_title(&e, "name", out->title);
	if (note && strcmp(note, s->note[LANG_VI] ? s->note[LANG_VI] : "") != 0)
		out->note[LANG_VI] = out->note[LANG_EN] = *note ? note : NULL;
	if (tenths_is(s->standard))
		typed_points(&e, "standard", &out->standard);
	for (uint32_t g = 0; g < s->n_groups; g++)
		typed_points(&e, field_of(c, "gmax", s->groups[g].id), &e.groups[g].max);
	for (uint32_t i = 0; i < s->n_lines; i++)
		edit_line(&e, &s->lines[i]);
	out->lines = e.lines;
	out->n_lines = e.n;
	out->groups = e.groups;
	out->n_groups = e.n_groups;
}

/* "G1.3: …" belongs to that line, or to the group. */
static const char *field_of_complaint(struct call *c, const struct scheme *s, const char *text)
{
	size_t n = strcspn(text, ": ");
	const char *id = arena_strndup(c->arena, text, n);

	if (scheme_line_by_id(s, id))
		return field_of(c, "max", id);
	for (uint32_t g = 0; g < s->n_groups; g++)
		for (uint32_t i = 0; strcmp(s->groups[g].id, id) == 0 && i < s->n_lines; i++)
			if (s->lines[i].group == (int)g)
				return field_of(c, "max", s->lines[i].id);
	return "";
}

void table_edit_complaints(struct call *c, const struct scheme *s, const struct complaints *bad, struct form *form)
{
	for (size_t i = 0; i < bad->n && i < 20; i++)
		form_problem(form, field_of_complaint(c, s, bad->v[i].text), bad->v[i].text);
}
