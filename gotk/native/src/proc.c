/* SPDX-License-Identifier: BSD-3-Clause
 * The scheduler: which goroutine an M runs next, and which Ms look for work, sleep and wake.
 *
 * G: a goroutine. M: an OS thread. P: the right to run Go code; there are GOMAXPROCS of them. An M needs a P to run Go.
 *
 * How many Ms should be awake? Too few leaves CPUs idle while goroutines wait; too many burns CPU and costs a futex
 * (a few microseconds) for each wake-up, where a hand-over between goroutines costs tens of nanoseconds. Rejected: one
 * shared queue (its lock is the bottleneck); waking an idle M for every readied goroutine (thrashes on ping-pong).
 * Chosen: an M that has no work "spins", that is searches all queues for a while, before it sleeps. At most half as many
 * spin as are busy. Who readies a goroutine wakes an M only if a P is idle and nobody spins; a spinner that finds
 * work wakes the next one if it was the last. So work that is there is found by a chain of wake-ups, one at a time.
 *
 * Protocol R (ready) against S (a spinner gives up); no goroutine may stay behind while Ps idle:
 *   R1 put the goroutine in a queue       S1 release the P (npidle up)
 *   R2 full fence                         S2 nspinning down
 *   R3 read npidle, nspinning:            S3 full fence
 *      P idle and nobody spins -> wake    S4 look at all queues once more; if there is work: take a P, spin again
 * Either R3 sees S1 and S2, or S4 sees R1. (Where wake-ups do not pay, they are left to sysmon: gotk__wake_for.)
 *
 * Protocol T (timers): an M about to sleep while timers exist becomes the keeper if there is none, sleeping with a deadline:
 *   keeper: publish keeper_when, fence, read all timers again; adder: publish timer, fence, read keeper_when.
 *
 * Protocol N (network): the keeper sleeps in epoll_wait if goroutines wait for I/O, so that what arrives while others run finds an
 * idle P at once. But where goroutines talk to each other, each write then wakes the keeper's thread for an event that the
 * writer's own M would have found a moment later, when its goroutine waits for the answer. Such wake-ups are counted (net.vain):
 * by an M that goes idle just after the keeper got something. After a few the keeper polls only when no P is in use,
 * and sysmon polls for busy Ms, every 100 µs; what it finds sets net.vain back.
 * As long as goroutines wait for I/O, one of these holds: some M looks for work; the keeper is in epoll_wait; a P is in use,
 * so sysmon is awake. The last M to go to sleep takes the keeper's place if the keeper does not poll.
 *
 * Who may change p->status: IDLE->RUNNING and back, ->GCSTOP, ->DEAD under sched.lock; RUNNING->SYSCALL the M that holds
 * it; SYSCALL->anything by compare-and-swap (the M that returns, sysmon, or who stops the world). */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "scheduler.h"
#include <sched.h>

struct gotk__sched gotk__sched = {.keeper_when = INT64_MAX};
struct gotk__options gotk__options = {.procs = 1, .slice_ns = 10000000, .stack_size = 1 << 20, .max_stack = 1000000000, .rows = 200000,
                                      .report_fd = -1, .control_fd = -1};
bool gotk__is_threads;
_Thread_local M gotk__tls_m __attribute__((tls_model("initial-exec"), visibility("hidden")));
_Static_assert(sizeof(M) <= 256, "the loader's reserve of static TLS is small (dlopen)");

#define S gotk__sched

/* ---- idle lists ---- */

void gotk__pidle_put_locked(P *p)
{
    atomic_store_explicit(&p->status, P_IDLE, memory_order_relaxed);
    WRITE(p->m, NULL);
    p->link = S.pidle;
    S.pidle = p;
    atomic_fetch_add(&S.npidle, 1);
}

P *gotk__pidle_get_locked(void)
{
    P *p = S.pidle;
    if (!p) return NULL;
    S.pidle = p->link;
    p->link = NULL;
    atomic_fetch_sub(&S.npidle, 1);
    if (atomic_load(&S.sysmon_sleeps)) gotk__sysmon_wake(); /* it sleeps while all are idle; partner: sysmon.c */
    return p;
}

static void acquire(M *m, P *p)
{
    gotk__bind(m, p);
    atomic_store_explicit(&p->status, P_RUNNING, memory_order_release);
}

