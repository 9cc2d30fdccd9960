/* SPDX-License-Identifier: BSD-3-Clause
 * Timers: sleeps, channels of package time, functions to start later. A 4-ary heap for each P.
 *
 * Everything of a timer is guarded by the lock of the heap it belongs to. It is given the heap of the P on which it was made,
 * and changes it only when that P goes away (with the world stopped), so an operation locks t->heap and looks again.
 * The scheduler runs what is due (gotk__timers_run) when it looks for work, also for Ps that nobody runs.
 *
 * A timer that is stopped or moved leaves its entry behind: to take it out would need each timer's place, and moving entries
 * would then write to as many timers, each in a cache line of its own. Entries of no use are dropped at the heap's head, and all
 * at once when they are the majority.
 *
 * Channel timers follow Go 1.23: their channel looks unbuffered but keeps one value; it is put there under the heap's lock, and
 * Stop and Reset, which take the same lock, drop a value that was not received yet. So none is ever stale, and a
 * stopped timer whose value was still there counts as stopped in time.
 *
 * What firing wakes or starts is collected and done after the heap's lock is released.
 * In threads mode there is one heap and one thread that serves it.
 * Lock order: a heap before a channel. Runs on the g0 stack. */
#include "timer.h"
#include "chan.h"
#include "heap.h"
#include <pthread.h>
#include <string.h>
#include <time.h>

enum kind { SLEEP, CHANNEL, FUNCTION, CALL };

struct gotk__timer {
    struct heap *_Atomic heap;
    int64_t when;             /* the deadline, while it runs */
    int64_t period;           /* ns, 0: once */
    union {
        G *g;                 /* SLEEP */
        timer *link;          /* SLEEP, on the free list */
        void *location;       /* CHANNEL: time.Local */
        void *fn;             /* FUNCTION: a Go func() */
        void *arg;            /* CALL: of `call` */
    } u;
    void (*call)(void *);     /* CALL */
    uint8_t kind;
    bool running;             /* an entry of the heap is only good if its timer runs and has the same deadline */
};

/* A timer that sends, and its channel: one object, which a pointer to either keeps. It has no pointers that the collector must
 * know, so it is marked without being fetched: heaps are raw memory, receivers are reached as goroutines, and the location,
 * also that of a buffered time, is hardly ever in the heap (gotk__timernew). With 100,000 timers most of a collection was that. */
struct channel_timer {
    timer timer;
    chan chan;                /* elements are struct go_time */
};

struct entry { int64_t when; timer *t; };

struct heap {
    gotk__mutex lock;
    struct entry *a;          /* raw memory; a root of the collector (gotk__timers_each) */
    int64_t n, cap;
    int64_t dead;             /* about how many entries are of no use any more */
    _Atomic int64_t next;     /* a[0].when or INT64_MAX; written under lock, read without by the scheduler */
    timer *free_sleeps;
    struct heap *all;
};

/* time.Time of golib/src/time/time.go */
struct go_time { int64_t sec, nsec, mono; void *location; };
static const int64_t UNIX_TO_YEAR_1 = 62135596800;

static struct {
    gotk__mutex lock;
    struct heap *_Atomic list;            /* all heaps, for the collector; never shrinks */
    struct heap *_Atomic shared;          /* threads mode */
    _Atomic uint32_t event;               /* futex of the timer thread: changed when there is an earlier deadline */
} all;

static struct heap *new_heap(void) {
    struct heap *h = gotk__raw_alloc(sizeof *h);
    memset(h, 0, sizeof *h);
    atomic_store(&h->next, INT64_MAX);
    gotk__lock(&all.lock);
    h->all = atomic_load(&all.list);
    atomic_store(&all.list, h);
    gotk__unlock(&all.lock);
    return h;
}

/* ---- the heap; all under its lock */

static void sift_up(struct heap *h, int64_t i, struct entry e) {
    while (i > 0) {
        int64_t up = (i - 1) / 4;
        if (h->a[up].when <= e.when) break;
        h->a[i] = h->a[up];
        i = up;
    }
    h->a[i] = e;
}

static void sift_down(struct heap *h, int64_t i, struct entry e) {
    for (int64_t kid; (kid = 4 * i + 1) < h->n; i = kid) {
        int64_t end = kid + 4 < h->n ? kid + 4 : h->n;
        for (int64_t j = kid + 1; j < end; j++)
            if (h->a[j].when < h->a[kid].when) kid = j;
        if (h->a[kid].when >= e.when) break;
        h->a[i] = h->a[kid];
    }
    h->a[i] = e;
}

