/* SPDX-License-Identifier: BSD-3-Clause
 * Limits of the system end a run with an error that names them. */
#include <sys/resource.h>

#include "harness.h"

void many_threads_main(void *);

int main(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct rlimit before, limit = {4ull << 30, RLIM_INFINITY};
    getrlimit(RLIMIT_AS, &before);
    gotk__options.stack_size = 256 << 20;
    setrlimit(RLIMIT_AS, &limit);
    struct ended e = run_program(many_threads_main, 2, true, 1, 0, 30);
    setrlimit(RLIMIT_AS, &before);
    CHECK(e.code == 2, "exit %d\n%.500s", e.code, e.err);
    CHECK(strncmp(e.err, "runtime: failed to create new OS thread (have ", 46) == 0, "%.500s", e.err);
    CHECK(strstr(e.err, "\nfatal error: newosproc: ") && strstr(e.err, "the limit of address space (ulimit -v) is 4294967296 bytes, and a stack takes 268468224"),
          "%.500s", e.err);
#endif
    return failures != 0;
}
