/* SPDX-License-Identifier: BSD-3-Clause
 * The netpoller: goroutines that wait for a descriptor without holding a thread. See netpoll.c. */
#ifndef GOTK_NETPOLL_H
#define GOTK_NETPOLL_H
#include "g.h"

/* Sides of a descriptor. */
enum { POLL_READ, POLL_WRITE };

/* Error numbers of I/O natives beyond the system's; golib/src/internal/poll has the same. EAGAIN: the goroutine has waited, try again. */
enum { POLL_CLOSED = -1, POLL_TIMEOUT = -2 };

/* How a descriptor is polled. */
enum gotk__pollmode {
    POLLMODE_STREAM = 0,       /* ours, a byte stream: non-blocking, edge-triggered; a short transfer means that there is no more */
    POLLMODE_PLAIN = 1,        /* ours: non-blocking, edge-triggered (listeners, datagrams, terminals) */
    POLLMODE_KNOWN = 4,        /* with one of the above: can be polled, and has the flags that pollopen would give it */
    POLLMODE_SOCKET = 8,       /* with one of the above: recv and send are cheaper than read and write */
    POLLMODE_SHARED = 2,       /* another process may use it too (standard input): its flags stay as they are, one-shot */
};

/* One side of a descriptor; all under the descriptor's lock but `spent`, which belongs to the goroutine that uses this side (the Go
 * packages let one at a time). */
struct gotk__pollside {
    struct gotk__pollfd *owner;
    G *waiter;                 /* parked here; threads mode: the goroutine whose thread is inside the call */
    struct gotk__timer *timer;           /* of the deadline; made with the first one */
    int64_t deadline;          /* gotk__now(); 0: none */
    bool ready;                /* an edge that no call has consumed yet */
    bool expired;              /* the deadline has passed */
    bool spent;                /* the last transfer was short: nothing before the next edge */
};

/* A polled descriptor. Never freed, only reused: a late event may still name it, which costs its user one vain attempt. */
typedef struct gotk__pollfd {
    _Alignas(64) gotk__mutex lock;
    int32_t fd;
    uint8_t mode;              /* enum gotk__pollmode, one of the first three */
    bool socket;
    bool closing;              /* lock */
    _Atomic bool hangup;       /* relaxed, set under lock (poll_begin takes it): the end was seen, which no further edge will tell */
    uint8_t ahead_at, ahead_end; /* owner: who reads */
    struct gotk__pollside side[2]; /* the reader needs the first cache line only */
    struct gotk__pollfd *link; /* free list */
    char ahead[64];            /* bytes read before they were asked for (io.c) */
} pollfd;

/* What the scheduler looks at (proc.c, protocol N). */
struct gotk__netpoll {
    _Alignas(64) _Atomic uint32_t waiters; /* goroutines parked here and not yet queued; counterpart: check_dead, stopm */
    _Atomic uint32_t asleep;   /* an M is in epoll_wait to sleep; set under sched.lock, cleared by that M */
    _Atomic uint32_t vain;     /* wake-ups of a sleeping poller in a row that gained nothing */
    uint64_t polls;            /* non-blocking polls so far; racy */
    int64_t harvest, idled;    /* when the sleeping poller last got something, when an M last found nothing; racy */
};
extern struct gotk__netpoll gotk__net;

/* ---- for the scheduler (proc.c, sysmon.c). Lists are linked by schedlink; who takes one delivers it. */
G *gotk__netpoll(int64_t timeout_ns);            /* 0: does not wait; < 0: no limit. On any stack of the runtime */
void gotk__netpoll_break(void);                  /* makes the M that waits in gotk__netpoll return */
G *gotk__netpoll_deliver(G *list, bool first);   /* queues all; with `first` returns one to be run at once by this M */
G *gotk__netpoll_next(P *p, bool queued);        /* p's ring is empty (queued: the global queue is not): polls, and says who is next */

/* net.c: the calls of sockets; buf as each says there */
enum gotk__netcall { NET_ACCEPT, NET_RECEIVE, NET_SEND };
int64_t gotk__net_transfer(enum gotk__netcall call, int fd, void *buf);

gotk__ret2 gotk__fdclose(int64_t fd);            /* io.c, a BLOCK call */

/* ---- for I/O natives (io.c, net.c), in BLOCK calls */
/* Starts a call: 0, or POLL_CLOSED or POLL_TIMEOUT; POLL_PARK if it should wait at once: then return gotk__poll_park. */
enum { POLL_PARK = 1 };
int64_t gotk__poll_begin(G *g, pollfd *pd, int side);
/* gotk mode, after EAGAIN: 0 if an edge came meanwhile (try again), POLL_PARK if it has parked, or an error. */
int64_t gotk__poll_again(G *g, pollfd *pd, int side);
/* threads mode: the call is over. */
void gotk__poll_end(pollfd *pd, int side);
#endif
