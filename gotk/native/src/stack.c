/* SPDX-License-Identifier: BSD-3-Clause
 * Memory of goroutines: blocks that hold a G and its first stack segment, and further segments by size.
 *
 * A first block is 1 KiB and a bit: the stack grows down from the G at its upper end, so a goroutine that stays shallow
 * touches a few neighbouring cache lines, and several goroutines share each page fault. The size is an odd number of
 * cache lines, so that the hot parts of many goroutines spread over all cache sets. Blocks are carved from large
 * mappings (a mapping per stack would hit vm.max_map_count at 65,530) that are populated ahead in batches, since page
 * faults are nearly all the cost of a new goroutine.
 *
 * Free blocks go to a LIFO array of the P, in batches of FREE_BATCH to and from a global pool. Further segments have
 * classes of 2 KiB << k; larger ones are mapped by themselves. A segment that the goroutine leaves stays attached to the
 * one before (asm: __morestack) until the goroutine parks or ends.
 *
 * Rejected: a thread that provides the next huge page ahead of its use (at one proc skynet was no faster and at two it lost a third, since
 * both threads then provide the same page), guard pages (a mapping each; the prologues check), a contiguous stack that is copied (pointers into it would
 * need exact maps), powers of two (all hot lines fall into the same few cache sets). */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "scheduler.h"

enum {
    BLOCK = SEGMENTED_STACKS ? 1088 : (((int)sizeof(G) + 63) & ~63) | 64,
    G_OFFSET = SEGMENTED_STACKS ? (BLOCK - (int)sizeof(G)) & ~63 : 0,
    FREE_BATCH = 64,
    SEG_CLASSES = 8,
    SEG_MIN = 2048,
    SEG_KEEP = 32,             /* free segments a P keeps, all classes */
    POPULATE = 256 << 10,
    HUGE_CHUNK = 2 * HUGE_PAGE, /* and larger ones */
};
_Static_assert(BLOCK % 128 == 64, "an odd number of cache lines");
_Static_assert(!SEGMENTED_STACKS || G_OFFSET - STACK_GUARD >= 256, "room for a goroutine's own frames");

/* ---- mappings ---- */

struct chunk { struct chunk *next; char *base; uint64_t size, used, populated, block; };

static gotk__mutex pool_lock;
static struct chunk *g_chunks, *g_chunk;   /* lock to add; the list may be walked with the world stopped */
static uint64_t next_chunk_size = 256 << 10;
#if SEGMENTED_STACKS
static struct chunk *seg_chunk;
static uint64_t next_seg_chunk_size = 256 << 10;
#endif
static _Atomic uint64_t live_bytes, peak_bytes;

static void note(int64_t bytes)
{
    uint64_t now = atomic_fetch_add_explicit(&live_bytes, (uint64_t)bytes, memory_order_relaxed) + (uint64_t)bytes;
    uint64_t peak = atomic_load_explicit(&peak_bytes, memory_order_relaxed);
    while (bytes > 0 && now > peak && !atomic_compare_exchange_weak_explicit(&peak_bytes, &peak, now, memory_order_relaxed, memory_order_relaxed)) {}
}

uint64_t gotk__stack_bytes(void) { return atomic_load_explicit(&live_bytes, memory_order_relaxed); }
uint64_t gotk__stack_peak_bytes(void) { return atomic_load_explicit(&peak_bytes, memory_order_relaxed); }

_Noreturn static void no_memory(void) { gotk__fatal_error("runtime: cannot allocate memory for stacks"); }

static void *map(uint64_t size)
{
    void *m = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (m == MAP_FAILED) no_memory();
    return m;
}

static struct chunk *new_chunk(uint64_t *next_size, uint64_t least)
{
    struct chunk *c = gotk__raw_alloc(sizeof *c);
    uint64_t size = *next_size > least ? *next_size : least;
    if (*next_size < 64u << 20) *next_size *= 2;
    c->base = size >= HUGE_CHUNK ? gotk__map_huge(size) : map(size);
    if (!c->base) no_memory();
    c->size = size;
    return c;
}

