/* SPDX-License-Identifier: BSD-3-Clause
 * Channels: make, send, receive, close. What a buffer satisfies at once is done before it comes here (chan_x86_64.S).
 *
 * Invariants, under the channel's lock:
 *  - at least one of recvq and sendq is empty, but for a goroutine that both sends and receives in one select;
 *  - buffered: count > 0 implies that no receiver waits, count < cap that no sender waits.
 * A value goes straight from the sender to a waiting receiver, into the place where it wants it (stacks never move here: they
 * are segmented), so the receiver finds its operation done when it resumes and takes no lock again.
 *
 * Whoever wakes a goroutine finishes its operation for it. For select that includes taking its sudogs out of the other
 * channels' queues: the goroutine cannot do it, since it resumes in Go code. The waker has by then released its own
 * channel, and takes the others' locks one at a time; the loser's sudogs stay valid until that is done.
 *
 * Lock order: a timer's lock before a channel's; several channels only by select, in the order of addresses.
 * Runs on the g0 stack, but for chanlen and chancap, which are leaf functions on the goroutine's stack. */
#include "chan.h"
#include <string.h>

enum { MAX_CHAN_BYTES_LOG2 = 47 };   /* more than the address space of a process */

static chan *make(const gotk_type *elem, int64_t cap) {
    uint64_t bytes;
    if (cap < 0 || __builtin_mul_overflow(elem->size, (uint64_t)cap, &bytes) || bytes >> MAX_CHAN_BYTES_LOG2)
        gotk__raise(PANIC_MAKECHAN, 0, 0);
    bool noscan = (elem->flags & TYPE_NOPTR) || bytes == 0;
    chan *c = gotk__alloc_bytes(sizeof(chan) + bytes, noscan);
    c->cap = cap;
    c->elem_size = elem->size;
    return c;
}

gotk__ret2 gotk__makechan(const gotk_type *type, int64_t cap) {
    return (gotk__ret2){(uint64_t)(uintptr_t)make(type->elem, cap), 0};
}

void gotk__timer_chan(chan *c, const gotk_type *type) {
    c->cap = 1;
    c->elem_size = type->elem->size;
    c->is_timer = true;
}

int64_t gotk_go_chanlen(const chan *c) {
    return !c || c->is_timer ? 0 : atomic_load_explicit(&((chan *)(uintptr_t)c)->count, memory_order_relaxed);
}

int64_t gotk_go_chancap(const chan *c) {
    return !c || c->is_timer ? 0 : c->cap;
}

static inline void copy(void *to, const void *from, uint64_t size) {
    if (size == 8) memcpy(to, from, 8);
    else memcpy(to, from, size);
}

static inline uint8_t *slot(chan *c, int64_t i) {
    return c->buf + (uint64_t)i * c->elem_size;
}

static inline void advance(chan *c, int64_t *index) {
    if (++*index == c->cap) *index = 0;
}

static inline void add_count(chan *c, int64_t d) {
    /* release: pairs with the racy looks of select, which otherwise take the lock */
    atomic_store_explicit(&c->count, atomic_load_explicit(&c->count, memory_order_relaxed) + d, memory_order_release);
}

bool gotk__chan_send_locked(chan *c, const void *elem, sudog **woken) {
    sudog *s = waitq_pop(&c->recvq);
    if (s) {
        if (s->elem) copy(s->elem, elem, c->elem_size);
        *woken = s;
        return true;
    }
    if (atomic_load_explicit(&c->count, memory_order_relaxed) == c->cap) return false;
    copy(slot(c, c->send_index), elem, c->elem_size);
    advance(c, &c->send_index);
    add_count(c, 1);
    return true;
}

bool gotk__chan_recv_locked(chan *c, void *elem, bool *ok, sudog **woken) {
    int64_t count = atomic_load_explicit(&c->count, memory_order_relaxed);
    if (count == 0) {
        sudog *s;
        if (atomic_load_explicit(&c->closed, memory_order_relaxed)) {
            if (elem) memset(elem, 0, c->elem_size);
            *ok = false;
            return true;
        }
        if (!(s = waitq_pop(&c->sendq))) return false;
        if (elem) copy(elem, s->elem, c->elem_size);
        *woken = s;
        *ok = true;
        return true;
    }
    uint8_t *head = slot(c, c->recv_index);
    if (elem) copy(elem, head, c->elem_size);
    memset(head, 0, c->elem_size);       /* for the collector */
    advance(c, &c->recv_index);
    *ok = true;
    if (count == c->cap) {               /* was full: a sender's value takes the place */
        sudog *s = waitq_pop(&c->sendq);
        if (s) {
            copy(slot(c, c->send_index), s->elem, c->elem_size);
            advance(c, &c->send_index);
            *woken = s;
            return true;
        }
    }
    add_count(c, -1);
    return true;
}

