/* SPDX-License-Identifier: BSD-3-Clause
 * The netpoller: descriptors in an epoll instance, and the goroutines that wait for them ("IO wait") without a thread.
 *
 * A descriptor of ours is non-blocking and registered once, edge-triggered, for both sides. A call tries first, so a side that is
 * ready costs no more than the system call; only EAGAIN parks. Edges set `ready` and take the waiter. Since an edge is reported
 * for anything that arrives after a side was drained, and a short transfer on a stream says that it is drained (epoll(7)), the
 * call after a short one parks at once: a goroutine that reads message by message makes one system call for each, not two. The
 * exception is the end of the stream, which may have come with the last edge: `hangup` (EPOLLRDHUP and the like) is remembered.
 *
 * Descriptors that other processes share (standard input) keep their flags; each wait arms them anew (EPOLLONESHOT), and the
 * read is made as a system call that may block if another process was faster.
 *
 * Who goes first: where thousands of connections are ready, a message from one goroutine of ours to another leaves the peer's socket in the
 * CPU's caches, but served in the order of the kernel's list (first in, first out) each connection finds its sockets in none of them.
 * So that list is emptied into the global queue; a P takes NEAR goroutines of it at a time; and if they have sent something, what
 * is ready then goes ahead of the rest of the queue, AHEAD times in a row, and then behind it. So a place in the queue comes up
 * after at most AHEAD + 1 times as many goroutines as in plain order, and each poll is paid by some sends, which are much dearer.
 * An echo server with 5,000 clients of its own took at one proc (interleaved, 4 rounds, against plain order in the same sitting) 0.92 of the time with
 * one turn ahead, 0.82 with three, 0.68 with seven; NEAR of 8 and 32 changed nothing. Three are two messages there and back.
 *
 * Who polls: every M that runs out of goroutines, before it steals; the keeper, which sleeps in epoll_wait instead of on its futex
 * (proc.c, protocol N); sysmon when nobody has for a while.
 *
 * In threads mode there is no epoll: a thread simply blocks in the call, and is known as the side's waiter. Close and deadlines
 * interrupt it with a signal, again every millisecond until it has noticed, because a signal that arrives just before
 * the thread enters the kernel is lost.
 *
 * Lock order: a pollfd -> timer heap -> sched.lock. Rejected: io_uring (off in many containers); a poller thread (two more
 * context switches for each event). */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "netpoll.h"
#include "scheduler.h"

enum { EVENTS = 128,           /* of one epoll_wait: half a run queue */
       NEAR = 16,              /* goroutines of the global queue that run before their peers do */
       AHEAD = 3,              /* turns in a row that go ahead of the queue */
       DRAIN = 64,             /* epoll_waits in a row */
       CHUNK = 64 };           /* pollfds made at once */

struct gotk__netpoll gotk__net;
static gotk__mutex lock;       /* start, free list */
static _Atomic int epoll_fd = -1;
static int event_fd = -1;
static pollfd *free_list;

/* ---- the epoll instance ---- */

static int start(void)
{
    int fd = atomic_load_explicit(&epoll_fd, memory_order_acquire);
    if (fd >= 0) return fd;
    gotk__lock(&lock);
    fd = atomic_load(&epoll_fd);
    if (fd < 0) {
        fd = epoll_create1(EPOLL_CLOEXEC);
        event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        struct epoll_event ev = {.events = EPOLLIN};
        if (fd < 0 || event_fd < 0 || epoll_ctl(fd, EPOLL_CTL_ADD, event_fd, &ev)) {
            gotk__unlock(&lock);
            return -1;
        }
        atomic_store_explicit(&epoll_fd, fd, memory_order_release);
    }
    gotk__unlock(&lock);
    return fd;
}

void gotk__netpoll_break(void)
{
    uint64_t one = 1;
    while (write(event_fd, &one, sizeof one) < 0 && errno == EINTR) {}
}

static int wait_events(int fd, struct epoll_event *ev, int64_t timeout)
{
#ifdef SYS_epoll_pwait2
    static _Atomic bool missing;                 /* before Linux 5.11 */
    if (timeout > 0 && !atomic_load_explicit(&missing, memory_order_relaxed)) {
        struct timespec ts = {timeout / 1000000000, timeout % 1000000000};
        int n = (int)syscall(SYS_epoll_pwait2, fd, ev, EVENTS, &ts, NULL, 0);
        if (n >= 0 || errno != ENOSYS) return n;
        atomic_store_explicit(&missing, true, memory_order_relaxed);
    }
#endif
    int64_t ms = timeout <= 0 ? timeout : (timeout + 999999) / 1000000;
    return epoll_wait(fd, ev, EVENTS, ms > INT32_MAX ? INT32_MAX : (int)ms);
}

