/* report_paper.h — a report as a paper with head, place and date and signature: Word, PDF, print page (docs/forms.md).
 *
 * The form is the one of the report's number (forms/, or the office's own); reports without a form of their own take the general one,
 * `table`. The facts are made from the tables alone, so that every value stands on paper as it stands in the tables. */
#ifndef CHIBO_ROLLUP_REPORT_PAPER_H
#define CHIBO_ROLLUP_REPORT_PAPER_H

#include "paper/paper.h"
#include "rollup/report.h"

enum { PAPER_ROWS_MOST = 3000 }; /* more is for spreadsheets */

/* Facts of a report as JSON text:
 *	unit_above unit number place_date recipients sign_for sign_as signer    as in rollup/head.h
 *	issuer title period month structure printed
 *	NAME                rows of the table NAME: no, and each column by its key; rates as "198/220 (90 %)"
 *	NAME_count          how many (NAME_has: any), NAME_total the row of totals by key (NAME_has_total), NAME_note
 *	tables              title, note, rows { no name text }: every table for the general form */
fail report_facts(struct call *c, const struct report *r, const char **out) MUST_CHECK;
/* FAIL_INPUT when there are more than PAPER_ROWS_MOST rows. Call report_make with the language of paper, Vietnamese. */
fail report_paper(struct call *c, const struct report *r, enum paper_format format, struct out *out) MUST_CHECK;

#endif
