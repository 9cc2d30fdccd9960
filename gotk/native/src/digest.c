/* SPDX-License-Identifier: BSD-3-Clause
 * The block functions of SHA-1, SHA-2 and MD5 for golib's crypto packages: FIPS 180-4, RFC 1321.
 *
 * All are SYS: the portable ones need more stack than a goroutine may have. Callers bound a call to some 100 KB, since it is not
 * preempted. Where the processor has SHA extensions, SHA-1 and SHA-256 use them; the choice is made on every call, which costs a
 * load and a test. SHA-512 has
 * no instructions of its own here: its schedule is vectorised, with AVX-512's rotations if there are any, and BMI2 (rorx) helps the rounds. */
#include "g.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define HAVE_SHA() (__builtin_cpu_supports("sse4.1") && has_sha())

/* GCC 12's __builtin_cpu_supports does not know "sha": CPUID leaf 7, EBX bit 29. */
#include <cpuid.h>
static int has_sha(void) {
    static int known;                                   /* 0: not asked, 1: no, 2: yes; relaxed: all writers write the same */
    int k = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (!k) {
        unsigned a, b, c, d;
        k = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1) ? 2 : 1;
        __atomic_store_n(&known, k, __ATOMIC_RELAXED);
    }
    return k == 2;
}
#endif

static inline uint32_t rol32(uint32_t x, int n) { return x << n | x >> (32 - n); }
static inline uint32_t ror32(uint32_t x, int n) { return x >> n | x << (32 - n); }
static inline uint64_t ror64(uint64_t x, int n) { return x >> n | x << (64 - n); }
static inline uint32_t be32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return __builtin_bswap32(v); }
static inline uint64_t be64(const uint8_t *p) { uint64_t v; memcpy(&v, p, 8); return __builtin_bswap64(v); }
static inline uint32_t le32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return v; }

/* The first 64 bits of the fractional parts of the cube roots of the first 80 primes; SHA-256 uses the upper halves of 64. */
static const uint64_t K512[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

static const uint32_t K256[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* ---------------------------------------------------------------- SHA-256 */

#define CH(x, y, z) (z ^ (x & (y ^ z)))
#define MAJ(x, y, z) ((x & y) | (z & (x | y)))

static void sha256_portable(uint32_t *s, const uint8_t *p, int64_t blocks) {
    for (; blocks > 0; blocks--, p += 64) {
        uint32_t w[16], a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
        for (int i = 0; i < 16; i++) w[i] = be32(p + 4 * i);
#pragma GCC unroll 16
        for (int i = 0; i < 64; i++) {
            if (i >= 16) {
                uint32_t v = w[(i + 1) & 15], u = w[(i + 14) & 15];
                w[i & 15] += (ror32(v, 7) ^ ror32(v, 18) ^ v >> 3) + w[(i + 9) & 15] + (ror32(u, 17) ^ ror32(u, 19) ^ u >> 10);
            }
            uint32_t t = h + (ror32(e, 6) ^ ror32(e, 11) ^ ror32(e, 25)) + CH(e, f, g) + K256[i] + w[i & 15];
            uint32_t r = (ror32(a, 2) ^ ror32(a, 13) ^ ror32(a, 22)) + MAJ(a, b, c);
            h = g; g = f; f = e; e = d + t; d = c; c = b; b = a; a = t + r;
        }
        s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
    }
}

#if defined(__x86_64__)
__attribute__((target("sha,sse4.1,ssse3"))) static void sha256_ni(uint32_t *s, const uint8_t *p, int64_t blocks) {
    const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    /* The instructions want the state as (a b e f) and (c d g h), a and c in the highest lanes. */
    __m128i lo = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)s), 0xb1);           /* c d a b */
    __m128i hi = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(s + 4)), 0x1b);     /* e f g h */
    __m128i abef = _mm_alignr_epi8(lo, hi, 8), cdgh = _mm_blend_epi16(hi, lo, 0xf0);
    for (; blocks > 0; blocks--, p += 64) {
        __m128i w[4], abef0 = abef, cdgh0 = cdgh;
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++) w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), swap);
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {                                                  /* four rounds each */
            __m128i wk = _mm_add_epi32(w[i & 3], _mm_load_si128((const __m128i *)(K256 + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, wk);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(wk, 0x0e));
            if (i < 12) {
                __m128i t = _mm_add_epi32(_mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]),
                                          _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4));
                w[i & 3] = _mm_sha256msg2_epu32(t, w[(i + 3) & 3]);
            }
        }
        abef = _mm_add_epi32(abef, abef0);
        cdgh = _mm_add_epi32(cdgh, cdgh0);
    }
    lo = _mm_shuffle_epi32(abef, 0x1b);                                                 /* f e b a, from the highest: a b e f reversed */
    hi = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)s, _mm_blend_epi16(lo, hi, 0xf0));
    _mm_storeu_si128((__m128i *)(s + 4), _mm_alignr_epi8(hi, lo, 8));
}
#endif

