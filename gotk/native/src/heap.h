/* SPDX-License-Identifier: BSD-3-Clause
 * The heap's data structures, shared by heap.c (small objects and caches), pages.c (runs of pages, limit), gc.c.
 *
 * Lock order: a class's lock before pages lock; neither is held while anything else is taken. */
#ifndef GOTK_HEAP_H
#define GOTK_HEAP_H
#include "g.h"

enum {
    PAGE_SHIFT = 13,                   /* Go's heap page: cap() of large slices shows it */
    HEAP_PAGE = 1 << PAGE_SHIFT,
    NCLASSES = 68,                     /* class 0: large objects */
    MAX_SMALL = 32768,
    SPAN_MAX_WORDS = 16,               /* 1024 objects in a span at most: see the choice of pages in heap.c */
};

enum span_state { SPAN_FREE, SPAN_SMALL, SPAN_LARGE };

/* A run of pages: free, or one large object, or small objects of one class. Never unmapped, recycled by pages.c.
 * `free` bit set: the slot holds no object. A cache that allocates from a span takes a whole word of bits out of it and
 * gives back what it did not use, so the bits are exact when no cache holds the span (the world is stopped, caches
 * flushed), and that is when the collector reads them. */
typedef struct gotk__span {
    uint8_t *base;                     /* first what marking reads, in one cache line */
    uint64_t elem_size;                /* large: the object's size */
    uint64_t *mark;                    /* nwords; only while collecting. A free run has none, and nelems 0 */
    uint32_t nelems;
    uint32_t magic;                    /* ceil(2^32 / elem_size): index = offset * magic >> 32; large: 0 */
    uint8_t state, cls;
    bool noscan;                       /* objects hold no pointers */
    bool needzero;                     /* memory may not be zero */
    bool cached;                       /* in some cache; owner: that cache, changes under the class's lock */
    uint16_t nwords;
    uint16_t next_word;                /* where a cache goes on looking for free bits */
    uint64_t npages;
    struct gotk__span *next, *prev;    /* list of its class (class's lock), or of free runs (pages lock) */
    uint64_t free[];                   /* nwords, then as many for mark */
} gotk__span;

struct gotk__pages {
    uint8_t *lo, *top, *committed, *end;   /* the arena: used up to top, accessible up to committed, reserved up to end */
    gotk__span **map;                  /* span of each page; for free runs of the first and last page */
    uint64_t limit;                    /* bytes */
    _Atomic uint64_t used;             /* bytes of spans in use */
    _Atomic uint64_t raw;              /* bytes of gotk__raw_alloc */
    _Atomic uint64_t peak;             /* of used + raw */
    uint64_t released;                 /* bytes of free runs given back to the system; pages lock */
};
extern struct gotk__pages gotk__pages;

/* What is collected when, and the counters of ReadMemStats; gc.c. */
struct gotk__gcstate {
    _Atomic uint64_t next;             /* start a collection when `used` reaches this */
    uint64_t live;                     /* bytes of spans in use after the last collection */
    int64_t percent;                   /* GOGC; < 0: off */
    _Atomic uint32_t pending;          /* asked for and not begun */
    int64_t soft_limit;                /* debug.SetMemoryLimit */
    bool release;                      /* give free memory back after the next collection */
    uint32_t stress;                   /* not 0: a collection at every n-th allocation, for tests */
    uint64_t cycles, forced, pause_total, last_end;
};
extern struct gotk__gcstate gotk__gcs;
void gotk__gc_init(void);
/* Memory outside the heap and the stacks that may hold pointers to Go objects, for the life of the process. */
void gotk__gc_add_root(void *lo, void *hi);

/* ---- finalizer.c, for gc.c */
void gotk__finalizers_mark(void);
void gotk__finalizers_start(void);

