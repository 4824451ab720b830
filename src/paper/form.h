/* form.h — the forms there are: those of the program, with an office's own files laid over them.
 *
 * A form has a name ("minutes") and one document for every layout; which one is used depends on the day the paper is written for. The setting
 * `forms` names a folder with an office's own documents, called as `chibo forms export` calls them: NAME-LAYOUT.docx. A file that was changed
 * counts from the next document on. */
#ifndef CHIBO_PAPER_FORM_H
#define CHIBO_PAPER_FORM_H

#include "paper/builtin.h"
#include "paper/docx.h"

/* The folder of an office's own forms; "" for none. Once, before the first form is asked for; the text is copied. When it is never called, $CHIBO_FORMS counts. */
void form_folder_set(const char *folder);
const char *form_folder(void);

/* The row of the form in force on that day. FAIL_NOT_FOUND: there is no such form, or none on that day. */
fail form_find(struct call *c, const char *name, struct date on, const struct builtin_form **out) MUST_CHECK;
const char *form_title(enum lang lang, const struct builtin_form *form);
/* "minutes-2026.docx" */
const char *form_file_name(struct arena *a, const struct builtin_form *form);

/* The opened document of a form: the office's own where there is one. It stays whole until the call ends. FAIL_INPUT when the office's own file is broken. */
fail form_open(struct call *c, const struct builtin_form *form, const struct docx **out) MUST_CHECK;
/* The bytes of a file, a zero behind them. FAIL_INPUT when it is larger than a form can be. */
fail form_read_file(struct call *c, const char *name, FILE *file, char **data, size_t *n) MUST_CHECK;
/* Does the office have a file of its own for it? */
bool form_is_own(struct call *c, const struct builtin_form *form);

#endif
