/* pages.c — small things that all pages of a meeting need. */
#include "score/pages.h"

#include "org/unit.h"

fail page_meeting_unit(struct call *c, const struct req *rq, int64_t *unit_id)
{
	int64_t id;

	TRY(req_id(c, rq, "meeting", &id));
	return meeting_unit(c, id, unit_id);
}

fail page_meeting(struct call *c, const struct req *rq, struct meeting *out)
{
	int64_t id;

	TRY(req_id(c, rq, "meeting", &id));
	return meeting_by_id(c, id, out);
}

const char *page_kind_title(enum lang lang, unsigned kind)
{
	static const char *const titles[] = { "", N_("Regular meeting"), N_("Thematic meeting"), N_("Extraordinary meeting"), N_("Committee meeting") };

	return *titles[kind] ? tr(lang, titles[kind]) : "";
}

const char *page_meeting_title(struct call *c, const struct meeting *m)
{
	return arena_printf(c->arena, tr(c->lang, "%s on %s"), page_kind_title(c->lang, m->kind), show_date(c->arena, c->lang, meeting_day(m)));
}

const char *page_meeting_path(struct call *c, const struct meeting *m, const char *below)
{
	return arena_printf(c->arena, "/meetings/%lld%s", (long long)m->id, below);
}

void page_begin(struct call *c, const struct req *rq, struct res *rs, struct page *pg, const struct meeting *m, const char *title, const char *here)
{
	const char *unit = arena_printf(c->arena, "/units/%lld", (long long)m->unit_id);

	res_page(c, rq, rs, pg, title);
	page_crumb(pg, unit, m->unit_name ? m->unit_name : m->unit_code);
	page_crumb(pg, arena_printf(c->arena, "%s/meetings", unit), tr(c->lang, "Meetings"));
	page_crumb(pg, here ? page_meeting_path(c, m, "") : NULL, page_meeting_title(c, m));
	if (here)
		page_crumb(pg, NULL, here);
}

static enum class_mark mark(unsigned grade)
{
	return class_mark(grade_words[grade]);
}

/* Where a meeting stands: one lived through in the program by its state, one written down afterwards by what it waits for. */
static const char *standing(struct call *c, const struct meeting *m)
{
	static const char *const waits[] = { N_("not scored yet"), N_("waits for a decision"), N_("confirmed by the guest"),
		                                 N_("waits for a decision"), N_("decided") };

	if (!m->afterwards)
		return meeting_state_name(c->lang, m->state);
	return meeting_is_scored_kind(m) ? tr(c->lang, waits[m->stage]) : "";
}

struct meeting_line page_line(struct call *c, const struct meeting *m)
{
	bool scored = meeting_is_scored_kind(m);

	return (struct meeting_line){
		.id = m->id,
		.starts_at = m->starts_at,
		.kind = page_kind_title(c->lang, m->kind),
		.unit = m->unit_name ? m->unit_name : m->unit_code,
		.theme = m->kind == MEETING_REGULAR && m->thematic,
		.present = m->present,
		.expected = m->expected,
		.points = m->points,
		.self = m->self_points,
		.class = mark(m->class),
		.stage = standing(c, m),
		.flag = scored && !m->stage && meeting_was_held(m->state),
		.coming = !meeting_was_held(m->state),
	};
}

fail page_done(struct call *c, const struct req *rq, struct res *rs, const struct meeting *m, const char *below, const char *text)
{
	struct flash said = { .text = text, .receipt = arena_printf(c->arena, "%s · %lld", m->code, (long long)m->rev) };

	res_rev(c, rq, rs, m->rev);
	return res_done(c, rq, rs, page_meeting_path(c, m, below), &said);
}

static void put_meeting(struct json *j, const void *stored)
{
	meeting_json(j, stored);
}

fail page_conflict_json(struct call *c, const struct req *rq, struct res *rs, const struct meeting *stored)
{
	return res_conflict(c, rq, rs, put_meeting, stored, stored->rev);
}

void page_flaws(struct form *f, const struct flaws *found)
{
	for (size_t i = 0; i < found->n; i++)
		form_problem(f, found->v[i].field, found->v[i].text);
	(void)form_failed(f);
}

bool page_may_read_papers(struct call *c, int64_t unit_id)
{
	return call_may(c, MAY_SEE_MEMBERS, unit_id) || call_may(c, MAY_TAKE_PART, unit_id);
}
