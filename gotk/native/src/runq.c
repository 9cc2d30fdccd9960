/* SPDX-License-Identifier: BSD-3-Clause
 * Queues of runnable goroutines: a lock-free ring with a next slot per P, and the global list.
 *
 * Ring: the owner alone writes tail; owner and thieves advance head by compare-and-swap. A slot between head and tail
 * is stable: the owner reuses it only after it has seen head pass it. A thief reads slots first and claims them by its
 * compare-and-swap afterwards, so what it read counts only if head did not move.
 *   put:   slot = g; tail = t+1 (release)        pairs with the thief's acquire load of tail
 *   steal: read slots; CAS head h -> h+n         pairs with the owner's acquire load of head in put
 * runnext holds the goroutine that was readied last. It runs next and inherits the time slice, so two goroutines that
 * wake each other cannot starve the rest: sysmon sees one slice. It is the owner's alone, without atomic operations, since
 * every hand-over goes through it. A thief that finds nothing else, and sees the owner run on for some microseconds, asks
 * it by a signal to move runnext to the ring (gotk__runq_share).
 * Goroutines that give way while they spawn have a list of their own (spawner.c); a P's queue is all three.
 *
 * With a single proc nobody can steal (thieves hold Ps), so the owner advances head by a plain store. The number of procs
 * only changes with the world stopped. */
#include "scheduler.h"

uint32_t gotk__runq_len(P *p)
{
    uint32_t t = atomic_load_explicit(&p->tail, memory_order_acquire), h = atomic_load_explicit(&p->head, memory_order_acquire);
    uint32_t n = t - h;
    if (n > RUNQ_SIZE) n = 0;  /* read at two moments */
    return n + (atomic_load_explicit(&p->runnext, memory_order_relaxed) != NULL) + atomic_load_explicit(&p->nspawners, memory_order_relaxed);
}

/* May be called by anybody. The owner moves a goroutine from runnext to the ring (put: by replacing runnext first and then
 * publishing the tail); the loop makes sure that we did not look in between. */
bool gotk__runq_empty(P *p)
{
    for (;;) {
        uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire);
        uint32_t t = atomic_load_explicit(&p->tail, memory_order_acquire);
        G *next = atomic_load_explicit(&p->runnext, memory_order_acquire);
        if (t == atomic_load_explicit(&p->tail, memory_order_acquire)) return h == t && !next && !atomic_load_explicit(&p->nspawners, memory_order_acquire);
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
    gotk__globq_put_batch(batch, n + 1);
    return true;
}

