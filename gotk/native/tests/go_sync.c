/* SPDX-License-Identifier: BSD-3-Clause
 * Goroutine bodies of test_sync.c: channels, select, semaphores, notify lists, timers, blocking reads. Each NAME_main is
 * a program: it exits 0 if all was right, else with the line where it was not. */
#include <stdbool.h>
#include "go.h"

int64_t gotk_go_chanlen(void *c);
int64_t gotk_go_chancap(void *c);
typedef struct { int64_t index, ok; } chosen;
typedef struct { void *c; void *elem; int64_t dir; } select_case;
chosen gotk_go_selectgo(select_case *cases, int64_t n, uint8_t has_default);
void gotk_go_semacquire1(_Atomic uint32_t *s, int64_t reason, uint8_t first);
int64_t gotk_go_notifyadd(void *l);
void gotk_go_notifywait(void *l, int64_t ticket);
void gotk_go_notifyone(void *l);
void gotk_go_notifyall(void *l);
typedef struct { void *timer, *c; } made_timer;
made_timer gotk_go_timernew(const gotk_type *type, int64_t when, int64_t period, void *location);
uint8_t gotk_go_timerstop(void *t);
uint8_t gotk_go_timerreset(void *t, int64_t when, int64_t period);
int64_t gotk_go_fdpipe(int32_t *fds);
typedef struct { int64_t n, err; } io_result;
io_result gotk_go_fdread(int64_t fd, void *buf, int64_t n);
io_result gotk_go_fdwrite(int64_t fd, const void *buf, int64_t n);
int64_t gotk_go_fdclose(int64_t fd);
void *gotk_go_alloc(uint64_t size, const gotk_type *t);

#define NEED(cond) do { if (!(cond)) gotk_go_exit(__LINE__ & 127 ? __LINE__ & 127 : 1); } while (0)

/* ---- many producers and consumers; the last producer closes; receivers range */
struct mpmc { void *c, *done; _Atomic int64_t *left; int64_t from, n; };

GO static void produce(void *arg)
{
    struct mpmc *m = arg;
    for (int64_t i = 0; i < m->n; i++) send(m->c, m->from + i);
    if (__atomic_sub_fetch((int64_t *)m->left, 1, __ATOMIC_SEQ_CST) == 0) gotk_go_closechan(m->c);
}

GO static void consume(void *arg)
{
    struct mpmc *m = arg;
    int64_t sum = 0, v;
    while (gotk_go_chanrecv(m->c, &v)) sum += v;
    NEED(v == 0);
    send(m->done, sum);
}

GO static void mpmc_round(int64_t size)
{
    const int64_t n = 2000, k = 5;
    _Atomic int64_t *left = gotk_go_alloc(8, &test_int);
    *left = k;
    struct mpmc m = {new_chan(size), new_chan(0), left, 0, n};
    for (int64_t i = 0; i < k; i++, m.from += n) gotk_go_spawn(produce, &m, sizeof m);
    for (int64_t i = 0; i < 3; i++) gotk_go_spawn(consume, &m, sizeof m);
    int64_t sum = 0;
    for (int64_t i = 0; i < 3; i++) sum += recv(m.done);
    NEED(sum == n * k * (n * k - 1) / 2);
    NEED(gotk_go_chanlen(m.c) == 0 && gotk_go_chancap(m.c) == size);
}

GO void mpmc_main(void *unused)
{
    static const int64_t sizes[] = {0, 1, 2, 7, 100};
    for (int i = 0; i < 5; i++) mpmc_round(sizes[i]);
}

/* ---- values arrive in the order in which one goroutine sent them */
GO static void count_up(void *arg)
{
    struct mpmc *m = arg;
    for (int64_t i = 0; i < m->n; i++) send(m->c, i);
}

GO void order_main(void *unused)
{
    for (int64_t size = 0; size < 4; size++) {
        struct mpmc m = {new_chan(size), NULL, NULL, 0, 5000};
        gotk_go_spawn(count_up, &m, sizeof m);
        for (int64_t i = 0; i < m.n; i++) NEED(recv(m.c) == i);
    }
}

/* ---- select: K channels, senders and receivers that all select, some with default */
enum { K = 4 };
struct net { void *c[K]; void *done; int64_t n, id; };

