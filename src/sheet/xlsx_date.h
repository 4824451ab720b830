/* xlsx_date.h — what a number in a sheet means: a plain number, or a day and time counted from 1900 or 1904. */
#ifndef CHIBO_SHEET_XLSX_DATE_H
#define CHIBO_SHEET_XLSX_DATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

enum { SHOWS_DAY = 1, SHOWS_TIME = 2 };

/* What a number format shows: 0 for plain numbers. */
unsigned format_shows_builtin(unsigned id);
unsigned format_shows(const char *code);

#define XLSX_NUMBER_TEXT 40
/* The text of a stored number: "20", "4.5"; digits that are only noise of binary fractions are dropped (15 count). */
size_t xlsx_number_text(const char *stored, char out[XLSX_NUMBER_TEXT]);
/* The same for a number whose format shows a day or time: "2026-01-05", "2026-01-05T19:00", "19:00". A number that is no day of the system
 * comes out as a number. 1900-02-29, which only Excel knows, comes out as that text. */
size_t xlsx_date_text(const char *stored, unsigned shows, bool from_1904, char out[XLSX_NUMBER_TEXT]);
/* A day as a serial of the 1900 system, or 0 for days before 1900-03-01 and after 9999-12-31. */
int xlsx_serial(struct date d);

#endif
