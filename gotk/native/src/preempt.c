/* SPDX-License-Identifier: BSD-3-Clause
 * Preemption: a goroutine that does not call the runtime is stopped by a signal to its thread, wherever it is.
 *
 * The handler runs on the M's signal stack. If the interrupted pc is in Go code, it copies the whole signal frame
 * (registers, flags, vector state, as the kernel laid it out) to a buffer, and lets the return from the handler go to
 * gotk__preempt_landing on the g0 stack, which queues the goroutine and goes to the scheduler. The goroutine goes on, on
 * any M, by rt_sigreturn from that buffer: the kernel restores everything, so hot loops pay nothing and any vector
 * extension is covered. Nothing is ever written on the goroutine's stack.
 * If the pc is elsewhere (C code, stubs, __morestack, libc), m->preempt makes the stub yield on its way out.
 *
 * Every instruction of Go code is safe to stop at: such code keeps no thread-local address, and the split-stack prologue
 * compares with %fs:0x70 in one instruction, before and after which the limit may belong to any M, since the same
 * goroutine's limit is loaded wherever it resumes.
 *
 * Rejected: polls in loops (they stop vectorisation); injecting a call that saves registers by hand (must know all vector
 * registers, needs stack). */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "scheduler.h"

#define S gotk__sched
enum { SIGPREEMPT = SIGURG, SIGSTACK = 64 << 10, FRAME_SIZE = 16 << 10 };

/* The frame as rt_sigreturn expects it: return address, ucontext, (siginfo), and the vector state it points to. */
#if defined(__x86_64__)
struct frame {
    uint64_t pretcode;
    ucontext_t uc;
    siginfo_t info;
    uint64_t vector_size;
    _Alignas(64) char vector[];
};
#elif defined(__aarch64__)
/* As the kernel lays it out (struct rt_sigframe); the vector state is within the context's 4 KiB. */
struct frame {
    siginfo_t info;
    ucontext_t uc;
    uint64_t vector_size;
};
_Static_assert(offsetof(struct frame, uc) == 128, "the kernel's siginfo has 128 bytes");
#endif

/* ---- which code may be stopped ---- */

static struct { uint64_t lo, hi; } texts[16];
static _Atomic int ntexts;

void gotk__add_text(uint64_t lo, uint64_t hi)
{
    int n = atomic_load(&ntexts);
    if (n == 16) return;
    texts[n].lo = lo;
    texts[n].hi = hi;
    atomic_store(&ntexts, n + 1);
}

bool gotk__preemptible_pc(uint64_t pc)
{
    if (gotk__in_go_text(pc)) return true;
    for (int i = 0, n = atomic_load_explicit(&ntexts, memory_order_acquire); i < n; i++)
        if (pc >= texts[i].lo && pc < texts[i].hi) return true;
    return false;
}

/* ---- asking ---- */

void gotk__preempt_p(P *p, uint32_t what)
{
    M *m = __atomic_load_n(&p->m, __ATOMIC_ACQUIRE);   /* partner: gotk__bind */
    if (!m) return;
    atomic_fetch_or(&m->preempt, what);
    if (!gotk__embedded) syscall(SYS_tgkill, getpid(), m->tid, SIGPREEMPT);
}

/* ---- being asked ---- */

#if defined(__SANITIZE_THREAD__)
#define PLAIN __attribute__((no_sanitize("thread")))
#else
#define PLAIN
#endif

