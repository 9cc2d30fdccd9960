/* SPDX-License-Identifier: BSD-3-Clause
 * The system monitor: a thread without a P that takes Ps back from system calls, ends time slices, restarts a search
 * for work that a race has missed, and serves the control page.
 *
 * It sleeps 20 µs at first and doubles up to half a slice (at most 10 ms) while it finds nothing to do; when all Ps are
 * idle it sleeps until somebody takes a P (proc.c, pidle_get; or for 50 ms with a control page). */
#include <pthread.h>
#include <unistd.h>

#include "scheduler.h"

#define S gotk__sched

enum { NETPOLL_NS = 100000 };  /* how long an event may wait beside an idle P; looking costs about 3 µs */

static struct { uint32_t tick; uint64_t switches; int64_t when; uint64_t syscalltick; int64_t syscall_when, aged; } seen[GOTK_MAXPROCS];

void gotk__sysmon_wake(void)
{
    if (atomic_exchange(&S.sysmon_sleeps, 0)) gotk__futex_wake(&S.sysmon_sleeps, 1);
}

/* Is there anything that would run if p's goroutine gave way? */
static bool others_wait(P *p, int64_t now)
{
    return !gotk__runq_empty(p) || atomic_load(&S.runq_size) || gotk__timers_next(p) <= now || atomic_load(&S.gc_wanted);
}

static bool retake(int64_t now, int64_t last)
{
    bool did = false, idle_work = false;
    for (uint32_t i = 0, n = atomic_load(&S.nprocs); i < n; i++) {
        P *p = S.allp[i];
        uint32_t status = atomic_load(&p->status);
        if (now - seen[i].aged >= gotk__options.slice_ns) {
            seen[i].aged = now;
            gotk__spawners_age(p);
        }
        if (status == P_RUNNING) {
            uint32_t tick = __atomic_load_n(&p->schedtick, __ATOMIC_RELAXED);
            if (seen[i].tick != tick) {
                seen[i].tick = tick;
                seen[i].when = now;
            } else if (now - seen[i].when >= gotk__options.slice_ns && others_wait(p, now)) {
                gotk__preempt_p(p, PREEMPT_YIELD);
                did = true;
            }
            /* Work that its P will not get to soon (proc.c, gotk__wake_for): at the rate of switches since the last look. */
            uint64_t switches = READ(p->n_switches), passed = switches - seen[i].switches, queued = gotk__runq_len(p);
            if (queued && (passed == 0 || (int64_t)queued * (now - last) > (int64_t)passed * GOTK_WORTH_NS)) {
                idle_work = true;
                /* One attempt: perhaps its thread has only lost its CPU for a while. One that pays sets them to zero. */
                if (atomic_load(&S.vain) >= GOTK_VAIN) atomic_store(&S.vain, GOTK_VAIN - 1);
                if (atomic_load(&S.petty) >= GOTK_VAIN) atomic_store(&S.petty, GOTK_VAIN - 1);
            }
            seen[i].switches = switches;
        } else if (status == P_SYSCALL) {
            uint64_t tick = __atomic_load_n(&p->syscalltick, __ATOMIC_RELAXED);
            if (seen[i].syscalltick != tick) {
                seen[i].syscalltick = tick;
                seen[i].syscall_when = now;
                continue;
            }
            /* Leave it its P if nothing would use it, for a while: taking it back costs the call a lock. */
            if (gotk__runq_empty(p) && !atomic_load(&S.runq_size) && atomic_load(&S.npidle) + atomic_load(&S.nspinning) > 0 &&
                now - seen[i].syscall_when < 10000000) continue;
            if (atomic_compare_exchange_strong(&p->status, &status, P_IDLE)) {
                WRITE(p->m, NULL);
                atomic_fetch_add_explicit(&S.n_handoffs, 1, memory_order_relaxed);
                gotk__handoffp(p);
                did = true;
            }
        }
    }
    if ((idle_work || atomic_load(&S.runq_size)) && atomic_load(&S.npidle) && !atomic_load(&S.nspinning) && !atomic_load(&S.stopping))
        gotk__wakep();
    return did;
}

