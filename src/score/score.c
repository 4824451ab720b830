/* score.c — drafts and kept sheets. Which facts there are is gather.c; how they become points is rules/sheet.h; who makes which sheet is stage.c. */
#include "score/score.h"

#include <string.h>

#include "db/batch.h"
#include "db/journal.h"
#include "score/keep.h"
#include "score/settle.h"
#include "score_sql.h"

static const struct field fields[] = {
	COL(struct score_sheet, realm),
	COL(struct score_sheet, meeting_id),
	FIELD(struct score_sheet, stage, N_("Stage"), 0, .words = score_stage_words),
	FIELD(struct score_sheet, revision, N_("Revision"), 0),
	FIELD(struct score_sheet, scheme, N_("Rule"), 0),
	FIELD(struct score_sheet, points, N_("Points"), 0),
	FIELD(struct score_sheet, class, N_("Class"), 0, .words = grade_words),
	COL(struct score_sheet, facts),
	FIELD(struct score_sheet, reason, N_("Reason"), 0, .max = 1000),
	FIELD(struct score_sheet, actor, N_("By"), 0),
	COL(struct score_sheet, at_ms),
	COL(struct score_sheet, followed_by),
	FIELD_END,
};
const struct record score_sheet_record = { "score_sheet", sizeof(struct score_sheet), fields };

/* ---------------------------------------------------------------- reading */

fail score_latest(struct call *c, const struct meeting *m, enum score_stage stage, struct score_sheet *out)
{
	fail f = db_one(c, &Q_sheet_latest, ARGS(V(m->realm), V(m->id), V(score_stage_words[stage])), &score_sheet_record, out);

	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&score_sheet_record, out);
	out->revision = 0;
	return FAIL_OK;
}

fail score_judged(struct call *c, const struct score_sheet *s, struct judged *out)
{
	struct snapshot kept;

	TRY(snapshot_read(c, s->facts, &kept));
	*out = kept.judged;
	return FAIL_OK;
}

static uint64_t differing(const struct facts *x, const struct facts *y, uint64_t mask)
{
	uint64_t bits = 0;

	for (int f = 0; f < FACT_COUNT; f++) {
		bool known = facts_know(x, (enum fact)f);

		if (known != facts_know(y, (enum fact)f) || (known && x->v[f] != y->v[f]))
			bits |= FACT_BIT(f);
	}
	return bits & mask;
}

/* The version that was valid on the day of the meeting. */
const struct scheme *scheme_of_sheet(const struct call *c, const struct meeting *m, const struct score_sheet *s)
{
	return c->rules && *s->scheme ? rules_scheme_by_id(c->rules, s->scheme, meeting_day(m)) : NULL;
}

/* ---------------------------------------------------------------- what the value alone does not say */

static void explain_line(struct call *c, const struct waiting *w, const struct gathered *g, struct scored_line *l)
{
	uint64_t facts = l->line ? scheme_line_facts(l->line) : 0;
	bool lost = l->state == LINE_SCORED && l->points.t < l->max.t;
	const char *said = "";

	for (int f = 0; f < FACT_COUNT; f++) {
		const char *text = facts & FACT_BIT(f) ? waiting_text(c, w, (enum fact)f) : NULL;

		if (text && f == FACT_upload_minutes_after_end)
			l->why = text;
		else if (text && strcmp(text, said) != 0)
			l->why = arena_printf(c->arena, "%s. %s", l->why, text);
		said = text ? text : said;
		if (g && lost && facts & FACT_BIT(f) && g->note[f] && g->origin[f] != FROM_VOTE)
			l->why = arena_printf(c->arena, "%s. %s", l->why, g->note[f]);
	}
}

void sheet_explain(struct call *c, const struct waiting *w, const struct gathered *g, struct scored_sheet *sheet)
{
	for (size_t i = 0; i < sheet->n; i++)
		if (sheet->lines[i].state == LINE_SCORED)
			explain_line(c, w, g, &sheet->lines[i]);
}

/* ---------------------------------------------------------------- a kept sheet */

/* A sheet that no longer can be computed in this way (the rule was changed) is shown by its kept total. */
static fail lay_open(struct call *c, const struct meeting *m, const struct gathered *now, struct score_view *v)
{
	const struct scheme *s = scheme_of_sheet(c, m, &v->sheet), *today;
	struct snapshot kept;

	TRY(snapshot_read(c, v->sheet.facts, &kept));
	v->judged = kept.judged;
	v->waiting = kept.waiting;
	if (!s)
		return FAIL_OK;
	v->has_lines = scheme_apply(c->arena, s, &kept.facts, v->judged, c->lang, &v->lines) == FAIL_OK && v->lines.complete;
	sheet_explain(c, &kept.waiting, NULL, &v->lines);
	v->changed = differing(&kept.facts, &now->facts, scheme_facts(s));
	v->other_rule = !v->has_lines || v->lines.total.t != v->sheet.points.t;
	if (scheme_of_meeting(c, m, &today) == FAIL_OK)
		v->other_rule |= today != s;
	else
		problem_clear(c);
	return FAIL_OK;
}

