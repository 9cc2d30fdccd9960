/* SPDX-License-Identifier: BSD-3-Clause
 * Sockets: the natives of package net. Waiting is netpoll.c's and io.c's.
 *
 * Addresses cross as the system's own sockaddr behind a length; golib/src/net/sockaddr.go takes them apart. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "netpoll.h"

struct address {
    int64_t len;               /* of sa; 0: none */
    union { struct sockaddr any; struct sockaddr_in in; struct sockaddr_in6 in6; struct sockaddr_un un; char room[120]; } sa;
};
struct message { void *buf; int64_t n; struct address *address; int64_t flags; };

int64_t gotk__net_transfer(enum gotk__netcall what, int fd, void *buf)
{
    struct message *m = buf;
    struct address *a = what == NET_ACCEPT ? buf : m->address;
    socklen_t len = sizeof a->sa;
    int64_t n;
    switch (what) {
    case NET_ACCEPT:
        n = accept4(fd, &a->sa.any, &len, SOCK_CLOEXEC | (gotk__threads_mode() ? 0 : SOCK_NONBLOCK));
        break;
    case NET_RECEIVE:
        n = recvfrom(fd, m->buf, (size_t)m->n, (int)m->flags, &a->sa.any, &len);
        break;
    default:
        return sendto(fd, m->buf, (size_t)m->n, MSG_NOSIGNAL, a && a->len ? &a->sa.any : NULL, a ? (socklen_t)a->len : 0);
    }
    a->len = n < 0 ? 0 : len > sizeof a->sa ? (int64_t)sizeof a->sa : (int64_t)len;
    return n;
}

enum { SOCK_NEW = 1, SOCK_BIND, SOCK_CONNECT, SOCK_LISTEN, SOCK_NAME, SOCK_PEER, SOCK_SHUTDOWN, SOCK_ERROR, SOCK_SETOPT };

/* Options by number, for all systems alike. */
static const struct { int level, name; } options[] = {
    {SOL_SOCKET, SO_REUSEADDR}, {IPPROTO_TCP, TCP_NODELAY}, {SOL_SOCKET, SO_KEEPALIVE}, {IPPROTO_TCP, TCP_KEEPIDLE}, {IPPROTO_TCP, TCP_KEEPINTVL},
    {IPPROTO_TCP, TCP_KEEPCNT}, {SOL_SOCKET, SO_RCVBUF}, {SOL_SOCKET, SO_SNDBUF}, {IPPROTO_IPV6, IPV6_V6ONLY}, {SOL_SOCKET, SO_BROADCAST},
    {SOL_SOCKET, SO_LINGER},
};

static int64_t set_option(int fd, int64_t option, int64_t value)
{
    if (option < 0 || option >= (int64_t)(sizeof options / sizeof *options)) {
        errno = EINVAL;
        return -1;
    }
    int v = (int)value;
    struct linger l = {value >= 0, value >= 0 ? (int)value : 0};
    bool linger = options[option].name == SO_LINGER && options[option].level == SOL_SOCKET;
    return setsockopt(fd, options[option].level, options[option].name, linger ? (void *)&l : (void *)&v, linger ? sizeof l : sizeof v);
}

static int64_t call(int64_t op, int fd, struct address *a, int64_t x, int64_t y)
{
    socklen_t len = sizeof a->sa;
    int64_t r;
    switch (op) {
    case SOCK_NEW:                               /* fd: the domain */
        return socket(fd, (int)x | SOCK_CLOEXEC | SOCK_NONBLOCK, (int)y);
    case SOCK_BIND: return bind(fd, &a->sa.any, (socklen_t)a->len);
    case SOCK_CONNECT: return connect(fd, &a->sa.any, (socklen_t)a->len);
    case SOCK_LISTEN: return listen(fd, (int)x);
    case SOCK_NAME:
    case SOCK_PEER:
        r = op == SOCK_NAME ? getsockname(fd, &a->sa.any, &len) : getpeername(fd, &a->sa.any, &len);
        a->len = r < 0 ? 0 : (int64_t)len;
        return r;
    case SOCK_SHUTDOWN: return shutdown(fd, (int)x);
    case SOCK_ERROR: {
        int err = 0;
        len = sizeof err;
        return getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &len) < 0 ? -1 : err;
    }
    case SOCK_SETOPT: return set_option(fd, x, y);
    }
    errno = ENOSYS;
    return -1;
}

/* None of these waits: the sockets do not block until pollopen has seen them (threads mode). */
gotk__ret2 gotk__sockcall(int64_t op, int64_t fd, void *address, int64_t x, int64_t y)
{
    int64_t n;
    do n = call(op, (int)fd, address, x, y);
    while (n < 0 && errno == EINTR && op != SOCK_CONNECT);
    return (gotk__ret2){(uint64_t)n, n < 0 ? (uint64_t)errno : 0};
}
