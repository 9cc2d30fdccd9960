/* SPDX-License-Identifier: BSD-3-Clause
 * The runtime's mutex: one word, inline when uncontended (g.h), spinning a little before it sleeps on a futex.
 *
 * Critical sections of the runtime are tens of nanoseconds, a sleep and wake-up tens of microseconds: so a waiter spins
 * for about as long as a few sections last. On one CPU spinning is useless, hence the yield.
 * Rejected: pthread_mutex (40 bytes in each channel), ticket locks (a preempted holder stalls everybody in order). */
#include <sched.h>
#include <unistd.h>

#include "g.h"

static inline void relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

void gotk__lock_slow(gotk__mutex *l)
{
    for (int i = 0; i < 60; i++) {
        uint32_t v = atomic_load_explicit(&l->v, memory_order_relaxed);
        if (v == 0 && atomic_compare_exchange_weak_explicit(&l->v, &v, 1, memory_order_acquire, memory_order_relaxed)) return;
        if (i < 40) for (int k = 0; k < 4; k++) relax();
        else sched_yield();
    }
    /* From here on we hold it as "contended": the next unlock wakes one more than needed at worst. The time-out is for the
     * unlock that did not see us come, a matter of a few instructions; it grows for locks that are held for long. */
    for (int64_t ns = 50000; atomic_exchange_explicit(&l->v, 2, memory_order_acquire) != 0; ns = ns < 5000000 ? 2 * ns : ns)
        gotk__futex_wait(&l->v, 2, ns);
}

void gotk__unlock_slow(gotk__mutex *l)
{
    gotk__futex_wake(&l->v, 1);
}