static bool good(struct entry e) { return e.t->running && e.t->when == e.when; }

static void remove_first(struct heap *h) {
    struct entry last = h->a[--h->n];
    h->a[h->n] = (struct entry){0, NULL};
    if (h->n) sift_down(h, 0, last);
}

static void prune(struct heap *h) {
    while (h->n && !good(h->a[0])) {
        remove_first(h);
        if (h->dead > 0) h->dead--;
    }
}

/* After every change. The first entry is always a good one: `next` is neither too early, nor does it hide a deadlock. */
static void publish_next(struct heap *h) {
    prune(h);
    int64_t next = h->n ? h->a[0].when : INT64_MAX;
    if (atomic_load_explicit(&h->next, memory_order_relaxed) != next) atomic_store(&h->next, next);
}

/* One more entry is of no use. When most are, they go. */
static void leave(struct heap *h) {
    if (++h->dead < 64 || 2 * h->dead < h->n) return;
    int64_t n = 0;
    for (int64_t i = 0; i < h->n; i++)
        if (good(h->a[i])) h->a[n++] = h->a[i];
    memset(h->a + n, 0, (uint64_t)(h->n - n) * sizeof *h->a);
    h->n = n;
    h->dead = 0;
    for (int64_t i = (n - 2) / 4; n > 1 && i >= 0; i--) sift_down(h, i, h->a[i]);
}

static void insert(struct heap *h, timer *t, int64_t when) {
    if (h->n == h->cap) {
        int64_t cap = h->cap ? 2 * h->cap : 16;
        struct entry *a = gotk__raw_alloc((uint64_t)cap * sizeof *a);
        if (h->n) memcpy(a, h->a, (uint64_t)h->n * sizeof *a);
        if (h->a) gotk__raw_free(h->a, (uint64_t)h->cap * sizeof *a);
        h->a = a;
        h->cap = cap;
    }
    t->when = when;
    t->running = true;
    sift_up(h, h->n++, (struct entry){when, t});
    publish_next(h);
}

static void take_out(struct heap *h, timer *t) {
    t->running = false;
    leave(h);
    publish_next(h);
}

/* ---- firing */

struct due {
    waitq woken;              /* receivers of channel timers */
    G *sleepers, **sleepers_end;
    void *functions[64];      /* func values; a round ends when it is full */
    int nfunctions;
    timer *calls[64];         /* never freed: they can be read without the lock */
    int ncalls;
};

static chan *channel_of(timer *t) { return &((struct channel_timer *)t)->chan; }

static void send_time(timer *t, struct due *due) {
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    struct go_time now = {ts.tv_sec + UNIX_TO_YEAR_1, ts.tv_nsec, gotk__now(), t->u.location};
    sudog *woken = NULL;
    chan *c = channel_of(t);
    gotk__lock(&c->lock);
    gotk__chan_send_locked(c, &now, &woken);     /* full: the tick is dropped, as in Go */
    gotk__unlock(&c->lock);
    if (woken) {
        waitq_push(&due->woken, woken);
        woken->queued = false;
    }
}

static void fire(struct heap *h, int64_t now, struct due *due) {
    timer *t = h->a[0].t;
    if (t->period > 0) {
        int64_t late = now - h->a[0].when, when;
        if (__builtin_add_overflow(h->a[0].when, t->period * (1 + late / t->period), &when)) when = INT64_MAX;
        t->when = when;
        sift_down(h, 0, (struct entry){when, t});
    } else {
        t->running = false;
        remove_first(h);
    }
    switch (t->kind) {
    case SLEEP:
        t->u.g->schedlink = NULL;                /* parked, in no queue: the link is ours */
        *due->sleepers_end = t->u.g;
        due->sleepers_end = &t->u.g->schedlink;
        t->u.link = h->free_sleeps;
        h->free_sleeps = t;
        break;
    case CHANNEL:
        send_time(t, due);
        break;
    case FUNCTION:
        due->functions[due->nfunctions++] = t->u.fn;
        break;
    case CALL:
        due->calls[due->ncalls++] = t;
        break;
    }
}

/* Entry of the goroutine of an AfterFunc: time.goFunc(*func()), found by name in the loaded code. */
static void start_function(void *fn) {
    static void *_Atomic entry;
    void *e = atomic_load_explicit(&entry, memory_order_acquire);
    if (!e) {
        e = gotk__symbol("time.goFunc");
        if (!e) gotk__throw("time.goFunc is missing");
        atomic_store_explicit(&entry, e, memory_order_release);
    }
    gotk__spawn(e, &fn, sizeof fn);
}

