/* SPDX-License-Identifier: BSD-3-Clause
 * The library on its own (include/gotk.h): the scheduler in somebody else's process, running C functions.
 *
 * What differs from a program's run: no signal is touched (C functions are not preempted; m->preempt makes them give way in the calls
 * that may wait), nothing ends the process (a deadlock is an event for gotk_wait), all threads are made at the start, so that a
 * limit is an error of gotk_start, and they end at gotk_stop.
 *
 * The functions of gotk.h run on a goroutine's own large stack, or on any thread of the process. Only those that park go through the
 * assembly stubs, which save the goroutine and switch to g0; nothing here uses the M after such a call, since the
 * goroutine may then be on another. A goroutine with GOTK_NOWAIT never enters a stub, so it never leaves its thread.
 *
 * What a parked goroutine waits with lies on its stack (struct waiter); the object's lock guards it until it is taken from the queue.
 *
 * Lock order: api -> sched.lock; a channel or group -> sched.lock. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gotk.h"
#include "heap.h"
#include "scheduler.h"

#define S gotk__sched

enum { DEFAULT_STACK = 256 << 10, LEAST_STACK = 16 << 10 };

/* Functions that may be on another thread when they return: a sanitizer's bookkeeping for each thread must not see them. */
#if defined(__SANITIZE_THREAD__)
#define MOVES __attribute__((no_sanitize("thread")))
#else
#define MOVES
#endif

bool gotk__embedded;
_Atomic bool gotk__quit;
static pthread_mutex_t api = PTHREAD_MUTEX_INITIALIZER; /* start, stop, and gotk_go from outside */
static _Atomic bool running;
static _Atomic pid_t started_by;
static _Atomic uint64_t live;              /* goroutines whose function has not returned */
static _Atomic uint32_t event;             /* futex: changed when all Ms are idle, when the last goroutine ends, when a thread ends */
static _Atomic uint32_t sysmon_ended;

/* ---- events ---- */

static void happen(void)
{
    atomic_fetch_add(&event, 1);
    gotk__futex_wake(&event, INT32_MAX);
}

void gotk__embed_idle(void) { happen(); }

/* By a jump back to the thread's first frame, not pthread_exit, which has to load the unwinder's library. */
void gotk__embed_enter(void)
{
    jmp_buf out;
    gotk__m()->way_out = &out;
    if (!_setjmp(out)) gotk__enter_scheduler();
    gotk__lock(&S.lock);
    S.nm--;
    gotk__unlock(&S.lock);
    happen();
}

_Noreturn void gotk__embed_exit_m(void)
{
    M *m = gotk__m();
    m->g0sp = 0;
    _longjmp(*(jmp_buf *)m->way_out, 1);
}

void gotk__embed_exit_sysmon(void)
{
    atomic_store(&sysmon_ended, 1);
    happen();
}

/* ---- who calls ---- */

static inline G *self(void) { return gotk__m()->g; }

static int check_running(void)
{
    if (!atomic_load(&running)) return GOTK_ESTOPPED;
    return atomic_load_explicit(&started_by, memory_order_relaxed) == getpid() ? 0 : GOTK_EFORKED;
}

/* May the caller wait here? */
static int check_wait(void)
{
    G *g = self();
    if (!g) return GOTK_EOUTSIDE;
    return g->flags & G_FLAG_NOWAIT ? GOTK_ENOWAIT : 0;
}

/* ---- start and stop ---- */

static int make_threads(uint32_t n)
{
    sigset_t all, before;
    sigfillset(&all);                      /* signals are the program's own: for its threads */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int err = 0;
    for (uint32_t i = 0; i < n && !err; i++) {
        gotk__lock(&S.lock);
        S.nm++;
        gotk__unlock(&S.lock);
        if ((err = gotk__newm(NULL, false))) {
            gotk__lock(&S.lock);
            S.nm--;
            gotk__unlock(&S.lock);
        }
    }
    atomic_store(&sysmon_ended, 0);
    if (!err) err = gotk__sysmon_start();
    if (err) atomic_store(&sysmon_ended, 1);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return err;
}

static bool all_idle(void)
{
    gotk__lock(&S.lock);
    bool idle = gotk__all_asleep_locked();
    gotk__unlock(&S.lock);
    return idle;
}