/* Polls for Ms that don't come to it: those that run goroutines without a pause, for 10 ms; or for 100 µs if a P is idle and the keeper
 * does not poll (proc.c, protocol N). What is found then shows that the keeper should. */
static bool poll_network(int64_t now)
{
    static uint64_t polls;
    static int64_t when;
    if (!atomic_load(&gotk__net.waiters) || atomic_load(&gotk__net.asleep)) return false;
    uint64_t n = READ(gotk__net.polls);
    if (n != polls) {
        polls = n;
        when = now;
        return false;
    }
    bool idle = atomic_load(&S.npidle) != 0;
    if (now - when < (idle ? NETPOLL_NS : 10000000)) return false;
    when = now;
    G *list = gotk__netpoll(0);
    if (!list) return false;
    if (idle) atomic_store(&gotk__net.vain, 0);
    gotk__netpoll_deliver(list, false);
    return true;
}

static bool all_idle(void)
{
    return atomic_load(&S.npidle) == atomic_load(&S.nprocs) || atomic_load(&S.stopping);
}

static void *sysmon(void *unused)
{
    int64_t slice = gotk__options.slice_ns, cap = slice / 2 < 10000000 ? slice / 2 : 10000000;
    if (cap < 20000) cap = 20000;
    int64_t delay = 20000, last_control = 0, last = gotk__now();
    int quiet = 0;
    bool control = gotk__options.control_fd >= 0;
    for (;;) {
        if (quiet == 0) delay = 20000;
        else if (quiet > 50) delay *= 2;
        if (delay > cap) delay = cap;
        if (delay > NETPOLL_NS && atomic_load(&S.npidle) &&
            (atomic_load(&S.vain) >= GOTK_VAIN || atomic_load(&S.petty) >= GOTK_VAIN ||
             (atomic_load(&gotk__net.waiters) && !atomic_load(&gotk__net.asleep)))) delay = NETPOLL_NS;
        struct timespec ts = {0, delay};
        clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, NULL);
        if (all_idle()) {
            atomic_store(&S.sysmon_sleeps, 1);
            atomic_thread_fence(memory_order_seq_cst);
            if (all_idle() && !atomic_load(&gotk__quit)) gotk__futex_wait(&S.sysmon_sleeps, 1, control ? 50000000 : -1);
            atomic_store(&S.sysmon_sleeps, 0);
            quiet = 0;
        }
        if (atomic_load(&gotk__quit)) {
            gotk__embed_exit_sysmon();
            return unused;
        }
        int64_t now = gotk__now();
        struct gotk__totals sample;
        if (atomic_load_explicit(&S.goid, memory_order_relaxed) > gotk__options.rows) gotk__totals(&sample); /* max_goroutines: stats.c */
        bool did = retake(now, last);
        if (poll_network(now)) did = true;
        if (did) quiet = 0;
        else quiet++;
        last = now;
        if (control && now - last_control > 10000000) {
            last_control = now;
            gotk__control_update();
            int want = gotk__control_wanted();
            if (want > 0 && (uint32_t)want != atomic_load(&S.nprocs)) {
                gotk__stop_world();
                gotk__start_world(want);
                gotk__control_update();
            }
        }
    }
    return unused;
}

/* threads mode: only the control page has to be served. */
static void *control_only(void *unused)
{
    for (;;) {
        usleep(50000);
        gotk__control_update();
    }
    return unused;
}

int gotk__sysmon_start(void)
{
    int err = 0;
    pthread_attr_t attr;
    pthread_t t;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, 256 << 10);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    if (!gotk__is_threads) err = pthread_create(&t, &attr, sysmon, NULL);
    else if (gotk__options.control_fd >= 0) err = pthread_create(&t, &attr, control_only, NULL);
    pthread_attr_destroy(&attr);
    return err;
}
