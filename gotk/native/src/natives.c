/* SPDX-License-Identifier: BSD-3-Clause
 * Small natives of packages runtime, sync and time that need no file of their own.
 *
 * The leaf functions run on the goroutine's stack. */
#include "heap.h"
#include "scheduler.h"
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void *gotk_go_gframes(void) { return &gotk__self()->frames; }
void *gotk_go_gpanics(void) { return &gotk__self()->panics; }

int64_t gotk_go_procid(void) {
    P *p = gotk__p();
    return p ? p->id : gotk__m()->id;
}

/* Before a goroutine waits for a lock. Spinning is worth it only if the owner may be running at this moment on another
 * CPU, and if this P has nothing better to do; it is much cheaper than to park, and keeps a goroutine that is
 * about to go on from being woken behind one that holds the P. A pause is 10 to 50 ns.
 *
 * With more Ps at work than CPUs the owner may be off its CPU, so whoever has spun in vain gives up his own. Not before a brief spin: most owners
 * are through with a short section before a yield comes back (32 procs on 2 CPUs that share a mutex: 63,000 switches of threads became
 * 10,000, and 1.42 M pieces of work a second 1.59 M). */
enum { BRIEF = 30 };                        /* pauses: firstPause of golib/src/sync/mutex.go */

uint8_t gotk_go_spinwait(int64_t pauses) {
    struct gotk__sched *s = &gotk__sched;
    P *p = gotk__p();
    if (!p || gotk__ncpu == 1) return 0;
    uint32_t n = atomic_load_explicit(&s->nprocs, memory_order_relaxed), idle = atomic_load_explicit(&s->npidle, memory_order_relaxed),
             searching = atomic_load_explicit(&s->nspinning, memory_order_relaxed);
    if (idle + searching + 1 >= n || !gotk__runq_empty(p)) return 0;
    if (pauses > BRIEF && gotk__crowded()) sched_yield();     /* the owner may need this CPU */
    for (int64_t i = 0; i < pauses; i++) gotk__cpu_relax();
    return 1;
}

gotk__ret2 gotk__nanotime(void) { return (gotk__ret2){(uint64_t)gotk__now(), 0}; }

gotk__ret2 gotk__walltime(void) {
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (gotk__ret2){(uint64_t)ts.tv_sec, (uint64_t)ts.tv_nsec};
}

gotk__ret2 gotk__timenow(int64_t *out) {
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    out[0] = ts.tv_sec;
    out[1] = ts.tv_nsec;
    out[2] = gotk__now();
    return (gotk__ret2){0, 0};
}

gotk__ret2 gotk__fastrand64(void) { return (gotk__ret2){gotk__random(), 0}; }

/* The offset of the system's zone at a time, its name in buf; the length has bit 16 set in daylight saving time. */
gotk__ret2 gotk__localzone(int64_t unix_seconds, char *buf, int64_t size) {
    struct tm tm;
    time_t t = (time_t)unix_seconds;
    if (!localtime_r(&t, &tm)) return (gotk__ret2){0, 0};
    size_t n = tm.tm_zone ? strlen(tm.tm_zone) : 0;
    if (n > (size_t)size) n = (size_t)size;
    if (n) memcpy(buf, tm.tm_zone, n);
    return (gotk__ret2){(uint64_t)(int64_t)tm.tm_gmtoff, n | (uint64_t)(tm.tm_isdst > 0) << 16};
}

int64_t gotk__write_stderr(const char *text, int64_t n);   /* panic.c */
gotk__ret2 gotk__writeerr(const char *text, int64_t n) {
    gotk__write_stderr(text, n);
    return (gotk__ret2){0, 0};
}

/* ---- the shortest decimal of a float, for print and for the texts of panics */

static bool reads_back(const char *digits, int n, int exponent, double v, int bits) {
    char text[48];
    snprintf(text, sizeof text, "%.*se%d", n, digits, exponent - (n - 1));
    return bits == 32 ? strtof(text, NULL) == (float)v : strtod(text, NULL) == v;
}

/* digits + 1 in the last place; false if that carries into one more digit */
static bool increment(char *digits, int n) {
    for (int i = n - 1; i >= 0; i--) {
        if (digits[i] != '9') {
            digits[i]++;
            return true;
        }
        digits[i] = '0';
    }
    return false;
}

/* v = d.ddd × 10^exponent: the fewest digits that read back as v, and of those the nearest to it. Tries each number of
 * digits: printf rounds correctly, and where the nearest decimal falls outside the interval that rounds to v (which
 * is not symmetric at powers of two) the next one up may still lie in it. */
gotk__ret2 gotk__shortestfloat(uint64_t value_bits, int64_t bits, char *digits) {
    double v;
    memcpy(&v, &value_bits, sizeof v);
    for (int n = 1;; n++) {
        char text[40];
        snprintf(text, sizeof text, "%.*e", n - 1, v);
        char *e = strchr(text, 'e');
        int exponent = atoi(e + 1);
        digits[0] = text[0];
        for (int i = 1; i < n; i++) digits[i] = text[i + 1];
        if (n >= 17 || reads_back(digits, n, exponent, v, (int)bits)) return (gotk__ret2){(uint64_t)n, (uint64_t)(int64_t)exponent};
        if (increment(digits, n) && reads_back(digits, n, exponent, v, (int)bits))
            return (gotk__ret2){(uint64_t)n, (uint64_t)(int64_t)exponent};
    }
}

gotk__ret2 gotk__numcpu(void) {
    return (gotk__ret2){(uint64_t)gotk__ncpu, 0};
}

