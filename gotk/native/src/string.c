/* SPDX-License-Identifier: BSD-3-Clause
 * Strings: concatenation, comparison, UTF-8, conversions to and from bytes and runes.
 *
 * Results are fresh memory without pointers, allocated dirty since every byte is written. A concatenation with only one
 * operand that is not empty returns that operand, as Go's does. cmpstring and decoderune are LEAF: they run on the
 * goroutine's small stack. */
#include "g.h"
#include "hash.h"
#include "heap.h"
#include "utf8.h"
#include <string.h>

typedef struct { char *ptr; int64_t len; } gostring;
typedef struct { void *ptr; int64_t len; } goslice2;

static gostring make(uint64_t len) {
    return (gostring){gotk__alloc_noscan_dirty(len), (int64_t)len};
}

/* See runtime.def: the caller's frame has room for so much. */
enum { BUFFER = 32 };
static gostring make_in(char *buf, uint64_t len) {
    return buf && len <= BUFFER ? (gostring){buf, (int64_t)len} : make(len);
}

/* The only operand of a concatenation that is not empty is its result, unless it lies in some frame of this goroutine, which
 * the result may outlive. */
static gostring alone(const char *p, int64_t len, char *buf) {
    bool on_stack = gotk__threads_mode() && !gotk__span_of(p);
    if (!gotk__threads_mode())
        for (const gotk__seg *s = gotk__self()->seg; s && !on_stack; s = s->prev)
            on_stack = (uint64_t)p < s->top && s->top - (uint64_t)p <= s->size;
    if (!on_stack) return (gostring){(char *)p, len};
    gostring r = make_in(buf, (uint64_t)len);
    memmove(r.ptr, p, (size_t)len);
    return r;
}

static _Noreturn void too_long(void) { gotk__fatal_error("runtime: out of memory: string concatenation too long"); }

gostring gotk__concatstrings(const gotk_string *a, int64_t n, char *buf) {
    uint64_t total = 0;
    int64_t used = 0, last = 0;
    for (int64_t i = 0; i < n; i++) {
        if (a[i].len == 0) continue;
        used++;
        last = i;
        if (__builtin_add_overflow(total, (uint64_t)a[i].len, &total) || total > INT64_MAX) too_long();
    }
    if (used == 0) return (gostring){NULL, 0};
    if (used == 1) return alone(a[last].ptr, a[last].len, buf);
    gostring r = make_in(buf, total);
    char *p = r.ptr;
    for (int64_t i = 0; i < n; i++) {
        if (a[i].len) memcpy(p, a[i].ptr, (size_t)a[i].len);
        p += a[i].len;
    }
    return r;
}

gostring gotk__concat2(const char *a, int64_t alen, const char *b, int64_t blen, char *buf) {
    if (alen == 0) return alone(b, blen, buf);
    if (blen == 0) return alone(a, alen, buf);
    uint64_t total = (uint64_t)alen + (uint64_t)blen;
    if (total > INT64_MAX) too_long();
    gostring r = make_in(buf, total);
    memcpy(r.ptr, a, (size_t)alen);
    memcpy(r.ptr + alen, b, (size_t)blen);
    return r;
}

/* The first bytes of a string of n > 0 bytes as a number that orders as they do: for n of 8 and more the first eight, for less
 * all of them. The parts of short strings overlap; where the first parts are the same, so is what overlaps. */
static inline uint64_t head_of(const uint8_t *p, int64_t n) {
    if (n >= 8) return __builtin_bswap64(gotk__read64(p));
    if (n >= 4) return (uint64_t)__builtin_bswap32(gotk__read32(p)) << 32 | __builtin_bswap32(gotk__read32(p + n - 4));
    return (uint64_t)p[0] << 16 | (uint64_t)p[n >> 1] << 8 | p[n - 1];
}

/* LEAF. Most strings that are compared differ in the first eight bytes, and for those memcmp's call costs more than its work. */
int64_t gotk_go_cmpstring(const char *a, int64_t alen, const char *b, int64_t blen) {
    int64_t n = alen < blen ? alen : blen;
    if (n > 0 && a != b) {
        uint64_t x = head_of((const uint8_t *)a, n), y = head_of((const uint8_t *)b, n);
        if (x != y) return x < y ? -1 : 1;
        int c = n > 8 ? memcmp(a + 8, b + 8, (size_t)n - 8) : 0;
        if (c) return c < 0 ? -1 : 1;
    }
    return (alen > blen) - (alen < blen);
}

/* LEAF: the rune at index i (U+FFFD, one byte long, for invalid UTF-8) and the index after it. */
gotk__ret2 gotk_go_decoderune(const char *s, int64_t len, int64_t i) {
    uint32_t r;
    int n = gotk__utf8_decode((const uint8_t *)s + i, len - i, &r);
    return (gotk__ret2){r, (uint64_t)(i + n)};
}

gostring gotk__intstring(int64_t v) {
    uint8_t buf[4];
    int n = gotk__utf8_encode(buf, v < 0 || v > 0x10ffff ? 0xfffd : (uint32_t)v);
    gostring r = make((uint64_t)n);
    memcpy(r.ptr, buf, (size_t)n);
    return r;
}

gostring gotk__slicebytetostring(const char *p, int64_t len, char *buf) {
    if (len == 0) return (gostring){NULL, 0};
    gostring r = make_in(buf, (uint64_t)len);
    memcpy(r.ptr, p, (size_t)len);
    return r;
}

goslice2 gotk__stringtoslicebyte(const char *p, int64_t len, char *buf) {
    if (len == 0) return (goslice2){gotk__zerobase, 0};   /* not nil: []byte("") != nil */
    gostring r = make_in(buf, (uint64_t)len);
    memcpy(r.ptr, p, (size_t)len);
    return (goslice2){r.ptr, len};
}

gostring gotk__slicerunetostring(const int32_t *p, int64_t n) {
    uint64_t total = 0;
    uint8_t buf[4];
    for (int64_t i = 0; i < n; i++) total += (uint64_t)gotk__utf8_encode(buf, (uint32_t)p[i]);
    if (total == 0) return (gostring){NULL, 0};
    gostring r = make(total);
    uint8_t *q = (uint8_t *)r.ptr;
    for (int64_t i = 0; i < n; i++) q += gotk__utf8_encode(q, (uint32_t)p[i]);
    return r;
}

goslice2 gotk__stringtoslicerune(const char *s, int64_t len) {
    int64_t n = 0;
    uint32_t r;
    for (int64_t i = 0; i < len; n++) i += gotk__utf8_decode((const uint8_t *)s + i, len - i, &r);
    if (n == 0) return (goslice2){gotk__zerobase, 0};
    int32_t *q = gotk__alloc_noscan_dirty((uint64_t)n * 4);
    n = 0;
    for (int64_t i = 0; i < len; n++) {
        i += gotk__utf8_decode((const uint8_t *)s + i, len - i, &r);
        q[n] = (int32_t)r;
    }
    return (goslice2){q, n};
}
