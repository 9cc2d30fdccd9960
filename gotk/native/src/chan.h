/* SPDX-License-Identifier: BSD-3-Clause
 * Channels: the structure that chan.c, select.c and timer.c share. */
#ifndef GOTK_CHAN_H
#define GOTK_CHAN_H
#include "sudog.h"

typedef struct gotk__chan {
    _Atomic int64_t count;      /* values in buf; written under lock, read without by chanlen and the polls of select */
    int64_t cap;
    uint64_t elem_size;
    gotk__mutex lock;
    _Atomic bool closed;        /* as count */
    bool is_timer;              /* belongs to a timer: len and cap look like those of an unbuffered channel */
    int64_t send_index, recv_index;
    waitq recvq, sendq;
    uint8_t buf[] __attribute__((aligned(16)));
} chan;

/* Makes a timer's channel of zeroed memory that has room for one element behind it. */
void gotk__timer_chan(chan *c, const gotk_type *type);
/* Wakes a goroutine popped from a queue; the channel's lock must not be held any more. ok: what a receive returns. */
void gotk__chan_wake(sudog *s, bool ok);
/* Sends if that is possible at once. Elem is copied. The channel must not be closed. Any thread. */
bool gotk__chan_trysend(chan *c, const void *elem);
/* Drops buffered values; true if there were some. */
bool gotk__chan_drain(chan *c);
/* One attempt with the lock held: true if done. *woken is the goroutine to wake after unlocking. send: raises nothing, closed
 * channels are the caller's. recv: *ok false means closed. */
bool gotk__chan_send_locked(chan *c, const void *elem, sudog **woken);
bool gotk__chan_recv_locked(chan *c, void *elem, bool *ok, sudog **woken);
/* Racy look without the lock: could the operation proceed? May err only by what happens at the same time. */
static inline bool chan_may_send(chan *c) {
    return atomic_load_explicit(&c->closed, memory_order_acquire) ||
           (c->cap ? atomic_load_explicit(&c->count, memory_order_acquire) < c->cap
                   : __atomic_load_n(&c->recvq.first, __ATOMIC_ACQUIRE) != NULL);
}
static inline bool chan_may_recv(chan *c) {
    return (c->cap ? atomic_load_explicit(&c->count, memory_order_acquire) > 0
                   : __atomic_load_n(&c->sendq.first, __ATOMIC_ACQUIRE) != NULL) ||
           atomic_load_explicit(&c->closed, memory_order_acquire);
}
#endif
