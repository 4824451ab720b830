/* command.c — taking options and words out of a command's arguments. */
#include "base/command.h"

#include <string.h>

static void remove_words(struct args *a, int at, int count)
{
	for (int i = at; i + count < a->n; i++)
		a->v[i] = a->v[i + count];
	a->n -= count;
}

/* Does word `w` give the option, alone ("--unit") or with its value ("--unit=X")? */
static bool names_option(const char *w, const char *name, const char **value)
{
	size_t n = strlen(name);

	if (strncmp(w, name, n) != 0 || (w[n] && w[n] != '='))
		return false;
	*value = w[n] ? w + n + 1 : NULL;
	return true;
}

const char *args_option(struct args *a, const char *name)
{
	const char *found = NULL, *value;

	for (int i = 0; i < a->n;) {
		if (strcmp(a->v[i], "--") == 0)
			break;
		if (!names_option(a->v[i], name, &value) || (!value && i + 1 >= a->n)) {
			i++;
			continue;
		}
		found = value ? value : a->v[i + 1];
		remove_words(a, i, value ? 1 : 2);
	}
	return found;
}

bool args_flag(struct args *a, const char *name)
{
	bool found = false;

	for (int i = 0; i < a->n && strcmp(a->v[i], "--") != 0;) {
		if (strcmp(a->v[i], name) == 0) {
			found = true;
			remove_words(a, i, 1);
		} else {
			i++;
		}
	}
	return found;
}

const char *args_next(struct args *a)
{
	for (int i = 0; i < a->n; i++) {
		const char *w = a->v[i];

		if (strcmp(w, "--") == 0) {
			remove_words(a, i, 1);
			if (i >= a->n)
				return NULL;
			w = a->v[i];
		} else if (w[0] == '-' && w[1]) {
			continue;
		}
		remove_words(a, i, 1);
		return w;
	}
	return NULL;
}

fail args_end(struct call *c, struct args *a)
{
	if (!a->n)
		return FAIL_OK;
	if (a->v[0][0] == '-' && a->v[0][1])
		return problem(c, FAIL_INPUT, "", "the option “%s” is not known here, or its value is missing; see --help", a->v[0]);
	return problem(c, FAIL_INPUT, "", "the word “%s” is one too many; see --help", a->v[0]);
}