static M *midle_get_locked(void)
{
    M *m = S.midle;
    if (!m) return NULL;
    if (m->keeper && m->schedlink) {   /* the keeper is the last to be chosen */
        M *keeper = m;
        m = m->schedlink;
        keeper->schedlink = m->schedlink;
    } else {
        S.midle = m->schedlink;
    }
    S.nmidle--;
    m->blocked = false;
    if (m->keeper) {           /* whoever sleeps next takes over */
        m->keeper = false;
        S.keeper = NULL;
        atomic_store(&S.keeper_when, INT64_MAX);
    }
    return m;
}

/* ---- Ms ---- */

struct mstart { P *p; bool spinning; };

void gotk__m_init(void)
{
    M *m = gotk__m();
    m->tid = (uint32_t)syscall(SYS_gettid);
    gotk__random_m_init(m);
    if (!gotk__embedded) gotk__preempt_m_init(m);
    gotk__lock(&S.lock);
    m->allnext = S.allm;
    __atomic_store_n(&S.allm, m, __ATOMIC_RELEASE);
    m->id = (uint32_t)atomic_fetch_add_explicit(&S.n_threads, 1, memory_order_relaxed);
    gotk__unlock(&S.lock);
}

static void *mstart(void *arg)
{
    struct mstart s = *(struct mstart *)arg;
    gotk__raw_free(arg, sizeof s);
    gotk__m_init();
    M *m = gotk__m();
    m->nextp = s.p;
    m->spinning = s.spinning;
    if (gotk__embedded) gotk__embed_enter();
    else gotk__enter_scheduler();
    return NULL;
}

/* sched.nm has been raised by the caller, under the lock. -> errno */
int gotk__newm(P *p, bool spinning)
{
    struct mstart *s = gotk__raw_alloc(sizeof *s);
    s->p = p;
    s->spinning = spinning;
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, 256 << 10);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_t t;
    int err = pthread_create(&t, &attr, mstart, s);
    pthread_attr_destroy(&attr);
    if (err) gotk__raw_free(s, sizeof *s);
    return err;
}

static void newm(P *p, bool spinning)
{
    int err = gotk__newm(p, spinning);
    if (err) {
        char text[700], limit[300];
        gotk__thread_limit(limit, sizeof limit, 256 << 10);
        snprintf(text, sizeof text, "runtime: failed to create new OS thread (have %u already; errno=%d)\nfatal error: newosproc: %s: %s", S.nm - 1, err,
                 strerror(err), limit);
        gotk__die("fatal", 2, text);
    }
}

void gotk__startm(P *p, bool spinning)
{
    gotk__lock(&S.lock);
    if (!p && !(p = gotk__pidle_get_locked())) {
        gotk__unlock(&S.lock);
        if (spinning) atomic_fetch_sub(&S.nspinning, 1);
        return;
    }
    atomic_store_explicit(&p->status, P_IDLE, memory_order_relaxed);
    M *m = midle_get_locked();
    if (!m) {
        S.nm++;
        gotk__unlock(&S.lock);
        newm(p, spinning);
    } else {
        m->nextp = p;
        m->spinning = spinning;
        gotk__unlock(&S.lock);
        gotk__m_wake(m);
    }
}

void gotk__wakep(void)
{
    uint32_t none = 0;
    if (atomic_load(&S.npidle) == 0 || !atomic_compare_exchange_strong(&S.nspinning, &none, 1)) return;
    gotk__startm(NULL, true);
}

/* When a wake-up does not pay. Two goroutines that wake each other in turns keep one P busy and its runnext filled for moments
 * only: waking an M for each of these is in vain (it finds nothing) and costs a hundred times the switch. And a thousand
 * goroutines that end at once are run by their own P, where they are in the caches, before another M is awake. So
 * there are two counts: of searches that found nothing, after some of which a goroutine that is alone in runnext is left to
 * its own P; and of thefts that brought less work than a wake-up costs, after some of which the ring is, too. Sysmon then looks
 * every 100 µs whether there is more work than its P gets through soon, and allows one attempt. */
void gotk__wake_for_slow(P *p, bool next)
{
    atomic_thread_fence(memory_order_seq_cst);                                    /* R2 */
    if (atomic_load_explicit(&S.npidle, memory_order_relaxed) &&
        !atomic_load_explicit(&S.nspinning, memory_order_relaxed)) gotk__wakep(); /* R3 */
}

