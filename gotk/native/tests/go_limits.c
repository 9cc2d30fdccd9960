/* SPDX-License-Identifier: BSD-3-Clause
 * Goroutine bodies of test_limits.c. */
#include "go.h"

GO static void wait_for_ever(void *arg) { recv(*(void **)arg); }

GO void many_threads_main(void *unused)
{
    void *never = new_chan(0);
    for (int i = 0; i < 1000; i++) gotk_go_spawn(wait_for_ever, &never, sizeof never);
}
