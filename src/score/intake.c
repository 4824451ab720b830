/* intake.c — one meeting with everything that belongs to it, read from JSON and stored together. */
#include <jansson.h> /* before base/json.h, which says why */
#include <string.h>

#include "meeting/recorded.h"
#include "score/intake.h"

void intake_begin(struct intake *in)
{
	*in = (struct intake){ .rev = ANY_REV };
	record_clear(&meeting_record, &in->meeting);
}

fail intake_give(struct call *c, struct intake *in, const char *name, const char *text)
{
	for (const struct field *f = meeting_record.fields; f->name; f++)
		if (strcmp(f->name, name) == 0 && !(f->flags & INTERNAL)) {
			in->given |= UINT64_C(1) << (f - meeting_record.fields);
			return field_parse(c, f, text, &in->meeting);
		}
	return problem(c, FAIL_INPUT, name, "“%s” is not something a meeting has", name);
}

/* ---------------------------------------------------------------- reading */

/* A plain JSON value as the text of a field; NULL for an object or list. */
static const char *as_text(struct call *c, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING: return json_string_value(value);
	case JSON_INTEGER: return arena_printf(c->arena, "%lld", (long long)json_integer_value(value));
	case JSON_REAL: return arena_printf(c->arena, "%.6g", json_real_value(value));
	case JSON_TRUE: return "1";
	case JSON_FALSE: return "0";
	case JSON_NULL: return "";
	default: return NULL;
	}
}

static fail wrong(struct call *c, const char *name, const char *expected)
{
	return problem(c, FAIL_INPUT, name, "“%s” does not fit; expected %s", name, tr(c->lang, expected));
}

/* Fields of a record from an object; `at` goes before names in problems. */
static fail read_record(struct call *c, const json_t *object, const struct record *r, void *row, const char *at)
{
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return wrong(c, at, N_("an object with names and values"));
	json_object_foreach((json_t *)object, name, value)
	{
		const struct field *f = record_field(r, name);
		const char *text = as_text(c, value), *place = arena_printf(c->arena, "%s.%s", at, name);

		if (!f || f->flags & INTERNAL || !text)
			return problem(c, FAIL_INPUT, place, "“%s” is not known here", name);
		fail result = field_parse(c, f, text, row);

		if (result != FAIL_OK) {
			c->problem.field = place;
			return result;
		}
	}
	return FAIL_OK;
}

static fail read_attendance(struct call *c, const json_t *list, struct intake *in)
{
	size_t n = json_array_size(list);

	if (!json_is_array(list) || n > 10000)
		return wrong(c, "attendance", N_("a list of rows, one for each person"));
	in->has_attendance = true;
	in->attendance = (struct attendances){ ARENA_ARRAY(c->arena, n, struct attendance), n };
	for (size_t i = 0; i < n; i++) {
		struct attendance *a = &in->attendance.v[i];
		const char *at = arena_printf(c->arena, "attendance.%zu", i);

		record_clear(&attendance_record, a);
		TRY(read_record(c, json_array_get(list, i), &attendance_record, a, at));
		if (!*a->member_code || !a->status)
			return wrong(c, at, N_("member_code and status"));
	}
	return FAIL_OK;
}

static fail read_tasks(struct call *c, const json_t *list, struct intake *in)
{
	size_t n = json_array_size(list);

	if (!json_is_array(list) || n > 10000)
		return wrong(c, "tasks", N_("a list of tasks"));
	in->tasks = (struct tasks){ ARENA_ARRAY(c->arena, n, struct task), n };
	for (size_t i = 0; i < n; i++) {
		record_clear(&task_record, &in->tasks.v[i]);
		TRY(read_record(c, json_array_get(list, i), &task_record, &in->tasks.v[i], arena_printf(c->arena, "tasks.%zu", i)));
	}
	return FAIL_OK;
}

static fail read_facts(struct call *c, const json_t *object, struct intake *in)
{
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return wrong(c, "facts", N_("an object with names and values"));
	json_object_foreach((json_t *)object, name, value)
	{
		int f = fact_by_name(name);
		bool yesno = f >= 0 && rule_facts[f].type == FACT_TYPE_YESNO;

		if (f < 0)
			return problem(c, FAIL_INPUT, name, "there is no fact “%s”; see chibo rules facts", name);
		in->fact_mask |= FACT_BIT(f);
		if (json_is_null(value))
			continue;
		if (yesno ? !json_is_boolean(value) : !json_is_integer(value))
			return wrong(c, name, yesno ? N_("true or false") : N_("a whole number"));
		if (!facts_set(&in->facts, (enum fact)f, yesno ? json_is_true(value) : json_integer_value(value)))
			return wrong(c, name, N_("a whole number that is not too large"));
	}
	return FAIL_OK;
}

static fail read_judged(struct call *c, const json_t *object, struct intake *in)
{
	struct judged_line *v = ARENA_ARRAY(c->arena, json_object_size(object), struct judged_line);
	const char *name;
	json_t *value;
	size_t n = 0;

	if (!json_is_object(object))
		return wrong(c, "judged", N_("an object with names and values"));
	json_object_foreach((json_t *)object, name, value)
	{
		const char *text = as_text(c, value);

		if (!text || !tenths_parse(text, &v[n].points))
			return wrong(c, arena_printf(c->arena, "judged.%s", name), N_("points with at most one decimal, such as 4.5"));
		v[n++].id = arena_strdup(c->arena, name);
	}
	in->judged = (struct judged){ v, n };
	in->score = true;
	return FAIL_OK;
}

