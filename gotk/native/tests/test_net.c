/* SPDX-License-Identifier: BSD-3-Clause
 * The netpoller: programs of tests/go_net.c at several numbers of procs, seeds and slices, and on threads.
 * Arguments: names of programs to run only those; GOTK_TEST_SEED sets the first seed. */
#include "harness.h"

#define PROGRAMS X(bounce) X(flow) X(interrupt) X(beside_hog)
#define X(name) void name##_main(void *);
PROGRAMS
#undef X
void io_deadlock_main(void *);

int main(int argc, char **argv)
{
    uint64_t seed = getenv("GOTK_TEST_SEED") ? strtoull(getenv("GOTK_TEST_SEED"), NULL, 0) : 1;
    static const struct { const char *name; void (*main)(void *); } programs[] = {
#define X(name) {#name, name##_main},
        PROGRAMS
    };
    static const int procs[] = {1, 2, 4, 8, 64};
    for (unsigned i = 0; i < sizeof programs / sizeof *programs; i++) {
        bool wanted = argc < 2;
        for (int k = 1; k < argc; k++) wanted |= strcmp(argv[k], programs[i].name) == 0;
        if (!wanted) continue;
        for (unsigned k = 0; k < 11; k++) {
            bool threads = k == 10;
            struct ended e = run_program(programs[i].main, threads ? 2 : procs[k % 5], threads, seed + k / 5, k / 5 == 1 ? 50000 : 0, 30);
            CHECK(e.code == 0, "%s procs %d %s seed %llu: exit %d\n%.2000s", programs[i].name, procs[k % 5], threads ? "threads" : "gotk",
                  (unsigned long long)(seed + k / 5), e.code, e.err);
            if (getenv("GOTK_TEST_VERBOSE")) printf("%-10s procs %2d %s %.3f s\n", programs[i].name, procs[k % 5], threads ? "threads" : "", e.seconds);
        }
    }
    for (unsigned k = 0; argc < 2 && k < 6; k++) {
        struct ended e = run_program(io_deadlock_main, k < 5 ? procs[k] : 2, k == 5, seed, 0, 20);
        CHECK(e.code == 2 && strstr(e.err, "all goroutines are asleep - deadlock!"), "deadlock: exit %d\n%.1000s", e.code, e.err);
    }
    return failures != 0;
}