GO static void select_send(void *arg)
{
    struct net *t = arg;
    int64_t value, sum = 0;
    bool polled = false;
    for (int64_t i = 0; i < t->n; polled = false) {
again:;
        select_case cases[K];
        value = t->id * t->n + i;
        for (int k = 0; k < K; k++) cases[k] = (select_case){t->c[k], &value, 2};
        if (i % 5 == 0) cases[i % K].c = NULL;
        chosen r = gotk_go_selectgo(cases, K, i % 3 == 0 && !polled);
        if (r.index < 0) {
            polled = true;             /* all of them polling for ever would never meet */
            gotk_go_gosched();
            goto again;
        }
        NEED(cases[r.index].c);
        sum += value;
        i++;
    }
    send(t->done, -sum);
}

GO static void select_recv(void *arg)
{
    struct net *t = arg;
    int64_t sum = 0;
    bool polled = false;
    for (int64_t i = 0; i < t->n; polled = false) {
again:;
        int64_t got[K + 1] = {-1, -1, -1, -1, -1};
        select_case cases[K + 1];
        for (int k = 0; k < K; k++) cases[k] = (select_case){t->c[k], &got[k], 1};
        cases[K] = (select_case){t->c[i % K], &got[K], 1};      /* one channel in two cases */
        chosen r = gotk_go_selectgo(cases, K + i % 2, i % 4 == 0 && !polled);
        if (r.index < 0) {
            polled = true;
            gotk_go_gosched();
            goto again;
        }
        NEED(r.ok == 1 && got[r.index] >= 0);
        for (int k = 0; k <= K; k++) NEED(k == r.index || got[k] == -1);
        sum += got[r.index];
        i++;
    }
    send(t->done, sum);
}

GO void select_main(void *unused)
{
    for (int64_t size = 0; size < 3; size++) {
        struct net t = {.done = new_chan(0), .n = 1500};
        for (int k = 0; k < K; k++) t.c[k] = new_chan(k == 0 ? 0 : size);
        for (t.id = 0; t.id < 4; t.id++) {
            gotk_go_spawn(select_send, &t, sizeof t);
            gotk_go_spawn(select_recv, &t, sizeof t);
        }
        int64_t sum = 0;
        for (int i = 0; i < 8; i++) sum += recv(t.done);
        int64_t rest = 0;                              /* what is still buffered: nothing, as many were received as sent */
        for (int k = 0; k < K; k++) rest += gotk_go_chanlen(t.c[k]);
        NEED(rest == 0 && sum == 0);
    }
}

/* ---- plain operations against selects, and both directions of one channel in one select */
GO static void swap_partner(void *arg)
{
    struct net *t = arg;
    int64_t sent = 0, got = 0;
    for (int64_t i = 0; i < t->n; i++) {
        int64_t out = 1, in = 0;
        select_case cases[2] = {{t->c[0], &out, 2}, {t->c[0], &in, 1}};
        chosen r = gotk_go_selectgo(cases, 2, 0);
        if (r.index == 0) sent++; else { NEED(in == 1); got++; }
    }
    send(t->done, sent - got);
}

GO void both_main(void *unused)
{
    struct net t = {.done = new_chan(0), .n = 3000};
    t.c[0] = new_chan(0);
    for (int i = 0; i < 2; i++) gotk_go_spawn(swap_partner, &t, sizeof t);
    NEED(recv(t.done) + recv(t.done) == 0);
}

/* ---- no case starves: all channels always ready */
GO void fair_main(void *unused)
{
    void *c[K];
    int64_t hits[K] = {0}, v, n = 8000;
    for (int k = 0; k < K; k++) gotk_go_closechan(c[k] = new_chan(0));
    for (int64_t i = 0; i < n; i++) {
        select_case cases[K];
        for (int k = 0; k < K; k++) cases[k] = (select_case){c[k], &v, 1};
        chosen r = gotk_go_selectgo(cases, K, 0);
        NEED(r.ok == 0);
        hits[r.index]++;
    }
    for (int k = 0; k < K; k++) NEED(hits[k] > n / K * 8 / 10 && hits[k] < n / K * 12 / 10);
}

