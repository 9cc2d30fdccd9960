/* SPDX-License-Identifier: BSD-3-Clause
 * Goroutine bodies of test_sched.c. Each NAME_main is a program: it exits 0 if all was right, else with a small number. */
#include "go.h"

struct pair { void *a, *b; int64_t n; };

/* ---- ping-pong */
GO static void echo(void *arg)
{
    struct pair *p = arg;
    for (int64_t i = 0; i < p->n; i++) send(p->b, recv(p->a) + 1);
}

GO void pingpong_main(void *unused)
{
    struct pair p = {new_chan(0), new_chan(0), 20000};
    gotk_go_spawn(echo, &p, sizeof p);
    for (int64_t i = 0; i < p.n; i++) {
        send(p.a, i);
        if (recv(p.b) != i + 1) gotk_go_exit(3);
    }
}

/* ---- spawn and wait, several rounds, so that dead goroutines are reused */
struct job { void *done; int64_t v; };
GO static void worker(void *arg)
{
    struct job *j = arg;
    send(j->done, j->v);
}

GO static void spawn_round(int64_t n)
{
    struct job j = {new_chan(100), 0};
    int64_t sum = 0;
    for (j.v = 0; j.v < n; j.v++) gotk_go_spawn(worker, &j, sizeof j);
    for (int64_t i = 0; i < n; i++) sum += recv(j.done);
    if (sum != n * (n - 1) / 2) gotk_go_exit(3);
}

GO void spawn_main(void *unused)
{
    for (int i = 0; i < 20; i++) spawn_round(3000);
}

GO void million_main(void *unused)
{
    struct job j = {new_chan(0), 0};
    const int64_t n = 1000000;
    int64_t sum = 0;
    for (j.v = 0; j.v < n; j.v++) gotk_go_spawn(worker, &j, sizeof j);
    for (int64_t i = 0; i < n; i++) sum += recv(j.done);
    if (sum != n * (n - 1) / 2) gotk_go_exit(3);
}

/* ---- skynet: a tree of goroutines */
struct node { void *up; int64_t num, size; };
GO static void skynet(void *arg)
{
    struct node *s = arg;
    if (s->size == 1) {
        send(s->up, s->num);
        return;
    }
    void *up = s->up, *c = new_chan(0);
    struct node child = {c, 0, s->size / 10};
    for (int i = 0; i < 10; i++) {
        child.num = s->num + i * child.size;
        gotk_go_spawn(skynet, &child, sizeof child);
    }
    int64_t sum = 0;
    for (int i = 0; i < 10; i++) sum += recv(c);
    send(up, sum);
}

GO void skynet_main(void *unused)
{
    struct node root = {new_chan(0), 0, 100000};
    gotk_go_spawn(skynet, &root, sizeof root);
    if (recv(root.up) != 4999950000) gotk_go_exit(3);
}

/* ---- a loop that never calls anything must not hold up others */
static volatile int64_t spins[64];
static volatile bool stop_spinning_now;
GO static void spin(void *arg)
{
    int64_t i = *(int64_t *)arg;
    double x = 1.5, y = 2.5, z = 3.5; /* vector registers that must survive */
    for (int64_t k = 0; !stop_spinning_now; k++) {
        spins[i]++;
        x = x * 1.0000001 + 0.1;
        y = y * 1.0000001 + 0.1;
        z = z * 1.0000001 + 0.1;
        if (!(y - x > 0.5) || !(z - y > 0.5) || x > 1e300) x = 1.5, y = 2.5, z = 3.5;
        if (!(x < y && y < z)) gotk_go_exit(4);
    }
}

GO void preempt_main(void *unused)
{
    for (int64_t i = 0; i < 8; i++) gotk_go_spawn(spin, &i, sizeof i);
    for (int round = 0; round < 20; round++) gotk_go_gosched();
    gotk_go_sleep(200000000);
    for (int i = 0; i < 8; i++)
        if (spins[i] == 0) gotk_go_exit(5);
    stop_spinning_now = true;
}

/* ---- deep recursion over many segments, and calls that cross a segment's edge again and again */
GO static int64_t deep(int64_t n, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f7, int64_t f8)
{
    volatile char pad[40];
    pad[0] = (char)n;
    if (n == 0) return a + b + c + d + e + f7 + f8 + pad[0];
    return deep(n - 1, a + 1, b, c, d, e, f7 + 1, f8) + (pad[0] - (char)n);
}

