/* SPDX-License-Identifier: BSD-3-Clause
 * Spawners that gave way: goroutines that have more to spawn when their P's ring holds enough (spawn.c).
 *
 * The ring is first in, first out, so a tree of goroutines was made level by level, with most of its inner nodes alive at once (a
 * million leaves, ten to a node: 60,000; to provide their memory took longer than all else). Therefore the latest spawner goes on first, when the
 * goroutines in the ring have run, which makes trees in depth (some 3,500 alive), while the order within a spawner stays that of the ring. Thieves
 * take the oldest, as in Cilk (Blumofe and Leiserson 1999): near the root there is most to do.
 *
 * What is last in, first out starves somebody. So a spawner that has waited for AGE looks of the system monitor, a slice each, goes to the global
 * queue; and where a P does little else but spawn is known from its counters: in a busy server a spawner goes to the ring's end as any
 * goroutine. Rejected: ageing after two or three slices (a tree then grows in breadth whenever that comes: 85 MB instead of 58).
 *
 * The owner puts and gets at the upper end, others take at the lower, all under a lock: once in dozens of spawns. The list's lock is taken after the
 * scheduler's. */
#include "scheduler.h"

enum { MAX = 4096, AGE = 5 };

struct gotk__spawners {
    gotk__mutex lock;
    uint32_t from;              /* of the oldest */
    uint32_t low[AGE];          /* the least length since the last look, between it and the one before, …: what is below all was there all the time */
    uint64_t spawns, switches;  /* the P's at the last put */
    G *g[MAX];
};

static uint32_t length(P *p) { return atomic_load_explicit(&p->nspawners, memory_order_acquire); }
static void set_length(P *p, uint32_t n) { atomic_store_explicit(&p->nspawners, n, memory_order_release); }

static G *take_oldest_locked(P *p)
{
    struct gotk__spawners *s = p->spawners;
    G *g = s->g[s->from++ % MAX];
    set_length(p, length(p) - 1);
    for (int i = 0; i < AGE; i++) s->low[i] -= s->low[i] > 0;
    return g;
}

/* Whether most of what p has done since the last spawner gave way was to begin new goroutines. */
static bool mostly_new(P *p, struct gotk__spawners *s)
{
    uint64_t spawns = p->n_spawns - s->spawns, switches = p->n_switches - s->switches;
    s->spawns = p->n_spawns;
    s->switches = p->n_switches;
    return p->spawning = 3 * spawns >= switches;
}

bool gotk__spawner_put(P *p, G *g)
{
    if (!p->spawners) p->spawners = gotk__raw_alloc(sizeof *p->spawners);
    struct gotk__spawners *s = p->spawners;
    if (!mostly_new(p, s) || (gotk__options.shuffle && gotk__random() >> 63)) return false;
    G *oldest = NULL;
    gotk__lock(&s->lock);
    uint32_t n = length(p);
    if (n == MAX) {
        oldest = take_oldest_locked(p);
        n--;
    }
    s->g[(s->from + n) % MAX] = g;
    set_length(p, n + 1);
    gotk__unlock(&s->lock);
    if (oldest) gotk__globq_put(oldest);
    return true;
}

G *gotk__spawner_get(P *p)
{
    if (!length(p)) return NULL;
    struct gotk__spawners *s = p->spawners;
    G *g = NULL;
    gotk__lock(&s->lock);
    uint32_t n = length(p);
    if (n) {
        g = s->g[(s->from + --n) % MAX];
        set_length(p, n);
        if (n < s->low[0]) s->low[0] = n;
    }
    gotk__unlock(&s->lock);
    return g;
}

G *gotk__spawner_steal(P *from)
{
    if (!length(from)) return NULL;
    struct gotk__spawners *s = from->spawners;
    gotk__lock(&s->lock);
    G *g = length(from) ? take_oldest_locked(from) : NULL;
    gotk__unlock(&s->lock);
    return g;
}

/* Out of the list and into the queue under the scheduler's lock: nobody who looks for a deadlock finds it in neither. */
void gotk__spawners_age(P *p)
{
    if (!length(p)) return;
    struct gotk__spawners *s = p->spawners;
    gotk__lock(&s->lock);
    uint32_t aged = s->low[0];
    for (int i = 1; i < AGE; i++) if (s->low[i] < aged) aged = s->low[i];
    for (int i = AGE - 1; i > 0; i--) s->low[i] = s->low[i - 1];
    s->low[0] = length(p);
    gotk__unlock(&s->lock);
    for (; aged; aged--) {
        gotk__lock(&gotk__sched.lock);
        G *g = gotk__spawner_steal(p);
        if (g) gotk__globq_put_locked(g);
        gotk__unlock(&gotk__sched.lock);
        if (!g) return;
    }
}
