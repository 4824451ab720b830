/* file.h — the store of files: content in pieces of 256 KiB, apart from everything that lists it.
 *
 * A file is checked (file_type.h), digested with BLAKE2b-256 and written in one transaction together with what refers to it: either both are
 * there or nothing is. What a file is worth protecting for stands with its document; who reads an `internal` one is noted there
 * (document_read). Files are never changed; one that nothing refers to is removed. No content leaves the installation except to a person who asks for it. */
#ifndef CHIBO_DOCUMENT_FILE_H
#define CHIBO_DOCUMENT_FILE_H

#include "db/db.h"
#include "document/file_type.h"

struct res;
struct upload;

#define FILE_LIMIT_DEFAULT (INT64_C(20) << 20) /* bytes */
/* The largest file, in bytes, of this process (setting file_limit); FILE_LIMIT_DEFAULT until set. */
void file_set_limit(int64_t bytes);
int64_t file_limit(void);

struct file {
	int64_t realm, id, unit_id;
	const char *name, *media;
	int64_t size;
	struct blob digest;
	const char *added_by;
	int64_t added_ms;
};
extern const struct record file_record;

/* ---- taking in ---- */

/* A file that was looked at and may be kept; its bytes are mapped as long as the call's arena lives. */
struct file_taken {
	const char *name;
	enum file_type type;
	const void *bytes;
	int64_t size;
	unsigned char digest[32];
};
/* Checks name, size and content. `fd` stays the caller's. FAIL_INPUT at "file" with the reason; nothing is written. */
fail file_take(struct call *c, int fd, const char *name, struct file_taken *out) MUST_CHECK;
/* The same from bytes that the program made itself (they stay in place until kept). */
fail file_take_bytes(struct call *c, const void *bytes, size_t size, const char *name, struct file_taken *out) MUST_CHECK;
/* The file in the form's field "file"; FAIL_INPUT when none was chosen. */
fail file_take_upload(struct call *c, const struct upload *u, struct file_taken *out) MUST_CHECK;
/* Writes it for a unit, with a journal entry (name, size, digest). Opens a write transaction, or joins the open one. */
fail file_keep(struct call *c, int64_t realm, int64_t unit_id, const struct file_taken *taken, struct file *out) MUST_CHECK;
/* Removes content that nothing refers to any more. Inside db_write. */
fail file_drop(struct call *c, int64_t realm, int64_t id) MUST_CHECK;

/* ---- reading (inside db_read or db_write) ---- */

/* FAIL_NOT_FOUND with a problem. */
fail file_by_id(struct call *c, int64_t realm, int64_t id, struct file *out) MUST_CHECK;
/* Its bytes piece by piece, in order. The digest is compared at the end: FAIL_BROKEN when the content is not what was kept. */
fail file_each(struct call *c, const struct file *f, fail (*each)(struct call *c, const void *bytes, size_t n, void *arg), void *arg) MUST_CHECK;
/* Answers a request with the file: to be saved, never shown inside the page (Content-Disposition: attachment, nosniff, a CSP that allows nothing). */
fail file_answer(struct call *c, const struct file *f, struct res *rs) MUST_CHECK;

/* "1,2 MB" in the language of the person. In the arena. */
const char *file_size_show(struct arena *a, enum lang lang, int64_t bytes);

#endif
