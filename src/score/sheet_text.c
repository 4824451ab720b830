/* sheet_text.c — a whole meeting: gathered, as JSON, as lines for a terminal. */
#include "score/sheet_text.h"

#include <string.h>

#include "base/text.h"

const char *stage_title(enum lang lang, enum score_stage s)
{
	static const char *const titles[] = { "", N_("the cell's own score"), N_("confirmed by the guest"), N_("voted by the cell"),
		                                  N_("decided by the committee above") };

	return *titles[s] ? tr(lang, titles[s]) : "";
}

/* ---------------------------------------------------------------- gathering */

static fail add_scores(struct call *c, struct meeting_whole *w)
{
	const struct meeting *m = &w->meeting;
	struct score_sheet last;
	struct judged judged = JUDGED_NONE;
	const struct scheme *scheme;
	fail f = scheme_of_meeting(c, m, &scheme);

	if (f == FAIL_NOT_FOUND) {
		w->no_scheme = c->problem.text;
		problem_clear(c);
		return FAIL_OK;
	}
	TRY(f);
	TRY(score_latest(c, m, STAGE_SELF, &last));
	if (last.revision)
		TRY(score_judged(c, &last, &judged));
	f = score_draft(c, m, judged, &w->draft);
	if (f == FAIL_INPUT) { /* points of a sheet under another rule fit no more */
		problem_clear(c);
		f = score_draft(c, m, JUDGED_NONE, &w->draft);
	}
	TRY(f);
	score_missing(c, &w->draft, &w->missing);
	TRY(score_view(c, m, STAGE_SELF, &w->draft.gathered, &w->self));
	TRY(score_view(c, m, STAGE_VOTED, &w->draft.gathered, &w->voted));
	TRY(score_view(c, m, STAGE_GUEST, &w->draft.gathered, &w->guest));
	return score_view(c, m, STAGE_DECIDED, &w->draft.gathered, &w->decided);
}

/* What settling has done to the class is told where everybody looks, until the committee has decided. */
static void tell_settled(struct call *c, struct meeting_whole *w)
{
	const struct score_view *own = w->voted.sheet.revision ? &w->voted : &w->self;

	if (own->settled && own->before.class != own->sheet.class && !w->decided.sheet.revision)
		flaw_add(c, &w->questions, "class", "the class is now %s instead of %s: %s", grade_title((enum grade)own->sheet.class, c->lang),
		         grade_title((enum grade)own->before.class, c->lang), own->sheet.reason);
}

fail meeting_whole(struct call *c, const struct meeting *m, struct meeting_whole *out)
{
	struct flaws ignored = { 0 };

	*out = (struct meeting_whole){ .meeting = *m, .scored_kind = meeting_is_scored_kind(m) };
	TRY(org_members_on(c, m->unit_id, meeting_day(m), &out->roll));
	TRY(attendance_of(c, m, &out->rows));
	out->tally = attendance_tally(c, &out->roll, &out->rows, &ignored);
	out->voting = attendance_voting(&out->roll, &out->rows);
	TRY(meeting_questions(c, m, &out->voting, &out->questions));
	TRY(tasks_of_meeting(c, m, &out->tasks));
	if (out->scored_kind)
		TRY(add_scores(c, out));
	tell_settled(c, out);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- JSON */

static void flaws_json(struct json *j, const char *key, const struct flaws *f)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < f->n; i++) {
		json_object(j);
		json_put_str(j, "field", f->v[i].field);
		json_put_str(j, "text", f->v[i].text);
		json_object_end(j);
	}
	json_array_end(j);
}

static void voting_json(struct json *j, const struct voting *v)
{
	json_key(j, "voting");
	if (!v->known) {
		json_null(j);
		return;
	}
	json_object(j);
	json_put_int(j, "official", v->official);
	json_put_int(j, "away_absent", v->away_absent);
	json_put_int(j, "exempt_absent", v->exempt_absent);
	json_put_int(j, "base", v->base);
	json_put_int(j, "for_resolution", v->for_resolution);
	json_put_int(j, "for_two_thirds", v->for_two_thirds);
	json_object_end(j);
}

void gathered_json(struct json *j, const struct gathered *g)
{
	static const char *const origins[] = { "",     "rule",        "meeting",  "roll_call", "tasks", "posts", "answer",
		                                   "agenda", "pre_meeting", "sendings", "papers",    "votes", "minutes", "plan" };

	json_key(j, "facts");
	json_object(j);
	for (int f = 0; f < FACT_COUNT; f++) {
		if (!facts_know(&g->facts, (enum fact)f))
			continue;
		json_key(j, rule_facts[f].name);
		if (rule_facts[f].type == FACT_TYPE_YESNO)
			json_bool(j, g->facts.v[f]);
		else
			json_int(j, g->facts.v[f]);
	}
	json_object_end(j);
	json_key(j, "fact_origins");
	json_object(j);
	for (int f = 0; f < FACT_COUNT; f++)
		if (facts_know(&g->facts, (enum fact)f))
			json_put_str(j, rule_facts[f].name, origins[g->origin[f]]);
	json_object_end(j);
}

