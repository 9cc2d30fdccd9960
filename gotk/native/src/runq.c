/* SPDX-License-Identifier: BSD-3-Clause
 * Queues of runnable goroutines: a lock-free ring with a next slot per P, and the global list.
 *
 * Ring: the owner alone writes tail; owner and thieves advance head by compare-and-swap. A slot between head and tail
 * is stable: the owner reuses it only after it has seen head pass it. A thief reads slots first and claims them by its
 * compare-and-swap afterwards, so what it read counts only if head did not move.
 *   put:   slot = g; tail = t+1 (release)        pairs with the thief's acquire load of tail
 *   steal: read slots; CAS head h -> h+n         pairs with the owner's acquire load of head in put
 * runnext holds the goroutine that was readied last. It runs next and inherits the time slice, so two goroutines that
 * wake each other cannot starve the rest: sysmon sees one slice. Thieves may take it, in their last round only.
 *
 * With a single proc nobody can steal (thieves hold Ps), so the owner advances head by a plain store. The number of procs
 * only changes with the world stopped. */
#include "scheduler.h"

static inline bool alone(void)
{
    return atomic_load_explicit(&gotk__sched.nprocs, memory_order_relaxed) == 1;
}

uint32_t gotk__runq_len(P *p)
{
    uint32_t t = atomic_load_explicit(&p->tail, memory_order_acquire), h = atomic_load_explicit(&p->head, memory_order_acquire);
    uint32_t n = t - h;
    if (n > RUNQ_SIZE) n = 0;  /* read at two moments */
    return n + (atomic_load_explicit(&p->runnext, memory_order_relaxed) != NULL);
}

/* May be called by anybody. The owner moves a goroutine from runnext to the ring by replacing runnext first and then
 * publishing the tail; the loop makes sure that we did not look in between. */
bool gotk__runq_empty(P *p)
{
    for (;;) {
        uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire);
        uint32_t t = atomic_load_explicit(&p->tail, memory_order_acquire);
        G *next = atomic_load_explicit(&p->runnext, memory_order_acquire);
        if (t == atomic_load_explicit(&p->tail, memory_order_acquire)) return h == t && !next;
    }
}

/* Half of a full ring, and g, to the global queue. Fails if a thief was faster (then there is room). */
static bool put_slow(P *p, G *g, uint32_t h, uint32_t t)
{
    G *batch[RUNQ_SIZE / 2 + 1];
    uint32_t n = (t - h) / 2;
    if (n != RUNQ_SIZE / 2) return false;
    for (uint32_t i = 0; i < n; i++) batch[i] = atomic_load_explicit(&p->ring[(h + i) % RUNQ_SIZE], memory_order_relaxed);
    if (!atomic_compare_exchange_strong_explicit(&p->head, &h, h + n, memory_order_acq_rel, memory_order_relaxed)) return false;
    batch[n] = g;
    for (uint32_t i = 0; i < n; i++) batch[i]->schedlink = batch[i + 1];
    gotk__globq_put_batch(batch[0], batch[n], n + 1);
    return true;
}

void gotk__runq_put(P *p, G *g, bool next)
{
    if (next) {
        G *old = atomic_load_explicit(&p->runnext, memory_order_relaxed);
        if (alone()) {
            atomic_store_explicit(&p->runnext, g, memory_order_relaxed);
        } else {
            while (!atomic_compare_exchange_weak_explicit(&p->runnext, &old, g, memory_order_acq_rel, memory_order_relaxed)) {}
        }
        if (!old) return;
        g = old;
    }
    for (;;) {
        uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire);
        uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
        if (t - h < RUNQ_SIZE) {
            atomic_store_explicit(&p->ring[t % RUNQ_SIZE], g, memory_order_relaxed);
            atomic_store_explicit(&p->tail, t + 1, memory_order_release);
            return;
        }
        if (put_slow(p, g, h, t)) return;
    }
}

