/* SPDX-License-Identifier: BSD-3-Clause
 * The collector: conservative, stop-the-world, mark and sweep.
 *
 * It runs on an M without a P while the world is stopped (proc.c, procs.c): no Go code runs, no C code of the runtime is
 * inside a call, so what a goroutine holds is on its stack segments and in its G, and the caches can be flushed.
 *
 * Roots: writable data of the loaded objects, the stacks and saved registers of every goroutine, timers, raw memory
 * registered by gotk__gc_add_root. Every aligned word of a root, and of a marked object whose type has pointers, that
 * falls into a slot in use keeps that slot's object, wherever in it the word points. A word on a stack that points to the
 * start of an object also keeps the object before it: optimised loops may hold nothing but a pointer past the end.
 *
 * Sweeping is the copying of mark bits over free bits; objects are not touched. Spans without a live object go back to the
 * page heap. The next collection starts when the spans in use have grown by GOGC percent, and at least to 4 MiB.
 *
 * In threads mode the world cannot be stopped, so nothing is collected there.
 *
 * Rejected: precise stacks (LLVM's statepoints cost every call and forbid the inlining of pointer arithmetic); write
 * barriers for concurrent marking (every pointer store pays, and the barrier must be known to the optimiser). */
#include "heap.h"
#include "loader.h"
#include "scheduler.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum { MIN_HEAP = 4 << 20, CHUNK = 64 << 10, MAX_ROOTS = 64 };

struct gotk__gcstate gotk__gcs = {.next = MIN_HEAP, .percent = 100, .soft_limit = INT64_MAX};

/* Objects marked but not scanned. Address space for the worst case, touched as far as needed and given back after. */
static struct { uint64_t *v; uint64_t n, cap, touched; } work;

static struct { void *lo, *hi; } roots[MAX_ROOTS];
static int nroots;
static gotk__mutex lock;                 /* roots and waiting */
static G *waiting;                       /* goroutines in runtime.GC, linked by schedlink */

/* timer.c: the arrays that point to running timers */
void gotk__timers_each(void (*f)(void *arg, void *lo, void *hi), void *arg) __attribute__((weak));

void gotk__gc_add_root(void *lo, void *hi) {
    gotk__lock(&lock);
    if (nroots == MAX_ROOTS) gotk__throw("too many roots");
    roots[nroots].lo = lo;
    roots[nroots++].hi = hi;
    gotk__unlock(&lock);
}

/* ------------------------------------------------------------------------------------------------- marking */

/* Low bit of an entry: go on scanning a large object at this address (objects are 8-aligned). */
static void push(uint64_t v) {
    if (work.n == work.cap) gotk__throw("the collector's work list is full");
    work.v[work.n++] = v;
}

static inline void mark(uint64_t word, bool from_stack) {
    const struct gotk__pages *h = &gotk__pages;
    uint64_t off = word - (uint64_t)h->lo;
    if (off >= (uint64_t)(h->top - h->lo)) return;
    gotk__span *s = h->map[off >> PAGE_SHIFT];
    if (!s || s->state == SPAN_FREE) return;
    uint64_t in = word - (uint64_t)s->base, i = s->state == SPAN_LARGE ? 0 : in * s->magic >> 32;
    if (from_stack && in > 0 && i > 0 && in == i * s->elem_size) mark(word - 1, false);
    if (from_stack && in == 0 && off > 0) mark(word - 1, false);
    if (i >= s->nelems) return;
    uint64_t bit = 1ull << (i & 63), w = i >> 6;
    if (s->free[w] & bit || s->mark[w] & bit) return;
    s->mark[w] |= bit;
    if (!s->noscan) push((uint64_t)s->base + i * s->elem_size);
}

/* Words may be anything, of any type, and stacks belong to nobody in particular: no sanitizer should look. */
__attribute__((no_sanitize("address", "thread")))
static void scan(const uint64_t *p, const uint64_t *end, bool stack) {
    for (; p < end; p++) mark(*p, stack);
}

static void drain(void) {
    while (work.n) {
        uint64_t v = work.v[--work.n], at = v & ~7ull;
        gotk__span *s = gotk__span_of((void *)at);
        uint64_t end = s->state == SPAN_LARGE ? (uint64_t)s->base + s->elem_size : at + s->elem_size;
        if (end - at > CHUNK) {
            push((at + CHUNK) | 1);
            end = at + CHUNK;
        }
        scan((const uint64_t *)at, (const uint64_t *)(end & ~7ull), false);
    }
}

static void mark_range(void *arg, void *lo, void *hi) {
    scan((const uint64_t *)(((uintptr_t)lo + 7) & ~7ul), (const uint64_t *)((uintptr_t)hi & ~7ul), arg != NULL);
    drain();
}

static void mark_roots(void) {
    for (const struct gotk__image *im = gotk__images; im; im = im->next)
        mark_range(NULL, (void *)(uintptr_t)im->data_lo, (void *)(uintptr_t)im->data_hi);
    for (int i = 0; i < nroots; i++) mark_range(NULL, roots[i].lo, roots[i].hi);
    if (gotk__timers_each) gotk__timers_each(mark_range, NULL);
    gotk__each_stack(mark_range, &work);
}

