/* fuzz_rules.c — hostile rule files, expressions and packed schemes.
 *
 * The first byte chooses: an expression (what parses also verifies, evaluates and has words), a packed scheme (what unpacks
 * packs to the same bytes and can be applied), or a rule file (what loads is a whole set, and its schemes survive packing). */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rules/load.h"
#include "rules/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libfyaml 0.7.12 forgets a buffer when a quoted text cannot be read to its end. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfyaml\n";
}

#define MUST(condition) do { if (!(condition)) abort(); } while (0)

enum { CEILING = 64 << 20 };

/* Facts of all kinds, known and unknown, by the bytes of the input. */
static struct facts some_facts(const uint8_t *data, size_t size)
{
	struct facts facts = FACTS_NONE;

	for (int f = 0; f < FACT_COUNT && size; f++) {
		uint8_t byte = data[(size_t)f % size];

		if (byte & 1)
			facts_set(&facts, (enum fact)f, byte & 2 ? FACT_LIMIT : byte >> 4);
	}
	return facts;
}

static void try_apply(struct arena *a, const struct scheme *s, const struct facts *facts)
{
	struct judged_line given = { s->lines[0].id, { 10 } };
	struct scored_sheet sheet;
	struct json j;
	struct out o;

	out_memory(&o, a);
	json_begin(&j, &o);
	for (size_t n = 0; n < 2; n++) {
		if (scheme_apply(a, s, facts, (struct judged){ &given, n }, (enum lang)n, &sheet) != FAIL_OK)
			continue;
		MUST(sheet.complete == tenths_is(sheet.total));
		MUST(!sheet.complete || (sheet.total.t >= 0 && sheet.total.t <= 1000));
		scored_sheet_json(&j, &sheet, "");
		j.after_key = true; /* a second value in the same buffer */
	}
}

static void try_pack(struct arena *a, const struct scheme *s, const struct facts *facts)
{
	struct scheme again;
	struct out o;

	out_memory(&o, a);
	scheme_pack(s, &o);
	MUST(scheme_unpack(a, o.data, o.size, &again) == FAIL_OK);
	try_apply(a, &again, facts);
}

static void try_expression(struct arena *a, const char *text, const struct facts *facts)
{
	struct expr_problem why;
	struct expr e, again;
	struct out o;

	if (!expr_parse(a, text, &FACTS_OF_MEETING, NULL, &e, &why)) {
		MUST(why.column >= 1 && why.what && why.near);
		return;
	}
	again = e;
	MUST(expr_verify(&again, NULL) && again.type == e.type && again.facts == e.facts);
	out_memory(&o, a);
	expr_words(&o, &e, NULL, LANG_VI);
	value_words(&o, expr_eval(&e, NULL, facts), e.type, LANG_EN);
	struct value v = expr_eval(&e, NULL, facts);

	MUST(v.state != VALUE_KNOWN || v.den > 0);
	MUST(v.state != VALUE_UNKNOWN || (e.facts & ~facts->known));
}

static void try_file(struct arena *a, const char *text, size_t size, const struct facts *facts)
{
	struct complaints bad = { .arena = a };
	struct rule_text v = { "fuzz.yaml", text, size };
	struct rules rules;

	if (rules_load_texts(a, &v, 1, &rules, &bad) != FAIL_OK) {
		MUST(bad.n > 0);
		return;
	}
	for (size_t i = 0; i < rules.n; i++)
		if (rules.v[i].scheme) {
			try_apply(a, rules.v[i].scheme, facts);
			try_pack(a, rules.v[i].scheme, facts);
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(CEILING);
	struct facts facts = some_facts(data, size);
	struct scheme s;

	if (!a || !size) {
		arena_free(a);
		return 0;
	}
	if (data[0] == 'E')
		try_expression(a, arena_strndup(a, (const char *)data + 1, size - 1), &facts);
	else if (data[0] == 'P' && scheme_unpack(a, data + 1, size - 1, &s) == FAIL_OK)
		try_pack(a, &s, &facts);
	else if (data[0] == 'Y')
		try_file(a, (const char *)data + 1, size - 1, &facts);
	arena_free(a);
	return 0;
}
