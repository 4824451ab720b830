/* csv_scan.h — finding the bytes that matter in a CSV text, 64 at a time. */
#ifndef CHIBO_SHEET_CSV_SCAN_H
#define CHIBO_SHEET_CSV_SCAN_H

#include <stdint.h>

/* Which bytes matter: delimiter, quote, end of line and the zero byte. All differ in their low four bits. */
struct csv_marks {
	unsigned char table[16]; /* by low four bits: the one byte that matters, or 0xFF */
};
struct csv_marks csv_marks_of(char delimiter, char newline);

/* Reads 64 bytes at `block`. The result has bit i set where block[i] matters, *high bit i where block[i] is above 0x7F. */
typedef uint64_t csv_scan_fn(const struct csv_marks *m, const char *block, uint64_t *high);
/* The fastest of the machine: AVX2 or SSE2 on x86-64, else eight bytes at a time. */
csv_scan_fn *csv_scan_best(void);
/* Every one that runs here, NULL-ended: tests compare them. */
csv_scan_fn *const *csv_scan_all(void);

#endif
