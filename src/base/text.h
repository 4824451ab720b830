/* text.h — Vietnamese text: one form, search keys, sort keys. By ICU.
 *
 * Stored text is NFC. Search keys are folded: no tone marks, no case, đ as d, so that `đảng ủy`, `đảng uỷ` and `dang uy`
 * meet. Sort keys follow ICU `vi`; names sort by given name first. Keys are stored beside the text with the ICU version. */
#ifndef CHIBO_BASE_TEXT_H
#define CHIBO_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct blob { const void *data; size_t size; };

/* Is it valid UTF-8 without zero bytes? */
bool text_is_utf8(const char *s, size_t n);
/* NFC, outer white space and control characters removed, inner runs of white space made one space. */
const char *text_clean(struct arena *a, const char *s);
/* Number of user-visible characters (code points after NFC). */
size_t text_length(const char *s);
/* In capitals, Vietnamese letters too. */
const char *text_upper(struct arena *a, const char *s);
/* Folded for comparison and search. */
const char *text_key(struct arena *a, const char *s);
/* Binary sort key of a text, and of a personal name (given name, then the rest). memcmp order. */
struct blob text_sort_key(struct arena *a, const char *s);
struct blob text_name_sort_key(struct arena *a, const char *s);
const char *text_icu_version(void);

#endif