fail score_before_settling(struct call *c, const struct score_sheet *s, struct score_sheet *out)
{
	fail f = FAIL_NOT_FOUND;

	if (strcmp(s->actor, SETTLED_BY) == 0)
		f = db_one(c, &Q_sheet_by_people, ARGS(V(s->realm), V(s->meeting_id), V(score_stage_words[s->stage]), V(SETTLED_BY)), &score_sheet_record, out);
	if (f != FAIL_NOT_FOUND)
		return f;
	record_clear(&score_sheet_record, out);
	out->revision = 0;
	return FAIL_OK;
}

fail score_view(struct call *c, const struct meeting *m, enum score_stage stage, const struct gathered *now, struct score_view *out)
{
	*out = (struct score_view){ .waiting = WAITING_NONE };
	TRY(score_latest(c, m, stage, &out->sheet));
	if (!out->sheet.revision)
		return FAIL_OK;
	TRY(score_before_settling(c, &out->sheet, &out->before));
	out->settled = out->before.revision > 0;
	return lay_open(c, m, now, out);
}

fail score_queue(struct call *c, int64_t unit_id, month_no since, struct moment after, int64_t after_id, int64_t limit, struct meetings *out)
{
	char start[MOMENT_TEXT] = "";

	if (moment_is(after))
		moment_format(after, start);
	return db_all(c, &Q_queue_page,
	              ARGS(V(unit_id), V(c->today), V((const char *)start), V(moment_is(after) ? after_id : (int64_t)0), V(limit), V(since)),
	              &meeting_record, &out->v, &out->n);
}

/* ---------------------------------------------------------------- drafts */

fail score_draft(struct call *c, const struct meeting *m, struct judged judged, struct score_draft *out)
{
	*out = (struct score_draft){ 0 };
	TRY(scheme_of_meeting(c, m, &out->scheme));
	TRY(facts_gather(c, out->scheme, m, &out->gathered));
	fail f = scheme_apply(c->arena, out->scheme, &out->gathered.facts, judged, c->lang, &out->sheet);

	if (f == FAIL_INPUT)
		return problem(c, f, arena_printf(c->arena, "judged.%s", out->sheet.refused_id), "%s", out->sheet.refused);
	if (f == FAIL_OK)
		sheet_explain(c, &out->gathered.waiting, &out->gathered, &out->sheet);
	return f;
}

static void add_missing_fact(struct call *c, const struct scored_sheet *s, int fact, struct flaws *out)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->lines[i].state == LINE_MISSING && s->lines[i].missing & FACT_BIT(fact)) {
			flaw_add(c, out, rule_facts[fact].name, "%s cannot be scored: “%s” (%s) is not known; record it first", s->lines[i].id,
			            rule_facts[fact].label[c->lang], rule_facts[fact].name);
			return;
		}
}

void score_missing(struct call *c, const struct score_draft *d, struct flaws *out)
{
	for (int f = 0; f < FACT_COUNT; f++)
		if (d->sheet.missing & FACT_BIT(f))
			add_missing_fact(c, &d->sheet, f, out);
	for (size_t i = 0; i < d->sheet.n; i++) {
		const struct scored_line *l = &d->sheet.lines[i];

		if (l->state == LINE_UNJUDGED)
			flaw_add(c, out, arena_printf(c->arena, "judged.%s", l->id), "%s waits for your points, from 0 to %s", l->id,
			         tenths_is(l->max) ? show_tenths(c->arena, c->lang, l->max) : "…");
		else if (l->state == LINE_UNDEFINED)
			flaw_add(c, out, l->id, "%s cannot be scored: %s", l->id, l->why);
	}
}

/* ---------------------------------------------------------------- keeping a sheet */

static const char *as_json(struct call *c, const struct score_sheet *s)
{
	struct out o;
	struct json j;

	if (!s->revision)
		return NULL;
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	record_json(&j, &score_sheet_record, s);
	json_put_str(&j, "facts", s->facts);
	json_object_end(&j);
	return out_text(&o);
}

bool score_same(const struct score_sheet *x, const struct score_sheet *y)
{
	return strcmp(x->scheme, y->scheme) == 0 && x->points.t == y->points.t && x->class == y->class && strcmp(x->facts, y->facts) == 0 &&
	       strcmp(x->reason, y->reason) == 0;
}

static fail insert(struct call *c, const struct score_sheet *s)
{
	return db_exec(c, &Q_sheet_insert,
	               ARGS(V(s->realm), V(s->meeting_id), V(score_stage_words[s->stage]), V(s->revision), V(s->scheme), V(s->points),
	                    V(grade_words[s->class]), V(s->facts), V(s->reason), V(s->actor), V(s->at_ms),
	                    V(s->followed_by > 0 ? s->followed_by : INT_UNKNOWN)),
	               NULL);
}