/* n bytes from the chunk, made present a batch at a time: one call instead of a fault a page. */
static void *carve(struct chunk *c, uint64_t n)
{
    if (c->used + n > c->size) return NULL;
    char *p = c->base + c->used;
    c->used += n;
    if (c->used > c->populated) {
        uint64_t to = c->used + (c->used < POPULATE ? c->used : POPULATE);
        to = (to + 4095) & ~4095ull;
        if (to > c->size) to = c->size;
        c->populated = (uint64_t)(gotk__populate(c->base + c->populated, c->base + to, c->size >= HUGE_CHUNK) - c->base);
    }
    return p;
}

/* ---- first blocks ---- */

struct batch { struct batch *next; G *g[FREE_BATCH]; };
static struct batch *pool, *pool_spare;  /* full batches, and empty ones; lock */
static struct gotk__big { struct gotk__big *next, *prev; uint64_t size; } *bigs;  /* lock; G follows the header */
enum { BIG_SPARES = 256 };                 /* what a host's goroutines that ended leave for the next ones: a few MB */
static struct gotk__big *big_spares;       /* lock */
static int nbig_spares;                    /* lock */

static inline char *block_of(G *g) { return (char *)g - G_OFFSET; }

static void init_segment(G *g, char *lo, char *hi, uint64_t size)
{
    gotk__seg *s = &g->seg0;
    s->next = s->prev = NULL;
    s->limit = (uint64_t)lo + STACK_GUARD;
    s->top = (uint64_t)hi & ~15ull;
    s->room = s->top - s->limit;
    s->size = s->total = size;
}

void gotk__g_refill(P *p)
{
    gotk__lock(&pool_lock);
    struct batch *b = pool;
    p->ngfree = FREE_BATCH;
    if (b) {
        pool = b->next;
        b->next = pool_spare;
        pool_spare = b;
        memcpy(p->gfree, b->g, sizeof b->g);
        gotk__unlock(&pool_lock);
        return;
    }
    for (int i = FREE_BATCH - 1; i >= 0; i--) {
        char *block = g_chunk ? carve(g_chunk, BLOCK) : NULL;
        if (!block) {
            g_chunk = new_chunk(&next_chunk_size, 0);
            g_chunk->next = g_chunks;
            g_chunks = g_chunk;
            block = carve(g_chunk, BLOCK);
        }
        G *g = (G *)(block + G_OFFSET);
#if SEGMENTED_STACKS
        init_segment(g, block, (char *)g, BLOCK);
#endif
        g->seg = &g->seg0;
        p->gfree[i] = g;
    }
#if !SEGMENTED_STACKS
    gotk__stacks_map(p->gfree, FREE_BATCH);
#endif
    gotk__unlock(&pool_lock);
    note((int64_t)FREE_BATCH * (SEGMENTED_STACKS ? BLOCK : BLOCK + 4096));     /* of a mapped stack one page is in use at least */
}

/* ---- further segments ---- */

static gotk__seg *seg_pool[SEG_CLASSES];
static uint32_t seg_pool_n[SEG_CLASSES];

static int class_of(uint64_t size)
{
    int c = 0;
    while (c < SEG_CLASSES && ((uint64_t)SEG_MIN << c) < size) c++;
    return c;
}

