/* meeting_commands.c — the whole job at the command line: a meeting written down, scored, decided, looked at. */
#include "score/meeting_commands.h"

#include <string.h>

#include "base/text.h"
#include "meeting/cycle.h"
#include "meeting/recorded.h"
#include "org/unit.h"
#include "rules/facts_file.h"
#include "score/intake.h"
#include "score/settle.h"
#include "score/sheet_text.h"
#include "work/task.h"

enum { LIST_PAGE = 500, FILE_MAX = 4 << 20 };

static fail word_needed(struct call *c, struct args *args, const char *what, const char **out)
{
	*out = args_next(args);
	return *out ? FAIL_OK : problem(c, FAIL_INPUT, what, "the word %s is missing; see --help", what);
}

/* ---------------------------------------------------------------- list */

struct listing {
	const char *unit;
	bool as_json;
	struct meeting_list_query q;
	struct json *json;
	int64_t shown;
};

static void list_line(struct call *c, const struct meeting *m)
{
	char start[MOMENT_TEXT];

	moment_format(m->starts_at, start);
	fprintf(c->out, "%s\t%s\t%s\t%s\t%s/%s\t%s\t%s\t%s\n", m->code, start, tr(c->lang, meeting_kind_words[m->kind]),
	        m->unit_name ? m->unit_name : m->unit_code, show_int(c->arena, c->lang, m->present), show_int(c->arena, c->lang, m->expected),
	        tenths_is(m->points) ? show_tenths(c->arena, c->lang, m->points) : "–", grade_title((enum grade)m->class, c->lang),
	        stage_title(c->lang, (enum score_stage)m->stage));
}

static fail list_body(struct call *c, void *arg)
{
	struct listing *l = arg;
	struct meetings page;

	if (l->unit)
		TRY(org_unit_id(c, l->unit, &l->q.unit_id));
	do {
		TRY(meeting_list(c, &l->q, &page));
		for (size_t i = 0; i < page.n; i++) {
			if (l->as_json) {
				json_object(l->json);
				meeting_json(l->json, &page.v[i]);
				json_object_end(l->json);
			} else
				list_line(c, &page.v[i]);
			l->q.before = page.v[i].starts_at;
			l->q.before_id = page.v[i].id;
			l->shown++;
		}
	} while (page.n == LIST_PAGE);
	return FAIL_OK;
}

static fail to_stream(void *arg, const char *data, size_t size)
{
	return fwrite(data, 1, size, arg) == size ? FAIL_OK : FAIL_BROKEN;
}

static fail meetings_list(struct call *c, struct args *args)
{
	struct listing l = { .unit = args_option(args, "--unit"), .as_json = args_flag(args, "--json") };
	const char *period = args_option(args, "--period");
	struct out o;
	struct json j;

	TRY(args_end(c, args));
	if (!l.unit)
		return problem(c, FAIL_INPUT, "--unit", "give --unit CODE: the cell, or a unit above it");
	l.q = (struct meeting_list_query){ .period = { date_month(c->today) - 11, date_month(c->today) }, .before = MOMENT_NONE,
		                               .limit = LIST_PAGE, .today = c->today };
	if (period && !period_parse(period, &l.q.period))
		return problem(c, FAIL_INPUT, "--period", "“%s” is not a period; write 2025, 2025-H1, 2025-Q3 or 2025-03", period);
	out_to(&o, to_stream, c->out);
	json_begin(&j, &o);
	l.json = &j;
	if (l.as_json)
		json_array(&j);
	fail f = db_read(c, list_body, &l);

	if (l.as_json && f == FAIL_OK) {
		json_array_end(&j);
		out_char(&o, '\n');
		f = out_flush(&o);
	}
	out_free(&o);
	if (f == FAIL_OK && !l.shown && !l.as_json)
		fprintf(c->err, "%s\n", tr(c->lang, "No meetings there in that period."));
	return f;
}

/* ---------------------------------------------------------------- show */

struct showing {
	const char *code;
	bool as_json;
};

static fail show_body(struct call *c, void *arg)
{
	struct showing *s = arg;
	struct meeting m;
	struct meeting_whole whole;

	TRY(meeting_by_code(c, s->code, &m));
	TRY(meeting_whole(c, &m, &whole));
	if (s->as_json)
		whole_json_print(c, &whole);
	else
		whole_text_print(c, &whole);
	return FAIL_OK;
}

static fail meetings_show(struct call *c, struct args *args)
{
	struct showing s = { .as_json = args_flag(args, "--json") };

	TRY(word_needed(c, args, "CODE", &s.code));
	TRY(args_end(c, args));
	return db_read(c, show_body, &s);
}

/* ---------------------------------------------------------------- record */

