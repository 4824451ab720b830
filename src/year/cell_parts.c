/* cell_parts.c — parts that several pages of the cell show: how far the points have come, a line with its reason, the stages, a vote. */
#include "score/pages.h"
#include "year/cell_shown.h"

/* ---------------------------------------------------------------- points */

static int32_t tenths_or(struct tenths p, int32_t otherwise)
{
	return tenths_is(p) ? p.t : otherwise;
}

static void bar_rect(struct out *o, const char *class, int32_t width)
{
	out_printf(o, "<rect class=\"%s\" width=\"%d.%d\" height=\"8\"/>", class, width / 10, width % 10);
}

void html_year_bar(struct out *o, const struct page *pg, const struct year_bar *b)
{
	int32_t has = tenths_or(b->secured, 0), may = tenths_or(b->reachable, has), limit = tenths_or(b->standard, 0);

	out_str(o, "<div class=\"ybar\"><svg viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
	bar_rect(o, "all", 1000);
	bar_rect(o, "may", may);
	bar_rect(o, "has", has);
	if (limit)
		out_printf(o, "<path class=\"lim\" d=\"M%d.%d 0v12\"/>", limit / 10, limit % 10);
	out_str(o, "</svg><p class=\"small\"><b>");
	html_tenths(o, pg, (struct tenths){ has });
	out_printf(o, "</b> %s · <b>", tr(pg->lang, "secured"));
	html_tenths(o, pg, (struct tenths){ may - has });
	out_printf(o, "</b> %s · <b>", tr(pg->lang, "still possible"));
	html_tenths(o, pg, (struct tenths){ 1000 - may });
	out_printf(o, "</b> %s</p></div>", tr(pg->lang, "lost"));
}

void html_year_line(struct out *o, const struct page *pg, const struct year_line *l)
{
	out_printf(o, "<li><span class=\"what\"><b>%s</b> ", l->id);
	html_text(o, pg, l->title);
	out_str(o, "</span><span class=\"n\">");
	html_tenths(o, pg, l->points);
	out_str(o, "</span><p class=\"why\">");
	html_text(o, pg, l->why);
	out_str(o, "</p></li>");
}

/* ---------------------------------------------------------------- stages */

static const struct year_sheet *latest(const struct year_sheets *all, unsigned stage)
{
	const struct year_sheet *last = NULL;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].stage == stage && (!last || all->v[i].revision > last->revision))
			last = &all->v[i];
	return last;
}

fail year_cards_of(struct call *c, const struct year_case *k, struct year_cards *out)
{
	struct year_sheets all;

	*out = (struct year_cards){ ARENA_ARRAY(c->arena, CASE_STAGES, struct year_card), 0 };
	TRY(year_sheets_of(c, k, &all));
	for (unsigned stage = CASE_STAGE_HALF_YEAR; stage < CASE_STAGES; stage++) {
		const struct year_sheet *s = latest(&all, stage);

		if (s)
			out->v[out->n++] = (struct year_card){ .title = case_stage_name(c->lang, k->kind, stage),
				                                   .by = show_moment(c->arena, c->lang, call_local(s->at_ms)),
				                                   .reason = s->reason ? s->reason : "",
				                                   .points = s->points,
				                                   .result = s->result };
	}
	return FAIL_OK;
}

void html_year_cards(struct out *o, const struct page *pg, const struct year_cards *cards)
{
	if (!cards->n)
		return;
	out_str(o, "<ul class=\"stages\">");
	for (size_t i = 0; i < cards->n; i++) {
		const struct year_card *k = &cards->v[i];

		out_printf(o, "<li><span>%s</span><span class=\"n\"><b>", k->title);
		html_tenths(o, pg, k->points);
		out_str(o, "</b></span>");
		html_year_result(o, pg, k->result);
		if (*k->reason) {
			out_str(o, "<span>");
			html_text(o, pg, k->reason);
			out_str(o, "</span>");
		}
		out_printf(o, "<span class=\"quiet\">%s</span></li>", k->by);
	}
	out_str(o, "</ul>");
}

/* ---------------------------------------------------------------- votes */

const char *year_vote_words(struct call *c, const struct year_vote *v)
{
	const char *counts = arena_printf(c->arena, tr(c->lang, "%1$s of %2$s in favour (%3$s)"), show_int(c->arena, c->lang, v->in_favour),
	                                  show_int(c->arena, c->lang, v->base), show_percent(c->arena, c->lang, v->in_favour, v->base));
	const char *rest = v->against > 0 || v->abstain > 0
	                       ? arena_printf(c->arena, tr(c->lang, ", %1$s against, %2$s abstained"), show_int(c->arena, c->lang, v->against),
	                                      show_int(c->arena, c->lang, v->abstain))
	                       : "";

	return arena_printf(c->arena, "%s: %s%s", show_date(c->arena, c->lang, v->on), counts, rest);
}

static bool usable(const struct meeting *m, int64_t unit_id, bool regular_only)
{
	return m->unit_id == unit_id && meeting_was_held(m->state) && m->kind != MEETING_COMMITTEE && (!regular_only || m->kind == MEETING_REGULAR);
}

static fail meeting_choice(struct call *c, const struct meeting *m, struct year_vote_fields *out)
{
	const char *name = page_meeting_title(c, m);
	int64_t base = INT_UNKNOWN;

	TRY(year_vote_base(c, m->unit_id, meeting_day(m), m->id, &base));
	if (base != INT_UNKNOWN)
		name = arena_printf(c->arena, tr(c->lang, "%1$s – %2$s with a vote"), name, show_int(c->arena, c->lang, base));
	out->meetings[out->meeting_n++] = (struct choice){ arena_printf(c->arena, "%lld", (long long)m->id), name, NULL };
	return FAIL_OK;
}

