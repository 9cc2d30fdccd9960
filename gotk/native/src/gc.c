/* SPDX-License-Identifier: BSD-3-Clause
 * The collector: conservative, stop-the-world, mark and sweep. Here: when, from which roots, and sweeping; mark.c marks.
 *
 * It runs on an M between goroutines while the world is stopped (proc.c, procs.c): no Go code runs, no C code of the runtime is
 * inside a call, so what a goroutine holds is on its stack segments and in its G, and the caches can be flushed.
 *
 * Roots: writable data of the loaded objects, the stacks and saved registers of every goroutine, timers, raw memory
 * registered by gotk__gc_add_root; then what finalizers need (finalizer.c). Every aligned word of a root, and of a marked object whose type has pointers, that
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
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MIN_HEAP = 4 << 20, MAX_ROOTS = 64, MAX_HELPERS = 15,
       ALONE = 1 << 20 };                  /* live bytes up to which waking helpers takes longer than marking */

struct gotk__gcstate gotk__gcs = {.next = MIN_HEAP, .percent = 100, .soft_limit = INT64_MAX};

static struct { void *lo, *hi; } roots[MAX_ROOTS];
static int nroots;
static gotk__mutex lock;                 /* roots */

/* timer.c: the arrays that point to running timers */
void gotk__timers_each(void (*f)(void *arg, void *lo, void *hi), void *arg) __attribute__((weak));

void gotk__gc_add_root(void *lo, void *hi) {
    gotk__lock(&lock);
    if (nroots == MAX_ROOTS) gotk__throw("too many roots");
    roots[nroots].lo = lo;
    roots[nroots++].hi = hi;
    gotk__unlock(&lock);
}

/* -------------------------------------------------------------------------------------------------- roots */

static void mark_roots(void) {
    for (const struct gotk__image *im = gotk__images; im; im = im->next)
        gotk__mark_range(NULL, (void *)(uintptr_t)im->data_lo, (void *)(uintptr_t)im->data_hi);
    for (int i = 0; i < nroots; i++) gotk__mark_range(NULL, roots[i].lo, roots[i].hi);
    if (gotk__timers_each) gotk__timers_each(gotk__mark_range, NULL);
    gotk__stacks_begin();                      /* stacks: whoever marks takes them in batches */
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
        return;
    }
    /* A mark bit is set for free slots, too (mark.c): what was in use and is not marked becomes free. */
    uint64_t freed = 0, live = 0, room = 0;
    for (uint32_t w = 0; w < s->nwords; w++) {
        uint64_t all = w + 1 == s->nwords && s->nelems % 64 ? (1ull << s->nelems % 64) - 1 : ~0ull;
        uint64_t dead_bits = all & ~s->mark[w];
        live |= s->mark[w] & ~s->free[w];
        if (dead_bits) freed += gotk__popcount(dead_bits);
        s->free[w] |= dead_bits;
        room |= s->free[w];
    }
    gotk__heap_frees += freed;
    gotk__heap_freed_bytes += freed * s->elem_size;
    if (live == 0) {
        s->next = dead;
        dead = s;
    } else if (room) {
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

/* How many threads help: one per proc beyond the first, as far as there are CPUs for them. */
static uint32_t helpers(void) {
    static uint32_t cpus;
    if (!cpus) {
        cpu_set_t set;
        cpus = sched_getaffinity(0, sizeof set, &set) ? 1 : (uint32_t)CPU_COUNT(&set);
    }
    uint32_t n = atomic_load(&gotk__sched.nprocs);
    if (n > cpus) n = cpus;
    if (n > MAX_HELPERS + 1) n = MAX_HELPERS + 1;
    if (gotk__gcs.stress) return n > 1 && gotk__gcs.cycles % 16 == 0 ? n - 1 : 0;
    return n > 1 && gotk__gcs.live + gotk__stack_bytes() > ALONE ? n - 1 : 0;
}

void gotk__gc_run(void) {
    struct gotk__gcstate *gc = &gotk__gcs;
    int64_t start = gotk__now();
    struct timespec wall;
    atomic_store(&gc->pending, 0);
    gotk__heap_flush_caches();
    gotk__heap_reset_lists();
    gotk__mark_begin(helpers());
    mark_roots();
    gotk__mark_finish();
    gotk__finalizers_mark();
    gotk__span_each(sweep);
    while (dead) {
        gotk__span *s = dead;
        dead = s->next;
        gotk__span_free(s);
    }
    gotk__mark_end();
    gc->live = atomic_load(&gotk__pages.used);
    set_next();
    uint64_t idle = gotk__heap_committed() - gc->live - gotk__pages.released, next = atomic_load(&gc->next);
    if (gc->release || (next != UINT64_MAX && gc->live + idle > next + next / 8 + (32 << 20))) gotk__pages_release();
    gc->release = false;
    gc->cycles++;
    gc->pause_total += (uint64_t)(gotk__now() - start);
    clock_gettime(CLOCK_REALTIME, &wall);
    gc->last_end = (uint64_t)wall.tv_sec * 1000000000u + (uint64_t)wall.tv_nsec;
    gotk__finalizers_start();
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
    v = getenv("GOTK_GC_STRESS");              /* 1: collect at every allocation; n: at every n-th */
    gotk__gcs.stress = v && !gotk__threads_mode() ? (uint32_t)strtoul(v, NULL, 10) : 0;
    if (gotk__threads_mode()) gotk__gcs.percent = -1;
    set_next();
}