/* The ring was full a moment ago. */
void gotk__runq_put_full(P *p, G *g)
{
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

/* Option shuffle: orders that other queues would never make, from the run's seed. Who would be waked for is not changed, so this also
 * tests that nobody relies on a wake-up that another order would have needed. */
void gotk__runq_put_shuffled(P *p, G *g)
{
    uint64_t choice = gotk__random() >> 62;
    if (choice == 0) {
        gotk__globq_put(g);
        return;
    }
    if (choice == 1) {
        G *old = atomic_load_explicit(&p->runnext, memory_order_relaxed);
        atomic_store_explicit(&p->runnext, g, memory_order_release);
        if (!old) return;
        g = old;
    }
    gotk__runq_put_full(p, g);
}

/* The owner, while it runs Go code: what is in runnext becomes what the ring holds, if that is empty (else there is enough
 * to take). Safe in a signal handler. */
void gotk__runq_share(P *p)
{
    G *next = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    if (!next || !gotk__ring_empty(p)) return;
    uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
    atomic_store_explicit(&p->ring[t % RUNQ_SIZE], next, memory_order_relaxed);
    atomic_store_explicit(&p->tail, t + 1, memory_order_release);
    atomic_store_explicit(&p->runnext, NULL, memory_order_release);
}

/* Half of from's ring to p's (whose ring is empty); returns one of them. The caller holds p. */
G *gotk__runq_steal(P *p, P *from)
{
    uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
    for (;;) {
        uint32_t h = atomic_load_explicit(&from->head, memory_order_acquire);
        uint32_t end = atomic_load_explicit(&from->tail, memory_order_acquire);
        uint32_t n = end - h;
        n -= n / 2;
        if (n == 0) return NULL;
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

/* ---- the global queue: a list of blocks of pointers, so that moving a hundred goroutines touches none of them (with a
 * list through the goroutines each step would be a cache miss that waits for the one before). */

enum { GLOBQ_BLOCK = 510 };
struct gotk__globq_block { struct gotk__globq_block *next; uint32_t from, to; G *g[GLOBQ_BLOCK]; };

static void globq_push(G *g)
{
    struct gotk__sched *s = &gotk__sched;
    struct gotk__globq_block *b = s->runq_tail;
    if (!b || b->to == GLOBQ_BLOCK) {
        struct gotk__globq_block *n = s->runq_spare;
        if (n) s->runq_spare = n->next;
        else n = gotk__raw_alloc(sizeof *n);
        n->next = NULL;
        n->from = n->to = 0;
        if (b) b->next = n;
        else s->runq_head = n;
        s->runq_tail = b = n;
    }
    b->g[b->to++] = g;
}

static G *globq_pop(void)
{
    struct gotk__sched *s = &gotk__sched;
    struct gotk__globq_block *b = s->runq_head;
    G *g = b->g[b->from++];
    if (b->from == b->to) {
        if (!b->next) {        /* the last block is used again */
            b->from = b->to = 0;
        } else {
            s->runq_head = b->next;
            b->next = s->runq_spare;
            s->runq_spare = b;
        }
    }
    return g;
}

void gotk__globq_put_locked(G *g)
{
    globq_push(g);
    atomic_fetch_add_explicit(&gotk__sched.runq_size, 1, memory_order_relaxed);
}

void gotk__globq_put(G *g)
{
    gotk__lock(&gotk__sched.lock);
    gotk__globq_put_locked(g);
    gotk__unlock(&gotk__sched.lock);
}

void gotk__globq_put_batch(G **g, uint32_t n)
{
    gotk__lock(&gotk__sched.lock);
    for (uint32_t i = 0; i < n; i++) globq_push(g[i]);
    atomic_fetch_add_explicit(&gotk__sched.runq_size, n, memory_order_relaxed);
    gotk__unlock(&gotk__sched.lock);
}

/* A share of the queue, at most max (0: no bound) and half a ring, to p's ring; returns the first of them. */
G *gotk__globq_get_locked(P *p, uint32_t max)
{
    struct gotk__sched *s = &gotk__sched;
    uint32_t size = atomic_load_explicit(&s->runq_size, memory_order_relaxed);
    if (!size) return NULL;
    uint32_t n = size / atomic_load_explicit(&s->nprocs, memory_order_relaxed) + 1;
    if (n > size) n = size;
    if (max && n > max) n = max;
    uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
    uint32_t used = t - atomic_load_explicit(&p->head, memory_order_acquire);
    uint32_t room = RUNQ_SIZE / 2 > used ? RUNQ_SIZE / 2 - used : 0;  /* half: leave room for what these will spawn */
    if (n > room + 1) n = room + 1;
    atomic_fetch_sub_explicit(&s->runq_size, n, memory_order_relaxed);
    G *g = globq_pop();
    for (uint32_t i = 1; i < n; i++, t++) atomic_store_explicit(&p->ring[t % RUNQ_SIZE], globq_pop(), memory_order_relaxed);
    atomic_store_explicit(&p->tail, t, memory_order_release);
    return g;
}

G *gotk__globq_get(P *p, uint32_t max)
{
    if (!atomic_load(&gotk__sched.runq_size)) return NULL;
    gotk__lock(&gotk__sched.lock);
    G *g = gotk__globq_get_locked(p, max);
    gotk__unlock(&gotk__sched.lock);
    return g;
}
