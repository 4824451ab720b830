/* csv_read.c — the CSV parser: marks found by csv_scan, a row's cells kept as offsets until the row is complete, then finished in place.
 *
 * A row that does not end inside the buffer is moved to its front and the reading goes on where it stopped, so nothing is
 * parsed twice. Encodings are judged here for raw bytes; texts that are valid UTF-8 but wrong letters are judged in table.c. */
#include "sheet/csv_read.h"

#include <stdlib.h>
#include <string.h>

#include "sheet/csv_scan.h"
#include "sheet/encoding.h"

enum { BLOCK = 64, BUFFER = 1 << 18, SAMPLE = 1 << 14 };

enum units { UNITS_8, UNITS_16LE, UNITS_16BE }; /* code units of the file */

struct csv_reader {
	struct source *source;
	char *buffer;          /* room + BLOCK bytes: blocks may be loaded beyond the end */
	size_t room, size;     /* size: bytes of text in it */
	bool ended;            /* the source has no more */
	enum units units;
	unsigned char half[4]; /* UTF-16: bytes of a character whose rest has not been read */
	size_t halves;

	csv_scan_fn *scan;
	struct csv_marks marks;
	char delimiter, newline;

	size_t row;            /* where the row at hand begins */
	size_t block;          /* where the scanned block begins */
	uint64_t mask, high;   /* of that block: marks not yet used; bytes above 0x7F */
	bool row_high;         /* such bytes were met in a block of this row */

	int64_t line, row_line, quote_line, bad_line;
	bool quoted;           /* inside quotes */
	bool quotes;           /* the cell at hand has quotes */
	size_t cell;           /* where it begins, relative to `row` */
	size_t n;
	struct sheet_cell cells[SHEET_COLUMNS_MAX];
	uint32_t ends[SHEET_COLUMNS_MAX]; /* begins stand in cells[].size until the row is finished; the top bit: has quotes */
};

#define HAS_QUOTES 0x80000000u

static fail bad(struct call *c, struct csv_reader *r, int64_t line, const char *text)
{
	r->bad_line = line;
	return problem(c, FAIL_INPUT, "file", "%s", tr(c->lang, text));
}

/* ---- bytes in ---- */

