/* rules_commands.c — chibo rules list, check, show, facts, pack. */
#include "rules/rules_commands.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "rules/load.h"
#include "rules/rule_words.h"
#include "rules/sheet.h"
#include "rules/yaml.h"

enum { CHECK_CEILING = 64 << 20 };

static void pad(struct call *c, const char *text, size_t width)
{
	size_t n = text_length(text);

	fputs(text, c->out);
	for (; n < width; n++)
		fputc(' ', c->out);
}

static void print_out(struct call *c, struct out *o)
{
	fprintf(c->out, "%s\n", out_text(o));
}

/* The tag of a source in words. */
const char *rule_source_words(enum lang lang, const char *tag)
{
	if (strcmp(tag, "S") == 0)
		return tr(lang, "stated in the source documents");
	if (strcmp(tag, "R") == 0)
		return tr(lang, "published rule");
	if (strcmp(tag, "R2") == 0)
		return tr(lang, "published rule, found second-hand");
	return strcmp(tag, "P") == 0 ? tr(lang, "proposed") : tr(lang, "local rule");
}

/* ---------------------------------------------------------------- list */

static const char *day_or(struct call *c, struct date d, const char *otherwise)
{
	return d.days == DATE_EVER.days || d.days == DATE_OPEN.days ? otherwise : show_date(c->arena, c->lang, d);
}

static void put_date(struct json *j, const char *key, struct date d)
{
	char text[DATE_TEXT];

	date_format(d, text);
	json_put_str(j, key, d.days == DATE_EVER.days || d.days == DATE_OPEN.days ? NULL : text);
}

static void rule_json(struct json *j, enum lang lang, const struct rule *r)
{
	json_object(j);
	json_put_str(j, "id", r->id);
	json_put_str(j, "kind", rule_kind_words[r->kind]);
	put_date(j, "valid_from", r->valid_from);
	put_date(j, "valid_to", r->valid_to);
	json_put_str(j, "scope", r->scope);
	if (r->scheme)
		json_put_str(j, "for", scheme_use_words[r->scheme->use]);
	json_put_bool(j, "default", r->is_default);
	json_put_str(j, "source", r->source);
	json_put_str(j, "title", r->title[lang]);
	json_put_str(j, "file", r->file);
	json_object_end(j);
}

void rule_list_json(struct call *c, struct json *j, struct date on)
{
	json_array(j);
	for (size_t i = 0; i < c->rules->n; i++) {
		const struct rule *r = &c->rules->v[i];

		if (!date_is(on) || (r->valid_from.days <= on.days && on.days <= r->valid_to.days))
			rule_json(j, c->lang, r);
	}
	json_array_end(j);
}

static void list_json(struct call *c, struct date on)
{
	struct json j;
	struct out o;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	rule_list_json(c, &j, on);
	print_out(c, &o);
}

static void list_row(struct call *c, const struct rule *r)
{
	static const char *const kinds[] = { N_("scoring table"), N_("year rule"), N_("target"), N_("holidays"),
		                             N_("agenda"), N_("classification") };

	pad(c, r->id, 13);
	pad(c, tr(c->lang, kinds[r->kind]), 17);
	pad(c, day_or(c, r->valid_from, "–"), 13);
	pad(c, day_or(c, r->valid_to, "–"), 13);
	pad(c, *r->scope ? r->scope : tr(c->lang, "everywhere"), 12);
	fprintf(c->out, "%s [%s]%s\n", r->title[c->lang], rule_source_words(c->lang, r->source),
	        r->is_default ? "" : tr(c->lang, ", only when asked for"));
}

