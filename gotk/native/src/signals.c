/* SPDX-License-Identifier: BSD-3-Clause
 * Signals from outside and faults: nil dereferences become panics, other faults fatal errors, SIGINT and SIGTERM end the run
 * with its report, SIGQUIT shows all goroutines.
 *
 * Signals from outside are taken by a thread of their own (sigwait), blocked everywhere else: so the report can be
 * written with ordinary code, whatever the program's threads are doing. What package os/signal asks for goes through a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "scheduler.h"

void gotk__preempt_init(void);

/* ---- faults ---- */

static const char *fault_name(int sig)
{
    return sig == SIGBUS ? "SIGBUS: bus error" : sig == SIGFPE ? "SIGFPE: floating-point exception"
         : sig == SIGILL ? "SIGILL: illegal instruction" : "SIGSEGV: segmentation violation";
}

#if !SEGMENTED_STACKS
static uint64_t overflow_pc;               /* the walk of the stack begins here */

/* The faulting goroutine ends with a fatal error, told on g0; a thread has this stack only. */
static void stack_overflow(M *m, ucontext_t *uc)
{
    G *g = m->g;
    /* It may have been memset or the like, which Go code has called and which has no frame. */
    uint64_t pc = uc->uc_mcontext.pc;
    overflow_pc = gotk__preemptible_pc(pc) ? pc + 1 : uc->uc_mcontext.regs[30];
    g->sp = (uint64_t)&overflow_pc;
    g->fp = uc->uc_mcontext.regs[29];
    if (!m->g0sp) gotk__thread_overflow(g);
    uc->uc_mcontext.pc = (uint64_t)gotk__stack_overflow;
    uc->uc_mcontext.sp = m->g0sp;
    uc->uc_mcontext.regs[0] = (uint64_t)g;
    uc->uc_mcontext.regs[29] = 0;
}
#endif

