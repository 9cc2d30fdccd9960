/* SPDX-License-Identifier: BSD-3-Clause
 * Semaphores: goroutines that wait until a word of memory is not zero. The sleeping half of package sync's locks.
 *
 * Waiters are found by the word's address, in a table of buckets: a bucket is a list of queues, one for each address, and a queue
 * is a list of sudogs whose first also carries the queue's tail (elem) and the next queue of the bucket (prev).
 *
 * A release raises the word, then looks for waiters; an acquire announces itself in the bucket's count, then looks at the
 * word: both are sequentially consistent, so that at least one sees the other. The release takes the unit for the
 * waiter it wakes (a waiter resumes in Go code and cannot try again by itself); units are therefore granted in queue order.
 *
 * Go keeps a treap for each of 251 buckets; with more buckets plain lists do, since long ones need thousands of contended
 * words. Lock order: a bucket's lock is taken alone. Runs on the g0 stack. */
#include "sudog.h"

enum { BUCKETS_LOG2 = 10 };

static struct bucket {
    _Alignas(64) gotk__mutex lock;
    _Atomic uint32_t waiters;
    sudog *queues;
} table[1 << BUCKETS_LOG2];

static struct bucket *bucket_of(const void *addr) {
    uint64_t h = (uint64_t)(uintptr_t)addr * 0x9e3779b97f4a7c15u;
    return &table[h >> (64 - BUCKETS_LOG2)];
}

static bool try_acquire(_Atomic uint32_t *addr) {
    uint32_t v = atomic_load(addr);
    while (v > 0)
        if (atomic_compare_exchange_weak(addr, &v, v - 1)) return true;
    return false;
}

static sudog **find(struct bucket *b, const void *addr) {
    sudog **at = &b->queues;
    while (*at && (*at)->object != addr) at = &(*at)->prev;
    return at;
}

static void enqueue(struct bucket *b, sudog *s, void *addr, bool first) {
    sudog **at = find(b, addr), *head = *at;
    s->object = addr;
    s->queued = true;
    if (!head) {
        s->next = NULL;
        s->elem = s;
        s->prev = NULL;
        *at = s;
    } else if (first) {
        s->next = head;
        s->elem = head->elem;
        s->prev = head->prev;
        *at = s;
    } else {
        s->next = NULL;
        ((sudog *)head->elem)->next = s;
        head->elem = s;
    }
}

/* With the lock. Only an announcement has to be ordered. */
static void add_waiters(struct bucket *b, uint32_t n) {
    atomic_store_explicit(&b->waiters, atomic_load_explicit(&b->waiters, memory_order_relaxed) + n, memory_order_relaxed);
}

static sudog *dequeue(struct bucket *b, sudog **at) {
    sudog *head = *at, *next = head->next;
    if (next) {
        next->elem = head->elem;
        next->prev = head->prev;
        *at = next;
    } else {
        *at = head->prev;
    }
    head->next = head->prev = NULL;
    head->elem = NULL;
    head->queued = false;
    add_waiters(b, -1);
    return head;
}

static gotk__ret2 acquire(_Atomic uint32_t *addr, int64_t reason, bool first) {
    if (try_acquire(addr)) return (gotk__ret2){0, 0};
    struct bucket *b = bucket_of(addr);
    gotk__lock(&b->lock);
    atomic_fetch_add(&b->waiters, 1);           /* a full barrier, then look: partner in gotk__semrelease */
    if (try_acquire(addr)) {
        add_waiters(b, -1);
        gotk__unlock(&b->lock);
        return (gotk__ret2){0, 0};
    }
    G *g = gotk__self();
    gotk__park_begin(g, (enum gotk__reason)reason);
    enqueue(b, own_sudog(g), addr, first);
    gotk__unlock(&b->lock);
    return gotk__park_end(g);
}

gotk__ret2 gotk__semacquire(_Atomic uint32_t *addr, int64_t reason) {
    return acquire(addr, reason, false);
}

gotk__ret2 gotk__semacquire1(_Atomic uint32_t *addr, int64_t reason, uint8_t first) {
    return acquire(addr, reason, first);
}

/* A unit that a waiter gets straight from its release never shows in the word. handoff: the waiter is to run at once, in what is left
 * of the caller's time slice. */
gotk__ret2 gotk__semrelease(_Atomic uint32_t *addr, uint8_t handoff) {
    gotk__ret2 none = {0, 0};
    struct bucket *b = bucket_of(addr);
    sudog *s = NULL;
    if (atomic_load_explicit(&b->waiters, memory_order_relaxed)) {
        gotk__lock(&b->lock);
        sudog **at = find(b, (void *)addr);
        if (*at) s = dequeue(b, at);
        gotk__unlock(&b->lock);
    }
    if (!s) {
        atomic_fetch_add(addr, 1);
        if (atomic_load(&b->waiters) == 0) return none;    /* partner in acquire */
        gotk__lock(&b->lock);
        sudog **at = find(b, (void *)addr);
        if (*at && try_acquire(addr)) s = dequeue(b, at);
        gotk__unlock(&b->lock);
        if (!s) return none;
    }
    gotk__ready(s->g);
    if (handoff && gotk__p()) atomic_fetch_or_explicit(&gotk__m()->preempt, PREEMPT_LOCAL, memory_order_relaxed);
    return none;
}
