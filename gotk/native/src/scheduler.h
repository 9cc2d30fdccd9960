/* SPDX-License-Identifier: BSD-3-Clause
 * What the files of the scheduler share among themselves: its state, queues, stacks, accounting.
 *
 * Lock order: objects' locks (channels, semaphores, timers) -> sched.lock -> stack pool lock. The world lock
 * (procs.c) is taken before all of them, by callers without a P only. */
#ifndef GOTK_SCHEDULER_H
#define GOTK_SCHEDULER_H
#include "asm_offsets.h"
#include "control.h"
#include "g.h"
#include "netpoll.h"

enum { GOTK_MAXPROCS = 1024,
       GOTK_VAIN = 3,          /* searches in a row that did not pay, after which wake-ups are left to sysmon; see gotk__wake_for */
       GOTK_WORTH_NS = 30000,  /* work that pays a wake-up: about what the wake-up takes */
       GOTK_VAIN_NS = 50000 }; /* as long as a sleeping thread needs to wake up, generously (proc.c, protocol N) */

struct gotk__options {
    bool threads;
    int procs;
    uint64_t seed;
    int64_t slice_ns;
    uint64_t memory_limit;
    uint64_t stack_size;       /* threads mode: of a thread */
    uint64_t max_stack;        /* of a goroutine */
    uint64_t rows;             /* bound of the goroutine table */
    bool shuffle;              /* stress: what becomes runnable goes to a random place (runq.c) */
    bool times;                /* account running/runnable/waiting time */
    int report_fd, control_fd; /* -1: none */
};
extern struct gotk__options gotk__options;

struct gotk__sched {
    gotk__mutex lock;
    /* global queue; guarded by lock, runq_size may be read racily */
    struct gotk__globq_block *runq_head, *runq_tail, *runq_spare;
    _Atomic uint32_t runq_size;
    P *pidle;                          /* lock */
    M *midle;                          /* lock */
    uint32_t nmidle, nm;               /* lock */
    M *allm;                           /* lock to add; read by walking (Ms live for ever in gotk mode) */
    M *keeper;                         /* lock: the sleeping M that wakes for timers, and polls */
    _Atomic int64_t keeper_when;       /* its deadline; INT64_MAX without keeper. Counterpart: gotk__wake_for_timer */
    _Alignas(64) _Atomic uint32_t npidle;
    _Atomic uint32_t nspinning;
    _Atomic uint32_t vain;             /* searches in a row that found nothing; see gotk__wake_for */
    _Atomic uint32_t petty;            /* thefts in a row whose loot was run in less than GOTK_WORTH_NS */
    _Atomic uint32_t stopping;         /* the world is to stop; counterpart: stop_world and every schedule() */
    _Atomic uint32_t stopwait;         /* Ps not yet stopped; futex */
    _Atomic uint32_t gc_wanted;
    _Atomic uint32_t sysmon_sleeps;    /* futex */
    _Atomic uint32_t nprocs;           /* Ps in force; changes with the world stopped */
    _Atomic uint32_t nallp;            /* Ps ever made */
    P *allp[GOTK_MAXPROCS];
    _Atomic uint64_t goid;
    _Atomic bool started, exiting;
    /* counters that have no P */
    _Atomic uint64_t n_threads, n_threads_live, n_handoffs, n_threads_mode_created, n_threads_mode_exited, n_parks, n_peak_g;
};
extern struct gotk__sched gotk__sched;

/* ---- runq.c */
bool gotk__runq_empty(P *p);
static inline bool gotk__ring_empty(P *p)        /* without runnext */
{
    return atomic_load_explicit(&p->tail, memory_order_acquire) == atomic_load_explicit(&p->head, memory_order_acquire);
}
static inline uint32_t gotk__ring_len(P *p)      /* the owner only: else the two loads do not fit together */
{
    return atomic_load_explicit(&p->tail, memory_order_relaxed) - atomic_load_explicit(&p->head, memory_order_relaxed);
}
void gotk__runq_put_full(P *p, G *g);
void gotk__runq_put_shuffled(P *p, G *g);
static inline void gotk__runq_put(P *p, G *g, bool next)
{
    if (__builtin_expect(gotk__options.shuffle, 0)) {
        gotk__runq_put_shuffled(p, g);
        return;
    }
    if (next) {
        G *old = atomic_load_explicit(&p->runnext, memory_order_relaxed);
        atomic_store_explicit(&p->runnext, g, memory_order_release);
        if (!old) return;
        g = old;
    }
    uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire);
    uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
    if (__builtin_expect(t - h >= RUNQ_SIZE, 0)) {
        gotk__runq_put_full(p, g);
        return;
    }
    atomic_store_explicit(&p->ring[t % RUNQ_SIZE], g, memory_order_relaxed);
    atomic_store_explicit(&p->tail, t + 1, memory_order_release);
}
/* A goroutine that runs soon (the one after the next): its registers and the top of its stack will be needed soon, and with
 * many goroutines they are in no cache. */
