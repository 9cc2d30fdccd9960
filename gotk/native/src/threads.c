/* SPDX-License-Identifier: BSD-3-Clause
 * Threads mode: each goroutine is an OS thread, park is a futex wait on its G; the rest of the runtime is the same code.
 *
 * A thread's G lies on its own stack, and the stubs run C there (m->g0sp is 0). Threads are made detached, with the stack
 * size asked for and a guard page, as a careful C programmer would. The prologues of compiled code still compare with
 * %fs:0x70, so an overflow is a clean error as on goroutines.
 *
 * Deadlock: `parked` counts threads in park, `alive` all; when they meet and no timer is pending, nothing can happen any more.
 * A thread counts itself as parked before it sleeps and its waker takes it off before it wakes it, so the count never
 * lags behind; the last to park sees the equality. */
#include <alloca.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "scheduler.h"

#define S gotk__sched

enum { C_ROOM = 24 << 10,      /* what C code of the runtime may need below the limit */
       /* Below that: what a signal's frame and handler may need. A signal stack would cost each thread a system call; it has one where a stack
        * ends in a guard page, which must be next to what overflows into it. */
       SIGNAL_ROOM = SEGMENTED_STACKS ? 32 << 10 : 0 };

/* Sanitizers keep much in thread-locals, which lie at the top of the stack. */
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
enum { TLS_ROOM = 1 << 20 };
#else
enum { TLS_ROOM = 0 };
#endif

/* What a new thread is to do. Kept for the next ones: malloc sets up a cache in every thread that frees something. */
enum { START_ARGS = 128 };
struct start {
    struct start *next;
    void *entry;
    uint64_t size, creator_pc, creator_up, parent;
    char args[];
};

static pthread_attr_t attr;
static bool attr_ready;
static _Atomic int64_t parked, alive;
static gotk__mutex list_lock;
static G *all;                 /* list_lock */
static struct start *starts;   /* list_lock: unused ones, each with room for START_ARGS */

/* All live Gs, for traces: a doubly linked list through the first segment's prev and old_sp, which are unused in this mode
 * (schedlink is free for whoever holds a parked goroutine). */
static inline G *next_of(G *g) { return (G *)g->seg0.old_sp; }

static void link_g(G *g)
{
    gotk__lock(&list_lock);
    g->seg0.old_sp = (uint64_t)all;
    g->seg0.prev = NULL;
    if (all) all->seg0.prev = (gotk__seg *)g;
    all = g;
    gotk__unlock(&list_lock);
}

static struct start *get_start(uint64_t size)
{
    struct start *s = NULL;
    if (size <= START_ARGS) {
        gotk__lock(&list_lock);
        if ((s = starts)) starts = s->next;
        gotk__unlock(&list_lock);
        size = START_ARGS;
    }
    if (!s) s = malloc(sizeof *s + size);
    if (!s) gotk__fatal_error("runtime: cannot allocate memory");
    return s;
}

static void put_start(struct start *s)
{
    if (s->size > START_ARGS) {
        free(s);
        return;
    }
    gotk__lock(&list_lock);
    s->next = starts;
    starts = s;
    gotk__unlock(&list_lock);
}

static void unlink_g(G *g)
{
    gotk__lock(&list_lock);
    G *prev = (G *)g->seg0.prev, *next = next_of(g);
    if (prev) prev->seg0.old_sp = (uint64_t)next;
    else all = next;
    if (next) next->seg0.prev = (gotk__seg *)prev;
    gotk__unlock(&list_lock);
}

void gotk__threads_each_g(void (*f)(void *, G *), void *arg)
{
    gotk__lock(&list_lock);
    for (G *g = all; g; g = next_of(g)) f(arg, g);
    gotk__unlock(&list_lock);
}