static size_t put_utf8(char *to, unsigned ch)
{
	if (ch < 0x80) {
		to[0] = (char)ch;
		return 1;
	}
	if (ch < 0x800) {
		to[0] = (char)(0xC0 | ch >> 6);
		to[1] = (char)(0x80 | (ch & 0x3F));
		return 2;
	}
	if (ch < 0x10000) {
		to[0] = (char)(0xE0 | ch >> 12);
		to[1] = (char)(0x80 | (ch >> 6 & 0x3F));
		to[2] = (char)(0x80 | (ch & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | ch >> 18);
	to[1] = (char)(0x80 | (ch >> 12 & 0x3F));
	to[2] = (char)(0x80 | (ch >> 6 & 0x3F));
	to[3] = (char)(0x80 | (ch & 0x3F));
	return 4;
}

static unsigned unit16(const struct csv_reader *r, const unsigned char *s)
{
	return r->units == UNITS_16LE ? s[0] | (unsigned)s[1] << 8 : s[1] | (unsigned)s[0] << 8;
}

/* Turns UTF-16 bytes into UTF-8 at `to`; what is left of a split character waits in r->half. A lone surrogate becomes a zero byte,
 * which the parser refuses. */
static size_t convert16(struct csv_reader *r, const unsigned char *s, size_t n, char *to)
{
	size_t i = 0, put = 0;

	while (n - i >= 2) {
		unsigned ch = unit16(r, s + i);
		if (ch >= 0xD800 && ch < 0xDC00) {
			if (n - i < 4)
				break;
			unsigned low = unit16(r, s + i + 2);
			i += 2;
			ch = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((ch - 0xD800) << 10) + (low - 0xDC00) : 0;
		} else if (ch >= 0xDC00 && ch < 0xE000) {
			ch = 0;
		}
		i += 2;
		put += put_utf8(to + put, ch);
	}
	r->halves = n - i;
	memcpy(r->half, s + i, r->halves);
	return put;
}

/* Reads on until something could be converted or the source has ended. */
static fail read16(struct call *c, struct csv_reader *r, char *to, size_t room, size_t *put)
{
	unsigned char raw[SAMPLE + 4];
	size_t want = room / 3 * 2 < SAMPLE ? room / 3 * 2 : SAMPLE, got;

	*put = 0;
	do {
		memcpy(raw, r->half, r->halves);
		TRY(source_read(c, r->source, raw + r->halves, want, &got));
		if (got == 0 && r->halves > 0)
			return bad(c, r, r->line, N_("the file ends in the middle of a letter; it was cut off: fetch it again"));
		if (got > 0)
			*put = convert16(r, raw, r->halves + got, to);
	} while (got > 0 && *put == 0);
	return FAIL_OK;
}

/* Moves the row at hand to the front of the buffer, making the buffer larger if that is not enough, and reads on. */
static fail refill(struct call *c, struct csv_reader *r)
{
	size_t kept = r->size - r->row, got = 0;

	memmove(r->buffer, r->buffer + r->row, kept);
	r->block -= r->row;
	r->size = kept;
	r->row = 0;
	if (kept > r->room / 2) {
		if (kept > SHEET_ROW_BYTES_MAX)
			return bad(c, r, r->quoted ? r->quote_line : r->row_line, r->quoted ? N_("a quotation mark opened here is not closed; close it, or double it if it belongs to the text")
			                                                                     : N_("the row is longer than a million bytes; look whether this file is a table at all"));
		char *larger = realloc(r->buffer, 2 * r->room + BLOCK);
		if (larger == NULL)
			return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
		r->buffer = larger;
		r->room *= 2;
	}
	if (r->units == UNITS_8)
		TRY(source_read(c, r->source, r->buffer + r->size, r->room - r->size, &got));
	else
		TRY(read16(c, r, r->buffer + r->size, r->room - r->size, &got));
	r->size += got;
	r->ended = got == 0;
	memset(r->buffer + r->size, 0, BLOCK);
	return FAIL_OK;
}

/* ---- what kind of file ---- */

static char likely_delimiter(const char *s, size_t n, char newline)
{
	size_t comma = 0, semicolon = 0, tab = 0;
	bool quoted = false;

	for (size_t i = 0; i < n && (quoted || s[i] != newline); i++) {
		quoted ^= s[i] == '"';
		comma += !quoted && s[i] == ',';
		semicolon += !quoted && s[i] == ';';
		tab += !quoted && s[i] == '\t';
	}
	if (tab > comma && tab > semicolon)
		return '\t';
	return semicolon > comma ? ';' : ',';
}

static enum units likely_units(const unsigned char *s, size_t n, size_t *mark)
{
	size_t even = 0, odd = 0, pairs = (n < 256 ? n : 256) / 2;

	*mark = 0;
	if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0)
		*mark = 3;
	else if (n >= 2 && (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0))
		*mark = 2;
	if (*mark == 2)
		return s[0] == 0xFF ? UNITS_16LE : UNITS_16BE;
	for (size_t i = 0; i < pairs; i++) {
		even += s[2 * i] == 0;
		odd += s[2 * i + 1] == 0;
	}
	if (odd * 2 > pairs && even == 0)
		return UNITS_16LE;
	return even * 2 > pairs && odd == 0 ? UNITS_16BE : UNITS_8;
}

/* Excel's own hint, `sep=;` alone on the first line. */
static void take_sep_line(struct csv_reader *r)
{
	const char *s = r->buffer + r->row;
	size_t n = r->size - r->row, end = 5;

	if (n < 6 || memcmp(s, "sep=", 4) != 0 || (s[4] != ',' && s[4] != ';' && s[4] != '\t'))
		return;
	if (s[end] == '\r' && r->newline == '\n' && end + 1 < n)
		end++;
	if (s[end] != r->newline)
		return;
	r->delimiter = s[4];
	r->row += end + 1;
	r->line++;
}

/* Reads the first bytes and decides on code units, line ends and delimiter. */
static fail csv_begin(struct call *c, struct csv_reader *r)
{
	unsigned char head[SAMPLE];
	size_t got, mark;

	source_rewind(r->source);
	TRY(source_read(c, r->source, head, sizeof head, &got));
	r->units = likely_units(head, got, &mark);
	source_rewind(r->source);
	r->row = r->block = r->size = r->halves = 0;
	r->ended = r->quoted = false;
	r->line = 1;
	r->bad_line = 0;
	TRY(source_read(c, r->source, head, mark, &got));
	TRY(refill(c, r));
	r->newline = memchr(r->buffer, '\n', r->size) == NULL && memchr(r->buffer, '\r', r->size) != NULL ? '\r' : '\n';
	r->delimiter = likely_delimiter(r->buffer, r->size, r->newline);
	take_sep_line(r);
	r->marks = csv_marks_of(r->delimiter, r->newline);
	r->block = r->row - BLOCK; /* nothing scanned yet: the first step goes to `row` (unsigned: it wraps back) */
	r->mask = r->high = 0;
	return FAIL_OK;
}

fail csv_open(struct call *c, struct source *source, struct csv_reader **out)
{
	struct csv_reader *r = calloc(1, sizeof *r);

	*out = NULL;
	if (r == NULL || (r->buffer = malloc(BUFFER + BLOCK)) == NULL) {
		free(r);
		return problem(c, FAIL_BUSY, "", "the machine has no memory left; try again later");
	}
	r->room = BUFFER;
	r->source = source;
	r->scan = csv_scan_best();
	*out = r;
	return csv_begin(c, r);
}

void csv_close(struct csv_reader *r)
{
	if (r != NULL)
		free(r->buffer);
	free(r);
}

fail csv_rewind(struct call *c, struct csv_reader *r)
{
	return csv_begin(c, r);
}

int64_t csv_line(const struct csv_reader *r)
{
	return r->bad_line != 0 ? r->bad_line : r->row_line != 0 ? r->row_line : r->line;
}

/* ---- a row ---- */

/* Ends the cell at hand at `end` (relative to the row). */
static fail end_cell(struct call *c, struct csv_reader *r, size_t end)
{
	if (r->n == SHEET_COLUMNS_MAX)
		return bad(c, r, r->row_line, N_("the row has more than 512 columns; remove those that are not needed"));
	r->cells[r->n].size = r->cell;
	r->ends[r->n] = (uint32_t)end | (r->quotes ? HAS_QUOTES : 0);
	r->n++;
	r->cell = end + 1;
	r->quotes = false;
	return FAIL_OK;
}

/* Takes the quotes off the cell s[0..n), in place. False: they do not stand as they should. */
static bool unquote(char *s, size_t *n)
{
	char *to = s, *from = s + 1, *end = s + *n - 1;

	if (*n < 2 || *s != '"' || *end != '"')
		return false;
	while (from < end) {
		char *quote = memchr(from, '"', (size_t)(end - from));
		size_t run = (size_t)((quote == NULL ? end : quote + 1) - from);
		memmove(to, from, run);
		to += run;
		from += run;
		if (quote != NULL && (from >= end || *from++ != '"'))
			return false;
	}
	*n = (size_t)(to - s);
	return true;
}

/* An apostrophe that keeps a spreadsheet from computing the cell: '=1+1, '@x, also ''=1 (csv_write.c adds it). */
static bool has_guard(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] == '\'')
		i++;
	return i > 0 && i < n && (s[i] == '=' || s[i] == '+' || s[i] == '-' || s[i] == '@' || s[i] == '\t' || s[i] == '\r');
}