static inline void gotk__prefetch_g(void *g)
{
    __builtin_prefetch((char *)g, 1);
    __builtin_prefetch((char *)g + 64, 1);
    __builtin_prefetch((char *)g + 128, 1);
    __builtin_prefetch((char *)g - 64, 1);
}
static inline G *gotk__runq_get(P *p, bool *inherit)
{
    G *next = atomic_load_explicit(&p->runnext, memory_order_relaxed);
    if (next) {
        *inherit = true;
        atomic_store_explicit(&p->runnext, NULL, memory_order_relaxed);
        return next;
    }
    *inherit = false;
    for (;;) {
        uint32_t h = atomic_load_explicit(&p->head, memory_order_acquire);
        uint32_t t = atomic_load_explicit(&p->tail, memory_order_relaxed);
        if (h == t) return NULL;
        G *g = atomic_load_explicit(&p->ring[h % RUNQ_SIZE], memory_order_relaxed);
        if (t - h > 2) gotk__prefetch_g(atomic_load_explicit(&p->ring[(h + 2) % RUNQ_SIZE], memory_order_relaxed));
        if (atomic_load_explicit(&gotk__sched.nprocs, memory_order_relaxed) == 1) { /* nobody can steal */
            atomic_store_explicit(&p->head, h + 1, memory_order_release);
            return g;
        }
        if (atomic_compare_exchange_weak_explicit(&p->head, &h, h + 1, memory_order_acq_rel, memory_order_relaxed)) return g;
    }
}
G *gotk__runq_steal(P *p, P *from);
void gotk__runq_share(P *p);
uint32_t gotk__runq_len(P *p);
void gotk__globq_put(G *g);                      /* takes the lock */
void gotk__requeue(M *m, G *g);                  /* park.c: one that was asked to stop */
void gotk__globq_put_locked(G *g);
void gotk__globq_put_batch(G **g, uint32_t n);   /* takes the lock */
G *gotk__globq_get_locked(P *p, uint32_t max);   /* moves a share to p's queue, returns one */
G *gotk__globq_get(P *p, uint32_t max);          /* takes the lock */

/* ---- spawner.c */
bool gotk__spawner_put(P *p, G *g);              /* the owner; false: it should be queued */
G *gotk__spawner_get(P *p);                      /* the owner: the latest */
G *gotk__spawner_steal(P *from);                 /* anybody: the oldest */
void gotk__spawners_age(P *p);                   /* sysmon, once in a slice */

/* ---- proc.c */
G *gotk__schedule(void);                         /* on g0: the goroutine to run next */
void gotk__wakep(void);                          /* make sure that somebody looks for work, if a P is idle */
void gotk__wake_for_slow(P *p, bool next);
static inline void gotk__wake_for(P *p, bool next) /* after a put to p's queue: protocol R, and when not to wake */
{
    if (atomic_load_explicit(&gotk__sched.nprocs, memory_order_relaxed) == 1) return;
    if (atomic_load_explicit(&gotk__sched.petty, memory_order_relaxed) >= GOTK_VAIN) return;
    if (next && atomic_load_explicit(&gotk__sched.vain, memory_order_relaxed) >= GOTK_VAIN && gotk__ring_empty(p)) return;
    gotk__wake_for_slow(p, next);
}
void gotk__startm(P *p, bool spinning);          /* runs p on an idle or new M */
void gotk__handoffp(P *p);                       /* p's M is stuck in a system call */
void gotk__stopm_note_timers(void);
P *gotk__pidle_get_locked(void);
void gotk__pidle_put_locked(P *p);
void gotk__m_init(void);                         /* the calling thread becomes an M */
_Noreturn void gotk__enter_scheduler(void);      /* asm */
void gotk__check_dead_locked(void);
bool gotk__all_asleep_locked(void);
int gotk__newm(P *p, bool spinning);             /* sched.nm was raised; p may be null: it sleeps at once. -> errno */
/* After m->park was changed: m sleeps on it, or in epoll_wait. Either it sees the change before it sleeps, or this sees where. */
static inline void gotk__m_poke(M *m)
{
    if (atomic_load(&m->polling)) gotk__netpoll_break();
    else gotk__futex_wake(&m->park, 1);
}
static inline void gotk__m_wake(M *m)
{
    atomic_store(&m->park, 1);
    gotk__m_poke(m);
}
void gotk__wake_for_poll(void);                  /* a P has become idle by other ways than an M that goes to sleep: somebody must poll */