/* Takes the waiter of a side, the lock held. */
static G *take(struct gotk__pollside *s)
{
    G *g = s->waiter;
    s->waiter = NULL;
    return g;
}

static void edge(struct gotk__pollside *s, G ***end)
{
    s->ready = true;
    G *g = take(s);
    if (!g) return;
    **end = g;
    *end = &g->schedlink;
}

/* full: there may be more */
static G *events(int64_t timeout, bool *full)
{
    int fd = atomic_load_explicit(&epoll_fd, memory_order_acquire);
    G *list = NULL, **end = &list;
    struct epoll_event ev[EVENTS];
    *full = false;
    if (fd < 0) return NULL;
    int n = wait_events(fd, ev, timeout);
    *full = n == EVENTS;
    for (int i = 0; i < n; i++) {
        pollfd *pd = ev[i].data.ptr;
        uint32_t e = ev[i].events;
        if (!pd) {
            uint64_t count;    /* only who sleeps may drain it: the break is meant for that M */
            if (timeout) while (read(event_fd, &count, sizeof count) < 0 && errno == EINTR) {}
            continue;
        }
        gotk__lock(&pd->lock);
        if (e & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) atomic_store_explicit(&pd->hangup, true, memory_order_relaxed);
        if (e & (EPOLLIN | EPOLLPRI | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) edge(&pd->side[POLL_READ], &end);
        if (e & (EPOLLOUT | EPOLLHUP | EPOLLERR)) edge(&pd->side[POLL_WRITE], &end);
        gotk__unlock(&pd->lock);
    }
    *end = NULL;
    return list;
}

G *gotk__netpoll(int64_t timeout)
{
    bool full;
    return events(timeout, &full);
}

/* A goroutine that was taken from its pollfd goes on; the wait is counted until it is in a queue, or a deadlock would be seen. */
static void resume(G *g)
{
    gotk__ready(g);
    atomic_fetch_sub(&gotk__net.waiters, 1);
}

G *gotk__netpoll_deliver(G *list, bool first)
{
    G *one = NULL;
    uint32_t n = 0;
    if (first && list) {
        one = list;
        list = one->schedlink;
        one->schedlink = NULL;
        n = 1;
        gotk__runnable(one);
    }
    for (G *g = list, *next; g; g = next, n++) {
        next = g->schedlink;
        g->schedlink = NULL;
        gotk__ready_tail(g);
    }
    if (n) atomic_fetch_sub(&gotk__net.waiters, n);
    return one;
}

/* Behind all others: to the global queue. */
static void deliver_far(P *p, G *list)
{
    G *batch[2 * EVENTS];      /* an event may wake both sides */
    uint32_t n = 0;
    for (G *next; list; list = next) {
        next = list->schedlink;
        list->schedlink = NULL;
        gotk__runnable(list);
        batch[n++] = list;
    }
    if (!n) return;
    gotk__globq_put_batch(batch, n);
    atomic_fetch_sub(&gotk__net.waiters, n);
    gotk__wake_for_slow(p, false);
}

G *gotk__netpoll_next(P *p, bool queued)
{
    bool full, behind = queued && p->ahead == AHEAD;
    G *list;
    COUNT(gotk__net.polls, 1);
    for (int i = 0; list = events(0, &full), full && i < DRAIN; i++) {
        deliver_far(p, list);
        behind |= !queued;
    }
    p->sent = false;
    p->ahead = queued && list && !behind ? p->ahead + 1 : 0;
    if (list && !behind) return gotk__netpoll_deliver(list, true);
    deliver_far(p, list);
    return gotk__globq_get(p, NEAR);
}

/* ---- descriptors ---- */

static pollfd *new_pollfd(void)
{
    gotk__lock(&lock);
    if (!free_list) {
        char *block = gotk__raw_alloc(CHUNK * sizeof(pollfd) + 64);
        pollfd *a = (pollfd *)(((uint64_t)block + 63) & ~63ull);
        for (int i = 0; i < CHUNK; i++) {
            a[i].side[0].owner = a[i].side[1].owner = &a[i];
            a[i].link = free_list;
            free_list = &a[i];
        }
    }
    pollfd *pd = free_list;
    free_list = pd->link;
    gotk__unlock(&lock);
    return pd;
}

/* A deadline's timer holds a side, not a use of it: one that fires late finds another deadline, or none. */
static void put_pollfd(pollfd *pd)
{
    gotk__lock(&pd->lock);
    for (int i = 0; i < 2; i++) {
        struct gotk__pollside *s = &pd->side[i];
        if (s->deadline && s->timer) gotk__timer_set(s->timer, 0);
        s->deadline = 0;
    }
    gotk__unlock(&pd->lock);
    gotk__lock(&lock);
    pd->link = free_list;
    free_list = pd;
    gotk__unlock(&lock);
}

/* -> the pollfd, or null and the errno. EPERM: files of this kind are always ready. */
gotk__ret2 gotk__pollopen(int64_t fd, int64_t mode)
{
    struct stat st;
    bool known = mode & POLLMODE_KNOWN, is_socket = mode & POLLMODE_SOCKET;
    mode &= POLLMODE_KNOWN - 1;
    if (!known) {
        if (fstat((int)fd, &st) < 0) return (gotk__ret2){0, (uint64_t)errno};
        if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) || S_ISBLK(st.st_mode)) return (gotk__ret2){0, EPERM};
    }
    pollfd *pd = new_pollfd();
    gotk__lock(&pd->lock);     /* late events of the descriptor before */
    pd->fd = (int32_t)fd;
    pd->mode = (uint8_t)mode;
    pd->socket = is_socket;
    pd->closing = false;
    pd->ahead_at = pd->ahead_end = 0;
    atomic_store_explicit(&pd->hangup, false, memory_order_relaxed);
    for (int i = 0; i < 2; i++) {
        struct gotk__pollside *s = &pd->side[i];
        s->ready = s->expired = s->spent = false;
        s->waiter = NULL;
    }
    gotk__unlock(&pd->lock);
    int err = 0;
    if (gotk__is_threads) {
        int flags = known || mode == POLLMODE_SHARED ? 0 : fcntl((int)fd, F_GETFL);
        if (flags & O_NONBLOCK) fcntl((int)fd, F_SETFL, flags & ~O_NONBLOCK);
    } else {
        int ep = start();
        struct epoll_event ev = {.events = mode == POLLMODE_SHARED ? EPOLLONESHOT : EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = pd};
        int flags = known || mode == POLLMODE_SHARED ? O_NONBLOCK : fcntl((int)fd, F_GETFL);
        if (ep < 0 || epoll_ctl(ep, EPOLL_CTL_ADD, (int)fd, &ev)) err = errno;
        else if (!(flags & O_NONBLOCK)) fcntl((int)fd, F_SETFL, flags | O_NONBLOCK);
    }
    if (!err) return (gotk__ret2){(uint64_t)pd, 0};
    put_pollfd(pd);
    return (gotk__ret2){0, (uint64_t)err};
}

