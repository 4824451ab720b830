/* report_papers.c — `chibo report R05 --meeting CODE`, and a whole commune's month at once: one file a meeting in a folder, or all in a ZIP file. */
#include "document/report_papers.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "document/context.h"
#include "paper/zip_write.h"

enum { MEETINGS_MOST = 100000 };

struct job {
	const struct report_kind *kind;
	const struct report_words *words;
	const struct meeting_form_kind *form;
	enum paper_format format;
	bool json;
	struct meetings meetings;
	struct zip_writer *zip; /* or NULL: files */
	struct arena *keep;     /* of the names in the ZIP file, which outlive their papers */
};

/* ---------------------------------------------------------------- what was asked */

static fail read_format(struct call *c, struct job *job)
{
	const char *word = job->words->format;

	job->json = !word || strcmp(word, "json") == 0;
	if (job->json || paper_format_parse(word, &job->format))
		return FAIL_OK;
	return problem(c, FAIL_INPUT, "--format", "“%s” is not a form of papers; write json, docx, pdf, html or xlsx", word);
}

static fail one_meeting(struct call *c, struct job *job)
{
	job->meetings.v = ARENA_NEW(c->arena, struct meeting);
	job->meetings.n = 1;
	return meeting_by_code(c, job->words->meeting, job->meetings.v);
}

/* What is written after a meeting only of those that were held; nothing of a cancelled one. */
static void keep_held(struct job *job)
{
	bool after = strcmp(job->kind->id, "R05") >= 0;
	size_t n = 0;

	for (size_t i = 0; i < job->meetings.n; i++) {
		const struct meeting *m = &job->meetings.v[i];

		if (m->kind != MEETING_COMMITTEE && m->state != MEETING_CANCELLED && (!after || meeting_was_held(m->state)))
			job->meetings.v[n++] = *m;
	}
	job->meetings.n = n;
}

static fail meetings_of_unit(struct call *c, struct job *job)
{
	struct meeting_list_query q = { .today = c->today, .before = MOMENT_NONE, .limit = MEETINGS_MOST };

	if (!job->words->unit || !job->words->period)
		return problem(c, FAIL_INPUT, "--meeting", "say which meeting: --meeting CODE, or --unit CODE --period 2025-03");
	if (!period_parse(job->words->period, &q.period))
		return problem(c, FAIL_INPUT, "--period", "“%s” is not a period; write 2025, 2025-H1, 2025-Q3 or 2025-03", job->words->period);
	TRY(org_unit_id(c, job->words->unit, &q.unit_id));
	TRY(meeting_list(c, &q, &job->meetings));
	keep_held(job);
	return FAIL_OK;
}

static fail find_meetings(struct call *c, void *arg)
{
	struct job *job = arg;

	return job->words->meeting ? one_meeting(c, job) : meetings_of_unit(c, job);
}

/* ---------------------------------------------------------------- one paper */

struct one { struct job *job; const struct meeting *m; struct meeting_paper paper; };

static fail compose_one(struct call *c, void *arg)
{
	struct one *o = arg;

	return meeting_paper_of(c, o->m, o->job->form, NULL, &o->paper);
}

static fail make_one(struct call *c, struct job *job, const struct meeting *m, struct one *one, struct out *out)
{
	*one = (struct one){ .job = job, .m = m };
	TRY(db_read(c, compose_one, one));
	if (!job->json)
		return meeting_paper_make(c, &one->paper, job->format, out);
	out_str(out, one->paper.context);
	out_char(out, '\n');
	return FAIL_OK;
}

static const char *file_name(struct call *c, const struct job *job, const struct one *one)
{
	return arena_printf(c->arena, "%s.%s", one->paper.filename, job->json ? "json" : paper_word(job->format));
}

static fail write_file(struct call *c, const char *path, const struct out *o)
{
	FILE *f;

	TRY(call_open(c, path, "wb", &f));
	bool ok = fwrite(o->data, 1, o->size, f) == o->size;

	if (fclose(f) != 0 || !ok)
		return problem(c, FAIL_BROKEN, "--out", "the file %s could not be written: %s", path, strerror(errno));
	return FAIL_OK;
}