void gotk__sha256_blocks(uint32_t *state, const uint8_t *p, int64_t blocks) {
#if defined(__x86_64__)
    if (HAVE_SHA()) { sha256_ni(state, p, blocks); return; }
#endif
    sha256_portable(state, p, blocks);
}

/* ---------------------------------------------------------------- SHA-1 */

static void sha1_portable(uint32_t *s, const uint8_t *p, int64_t blocks) {
    for (; blocks > 0; blocks--, p += 64) {
        uint32_t w[16], a = s[0], b = s[1], c = s[2], d = s[3], e = s[4];
        for (int i = 0; i < 16; i++) w[i] = be32(p + 4 * i);
#pragma GCC unroll 20
        for (int i = 0; i < 80; i++) {
            if (i >= 16) w[i & 15] = rol32(w[(i + 13) & 15] ^ w[(i + 8) & 15] ^ w[(i + 2) & 15] ^ w[i & 15], 1);
            uint32_t f = i < 20 ? CH(b, c, d) + 0x5a827999 : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1
                       : i < 60 ? MAJ(b, c, d) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6;
            uint32_t t = rol32(a, 5) + f + e + w[i & 15];
            e = d; d = c; c = rol32(b, 30); b = a; a = t;
        }
        s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e;
    }
}

#if defined(__x86_64__)
__attribute__((target("sha,sse4.1,ssse3"))) static void sha1_ni(uint32_t *s, const uint8_t *p, int64_t blocks) {
    const __m128i swap = _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)s), 0x1b);
    __m128i e = _mm_set_epi32((int)s[4], 0, 0, 0);
    for (; blocks > 0; blocks--, p += 64) {
        __m128i w[4], abcd0 = abcd, e0 = e, before = abcd;
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++) w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), swap);
        /* Four rounds; `before` is the state four rounds ago, whose a, rotated, is e. */
#define ROUNDS(i, f) do { \
            __m128i in = (i) == 0 ? _mm_add_epi32(e, w[0]) : _mm_sha1nexte_epu32(before, w[(i) & 3]); \
            before = abcd; \
            abcd = _mm_sha1rnds4_epu32(abcd, in, f); \
            if ((i) < 16) \
                w[(i) & 3] = _mm_sha1msg2_epu32(_mm_xor_si128(_mm_sha1msg1_epu32(w[(i) & 3], w[((i) + 1) & 3]), w[((i) + 2) & 3]), w[((i) + 3) & 3]); \
        } while (0)
        ROUNDS(0, 0); ROUNDS(1, 0); ROUNDS(2, 0); ROUNDS(3, 0); ROUNDS(4, 0);
        ROUNDS(5, 1); ROUNDS(6, 1); ROUNDS(7, 1); ROUNDS(8, 1); ROUNDS(9, 1);
        ROUNDS(10, 2); ROUNDS(11, 2); ROUNDS(12, 2); ROUNDS(13, 2); ROUNDS(14, 2);
        ROUNDS(15, 3); ROUNDS(16, 3); ROUNDS(17, 3); ROUNDS(18, 3); ROUNDS(19, 3);
#undef ROUNDS
        e = _mm_sha1nexte_epu32(before, e0);
        abcd = _mm_add_epi32(abcd, abcd0);
    }
    _mm_storeu_si128((__m128i *)s, _mm_shuffle_epi32(abcd, 0x1b));
    s[4] = (uint32_t)_mm_extract_epi32(e, 3);
}
#endif

