/* SPDX-License-Identifier: BSD-3-Clause
 * Searching, counting and comparing bytes for packages bytes and strings.
 *
 * All but index are LEAF: libc's mem* functions and the loops here use little stack. index is memmem, which may not, and takes long for long
 * texts; it is only asked when indexfast gives up. */
#include "g.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

int64_t gotk_go_bytealg_indexbyte(const char *p, int64_t n, uint64_t c) {
    const char *q = n > 0 ? memchr(p, (int)(c & 255), (size_t)n) : NULL;
    return q ? q - p : -1;
}

int64_t gotk_go_bytealg_lastindexbyte(const char *p, int64_t n, uint64_t c) {
    const char *q = n > 0 ? memrchr(p, (int)(c & 255), (size_t)n) : NULL;
    return q ? q - p : -1;
}

/* Comparison gives -1 for each byte that is equal: up to 255 vectors are subtracted before the bytes of the sums are added up. */
#if defined(__x86_64__)
__attribute__((target("avx2"))) static int64_t count_avx2(const char *p, int64_t n, char c) {
    const __m256i want = _mm256_set1_epi8(c), zero = _mm256_setzero_si256();
    __m256i total = zero;
    int64_t i = 0;
    while (i + 32 <= n) {
        int64_t end = i + 32 * 255 < n - 31 ? i + 32 * 255 : n - 31;
        __m256i part = zero;
        for (; i < end; i += 32) part = _mm256_sub_epi8(part, _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + i)), want));
        total = _mm256_add_epi64(total, _mm256_sad_epu8(part, zero));
    }
    __m128i sum = _mm_add_epi64(_mm256_castsi256_si128(total), _mm256_extracti128_si256(total, 1));
    int64_t k = _mm_cvtsi128_si64(sum) + _mm_extract_epi64(sum, 1);
    for (; i < n; i++) k += p[i] == c;
    return k;
}
#endif

int64_t gotk_go_bytealg_count(const char *p, int64_t n, uint64_t c) {
#if defined(__x86_64__)
    if (n >= 32 && __builtin_cpu_supports("avx2")) return count_avx2(p, n, (char)c);
#endif
    int64_t k = 0;
    for (int64_t i = 0; i < n; i++) k += p[i] == (char)c;
    return k;
}

/* Index of the first q[0:m] (m >= 2) in p[0:n], or -1; -2 - i: gave up at i, before which there is none.
 * Places are looked at where the first and the last byte fit, 16 or 32 at a time (W. Muła, "SIMD-friendly algorithms for substring
 * searching", 2016). That is quadratic at worst, so it gives up after more false places than there should be. */
static inline bool rest_equal(const char *p, const char *q, int64_t m) {   /* first and last byte are known to be */
    if (m <= 2) return true;
    if (m <= 16) {
        while (--m > 0)
            if (p[m] != q[m]) return false;
        return true;
    }
    return memcmp(p + 1, q + 1, (size_t)m - 2) == 0;
}

static inline bool too_many(int64_t misses, int64_t i) { return misses > 16 + i / 16; }

__attribute__((noinline)) static int64_t index_scalar(const char *p, int64_t n, const char *q, int64_t m) {
    int64_t misses = 0;
    for (int64_t i = 0; i + m <= n; i++) {
        if (p[i] != q[0] || p[i + m - 1] != q[m - 1]) continue;
        if (rest_equal(p + i, q, m)) return i;
        if (too_many(++misses, i)) return -2 - i;
    }
    return -1;
}

#if defined(__x86_64__)
/* Not inlined, so that the frames do not add up. The last vector overlaps the one before. n - m >= 15 (31) */
#define INDEX(name, isa, V, step, set1, load, cmpeq, mask, both) \
    __attribute__((noinline, target(isa))) static int64_t name(const char *p, int64_t n, const char *q, int64_t m) { \
        const V first = set1(q[0]), last = set1(q[m - 1]); \
        int64_t misses = 0; \
        for (int64_t i = 0; i <= n - m; i += step) { \
            if (i > n - m - (step - 1)) i = n - m - (step - 1); \
            V a = cmpeq(load((const V *)(p + i)), first), b = cmpeq(load((const V *)(p + i + m - 1)), last); \
            for (unsigned places = (unsigned)mask(both(a, b)); places; places &= places - 1) { \
                int64_t at = i + __builtin_ctz(places); \
                if (rest_equal(p + at, q, m)) return at; \
                if (too_many(++misses, at)) return -2 - at; \
            } \
        } \
        return -1; \
    }
INDEX(index_sse2, "sse2", __m128i, 16, _mm_set1_epi8, _mm_loadu_si128, _mm_cmpeq_epi8, _mm_movemask_epi8, _mm_and_si128)
INDEX(index_avx2, "avx2", __m256i, 32, _mm256_set1_epi8, _mm256_loadu_si256, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_and_si256)

/* A text of at most 16 places: both bytes of all of them at once. Reads up to 15 bytes behind the text, on the same pages. */
__attribute__((noinline, no_sanitize("address", "thread"))) static int64_t index_short(const char *p, int64_t n, const char *q, int64_t m) {
    __m128i a = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)p), _mm_set1_epi8(q[0]));
    __m128i b = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p + m - 1)), _mm_set1_epi8(q[m - 1]));
    unsigned places = (unsigned)_mm_movemask_epi8(_mm_and_si128(a, b)) & ((1u << (n - m + 1)) - 1);
    for (; places; places &= places - 1) {
        int64_t at = __builtin_ctz(places);
        if (rest_equal(p + at, q, m)) return at;
    }
    return -1;
}

static inline bool on_page(const char *p) { return ((uintptr_t)p & 4095) <= 4096 - 16; }
#endif

int64_t gotk_go_bytealg_indexfast(const char *p, int64_t n, const char *q, int64_t m) {
    if (n < m) return -1;
#if defined(__x86_64__)
    if (n - m < 16) {
        if (on_page(p) && on_page(p + m - 1)) return index_short(p, n, q, m);
    } else {
        if (n - m >= 64 && __builtin_cpu_supports("avx2")) return index_avx2(p, n, q, m);
        return index_sse2(p, n, q, m);
    }
#endif
    return index_scalar(p, n, q, m);
}

gotk__ret2 gotk__bytealg_index(const char *p, int64_t n, const char *q, int64_t m) {
    if (m == 0) return (gotk__ret2){0, 0};
    const char *at = m > n ? NULL : memmem(p, (size_t)n, q, (size_t)m);
    return (gotk__ret2){at ? (uint64_t)(at - p) : (uint64_t)-1, 0};
}

int64_t gotk_go_cmpstring(const char *a, int64_t alen, const char *b, int64_t blen);
int64_t gotk_go_bytealg_compare(const char *a, int64_t alen, const char *b, int64_t blen) {
    return gotk_go_cmpstring(a, alen, b, blen);
}
