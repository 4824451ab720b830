/* test_papers.c — the forms of a meeting: every item of domain.md 5.1 and 5.2 in their text, against samples kept in forms/.
 *
 * After a wanted change: CHIBO_ACCEPT=1 build/dev/tests/test_papers, look at the difference of forms/NAME.json, commit it. */
#include <jansson.h>

#include "document/papers_fixture.h"

#include <stdlib.h>

#include "paper/form.h"

static struct meeting_paper paper(struct call *c, const struct meeting *m, const char *form)
{
	struct meeting_paper p;

	READING(c)
		assert_ok(c, meeting_paper_of(c, m, meeting_form_find(form), NULL, &p));
	return p;
}

/* ---- samples ---- */

static char *read_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = calloc(1, 1 << 20);

	if (f && text && fread(text, 1, (1 << 20) - 1, f) == 0)
		text[0] = '\0';
	if (f)
		fclose(f);
	return text;
}

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void check_sample(struct call *c, const char *name, const char *context)
{
	const char *path = arena_printf(c->arena, "forms/%s.json", name);
	json_error_t error;
	json_t *j = json_loads(context, JSON_REJECT_DUPLICATES, &error);

	if (!j)
		fail_msg("%s: %s at %d", name, error.text, error.position);
	char *pretty = json_dumps(j, JSON_INDENT(2)), *with_end = malloc(strlen(pretty) + 2), *stored = read_text(path);

	sprintf(with_end, "%s\n", pretty);
	if (getenv("CHIBO_ACCEPT"))
		write_text(path, with_end);
	else
		assert_string_equal(with_end, stored);
	free(stored);
	free(with_end);
	free(pretty);
	json_decref(j);
}

TEST_BOTH(the_samples_of_the_forms_are_the_papers_of_the_example)
{
	struct meeting m = fixture_papers(c);

	for (const struct meeting_form_kind *k = meeting_forms; k->name; k++)
		check_sample(c, k->name, paper(c, &m, k->name).context);
}

/* ---- every form can be filled in both layouts, before the meeting knows anything and after it knows all ---- */

static void fill(struct call *c, const char *name, struct date on, const char *context)
{
	const struct builtin_form *form;
	const struct docx *docx;
	struct docx_filled filled;
	json_t *facts = json_loads(context, 0, NULL);

	assert_ok(c, form_find(c, name, on, &form));
	assert_ok(c, form_open(c, form, &docx));
	assert_ok(c, docx_fill(c, docx, facts, &filled));
	json_decref(facts);
}

TEST_BOTH(every_form_knows_its_names_in_both_layouts)
{
	struct meeting full = fixture_papers(c), bare;

	record_clear(&meeting_record, &bare);
	bare.unit_code = "C12";
	bare.kind = MEETING_REGULAR;
	assert_true(moment_parse("2025-11-05T19:00", &bare.starts_at));
	assert_ok(c, meeting_create(c, &bare));
	for (const struct meeting_form_kind *k = meeting_forms; k->name; k++) {
		fill(c, k->name, date_of(2025, 11, 3), paper(c, &full, k->name).context);
		fill(c, k->name, date_of(2026, 6, 3), paper(c, &full, k->name).context);
		fill(c, k->name, date_of(2026, 6, 3), paper(c, &bare, k->name).context);
	}
}

/* CHIBO_PAPERS=DIR: writes all papers there, to be looked at. */
TEST_BOTH(papers_to_look_at)
{
	const char *dir = getenv("CHIBO_PAPERS");
	struct meeting m;

	if (!dir)
		test_skip(c, "CHIBO_PAPERS names no folder");
	m = fixture_papers(c);
	for (const struct meeting_form_kind *k = meeting_forms; k->name; k++)
		for (int format = 0; format < PAPER_FORMATS; format++) {
			struct meeting_paper p = paper(c, &m, k->name);
			struct out o;

			out_memory(&o, c->arena);
			assert_ok(c, meeting_paper_make(c, &p, (enum paper_format)format, &o));
			FILE *f = fopen(arena_printf(c->arena, "%s/%s.%s", dir, k->name, paper_word((enum paper_format)format)), "wb");

			assert_non_null(f);
			fwrite(o.data, 1, o.size, f);
			fclose(f);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_samples_of_the_forms_are_the_papers_of_the_example),
		BOTH(every_form_knows_its_names_in_both_layouts),
		BOTH(papers_to_look_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