void gotk__sha1_blocks(uint32_t *state, const uint8_t *p, int64_t blocks) {
#if defined(__x86_64__)
    if (HAVE_SHA()) { sha1_ni(state, p, blocks); return; }
#endif
    sha1_portable(state, p, blocks);
}

/* ---------------------------------------------------------------- SHA-512 */

/* A round, of which only the caller's names move. xy is b ^ c, left as the next round's: maj(a, b, c) = b ^ ((a ^ b) & (b ^ c)). */
#define ROUND512(a, b, c, d, e, f, g, h, wk) do { \
        uint64_t t_ = h + (wk) + (ror64(e, 14) ^ ror64(e, 18) ^ ror64(e, 41)) + CH(e, f, g), ab_ = a ^ b; \
        d += t_; \
        h = t_ + (ror64(a, 28) ^ ror64(a, 34) ^ ror64(a, 39)) + (b ^ (ab_ & xy)); \
        xy = ab_; \
    } while (0)
#define TWO512(i, v0, v1) do { \
        if ((i) % 8 == 0) { ROUND512(a, b, c, d, e, f, g, h, v0); ROUND512(h, a, b, c, d, e, f, g, v1); } \
        if ((i) % 8 == 2) { ROUND512(g, h, a, b, c, d, e, f, v0); ROUND512(f, g, h, a, b, c, d, e, v1); } \
        if ((i) % 8 == 4) { ROUND512(e, f, g, h, a, b, c, d, v0); ROUND512(d, e, f, g, h, a, b, c, v1); } \
        if ((i) % 8 == 6) { ROUND512(c, d, e, f, g, h, a, b, v0); ROUND512(b, c, d, e, f, g, h, a, v1); } \
    } while (0)
#define START512 uint64_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7], xy = b ^ c
#define END512 do { s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h; } while (0)

static void sha512_portable(uint64_t *s, const uint8_t *p, int64_t blocks) {
    for (; blocks > 0; blocks--, p += 128) {
        uint64_t w[16];
        START512;
        for (int i = 0; i < 16; i++) w[i] = be64(p + 8 * i);
        for (int r = 0; r < 80; r += 16) {
#pragma GCC unroll 8
            for (int i = 0; i < 16; i += 2) {
                if (r > 0)
                    for (int k = i; k < i + 2; k++) {
                        uint64_t v = w[(k + 1) & 15], u = w[(k + 14) & 15];
                        w[k] += (ror64(v, 1) ^ ror64(v, 8) ^ v >> 7) + w[(k + 9) & 15] + (ror64(u, 19) ^ ror64(u, 61) ^ u >> 6);
                    }
                TWO512(i, w[i] + K512[r + i], w[i + 1] + K512[r + i + 1]);
            }
        }
        END512;
    }
}

#if defined(__x86_64__)
/* The schedule two words at a time in vector registers, sixteen words ahead of the rounds, which use the scalar units. */
#define SHA512_VECTOR(name, isa, ROR) \
    __attribute__((target(isa))) static void name(uint64_t *s, const uint8_t *p, int64_t blocks) { \
        const __m128i swap = _mm_set_epi8(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7); \
        for (; blocks > 0; blocks--, p += 128) { \
            uint64_t wk[16] __attribute__((aligned(16))); \
            __m128i w[8]; \
            START512; \
            _Pragma("GCC unroll 8") \
            for (int i = 0; i < 8; i++) { \
                w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), swap); \
                _mm_store_si128((__m128i *)(wk + 2 * i), _mm_add_epi64(w[i], _mm_loadu_si128((const __m128i *)(K512 + 2 * i)))); \
            } \
            for (int r = 16; r < 80; r += 16) { \
                _Pragma("GCC unroll 8") \
                for (int i = 0; i < 8; i++) { \
                    uint64_t v0 = wk[2 * i], v1 = wk[2 * i + 1]; \
                    __m128i v = _mm_alignr_epi8(w[(i + 1) & 7], w[i], 8), u = w[(i + 7) & 7]; \
                    __m128i s0 = _mm_xor_si128(_mm_xor_si128(ROR(v, 1), ROR(v, 8)), _mm_srli_epi64(v, 7)); \
                    __m128i s1 = _mm_xor_si128(_mm_xor_si128(ROR(u, 19), ROR(u, 61)), _mm_srli_epi64(u, 6)); \
                    w[i] = _mm_add_epi64(_mm_add_epi64(w[i], _mm_alignr_epi8(w[(i + 5) & 7], w[(i + 4) & 7], 8)), _mm_add_epi64(s0, s1)); \
                    _mm_store_si128((__m128i *)(wk + 2 * i), _mm_add_epi64(w[i], _mm_loadu_si128((const __m128i *)(K512 + r + 2 * i)))); \
                    TWO512(2 * i, v0, v1); \
                } \
            } \
            _Pragma("GCC unroll 8") \
            for (int i = 0; i < 8; i++) TWO512(2 * i, wk[2 * i], wk[2 * i + 1]); \
            END512; \
        } \
    }
