/* SPDX-License-Identifier: BSD-3-Clause
 * Reading and writing: the natives of packages os and internal/poll.
 *
 * Regular files, and descriptors that epoll does not take: the call is made inside gotk__syscall_begin/_end, so that the P can run
 * others meanwhile (sysmon takes it when the call lasts). Polled descriptors (netpoll.c) never block in the call: it is
 * made with the P held, and EAGAIN parks the goroutine, whose Go code then tries again.
 *
 * Results are a value (-1 on error) and the errno, or a number of netpoll.h. Interrupted calls are made again. Runs on the g0 stack. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "netpoll.h"

static gotk__ret2 result(int64_t n) {
    return (gotk__ret2){(uint64_t)n, n < 0 ? (uint64_t)errno : 0};
}

static gotk__ret2 failed(int64_t err) {
    return (gotk__ret2){(uint64_t)-1, (uint64_t)err};
}

static G *begin(void) {
    G *g = gotk__self();
    gotk__syscall_begin(g);
    return g;
}

static gotk__ret2 end(G *g, int64_t n) {
    gotk__ret2 r = result(n);
    g->ret0 = r.a;
    g->ret1 = r.b;
    return gotk__syscall_end(g);
}

/* ---- not polled ---- */

/* The parent may have given us a descriptor that does not block. */
static void wait_ready(int fd, short events) {
    struct pollfd p = {.fd = fd, .events = events};
    poll(&p, 1, -1);
}

gotk__ret2 gotk__fdread(int64_t fd, void *buf, int64_t n) {
    G *g = begin();
    int64_t got;
    while ((got = read((int)fd, buf, (size_t)n)) < 0 && (errno == EINTR || errno == EAGAIN))
        if (errno == EAGAIN) wait_ready((int)fd, POLLIN);
    return end(g, got);
}

gotk__ret2 gotk__fdwrite(int64_t fd, const void *buf, int64_t n) {
    G *g = begin();
    int64_t put;
    while ((put = write((int)fd, buf, (size_t)n)) < 0 && (errno == EINTR || errno == EAGAIN))
        if (errno == EAGAIN) wait_ready((int)fd, POLLOUT);
    return end(g, put);
}

gotk__ret2 gotk__fdpread(int64_t fd, void *buf, int64_t n, int64_t offset) {
    G *g = begin();
    int64_t got;
    while ((got = pread((int)fd, buf, (size_t)n, offset)) < 0 && errno == EINTR) {}
    return end(g, got);
}

gotk__ret2 gotk__fdpwrite(int64_t fd, const void *buf, int64_t n, int64_t offset) {
    G *g = begin();
    int64_t put;
    while ((put = pwrite((int)fd, buf, (size_t)n, offset)) < 0 && errno == EINTR) {}
    return end(g, put);
}

gotk__ret2 gotk__fdopen(const char *path, int64_t flags, int64_t mode) {
    G *g = begin();                              /* a fifo waits for its other end */
    int64_t fd;
    while ((fd = open(path, (int)flags | O_CLOEXEC, (mode_t)mode)) < 0 && errno == EINTR) {}
    return end(g, fd);
}

/* It may wait: a socket that lingers, a file system on the network. -> errno */
gotk__ret2 gotk__fdclose(int64_t fd) {
    G *g = begin();
    int r = close((int)fd);                      /* on EINTR the descriptor is gone all the same */
    g->ret0 = r < 0 && errno != EINTR ? (uint64_t)errno : 0;
    g->ret1 = 0;
    return gotk__syscall_end(g);
}

gotk__ret2 gotk__fdseek(int64_t fd, int64_t offset, int64_t whence) {
    return result(lseek((int)fd, offset, (int)whence));
}

gotk__ret2 gotk__fdpipe(int32_t *fds) {
    int two[2];
    if (pipe2(two, O_CLOEXEC | (gotk__threads_mode() ? 0 : O_NONBLOCK)) < 0) return (gotk__ret2){(uint64_t)errno, 0};
    fds[0] = two[0];
    fds[1] = two[1];
    return (gotk__ret2){0, 0};
}

/* ---- polled ---- */

enum way { READ, WRITE, ACCEPT, RECEIVE, SEND, WAIT };

static int64_t transfer(enum way way, pollfd *pd, void *buf, int64_t n) {
    switch (way) {
    /* Past libc's wrappers, which make the calls cancellable at a price. */
    case READ: return pd->socket ? syscall(SYS_recvfrom, pd->fd, buf, n, 0, NULL, NULL) : syscall(SYS_read, pd->fd, buf, n);
    case WRITE:
        return pd->socket ? syscall(SYS_sendto, pd->fd, buf, n, MSG_NOSIGNAL, NULL, 0) : syscall(SYS_write, pd->fd, buf, n);
    default: return gotk__net_transfer(way == ACCEPT ? NET_ACCEPT : way == RECEIVE ? NET_RECEIVE : NET_SEND, pd->fd, buf);
    }
}

/* A thread makes the call and blocks in it; close and deadlines interrupt it. */
static gotk__ret2 on_thread(G *g, pollfd *pd, int side, enum way way, void *buf, int64_t n) {
    for (;;) {
        int64_t err = gotk__poll_begin(g, pd, side), got;
        if (err) return failed(err);
        gotk__syscall_begin(g);
        if (way == WAIT) {
            struct pollfd p = {.fd = pd->fd, .events = side == POLL_READ ? POLLIN : POLLOUT};
            got = poll(&p, 1, -1);
        } else {
            got = transfer(way, pd, buf, n);
        }
        int e = errno;
        gotk__poll_end(pd, side);
        errno = e;
        if (got >= 0 || (e != EINTR && e != EAGAIN)) return end(g, got);
        end(g, got);
        if (e == EAGAIN) {                       /* a shared descriptor, made non-blocking by somebody else */
            gotk__ret2 r = on_thread(g, pd, side, WAIT, NULL, 0);
            if ((int64_t)r.a < 0) return r;
        }
    }
}

