/* scheme_pack.c — a scheme as bytes, and back.
 *
 * One description serves both directions: each function below names the parts of a thing once, and the codec writes or
 * reads them. Whole numbers are little-endian base-128 with a zigzag sign, texts and rows carry their count. What was read
 * is checked as a rule file is, then packed again and compared, so that there is one byte form of a scheme. */
#include <string.h>

#include "rules/scheme_check.h"

#define MAGIC "chibo-scheme-1\n"

enum { MAX_ROWS = 1024, MAX_SIZE = 256 * 1024 }; /* so that little data cannot ask for much memory */

struct codec {
	struct out *out;       /* writing */
	const uint8_t *at, *end; /* reading when out is NULL */
	struct arena *arena;
	enum scheme_use use;
	bool bad;
};

static uint8_t read_byte(struct codec *c)
{
	if (c->at == c->end) {
		c->bad = true;
		return 0;
	}
	return *c->at++;
}

static void code_int(struct codec *c, int64_t *v)
{
	uint64_t bits = ((uint64_t)*v << 1) ^ (uint64_t)(*v < 0 ? -1 : 0);

	if (c->out) {
		for (; bits >= 0x80; bits >>= 7)
			out_char(c->out, (char)(bits | 0x80));
		out_char(c->out, (char)bits);
		return;
	}
	bits = 0;
	for (int shift = 0; shift < 64; shift += 7) {
		uint8_t byte = read_byte(c);

		bits |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80)) {
			*v = (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
			return;
		}
	}
	c->bad = true;
}

static void code_range(struct codec *c, int64_t *v, int64_t least, int64_t most)
{
	code_int(c, v);
	if (!c->out && (*v < least || *v > most)) {
		c->bad = true;
		*v = least;
	}
}

/* The same for the narrower members of the structs. Writing changes nothing: a scheme is shared between threads. */
#define CODE(c, member, least, most)                                                                                   \
	do {                                                                                                               \
		int64_t code_ = (int64_t)(member);                                                                             \
		code_range(c, &code_, least, most);                                                                            \
		if (!(c)->out)                                                                                                 \
			(member) = (__typeof__(member))code_;                                                                      \
	} while (0)

/* Length of the UTF-8 letter at the start of n bytes; 0: none, or not written in the shortest way. */
static size_t letter_size(const uint8_t *s, size_t n)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t size = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : s[0] >= 0xe0 && s[0] < 0xf0 ? 3 : s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;
	uint32_t code = size > 1 ? s[0] & (0x7fu >> size) : s[0];

	if (size > n)
		return 0;
	for (size_t i = 1; i < size; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (s[i] & 0x3f);
	}
	return code == 0 || code < least[size] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : size;
}

/* Whole letters, none of them zero. */
static bool is_text(const uint8_t *s, size_t n)
{
	while (n) {
		size_t size = letter_size(s, n);

		if (!size)
			return false;
		s += size;
		n -= size;
	}
	return true;
}

static void code_text(struct codec *c, const char **s)
{
	int64_t n = c->out ? (int64_t)strlen(*s) : 0;

	code_range(c, &n, 0, 1 << 16);
	if (c->out) {
		out_bytes(c->out, *s, (size_t)n);
		return;
	}
	if (c->bad || n > c->end - c->at || !is_text(c->at, (size_t)n)) {
		c->bad = true;
		*s = "";
		return;
	}
	*s = arena_strndup(c->arena, (const char *)c->at, (size_t)n);
	c->at += n;
}

/* Count of rows of `size` bytes; reading: room for them. A row takes a byte at least, so a count cannot outgrow the data. */
static void *code_rows(struct codec *c, const void *rows, uint32_t *n, size_t size)
{
	int64_t count = *n;

	code_range(c, &count, 0, MAX_ROWS);
	if (c->out)
		return (void *)rows;
	*n = c->bad || count > c->end - c->at ? 0 : (uint32_t)count;
	c->bad = c->bad || *n != count;
	return *n ? arena_array(c->arena, *n, size) : NULL;
}

#define CODE_ROWS(c, type, rows, n)                                                                                    \
	type *row = code_rows(c, rows, &(n), sizeof *row);                                                                 \
	if (!(c)->out)                                                                                                     \
		(rows) = row

