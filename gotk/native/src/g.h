/* SPDX-License-Identifier: BSD-3-Clause
 * G, M and P and the contracts between the files of the runtime (park/ready, blocking calls, panics, locks, memory).
 *
 * Lock order: object locks (channel, sema bucket, timer heap) before sched.lock; never two channel locks except
 * select, which takes them in address order. A spin/futex lock (gotk__lock) never covers a call that may park.
 *
 * C code of the runtime runs on the M's g0 stack (see docs/architecture.md, sections 3-5). */
#ifndef GOTK_G_H
#define GOTK_G_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "asm_offsets.h"

typedef struct gotk__g G;
typedef struct gotk__m M;
typedef struct gotk__p P;
typedef struct gotk_type gotk_type;

enum gotk__state {
#define STATE(code, NAME, text) G_##NAME = code,
#define REASON(code, NAME, text)
#include "states.def"
#undef STATE
#undef REASON
};
enum gotk__reason {
#define STATE(code, NAME, text)
#define REASON(code, NAME, text) WAIT_##NAME = code,
#include "states.def"
#undef STATE
#undef REASON
};
enum gotk__panic {
#define PANIC(code, NAME, text) PANIC_##NAME = code,
#include "panics.def"
#undef PANIC
};

typedef struct { uint64_t a, b; } gotk__ret2;             /* rax, rdx */
typedef struct { const char *ptr; int64_t len; } gotk_string;

/* The stack record of a function with defers: docs/architecture.md section 6. */
typedef struct gotk__frame {
    struct gotk__frame *prev;
    uint64_t depth;
    void *defers;
    void *results;
    uint64_t jmp[FRAME_JMP];
    uint64_t deferred[4];      /* of golib/src/runtime/g.go */
} gotk__frame;

/* A stack segment: this header lies at its low end, the stack grows down towards it. The first segment of a goroutine
 * has its header inside G (`seg0`), because G and first segment are one block (stack.c). Owner: the goroutine. */
typedef struct gotk__seg {
    struct gotk__seg *next;    /* kept for the next call that crosses (hot-split cache), or deeper segments in use */
    struct gotk__seg *prev;
    uint64_t limit;            /* value for %fs:0x70 while this segment is current */
    uint64_t top;              /* initial stack pointer, 16-aligned */
    uint64_t room;             /* bytes from limit to top */
    uint64_t old_sp;           /* where the caller's segment goes on: address of the return address into the prologue */
    uint64_t size;             /* of the whole block, header included */
    uint64_t total;            /* sizes of this segment and all before it */
} gotk__seg;

/* One row of the report's goroutine table, written as the goroutine lives (stats.c). */
typedef struct gotk__row {
    uint64_t id, parent_id, creator_pc, creator_up, entry_pc;    /* creator_up: who called the function of creator_pc */
    int64_t created, ended;    /* ticks */
    int64_t running, runnable, waiting, syscall; /* ticks */
    uint32_t transitions, stack_bytes;
    uint8_t state, reason;
} gotk__row;

/* A goroutine. The fields up to `ctx_end` are known to the assembly (asm_offsets.h). While the goroutine is not running
 * its registers are in sp, fp, saved; inside a SYS or BLOCK call only sp, fp (BLOCK: all) are. */
