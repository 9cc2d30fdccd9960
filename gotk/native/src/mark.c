/* SPDX-License-Identifier: BSD-3-Clause
 * The marking phase of a collection (gc.c), by one marker or by several at once; the world is stopped.
 *
 * A marker keeps the objects that it has marked and not yet scanned in a packet, used as a stack. Between packet and scan
 * lies a short queue of objects whose memory is being fetched: marking is a walk over memory that no cache holds, and this
 * overlaps the misses. Full packets go to a list that all markers share; a marker that sees another one hungry gives half
 * of its packet away, the older half, since objects near the roots have more below them.
 *
 * The collecting thread is a marker and goes through the roots, but for stacks, which all markers take in batches. Helpers are threads of this file, one per proc beyond the
 * first, asleep between collections. They join when they wake up, so nobody waits for a helper that is late. A marker that
 * finds no work counts itself idle; when all that have joined are idle and the list is empty, marking is over (`over`,
 * decided under the lock, after which nobody joins).
 *
 * A slot's mark bit starts as its free bit: what is free counts as marked already, so that one test answers "is this a word
 * to follow". With one marker the bits are set by plain stores, with several by atomic or.
 *
 * Rejected: one shared work queue (every push would be contended); stealing from other markers' stacks (needs a deque with
 * fences on the path of every push, to save what giving away costs rarely); prefetching the map and the span's record as
 * well as the object (they are small enough to stay cached). */
#include "heap.h"
#include "scheduler.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

enum { PACKET = 510,                     /* entries: a packet is a page */
       RING = 8,                         /* objects being fetched: about what a core keeps outstanding */
       CHUNK = 32 << 10,                 /* larger objects are scanned and shared in pieces */
       KEEP = 64,                        /* packets kept between collections */
       LOOK = 32 };                      /* objects scanned between looks for hungry markers */

static inline void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

struct packet {
    struct packet *next;
    uint64_t n;
    uint64_t v[PACKET];                  /* low bit: go on scanning a large object at this address (objects are 8-aligned) */
};
_Static_assert(sizeof(struct packet) == 4096, "PACKET");

struct marker {
    struct packet *work;                 /* its own */
    uint32_t head, count, ticks;
    uint64_t ring[RING];
};

static struct {
    _Alignas(64) gotk__mutex lock;       /* all but hungry and epoch */
    struct packet *full, *spare;
    uint64_t made;                       /* packets made so far */
    uint32_t active, idle, allowed;      /* markers that have joined, of them without work; helpers that may join */
    bool over;
    _Alignas(64) _Atomic uint32_t hungry;/* idle, for markers at work: read without the lock, only a hint */
    _Atomic uint32_t epoch;              /* futex: one more for each collection with helpers */
    _Atomic uint32_t leaving;            /* futex: helpers still at work; the coordinator waits for 0 */
} team = {.over = true};

static uint8_t *packets;                 /* room for every packet that could ever be needed; address space only */
static struct marker first;
static bool shared;                      /* helpers take part: set before they start */
static uint32_t nhelpers;                /* threads made */

/* ------------------------------------------------------------------------------------------------ packets */

static struct packet *new_packet_locked(void) {
    struct packet *p = team.spare;
    if (p) {
        team.spare = p->next;
    } else {
        if (!packets) {
            /* Every object is in one entry at most, and the smallest with pointers has 8 bytes; half-empty packets are few. */
            uint64_t size = (uint64_t)(gotk__pages.end - gotk__pages.lo);
            void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            if (at == MAP_FAILED) gotk__throw("no address space for the collector's work list: %s", strerror(errno));
            packets = at;
        }
        p = (struct packet *)(packets + team.made++ * sizeof *p);
    }
    p->n = 0;
    return p;
}

static void put_full(struct packet *p) {
    gotk__lock(&team.lock);
    p->next = team.full;
    team.full = p;
    gotk__unlock(&team.lock);
}

static __attribute__((noinline)) void overflow(struct marker *mk) {
    gotk__lock(&team.lock);
    mk->work->next = team.full;
    team.full = mk->work;
    mk->work = new_packet_locked();
    gotk__unlock(&team.lock);
}

static inline void push(struct marker *mk, uint64_t v) {
    if (__builtin_expect(mk->work->n == PACKET, 0)) overflow(mk);
    mk->work->v[mk->work->n++] = v;
}

/* The older half of our packet for whoever is hungry. */
static __attribute__((noinline)) void give(struct marker *mk) {
    struct packet *p = mk->work;
    if (p->n < 2) return;
    gotk__lock(&team.lock);
    struct packet *q = team.full ? NULL : new_packet_locked();
    gotk__unlock(&team.lock);
    if (!q) return;
    uint64_t n = p->n / 2;
    memcpy(q->v, p->v, n * sizeof *p->v);
    memmove(p->v, p->v + n, (p->n - n) * sizeof *p->v);
    q->n = n;
    p->n -= n;
    put_full(q);
}

