/* xlsx_sheet.h — the two ways through the XML of a sheet: a scanner for the usual form, expat for every form.
 *
 * Both hand out the same rows; the reader (xlsx_read.c) begins with the scanner and changes over when it meets prefixed elements,
 * comments or another encoding. */
#ifndef CHIBO_SHEET_XLSX_SHEET_H
#define CHIBO_SHEET_XLSX_SHEET_H

#include "sheet/xlsx_cells.h"
#include "sheet/xml_window.h"

struct sheet_scan {
	struct xml_window window;
	int64_t line;  /* of the last row */
	bool begun, done;
	bool foreign;  /* met a form for expat: nothing of the row was handed out */
};

void sheet_scan_begin(struct sheet_scan *s, struct part *part);
void sheet_scan_end(struct sheet_scan *s);
/* The next row into `cells`; *more false at the end, or when s->foreign. */
fail sheet_scan_next(struct call *c, struct sheet_scan *s, struct xlsx_cells *cells, bool *more) MUST_CHECK;

struct sheet_xml;
fail sheet_xml_begin(struct call *c, struct part *part, struct sheet_xml **out) MUST_CHECK;
void sheet_xml_end(struct sheet_xml *x);
fail sheet_xml_next(struct call *c, struct sheet_xml *x, struct xlsx_cells *cells, bool *more) MUST_CHECK;

#endif
