/* SPDX-License-Identifier: BSD-3-Clause
 * Functions that test_embed.c runs as goroutines, through include/gotk.h. */
#include <stdatomic.h>
#include <string.h>
#include "gotk.h"

_Atomic int64_t embed_sum, embed_failed;
#define NEED(cond) do { if (!(cond)) { int64_t none = 0; atomic_compare_exchange_strong(&embed_failed, &none, __LINE__); } } while (0)

void embed_add(void *arg)
{
    volatile char stack[40000];            /* far more than a goroutine of a Go program has */
    memset((char *)stack, 1, sizeof stack);
    atomic_fetch_add(&embed_sum, (int64_t)(intptr_t)arg + stack[7] - 1);
}

void embed_tree(void *arg)
{
    intptr_t depth = (intptr_t)arg;
    if (depth == 0) atomic_fetch_add(&embed_sum, 1);
    else for (int i = 0; i < 4; i++) NEED(gotk_go(embed_tree, (void *)(depth - 1), 0) == 0);
    if (depth % 2) NEED(gotk_yield() == 0);
}

struct pair { gotk_chan *a, *b; int64_t n; };

void embed_ping(void *arg)
{
    struct pair *p = arg;
    for (int64_t i = 0, v; i < p->n; i++) {
        NEED(gotk_chan_send(p->a, &i) == 0);
        NEED(gotk_chan_recv(p->b, &v) == 0 && v == i + 1);
    }
    NEED(gotk_chan_close(p->a) == 0);
}

void embed_pong(void *arg)
{
    struct pair *p = arg;
    for (int64_t v; gotk_chan_recv(p->a, &v) == 0;) {
        v++;
        NEED(gotk_chan_send(p->b, &v) == 0);
    }
    atomic_fetch_add(&embed_sum, 1);
}

void embed_receive_for_ever(void *arg) { NEED(gotk_chan_recv(arg, NULL) == GOTK_ECLOSED || 1); }

struct grouped { gotk_group *g; gotk_chan *c; };

void embed_grouped(void *arg)
{
    struct grouped *x = arg;
    NEED(gotk_sleep(200000) == 0);
    atomic_fetch_add(&embed_sum, 1);
    NEED(gotk_group_done(x->g) == 0);
}

void embed_group_owner(void *arg)
{
    struct grouped *x = arg;
    NEED(gotk_group_add(x->g, 50) == 0);
    for (int i = 0; i < 50; i++) NEED(gotk_go(embed_grouped, x, 0) == 0);
    NEED(gotk_group_wait(x->g) == 0);
    NEED(atomic_load(&embed_sum) == 50);
    NEED(gotk_group_done(x->g) == GOTK_EINVALID);
}

void embed_nowait(void *arg)
{
    gotk_chan *c = arg;
    char v = 3, got = 0;
    NEED(gotk_yield() == GOTK_ENOWAIT && gotk_sleep(1) == GOTK_ENOWAIT);
    NEED(gotk_chan_recv(c, &got) == GOTK_ENOWAIT);
    NEED(gotk_chan_send(c, &v) == 0 && gotk_chan_send(c, &v) == GOTK_ENOWAIT);
    NEED(gotk_chan_recv(c, &got) == 0 && got == 3);
    NEED(gotk_start(NULL) == GOTK_EINSIDE && gotk_wait(0) == GOTK_EINSIDE && gotk_stop() == GOTK_EINSIDE);
    atomic_fetch_add(&embed_sum, 1);
}

void embed_hog(void *arg)
{
    while (!atomic_load((_Atomic int *)arg)) {}
}

/* Many producers and consumers on one channel. */
void embed_produce(void *arg)
{
    struct grouped *x = arg;
    for (int64_t i = 1; i <= 1000; i++) NEED(gotk_chan_send(x->c, &i) == 0);
    NEED(gotk_group_done(x->g) == 0);
}

void embed_consume(void *arg)
{
    struct grouped *x = arg;
    for (int64_t v; gotk_chan_recv(x->c, &v) == 0;) atomic_fetch_add(&embed_sum, v);
}

void embed_close_after(void *arg)
{
    struct grouped *x = arg;
    NEED(gotk_group_wait(x->g) == 0);
    NEED(gotk_chan_close(x->c) == 0);
}
