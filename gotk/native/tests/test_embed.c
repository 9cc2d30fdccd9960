/* SPDX-License-Identifier: BSD-3-Clause
 * The library on its own: include/gotk.h from plain C, started and stopped many times in one process. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gotk.h"

extern _Atomic int64_t embed_sum, embed_failed;
void embed_add(void *), embed_tree(void *), embed_ping(void *), embed_pong(void *), embed_receive_for_ever(void *), embed_group_owner(void *),
    embed_nowait(void *), embed_hog(void *), embed_produce(void *), embed_consume(void *), embed_close_after(void *);
struct pair { gotk_chan *a, *b; int64_t n; };
struct grouped { gotk_group *g; gotk_chan *c; };

static int failures;
#define CHECK(cond) do { if (!(cond)) { failures++; printf("FAILED %s:%d: %s\n", __FILE__, __LINE__, #cond); fflush(stdout); } } while (0)
#define IS(call, want) do { int r = (call); if (r != (want)) { failures++; printf("FAILED %s:%d: %s is %d (%s)\n", __FILE__, __LINE__, #call, r, gotk_error_text(r)); fflush(stdout); } } while (0)

static void start(uint32_t procs)
{
    struct gotk_config c = {.size = sizeof c, .procs = procs, .seed = procs};
    IS(gotk_start(&c), 0);
    atomic_store(&embed_sum, 0);
}

static void *outsider(void *unused)
{
    for (int i = 1; i <= 500; i++) IS(gotk_go(embed_add, (void *)(intptr_t)i, 0), 0);
    return unused;
}

static void work(uint32_t procs)
{
    start(procs);
    IS(gotk_start(NULL), GOTK_ERUNNING);
    for (int i = 1; i <= 1000; i++) IS(gotk_go(embed_add, (void *)(intptr_t)i, 0), 0);
    IS(gotk_wait(-1), 0);
    CHECK(atomic_load(&embed_sum) == 500500);
    IS(gotk_wait(0), 0);

    atomic_store(&embed_sum, 0);
    IS(gotk_go(embed_tree, (void *)5, 0), 0);
    IS(gotk_wait(-1), 0);
    CHECK(atomic_load(&embed_sum) == 1024);

    atomic_store(&embed_sum, 0);
    pthread_t t[3];
    for (int i = 0; i < 3; i++) pthread_create(&t[i], NULL, outsider, NULL);
    for (int i = 0; i < 3; i++) pthread_join(t[i], NULL);
    IS(gotk_wait(-1), 0);
    CHECK(atomic_load(&embed_sum) == 3 * 125250);

    atomic_store(&embed_sum, 0);
    struct pair p[4];
    for (int i = 0; i < 4; i++) {
        p[i] = (struct pair){gotk_chan_new(8, (size_t)i), gotk_chan_new(8, 0), 300};
        IS(gotk_go(embed_ping, &p[i], 0), 0);
        IS(gotk_go(embed_pong, &p[i], 0), 0);
    }
    IS(gotk_wait(-1), 0);
    CHECK(atomic_load(&embed_sum) == 4);
    for (int i = 0; i < 4; i++) {
        IS(gotk_chan_send(p[i].a, &p[i].n), GOTK_ECLOSED);
        IS(gotk_chan_free(p[i].a), 0);
        IS(gotk_chan_free(p[i].b), 0);
    }

    struct grouped x = {gotk_group_new(), gotk_chan_new(8, 5)};
    atomic_store(&embed_sum, 0);
    IS(gotk_go(embed_group_owner, &x, 0), 0);
    IS(gotk_wait(-1), 0);

    atomic_store(&embed_sum, 0);
    IS(gotk_group_add(x.g, 6), 0);
    for (int i = 0; i < 6; i++) IS(gotk_go(embed_produce, &x, 0), 0);
    for (int i = 0; i < 3; i++) IS(gotk_go(embed_consume, &x, 0), 0);
    IS(gotk_go(embed_close_after, &x, 0), 0);
    IS(gotk_wait(-1), 0);
    CHECK(atomic_load(&embed_sum) == 6 * 500500);
    IS(gotk_chan_free(x.c), 0);
    IS(gotk_group_free(x.g), 0);

    atomic_store(&embed_sum, 0);
    gotk_chan *one = gotk_chan_new(1, 1);
    IS(gotk_go(embed_nowait, one, GOTK_NOWAIT), 0);
    IS(gotk_wait(-1), 0);
    CHECK(atomic_load(&embed_sum) == 1);
    IS(gotk_chan_free(one), 0);

    _Atomic int stop = 0;
    IS(gotk_go(embed_hog, &stop, 0), 0);
    IS(gotk_wait(1000000), GOTK_ETIMEOUT);
    atomic_store(&stop, 1);
    IS(gotk_wait(-1), 0);
    struct gotk_counters c;
    IS(gotk_counters(&c, sizeof c), 0);
    CHECK(c.alive == 0 && c.created > 3000 && c.procs == procs && c.parks > 0);
    IS(gotk_stop(), 0);
}

static void misuse(void)
{
    char byte = 0;
    static gotk_chan *c;                   /* a goroutine that is given up keeps it */
    c = gotk_chan_new(1, 0);
    IS(gotk_go(embed_add, NULL, 0), GOTK_ESTOPPED);
    IS(gotk_wait(0), GOTK_ESTOPPED);
    IS(gotk_stop(), GOTK_ESTOPPED);
    IS(gotk_yield(), GOTK_EOUTSIDE);
    IS(gotk_sleep(1), GOTK_EOUTSIDE);
    IS(gotk_chan_send(c, &byte), GOTK_EOUTSIDE);
    IS(gotk_chan_recv(c, &byte), GOTK_EOUTSIDE);
    IS(gotk_chan_send(NULL, &byte), GOTK_EINVALID);
    IS(gotk_group_add(NULL, 1), GOTK_EINVALID);
    CHECK(!gotk_chan_new(SIZE_MAX, 2) && !gotk_chan_new(8, SIZE_MAX));
    struct gotk_config bad = {.size = sizeof bad, .procs = 5000};
    IS(gotk_start(&bad), GOTK_EINVALID);
    bad = (struct gotk_config){.size = sizeof bad, .stack_size = 100};
    IS(gotk_start(&bad), GOTK_EINVALID);
    bad = (struct gotk_config){.size = 3};
    IS(gotk_start(&bad), GOTK_EINVALID);
    for (int i = -20; i < 2; i++) CHECK(gotk_error_text(i)[0]);

    start(2);
    IS(gotk_go(NULL, NULL, 0), GOTK_EINVALID);
    IS(gotk_go(embed_add, NULL, 99), GOTK_EINVALID);
    /* A deadlock is told, and can be resolved from outside. */
    IS(gotk_go(embed_receive_for_ever, c, 0), 0);
    IS(gotk_wait(-1), GOTK_EDEADLOCK);
    IS(gotk_chan_free(c), GOTK_EBUSY);
    IS(gotk_chan_send(c, &byte), 0);
    IS(gotk_wait(-1), 0);
    IS(gotk_go(embed_receive_for_ever, c, 0), 0);
    pid_t pid = fork();
    if (pid == 0) _exit(gotk_wait(-1) == GOTK_EFORKED && gotk_go(embed_add, NULL, 0) == GOTK_EFORKED && gotk_start(NULL) == GOTK_EFORKED ? 0 : 1);
    int status;
    waitpid(pid, &status, 0);
    CHECK(status == 0);
    IS(gotk_stop(), GOTK_EDEADLOCK);
    IS(gotk_stop(), GOTK_ESTOPPED);
}

/* More stacks than there is memory, or mappings: an error, and what runs goes on. */
static void limits(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct gotk_config c = {.size = sizeof c, .procs = 1, .stack_size = 1ull << 39};
    IS(gotk_start(&c), 0);
    atomic_store(&embed_sum, 0);
    gotk_chan *never = gotk_chan_new(1, 0);
    int n = 0, err;
    while ((err = gotk_go(embed_receive_for_ever, never, 0)) == 0 && n < 1000) n++;
    IS(err, GOTK_EMEMORY);
    IS(gotk_chan_close(never), 0);
    IS(gotk_wait(-1), 0);
    IS(gotk_stop(), 0);
    gotk_chan_free(never);
#endif
}

int main(void)
{
    static const uint32_t procs[] = {1, 2, 4, 8, 64, 2, 1};
    for (unsigned i = 0; i < sizeof procs / sizeof *procs; i++) work(procs[i]);
    misuse();
    limits();
    CHECK(atomic_load(&embed_failed) == 0);
    if (atomic_load(&embed_failed)) printf("go_embed.c:%lld\n", (long long)atomic_load(&embed_failed));
    start(0);
    IS(gotk_stop(), 0);
    return failures != 0;
}
