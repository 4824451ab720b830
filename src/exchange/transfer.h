/* transfer.h — running an import or an export of a kind (exchange.h).
 *
 * The command line and the web page use the same two calls. Memory is constant: rows pass through, the keys of a file take
 * 16 bytes each, at most IMPORT_ISSUES_MAX problems are kept. */
#ifndef CHIBO_EXCHANGE_TRANSFER_H
#define CHIBO_EXCHANGE_TRANSFER_H

#include "base/json.h"
#include "base/out.h"
#include "exchange/exchange.h"

struct table_reader; /* sheet/table.h */

#define IMPORT_ISSUES_MAX 1000

struct import_issue {
	int64_t line;         /* line of the file; 0: the file as a whole */
	const char *column;   /* name, or "" */
	const char *label;    /* of the column, in the call's language, or "" */
	const char *value;    /* what stands there, shortened to 80 characters, or "" */
	const char *expected; /* what should stand there, or "" */
	const char *text;     /* the sentence, without place */
};

struct import_result {
	bool check;
	const char *file;            /* name without folders */
	const char *digest;          /* BLAKE2b-256 of the bytes, hexadecimal */
	int64_t rows, added, changed, same;
	struct import_issue *issues; /* in the order of the file */
	size_t n;
	int64_t more;                /* problems beyond IMPORT_ISSUES_MAX, counted only */
};

/* Reads the whole table into the database, or nothing. FAIL_INPUT: the result lists the problems and c->problem holds the first with its place.
 * Any other failure is in c->problem. With `check` nothing is kept. The result lives in c->arena and is filled as far as known in any case. */
fail exchange_import(struct call *c, const struct exchange_kind *kind, struct table_reader *table, bool check,
                     struct import_result *out) MUST_CHECK;
/* "Line 37, column `expected` (Expected): …" in the call's language. */
const char *import_issue_text(struct call *c, const struct import_issue *issue);
/* The one-line summary: how many rows were added, changed, the same; or that nothing was changed. */
const char *import_summary(struct call *c, const struct import_result *r);
/* {"kind","check","file","digest","rows","added","changed","same","problems":[{"line","column","value","expected","text"}],"more"} */
void import_result_json(struct json *j, const struct exchange_kind *kind, const struct import_result *r);

/* EXPORT_CSV_EXCEL: the same with a byte order mark and CRLF, so that a double click opens it rightly in Excel: for downloads. */
enum export_format { EXPORT_CSV, EXPORT_CSV_EXCEL, EXPORT_XLSX, EXPORT_JSON };
/* "csv", "csv-excel", "xlsx", "json" */
bool export_format_parse(const char *word, enum export_format *out);
const char *export_content_type(enum export_format format);
const char *export_file_ending(enum export_format format); /* "csv", "xlsx", "json" */
/* Streams the rows of a kind. JSON is one array of objects. */
fail exchange_export(struct call *c, const struct exchange_kind *kind, const struct export_query *query, enum export_format format,
                     struct out *out) MUST_CHECK;

#endif