G *gotk__runq_get(P *p, bool *inherit)
{
    G *next = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    if (next) {
        *inherit = true;
        if (alone()) {
            atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
            return next;
        }
        /* Only thieves compete, and they only clear it. */
        if (atomic_compare_exchange_strong_explicit(&p->runnext, &next, NULL, memory_order_acq_rel, memory_order_relaxed)) return next;
    }
    *inherit = false;
    for (;;) {
        uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire);
        uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
        if (h == t) return NULL;
        G *g = atomic_load_explicit(&p->ring[h % RUNQ_SIZE], memory_order_relaxed);
        if (alone()) {
            atomic_store_explicit(&p->head, h + 1, memory_order_relaxed);
            return g;
        }
        if (atomic_compare_exchange_strong_explicit(&p->head, &h, h + 1, memory_order_acq_rel, memory_order_relaxed)) return g;
    }
}

/* Half of from's ring to p's (whose ring is empty); returns one of them. The caller holds p. */
G *gotk__runq_steal(P *p, P *from, bool next_too)
{
    uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
    for (;;) {
        uint32_t h = atomic_load_explicit(&from->head, memory_order_acquire);
        uint32_t end = atomic_load_explicit(&from->tail, memory_order_acquire);
        uint32_t n = end - h;
        n -= n / 2;
        if (n == 0) {
            if (!next_too) return NULL;
            G *next = atomic_load_explicit(&from->runnext, memory_order_acquire);
            if (!next) return NULL;
            if (!atomic_compare_exchange_strong_explicit(&from->runnext, &next, NULL, memory_order_acq_rel, memory_order_relaxed)) continue;
            return next;
        }
        if (n > RUNQ_SIZE / 2) continue; /* h and end were read at two moments */
        for (uint32_t i = 0; i < n; i++)
            atomic_store_explicit(&p->ring[(t + i) % RUNQ_SIZE],
                                  atomic_load_explicit(&from->ring[(h + i) % RUNQ_SIZE], memory_order_relaxed), memory_order_relaxed);
        if (!atomic_compare_exchange_strong_explicit(&from->head, &h, h + n, memory_order_acq_rel, memory_order_relaxed)) continue;
        n--;
        G *g = atomic_load_explicit(&p->ring[(t + n) % RUNQ_SIZE], memory_order_relaxed);
        if (n) atomic_store_explicit(&p->tail, t + n, memory_order_release);
        COUNT(p->n_steals, n + 1);
        return g;
    }
}

void gotk__globq_put_locked(G *g)
{
    struct gotk__sched *s = &gotk__sched;
    g->schedlink = NULL;
    if (s->runq_tail) s->runq_tail->schedlink = g;
    else s->runq_head = g;
    s->runq_tail = g;
    atomic_fetch_add_explicit(&s->runq_size, 1, memory_order_relaxed);
}

void gotk__globq_put(G *g)
{
    gotk__lock(&gotk__sched.lock);
    gotk__globq_put_locked(g);
    gotk__unlock(&gotk__sched.lock);
}

/* head..tail are linked by schedlink */
void gotk__globq_put_batch(G *head, G *tail, uint32_t n)
{
    struct gotk__sched *s = &gotk__sched;
    tail->schedlink = NULL;
    gotk__lock(&s->lock);
    if (s->runq_tail) s->runq_tail->schedlink = head;
    else s->runq_head = head;
    s->runq_tail = tail;
    atomic_fetch_add_explicit(&s->runq_size, n, memory_order_relaxed);
    gotk__unlock(&s->lock);
}

static G *globq_pop(void)
{
    struct gotk__sched *s = &gotk__sched;
    G *g = s->runq_head;
    s->runq_head = g->schedlink;
    if (!s->runq_head) s->runq_tail = NULL;
    return g;
}

G *gotk__globq_get_locked(P *p, uint32_t max)
{
    struct gotk__sched *s = &gotk__sched;
    uint32_t size = atomic_load_explicit(&s->runq_size, memory_order_relaxed);
    if (!size) return NULL;
    uint32_t n = size / atomic_load_explicit(&s->nprocs, memory_order_relaxed) + 1;
    if (n > size) n = size;
    if (max && n > max) n = max;
    uint32_t used = atomic_load_explicit(&p->tail, memory_order_relaxed) - atomic_load_explicit(&p->head, memory_order_acquire);
    uint32_t room = RUNQ_SIZE / 2 > used ? RUNQ_SIZE / 2 - used : 0;  /* half: leave room for what these will spawn */
    if (n > room + 1) n = room + 1;
    atomic_fetch_sub_explicit(&s->runq_size, n, memory_order_relaxed);
    G *g = globq_pop();
    while (--n) gotk__runq_put(p, globq_pop(), false);
    return g;
}