static int64_t run_heap(struct heap *h, int64_t now) {
    int64_t next = atomic_load(&h->next);
    while (next <= now) {
        struct due due;
        due.woken = (waitq){0};
        due.nfunctions = due.ncalls = 0;
        due.sleepers = NULL;
        due.sleepers_end = &due.sleepers;
        gotk__lock(&h->lock);
        for (; h->n && h->a[0].when <= now && due.nfunctions < 64 && due.ncalls < 64; prune(h)) fire(h, now, &due);
        publish_next(h);
        next = atomic_load(&h->next);
        gotk__unlock(&h->lock);
        for (sudog *s = due.woken.first, *after; s; s = after) {
            after = s->next;
            gotk__chan_wake(s, true);
        }
        for (G *g = due.sleepers, *after; g; g = after) {
            after = g->schedlink;
            g->schedlink = NULL;
            gotk__ready(g);
        }
        for (int i = 0; i < due.nfunctions; i++) start_function(due.functions[i]);
        for (int i = 0; i < due.ncalls; i++) due.calls[i]->call(due.calls[i]->u.arg);
    }
    return next;
}

/* ---- the scheduler's side */

int64_t gotk__timers_run(P *p, int64_t now) {
    struct heap *h = *gotk__p_slot(p, PSLOT_TIMERS);
    return h ? run_heap(h, now) : INT64_MAX;
}

int64_t gotk__timers_next(P *p) {
    struct heap *h = p ? __atomic_load_n((struct heap **)gotk__p_slot(p, PSLOT_TIMERS), __ATOMIC_ACQUIRE)
                       : atomic_load(&all.shared);
    return h ? atomic_load(&h->next) : INT64_MAX;
}

void gotk__timers_p_init(P *p) {
    void **slot = gotk__p_slot(p, PSLOT_TIMERS);
    if (!*slot) __atomic_store_n(slot, new_heap(), __ATOMIC_RELEASE);
}

/* The heap stays with the P, empty, for the time when the P comes back. The world is stopped and sched.lock held: nobody has a
 * heap's lock then, and the caller sees to it that somebody sleeps no longer than the moved timers allow. */
void gotk__timers_p_release(P *p, P *to) {
    struct heap *from = *gotk__p_slot(p, PSLOT_TIMERS), *h;
    if (!from || p == to) return;
    gotk__timers_p_init(to);
    h = *gotk__p_slot(to, PSLOT_TIMERS);
    gotk__lock(&from->lock);
    gotk__lock(&h->lock);
    for (int64_t i = 0; i < from->n; i++) {
        if (good(from->a[i])) {
            atomic_store(&from->a[i].t->heap, h);
            insert(h, from->a[i].t, from->a[i].when);
        }
        from->a[i] = (struct entry){0, NULL};
    }
    from->n = from->dead = 0;
    publish_next(from);
    gotk__unlock(&h->lock);
    gotk__unlock(&from->lock);
}

void gotk__timers_each(void (*f)(void *arg, void *lo, void *hi), void *arg) {
    for (struct heap *h = atomic_load(&all.list); h; h = h->all)
        if (h->n) f(arg, h->a, h->a + h->n);
}

/* ---- threads mode: a thread serves the shared heap */

static void *timer_thread(void *heap) {
    struct heap *h = heap;
    for (;;) {
        uint32_t event = atomic_load(&all.event);    /* before the look at the deadline: partner in announce */
        int64_t now = gotk__now();
        int64_t next = run_heap(h, now);
        if (next <= now) continue;
        gotk__futex_wait(&all.event, event, next == INT64_MAX ? -1 : next - now);
    }
    return NULL;
}

static struct heap *shared_heap(void) {
    struct heap *h = atomic_load(&all.shared), *none = NULL;
    if (h) return h;
    h = new_heap();
    if (!atomic_compare_exchange_strong(&all.shared, &none, h)) return none;   /* the loser's heap stays empty */
    pthread_t thread;
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attr, 256 << 10);
    if (pthread_create(&thread, &attr, timer_thread, h)) gotk__throw("cannot start the timer thread");
    pthread_attr_destroy(&attr);
    return h;
}

/* ---- starting and stopping */

static struct heap *own_heap(void) {
    P *p = gotk__p();
    if (!p) return shared_heap();
    gotk__timers_p_init(p);
    return *gotk__p_slot(p, PSLOT_TIMERS);
}

