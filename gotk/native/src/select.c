/* SPDX-License-Identifier: BSD-3-Clause
 * select: waits on several channels at once.
 *
 * The cases are looked at in a random order, so that none starves. All channels are locked, in the order of their
 * addresses; if no case can proceed, the goroutine is put in the queue of each, and parks. The one that wakes it
 * wins g->select_done by compare-and-swap, completes that case, and takes the others out of their queues (chan.c).
 * A channel that occurs in several cases is locked once and holds a sudog for each.
 *
 * With a default case a look without locks comes first: if no case can proceed, and that is how polling usually ends,
 * no lock is taken. It may miss only what happens at the same time. */
#include "chan.h"

struct select_case {          /* made by the compiler, on the goroutine's stack */
    chan *c;
    void *elem;
    int64_t dir;              /* 1 receives, 2 sends */
};

enum { RECV = 1, SEND = 2, ON_STACK = 64 };

static bool may_proceed(const struct select_case *k) {
    return k->dir == SEND ? chan_may_send(k->c) : chan_may_recv(k->c);
}

/* Channels sorted by address, by a heap: the number of cases is the program's. */
static void sift(chan **a, int64_t root, int64_t n) {
    for (int64_t kid; (kid = 2 * root + 1) < n; root = kid) {
        if (kid + 1 < n && a[kid] < a[kid + 1]) kid++;
        if (a[root] >= a[kid]) return;
        chan *t = a[root];
        a[root] = a[kid];
        a[kid] = t;
    }
}

static void sort(chan **a, int64_t n) {
    if (n <= 8) {
        for (int64_t i = 1; i < n; i++) {
            chan *c = a[i];
            int64_t j = i;
            for (; j > 0 && a[j - 1] > c; j--) a[j] = a[j - 1];
            a[j] = c;
        }
        return;
    }
    for (int64_t i = n / 2; i-- > 0;) sift(a, i, n);
    for (int64_t i = n; --i > 0;) {
        chan *t = a[0];
        a[0] = a[i];
        a[i] = t;
        sift(a, 0, i);
    }
}

static void unlock_all(chan **locks, int64_t n) {
    for (int64_t i = n; i-- > 0;) gotk__unlock(&locks[i]->lock);
}

static gotk__ret2 choose(struct select_case *cases, int64_t n, bool has_default, uint32_t *order, chan **locks,
                         G **parked) {
    sudog *woken = NULL;
    int64_t used = 0, nlocks = 0;
    for (int64_t i = 0; i < n; i++) {     /* inside-out shuffle of the cases with a channel */
        if (!cases[i].c) continue;
        int64_t j = used ? (int64_t)(gotk__random() % (uint64_t)(used + 1)) : 0;
        order[used] = order[j];
        order[j] = (uint32_t)i;
        locks[used++] = cases[i].c;
    }
    if (has_default) {
        bool any = false;
        for (int64_t i = 0; i < used && !any; i++) any = may_proceed(&cases[order[i]]);
        if (!any) return (gotk__ret2){(uint64_t)-1, 0};
    }
    sort(locks, used);
    for (int64_t i = 0; i < used; i++)
        if (nlocks == 0 || locks[nlocks - 1] != locks[i]) locks[nlocks++] = locks[i];
    for (int64_t i = 0; i < nlocks; i++) gotk__lock(&locks[i]->lock);

    for (int64_t i = 0; i < used; i++) {
        struct select_case *k = &cases[order[i]];
        bool ok = false, done;
        if (k->dir == SEND) {
            if (atomic_load_explicit(&k->c->closed, memory_order_relaxed)) {
                unlock_all(locks, nlocks);
                gotk__raise(PANIC_CLOSED_SEND, 0, 0);
            }
            done = gotk__chan_send_locked(k->c, k->elem, &woken);
        } else {
            done = gotk__chan_recv_locked(k->c, k->elem, &ok, &woken);
        }
        if (done) {
            unlock_all(locks, nlocks);
            if (woken) gotk__chan_wake(woken, true);
            return (gotk__ret2){order[i], ok};
        }
    }
    if (has_default) {
        unlock_all(locks, nlocks);
        return (gotk__ret2){(uint64_t)-1, 0};
    }

    G *g = gotk__self();
    select_sudog *all = NULL;
    atomic_store_explicit(&g->select_done, 0, memory_order_relaxed);   /* published by the channels' locks */
    gotk__park_begin(g, n ? WAIT_SELECT : WAIT_SELECT_NONE);
    for (int64_t i = 0; i < used; i++) {
        struct select_case *k = &cases[order[i]];
        select_sudog *t = gotk__sudog_alloc();
        sudog *s = &t->s;
        s->g = g;
        s->elem = k->elem;
        s->object = k->c;
        s->index = order[i];
        s->is_select = true;
        s->is_send = k->dir == SEND;
        t->waitlink = all;
        all = t;
        waitq_push(s->is_send ? &k->c->sendq : &k->c->recvq, s);
    }
    g->waiting = all;
    /* From the first unlock on, the goroutine may run elsewhere: only `locks`, on this stack, is touched. */
    unlock_all(locks, nlocks);
    *parked = g;
    return (gotk__ret2){0, 0};
}

/* index of the chosen case (-1: default), received ok */
gotk__ret2 gotk__selectgo(struct select_case *cases, int64_t n, uint8_t has_default) {
    G *parked = NULL;
    gotk__ret2 r;
    if (n <= ON_STACK) {
        uint32_t order[ON_STACK];
        chan *locks[ON_STACK];
        r = choose(cases, n, has_default, order, locks, &parked);
    } else {
        uint64_t bytes = (uint64_t)n * (sizeof(chan *) + sizeof(uint32_t));
        chan **locks = gotk__raw_alloc(bytes);
        r = choose(cases, n, has_default, (uint32_t *)(locks + n), locks, &parked);
        gotk__raw_free(locks, bytes);
    }
    return parked ? gotk__park_end(parked) : r;
}
