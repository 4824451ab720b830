/* columns.h — from the cells of a file to the fields of a record. Pure: no database. */
#ifndef CHIBO_EXCHANGE_COLUMNS_H
#define CHIBO_EXCHANGE_COLUMNS_H

#include "exchange/transfer.h"
#include "sheet/row.h"

/* Problems in the order they were met; texts in the arena of the call they were recorded with. */
struct issues {
	struct import_issue *v;
	size_t n, room;
	int64_t more; /* beyond IMPORT_ISSUES_MAX */
};

/* Adds an issue; all its texts are copied into `arena`, the value shortened. */
void issues_add(struct arena *arena, struct issues *list, const struct import_issue *issue);

struct columns {
	const struct record *record;
	size_t n;
	const struct field *fields[SHEET_COLUMNS_MAX]; /* by column of the file; NULL: a column without a name */
};

/* Reads the row of names. Unknown, repeated and missing names become issues. */
void columns_read(struct call *c, const struct record *r, const struct sheet_row *names, struct columns *out, struct issues *issues);
/* Reads a row into a record's struct; texts are copied into c->arena. False: there were issues. */
bool columns_row(struct call *c, const struct columns *columns, const struct sheet_row *cells, void *row, struct issues *issues);
/* The KEY fields of a row as bytes, for comparing; size 0 when the record has none. In c->arena. */
struct blob columns_key(struct arena *a, const struct record *r, const void *row);
/* The first KEY field, or NULL. */
const struct field *columns_first_key(const struct record *r);
/* "code, from": the names of the KEY fields. */
const char *columns_key_names(struct arena *a, const struct record *r);

#endif
