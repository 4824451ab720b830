/* xlsx_book.h — what a workbook says about its first visible sheet: where it is, and what its numbers mean. */
#ifndef CHIBO_SHEET_XLSX_BOOK_H
#define CHIBO_SHEET_XLSX_BOOK_H

#include "sheet/xlsx_package.h"

#define BOOK_PATH 512

struct xlsx_book {
	char sheet[BOOK_PATH];   /* path of the part of the sheet */
	char strings[BOOK_PATH]; /* of the shared strings; "" when there are none */
	bool from_1904;
	unsigned char *shows;    /* by style: SHOWS_DAY, SHOWS_TIME (xlsx_date.h); book_free */
	size_t styles;
};

/* FAIL_INPUT when this is no workbook: other kinds of files (.ods, .xlsb, .docx) are named. */
fail book_read(struct call *c, struct package *p, struct xlsx_book *out) MUST_CHECK;
void book_free(struct xlsx_book *b);

/* Feeds a whole part to handlers of expat, namespaces resolved: names come as "uri|local", xml_local gives the end. Declarations of
 * document types are refused, so no entity can expand. Parts above 64 MB are refused. */
fail xml_part(struct call *c, struct package *p, const char *path, void *user, void (*start)(void *user, const char *name, const char **attrs)) MUST_CHECK;
const char *xml_local(const char *name);
const char *xml_attr(const char **attrs, const char *local); /* NULL when absent */

#endif
