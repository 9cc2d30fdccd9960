/* SPDX-License-Identifier: BSD-3-Clause
 * Memory made present ahead of its use: aligned, empty, and there, whatever size the pages have. */
#include <sys/mman.h>

#include "harness.h"

enum { MB = 1 << 20 };
static uint64_t PAGE;

static uint64_t missing(char *from, char *to)
{
    uint64_t n = 0;
    unsigned char there;
    for (char *at = from; at < to; at += PAGE) n += mincore(at, PAGE, &there) || !(there & 1);
    return n;
}

/* An emulator may take the advice and do nothing. */
static bool kernel_populates(void)
{
    char *one = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
#ifdef MADV_POPULATE_WRITE
    return !madvise(one, PAGE, MADV_POPULATE_WRITE) && !missing(one, one + PAGE);
#else
    return one && false;
#endif
}

int main(void)
{
    PAGE = (uint64_t)sysconf(_SC_PAGESIZE);
    bool populates = kernel_populates();
    char *m = gotk__map_huge(16 * MB);
    CHECK(m && !((uint64_t)m & (2 * MB - 1)), "%p is not aligned", (void *)m);
    CHECK(missing(m, m + 16 * MB) == 16 * MB / PAGE, "present before");
    uint64_t seed = 1;
    for (char *at = m; at < m + 15 * MB;) {
        seed = seed * 6364136223846793005u + 1;
        char *to = at + PAGE * (1 + (seed >> 56)), *end = gotk__populate(at, to, true);
        CHECK(end >= to && end <= m + 16 * MB && !((uint64_t)end & (PAGE - 1)), "%p for %p", (void *)end, (void *)to);
        CHECK(!populates || !missing(m, end), "%lu pages are missing", missing(m, end));
        at = end;
    }
    char *small = mmap(NULL, MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(gotk__populate(small, small + 10 * PAGE, false) == small + 10 * PAGE, "small pages: no more than was asked for");
    CHECK(missing(small + 10 * PAGE, small + MB) == (MB - 10 * PAGE) / PAGE, "other pages came, too");
    for (char *at = m; at < m + 16 * MB; at++) if (*at) { CHECK(false, "not empty"); break; }
    return failures != 0;
}