static fail insert_lines(struct call *c, const struct score_sheet *s, const struct scored_sheet *lines)
{
	struct db_batch *b = db_batch_new(c->arena, &Q_line_insert, &Q_line_insert_rows);

	for (size_t i = 0; i < lines->n; i++) {
		const struct scored_line *l = &lines->lines[i];

		TRY(db_batch_add(c, b, ARGS(V(s->realm), V(s->meeting_id), V(score_stage_words[s->stage]), V(s->revision), V(l->id), V(l->points), V(l->max),
		                            V(line_source_words[l->source]))));
	}
	return db_batch_flush(c, b);
}

static fail remember_deadline(struct call *c, const struct meeting *m, const struct score_sheet *s)
{
	struct snapshot kept;

	TRY(snapshot_read(c, s->facts, &kept));
	if (s->stage == STAGE_DECIDED || !kept.waiting.not_due || !moment_is(kept.waiting.due))
		return FAIL_OK;
	return db_exec(c, &Q_wait_put, ARGS(V(m->realm), V(m->id), V(kept.waiting.due)), NULL);
}

fail score_keep(struct call *c, struct meeting *m, const char *action, const struct score_sheet *last, struct score_sheet *s,
                const struct scored_sheet *lines)
{
	s->realm = m->realm;
	s->meeting_id = m->id;
	s->revision = last->revision + 1;
	s->actor = c->who.name;
	s->at_ms = c->now_ms;
	TRY(insert(c, s));
	if (lines)
		TRY(insert_lines(c, s, lines));
	TRY(remember_deadline(c, m, s));
	TRY(journal_add(c, m->realm, m->unit_id, action, "score_sheet", m->id, as_json(c, last), as_json(c, s)));
	TRY(meeting_touched(c, m));
	return meeting_by_id(c, m->id, m);
}

/* ---------------------------------------------------------------- totals */

fail score_put_total(struct call *c, const struct meeting *m, enum score_stage stage, struct tenths points, bool may_exist, struct tenths *was,
                     bool *kept)
{
	struct score_sheet last = { .scheme = "", .facts = "", .reason = "" }, s;
	const struct scheme *scheme;
	char own[NUM_TEXT];

	*kept = false;
	if (may_exist)
		TRY(score_latest(c, m, stage, &last));
	*was = last.revision ? last.points : TENTHS_NONE;
	if (last.revision && last.points.t == points.t)
		return FAIL_OK;
	if (last.revision && *last.scheme) {
		tenths_format(last.points, own);
		return problem(c, FAIL_CONFLICT, stage == STAGE_SELF ? "self_points" : "decided_points",
		               "this meeting has a computed sheet with %s points; correct its facts instead of the total, or leave the total empty", own);
	}
	TRY(scheme_of_meeting(c, m, &scheme));
	s = (struct score_sheet){ m->realm, m->id, stage, last.revision + 1, "", points, grade_of(&scheme->grades, points), "", "", c->who.name,
		                      c->now_ms, 0 };
	*kept = true;
	return insert(c, &s);
}

/* ---------------------------------------------------------------- as data */

static void at_text(int64_t ms, char out[MOMENT_TEXT])
{
	moment_format((struct moment){ ms / 60000 + 7 * 60 }, out);
}

void score_view_json(struct json *j, const struct score_view *v)
{
	char text[NUM_TEXT], at[MOMENT_TEXT];

	json_object(j);
	json_put_str(j, "stage", score_stage_words[v->sheet.stage]);
	json_put_int(j, "revision", v->sheet.revision);
	json_put_str(j, "scheme", *v->sheet.scheme ? v->sheet.scheme : NULL);
	tenths_format(v->sheet.points, text);
	json_put_str(j, "total", text);
	json_put_str(j, "class", grade_words[v->sheet.class]);
	json_put_str(j, "reason", v->sheet.reason);
	json_put_str(j, "by", v->sheet.actor);
	at_text(v->sheet.at_ms, at);
	json_put_str(j, "at", at);
	if (v->settled) {
		json_put_bool(j, "settled", true);
		tenths_format(v->before.points, text);
		json_put_str(j, "total_before", text);
		json_put_str(j, "class_before", grade_words[v->before.class]);
	}
	json_key(j, "not_due");
	json_array(j);
	for (int f = 0; f < FACT_COUNT; f++)
		if (v->waiting.not_due & FACT_BIT(f))
			json_str(j, rule_facts[f].name);
	json_array_end(j);
	json_key(j, "out_of_date");
	json_array(j);
	for (int f = 0; f < FACT_COUNT; f++)
		if (v->changed & FACT_BIT(f))
			json_str(j, rule_facts[f].name);
	json_array_end(j);
	json_put_bool(j, "other_rule", v->other_rule);
	if (v->has_lines) {
		json_key(j, "sheet");
		scored_sheet_json(j, &v->lines, "");
	}
	json_object_end(j);
}
