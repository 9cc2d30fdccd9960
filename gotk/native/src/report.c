/* SPDX-License-Identifier: BSD-3-Clause
 * The report of a run (docs/architecture.md, section 1): GOTKRPT1, the length of the JSON header, the header, the columns.
 *
 * Written once, by whoever ends the process, while other threads may still run: what they change meanwhile is at worst a
 * number that is a little old. Strings (creator lines, names) are looked up per distinct pc, not per row. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "scheduler.h"

const char *gotk__printed_traces(int64_t *n);
extern uint64_t gotk__heap_total_bytes(void) __attribute__((weak));
extern uint64_t gotk__heap_peak_bytes(void) __attribute__((weak));

enum { TEXT_MAX = 1 << 20 };   /* of the traces in the report */

/* ---- a growing buffer ---- */

struct out { char *p; size_t n, cap; };

static void reserve(struct out *o, size_t more)
{
    if (o->n + more <= o->cap) return;
    while (o->cap < o->n + more) o->cap = o->cap ? o->cap * 2 : 65536;
    o->p = realloc(o->p, o->cap);
    if (!o->p) _exit(2);
}

static void put(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct out *o, const char *format, ...)
{
    va_list args;
    reserve(o, 512);
    va_start(args, format);
    o->n += (size_t)vsnprintf(o->p + o->n, 512, format, args);
    va_end(args);
}

static void put_string(struct out *o, const char *s, size_t n)
{
    reserve(o, 6 * n + 2);
    o->p[o->n++] = '"';
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == '"' || c == '\\') {
            o->p[o->n++] = '\\';
            o->p[o->n++] = (char)c;
        } else if (c < 0x20 || c >= 0x7f) {
            /* Bytes above ASCII as they are: file names and messages are UTF-8; invalid ones are the reader's to replace. */
            if (c >= 0x7f) o->p[o->n++] = (char)c;
            else o->n += (size_t)sprintf(o->p + o->n, "\\u%04x", c);
        } else {
            o->p[o->n++] = (char)c;
        }
    }
    o->p[o->n++] = '"';
}

/* ---- strings of the table: one per distinct place and use ---- */

struct place { uint64_t pc, up; int32_t creator, name; };
static struct { struct place *slot; size_t cap, used; struct out text; int32_t count; } places;

static int32_t add_text(const char *s)
{
    if (places.count++) put(&places.text, ",");
    put_string(&places.text, s, strlen(s));
    return places.count - 1;
}

static struct place *place_of(uint64_t pc, uint64_t up)
{
    if (places.used * 2 >= places.cap) {
        size_t old = places.cap;
        struct place *was = places.slot;
        places.cap = old ? old * 2 : 256;
        places.slot = malloc(places.cap * sizeof *places.slot);
        if (!places.slot) _exit(2);
        for (size_t i = 0; i < places.cap; i++) places.slot[i] = (struct place){0, 0, -1, -1};
        places.used = 0;
        for (size_t i = 0; i < old; i++)
            if (was[i].pc) *place_of(was[i].pc, was[i].up) = was[i];
        free(was);
    }
    size_t at = (size_t)(((pc + 3 * up) * 0x9e3779b97f4a7c15u) >> 32) & (places.cap - 1);
    while (places.slot[at].pc && (places.slot[at].pc != pc || places.slot[at].up != up)) at = (at + 1) & (places.cap - 1);
    if (!places.slot[at].pc) {
        places.slot[at].pc = pc;
        places.slot[at].up = up;
        places.used++;
    }
    return &places.slot[at];
}

/* The line of the program itself that called for the goroutine: where sync.WaitGroup's Go or another function of the library
 * has the go statement, its caller's. Else the go statement's. */
static int32_t creator_index(uint64_t pc, uint64_t up)
{
    if (!pc) return -1;
    struct place *p = place_of(pc, up);
    if (p->creator < 0) {
        struct gotk__pcinfo frames[2 * GOTK__MAX_INLINED];
        int n = gotk__pc_frames(pc - 1, frames), at = 0;
        if (up) n += gotk__pc_frames(up - 1, frames + n);
        for (int i = n - 1; i >= 0; i--)
            if (frames[i].func && frames[i].file && !strncmp(frames[i].func, "main.", 5)) at = i;
        char text[1024] = "?";
        if (n && frames[at].file) snprintf(text, sizeof text, "%s:%d", frames[at].file, frames[at].line);
        p->creator = add_text(text);
    }
    return p->creator;
}

/* What a goroutine runs. Its entry is a thunk of the go statement, named after the function that it calls
 * ("main.worker.gocall1", lower/function/defers.py), where that is known. */
