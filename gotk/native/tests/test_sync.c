/* SPDX-License-Identifier: BSD-3-Clause
 * Channels, select, semaphores, notify lists, timers and blocking reads: programs of tests/go_sync.c at several numbers
 * of procs, seeds and slices, and on threads. Arguments: names of programs; GOTK_TEST_SEED sets the first seed, GOTK_TEST_SEEDS their number. */
#include "harness.h"

#define PROGRAMS X(mpmc) X(order) X(select) X(both) X(fair) X(close) X(sema) X(notify) X(naps) X(timers) X(churn) X(pipes)
#define FATAL \
    Y(nil_select, "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [select]:\n") \
    Y(no_cases, "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [select (no cases)]:\n") \
    Y(nil_recv, "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive (nil chan)]:\n") \
    Y(nil_send, "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan send (nil chan)]:\n") \
    Y(sema_wait, "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [sync.WaitGroup.Wait]:\n") \
    Y(close_sender, "panic: send on closed channel") Y(close_select, "panic: send on closed channel")
#define X(name) void name##_main(void *);
#define Y(name, text) void name##_main(void *);
PROGRAMS
FATAL
#undef X
#undef Y

int main(int argc, char **argv)
{
    uint64_t first = getenv("GOTK_TEST_SEED") ? strtoull(getenv("GOTK_TEST_SEED"), NULL, 0) : 1;
    uint64_t seeds = getenv("GOTK_TEST_SEEDS") ? strtoull(getenv("GOTK_TEST_SEEDS"), NULL, 0) : 1;
    static const int procs[] = {1, 2, 4, 8, 64, 2};
    static const struct { const char *name; void (*main)(void *); const char *text; } programs[] = {
#define X(name) {#name, name##_main, NULL},
#define Y(name, text) {#name, name##_main, text},
        PROGRAMS FATAL
    };
    for (unsigned i = 0; i < sizeof programs / sizeof *programs; i++) {
        bool wanted = argc < 2;
        for (int k = 1; k < argc; k++) wanted = wanted || strcmp(argv[k], programs[i].name) == 0;
        for (uint64_t seed = first; wanted && seed < first + seeds; seed++) {
            for (int k = 0; k < 6; k++) {
                bool threads = k == 5;
                for (int fast = 0; fast < 2; fast++) {
                    struct ended e = run_program(programs[i].main, procs[k], threads, seed, fast ? 50000 : 0, 60);
                    const char *text = programs[i].text;
                    CHECK(e.code == (text ? 2 : 0), "%s procs %d %s seed %llu %s: exit %d\n%.3000s", programs[i].name, procs[k],
                          threads ? "threads" : "gotk", (unsigned long long)seed, fast ? "fast" : "", e.code, e.err);
                    if (text) CHECK(strncmp(e.err, text, strlen(text)) == 0, "%s: %s", programs[i].name, e.err);
                    if (getenv("GOTK_TEST_VERBOSE"))
                        printf("%-9s procs %2d %s %s %.3f s\n", programs[i].name, procs[k], threads ? "threads" : "", fast ? "fast" : "", e.seconds);
                    if (text || threads) break;
                }
            }
        }
    }
    if (failures) printf("%d failures\n", failures);
    return failures != 0;
}