/* Waits until cond() holds; false if the time is over. */
static bool wait_until(bool (*cond)(void), int64_t timeout_ns)
{
    int64_t end = timeout_ns < 0 ? INT64_MAX : gotk__now() + timeout_ns;
    for (;;) {
        uint32_t seen = atomic_load(&event);
        if (cond()) return true;
        int64_t left = end == INT64_MAX ? -1 : end - gotk__now();
        if (end != INT64_MAX && left <= 0) return false;
        gotk__futex_wait(&event, seen, left);
    }
}

static bool threads_gone(void)
{
    gotk__lock(&S.lock);
    bool gone = S.nm == 0;
    gotk__unlock(&S.lock);
    return gone && atomic_load(&sysmon_ended);
}

/* All Ms sleep, or wait at least to be started. */
static void end_threads(void)
{
    atomic_store(&gotk__quit, true);
    gotk__lock(&S.lock);
    M *m = S.midle;
    S.midle = NULL;
    S.nmidle = 0;
    S.keeper = NULL;
    atomic_store(&S.keeper_when, INT64_MAX);
    while (m) {
        M *next = m->schedlink;
        m->blocked = m->keeper = false;
        gotk__m_wake(m);
        m = next;
    }
    gotk__unlock(&S.lock);
    gotk__sysmon_wake();
    wait_until(threads_gone, -1);
    gotk__lock(&S.lock);
    while (gotk__pidle_get_locked()) {}
    S.allm = NULL;
    atomic_store(&S.nprocs, 0);
    atomic_store(&S.started, false);
    gotk__unlock(&S.lock);
    atomic_store(&gotk__quit, false);
}

static int start(const struct gotk_config *config)
{
    struct gotk_config c = {0};
    if (config) {
        if (config->size < offsetof(struct gotk_config, slice_ns) || config->size > sizeof c) return GOTK_EINVALID;
        memcpy(&c, config, config->size);
    }
    cpu_set_t cpus;
    if (!c.procs) c.procs = sched_getaffinity(0, sizeof cpus, &cpus) == 0 && CPU_COUNT(&cpus) > 0 ? (uint32_t)CPU_COUNT(&cpus) : 1;
    if (!c.stack_size) c.stack_size = DEFAULT_STACK;
    if (!c.slice_ns) c.slice_ns = 10000000;
    if (c.procs > GOTK_MAXPROCS || c.stack_size < LEAST_STACK || c.stack_size > 1ull << 40 || c.slice_ns < 0) return GOTK_EINVALID;
    if (self()) return GOTK_EINSIDE;
    if (atomic_load(&running)) return atomic_load(&started_by) == getpid() ? GOTK_ERUNNING : GOTK_EFORKED;
    struct gotk__options *o = &gotk__options;
    static bool once;
    if (atomic_load(&S.started) && !once) return GOTK_ERUNNING;        /* this process is gotk-run */
    o->stack_size = c.stack_size;
    o->slice_ns = c.slice_ns;
    o->seed = c.seed;
    if (!once) {
        once = gotk__embedded = true;
        o->rows = 0;
        gotk__clock_init();
        gotk__rows_init(0);
        gotk__heap_init(0);
        gotk__gcs.percent = -1;            /* nothing here is collected */
    }
    gotk__random_init(c.seed);
    gotk__procs_init((int)c.procs);
    atomic_store(&S.started, true);
    atomic_store(&started_by, getpid());
    int err = make_threads(c.procs);
    wait_until(all_idle, -1);
    if (err) {
        end_threads();
        return GOTK_ETHREADS;
    }
    atomic_store(&running, true);
    return 0;
}

int gotk_start(const struct gotk_config *config)
{
    pthread_mutex_lock(&api);
    int err = start(config);
    pthread_mutex_unlock(&api);
    return err;
}

static bool settled(void) { return atomic_load(&live) == 0 || all_idle(); }

int gotk_wait(int64_t timeout_ns)
{
    if (self()) return GOTK_EINSIDE;
    int err = check_running();
    if (err) return err;
    if (!wait_until(settled, timeout_ns)) return GOTK_ETIMEOUT;
    return atomic_load(&live) == 0 ? 0 : GOTK_EDEADLOCK;
}

