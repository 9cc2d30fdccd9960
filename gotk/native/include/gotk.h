/* SPDX-License-Identifier: BSD-3-Clause
 * gotk's scheduler as a library: C functions run as goroutines, many of them on few threads.
 *
 *     gotk_start(NULL);
 *     for (int i = 0; i < 1000; i++) gotk_go(work, &jobs[i], 0);
 *     gotk_wait(-1);
 *     gotk_stop();
 *
 * There is one scheduler in a process. Functions return 0, or an error of enum gotk_error; nothing here ends the process.
 *
 * A goroutine has a stack of its own (256 KiB unless set), of which only what it touches takes memory, with a guard page below: a function
 * that overruns it gets a segmentation fault, as on a thread. It goes on until it returns or calls one of the functions that may
 * wait, marked WAITS here; after such a call it may be on another thread, so it must not keep the address of a thread-local
 * variable (errno is one), nor hold a lock of the system across it. Those functions are for goroutines; from elsewhere they return
 * GOTK_EOUTSIDE. */
#ifndef GOTK_H
#define GOTK_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GOTK_API __attribute__((visibility("default")))

enum gotk_error {
    GOTK_OK = 0,
    GOTK_EINVALID = -1,        /* an argument that can't be */
    GOTK_ERUNNING = -2,        /* gotk_start: it runs already */
    GOTK_ESTOPPED = -3,        /* it does not run: gotk_start comes first */
    GOTK_EOUTSIDE = -4,        /* only a goroutine can wait */
    GOTK_EINSIDE = -5,         /* a goroutine can't do this to the scheduler it runs on */
    GOTK_ETHREADS = -6,        /* the system gives no more threads */
    GOTK_EMEMORY = -7,         /* nor memory, or mappings (vm.max_map_count: two for each stack) */
    GOTK_EDEADLOCK = -8,       /* all goroutines wait, and nothing can wake one */
    GOTK_ETIMEOUT = -9,        /* the time is over */
    GOTK_ECLOSED = -10,        /* the channel is closed */
    GOTK_ENOWAIT = -11,        /* the goroutine was started with GOTK_NOWAIT and would have to wait */
    GOTK_EFORKED = -12,        /* this process is a fork of the one in which it was started */
    GOTK_EBUSY = -13,          /* a goroutine still waits there */
};

/* What an error says, in English. */
GOTK_API const char *gotk_error_text(int error);

struct gotk_config {
    uint32_t size;             /* sizeof(struct gotk_config): fields may be added */
    uint32_t procs;            /* how many goroutines run at the same time; 0: as many as CPUs may be used; at most 1,024 */
    uint64_t stack_size;       /* of a goroutine in bytes; 0: 256 KiB; at least 16 KiB */
    uint64_t seed;             /* of the scheduler's random choices */
    int64_t slice_ns;          /* how long a goroutine may run, at its next call into this library, before others; 0: 10 ms */
};

/* Starts it; config may be null. Threads are made here, `procs` of them and one that watches. */
GOTK_API int gotk_start(const struct gotk_config *config);

enum { GOTK_NOWAIT = 1 };      /* flags of gotk_go: this function must not change threads (it calls into an interpreter, or keeps
                                  thread-locals): what would wait returns GOTK_ENOWAIT instead */

/* f(arg) becomes a goroutine. From any thread, and from goroutines. */
GOTK_API int gotk_go(void (*f)(void *arg), void *arg, unsigned flags);

/* Waits until all goroutines have ended, timeout_ns at most (negative: no limit); not from a goroutine. GOTK_EDEADLOCK: some wait for ever. */
GOTK_API int gotk_wait(int64_t timeout_ns);

/* Waits like gotk_wait, without a limit, then ends the threads. If goroutines are left that wait for ever (GOTK_EDEADLOCK) they are given
 * up: their stacks stay allocated, and what they wait on must not be used any more. */
GOTK_API int gotk_stop(void);

/* WAITS for its turn: the others that are ready run first. */
GOTK_API int gotk_yield(void);

/* WAITS for so many nanoseconds at least. */
GOTK_API int gotk_sleep(int64_t ns);

struct gotk_counters {
    uint64_t created, alive, switches, steals, parks, threads, procs, stack_bytes;
};
/* Since the process started; size is sizeof(struct gotk_counters). Also after gotk_stop. */
GOTK_API int gotk_counters(struct gotk_counters *out, size_t size);

/* ---- channels of elements of one size: first in, first out */
typedef struct gotk_chan gotk_chan;
GOTK_API gotk_chan *gotk_chan_new(size_t element_size, size_t capacity);  /* null: no memory, or sizes that can't be */
GOTK_API int gotk_chan_free(gotk_chan *c);                     /* GOTK_EBUSY if a goroutine waits on it */
GOTK_API int gotk_chan_send(gotk_chan *c, const void *element); /* WAITS while it is full; GOTK_ECLOSED */
GOTK_API int gotk_chan_recv(gotk_chan *c, void *element);      /* WAITS while it is empty; GOTK_ECLOSED when it is closed and empty */
GOTK_API int gotk_chan_close(gotk_chan *c);                    /* who waits gets GOTK_ECLOSED; from any thread */

/* ---- groups: wait until a count is back to zero */
typedef struct gotk_group gotk_group;
GOTK_API gotk_group *gotk_group_new(void);
GOTK_API int gotk_group_free(gotk_group *g);                   /* GOTK_EBUSY if a goroutine waits on it */
GOTK_API int gotk_group_add(gotk_group *g, int64_t n);         /* GOTK_EINVALID if the count would become negative; from any thread */
GOTK_API int gotk_group_done(gotk_group *g);                   /* adds -1 */
GOTK_API int gotk_group_wait(gotk_group *g);                   /* WAITS */

#ifdef __cplusplus
}
#endif
#endif
