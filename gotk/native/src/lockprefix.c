/* SPDX-License-Identifier: BSD-3-Clause
 * Atomic instructions of compiled Go code without their LOCK prefix while one P runs all of it.
 *
 * A locked instruction takes some 2 ns where the same one without the prefix takes a fraction, and what the prefix asks for, that no other CPU
 * comes in between, goes without saying while nprocs is 1: a preemption signal comes before or after an instruction, never within, and the
 * way from one M to another is through the scheduler's own barriers. The compiler notes the prefixes' addresses (section .gotk.locks,
 * gotk/compiler/lower/module/natives.py), and they are exchanged for a prefix that does nothing, and back, when nprocs changes (procs.c):
 * the world is stopped then, so that no thread is in Go code. As Linux does with its own locks on machines with one CPU.
 *
 * C code keeps its locked instructions. It is not excluded from running beside the one P (system calls, sysmon), so no word may be changed both by
 * such code and by Go's atomics: the words that Go code hands to C (semaphores) are changed by calls that hold the P, or by C alone.
 * Never in threads mode, where goroutines are threads.
 *
 * Light fences (.gotk.fences) have no lock at all where the kernel has membarrier: their partners call it.
 *
 * Rejected: a test of nprocs before each operation (the goroutine may be preempted after the test, and go on at two). */
#include "loader.h"
#include "scheduler.h"

#include <linux/membarrier.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LOCK = 0xf0, IDLE = 0x3e };        /* the latter names the data segment, which 64-bit code has none of */

static uint8_t prefix = LOCK;
bool gotk__light_fences;                  /* membarrier works: they have no lock */

/* Before there are other threads: then it costs nothing, afterwards the kernel waits for a grace period (11 ms). */
void gotk__membarrier_init(void)
{
#if defined(__x86_64__)                   /* elsewhere light fences are instructions that cannot be exchanged */
    gotk__light_fences = syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
    syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0);
#endif
}

/* With one P it is not needed, whatever nprocs becomes before the caller goes on: it changes with the world stopped, which is a barrier for all. */
gotk__ret2 gotk__membarrier(void)
{
    if (!gotk__light_fences || (!gotk__is_threads && atomic_load_explicit(&gotk__sched.nprocs, memory_order_relaxed) == 1)) return (gotk__ret2){0, 0};
    if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0)) gotk__throw("membarrier failed");
    return (gotk__ret2){1, 0};
}

bool gotk__note_locks(struct gotk__image *im, const void *bytes, uint64_t size, bool light)
{
    const int32_t *entry = bytes;
    uint64_t n = size / sizeof *entry;
    uint32_t *locks = realloc(im->locks, (im->nlocks + n + 1) * sizeof *locks);
    if (!locks) return false;
    im->locks = locks;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t at = (uint64_t)(uintptr_t)&entry[i] + (uint64_t)(int64_t)entry[i];
        if (at < im->text_lo || at >= im->text_hi || *(uint8_t *)(uintptr_t)at != LOCK) return false;
        *(uint8_t *)(uintptr_t)at = light && gotk__light_fences ? (uint8_t)IDLE : prefix;
        if (light && gotk__light_fences) continue;
        locks[im->nlocks++] = (uint32_t)(at - (uint64_t)(uintptr_t)im->base);
    }
    return size % sizeof *entry == 0;
}

/* Other threads fetch the new instructions before they run Go code again. */
static void serialise(void)
{
    /* A kernel without it: mprotect has interrupted every CPU that ran a thread of ours, which serialises as well. */
    syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0);
}

/* The whole mapping changes, so none has to be split, which may fail. */
static bool patch(const struct gotk__image *im, uint8_t to)
{
    if (!im->nlocks) return true;
    if (mprotect(im->base, im->code_size, PROT_READ | PROT_WRITE)) return false;
    for (uint32_t i = 0; i < im->nlocks; i++) im->base[im->locks[i]] = to;
    if (mprotect(im->base, im->code_size, PROT_READ | PROT_EXEC)) gotk__throw("cannot make code executable again");
    return true;
}

void gotk__lock_prefixes(bool on)
{
    uint8_t to = on ? LOCK : IDLE;
    if (to == prefix) return;
    for (const struct gotk__image *im = gotk__images; im; im = im->next) {
        if (patch(im, to)) continue;
        if (on) gotk__throw("cannot change code");
        for (im = gotk__images; im; im = im->next)      /* locked atomics are right with one P, too */
            if (im->base[im->nlocks ? im->locks[0] : 0] == IDLE && !patch(im, LOCK)) gotk__throw("cannot change code");
        return;
    }
    if (gotk__images) serialise();
    prefix = to;
}