static void people_json(struct json *j, const struct call *c, const struct meeting_whole *w)
{
	json_key(j, "attendance");
	json_array(j);
	for (size_t i = 0; i < w->rows.n; i++) {
		json_object(j);
		record_json(j, &attendance_record, &w->rows.v[i]);
		json_put_str(j, "full_name", w->rows.v[i].full_name);
		json_object_end(j);
	}
	json_array_end(j);
	json_key(j, "tasks");
	json_array(j);
	for (size_t i = 0; i < w->tasks.n; i++) {
		json_object(j);
		task_json(j, &w->tasks.v[i], c->today);
		json_object_end(j);
	}
	json_array_end(j);
}

static void scores_json(struct json *j, const struct meeting_whole *w)
{
	const struct score_view *views[] = { &w->self, &w->voted, &w->guest, &w->decided };

	json_key(j, "sheets");
	json_array(j);
	for (size_t i = 0; i < 4; i++)
		if (views[i]->sheet.revision)
			score_view_json(j, views[i]);
	json_array_end(j);
	if (!w->draft.scheme)
		return;
	gathered_json(j, &w->draft.gathered);
	flaws_json(j, "missing", &w->missing);
	json_key(j, "draft");
	char day[DATE_TEXT];

	date_format(meeting_day(&w->meeting), day);
	scored_sheet_json(j, &w->draft.sheet, day);
}

void whole_json(struct json *j, const struct call *c, const struct meeting_whole *w, bool people)
{
	json_object(j);
	meeting_json(j, &w->meeting);
	json_put_int(j, "roll_call_rows", (int64_t)w->rows.n);
	json_put_bool(j, "roll_call_complete", w->tally.complete);
	voting_json(j, &w->voting);
	flaws_json(j, "questions", &w->questions);
	if (people)
		people_json(j, c, w);
	if (w->scored_kind)
		scores_json(j, w);
	json_object_end(j);
}

void whole_json_print(struct call *c, const struct meeting_whole *w)
{
	struct out o;
	struct json j;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	whole_json(&j, c, w, true);
	fprintf(c->out, "%s\n", out_text(&o));
}

/* ---------------------------------------------------------------- terminal */

static void print_fields(struct call *c, const struct meeting *m)
{
	for (const struct field *f = meeting_record.fields; f->name; f++) {
		const char *text = f->flags & INTERNAL ? "" : field_text(c->arena, f, m);

		if (*text)
			fprintf(c->out, "%s: %s\n", tr(c->lang, f->label), field_show(c->arena, c->lang, f, m));
	}
}

static void print_sheet(struct call *c, const struct scored_sheet *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct scored_line *l = &s->lines[i];

		fprintf(c->out, "  %-6s %5s / %-5s %s. %s%s%s\n", l->id, tenths_is(l->points) ? show_tenths(c->arena, c->lang, l->points) : "–",
		        tenths_is(l->max) ? show_tenths(c->arena, c->lang, l->max) : "–", l->title, l->why, *l->to_full ? " → " : "", l->to_full);
	}
}

static void print_stage(struct call *c, const struct score_view *v)
{
	if (!v->sheet.revision)
		return;
	fprintf(c->out, "\n%s: %s, %s", stage_title(c->lang, (enum score_stage)v->sheet.stage), show_tenths(c->arena, c->lang, v->sheet.points),
	        grade_title((enum grade)v->sheet.class, c->lang));
	if (*v->sheet.scheme)
		fprintf(c->out, " (%s)", v->sheet.scheme);
	if (*v->sheet.reason)
		fprintf(c->out, ". %s", v->sheet.reason);
	fputc('\n', c->out);
	for (int f = 0; f < FACT_COUNT; f++)
		if (v->changed & FACT_BIT(f))
			fprintf(c->out, "  %s: %s\n", tr(c->lang, "changed since"), rule_facts[f].label[c->lang]);
	if (v->has_lines)
		print_sheet(c, &v->lines);
}

static void print_flaws(struct call *c, const char *title, const struct flaws *f)
{
	if (f->n)
		fprintf(c->out, "\n%s\n", title);
	for (size_t i = 0; i < f->n; i++)
		fprintf(c->out, "  - %s\n", f->v[i].text);
}

void whole_text_print(struct call *c, const struct meeting_whole *w)
{
	print_fields(c, &w->meeting);
	if (w->voting.known)
		fprintf(c->out, tr(c->lang, "Votes: base %lld; a resolution needs %lld, two thirds are %lld\n"), (long long)w->voting.base,
		        (long long)w->voting.for_resolution, (long long)w->voting.for_two_thirds);
	for (size_t i = 0; i < w->tasks.n; i++)
		fprintf(c->out, "%s: %s\n", w->tasks.v[i].code, w->tasks.v[i].title);
	print_flaws(c, tr(c->lang, "Questions"), &w->questions);
	if (w->no_scheme)
		fprintf(c->out, "\n%s\n", w->no_scheme);
	print_stage(c, &w->self);
	print_stage(c, &w->voted);
	print_stage(c, &w->guest);
	print_stage(c, &w->decided);
	if (w->draft.scheme && !w->self.sheet.revision && !w->decided.sheet.revision) {
		fprintf(c->out, "\n%s (%s)\n", tr(c->lang, "The sheet as far as it is known"), w->draft.scheme->id);
		print_sheet(c, &w->draft.sheet);
		print_flaws(c, tr(c->lang, "Still missing"), &w->missing);
	}
}