static fail not_utf8(struct call *c, struct csv_reader *r, size_t at)
{
	struct letters l = { 0 };

	r->bad_line = r->row_line;
	for (size_t i = r->row; i < at; i++)
		r->bad_line += r->buffer[i] == r->newline;
	letters_of_bytes(&l, r->buffer + r->row, r->size - r->row, r->row_line);
	return encoding_refuse(c, letters_judge_bytes(&l));
}

/* Offsets become texts. Returns false for a row without any text. */
static fail finish_row(struct call *c, struct csv_reader *r, struct sheet_row *row)
{
	char *base = r->buffer + r->row;
	size_t bytes = r->ends[r->n - 1] & ~HAS_QUOTES, valid;

	if (r->row_high && (valid = utf8_valid_until(base, bytes)) < bytes)
		return not_utf8(c, r, r->row + valid);
	for (size_t i = 0; i < r->n; i++) {
		char *s = base + r->cells[i].size;
		size_t n = (r->ends[i] & ~HAS_QUOTES) - r->cells[i].size;
		if (r->ends[i] & HAS_QUOTES && !unquote(s, &n))
			return bad(c, r, r->row_line, N_("a quotation mark stands inside a cell; put the whole cell between quotation marks and double those inside"));
		if (n > 1 && *s == '\'' && has_guard(s, n)) {
			s++;
			n--;
		}
		s[n] = '\0';
		r->cells[i] = (struct sheet_cell){ s, n };
	}
	row->line = r->row_line;
	row->n = r->n;
	row->cells = r->cells;
	return FAIL_OK;
}

