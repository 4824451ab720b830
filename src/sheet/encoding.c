/* encoding.c — letter statistics over Latin-1 code points. Converts nothing. */
#include "sheet/encoding.h"

#include <string.h>

/* ---- UTF-8 ---- */

/* Length of the valid sequence at s (a byte above 0x7F), or 0. */
static size_t sequence(const unsigned char *s, size_t n)
{
	unsigned low = 0x80, high = 0xBF;

	if (s[0] < 0xC2 || s[0] > 0xF4)
		return 0;
	if (s[0] < 0xE0)
		return n >= 2 && (s[1] & 0xC0) == 0x80 ? 2 : 0;
	low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : low;
	high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : high;
	if (n < 3 || s[1] < low || s[1] > high || (s[2] & 0xC0) != 0x80)
		return 0;
	if (s[0] < 0xF0)
		return 3;
	return n >= 4 && (s[3] & 0xC0) == 0x80 ? 4 : 0;
}

/* Eight bytes at once: all in 1…0x7F? */
static bool plain8(const unsigned char *s)
{
	uint64_t w;
	memcpy(&w, s, sizeof w);
	return ((w | (w - 0x0101010101010101u)) & 0x8080808080808080u) == 0;
}

static size_t valid_until(const unsigned char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		if (n - i >= 8 && plain8(s + i)) {
			i += 8;
		} else if (s[i] - 1u < 0x7F) {
			i++;
		} else {
			size_t len = sequence(s + i, n - i);
			if (len == 0)
				return i;
			i += len;
		}
	}
	return n;
}

#if defined(__x86_64__)
#include <immintrin.h>

/* What can be wrong with two bytes that follow each other; the tables below give, for one half byte each, what is still possible.
 * A pair is wrong where all three agree on something. (The method of J. Keiser and D. Lemire, 2020.) */
enum {
	SHORT = 1, LONG = 2, OVER3 = 4, LARGE = 8, SURROGATE = 16, OVER2 = 32, LARGE1 = 64, OVER4 = 64, TWO = 128,
	CARRY = SHORT | LONG | TWO, BIG = CARRY | LARGE | LARGE1, SECOND = LONG | OVER2 | TWO,
};
static const unsigned char first_high[16] = { LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TWO, TWO, TWO, TWO,
	SHORT | OVER2, SHORT, SHORT | OVER3 | SURROGATE, SHORT | LARGE | LARGE1 | OVER4 };
static const unsigned char first_low[16] = { CARRY | OVER3 | OVER2 | OVER4, CARRY | OVER2, CARRY, CARRY, CARRY | LARGE, BIG, BIG, BIG, BIG, BIG,
	BIG, BIG, BIG, BIG | SURROGATE, BIG, BIG };
static const unsigned char second_high[16] = { SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SECOND | OVER3 | LARGE1 | OVER4,
	SECOND | OVER3 | LARGE, SECOND | SURROGATE | LARGE, SECOND | SURROGATE | LARGE, SHORT, SHORT, SHORT, SHORT };

#define TABLE(t) _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)(t)))

/* Not zero where the 32 bytes v, coming after `before`, are wrong. */
__attribute__((target("avx2"))) static inline __m256i wrong32(__m256i v, __m256i before)
{
	const __m256i low4 = _mm256_set1_epi8(15), top = _mm256_set1_epi8((char)0x80);
	__m256i cross = _mm256_permute2x128_si256(before, v, 0x21);
	__m256i one = _mm256_alignr_epi8(v, cross, 15), two = _mm256_alignr_epi8(v, cross, 14), three = _mm256_alignr_epi8(v, cross, 13);
	__m256i pair = _mm256_and_si256(_mm256_shuffle_epi8(TABLE(first_high), _mm256_and_si256(_mm256_srli_epi16(one, 4), low4)),
	                                _mm256_shuffle_epi8(TABLE(first_low), _mm256_and_si256(one, low4)));
	pair = _mm256_and_si256(pair, _mm256_shuffle_epi8(TABLE(second_high), _mm256_and_si256(_mm256_srli_epi16(v, 4), low4)));
	__m256i third = _mm256_subs_epu8(two, _mm256_set1_epi8(0xE0 - 0x80)), fourth = _mm256_subs_epu8(three, _mm256_set1_epi8(0xF0 - 0x80));
	__m256i expected = _mm256_and_si256(_mm256_or_si256(third, fourth), top);
	return _mm256_or_si256(_mm256_xor_si256(expected, pair), _mm256_cmpeq_epi8(v, _mm256_setzero_si256()));
}