int gotk_stop(void)
{
    if (self()) return GOTK_EINSIDE;
    for (;;) {
        int err = check_running();
        if (err) return err;
        wait_until(all_idle, -1);          /* the last one to end is off its stack then, too */
        pthread_mutex_lock(&api);
        if (atomic_load(&running) && all_idle()) break;
        pthread_mutex_unlock(&api);        /* somebody has started one meanwhile, or stopped it */
    }
    atomic_store(&running, false);
    end_threads();
    uint64_t left = atomic_exchange(&live, 0);
    pthread_mutex_unlock(&api);
    return left ? GOTK_EDEADLOCK : 0;
}

/* ---- goroutines ---- */

struct call { void (*f)(void *); void *arg; };

MOVES static void body(void *p)
{
    struct call *c = p;
    c->f(c->arg);
    if (atomic_fetch_sub(&live, 1) == 1) happen();
}

int gotk_go(void (*f)(void *arg), void *arg, unsigned flags)
{
    if (!f || flags & ~(unsigned)GOTK_NOWAIT) return GOTK_EINVALID;
    bool outside = !self();
    int err = check_running();
    if (err) return err;
    struct call c = {f, arg};
    if (outside) pthread_mutex_lock(&api); /* against gotk_stop; it can't come while a goroutine runs */
    G *g = outside && (err = check_running()) ? NULL : gotk__spawn_big((void *)body, &c, sizeof c, gotk__options.stack_size);
    if (!g) {
        if (outside) pthread_mutex_unlock(&api);
        return err ? err : GOTK_EMEMORY;
    }
    if (flags & GOTK_NOWAIT) g->flags |= G_FLAG_NOWAIT;
    atomic_fetch_add(&live, 1);
    P *p = gotk__p();
    if (p) {
        COUNT(p->n_spawns, 1);
        gotk__runq_put(p, g, false);
        gotk__wake_for(p, false);
    } else {
        atomic_fetch_add(&S.n_threads_mode_created, 1);   /* spawned without a P */
        gotk__globq_put(g);
        gotk__wakep();
    }
    if (outside) pthread_mutex_unlock(&api);
    return 0;
}

void gotk_go_gosched(void);
void gotk_go_sleep(int64_t ns);

MOVES int gotk_yield(void)
{
    int err = check_wait();
    if (!err) gotk_go_gosched();
    return err;
}

MOVES int gotk_sleep(int64_t ns)
{
    int err = check_wait();
    if (!err && ns > 0) gotk_go_sleep(ns);
    return err;
}

int gotk_counters(struct gotk_counters *out, size_t size)
{
    if (!out || size > sizeof *out) return GOTK_EINVALID;
    struct gotk__totals t;
    gotk__totals(&t);
    struct gotk_counters c = {
        .created = t.created, .alive = atomic_load(&live), .switches = t.switches, .steals = t.steals, .parks = t.parks,
        .threads = atomic_load(&S.n_threads), .procs = atomic_load(&S.nprocs), .stack_bytes = gotk__stack_bytes(),
    };
    memcpy(out, &c, size);
    return 0;
}

const char *gotk_error_text(int error)
{
    switch (error) {
    case GOTK_OK: return "no error";
    case GOTK_EINVALID: return "invalid argument";
    case GOTK_ERUNNING: return "the scheduler runs already (there is one in a process)";
    case GOTK_ESTOPPED: return "the scheduler does not run";
    case GOTK_EOUTSIDE: return "only a goroutine can wait, not a thread of the program";
    case GOTK_EINSIDE: return "a goroutine can't start, await or stop the scheduler that it runs on";
    case GOTK_ETHREADS: return "the system gives no more threads (ulimit -u, or the container's pids limit)";
    case GOTK_EMEMORY: return "no memory for another goroutine's stack (or too many mappings: vm.max_map_count)";
    case GOTK_EDEADLOCK: return "all goroutines are asleep - deadlock!";
    case GOTK_ETIMEOUT: return "the time is over, goroutines still run";
    case GOTK_ECLOSED: return "the channel is closed";
    case GOTK_ENOWAIT: return "this goroutine must not leave its thread, so it can't wait here";
    case GOTK_EFORKED: return "the scheduler was started before this process was forked; its threads are in the parent";
    case GOTK_EBUSY: return "a goroutine still waits there";
    }
    return "unknown error";
}