static int32_t name_index(uint64_t pc)
{
    if (!pc) return -1;
    struct place *p = place_of(pc, 0);
    if (p->name < 0) {
        struct gotk__pcinfo info;
        char text[1024] = "?";
        if (gotk__pc_info(pc, &info) && info.func) {
            snprintf(text, sizeof text, "%s", strncmp(info.func, "gotk.entry", 10) ? info.func : "main.main");
            char *dot = strrchr(text, '.');
            if (dot && !strncmp(dot, ".gocall", 7)) *dot = 0;
        }
        p->name = add_text(text);
    }
    return p->name;
}

/* ---- the table ---- */

static const char *const states[] = {
#define STATE(code, NAME, text) [code] = text,
#define REASON(code, NAME, text)
#include "states.def"
#undef STATE
#undef REASON
};
static const char *const reasons[] = {
#define STATE(code, NAME, text)
#define REASON(code, NAME, text) [code] = text,
#include "states.def"
#undef STATE
#undef REASON
};

/* States of the goroutines that are alive, from their Gs. */
static void alive_state(void *arg, G *g)
{
    gotk__row *r = g->row;
    if (!r || r->id != g->id) return;
    r->state = (uint8_t)atomic_load(&g->state);
    r->reason = r->state == G_WAITING ? g->reason : WAIT_NONE;
    /* The time in the state that it is in now. */
    if (gotk__times && g->since) {
        int64_t d = *(int64_t *)arg - g->since;
        if (d > 0) *(r->state == G_RUNNING ? &r->running : r->state == G_RUNNABLE ? &r->runnable : r->state == G_SYSCALL ? &r->syscall : &r->waiting) += d;
        g->since = *(int64_t *)arg;
    }
}

/* All durations of a report by the same rate. */
static double tick_ns;
static int64_t in_ns(int64_t ticks) { return (int64_t)((double)ticks * tick_ns); }
static int64_t since_start(int64_t ticks) { return in_ns(ticks - gotk__start_ticks()); }

static int64_t row_value(const gotk__row *r, int column)
{
    switch (column) {
    case 0: return (int64_t)r->id;
    case 1: return (int64_t)r->parent_id;
    case 2: return creator_index(r->creator_pc, r->creator_up);
    case 3: return name_index(r->entry_pc);
    case 4: return r->state;
    case 5: return r->reason;
    case 6: return since_start(r->created);
    case 7: return r->ended < 0 ? -1 : since_start(r->ended);
    case 8: return gotk__times ? in_ns(r->running) : -1;
    case 9: return gotk__times ? in_ns(r->runnable) : -1;
    case 10: return gotk__times ? in_ns(r->waiting) : -1;
    case 11: return gotk__times ? in_ns(r->syscall) : -1;
    case 12: return gotk__times ? (int64_t)r->transitions : -1;
    default: return r->stack_bytes;
    }
}

static const struct { const char *name, *dtype; int size; const char *const *categories; int ncategories; } columns[] = {
    {"g", "int64", 8, NULL, 0},
    {"parent_g", "int64", 8, NULL, 0},
    {"creator", "int32", 4, NULL, 0},
    {"name", "int32", 4, NULL, 0},
    {"state", "uint8", 1, states, sizeof states / sizeof *states},
    {"wait_reason", "uint8", 1, reasons, sizeof reasons / sizeof *reasons},
    {"created_ns", "int64", 8, NULL, 0},
    {"ended_ns", "int64", 8, NULL, 0},
    {"running_ns", "int64", 8, NULL, 0},
    {"runnable_ns", "int64", 8, NULL, 0},
    {"waiting_ns", "int64", 8, NULL, 0},
    {"syscall_ns", "int64", 8, NULL, 0},
    {"transitions", "int64", 8, NULL, 0},
    {"stack_bytes", "int64", 8, NULL, 0},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t k = write(fd, p, n);
        if (k <= 0) return;
        p += k;
        n -= (size_t)k;
    }
}

/* Peak resident memory of this program. Not ru_maxrss: exec carries the parent's peak into it, and the parent may be a
 * notebook kernel of hundreds of megabytes. -1 if /proc is not there. */
static int64_t peak_rss_bytes(void)
{
    char text[4096];
    int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    if (n <= 0) return -1;
    text[n] = 0;
    const char *line = strstr(text, "VmHWM:");
    return line ? strtoll(line + 6, NULL, 10) * 1024 : -1;
}

