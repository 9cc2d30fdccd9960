/* SPDX-License-Identifier: BSD-3-Clause
 * Notify lists: the waiting side of sync.Cond.
 *
 * A waiter takes a ticket while it holds the Cond's lock, unlocks, then waits for its ticket to be notified; in between it may
 * already have been. Tickets below `notify` are notified. The list holds waiters in the order in which they came to
 * wait, which may differ from that of the tickets. Tickets wrap around: they are compared by their difference. */
#include "sudog.h"

typedef struct notify_list {     /* golib/src/sync/cond.go has the same layout */
    _Atomic uint32_t wait;       /* next ticket to give out */
    _Atomic uint32_t notify;     /* next ticket to be notified; written under lock */
    gotk__mutex lock;
    uint32_t pad;
    waitq q;
} notify_list;
_Static_assert(sizeof(notify_list) == 32, "notifyList in golib/src/sync/cond.go");

gotk__ret2 gotk__notifyadd(notify_list *l) {
    return (gotk__ret2){atomic_fetch_add(&l->wait, 1), 0};
}

gotk__ret2 gotk__notifywait(notify_list *l, int64_t ticket) {
    gotk__lock(&l->lock);
    if ((int32_t)((uint32_t)ticket - atomic_load(&l->notify)) < 0) {
        gotk__unlock(&l->lock);
        return (gotk__ret2){0, 0};
    }
    G *g = gotk__self();
    sudog *s = own_sudog(g);
    s->index = (uint32_t)ticket;
    s->elem = s->object = NULL;
    gotk__park_begin(g, WAIT_COND_WAIT);
    waitq_push(&l->q, s);
    gotk__unlock(&l->lock);
    return gotk__park_end(g);
}

gotk__ret2 gotk__notifyone(notify_list *l) {
    gotk__ret2 none = {0, 0};
    if (atomic_load(&l->wait) == atomic_load(&l->notify)) return none;
    gotk__lock(&l->lock);
    uint32_t ticket = atomic_load(&l->notify);
    if (ticket == atomic_load(&l->wait)) {
        gotk__unlock(&l->lock);
        return none;
    }
    atomic_store(&l->notify, ticket + 1);
    sudog *s = l->q.first;       /* its holder may not have come to wait yet: then it will not wait at all */
    while (s && s->index != ticket) s = s->next;
    if (s) waitq_remove(&l->q, s);
    gotk__unlock(&l->lock);
    if (s) gotk__ready(s->g);
    return none;
}

gotk__ret2 gotk__notifyall(notify_list *l) {
    gotk__ret2 none = {0, 0};
    if (atomic_load(&l->wait) == atomic_load(&l->notify)) return none;
    gotk__lock(&l->lock);
    sudog *s = l->q.first, *next;
    l->q = (waitq){0};
    atomic_store(&l->notify, atomic_load(&l->wait));
    gotk__unlock(&l->lock);
    for (; s; s = next) {
        next = s->next;
        gotk__ready(s->g);
    }
    return none;
}