static fail list_command(struct call *c, struct args *args)
{
	const char *day = args_option(args, "--on");
	bool as_json = args_flag(args, "--json");
	struct date on = DATE_NONE;

	TRY(args_end(c, args));
	if (day && !date_parse(day, &on))
		return problem(c, FAIL_INPUT, "--on", "“%s” is not a date; expected a day such as 2026-01-31", day);
	if (as_json) {
		list_json(c, on);
		return FAIL_OK;
	}
	pad(c, tr(c->lang, "id"), 13);
	pad(c, tr(c->lang, "kind"), 17);
	pad(c, tr(c->lang, "valid from"), 13);
	pad(c, tr(c->lang, "valid to"), 13);
	pad(c, tr(c->lang, "applies to"), 12);
	fprintf(c->out, "%s\n", tr(c->lang, "title"));
	for (size_t i = 0; i < c->rules->n; i++)
		if (!date_is(on) || (c->rules->v[i].valid_from.days <= on.days && on.days <= c->rules->v[i].valid_to.days))
			list_row(c, &c->rules->v[i]);
	fprintf(c->out, tr(c->lang, "from: %s"), c->rules->origin);
	fputc('\n', c->out);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- check */

static fail read_whole(struct call *c, const char *path, struct rule_text *out)
{
	char *text = arena_alloc(c->arena, YAML_MAX_SIZE + 2);
	FILE *f;

	TRY(call_open(c, path, "r", &f));
	*out = (struct rule_text){ .file = path, .text = text, .size = fread(text, 1, YAML_MAX_SIZE + 1, f) };
	fclose(f);
	return FAIL_OK;
}

static fail check_files(struct call *c, struct args *args, struct rules *out)
{
	struct rule_text *texts = ARENA_ARRAY(c->arena, (size_t)args->n, struct rule_text);
	struct complaints bad = { .arena = c->arena, .lang = c->lang };
	const char *path;
	size_t n = 0;

	while ((path = args_next(args)))
		TRY(read_whole(c, path, &texts[n++]));
	TRY(args_end(c, args));
	if (rules_load_texts(c->arena, texts, n, out, &bad) != FAIL_OK)
		return rules_report(c, &bad);
	return FAIL_OK;
}

static bool is_directory(struct call *c, const char *path)
{
	struct stat st;

	return fstatat(c->cwd, path, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

static fail check_command(struct call *c, struct args *args)
{
	bool as_json = args_flag(args, "--json");
	struct rules rules;

	if (args->n == 1 && is_directory(c, args->v[0]))
		TRY(rules_open(c, c->arena, args_next(args), &rules));
	else if (args->n)
		TRY(check_files(c, args, &rules));
	else
		TRY(rules_open(c, c->arena, NULL, &rules));
	if (as_json) {
		c->rules = &rules;
		list_json(c, DATE_NONE);
		return FAIL_OK;
	}
	for (size_t i = 0; i < rules.n; i++)
		fprintf(c->out, "%s: %s: %s\n", rules.v[i].file, rules.v[i].id, tr(c->lang, "in order"));
	return FAIL_OK;
}

/* ---------------------------------------------------------------- show */

const char *rule_case_words(struct call *c, const struct scheme_line *line, const struct scheme_case *k)
{
	static const char *const signs[] = { "", "≥ ", "> ", "≤ ", "< " };
	struct value bound = { .num = k->bound_num, .den = k->bound_den };
	struct out o;

	out_memory(&o, c->arena);
	if (k->bound != BOUND_NONE) {
		out_str(&o, signs[k->bound]);
		value_words(&o, bound, k->bound_is_percent ? EXPR_SHARE : EXPR_COUNT, c->lang);
	}
	if (k->bound != BOUND_NONE && k->when.n)
		out_str(&o, c->lang == LANG_EN ? " and " : " và ");
	if (k->when.n)
		expr_words(&o, &k->when, &line->measure, c->lang);
	if (!o.size)
		out_str(&o, tr(c->lang, "otherwise"));
	return out_text(&o);
}

const char *rule_expr_words(struct call *c, const struct expr *e, const struct expr *measure)
{
	struct out o;

	out_memory(&o, c->arena);
	expr_words(&o, e, measure, c->lang);
	return out_text(&o);
}

const char *rule_max_words(struct call *c, const struct scheme_line *line)
{
	struct out o;

	out_memory(&o, c->arena);
	for (uint32_t i = 0; i < line->n_max; i++) {
		out_printf(&o, "%s%s", i ? "; " : "", show_tenths(c->arena, c->lang, line->max[i].points));
		if (line->max[i].when.n)
			out_printf(&o, " (%s)", rule_expr_words(c, &line->max[i].when, NULL));
	}
	return out_text(&o);
}

const char *rule_case_points(struct call *c, const struct scheme_case *k)
{
	return k->pro_rata ? tr(c->lang, "by share") : show_tenths(c->arena, c->lang, k->points);
}

static const char *types_words(struct call *c, uint32_t types)
{
	static const char *const names[] = { "", N_("agency"), N_("public service unit"), N_("enterprise"), N_("village, residential unit"), N_("armed forces"),
		                             N_("students") };
	struct out o;

	out_memory(&o, c->arena);
	for (int i = 1; unit_type_words[i]; i++)
		if (types & (1u << i))
			out_printf(&o, "%s%s", o.size ? ", " : "", tr(c->lang, names[i]));
	return types ? out_text(&o) : tr(c->lang, "all types of units");
}

const char *rule_initiatives_words(struct call *c, const struct scheme_initiatives *row)
{
	const char *types = types_words(c, row->types);

	if (row->one_per_members == 1)
		return arena_printf(c->arena, tr(c->lang, "initiatives of %s: one per member"), types);
	if (row->one_per_members)
		return arena_printf(c->arena, tr(c->lang, "initiatives of %s: one per %d members"), types, (int)row->one_per_members);
	return arena_printf(c->arena, tr(c->lang, "initiatives of %s: %d in all"), types, (int)row->in_all);
}

const char *rule_evidence_words(struct call *c, const struct scheme_evidence *e)
{
	return e->types ? arena_printf(c->arena, "%s: %s", types_words(c, e->types), e->text[c->lang]) : e->text[c->lang];
}

static void show_line(struct call *c, const struct scheme_line *line)
{
	fprintf(c->out, "%s%s  %s — %s %s%s\n", line->group >= 0 ? "  " : "", line->id, line->title[c->lang], tr(c->lang, "at most"),
	        rule_max_words(c, line), line->judged ? tr(c->lang, ", judged") : "");
	if (line->measure.n)
		fprintf(c->out, "      %s: %s\n", tr(c->lang, "measure"), rule_expr_words(c, &line->measure, NULL));
	if (line->not_applicable.n)
		fprintf(c->out, "      %s: %s\n", tr(c->lang, "does not apply, full points, when"), rule_expr_words(c, &line->not_applicable, NULL));
	for (uint32_t i = 0; i < line->n_cases; i++) {
		fputs("      ", c->out);
		pad(c, rule_case_points(c, &line->cases[i]), 9);
		fprintf(c->out, "%s\n", rule_case_words(c, line, &line->cases[i]));
	}
	for (uint32_t i = 0; i < line->n_evidence; i++)
		fprintf(c->out, "      %s %s\n", tr(c->lang, "evidence:"), rule_evidence_words(c, &line->evidence[i]));
}

static void show_meeting_parts(struct call *c, const struct scheme *s)
{
	fprintf(c->out, "%s:", tr(c->lang, "classes"));
	for (int g = GRADE_GOOD; g >= GRADE_POOR; g--)
		fprintf(c->out, " %s ≥ %s", grade_title((enum grade)g, c->lang), show_tenths(c->arena, c->lang, s->grades.from[g]));
	fprintf(c->out, "\n%s: %d / %d\n", tr(c->lang, "required minutes, usual and long"), s->minutes_usual, s->minutes_long);
}

size_t rule_year_words(struct call *c, const struct scheme *s, const char ***lines)
{
	const char **v = ARENA_ARRAY(c->arena, s->n_vetoes + s->n_initiatives + 2, const char *);
	size_t n = 0;

	if (tenths_is(s->standard))
		v[n++] = arena_printf(c->arena, tr(c->lang, "meets the standard from %s points"), show_tenths(c->arena, c->lang, s->standard));
	if (*s->framework)
		v[n++] = arena_printf(c->arena, tr(c->lang, "within the framework %s"), s->framework);
	for (uint32_t i = 0; i < s->n_vetoes; i++)
		v[n++] = arena_printf(c->arena, tr(c->lang, "does not meet it (%s): %s"), s->vetoes[i].id, s->vetoes[i].title[c->lang]);
	for (uint32_t i = 0; i < s->n_initiatives; i++)
		v[n++] = rule_initiatives_words(c, &s->initiatives[i]);
	*lines = v;
	return n;
}

static void print_lines(struct call *c, const char *const *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(c->out, "%s\n", lines[i]);
}

static void show_year_parts(struct call *c, const struct scheme *s)
{
	const char **lines;
	size_t n = rule_year_words(c, s, &lines);

	print_lines(c, lines, n);
}

static void show_scheme(struct call *c, const struct scheme *s)
{
	int last = -1;

	if (scheme_use_is_year(s->use))
		show_year_parts(c, s);
	else
		show_meeting_parts(c, s);
	for (uint32_t i = 0; i < s->n_lines; i++) {
		const struct scheme_line *line = &s->lines[i];

		if (line->group >= 0 && line->group != last)
			fprintf(c->out, "%s  %s — %s\n", s->groups[line->group].id, s->groups[line->group].title[c->lang],
			        show_tenths(c->arena, c->lang, s->groups[line->group].max));
		last = line->group;
		show_line(c, line);
	}
}

static void show_year(struct call *c, const struct year_rule *y)
{
	for (int g = GRADE_GOOD; g > GRADE_POOR; g--) {
		const struct year_level *l = &y->levels[g];

		fprintf(c->out, "%s:", grade_title((enum grade)g, c->lang));
		if (l->worst)
			fprintf(c->out, " %s %s;", tr(c->lang, "every meeting at least"), grade_title(l->worst, c->lang));
		if (l->count_grade)
			fprintf(c->out, " %s %s: %d / 12;", tr(c->lang, "months of at least"), grade_title(l->count_grade, c->lang), l->count_of_12);
		if (tenths_is(l->mean_from))
			fprintf(c->out, " %s ≥ %s;", tr(c->lang, "mean"), show_tenths(c->arena, c->lang, l->mean_from));
		if (l->no_month_missed)
			fprintf(c->out, " %s;", tr(c->lang, "no month missed"));
		if (l->thematic_each_quarter)
			fprintf(c->out, " %s;", tr(c->lang, "a thematic part each quarter"));
		fputc('\n', c->out);
	}
}

static void show_target(struct call *c, const struct target *t)
{
	fprintf(c->out, "%s / %s: %s\n", counter_title(t->numerator, c->lang), counter_title(t->denominator, c->lang),
	        target_threshold_words(c->arena, t, c->lang));
}

static void show_lines(struct call *c, const struct rule *r)
{
	const char **lines;
	size_t n = r->holidays ? rule_holiday_words(c, r->holidays, &lines) : r->agenda ? rule_agenda_words(c, r->agenda, &lines)
	           : rule_levels_words(c, r->levels, &lines);

	print_lines(c, lines, n);
}

static void put_tenths(struct json *j, const char *key, struct tenths p)
{
	char text[NUM_TEXT];

	tenths_format(p, text);
	json_put_str(j, key, tenths_is(p) ? text : NULL);
}

static void case_json(struct call *c, struct json *j, const struct scheme_line *line, const struct scheme_case *k)
{
	json_object(j);
	json_put_str(j, "when", rule_case_words(c, line, k));
	if (k->pro_rata)
		json_put_bool(j, "pro_rata", true);
	else
		put_tenths(j, "points", k->points);
	json_object_end(j);
}

static void evidence_json(struct call *c, struct json *j, const struct scheme_line *line)
{
	json_key(j, "evidence");
	json_array(j);
	for (uint32_t i = 0; i < line->n_evidence; i++)
		json_str(j, rule_evidence_words(c, &line->evidence[i]));
	json_array_end(j);
}

static void line_json(struct call *c, struct json *j, const struct scheme *s, const struct scheme_line *line)
{
	json_object(j);
	json_put_str(j, "id", line->id);
	json_put_str(j, "group", line->group >= 0 ? s->groups[line->group].id : NULL);
	json_put_str(j, "title", line->title[c->lang]);
	put_tenths(j, "max", scheme_line_max(line));
	json_put_bool(j, "judged", line->judged);
	if (line->measure.n)
		json_put_str(j, "measure", line->measure.text);
	json_key(j, "cases");
	json_array(j);
	for (uint32_t i = 0; i < line->n_cases; i++)
		case_json(c, j, line, &line->cases[i]);
	json_array_end(j);
	if (line->n_evidence)
		evidence_json(c, j, line);
	json_object_end(j);
}

static void year_parts_json(struct call *c, struct json *j, const struct scheme *s)
{
	if (tenths_is(s->standard))
		put_tenths(j, "standard", s->standard);
	json_put_str(j, "framework", *s->framework ? s->framework : NULL);
	json_key(j, "vetoes");
	json_array(j);
	for (uint32_t i = 0; i < s->n_vetoes; i++) {
		json_object(j);
		json_put_str(j, "id", s->vetoes[i].id);
		json_put_str(j, "title", s->vetoes[i].title[c->lang]);
		json_put_str(j, "when", s->vetoes[i].when.text);
		json_object_end(j);
	}
	json_array_end(j);
}

static void holidays_json(struct call *c, struct json *j, const struct holidays *h)
{
	const char **lines;
	size_t n = rule_holiday_words(c, h, &lines);

	json_put_str(j, "move", h->move ? holiday_move_words[h->move] : NULL);
	json_put_str(j, "weekend", h->weekend ? holiday_weekend_words[h->weekend] : NULL);
	json_key(j, "days");
	json_array(j);
	for (size_t i = 0; i < n; i++)
		json_str(j, lines[i]);
	json_array_end(j);
}

static void agenda_json(struct call *c, struct json *j, const struct agenda_rule *a)
{
	json_key(j, "steps");
	json_array(j);
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_step *s = &a->steps[i];

		json_object(j);
		json_put_str(j, "step", s->step);
		json_put_str(j, "part", agenda_part_words[s->part]);
		json_put_str(j, "when", agenda_when_words[s->when]);
		json_put_bool(j, "mandatory", s->mandatory);
		json_put_int(j, "minutes", s->minutes);
		json_put_int(j, "share", s->share);
		json_put_str(j, "title", s->title[c->lang]);
		json_object_end(j);
	}
	json_array_end(j);
}

static void levels_json(struct call *c, struct json *j, const struct levels_rule *rule)
{
	json_put_str(j, "for", levels_use_words[rule->use]);
	json_key(j, "levels");
	json_array(j);
	for (int l = LEVEL_OF_EXCELLENT; l > LEVEL_OF_NOT_COMPLETED; l--) {
		json_object(j);
		json_put_str(j, "level", level_words[l]);
		put_tenths(j, "from", rule->rows[l].from);
		json_key(j, "conditions");
		json_array(j);
		for (uint32_t i = 0; i < rule->rows[l].n_conditions; i++) {
			const struct level_condition *k = &rule->rows[l].conditions[i];

			json_object(j);
			json_put_str(j, "id", k->id);
			json_put_str(j, "title", k->title[c->lang]);
			json_put_str(j, "holds", k->holds.text);
			json_object_end(j);
		}
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
	json_put_int(j, "cap_percent", rule->cap_percent);
	json_put_str(j, "cap_base", rule->cap_percent ? cap_base_words[rule->cap_base] : NULL);
}

void rule_show_json(struct call *c, struct json *j, const struct rule *r)
{
	json_object(j);
	json_key(j, "rule");
	rule_json(j, c->lang, r);
	json_key(j, "lines");
	json_array(j);
	for (uint32_t i = 0; r->scheme && i < r->scheme->n_lines; i++)
		line_json(c, j, r->scheme, &r->scheme->lines[i]);
	json_array_end(j);
	if (r->scheme && scheme_use_is_year(r->scheme->use))
		year_parts_json(c, j, r->scheme);
	if (r->target) {
		json_put_str(j, "numerator", counter_words[r->target->numerator]);
		json_put_str(j, "denominator", counter_words[r->target->denominator]);
		json_put_str(j, "threshold", r->target->threshold);
	}
	if (r->holidays)
		holidays_json(c, j, r->holidays);
	if (r->agenda)
		agenda_json(c, j, r->agenda);
	if (r->levels)
		levels_json(c, j, r->levels);
	json_put_str(j, "text", r->text);
	json_object_end(j);
}

static void show_json(struct call *c, const struct rule *r)
{
	struct json j;
	struct out o;

	out_memory(&o, c->arena);
	json_begin(&j, &o);
	rule_show_json(c, &j, r);
	print_out(c, &o);
}

static fail find_rule(struct call *c, struct args *args, const struct rule **out)
{
	const char *id = args_next(args);

	TRY(args_end(c, args));
	if (!id)
		return problem(c, FAIL_INPUT, "ID", "the id of a rule is missing; “chibo rules list” shows them");
	*out = rules_by_id(c->rules, id, DATE_NONE);
	if (!*out)
		return problem(c, FAIL_NOT_FOUND, "ID", "there is no rule “%s”; “chibo rules list” shows them", id);
	return FAIL_OK;
}

static fail show_command(struct call *c, struct args *args)
{
	bool as_json = args_flag(args, "--json");
	const struct rule *r;

	TRY(find_rule(c, args, &r));
	if (as_json) {
		show_json(c, r);
		return FAIL_OK;
	}
	fprintf(c->out, "%s (%s), %s – %s [%s]\n", r->title[c->lang], r->id, day_or(c, r->valid_from, ""), day_or(c, r->valid_to, ""),
	        rule_source_words(c->lang, r->source));
	if (r->scheme)
		show_scheme(c, r->scheme);
	else if (r->year)
		show_year(c, r->year);
	else if (r->target)
		show_target(c, r->target);
	else
		show_lines(c, r);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- facts, pack */

static void put_fact(struct call *c, struct json *j, const struct fact_book *book, const struct rule_fact *fact)
{
	if (j) {
		json_object(j);
		json_put_str(j, "of", book->name);
		json_put_str(j, "name", fact->name);
		json_put_str(j, "type", fact->type == FACT_TYPE_YESNO ? "boolean" : "integer");
		json_put_str(j, "label", fact->label[c->lang]);
		json_object_end(j);
		return;
	}
	pad(c, fact->name, 32);
	pad(c, fact->type == FACT_TYPE_YESNO ? tr(c->lang, "yes/no") : tr(c->lang, "number"), 8);
	fprintf(c->out, "%s\n", fact->label[c->lang]);
}

static fail facts_command(struct call *c, struct args *args)
{
	bool as_json = args_flag(args, "--json");
	struct json j;
	struct out o;

	TRY(args_end(c, args));
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_array(&j);
	for (int b = 0; fact_books[b]; b++) {
		if (!as_json)
			fprintf(c->out, "%s%s %s:\n", b ? "\n" : "", tr(c->lang, "facts"), fact_books[b]->label[c->lang]);
		for (int f = 0; f < fact_books[b]->n; f++)
			put_fact(c, as_json ? &j : NULL, fact_books[b], &fact_books[b]->facts[f]);
	}
	json_array_end(&j);
	if (as_json)
		print_out(c, &o);
	return FAIL_OK;
}

static fail pack_command(struct call *c, struct args *args)
{
	const struct rule *r;
	struct out o;

	TRY(find_rule(c, args, &r));
	if (!r->scheme)
		return problem(c, FAIL_INPUT, "ID", "“%s” is not a scheme", r->id);
	out_memory(&o, c->arena);
	scheme_pack(r->scheme, &o);
	fwrite(o.data, 1, o.size, c->out);
	return FAIL_OK;
}

static const struct option list_options[] = {
	{ "--on", "DATE", N_("only the rules valid on that day") },
	{ NULL },
};

const struct command rules_commands[] = {
	{ "score", "[--scheme ID] --facts FILE [--json]", N_("applies a scheme to the facts of a meeting"), NEEDS_RULES | NEEDS_TABLES, score_command, score_options },
	{ "rules list", "[--on DATE] [--json]", N_("which rule is in force when"), NEEDS_RULES | NEEDS_TABLES, list_command, list_options },
	{ "rules check", "[FILE …|DIR] [--json]", N_("checks rule files: sums, holes, overlaps, facts, dates"), NEEDS_NOTHING, check_command, NULL },
	{ "rules show", "ID [--json]", N_("a rule in words"), NEEDS_RULES | NEEDS_TABLES, show_command, NULL },
	{ "rules facts", "[--json]", N_("the facts that a scheme may name"), NEEDS_NOTHING, facts_command, NULL },
	{ "rules pack", "ID", N_("a scheme as bytes, for the phone"), NEEDS_RULES | NEEDS_TABLES, pack_command, NULL },
	{ NULL },
};
