/* load.c — rule files together: reading a directory, the embedded copy, and that no two rules hold for the same thing. */
#include "rules/load.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rules/agenda_rule.h"
#include "rules/builtin.h"
#include "rules/framework.h"
#include "rules/holidays.h"
#include "rules/levels.h"
#include "rules/reader.h"

enum { MAX_RULES = 1000 };

struct set {
	struct arena *arena;
	struct rule *v;
	struct place *at; /* of each rule in its file */
	size_t n;
	struct complaints *bad;
};

static void set_begin(struct set *s, struct arena *a, struct complaints *bad)
{
	*s = (struct set){ .arena = a, .bad = bad };
	s->v = ARENA_ARRAY(a, MAX_RULES, struct rule);
	s->at = ARENA_ARRAY(a, MAX_RULES, struct place);
}

/* ---------------------------------------------------------------- one file */

static const char *const *title_of(const struct rule *r)
{
	if (r->scheme)
		return r->scheme->title;
	if (r->year)
		return r->year->title;
	if (r->target)
		return r->target->title;
	if (r->levels)
		return r->levels->title;
	return r->holidays ? r->holidays->title : r->agenda->title;
}

static void read_rule(struct set *s, struct reader *r, const struct yaml *map, const char *text)
{
	struct rule rule = { .file = r->file, .text = text };
	struct frame f;

	if (map->kind != YAML_MAP) {
		complain(r, map->at, "expected a rule: keys with values, beginning with “kind:”");
		return;
	}
	rule.kind = (enum rule_kind)read_word(r, map, "kind", rule_kind_words, -1);
	if (!read_optional(map, "kind"))
		return;
	f = read_frame(r, map);
	if (rule.kind == RULE_SCHEME)
		rule.scheme = read_scheme(r, map, &f);
	else if (rule.kind == RULE_YEAR)
		rule.year = read_year_rule(r, map, &f);
	else if (rule.kind == RULE_TARGET)
		rule.target = read_target(r, map, &f);
	else if (rule.kind == RULE_HOLIDAYS)
		rule.holidays = read_holidays(r, map, &f);
	else if (rule.kind == RULE_AGENDA)
		rule.agenda = read_agenda(r, map, &f);
	else
		rule.levels = read_levels(r, map, &f);
	if (!rule.scheme && !rule.year && !rule.target && !rule.holidays && !rule.agenda && !rule.levels)
		return;
	if (s->n == MAX_RULES) {
		complain(r, map->at, "more than %d rules", MAX_RULES);
		return;
	}
	rule.id = f.id;
	rule.scope = f.scope;
	rule.source = f.source;
	rule.valid_from = f.valid_from;
	rule.valid_to = f.valid_to;
	rule.is_default = f.is_default;
	rule.title = title_of(&rule);
	s->at[s->n] = map->at;
	s->v[s->n++] = rule;
}

static void read_file(struct set *s, const char *file, const char *text, size_t size)
{
	struct reader r = { .arena = s->arena, .file = arena_strdup(s->arena, file), .bad = s->bad, .book = &FACTS_OF_MEETING };
	struct yaml_problem why;
	struct yaml tree;

	if (!yaml_parse(s->arena, text, size, &tree, &why)) {
		complain(&r, why.at, why.detail ? "%s: %s" : "%s", tr(s->bad->lang, why.what), why.detail);
		return;
	}
	text = arena_strndup(s->arena, text, size);
	if (tree.kind != YAML_LIST) {
		read_rule(s, &r, &tree, text);
		return;
	}
	for (size_t i = 0; i < tree.n; i++)
		read_rule(s, &r, &tree.v[i].value, text);
}

/* ---------------------------------------------------------------- the set */

static bool overlap(const struct rule *a, const struct rule *b)
{
	return a->valid_from.days <= b->valid_to.days && b->valid_from.days <= a->valid_to.days;
}

/* Would both be chosen for the same thing? */
static bool compete(const struct rule *a, const struct rule *b)
{
	if (a->kind != b->kind || strcmp(a->scope, b->scope) != 0 || !a->is_default || !b->is_default)
		return false;
	if (a->scheme)
		return a->scheme->use == b->scheme->use;
	if (a->levels)
		return a->levels->use == b->levels->use;
	return a->kind == RULE_YEAR || a->kind == RULE_AGENDA;
}

struct breach_words { struct reader *r; const struct scheme *own; struct place otherwise; };