/* Standard input and the like: the call may block although poll has said that it would not, if another process is faster. */
static gotk__ret2 on_shared(G *g, pollfd *pd, int side, enum way way, void *buf, int64_t n) {
    int64_t err = gotk__poll_begin(g, pd, side), got = -1;
    if (err) return failed(err);
    struct pollfd p = {.fd = pd->fd, .events = side == POLL_READ ? POLLIN : POLLOUT};
    int e = EAGAIN;
    if (poll(&p, 1, 0) != 0) {
        gotk__syscall_begin(g);
        while ((got = transfer(way, pd, buf, n)) < 0 && errno == EINTR) {}
        e = errno;
        if (got >= 0 || e != EAGAIN) return end(g, got);
        /* Not worth a P handed over: somebody else was faster, so wait in the kernel as other system calls do. */
        while (poll(&p, 1, -1) < 0 && errno == EINTR) {}
        errno = EAGAIN;
        return end(g, -1);
    }
    err = gotk__poll_again(g, pd, side);
    return err == POLL_PARK ? gotk__park_end(g) : failed(err ? err : e);
}

static gotk__ret2 polled(pollfd *pd, int side, enum way way, void *buf, int64_t n) {
    G *g = gotk__self();
    if (__builtin_expect(gotk__threads_mode(), 0)) return on_thread(g, pd, side, way, buf, n);
    if (__builtin_expect(pd->mode == POLLMODE_SHARED && way != WAIT, 0)) return on_shared(g, pd, side, way, buf, n);
    struct gotk__pollside *s = &pd->side[side];
    int64_t err = way == WAIT ? gotk__poll_again(g, pd, side) : gotk__poll_begin(g, pd, side), got;
    while (!err && way != WAIT) {
        got = transfer(way, pd, buf, n);
        if (got >= 0) {
            if (side == POLL_WRITE) gotk__p()->sent = true;
            s->spent = got < n && got > 0 && way <= WRITE && pd->mode == POLLMODE_STREAM &&
                       !atomic_load_explicit(&pd->hangup, memory_order_relaxed);
            return result(got);
        }
        if (errno == EAGAIN) err = gotk__poll_again(g, pd, side);
        else if (errno != EINTR) {
            s->spent = false;
            return result(got);
        }
    }
    return err == POLL_PARK ? gotk__park_end(g) : failed(err ? err : EAGAIN);
}

/* A small read that is satisfied in full does not tell whether there is more, and asking costs a system call for each message. So
 * where nobody else reads it takes a few bytes more, if there are any, and keeps them for the next. */
enum { AHEAD_BELOW = 4096 };

static gotk__ret2 read_ahead(pollfd *pd, void *buf, int64_t n) {
    G *g = gotk__self();
    struct gotk__pollside *s = &pd->side[POLL_READ];
    int64_t err, got;
    if (pd->ahead_at < pd->ahead_end) {
        gotk__lock(&pd->lock);
        err = pd->closing ? POLL_CLOSED : s->expired ? POLL_TIMEOUT : 0;
        gotk__unlock(&pd->lock);
        if (err) return failed(err);
        got = pd->ahead_end - pd->ahead_at;
        if (got > n) got = n;
        memcpy(buf, pd->ahead + pd->ahead_at, (size_t)got);
        pd->ahead_at += (uint8_t)got;
        return result(got);
    }
    err = gotk__poll_begin(g, pd, POLL_READ);
    while (!err) {
        struct iovec v[2] = {{buf, (size_t)n}, {pd->ahead, sizeof pd->ahead}};
        got = syscall(SYS_readv, pd->fd, v, 2);
        if (got >= 0) {
            s->spent = got > 0 && got < n + (int64_t)sizeof pd->ahead && !atomic_load_explicit(&pd->hangup, memory_order_relaxed);
            if (got > n) {
                pd->ahead_at = 0;
                pd->ahead_end = (uint8_t)(got - n);
                got = n;
            }
            return result(got);
        }
        if (errno == EAGAIN) err = gotk__poll_again(g, pd, POLL_READ);
        else if (errno != EINTR) return result(got);
    }
    return err == POLL_PARK ? gotk__park_end(g) : failed(err);
}

/* alone: nobody else reads from it */
gotk__ret2 gotk__pollread(pollfd *pd, void *buf, int64_t n, uint8_t alone) {
    if ((alone && n < AHEAD_BELOW && !gotk__threads_mode()) || pd->ahead_at < pd->ahead_end) return read_ahead(pd, buf, n);
    return polled(pd, POLL_READ, READ, buf, n);
}
gotk__ret2 gotk__pollwrite(pollfd *pd, const void *buf, int64_t n) { return polled(pd, POLL_WRITE, WRITE, (void *)buf, n); }
gotk__ret2 gotk__pollaccept(pollfd *pd, void *address) { return polled(pd, POLL_READ, ACCEPT, address, 0); }
gotk__ret2 gotk__pollreceive(pollfd *pd, void *message) { return polled(pd, POLL_READ, RECEIVE, message, 0); }
gotk__ret2 gotk__pollsend(pollfd *pd, void *message) { return polled(pd, POLL_WRITE, SEND, message, 0); }

/* Waits until a side is ready: -1 and EAGAIN when it may be, for calls that the caller makes itself. */
gotk__ret2 gotk__pollwait(pollfd *pd, int64_t side) { return polled(pd, (int)side, WAIT, NULL, 0); }
