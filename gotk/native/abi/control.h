/* SPDX-License-Identifier: BSD-3-Clause
 * The page shared between a run and whoever watches it: live counters and the GOMAXPROCS wanted.
 * Parsed by Python too (one u64 field a line, in order), so only uint64_t members. All accesses are relaxed atomics. */
#ifndef GOTK_CONTROL_H
#define GOTK_CONTROL_H
#include <stdint.h>
#define GOTK_CONTROL_MAGIC 0x314c54434b544f47u /* "GOTKCTL1" */
struct gotk_control {
    uint64_t magic;
    uint64_t gomaxprocs_wanted;   /* written by the watcher; 0 = leave */
    uint64_t gomaxprocs;          /* in force */
    uint64_t now_ns;              /* since the start, at the last update */
    uint64_t goroutines_created;
    uint64_t goroutines;          /* alive */
    uint64_t running;
    uint64_t runnable;            /* all queues together */
    uint64_t waiting;
    uint64_t in_syscall;
    uint64_t global_queue;
    uint64_t local_queues;        /* sum of the procs' queues */
    uint64_t goroutine_switches;
    uint64_t steals;
    uint64_t parks;
    uint64_t preemptions;
    uint64_t handoffs;
    uint64_t threads_created;
    uint64_t threads;
    uint64_t idle_procs;
    uint64_t spinning;
    uint64_t heap_bytes;
    uint64_t stack_bytes;
};
#endif