/* Called without locks after an insert: whoever sleeps until a later time must not. */
static void announce(int64_t when) {
    if (gotk__threads_mode()) {
        atomic_fetch_add(&all.event, 1);
        gotk__futex_wake(&all.event, 1);
    } else {
        gotk__wake_for_timer(when);
    }
}

static struct heap *lock_heap(timer *t) {
    for (;;) {
        struct heap *h = atomic_load(&t->heap);
        gotk__lock(&h->lock);
        if (h == atomic_load(&t->heap)) return h;
        gotk__unlock(&h->lock);
    }
}

/* Starts it, or moves it if it runs, and gives up the heap's lock. */
static void start(struct heap *h, timer *t, int64_t when) {
    if (when < 0) when = 0;
    if (when == INT64_MAX) when--;        /* INT64_MAX says that there is none */
    if (t->running && t->when != when) {
        t->running = false;
        leave(h);
    }
    if (!t->running) insert(h, t, when);
    bool first = h->a[0].t == t;
    gotk__unlock(&h->lock);
    if (first) announce(when);
}

/* t is zeroed but for what is particular to its kind. */
static void start_new(timer *t, enum kind kind, int64_t when) {
    struct heap *h = own_heap();
    t->kind = kind;
    atomic_store_explicit(&t->heap, h, memory_order_relaxed);    /* nobody else knows it yet */
    gotk__lock(&h->lock);
    start(h, t, when);
}

gotk__ret2 gotk__timernew(const gotk_type *type, int64_t when, int64_t period, void *location) {
    bool noscan = !gotk__span_of(location);          /* a program may give time.Local a location of its own */
    struct channel_timer *t = gotk__alloc_bytes(sizeof *t + type->elem->size, noscan);
    gotk__timer_chan(&t->chan, type);
    t->timer.u.location = location;
    t->timer.period = period;
    start_new(&t->timer, CHANNEL, when);
    return (gotk__ret2){(uint64_t)(uintptr_t)t, (uint64_t)(uintptr_t)&t->chan};
}

gotk__ret2 gotk__timerfunc(void *fn, int64_t when) {
    timer *t = gotk__alloc_bytes(sizeof *t, false);
    t->u.fn = fn;
    start_new(t, FUNCTION, when);
    return (gotk__ret2){(uint64_t)(uintptr_t)t, 0};
}

/* Drops a value that was not received yet. Values are only sent under the heap's lock, which is held, so a channel that looks empty
 * stays so. */
static bool drop_value(timer *t) {
    return t->kind == CHANNEL && atomic_load_explicit(&channel_of(t)->count, memory_order_acquire) && gotk__chan_drain(channel_of(t));
}

gotk__ret2 gotk__timerstop(timer *t) {
    struct heap *h = lock_heap(t);
    bool was = t->running;
    if (was) take_out(h, t);
    if (drop_value(t)) was = true;
    gotk__unlock(&h->lock);
    return (gotk__ret2){was, 0};
}

gotk__ret2 gotk__timerreset(timer *t, int64_t when, int64_t period) {
    struct heap *h = lock_heap(t);
    bool was = t->running;
    if (drop_value(t)) was = true;
    t->period = period;
    start(h, t, when);
    return (gotk__ret2){was, 0};
}

timer *gotk__timer_call(void (*fn)(void *), void *arg) {
    timer *t = gotk__raw_alloc(sizeof *t);
    t->kind = CALL;
    t->call = fn;
    t->u.arg = arg;
    t->running = false;
    atomic_store(&t->heap, own_heap());
    return t;
}

void gotk__timer_set(timer *t, int64_t when) {
    struct heap *h = lock_heap(t);
    if (when) {
        start(h, t, when);
        return;
    }
    if (t->running) take_out(h, t);
    gotk__unlock(&h->lock);
}

gotk__ret2 gotk__sleep(int64_t ns) {
    int64_t when;
    if (ns <= 0) return (gotk__ret2){0, 0};
    if (__builtin_add_overflow(gotk__now(), ns, &when)) when = INT64_MAX - 1;
    G *g = gotk__self();
    if (gotk__threads_mode()) return gotk__threads_sleep(g, when);
    struct heap *h = own_heap();
    gotk__park_begin(g, WAIT_SLEEP);
    gotk__lock(&h->lock);
    timer *t = h->free_sleeps;
    if (t) h->free_sleeps = t->u.link;
    else t = gotk__raw_alloc(sizeof *t);
    t->kind = SLEEP;
    t->period = 0;
    t->u.g = g;
    t->running = false;
    atomic_store(&t->heap, h);
    start(h, t, when);                   /* from here on g may be running elsewhere */
    return gotk__park_end(g);
}