static void set_up(G *g, void *entry, uint64_t creator_pc, uint64_t parent, char *lo, uint64_t size)
{
    memset(g, 0, sizeof *g);
    M *m = gotk__m();
    m->g = g;
    m->g0sp = 0;
    gotk__random_m_init(m);
    g->id = atomic_fetch_add_explicit(&S.goid, 1, memory_order_relaxed) + 1;
    g->m = m;
    g->entry_pc = (uint64_t)entry;
    g->creator_pc = creator_pc;
    g->parent_id = parent;
    g->seg = &g->seg0;
    g->stack_limit = (uint64_t)lo + C_ROOM + STACK_GUARD;
    g->seg0.limit = g->stack_limit;
    g->seg0.top = (uint64_t)lo + size;
    g->row = gotk__row_new();
    g->since = gotk__ticks();
    if (g->row->id == 0) {
        if (gotk__times) g->flags |= G_FLAG_TIMED;
        g->row->id = g->id;
        g->row->parent_id = parent;
        g->row->creator_pc = creator_pc;
        g->row->entry_pc = (uint64_t)entry;
        g->row->created = g->since;
        g->row->ended = -1;
        g->row->stack_bytes = (uint32_t)size;
    }
    atomic_store(&g->state, G_RUNNING);
    link_g(g);
}

static void finish(G *g)
{
    if (gotk__timed(g)) gotk__account(g, gotk__ticks(), &g->row->running);
    if (g->row->id == g->id) {
        g->row->ended = gotk__ticks();
        g->row->state = G_DEAD;
    }
    atomic_store(&g->state, G_DEAD);
    unlink_g(g);
    M *m = gotk__m();
    m->g = NULL;
    extern void gotk__preempt_m_exit(M *);
    gotk__preempt_m_exit(m);
    atomic_fetch_add_explicit(&S.n_threads_mode_exited, 1, memory_order_relaxed);
    atomic_fetch_sub_explicit(&S.n_threads_live, 1, memory_order_relaxed);
    if (atomic_fetch_sub(&alive, 1) - 1 == atomic_load(&parked)) gotk__threads_park_check(0);
}

static void *thread_main(void *arg)
{
    struct start *s = arg;
    uint64_t copy[32], *args = copy;
    if (s->size > sizeof copy) args = alloca(s->size);
    memcpy(args, s->args, s->size);
    void *entry = s->entry;
    G g;
    /* glibc keeps the guard page, TLS and its descriptor within the size; this frame is within 4 KiB of what is left. */
    uint64_t size = gotk__options.stack_size;
    char *lo = (char *)(((uint64_t)__builtin_frame_address(0) - size + 16384) & ~4095ull);
    if (!SEGMENTED_STACKS) gotk__preempt_m_init(gotk__m());
    set_up(&g, entry, s->creator_pc, s->parent, lo, size);
    if (g.row->id == g.id) g.row->creator_up = s->creator_up;
    put_start(s);
    gotk__thread_call(entry, args);
    finish(&g);
    return NULL;
}

static _Noreturn void cannot_make(int err)
{
    char text[700], limit[300];
    long long have = (long long)atomic_load(&S.n_threads_live);
    gotk__thread_limit(limit, sizeof limit, gotk__options.stack_size + SIGNAL_ROOM);
    snprintf(text, sizeof text, "runtime: failed to create new OS thread (have %lld already; errno=%d)\nfatal error: newosproc: %s after %lld threads: %s",
             have, err, strerror(err), have, limit);
    gotk__die("threads-limit", 2, text);
}

static void prepare_attr(void)
{
    if (attr_ready) return;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    uint64_t size = gotk__options.stack_size;
    if (size < 64 << 10) size = gotk__options.stack_size = 64 << 10;
    pthread_attr_setstacksize(&attr, size + SIGNAL_ROOM + TLS_ROOM);
    attr_ready = true;
}

