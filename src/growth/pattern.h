/* pattern.h — what somebody searches for as the pattern of a LIKE on a folded search key. */
#ifndef CHIBO_GROWTH_PATTERN_H
#define CHIBO_GROWTH_PATTERN_H

#include <string.h>

#include "base/text.h"

/* "%%" for NULL and "". Signs that mean something to LIKE stand for any one sign. */
static inline const char *search_pattern(struct arena *a, const char *words)
{
	char *key = arena_strdup(a, words ? text_key(a, words) : "");

	for (char *s = key; (s = strpbrk(s, "%\\")); )
		*s = '_';
	return arena_join(a, "%", key, "%", NULL);
}

#endif
