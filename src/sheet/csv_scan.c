/* csv_scan.c — one table, three ways to apply it. The parsing itself is in csv_read.c. */
#include "sheet/csv_scan.h"

#include <stddef.h>
#include <string.h>

struct csv_marks csv_marks_of(char delimiter, char newline)
{
	const unsigned char bytes[] = { '\0', '"', (unsigned char)delimiter, (unsigned char)newline };
	struct csv_marks m;

	memset(m.table, 0xFF, sizeof m.table);
	for (size_t i = 0; i < sizeof bytes; i++)
		m.table[bytes[i] & 15] = bytes[i];
	return m;
}

/* High bit of every byte of w that is zero; exact, no borrow between bytes. */
static uint64_t zero_bytes(uint64_t w)
{
	const uint64_t low7 = 0x7F7F7F7F7F7F7F7Fu;
	return ~(((w & low7) + low7) | w | low7);
}

/* The high bits of eight bytes gathered into eight bits, first byte lowest (little endian). */
static uint64_t gather(uint64_t high_bits)
{
	return (high_bits >> 7) * 0x0102040810204080u >> 56;
}

static uint64_t load8(const char *s)
{
	uint64_t w;
	memcpy(&w, s, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	w = __builtin_bswap64(w);
#endif
	return w;
}

static uint64_t scan_plain(const struct csv_marks *m, const char *block, uint64_t *high)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t marks = 0;

	*high = 0;
	for (int i = 0; i < 8; i++) {
		uint64_t w = load8(block + 8 * i), hit = 0;
		for (int k = 0; k < 16; k++)
			if (m->table[k] != 0xFF)
				hit |= zero_bytes(w ^ ones * m->table[k]);
		marks |= gather(hit) << 8 * i;
		*high |= gather(w & ~(ones * 0x7F)) << 8 * i;
	}
	return marks;
}

#if defined(__x86_64__)
#include <immintrin.h>

static uint64_t scan_sse2(const struct csv_marks *m, const char *block, uint64_t *high)
{
	uint64_t marks = 0;

	*high = 0;
	for (int i = 0; i < 4; i++) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i)), hit = _mm_setzero_si128();
		for (int k = 0; k < 16; k++)
			if (m->table[k] != 0xFF)
				hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)m->table[k])));
		marks |= (uint64_t)(unsigned)_mm_movemask_epi8(hit) << 16 * i;
		*high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << 16 * i;
	}
	return marks;
}

/* The table is looked up with the byte's own low bits: it matters exactly where the table gives the byte back. */
__attribute__((target("avx2"))) static uint64_t scan_avx2(const struct csv_marks *m, const char *block, uint64_t *high)
{
	__m256i table = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)m->table));
	__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)block);
	__m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
	unsigned hit_a = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, a), a));
	unsigned hit_b = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, b), b));

	*high = (uint64_t)(unsigned)_mm256_movemask_epi8(b) << 32 | (unsigned)_mm256_movemask_epi8(a);
	return (uint64_t)hit_b << 32 | hit_a;
}
#endif

csv_scan_fn *const *csv_scan_all(void)
{
#if defined(__x86_64__)
	static csv_scan_fn *const with_avx2[] = { scan_avx2, scan_sse2, scan_plain, NULL };
	static csv_scan_fn *const without[] = { scan_sse2, scan_plain, NULL };
	return __builtin_cpu_supports("avx2") ? with_avx2 : without;
#else
	static csv_scan_fn *const all[] = { scan_plain, NULL };
	return all;
#endif
}

csv_scan_fn *csv_scan_best(void)
{
	return csv_scan_all()[0];
}