void gotk__threads_spawn(void *entry, const void *args, uint64_t size, uint64_t creator_pc, uint64_t parent)
{
    struct start *s = get_start(size);
    *s = (struct start){.entry = entry, .size = size, .creator_pc = creator_pc, .parent = parent};
    G *self = gotk__self();
    if (self) s->creator_up = gotk__caller_up(self);
    memcpy(s->args, args, size);
    atomic_fetch_add(&alive, 1);
    atomic_fetch_add_explicit(&S.n_threads_mode_created, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&S.n_threads, 1, memory_order_relaxed);
    uint64_t live = atomic_fetch_add_explicit(&S.n_threads_live, 1, memory_order_relaxed) + 1;
    uint64_t peak = atomic_load_explicit(&S.n_peak_g, memory_order_relaxed);
    while (live > peak && !atomic_compare_exchange_weak(&S.n_peak_g, &peak, live)) {}
    pthread_t t;
    int err = pthread_create(&t, &attr, thread_main, s);
    if (err) {
        atomic_fetch_sub(&S.n_threads_live, 1);
        atomic_fetch_sub(&S.n_threads, 1);
        atomic_fetch_sub(&S.n_threads_mode_created, 1);
        cannot_make(err);
    }
}

_Noreturn void gotk__threads_goexit(G *g)
{
    finish(g);
    pthread_exit(NULL);
}

/* A thread sleeps by itself: it is not counted as parked, since nothing has to wake it. */
gotk__ret2 gotk__threads_sleep(G *g, int64_t when)
{
    struct timespec ts = {when / 1000000000, when % 1000000000};
    gotk__park_begin(g, WAIT_SLEEP);
    atomic_fetch_add_explicit(&S.n_parks, 1, memory_order_relaxed);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL) == EINTR) {}
    if (g->flags & G_FLAG_TIMED) gotk__account(g, gotk__ticks(), &g->row->waiting);
    atomic_store_explicit(&g->state, G_RUNNING, memory_order_release);
    return (gotk__ret2){0, 0};
}

/* ---- deadlock ---- */

void gotk__threads_park_check(int delta)
{
    int64_t p = delta ? atomic_fetch_add(&parked, delta) + delta : atomic_load(&parked);
    if (delta > 0) atomic_fetch_add_explicit(&S.n_parks, 1, memory_order_relaxed);
    if (delta < 0 || p < atomic_load(&alive) || !atomic_load(&S.started)) return;
    /* All parked. A pending timer will wake somebody; one that is just firing is in no heap any more but has not readied its
     * goroutine yet, so look for a few milliseconds before saying so. */
    uint64_t parks = atomic_load(&S.n_parks);
    for (int i = 0; i < 5; i++) {
        if (gotk__timers_next(NULL) != INT64_MAX || atomic_load(&parked) < atomic_load(&alive) || atomic_load(&S.n_parks) != parks) return;
        usleep(2000);
    }
    gotk__deadlock();
}

/* ---- the main goroutine ---- */

_Noreturn void gotk__threads_run_main(void (*entry)(void *))
{
    prepare_attr();
    G g;
    pthread_attr_t self;
    void *lo = __builtin_frame_address(0);
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &self) == 0) {
        pthread_attr_getstack(&self, &lo, &size);
        pthread_attr_destroy(&self);
    }
    if (size > 1 << 30) {      /* unlimited */
        lo = (char *)lo + (size - (1 << 30));
        size = 1 << 30;
    }
    atomic_fetch_add(&alive, 1);
    atomic_fetch_add(&S.n_threads_mode_created, 1);
    atomic_fetch_add(&S.n_threads_live, 1);
    atomic_fetch_add(&S.n_threads, 1);
    gotk__preempt_m_init(gotk__m());
    set_up(&g, (void *)entry, 0, 0, (char *)lo + 4096, size - 4096);
    atomic_store(&S.started, true);
    gotk__thread_call((void *)entry, NULL);
    gotk__exit_process(0);
}

/* From __morestack: the thread's stack has no room for the next frame. */
_Noreturn void gotk__thread_overflow(G *g)
{
    char text[120];
    int n = snprintf(text, sizeof text, "runtime: stack of %llu bytes of an OS thread exceeded (option stack size)\n",
                     (unsigned long long)(g->seg0.top - g->stack_limit + C_ROOM + STACK_GUARD));
    gotk__write_stderr(text, n);
    gotk__fatal_error("stack overflow");
}
