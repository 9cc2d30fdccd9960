/* SPDX-License-Identifier: BSD-3-Clause
 * make([]T, len, cap) and the growth of append. The rule of growth and the rounding to size classes are Go's, since cap()
 * shows both. */
#include "g.h"
#include "heap.h"
#include <string.h>

typedef struct { void *ptr; int64_t cap; } grown;
static const uint64_t MAX_ALLOC = 1ull << 48;      /* Go's bound on amd64: beyond it make panics, below it memory ends */

static bool too_big(uint64_t n, uint64_t size) {
    uint64_t bytes;
    return __builtin_mul_overflow(n, size, &bytes) || bytes > MAX_ALLOC;
}

void *gotk__makeslice(const gotk_type *et, int64_t len, int64_t cap) {
    if (len < 0 || cap < len || too_big((uint64_t)cap, et->size)) {
        /* A length that is too large by itself is blamed on the length: the program may have given no capacity. */
        if (len < 0 || too_big((uint64_t)len, et->size)) gotk__raise(PANIC_MAKESLICE_LEN, 0, 0);
        gotk__raise(PANIC_MAKESLICE_CAP, 0, 0);
    }
    return gotk__alloc_bytes((uint64_t)cap * et->size, et->flags & TYPE_NOPTR);
}

static int64_t next_cap(int64_t want, int64_t old) {
    enum { THRESHOLD = 256 };
    if (want > old * 2) return want;
    if (old < THRESHOLD) return old * 2;
    uint64_t cap = (uint64_t)old;
    while (cap < (uint64_t)want) cap += (cap + 3 * THRESHOLD) >> 2;   /* from 2x for small to 1.25x for large slices */
    return (int64_t)cap;
}

/* Room for `want` elements of which the last `added` are new and left for the caller to fill. */
grown gotk__growslice(const void *old, int64_t want, int64_t old_cap, int64_t added, const gotk_type *et) {
    if (want < 0) gotk__raise(PANIC_GROWSLICE, 0, 0);
    uint64_t size = et->size;
    if (size == 0) return (grown){gotk__zerobase, want};
    bool noscan = et->flags & TYPE_NOPTR;
    uint64_t cap = (uint64_t)next_cap(want, old_cap);
    if (too_big(cap, size)) gotk__raise(PANIC_GROWSLICE, 0, 0);
    uint64_t bytes = gotk__roundupsize(cap * size, noscan), copied = (uint64_t)(want - added) * size;
    cap = bytes / size;
    void *p;
    if (noscan) {                      /* only what append itself will not write */
        p = gotk__alloc_noscan_dirty(bytes);
        memset((char *)p + copied, 0, bytes - copied);
    } else {
        p = gotk__alloc_bytes(bytes, false);
    }
    if (copied) memcpy(p, old, copied);
    return (grown){p, (int64_t)cap};
}
