/* SPDX-License-Identifier: BSD-3-Clause
 * Clocks: monotonic nanoseconds, and cheap ticks for the accounting of goroutines.
 *
 * Ticks are the CPU's counter where the kernel itself trusts it (clocksource tsc; arm64's generic timer), else
 * nanoseconds. Their rate is measured over the whole run so far, so it needs no start-up delay and is exact at the end. */
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "scheduler.h"

static int64_t start_ns, start_ticks;
bool gotk__counter;

int64_t gotk__now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * 1000000000ll + ts.tv_nsec;
}

void gotk__clock_init(void)
{
#if defined(__aarch64__)
    gotk__counter = true;
#else
    char text[16] = "";
    int fd = open("/sys/devices/system/clocksource/clocksource0/current_clocksource", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t n = read(fd, text, sizeof text - 1);
        gotk__counter = n >= 3 && memcmp(text, "tsc", 3) == 0;
        close(fd);
    }
#endif
    start_ns = gotk__now();
    start_ticks = gotk__ticks();
}

int64_t gotk__start_ns(void) { return start_ns; }
int64_t gotk__start_ticks(void) { return start_ticks; }

/* Nanoseconds in a tick, by all that has passed so far. For many durations of one report: ask once, it reads both clocks. */
double gotk__tick_ns(void)
{
    if (!gotk__counter) return 1;
#if defined(__aarch64__)
    int64_t hz;
    __asm__("mrs %0, cntfrq_el0" : "=r"(hz));
    return 1e9 / (double)hz;
#else
    int64_t ns = gotk__now() - start_ns, passed = gotk__ticks() - start_ticks;
    return passed > 0 ? (double)ns / (double)passed : 0;
#endif
}
