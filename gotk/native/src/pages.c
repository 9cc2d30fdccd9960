/* SPDX-License-Identifier: BSD-3-Clause
 * Runs of 8 KiB pages for the heap: one address range reserved at the start, cut into spans, free neighbours merged.
 *
 * The range is one reservation so that "is this word a pointer into the heap" is two comparisons and the page's span one
 * load. Pages are made accessible in steps from the low end. Free runs are kept in exact bins by length, longer ones in one
 * list searched for the best fit; the map holds the span at a run's first and last page, which is what merging looks at.
 *
 * The memory limit counts spans in use, the runtime's raw memory and goroutine stacks. When an allocation would pass it, a
 * collection is asked for if that can help (something was allocated since the last one); otherwise the program ends with
 * a fatal error that names the limit. The collection begins before the allocating goroutine runs on, so the limit is
 * overshot by what the procs allocate in one call each.
 *
 * Rejected: a mapping per span (65,530 mappings are all the kernel allows). */
#include "heap.h"
#include "scheduler.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BINS = 128, COMMIT_STEP = 64 << 20, META_CHUNK = 256 << 10, PREFAULT = 128 << 10, HUGE_FROM = 16 << 20 };

struct gotk__pages gotk__pages = {.limit = UINT64_MAX};   /* until gotk__heap_init */
static gotk__mutex lock;
static gotk__span *bins[BINS];          /* [n]: runs of n pages; [0]: BINS and more. Guarded by lock, as all below. */
static gotk__span *spare[SPAN_MAX_WORDS + 1];  /* span records by nwords */
static uint8_t *meta, *meta_end;
static uint8_t *populated;              /* pages below are made present by who took them: no faults one by one */

extern uint64_t gotk__stack_bytes(void) __attribute__((weak));

