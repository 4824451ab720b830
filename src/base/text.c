/* text.c — normal form, search keys and sort keys by ICU.
 *
 * A search key folds what readers treat as the same: case, tone marks and their two placements (hòa, hoà), đ and d. It does
 * so by decomposing, dropping the combining marks, and lower-casing; texts of Latin letters take a short way through a table that ICU has
 * filled, because imports make millions of keys. */
#include "base/text.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/uversion.h>

bool text_is_utf8(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		UChar32 ch;

		U8_NEXT((const uint8_t *)s, i, n, ch);
		if (ch <= 0)
			return false;
	}
	return true;
}

static const UNormalizer2 *nfc(void)
{
	UErrorCode status = U_ZERO_ERROR;

	return unorm2_getNFCInstance(&status);
}

/* UTF-8 → UTF-16 in the arena; ill-formed bytes become U+FFFD. */
static UChar *to_utf16(struct arena *a, const char *s, int32_t *n)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t bytes = (int32_t)strlen(s);
	UChar *u = arena_array(a, (size_t)bytes + 1, sizeof *u);

	u_strFromUTF8WithSub(u, bytes + 1, n, s, bytes, 0xFFFD, NULL, &status);
	return u;
}

static char *to_utf8(struct arena *a, const UChar *u, int32_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	char *s = arena_alloc(a, (size_t)n * 3 + 1);
	int32_t size = 0;

	u_strToUTF8(s, n * 3 + 1, &size, u, n, &status);
	return s;
}

const char *text_upper(struct arena *a, const char *s)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t n, upper;
	UChar *u = to_utf16(a, s, &n), *to = arena_array(a, (size_t)n * 3 + 1, sizeof *to);

	upper = u_strToUpper(to, n * 3 + 1, u, n, "vi", &status);
	return U_SUCCESS(status) ? to_utf8(a, to, upper) : s;
}

static UChar *normalised(struct arena *a, const UNormalizer2 *form, const UChar *u, int32_t *n)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = *n * 4 + 8;
	UChar *r = arena_array(a, (size_t)room, sizeof *r);

	*n = unorm2_normalize(form, u, *n, r, room, &status);
	return r;
}

static bool is_space(UChar32 ch)
{
	return ch == ' ' || u_isUWhiteSpace(ch);
}

/* The length of a letter of Vietnamese or another Latin language at s, in its composed form: U+00C0–027F and U+1E80–1EFF. These never
 * change under NFC. 0: something else, which ICU has to look at. */
static int latin_letter(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] >= 0xC3 && u[0] <= 0xC9 && (u[1] & 0xC0) == 0x80)
		return 2;
	return u[0] == 0xE1 && (u[1] == 0xBA || u[1] == 0xBB) && (u[2] & 0xC0) == 0x80 ? 3 : 0;
}

/* Whether the bytes already are what text_clean would make of them: the usual case, found without ICU. */
static bool is_clean(const char *s)
{
	if (*s == ' ')
		return false;
	while (*s) {
		int n = 1;
		if ((unsigned char)*s >= 0x80)
			n = latin_letter(s);
		else if (*s < 0x20 || *s == 0x7F || (*s == ' ' && (s[1] == ' ' || !s[1])))
			return false;
		if (!n)
			return false;
		s += n;
	}
	return true;
}

const char *text_clean(struct arena *a, const char *s)
{
	int32_t n, to = 0;

	if (is_clean(s))
		return s;
	UChar *u = to_utf16(a, s, &n);

	if (unorm2_quickCheck(nfc(), u, n, &(UErrorCode){ U_ZERO_ERROR }) != UNORM_YES)
		u = normalised(a, nfc(), u, &n);
	for (int32_t i = 0; i < n; i++) {
		if (is_space(u[i])) {
			if (to > 0 && u[to - 1] != ' ')
				u[to++] = ' ';
		} else if (u_charType(u[i]) != U_CONTROL_CHAR && u[i] != 0xFEFF) {
			u[to++] = u[i];
		}
	}
	if (to > 0 && u[to - 1] == ' ')
		to--;
	return to_utf8(a, u, to);
}