static fail read_member(struct call *c, const char *name, const json_t *value, struct intake *in)
{
	if (strcmp(name, "attendance") == 0)
		return read_attendance(c, value, in);
	if (strcmp(name, "tasks") == 0)
		return read_tasks(c, value, in);
	if (strcmp(name, "facts") == 0)
		return read_facts(c, value, in);
	if (strcmp(name, "judged") == 0)
		return read_judged(c, value, in);
	if (strcmp(name, "rev") == 0) {
		in->rev = json_integer_value(value);
		return FAIL_OK;
	}
	const char *text = as_text(c, value);

	if (strcmp(name, "self_points") == 0 || strcmp(name, "decided_points") == 0)
		return problem(c, FAIL_INPUT, name, "a total is not typed: give the facts and the judged points, the program adds them up");
	return text ? intake_give(c, in, name, text) : problem(c, FAIL_INPUT, name, "“%s” is not known here", name);
}

fail intake_read(struct call *c, const struct json_t *root, struct intake *in)
{
	const char *name;
	json_t *value;

	intake_begin(in);
	if (!json_is_object(root))
		return wrong(c, "", N_("an object with names and values"));
	json_object_foreach((json_t *)root, name, value)
		TRY(read_member(c, name, value, in));
	return FAIL_OK;
}

static void drop_json(void *arg)
{
	json_decref(arg);
}

fail intake_parse(struct call *c, const char *path, const char *text, size_t size, struct intake *in)
{
	json_error_t error;
	json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);

	if (!root)
		return problem(c, FAIL_INPUT, path, "%s:%d:%d: this is not JSON: %s", path, error.line, error.column, error.text);
	arena_defer(c->arena, drop_json, root);
	return intake_read(c, root, in);
}

/* ---------------------------------------------------------------- storing */

struct store {
	const struct intake *in;
	struct intake_result *out;
};

/* The given fields over the stored ones. */
static void overlay(struct call *c, const struct intake *in, struct meeting *m)
{
	struct meeting wanted = in->meeting;

	for (size_t i = 0; meeting_record.fields[i].name; i++) {
		const struct field *f = &meeting_record.fields[i];

		if (in->given >> i & 1)
			(void)!field_parse(c, f, field_text(c->arena, f, &wanted), m);
	}
}

static fail store_meeting(struct call *c, const struct intake *in, struct intake_result *out)
{
	struct meeting stored;
	fail f = *in->meeting.code ? meeting_by_code(c, in->meeting.code, &stored) : FAIL_NOT_FOUND;

	if (f != FAIL_OK && f != FAIL_NOT_FOUND)
		return f;
	out->created = f == FAIL_NOT_FOUND;
	if (out->created) {
		problem_clear(c);
		out->meeting = in->meeting;
		return meeting_create(c, &out->meeting);
	}
	if ((*in->meeting.unit_code && strcmp(in->meeting.unit_code, stored.unit_code) != 0) ||
	    (in->only_unit > 0 && in->only_unit != stored.unit_id))
		return problem(c, FAIL_CONFLICT, "unit_code", "the code “%s” belongs to a meeting of another unit; give this meeting a code of its own",
		               in->meeting.code);
	out->meeting = stored;
	overlay(c, in, &out->meeting);
	out->meeting.rev = in->rev == ANY_REV ? stored.rev : in->rev;
	return meeting_update(c, &out->meeting, &stored);
}

/* What a task in the file does not say stays as it is stored. */
static void keep_unsaid(struct task *t, const struct task *stored)
{
	t->id = stored->id;
	t->rev = ANY_REV;
	if (!*t->title)
		t->title = stored->title;
	if (!*t->member_code)
		t->member_id = stored->member_id;
	if (!date_is(t->due_on))
		t->due_on = stored->due_on;
	if (!*t->measure)
		t->measure = stored->measure;
	if (!*t->report_at)
		t->report_at = stored->report_at;
}

static fail store_tasks(struct call *c, const struct intake *in, struct meeting *m)
{
	for (size_t i = 0; i < in->tasks.n; i++) {
		struct task t = in->tasks.v[i], stored;
		fail f = *t.code ? task_by_code(c, m->realm, t.code, &stored) : FAIL_NOT_FOUND;

		if (f == FAIL_OK && stored.unit_id != m->unit_id)
			return problem(c, FAIL_CONFLICT, "tasks", "the task %s belongs to another unit", t.code);
		if (f == FAIL_OK) {
			keep_unsaid(&t, &stored);
			TRY(task_update(c, &t, &stored));
			continue;
		}
		if (f != FAIL_NOT_FOUND)
			return f;
		problem_clear(c);
		t.meeting_id = m->id;
		TRY(task_create(c, &t));
	}
	return in->tasks.n ? meeting_by_id(c, m->id, m) : FAIL_OK;
}

static fail store_body(struct call *c, void *arg)
{
	struct store *s = arg;
	const struct intake *in = s->in;
	struct intake_result *out = s->out;

	*out = (struct intake_result){ 0 };
	TRY(store_meeting(c, in, out));
	if (in->has_attendance)
		TRY(attendance_replace(c, out->meeting.id, ANY_REV, &in->attendance, &out->meeting, &out->found));
	if (in->fact_mask)
		TRY(recorded_replace(c, out->meeting.id, ANY_REV, &in->facts, in->fact_mask, &out->meeting));
	TRY(store_tasks(c, in, &out->meeting));
	if (!in->score)
		return FAIL_OK;
	struct score_request rq = { .meeting_id = out->meeting.id, .rev = ANY_REV, .stage = STAGE_SELF, .judged = in->judged, .reason = "" };

	return score_save(c, &rq, &out->meeting, &out->sheet, &out->found);
}

fail intake_store(struct call *c, const struct intake *in, struct intake_result *out)
{
	return db_write(c, store_body, &(struct store){ in, out });
}
