/* SPDX-License-Identifier: BSD-3-Clause
 * Allocation of Go objects: size classes, spans of equal objects, a cache per P.
 *
 * A cache holds, for each class with and without pointers, 64 bits that say which of 64 neighbouring objects are free, so
 * the fast path is: count trailing zeros, clear a bit, zero the object. Bits come from a span a word at a time; spans with
 * free objects wait in a list per class. Freeing is the collector's (gc.c), by rebuilding the bits from its marks; object
 * memory is zeroed when it is handed out, not when it is freed, so a sweep touches no objects.
 *
 * Threads without a P (sysmon, timers, every thread in threads mode) share a few caches, each under its lock.
 *
 * Size classes are Go's, because append's capacities show them.
 *
 * Rejected: free lists threaded through the objects (a conservative marker that meets a free object would keep the whole
 * list alive, and each link is a cache miss); Go's tiny allocator (8-byte objects have a class, and combined objects live
 * as long as their longest-lived neighbour). */
#include "heap.h"
#include <stdlib.h>
#include <string.h>

const uint16_t gotk__class_size[NCLASSES] = {0,
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512,
    576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144,
    6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264,
    28672, 32768};
uint8_t gotk__class_small[1024 / 8 + 1], gotk__class_large[(MAX_SMALL - 1024) / 128 + 1];
_Alignas(16) uint8_t gotk__zerobase[16];
uint64_t gotk__heap_frees, gotk__heap_freed_bytes;

static uint8_t class_pages[NCLASSES];
static struct central {
    _Alignas(64) gotk__mutex lock;
    gotk__span *partial;               /* spans with free objects that no cache holds; guarded by lock */
} central[NCLASSES * 2];

enum { SHARED = 32 };
static gotk__mcache shared[SHARED];
static gotk__mcache *caches;           /* all, for counting and flushing; guarded by caches_lock, only grows */
static gotk__mutex caches_lock;

/* -------------------------------------------------------------------------------------- size classes */

static void init_classes(void) {
    uint32_t c = 1;
    for (uint32_t size = 0; size <= MAX_SMALL; size += 8) {
        while (gotk__class_size[c] < size) c++;
        if (size <= 1024) gotk__class_small[size >> 3] = (uint8_t)c;
        if (size >= 1024 && size % 128 == 0) gotk__class_large[(size - 1024) >> 7] = (uint8_t)c;
    }
    for (c = 1; c < NCLASSES; c++) {
        /* The fewest pages, from enough for 16 objects up to 64 KiB, that waste at most an eighth at the end. */
        uint32_t size = gotk__class_size[c], want = size * 16 / HEAP_PAGE;
        uint32_t n = want < 1 ? 1 : want > 8 ? 8 : want;
        while ((n * HEAP_PAGE) % size > n * HEAP_PAGE / 8) n++;
        class_pages[c] = (uint8_t)n;
    }
}

/* Go keeps a word for the type in front of objects with pointers above 512 bytes, and stops using classes where that word
 * would not fit; we need no such word, but programs see the rounding in cap(). */
uint64_t gotk__roundupsize(uint64_t size, bool noscan) {
    uint64_t header = !noscan && size > 512 ? 8 : 0;
    if (size <= MAX_SMALL - 8) return gotk__class_size[gotk__size_class(size + header)] - header;
    uint64_t up = size + HEAP_PAGE - 1;
    return up < size ? size : up & ~(uint64_t)(HEAP_PAGE - 1);
}

/* --------------------------------------------------------------------------------------- spans of a class */

static gotk__span *new_span(uint32_t index) {
    uint32_t c = index >> 1, size = gotk__class_size[c], pages = class_pages[c];
    uint32_t n = pages * HEAP_PAGE / size, words = (n + 63) / 64;
    gotk__span *s = gotk__span_alloc(pages, words, size, index & 1, (uint8_t)c);
    s->nelems = n;
    s->magic = (uint32_t)((0x100000000u + size - 1) / size);
    for (uint32_t w = 0; w < words; w++) s->free[w] = ~0ull;
    if (n % 64) s->free[words - 1] = (1ull << n % 64) - 1;
    s->cached = true;
    return s;
}

static gotk__span *take_span(uint32_t index) {
    struct central *ct = &central[index];
    gotk__lock(&ct->lock);
    gotk__span *s = ct->partial;
    if (s) {
        ct->partial = s->next;
        s->next = NULL;
        s->cached = true;
        s->next_word = 0;
    }
    gotk__unlock(&ct->lock);
    return s ? s : new_span(index);
}

