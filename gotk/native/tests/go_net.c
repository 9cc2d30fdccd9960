/* SPDX-License-Identifier: BSD-3-Clause
 * Goroutine bodies of test_net.c: pipes and sockets on the netpoller. Each NAME_main is a program: it exits 0 if all was right, else
 * with the line where it was not. */
#include <errno.h>
#include <stdbool.h>
#include "go.h"

typedef struct { uint64_t a; int64_t err; } io_result;
io_result gotk_go_pollopen(int64_t fd, int64_t mode);
void gotk_go_pollevict(void *pd);
int64_t gotk_go_pollclose(void *pd);
void gotk_go_polldeadline(void *pd, int64_t sides, int64_t when);
io_result gotk_go_pollread(void *pd, void *buf, int64_t n, uint8_t alone);
io_result gotk_go_pollwrite(void *pd, const void *buf, int64_t n);
int64_t gotk_go_fdpipe(int32_t *fds);
io_result gotk_go_sockcall(int64_t op, int64_t fd, void *address, int64_t x, int64_t y);

enum { STREAM = 0, KNOWN = 4, AGAIN = EAGAIN, CLOSED = -1, TIMEOUT = -2 };
#define NEED(cond) do { if (!(cond)) gotk_go_exit(__LINE__ & 127 ? __LINE__ & 127 : 1); } while (0)

GO static void *open_pd(int fd)
{
    io_result r = gotk_go_pollopen(fd, STREAM | KNOWN);
    NEED(r.err == 0 && r.a);
    return (void *)r.a;
}

GO static void new_pipe(void **r, void **w)
{
    int32_t fds[2];
    NEED(gotk_go_fdpipe(fds) == 0);
    *r = open_pd(fds[0]);
    *w = open_pd(fds[1]);
}

GO static int64_t read_some(void *pd, void *buf, int64_t n, bool alone)
{
    io_result r;
    do r = gotk_go_pollread(pd, buf, n, alone);
    while (r.err == AGAIN);
    return r.err ? (r.err < 0 ? r.err : -100 - r.err) : (int64_t)r.a;
}

GO static int64_t write_all(void *pd, const char *buf, int64_t n)
{
    int64_t done = 0;
    while (done < n) {
        io_result r = gotk_go_pollwrite(pd, buf + done, n - done);
        if (r.err == AGAIN) continue;
        if (r.err) return r.err < 0 ? r.err : -100 - r.err;
        done += (int64_t)r.a;
    }
    return done;
}

/* ---- pairs bounce a byte; some hog the processor in between, some yield */
enum { PAIRS = 12, ROUNDS = 150 };
struct bounce { void *r, *w, *done; int64_t id; bool first; };

GO static void bouncer(void *arg)
{
    struct bounce *b = arg;
    for (int64_t i = 0; i < ROUNDS; i++) {
        char c = (char)(i + b->id), got = 0;
        if (b->first) NEED(write_all(b->w, &c, 1) == 1);
        NEED(read_some(b->r, &got, 1, b->id % 2) == 1 && got == c);
        if (!b->first) NEED(write_all(b->w, &c, 1) == 1);
        if (b->id % 5 == 0) gotk_go_gosched();
        if (b->id % 7 == 0) for (volatile int k = 0; k < 20000; k++) {}
    }
    send(b->done, b->id);
}

GO void bounce_main(void *unused)
{
    void *done = new_chan(0);
    void *ends[4 * PAIRS];
    for (int64_t i = 0; i < PAIRS; i++) {
        void **e = ends + 4 * i;
        new_pipe(&e[0], &e[1]);
        new_pipe(&e[2], &e[3]);
        struct bounce a = {e[0], e[3], done, i, true}, b = {e[2], e[1], done, i, false};
        gotk_go_spawn(bouncer, &a, sizeof a);
        gotk_go_spawn(bouncer, &b, sizeof b);
    }
    for (int i = 0; i < 2 * PAIRS; i++) recv(done);
    for (int i = 0; i < 4 * PAIRS; i++) {
        gotk_go_pollevict(ends[i]);
        NEED(gotk_go_pollclose(ends[i]) == 0);
    }
}

/* ---- a large transfer through a small pipe, in odd pieces: nothing lost, nothing twice */
enum { TOTAL = 700000 };
struct flow { void *pd, *done; };

