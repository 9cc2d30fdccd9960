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
    uint64_t jmp[10];
    uint64_t spare[4];
} gotk__frame;

/* A goroutine. Fields up to `ctx_end` are known to the assembly (offsets asserted in asm_offsets.c). */
struct gotk__g {
    uint64_t sp;               /* saved stack pointer while not running or inside C; owner: the stub */
    uint64_t stack_limit;      /* value for %fs:0x70 */
    uint64_t ret0, ret1;       /* results of the BLOCK call it waits in; owner: the waker */
    M *m;                      /* while running */
    gotk__frame *frames;       /* functions with defers; owner: the goroutine itself */
    void *deferring;           /* recover token (code pointer) */
    void *panics;              /* Go runtime's panic records */
    void *seg;                 /* current stack segment */
    uint64_t ctx_end;
    /* scheduler */
    uint64_t id;
    G *schedlink;              /* in whichever queue holds it; owner: that queue's lock or the runq */
    _Atomic uint32_t state;    /* enum gotk__state; release on change, acquire by readers of traces */
    uint8_t reason;            /* enum gotk__reason while waiting */
    uint8_t priority;
    bool select_done_ok;
    _Atomic uint32_t select_done; /* select: 0 -> 1 by the one case that wins (compare-and-swap) */
    _Atomic uint32_t futex;    /* threads mode: 1 = readied */
    void *waiting;             /* sudogs it waits on (chan.c) */
    void *param;               /* waker -> waiter: the sudog that fired */
    void *timer;               /* cached timer for sleep */
    void *panicsave;
    uint64_t entry_pc, creator_pc, parent_id;
    int64_t created_ns, state_since_ns, ended_ns;
    int64_t running_ns, runnable_ns, waiting_ns, syscall_ns;
    uint64_t transitions, stack_bytes;
    G *allnext, *allprev;      /* list of all, guarded by the shard's lock */
    void *sigframe;            /* preempted asynchronously: the saved context (preempt.c) */
    void *priv[8];             /* room for the files that need a field before it gets a name */
};

/* ---- current G, M, P. Never cache these across a call that may switch (thread-locals move under your feet). */
G *gotk__self(void);
M *gotk__m(void);
P *gotk__p(void);
bool gotk__threads_mode(void);
uint64_t gotk__callerpc(G *g);     /* pc in Go code from which the current SYS/BLOCK call was made */

/* ---- park and ready: section 5 */
void gotk__park_begin(G *g, enum gotk__reason reason);
gotk__ret2 gotk__park_end(G *g);
void gotk__ready(G *g);            /* runs next on this P */
void gotk__ready_tail(G *g);       /* to the queue's tail */
void gotk__ready_raise(G *g, enum gotk__panic code, uint64_t a, uint64_t b); /* ready, and the goroutine panics when it
                                      resumes, as by gotk__raise in its BLOCK call (senders on a channel that is closed) */
gotk__ret2 gotk__syscall_begin(G *g);
void gotk__syscall_handoff(G *g);  /* after begin: this call will block for sure, give the P away now */
gotk__ret2 gotk__syscall_end(G *g);

/* A word of the P for the file that owns the slot; only the M that holds p may use it (timer.c: any M, by its own lock). */
enum gotk__pslot { PSLOT_SUDOGS, PSLOT_TIMERS, PSLOTS };
void **gotk__p_slot(P *p, enum gotk__pslot slot);

/* ---- errors. raise: from SYS or BLOCK C code only. fatal: prints "fatal error: msg", traces, exit 2. throw: our bug. */
_Noreturn void gotk__raise(enum gotk__panic code, uint64_t a, uint64_t b);
_Noreturn void gotk__fatal_error(const char *msg);
_Noreturn void gotk__throw(const char *msg, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void gotk__exit_process(int code);
/* prints Go's "goroutine N [state]:" blocks to stderr (trace.c) */
void gotk__print_traces(G *current, bool all);

/* ---- locks: a futex mutex that spins a little; with a ThreadSanitizer-friendly implementation */
typedef struct { _Atomic uint32_t v; } gotk__mutex;
void gotk__lock(gotk__mutex *l);
void gotk__unlock(gotk__mutex *l);
void gotk__futex_wait(_Atomic uint32_t *a, uint32_t val, int64_t timeout_ns); /* timeout < 0: none */
void gotk__futex_wake(_Atomic uint32_t *a, int n);

/* ---- clock, random */
int64_t gotk__now(void);           /* monotonic ns */
uint64_t gotk__random(void);       /* per-M generator, seeded from --seed */

/* ---- memory (heap.c). Zeroed. Small objects from the P's cache. Safe on any runtime thread, with or without a P. */
void *gotk__alloc_bytes(uint64_t size, bool noscan);
void *gotk__alloc_type(uint64_t size, const gotk_type *t);
void *gotk__raw_alloc(uint64_t size);          /* runtime's own structures, never collected; counted */
void gotk__raw_free(void *p, uint64_t size);
void gotk__heap_init(uint64_t limit_bytes);
void gotk__heap_p_init(P *p);                  /* p->mcache */
void gotk__heap_p_release(P *p);               /* proc is going away: give the cache back */

/* ---- timers (timer.c): a heap per P. The scheduler asks when it looks for work and how long to sleep. */
int64_t gotk__timers_run(P *p, int64_t now);   /* runs what is due (may ready goroutines); returns the next deadline or INT64_MAX */
int64_t gotk__timers_next(P *p);               /* next deadline of that P, or INT64_MAX; racy read allowed */
void gotk__timers_p_init(P *p);
void gotk__timers_p_release(P *p, P *to);      /* moves the timers when a proc goes away */
void gotk__wake_for_timer(int64_t when);       /* scheduler: some sleeping M must wake no later than this */

/* ---- code addresses (loader.c, symtab.c) */
bool gotk__in_go_text(uint64_t pc);
struct gotk__pcinfo { const char *func; const char *file; int line; uint64_t func_start; };
bool gotk__pc_info(uint64_t pc, struct gotk__pcinfo *out); /* not async-signal-safe */
void *gotk__symbol(const char *name);
int gotk__load_objects(const char *const *paths, int n, char *err, size_t errlen);

/* ---- type descriptors: section 7 */
typedef struct gotk_field { gotk_string name; const gotk_type *type; uint64_t offset; gotk_string tag; uint64_t flags; } gotk_field;
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
