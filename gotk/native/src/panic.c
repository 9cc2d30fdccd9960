/* SPDX-License-Identifier: BSD-3-Clause
 * How C code raises a Go panic, and how the process ends: fatal errors (the program's fault, final), throws (ours).
 *
 * A panic raised in C unwinds nothing: the stub's Go caller is where g->sp points, C's frames on g0 are simply dropped,
 * and runtime.raise(code, a, b) begins as if that Go code had called it. So raise only with no lock held. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scheduler.h"

_Noreturn void gotk__raise_to(G *g, uint64_t code, uint64_t a, uint64_t b, void *target);

/* ---- standard error: one write call a message, retried; never buffered, since the process may be dying ---- */

int64_t gotk__write_stderr(const char *text, int64_t n)
{
    int64_t done = 0;
    while (done < n) {
        ssize_t k = write(2, text + done, (size_t)(n - done));
        if (k <= 0) break;
        done += k;
    }
    return done;
}

void *gotk__raise_target(void)
{
    static _Atomic(void *) target;
    void *t = atomic_load_explicit(&target, memory_order_relaxed);
    if (!t) {
        t = gotk__symbol("runtime.raise");
        atomic_store_explicit(&target, t, memory_order_relaxed);
    }
    return t;
}

_Noreturn void gotk__raise(enum gotk__panic code, uint64_t a, uint64_t b)
{
    static const char *const texts[] = {
#define PANIC(code, NAME, text) [code] = text,
#include "panics.def"
#undef PANIC
    };
    void *target = gotk__raise_target();
    G *g = gotk__self();
    if (!target || !g) {       /* a C program on its own: nobody can recover */
        char text[200];
        snprintf(text, sizeof text, "panic: %s%s", code == PANIC_NILDEREF || code == PANIC_DIVIDE ? "runtime error: " : "", texts[code]);
        gotk__die("panic", 2, text);
    }
    gotk__raise_to(g, code, a, b, target);
}

/* ---- the end ---- */

/* Only the first to get here writes; the others wait for the process to end. */
static void only_once(void)
{
    static _Atomic uint32_t dying;
    if (atomic_exchange(&dying, 1)) for (;;) pause();
    atomic_store(&gotk__sched.exiting, true);
}

/* Writes message (unless empty) to stderr as it is, the traces for panics and fatal errors, the report, and ends the process. */
_Noreturn void gotk__die(const char *kind, int code, const char *message)
{
    only_once();
    if (*message) {
        gotk__write_stderr(message, (int64_t)strlen(message));
        gotk__write_stderr("\n", 1);
    }
    gotk__report_write(kind, code, message);
    _exit(code);
}

static _Noreturn void die_with_traces(const char *kind, const char *message, G *current, bool all)
{
    only_once();
    gotk__write_stderr(message, (int64_t)strlen(message));
    gotk__write_stderr("\n", 1);
    gotk__print_traces(current, all);
    gotk__report_write(kind, 2, message);
    _exit(2);
}

_Noreturn void gotk__fatal_error(const char *msg)
{
    char text[600];
    snprintf(text, sizeof text, "fatal error: %s", msg);
    die_with_traces("fatal", text, gotk__self(), true);
}

int64_t gotk__numgoroutine(void);               /* stats.c */

/* Nobody can ever run again. */
_Noreturn void gotk__deadlock(void)
{
    if (gotk__numgoroutine() == 0)
        die_with_traces("fatal", "fatal error: no goroutines (main called runtime.Goexit) - deadlock!", NULL, false);
    die_with_traces("fatal", "fatal error: all goroutines are asleep - deadlock!", NULL, true);
}

/* A panic that nobody recovered: text begins with "panic: " (golib's runtime has formatted it). */
void gotk__fatalpanic(const char *text, int64_t n)
{
    char *copy = malloc((size_t)n + 1);
    if (!copy) gotk__throw("no memory for the panic's text");
    memcpy(copy, text, (size_t)n);
    while (n > 0 && copy[n - 1] == '\n') n--;
    copy[n] = 0;
    only_once();
    gotk__write_stderr(copy, n);                 /* all of it: the text may hold zero bytes */
    gotk__write_stderr("\n", 1);
    gotk__print_traces(gotk__self(), false);
    gotk__report_write("panic", 2, copy);
    _exit(2);
}

void gotk__fatal(const char *text, int64_t n)
{
    char copy[512];
    if (n > (int64_t)sizeof copy - 1) n = sizeof copy - 1;
    memcpy(copy, text, (size_t)n);
    copy[n] = 0;
    gotk__fatal_error(copy);
}

_Noreturn void gotk__throw(const char *msg, ...)
{
    char text[600] = "fatal error: gotk: ";
    size_t at = strlen(text);
    va_list args;
    va_start(args, msg);
    vsnprintf(text + at, sizeof text - at, msg, args);
    va_end(args);
    strncat(text, "\n[this is a bug in gotk's runtime]", sizeof text - strlen(text) - 1);
    die_with_traces("fatal", text, gotk__self(), false);
}

_Noreturn void gotk__exit_process(int code)
{
    only_once();
    gotk__report_write("exit", code, "");
    _exit(code);
}

void gotk__exit(int64_t code) { gotk__exit_process((int)code); }