/* Is all of it valid? The last piece is filled up with blanks, which also ends a letter cut off. */
__attribute__((target("avx2"))) static bool all_valid(const unsigned char *s, size_t n)
{
	__m256i before = _mm256_set1_epi8(' '), wrong = _mm256_setzero_si256(), v;
	unsigned char last[32];

	for (; n >= 32; s += 32, n -= 32) {
		v = _mm256_loadu_si256((const __m256i *)(const void *)s);
		wrong = _mm256_or_si256(wrong, wrong32(v, before));
		before = v;
	}
	memset(last, ' ', sizeof last);
	memcpy(last, s, n);
	wrong = _mm256_or_si256(wrong, wrong32(_mm256_loadu_si256((const __m256i *)(const void *)last), before));
	return _mm256_testz_si256(wrong, wrong);
}
#endif

size_t utf8_valid_until(const char *text, size_t n)
{
#if defined(__x86_64__)
	if (n >= 32 && __builtin_cpu_supports("avx2") && all_valid((const unsigned char *)text, n))
		return n;
#endif
	return valid_until((const unsigned char *)text, n);
}

/* ---- evidence ---- */

static bool small(unsigned ch) { return ch >= 'a' && ch <= 'z'; }
static bool letter(unsigned ch) { return small(ch | 0x20) || (ch >= 0xC0 && ch != 0xD7 && ch != 0xF7); }
static bool in(const unsigned char *set, unsigned ch) { return ch < 256 && ch != 0 && strchr((const char *)set, (int)ch) != NULL; }

/* Letters of Unicode Vietnamese outside Latin-1: ă đ ĩ ũ ơ ư and the block of tones. */
static bool only_vietnamese(unsigned ch)
{
	return ch == 0x102 || ch == 0x103 || ch == 0x110 || ch == 0x111 || ch == 0x128 || ch == 0x129 || ch == 0x168 || ch == 0x169 ||
	       ch == 0x1A0 || ch == 0x1A1 || ch == 0x1AF || ch == 0x1B0 || (ch >= 0x1EA0 && ch <= 0x1EF9);
}

/* TCVN3 keeps ă â ê ô ơ ư đ à ả ã á ạ ằ ẳ ẵ ắ in the place of Latin-1 symbols, and small letters in the place of capitals. */
static bool looks_tcvn3(unsigned before, unsigned ch, unsigned after)
{
	if (ch == 0xAB || ch == 0xBB) /* also quotation marks */
		return small(before) && small(after);
	if (ch >= 0xA1 && ch <= 0xBE && ch != 0xB0)
		return letter(before) || letter(after);
	return ch >= 0xC0 && ch <= 0xDF && small(before);
}

/* VNI writes the tone as a second letter after the vowel: aù eâ oä uû, and đ as ñ. Pairs that true Vietnamese has (hoà, quý) do not count. */
static bool looks_vni(unsigned before, unsigned ch, unsigned after)
{
	static const unsigned char any[] = "\xF9\xF8\xFB\xF5\xEF\xE2\xE1\xE0\xE5\xE3\xE4\xEA\xE9\xE8\xFA\xFC\xEB"
	                                   "\xD9\xD8\xDB\xD5\xCF\xC2\xC1\xC0\xC5\xC3\xC4\xCA\xC9\xC8\xDA\xDC\xCB";
	static const unsigned char foreign[] = "\xF8\xFB\xEF\xE5\xE4\xFC\xEB\xD8\xDB\xCF\xC5\xC4\xDC\xCB";

	switch (before) {
	case 'a': case 'e':
		return ch >= 0xE0 && in(any, ch);
	case 'A': case 'E':
		return ch < 0xE0 && in(any, ch);
	case 'o': case 'u': case 'y': case 0xF4: case 0xF6:
		return ch >= 0xE0 && in(foreign, ch);
	case 'O': case 'U': case 'Y': case 0xD4: case 0xD6:
		return ch < 0xE0 && in(foreign, ch);
	}
	return (ch == 0xF1 || ch == 0xD1) && !letter(before) && letter(after);
}

/* Windows-1258: a vowel, then the tone as a combining mark in the place of Ì ì Ò Þ ò. */
static bool looks_1258(unsigned before, unsigned ch)
{
	static const unsigned char vowels[] = "aeiouyAEIOUY\xE2\xE3\xEA\xF4\xF5\xFD\xC2\xC3\xCA\xD4\xD5\xDD";
	return in((const unsigned char *)"\xCC\xEC\xD2\xDE\xF2", ch) && in(vowels, before) && !(before == 'o' && ch == 0xF2);
}