gotk__ret2 gotk__gomaxprocs(int64_t n) {
    static _Atomic int64_t asked;        /* threads mode: what was set, which has no effect there */
    uint32_t before = atomic_load(&gotk__sched.nprocs);
    if (n == -2) n = gotk__options.procs;
    if (n > GOTK_MAXPROCS) n = GOTK_MAXPROCS;
    if (gotk__threads_mode()) {
        int64_t old = n < 1 ? atomic_load(&asked) : atomic_exchange(&asked, n);
        return (gotk__ret2){old ? (uint64_t)old : (uint64_t)gotk__options.procs, 0};
    }
    if (n < 1 || n == before) return (gotk__ret2){before, 0};
    G *g = gotk__self();
    gotk__syscall_begin(g);              /* the world is stopped by those who hold no P */
    gotk__syscall_handoff(g);
    gotk__stop_world();
    before = atomic_load(&gotk__sched.nprocs);
    gotk__start_world((int)n);
    g->ret0 = before;
    return gotk__syscall_end(g);
}

gotk__ret2 gotk__setmaxstack(int64_t bytes) {
    int64_t before = (int64_t)gotk__options.max_stack;
    gotk__options.max_stack = (uint64_t)bytes;
    return (gotk__ret2){(uint64_t)before, 0};
}

gotk__ret2 gotk__rungc(void) {
    gotk__gcs.forced++;
    gotk__request_gc();
    return (gotk__ret2){0, 0};
}

/* ---- where the program is */

enum { DEPTH = 4096 };

/* A frame that a program sees: the return address, and in the top byte which of the calls inlined there it is, counted from the
 * innermost. The innermost one is the plain address. */
enum { INLINE_SHIFT = 56 };
static const uint64_t PC_MASK = (1ull << INLINE_SHIFT) - 1;

/* Frames as programs see them, innermost first; skip 0 begins with the function that called the native. The last is
 * runtime.goexit. */
gotk__ret2 gotk__callers(int64_t skip, uint64_t *pcs, int64_t n) {
    G *g = gotk__self();
    enum { FEW = 64 };
    uint64_t few[FEW], *raw = few;
    int64_t room = FEW, found;
    if (skip + n <= FEW / 2) {
        found = gotk__walk_stack(g, few, FEW);
    } else {
        room = DEPTH;
        raw = gotk__raw_alloc((uint64_t)room * sizeof *raw);
        found = gotk__walk_stack(g, raw, room);
    }
    int64_t done = 0;
    for (int64_t i = 0; i < found && done < n; i++) {
        struct gotk__pcinfo info[GOTK__MAX_INLINED];
        int inlined = gotk__pc_frames(raw[i] - 1, info);
        for (int k = 0; k < inlined && done < n; k++) {
            if (!info[k].func) continue;
            if (skip > 0) skip--;
            else pcs[done++] = raw[i] | (uint64_t)k << INLINE_SHIFT;
        }
    }
    if (found < room && done < n && skip == 0) pcs[done++] = gotk__goexit_pc();
    if (raw != few) gotk__raw_free(raw, (uint64_t)room * sizeof *raw);
    return (gotk__ret2){(uint64_t)done, 0};
}

struct go_pcinfo { gotk_string function, file; int64_t line; uint64_t entry; };   /* pcInfo of golib/src/runtime/symtab.go */

static gotk_string text(const char *s) { return s ? (gotk_string){s, (int64_t)strlen(s)} : (gotk_string){NULL, 0}; }

/* Of an address, or of one of the frames that callers gave. The strings are those of the loaded objects' tables, which stay. */
gotk__ret2 gotk__pcinfo(uint64_t pc, struct go_pcinfo *out) {
    struct gotk__pcinfo info[GOTK__MAX_INLINED];
    uint64_t k = pc >> INLINE_SHIFT;
    pc &= PC_MASK;
    if (pc + 1 == gotk__goexit_pc()) {
        *out = (struct go_pcinfo){text("runtime.goexit"), text(GOTK_ASM_FILE), 1, pc};
        return (gotk__ret2){1, 0};
    }
    uint64_t n = (uint64_t)gotk__pc_frames(pc, info);
    if (n == 0) return (gotk__ret2){0, 0};
    if (k >= n) k = n - 1;
    while (!info[k].func && k + 1 < n) k++;
    if (!info[k].func) gotk__pc_info(pc, &info[k]);            /* a function that traces do not show, asked for by its address */
    *out = (struct go_pcinfo){text(info[k].func), text(info[k].file), info[k].line, info[k].func_start};
    return (gotk__ret2){1, 0};
}

/* The traces as text. For all goroutines the world is stopped, so that their stacks hold still. */
gotk__ret2 gotk__stacktrace(char *buf, int64_t size, uint8_t all) {
    G *g = gotk__self();
    struct gotk__text t = {0};
    bool stop = all && !gotk__threads_mode();
    if (stop) {
        gotk__syscall_begin(g);
        gotk__syscall_handoff(g);
        gotk__stop_world();
        atomic_store(&g->state, G_RUNNING);      /* as its caller sees it */
    }
    gotk__trace_text(&t, g, all);
    if (stop) {
        atomic_store(&g->state, G_SYSCALL);
        gotk__start_world(0);
    }
    int64_t n = t.len < size ? t.len : size;
    if (n > 0) memcpy(buf, t.p, (uint64_t)n);
    free(t.p);
    g->ret0 = (uint64_t)n;
    g->ret1 = 0;
    return stop ? gotk__syscall_end(g) : (gotk__ret2){(uint64_t)n, 0};
}
