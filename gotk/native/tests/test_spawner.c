/* SPDX-License-Identifier: BSD-3-Clause
 * The list of spawners that gave way: who goes on first, who ages, what happens when it is full; nobody is lost or comes twice. The
 * goroutines are numbers that look like pointers. */
#include <pthread.h>

#include "harness.h"

static P p;
static G *number(uint64_t n) { return (G *)(n << 4); }
static uint64_t of(G *g) { return (uint64_t)g >> 4; }

static bool put(uint64_t n)
{
    p.n_spawns += 10;          /* it does little else */
    p.n_switches += 10;
    return gotk__spawner_put(&p, number(n));
}

static uint64_t from_global(void)
{
    gotk__lock(&gotk__sched.lock);
    G *g = gotk__globq_get_locked(&p, 1);
    gotk__unlock(&gotk__sched.lock);
    return of(g);
}

static void order(void)
{
    CHECK(gotk__runq_empty(&p) && !gotk__spawner_get(&p) && !gotk__spawner_steal(&p), "not empty at first");
    for (uint64_t n = 1; n <= 4; n++) CHECK(put(n), "refused");
    CHECK(!gotk__runq_empty(&p) && gotk__runq_len(&p) == 4, "%u", gotk__runq_len(&p));
    CHECK(of(gotk__spawner_get(&p)) == 4, "the owner gets the latest");
    CHECK(of(gotk__spawner_steal(&p)) == 1, "a thief the oldest");
    CHECK(of(gotk__spawner_get(&p)) == 3 && of(gotk__spawner_get(&p)) == 2, "the others");
    CHECK(gotk__runq_empty(&p), "not empty in the end");
    p.n_switches += 1000;
    CHECK(!put(5) && gotk__runq_empty(&p), "a P that mostly does other things keeps the order of its ring");
}

static void age(void)
{
    put(1);
    put(2);
    gotk__spawners_age(&p);    /* the first look: since when they wait is not known */
    put(3);
    for (int look = 0; look < 4; look++) {
        gotk__spawners_age(&p);
        put(100);
        gotk__spawner_get(&p); /* comes and goes above them */
        CHECK(!from_global(), "look %d", look);
    }
    gotk__spawners_age(&p);
    CHECK(from_global() == 1 && from_global() == 2 && !from_global(), "the two that were there all the time, oldest first");
    gotk__spawners_age(&p);
    CHECK(from_global() == 3 && gotk__runq_empty(&p), "then the third");
    put(4);
    for (int look = 0; look < 20; look++) {
        gotk__spawners_age(&p);
        CHECK(of(gotk__spawner_get(&p)) == 4 && put(4), "one that ran in between starts afresh");
    }
    gotk__spawner_get(&p);
    CHECK(!from_global(), "aged though it ran");
}

static void full(void)
{
    uint64_t n = 0;
    while (!gotk__sched.runq_size && n < 1 << 20) put(++n);
    CHECK(n > 1000 && from_global() == 1, "the oldest makes room at %lu", n);
    for (uint64_t k = n; k > 1; k--) CHECK(of(gotk__spawner_get(&p)) == k, "%lu", k);
    CHECK(gotk__runq_empty(&p), "not empty");
}

/* One owner, two thieves, one that ages. */
enum { EACH = 200000 };
static _Atomic uint8_t came[EACH + 1];
static _Atomic bool over;
static void comes(G *g) { if (g) atomic_fetch_add(&came[of(g)], 1); }

static void *thief(void *unused)
{
    while (!atomic_load(&over)) comes(gotk__spawner_steal(&p));
    return unused;
}

static void *monitor(void *unused)
{
    while (!atomic_load(&over)) gotk__spawners_age(&p);
    return unused;
}

static void at_once(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++) CHECK(!pthread_create(&t[i], NULL, i < 2 ? thief : monitor, NULL), "no thread");
    uint64_t choice = 1;
    for (uint64_t n = 1; n <= EACH; n++) {
        put(n);
        for (choice = choice * 6364136223846793005u + 1; choice >> 62 == 0; choice = choice * 6364136223846793005u + 1) comes(gotk__spawner_get(&p));
    }
    atomic_store(&over, true);
    for (int i = 0; i < 3; i++) pthread_join(t[i], NULL);
    for (G *g; (g = gotk__spawner_get(&p));) comes(g);
    for (uint64_t n; (n = from_global());) comes(number(n));
    int wrong = 0;
    for (uint64_t n = 1; n <= EACH; n++) wrong += came[n] != 1;
    CHECK(!wrong, "%d of %d were lost or came twice", wrong, EACH);
}

int main(void)
{
    gotk__sched.allp[0] = &p;
    atomic_store(&gotk__sched.nprocs, 1);
    order();
    age();
    full();
    at_once();
    return failures != 0;
}