static fail read_all(struct call *c, const char *path, char **out, size_t *size)
{
	FILE *f = c->in;
	struct out o;
	char block[16384];
	size_t n;

	if (strcmp(path, "-") != 0)
		TRY(call_open(c, path, "r", &f));
	out_memory(&o, c->arena);
	while ((n = fread(block, 1, sizeof block, f)) > 0 && o.size <= FILE_MAX)
		out_bytes(&o, block, n);
	if (f != c->in)
		fclose(f);
	if (o.size > FILE_MAX)
		return problem(c, FAIL_INPUT, path, "“%s” is too large for one meeting; more than 4 MB", path);
	*size = o.size;
	*out = out_text(&o);
	return FAIL_OK;
}

/* --unit CODE, --starts-at 2026-01-05T19:00 …: every field of a meeting as an option. */
static fail take_options(struct call *c, struct args *args, struct intake *in)
{
	const char *unit = args_option(args, "--unit");

	if (unit)
		TRY(intake_give(c, in, "unit_code", unit));
	for (const struct field *f = meeting_record.fields; f->name; f++) {
		char *name = arena_printf(c->arena, "--%s", f->name);

		for (char *at = name; *at; at++)
			if (*at == '_')
				*at = '-';
		const char *text = f->flags & INTERNAL ? NULL : args_option(args, name);

		if (text)
			TRY(intake_give(c, in, f->name, text));
	}
	return FAIL_OK;
}

static void tell_all(struct call *c, const struct flaws *found)
{
	for (size_t i = 1; i < found->n; i++)
		fprintf(c->err, "%s: %s\n", found->v[i].field, found->v[i].text);
}

static fail show_stored(struct call *c, const struct meeting *m, bool as_json)
{
	struct showing s = { m->code, as_json };

	return db_read(c, show_body, &s);
}

static fail meetings_record(struct call *c, struct args *args)
{
	const char *file = args_option(args, "--file");
	bool as_json = args_flag(args, "--json");
	struct intake in;
	struct intake_result result = { 0 };
	char *text;
	size_t size;

	intake_begin(&in);
	if (file) {
		TRY(read_all(c, file, &text, &size));
		TRY(intake_parse(c, file, text, size, &in));
	}
	TRY(take_options(c, args, &in));
	TRY(args_end(c, args));
	fail f = intake_store(c, &in, &result);

	if (f != FAIL_OK) {
		tell_all(c, &result.found);
		return f;
	}
	return show_stored(c, &result.meeting, as_json);
}

/* ---------------------------------------------------------------- score */

struct scoring {
	const char *code, *judged_file;
	struct score_request rq;
	struct meeting m;
	struct score_sheet sheet;
	struct flaws found;
};

static fail score_body(struct call *c, void *arg)
{
	struct scoring *s = arg;

	TRY(meeting_by_code(c, s->code, &s->m));
	s->rq.meeting_id = s->m.id;
	return score_save(c, &s->rq, &s->m, &s->sheet, &s->found);
}

static fail read_stage(struct call *c, const char *text, enum score_stage *out)
{
	if (text && strcmp(text, "self") == 0)
		*out = STAGE_SELF;
	else if (text && strcmp(text, "voted") == 0)
		*out = STAGE_VOTED;
	else if (text && strcmp(text, "decided") == 0)
		*out = STAGE_DECIDED;
	else
		return problem(c, FAIL_INPUT, "--stage", "give --stage self (by the cell), voted (the cell voted on it) or decided (by the committee above)");
	return FAIL_OK;
}

static fail meetings_score(struct call *c, struct args *args)
{
	struct scoring s = { .rq = { .rev = ANY_REV, .keep_judged = true } };
	bool as_json = args_flag(args, "--json");
	struct facts_file file;

	TRY(read_stage(c, args_option(args, "--stage"), &s.rq.stage));
	s.judged_file = args_option(args, "--judged");
	s.rq.reason = args_option(args, "--reason");
	TRY(word_needed(c, args, "CODE", &s.code));
	TRY(args_end(c, args));
	if (s.judged_file) {
		TRY(facts_file_read(c, s.judged_file, USE_REGULAR, &file));
		s.rq.judged = file.judged;
		s.rq.keep_judged = false;
	}
	fail f = db_write(c, score_body, &s);

	if (f != FAIL_OK) {
		tell_all(c, &s.found);
		return f;
	}
	return show_stored(c, &s.m, as_json);
}

/* ---------------------------------------------------------------- steps */

struct stepping {
	const char *code;
	enum meeting_step step;
	struct step_note note;
	int64_t rev;
	struct meeting m;
	struct flaws found;
};

static fail step_body(struct call *c, void *arg)
{
	struct stepping *s = arg;

	TRY(meeting_by_code(c, s->code, &s->m));
	return meeting_take_step(c, s->m.id, s->rev, s->step, &s->note, &s->m, &s->found);
}