#define ROR_AVX2(x, n) _mm_or_si128(_mm_srli_epi64(x, n), _mm_slli_epi64(x, 64 - (n)))
SHA512_VECTOR(sha512_avx2, "avx2,bmi,bmi2", ROR_AVX2)
SHA512_VECTOR(sha512_avx512, "avx512f,avx512vl,bmi,bmi2", _mm_ror_epi64)
#endif

void gotk__sha512_blocks(uint64_t *state, const uint8_t *p, int64_t blocks) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("bmi2") && __builtin_cpu_supports("avx2")) {
        if (__builtin_cpu_supports("avx512vl")) sha512_avx512(state, p, blocks);
        else sha512_avx2(state, p, blocks);
        return;
    }
#endif
    sha512_portable(state, p, blocks);
}

/* ---------------------------------------------------------------- MD5 */

/* floor(2^32 |sin(i + 1)|) */
static const uint32_t KMD5[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

void gotk__md5_blocks(uint32_t *s, const uint8_t *p, int64_t blocks) {
    for (; blocks > 0; blocks--, p += 64) {
        uint32_t a = s[0], b = s[1], c = s[2], d = s[3];
        /* The round functions are written so that what depends on b, the newest word, comes last. */
#define STEP(f, a, b, c, d, i, k, r) do { a += KMD5[i] + le32(p + 4 * (k)); f; a = rol32(a, r) + b; } while (0)
#define FF(a, b, c, d, i, r) STEP(a += d ^ (b & (c ^ d)), a, b, c, d, i, i, r)
#define GG(a, b, c, d, i, r) STEP((a += c & ~d, a += b & d), a, b, c, d, i, (5 * (i) + 1) & 15, r)
#define HH(a, b, c, d, i, r) STEP(a += (c ^ d) ^ b, a, b, c, d, i, (3 * (i) + 5) & 15, r)
#define II(a, b, c, d, i, r) STEP(a += c ^ (b | ~d), a, b, c, d, i, (7 * (i)) & 15, r)
#define FOUR(F, i, r0, r1, r2, r3) F(a, b, c, d, i, r0); F(d, a, b, c, (i) + 1, r1); F(c, d, a, b, (i) + 2, r2); F(b, c, d, a, (i) + 3, r3)
        FOUR(FF, 0, 7, 12, 17, 22); FOUR(FF, 4, 7, 12, 17, 22); FOUR(FF, 8, 7, 12, 17, 22); FOUR(FF, 12, 7, 12, 17, 22);
        FOUR(GG, 16, 5, 9, 14, 20); FOUR(GG, 20, 5, 9, 14, 20); FOUR(GG, 24, 5, 9, 14, 20); FOUR(GG, 28, 5, 9, 14, 20);
        FOUR(HH, 32, 4, 11, 16, 23); FOUR(HH, 36, 4, 11, 16, 23); FOUR(HH, 40, 4, 11, 16, 23); FOUR(HH, 44, 4, 11, 16, 23);
        FOUR(II, 48, 6, 10, 15, 21); FOUR(II, 52, 6, 10, 15, 21); FOUR(II, 56, 6, 10, 15, 21); FOUR(II, 60, 6, 10, 15, 21);
        s[0] += a; s[1] += b; s[2] += c; s[3] += d;
    }
}