#if SEGMENTED_STACKS
static gotk__seg *seg_get(P *p, uint64_t size)
{
    int c = class_of(size);
    gotk__seg *s;
    if (c == SEG_CLASSES) {
        size = (size + 65535) & ~65535ull;
        s = map(size);
        note((int64_t)size);
        s->size = size;
    } else if (p && (s = p->segfree[c]) != NULL) {
        p->segfree[c] = s->next;
        p->nsegfree--;
    } else {
        size = (uint64_t)SEG_MIN << c;
        gotk__lock(&pool_lock);
        s = seg_pool[c];
        if (s) {
            seg_pool[c] = s->next;
            seg_pool_n[c]--;
            gotk__unlock(&pool_lock);
        } else {
            s = seg_chunk ? carve(seg_chunk, size) : NULL;
            if (!s) {
                seg_chunk = new_chunk(&next_seg_chunk_size, size);
                s = carve(seg_chunk, size);
            }
            gotk__unlock(&pool_lock);
            note((int64_t)size);
            s->size = size;
        }
    }
    s->next = NULL;
    s->limit = (uint64_t)(s + 1) + STACK_GUARD;
    s->top = ((uint64_t)s + s->size) & ~15ull;
    s->room = s->top - s->limit;
    return s;
}
#endif

static void seg_put(P *p, gotk__seg *s)
{
    int c = class_of(s->size);
    if (c == SEG_CLASSES) {
        note(-(int64_t)s->size);
        munmap(s, s->size);
        return;
    }
    if (p && p->nsegfree < SEG_KEEP) {
        s->next = p->segfree[c];
        p->segfree[c] = s;
        p->nsegfree++;
        return;
    }
    gotk__lock(&pool_lock);
    s->next = seg_pool[c];
    seg_pool[c] = s;
    seg_pool_n[c]++;
    gotk__unlock(&pool_lock);
    /* Many unused large ones: their pages back to the system, the address space stays ours. */
    if (c >= 3 && seg_pool_n[c] > 64) madvise((char *)(((uint64_t)s + 4096 + 4095) & ~4095ull), s->size - 8192, MADV_DONTNEED);
}

static void seg_put_all(P *p, gotk__seg *s)
{
    while (s) {
        gotk__seg *next = s->next;
        seg_put(p, s);
        s = next;
    }
}

/* On g0. */
_Noreturn void gotk__stack_overflow(G *g)
{
    char text[96];
    uint64_t limit = SEGMENTED_STACKS || gotk__options.max_stack < g->seg0.size ? gotk__options.max_stack : g->seg0.size;
    int n = snprintf(text, sizeof text, "runtime: goroutine stack exceeds %llu-byte limit\n", (unsigned long long)limit);
    gotk__write_stderr(text, n);
    gotk__fatal_error("stack overflow");
}

#if SEGMENTED_STACKS
/* From __morestack, on g0: g->seg->next must get room for a frame of need bytes. */
void gotk__morestack_slow(G *g, uint64_t need)
{
    gotk__seg *s = g->seg;
    P *p = gotk__p();
    if (s->next) {             /* too small */
        seg_put_all(p, s->next);
        s->next = NULL;
    }
    uint64_t size = s->total < 64 << 10 ? s->total : 64 << 10;  /* as much again: few crossings, waste at most half */
    need += sizeof(gotk__seg) + STACK_GUARD + 128;
    if (need > size) size = need;
    if (s->total + size > gotk__options.max_stack) gotk__stack_overflow(g);
    gotk__seg *n = seg_get(p, size);
    n->prev = s;
    n->total = s->total + n->size;
    s->next = n;
    if (n->total > g->row->stack_bytes) g->row->stack_bytes = (uint32_t)n->total;
}
#endif

/* From the return to a segment, on g0: gives back those beyond the one being left (deep recursion unwinds, or a panic
 * jumped over them). */
void gotk__lessstack_slow(G *g)
{
    gotk__seg *s = g->seg;
    seg_put_all(gotk__p(), s->next);
    s->next = NULL;
}

void gotk__g_trim(G *g)
{
    gotk__seg *s = g->seg;
    seg_put_all(gotk__p(), s->next);
    s->next = NULL;
}

/* ---- end of a goroutine ---- */

