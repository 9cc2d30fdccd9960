/* SPDX-License-Identifier: BSD-3-Clause
 * Coroutines for iter.Pull: two goroutines of which one runs and the other waits in a word that both share.
 *
 * A switch hands the M to the other side without touching a queue, inside the same time slice. When somebody wants the M (a slice is
 * over, a collection is to begin) the other side goes through the run queue instead, as any goroutine that was readied.
 * Owner of *waiting: whichever side runs. */
#include "scheduler.h"

#define S gotk__sched

/* The first switch, from the side that calls next to a goroutine made by a go statement, finds nobody waiting: it only waits. The
 * new goroutine looks for it there (golib/src/iter). */
gotk__ret2 gotk__coroswitch(_Atomic(G *) *waiting)
{
    G *g = gotk__self();
    G *other = atomic_load_explicit(waiting, memory_order_acquire);
    gotk__park_begin(g, WAIT_COROUTINE);
    atomic_store_explicit(waiting, g, memory_order_release);
    if (!other) return gotk__park_end(g);
    if (gotk__is_threads) {
        gotk__ready(other);
        return gotk__park_end(g);
    }
    M *m = gotk__m();
    if (__builtin_expect(atomic_load_explicit(&m->preempt, memory_order_relaxed) || atomic_load_explicit(&S.stopping, memory_order_relaxed) ||
                         atomic_load_explicit(&S.gc_wanted, memory_order_relaxed), 0)) {
        gotk__ready_tail(other);
    } else {
        gotk__runnable(other);
        m->handoff = other;
    }
    return gotk__park_end(g);
}

void gotk__coroexit(_Atomic(G *) *waiting)
{
    G *other = atomic_exchange_explicit(waiting, NULL, memory_order_acq_rel);
    if (other) gotk__ready(other);
}
