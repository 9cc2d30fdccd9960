/* SPDX-License-Identifier: BSD-3-Clause
 * Searching and comparing bytes for packages bytes and strings, by libc's vectorised routines.
 *
 * All but index are LEAF: libc's mem* functions use little stack. memmem may not, and takes long for long texts. */
#include "g.h"
#include <string.h>

int64_t gotk_go_bytealg_indexbyte(const char *p, int64_t n, uint64_t c) {
    const char *q = n > 0 ? memchr(p, (int)(c & 255), (size_t)n) : NULL;
    return q ? q - p : -1;
}

int64_t gotk_go_bytealg_lastindexbyte(const char *p, int64_t n, uint64_t c) {
    const char *q = n > 0 ? memrchr(p, (int)(c & 255), (size_t)n) : NULL;
    return q ? q - p : -1;
}

int64_t gotk_go_bytealg_count(const char *p, int64_t n, uint64_t c) {
    int64_t k = 0;
    for (int64_t i = 0; i < n; i++) k += p[i] == (char)c;      /* the compiler vectorises this */
    return k;
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