void gotk__g_free_slow(P *p, G *g)
{
    if (g->seg != &g->seg0) {  /* Goexit deep down, or arguments too large for the first segment */
        g->seg = &g->seg0;
    }
    if (g->seg0.next) {
        seg_put_all(p, g->seg0.next);
        g->seg0.next = NULL;
    }
    if (__builtin_expect(g->flags & G_FLAG_FIRST, 0)) {
        struct gotk__big *b = (struct gotk__big *)((char *)g - 64);
        gotk__lock(&pool_lock);
        if (b->prev) b->prev->next = b->next;
        else bigs = b->next;
        if (b->next) b->next->prev = b->prev;
        bool keep = gotk__embedded && nbig_spares < BIG_SPARES;
        if (keep) {
            b->next = big_spares;
            big_spares = b;
            nbig_spares++;
        }
        gotk__unlock(&pool_lock);
        note(-(int64_t)b->size);
        if (keep) return;
        munmap((char *)(((uint64_t)g + sizeof(G) + 4095) & ~4095ull) - b->size, b->size);
        return;
    }
    if (__builtin_expect(p->ngfree == GFREE_MAX, 0)) {
        gotk__lock(&pool_lock);
        struct batch *b = pool_spare;
        if (b) pool_spare = b->next;
        else b = gotk__raw_alloc(sizeof *b);
        memcpy(b->g, p->gfree, sizeof b->g);   /* the coldest */
#if !SEGMENTED_STACKS
        for (int i = 0; i < FREE_BATCH; i++) gotk__stack_discard(b->g[i]);
#endif
        b->next = pool;
        pool = b;
        gotk__unlock(&pool_lock);
        p->ngfree = GFREE_MAX - FREE_BATCH;
        memmove(p->gfree, p->gfree + FREE_BATCH, (GFREE_MAX - FREE_BATCH) * sizeof *p->gfree);
    }
    p->gfree[p->ngfree++] = g;
}

/* A goroutine with a stack of its own mapping: for C functions that do not check their stack. */
G *gotk__g_alloc_big(uint64_t stack_size)
{
    uint64_t size = (stack_size + sizeof(G) + 64 + STACK_GUARD + 8191) & ~4095ull;
    struct gotk__big *b = NULL;
    gotk__lock(&pool_lock);
    if (big_spares && big_spares->size == size) {
        b = big_spares;
        big_spares = b->next;
        nbig_spares--;
    }
    gotk__unlock(&pool_lock);
    char *m;
    if (b) {
        m = (char *)(((uint64_t)b + 64 + sizeof(G) + 4095) & ~4095ull) - size;
    } else {
        m = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (m != MAP_FAILED && mprotect(m, 4096, PROT_NONE)) {
            munmap(m, size);
            m = MAP_FAILED;
        }
        if (m == MAP_FAILED) {
            if (gotk__embedded) return NULL;
            gotk__fatal_error("runtime: cannot allocate memory for a stack");
        }
        b = (struct gotk__big *)(((uint64_t)m + size - sizeof(G) - 64) & ~63ull);
        b->size = size;
    }
    G *g = (G *)((char *)b + 64);
    gotk__lock(&pool_lock);
    b->next = bigs;
    b->prev = NULL;
    if (bigs) bigs->prev = b;
    bigs = b;
    gotk__unlock(&pool_lock);
    note((int64_t)size);
    init_segment(g, m + 4096, (char *)b, size);
    g->seg = &g->seg0;
    g->flags = G_FLAG_FIRST;
    return g;
}

/* The P goes away: its caches back to the pool (the odd remainder of a batch waits in the next P's cache). */
void gotk__stack_p_release(P *p)
{
    P *to = gotk__sched.allp[0];
    while (p->ngfree && p != to) gotk__g_free(to, p->gfree[--p->ngfree]);
    for (int c = 0; c < SEG_CLASSES; c++) {
        gotk__seg *s;
        while ((s = p->segfree[c]) != NULL) {
            p->segfree[c] = s->next;
            p->nsegfree--;
            seg_put(NULL, s);
        }
    }
}