/* p was taken from an M in a system call (status IDLE, in no list): somebody must run it if there is anything to do. */
void gotk__handoffp(P *p)
{
    if (!gotk__runq_empty(p) || atomic_load(&S.runq_size)) {
        gotk__startm(p, false);
        return;
    }
    uint32_t none = 0;
    if (atomic_load(&S.npidle) == 0 && atomic_compare_exchange_strong(&S.nspinning, &none, 1)) {
        gotk__startm(p, true); /* it was the last busy one: others may be about to ready something */
        return;
    }
    gotk__lock(&S.lock);
    if (atomic_load(&S.stopping)) {
        atomic_store(&p->status, P_GCSTOP);
        gotk__unlock(&S.lock);
        gotk__stopped_one();
        return;
    }
    if (atomic_load(&S.runq_size)) {
        gotk__unlock(&S.lock);
        gotk__startm(p, false);
        return;
    }
    gotk__pidle_put_locked(p);
    gotk__unlock(&S.lock);
    int64_t when = gotk__timers_next(p);
    if (when != INT64_MAX) gotk__wake_for_timer(when);
    gotk__wake_for_poll();
}

/* ---- timers of sleeping procs ---- */

static int64_t earliest_timer(void)
{
    int64_t when = INT64_MAX;
    for (uint32_t i = 0, n = atomic_load(&S.nallp); i < n; i++) {
        int64_t w = gotk__timers_next(S.allp[i]);
        if (w < when) when = w;
    }
    return when;
}

void gotk__wake_for_timer(int64_t when)
{
    if (gotk__is_threads) return;
    atomic_thread_fence(memory_order_seq_cst);
    if (when >= atomic_load(&S.keeper_when)) return;
    gotk__lock(&S.lock);
    M *m = S.keeper;
    if (m && when < atomic_load(&S.keeper_when)) {
        atomic_store(&S.keeper_when, when);
        gotk__unlock(&S.lock);
        uint32_t asleep = 0;           /* 2: it only computes its deadline again. The value must change, or a keeper that is
                                          about to sleep would miss this */
        atomic_compare_exchange_strong(&m->park, &asleep, 2);
        gotk__m_poke(m);
        return;
    }
    bool idle = S.midle && S.pidle;
    gotk__unlock(&S.lock);
    if (!m && idle) gotk__wakep(); /* it finds nothing and becomes the keeper */
}

/* ---- sleeping ---- */

/* Should the keeper sleep in epoll_wait? Protocol N; with the lock. */
static bool should_poll_locked(void)
{
    return atomic_load(&gotk__net.waiters) &&
           (atomic_load(&S.npidle) == atomic_load(&S.nprocs) || atomic_load_explicit(&gotk__net.vain, memory_order_relaxed) < GOTK_VAIN);
}

/* The sleeping poller got something at about the time when an M found nothing: that M would have got it (protocol N). */
static void judge(int64_t *mine, int64_t *other)
{
    int64_t now = gotk__now(), then = READ(*other);
    WRITE(*mine, now);
    if (now - then < GOTK_VAIN_NS) atomic_fetch_add_explicit(&gotk__net.vain, 1, memory_order_relaxed);
}

/* A P has become idle, but no M goes to sleep for that reason. */
void gotk__wake_for_poll(void)
{
    if (!atomic_load(&gotk__net.waiters)) return;
    gotk__lock(&S.lock);
    bool needed = should_poll_locked() && !atomic_load(&gotk__net.asleep);
    gotk__unlock(&S.lock);
    if (needed) gotk__wakep();     /* it finds nothing and takes the keeper's place */
}

/* Nothing can ever happen again, unless somebody outside does something. */
bool gotk__all_asleep_locked(void)
{
    if (S.nmidle != S.nm || !atomic_load(&S.started) || atomic_load(&S.stopping)) return false;
    if (atomic_load(&gotk__net.waiters) || atomic_load(&S.runq_size) || earliest_timer() != INT64_MAX) return false;
    for (uint32_t i = 0, n = atomic_load(&S.nprocs); i < n; i++)
        if (!gotk__runq_empty(S.allp[i])) return false;
    return true;
}

/* Called with the lock, when one more M has nothing to do. */
void gotk__check_dead_locked(void)
{
    if (!gotk__all_asleep_locked()) return;
    if (gotk__embedded) {
        gotk__embed_idle();
        return;
    }
    gotk__unlock(&S.lock);
    gotk__deadlock();
}

