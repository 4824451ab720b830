/* form.c — what was typed, what is wrong with it, and the controls that show both. */
#include "html/form.h"

#include <string.h>

#define LIT(o, literal) out_bytes((o), (literal), sizeof(literal) - 1)
enum { RADIO_MOST = 5, LONG_TEXT = 200 };

/* Room grows by doubling: it is full whenever the count is a power of two from 8 on. */
void pairs_add(struct arena *a, struct pairs *p, const char *name, const char *value)
{
	bool full = p->n == 0 || (p->n >= 8 && (p->n & (p->n - 1)) == 0);

	if (full) {
		struct pair *more = ARENA_ARRAY(a, p->n ? p->n * 2 : 8, struct pair);

		if (p->n)
			memcpy(more, p->v, p->n * sizeof *more);
		p->v = more;
	}
	p->v[p->n++] = (struct pair){ name, value };
}

const char *pairs_get(const struct pairs *p, const char *name)
{
	for (size_t i = p->n; i-- > 0;)
		if (strcmp(p->v[i].name, name) == 0)
			return p->v[i].value;
	return NULL;
}

void form_begin(struct form *f, struct call *c, const struct record *r, const void *row)
{
	*f = (struct form){ .c = c, .record = r, .row = row };
}

void form_problem(struct form *f, const char *field, const char *text)
{
	if (f->n == f->room) {
		size_t room = f->room ? f->room * 2 : 8;
		struct form_problem *more = ARENA_ARRAY(f->c->arena, room, struct form_problem);

		if (f->n)
			memcpy(more, f->problems, f->n * sizeof *more);
		f->problems = more;
		f->room = room;
	}
	f->problems[f->n++] = (struct form_problem){ field, text };
	if (f->kept)
		*f->kept = (struct form_problems){ f->problems, f->n };
}

static bool is_known(const struct form *f, const struct problem *p)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->problems[i].field, p->field) == 0 && strcmp(f->problems[i].text, p->text) == 0)
			return true;
	return false;
}

bool form_failed(struct form *f)
{
	if (f->c->problem.code != FAIL_OK) {
		if (!is_known(f, &f->c->problem))
			form_problem(f, f->c->problem.field, f->c->problem.text);
		problem_clear(f->c);
	}
	return f->n > 0;
}

const char *form_problem_at(const struct form *f, const char *field)
{
	for (size_t i = 0; f && i < f->n; i++)
		if (strcmp(f->problems[i].field, field) == 0)
			return f->problems[i].text;
	return NULL;
}

static const struct field *described(const struct form *f, const char *name)
{
	return f && f->record ? record_field(f->record, name) : NULL;
}

const char *form_value(const struct form *f, const char *name)
{
	const char *typed = f && f->typed ? pairs_get(f->typed, name) : NULL;
	const struct field *d = described(f, name);

	if (typed)
		return typed;
	return d && f->row ? field_text(f->c->arena, d, f->row) : "";
}

/* ---- the summary ---- */

static const char *label_of(const struct form *f, const struct page *pg, const char *name)
{
	const struct field *d = described(f, name);

	return d && d->label ? tr(pg->lang, d->label) : NULL;
}

static void summary_line(struct out *o, const struct page *pg, const struct form *f, const struct form_problem *p)
{
	const char *label = label_of(f, pg, p->field);

	LIT(o, "<li><a href=\"#");
	out_str(o, *p->field ? "f-" : "main");
	html_text(o, pg, p->field);
	LIT(o, "\">");
	if (label) {
		html_text(o, pg, label);
		LIT(o, ": ");
	}
	html_text(o, pg, p->text);
	LIT(o, "</a></li>");
}

void html_errors(struct out *o, const struct page *pg, const struct form *f)
{
	if (!f || f->n == 0)
		return;
	LIT(o, "<section class=\"errors\" role=\"alert\" aria-labelledby=\"errors-title\" tabindex=\"-1\"><h2 id=\"errors-title\">");
	html_t(o, pg, f->n == 1 ? N_("One thing has to be put right") : N_("Some things have to be put right"));
	LIT(o, "</h2><ul>");
	for (size_t i = 0; i < f->n; i++)
		summary_line(o, pg, f, &f->problems[i]);
	LIT(o, "</ul></section>");
}

/* ---- one field ---- */

struct control {
	const struct form *form;
	const char *name, *label, *hint, *problem, *value;
};

static struct control control_of(const struct form *f, const char *name, const char *label, const char *hint)
{
	return (struct control){ f, name, label, hint, form_problem_at(f, name), form_value(f, name) };
}

static void attribute(struct out *o, const struct page *pg, const char *name, const char *value)
{
	out_char(o, ' ');
	out_str(o, name);
	LIT(o, "=\"");
	html_text(o, pg, value);
	out_char(o, '"');
}