/* ---- walking, with the world stopped (or by a dying process) ---- */

void gotk__each_g(void (*f)(void *arg, G *g), void *arg)
{
    for (struct chunk *c = g_chunks; c; c = c->next)
        for (uint64_t at = 0; at + BLOCK <= c->used; at += BLOCK) {
            G *g = (G *)(c->base + at + G_OFFSET);
            uint32_t state = atomic_load_explicit(&g->state, memory_order_acquire);
            if (state != G_IDLE && state != G_DEAD) f(arg, g);
        }
    for (struct gotk__big *b = bigs; b; b = b->next) f(arg, (G *)((char *)b + 64));
}

struct walk { void (*f)(void *, void *, void *); void *arg; };

static void walk_stack(void *arg, G *g)
{
    struct walk *w = arg;
    uint64_t sp = g->sp;
    if (g->sigframe) sp -= 128; /* red zone of a leaf function */
    for (gotk__seg *s = g->seg; s; s = s->prev) {
        if (sp < (uint64_t)s->limit - STACK_GUARD || sp > s->top) sp = s->limit - STACK_GUARD; /* not running Go now: whole */
        w->f(w->arg, (void *)(sp & ~7ull), (void *)s->top);
        sp = s->old_sp;
    }
    w->f(w->arg, g, g + 1);    /* saved registers, results, defers, panics, sudog */
    if (g->sigframe) {
        extern uint64_t gotk__sigframe_size(void *);
        w->f(w->arg, g->sigframe, (char *)g->sigframe + gotk__sigframe_size(g->sigframe));
    }
}

/* Where the next batch of blocks begins; the big ones come last, all at once. */
static struct { gotk__mutex lock; struct chunk *chunk; uint64_t at; bool bigs; } stacks;

void gotk__stacks_begin(void)
{
    gotk__lock(&stacks.lock);
    stacks.chunk = g_chunks;
    stacks.at = 0;
    __atomic_store_n(&stacks.bigs, true, __ATOMIC_RELAXED);
    gotk__unlock(&stacks.lock);
}

bool gotk__stacks_left(void) { return __atomic_load_n(&stacks.bigs, __ATOMIC_RELAXED); }

bool gotk__stacks_next(void (*f)(void *arg, void *lo, void *hi), void *arg)
{
    enum { BATCH = 64, AHEAD = 2 };
    struct walk w = {f, arg};
    gotk__lock(&stacks.lock);
    while (stacks.chunk && stacks.at + BLOCK > stacks.chunk->used) {
        stacks.chunk = stacks.chunk->next;
        stacks.at = 0;
    }
    struct chunk *c = stacks.chunk;
    uint64_t from = stacks.at, to = from;
    bool big = !c && stacks.bigs;
    if (c) {
        to = from + BATCH * BLOCK < c->used / BLOCK * BLOCK ? from + BATCH * BLOCK : c->used / BLOCK * BLOCK;
        stacks.at = to;
    } else {
        __atomic_store_n(&stacks.bigs, false, __ATOMIC_RELAXED);
    }
    gotk__unlock(&stacks.lock);
    for (uint64_t at = from; at < to; at += BLOCK) {
        /* No cache holds parked goroutines: fetch the G and the part of the stack below it while others are scanned. */
        const char *ahead = c->base + at + AHEAD * BLOCK + G_OFFSET;
        if (at + (AHEAD + 1) * BLOCK <= to)
            for (int64_t line = -320; line < (int64_t)sizeof(G); line += 64) __builtin_prefetch(ahead + line);
        G *g = (G *)(c->base + at + G_OFFSET);
        uint32_t state = atomic_load_explicit(&g->state, memory_order_acquire);
        if (state != G_IDLE && state != G_DEAD) walk_stack(&w, g);
    }
    if (big)
        for (struct gotk__big *b = bigs; b; b = b->next) walk_stack(&w, (G *)((char *)b + 64));
    return c || big;
}