static void code_title(struct codec *c, two_texts t, bool required)
{
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *text = c->out && t[lang] ? t[lang] : "";

		code_text(c, &text);
		if (!c->out)
			t[lang] = required || *text ? text : NULL;
	}
}

static void code_op(struct codec *c, struct op *op)
{
	CODE(c, op->code, 0, OP_CODE_COUNT - 1);
	if (op->code == OP_FACT)
		CODE(c, op->arg, 0, scheme_use_book(c->use)->n - 1);
	if (op->code == OP_NUMBER) {
		CODE(c, op->arg, 0, 1);
		code_range(c, &op->num, 0, FACT_LIMIT);
		code_range(c, &op->den, 1, 1000000);
	}
}

static void code_expr(struct codec *c, struct expr *e, const struct expr *measure)
{
	CODE_ROWS(c, struct op, e->ops, e->n);
	for (uint32_t i = 0; i < e->n; i++)
		code_op(c, &row[i]);
	if (c->out)
		return;
	e->text = "";
	e->book = scheme_use_book(c->use);
	if (e->n && (c->bad || !expr_verify(e, measure))) {
		c->bad = true;
		*e = (struct expr){ .text = "" };
	}
}

static void code_phrases(struct codec *c, struct phrase phrase[LANG_COUNT], const struct expr *measure)
{
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		CODE_ROWS(c, struct phrase_part, phrase[lang].parts, phrase[lang].n);
		for (uint32_t i = 0; i < phrase[lang].n; i++) {
			code_text(c, &row[i].text);
			code_expr(c, &row[i].expr, measure);
		}
	}
}

static void code_case(struct codec *c, struct scheme_case *k, const struct expr *measure)
{
	CODE(c, k->bound, BOUND_NONE, BOUND_BELOW);
	if (k->bound != BOUND_NONE) {
		code_range(c, &k->bound_num, -FACT_LIMIT, FACT_LIMIT);
		code_range(c, &k->bound_den, 1, 1000000);
		CODE(c, k->bound_is_percent, 0, 1);
	}
	code_expr(c, &k->when, measure);
	CODE(c, k->pro_rata, 0, 1);
	CODE(c, k->points.t, 0, SCHEME_MAX_POINTS);
	code_phrases(c, k->why, measure);
}

static void code_maxima(struct codec *c, struct scheme_line *line)
{
	CODE_ROWS(c, struct scheme_max, line->max, line->n_max);
	for (uint32_t i = 0; i < line->n_max; i++) {
		code_expr(c, &row[i].when, NULL);
		CODE(c, row[i].points.t, 0, SCHEME_MAX_POINTS);
	}
}

static void code_evidence(struct codec *c, struct scheme_line *line)
{
	CODE_ROWS(c, struct scheme_evidence, line->evidence, line->n_evidence);
	for (uint32_t i = 0; i < line->n_evidence; i++) {
		CODE(c, row[i].types, 0, UINT8_MAX);
		code_title(c, row[i].text, true);
	}
}

static void code_line(struct codec *c, struct scheme_line *line, uint32_t n_groups)
{
	code_text(c, &line->id);
	code_title(c, line->title, true);
	CODE(c, line->group, -1, (int64_t)n_groups - 1);
	code_maxima(c, line);
	CODE(c, line->judged, 0, 1);
	code_expr(c, &line->measure, NULL);
	CODE_ROWS(c, struct scheme_case, line->cases, line->n_cases);
	for (uint32_t i = 0; i < line->n_cases; i++)
		code_case(c, &row[i], &line->measure);
	code_expr(c, &line->not_applicable, NULL);
	code_phrases(c, line->not_applicable_why, &line->measure);
	code_phrases(c, line->to_full, &line->measure);
	code_text(c, &line->source);
	if (scheme_use_is_year(c->use))
		code_evidence(c, line);
}

static void code_vetoes(struct codec *c, struct scheme *s)
{
	CODE_ROWS(c, struct scheme_veto, s->vetoes, s->n_vetoes);
	for (uint32_t i = 0; i < s->n_vetoes; i++) {
		code_text(c, &row[i].id);
		code_title(c, row[i].title, true);
		code_expr(c, &row[i].when, NULL);
		code_phrases(c, row[i].why, NULL);
	}
}

