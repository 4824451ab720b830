/* command_parts.c — words of the command line become cases, and cases become lines. */
#include "year/command_parts.h"

#include <stdlib.h>
#include <string.h>

#include "org/member.h"
#include "rules/facts_file.h"

static fail read_kind(struct call *c, const char *word, unsigned *out)
{
	static const char *const words[] = { "", "four_good", "unit", "member", NULL };
	int i = word_index(words, word);

	if (i <= 0)
		i = word_index(case_kinds, word);
	*out = i > 0 ? (unsigned)i : CASE_NO_KIND;
	return i > 0 ? FAIL_OK : problem(c, FAIL_INPUT, "--kind", "there is no kind “%s”; write four_good, unit or member", word);
}

fail target_read(struct call *c, struct args *args, bool positional, struct case_target *out)
{
	const char *kind = args_option(args, "--kind"), *year = args_option(args, "--year"), *rev = args_option(args, "--rev");
	int64_t n = 0;
	int day, month;

	*out = (struct case_target){ .member = args_option(args, "--member"), .rev = ANY_REV };
	date_split(c->today, &out->year, &month, &day);
	out->kind = out->member ? CASE_MEMBER : CASE_FOUR_GOOD;
	if (kind)
		TRY(read_kind(c, kind, &out->kind));
	if (year && (!int_parse(year, &n) || n < 2000 || n > 2999))
		return problem(c, FAIL_INPUT, "--year", "“%s” is not a year; write 2025", year);
	if (year)
		out->year = (int)n;
	if (rev && !int_parse(rev, &out->rev))
		return problem(c, FAIL_INPUT, "--rev", "“%s” is not a version; write the number that cases show gives", rev);
	out->unit = positional ? args_next(args) : args_option(args, "--unit");
	if (out->unit)
		return FAIL_OK;
	return positional ? problem(c, FAIL_INPUT, "CODE", "the word %s is missing; see --help", "CODE")
	                  : problem(c, FAIL_INPUT, "--unit", "give --unit CODE: the cell, or a unit above it");
}

fail target_unit(struct call *c, const struct case_target *t, int64_t *unit_id, int64_t *member_id)
{
	struct member m;
	int64_t realm;

	*member_id = 0;
	TRY(org_unit_id(c, t->unit, unit_id));
	if (!t->member)
		return FAIL_OK;
	TRY(org_realm(c, *unit_id, &realm));
	TRY(org_member_by_code(c, realm, t->member, &m));
	*member_id = m.id;
	return FAIL_OK;
}

fail target_case(struct call *c, const struct case_target *t, struct year_case *out)
{
	int64_t unit_id, member_id;

	TRY(target_unit(c, t, &unit_id, &member_id));
	TRY(case_find(c, t->kind, t->year, unit_id, member_id, out));
	if (out->id)
		return FAIL_OK;
	return problem(c, FAIL_NOT_FOUND, "case", "%s has no case “%s” in %d", t->member ? t->member : t->unit, case_kind_name(c->lang, t->kind), t->year);
}

/* ---------------------------------------------------------------- options */

fail option_day(struct call *c, struct args *args, const char *name, struct date *out)
{
	const char *text = args_option(args, name);

	*out = DATE_NONE;
	if (!text || date_parse(text, out))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, name, "“%s” is not a day; write 2025-12-05", text);
}

fail option_number(struct call *c, struct args *args, const char *name, int64_t *out)
{
	const char *text = args_option(args, name);

	*out = INT_UNKNOWN;
	if (!text || int_parse(text, out))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, name, "“%s” is not a whole number", text);
}

fail option_vote(struct call *c, struct args *args, struct year_vote *out, bool *given)
{
	*out = (struct year_vote){ 0 };
	TRY(option_number(c, args, "--in-favour", &out->in_favour));
	TRY(option_number(c, args, "--against", &out->against));
	TRY(option_number(c, args, "--abstain", &out->abstain));
	TRY(option_number(c, args, "--base", &out->base));
	TRY(option_day(c, args, "--voted-on", &out->on));
	*given = out->in_favour != INT_UNKNOWN;
	return FAIL_OK;
}

fail judged_file(struct call *c, const char *path, const struct year_case *k, struct judged *out)
{
	enum scheme_use use = k->kind == CASE_FOUR_GOOD ? USE_FOUR_GOOD_CELL : k->kind == CASE_UNIT ? USE_ANNUAL_UNIT : USE_ANNUAL_MEMBER;
	struct facts_file file;

	TRY(facts_file_read(c, path, use, &file));
	if (file.facts.known)
		return problem(c, FAIL_INPUT, path, "the facts of a year are counted from the records; the file may only hold judged points");
	*out = file.judged;
	return FAIL_OK;
}

/* ---------------------------------------------------------------- printing */

void tell_flaws(struct call *c, const struct flaws *found)
{
	for (size_t i = 1; i < found->n; i++)
		fprintf(c->err, "%s: %s\n", found->v[i].field, found->v[i].text);
}

