/* SPDX-License-Identifier: BSD-3-Clause
 * Park and ready, yielding, and system calls that give the P away: what channels, semaphores and timers build on.
 *
 * The stub has saved the goroutine's registers before any of this runs, so a goroutine may be resumed by another M from the
 * moment that it is published, while this M is still on its way out of the C code. Therefore all accounting happens in
 * park_begin, and park_end touches only the M. */
#include "scheduler.h"

#define S gotk__sched

void gotk__park_begin(G *g, enum gotk__reason reason)
{
    g->reason = (uint8_t)reason;
    if (__builtin_expect(gotk__is_threads, 0)) {
        if (gotk__timed(g)) gotk__account(g, gotk__ticks(), &g->row->running);
        atomic_store_explicit(&g->futex, 0, memory_order_relaxed);
        atomic_store_explicit(&g->state, G_WAITING, memory_order_release);
        return;
    }
    if (g->seg->next) gotk__g_trim(g);
    M *m = gotk__m();
    COUNT(m->p->n_parks, 1);
    if (gotk__timed(g)) gotk__account_stop(m, g);
    atomic_store_explicit(&g->state, G_WAITING, memory_order_release);
}

static gotk__ret2 threads_wait(G *g)
{
    gotk__threads_park_check(+1);
    /* 2: asleep, so whoever readies it must wake it. It may have been readied already. */
    uint32_t v = 0;
    if (atomic_compare_exchange_strong(&g->futex, &v, 2))
        while (atomic_load_explicit(&g->futex, memory_order_acquire) == 2) gotk__futex_wait(&g->futex, 2, -1);
    if (gotk__timed(g)) gotk__account(g, gotk__ticks(), &g->row->waiting);
    atomic_store_explicit(&g->state, G_RUNNING, memory_order_release);
    if (g->reason == 255) gotk__raise((enum gotk__panic)g->ret0, g->ret1, (uint64_t)g->ctx_end);
    return (gotk__ret2){g->ret0, g->ret1};
}

gotk__ret2 gotk__park_end(G *g)
{
    if (__builtin_expect(gotk__is_threads, 0)) return threads_wait(g);
    gotk__m()->resched = 1;
    return (gotk__ret2){0, 0};
}

static void ready(G *g, bool next)
{
    if (__builtin_expect(gotk__is_threads, 0)) {
        gotk__threads_park_check(-1);
        if (atomic_exchange(&g->futex, 1) == 2) gotk__futex_wake(&g->futex, 1);
        return;
    }
    gotk__runnable(g);
    P *p = gotk__p();
    if (__builtin_expect(!p, 0)) {             /* sysmon, a thread of the runtime, or an M in a system call */
        gotk__globq_put(g);
        gotk__wakep();
        return;
    }
    gotk__runq_put(p, g, next);
    gotk__wake_for(p, next);
}

void gotk__ready(G *g) { ready(g, true); }
void gotk__ready_tail(G *g) { ready(g, false); }

/* The goroutine resumes as if its call had been runtime.raise(code, a, b). */
void gotk__ready_raise(G *g, enum gotk__panic code, uint64_t a, uint64_t b)
{
    if (!gotk__raise_target()) gotk__raise(code, a, b);   /* a C program on its own: it ends here */
    if (gotk__is_threads) {
        g->reason = 255;
        g->ret0 = code;
        g->ret1 = a;
        g->ctx_end = b;
    } else {
        g->saved[0] = code;
        g->saved[1] = a;
        g->saved[2] = b;
        g->saved[3] = (uint64_t)gotk__raise_target();
        g->sp -= CALL_SLOT;
        *(uint64_t *)g->sp = (uint64_t)gotk__raise_landing;
    }
    gotk__ready(g);
}