/* ---- close wakes everybody: plain receivers and selects */
GO static void wait_close(void *arg)
{
    struct net *t = arg;
    int64_t v = 7, w = 7;
    if (t->id % 2) {
        NEED(!gotk_go_chanrecv(t->c[0], &v));
    } else {
        select_case cases[3] = {{t->c[1], &w, 1}, {t->c[0], &v, 1}, {t->c[2], &w, 2}};
        chosen r = gotk_go_selectgo(cases, 3, 0);
        NEED(r.index == 1 && r.ok == 0);
    }
    NEED(v == 0 && w == 7);
    send(t->done, 1);
}

GO void close_main(void *unused)
{
    for (int round = 0; round < 30; round++) {
        struct net t = {.done = new_chan(0)};
        for (int k = 0; k < 3; k++) t.c[k] = new_chan(0);
        for (t.id = 0; t.id < 50; t.id++) gotk_go_spawn(wait_close, &t, sizeof t);
        for (int i = 0; i < round; i++) gotk_go_gosched();
        gotk_go_closechan(t.c[0]);
        for (int i = 0; i < 50; i++) recv(t.done);
        /* the selects have left the other channels' queues */
        int64_t v = 1;
        select_case cases[2] = {{t.c[1], &v, 2}, {t.c[2], &v, 1}};
        NEED(gotk_go_selectgo(cases, 2, 1).index == -1);
    }
}

/* a sender on a channel that is closed: the goroutine panics when it resumes */
GO static void send_one(void *arg)
{
    struct net *t = arg;
    int64_t v = 1;
    select_case cases[2] = {{t->c[1], &v, 1}, {t->c[0], &v, 2}};
    if (t->id) gotk_go_selectgo(cases, 2, 0);
    else send(t->c[0], 1);
}

GO static void close_on_sender(int64_t id)
{
    struct net t = {.id = id};
    t.c[0] = new_chan(0);
    t.c[1] = new_chan(0);
    gotk_go_spawn(send_one, &t, sizeof t);
    gotk_go_sleep(5000000);
    gotk_go_closechan(t.c[0]);
    gotk_go_sleep(1000000000);
    gotk_go_exit(1);
}
GO void close_sender_main(void *unused) { close_on_sender(0); }
GO void close_select_main(void *unused) { close_on_sender(1); }

/* ---- a lock made of a semaphore; many words, more than one queue in a bucket */
enum { LOCKS = 40 };
struct locks { _Atomic uint32_t *sema; int64_t *count; void *done; int64_t n, id; };

GO static void lock_unlock(void *arg)
{
    struct locks *l = arg;
    for (int64_t i = 0; i < l->n; i++) {
        int64_t k = (l->id * 7 + i) % LOCKS;
        if (i % 4) gotk_go_semacquire(&l->sema[k], 8);
        else gotk_go_semacquire1(&l->sema[k], 9, 1);
        int64_t v = l->count[k];
        if (i % 16 == 0) gotk_go_gosched();
        l->count[k] = v + 1;
        gotk_go_semrelease(&l->sema[k], i % 3 == 0);
    }
    send(l->done, 1);
}

GO void sema_main(void *unused)
{
    struct locks l = {gotk_go_alloc(LOCKS * 4, NULL), gotk_go_alloc(LOCKS * 8, NULL), new_chan(0), 1000, 0};
    for (int i = 0; i < LOCKS; i++) l.sema[i] = 1;
    for (l.id = 0; l.id < 16; l.id++) gotk_go_spawn(lock_unlock, &l, sizeof l);
    for (int i = 0; i < 16; i++) recv(l.done);
    int64_t sum = 0;
    for (int i = 0; i < LOCKS; i++) {
        sum += l.count[i];
        NEED(l.sema[i] == 1);
    }
    NEED(sum == 16 * l.n);
}

/* ---- notify lists: a barrier of rounds */
struct barrier { _Atomic uint32_t *sema; void *list; int64_t *state; void *done; int64_t parties, rounds; };

