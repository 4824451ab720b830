/* xlsx_text.h — the text between tags, decoded in place. */
#ifndef CHIBO_SHEET_XLSX_TEXT_H
#define CHIBO_SHEET_XLSX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Entities (&amp; &lt; &gt; &quot; &apos; &#10; &#xA;) and line ends as XML has them; *n becomes the new length. False: not well formed. */
bool xml_decode(char *s, size_t *n);
/* Excel's own escapes, _x000D_, of a text already decoded. Zero bytes are left out. */
void xlsx_unescape(char *s, size_t *n);
/* The way back for texts that look like such an escape: "_x0041_" becomes "_x005F_x0041_". Others come back as they are. */
const char *xlsx_escape(struct arena *a, const char *s);
/* Has it nothing to decode, only ASCII and no zero byte? Most cells. */
bool xml_is_plain(const char *s, size_t n);
/* Is the document that begins at s (zero-terminated) in another encoding than UTF-8? */
bool xml_other_encoding(const char *s);

#endif
