/* SPDX-License-Identifier: BSD-3-Clause
 * Stacks of goroutines where LLVM has no split stacks (aarch64): each is a large mapping of which only what is used is ever
 * committed, with a guard at its low end. What stack.c does with blocks and pools is the same for both kinds.
 *
 * Compiled code touches every page of a frame (the attribute probe-stack, gotk/compiler/target.py), so running out of stack is a fault at the
 * guard: signals.c asks here whether an address is one, and lets gotk__stack_overflow run on the M's own stack.
 *
 * Stacks are mapped for a batch of goroutines at once. A guard is made by MADV_GUARD_INSTALL where the kernel has that (6.13), because it costs
 * no mapping; by mprotect else, and then a process has about 32,000 goroutines before it meets vm.max_map_count, which is a clear
 * error. Memory of stacks that are pooled globally goes back to the system; a P's own free ones keep theirs.
 *
 * Rejected: prologue checks in the IR (each inlined call would have one); smaller stacks (address space is cheap, and recursion is not to
 * be shallow). */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "scheduler.h"

#if !SEGMENTED_STACKS
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

enum { STACK = 64 << 20,       /* half a million fit in 47 bits of addresses, 8,000 in 39 */
       STACK_LEAST = 128 << 10,
       GUARD = 64 << 10,       /* the largest page of the architecture */
       KEEP = 64 << 10 };      /* of a stack that goes to the pool */

static uint64_t stack_size = STACK;    /* of new stacks; the pool's lock */
static enum { UNKNOWN, BY_ADVICE, BY_PROTECTION } guards;

/* Emulators and sandboxes take an advice that they do not know without doing anything: so ask the kernel to read there. An empty set of
 * signals changes nothing if it can. */
static bool is_guarded(const void *at)
{
    return syscall(SYS_rt_sigprocmask, SIG_BLOCK, at, NULL, 8) == -1 && errno == EFAULT;
}

static bool guard(char *at)
{
    if (guards == UNKNOWN) guards = madvise(at, GUARD, MADV_GUARD_INSTALL) == 0 && is_guarded(at) ? BY_ADVICE : BY_PROTECTION;
    if (guards == BY_ADVICE) return madvise(at, GUARD, MADV_GUARD_INSTALL) == 0;
    return mprotect(at, GUARD, PROT_NONE) == 0;
}

/* Gives the first segment of each of these n goroutines its memory. The caller holds the pool's lock. */
void gotk__stacks_map(G **g, int n)
{
    uint64_t most = gotk__options.max_stack & ~(uint64_t)(GUARD - 1);
    if (most >= STACK_LEAST && stack_size > most) stack_size = most;
    char *m;
    for (;;) {
        m = mmap(NULL, (uint64_t)n * stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
        if (m != MAP_FAILED) break;
        if (stack_size / 2 < STACK_LEAST) gotk__fatal_error("runtime: cannot allocate memory for stacks");
        stack_size /= 2;       /* little address space, or the system counts what is reserved */
    }
    madvise(m, (uint64_t)n * stack_size, MADV_NOHUGEPAGE);     /* the first touch of a stack would take 2 MB */
    for (int i = 0; i < n; i++, m += stack_size) {
        if (!guard(m)) gotk__fatal_error("runtime: cannot protect the end of a goroutine's stack: too many mappings (sysctl vm.max_map_count)");
        gotk__seg *s = &g[i]->seg0;
        s->next = s->prev = NULL;
        s->limit = (uint64_t)m + GUARD + STACK_GUARD;
        s->top = (uint64_t)m + stack_size;
        s->room = s->top - s->limit;
        s->size = s->total = stack_size;
    }
}

/* The goroutine is dead and goes to the global pool: what its stack has committed beyond KEEP goes back. */
void gotk__stack_discard(G *g)
{
    char *lo = (char *)g->seg0.limit - STACK_GUARD;
    madvise(lo, g->seg0.top - (uint64_t)lo - KEEP, MADV_DONTNEED);
}

/* Whether a fault at this address means that g's stack is used up. A thread's (threads.c) ends somewhere near its limit. */
bool gotk__stack_is_end(const G *g, uint64_t address)
{
    enum { NEAR = 256 << 10 };
    return address < g->seg0.limit && address >= g->seg0.limit - NEAR;
}

/* Arguments of a go statement that do not fit a stack of this kind: spawn.c. */
void gotk__morestack_slow(G *g, uint64_t need) { gotk__stack_overflow(g); }
#endif