static fail read_step(struct call *c, struct args *args, struct stepping *s)
{
	const char *word, *at = args_option(args, "--starts-at"), *rev = args_option(args, "--rev");

	s->note = (struct step_note){ args_option(args, "--reason"), args_option(args, "--approved-by"), MOMENT_NONE, args_option(args, "--place") };
	if (at && !moment_parse(at, &s->note.starts_at))
		return problem(c, FAIL_INPUT, "--starts-at", "“%s” is not a day and time; write 2026-01-05T19:00", at);
	if (rev && !int_parse(rev, &s->rev))
		return problem(c, FAIL_INPUT, "--rev", "“%s” is not a version; write the number that meetings show gives", rev);
	TRY(word_needed(c, args, "CODE", &s->code));
	TRY(word_needed(c, args, "STEP", &word));
	TRY(args_end(c, args));
	int i = word_index(meeting_step_words, word);

	if (i <= 0)
		return problem(c, FAIL_INPUT, "STEP", "there is no step “%s” in the life of a meeting", word);
	s->step = (enum meeting_step)i;
	return FAIL_OK;
}

static fail meetings_step(struct call *c, struct args *args)
{
	struct stepping s = { .rev = ANY_REV };
	bool as_json = args_flag(args, "--json");

	TRY(read_step(c, args, &s));
	fail f = db_write(c, step_body, &s);

	if (f != FAIL_OK) {
		tell_all(c, &s.found);
		return f;
	}
	if (as_json)
		return show_stored(c, &s.m, true);
	fprintf(c->out, "%s\t%s\n", s.m.code, meeting_state_name(c->lang, s.m.state));
	return FAIL_OK;
}

/* ---------------------------------------------------------------- settle */

static fail meetings_settle(struct call *c, struct args *args)
{
	int64_t done;

	TRY(args_end(c, args));
	TRY(score_settle_due(c, &done));
	fprintf(c->out, tr(c->lang, "%lld meetings settled whose papers fell due\n"), (long long)done);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- the table */

static const struct option list_options[] = {
	{ "--unit", "CODE", N_("the cell, or a unit above it") },
	{ "--period", "P", N_("2025, 2025-H1, 2025-Q3 or 2025-03; otherwise the last twelve months") },
	{ "--json", NULL, N_("as JSON") },
	{ NULL },
};
static const struct option json_options[] = { { "--json", NULL, N_("as JSON") }, { NULL } };
static const struct option record_options[] = {
	{ "--file", "FILE.json", N_("counts, facts, attendance, tasks and judged points of one meeting; - is standard input") },
	{ "--unit", "CODE", N_("the cell") },
	{ "--kind", "KIND", N_("regular, thematic, extraordinary or committee") },
	{ "--starts-at", "TIME", N_("such as 2026-01-05T19:00; further options: --code --thematic --ends-at --expected --present --excused --unexcused "
	                            "--official-present --speakers --pre-meeting-on --documents-sent-at --scored-at --uploaded-at --topic") },
	{ "--json", NULL, N_("as JSON") },
	{ NULL },
};
static const struct option score_options_of_meeting[] = {
	{ "--stage", "STAGE", N_("self: the cell's own sheet; voted: the cell voted on it; decided: by the committee above") },
	{ "--judged", "FILE.json", N_("{\"judged\": {\"D3.1\": \"3\", …}}; otherwise the points given before stand") },
	{ "--reason", "TEXT", N_("why a decision differs from the cell's own sheet") },
	{ "--json", NULL, N_("as JSON") },
	{ NULL },
};

static const struct option step_options[] = {
	{ "--reason", "TEXT", N_("why; of a schedule the number and day of the notice") },
	{ "--approved-by", "NAME", N_("who approved a postponement or cancellation") },
	{ "--starts-at", "TIME", N_("the new day of a register, schedule or postpone") },
	{ "--place", "TEXT", N_("the new place") },
	{ "--rev", "N", N_("only if the meeting still has this version") },
	{ "--json", NULL, N_("as JSON") },
	{ NULL },
};

const struct command meeting_commands[] = {
	{ "meetings list", "--unit CODE [--period P] [--json]", N_("lists meetings, newest first"), NEEDS_DB, meetings_list, list_options },
	{ "meetings show", "CODE [--json]", N_("shows a meeting: what is recorded, what is missing, its sheets"), NEEDS_DB | NEEDS_RULES,
	  meetings_show, json_options },
	{ "meetings record", "[--file FILE.json] [--unit CODE --kind KIND --starts-at TIME …] [--json]",
	  N_("records a meeting or changes the one of that code; with judged points it is scored, too"), NEEDS_DB | NEEDS_WRITE | NEEDS_RULES,
	  meetings_record, record_options },
	{ "meetings score", "CODE --stage self|voted|decided [--judged FILE.json] [--reason TEXT] [--json]", N_("scores a meeting, or decides its class"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, meetings_score, score_options_of_meeting },
	{ "meetings step", "CODE STEP [--reason TEXT] [--approved-by NAME] [--starts-at TIME] [--place TEXT] [--rev N] [--json]",
	  N_("takes a step: register schedule prepare open close score vote sign report decide lock postpone cancel reopen"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, meetings_step, step_options },
	{ "meetings settle", "", N_("settles the scores of meetings whose papers fell due and did not come; the running server does this by itself"),
	  NEEDS_DB | NEEDS_WRITE | NEEDS_RULES, meetings_settle, NULL },
	{ NULL },
};
