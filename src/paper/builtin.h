/* builtin.h — the forms that are part of the program: made from forms/ by gen/forms.c. */
#ifndef CHIBO_PAPER_BUILTIN_H
#define CHIBO_PAPER_BUILTIN_H

#include <stddef.h>

/* One form in one layout. */
struct builtin_form {
	const char *name;                 /* "minutes" */
	const char *id;                   /* "R05" */
	const char *layout;               /* "2026" */
	const char *title, *title_en;
	const char *valid_from, *valid_to; /* ISO days, both inclusive */
	const unsigned char *docx;
	size_t size;
	const char *sample;               /* JSON text, "" when there is none */
};
extern const struct builtin_form builtin_forms[]; /* ends with a NULL name */

#endif
