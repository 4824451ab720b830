/* form.c — forms are opened once and kept; an office's own file is opened again when its time or size has changed. */
#include "paper/form.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FORMS_MAX = 400, FILE_MAX = 16 << 20, KEEP_CEILING = 256 << 20 };

/* An opened document, used by any number of calls. */
struct opened {
	struct arena *arena;
	struct docx *docx;
	struct stat own; /* of the office's file; st_size -1: the program's own */
	int uses;        /* calls that hold it, and the list */
};

static struct opened *list[FORMS_MAX]; /* by the number of the form */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *folder; /* NULL: not chosen yet */

void form_folder_set(const char *path)
{
	char *copy = strdup(path), *old;

	pthread_mutex_lock(&lock);
	old = folder;
	folder = copy;
	pthread_mutex_unlock(&lock);
	free(old);
}

const char *form_folder(void)
{
	const char *variable = getenv("CHIBO_FORMS");

	return folder ? folder : variable ? variable : "";
}

const char *form_title(enum lang lang, const struct builtin_form *form) { return lang == LANG_VI ? form->title : form->title_en; }

const char *form_file_name(struct arena *a, const struct builtin_form *form) { return arena_join(a, form->name, "-", form->layout, ".docx", NULL); }

fail form_find(struct call *c, const char *name, struct date on, const struct builtin_form **out)
{
	char day[DATE_TEXT];
	bool known = false;

	date_format(on, day);
	for (const struct builtin_form *f = builtin_forms; f->name; f++) {
		if (strcmp(f->name, name) != 0)
			continue;
		known = true;
		if (strcmp(f->valid_from, day) <= 0 && strcmp(day, f->valid_to) <= 0) {
			*out = f;
			return FAIL_OK;
		}
	}
	if (known)
		return problem(c, FAIL_NOT_FOUND, "form", "the form “%s” has no layout for %s", name, show_date(c->arena, c->lang, on));
	return problem(c, FAIL_NOT_FOUND, "form", "there is no form “%s”; chibo forms list shows them all", name);
}

/* ---- opening ---- */

static const char *own_path(struct call *c, const struct builtin_form *form)
{
	return *form_folder() ? call_path(c, arena_join(c->arena, form_folder(), "/", form_file_name(c->arena, form), NULL)) : NULL;
}

static struct stat own_stat(struct call *c, const struct builtin_form *form)
{
	const char *path = own_path(c, form);
	struct stat st;

	if (!path || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		st = (struct stat){ .st_size = -1 };
	return st;
}

bool form_is_own(struct call *c, const struct builtin_form *form) { return own_stat(c, form).st_size >= 0; }

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && (a->st_size < 0 || (a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	                                                       a->st_ino == b->st_ino));
}

static void let_go(void *arg)
{
	struct opened *o = arg;
	int uses;

	pthread_mutex_lock(&lock);
	uses = --o->uses;
	pthread_mutex_unlock(&lock);
	if (uses == 0) {
		arena_free(o->arena);
		free(o);
	}
}

fail form_read_file(struct call *c, const char *name, FILE *file, char **data, size_t *n)
{
	char block[16384];
	struct out o;
	size_t got;

	out_memory(&o, c->arena);
	while (o.size <= FILE_MAX && (got = fread(block, 1, sizeof block, file)) > 0)
		out_bytes(&o, block, got);
	*data = out_text(&o);
	*n = o.size;
	return o.size > FILE_MAX ? problem(c, FAIL_INPUT, "file", "%s: the file is larger than %d MB, as no form is", name, FILE_MAX >> 20) : FAIL_OK;
}

static fail read_own(struct call *c, const char *path, char **data, size_t *n)
{
	FILE *file;
	fail f;

	TRY(call_open(c, path, "rb", &file));
	f = form_read_file(c, path, file, data, n);
	fclose(file);
	return f;
}

static fail open_form(struct call *c, const struct builtin_form *form, const struct stat *own, struct opened **out)
{
	struct opened *o = calloc(1, sizeof *o);
	char *data = (char *)(uintptr_t)form->docx;
	size_t n = form->size;
	fail f = FAIL_OK;

	*out = o;
	if (!o || !(o->arena = arena_new(KEEP_CEILING))) {
		free(o);
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	}
	o->uses = 1;
	o->own = *own;
	arena_defer(c->arena, let_go, o);
	if (own->st_size >= 0)
		f = read_own(c, own_path(c, form), &data, &n);
	return f == FAIL_OK ? docx_open(c, o->arena, form_file_name(c->arena, form), data, n, &o->docx) : f;
}

/* The document at hand when it is still the right one; the call holds it. */
static struct opened *hold(struct call *c, size_t i, const struct stat *own)
{
	struct opened *o;

	pthread_mutex_lock(&lock);
	o = list[i] && same(&list[i]->own, own) ? list[i] : NULL;
	if (o)
		o->uses++;
	pthread_mutex_unlock(&lock);
	if (o)
		arena_defer(c->arena, let_go, o);
	return o;
}

/* Keeps it for later calls, in place of an older one. */
static void keep(size_t i, struct opened *o)
{
	struct opened *old;

	pthread_mutex_lock(&lock);
	old = list[i];
	list[i] = o;
	o->uses++;
	pthread_mutex_unlock(&lock);
	if (old)
		let_go(old);
}

fail form_open(struct call *c, const struct builtin_form *form, const struct docx **out)
{
	size_t i = (size_t)(form - builtin_forms);
	struct stat own = own_stat(c, form);
	struct opened *o = i < FORMS_MAX ? hold(c, i, &own) : NULL;

	if (!o) {
		TRY(open_form(c, form, &own, &o));
		if (i < FORMS_MAX)
			keep(i, o);
	}
	*out = o->docx;
	return FAIL_OK;
}