/* Another packet instead of the empty one. Without `wait`: false if there is none now. With: false if marking is over. */
static bool get(struct marker *mk, bool wait) {
    gotk__lock(&team.lock);
    for (;;) {
        if (wait && gotk__stacks_left()) {
            gotk__unlock(&team.lock);
            return true;                             /* with the empty packet: the caller looks at stacks first */
        }
        struct packet *p = team.full;
        if (p) {
            team.full = p->next;
            mk->work->next = team.spare;
            team.spare = mk->work;
            mk->work = p;
            gotk__unlock(&team.lock);
            return true;
        }
        if (!wait) break;
        if (++team.idle == team.active) {
            team.over = true;
            break;
        }
        atomic_store_explicit(&team.hungry, team.idle, memory_order_relaxed);
        for (uint32_t spins = 0; !team.full && !team.over && !gotk__stacks_left(); spins++) {
            gotk__unlock(&team.lock);
            if (spins < 64)
                for (int k = 0; k < 32; k++) relax();
            else sched_yield();
            gotk__lock(&team.lock);
        }
        if (team.over) break;
        team.idle--;
        atomic_store_explicit(&team.hungry, team.idle, memory_order_relaxed);
    }
    gotk__unlock(&team.lock);
    return false;
}

/* ------------------------------------------------------------------------------------------------- marking */

/* `several` is a constant wherever this is inlined. Free runs and holes of the map have no elements, large objects one,
 * and a magic of 0. */
static inline __attribute__((always_inline)) void mark(struct marker *mk, uint64_t word, bool several) {
    const struct gotk__pages *h = &gotk__pages;
    uint64_t off = word - (uint64_t)h->lo;
    if (off >= (uint64_t)(h->top - h->lo)) return;
    gotk__span *s = h->map[off >> PAGE_SHIFT];
    if (!s) return;
    uint64_t in = word - (uint64_t)s->base, i = in * s->magic >> 32;
    if (i >= s->nelems) return;
    uint64_t bit = 1ull << (i & 63), *at = &s->mark[i >> 6];
    if (several) {
        if (__atomic_load_n(at, __ATOMIC_RELAXED) & bit || __atomic_fetch_or(at, bit, __ATOMIC_RELAXED) & bit) return;
    } else {
        if (*at & bit) return;
        *at |= bit;
    }
    if (!s->noscan) push(mk, (uint64_t)s->base + i * s->elem_size);
}

/* Words may be anything, of any type, and stacks belong to nobody in particular: no sanitizer should look. */
#define BLIND __attribute__((no_sanitize("address", "thread")))

/* A word on a stack may be the end of an object: optimised loops may hold nothing else. If it is the start of the next
 * one, or of a page, the word before is inside the object. */
static inline __attribute__((always_inline)) void mark_from_stack(struct marker *mk, uint64_t word, bool several) {
    const gotk__span *s = gotk__span_of((const void *)word);
    if (s) {
        uint64_t in = word - (uint64_t)s->base, i = in * s->magic >> 32;
        if (in == i * s->elem_size && word > (uint64_t)gotk__pages.lo) mark(mk, word - 1, several);
    }
    mark(mk, word, several);
}

static BLIND void scan(struct marker *mk, const uint64_t *p, const uint64_t *end, bool stack) {
    bool several = shared;
    if (stack)
        for (; p < end; p++) mark_from_stack(mk, *p, several);
    else
        for (; p < end; p++) mark(mk, *p, several);
}

static inline __attribute__((always_inline)) BLIND void scan_object(struct marker *mk, uint64_t v, bool several) {
    uint64_t at = v & ~7ull;
    const gotk__span *s = gotk__pages.map[(at - (uint64_t)gotk__pages.lo) >> PAGE_SHIFT];
    uint64_t end = s->state == SPAN_LARGE ? (uint64_t)s->base + s->elem_size : at + s->elem_size;
    if (__builtin_expect(end - at > CHUNK, 0)) {
        push(mk, (at + CHUNK) | 1);
        end = at + CHUNK;
    }
    for (const uint64_t *p = (const uint64_t *)at; p < (const uint64_t *)(end & ~7ull); p++) mark(mk, *p, several);
}

static void scan_stack(void *mk, void *lo, void *hi) {
    scan(mk, (const uint64_t *)(((uintptr_t)lo + 7) & ~7ul), (const uint64_t *)((uintptr_t)hi & ~7ul), true);
}

