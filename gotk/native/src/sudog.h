/* SPDX-License-Identifier: BSD-3-Clause
 * A goroutine that waits on an object: an element of the wait queues of channels, semaphores and notify lists.
 *
 * A goroutine that waits on one object uses the sudog inside its G (own_sudog): no allocation. select waits on
 * several and takes sudogs from the P's cache (sudog.c). All fields but `waitlink` and `g` are guarded by the lock of
 * the object; those two belong to the goroutine until it is published, then to the waker that won. */
#ifndef GOTK_SUDOG_H
#define GOTK_SUDOG_H
#include "g.h"

typedef struct gotk__sudog sudog;
struct gotk__sudog {
    G *g;
    sudog *next, *prev;      /* the object's queue */
    void *elem;              /* channels: the value to send, or where to put the one received (may be null) */
    void *object;            /* the channel, or the semaphore's address */
    uint32_t index;          /* select: the case; notify list: the ticket */
    bool is_select;          /* must win g->select_done before it may be woken */
    bool queued;             /* in the object's queue */
    bool is_send;
};
_Static_assert(sizeof(sudog) <= sizeof(((G *)0)->sudog), "the sudog of a G lives in it");

/* A sudog of a select. */
typedef struct gotk__select_sudog select_sudog;
struct gotk__select_sudog {
    sudog s;
    select_sudog *waitlink;  /* the goroutine's other ones (g->waiting); free list */
};

static inline sudog *own_sudog(G *g) {
    sudog *s = (sudog *)(void *)g->sudog;
    s->g = g;
    s->is_select = false;
    return s;
}

select_sudog *gotk__sudog_alloc(void);
void gotk__sudog_free(select_sudog *s);

/* `first` is also looked at without the lock (chan.h): therefore it is written atomically. */
typedef struct { sudog *first, *last; } waitq;

static inline void waitq_set_first(waitq *q, sudog *s) { __atomic_store_n(&q->first, s, __ATOMIC_RELEASE); }

static inline void waitq_push(waitq *q, sudog *s) {
    s->next = NULL;
    s->prev = q->last;
    if (q->last) q->last->next = s; else waitq_set_first(q, s);
    q->last = s;
    s->queued = true;
}
static inline void waitq_remove(waitq *q, sudog *s) {
    if (s->prev) s->prev->next = s->next; else waitq_set_first(q, s->next);
    if (s->next) s->next->prev = s->prev; else q->last = s->prev;
    s->next = s->prev = NULL;
    s->queued = false;
}
/* The first sudog whose goroutine is still to be had; select's losers are dropped on the way. */
static inline sudog *waitq_pop(waitq *q) {
    sudog *s;
    while ((s = q->first)) {
        waitq_remove(q, s);
        uint32_t zero = 0;
        if (!s->is_select || atomic_compare_exchange_strong(&s->g->select_done, &zero, 1)) return s;
    }
    return NULL;
}
#endif
