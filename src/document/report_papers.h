/* report_papers.h — the forms of a meeting for `chibo report`: R02 to R07 of one meeting, or of all meetings of a unit in a period. */
#ifndef CHIBO_DOCUMENT_REPORT_PAPERS_H
#define CHIBO_DOCUMENT_REPORT_PAPERS_H

#include "rollup/report.h"

extern const struct report_kind document_reports[]; /* ends with a NULL name */

#endif
