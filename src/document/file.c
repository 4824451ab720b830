/* file.c — files in and out of the database.
 *
 * An upload lies in an unlinked temporary file; it is mapped, looked at and digested there, and goes into the database piece by piece, so
 * that no copy of the whole is made in memory. Which paper a file belongs to is not known here. */
#include "document/file.h"

#include <errno.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/id.h"
#include "base/json.h"
#include "db/journal.h"
#include "document_sql.h"
#include "http/res.h"

enum { PIECE = 256 * 1024, DIGEST = 32 };

static _Atomic int64_t limit = FILE_LIMIT_DEFAULT;

void file_set_limit(int64_t bytes)
{
	limit = bytes;
}

int64_t file_limit(void)
{
	return limit;
}

static const struct field file_fields[] = {
	COL(struct file, realm), COL(struct file, id), COL(struct file, unit_id), FIELD(struct file, name, N_("File"), 0), FIELD(struct file, media, N_("Kind of file"), 0),
	FIELD(struct file, size, N_("Bytes"), 0), COL(struct file, digest), COL(struct file, added_by), COL(struct file, added_ms), FIELD_END,
};
const struct record file_record = { "file", sizeof(struct file), file_fields };

/* ---------------------------------------------------------------- taking in */

fail file_take_bytes(struct call *c, const void *bytes, size_t size, const char *name, struct file_taken *out)
{
	*out = (struct file_taken){ .bytes = bytes, .size = (int64_t)size };
	TRY(file_name_check(c, name, &out->name));
	if (out->size > limit)
		return problem(c, FAIL_INPUT, "file", "“%s” has %s; a file may have at most %s", out->name, file_size_show(c->arena, c->lang, out->size),
		               file_size_show(c->arena, c->lang, limit));
	TRY(file_recognise(c, out->name, bytes, size, &out->type));
	crypto_generichash(out->digest, DIGEST, bytes, size, NULL, 0);
	return FAIL_OK;
}

struct mapping { void *at; size_t size; };

static void unmap(void *arg)
{
	struct mapping *m = arg;

	munmap(m->at, m->size);
}

fail file_take(struct call *c, int fd, const char *name, struct file_taken *out)
{
	struct stat st;
	struct mapping *m = ARENA_NEW(c->arena, struct mapping);

	if (fstat(fd, &st) != 0)
		return problem(c, FAIL_BROKEN, "", "the file that was sent could not be stored");
	if (st.st_size == 0 || st.st_size > limit)
		return file_take_bytes(c, "", (size_t)st.st_size, name, out);
	*m = (struct mapping){ mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0), (size_t)st.st_size };
	if (m->at == MAP_FAILED)
		return problem(c, FAIL_BUSY, "", "there is no memory left");
	arena_defer(c->arena, unmap, m);
	return file_take_bytes(c, m->at, m->size, name, out);
}

fail file_take_upload(struct call *c, const struct upload *u, struct file_taken *out)
{
	if (!u)
		return problem(c, FAIL_INPUT, "file", "choose a file first");
	return file_take(c, u->fd, u->filename, out);
}

/* ---------------------------------------------------------------- keeping */

struct keep {
	const struct file_taken *taken;
	struct file *file;
};

static const char *as_json(struct call *c, const struct file *f, const unsigned char *digest)
{
	char hex[2 * DIGEST + 1];
	struct out o;
	struct json j;

	sodium_bin2hex(hex, sizeof hex, digest, DIGEST);
	out_memory(&o, c->arena);
	json_begin(&j, &o);
	json_object(&j);
	json_put_str(&j, "name", f->name);
	json_put_str(&j, "media", f->media);
	json_put_int(&j, "size", f->size);
	json_put_str(&j, "digest", hex);
	json_object_end(&j);
	return out_text(&o);
}

static fail keep_parts(struct call *c, const struct file *f, const struct file_taken *t)
{
	for (int64_t at = 0, part = 0; at < t->size; at += PIECE, part++) {
		struct blob piece = { (const char *)t->bytes + at, (size_t)(t->size - at < PIECE ? t->size - at : PIECE) };

		TRY(db_exec(c, &Q_file_part_insert, ARGS(V(f->realm), V(f->id), V(part), V(piece)), NULL));
	}
	return FAIL_OK;
}