/* The M has no P. Sleeps until somebody hands it one (m->nextp). */
static void stopm(M *m)
{
    gotk__lock(&S.lock);
    atomic_store_explicit(&m->park, 0, memory_order_relaxed);
    m->schedlink = S.midle;
    S.midle = m;
    S.nmidle++;
    m->blocked = true;
    gotk__check_dead_locked();
    if (!S.keeper || (!atomic_load(&gotk__net.asleep) && should_poll_locked())) {
        if (S.keeper) S.keeper->keeper = false;
        m->keeper = true;
        S.keeper = m;
    }
    for (;;) {
        int64_t timeout = -1;
        bool poll = false;
        G *list = NULL;
        if (m->keeper) {
            int64_t when;
            do {
                when = earliest_timer();
                atomic_store(&S.keeper_when, when);
                atomic_thread_fence(memory_order_seq_cst);
            } while (earliest_timer() < when);
            if (when != INT64_MAX) {
                timeout = when - gotk__now();
                if (timeout < 0) timeout = 0;
            }
            /* One at a time, or the break that is meant for one would reach another. */
            poll = should_poll_locked() && !atomic_load(&gotk__net.asleep);
            if (poll) {
                atomic_store(&gotk__net.asleep, 1);  /* only who has set it clears it */
                atomic_store(&m->polling, 1);        /* then look at park: counterpart gotk__m_poke */
            }
        }
        gotk__unlock(&S.lock);
        if (poll) {
            if (!atomic_load(&m->park)) list = gotk__netpoll(timeout);
            atomic_store(&m->polling, 0);
            atomic_store(&gotk__net.asleep, 0);
            if ((m->harvest = list)) judge(&gotk__net.harvest, &gotk__net.idled);
        } else if (timeout != 0) {
            gotk__futex_wait(&m->park, 0, timeout);
        }
        if (atomic_load_explicit(&m->park, memory_order_acquire) == 1) return;
        gotk__lock(&S.lock);
        uint32_t park = 2;
        atomic_compare_exchange_strong(&m->park, &park, 0);
        if (!m->blocked) {     /* chosen, the wake-up is on its way */
            gotk__unlock(&S.lock);
            while ((park = atomic_load_explicit(&m->park, memory_order_acquire)) != 1) gotk__futex_wait(&m->park, park, -1);
            return;
        }
        if (list || (m->keeper && earliest_timer() <= gotk__now())) {
            P *p = S.pidle && !atomic_load(&S.stopping) ? gotk__pidle_get_locked() : NULL;
            if (p) {
                M **at = &S.midle;
                while (*at != m) at = &(*at)->schedlink;
                *at = m->schedlink;
                S.nmidle--;
                m->blocked = false;
                m->nextp = p;
            }
            /* Without a P: all are busy and look at their timers and at the network themselves, within a slice at most. */
            if (m->keeper) {
                atomic_store(&S.keeper_when, INT64_MAX);
                m->keeper = false;
                S.keeper = NULL;
            }
            if (p || list) gotk__unlock(&S.lock);
            if (p) return;
            if (list) {
                m->harvest = NULL;
                gotk__netpoll_deliver(list, false);
                gotk__lock(&S.lock);
                if (!m->blocked) {   /* chosen meanwhile */
                    gotk__unlock(&S.lock);
                    while ((park = atomic_load_explicit(&m->park, memory_order_acquire)) != 1) gotk__futex_wait(&m->park, park, -1);
                    return;
                }
            }
        }
    }
}

/* ---- looking for work ---- */

static void stop_spinning(M *m)
{
    m->spinning = false;
    atomic_store_explicit(&S.vain, 0, memory_order_relaxed);
    atomic_fetch_sub(&S.nspinning, 1);
    /* Protocol R: the last spinner that found work hands the search on. */
    if (atomic_load(&S.npidle) && atomic_load(&S.nspinning) == 0) gotk__wakep();
}

/* What a P has just readied is probably its next to run. If it has not been switching for some microseconds, it is asked to
 * put it into its ring. */
static void share(P *from)
{
    bool crowded = gotk__crowded();     /* then its M may not run before we let it */
    uint64_t switches = READ(from->n_switches);
    for (int i = 0; i < 600; i++) {
        if (crowded && i % 40 == 39) sched_yield();
        else gotk__cpu_relax();
        if (READ(from->n_switches) != switches || !gotk__ring_empty(from)) return;
        if (i == 150) gotk__preempt_p(from, PREEMPT_SHARE);
    }
}