/* ---- interrupting threads (threads mode) ---- */

static int kick_signal(void) { return SIGRTMIN + 3; }
static void nothing(int sig) {}

static void kick_init(void)
{
    struct sigaction sa = {.sa_handler = nothing, .sa_flags = SA_ONSTACK}; /* no SA_RESTART: the call must end */
    sigaction(kick_signal(), &sa, NULL);
}

static void kick(G *g)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, kick_init);
    syscall(SYS_tgkill, getpid(), g->m->tid, kick_signal());
}

static void deadline_passed(void *side);

static void ask_again(struct gotk__pollside *s)
{
    if (!s->timer) s->timer = gotk__timer_call(deadline_passed, s);
    gotk__timer_set(s->timer, gotk__now() + 1000000);
}

/* The waiter must go on because the descriptor is closing or its deadline is over; the lock is held. In threads mode it is asked, and the
 * side's timer asks again. */
static G *interrupt(struct gotk__pollside *s)
{
    if (!gotk__is_threads) return take(s);
    if (s->waiter) {
        kick(s->waiter);
        ask_again(s);
    }
    return NULL;
}

/* ---- deadlines and close ---- */

/* A side's timer. */
static void deadline_passed(void *side)
{
    struct gotk__pollside *s = side;
    pollfd *pd = s->owner;
    G *g = NULL;
    gotk__lock(&pd->lock);
    if (s->deadline && s->deadline <= gotk__now()) s->expired = true;
    if (s->expired || pd->closing) g = interrupt(s);
    gotk__unlock(&pd->lock);
    if (g) resume(g);
}