/* id, name, and what describes it to a screen reader */
static void identity(struct out *o, const struct page *pg, const struct control *k)
{
	LIT(o, " id=\"f-");
	html_text(o, pg, k->name);
	out_char(o, '"');
	attribute(o, pg, "name", k->name);
	if (k->hint || k->problem) {
		LIT(o, " aria-describedby=\"");
		if (k->hint) {
			LIT(o, "h-");
			html_text(o, pg, k->name);
		}
		out_str(o, k->hint && k->problem ? " " : "");
		if (k->problem) {
			LIT(o, "p-");
			html_text(o, pg, k->name);
		}
		out_char(o, '"');
	}
	if (k->problem)
		LIT(o, " aria-invalid=\"true\"");
}

static void hint_and_problem(struct out *o, const struct page *pg, const struct control *k)
{
	if (k->hint) {
		LIT(o, "<p class=\"hint\" id=\"h-");
		html_text(o, pg, k->name);
		LIT(o, "\">");
		html_text(o, pg, k->hint);
		LIT(o, "</p>");
	}
	if (k->problem) {
		LIT(o, "<p class=\"problem\" id=\"p-");
		html_text(o, pg, k->name);
		LIT(o, "\">");
		html_text(o, pg, k->problem);
		LIT(o, "</p>");
	}
}

static void field_open(struct out *o, const struct page *pg, const struct control *k)
{
	out_str(o, k->problem ? "<div class=\"field wrong\"><label for=\"f-" : "<div class=\"field\"><label for=\"f-");
	html_text(o, pg, k->name);
	LIT(o, "\">");
	html_text(o, pg, k->label);
	LIT(o, "</label>");
	hint_and_problem(o, pg, k);
}

/* Radio buttons are a group: their label is a legend. */
static void group_open(struct out *o, const struct page *pg, const struct control *k)
{
	out_str(o, k->problem ? "<fieldset class=\"field wrong\" id=\"f-" : "<fieldset class=\"field\" id=\"f-");
	html_text(o, pg, k->name);
	LIT(o, "\"><legend>");
	html_text(o, pg, k->label);
	LIT(o, "</legend>");
	hint_and_problem(o, pg, k);
}

static void line(struct out *o, const struct page *pg, const struct control *k, const char *css, const char *type, const char *more)
{
	field_open(o, pg, k);
	LIT(o, "<input");
	identity(o, pg, k);
	attribute(o, pg, "type", type);
	attribute(o, pg, "class", css);
	attribute(o, pg, "value", k->value);
	out_str(o, more);
	LIT(o, "></div>");
}

static void lines(struct out *o, const struct page *pg, const struct control *k, int rows)
{
	field_open(o, pg, k);
	LIT(o, "<textarea");
	identity(o, pg, k);
	out_printf(o, " rows=\"%d\">\n", rows);
	html_text(o, pg, k->value);
	LIT(o, "</textarea></div>");
}

static void tick(struct out *o, const struct page *pg, const struct control *k)
{
	out_str(o, k->problem ? "<div class=\"field tick wrong\">" : "<div class=\"field tick\">");
	html_hidden(o, pg, k->name, "0");
	LIT(o, "<label><input type=\"checkbox\" value=\"1\"");
	identity(o, pg, k);
	if (strcmp(k->value, "1") == 0 || strcmp(k->value, "on") == 0 || strcmp(k->value, "true") == 0)
		LIT(o, " checked");
	LIT(o, "><span>");
	html_text(o, pg, k->label);
	LIT(o, "</span></label>");
	hint_and_problem(o, pg, k);
	LIT(o, "</div>");
}

static void radios(struct out *o, const struct page *pg, const struct control *k, const struct choice *choices, size_t n)
{
	group_open(o, pg, k);
	for (size_t i = 0; i < n; i++) {
		LIT(o, "<label class=\"radio\"><input type=\"radio\"");
		attribute(o, pg, "name", k->name);
		attribute(o, pg, "value", choices[i].value);
		if (strcmp(k->value, choices[i].value) == 0)
			LIT(o, " checked");
		LIT(o, "><span>");
		html_text(o, pg, choices[i].text);
		if (choices[i].hint) {
			LIT(o, "<small>");
			html_text(o, pg, choices[i].hint);
			LIT(o, "</small>");
		}
		LIT(o, "</span></label>");
	}
	LIT(o, "</fieldset>");
}

