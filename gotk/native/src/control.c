/* SPDX-License-Identifier: BSD-3-Clause
 * The control page (abi/control.h): counters for whoever watches the run, and the GOMAXPROCS they want. */
#include <sys/mman.h>
#include <unistd.h>

#include "scheduler.h"

static struct gotk_control *page;

#define PUT(field, value) __atomic_store_n(&page->field, (uint64_t)(value), __ATOMIC_RELAXED)

void gotk__control_init(int fd)
{
    if (fd < 0) return;
    void *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (m == MAP_FAILED) return;
    page = m;
    PUT(magic, GOTK_CONTROL_MAGIC);
    gotk__control_update();
}

int gotk__control_wanted(void)
{
    return page ? (int)__atomic_load_n(&page->gomaxprocs_wanted, __ATOMIC_RELAXED) : 0;
}

extern uint64_t gotk__heap_live_bytes(void) __attribute__((weak));

void gotk__control_update(void)
{
    if (!page) return;
    struct gotk__sched *s = &gotk__sched;
    struct gotk__totals t;
    gotk__totals(&t);
    PUT(gomaxprocs, atomic_load(&s->nprocs));
    PUT(now_ns, gotk__now() - gotk__start_ns());
    PUT(goroutines_created, t.created);
    PUT(goroutines, t.created - t.exited);
    PUT(running, t.running);
    PUT(runnable, t.runnable);
    PUT(waiting, t.waiting);
    PUT(in_syscall, t.syscall);
    PUT(global_queue, atomic_load(&s->runq_size));
    PUT(local_queues, t.local);
    PUT(goroutine_switches, t.switches);
    PUT(steals, t.steals);
    PUT(parks, t.parks);
    PUT(preemptions, t.preempts);
    PUT(handoffs, t.handoffs);
    PUT(threads_created, atomic_load(&s->n_threads));
    PUT(threads, gotk__is_threads ? atomic_load(&s->n_threads_live) : atomic_load(&s->n_threads));
    PUT(idle_procs, atomic_load(&s->npidle));
    PUT(spinning, atomic_load(&s->nspinning));
    if (gotk__heap_live_bytes) PUT(heap_bytes, gotk__heap_live_bytes());
    PUT(stack_bytes, gotk__stack_bytes());
}
