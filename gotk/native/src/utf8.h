/* SPDX-License-Identifier: BSD-3-Clause
 * UTF-8 as Go defines it: surrogates, overlong forms and values above U+10FFFF are invalid, and an invalid byte stands for
 * U+FFFD alone. */
#ifndef GOTK_UTF8_H
#define GOTK_UTF8_H
#include <stdint.h>

/* Decodes the first rune of len > 0 bytes; returns how many bytes it takes. */
static inline int gotk__utf8_decode(const uint8_t *p, int64_t len, uint32_t *rune) {
    uint32_t c = p[0];
    if (c < 0x80) {
        *rune = c;
        return 1;
    }
    *rune = 0xfffd;
    /* How many bytes follow, and the smallest value that needs as many. */
    int more = c >= 0xc2 && c <= 0xdf ? 1 : c >= 0xe0 && c <= 0xef ? 2 : c >= 0xf0 && c <= 0xf4 ? 3 : 0;
    if (more == 0 || len <= more) return 1;
    uint32_t v = c & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xc0) != 0x80) return 1;
        v = v << 6 | (p[i] & 0x3fu);
    }
    static const uint32_t least[4] = {0, 0x80, 0x800, 0x10000};
    if (v < least[more] || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff)) return 1;
    *rune = v;
    return more + 1;
}

/* Encodes a rune (U+FFFD for what is none); returns the number of bytes, 1 to 4. */
static inline int gotk__utf8_encode(uint8_t *p, uint32_t r) {
    if (r < 0x80) {
        p[0] = (uint8_t)r;
        return 1;
    }
    if (r < 0x800) {
        p[0] = (uint8_t)(0xc0 | r >> 6);
        p[1] = (uint8_t)(0x80 | (r & 0x3f));
        return 2;
    }
    if (r > 0x10ffff || (r >= 0xd800 && r <= 0xdfff)) r = 0xfffd;
    if (r < 0x10000) {
        p[0] = (uint8_t)(0xe0 | r >> 12);
        p[1] = (uint8_t)(0x80 | (r >> 6 & 0x3f));
        p[2] = (uint8_t)(0x80 | (r & 0x3f));
        return 3;
    }
    p[0] = (uint8_t)(0xf0 | r >> 18);
    p[1] = (uint8_t)(0x80 | (r >> 12 & 0x3f));
    p[2] = (uint8_t)(0x80 | (r >> 6 & 0x3f));
    p[3] = (uint8_t)(0x80 | (r & 0x3f));
    return 4;
}
#endif