static void letters_add(struct letters *l, unsigned before, unsigned ch, unsigned after, int64_t line)
{
	int64_t were = l->tcvn3 + l->vni + l->cp1258 + l->lost;

	l->viet += only_vietnamese(ch);
	l->tcvn3 += looks_tcvn3(before, ch, after);
	l->vni += looks_vni(before, ch, after);
	l->cp1258 += looks_1258(before, ch);
	l->lost += ch == 0xFFFD || (ch == '?' && letter(before) && letter(after));
	if (l->line == 0 && l->tcvn3 + l->vni + l->cp1258 + l->lost > were)
		l->line = line;
}

/* The code point at *s of valid UTF-8, moving on; 0 at the end. */
static unsigned next_char(const unsigned char **s, const unsigned char *end)
{
	const unsigned char *p = *s;
	size_t len = p >= end ? 0 : *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;

	if (len == 0 || (size_t)(end - p) < len) {
		*s = end;
		return 0;
	}
	*s += len;
	switch (len) {
	case 1: return p[0];
	case 2: return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
	case 3: return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	default: return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
	}
}

void letters_of_text(struct letters *l, const char *text, size_t n, int64_t line)
{
	const unsigned char *s = (const unsigned char *)text, *end = s + n;
	unsigned before = 0, ch = next_char(&s, end), after;

	for (; ch != 0; before = ch, ch = after) {
		after = next_char(&s, end);
		if (ch >= 0x80 || ch == '?')
			letters_add(l, before, ch, after, line);
	}
}

void letters_of_bytes(struct letters *l, const char *text, size_t n, int64_t line)
{
	const unsigned char *s = (const unsigned char *)text;

	for (size_t i = 0; i < n; i++) {
		line += s[i] == '\n';
		if (s[i] >= 0x80)
			letters_add(l, i > 0 ? s[i - 1] : 0, s[i], i + 1 < n ? s[i + 1] : 0, line);
	}
}

/* ---- judgement ---- */

static enum encoding strongest(const struct letters *l)
{
	if (l->cp1258 > l->tcvn3 && l->cp1258 > l->vni)
		return ENCODING_1258;
	return l->tcvn3 >= l->vni ? ENCODING_TCVN3 : ENCODING_VNI;
}

enum encoding letters_judge_text(const struct letters *l)
{
	int64_t most = l->tcvn3 > l->vni ? l->tcvn3 : l->vni;

	if (most >= 2 && most > 2 * l->viet)
		return strongest(&(struct letters){ .tcvn3 = l->tcvn3, .vni = l->vni });
	return l->lost >= 3 && l->lost > 2 * l->viet ? ENCODING_LOST : ENCODING_UTF8;
}

enum encoding letters_judge_bytes(const struct letters *l)
{
	return l->tcvn3 + l->vni + l->cp1258 == 0 ? ENCODING_UNKNOWN : strongest(l);
}

fail encoding_refuse(struct call *c, enum encoding encoding)
{
	switch (encoding) {
	case ENCODING_TCVN3:
		return problem(c, FAIL_INPUT, "file", "the text is in the old TCVN3 (ABC, .VnTime) encoding; convert it to Unicode (UniKey, Ctrl+Shift+F6: "
		                                      "from TCVN3 to Unicode), then save it in Excel as “CSV UTF-8” or XLSX");
	case ENCODING_VNI:
		return problem(c, FAIL_INPUT, "file", "the text is in the old VNI encoding; convert it to Unicode (UniKey, Ctrl+Shift+F6: "
		                                      "from VNI Windows to Unicode), then save it in Excel as “CSV UTF-8” or XLSX");
	case ENCODING_1258:
		return problem(c, FAIL_INPUT, "file", "the text is in the Windows-1258 encoding; open it in Excel and save it as “CSV UTF-8” or XLSX");
	case ENCODING_LOST:
		return problem(c, FAIL_INPUT, "file", "Vietnamese letters became question marks when this file was saved; go back to the original and "
		                                      "save it in Excel as “CSV UTF-8” or XLSX");
	default:
		return problem(c, FAIL_INPUT, "file", "the text is not UTF-8; open the file in Excel and save it as “CSV UTF-8” or XLSX");
	}
}