static void fault(int sig, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    M *m = gotk__m();
#if defined(__x86_64__)
    uint64_t pc = (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
#else
    uint64_t pc = uc->uc_mcontext.pc;
#endif
    uint64_t addr = (uint64_t)info->si_addr;
#if !SEGMENTED_STACKS
    if (sig == SIGSEGV && m->g && gotk__stack_is_end(m->g, addr)) {
        stack_overflow(m, uc);
        return;
    }
#endif
    void *target = m->g && gotk__preemptible_pc(pc) ? gotk__raise_target() : NULL;
    bool divide = sig == SIGFPE && (info->si_code == FPE_INTDIV || info->si_code == FPE_INTOVF);
    if (target && ((sig == SIGSEGV && addr < 4096) || divide)) {
        /* As if the instruction were a call of runtime.raise. What lies below sp is dead: a panic never comes back here. */
#if defined(__x86_64__)
        uint64_t sp = ((uint64_t)uc->uc_mcontext.gregs[REG_RSP] & ~15ull) - 8;
        *(uint64_t *)sp = pc + 1;
        uc->uc_mcontext.gregs[REG_RSP] = (greg_t)sp;
        uc->uc_mcontext.gregs[REG_RDI] = divide ? PANIC_DIVIDE : PANIC_NILDEREF;
        uc->uc_mcontext.gregs[REG_RSI] = uc->uc_mcontext.gregs[REG_RDX] = 0;
        uc->uc_mcontext.gregs[REG_RIP] = (greg_t)target;
#else
        uc->uc_mcontext.regs[30] = pc + 4;
        uc->uc_mcontext.regs[0] = divide ? PANIC_DIVIDE : PANIC_NILDEREF;
        uc->uc_mcontext.regs[1] = uc->uc_mcontext.regs[2] = 0;
        uc->uc_mcontext.pc = (uint64_t)target;
#endif
        return;
    }
    char text[300];
    int n;
    if (sig == SIGSEGV || sig == SIGBUS)
        n = snprintf(text, sizeof text, "unexpected fault address 0x%llx\nfatal error: fault\n", (unsigned long long)addr);
    else
        n = snprintf(text, sizeof text, "fatal error: unexpected signal\n");
    n += snprintf(text + n, sizeof text - (size_t)n, "[signal %s code=0x%x addr=0x%llx pc=0x%llx]\n", fault_name(sig), (unsigned)info->si_code,
                  (unsigned long long)addr, (unsigned long long)pc);
    /* A fault while reporting one ends the process at once. */
    signal(sig, SIG_DFL);
    if (m->g) {
#if defined(__x86_64__)
        m->g->sp = (uint64_t)&pc;
        m->g->fp = (uint64_t)uc->uc_mcontext.gregs[REG_RBP];
#else
        m->g->sp = (uint64_t)&pc;
        m->g->fp = uc->uc_mcontext.regs[29];
#endif
        if (!gotk__preemptible_pc(pc)) m->g->fp = 0;
    }
    gotk__write_stderr(text, n);
    gotk__print_traces(m->g, false);
    gotk__report_write("fatal", 2, text);
    _exit(2);
}

/* ---- from outside ---- */

static const int taken[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGCHLD, SIGCONT, SIGWINCH, SIGIO};
static sigset_t outside;
static _Atomic uint64_t notified, ignored;   /* a bit a number; written by signalmode under lock, read by the waiter */
static gotk__mutex lock;
static int fds[2] = {-1, -1};                /* written once, before a bit of notified is set */

/* What the system would do: the waiter itself is the one thread that may die of the signal. */
static void by_default(int sig)
{
    if (sig == SIGCHLD || sig == SIGCONT || sig == SIGWINCH) return;
    if (sig == SIGQUIT) {
        gotk__write_stderr("SIGQUIT: quit\n\n", 15);
        gotk__print_traces(NULL, true);
        gotk__die("signal", 2, "");
    }
    gotk__die("signal", 128 + sig, "");
}

static void *waiter(void *unused)
{
    for (;;) {
        int sig;
        if (sigwait(&outside, &sig)) continue;
        uint64_t bit = 1ull << sig;
        if (atomic_load_explicit(&notified, memory_order_acquire) & bit) {   /* partner: gotk__signalmode */
            uint8_t byte = (uint8_t)sig;
            while (write(fds[1], &byte, 1) < 0 && errno == EINTR) {}   /* full: the program has not read 65,536 signals */
        } else if (!(atomic_load_explicit(&ignored, memory_order_relaxed) & bit)) {
            by_default(sig);
        }
    }
    return unused;
}

/* Numbers that are not taken stay as they are. */
int64_t gotk__signalmode(int64_t sig, int64_t mode)
{
    if (sig <= 0 || sig > 63 || !sigismember(&outside, (int)sig)) return fds[0];
    gotk__lock(&lock);
    if (fds[0] < 0 && pipe2(fds, O_CLOEXEC) == 0) fcntl(fds[1], F_SETFL, O_NONBLOCK);
    uint64_t bit = 1ull << sig;
    if (mode != 2 && (atomic_load_explicit(&ignored, memory_order_relaxed) & bit)) {
        /* What came while it was ignored and the waiter has not seen yet: it takes those of lower numbers first. */
        sigset_t this;
        sigemptyset(&this);
        sigaddset(&this, (int)sig);
        while (sigtimedwait(&this, NULL, &(struct timespec){0}) > 0) {}
    }
    if (mode == 1 && fds[0] >= 0) atomic_fetch_or_explicit(&notified, bit, memory_order_release);
    else atomic_fetch_and_explicit(&notified, ~bit, memory_order_release);
    if (mode == 2) atomic_fetch_or_explicit(&ignored, bit, memory_order_relaxed);
    else if (mode == 1) atomic_fetch_and_explicit(&ignored, ~bit, memory_order_relaxed);
    gotk__unlock(&lock);
    return fds[0];
}

/* Before any other thread is made, so that all inherit the mask. */
void gotk__signals_init(void)
{
    gotk__preempt_init();
    struct sigaction sa = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sa.sa_sigaction = fault;
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++) sigaction(faults[i], &sa, NULL);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&outside);
    for (unsigned i = 0; i < sizeof taken / sizeof *taken; i++) sigaddset(&outside, taken[i]);
    pthread_sigmask(SIG_BLOCK, &outside, NULL);
    pthread_attr_t attr;
    pthread_t t;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, 256 << 10);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_create(&t, &attr, waiter, NULL);
    pthread_attr_destroy(&attr);
}
