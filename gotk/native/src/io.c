/* SPDX-License-Identifier: BSD-3-Clause
 * Files, pipes and what else blocks in the kernel: the natives of package os.
 *
 * A call that may block is made inside gotk__syscall_begin/_end: the P can run others meanwhile. Where it surely
 * blocks (nothing to read yet) the P is handed on at once, else sysmon takes it when the call lasts. Descriptors stay in
 * blocking mode: they are shared with the parent process (standard input and output), and each blocked goroutine holds a
 * thread. A netpoller would hold none; it belongs to sockets, which package net would bring.
 *
 * Results are a value (-1 on error) and the errno. Interrupted calls are made again. Runs on the g0 stack. */
#include "g.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

static gotk__ret2 result(int64_t n) {
    return (gotk__ret2){(uint64_t)n, n < 0 ? (uint64_t)errno : 0};
}

/* true if a read (or write) would not wait: also at the end of a file, and on an error */
static bool ready(int fd, short events) {
    struct pollfd p = {.fd = fd, .events = events};
    return poll(&p, 1, 0) != 0;
}

static void wait_ready(int fd, short events) {
    struct pollfd p = {.fd = fd, .events = events};
    poll(&p, 1, -1);
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

gotk__ret2 gotk__fdread(int64_t fd, void *buf, int64_t n) {
    bool now = ready((int)fd, POLLIN);
    G *g = begin();
    int64_t got;
    if (!now) gotk__syscall_handoff(g);
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

gotk__ret2 gotk__fdclose(int64_t fd) {
    int r = close((int)fd);                      /* on EINTR the descriptor is gone all the same */
    return (gotk__ret2){r < 0 && errno != EINTR ? (uint64_t)errno : 0, 0};
}

gotk__ret2 gotk__fdseek(int64_t fd, int64_t offset, int64_t whence) {
    return result(lseek((int)fd, offset, (int)whence));
}

gotk__ret2 gotk__fdpipe(int32_t *fds) {
    int two[2];
    if (pipe2(two, O_CLOEXEC) < 0) return (gotk__ret2){(uint64_t)errno, 0};
    fds[0] = two[0];
    fds[1] = two[1];
    return (gotk__ret2){0, 0};
}
