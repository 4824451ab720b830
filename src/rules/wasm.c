/* wasm.c — the doors of the engine in the browser: the phone in a village without a network gives the same score as the server.
 *
 * Texts go through one buffer: the caller asks for room, writes, and names the length. One scheme is loaded at a time
 * (the bytes of `chibo rules pack`); facts and judged points are set one by one, then applied. Not part of the program. */
#include "rules/sheet.h"

#define DOOR(name) __attribute__((export_name(name), used))

enum { SCHEME_CEILING = 16 << 20, RESULT_CEILING = 4 << 20, BUFFER_CEILING = 256 * 1024 };

static struct arena *scheme_arena, *work_arena;
static struct scheme scheme;
static bool loaded;
static struct facts facts;
static struct judged_line judged_lines[256];
static size_t judged_count;
static char buffer[BUFFER_CEILING + 1];
static struct out result;

/* Where the caller writes its next text; NULL when it is too long. */
DOOR("buffer") char *engine_buffer(uint32_t size);
char *engine_buffer(uint32_t size)
{
	return size <= BUFFER_CEILING ? buffer : NULL;
}

static const char *text(uint32_t size)
{
	buffer[size <= BUFFER_CEILING ? size : 0] = '\0';
	return buffer;
}

/* Forgets facts and judged points. */
DOOR("clear") void engine_clear(void);
void engine_clear(void)
{
	facts = FACTS_NONE;
	judged_count = 0;
	if (!work_arena)
		work_arena = arena_new(RESULT_CEILING);
	arena_reset(work_arena);
}

/* Loads the scheme whose bytes are in the buffer: 1, or 0 when they are not a scheme. */
DOOR("load") int engine_load(uint32_t size);
int engine_load(uint32_t size)
{
	arena_free(scheme_arena);
	scheme_arena = arena_new(SCHEME_CEILING);
	loaded = size <= BUFFER_CEILING && scheme_unpack(scheme_arena, buffer, size, &scheme) == FAIL_OK;
	engine_clear();
	return loaded;
}

/* 1; 0: no such fact, or out of bounds. */
DOOR("fact") int engine_fact(uint32_t name_size, int32_t value);
int engine_fact(uint32_t name_size, int32_t value)
{
	const struct fact_book *book = loaded ? scheme_use_book(scheme.use) : &FACTS_OF_MEETING;
	int f = book_by_name(book, text(name_size));

	return f >= 0 && book_set(book, &facts, f, value);
}

/* Points in tenths. 1; 0: too many. */
DOOR("judge") int engine_judge(uint32_t id_size, int32_t tenths);
int engine_judge(uint32_t id_size, int32_t tenths)
{
	if (judged_count == sizeof judged_lines / sizeof *judged_lines)
		return 0;
	judged_lines[judged_count++] = (struct judged_line){ arena_strdup(work_arena, text(id_size)), { tenths } };
	return 1;
}

DOOR("required_minutes") int32_t engine_required_minutes(int32_t thematic_part, int32_t members);
int32_t engine_required_minutes(int32_t thematic_part, int32_t members)
{
	return loaded ? (int32_t)scheme_required_minutes(&scheme, thematic_part != 0, members) : 0;
}

static void put_refusal(struct json *j, const struct scored_sheet *sheet)
{
	json_object(j);
	json_put_str(j, "refused", sheet->refused_id);
	json_put_str(j, "problem", sheet->refused);
	json_object_end(j);
}

/* Applies the scheme; the day is in the buffer (may be empty). The size of the JSON at result(), or -1 without a scheme. A
 * refused judged value gives {"refused": id, "problem": sentence}. */
DOOR("apply") int32_t engine_apply(int32_t english, uint32_t day_size);
int32_t engine_apply(int32_t english, uint32_t day_size)
{
	struct scored_sheet sheet;
	struct json j;
	fail f;

	if (!loaded)
		return -1;
	f = scheme_apply(work_arena, &scheme, &facts, (struct judged){ judged_lines, judged_count }, english ? LANG_EN : LANG_VI, &sheet);
	out_memory(&result, work_arena);
	json_begin(&j, &result);
	if (f == FAIL_OK)
		scored_sheet_json(&j, &sheet, text(day_size));
	else
		put_refusal(&j, &sheet);
	return (int32_t)result.size;
}

DOOR("result") const char *engine_result(void);
const char *engine_result(void)
{
	return result.data;
}