static void list(struct out *o, const struct page *pg, const struct control *k, const struct choice *choices, size_t n)
{
	field_open(o, pg, k);
	LIT(o, "<select");
	identity(o, pg, k);
	out_char(o, '>');
	for (size_t i = 0; i < n; i++) {
		LIT(o, "<option");
		attribute(o, pg, "value", choices[i].value);
		out_str(o, strcmp(k->value, choices[i].value) == 0 ? " selected>" : ">");
		html_text(o, pg, choices[i].text);
		LIT(o, "</option>");
	}
	LIT(o, "</select></div>");
}

/* The words of a field as choices; the empty word is left out where a value is required. */
static size_t word_choices(struct arena *a, const struct page *pg, const struct field *d, bool with_empty, struct choice **out)
{
	size_t n = 0, all = 0;

	while (d->words[all])
		all++;
	*out = ARENA_ARRAY(a, all + 1, struct choice);
	for (size_t i = 0; i < all; i++) {
		if (!*d->words[i] && !with_empty)
			continue;
		(*out)[n++] = (struct choice){ d->words[i], *d->words[i] ? tr(pg->lang, d->words[i]) : "–", NULL };
	}
	return n;
}

static void word_field(struct out *o, const struct page *pg, const struct control *k, const struct field *d)
{
	struct choice *choices;
	size_t n = word_choices(k->form->c->arena, pg, d, false, &choices);

	if (n <= RADIO_MOST) {
		radios(o, pg, k, choices, n);
		return;
	}
	n = word_choices(k->form->c->arena, pg, d, true, &choices);
	list(o, pg, k, choices, n);
}

static void text_field(struct out *o, const struct page *pg, const struct control *k, const struct field *d)
{
	if (d->max > LONG_TEXT)
		lines(o, pg, k, 4);
	else
		line(o, pg, k, d->max > 0 && d->max <= 20 ? "short" : "", "text", d->flags & NAME_TEXT ? " autocapitalize=\"words\"" : "");
}

static void described_field(struct out *o, const struct page *pg, const struct control *k, const struct field *d)
{
	switch (d->type) {
	case FIELD_BOOL: tick(o, pg, k); break;
	case FIELD_WORD: word_field(o, pg, k, d); break;
	case FIELD_TEXT: text_field(o, pg, k, d); break;
	case FIELD_DATE: line(o, pg, k, "date", "date", ""); break;
	case FIELD_MOMENT: line(o, pg, k, "date", "datetime-local", ""); break;
	case FIELD_INT: line(o, pg, k, "short n", "text", " inputmode=\"numeric\" autocomplete=\"off\""); break;
	case FIELD_TENTHS: line(o, pg, k, "short n", "text", " inputmode=\"decimal\" autocomplete=\"off\""); break;
	case FIELD_BLOB: break;
	}
}

void html_field_hint(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *hint)
{
	const struct field *d = described(f, name);

	if (!d)
		return;
	struct control k = control_of(f, name, d->label ? tr(pg->lang, d->label) : d->name, hint);

	described_field(o, pg, &k, d);
}

void html_field(struct out *o, const struct page *pg, const struct form *f, const char *name)
{
	html_field_hint(o, pg, f, name, NULL);
}

/* ---- fields without a record ---- */

void html_input(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label, const char *type)
{
	struct control k = control_of(f, name, label, NULL);

	line(o, pg, &k, "", type, "");
}

void html_password(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label, bool is_new)
{
	struct control k = control_of(f, name, label, NULL);

	k.value = ""; /* a password is never sent back */
	line(o, pg, &k, "", "password", is_new ? " autocomplete=\"new-password\"" : " autocomplete=\"current-password\"");
}

void html_textarea(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label, int rows)
{
	struct control k = control_of(f, name, label, NULL);

	lines(o, pg, &k, rows);
}

void html_select(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label,
                 const struct choice *choices, size_t n)
{
	struct control k = control_of(f, name, label, NULL);

	list(o, pg, &k, choices, n);
}

void html_radios(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label,
                 const struct choice *choices, size_t n)
{
	struct control k = control_of(f, name, label, NULL);

	radios(o, pg, &k, choices, n);
}

void html_file(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label, const char *accept)
{
	struct control k = control_of(f, name, label, NULL);

	field_open(o, pg, &k);
	LIT(o, "<input type=\"file\"");
	identity(o, pg, &k);
	if (accept)
		attribute(o, pg, "accept", accept);
	LIT(o, "></div>");
}

void html_hidden(struct out *o, const struct page *pg, const char *name, const char *value)
{
	out_str(o, "<input type=\"hidden\" name=\"");
	html_text(o, pg, name);
	out_str(o, "\" value=\"");
	html_text(o, pg, value);
	out_str(o, "\">");
}

void html_submit(struct out *o, const struct page *pg, const char *label)
{
	LIT(o, "<div class=\"buttons\"><button class=\"primary\">");
	html_text(o, pg, label);
	LIT(o, "</button></div>");
}
