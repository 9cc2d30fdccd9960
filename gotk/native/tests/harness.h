/* SPDX-License-Identifier: BSD-3-Clause
 * Runs a goroutine body as a whole program in a child process, with given options, and tells how it ended. */
#ifndef GOTK_TEST_HARNESS_H
#define GOTK_TEST_HARNESS_H
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "scheduler.h"

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
enum { SLOWER = 8 };           /* time limits under a sanitizer */
#else
enum { SLOWER = 1 };
#endif

struct ended { int code; char err[65536]; double seconds; };
extern char __start_gotext[], __stop_gotext[];

/* Exit code (128 + n after signal n, -1 after the time limit) and stderr of main as goroutine 1. */
static inline struct ended run_program(void (*main)(void *), int procs, bool threads, uint64_t seed, int64_t slice_ns, int limit_s)
{
    static struct ended e;
    int fds[2];
    if (pipe(fds)) abort();
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    pid_t pid = fork();
    if (pid == 0) {
        alarm((unsigned)(limit_s * SLOWER));
        dup2(fds[1], 2);
        close(fds[0]);
        close(fds[1]);
        gotk__options.procs = procs;
        gotk__options.threads = threads;
        gotk__options.seed = seed;
        gotk__options.slice_ns = slice_ns ? slice_ns : 10000000;
        gotk__options.times = true;
        const char *stack = getenv("GOTK_TEST_MAX_STACK");     /* an emulator may be slow with large mappings */
        if (stack) gotk__options.max_stack = strtoull(stack, NULL, 0);
        gotk__init();
        gotk__add_text((uint64_t)__start_gotext, (uint64_t)__stop_gotext);
        gotk__run_program(main);
    }
    close(fds[1]);
    size_t n = 0;
    for (ssize_t k; n < sizeof e.err - 1 && (k = read(fds[0], e.err + n, sizeof e.err - 1 - n)) > 0;) n += (size_t)k;
    e.err[n] = 0;
    close(fds[0]);
    int status;
    waitpid(pid, &status, 0);
    clock_gettime(CLOCK_MONOTONIC, &b);
    e.seconds = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) * 1e-9;
    e.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status) == SIGALRM ? -1 : 128 + WTERMSIG(status);
    return e;
}

static int failures;
#define CHECK(cond, ...) do { if (!(cond)) { failures++; printf("FAILED %s:%d: %s: ", __FILE__, __LINE__, #cond); printf(__VA_ARGS__); printf("\n"); fflush(stdout); } } while (0)
#endif