/* What this process may use: physical memory, or the cgroup's limit if that is smaller. 90 %, since the rest of it needs room. */
static uint64_t default_limit(void) {
    uint64_t n = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    static const char *const files[] = {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"};
    for (int i = 0; i < 2; i++) {
        FILE *f = fopen(files[i], "re");
        unsigned long long v;
        if (!f) continue;
        if (fscanf(f, "%llu", &v) == 1 && v > 0 && v < n) n = v;
        fclose(f);
    }
    return n / 10 * 9;
}

void gotk__pages_init(uint64_t limit) {
    struct gotk__pages *h = &gotk__pages;
    if (limit == 0) limit = default_limit();
    h->limit = limit;
    uint64_t size = 256ull << 30;       /* address space only: room for holes */
    void *p = MAP_FAILED;
    for (; size >= 1 << 20; size /= 2) {
        p = mmap(NULL, size + HUGE_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (p != MAP_FAILED) break;
    }
    if (p == MAP_FAILED) gotk__throw("cannot reserve address space for the heap: %s", strerror(errno));
    h->lo = h->top = h->committed = (uint8_t *)(((uintptr_t)p + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1));
    h->end = h->lo + size;
    populated = h->lo;
    uint64_t map = (size >> PAGE_SHIFT) * sizeof *h->map;
    p = mmap(NULL, map, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) gotk__throw("cannot reserve address space for the heap's map: %s", strerror(errno));
    h->map = p;
}

static _Noreturn void out_of_memory(uint64_t bytes) {
    struct gotk__pages *h = &gotk__pages;
    char text[256], unit[32];
    if (h->limit % (1 << 20) == 0) snprintf(unit, sizeof unit, "%llu MiB", (unsigned long long)h->limit >> 20);
    else snprintf(unit, sizeof unit, "%llu bytes", (unsigned long long)h->limit);
    snprintf(text, sizeof text, "runtime: out of memory: cannot allocate %llu-byte block (%llu in use, memory limit %s)",
             (unsigned long long)bytes, (unsigned long long)(h->used + h->raw), unit);
    gotk__fatal_error(text);
}

/* May `bytes` more be used? Ends the program if not. */
static void charge(uint64_t bytes) {
    struct gotk__pages *h = &gotk__pages;
    uint64_t other = atomic_load_explicit(&h->raw, memory_order_relaxed) + (gotk__stack_bytes ? gotk__stack_bytes() : 0);
    uint64_t used = atomic_load_explicit(&h->used, memory_order_relaxed);
    if (used + other + bytes <= h->limit) return;
    /* What a collection leaves is at least the live bytes of the last one; is there anything that it could free? And it
     * begins before the goroutine that asked for it runs on, so being far above the limit means that it does not help. */
    if (gotk__threads_mode() || gotk__gcs.live + other + bytes > h->limit || used <= gotk__gcs.live + (h->limit >> 5) ||
        used + other > h->limit + (h->limit >> 2))
        out_of_memory(bytes);
    if (!atomic_exchange(&gotk__gcs.pending, 1)) gotk__request_gc();
}

static void count(_Atomic uint64_t *which, int64_t bytes) {
    struct gotk__pages *h = &gotk__pages;
    atomic_fetch_add_explicit(which, (uint64_t)bytes, memory_order_relaxed);
    uint64_t now = atomic_load_explicit(&h->used, memory_order_relaxed) + atomic_load_explicit(&h->raw, memory_order_relaxed);
    uint64_t peak = atomic_load_explicit(&h->peak, memory_order_relaxed);
    while (now > peak && !atomic_compare_exchange_weak_explicit(&h->peak, &peak, now, memory_order_relaxed, memory_order_relaxed)) {}
}

/* ------------------------------------------------------------------------------------------ span records */

static gotk__span *record_locked(uint32_t nwords) {
    gotk__span *s = spare[nwords];
    uint64_t size = (sizeof *s + 2 * nwords * sizeof(uint64_t) + 63) & ~63ull;   /* the head in one cache line */
    if (s) {
        spare[nwords] = s->next;
    } else {
        if (meta + size > meta_end || !meta) {
            void *p = mmap(NULL, META_CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (p == MAP_FAILED) out_of_memory(META_CHUNK);
            meta = p;
            meta_end = meta + META_CHUNK;
        }
        s = (gotk__span *)meta;
        meta += size;
    }
    memset(s, 0, size);
    s->nwords = (uint16_t)nwords;
    s->mark = s->free + nwords;
    return s;
}

static void drop_record_locked(gotk__span *s) {
    s->next = spare[s->nwords];
    spare[s->nwords] = s;
}

/* ------------------------------------------------------------------------------------------------- runs */

static uint64_t page_of(const void *p) { return (uint64_t)((const uint8_t *)p - gotk__pages.lo) >> PAGE_SHIFT; }

static gotk__span **bin_of(uint64_t npages) { return &bins[npages < BINS ? npages : 0]; }

static void insert_locked(gotk__span *s) {
    gotk__span **b = bin_of(s->npages);
    s->state = SPAN_FREE;
    s->prev = NULL;
    s->next = *b;
    if (*b) (*b)->prev = s;
    *b = s;
    gotk__pages.map[page_of(s->base)] = s;
    gotk__pages.map[page_of(s->base) + s->npages - 1] = s;
}

static void remove_locked(gotk__span *s) {
    if (s->prev) s->prev->next = s->next;
    else *bin_of(s->npages) = s->next;
    if (s->next) s->next->prev = s->prev;
    /* Never a stale record in the map: the collector follows any word that looks like a pointer. */
    gotk__pages.map[page_of(s->base)] = NULL;
    gotk__pages.map[page_of(s->base) + s->npages - 1] = NULL;
}

/* What the caller should make present when it has given the lock back: that may take a millisecond. */
struct ahead { uint8_t *from, *to; bool huge; };

/* Extends the arena by at least n pages and returns them as one run that is in no bin. */
static gotk__span *grow_locked(uint64_t n, struct ahead *ahead) {
    struct gotk__pages *h = &gotk__pages;
    uint64_t bytes = n << PAGE_SHIFT;
    if (bytes > (uint64_t)(h->end - h->top)) return NULL;
    if (h->top + bytes > h->committed) {
        uint64_t step = (uint64_t)(h->top + bytes - h->committed);
        step = (step + COMMIT_STEP - 1) / COMMIT_STEP * COMMIT_STEP;
        if (step > (uint64_t)(h->end - h->committed)) step = (uint64_t)(h->end - h->committed);
        if (mprotect(h->committed, step, PROT_READ | PROT_WRITE)) return NULL;
        /* Beyond the first megabytes faults come in 2 MiB: a page at a time they cost more than the collector. */
        uint8_t *from = h->committed > h->lo + HUGE_FROM ? h->committed : h->lo + HUGE_FROM;
        if (from < h->committed + step) madvise(from, (size_t)(h->committed + step - from), MADV_HUGEPAGE);
        h->committed += step;
    }
    gotk__span *s = record_locked(0);
    s->base = h->top;
    s->npages = n;
    h->top += bytes;
    if (h->top > populated && bytes <= PREFAULT) {
        bool huge = populated >= h->lo + HUGE_FROM;
        uint8_t *to = huge ? (uint8_t *)(((uintptr_t)populated | (HUGE_PAGE - 1)) + 1) : populated + PREFAULT;
        if (to > h->committed) to = h->committed;
        *ahead = (struct ahead){populated, to, huge};
        populated = to;
    } else if (h->top > populated) {
        populated = h->top;
    }
    return s;
}

static gotk__span *take_locked(uint64_t n, struct ahead *ahead) {
    gotk__span *s = NULL;
    for (uint64_t k = n; k < BINS && !s; k++) s = bins[k];
    if (!s)
        for (gotk__span *t = bins[0]; t; t = t->next)
            if (t->npages >= n && (!s || t->npages < s->npages || (t->npages == s->npages && t->base < s->base))) s = t;
    if (!s) return grow_locked(n, ahead);
    remove_locked(s);
    if (s->npages > n) {
        gotk__span *rest = record_locked(0);
        rest->base = s->base + (n << PAGE_SHIFT);
        rest->npages = s->npages - n;
        rest->needzero = s->needzero;
        rest->cached = s->cached;       /* of a free run: given back to the system */
        s->npages = n;
        insert_locked(rest);
    }
    return s;
}

gotk__span *gotk__span_alloc(uint64_t npages, uint32_t nwords, uint64_t elem_size, bool noscan, uint8_t cls) {
    struct gotk__pages *h = &gotk__pages;
    if (npages > h->limit >> PAGE_SHIFT) out_of_memory(elem_size);
    charge(npages << PAGE_SHIFT);
    gotk__lock(&lock);
    struct ahead ahead = {0};
    gotk__span *run = take_locked(npages, &ahead);
    if (!run) {
        gotk__unlock(&lock);
        out_of_memory(npages << PAGE_SHIFT);
    }
    gotk__span *s = record_locked(nwords);
    s->base = run->base;
    s->npages = npages;
    s->needzero = run->needzero;
    if (run->cached) h->released -= npages << PAGE_SHIFT;
    s->elem_size = elem_size;
    s->noscan = noscan;
    s->cls = cls;
    drop_record_locked(run);
    gotk__unlock(&lock);
    if (ahead.from) gotk__populate((char *)ahead.from, (char *)ahead.to, ahead.huge);
    s->state = cls ? SPAN_SMALL : SPAN_LARGE;
    /* Without the lock: nobody has a pointer into the span yet, and spans are freed (which looks at neighbours) and marked
     * only while the world is stopped. */
    uint64_t first = page_of(s->base);
    for (uint64_t k = 0; k < npages; k++) h->map[first + k] = s;
    count(&h->used, (int64_t)(npages << PAGE_SHIFT));
    if (atomic_load_explicit(&h->used, memory_order_relaxed) >= atomic_load_explicit(&gotk__gcs.next, memory_order_relaxed) &&
        !atomic_load_explicit(&gotk__gcs.pending, memory_order_relaxed) && !atomic_exchange(&gotk__gcs.pending, 1))
        gotk__request_gc();
    return s;
}

void gotk__span_free(gotk__span *s) {
    struct gotk__pages *h = &gotk__pages;
    count(&h->used, -(int64_t)(s->npages << PAGE_SHIFT));
    gotk__lock(&lock);
    gotk__span *run = record_locked(0);
    run->base = s->base;
    run->npages = s->npages;
    run->needzero = true;
    uint64_t first = page_of(s->base), n = s->npages;
    drop_record_locked(s);
    gotk__span *before = first > 0 ? h->map[first - 1] : NULL, *after = NULL;
    if (run->base + (n << PAGE_SHIFT) < h->top) after = h->map[first + n];
    for (uint64_t k = 0; k < n; k++) h->map[first + k] = NULL;
    /* Runs given back to the system merge with others as "not given back": at worst they are given back twice. */
    if (before && before->state == SPAN_FREE) {
        remove_locked(before);
        run->base = before->base;
        run->npages += before->npages;
        if (before->cached) h->released -= before->npages << PAGE_SHIFT;
        drop_record_locked(before);
    }
    if (after && after->state == SPAN_FREE) {
        remove_locked(after);
        run->npages += after->npages;
        if (after->cached) h->released -= after->npages << PAGE_SHIFT;
        drop_record_locked(after);
    }
    insert_locked(run);
    gotk__unlock(&lock);
}

/* f must not free spans. */
void gotk__span_each(void (*f)(gotk__span *s)) {
    struct gotk__pages *h = &gotk__pages;
    for (uint8_t *p = h->lo; p < h->top;) {
        gotk__span *s = h->map[page_of(p)];
        p += s->npages << PAGE_SHIFT;
        if (s->state != SPAN_FREE) f(s);
    }
}

uint64_t gotk__pages_release(void) {
    struct gotk__pages *h = &gotk__pages;
    uint64_t total = 0;
    gotk__lock(&lock);
    for (int b = 0; b < BINS; b++)
        for (gotk__span *s = bins[b]; s; s = s->next) {
            if (s->cached) continue;
            uint64_t bytes = s->npages << PAGE_SHIFT;
            if (madvise(s->base, bytes, MADV_DONTNEED)) continue;
            s->cached = true;
            s->needzero = false;
            total += bytes;
        }
    h->released += total;
    gotk__unlock(&lock);
    return total;
}

uint64_t gotk__heap_committed(void) { return (uint64_t)(gotk__pages.top - gotk__pages.lo); }

/* ---------------------------------------------------------------------------------------- raw memory */

void *gotk__raw_alloc(uint64_t size) {
    charge(size);
    void *p = calloc(1, size ? size : 1);
    if (!p) out_of_memory(size);
    count(&gotk__pages.raw, (int64_t)size);
    return p;
}

void gotk__raw_free(void *p, uint64_t size) {
    if (!p) return;
    count(&gotk__pages.raw, -(int64_t)size);
    free(p);
}