size_t text_length(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

static const char *icu_key(struct arena *a, const char *s)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t n, to = 0;
	UChar *u = to_utf16(a, s, &n);

	u = normalised(a, unorm2_getNFDInstance(&status), u, &n);
	for (int32_t i = 0; i < n; i++) {
		if (u_charType(u[i]) == U_NON_SPACING_MARK)
			continue;
		UChar ch = (UChar)u_tolower(u[i]);

		u[to++] = ch == 0x111 ? 'd' : ch;
	}
	return to_utf8(a, u, to);
}

/* What ICU makes of each Latin letter, asked once: by the bytes of its UTF-8. */
static char folded2[7][64][4], folded3[2][64][4];
static pthread_once_t folded_once = PTHREAD_ONCE_INIT;

static void fold_letters(void)
{
	struct arena *a = arena_new(1 << 20);

	if (!a)
		abort();
	for (int lead = 0; lead < 9; lead++)
		for (int i = 0; i < 64; i++) {
			char *to = lead < 7 ? folded2[lead][i] : folded3[lead - 7][i];
			char two[] = { (char)(0xC3 + lead), (char)(0x80 + i), 0 }, three[] = { (char)0xE1, (char)(0xBA + lead - 7), (char)(0x80 + i), 0 };
			const char *key = icu_key(a, lead < 7 ? two : three);

			if (strlen(key) < 4)
				strcpy(to, key);
		}
	arena_free(a);
}

/* NULL: there is a letter that only ICU knows. A key is never longer than its text. */
static const char *latin_key(struct arena *a, const char *s)
{
	char *key = arena_alloc(a, strlen(s) + 1), *to = key;

	pthread_once(&folded_once, fold_letters);
	while (*s) {
		const unsigned char *u = (const unsigned char *)s;
		int n = u[0] < 0x80 ? 1 : latin_letter(s);
		const char *fold = n == 2 ? folded2[u[0] - 0xC3][u[1] - 0x80] : n == 3 ? folded3[u[1] - 0xBA][u[2] - 0x80] : "";

		s += n;
		if (n == 1)
			*to++ = (char)(u[0] >= 'A' && u[0] <= 'Z' ? u[0] + 32 : u[0]);
		else if (!*fold || strlen(fold) > (size_t)n)
			return NULL;
		else
			to = stpcpy(to, fold);
	}
	*to = '\0';
	return key;
}

const char *text_key(struct arena *a, const char *s)
{
	s = text_clean(a, s);
	const char *key = latin_key(a, s);

	return key ? key : icu_key(a, s);
}

static pthread_key_t collator_key;

static void close_collator(void *mine)
{
	ucol_close(mine);
}

static void make_key(void)
{
	if (pthread_key_create(&collator_key, close_collator) != 0)
		abort();
}

/* One collator a thread: a collator may not be used by two at once. It is closed when the thread ends. */
static UCollator *collator(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	static _Thread_local UCollator *mine;

	if (!mine) {
		UErrorCode status = U_ZERO_ERROR;

		pthread_once(&once, make_key);
		mine = ucol_open("vi", &status);
		if (U_FAILURE(status) || pthread_setspecific(collator_key, mine) != 0)
			abort();
	}
	return mine;
}

static struct blob sort_key_of(struct arena *a, const UChar *u, int32_t n)
{
	uint8_t small[512];
	int32_t size = ucol_getSortKey(collator(), u, n, small, sizeof small);
	uint8_t *key = arena_alloc(a, (size_t)size);

	if (size <= (int32_t)sizeof small)
		memcpy(key, small, (size_t)size);
	else
		ucol_getSortKey(collator(), u, n, key, size);
	return (struct blob){ key, (size_t)size };
}

struct blob text_sort_key(struct arena *a, const char *s)
{
	int32_t n;
	UChar *u = to_utf16(a, s, &n);

	return sort_key_of(a, u, n);
}

/* The given name decides with all its marks before the rest is looked at: two keys one behind the other (each ends with a zero byte). */
struct blob text_name_sort_key(struct arena *a, const char *s)
{
	const char *given = strrchr(s, ' ');

	if (!given)
		return text_sort_key(a, s);
	struct blob first = text_sort_key(a, given + 1);
	struct blob rest = text_sort_key(a, arena_strndup(a, s, (size_t)(given - s)));
	char *key = arena_alloc(a, first.size + rest.size);

	memcpy(key, first.data, first.size);
	memcpy(key + first.size, rest.data, rest.size);
	return (struct blob){ key, first.size + rest.size };
}

const char *text_icu_version(void)
{
	return U_ICU_VERSION;
}