/* ------------------------------------------------------------------------------------------------ sweeping */

static gotk__span *dead;                 /* spans without live objects */

static void sweep(gotk__span *s) {
    if (s->state == SPAN_LARGE) {
        if (!s->mark[0]) {
            gotk__heap_frees++;
            gotk__heap_freed_bytes += s->npages << PAGE_SHIFT;
            s->next = dead;
            dead = s;
        }
        s->mark[0] = 0;
        return;
    }
    uint64_t free_before = 0, live = 0;
    for (uint32_t w = 0; w < s->nwords; w++) {
        free_before += (uint64_t)__builtin_popcountll(s->free[w]);
        live += (uint64_t)__builtin_popcountll(s->mark[w]);
        uint64_t all = w + 1 == s->nwords && s->nelems % 64 ? (1ull << s->nelems % 64) - 1 : ~0ull;
        s->free[w] = all & ~s->mark[w];
        s->mark[w] = 0;
    }
    uint64_t freed = s->nelems - free_before - live;
    gotk__heap_frees += freed;
    gotk__heap_freed_bytes += freed * s->elem_size;
    if (live == 0) {
        s->next = dead;
        dead = s;
    } else if (live < s->nelems) {
        gotk__heap_relist(s);
    }
}

/* ------------------------------------------------------------------------------------------- a collection */

static void set_next(void) {
    struct gotk__gcstate *gc = &gotk__gcs;
    uint64_t next = UINT64_MAX;
    if (gc->percent >= 0) {
        uint64_t grow = gc->live / 100 * (uint64_t)gc->percent;
        next = gc->live + grow;
        uint64_t least = (uint64_t)MIN_HEAP / 100 * (uint64_t)gc->percent;
        if (next < least) next = least;
    }
    if (next > (uint64_t)gc->soft_limit) {         /* SetMemoryLimit: more often, but not without end */
        uint64_t least = gc->live + gc->live / 16 + (1 << 20);
        next = (uint64_t)gc->soft_limit > least ? (uint64_t)gc->soft_limit : least;
    }
    atomic_store(&gc->next, next);
}

void gotk__gc_run(void) {
    struct gotk__gcstate *gc = &gotk__gcs;
    int64_t start = gotk__now();
    struct timespec wall;
    atomic_store(&gc->pending, 0);
    if (!work.v) {
        work.cap = (uint64_t)(gotk__pages.end - gotk__pages.lo) / 16;   /* a word for each of the smallest objects with pointers */
        void *p = mmap(NULL, work.cap * 8, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (p == MAP_FAILED) gotk__throw("no address space for the collector's work list: %s", strerror(errno));
        work.v = p;
    }
    gotk__heap_flush_caches();
    gotk__heap_reset_lists();
    mark_roots();
    gotk__span_each(sweep);
    while (dead) {
        gotk__span *s = dead;
        dead = s->next;
        gotk__span_free(s);
    }
    madvise(work.v, work.cap * 8, MADV_DONTNEED);
    gc->live = atomic_load(&gotk__pages.used);
    set_next();
    uint64_t idle = gotk__heap_committed() - gc->live - gotk__pages.released, next = atomic_load(&gc->next);
    if (gc->release || (next != UINT64_MAX && gc->live + idle > next + next / 8 + (32 << 20))) gotk__pages_release();
    gc->release = false;
    gc->cycles++;
    gc->pause_total += (uint64_t)(gotk__now() - start);
    clock_gettime(CLOCK_REALTIME, &wall);
    gc->last_end = (uint64_t)wall.tv_sec * 1000000000u + (uint64_t)wall.tv_nsec;
    gotk__lock(&lock);
    G *g = waiting;
    waiting = NULL;
    gotk__unlock(&lock);
    while (g) {
        G *next_g = g->schedlink;
        g->schedlink = NULL;
        gotk__ready_tail(g);
        g = next_g;
    }
}

/* From the environment, as Go: GOGC=off or a percentage; and a switch of our own for tests. */
void gotk__gc_init(void) {
    const char *v = getenv("GOGC");
    if (v && *v) {
        char *end;
        long long n = strtoll(v, &end, 10);
        if (!strcmp(v, "off")) gotk__gcs.percent = -1;
        else if (!*end) gotk__gcs.percent = n < 0 ? -1 : n;
    }
    v = getenv("GOTK_GC_STRESS");              /* 1: collect at every allocation */
    gotk__gcs.stress = v && !strcmp(v, "1") && !gotk__threads_mode();
    if (gotk__threads_mode()) gotk__gcs.percent = -1;
    set_next();
}

/* --------------------------------------------------------------------------- package runtime, runtime/debug */

/* BLOCK: parks until a collection that began after the call is over. */
gotk__ret2 gotk__gc(void) {
    if (gotk__threads_mode()) return (gotk__ret2){0, 0};
    G *g = gotk__self();
    gotk__gcs.forced++;
    gotk__park_begin(g, WAIT_GC);
    gotk__lock(&lock);
    g->schedlink = waiting;
    waiting = g;
    gotk__unlock(&lock);
    gotk__request_gc();
    return gotk__park_end(g);
}
