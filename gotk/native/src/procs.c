/* SPDX-License-Identifier: BSD-3-Clause
 * Stopping the world, and GOMAXPROCS, which changes with the world stopped.
 *
 * Who stops the world holds no P (a goroutine does it as a system call), so two of them cannot wait for each other; or,
 * to collect, holds one and does not wait if somebody else stops it already.
 * Stopped means: every P is in state GCSTOP, thus no Go code and no C code of SYS or BLOCK calls runs. Ps in system
 * calls are taken by compare-and-swap; running ones are asked (m->preempt and a signal) until they stop in
 * find_runnable. The list of idle Ps is empty meanwhile, so nobody can get one. */
#include <string.h>
#include <unistd.h>

#include "scheduler.h"

#define S gotk__sched

static gotk__mutex world;

static P *make_p(uint32_t id)
{
    P *p = gotk__raw_alloc(sizeof *p + 128);
    p = (P *)(((uint64_t)p + 127) & ~127ull);
    p->id = id;
    gotk__heap_p_init(p);
    gotk__timers_p_init(p);
    return p;
}

/* Under the lock: one more P to reuse or make, its status left to the caller. */
static void ensure_p(uint32_t i)
{
    if (i < atomic_load(&S.nallp)) return;
    S.allp[i] = make_p(i);
    atomic_store(&S.nallp, i + 1);
}

void gotk__procs_init(int n)
{
    if (n < 1) n = 1;
    if (n > GOTK_MAXPROCS) n = GOTK_MAXPROCS;
    for (int i = 0; i < n; i++) ensure_p((uint32_t)i);
    atomic_store(&S.nprocs, (uint32_t)n);
    gotk__lock(&S.lock);
    for (int i = n - 1; i >= 0; i--) gotk__pidle_put_locked(S.allp[i]);
    gotk__unlock(&S.lock);
}

void gotk__stopped_one(void)
{
    if (atomic_fetch_sub(&S.stopwait, 1) == 1) gotk__futex_wake(&S.stopwait, 1);
}

/* Holding `world`. own: a P that the caller has and keeps, or NULL. */
static void stop(P *own)
{
    gotk__lock(&S.lock);
    uint32_t n = atomic_load(&S.nprocs);
    atomic_store(&S.stopwait, own ? n - 1 : n);
    if (own) atomic_store(&own->status, P_GCSTOP);
    atomic_store(&S.stopping, 1);
    for (P *p; (p = gotk__pidle_get_locked());) {
        atomic_store(&p->status, P_GCSTOP);
        atomic_fetch_sub(&S.stopwait, 1);
    }
    gotk__unlock(&S.lock);
    for (uint32_t wait; (wait = atomic_load(&S.stopwait)) != 0;) {
        for (uint32_t i = 0; i < n; i++) {
            P *p = S.allp[i];
            uint32_t status = atomic_load(&p->status);
            if (status == P_SYSCALL) {
                if (atomic_compare_exchange_strong(&p->status, &status, P_GCSTOP)) gotk__stopped_one();
            } else if (status == P_RUNNING) {
                gotk__preempt_p(p, PREEMPT_STOP);
            }
        }
        wait = atomic_load(&S.stopwait);
        if (wait) gotk__futex_wait(&S.stopwait, wait, 200000);
    }
}

void gotk__stop_world(void)
{
    gotk__lock(&world);
    stop(NULL);
}

bool gotk__stop_world_holding(P *p)
{
    if (!gotk__trylock(&world)) return false;
    stop(p);
    return true;
}

/* Takes everything from a P that is no longer in force. */
static void retire(P *p)
{
    P *to = S.allp[0];
    bool inherit;
    for (G *g; (g = gotk__runq_get(p, &inherit)) || (g = gotk__spawner_get(p));) gotk__globq_put_locked(g);
    gotk__timers_p_release(p, to);
    gotk__heap_p_release(p);
    gotk__stack_p_release(p);
    atomic_store(&p->status, P_DEAD);
}

/* own: as for stop. */
static void start(int procs, P *own)
{
    uint32_t old = atomic_load(&S.nprocs), n = procs > 0 ? (uint32_t)procs : old;
    if (n > GOTK_MAXPROCS) n = GOTK_MAXPROCS;
    if (!gotk__embedded) gotk__lock_prefixes(n > 1);
    gotk__lock(&S.lock);
    for (uint32_t i = 0; i < n; i++) ensure_p(i);
    for (uint32_t i = n; i < old; i++) retire(S.allp[i]);
    atomic_store(&S.nprocs, n);
    /* Ps with work are started, the others are idle; the first idle one should be the lowest. */
    P *busy = NULL;
    for (int i = (int)n - 1; i >= 0; i--) {
        P *p = S.allp[i];
        if (p == own) {
            atomic_store(&p->status, P_RUNNING);
        } else if (gotk__runq_empty(p)) {
            gotk__pidle_put_locked(p);
        } else {
            p->link = busy;
            busy = p;
        }
    }
    atomic_store(&S.stopping, 0);
    gotk__unlock(&S.lock);
    if (atomic_load(&S.sysmon_sleeps)) gotk__sysmon_wake();     /* it sleeps while the world is stopped; partner: sysmon.c */
    while (busy) {
        P *p = busy;
        busy = p->link;
        p->link = NULL;
        gotk__startm(p, false);
    }
    gotk__unlock(&world);
    if (own) {                         /* the caller looks for work itself, and for what there is besides */
        if (atomic_load(&S.runq_size) > 1) gotk__wakep();
        return;
    }
    if (atomic_load(&S.runq_size)) {
        gotk__wakep();
        return;
    }
    /* Timers that were moved, or a deadlock that nobody has looked for meanwhile. */
    int64_t when = INT64_MAX;
    for (uint32_t i = 0; i < n; i++) {
        int64_t w = gotk__timers_next(S.allp[i]);
        if (w < when) when = w;
    }
    if (when != INT64_MAX) gotk__wake_for_timer(when);
    gotk__wake_for_poll();
    gotk__lock(&S.lock);
    gotk__check_dead_locked();
    gotk__unlock(&S.lock);
}

void gotk__start_world(int procs) { start(procs, NULL); }

void gotk__start_world_holding(P *p) { start(0, p); }

void gotk__request_gc(void)
{
    if (gotk__is_threads) return;    /* nothing is collected there, and nothing looks at preempt but the fast paths of channels, which would then yield */
    atomic_store(&S.gc_wanted, 1);
    atomic_fetch_or(&gotk__m()->preempt, PREEMPT_STOP);
}

int gotk__set_gomaxprocs(int n)
{
    int old = (int)atomic_load(&S.nprocs);
    if (n < 1 || n == old || gotk__is_threads) return old;
    gotk__stop_world();
    old = (int)atomic_load(&S.nprocs);
    gotk__start_world(n);
    return old;
}
