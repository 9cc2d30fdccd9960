/* SPDX-License-Identifier: BSD-3-Clause
 * The go statement: makes a goroutine, its arguments copied onto its stack, and the end of one. */
#include <string.h>

#include "scheduler.h"

#define S gotk__sched

static inline uint64_t new_id(P *p)
{
    if (__builtin_expect(p->idnext == p->idend, 0)) {
        p->idnext = atomic_fetch_add_explicit(&S.goid, 16, memory_order_relaxed) + 1;
        p->idend = p->idnext + 16;
    }
    return p->idnext++;
}

/* Lays out a fresh goroutine so that the first switch to it enters gotk__gostart. */
static inline void prepare(G *g, void *entry, const void *args, uint64_t size)
{
    gotk__seg *s = &g->seg0;
    uint64_t top = s->top;
    if (__builtin_expect(size > 128, 0) && size + 192 > s->room) {   /* arguments in a segment of their own */
        gotk__morestack_slow(g, size + 256);
        gotk__seg *n = s->next;
        n->old_sp = s->top - 8;
        g->seg = s = n;
        top = s->top;
    }
    top = (top - size) & ~15ull;
    if (__builtin_expect(size <= 64 && size % 8 == 0, 1)) {
        uint64_t *to = (uint64_t *)top;
        const uint64_t *from = args;
        for (uint64_t i = 0; i < size / 8; i++) to[i] = from[i];
    } else {
        memcpy((void *)top, args, size);
    }
    g->sp = top - CALL_SLOT;
    *(uint64_t *)g->sp = (uint64_t)gotk__gostart;
    g->fp = 0;
    g->saved[0] = (uint64_t)entry;
    g->saved[1] = top;
    g->stack_limit = s->limit;
}

static inline void set_up(G *g, void *entry, uint64_t id, uint64_t creator_pc, uint64_t parent)
{
    g->id = id;
    g->entry_pc = (uint64_t)entry;
    g->creator_pc = creator_pc;
    g->parent_id = parent;
    gotk__row *r = g->row = gotk__row_new();
    if (r->id == 0) {          /* a row of our own */
        r->id = id;
        r->parent_id = parent;
        r->creator_pc = creator_pc;
        r->entry_pc = (uint64_t)entry;
        r->ended = -1;
        r->created = g->since = gotk__ticks();
        r->stack_bytes = (uint32_t)g->seg0.size;
        if (gotk__times) g->flags |= G_FLAG_TIMED;
    }
}

/* In gotk mode, on an M with a P: a new goroutine, not yet queued. */
static inline G *spawn(void *entry, const void *args, uint64_t size, uint64_t creator_pc, uint64_t parent, P *p)
{
    G *g = gotk__g_alloc(p);
    g->flags = 0;
    set_up(g, entry, new_id(p), creator_pc, parent);
    prepare(g, entry, args, size);
    atomic_store_explicit(&g->state, G_RUNNABLE, memory_order_release);
    COUNT(p->n_spawns, 1);
    return g;
}

G *gotk__spawn_g(void *entry, const void *args, uint64_t size, uint64_t creator_pc, uint64_t parent)
{
    return spawn(entry, args, size, creator_pc, parent, gotk__p());
}

/* entry(args) on a stack of its own of stack_size bytes: for C functions, which do not check their stack. */
G *gotk__spawn_big(void *entry, const void *args, uint64_t size, uint64_t stack_size)
{
    G *g = gotk__g_alloc_big(stack_size);
    if (!g) return NULL;
    set_up(g, entry, atomic_fetch_add(&S.goid, 16) + 1, 0, 0);
    prepare(g, entry, args, size);
    atomic_store_explicit(&g->state, G_RUNNABLE, memory_order_release);
    return g;
}

/* Goroutine 1. There is only one, so it gets room at once: loops in main seldom call across a segment's edge (MAIN_STACK). */
G *gotk__spawn_main(void *entry)
{
    P *p = gotk__p();
    G *g = gotk__g_alloc_big(gotk__options.max_stack < MAIN_STACK ? gotk__options.max_stack : MAIN_STACK);
    set_up(g, entry, new_id(p), 0, 0);
    g->flags |= G_FLAG_MAIN;
    prepare(g, entry, NULL, 0);
    atomic_store_explicit(&g->state, G_RUNNABLE, memory_order_release);
    COUNT(p->n_spawns, 1);
    return g;
}

/* The return address of the Go function that calls the runtime now; 0 if it can't be told simply. */
uint64_t gotk__caller_up(G *self)
{
    uint64_t *fp = (uint64_t *)self->fp;
    if (!fp || (uint64_t)fp & 7 || !gotk__in_go_text(gotk__callerpc(self))) return 0;
    return gotk__in_go_text(fp[1]) ? fp[1] : 0;    /* not where a stack segment ends */
}

enum { TREE_RING = 32 };       /* with a full ring skynet took 1.37 and 1.11 times as long, at one and two procs */

void gotk__spawn(void *entry, const void *args, uint64_t size)
{
    G *self = gotk__self();    /* null when a timer starts a goroutine */
    uint64_t pc = self ? gotk__callerpc(self) : 0, parent = self ? self->id : 0;
    if (__builtin_expect(gotk__is_threads, 0)) {
        gotk__threads_spawn(entry, args, size, pc, parent);
        return;
    }
    P *p = gotk__p();
    G *g = spawn(entry, args, size, pc, parent, p);
    if (g->row->id == g->id && self) g->row->creator_up = gotk__caller_up(self);
    gotk__runq_put(p, g, true);
    /* Whoever spawns faster than others run lets them go first when the ring is nearly full (or holds some, and others have given way already: then
     * this is a tree, see spawner.c). So they find their memory in the caches and leave it for the next ones, and the global queue with its
     * lock stays out of it. */
    uint32_t enough = p->spawning && atomic_load_explicit(&p->nspawners, memory_order_relaxed) ? TREE_RING : RUNQ_SIZE - 2;
    if (__builtin_expect(gotk__ring_len(p) >= enough, 0) && self)
        atomic_fetch_or_explicit(&gotk__m()->preempt, PREEMPT_SPAWNER, memory_order_relaxed);
    gotk__wake_for(p, true);
}

/* What a goroutine leaves behind is as in fresh memory, so that a new one need not clear it. */
static void end(M *m, P *p, G *g)
{
    gotk__row *r = g->row;
    if (gotk__timed(g)) gotk__account_stop(m, g);
    if (r->id == g->id) {
        r->ended = gotk__timed(g) ? g->since : gotk__ticks();
        r->state = G_DEAD;
    }
    g->frames = NULL;
    g->deferring = NULL;
    g->panics = NULL;
    g->m = NULL;
    atomic_store_explicit(&g->state, G_DEAD, memory_order_release);
    COUNT(p->n_exits, 1);
    m->g = NULL;
    gotk__g_free(p, g);
}

void gotk__goexit(void)
{
    M *m = gotk__m();
    G *g = m->g;
    if (__builtin_expect(gotk__is_threads, 0)) gotk__threads_goexit(g);
    end(m, m->p, g);
    m->resched = 1;
}

/* From gotk__gostart, on g0: a goroutine's function has returned. Returns the goroutine to run next. */
G *gotk__goreturn(void)
{
    M *m = gotk__m();
    G *g = m->g;
    if (__builtin_expect(g->flags & G_FLAG_MAIN, 0)) gotk__exit_process(0);
    end(m, m->p, g);
    return gotk__schedule();
}