void print_case(struct call *c, const struct year_case *k, const struct year_sheet *s)
{
	fprintf(c->out, "%s\t%s\t%lld\t%s\t%s\t%s\t%s\n", k->unit_code, k->member_id > 0 ? k->member_code : "", (long long)k->year,
	        k->member_id > 0 ? k->member_name : k->unit_name, case_state_name(c->lang, k->kind, k->state),
	        s->revision ? show_tenths(c->arena, c->lang, s->points) : "–", case_result_name(c->lang, s->revision ? s->result : RESULT_NONE));
}

static void sheet_json(struct json *j, const struct year_sheet *s)
{
	char points[NUM_TEXT];

	json_object(j);
	json_put_str(j, "stage", case_stages[s->stage]);
	json_put_int(j, "revision", s->revision);
	json_put_str(j, "scheme", *s->scheme ? s->scheme : NULL);
	tenths_format(s->points, points);
	json_put_str(j, "points", points);
	json_put_str(j, "result", s->result ? case_results[s->result] : NULL);
	json_put_str(j, "vetoes", s->vetoes);
	json_put_str(j, "reason", s->reason);
	json_put_str(j, "by", s->actor);
	json_object_end(j);
}

static void conditions_json(struct json *j, const struct year_condition *v, size_t n)
{
	json_key(j, "conditions");
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		json_put_str(j, "id", v[i].id);
		json_put_str(j, "text", v[i].text);
		json_key(j, "holds");
		if (v[i].known)
			json_bool(j, v[i].holds);
		else
			json_null(j);
		json_put_str(j, "why", v[i].why);
		json_object_end(j);
	}
	json_array_end(j);
}

static fail draft_json(struct call *c, struct json *j, const struct year_draft *d)
{
	char text[NUM_TEXT];

	json_key(j, "today");
	json_object(j);
	tenths_format(d->secured, text);
	json_put_str(j, "secured", text);
	tenths_format(d->reachable, text);
	json_put_str(j, "reachable", text);
	json_put_str(j, "result", d->result ? case_results[d->result] : NULL);
	conditions_json(j, d->conditions, d->condition_n);
	json_key(j, "sheet");
	scored_sheet_json(j, &d->sheet, "");
	json_object_end(j);
	(void)c;
	return FAIL_OK;
}

static fail to_stream(void *arg, const char *data, size_t size)
{
	return fwrite(data, 1, size, arg) == size ? FAIL_OK : FAIL_BROKEN;
}

static fail show_json(struct call *c, const struct year_case *k, const struct year_sheets *sheets, const struct year_draft *d)
{
	struct out o;
	struct json j;

	out_to(&o, to_stream, c->out);
	json_begin(&j, &o);
	json_object(&j);
	case_json(&j, k);
	json_key(&j, "sheets");
	json_array(&j);
	for (size_t i = 0; i < sheets->n; i++)
		sheet_json(&j, &sheets->v[i]);
	json_array_end(&j);
	TRY(draft_json(c, &j, d));
	json_object_end(&j);
	out_char(&o, '\n');
	fail f = out_flush(&o);

	out_free(&o);
	return f;
}

static void show_text(struct call *c, const struct year_case *k, const struct year_sheets *sheets, const struct year_draft *d)
{
	for (size_t i = 0; i < sheets->n; i++)
		fprintf(c->out, "%s %lld\t%s\t%s\t%s\n", case_stage_name(c->lang, k->kind, sheets->v[i].stage), (long long)sheets->v[i].revision,
		        show_tenths(c->arena, c->lang, sheets->v[i].points), case_result_name(c->lang, sheets->v[i].result), sheets->v[i].reason);
	for (size_t i = 0; i < d->sheet.n; i++) {
		const struct scored_line *l = &d->sheet.lines[i];

		fprintf(c->out, "%s\t%s/%s\t%s\t%s\n", l->id, tenths_is(l->points) ? show_tenths(c->arena, c->lang, l->points) : "–",
		        tenths_is(l->max) ? show_tenths(c->arena, c->lang, l->max) : "–", l->title, l->why);
	}
	for (size_t i = 0; i < d->condition_n; i++)
		fprintf(c->out, "%s\t%s\t%s\t%s\n", d->conditions[i].id, !d->conditions[i].known ? "?" : d->conditions[i].holds ? "1" : "0", d->conditions[i].text,
		        d->conditions[i].why);
	fprintf(c->out, tr(c->lang, "Today: %s points secured, %s still in reach\n"), show_tenths(c->arena, c->lang, d->secured),
	        show_tenths(c->arena, c->lang, d->reachable));
}

fail show_case(struct call *c, const struct year_case *k, bool as_json)
{
	struct year_sheets sheets;
	struct year_sheet counting;
	struct year_draft d;

	TRY(year_sheets_of(c, k, &sheets));
	TRY(year_counting(c, k, &counting));
	TRY(year_draft(c, k, JUDGED_NONE, &d));
	if (as_json)
		return show_json(c, k, &sheets, &d);
	print_case(c, k, &counting);
	show_text(c, k, &sheets, &d);
	return FAIL_OK;
}