static void metrics(struct out *o)
{
    struct gotk__sched *s = &gotk__sched;
    struct gotk__totals t;
    struct rusage ru;
    gotk__totals(&t);
    uint64_t of_rows = gotk__is_threads ? 0 : gotk__rows_peak_alive();
    if (of_rows > t.max_goroutines) t.max_goroutines = of_rows;
    getrusage(RUSAGE_SELF, &ru);
    put(o, "\"wall_ns\":%" PRId64, gotk__now() - gotk__start_ns());
    put(o, ",\"user_ns\":%" PRId64, (int64_t)ru.ru_utime.tv_sec * 1000000000 + ru.ru_utime.tv_usec * 1000);
    put(o, ",\"system_ns\":%" PRId64, (int64_t)ru.ru_stime.tv_sec * 1000000000 + ru.ru_stime.tv_usec * 1000);
    int64_t peak = peak_rss_bytes();
    if (peak >= 0) put(o, ",\"peak_rss_bytes\":%" PRId64, peak);
    put(o, ",\"voluntary_switches\":%ld,\"involuntary_switches\":%ld", ru.ru_nvcsw, ru.ru_nivcsw);
    put(o, ",\"gomaxprocs\":%u", atomic_load(&s->nprocs));
    put(o, ",\"goroutines_created\":%" PRIu64 ",\"goroutines_exited\":%" PRIu64, t.created, t.exited);
    put(o, ",\"max_goroutines\":%" PRIu64 ",\"threads_created\":%" PRIu64, t.max_goroutines, atomic_load(&s->n_threads));
    put(o, ",\"parks\":%" PRIu64, t.parks);
    if (!gotk__is_threads) {
        put(o, ",\"goroutine_switches\":%" PRIu64 ",\"steals\":%" PRIu64, t.switches, t.steals);
        put(o, ",\"preemptions\":%" PRIu64 ",\"handoffs\":%" PRIu64, t.preempts, t.handoffs);
        put(o, ",\"stack_peak_bytes\":%" PRIu64, gotk__stack_peak_bytes());
    } else {
        put(o, ",\"stack_size_bytes\":%" PRIu64, gotk__options.stack_size);
    }
    if (gotk__heap_total_bytes) put(o, ",\"heap_alloc_bytes\":%" PRIu64, gotk__heap_total_bytes());
    if (gotk__heap_peak_bytes) put(o, ",\"heap_peak_bytes\":%" PRIu64, gotk__heap_peak_bytes());
    put(o, ",\"goroutine_rows\":%" PRIu64, gotk__rows_used());
}

void gotk__threads_each_g(void (*f)(void *, G *), void *arg);

void gotk__report_write(const char *kind, int code, const char *message)
{
    gotk__control_update();
    int fd = gotk__options.report_fd;
    if (fd < 0) return;
    int64_t now = gotk__ticks();
    tick_ns = gotk__tick_ns();
    if (gotk__is_threads) gotk__threads_each_g(alive_state, &now);
    else gotk__each_g(alive_state, &now);
    uint64_t rows = gotk__rows_used();
    /* The columns first: they decide which strings there are. */
    struct out data = {0}, head = {0};
    size_t offsets[COLUMNS];
    for (int c = 0; c < COLUMNS; c++) {
        data.n = (data.n + 7) & ~(size_t)7;
        offsets[c] = data.n;
        reserve(&data, rows * (size_t)columns[c].size + 8);
        for (uint64_t i = 0; i < rows; i++) {
            gotk__row *r = gotk__row_at(i);
            int64_t v = r ? row_value(r, c) : 0;
            memcpy(data.p + data.n, &v, (size_t)columns[c].size); /* little endian: the low bytes */
            data.n += (size_t)columns[c].size;
        }
    }
    int64_t ntraces;
    const char *traces = gotk__printed_traces(&ntraces);
    if (ntraces > TEXT_MAX) ntraces = TEXT_MAX;
    put(&head, "{\"metrics\":{");
    metrics(&head);
    put(&head, "},\"exit\":{\"kind\":\"%s\",\"code\":%d,\"message\":", kind, code);
    put_string(&head, message, strlen(message));
    put(&head, ",\"traces\":");
    put_string(&head, traces, (size_t)ntraces);
    put(&head, "},\"tables\":{\"goroutines\":{\"rows\":%" PRIu64 ",\"columns\":{", rows);
    for (int c = 0; c < COLUMNS; c++) {
        put(&head, "%s\"%s\":{\"dtype\":\"%s\",\"offset\":%zu", c ? "," : "", columns[c].name, columns[c].dtype, offsets[c]);
        if (columns[c].categories) {
            put(&head, ",\"categories\":[");
            for (int i = 0; i < columns[c].ncategories; i++) put(&head, "%s\"%s\"", i ? "," : "", columns[c].categories[i]);
            put(&head, "]");
        }
        put(&head, "}");
    }
    put(&head, "}}},\"strings\":[");
    reserve(&head, places.text.n + 8);
    memcpy(head.p + head.n, places.text.p ? places.text.p : "", places.text.n);
    head.n += places.text.n;
    put(&head, "]}");
    uint64_t length = head.n;
    if (ftruncate(fd, 0)) { /* a pipe: nothing to truncate */ }
    write_all(fd, "GOTKRPT1", 8);
    write_all(fd, (char *)&length, 8);
    write_all(fd, head.p, head.n);
    write_all(fd, data.p ? data.p : "", data.n);
}