/* ---- waiting on objects ---- */

struct waiter {
    struct waiter *next;
    G *g;
    void *element;             /* channels: from where, or to where */
    int result;                /* set by the waker */
};
struct queue { struct waiter *first, **end; };

static void push(struct queue *q, struct waiter *w)
{
    w->next = NULL;
    if (!q->first) q->end = &q->first;
    *q->end = w;
    q->end = &w->next;
}

static struct waiter *pop(struct queue *q)
{
    struct waiter *w = q->first;
    if (w) q->first = w->next;
    return w;
}

/* On g0, in a BLOCK call: the object's lock is held and given up. */
static gotk__ret2 park(struct queue *q, struct waiter *w, gotk__mutex *lock, enum gotk__reason reason)
{
    G *g = w->g = gotk__self();
    gotk__park_begin(g, reason);
    push(q, w);
    gotk__unlock(lock);
    return gotk__park_end(g);
}

/* w is in no queue any more; its stack may be gone as soon as it is ready. */
static void wake(struct waiter *w, int result)
{
    G *g = w->g;
    w->result = result;
    gotk__ready(g);
}

struct gotk_chan {
    gotk__mutex lock;
    bool closed;
    size_t size, capacity, count, head;
    struct queue senders, receivers;
    char ring[];
};

gotk_chan *gotk_chan_new(size_t element_size, size_t capacity)
{
    size_t bytes;
    if (element_size > 1 << 20 || __builtin_mul_overflow(element_size ? element_size : 1, capacity, &bytes) || bytes > 1ull << 40) return NULL;
    gotk_chan *c = calloc(1, sizeof *c + bytes);
    if (!c) return NULL;
    c->size = element_size;
    c->capacity = capacity;
    return c;
}

int gotk_chan_free(gotk_chan *c)
{
    if (!c) return 0;
    gotk__lock(&c->lock);
    bool busy = c->senders.first || c->receivers.first;
    gotk__unlock(&c->lock);
    if (busy) return GOTK_EBUSY;
    free(c);
    return 0;
}

static char *slot(gotk_chan *c, size_t i) { return c->ring + (c->head + i) % c->capacity * c->size; }

/* One try; 1: would have to wait. *woken goes on. With the lock. */
static int send_locked(gotk_chan *c, const void *element, struct waiter **woken)
{
    if (c->closed) return GOTK_ECLOSED;
    if ((*woken = pop(&c->receivers))) {
        if ((*woken)->element) memcpy((*woken)->element, element, c->size);
        return 0;
    }
    if (c->count == c->capacity) return 1;
    memcpy(slot(c, c->count++), element, c->size);
    return 0;
}

static int recv_locked(gotk_chan *c, void *element, struct waiter **woken)
{
    if (c->count) {
        if (element) memcpy(element, slot(c, 0), c->size);
        c->head = (c->head + 1) % c->capacity;
        c->count--;
        if ((*woken = pop(&c->senders))) memcpy(slot(c, c->count++), (*woken)->element, c->size);
        return 0;
    }
    if ((*woken = pop(&c->senders))) {
        if (element) memcpy(element, (*woken)->element, c->size);
        return 0;
    }
    return c->closed ? GOTK_ECLOSED : 1;
}

gotk__ret2 gotk__embedsend(gotk_chan *c, struct waiter *w)
{
    struct waiter *woken = NULL;
    gotk__lock(&c->lock);
    w->result = send_locked(c, w->element, &woken);
    if (w->result == 1) return park(&c->senders, w, &c->lock, WAIT_CHAN_SEND);
    gotk__unlock(&c->lock);
    if (woken) wake(woken, 0);
    return (gotk__ret2){0, 0};
}

gotk__ret2 gotk__embedrecv(gotk_chan *c, struct waiter *w)
{
    struct waiter *woken = NULL;
    gotk__lock(&c->lock);
    w->result = recv_locked(c, w->element, &woken);
    if (w->result == 1) return park(&c->receivers, w, &c->lock, WAIT_CHAN_RECV);
    gotk__unlock(&c->lock);
    if (woken) wake(woken, 0);
    return (gotk__ret2){0, 0};
}

