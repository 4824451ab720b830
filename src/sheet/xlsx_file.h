/* xlsx_file.h — the temporary file that libxlsxwriter writes into, and its bytes passed on. */
#ifndef CHIBO_SHEET_XLSX_FILE_H
#define CHIBO_SHEET_XLSX_FILE_H

#include "base/call.h"
#include "base/out.h"

struct xlsx_file { char path[64]; int fd; };

/* Makes it; fd is -1 after a failure. */
fail xlsx_file_make(struct call *c, struct xlsx_file *out) MUST_CHECK;
/* Passes all its bytes on. */
fail xlsx_file_pass(struct call *c, const struct xlsx_file *file, struct out *out) MUST_CHECK;
void xlsx_file_remove(struct xlsx_file *file);

#endif