/* ---- procs.c */
void gotk__procs_init(int n);
void gotk__stopped_one(void);                    /* a P has stopped for the world */

/* ---- stack.c; stack_mapped.c where the compiler has no split stacks: the one place that decides which kind a machine has */
#if defined(__x86_64__)
#define SEGMENTED_STACKS 1
#else
#define SEGMENTED_STACKS 0
void gotk__stacks_map(G **g, int n);
void gotk__stack_discard(G *g);
bool gotk__stack_is_end(const G *g, uint64_t address);
#endif
_Noreturn void gotk__stack_overflow(G *g);
void gotk__morestack_slow(G *g, uint64_t need);
enum { MAIN_STACK = SEGMENTED_STACKS ? 64 << 10 : 512 << 20 };   /* of goroutine 1 */
void gotk__g_refill(P *p);
/* A dead goroutine with a free first segment, from p's cache. The one after the next is fetched into the CPU's cache: with
 * many goroutines the wait for memory is most of the cost of making one. */
static inline G *gotk__g_alloc(P *p)
{
    if (__builtin_expect(p->ngfree == 0, 0)) gotk__g_refill(p);
    uint32_t n = --p->ngfree;
    if (n >= 2) {
        gotk__prefetch_g(p->gfree[n - 2]);
        __builtin_prefetch((char *)p->gfree[n - 2] + 192, 1);
    }
    return p->gfree[n];
}
void gotk__g_free_slow(P *p, G *g);
static inline void gotk__g_free(P *p, G *g)
{
    if (__builtin_expect(g->seg == &g->seg0 && !g->seg0.next && !(g->flags & G_FLAG_FIRST) && p->ngfree < GFREE_MAX, 1))
        p->gfree[p->ngfree++] = g;
    else gotk__g_free_slow(p, g);
}
G *gotk__g_alloc_big(uint64_t stack_size);
void gotk__g_trim(G *g);                         /* parks: give the kept segment back */
void gotk__stack_p_release(P *p);
uint64_t gotk__stack_bytes(void);
uint64_t gotk__stack_peak_bytes(void);
void gotk__stack_init(void);
bool gotk__seg_of_return(uint64_t pc);

/* ---- spawn.c */
uint64_t gotk__caller_up(G *self);
G *gotk__spawn_g(void *entry, const void *args, uint64_t size, uint64_t creator_pc, uint64_t parent);
extern char gotk__reflect_begin[], gotk__reflect_end[];
G *gotk__spawn_big(void *entry, const void *args, uint64_t size, uint64_t stack_size);   /* needs no P; the caller queues it. Null: no memory */
G *gotk__spawn_main(void *entry);
extern char gotk__gostart[], gotk__gostart_end[], gotk__morestack_return[], gotk__raise_landing[], gotk__preempt_landing[],
    gotk__thread_call_end[];

/* ---- threads.c */
void gotk__threads_spawn(void *entry, const void *args, uint64_t size, uint64_t creator_pc, uint64_t parent);
_Noreturn void gotk__threads_goexit(G *g);
_Noreturn void gotk__thread_overflow(G *g);
_Noreturn void gotk__threads_run_main(void (*entry)(void *));
void gotk__threads_park_check(int delta);
void gotk__thread_call(void *entry, void *args); /* asm */

/* ---- threadlimit.c */
void gotk__thread_limit(char *out, size_t size, uint64_t stack_size); /* in words, after pthread_create has failed */

/* ---- preempt.c, sysmon.c, signals.c */
void gotk__preempt_p(P *p, uint32_t what);        /* PREEMPT_YIELD, _STOP or _SHARE */
void gotk__preempt_m_init(M *m);
void gotk__signals_init(void);
int gotk__sysmon_start(void);                    /* -> errno */
void gotk__sysmon_wake(void);
void gotk__add_text(uint64_t lo, uint64_t hi);   /* code that may be preempted besides the loader's (tests, gotk.h) */
bool gotk__preemptible_pc(uint64_t pc);