static fail base_words(struct call *c, int64_t unit_id, struct year_vote_fields *out)
{
	int64_t base = INT_UNKNOWN;

	TRY(year_vote_base(c, unit_id, c->today, 0, &base));
	if (base != INT_UNKNOWN)
		out->base = arena_printf(c->arena, tr(c->lang, "Today %1$s have a vote; more than half is %2$s."), show_int(c->arena, c->lang, base),
		                         show_int(c->arena, c->lang, base / 2 + 1));
	return FAIL_OK;
}

fail year_vote_fields_of(struct call *c, int64_t unit_id, struct period months, bool regular_only, struct year_vote_fields *out)
{
	struct meeting_list_query q = { .unit_id = unit_id, .period = months, .today = c->today, .before = MOMENT_NONE, .limit = 60 };
	struct meetings all;

	*out = (struct year_vote_fields){ 0 };
	TRY(meeting_list(c, &q, &all));
	out->meetings = ARENA_ARRAY(c->arena, all.n + 1, struct choice);
	for (size_t i = 0; i < all.n && out->meeting_n < 14; i++)
		if (usable(&all.v[i], unit_id, regular_only))
			TRY(meeting_choice(c, &all.v[i], out));
	if (!regular_only || !out->meeting_n)
		out->meetings[out->meeting_n++] = (struct choice){ "0", tr(c->lang, "A meeting that is not recorded here"), NULL };
	out->ask_day = !regular_only;
	return base_words(c, unit_id, out);
}

static fail vote_meeting(struct call *c, const struct req *rq, int64_t unit_id, struct year_vote *out)
{
	const char *text = year_page_typed(c, rq, "meeting_id");
	struct meeting m;

	out->meeting_id = 0;
	if (*text && !int_parse(text, &out->meeting_id))
		return problem(c, FAIL_INPUT, "meeting_id", "“%s” is not a whole number", text);
	if (!out->meeting_id)
		return year_page_day(c, rq, "on", c->today, &out->on);
	TRY(meeting_by_id(c, out->meeting_id, &m));
	if (m.unit_id != unit_id)
		return problem(c, FAIL_INPUT, "meeting_id", "this is a meeting of another unit");
	out->on = meeting_day(&m);
	return FAIL_OK;
}

fail year_vote_read(struct call *c, const struct req *rq, int64_t unit_id, struct year_vote *out)
{
	*out = (struct year_vote){ .base = INT_UNKNOWN, .remark = year_page_typed(c, rq, "remark"), .actor = "" };
	TRY(vote_meeting(c, rq, unit_id, out));
	TRY(year_page_people(c, rq, "base", &out->base));
	TRY(year_page_people(c, rq, "in_favour", &out->in_favour));
	TRY(year_page_people(c, rq, "against", &out->against));
	TRY(year_page_people(c, rq, "abstain", &out->abstain));
	if (out->in_favour == INT_UNKNOWN)
		return FAIL_OK;
	out->against = out->against == INT_UNKNOWN ? 0 : out->against;
	out->abstain = out->abstain == INT_UNKNOWN ? 0 : out->abstain;
	return out->base == INT_UNKNOWN ? year_vote_base(c, unit_id, out->on, out->meeting_id, &out->base) : FAIL_OK;
}

static void count_field(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label)
{
	out_printf(o, "<label><span>%s</span><input class=\"n\" id=\"f-%s\" name=\"%s\" inputmode=\"numeric\" autocomplete=\"off\" value=\"", label, name, name);
	html_text(o, pg, form_value(f, name));
	out_str(o, "\"></label>");
}

void html_year_vote_head(struct out *o, const struct page *pg, const struct form *f, const struct year_vote_fields *v)
{
	html_select(o, pg, f, "meeting_id", tr(pg->lang, "At which meeting"), v->meetings, v->meeting_n);
	if (v->ask_day)
		html_input(o, pg, f, "on", tr(pg->lang, "Day, where the meeting is not recorded here"), "date");
	out_str(o, "<p class=\"hint\">");
	html_text(o, pg, v->base ? v->base : tr(pg->lang, "The roll of the cell is not recorded: write how many have a vote."));
	out_str(o, "</p>");
	if (v->base)
		return;
	out_str(o, "<div class=\"counts\">");
	count_field(o, pg, f, "base", tr(pg->lang, "With a vote"));
	out_str(o, "</div>");
}

void html_year_vote_fields(struct out *o, const struct page *pg, const struct form *f, const struct year_vote_fields *v)
{
	static const char *const counted[] = { "vote", "base", "in_favour", "against", "abstain" };

	html_year_vote_head(o, pg, f, v);
	out_str(o, "<div class=\"field\">");
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
		const char *wrong = form_problem_at(f, counted[i]);

		if (wrong) {
			out_str(o, "<p class=\"problem\">");
			html_text(o, pg, wrong);
			out_str(o, "</p>");
		}
	}
	out_str(o, "<div class=\"counts\">");
	count_field(o, pg, f, "in_favour", tr(pg->lang, "In favour"));
	count_field(o, pg, f, "against", tr(pg->lang, "Against"));
	count_field(o, pg, f, "abstain", tr(pg->lang, "Abstained"));
	out_str(o, "</div></div>");
}
