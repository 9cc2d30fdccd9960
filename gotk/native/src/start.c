/* SPDX-License-Identifier: BSD-3-Clause
 * Starting the runtime, and the first goroutine. */
#include <sched.h>

#include "scheduler.h"

#define S gotk__sched

int gotk__ncpu = 1;

/* Once, on the main thread, before anything else; gotk__options have been set. */
void gotk__init(void)
{
    struct gotk__options *o = &gotk__options;
    cpu_set_t cpus;
    gotk__membarrier_init();     /* first of all: it takes 2 µs where there is one thread, 11 ms where there are two */
    if (!sched_getaffinity(0, sizeof cpus, &cpus) && CPU_COUNT(&cpus) > 0) gotk__ncpu = CPU_COUNT(&cpus);
    gotk__clock_init();
    gotk__is_threads = o->threads;
    gotk__random_init(o->seed);
    gotk__rows_init(o->rows);
    gotk__heap_init(o->memory_limit);
    gotk__signals_init();
    if (gotk__is_threads) atomic_store(&S.nprocs, (uint32_t)o->procs);
    else gotk__procs_init(o->procs);
    if (!gotk__is_threads) gotk__lock_prefixes(o->procs > 1);    /* objects are loaded later, and made so */
    gotk__control_init(o->control_fd);
}

/* Runs entry as goroutine 1. The process ends when it returns. */
_Noreturn void gotk__run_program(void (*entry)(void *))
{
    gotk__sysmon_start();
    if (gotk__is_threads) gotk__threads_run_main(entry);
    gotk__lock(&S.lock);
    S.nm++;
    P *p = gotk__pidle_get_locked();
    gotk__unlock(&S.lock);
    gotk__m_init();
    M *m = gotk__m();
    gotk__bind(m, p);
    atomic_store(&p->status, P_RUNNING);
    gotk__runq_put(p, gotk__spawn_main((void *)entry), true);
    atomic_store(&S.started, true);
    gotk__enter_scheduler();
}