static fail keep_body(struct call *c, void *arg)
{
	struct keep *k = arg;
	struct file *f = k->file;

	f->id = id_new();
	TRY(db_exec(c, &Q_file_insert, ARGS(V(f->realm), V(f->id), V(f->unit_id), V(f->name), V(f->media), V(f->size), V(f->digest), V(f->added_by), V(f->added_ms)),
	            NULL));
	TRY(keep_parts(c, f, k->taken));
	return journal_add(c, f->realm, f->unit_id, "create", "file", f->id, "", as_json(c, f, k->taken->digest));
}

fail file_keep(struct call *c, int64_t realm, int64_t unit_id, const struct file_taken *taken, struct file *out)
{
	*out = (struct file){
		.realm = realm, .unit_id = unit_id, .name = taken->name, .media = file_media[taken->type], .size = taken->size,
		.digest = { taken->digest, DIGEST }, .added_by = c->who.name ? c->who.name : "", .added_ms = c->now_ms,
	};
	return db_write(c, keep_body, &(struct keep){ taken, out });
}

fail file_drop(struct call *c, int64_t realm, int64_t id)
{
	struct file f;

	TRY(file_by_id(c, realm, id, &f));
	TRY(db_exec(c, &Q_file_parts_drop, ARGS(V(realm), V(id)), NULL));
	TRY(db_exec(c, &Q_file_drop, ARGS(V(realm), V(id)), NULL));
	return journal_add(c, realm, f.unit_id, "delete", "file", id, as_json(c, &f, f.digest.data), "");
}

/* ---------------------------------------------------------------- reading */

fail file_by_id(struct call *c, int64_t realm, int64_t id, struct file *out)
{
	fail f = db_one(c, &Q_file_by_id, ARGS(V(realm), V(id)), &file_record, out);

	return f == FAIL_NOT_FOUND ? problem(c, f, "file", "there is no such file") : f;
}

struct part { struct blob bytes; };
static const struct field part_fields[] = { COL(struct part, bytes), FIELD_END };
static const struct record part_record = { "file_part", sizeof(struct part), part_fields };

struct reading {
	crypto_generichash_state hash;
	int64_t size;
	fail (*each)(struct call *c, const void *bytes, size_t n, void *arg);
	void *arg;
};

static fail read_part(struct call *c, const void *row, void *arg)
{
	struct reading *r = arg;
	const struct part *p = row;

	crypto_generichash_update(&r->hash, p->bytes.data, p->bytes.size);
	r->size += (int64_t)p->bytes.size;
	return r->each(c, p->bytes.data, p->bytes.size, r->arg);
}

fail file_each(struct call *c, const struct file *f, fail (*each)(struct call *c, const void *bytes, size_t n, void *arg), void *arg)
{
	struct reading r = { .each = each, .arg = arg };
	unsigned char digest[DIGEST];

	crypto_generichash_init(&r.hash, NULL, 0, DIGEST);
	for (int64_t part = 0; part * PIECE < f->size; part++)
		TRY(db_each(c, &Q_file_part, ARGS(V(f->realm), V(f->id), V(part)), &part_record, read_part, &r));
	crypto_generichash_final(&r.hash, digest, DIGEST);
	if (r.size != f->size || f->digest.size != DIGEST || memcmp(digest, f->digest.data, DIGEST) != 0)
		return problem(c, FAIL_BROKEN, "", "the content of file %lld is not what was kept", (long long)f->id);
	return FAIL_OK;
}

static fail put_piece(struct call *c, const void *bytes, size_t n, void *arg)
{
	(void)c;
	out_bytes(arg, bytes, n);
	return FAIL_OK;
}

fail file_answer(struct call *c, const struct file *f, struct res *rs)
{
	struct out o;

	TRY(res_file_begin(c, rs, f->name, f->media, &o));
	fail bad = file_each(c, f, put_piece, &o);

	if (bad != FAIL_OK) {
		out_free(&o);
		return bad;
	}
	rs->no_store = true;
	return res_file_end(c, rs, &o);
}

const char *file_size_show(struct arena *a, enum lang lang, int64_t bytes)
{
	int64_t tenths = (bytes * 10 + (1 << 19)) >> 20;

	if (bytes < 1000)
		return arena_printf(a, tr(lang, "%lld bytes"), (long long)bytes);
	if (bytes < INT64_C(1) << 20)
		return arena_printf(a, "%lld KB", (long long)((bytes + 1023) >> 10));
	if (tenths % 10 == 0)
		return arena_printf(a, "%lld MB", (long long)(tenths / 10));
	return arena_printf(a, "%lld%c%lld MB", (long long)(tenths / 10), lang == LANG_VI ? ',' : '.', (long long)(tenths % 10));
}
