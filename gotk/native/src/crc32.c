/* SPDX-License-Identifier: BSD-3-Clause
 * hash/crc32's native for the IEEE and Castagnoli polynomials (bits reflected: the first bit of a byte is its lowest).
 *
 * Long inputs: four accumulators of 128 bits are folded over the input by carry-less multiplication with x^n mod P (Gopal et al., "Fast CRC
 * computation for generic polynomials using PCLMULQDQ", Intel 2009). What is left, 16 bytes with the same remainder as all before,
 * and short inputs go through tables, eight bytes at a time. All constants are computed once from the polynomial. */
#include "g.h"
#include <pthread.h>
#include <string.h>

typedef struct {
    uint32_t table[8][256];     /* [k][b]: remainder of byte b with k zero bytes behind it */
    uint64_t by2048[2], by512[2], by128[2]; /* multipliers that move the first and second half of an accumulator on by so many bits */
} Poly;

static Poly polys[2];
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* x^n mod P, as the upper half of a reflected 64-bit word. */
static uint64_t power(uint32_t poly, int n) {
    uint32_t v = 0x80000000u;
    while (n-- > 0) v = v >> 1 ^ (poly & -(v & 1));
    return (uint64_t)v << 32;
}

static void make_polys(void) {
    static const uint32_t values[2] = {0xedb88320, 0x82f63b78};
    for (int k = 0; k < 2; k++) {
        Poly *q = &polys[k];
        for (uint32_t b = 0; b < 256; b++) {
            uint32_t crc = b;
            for (int i = 0; i < 8; i++) crc = crc >> 1 ^ (values[k] & -(crc & 1));
            q->table[0][b] = crc;
        }
        for (int i = 1; i < 8; i++)
            for (int b = 0; b < 256; b++) q->table[i][b] = q->table[0][q->table[i - 1][b] & 255] ^ q->table[i - 1][b] >> 8;
        /* The product of two reflected words of 64 bits is the reflected product times x, hence n - 1; the first half is 64 bits ahead. */
        q->by2048[0] = power(values[k], 2048 + 64 - 1);
        q->by2048[1] = power(values[k], 2048 - 1);
        q->by512[0] = power(values[k], 512 + 64 - 1);
        q->by512[1] = power(values[k], 512 - 1);
        q->by128[0] = power(values[k], 128 + 64 - 1);
        q->by128[1] = power(values[k], 128 - 1);
    }
}

static uint32_t by_table(const Poly *q, uint32_t crc, const uint8_t *p, int64_t n) {
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t v;
        memcpy(&v, p, 8);
        v ^= crc;
        crc = q->table[7][v & 255] ^ q->table[6][v >> 8 & 255] ^ q->table[5][v >> 16 & 255] ^ q->table[4][v >> 24 & 255]
            ^ q->table[3][v >> 32 & 255] ^ q->table[2][v >> 40 & 255] ^ q->table[1][v >> 48 & 255] ^ q->table[0][v >> 56];
    }
    for (; n > 0; n--) crc = q->table[0][(crc ^ *p++) & 255] ^ crc >> 8;
    return crc;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("pclmul,sse4.1"))) static inline __m128i fold(__m128i acc, __m128i by, __m128i data) {
    return _mm_xor_si128(_mm_xor_si128(_mm_clmulepi64_si128(acc, by, 0x00), _mm_clmulepi64_si128(acc, by, 0x11)), data);
}

/* n >= 64 */
__attribute__((target("pclmul,sse4.1"))) static uint32_t by_folding(const Poly *q, uint32_t crc, const uint8_t *p, int64_t n) {
    const __m128i *v = (const __m128i *)p;
    __m128i by = _mm_loadu_si128((const __m128i *)q->by512);
    __m128i a = _mm_xor_si128(_mm_loadu_si128(v), _mm_cvtsi32_si128((int)crc));
    __m128i b = _mm_loadu_si128(v + 1), c = _mm_loadu_si128(v + 2), d = _mm_loadu_si128(v + 3);
    for (v += 4, n -= 64; n >= 64; v += 4, n -= 64) {
        a = fold(a, by, _mm_loadu_si128(v));
        b = fold(b, by, _mm_loadu_si128(v + 1));
        c = fold(c, by, _mm_loadu_si128(v + 2));
        d = fold(d, by, _mm_loadu_si128(v + 3));
    }
    by = _mm_loadu_si128((const __m128i *)q->by128);
    a = fold(fold(fold(a, by, b), by, c), by, d);
    for (; n >= 16; v++, n -= 16) a = fold(a, by, _mm_loadu_si128(v));
    uint8_t last[16];
    _mm_storeu_si128((__m128i *)last, a);
    return by_table(q, by_table(q, 0, last, 16), (const uint8_t *)v, n);
}

/* The same with accumulators of 512 bits, four products in each. n >= 256 */
__attribute__((target("vpclmulqdq,avx512f,avx512vl,pclmul,sse4.1"))) static uint32_t by_wide_folding(const Poly *q, uint32_t crc, const uint8_t *p, int64_t n) {
#define FOLD(acc, by, data) _mm512_ternarylogic_epi64(_mm512_clmulepi64_epi128(acc, by, 0x00), _mm512_clmulepi64_epi128(acc, by, 0x11), data, 0x96)
    __m512i by = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)q->by2048));
    __m512i a = _mm512_xor_si512(_mm512_loadu_si512(p), _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)crc)));
    __m512i b = _mm512_loadu_si512(p + 64), c = _mm512_loadu_si512(p + 128), d = _mm512_loadu_si512(p + 192);
    for (p += 256, n -= 256; n >= 256; p += 256, n -= 256) {
        a = FOLD(a, by, _mm512_loadu_si512(p));
        b = FOLD(b, by, _mm512_loadu_si512(p + 64));
        c = FOLD(c, by, _mm512_loadu_si512(p + 128));
        d = FOLD(d, by, _mm512_loadu_si512(p + 192));
    }
    by = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)q->by512));
    b = FOLD(a, by, b);
    c = FOLD(b, by, c);
    d = FOLD(c, by, d);
#undef FOLD
    __m128i by1 = _mm_loadu_si128((const __m128i *)q->by128), x = _mm512_castsi512_si128(d);
    x = fold(x, by1, _mm512_extracti32x4_epi32(d, 1));
    x = fold(x, by1, _mm512_extracti32x4_epi32(d, 2));
    x = fold(x, by1, _mm512_extracti32x4_epi32(d, 3));
    for (; n >= 16; p += 16, n -= 16) x = fold(x, by1, _mm_loadu_si128((const __m128i *)p));
    uint8_t last[16];
    _mm_storeu_si128((__m128i *)last, x);
    return by_table(q, by_table(q, 0, last, 16), p, n);
}
#endif

uint64_t gotk__crc32_update(uint64_t start, uint64_t castagnoli, const uint8_t *p, int64_t n) {
    pthread_once(&once, make_polys);
    const Poly *q = &polys[castagnoli & 1];
    uint32_t crc = ~(uint32_t)start;
#if defined(__x86_64__)
    if (n >= 1024 && __builtin_cpu_supports("vpclmulqdq") && __builtin_cpu_supports("avx512vl")) return (uint32_t)~by_wide_folding(q, crc, p, n);
    if (n >= 64 && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1")) return (uint32_t)~by_folding(q, crc, p, n);
#endif
    return (uint32_t)~by_table(q, crc, p, n);
}