static void put_breach(void *arg, const struct breach *b)
{
	const struct breach_words *w = arg;
	struct place at = b->at.line ? b->at : w->otherwise;
	char got[NUM_TEXT], want[NUM_TEXT];

	tenths_format(b->got, got);
	tenths_format(b->want, want);
	switch (b->code) {
	case BREACH_USE:
		complain(w->r, at, "the framework %s is for something else", b->id);
		break;
	case BREACH_STANDARD:
		complain(w->r, at, "the standard is %s points; the framework %s says %s, and a table within it may not change that", got, w->own->framework, want);
		break;
	case BREACH_MISSING:
		complain(w->r, at, "%s of the framework %s is missing; a table within it keeps all groups", b->id, w->own->framework);
		break;
	case BREACH_ADDED:
		complain(w->r, at, "%s is no group of the framework %s; new criteria belong into one of its groups", b->id, w->own->framework);
		break;
	case BREACH_WEIGHT:
		complain(w->r, at, "%s has %s points; the framework %s gives it %s, and a table within it may not change that", b->id, got, w->own->framework, want);
		break;
	case BREACH_VETO:
		complain(w->r, at, "the veto %s of the framework %s was dropped; a table within it keeps all vetoes", b->id, w->own->framework);
		break;
	case BREACH_VETO_WHEN:
		complain(w->r, at, "the veto %s applies in other cases than in the framework %s; a table within it may not change that", b->id, w->own->framework);
		break;
	}
}

/* The version of the framework on the day the table begins; where there is none that early, the one that begins last. */
static const struct scheme *framework_of(const struct set *s, const struct scheme *own)
{
	const struct scheme *found = NULL;

	for (size_t i = 0; i < s->n; i++) {
		const struct scheme *t = s->v[i].scheme;

		if (!t || t == own || strcmp(t->id, own->framework) != 0)
			continue;
		if (t->valid_from.days <= own->valid_from.days && own->valid_from.days <= t->valid_to.days)
			return t;
		if (!found || t->valid_from.days > found->valid_from.days)
			found = t;
	}
	return found;
}

static void check_framework(struct set *s, size_t i)
{
	struct reader r = { .arena = s->arena, .file = s->v[i].file, .bad = s->bad };
	const struct scheme *own = s->v[i].scheme, *frame;
	struct breach_words words = { &r, own, s->at[i] };

	if (!own || !*own->framework)
		return;
	frame = framework_of(s, own);
	if (!frame)
		complain(&r, s->at[i], "there is no table “%s” that could be the framework", own->framework);
	else
		framework_check(own, frame, put_breach, &words);
}

static void check_set(struct set *s)
{
	for (size_t i = 0; i < s->n; i++)
		check_framework(s, i);
	for (size_t i = 0; i < s->n; i++) {
		struct reader r = { .arena = s->arena, .file = s->v[i].file, .bad = s->bad };

		for (size_t k = 0; k < i; k++) {
			const struct rule *a = &s->v[k], *b = &s->v[i];

			if (!overlap(a, b))
				continue;
			if (strcmp(a->id, b->id) == 0 && (a->kind != RULE_TARGET || b->kind != RULE_TARGET || strcmp(a->scope, b->scope) == 0))
				complain(&r, s->at[i], "%s: the same id is already valid on the same days, in %s", b->id, a->file);
			else if (compete(a, b))
				complain(&r, s->at[i], "%s: valid on the same days and for the same units as %s in %s; end one of them, or mark it “default: false”",
				         b->id, a->id, a->file);
		}
	}
}

static int by_kind_id_date(const void *x, const void *y)
{
	const struct rule *a = x, *b = y;
	int order = a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : strcmp(a->id, b->id);

	if (!order)
		order = (a->valid_from.days > b->valid_from.days) - (a->valid_from.days < b->valid_from.days);
	return order ? order : strcmp(a->scope, b->scope);
}

static fail set_end(struct set *s, const char *origin, struct rules *out)
{
	if (!s->bad->n)
		check_set(s);
	if (s->bad->n)
		return FAIL_INPUT;
	qsort(s->v, s->n, sizeof *s->v, by_kind_id_date);
	*out = (struct rules){ .v = s->v, .n = s->n, .origin = arena_strdup(s->arena, origin) };
	return FAIL_OK;
}

fail rules_load_texts(struct arena *a, const struct rule_text *v, size_t n, struct rules *out, struct complaints *bad)
{
	struct set s;

	set_begin(&s, a, bad);
	for (size_t i = 0; i < n; i++)
		read_file(&s, v[i].file, v[i].text, v[i].size);
	return set_end(&s, n == 1 ? v[0].file : "", out);
}

fail rules_read_scheme(struct arena *a, const struct rule_text *text, const struct scheme **out, struct complaints *bad)
{
	struct set s;
	struct reader r = { .arena = a, .file = text->file, .bad = bad };
	const struct place top = { 1, 1 };

	set_begin(&s, a, bad);
	read_file(&s, text->file, text->text, text->size);
	if (!bad->n && (s.n != 1 || !s.v[0].scheme))
		complain(&r, top, "expected one table (kind: scheme)");
	*out = bad->n ? NULL : s.v[0].scheme;
	return bad->n ? FAIL_INPUT : FAIL_OK;
}

static void read_more(struct set *s, const struct rule_text *more, size_t n)
{
	for (size_t i = 0; i < n; i++)
		read_file(s, more[i].file, more[i].text, more[i].size);
}