/* Not the only one of a P whose ring drains: it will get to it within microseconds, and what it spawned before has its memory there. */
static G *steal_spawner(P *p, P *from, bool last)
{
    uint32_t n = atomic_load_explicit(&from->nspawners, memory_order_relaxed);
    if (n == 0 || (n == 1 && !last)) return NULL;
    uint32_t tick = READ(from->schedtick);
    for (int i = 0; n == 1 && i < 150; i++) {
        gotk__cpu_relax();
        if (READ(from->schedtick) != tick) return NULL;
    }
    G *g = gotk__spawner_steal(from);
    if (g) COUNT(p->n_steals, 1);
    return g;
}

static G *steal(M *m, P *p, int64_t now)
{
    uint32_t n = atomic_load(&S.nprocs);
    for (int round = 0; round < 4; round++) {
        uint32_t at = (uint32_t)((gotk__random() >> 32) * n >> 32);
        for (uint32_t i = 0; i < n; i++, at = at + 1 == n ? 0 : at + 1) {
            if (atomic_load_explicit(&S.stopping, memory_order_relaxed)) return NULL;
            P *from = S.allp[at];
            if (from == p) continue;
            if (round == 3 && gotk__timers_next(from) <= now) {
                gotk__timers_run(from, now);   /* what it readies goes to p */
                bool inherit;
                G *g = gotk__runq_get(p, &inherit);
                if (g) return g;
            }
            if (atomic_load_explicit(&from->status, memory_order_relaxed) == P_IDLE) continue;
            if (round == 3 && gotk__ring_empty(from) && atomic_load_explicit(&from->runnext, memory_order_relaxed)) share(from);
            G *g = gotk__runq_steal(p, from);
            if (!g && round > 0) g = steal_spawner(p, from, round == 3);
            if (g) {
                m->loot = now;
                return g;
            }
        }
    }
    return NULL;
}

static G *find_runnable(M *m, bool *inherit)
{
    P *p;
    G *g;
    *inherit = false;
top:
    p = m->p;
    if (!p) {
        if (!m->nextp) {
            if (atomic_load(&gotk__quit)) gotk__embed_exit_m();
            stopm(m);
            goto top;
        }
        acquire(m, m->nextp);
        m->nextp = NULL;
        if (m->harvest) {
            g = m->harvest;
            m->harvest = NULL;
            return gotk__netpoll_deliver(g, true);
        }
        goto top;
    }
    if (atomic_load(&S.stopping)) {
        if (m->spinning) {
            m->spinning = false;
            atomic_fetch_sub(&S.nspinning, 1);
        }
        m->p = NULL;
        WRITE(p->m, NULL);
        atomic_store(&p->status, P_GCSTOP);
        gotk__stopped_one();
        stopm(m);
        goto top;
    }
    if (atomic_load_explicit(&S.gc_wanted, memory_order_relaxed) && atomic_exchange(&S.gc_wanted, 0)) {
        /* The P stays ours, or the goroutine that asked would run on elsewhere before the collection, and each collection
         * would cost the sleep and wake-up of threads. */
        if (gotk__stop_world_holding(p)) {
            gotk__gc_run();
            gotk__start_world_holding(p);
        } else {
            atomic_store(&S.gc_wanted, 1);
        }
        goto top;
    }
    int64_t now = 0;
    if (gotk__timers_next(p) != INT64_MAX) gotk__timers_run(p, now = gotk__now());
    if ((g = gotk__runq_get(p, inherit)) || (g = gotk__spawner_get(p))) return g;
    bool network = atomic_load_explicit(&gotk__net.waiters, memory_order_relaxed) != 0;
    if (atomic_load(&S.runq_size) && (g = network && p->sent ? gotk__netpoll_next(p, true) : gotk__globq_get(p, 0))) return g;
    if (network) {
        bool asleep = atomic_load_explicit(&gotk__net.asleep, memory_order_relaxed);
        if ((g = gotk__netpoll_next(p, false))) {
            if (asleep) atomic_fetch_add_explicit(&gotk__net.vain, 1, memory_order_relaxed);
            return g;
        }
        judge(&gotk__net.idled, &gotk__net.harvest);
    }
    uint32_t busy = atomic_load(&S.nprocs) - atomic_load(&S.npidle);
    if (busy > (uint32_t)gotk__ncpu) busy = (uint32_t)gotk__ncpu;     /* searchers take CPUs from those that have work */
    if (m->spinning || 2 * atomic_load(&S.nspinning) < busy) {
        if (!m->spinning) {
            m->spinning = true;
            atomic_fetch_add(&S.nspinning, 1);
        }
        if (!now) now = gotk__now();
        if (m->loot) {         /* all that was stolen is done */
            if (now - m->loot >= GOTK_WORTH_NS) atomic_store_explicit(&S.petty, 0, memory_order_relaxed);
            else atomic_fetch_add_explicit(&S.petty, 1, memory_order_relaxed);
            m->loot = 0;
        }
        if ((g = steal(m, p, now))) return g;
        if (!gotk__runq_empty(p)) goto top;
    }
    gotk__lock(&S.lock);
    if (atomic_load(&S.stopping)) {
        gotk__unlock(&S.lock);
        goto top;
    }
    if ((g = gotk__globq_get_locked(p, 0))) {
        gotk__unlock(&S.lock);
        return g;
    }
    m->p = NULL;
    gotk__pidle_put_locked(p);                  /* S1 */
    gotk__unlock(&S.lock);
    bool spun = m->spinning;
    if (spun) {
        m->spinning = false;
        atomic_fetch_sub(&S.nspinning, 1);      /* S2 */
    }
    atomic_thread_fence(memory_order_seq_cst);  /* S3 */
    if (spun) {                                 /* S4 */
        bool vain = atomic_load(&S.vain) >= GOTK_VAIN, petty = atomic_load(&S.petty) >= GOTK_VAIN, work = atomic_load(&S.runq_size) != 0;
        for (uint32_t i = 0, n = atomic_load(&S.nprocs); i < n && !work && !petty; i++)
            work = vain ? !gotk__ring_empty(S.allp[i]) || atomic_load(&S.allp[i]->nspawners) : !gotk__runq_empty(S.allp[i]);
        if (work) {
            gotk__lock(&S.lock);
            p = atomic_load(&S.stopping) ? NULL : gotk__pidle_get_locked();
            gotk__unlock(&S.lock);
            if (p) {
                acquire(m, p);
                m->spinning = true;
                atomic_fetch_add(&S.nspinning, 1);
                goto top;
            }
        }
        atomic_fetch_add_explicit(&S.vain, 1, memory_order_relaxed);
    }
    stopm(m);
    goto top;
}