/* Takes the sudogs of a select that was won out of the other channels' queues and frees them all. */
static void drop_losers(G *g, sudog *winner) {
    select_sudog *next, *all = g->waiting;
    g->waiting = NULL;
    for (select_sudog *t = all; t; t = t->waitlink) {
        sudog *s = &t->s;
        chan *c = s->object;
        if (s == winner) continue;
        gotk__lock(&c->lock);
        if (s->queued) waitq_remove(s->is_send ? &c->sendq : &c->recvq, s);
        gotk__unlock(&c->lock);
    }
    for (select_sudog *s = all; s; s = next) {
        next = s->waitlink;
        gotk__sudog_free(s);
    }
}

void gotk__chan_wake(sudog *s, bool ok) {
    G *g = s->g;
    if (s->is_select) {
        g->ret0 = s->index;
        g->ret1 = ok;
        drop_losers(g, s);
    } else {
        g->ret0 = ok;
    }
    gotk__ready(g);
}

bool gotk__chan_trysend(chan *c, const void *elem) {
    sudog *woken = NULL;
    gotk__lock(&c->lock);
    bool done = gotk__chan_send_locked(c, elem, &woken);
    gotk__unlock(&c->lock);
    if (woken) gotk__chan_wake(woken, true);
    return done;
}

bool gotk__chan_drain(chan *c) {
    gotk__lock(&c->lock);
    bool any = atomic_load_explicit(&c->count, memory_order_relaxed) > 0;
    if (any) {
        memset(c->buf, 0, (uint64_t)c->cap * c->elem_size);
        c->send_index = c->recv_index = 0;
        atomic_store_explicit(&c->count, 0, memory_order_release);
    }
    gotk__unlock(&c->lock);
    return any;
}

static gotk__ret2 park_for_ever(G *g, enum gotk__reason reason) {
    gotk__park_begin(g, reason);
    return gotk__park_end(g);
}

/* Parks the goroutine in the queue; takes over the channel's lock. */
static gotk__ret2 wait(chan *c, waitq *q, void *elem, enum gotk__reason reason) {
    G *g = gotk__self();
    sudog *s = own_sudog(g);
    s->elem = elem;
    s->object = c;
    s->is_send = q == &c->sendq;
    g->ret0 = 0;
    gotk__park_begin(g, reason);
    waitq_push(q, s);
    gotk__unlock(&c->lock);
    return gotk__park_end(g);
}

/* What gotk_go_chansend (chan_x86_64.S) does not do itself: everything but a buffer with room and nobody waiting. */
gotk__ret2 gotk__chansendslow(chan *c, void *elem) {
    sudog *woken = NULL;
    if (!c) return park_for_ever(gotk__self(), WAIT_CHAN_SEND_NIL);
    gotk__lock(&c->lock);
    if (atomic_load_explicit(&c->closed, memory_order_relaxed)) {
        gotk__unlock(&c->lock);
        gotk__raise(PANIC_CLOSED_SEND, 0, 0);
    }
    if (!gotk__chan_send_locked(c, elem, &woken)) return wait(c, &c->sendq, elem, WAIT_CHAN_SEND);
    gotk__unlock(&c->lock);
    if (woken) gotk__chan_wake(woken, true);
    return (gotk__ret2){0, 0};
}

gotk__ret2 gotk__chanrecvslow(chan *c, void *elem) {
    sudog *woken = NULL;
    bool ok;
    if (!c) return park_for_ever(gotk__self(), WAIT_CHAN_RECV_NIL);
    gotk__lock(&c->lock);
    if (!gotk__chan_recv_locked(c, elem, &ok, &woken)) return wait(c, &c->recvq, elem, WAIT_CHAN_RECV);
    gotk__unlock(&c->lock);
    if (woken) gotk__chan_wake(woken, true);
    return (gotk__ret2){ok, 0};
}

gotk__ret2 gotk__closechan(chan *c) {
    sudog *s, *next;
    waitq receivers = {0}, senders = {0};
    if (!c) gotk__raise(PANIC_CLOSE_NIL, 0, 0);
    gotk__lock(&c->lock);
    if (atomic_load_explicit(&c->closed, memory_order_relaxed)) {
        gotk__unlock(&c->lock);
        gotk__raise(PANIC_CLOSE_CLOSED, 0, 0);
    }
    atomic_store_explicit(&c->closed, true, memory_order_release);
    while ((s = waitq_pop(&c->recvq))) {
        if (s->elem) memset(s->elem, 0, c->elem_size);
        waitq_push(&receivers, s);
        s->queued = false;                /* not in a channel's queue: drop_losers must leave it */
    }
    while ((s = waitq_pop(&c->sendq))) {
        waitq_push(&senders, s);
        s->queued = false;
    }
    gotk__unlock(&c->lock);
    for (s = receivers.first; s; s = next) {
        next = s->next;
        gotk__chan_wake(s, false);
    }
    for (s = senders.first; s; s = next) {
        G *g = s->g;
        next = s->next;
        if (s->is_select) drop_losers(g, s);
        gotk__ready_raise(g, PANIC_CLOSED_SEND, 0, 0);
    }
    return (gotk__ret2){0, 0};
}