GO static void cross(void *arg)
{
    struct barrier *b = arg;
    for (int64_t r = 0; r < b->rounds; r++) {
        gotk_go_semacquire(b->sema, 9);
        if (++b->state[0] == b->parties) {
            b->state[0] = 0;
            b->state[1]++;
            gotk_go_notifyall(b->list);
        } else {
            while (b->state[1] == r) {
                int64_t t = gotk_go_notifyadd(b->list);
                gotk_go_semrelease(b->sema, 0);
                gotk_go_notifywait(b->list, t);
                gotk_go_semacquire(b->sema, 9);
            }
        }
        NEED(b->state[1] > r);
        gotk_go_semrelease(b->sema, 0);
    }
    send(b->done, 1);
}

GO static void wait_one(void *arg)
{
    struct barrier *b = arg;
    gotk_go_semacquire(b->sema, 9);
    int64_t t = gotk_go_notifyadd(b->list);
    gotk_go_semrelease(b->sema, 0);
    gotk_go_notifywait(b->list, t);
    send(b->done, t);
}

GO void notify_main(void *unused)
{
    struct barrier b = {gotk_go_alloc(4, NULL), gotk_go_alloc(32, NULL), gotk_go_alloc(16, NULL), new_chan(0), 7, 300};
    *b.sema = 1;
    for (int i = 0; i < b.parties; i++) gotk_go_spawn(cross, &b, sizeof b);
    for (int i = 0; i < b.parties; i++) recv(b.done);
    b.list = gotk_go_alloc(32, NULL);
    for (int i = 0; i < 20; i++) gotk_go_spawn(wait_one, &b, sizeof b);
    while (*(volatile uint32_t *)b.list < 20) gotk_go_sleep(100000);
    for (int64_t i = 0; i < 20; i++) {
        gotk_go_notifyone(b.list);
        NEED(recv(b.done) == i);          /* in the order of the tickets */
    }
}

/* ---- sleeps end in the order of their lengths, never early */
struct nap { void *done; int64_t ns; };

GO static void nap(void *arg)
{
    struct nap *n = arg;
    int64_t begin = gotk_go_nanotime();
    gotk_go_sleep(n->ns);
    NEED(gotk_go_nanotime() - begin >= n->ns);
    send(n->done, n->ns);
}

GO void naps_main(void *unused)
{
    struct nap n = {new_chan(0), 0};
    for (int64_t i = 0; i < 1000; i++) {
        n.ns = (i * 7919 % 1000) * 20000;
        gotk_go_spawn(nap, &n, sizeof n);
    }
    for (int64_t i = 0; i < 1000; i++) recv(n.done);
    gotk_go_sleep(0);
    gotk_go_sleep(-5);
}

/* ---- channel timers */
struct go_time { int64_t sec, nsec, mono; void *location; };
static const gotk_type test_time = {.size = 32, .kind = KIND_STRUCT, .align = 8, .ptrbytes = 32};
static const gotk_type test_time_chan = {.size = 8, .kind = KIND_CHAN, .align = 8, .flags = TYPE_DIRECT, .elem = &test_time, .chandir = 3};

GO void timers_main(void *unused)
{
    struct go_time t;
    int64_t now = gotk_go_nanotime();
    made_timer made = gotk_go_timernew(&test_time_chan, now + 2000000, 0, &t);
    void *c = made.c, *timer = made.timer;
    NEED(gotk_go_chanrecv(c, &t) && t.mono >= now + 2000000 && t.location == &t);
    NEED(!gotk_go_timerstop(timer));
    NEED(!gotk_go_timerreset(timer, gotk_go_nanotime() + 3600000000000, 0));
    NEED(gotk_go_timerstop(timer) && !gotk_go_timerstop(timer));
    /* fired, not received: stopping it drops the value */
    gotk_go_timerreset(timer, gotk_go_nanotime(), 0);
    gotk_go_sleep(3000000);
    NEED(gotk_go_chanlen(c) == 0 && gotk_go_chancap(c) == 0);
    NEED(gotk_go_timerstop(timer));
    select_case one = {c, &t, 1};
    NEED(gotk_go_selectgo(&one, 1, 1).index == -1);
    /* a ticker drops ticks for a slow receiver */
    now = gotk_go_nanotime();
    gotk_go_timerreset(timer, now + 1000000, 1000000);
    for (int i = 0; i < 5; i++) NEED(gotk_go_chanrecv(c, &t));
    NEED(gotk_go_nanotime() - now >= 5000000);
    gotk_go_sleep(10000000);
    NEED(gotk_go_chanrecv(c, &t));
    now = gotk_go_nanotime();
    NEED(gotk_go_chanrecv(c, &t));
    gotk_go_timerstop(timer);
    gotk_go_sleep(3000000);
    NEED(gotk_go_selectgo(&one, 1, 1).index == -1);
}