struct gotk__g {
    uint64_t sp;               /* of the Go caller: points to the return address of the call into the runtime */
    uint64_t fp;               /* frame pointer (rbp, x29) */
    uint64_t saved[SAVED_REGS];/* callee-saved registers: asm_offsets.h */
    uint64_t stack_limit;      /* value for %fs:0x70 */
    uint64_t ret0, ret1;       /* results of the BLOCK call it waits in; owner: the waker */
    gotk__seg *seg;            /* current stack segment */
    void *sigframe;            /* preempted asynchronously: the saved context (preempt.c) */
    gotk__frame *frames;       /* functions with defers; owner: the goroutine itself */
    void *deferring;           /* recover token (code pointer) */
    uint64_t ctx_end;          /* scratch of the assembly */
    /* scheduler */
    G *schedlink;              /* in whichever queue holds it; owner: that queue's lock or the runq */
    uint64_t id;
    _Atomic uint32_t state;    /* enum gotk__state; release on change, acquire by readers of traces */
    uint8_t reason;            /* enum gotk__reason while waiting */
    uint8_t priority;
    uint8_t flags;             /* G_FLAG_*; owner: the goroutine's M, or its creator */
    _Atomic uint32_t select_done; /* select: 0 -> 1 by the one case that wins (compare-and-swap) */
    _Atomic uint32_t futex;    /* threads mode: 1 = readied, 2 = its thread sleeps on it */
    M *m;                      /* while running or in a system call */
    void *panics;              /* Go runtime's panic records */
    void *waiting;             /* sudogs it waits on (chan.c) */
    uint64_t entry_pc, creator_pc, parent_id;
    gotk__row *row;            /* accounting; never null while alive (a shared dummy beyond the table's bound) */
    int64_t since;             /* ticks at the last change of state, when accounting is on */
    gotk__seg seg0;
    void *sudog[6];            /* the sudog for waits on a single object (sudog.h) */
};
enum { G_FLAG_SYSTEM = 1,      /* not counted for deadlock detection or traces */
       G_FLAG_FIRST = 2,       /* first segment is not from the cache (spawn with a given stack) */
       G_FLAG_NOWAIT = 64,    /* must not leave its thread (embed.c) */
       G_FLAG_MAIN = 4,       /* goroutine 1: the process ends when it returns */
       G_FLAG_TIMED = 8 };    /* its changes of state are accounted: it has a row of its own, and times are wanted */

enum { PREEMPT_YIELD = 1,      /* behind everybody: the slice is over */
       PREEMPT_SHARE = 2,      /* a thief waits for what is in runnext: put it where it can be taken */
       PREEMPT_LOCAL = 4,      /* to the end of this P's queue: lets others of this P go first */
       PREEMPT_STOP = 8,       /* the world stops: it goes on first on this P, in the rest of its slice */
       PREEMPT_SPAWNER = 16 }; /* lets go first what is in this P's ring (spawner.c) */

/* ---- M: an OS thread. Lives in that thread's static TLS, so that the stubs reach its fields through %fs in one step.
 * C code of the runtime runs on an M's own stack and never moves to another thread, so it may cache gotk__m(); Go code
 * moves at any instruction, and therefore never holds the address of a thread-local: it reaches %fs:0x70 and the
 * assembly stubs, nothing else. */
struct gotk__m {
    G *g;                      /* running (or being switched from) */
    uint64_t g0sp;             /* where C code starts; 0 = threads mode: C runs on the goroutine's own stack */
    uint32_t resched;          /* own: the goroutine of this call has parked; the stub must go to the scheduler */
    _Atomic uint32_t preempt;  /* PREEMPT_*: what is asked of the running goroutine; the stub looks at the end of a call */
    P *p;
    uint32_t tid;
    uint32_t id;
    bool spinning;             /* looking for work; counted in sched.nspinning */
    bool blocked;              /* in stopm; guarded by sched.lock */
    bool keeper;               /* sleeps with the timers' deadline; guarded by sched.lock */
    uint8_t stub_kind;
    _Atomic uint32_t park;     /* futex: 1 = go on, 2 = look at the timers again (proc.c) */
    _Atomic uint32_t polling;  /* sleeps in epoll_wait, not on the futex; counterpart: gotk__m_poke */
    G *harvest;                /* what it got there, to be delivered with its next P */
    P *nextp;                  /* handed over by whoever wakes it */
    P *oldp;                   /* during a system call */
    G *handoff;                /* runs next on this M, in no queue (coro.c) */
    M *schedlink, *allnext;
    uint64_t rng[2];
    void *sigspare;            /* buffer for the next preempted context (preempt.c) */
    void *sigstack;
    int64_t loot;              /* when it has stolen what it is running now, ns; 0: it has not (proc.c) */
    int64_t tick;              /* accounting: when the goroutine before stopped, which is when the next one starts; 0: unknown */
    void *mcache;              /* heap.c: in threads mode, where there is no P */
    void *way_out;             /* embed.c: the jmp_buf by which its thread ends */
    void *mslot[2];            /* like p->slot for threads mode */
    uint64_t n_parks, n_handoffs; /* counters; summed by stats.c */
};
extern _Thread_local M gotk__tls_m __attribute__((tls_model("initial-exec"), visibility("hidden")));

/* A word of the P for the file that owns the slot; only the M that holds p may use it (timer.c: any M, by its own lock). */
enum gotk__pslot { PSLOT_SUDOGS, PSLOT_TIMERS, PSLOTS };