/* On g0, called by the assembly: never returns without a goroutine. */
G *gotk__schedule(void)
{
    M *m = gotk__m();
    P *p = m->p;
    G *g;
    bool inherit = false;
    m->resched = 0;
    if (m->handoff) {
        /* A switch between coroutines goes on with the slice, and leaves a request to yield as it is. */
        g = m->handoff;
        m->handoff = NULL;
        COUNT(p->n_switches, 1);
        goto start;
    }
    if (__builtin_expect(!p || atomic_load_explicit(&S.stopping, memory_order_relaxed) ||
                         atomic_load_explicit(&S.gc_wanted, memory_order_relaxed), 0)) goto slow;
    if (__builtin_expect(p->schedtick % 61 == 0 && atomic_load_explicit(&S.runq_size, memory_order_relaxed), 0)) {
        /* Once in a while the global queue first, or two goroutines that respawn each other would hold the P for ever. */
        if ((g = gotk__globq_get(p, 1))) goto run;
    }
    if (__builtin_expect(gotk__timers_next(p) != INT64_MAX, 0)) gotk__timers_run(p, gotk__now());
    g = gotk__runq_get(p, &inherit);
    if (__builtin_expect(!g, 0)) {
        if ((g = gotk__spawner_get(p))) goto run;
slow:
        m->g = NULL;
        m->tick = 0;
        g = find_runnable(m, &inherit);
        p = m->p;
        if (m->spinning) stop_spinning(m);
    }
run:
    if (!inherit) COUNT(p->schedtick, 1);
    COUNT(p->n_switches, 1);
    atomic_store_explicit(&m->preempt, 0, memory_order_relaxed);
start:
    m->g = g;
    g->m = m;
    atomic_store_explicit(&g->state, G_RUNNING, memory_order_release);
    if (gotk__timed(g)) {
        int64_t now = m->tick ? m->tick : gotk__ticks();
        /* Readied by another M after that reading: it has not waited. */
        gotk__account(g, now < g->since ? g->since : now, &g->row->runnable);
    }
    m->tick = 0;
    return g;
}
