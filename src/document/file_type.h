/* file_type.h — what a file really is, told from its bytes, never from its name or from what the browser claims.
 *
 * Kept are PDF, DOCX, XLSX, ODT, JPEG, PNG and plain text (UTF-8). Everything else is refused with a sentence that says what it is: programs and
 * scripts under any name, web pages, documents with macros or behind a password, old Office formats. The name has to agree with the content.
 * Pure: bytes in, type out; no database. */
#ifndef CHIBO_DOCUMENT_FILE_TYPE_H
#define CHIBO_DOCUMENT_FILE_TYPE_H

#include "base/call.h"

enum file_type { FILE_NO_TYPE, FILE_PDF, FILE_DOCX, FILE_XLSX, FILE_ODT, FILE_JPEG, FILE_PNG, FILE_TEXT, FILE_TYPES };
/* "application/pdf" … as stored in file.media and sent with a download. */
extern const char *const file_media[FILE_TYPES];
/* For the `accept` of a file field: ".pdf,.docx,…". */
extern const char file_accept[];

/* A file's name as it is kept: NFC, at most 200 characters. FAIL_INPUT at "file" for control characters, characters that turn the
 * direction of writing (they hide the real ending), and names without anything in them. */
fail file_name_check(struct call *c, const char *name, const char **out) MUST_CHECK;
/* Recognises `size` bytes that are called `name`. FAIL_INPUT at "file" with what it is and why it is not kept. */
fail file_recognise(struct call *c, const char *name, const void *bytes, size_t size, enum file_type *out) MUST_CHECK;

#endif