void gotk__heap_reset_lists(void) {
    for (uint32_t i = 0; i < NCLASSES * 2; i++) central[i].partial = NULL;
}

void gotk__heap_relist(gotk__span *s) {
    struct central *ct = &central[s->cls * 2u + s->noscan];
    s->next = ct->partial;
    ct->partial = s;
}

/* ------------------------------------------------------------------------------------------------ caches */

/* Gets bits for a slot that has none left. */
static void refill(gotk__mcache *c, struct gotk__cacheslot *sl) {
    uint32_t index = (uint32_t)(sl - c->slot);
    for (;;) {
        gotk__span *s = sl->span;
        if (s) {
            while (s->next_word < s->nwords) {
                uint32_t w = s->next_word++;
                if (!s->free[w]) continue;
                sl->bits = s->free[w];
                if (__builtin_expect(gotk__gcs.stress, 0)) {   /* one object at a time, so that each comes through here */
                    sl->bits &= -sl->bits;
                    s->next_word--;
                    if (c->allocs % gotk__gcs.stress == 0 && !atomic_exchange(&gotk__gcs.pending, 1)) gotk__request_gc();
                }
                s->free[w] &= ~sl->bits;
                sl->word = w;
                sl->size = gotk__class_size[index >> 1];
                sl->base = s->base + (uint64_t)w * 64 * sl->size;
                sl->needzero = s->needzero;
                uint64_t n = (uint64_t)gotk__popcount(sl->bits);
                c->allocs += n;
                c->bytes += n * sl->size;
                return;
            }
            s->needzero = true;        /* the next time its objects are handed out, they were used */
            s->cached = false;         /* full: only the collector finds it again */
        }
        sl->span = take_span(index);
    }
}

/* A whole slot: a multiple of 8 bytes. The call of memset costs more than clearing a small one. */
static inline void clear(void *p, uint64_t size) {
    if (size > 128) {
        memset(p, 0, size);
        return;
    }
    if (size == 8) {
        *(uint64_t *)p = 0;
        return;
    }
    for (char *at = p, *last = at + size - 16;; at += 16) {
        if (at > last) at = last;
        memset(at, 0, 16);
        if (at == last) return;
    }
}

static inline void *take(gotk__mcache *c, struct gotk__cacheslot *sl, bool zero) {
    if (__builtin_expect(!sl->bits, 0)) refill(c, sl);
    uint64_t i = (uint64_t)__builtin_ctzll(sl->bits);
    sl->bits &= sl->bits - 1;
    void *p = sl->base + i * sl->size;
    if (sl->needzero && zero) clear(p, sl->size);
    return p;
}

static void *alloc_large(gotk__mcache *c, uint64_t size, bool noscan, bool zero) {
    if (size > 1ull << 47) size = 1ull << 47;      /* fails by the limit, without wrapping */
    uint64_t pages = (size + HEAP_PAGE - 1) >> PAGE_SHIFT;
    gotk__span *s = gotk__span_alloc(pages, 1, size, noscan, 0);
    s->nelems = 1;
    c->large++;
    c->large_bytes += pages << PAGE_SHIFT;
    if (s->needzero && zero) memset(s->base, 0, pages << PAGE_SHIFT);
    return s->base;
}

/* The cache of a thread that has no P. Unlocks nothing if it is the P's. */
static gotk__mcache *lock_shared(void) {
    gotk__mcache *c = &shared[gotk__m()->id % SHARED];
    gotk__lock(&c->lock);
    return c;
}

static __attribute__((noinline)) void *alloc_slow(uint64_t size, bool noscan, bool zero) {
    P *p = gotk__p();
    gotk__mcache *c = p ? p->mcache : NULL;
    bool locked = !c;
    if (locked) c = lock_shared();
    void *r = size <= MAX_SMALL ? take(c, &c->slot[gotk__size_class(size) * 2 + noscan], zero)
                                : alloc_large(c, size, noscan, zero);
    if (locked) gotk__unlock(&c->lock);
    return r;
}

static inline void *alloc(uint64_t size, bool noscan, bool zero) {
    if (size == 0) return gotk__zerobase;
    P *p = gotk__p();
    if (__builtin_expect(size <= MAX_SMALL && p && p->mcache, 1)) {
        gotk__mcache *c = p->mcache;
        return take(c, &c->slot[gotk__size_class(size) * 2 + noscan], zero);
    }
    return alloc_slow(size, noscan, zero);
}

