/* SPDX-License-Identifier: BSD-3-Clause
 * Caches of sudogs for select: a free list per P, a global one that evens them out.
 *
 * A sudog is freed by the waker, often on another P than the one that took it; past LOCAL_MAX half of a P's list goes to the
 * global list. In threads mode there are no Ps: the global list serves all. */
#include "sudog.h"

enum { LOCAL_MAX = 128 };    /* 7 KiB a P; a select of more cases still works, from the global list */

struct cache { select_sudog *list; int n; };

static struct { gotk__mutex lock; select_sudog *list; } global;

static struct cache *local(void) {
    P *p = gotk__p();
    if (!p) return NULL;
    void **slot = gotk__p_slot(p, PSLOT_SUDOGS);
    if (!*slot) *slot = gotk__raw_alloc(sizeof(struct cache));
    return *slot;
}

select_sudog *gotk__sudog_alloc(void) {
    struct cache *c = local();
    select_sudog *s;
    if (c && (s = c->list)) {
        c->list = s->waitlink;
        c->n--;
        return s;
    }
    gotk__lock(&global.lock);
    s = global.list;
    if (s) global.list = s->waitlink;
    while (s && c && c->n < LOCAL_MAX / 4 && global.list) {
        select_sudog *t = global.list;
        global.list = t->waitlink;
        t->waitlink = c->list;
        c->list = t;
        c->n++;
    }
    gotk__unlock(&global.lock);
    return s ? s : gotk__raw_alloc(sizeof *s);
}

void gotk__sudog_free(select_sudog *s) {
    struct cache *c = local();
    s->s.g = NULL;
    s->s.elem = s->s.object = NULL;
    if (c && c->n < LOCAL_MAX) {
        s->waitlink = c->list;
        c->list = s;
        c->n++;
        return;
    }
    gotk__lock(&global.lock);
    for (int i = 0; c && i < LOCAL_MAX / 2; i++) {
        select_sudog *t = c->list;
        c->list = t->waitlink;
        c->n--;
        t->waitlink = global.list;
        global.list = t;
    }
    s->waitlink = global.list;
    global.list = s;
    gotk__unlock(&global.lock);
}
