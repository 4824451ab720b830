/* command_many.c — many cases at the command line: listed, appraised as voted, taken a step further, ranked under the cap. */
#include <string.h>

#include "year/cap.h"
#include "year/command_parts.h"

static fail to_stream(void *arg, const char *data, size_t size)
{
	return fwrite(data, 1, size, arg) == size ? FAIL_OK : FAIL_BROKEN;
}

/* ---------------------------------------------------------------- which */

struct many {
	struct case_target t;
	bool below, as_json, every_kind;
	unsigned state;
	struct year_cases list;
	struct cap_groups caps;
};

static fail list_cases(struct call *c, struct many *m)
{
	struct case_query q = { .kind = m->every_kind ? CASE_NO_KIND : m->t.kind, .year = m->t.year, .state = m->state };
	int64_t unit, member;

	TRY(target_unit(c, &m->t, &unit, &member));
	q.unit_id = unit;
	q.decided_by = m->below ? 0 : unit;
	return case_list(c, &q, &m->list);
}

static fail find_body(struct call *c, void *arg)
{
	return list_cases(c, arg);
}

/* ---------------------------------------------------------------- list */

static void case_out(struct json *j, const struct year_case *k, const struct year_sheet *s)
{
	char points[NUM_TEXT];

	json_object(j);
	case_json(j, k);
	tenths_format(s->revision ? s->points : TENTHS_NONE, points);
	json_put_str(j, "points", *points ? points : NULL);
	json_put_str(j, "result", s->revision && s->result ? case_results[s->result] : NULL);
	json_object_end(j);
}

static fail list_body(struct call *c, void *arg)
{
	struct many *m = arg;
	struct year_sheet s;
	struct out o;
	struct json j;

	TRY(list_cases(c, m));
	out_to(&o, to_stream, c->out);
	json_begin(&j, &o);
	if (m->as_json)
		json_array(&j);
	for (size_t i = 0; i < m->list.n; i++) {
		TRY(year_counting(c, &m->list.v[i], &s));
		if (m->as_json)
			case_out(&j, &m->list.v[i], &s);
		else
			print_case(c, &m->list.v[i], &s);
	}
	if (m->as_json) {
		json_array_end(&j);
		out_char(&o, '\n');
	}
	fail f = out_flush(&o);

	out_free(&o);
	return f;
}

fail cases_list(struct call *c, struct args *args)
{
	struct many m = { .as_json = args_flag(args, "--json"), .below = !args_flag(args, "--decided") };
	const char *state = args_option(args, "--state");
	bool any_kind = true;

	for (int i = 0; i < args->n; i++)
		any_kind = any_kind && strncmp(args->v[i], "--kind", 6) != 0;
	TRY(target_read(c, args, false, &m.t));
	m.every_kind = any_kind;
	TRY(args_end(c, args));
	if (state && word_index(case_states, state) <= 0)
		return problem(c, FAIL_INPUT, "--state", "there is no state “%s” of a case", state);
	m.state = state ? (unsigned)word_index(case_states, state) : CASE_NO_STATE;
	TRY(db_read(c, list_body, &m));
	if (!m.list.n && !m.as_json)
		fprintf(c->err, "%s\n", tr(c->lang, "No cases there in that year."));
	return FAIL_OK;
}

/* ---------------------------------------------------------------- appraise */

static const struct year_case *case_of(const struct year_cases *list, int64_t id)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].id == id)
			return &list->v[i];
	return &list->v[0];
}

/* What was done and what was left, with the reason of each. */
struct outcome {
	int64_t done;
	struct { const struct year_case *k; const char *why; } *left;
	size_t left_n;
};