/* The offset (relative to the row) of the next mark, or of the end of the text. */
static fail next_mark(struct call *c, struct csv_reader *r, size_t *at, bool *end)
{
	while (r->mask == 0) {
		size_t next = r->block + BLOCK;
		if (next >= r->size && !r->ended) {
			/* a block that reached beyond the text is scanned again from where the text ended */
			size_t seen = r->size - r->row;
			TRY(refill(c, r));
			next = seen;
		} else if (next >= r->size) {
			*at = r->size - r->row;
			*end = true;
			return FAIL_OK;
		}
		r->block = next;
		r->mask = r->scan(&r->marks, r->buffer + next, &r->high);
		if (r->size - next < BLOCK)
			r->mask &= ((uint64_t)1 << (r->size - next)) - 1;
		r->row_high |= r->high != 0;
	}
	*at = r->block + (size_t)__builtin_ctzll(r->mask) - r->row;
	*end = false;
	r->mask &= r->mask - 1;
	return FAIL_OK;
}

/* Begins a row at offset `at` of the buffer. */
static void begin_row(struct csv_reader *r, size_t at)
{
	r->row = at;
	r->row_line = r->line;
	r->row_high = r->high != 0;
	r->quoted = r->quotes = false;
	r->cell = r->n = 0;
}

/* A quote: flips between inside and outside; whether it stands rightly is seen when the row is finished. */
static void at_quote(struct csv_reader *r)
{
	r->quoted = !r->quoted;
	r->quotes = true;
	if (r->quoted)
		r->quote_line = r->line;
}

static fail end_of_file(struct call *c, struct csv_reader *r, size_t at, bool *whole)
{
	if (r->quoted)
		return bad(c, r, r->quote_line, N_("a quotation mark opened here is not closed; close it, or double it if it belongs to the text"));
	*whole = r->n > 0 || at > 0;
	return *whole ? end_cell(c, r, at) : FAIL_OK;
}

/* Runs to the end of the row: *whole false when the file ended before anything stood there. *next: where the next row begins. */
static fail walk_row(struct call *c, struct csv_reader *r, size_t *next, bool *whole)
{
	for (;;) {
		size_t at;
		bool end;
		TRY(next_mark(c, r, &at, &end));
		char ch = r->buffer[r->row + at];
		*next = r->row + at + 1;
		if (end) {
			*next = r->size;
			return end_of_file(c, r, at, whole);
		} else if (ch == '"') {
			at_quote(r);
		} else if (ch == '\0') {
			return bad(c, r, r->line, N_("the file holds bytes that are no text; save it again in Excel as “CSV UTF-8” or XLSX"));
		} else if (ch == r->newline) {
			r->line++;
			if (r->quoted)
				continue;
			*whole = true;
			return end_cell(c, r, at - (at > 0 && r->newline == '\n' && r->buffer[r->row + at - 1] == '\r' && at > r->cell));
		} else if (!r->quoted) {
			TRY(end_cell(c, r, at));
		}
	}
}

fail csv_next(struct call *c, struct csv_reader *r, struct sheet_row *row, bool *more)
{
	size_t next = r->row;
	bool whole = false;

	*more = false;
	for (;;) {
		begin_row(r, next);
		TRY(walk_row(c, r, &next, &whole));
		if (!whole)
			return FAIL_OK;
		fail f = finish_row(c, r, row);
		r->row = next;
		if (f != FAIL_OK)
			return f;
		if (row->n > 1 || row->cells[0].size > 0) {
			*more = true;
			return FAIL_OK;
		}
	}
}
