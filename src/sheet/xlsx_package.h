/* xlsx_package.h — the parts of an XLSX file (a ZIP), inflated under a limit.
 *
 * What is counted is what really comes out, not what the file claims, so a ZIP bomb ends at the limit. */
#ifndef CHIBO_SHEET_XLSX_PACKAGE_H
#define CHIBO_SHEET_XLSX_PACKAGE_H

#include "sheet/source.h"

struct xlsx_limits {
	int64_t inflated;  /* bytes out of all parts together */
	int64_t ratio;     /* bytes out for one byte in, looked at once `ratio_from` bytes are out */
	int64_t ratio_from;
	int64_t strings;   /* bytes of the shared strings in memory */
	int64_t rows;      /* of the sheet */
};
extern const struct xlsx_limits xlsx_limits_usual;

struct package;
struct part; /* one part being read */

fail package_open(struct call *c, struct source *source, const struct xlsx_limits *limits, struct package **out) MUST_CHECK;
void package_close(struct package *p);
const struct xlsx_limits *package_limits(const struct package *p);
bool package_has(struct package *p, const char *path);
/* Forgets how much came out, for reading again from the start. */
void package_recount(struct package *p);

/* FAIL_INPUT: what this file holds is not what XLSX holds. */
fail package_damaged(struct call *c);

/* FAIL_NOT_FOUND without a problem when there is no such part. */
fail part_open(struct call *c, struct package *p, const char *path, struct part **out) MUST_CHECK;
fail part_read(struct call *c, struct part *t, void *to, size_t room, size_t *got) MUST_CHECK;
int64_t part_taken(const struct part *t); /* compressed bytes used up, about */
int64_t part_packed(const struct part *t); /* of how many */
void part_close(struct part *t);

#endif
