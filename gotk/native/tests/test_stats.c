/* SPDX-License-Identifier: BSD-3-Clause
 * Totals that are read while goroutines come and go: the number alive is never above what there was at any time.
 *
 * A thread plays two Ps on which goroutines are created on one and end on the other, one at a time; before totals were read all
 * creations first, a reader in between saw fewer created than ended, and so 2^64 alive, or two at once. */
#include <pthread.h>

#include "harness.h"

static P ps[2];
static _Atomic bool over;

static void *come_and_go(void *unused)
{
    for (uint64_t i = 0; !atomic_load_explicit(&over, memory_order_relaxed); i++) {
        P *creator = &ps[i & 1], *other = &ps[~i & 1];
        atomic_store_explicit((_Atomic uint64_t *)&creator->n_spawns, creator->n_spawns + 1, memory_order_release);
        atomic_store_explicit((_Atomic uint64_t *)&other->n_exits, other->n_exits + 1, memory_order_release);
    }
    return unused;
}

int main(void)
{
    gotk__sched.allp[0] = &ps[0];
    gotk__sched.allp[1] = &ps[1];
    atomic_store(&gotk__sched.nallp, 2);
    pthread_t t;
    CHECK(!pthread_create(&t, NULL, come_and_go, NULL), "no thread");
    struct gotk__totals totals = {0};
    for (int i = 0; (i < 2000000 || totals.created < 1000) && totals.max_goroutines <= 1 && totals.waiting <= 1; i++) gotk__totals(&totals);
    atomic_store(&over, true);
    pthread_join(t, NULL);
    CHECK(totals.max_goroutines <= 1, "%lu alive at once of one (created %lu, ended %lu)", totals.max_goroutines, totals.created, totals.exited);
    CHECK(totals.waiting <= 1, "%lu waiting of one", totals.waiting);
    return failures != 0;
}