GO static void source(void *arg)
{
    struct flow *f = arg;
    char buf[333];
    for (int64_t at = 0; at < TOTAL;) {
        int64_t n = 1 + at * 7 % 333;
        if (n > TOTAL - at) n = TOTAL - at;
        for (int64_t i = 0; i < n; i++) buf[i] = (char)((at + i) * 31 >> 3);
        NEED(write_all(f->pd, buf, n) == n);
        at += n;
    }
    gotk_go_pollevict(f->pd);
    NEED(gotk_go_pollclose(f->pd) == 0);
}

GO void flow_main(void *unused)
{
    for (int alone = 0; alone < 2; alone++) {
        struct flow f;
        void *r;
        new_pipe(&r, &f.pd);
        gotk_go_spawn(source, &f, sizeof f);
        char buf[97];
        int64_t at = 0;
        for (;;) {
            int64_t n = read_some(r, buf, 1 + at % 97, alone);
            if (n == 0) break;
            NEED(n > 0);
            for (int64_t i = 0; i < n; i++) NEED(buf[i] == (char)((at + i) * 31 >> 3));
            at += n;
        }
        NEED(at == TOTAL);
        gotk_go_pollevict(r);
        NEED(gotk_go_pollclose(r) == 0);
    }
}

/* ---- deadlines and close, again and again on reused pollfds */
struct waiting { void *pd, *done; int64_t want; };

GO static void wait_end(void *arg)
{
    struct waiting *w = arg;
    char c;
    NEED(read_some(w->pd, &c, 1, true) == w->want);
    send(w->done, 1);
}

GO void interrupt_main(void *unused)
{
    enum { N = 20 };
    void *done = new_chan(0);
    for (int round = 0; round < 12; round++) {
        void *r[N], *w[N];
        for (int i = 0; i < N; i++) {
            new_pipe(&r[i], &w[i]);
            bool close = i % 2;
            struct waiting a = {r[i], done, close ? CLOSED : TIMEOUT};
            if (i % 4 == 0) gotk_go_polldeadline(r[i], 1, gotk_go_nanotime() + 100000 * (i + 1));
            gotk_go_spawn(wait_end, &a, sizeof a);
        }
        if (round % 3) gotk_go_sleep(200000);
        for (int i = 0; i < N; i++) {
            if (i % 2) gotk_go_pollevict(r[i]);
            else if (i % 4) gotk_go_polldeadline(r[i], 3, i % 8 == 2 ? 1 : gotk_go_nanotime() + 300000);
        }
        for (int i = 0; i < N; i++) recv(done);
        for (int i = 0; i < N; i++) {
            char c = 7;
            if (i % 2 == 0) {          /* the deadline can be taken back, and the descriptor is as before */
                NEED(read_some(r[i], &c, 1, true) == TIMEOUT);
                gotk_go_polldeadline(r[i], 1, 0);
                NEED(write_all(w[i], &c, 1) == 1);
                c = 0;
                NEED(read_some(r[i], &c, 1, true) == 1 && c == 7);
            } else {
                NEED(read_some(r[i], &c, 1, true) == CLOSED);
            }
            gotk_go_pollevict(r[i]);
            NEED(gotk_go_pollclose(r[i]) == 0);
            gotk_go_pollevict(w[i]);
            NEED(gotk_go_pollclose(w[i]) == 0);
        }
    }
}

/* ---- an event reaches its goroutine although another one computes (an idle P, or the end of a slice) */
static _Atomic int64_t stop;
GO static void hog(void *unused) { while (!__atomic_load_n((int64_t *)&stop, __ATOMIC_RELAXED)) {} }

GO static void late_writer(void *arg)
{
    void *w = *(void **)arg;
    gotk_go_sleep(3000000);
    NEED(write_all(w, "x", 1) == 1);
}

GO void beside_hog_main(void *unused)
{
    void *r, *w;
    char c;
    new_pipe(&r, &w);
    int64_t nothing = 0;
    gotk_go_spawn(hog, &nothing, 8);
    for (int i = 0; i < 3; i++) {
        gotk_go_spawn(late_writer, &w, 8);
        NEED(read_some(r, &c, 1, true) == 1);
    }
    __atomic_store_n((int64_t *)&stop, 1, __ATOMIC_RELAXED);
}

/* ---- who waits for I/O is no deadlock; when nobody does, it is one */
GO void io_deadlock_main(void *unused)
{
    void *r, *w;
    char c;
    new_pipe(&r, &w);
    gotk_go_spawn(late_writer, &w, 8);
    NEED(read_some(r, &c, 1, true) == 1);
    recv(new_chan(0));
}