GO void deep_main(void *unused)
{
    if (deep(1000000, 0, 1, 2, 3, 4, 5, 6) != 2000021) gotk_go_exit(3);
    for (int64_t n = 1; n < 200; n++)
        for (int i = 0; i < 50; i++)
            if (deep(n, 0, 1, 2, 3, 4, 5, 6) != 2 * n + 21) gotk_go_exit(4);
    if (deep(100000, 0, 1, 2, 3, 4, 5, 6) != 200021) gotk_go_exit(5);
}

GO static int64_t endless(int64_t n)
{
    volatile int64_t pad[4];
    pad[n & 3] = n;
    return endless(n + 1) + pad[n & 3];
}
GO void overflow_main(void *unused) { gotk_go_exit(endless(0) == 0); }

/* ---- deadlock */
GO static void stuck(void *arg) { recv(*(void **)arg); }
GO void deadlock_main(void *unused)
{
    void *c = new_chan(0);
    gotk_go_spawn(stuck, &c, sizeof c);
    recv(new_chan(0));
}

/* ---- GOMAXPROCS changes while others work */
GO static void busy(void *arg)
{
    struct job *j = arg;
    for (int i = 0; i < 2000; i++) gotk_go_gosched();
    send(j->done, 1);
}
GO void procs_main(void *unused)
{
    struct job j = {new_chan(0), 0};
    for (int i = 0; i < 50; i++) gotk_go_spawn(busy, &j, sizeof j);
    for (int i = 0; i < 300; i++) {
        int64_t n = 1 + (int64_t)(gotk_go_fastrand64() % 8);
        gotk_go_gomaxprocs(n);
        if (gotk_go_gomaxprocs(0) != n) gotk_go_exit(3);
    }
    for (int i = 0; i < 50; i++) recv(j.done);
    spawn_round(1000);
}

/* ---- timers wake sleepers, also on procs that are idle */
GO static void sleeper(void *arg)
{
    struct job *j = arg;
    int64_t t = gotk_go_nanotime();
    gotk_go_sleep(j->v);
    if (gotk_go_nanotime() - t < j->v) gotk_go_exit(4);
    send(j->done, 1);
}
GO void sleep_main(void *unused)
{
    struct job j = {new_chan(0), 0};
    for (int i = 0; i < 2000; i++) {
        j.v = (int64_t)(gotk_go_fastrand64() % 50000000);
        gotk_go_spawn(sleeper, &j, sizeof j);
    }
    int64_t t = gotk_go_nanotime();
    for (int i = 0; i < 2000; i++) recv(j.done);
    if (gotk_go_nanotime() - t > 2000000000) gotk_go_exit(5);
}

/* ---- recover across segments */
GO static int64_t dive(int64_t n, gotk__frame *f)
{
    volatile int64_t pad[8];
    pad[0] = n;
    if (n == 0) gotk_go_jump(f);
    return dive(n - 1, f) + pad[0];
}
GO static int64_t guarded(int64_t n)
{
    gotk__frame f;
    volatile int64_t kept = n;
    if (gotk_go_setrecover(&f) == 0) dive(n, &f);
    gotk_go_popframe(&f);
    return kept;
}
GO void recover_main(void *unused)
{
    for (int64_t n = 0; n < 3000; n++)
        if (guarded(n) != n) gotk_go_exit(3);
    if (((G *)gotk_go_getg())->frames) gotk_go_exit(4);
}

/* ---- arguments larger than a first segment */
struct large { int64_t v[400]; void *done; };
GO static void take_large(void *arg)
{
    struct large *l = arg;
    int64_t sum = 0;
    for (int i = 0; i < 400; i++) sum += l->v[i];
    send(l->done, sum + deep(100, 0, 0, 0, 0, 0, 0, 0));
}
GO void large_main(void *unused)
{
    struct large l = {.done = new_chan(0)};
    for (int i = 0; i < 400; i++) l.v[i] = i;
    for (int i = 0; i < 100; i++) gotk_go_spawn(take_large, &l, sizeof l);
    for (int i = 0; i < 100; i++)
        if (recv(l.done) != 79800 + 200) gotk_go_exit(3);
}