/* ---- panic.c */
void *gotk__raise_target(void);                  /* runtime.raise, or null without Go code */
int64_t gotk__write_stderr(const char *text, int64_t n);
_Noreturn void gotk__deadlock(void);

/* ---- embed.c: the library in somebody else's process (include/gotk.h) */
extern bool gotk__embedded;
extern _Atomic bool gotk__quit;                  /* Ms that would sleep end */
void gotk__embed_enter(void);                    /* the scheduler, until gotk__embed_exit_m */
_Noreturn void gotk__embed_exit_m(void);
void gotk__embed_exit_sysmon(void);
void gotk__embed_idle(void);                     /* all Ms sleep */

/* ---- start.c */
extern int gotk__ncpu;                           /* CPUs this process may use (its affinity) */

/* More Ps are at work than there are CPUs: whoever has what is waited for may be off its CPU until the waiter leaves one. */
static inline bool gotk__crowded(void) {
    struct gotk__sched *s = &gotk__sched;
    return atomic_load_explicit(&s->nprocs, memory_order_relaxed) > (uint32_t)gotk__ncpu + atomic_load_explicit(&s->npidle, memory_order_relaxed);
}
void gotk__init(void);
_Noreturn void gotk__run_program(void (*entry)(void *));

/* ---- stats.c: accounting */
extern bool gotk__times;
extern gotk__row gotk__row_shared;
extern _Atomic bool gotk__rows_full;
gotk__row *gotk__row_take(void);
/* A zeroed row, or the shared one (id UINT64_MAX) when the table is full. */
static inline gotk__row *gotk__row_new(void)
{
    return atomic_load_explicit(&gotk__rows_full, memory_order_relaxed) ? &gotk__row_shared : gotk__row_take();
}
void gotk__rows_init(uint64_t bound);
uint64_t gotk__rows_used(void);
gotk__row *gotk__row_at(uint64_t i);
uint64_t gotk__rows_peak_alive(void);            /* most goroutines alive at once, of those that have a row */
int64_t gotk__start_ns(void);
int64_t gotk__start_ticks(void);
struct gotk__totals { uint64_t created, exited, switches, steals, parks, preempts, handoffs, running, runnable, waiting, syscall, local, max_goroutines; };
void gotk__totals(struct gotk__totals *t);

/* In loops that wait for another CPU. */
static inline void gotk__cpu_relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Counters have one writer at a time and racy readers: plain arithmetic, but no torn reads. */
#define COUNT(x, n) __atomic_store_n(&(x), __atomic_load_n(&(x), __ATOMIC_RELAXED) + (n), __ATOMIC_RELAXED)
#define READ(x) __atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE(x, v) __atomic_store_n(&(x), (v), __ATOMIC_RELAXED)

/* m holds p. Whoever sees p->m sends its thread signals (gotk__preempt_p): a release, so that the thread's number is there by then. */
static inline void gotk__bind(M *m, P *p)
{
    m->p = p;
    __atomic_store_n(&p->m, m, __ATOMIC_RELEASE);
}

/* Moves g to another state for the accounting; called by the M that changes it, before it is published. */
static inline bool gotk__timed(const G *g) { return (g->flags & G_FLAG_TIMED) != 0; }

static inline void gotk__account(G *g, int64_t now, int64_t *bucket)
{
    COUNT(*bucket, now - g->since);
    WRITE(g->since, now);
    COUNT(g->row->transitions, 1);
}

/* A parked goroutine is to run again; the caller puts it into a queue. */
static inline void gotk__runnable(G *g)
{
    if (gotk__timed(g)) gotk__account(g, gotk__ticks(), &g->row->waiting);
    atomic_store_explicit(&g->state, G_RUNNABLE, memory_order_release);
}

/* g stops running: the same reading of the clock serves for the start of the next (schedule). */
static inline void gotk__account_stop(M *m, G *g)
{
    int64_t now = m->tick = gotk__ticks();
    gotk__account(g, now, &g->row->running);
}

/* ---- report.c, control.c, trace.c */
void gotk__report_write(const char *kind, int code, const char *message);
void gotk__control_init(int fd);
void gotk__control_update(void);
int gotk__control_wanted(void);
_Noreturn void gotk__die(const char *kind, int code, const char *message); /* report, then _exit */
void gotk__random_init(uint64_t seed);
void gotk__random_m_init(M *m);
void gotk__clock_init(void);

#endif