static void *new_buffer(void)
{
    void *b = mmap(NULL, FRAME_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return b == MAP_FAILED ? NULL : b;
}

void gotk__preempt_m_init(M *m)
{
    stack_t ss = {.ss_size = SIGSTACK};
    ss.ss_sp = mmap(NULL, SIGSTACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (ss.ss_sp == MAP_FAILED) return;
    m->sigstack = ss.ss_sp;
    sigaltstack(&ss, NULL);
    if (!gotk__is_threads) m->sigspare = new_buffer();
}

void gotk__preempt_m_exit(M *m)
{
    if (!m->sigstack) return;
    stack_t ss = {.ss_flags = SS_DISABLE};
    sigaltstack(&ss, NULL);
    munmap(m->sigstack, SIGSTACK);
    m->sigstack = NULL;
}

#if defined(__x86_64__)
#define PC(uc) ((uc)->uc_mcontext.gregs[REG_RIP])
#define SP(uc) ((uc)->uc_mcontext.gregs[REG_RSP])
#define FP(uc) ((uc)->uc_mcontext.gregs[REG_RBP])

/* Size of the vector state the kernel saved: the extended size it notes in the legacy area's reserved bytes. */
PLAIN static uint64_t vector_size(const void *fp)
{
    uint32_t magic, size;
    memcpy(&magic, (const char *)fp + 464, 4);
    memcpy(&size, (const char *)fp + 468, 4);
    return magic == 0x46505853u ? size : 512;
}

PLAIN static void copy_context(struct frame *f, const ucontext_t *uc)
{
    memcpy(&f->uc, uc, sizeof f->uc);
    f->vector_size = 0;
    if (uc->uc_mcontext.fpregs) {
        f->vector_size = vector_size(uc->uc_mcontext.fpregs);
        memcpy(f->vector, uc->uc_mcontext.fpregs, f->vector_size);
        f->uc.uc_mcontext.fpregs = (void *)f->vector;
    }
}

static bool fits(const ucontext_t *uc)
{
    return !uc->uc_mcontext.fpregs || vector_size(uc->uc_mcontext.fpregs) + sizeof(struct frame) <= FRAME_SIZE;
}

static void redirect(ucontext_t *uc, M *m)
{
    uc->uc_mcontext.gregs[REG_RIP] = (greg_t)gotk__preempt_landing;
    uc->uc_mcontext.gregs[REG_RSP] = (greg_t)m->g0sp;
    uc->uc_mcontext.gregs[REG_RBP] = 0;
    uc->uc_mcontext.gregs[REG_EFL] &= ~0x400; /* direction flag */
}
#elif defined(__aarch64__)
#define PC(uc) ((uc)->uc_mcontext.pc)
#define SP(uc) ((uc)->uc_mcontext.sp)
#define FP(uc) ((uc)->uc_mcontext.regs[29])
static void copy_context(struct frame *f, const ucontext_t *uc)
{
    memcpy(&f->uc, uc, sizeof f->uc);
    f->vector_size = 0;
}
/* Vectors of more than 512 bits or so do not fit in the context: the kernel puts them behind it and says so by a record. Such a goroutine
 * yields at its next call of the runtime. */
static bool fits(const ucontext_t *uc)
{
    enum { EXTRA = 0x45585401 };
    const char *at = (const char *)uc->uc_mcontext.__reserved, *end = at + sizeof uc->uc_mcontext.__reserved;
    while (at + 8 <= end) {
        uint32_t head[2];      /* magic, size; 0 ends the list */
        memcpy(head, at, sizeof head);
        if (head[0] == 0) return true;
        if (head[0] == EXTRA || head[1] < 8) return false;
        at += head[1];
    }
    return true;
}
static void redirect(ucontext_t *uc, M *m)
{
    uc->uc_mcontext.pc = (uint64_t)gotk__preempt_landing;
    uc->uc_mcontext.sp = m->g0sp;
    uc->uc_mcontext.regs[29] = 0;
}
#endif

PLAIN static void handler(int sig, siginfo_t *info, void *context)
{
    int saved_errno = errno;
    ucontext_t *uc = context;
    M *m = gotk__m();
    G *g = m->g;
    /* Stale signals (the slice ended meanwhile) are harmless: m->preempt is cleared at every switch. */
    uint32_t what = atomic_load_explicit(&m->preempt, memory_order_relaxed);
    bool in_go = g && m->p && m->g0sp && what && gotk__preemptible_pc((uint64_t)PC(uc));
    if (in_go && !(what & (PREEMPT_YIELD | PREEMPT_STOP))) {
        gotk__runq_share(m->p);        /* in Go code: nobody is at work on this P's queue */
        atomic_fetch_and(&m->preempt, ~(uint32_t)PREEMPT_SHARE);
    } else if (in_go && m->sigspare && fits(uc)) {
        struct frame *f = m->sigspare;
        m->sigspare = NULL;
        copy_context(f, uc);
        g->sigframe = f;
        g->sp = (uint64_t)SP(uc);
        g->fp = (uint64_t)FP(uc);
        redirect(uc, m);
    }
    errno = saved_errno;
}

/* On g0, from gotk__preempt_landing. */
void gotk__preempted(void)
{
    M *m = gotk__m();
    G *g = m->g;
    m->sigspare = new_buffer();
    COUNT(m->p->n_preempts, 1);
    if (gotk__timed(g)) gotk__account(g, gotk__ticks(), &g->row->running);
    gotk__requeue(m, g);
}

/* On g0, before rt_sigreturn: the frame with what belongs to this thread (signal stack, mask) put in. The buffer becomes
 * this M's spare: the kernel has read it before the next signal can write it. */
void *gotk__preempt_resume(G *g)
{
    M *m = gotk__m();
    struct frame *f = g->sigframe;
    g->sigframe = NULL;
    f->uc.uc_stack = (stack_t){.ss_sp = m->sigstack, .ss_size = SIGSTACK};
    if (m->sigspare) munmap(m->sigspare, FRAME_SIZE);
    m->sigspare = f;
    return f;
}

/* The collector scans all of it: pointers may be in any register, vectors included. */
uint64_t gotk__sigframe_size(void *frame)
{
    return sizeof(struct frame) + ((struct frame *)frame)->vector_size;
}

/* The pc where a preempted goroutine stopped. */
uint64_t gotk__sigframe_pc(void *frame) { return (uint64_t)PC(&((struct frame *)frame)->uc); }

#if defined(__SANITIZE_THREAD__) && defined(__x86_64__)
/* ThreadSanitizer's sigaction would deliver the signal later, with a stale copy of the context: go round it. */
__asm__(".text\n.globl gotk__sigrestore\n.hidden gotk__sigrestore\ngotk__sigrestore: movl $15, %eax\n syscall\n");
extern void gotk__sigrestore(void);

static void install(void)
{
    struct { void (*handler)(int, siginfo_t *, void *); uint64_t flags; void (*restorer)(void); uint64_t mask; } sa =
        {handler, SA_SIGINFO | SA_ONSTACK | SA_RESTART | 0x04000000, gotk__sigrestore, ~0ull};
    syscall(SYS_rt_sigaction, SIGPREEMPT, &sa, NULL, 8);
}
#else
static void install(void)
{
    struct sigaction sa = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sa.sa_sigaction = handler;
    sigfillset(&sa.sa_mask);
    sigaction(SIGPREEMPT, &sa, NULL);
}
#endif

void gotk__preempt_init(void) { install(); }