static void code_initiatives(struct codec *c, struct scheme *s)
{
	CODE_ROWS(c, struct scheme_initiatives, s->initiatives, s->n_initiatives);
	for (uint32_t i = 0; i < s->n_initiatives; i++) {
		CODE(c, row[i].types, 0, UINT8_MAX);
		CODE(c, row[i].one_per_members, 0, SCHEME_MAX_INITIATIVES);
		CODE(c, row[i].in_all, 0, SCHEME_MAX_INITIATIVES);
	}
}

/* What only a table of a year has. */
static void code_year_parts(struct codec *c, struct scheme *s)
{
	if (scheme_use_is_four_good(s->use))
		CODE(c, s->standard.t, 0, SCHEME_MAX_POINTS);
	code_text(c, &s->framework);
	code_vetoes(c, s);
	code_initiatives(c, s);
}

/* What only a table of a meeting has. */
static void code_meeting_parts(struct codec *c, struct scheme *s)
{
	for (int g = GRADE_POOR; g < GRADE_COUNT; g++)
		CODE(c, s->grades.from[g].t, 0, SCHEME_MAX_POINTS);
	CODE(c, s->minutes_usual, 0, 1440);
	CODE(c, s->minutes_long, 0, 1440);
	CODE(c, s->minutes_long_if_thematic, 0, 1);
	CODE(c, s->minutes_long_from_members, 0, FACT_LIMIT);
}

static void code_groups(struct codec *c, struct scheme *s)
{
	CODE_ROWS(c, struct scheme_group, s->groups, s->n_groups);
	for (uint32_t g = 0; g < s->n_groups; g++) {
		code_text(c, &row[g].id);
		code_title(c, row[g].title, true);
		CODE(c, row[g].max.t, 0, SCHEME_MAX_POINTS);
	}
}

static void code_lines(struct codec *c, struct scheme *s)
{
	CODE_ROWS(c, struct scheme_line, s->lines, s->n_lines);
	for (uint32_t i = 0; i < s->n_lines; i++)
		code_line(c, &row[i], s->n_groups);
}

static void code_scheme(struct codec *c, struct scheme *s)
{
	code_text(c, &s->id);
	code_title(c, s->title, true);
	code_title(c, s->note, false);
	code_text(c, &s->source);
	CODE(c, s->valid_from.days, DATE_EVER.days, DATE_OPEN.days);
	CODE(c, s->valid_to.days, DATE_EVER.days, DATE_OPEN.days);
	code_text(c, &s->scope);
	CODE(c, s->use, USE_REGULAR, SCHEME_USES - 1);
	c->use = s->use;
	CODE(c, s->is_default, 0, 1);
	if (scheme_use_is_year(s->use))
		code_year_parts(c, s);
	else
		code_meeting_parts(c, s);
	code_groups(c, s);
	code_lines(c, s);
}

void scheme_pack(const struct scheme *s, struct out *out)
{
	struct codec c = { .out = out };

	out_bytes(out, MAGIC, strlen(MAGIC));
	code_scheme(&c, (struct scheme *)s);
}

static void ignore(void *arg, const struct fault *fault)
{
	(void)arg;
	(void)fault;
}

static bool same_bytes_again(struct arena *a, const struct scheme *s, const void *data, size_t size)
{
	struct out again;

	out_memory(&again, a);
	scheme_pack(s, &again);
	return again.size == size && memcmp(again.data, data, size) == 0;
}

fail scheme_unpack(struct arena *a, const void *data, size_t size, struct scheme *out)
{
	struct codec c = { .at = data, .arena = a };
	struct scheme s = { .standard = TENTHS_NONE, .framework = "" };

	if (size > MAX_SIZE || size < strlen(MAGIC) || memcmp(data, MAGIC, strlen(MAGIC)) != 0)
		return FAIL_INPUT;
	c.end = c.at + size;
	c.at += strlen(MAGIC);
	code_scheme(&c, &s);
	if (c.bad || c.at != c.end || !scheme_check(&s, ignore, NULL) || !same_bytes_again(a, &s, data, size))
		return FAIL_INPUT;
	*out = s;
	return FAIL_OK;
}