void gotk_go_embedsend(gotk_chan *c, struct waiter *w);
void gotk_go_embedrecv(gotk_chan *c, struct waiter *w);

/* A goroutine that must not wait, or a thread: only what goes at once. */
static int try_only(gotk_chan *c, void *element, bool send, int otherwise)
{
    struct waiter *woken = NULL;
    gotk__lock(&c->lock);
    int r = send ? send_locked(c, element, &woken) : recv_locked(c, element, &woken);
    gotk__unlock(&c->lock);
    if (woken) wake(woken, 0);
    return r == 1 ? otherwise : r;
}

MOVES int gotk_chan_send(gotk_chan *c, const void *element)
{
    if (!c || (!element && c->size)) return GOTK_EINVALID;
    int err = check_wait();
    if (err) return try_only(c, (void *)element, true, err);
    struct waiter w = {.element = (void *)element};
    gotk_go_embedsend(c, &w);
    return *(volatile int *)&w.result;
}

MOVES int gotk_chan_recv(gotk_chan *c, void *element)
{
    if (!c) return GOTK_EINVALID;
    int err = check_wait();
    if (err) return try_only(c, element, false, err);
    struct waiter w = {.element = element};
    gotk_go_embedrecv(c, &w);
    return *(volatile int *)&w.result;
}

int gotk_chan_close(gotk_chan *c)
{
    if (!c) return GOTK_EINVALID;
    gotk__lock(&c->lock);
    if (c->closed) {
        gotk__unlock(&c->lock);
        return GOTK_ECLOSED;
    }
    c->closed = true;
    struct waiter *all[2] = {c->senders.first, c->receivers.first};
    c->senders.first = c->receivers.first = NULL;
    gotk__unlock(&c->lock);
    for (int i = 0; i < 2; i++)
        for (struct waiter *w = all[i], *next; w; w = next) {
            next = w->next;
            wake(w, GOTK_ECLOSED);
        }
    return 0;
}

struct gotk_group {
    gotk__mutex lock;
    int64_t count;
    struct queue waiters;
};

gotk_group *gotk_group_new(void) { return calloc(1, sizeof(gotk_group)); }

int gotk_group_free(gotk_group *g)
{
    if (!g) return 0;
    gotk__lock(&g->lock);
    bool busy = g->waiters.first;
    gotk__unlock(&g->lock);
    if (busy) return GOTK_EBUSY;
    free(g);
    return 0;
}

int gotk_group_add(gotk_group *g, int64_t n)
{
    if (!g) return GOTK_EINVALID;
    gotk__lock(&g->lock);
    int64_t count;
    if (__builtin_add_overflow(g->count, n, &count) || count < 0) {
        gotk__unlock(&g->lock);
        return GOTK_EINVALID;
    }
    g->count = count;
    struct waiter *all = NULL;
    if (count == 0) {
        all = g->waiters.first;
        g->waiters.first = NULL;
    }
    gotk__unlock(&g->lock);
    for (struct waiter *w = all, *next; w; w = next) {
        next = w->next;
        wake(w, 0);
    }
    return 0;
}

int gotk_group_done(gotk_group *g) { return gotk_group_add(g, -1); }

gotk__ret2 gotk__embedgroup(gotk_group *g, struct waiter *w)
{
    gotk__lock(&g->lock);
    if (g->count) return park(&g->waiters, w, &g->lock, WAIT_WAITGROUP_WAIT);
    gotk__unlock(&g->lock);
    return (gotk__ret2){0, 0};
}

void gotk_go_embedgroup(gotk_group *g, struct waiter *w);

MOVES int gotk_group_wait(gotk_group *g)
{
    if (!g) return GOTK_EINVALID;
    int err = check_wait();
    if (err) {
        gotk__lock(&g->lock);
        bool zero = g->count == 0;
        gotk__unlock(&g->lock);
        return zero ? 0 : err;
    }
    struct waiter w = {0};
    gotk_go_embedgroup(g, &w);
    return *(volatile int *)&w.result;
}
