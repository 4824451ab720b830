/* office_parts.c — small things that all pages of a committee need. */
#include "year/office_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

fail office_read_kind(struct call *c, const struct req *rq, unsigned otherwise, unsigned *kind)
{
	const char *text = req_query(rq, "kind");
	int i = text && *text ? word_index(case_kinds, text) : (int)otherwise;

	if (i <= 0)
		return problem(c, FAIL_INPUT, "kind", "“%s” is no kind of case; write four_good, unit_class or member_class", text);
	*kind = (unsigned)i;
	return FAIL_OK;
}

const char *office_queue_path(struct call *c, int64_t unit_id, int64_t year, unsigned kind, const char *more)
{
	return arena_printf(c->arena, "/units/%lld/appraisal?year=%lld&kind=%s%s", (long long)unit_id, (long long)year, case_kinds[kind], more);
}

fail office_read_choice(struct call *c, const char *field, const char *text, int64_t *id, int64_t *rev)
{
	const char *dot = strchr(text, '.');
	const char *number = dot ? arena_strndup(c->arena, text, (size_t)(dot - text)) : text;

	if (dot && int_parse(number, id) && int_parse(dot + 1, rev))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, field, "“%s” is not a case with the version that was shown, such as 1099511627776.3", text);
}

bool office_was_ticked(const struct req *rq, const char *pick)
{
	const char *text;

	for (size_t at = 0; pick && (text = req_form_next(rq, "case", &at));)
		if (strcmp(text, pick) == 0)
			return true;
	return false;
}

const char *office_case_title(struct call *c, const struct year_case *k)
{
	const char *unit = k->unit_name && *k->unit_name ? k->unit_name : k->unit_code;

	return k->member_id > 0 ? arena_printf(c->arena, "%s (%s)", k->member_name ? k->member_name : k->member_code, unit) : unit;
}

const char *office_difference(struct call *c, struct tenths before, struct tenths now)
{
	if (!tenths_is(before) || !tenths_is(now) || before.t == now.t)
		return "";
	return arena_printf(c->arena, "%s%s", now.t > before.t ? "+" : "−", show_tenths(c->arena, c->lang, (struct tenths){ abs(now.t - before.t) }));
}

struct table office_table(struct call *c, const char *id, const char *caption, const struct column *columns, size_t n)
{
	struct column *v = ARENA_ARRAY(c->arena, n, struct column);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct column){ tr(c->lang, columns[i].label), columns[i].key, columns[i].number };
	return (struct table){ .caption = caption, .id = id, .columns = v, .n = n };
}

void office_left_json(struct res *rs, int64_t done, const struct form *form)
{
	struct json j;

	res_json(rs, &j);
	json_object(&j);
	json_put_int(&j, "done", done);
	json_key(&j, "left");
	json_array(&j);
	for (size_t i = 0; i < form->n; i++)
		json_str(&j, form->problems[i].text);
	json_array_end(&j);
	json_object_end(&j);
}

/* ---------------------------------------------------------------- what comes in */

static const char *with_point(struct call *c, const char *text)
{
	char *copy = arena_strdup(c->arena, text_clean(c->arena, text));

	for (char *at = copy; *at; at++)
		*at = *at == ',' ? '.' : *at;
	return copy;
}

void office_read_judged(struct call *c, const struct req *rq, struct judged *out, struct form *form)
{
	struct judged_line *v = ARENA_ARRAY(c->arena, rq->form.n + 1, struct judged_line);
	size_t n = 0;

	for (size_t i = 0; i < rq->form.n; i++) {
		const char *name = rq->form.v[i].name, *text = with_point(c, rq->form.v[i].value);

		if (strncmp(name, "judged.", 7) != 0 || !*text)
			continue;
		if (tenths_parse(text, &v[n].points))
			v[n++].id = name + 7;
		else
			form_problem(form, name, tr(c->lang, "write points with at most one decimal, such as 4 or 4,5"));
	}
	*out = (struct judged){ v, n };
}

fail office_read_request(struct call *c, const struct req *rq, struct year_request *out, struct form *form)
{
	const char *level = year_page_typed(c, rq, "result");
	int i = *level ? word_index(case_results, level) : RESULT_NONE;

	*out = (struct year_request){ .stage = CASE_STAGE_APPRAISED, .reason = year_page_typed(c, rq, "reason") };
	TRY(req_id(c, rq, "case", &out->case_id));
	TRY(req_rev(c, rq, &out->rev));
	office_read_judged(c, rq, &out->judged, form);
	year_page_whys(c, rq, &out->whys);
	out->keep = strcmp(year_page_typed(c, rq, "keep"), "1") == 0;
	if (i < 0)
		form_problem(form, "result", tr(c->lang, "choose a level of the list"));
	out->result = i > 0 ? (unsigned)i : RESULT_NONE;
	return form->n ? problem(c, FAIL_INPUT, form->problems[0].field, "%s", form->problems[0].text) : FAIL_OK;
}

void office_flaws(struct form *form, const struct flaws *found)
{
	for (size_t i = 0; i < found->n; i++)
		form_problem(form, found->v[i].field, found->v[i].text);
	(void)form_failed(form);
}