/* runtime.Gosched: to the end of this P's queue; every 61st look at the global queue keeps that fair too. */
void gotk__gosched(void)
{
    if (__builtin_expect(gotk__is_threads, 0)) {
        extern int sched_yield(void);
        sched_yield();
        return;
    }
    G *g = gotk__self();
    M *m = gotk__m();
    if (gotk__timed(g)) gotk__account_stop(m, g);
    atomic_store_explicit(&g->state, G_RUNNABLE, memory_order_release);
    gotk__runq_put(m->p, g, false);
    m->resched = 1;
}

/* Where a goroutine goes that was asked to stop (m->preempt). A stopped world costs it nothing but the time: if it lost the rest of its slice, each
 * collection would put those that run behind all others. */
void gotk__requeue(M *m, G *g)
{
    uint32_t what = atomic_load_explicit(&m->preempt, memory_order_relaxed);
    P *p = m->p;
    atomic_store_explicit(&g->state, G_RUNNABLE, memory_order_release);
    if (what & PREEMPT_YIELD) gotk__globq_put(g);
    else if ((what & PREEMPT_SPAWNER) && gotk__spawner_put(p, g)) return;
    else gotk__runq_put(p, g, (what & PREEMPT_STOP) && !atomic_load_explicit(&p->runnext, memory_order_relaxed));
}

/* From the stubs, when m->preempt was set during the call. */
void gotk__yield_preempt(G *g)
{
    M *m = gotk__m();
    if (gotk__timed(g)) gotk__account_stop(m, g);
    if (atomic_load_explicit(&m->preempt, memory_order_relaxed) & PREEMPT_YIELD) COUNT(m->p->n_preempts, 1);
    gotk__requeue(m, g);
}

/* ---- system calls ---- */

void gotk__syscall_begin(G *g)
{
    if (gotk__timed(g)) gotk__account(g, gotk__ticks(), &g->row->running);
    atomic_store_explicit(&g->state, G_SYSCALL, memory_order_release);
    if (gotk__is_threads) return;
    M *m = gotk__m();
    P *p = m->p;
    COUNT(p->syscalltick, 1);
    m->oldp = p;
    m->p = NULL;
    atomic_store_explicit(&p->status, P_SYSCALL, memory_order_release); /* from here on sysmon may take it */
}

/* This call will block: do not wait for sysmon. */
void gotk__syscall_handoff(G *g)
{
    if (gotk__is_threads) return;
    P *p = gotk__m()->oldp;
    uint32_t expect = P_SYSCALL;
    if (!atomic_compare_exchange_strong(&p->status, &expect, P_IDLE)) return;
    WRITE(p->m, NULL);
    atomic_fetch_add_explicit(&S.n_handoffs, 1, memory_order_relaxed);
    gotk__handoffp(p);
}

gotk__ret2 gotk__syscall_end(G *g)
{
    if (gotk__timed(g)) gotk__account(g, gotk__ticks(), &g->row->syscall);
    gotk__ret2 ret = {g->ret0, g->ret1};
    M *m = gotk__m();
    if (gotk__is_threads) {
        atomic_store_explicit(&g->state, G_RUNNING, memory_order_release);
        return ret;
    }
    P *p = m->oldp;
    uint32_t expect = P_SYSCALL;
    if (atomic_compare_exchange_strong(&p->status, &expect, P_RUNNING)) {
        m->p = p;
        atomic_store_explicit(&g->state, G_RUNNING, memory_order_release);
        if (atomic_load(&S.stopping)) atomic_fetch_or(&m->preempt, PREEMPT_STOP);
        return ret;
    }
    /* It was retaken. Any other idle one? */
    gotk__lock(&S.lock);
    p = atomic_load(&S.stopping) ? NULL : gotk__pidle_get_locked();
    if (p) {
        gotk__bind(m, p);
        atomic_store(&p->status, P_RUNNING);
        gotk__unlock(&S.lock);
        atomic_store_explicit(&g->state, G_RUNNING, memory_order_release);
        return ret;
    }
    atomic_store_explicit(&g->state, G_RUNNABLE, memory_order_release);
    gotk__globq_put_locked(g);
    gotk__unlock(&S.lock);
    m->resched = 1;
    return ret;
}