/* ---- P: the right to run Go code, with its queue and caches. Only the M that holds it writes it, unless noted. */
enum gotk__pstatus { P_IDLE, P_RUNNING, P_SYSCALL, P_GCSTOP, P_DEAD };
enum { GFREE_MAX = 128 };      /* half of it moves to or from the pool at a time */
enum { RUNQ_SIZE = 256 };      /* a power of two; spawning more overflows half to the global queue */
struct gotk__p {
    _Alignas(128) _Atomic uint32_t head;   /* thieves and the owner advance it by compare-and-swap */
    _Atomic uint32_t thief_pad[15];
    _Atomic uint32_t tail;     /* owner only writes */
    _Atomic(G *) runnext;      /* the owner's alone; others look whether there is one (runq.c) */
    uint32_t schedtick;        /* runs begun, not counting those that inherit the slice; sysmon reads */
    uint32_t tick;             /* calls of schedule */
    _Atomic uint32_t status;   /* enum gotk__pstatus; see proc.c for who may change it */
    uint32_t id;
    M *m;
    void *mcache;              /* heap.c */
    void *slot[PSLOTS];
    struct gotk__spawners *spawners; /* spawner.c: goroutines that gave way; its lock */
    _Atomic uint32_t nspawners; /* the same lock; anybody looks */
    bool spawning;             /* does little else; the owner only */
    bool sent;                 /* netpoll.c: something, since the last poll; the owner only */
    uint8_t ahead;             /* netpoll.c: turns that went ahead of the global queue; the owner only */
    uint32_t ngfree;           /* stack.c: dead goroutines with their first segment */
    G *gfree[GFREE_MAX];
    void *segfree[8]; uint32_t nsegfree; /* stack.c: segments by size class */
    uint64_t idnext, idend;    /* goroutine ids taken in batches */
    P *link;                   /* idle list; guarded by sched.lock */
    uint64_t syscalltick;
    uint64_t n_switches, n_steals, n_parks, n_spawns, n_exits, n_preempts; /* counters; racy reads allowed */
    _Alignas(64) _Atomic(G *) ring[RUNQ_SIZE];
};

/* ---- current G, M, P */
static inline M *gotk__m(void) { return &gotk__tls_m; }
static inline G *gotk__self(void) { return gotk__tls_m.g; }
static inline P *gotk__p(void) { return gotk__tls_m.p; }  /* null in threads mode and on threads of the runtime itself */
extern bool gotk__is_threads;
static inline bool gotk__threads_mode(void) { return gotk__is_threads; }
static inline uint64_t gotk__callerpc(G *g) { return *(uint64_t *)g->sp; } /* Go pc of the current SYS/BLOCK call */

/* ---- park and ready: section 5. In gotk mode park_end (and syscall_end) return at once and the stub then goes to the
 * scheduler, so it must be the last thing on the way out: `return gotk__park_end(g);` through every caller. */
void gotk__park_begin(G *g, enum gotk__reason reason);
gotk__ret2 gotk__park_end(G *g);
void gotk__ready(G *g);            /* runs next on this P */
void gotk__ready_tail(G *g);       /* to the queue's tail */
void gotk__ready_raise(G *g, enum gotk__panic code, uint64_t a, uint64_t b); /* ready, and the goroutine panics when it
                                      resumes, as by gotk__raise in its BLOCK call (senders on a channel that is closed) */
void gotk__syscall_begin(G *g);
void gotk__syscall_handoff(G *g);  /* after begin: this call will block for sure, give the P away now */
gotk__ret2 gotk__syscall_end(G *g);

static inline void **gotk__p_slot(P *p, enum gotk__pslot slot) { return &p->slot[slot]; }

