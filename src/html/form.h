/* form.h — forms: what was typed, what is wrong with it, and the fields that show both.
 *
 * After a refused form the page comes back with a summary of all problems on top, each problem at its field, and every value
 * as it was typed. A field is drawn from its record description (base/record.h): the C type decides the control. */
#ifndef CHIBO_HTML_FORM_H
#define CHIBO_HTML_FORM_H

#include "base/record.h"
#include "html/page.h"

/* Names and values of a query, an urlencoded or multipart body, or a flattened JSON body. Repeated names keep their order. */
struct pair { const char *name, *value; };
struct pairs { struct pair *v; size_t n; };
/* Adds one; neither text is copied. */
void pairs_add(struct arena *a, struct pairs *p, const char *name, const char *value);
/* The last value under that name (a checkbox after its hidden "0" wins), or NULL. */
const char *pairs_get(const struct pairs *p, const char *name);

struct form_problem { const char *field, *text; };
struct form_problems { const struct form_problem *v; size_t n; };
struct form {
	struct call *c;
	const struct record *record; /* NULL: a form without a record */
	const void *row;             /* values to begin with, or NULL */
	const struct pairs *typed;   /* NULL: nothing was typed yet */
	struct form_problem *problems;
	size_t n, room;
	struct form_problems *kept;  /* the same list where it outlives the form, for problem+json; or NULL */
};

/* A form that shows `row` (or empty fields). */
void form_begin(struct form *f, struct call *c, const struct record *r, const void *row);
/* Adds a problem; `text` is already in the person's language. A field "" belongs to the form as a whole. */
void form_problem(struct form *f, const char *field, const char *text);
/* Takes over the problem recorded in the call, if there is one, and forgets it there. True when the form has problems. */
bool form_failed(struct form *f);
/* The problem at a field, or NULL. */
const char *form_problem_at(const struct form *f, const char *field);
/* What stands in a field: typed text, else the row's value, else "". In the arena. */
const char *form_value(const struct form *f, const char *name);

/* ---- components: {% call errors(&v->form) %}, {% call field(&v->form, "starts_at") %} ---- */

/* The summary on top: "There is a problem", each line linked to its field. Nothing when there is none. */
void html_errors(struct out *o, const struct page *pg, const struct form *f);
/* One field of the form's record: label, hint, problem, control. Words get radio buttons (to 5) or a list. */
void html_field(struct out *o, const struct page *pg, const struct form *f, const char *name);
/* The same with a hint under the label (already translated). */
void html_field_hint(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *hint);

struct choice { const char *value, *text, *hint; };
/* Fields without a record: a line of text, a password, many lines, a list. `label` is already translated. */
void html_input(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label, const char *type);
void html_password(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label, bool is_new);
void html_textarea(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label, int rows);
void html_select(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label,
                 const struct choice *choices, size_t n);
void html_radios(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label,
                 const struct choice *choices, size_t n);
void html_file(struct out *o, const struct page *pg, const struct form *f, const char *name, const char *label, const char *accept);
void html_hidden(struct out *o, const struct page *pg, const char *name, const char *value);
/* The one primary button. `label` is already translated. */
void html_submit(struct out *o, const struct page *pg, const char *label);

#endif
