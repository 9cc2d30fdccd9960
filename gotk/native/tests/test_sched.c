/* SPDX-License-Identifier: BSD-3-Clause
 * The scheduler as a whole: programs of tests/go_sched.c at several numbers of procs, seeds and slices, and on threads.
 * Arguments: names of programs to run only those; GOTK_TEST_SEED sets the first seed. */
#include "harness.h"

#define PROGRAMS \
    X(pingpong, 1, 1) X(spawn, 1, 1) X(skynet, 1, 0) X(preempt, 1, 1) X(deep, 1, 0) X(procs, 1, 0) X(sleep, 1, 1) X(recover, 1, 1) X(large, 1, 1)
#define X(name, gotk, threads) void name##_main(void *);
PROGRAMS
#undef X
void million_main(void *), deadlock_main(void *), overflow_main(void *);

static int nargs;
static char **args;

static bool wanted(const char *name)
{
    if (nargs < 2) return true;
    for (int i = 1; i < nargs; i++)
        if (strcmp(args[i], name) == 0) return true;
    return false;
}

static void check(const char *name, void (*main)(void *), int procs, bool threads, uint64_t seed, int64_t slice)
{
    struct ended e = run_program(main, procs, threads, seed, slice, 30);
    CHECK(e.code == 0, "%s procs %d %s seed %llu slice %lld: exit %d\n%.2000s", name, procs, threads ? "threads" : "gotk", (unsigned long long)seed,
          (long long)slice, e.code, e.err);
    if (getenv("GOTK_TEST_VERBOSE")) printf("%-9s procs %2d slice %8lld %s %.3f s\n", name, procs, (long long)slice, threads ? "threads" : "", e.seconds);
}

int main(int argc, char **argv)
{
    nargs = argc, args = argv;
    uint64_t seed = getenv("GOTK_TEST_SEED") ? strtoull(getenv("GOTK_TEST_SEED"), NULL, 0) : 1;
    static const int procs[] = {1, 2, 4, 8, 64};
    static const struct { const char *name; void (*main)(void *); bool gotk, threads; } programs[] = {
#define X(name, gotk, threads) {#name, name##_main, gotk, threads},
        PROGRAMS
    };
    for (unsigned i = 0; i < sizeof programs / sizeof *programs; i++) {
        if (!wanted(programs[i].name)) continue;
        for (unsigned k = 0; k < 5; k++) {
            check(programs[i].name, programs[i].main, procs[k], false, seed, 0);
            check(programs[i].name, programs[i].main, procs[k], false, seed + 1, 50000);
        }
        if (programs[i].threads) check(programs[i].name, programs[i].main, 2, true, seed, 0);
    }
    if (wanted("million"))
        for (int p = 1; p <= 2; p++) check("million", million_main, p, false, seed, 0);
    for (unsigned k = 0; wanted("deadlock") && k < 6; k++) {
        struct ended e = run_program(deadlock_main, k < 5 ? procs[k] : 2, k == 5, seed, 0, 20);
        CHECK(e.code == 2, "deadlock: exit %d\n%s", e.code, e.err);
        CHECK(strstr(e.err, "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n") == e.err, "%s", e.err);
        CHECK(strstr(e.err, "\n\ngoroutine 2 [chan receive]:\n"), "%s", e.err);
    }
    if (wanted("overflow")) {
        struct ended e = run_program(overflow_main, 2, false, seed, 0, 30);
        CHECK(e.code == 2, "overflow: exit %d\n%s", e.code, e.err);
        const char *want = "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\ngoroutine 1 [running]:\n";
        CHECK(strncmp(e.err, want, strlen(want)) == 0, "%.1000s", e.err);
        CHECK(strstr(e.err, "frames elided..."), "%.3000s", e.err);
        e = run_program(overflow_main, 2, true, seed, 0, 30);
        CHECK(e.code == 2 && strstr(e.err, "fatal error: stack overflow"), "threads: exit %d\n%.1000s", e.code, e.err);
    }
    return failures != 0;
}