/* sides: 1 read, 2 write, 3 both. when: gotk__now() of the deadline; 0: none; in the past: at once. */
gotk__ret2 gotk__polldeadline(pollfd *pd, int64_t sides, int64_t when)
{
    G *woken[2] = {NULL, NULL};
    gotk__lock(&pd->lock);
    int64_t now = when ? gotk__now() : 0;
    for (int i = 0; i < 2; i++) {
        struct gotk__pollside *s = &pd->side[i];
        if (!(sides >> i & 1) || pd->closing) continue;
        bool had = s->deadline && !s->expired;
        s->expired = when && when <= now;
        s->deadline = when;
        if (when && !s->expired) {
            if (!s->timer) s->timer = gotk__timer_call(deadline_passed, s);
            gotk__timer_set(s->timer, when);
        } else if (had) {
            gotk__timer_set(s->timer, 0);
        }
        if (s->expired) woken[i] = interrupt(s);
    }
    gotk__unlock(&pd->lock);
    for (int i = 0; i < 2; i++)
        if (woken[i]) resume(woken[i]);
    return (gotk__ret2){0, 0};
}

/* Close, first half: calls under way end with POLL_CLOSED, later ones too. */
gotk__ret2 gotk__pollevict(pollfd *pd)
{
    G *woken[2] = {NULL, NULL};
    gotk__lock(&pd->lock);
    if (!pd->closing) {
        pd->closing = true;
        for (int i = 0; i < 2; i++) woken[i] = interrupt(&pd->side[i]);
    }
    gotk__unlock(&pd->lock);
    for (int i = 0; i < 2; i++)
        if (woken[i]) resume(woken[i]);
    return (gotk__ret2){0, 0};
}

/* Second half, when no call uses it any more: gives both the pollfd and the descriptor back. -> errno */
gotk__ret2 gotk__pollclose(pollfd *pd)
{
    int fd = pd->fd;
    if (pd->mode == POLLMODE_SHARED && !gotk__is_threads) {
        struct epoll_event ev;
        epoll_ctl(atomic_load(&epoll_fd), EPOLL_CTL_DEL, fd, &ev); /* others may keep the file open; ours end with close */
    }
    put_pollfd(pd);
    return gotk__fdclose(fd);
}

/* ---- waiting ---- */

static int64_t trouble(pollfd *pd, struct gotk__pollside *s)
{
    return pd->closing ? POLL_CLOSED : s->expired ? POLL_TIMEOUT : 0;
}

/* Parks g on the side; the lock is held and given up. When it resumes, its call returns -1 and EAGAIN. */
static void park_locked(G *g, pollfd *pd, int side)
{
    g->ret0 = (uint64_t)-1;
    g->ret1 = EAGAIN;
    atomic_fetch_add(&gotk__net.waiters, 1);
    gotk__park_begin(g, WAIT_IO_WAIT);
    pd->side[side].waiter = g;
    if (pd->mode == POLLMODE_SHARED) {
        struct epoll_event ev = {.events = (side == POLL_READ ? EPOLLIN | EPOLLRDHUP : EPOLLOUT) | EPOLLONESHOT, .data.ptr = pd};
        epoll_ctl(atomic_load_explicit(&epoll_fd, memory_order_relaxed), EPOLL_CTL_MOD, pd->fd, &ev);
    }
    gotk__unlock(&pd->lock);
}

int64_t gotk__poll_begin(G *g, pollfd *pd, int side)
{
    struct gotk__pollside *s = &pd->side[side];
    gotk__lock(&pd->lock);
    int64_t err = trouble(pd, s);
    if (!err) {
        bool ready = s->ready;
        s->ready = false;
        if (gotk__is_threads) {
            if (!g->m->tid) g->m->tid = (uint32_t)syscall(SYS_gettid);
            s->waiter = g;
        } else if (!ready && s->spent) {
            park_locked(g, pd, side);
            return POLL_PARK;
        }
    }
    gotk__unlock(&pd->lock);
    return err;
}

int64_t gotk__poll_again(G *g, pollfd *pd, int side)
{
    struct gotk__pollside *s = &pd->side[side];
    gotk__lock(&pd->lock);
    int64_t err = trouble(pd, s);
    if (!err) {
        if (!s->ready) {
            park_locked(g, pd, side);
            return POLL_PARK;
        }
        s->ready = false;
    }
    gotk__unlock(&pd->lock);
    return err;
}

void gotk__poll_end(pollfd *pd, int side)
{
    gotk__lock(&pd->lock);
    pd->side[side].waiter = NULL;
    gotk__unlock(&pd->lock);
}