static inline __attribute__((always_inline)) void drain_as(struct marker *mk, bool wait, bool several) {
    for (;;) {
        while (mk->count < RING && mk->work->n) {
            uint64_t v = mk->work->v[--mk->work->n];
            __builtin_prefetch((const void *)v);
            mk->ring[(mk->head + mk->count++) % RING] = v;
        }
        if (!mk->count) {
            if (wait && gotk__stacks_left() && gotk__stacks_next(scan_stack, mk)) continue;
            if (!get(mk, wait)) return;
            continue;
        }
        uint64_t v = mk->ring[mk->head++ % RING];
        mk->count--;
        scan_object(mk, v, several);
        if (several && ++mk->ticks % LOOK == 0 && atomic_load_explicit(&team.hungry, memory_order_relaxed)) give(mk);
    }
}

static void drain(struct marker *mk, bool wait) {
    if (shared) drain_as(mk, wait, true);
    else drain_as(mk, wait, false);
}

void gotk__mark_range(void *arg, void *lo, void *hi) {
    scan(&first, (const uint64_t *)(((uintptr_t)lo + 7) & ~7ul), (const uint64_t *)((uintptr_t)hi & ~7ul), arg != NULL);
    drain(&first, false);
}

/* ------------------------------------------------------------------------------------------------- helpers */

static void *helper(void *arg) {
    struct marker mk = {0};
    uint32_t seen = (uint32_t)(uintptr_t)arg;
    for (;;) {
        uint32_t now;
        while ((now = atomic_load(&team.epoch)) == seen) gotk__futex_wait(&team.epoch, seen, -1);
        seen = now;
        gotk__lock(&team.lock);
        bool join = !team.over && team.allowed > 0;
        if (join) {
            team.allowed--;
            team.active++;
            atomic_fetch_add(&team.leaving, 1);
            if (!mk.work) mk.work = new_packet_locked();
        }
        gotk__unlock(&team.lock);
        if (!join) continue;
        drain(&mk, true);
        gotk__lock(&team.lock);
        mk.work->next = team.spare;
        team.spare = mk.work;
        mk.work = NULL;
        gotk__unlock(&team.lock);
        if (atomic_fetch_sub(&team.leaving, 1) == 1) gotk__futex_wake(&team.leaving, 1);
    }
    return NULL;
}

/* Up to n threads; fewer if the system gives no more. */
static uint32_t ensure_helpers(uint32_t n) {
    if (nhelpers >= n) return n;
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);        /* signals are for threads that run Go code */
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attr, 256 << 10);
    pthread_t t;
    while (nhelpers < n && !pthread_create(&t, &attr, helper, (void *)(uintptr_t)atomic_load(&team.epoch))) nhelpers++;
    pthread_attr_destroy(&attr);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return nhelpers < n ? nhelpers : n;
}

/* ------------------------------------------------------------------------------------------------ the phase */

static void prepare(gotk__span *s) {
    for (uint32_t w = 0; w < s->nwords; w++) s->mark[w] = s->free[w];
}

void gotk__mark_begin(uint32_t helpers) {
    gotk__span_each(prepare);
    helpers = helpers ? ensure_helpers(helpers) : 0;
    shared = helpers > 0;
    gotk__lock(&team.lock);
    if (!first.work) first.work = new_packet_locked();
    team.active = 1;
    team.idle = 0;
    team.allowed = helpers;
    team.over = false;
    gotk__unlock(&team.lock);
    if (shared) {
        atomic_fetch_add(&team.epoch, 1);
        gotk__futex_wake(&team.epoch, (int)helpers);
    }
}

void gotk__mark_finish(void) {
    drain(&first, true);
    for (uint32_t n; (n = atomic_load(&team.leaving)) != 0;) gotk__futex_wait(&team.leaving, n, -1);
    atomic_store_explicit(&team.hungry, 0, memory_order_relaxed);
    shared = false;                                  /* what is still to be marked (finalizers), this thread marks alone */
    team.active = 1;
    team.idle = 0;
}

bool gotk__is_marked(const void *p) {
    const gotk__span *s = gotk__span_of(p);
    if (!s) return true;
    uint64_t i = ((uint64_t)p - (uint64_t)s->base) * s->magic >> 32;
    return i >= s->nelems || s->mark[i >> 6] >> (i & 63) & 1;
}

void gotk__mark_end(void) {
    if (team.made <= KEEP) return;
    /* No helper holds a packet now; ours is empty. */
    madvise(packets + KEEP * sizeof(struct packet), (team.made - KEEP) * sizeof(struct packet), MADV_DONTNEED);
    team.made = 0;
    team.spare = team.full = NULL;
    first.work = NULL;
}
