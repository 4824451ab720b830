/* encoding.h — telling Unicode from the older Vietnamese encodings, by letter statistics.
 *
 * TCVN3 (ABC, the .VnTime fonts), VNI and Windows-1258 texts have bytes of their own habits; the same texts also turn up inside
 * valid UTF-8 and XLSX files as Latin-1 letters ("NguyÔn V¨n", "Nguyeãn Vaên"). They are recognised and refused with advice, not
 * converted: a wrong guess would spoil names silently. */
#ifndef CHIBO_SHEET_ENCODING_H
#define CHIBO_SHEET_ENCODING_H

#include <stdbool.h>

#include "base/call.h"

enum encoding { ENCODING_UTF8, ENCODING_TCVN3, ENCODING_VNI, ENCODING_1258, ENCODING_LOST, ENCODING_UNKNOWN };

/* Evidence gathered over texts. Start with zeros. */
struct letters {
	int64_t viet;  /* letters that only true Unicode Vietnamese has */
	int64_t tcvn3, vni, cp1258;
	int64_t lost;  /* question marks or U+FFFD where letters stood */
	int64_t line;  /* where the first evidence against Unicode was met; 0: none */
};

/* The offset of the first byte that is not part of valid UTF-8 (zero bytes count as invalid), or n. */
size_t utf8_valid_until(const char *s, size_t n);
/* Adds the evidence of a UTF-8 text (a cell) or of raw bytes that are not UTF-8. */
void letters_of_text(struct letters *l, const char *s, size_t n, int64_t line);
void letters_of_bytes(struct letters *l, const char *s, size_t n, int64_t line);
/* What valid UTF-8 texts really are; ENCODING_UTF8 unless the evidence is strong. */
enum encoding letters_judge_text(const struct letters *l);
/* What bytes that are not UTF-8 are. */
enum encoding letters_judge_bytes(const struct letters *l);
/* FAIL_INPUT that names the encoding and says how to save the file as UTF-8. */
fail encoding_refuse(struct call *c, enum encoding encoding) MUST_CHECK;

#endif
