/* SPDX-License-Identifier: BSD-3-Clause
 * Waiting for a 32-bit word to change: the kernel's futex. */
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "g.h"

/* Returns when woken, on time-out, on a signal, or at once if *a != val: callers test again. */
void gotk__futex_wait(_Atomic uint32_t *a, uint32_t val, int64_t timeout_ns)
{
    struct timespec ts, *t = NULL;
    if (timeout_ns >= 0) {
        ts.tv_sec = timeout_ns / 1000000000;
        ts.tv_nsec = timeout_ns % 1000000000;
        t = &ts;
    }
    syscall(SYS_futex, a, FUTEX_WAIT_PRIVATE, val, t, NULL, 0);
}

void gotk__futex_wake(_Atomic uint32_t *a, int n)
{
    syscall(SYS_futex, a, FUTEX_WAKE_PRIVATE, n, NULL, NULL, 0);
}
