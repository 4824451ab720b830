/* rows.c — columns to fields, values to members. */
#include "db/rows.h"

#include <stdlib.h>
#include <string.h>

#define AT(type, row, f) (*(type *)((char *)(row) + (f)->at))

static const char *column_name(const struct db_rows *r, int column)
{
	return r->conn->db->engine->column_name(r, column);
}

static fail misfit(struct call *c, const struct db_rows *r, int column, const struct record *record)
{
	return problem(c, FAIL_BROKEN, r->query->name, "statement %s: column %s does not fit record %s", r->query->name,
	               column_name(r, column), record->name);
}

static fail match(struct call *c, const struct db_rows *r, const struct record *record, const struct field **fields)
{
	for (int i = 0; i < r->columns; i++) {
		fields[i] = record_field(record, column_name(r, i));
		if (!fields[i])
			return misfit(c, r, i, record);
	}
	return FAIL_OK;
}

/* A map kept with a prepared statement outlives the call, one of the run itself lives in its arena. */
fail rows_map(struct call *c, struct db_rows *r, const struct record *record)
{
	struct column_map *map = r->map ? r->map : &r->own;

	if (map->record == record && map->columns == r->columns && map->fields) {
		r->map = map;
		return FAIL_OK;
	}
	const struct field **fields = ARENA_ARRAY(c->arena, (size_t)r->columns + 1, const struct field *);

	TRY(match(c, r, record, fields));
	if (r->map) {
		size_t size = ((size_t)r->columns + 1) * sizeof *fields;
		const struct field **kept = realloc(map->fields, size);

		if (!kept)
			return problem(c, FAIL_BUSY, "", "the machine has no memory left");
		fields = memcpy(kept, fields, size);
	}
	*map = (struct column_map){ record, r->columns, fields };
	r->map = map;
	return FAIL_OK;
}

static const char *kept_text(struct arena *a, struct dbv v)
{
	return a ? arena_strndup(a, v.s, v.size) : v.s;
}

static struct blob kept_blob(struct arena *a, struct dbv v)
{
	return (struct blob){ a ? arena_strndup(a, v.s, v.size) : v.s, v.size };
}

static bool fill_word(const struct field *f, struct dbv v, void *row)
{
	int i = word_index(f->words, v.s);

	if (i >= 0)
		AT(unsigned, row, f) = (unsigned)i;
	return i >= 0;
}

static bool fill_tenths(const struct field *f, struct dbv v, void *row)
{
	if (v.i <= INT32_MIN || v.i > INT32_MAX)
		return false;
	AT(struct tenths, row, f) = (struct tenths){ (int32_t)v.i };
	return true;
}

static bool fill_text(const struct field *f, struct dbv v, struct arena *a, void *row)
{
	switch (f->type) {
	case FIELD_TEXT: AT(const char *, row, f) = kept_text(a, v); return true;
	case FIELD_DATE: return !*v.s || date_parse(v.s, &AT(struct date, row, f));
	case FIELD_MOMENT: return !*v.s || moment_parse(v.s, &AT(struct moment, row, f));
	case FIELD_WORD: return fill_word(f, v, row);
	default: return false;
	}
}

static bool fill_int(const struct field *f, struct dbv v, void *row)
{
	switch (f->type) {
	case FIELD_INT: AT(int64_t, row, f) = v.i; return true;
	case FIELD_BOOL: AT(bool, row, f) = v.i != 0; return true;
	case FIELD_TENTHS: return fill_tenths(f, v, row);
	default: return false;
	}
}

static bool fill(const struct field *f, struct dbv v, struct arena *a, void *row)
{
	switch (v.type) {
	case DBV_NULL: return true;
	case DBV_OTHER: return false;
	case DBV_INT: return fill_int(f, v, row);
	case DBV_TEXT: return fill_text(f, v, a, row);
	case DBV_BLOB:
		if (f->type != FIELD_BLOB)
			return false;
		AT(struct blob, row, f) = kept_blob(a, v);
		return true;
	}
	return false;
}

fail rows_fill(struct call *c, struct db_rows *r, struct arena *a, void *row)
{
	for (int i = 0; i < r->columns; i++)
		if (!fill(r->map->fields[i], r->conn->db->engine->cell(r, i), a, row))
			return misfit(c, r, i, r->map->record);
	return FAIL_OK;
}
