/* SPDX-License-Identifier: BSD-3-Clause
 * Memory made present ahead of its use, in huge pages as long as they are cheap.
 *
 * A huge page took 0.17 ms where the kernel had memory at hand, and 512 small ones 0.9 ms (a fault each, or one MADV_POPULATE_WRITE for all: the
 * same; that call takes 0.5 ms even where a huge page is there, so it asks for the first 4 KB only). The host of a virtual machine may
 * have taken free memory away, though, huge blocks first: then a huge page took 4.7 ms, and small pages, which come from what the machine still
 * has, 0.9 ms as before. So each huge page is timed, and after a dear one the next regions consist of small ones: twice as many after each dear one
 * in a row. */
#include <sys/mman.h>
#include <sys/resource.h>

#include "scheduler.h"

enum { DEAR_NS = 2000000, FEWEST = 8, MOST = 64 };

#ifdef MADV_POPULATE_WRITE
/* Racy, under different locks: a region more or less of either kind does no harm. */
static _Atomic uint32_t small_left;     /* regions of small pages before the next attempt */
static _Atomic uint32_t small_last;     /* how many there were after the last one; 0: it was cheap */

static void judge(bool dear)
{
    uint32_t n = 0;
    if (dear) {
        n = 2 * atomic_load_explicit(&small_last, memory_order_relaxed);
        n = n < FEWEST ? FEWEST : n > MOST ? MOST : n;
        atomic_store_explicit(&small_left, n, memory_order_relaxed);
    }
    atomic_store_explicit(&small_last, n, memory_order_relaxed);
}

static long times_off_cpu(void)
{
    struct rusage u;
    return getrusage(RUSAGE_THREAD, &u) ? 0 : u.ru_nivcsw;
}

/* A huge page for a region that nobody has touched; false: none came, or small ones are better now. */
static bool take_huge(char *region)
{
    uint32_t left = atomic_load_explicit(&small_left, memory_order_relaxed);
    if (left) {
        atomic_store_explicit(&small_left, left - 1, memory_order_relaxed);
        madvise(region, HUGE_PAGE, MADV_NOHUGEPAGE);
        return false;
    }
    long left_cpu = times_off_cpu();
    int64_t began = gotk__now();
    madvise(region, 4096, MADV_POPULATE_WRITE);
    bool dear = gotk__now() - began > DEAR_NS;
    judge(dear && times_off_cpu() == left_cpu);
    unsigned char there;       /* the rest of the region, if a huge page has come */
    return !mincore(region + HUGE_PAGE / 2, 1, &there) && (there & 1);
}

char *gotk__populate(char *from, char *to, bool may_huge)
{
    while (from < to) {
        char *next = (char *)(((uint64_t)from | (HUGE_PAGE - 1)) + 1), *end = next < to ? next : to;
        if (may_huge && from == next - HUGE_PAGE && take_huge(from)) end = next;
        else madvise(from, (uint64_t)(end - from), MADV_POPULATE_WRITE);
        from = end;
    }
    return from;
}
#else
char *gotk__populate(char *from, char *to, bool may_huge)
{
    (void)from, (void)may_huge;
    return to;
}
#endif

char *gotk__map_huge(uint64_t size)
{
    char *m = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (m == MAP_FAILED) return NULL;
    uint64_t skip = -(uint64_t)m & (HUGE_PAGE - 1);
    if (skip) munmap(m, skip);
    munmap(m + skip + size, HUGE_PAGE - skip);
    m += skip;
    madvise(m, size, MADV_HUGEPAGE);
    return m;
}