static fail put_one(struct call *c, struct job *job, const struct one *one, const struct out *o)
{
	const char *name = file_name(c, job, one);
	struct zip_part part;

	if (!job->zip)
		return write_file(c, arena_printf(c->arena, "%s/%s", job->words->out, name), o);
	TRY(zip_write_pack(c, c->arena, arena_strdup(job->keep, name), o->data, o->size, 6, &part));
	zip_write_part(job->zip, &part);
	return FAIL_OK;
}

/* ---------------------------------------------------------------- where to */

/* A call of its own for every paper, so that the memory of one is free for the next. */
static fail each_meeting(struct call *c, struct job *job)
{
	for (size_t i = 0; i < job->meetings.n; i++) {
		struct call inner = *c;
		struct one one;
		struct out o;

		inner.arena = arena_new(256u << 20);
		out_memory(&o, inner.arena);
		fail f = make_one(&inner, job, &job->meetings.v[i], &one, &o);

		if (f == FAIL_OK)
			f = put_one(&inner, job, &one, &o);
		if (f != FAIL_OK)
			(void)problem(c, f, arena_strdup(c->arena, inner.problem.field), "%s", arena_strdup(c->arena, inner.problem.text));
		arena_free(inner.arena);
		TRY(f);
	}
	fprintf(c->err, tr(c->lang, "%zu papers: %s\n"), job->meetings.n, job->words->out);
	return FAIL_OK;
}

static bool is_zip(const char *path)
{
	size_t n = strlen(path);

	return n > 4 && strcmp(path + n - 4, ".zip") == 0;
}

static fail to_zip(struct call *c, struct job *job)
{
	struct zip_writer w;
	struct out o;

	out_memory(&o, NULL);
	zip_write_begin(&w, c->arena, &o);
	job->zip = &w;
	fail f = each_meeting(c, job);

	zip_write_end(&w);
	if (f == FAIL_OK)
		f = write_file(c, job->words->out, &o);
	out_free(&o);
	return f;
}

static fail to_screen(struct call *c, struct job *job)
{
	struct one one;
	struct out o;

	if (job->meetings.n != 1)
		return problem(c, FAIL_INPUT, "--out", "%zu meetings make %zu papers: say where to put them, --out FOLDER or --out FILE.zip", job->meetings.n,
		               job->meetings.n);
	out_memory(&o, c->arena);
	TRY(make_one(c, job, &job->meetings.v[0], &one, &o));
	return fwrite(o.data, 1, o.size, c->out) == o.size ? FAIL_OK : problem(c, FAIL_BROKEN, "", "the report could not be written");
}

static fail run(struct call *c, const struct report_kind *kind, const struct report_words *w)
{
	struct job job = { .kind = kind, .words = w, .form = meeting_form_find(kind->name), .keep = c->arena };

	TRY(read_format(c, &job));
	TRY(db_read(c, find_meetings, &job));
	if (!w->out)
		return to_screen(c, &job);
	if (is_zip(w->out))
		return to_zip(c, &job);
	if (mkdir(call_path(c, w->out), 0777) != 0 && errno != EEXIST)
		return problem(c, FAIL_INPUT, "--out", "the folder %s cannot be made: %s", w->out, strerror(errno));
	return each_meeting(c, &job);
}

const struct report_kind document_reports[] = {
	{ "R02", "agenda", N_("Agenda"), NULL, run },
	{ "", "invitation", N_("Invitation, a page for each person"), NULL, run },
	{ "R03", "attendance", N_("Attendance sheet"), NULL, run },
	{ "R04", "pre_minutes", N_("Minutes of the committee before the meeting"), NULL, run },
	{ "R05", "minutes", N_("Minutes of the meeting"), NULL, run },
	{ "R06", "resolution", N_("Resolution or conclusion"), NULL, run },
	{ "R07", "score", N_("Score sheet"), NULL, run },
	{ NULL },
};
