/* SPDX-License-Identifier: BSD-3-Clause
 * The digests' block functions and the searches for bytes: each form that this processor can run gives what the plain one does. */
#include "g.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The forms are file-local: the sources are included under other names. */
#define gotk__sha1_blocks here_sha1_blocks
#define gotk__sha256_blocks here_sha256_blocks
#define gotk__sha512_blocks here_sha512_blocks
#define gotk__md5_blocks here_md5_blocks
#define gotk__crc32_update here_crc32_update
#define gotk_go_bytealg_indexbyte here_indexbyte
#define gotk_go_bytealg_lastindexbyte here_lastindexbyte
#define gotk_go_bytealg_count here_count
#define gotk_go_bytealg_indexfast here_indexfast
#define gotk_go_bytealg_compare here_compare
#define gotk__bytealg_index here_index
#include "../src/digest.c"
#include "../src/crc32.c"
#include "../src/bytealg.c"

static uint8_t data[1 << 14];

static void check_sha(void) {
#if defined(__x86_64__)
    for (int blocks = 1; blocks <= 40; blocks += 13) {
        uint32_t a[8] = {1, 2, 3, 4, 5, 6, 7, 8}, b[8] = {1, 2, 3, 4, 5, 6, 7, 8};
        uint64_t c[8] = {1, 2, 3, 4, 5, 6, 7, 8}, d[8] = {1, 2, 3, 4, 5, 6, 7, 8};
        if (HAVE_SHA()) {
            sha256_portable(a, data + 1, blocks);
            sha256_ni(b, data + 1, blocks);
            assert(!memcmp(a, b, sizeof a));
            sha1_portable(a, data + 3, blocks);
            sha1_ni(b, data + 3, blocks);
            assert(!memcmp(a, b, sizeof a));
        }
        sha512_portable(c, data + 1, blocks);
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
            sha512_avx2(d, data + 1, blocks);
            assert(!memcmp(c, d, sizeof c));
            if (__builtin_cpu_supports("avx512vl")) {
                sha512_portable(c, data + 5, blocks);
                sha512_avx512(d, data + 5, blocks);
                assert(!memcmp(c, d, sizeof c));
            }
        }
    }
#endif
    /* "abc", padded: the values of FIPS 180-4's examples begin so. */
    uint8_t block[128] = {'a', 'b', 'c', 0x80};
    block[63] = 24;
    uint32_t s[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    sha256_portable(s, block, 1);
    assert(s[0] == 0xba7816bf && s[7] == 0xf20015ad);
    uint32_t t[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    sha1_portable(t, block, 1);
    assert(t[0] == 0xa9993e36 && t[4] == 0x9cd0d89d);
}

static void check_crc(void) {
    pthread_once(&once, make_polys);
    for (int k = 0; k < 2; k++)
        for (int64_t n = 64; n < 3000; n += n < 600 ? 1 : 77) {
            uint32_t want = by_table(&polys[k], 0x12345678, data + n % 7, n);
#if defined(__x86_64__)
            if (__builtin_cpu_supports("pclmul")) assert(by_folding(&polys[k], 0x12345678, data + n % 7, n) == want);
            if (n >= 256 && __builtin_cpu_supports("vpclmulqdq") && __builtin_cpu_supports("avx512vl"))
                assert(by_wide_folding(&polys[k], 0x12345678, data + n % 7, n) == want);
#endif
            (void)want;
        }
    assert(here_crc32_update(0, 0, (const uint8_t *)"123456789", 9) == 0xcbf43926);
    assert(here_crc32_update(0, 1, (const uint8_t *)"123456789", 9) == 0xe3069283);
}

/* Texts of two letters, so that there are many places where it nearly fits. */
static void check_search(void) {
    char text[300], find[40];
    int gave_up = 0;
    for (int round = 0; round < 200000; round++) {
        int64_t n = rand() % (int)sizeof text, m = 2 + rand() % (round % 2 ? 4 : 36);
        int letters = 1 + rand() % 3;
        for (int64_t i = 0; i < n; i++) text[i] = (char)('a' + rand() % letters);
        for (int64_t i = 0; i < m; i++) find[i] = (char)('a' + rand() % letters);
        if (n > m && rand() % 2) memcpy(find, text + rand() % (n - m), (size_t)m);
        const char *at = m <= n ? memmem(text, (size_t)n, find, (size_t)m) : NULL;
        int64_t want = at ? at - text : -1, got = here_indexfast(text, n, find, m);
        if (got < -1) {
            gave_up++;
            assert(want < 0 || want >= -2 - got);
        } else {
            assert(got == want);
        }
        int64_t count = 0;
        for (int64_t i = 0; i < n; i++) count += text[i] == 'a';
        assert(here_count(text, n, 'a') == count);
    }
    assert(gave_up > 0);
    memset(data, 'x', sizeof data);
    assert(here_count((char *)data + 1, sizeof data - 1, 'x') == sizeof data - 1);
}

int main(void) {
    for (size_t i = 0; i < sizeof data; i++) data[i] = (uint8_t)(i * 7 + i / 256 * 13);
    check_sha();
    check_crc();
    check_search();
    puts("ok");
    return 0;
}