void *gotk__alloc_bytes(uint64_t size, bool noscan) { return alloc(size, noscan, true); }

void *gotk__alloc_noscan_dirty(uint64_t size) { return alloc(size, true, false); }

void *gotk__alloc_type(uint64_t size, const gotk_type *t) {
    return alloc(size, t && t->flags & TYPE_NOPTR, true);
}

/* SYS: what `alloc` of runtime.def does not do itself. */
void *gotk__allocslow(uint64_t size, const gotk_type *t) { return alloc(size, t && t->flags & TYPE_NOPTR, true); }

/* ------------------------------------------------------------------------------- caches come and go */

static void flush(gotk__mcache *c) {
    for (uint32_t i = 0; i < NCLASSES * 2; i++) {
        struct gotk__cacheslot *sl = &c->slot[i];
        gotk__span *s = sl->span;
        if (!s) continue;
        uint64_t n = (uint64_t)gotk__popcount(sl->bits);
        s->free[sl->word] |= sl->bits;
        c->allocs -= n;
        c->bytes -= n * sl->size;
        s->needzero = true;            /* some of its objects were used; which, nobody knows */
        bool more = sl->bits || s->next_word < s->nwords;
        gotk__lock(&central[i].lock);
        s->cached = false;
        if (more) gotk__heap_relist(s);
        gotk__unlock(&central[i].lock);
        *sl = (struct gotk__cacheslot){0};
    }
}

void gotk__heap_flush_caches(void) {
    for (gotk__mcache *c = caches; c; c = c->next) flush(c);
}

static void add_cache(gotk__mcache *c) {
    c->next = caches;
    caches = c;
}

void gotk__heap_init(uint64_t limit_bytes) {
    init_classes();
    gotk__pages_init(limit_bytes);
    gotk__gc_init();
    gotk__lock(&caches_lock);
    for (int i = 0; i < SHARED; i++) add_cache(&shared[i]);
    gotk__unlock(&caches_lock);
}

void gotk__heap_p_init(P *p) {
    gotk__lock(&caches_lock);
    gotk__mcache *c = caches;
    while (c && (c->in_use || (c >= shared && c < shared + SHARED))) c = c->next;
    if (!c) {
        c = aligned_alloc(64, (sizeof *c + 63) & ~63ul);
        if (!c) gotk__fatal_error("runtime: out of memory: no memory for a proc's cache");
        memset(c, 0, sizeof *c);
        add_cache(c);
    }
    c->in_use = true;
    gotk__unlock(&caches_lock);
    p->mcache = c;
}

void gotk__heap_p_release(P *p) {
    gotk__mcache *c = p->mcache;
    if (!c) return;
    flush(c);
    p->mcache = NULL;
    gotk__lock(&caches_lock);
    c->in_use = false;
    gotk__unlock(&caches_lock);
}

/* ---------------------------------------------------------------------------------------------- numbers */

/* Objects and bytes handed out since the start. Racy against running procs: off by what they allocate meanwhile. */
void gotk__heap_totals(uint64_t *allocs, uint64_t *bytes) {
    *allocs = *bytes = 0;
    gotk__lock(&caches_lock);
    for (gotk__mcache *c = caches; c; c = c->next) {
        *allocs += __atomic_load_n(&c->allocs, __ATOMIC_RELAXED) + __atomic_load_n(&c->large, __ATOMIC_RELAXED);
        *bytes += __atomic_load_n(&c->bytes, __ATOMIC_RELAXED) + __atomic_load_n(&c->large_bytes, __ATOMIC_RELAXED);
        for (uint32_t i = 0; i < NCLASSES * 2; i++) {
            uint64_t n = (uint64_t)gotk__popcount(__atomic_load_n(&c->slot[i].bits, __ATOMIC_RELAXED));
            *allocs -= n;
            *bytes -= n * __atomic_load_n(&c->slot[i].size, __ATOMIC_RELAXED);
        }
    }
    gotk__unlock(&caches_lock);
}

uint64_t gotk__heap_total_bytes(void) {
    uint64_t n, b;
    gotk__heap_totals(&n, &b);
    return b;
}

uint64_t gotk__heap_live_bytes(void) { return gotk__heap_total_bytes() - gotk__heap_freed_bytes; }
uint64_t gotk__heap_peak_bytes(void) { return atomic_load_explicit(&gotk__pages.peak, memory_order_relaxed); }