/* ---- errors. raise: from SYS or BLOCK C code only. fatal: prints "fatal error: msg", traces, exit 2. throw: our bug. */
_Noreturn void gotk__raise(enum gotk__panic code, uint64_t a, uint64_t b);
_Noreturn void gotk__fatal_error(const char *msg);
_Noreturn void gotk__throw(const char *msg, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void gotk__exit_process(int code);
/* prints Go's "goroutine N [state]:" blocks to stderr (trace.c) */
void gotk__print_traces(G *current, bool all);
struct gotk__text { char *p; int64_t len, cap; }; /* malloc'ed */
void gotk__trace_text(struct gotk__text *t, G *current, bool all);
/* The return addresses on g's stack, innermost first; g is the caller or does not run. Look them up at pc - 1. */
int64_t gotk__walk_stack(G *g, uint64_t *pcs, int64_t max);
uint64_t gotk__goexit_pc(void);     /* the return address at the bottom of every stack */

/* ---- the world: stopped by callers that hold no P (scheduler, sysmon, or a goroutine in a system call) */
void gotk__stop_world(void);       /* returns when no Go code and no SYS/BLOCK code runs */
void gotk__start_world(int procs); /* procs 0: as before */
/* The same by an M that holds p and keeps it; false: somebody else is stopping the world, and p has to stop for him. */
bool gotk__stop_world_holding(P *p);
void gotk__start_world_holding(P *p);
int gotk__set_gomaxprocs(int n);   /* in a BLOCK call between syscall_begin and _end; returns the number before; n < 1: only asks */
void gotk__request_gc(void);       /* soon, and before the calling goroutine returns to Go: stop, gotk__gc_run(), start */
void gotk__gc_run(void);           /* gc.c; the world is stopped */
/* Calls f(arg, lo, hi) for every piece of memory that may hold pointers of goroutines: stacks, saved registers. World stopped. */
void gotk__stacks_begin(void);
bool gotk__stacks_next(void (*f)(void *arg, void *lo, void *hi), void *arg); /* for some goroutines; false: all are done. Any thread */
bool gotk__stacks_left(void);          /* next would find some, probably */
void gotk__each_g(void (*f)(void *arg, G *g), void *arg); /* every goroutine that is not dead */

/* ---- locks: a futex mutex that spins a little. 0 free, 1 held, 2 held and somebody may wait.
 * To unlock is a plain store, since an atomic exchange costs as much as all that the lock protects. A waiter that announces
 * itself between the load and the store is overlooked; therefore nobody sleeps for long (lock.c). */
typedef struct { _Atomic uint32_t v; } gotk__mutex;
void gotk__lock_slow(gotk__mutex *l);
void gotk__unlock_slow(gotk__mutex *l);
static inline void gotk__lock(gotk__mutex *l)
{
    uint32_t free = 0;
    if (__builtin_expect(!atomic_compare_exchange_strong_explicit(&l->v, &free, 1, memory_order_acquire, memory_order_relaxed), 0))
        gotk__lock_slow(l);
}
static inline bool gotk__trylock(gotk__mutex *l)
{
    uint32_t free = 0;
    return atomic_compare_exchange_strong_explicit(&l->v, &free, 1, memory_order_acquire, memory_order_relaxed);
}
static inline void gotk__unlock(gotk__mutex *l)
{
    bool waits = atomic_load_explicit(&l->v, memory_order_relaxed) == 2;
    atomic_store_explicit(&l->v, 0, memory_order_release);
    if (__builtin_expect(waits, 0)) gotk__unlock_slow(l);
}
void gotk__futex_wait(_Atomic uint32_t *a, uint32_t val, int64_t timeout_ns); /* timeout < 0: none */
void gotk__futex_wake(_Atomic uint32_t *a, int n);

/* ---- clock, random */
int64_t gotk__now(void);           /* monotonic ns */
extern bool gotk__counter;         /* the CPU has a counter that the kernel trusts */
static inline int64_t gotk__ticks(void) /* cheap: that counter, else ns */
{
#if defined(__x86_64__)
    if (__builtin_expect(gotk__counter, 1)) return (int64_t)__builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    if (gotk__counter) {
        int64_t v;
        __asm__ volatile("mrs %0, cntvct_el0" : "=r"(v));
        return v;
    }
#endif
    return gotk__now();
}
double gotk__tick_ns(void);
uint64_t gotk__random(void);       /* per-M generator, seeded from --seed */

/* ---- memory ahead of its first touch (populate.c). map_huge: size is a multiple of HUGE_PAGE, to which the result is aligned; null: no memory. populate returns
 * where it has come to, `to` or the end of a huge page; huge: from is aligned to HUGE_PAGE, or where the last call has come to. */
enum { HUGE_PAGE = 2 << 20 };
char *gotk__map_huge(uint64_t size);
char *gotk__populate(char *from, char *to, bool huge);

/* ---- memory (heap.c). Zeroed. Small objects from the P's cache. Safe on any runtime thread, with or without a P. */
void *gotk__alloc_bytes(uint64_t size, bool noscan);
void *gotk__alloc_type(uint64_t size, const gotk_type *t);
void *gotk__raw_alloc(uint64_t size);          /* runtime's own structures, never collected; counted */
void gotk__raw_free(void *p, uint64_t size);
void gotk__heap_init(uint64_t limit_bytes);
void gotk__heap_p_init(P *p);                  /* p->mcache */
void gotk__heap_p_release(P *p);               /* proc is going away: give the cache back */

/* ---- timers (timer.c): a heap per P. The scheduler asks when it looks for work and how long to sleep. */
gotk__ret2 gotk__threads_sleep(G *g, int64_t when); /* threads.c */
int64_t gotk__timers_run(P *p, int64_t now);   /* runs what is due (may ready goroutines); returns the next deadline or INT64_MAX */
int64_t gotk__timers_next(P *p);               /* next deadline of that P, or INT64_MAX; racy read allowed */
void gotk__timers_p_init(P *p);
void gotk__timers_p_release(P *p, P *to);      /* moves the timers when a proc goes away */
void gotk__wake_for_timer(int64_t when);       /* scheduler: some sleeping M must wake no later than this */

/* A timer for C code, never freed: when due, fn(arg) runs on a stack of the runtime, without locks; it may ready goroutines, and
 * must see for itself whether it is late (set to another time meanwhile). */
struct gotk__timer *gotk__timer_call(void (*fn)(void *), void *arg);
void gotk__timer_set(struct gotk__timer *t, int64_t when);    /* starts or moves it; 0: stops it */

/* ---- code addresses (loader.c, symtab.c) */
bool gotk__in_go_text(uint64_t pc);
struct gotk__pcinfo { const char *func; const char *file; int line; uint64_t func_start; };
bool gotk__pc_info(uint64_t pc, struct gotk__pcinfo *out); /* not async-signal-safe */
/* The calls that pc stands for, innermost first: what was inlined there, then the function itself. Names are as programs see them;
 * func NULL: code of the compiler's or the runtime's own that programs do not see. Returns their number. Not async-signal-safe. */
enum { GOTK__MAX_INLINED = 32 };
int gotk__pc_frames(uint64_t pc, struct gotk__pcinfo *out);
void *gotk__symbol(const char *name);
int gotk__load_objects(const char *const *paths, int n, char *err, size_t errlen);
/* Whether Go's atomics lock their word from now on; with the world stopped, or before Go code runs (lockprefix.c). */
void gotk__lock_prefixes(bool on);
void gotk__membarrier_init(void);
extern bool gotk__light_fences;

/* ---- type descriptors: section 7 */
typedef struct gotk_field { gotk_string name; const gotk_type *type; uint64_t offset; gotk_string tag; uint64_t flags; gotk_string pkgpath; } gotk_field;
typedef struct gotk_method { gotk_string name, pkgpath; const gotk_type *type; void *code; } gotk_method;
struct gotk_type {
    uint64_t size;
    uint32_t hash;
    uint8_t kind, align, flags, chandir;
    gotk_string str, name, pkgpath;
    const gotk_type *elem, *key;
    uint64_t len;
    const gotk_field *fields; uint64_t nfields;
    const gotk_method *methods; uint64_t nmethods;
    const gotk_type *const *inout; uint64_t nin, nout;
    const gotk_type *ptrto;
    uint64_t ptrbytes;
};
_Static_assert(sizeof(struct gotk_type) == 160, "docs/architecture.md section 7");
enum { TYPE_NAMED = 1, TYPE_DIRECT = 2, TYPE_MEMEQ = 4, TYPE_COMPARABLE = 8, TYPE_NOPTR = 16, TYPE_VARIADIC = 32 };
typedef struct gotk_itab { const gotk_type *type, *iface; uint32_t hash, pad; void *fn[]; } gotk_itab;
enum { KIND_BOOL = 1, KIND_INT, KIND_INT8, KIND_INT16, KIND_INT32, KIND_INT64, KIND_UINT, KIND_UINT8, KIND_UINT16, KIND_UINT32,
       KIND_UINT64, KIND_UINTPTR, KIND_FLOAT32, KIND_FLOAT64, KIND_COMPLEX64, KIND_COMPLEX128, KIND_ARRAY, KIND_CHAN, KIND_FUNC,
       KIND_INTERFACE, KIND_MAP, KIND_POINTER, KIND_SLICE, KIND_STRING, KIND_STRUCT, KIND_UNSAFEPOINTER };

#endif
