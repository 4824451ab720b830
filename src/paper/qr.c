/* qr.c — the encoding is libqrencode's; here are only the letters. */
#include "paper/qr.h"

#include <qrencode.h>

#include "base/out.h"

static bool dark(const QRcode *q, int x, int y)
{
	return y < q->width && (q->data[y * q->width + x] & 1);
}

static void put_rows(const QRcode *q, int y, struct out *o)
{
	static const char *const letters[] = { "\xc2\xa0", "▀", "▄", "█" };

	for (int x = 0; x < q->width; x++)
		out_str(o, letters[dark(q, x, y) + 2 * dark(q, x, y + 1)]);
}

fail qr_text(struct call *c, const char *text, const char **out)
{
	QRcode *q = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct out o;

	if (!q)
		return problem(c, FAIL_INPUT, "", "the text is too long for a QR code");
	out_memory(&o, c->arena);
	for (int y = 0; y < q->width; y += 2) {
		if (y)
			out_char(&o, '\n');
		put_rows(q, y, &o);
	}
	QRcode_free(q);
	*out = out_text(&o);
	return FAIL_OK;
}
