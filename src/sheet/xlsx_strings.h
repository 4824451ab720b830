/* xlsx_strings.h — the shared strings of a workbook, in one block of memory. */
#ifndef CHIBO_SHEET_XLSX_STRINGS_H
#define CHIBO_SHEET_XLSX_STRINGS_H

#include "sheet/row.h"
#include "sheet/xlsx_package.h"

struct xlsx_strings {
	char *text;      /* zero-terminated one after the other */
	size_t size, room;
	uint32_t *at;    /* n + 1 offsets */
	size_t n, at_room;
};

/* Reads the table from its part; rich text runs are joined, phonetic hints left out. */
fail strings_read(struct call *c, struct package *p, const char *path, struct xlsx_strings *out) MUST_CHECK;
void strings_free(struct xlsx_strings *s);
/* false: there is no such string. */
bool strings_get(const struct xlsx_strings *s, size_t i, struct sheet_cell *out);

#endif