/* ---- pages.c */
void gotk__pages_init(uint64_t limit);
/* Pages for a span; sets base, npages, needzero. Ends the program if the memory limit does not allow it. */
gotk__span *gotk__span_alloc(uint64_t npages, uint32_t nwords, uint64_t elem_size, bool noscan, uint8_t cls);
void gotk__span_free(gotk__span *s);   /* world stopped, or nobody else knows the span */
void gotk__span_each(void (*f)(gotk__span *s));   /* spans in use, by address; pages lock not held: world stopped */
uint64_t gotk__pages_release(void);    /* gives free runs back to the system; bytes */
uint64_t gotk__heap_committed(void);
void gotk__meta_init(void);

/* Not the builtin: without -mpopcnt that is a call, and these are inner loops. */
static inline uint32_t gotk__popcount(uint64_t v) {
    v -= v >> 1 & 0x5555555555555555u;
    v = (v & 0x3333333333333333u) + (v >> 2 & 0x3333333333333333u);
    v = (v + (v >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (uint32_t)(v * 0x0101010101010101u >> 56);
}

static inline gotk__span *gotk__span_of(const void *p) {
    const struct gotk__pages *h = &gotk__pages;
    if ((const uint8_t *)p < h->lo || (const uint8_t *)p >= h->top) return NULL;
    return h->map[(uint64_t)((const uint8_t *)p - h->lo) >> PAGE_SHIFT];
}

/* ---- mark.c: begin, any number of ranges and finish, once more ranges and finish if need be, end. World stopped. */
void gotk__mark_begin(uint32_t helpers);      /* caches flushed; so many threads besides the caller */
/* Everything that words of [lo, hi) point to is kept; arg not null: it is a stack. */
void gotk__mark_range(void *arg, void *lo, void *hi);
void gotk__mark_finish(void);                 /* all that is reachable from the ranges is marked */
bool gotk__is_marked(const void *p);          /* after finish: the object at p survives (or is none of the heap's) */
void gotk__mark_end(void);

/* ---- heap.c */
/* One cache line; known to the assembly (alloc in asm_x86_64.S). */
struct gotk__cacheslot {
    uint64_t bits;                     /* free objects of the current group of 64 */
    uint8_t *base;                     /* of object 0 of the group */
    uint32_t size;
    uint32_t needzero;
    gotk__span *span;
    uint64_t word;                     /* which group */
    uint64_t pad[3];
};
typedef struct gotk__mcache {
    struct gotk__cacheslot slot[NCLASSES * 2];   /* 2 * class + noscan */
    gotk__mutex lock;                  /* of the shared caches only */
    uint64_t allocs, bytes;            /* objects and bytes taken out of spans so far; the owner writes */
    uint64_t large, large_bytes;
    struct gotk__mcache *next;
    bool in_use;
} gotk__mcache;

extern const uint16_t gotk__class_size[NCLASSES];
extern uint8_t gotk__class_small[1024 / 8 + 1], gotk__class_large[(MAX_SMALL - 1024) / 128 + 1];
static inline uint32_t gotk__size_class(uint64_t size) {
    return size <= 1024 ? gotk__class_small[(size + 7) >> 3] : gotk__class_large[(size - 1024 + 127) >> 7];
}
/* Go's rounding of an allocation, which cap() shows. Saturates instead of wrapping. */
uint64_t gotk__roundupsize(uint64_t size, bool noscan);
/* As alloc_bytes without pointers, but not zeroed: the caller overwrites it all. */
void *gotk__alloc_noscan_dirty(uint64_t size);
void gotk__heap_flush_caches(void);    /* world stopped */
void gotk__heap_reset_lists(void);     /* world stopped, caches flushed: the class lists become empty */
void gotk__heap_relist(gotk__span *s); /* a swept span with free slots */
extern uint64_t gotk__heap_frees, gotk__heap_freed_bytes;   /* written by the collector, world stopped */
void gotk__heap_totals(uint64_t *allocs, uint64_t *bytes);
uint64_t gotk__heap_live_bytes(void);
uint64_t gotk__heap_peak_bytes(void);
uint64_t gotk__heap_total_bytes(void); /* allocated since the start */
extern uint8_t gotk__zerobase[];       /* where objects of size 0 live */
#endif
