/* SPDX-License-Identifier: BSD-3-Clause
 * Natives of packages runtime and runtime/debug about memory: ReadMemStats, SetGCPercent, SetMemoryLimit, FreeOSMemory. */
#include "heap.h"
#include "scheduler.h"

/* golib/src/runtime/mem.go: memNumbers */
struct mem_numbers {
    uint64_t heap_alloc, total_alloc, heap_sys, heap_idle, heap_released, mallocs, frees, stack_inuse, stack_sys, other_sys;
    uint64_t next_gc, last_gc, pause_total, num_gc, num_forced, spare[16];
};
_Static_assert(sizeof(struct mem_numbers) == 31 * 8, "memNumbers in golib/src/runtime/mem.go");

gotk__ret2 gotk__readmemstats(struct mem_numbers *m) {
    const struct gotk__gcstate *gc = &gotk__gcs;
    *m = (struct mem_numbers){0};
    gotk__heap_totals(&m->mallocs, &m->total_alloc);
    m->frees = gotk__heap_frees;
    m->heap_alloc = m->total_alloc - gotk__heap_freed_bytes;
    m->heap_sys = gotk__heap_committed();
    m->heap_idle = m->heap_sys - atomic_load(&gotk__pages.used);
    m->heap_released = gotk__pages.released;
    m->stack_inuse = m->stack_sys = gotk__stack_bytes();
    m->other_sys = atomic_load(&gotk__pages.raw);
    m->next_gc = atomic_load(&gc->next);
    m->last_gc = gc->last_end;
    m->pause_total = gc->pause_total;
    m->num_gc = gc->cycles;
    m->num_forced = gc->forced;
    return (gotk__ret2){0, 0};
}

/* Takes effect with the next collection, which is asked for so that this is soon. */
gotk__ret2 gotk__setgcpercent(int64_t percent) {
    int64_t old = gotk__gcs.percent;
    gotk__gcs.percent = percent < 0 || gotk__threads_mode() ? -1 : percent;
    gotk__request_gc();
    return (gotk__ret2){(uint64_t)old, 0};
}

gotk__ret2 gotk__setmemorylimit(int64_t bytes) {
    int64_t old = gotk__gcs.soft_limit;
    if (bytes >= 0) {
        gotk__gcs.soft_limit = bytes;
        gotk__request_gc();
    }
    return (gotk__ret2){(uint64_t)old, 0};
}

gotk__ret2 gotk__freeosmemory(void) {
    if (gotk__threads_mode()) return (gotk__ret2){0, 0};
    gotk__gcs.release = true;
    gotk__gcs.forced++;
    gotk__request_gc();
    return (gotk__ret2){0, 0};
}
