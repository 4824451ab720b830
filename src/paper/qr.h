/* qr.h — a text as a QR code made of letters: ▀ ▄ █ and no-break blanks, a line for every two rows.
 *
 * A form sets it in a paragraph of the look `blocks` (docs/forms.md), so it needs no picture: Word shows it by its letters, the PDF draws it as areas that meet.
 * Error correction M: a sixth of the code may be damaged. */
#ifndef CHIBO_PAPER_QR_H
#define CHIBO_PAPER_QR_H

#include "base/call.h"

/* In the call's arena, lines ended by \n except the last. FAIL_INPUT when the text is too long for a code (more than about 2,000 letters). */
fail qr_text(struct call *c, const char *text, const char **out) MUST_CHECK;

#endif