static fail outcome_json(struct call *c, const struct outcome *r)
{
	struct out o;
	struct json j;

	out_to(&o, to_stream, c->out);
	json_begin(&j, &o);
	json_object(&j);
	json_put_int(&j, "done", r->done);
	json_key(&j, "left");
	json_array(&j);
	for (size_t i = 0; i < r->left_n; i++) {
		json_object(&j);
		json_put_str(&j, "unit_code", r->left[i].k->unit_code);
		json_put_str(&j, "member_code", r->left[i].k->member_id > 0 ? r->left[i].k->member_code : NULL);
		json_put_str(&j, "why", r->left[i].why);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	out_char(&o, '\n');
	fail f = out_flush(&o);

	out_free(&o);
	return f;
}

static void outcome_text(struct call *c, const struct outcome *r, const char *done_text)
{
	for (size_t i = 0; i < r->left_n; i++) {
		const struct year_case *k = r->left[i].k;

		fprintf(c->err, "%s%s%s: %s\n", k->unit_code, k->member_id > 0 ? " " : "", k->member_id > 0 ? k->member_code : "", r->left[i].why);
	}
	fprintf(c->out, done_text, (long long)r->done);
}

static fail tell(struct call *c, const struct many *m, const struct outcome *r, const char *done_text)
{
	if (m->as_json)
		TRY(outcome_json(c, r));
	else
		outcome_text(c, r, done_text);
	return r->left_n ? problem(c, FAIL_CONFLICT, "", "%lld cases were left as they were", (long long)r->left_n) : FAIL_OK;
}

static void leave(struct outcome *r, const struct year_case *k, const char *why)
{
	r->left[r->left_n].k = k;
	r->left[r->left_n++].why = why;
}

fail cases_appraise_all(struct call *c, struct args *args)
{
	struct many m = { .below = args_flag(args, "--below"), .as_json = args_flag(args, "--json"), .state = CASE_VOTED };
	struct outcome r = { 0 };
	struct cases_left left;

	TRY(target_read(c, args, false, &m.t));
	TRY(args_end(c, args));
	TRY(db_read(c, find_body, &m));
	int64_t *ids = ARENA_ARRAY(c->arena, m.list.n + 1, int64_t), *revs = ARENA_ARRAY(c->arena, m.list.n + 1, int64_t);

	for (size_t i = 0; i < m.list.n; i++) {
		ids[i] = m.list.v[i].id;
		revs[i] = m.list.v[i].rev;
	}
	TRY(year_appraise_many(c, ids, revs, m.list.n, &r.done, &left));
	r.left = arena_array(c->arena, left.n + 1, sizeof *r.left);
	for (size_t i = 0; i < left.n; i++)
		leave(&r, case_of(&m.list, left.v[i].id), left.v[i].why);
	return tell(c, &m, &r, tr(c->lang, "%lld cases appraised as voted\n"));
}

/* ---------------------------------------------------------------- a step of all */

struct stepping {
	struct year_case k;
	enum case_step step;
	const struct case_note *note;
	bool passed;
};

/* Recognition takes those that meet the standard, refusal the others. */
static fail step_body(struct call *c, void *arg)
{
	struct stepping *s = arg;
	struct year_sheet sheet;

	TRY(year_latest(c, &s->k, CASE_STAGE_APPRAISED, &sheet));
	s->passed = (s->step == CASE_STEP_RECOGNISE && sheet.result != RESULT_MET) || (s->step == CASE_STEP_REFUSE && sheet.result == RESULT_MET);
	return s->passed ? FAIL_OK : case_take_step(c, s->k.id, s->k.rev, s->step, s->note, &s->k, NULL);
}

static fail step_each(struct call *c, const struct many *m, enum case_step step, const struct case_note *note)
{
	struct outcome r = { .left = NULL };

	r.left = arena_array(c->arena, m->list.n + 1, sizeof *r.left);
	for (size_t i = 0; i < m->list.n; i++) {
		struct stepping s = { m->list.v[i], step, note, false };

		if (!case_find_row(s.k.kind, step, s.k.state))
			continue;
		fail f = db_write(c, step_body, &s);

		if (f == FAIL_BROKEN || f == FAIL_BUSY)
			return f;
		r.done += f == FAIL_OK && !s.passed;
		if (f != FAIL_OK)
			leave(&r, &m->list.v[i], c->problem.text);
		problem_clear(c);
	}
	return tell(c, m, &r, tr(c->lang, "%lld cases taken a step further\n"));
}

fail cases_step_all(struct call *c, struct args *args)
{
	struct many m = { .below = args_flag(args, "--below"), .as_json = args_flag(args, "--json") };
	struct case_note note = { .remark = args_option(args, "--reason"), .decision_no = args_option(args, "--decision-no") };
	const char *word;

	TRY(option_day(c, args, "--decided-on", &note.decided_on));
	TRY(target_read(c, args, false, &m.t));
	word = args_next(args);
	TRY(args_end(c, args));
	int i = word ? word_index(case_steps, word) : 0;

	if (i <= 0)
		return problem(c, FAIL_INPUT, "STEP", "there is no step “%s” of a case; see --help", word ? word : "");
	TRY(db_read(c, find_body, &m));
	return step_each(c, &m, (enum case_step)i, &note);
}

/* ---------------------------------------------------------------- caps */

static fail caps_body(struct call *c, void *arg)
{
	struct many *m = arg;
	int64_t unit, member;

	TRY(target_unit(c, &m->t, &unit, &member));
	return cap_groups_of(c, m->t.kind, m->t.year, unit, &m->caps);
}

static void entry_json(struct json *j, const struct cap_entry *e)
{
	char points[NUM_TEXT];

	json_object(j);
	json_put_str(j, "unit_code", e->kase.unit_code);
	json_put_str(j, "member_code", e->kase.member_id > 0 ? e->kase.member_code : NULL);
	tenths_format(e->sheet.revision ? e->sheet.points : TENTHS_NONE, points);
	json_put_str(j, "points", *points ? points : NULL);
	json_put_str(j, "level", e->sheet.revision ? case_results[e->sheet.result] : NULL);
	if (e->excellent)
		json_put_int(j, "rank", e->rank);
	json_put_bool(j, "over", e->over);
	json_object_end(j);
}

static void group_json(struct json *j, const struct cap_group *g)
{
	json_object(j);
	json_put_str(j, "group", g->name);
	json_put_int(j, "n", g->n);
	json_put_int(j, "base", g->base);
	json_put_int(j, "allowed", g->allowed);
	json_put_int(j, "excellent", g->excellent);
	json_put_int(j, "excess", g->excess);
	json_put_int(j, "base_needed", g->base_needed);
	json_key(j, "entries");
	json_array(j);
	for (size_t i = 0; i < g->entry_n; i++)
		entry_json(j, &g->entries[i]);
	json_array_end(j);
	json_object_end(j);
}

static fail caps_json(struct call *c, const struct cap_groups *caps)
{
	struct out o;
	struct json j;

	out_to(&o, to_stream, c->out);
	json_begin(&j, &o);
	json_array(&j);
	for (size_t i = 0; i < caps->n; i++)
		group_json(&j, &caps->v[i]);
	json_array_end(&j);
	out_char(&o, '\n');
	fail f = out_flush(&o);

	out_free(&o);
	return f;
}

static void group_text(struct call *c, const struct cap_group *g)
{
	fprintf(c->out, tr(c->lang, "%s: %lld Excellent, %lld allowed by a base of %lld; %lld too many\n"), g->name, (long long)g->excellent,
	        (long long)g->allowed, (long long)g->base, (long long)g->excess);
	for (size_t i = 0; i < g->entry_n && g->entries[i].excellent; i++)
		fprintf(c->out, "\t%lld%s\t%s\t%s\t%s\n", (long long)g->entries[i].rank, g->entries[i].over ? " !" : "",
		        show_tenths(c->arena, c->lang, g->entries[i].sheet.points), g->entries[i].kase.unit_code,
		        g->entries[i].kase.member_id > 0 ? g->entries[i].kase.member_name : g->entries[i].kase.unit_name);
}

fail cases_caps(struct call *c, struct args *args)
{
	struct many m = { .as_json = args_flag(args, "--json") };

	TRY(target_read(c, args, false, &m.t));
	TRY(args_end(c, args));
	TRY(db_read(c, caps_body, &m));
	if (m.as_json)
		return caps_json(c, &m.caps);
	for (size_t i = 0; i < m.caps.n; i++)
		group_text(c, &m.caps.v[i]);
	return FAIL_OK;
}