/* timers started, reset and stopped by many goroutines at once: none fires after it was stopped */
GO static void churn(void *arg)
{
    struct nap *n = arg;
    struct go_time t;
    made_timer made = gotk_go_timernew(&test_time_chan, gotk_go_nanotime() + 100000, 0, NULL);
    void *c = made.c, *timer = made.timer;
    for (int64_t i = 0; i < n->ns; i++) {
        int64_t d = (int64_t)(gotk_go_fastrand64() % 200000);
        gotk_go_timerreset(timer, gotk_go_nanotime() + d, 0);
        select_case one = {c, &t, 1};
        switch (gotk_go_fastrand64() % 4) {
        case 0:
            NEED(gotk_go_chanrecv(c, &t));
            NEED(!gotk_go_timerstop(timer));
            break;
        case 1:
            gotk_go_sleep((int64_t)(gotk_go_fastrand64() % 200000));
            gotk_go_timerstop(timer);
            NEED(gotk_go_selectgo(&one, 1, 1).index == -1);
            break;
        case 2:
            gotk_go_gosched();
            break;
        }
    }
    gotk_go_timerstop(timer);
    send(n->done, 1);
}

GO void churn_main(void *unused)
{
    struct nap n = {new_chan(0), 200};
    for (int i = 0; i < 20; i++) gotk_go_spawn(churn, &n, sizeof n);
    for (int i = 0; i < 20; i++) recv(n.done);
}

/* ---- reads that block give the P to others, also with one P */
struct pipes { int64_t in, out; void *done; };

GO static void copy_pipe(void *arg)
{
    struct pipes *p = arg;
    char buf[16];
    io_result r;
    while ((r = gotk_go_fdread(p->in, buf, sizeof buf)).n > 0) NEED(gotk_go_fdwrite(p->out, buf, r.n).n == r.n);
    NEED(r.n == 0 && gotk_go_fdclose(p->out) == 0);
    send(p->done, 1);
}

GO void pipes_main(void *unused)
{
    enum { N = 8 };
    int32_t fds[N][2];
    struct pipes p = {.done = new_chan(0)};
    for (int i = 0; i < N; i++) NEED(gotk_go_fdpipe(fds[i]) == 0);
    for (int i = 0; i + 1 < N; i++) {
        p.in = fds[i][0];
        p.out = fds[i + 1][1];
        gotk_go_spawn(copy_pipe, &p, sizeof p);
    }
    char buf[16];
    for (int i = 0; i < 100; i++) {
        buf[0] = (char)i;
        NEED(gotk_go_fdwrite(fds[0][1], buf, 1).n == 1);
        buf[0] = -1;
        NEED(gotk_go_fdread(fds[N - 1][0], buf, 16).n == 1 && buf[0] == (char)i);
    }
    gotk_go_fdclose(fds[0][1]);
    NEED(gotk_go_fdread(fds[N - 1][0], buf, 16).n == 0);
    for (int i = 0; i + 1 < N; i++) recv(p.done);
    NEED(gotk_go_fdread(-1, buf, 1).err == 9);
}

/* ---- waits that nobody ends: what a deadlock's trace says */
GO void nil_select_main(void *unused)
{
    int64_t v;
    select_case cases[2] = {{NULL, &v, 1}, {NULL, &v, 2}};
    gotk_go_selectgo(cases, 2, 0);
    gotk_go_exit(1);
}
GO void no_cases_main(void *unused) { gotk_go_selectgo(NULL, 0, 0); gotk_go_exit(1); }
GO void nil_recv_main(void *unused) { recv(NULL); gotk_go_exit(1); }
GO void nil_send_main(void *unused) { send(NULL, 1); gotk_go_exit(1); }
GO void sema_wait_main(void *unused)
{
    gotk_go_semacquire(gotk_go_alloc(4, NULL), 13);
    gotk_go_exit(1);
}
