/* mine.h — everything that is stored about the person signed in, table by table, in words.
 *
 * mine_columns is the list of every column of the database that names a person: by member, as "m<member>" of a sending, by account, or by
 * sign-in name. A test reads the schema and fails when a table gets such a column that is not in the list. What the program keeps as free text (the
 * name under a paper, who told somebody) is found by reading that paper, and is not looked for by name. */
#ifndef CHIBO_APP_MINE_H
#define CHIBO_APP_MINE_H

#include "access/account.h"
#include "base/record.h"

struct mine_section {
	const char *key, *title;       /* of JSON and of the file; of the page (translated) */
	const struct record *record;
	const void *rows;              /* n structs of the record */
	size_t n;
	const char *const *columns;    /* labels */
	size_t column_n;
	const char *const *cells;      /* n × column_n texts, as shown */
};
#define MINE_SECTIONS 24
struct mine_view { struct mine_section v[MINE_SECTIONS]; size_t n, shown; bool is_member; };

/* "task.member_id" …, NULL-ended. */
extern const char *const mine_columns[];

/* All of it. Inside db_read. */
fail mine_gather(struct call *c, const struct account *me, struct mine_view *out) MUST_CHECK;
void mine_json(struct json *j, const struct mine_view *v);
/* A ZIP with one CSV a section, for Excel. */
fail mine_zip(struct call *c, const struct mine_view *v, struct out *out) MUST_CHECK;

#endif