static fail load_builtin_with(struct arena *a, const struct rule_text *more, size_t n, struct rules *out, struct complaints *bad)
{
	struct set s;

	set_begin(&s, a, bad);
	for (int i = 0; i < builtin_rule_count; i++)
		read_file(&s, builtin_rules[i].name, (const char *)builtin_rules[i].data, builtin_rules[i].size);
	read_more(&s, more, n);
	return set_end(&s, tr(bad->lang, "built in"), out);
}

fail rules_load_builtin(struct arena *a, struct rules *out, struct complaints *bad)
{
	return load_builtin_with(a, NULL, 0, out, bad);
}

/* ---------------------------------------------------------------- a directory */

static int is_rule_file(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return e->d_name[0] != '.' && n > 5 && strcmp(e->d_name + n - 5, ".yaml") == 0;
}

static void read_stream(struct set *s, const char *name, int fd)
{
	struct reader r = { .arena = s->arena, .file = name, .bad = s->bad };
	char *text = arena_alloc(s->arena, YAML_MAX_SIZE + 1);
	size_t size = 0;
	ssize_t n;

	while (size <= YAML_MAX_SIZE && (n = read(fd, text + size, YAML_MAX_SIZE + 1 - size)) != 0) {
		if (n < 0) {
			complain(&r, (struct place){ 0 }, "the file cannot be read");
			return;
		}
		size += (size_t)n;
	}
	read_file(s, name, text, size);
}

static void read_named(struct set *s, int dir_fd, const char *dir, const char *name)
{
	const char *path = arena_printf(s->arena, "%s/%s", dir, name);
	struct reader r = { .arena = s->arena, .file = path, .bad = s->bad };
	int fd = openat(dir_fd, name, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		complain(&r, (struct place){ 0 }, "the file cannot be read");
		return;
	}
	read_stream(s, path, fd);
	close(fd);
}

static fail load_dir_at(struct arena *a, int base, const char *dir, const struct rule_text *more, size_t more_n, struct rules *out,
                        struct complaints *bad)
{
	struct set s;
	struct dirent **names = NULL;
	int fd = openat(base, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int n = fd < 0 ? -1 : scandirat(fd, ".", &names, is_rule_file, alphasort);

	if (n < 0) {
		if (fd >= 0)
			close(fd);
		return FAIL_NOT_FOUND;
	}
	set_begin(&s, a, bad);
	for (int i = 0; i < n; i++) {
		read_named(&s, fd, dir, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	close(fd);
	read_more(&s, more, more_n);
	return n ? set_end(&s, dir, out) : FAIL_NOT_FOUND;
}

fail rules_load_dir(struct arena *a, const char *dir, struct rules *out, struct complaints *bad)
{
	return load_dir_at(a, AT_FDCWD, dir, NULL, 0, out, bad);
}

/* ---------------------------------------------------------------- the rules of a call */

fail rules_report(struct call *c, const struct complaints *bad)
{
	for (size_t i = 0; bad->n > 1 && i < bad->n; i++)
		fprintf(c->err, "%s:%d:%d: %s\n", bad->v[i].file, bad->v[i].at.line, bad->v[i].at.column, bad->v[i].text);
	if (bad->n == 1)
		return problem(c, FAIL_INPUT, "rules", "%s:%d:%d: %s", bad->v[0].file, bad->v[0].at.line, bad->v[0].at.column, bad->v[0].text);
	return problem(c, FAIL_INPUT, "rules", "the rules cannot be used; %zu mistakes, the first: %s:%d:%d: %s", bad->n, bad->v[0].file,
	               bad->v[0].at.line, bad->v[0].at.column, bad->v[0].text);
}

fail rules_open(struct call *c, struct arena *a, const char *dir, struct rules *out)
{
	return rules_open_with(c, a, dir, NULL, 0, out);
}

fail rules_open_with(struct call *c, struct arena *a, const char *dir, const struct rule_text *more, size_t n, struct rules *out)
{
	static const char *const usual[] = { "rules", CHIBO_RULES_DIR };
	struct complaints bad = { .arena = a, .lang = c->lang };
	fail f = FAIL_NOT_FOUND;

	if (!dir && getenv("CHIBO_RULES"))
		dir = getenv("CHIBO_RULES");
	if (dir && *dir) {
		f = load_dir_at(a, c->cwd, dir, more, n, out, &bad);
		if (f == FAIL_NOT_FOUND)
			return problem(c, FAIL_NOT_FOUND, "rules", "there is no directory with rule files (*.yaml) at “%s”", dir);
	}
	for (size_t i = 0; f == FAIL_NOT_FOUND && i < 2; i++)
		f = load_dir_at(a, c->cwd, usual[i], more, n, out, &bad);
	if (f == FAIL_NOT_FOUND)
		f = load_builtin_with(a, more, n, out, &bad);
	return f == FAIL_INPUT ? rules_report(c, &bad) : f;
}
