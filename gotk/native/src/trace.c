/* SPDX-License-Identifier: BSD-3-Clause
 * Stacks of goroutines as text, in the form of Go's traces: for panics, fatal errors, SIGQUIT, runtime.Stack and the report.
 *
 * The walk follows frame pointers (compiled code has them in every function). Where a frame was called on a further stack
 * segment its return address is __morestack's; the real one lies where that segment's old_sp points. A goroutine that is
 * running on another M at the moment cannot be walked. Runs on g0 or a runtime thread; allocates with malloc, never
 * from the heap of the program, which may be what is broken. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scheduler.h"
uint64_t gotk__sigframe_pc(void *frame);
void gotk__threads_each_g(void (*f)(void *, G *), void *arg);

enum { FRAMES_SHOWN = 50,      /* at each end of a deep stack, as Go does */
       GOROUTINES_SHOWN = 5000 };

/* ---- walking ---- */

static bool within(const gotk__seg *s, uint64_t fp)
{
    return fp >= s->limit - STACK_GUARD && fp + 16 <= s->top;
}

/* The segment that fp lies in: seg, or the one before it if the frame pointer was saved just behind the crossing. */
static gotk__seg *segment_of(G *g, gotk__seg *seg, uint64_t fp)
{
    if (fp & 7) return NULL;
    enum { REACH = SEGMENTED_STACKS ? STACK_GUARD : 64 << 10 };    /* only a check in the prologues keeps frames above the limit */
    if (gotk__is_threads) return fp >= g->stack_limit - REACH && fp < g->seg0.top ? seg : NULL;
    for (int i = 0; seg && i < 2; i++, seg = seg->prev)
        if (within(seg, fp)) return seg;
    return NULL;
}

static bool is_end(uint64_t pc)
{
    return (pc >= (uint64_t)gotk__gostart && pc < (uint64_t)gotk__gostart_end) || pc == (uint64_t)gotk__thread_call_end;
}

/* The stubs between Go code and Go code that reflect calls or made: frames like others, but nobody's source. */
static bool in_reflect(uint64_t pc)
{
    return pc >= (uint64_t)gotk__reflect_begin && pc < (uint64_t)gotk__reflect_end;
}

/* Calls f for each pc, innermost first. Return addresses are given as they are: look them up at pc - 1. */
static void walk(G *g, void (*f)(void *, uint64_t), void *arg)
{
    gotk__seg *seg = g->seg;
    uint64_t fp = g->fp, pc;
    if (g->sigframe) {
        pc = gotk__sigframe_pc(g->sigframe) + 1;
    } else {
        pc = *(uint64_t *)g->sp;
#if defined(__x86_64__)
        /* A return address that points to `ret`: stopped in a prologue, at the call of __morestack. */
        if ((gotk__in_go_text(pc) || in_reflect(pc)) && *(uint8_t *)pc == 0xc3) {
            if (!in_reflect(pc)) f(arg, pc);
            pc = ((uint64_t *)g->sp)[1];
        }
#endif
    }
    for (;;) {
#if SEGMENTED_STACKS
        if (pc == (uint64_t)gotk__morestack_return && seg && seg->prev) {
            pc = ((uint64_t *)seg->old_sp)[1];
            seg = seg->prev;
            continue;
        }
#endif
        if (!pc || is_end(pc)) return;
        if (!in_reflect(pc)) f(arg, pc);
        if (!fp || !(seg = segment_of(g, seg, fp))) return;
        pc = ((uint64_t *)fp)[1];
        uint64_t up = *(uint64_t *)fp;
        if (up == fp) return;
        fp = up;
    }
}

/* Where every goroutine's stack ends, as a return address: runtime.goexit in the eyes of the program. */
uint64_t gotk__goexit_pc(void) { return (uint64_t)gotk__gostart + 1; }

struct collect { uint64_t *pcs; int64_t n, max; };

static void collect(void *arg, uint64_t pc)
{
    struct collect *c = arg;
    if (c->n < c->max) c->pcs[c->n++] = pc;
}

/* The return addresses on g's stack, innermost first; g is the caller or does not run. */
int64_t gotk__walk_stack(G *g, uint64_t *pcs, int64_t max)
{
    struct collect c = {pcs, 0, max};
    walk(g, collect, &c);
    return c.n;
}

/* ---- text ---- */

static void put(struct gotk__text *t, const char *format, ...)
{
    char line[2048];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n > (int)sizeof line - 1) n = sizeof line - 1;
    if (t->len + n + 1 > t->cap) {
        int64_t cap = t->cap ? t->cap * 2 : 8192;
        char *more = realloc(t->p, (size_t)cap);
        if (!more) return;
        t->p = more;
        t->cap = cap;
    }
    memcpy(t->p + t->len, line, (size_t)n + 1);
    t->len += n;
}

/* Frames of the runtime itself are not the reader's business, except exported functions, and panics below what is shown. */
static bool hidden(const char *func, bool first)
{
    if (!func) return true;
    if (strncmp(func, "runtime.", 8) != 0) return false;
    if (!first && strcmp(func, "runtime.gopanic") == 0) return false;
    if (first && strcmp(func, "runtime.Stack") == 0) return true;
    return !(func[8] >= 'A' && func[8] <= 'Z') && strchr(func, '/') == NULL;
}

static void put_frame(struct gotk__text *t, uint64_t pc, bool first)
{
    struct gotk__pcinfo info[GOTK__MAX_INLINED];
    int n = gotk__pc_frames(pc - 1, info);
    if (!n) put(t, "?(...)\n\t?:0 pc=0x%llx\n", (unsigned long long)pc);
    for (int i = 0; i < n; i++) {
        const char *func = info[i].func;
        if (hidden(func, first)) continue;
        if (strcmp(func, "runtime.gopanic") == 0) func = "panic";
        put(t, "%s(%s)\n\t%s:%d", func, strcmp(func, "main.main") == 0 ? "" : "...", info[i].file ? info[i].file : "?", info[i].line);
        if (i == n - 1) put(t, " +0x%llx", (unsigned long long)(pc - info[i].func_start));   /* inlined calls have no place of their own */
        put(t, "\n");
        first = false;
    }
}

struct frames { uint64_t first[FRAMES_SHOWN], last[FRAMES_SHOWN]; uint64_t n, raw; };

static void count_frame(void *arg, uint64_t pc)
{
    struct frames *f = arg;
    f->raw++;
    /* Looking up millions of frames of a runaway recursion would take seconds: hide only near the top. */
    if (f->raw < 4 * FRAMES_SHOWN) {
        struct gotk__pcinfo info[GOTK__MAX_INLINED];
        int n = gotk__pc_frames(pc - 1, info), i = 0;
        while (i < n && hidden(info[i].func, f->n == 0)) i++;
        if (n && i == n) return;
    }
    if (f->n < FRAMES_SHOWN) f->first[f->n] = pc;
    else f->last[f->n % FRAMES_SHOWN] = pc;
    f->n++;
}

static const char *const reasons[256] = {
#define STATE(code, NAME, text)
#define REASON(code, NAME, text) [code] = text,
#include "states.def"
#undef STATE
#undef REASON
};

static const char *state_text(G *g, bool current)
{
    switch (atomic_load_explicit(&g->state, memory_order_acquire)) {
    case G_RUNNABLE: return "runnable";
    case G_SYSCALL: return "syscall";
    case G_WAITING: return g->reason < 255 && reasons[g->reason] ? reasons[g->reason] : "waiting";
    default: return "running";
    }
}

static void put_g(struct gotk__text *t, G *g, bool current)
{
    uint32_t state = atomic_load_explicit(&g->state, memory_order_acquire);
    put(t, "goroutine %llu [%s]:\n", (unsigned long long)g->id, state_text(g, current));
    if (state == G_RUNNING && !current) {
        put(t, "\tgoroutine running on other thread; stack unavailable\n");
    } else {
        static _Thread_local struct frames *f;
        if (!f) f = malloc(sizeof *f);
        if (!f) return;
        f->n = f->raw = 0;
        walk(g, count_frame, f);
        uint64_t head = f->n < FRAMES_SHOWN ? f->n : FRAMES_SHOWN;
        for (uint64_t i = 0; i < head; i++) put_frame(t, f->first[i], i == 0);
        uint64_t tail = f->n - head;
        if (tail > FRAMES_SHOWN) {
            put(t, "...%llu frames elided...\n", (unsigned long long)(tail - FRAMES_SHOWN));
            tail = FRAMES_SHOWN;
        }
        for (uint64_t i = f->n - tail; i < f->n; i++) put_frame(t, f->last[i % FRAMES_SHOWN], false);
    }
    struct gotk__pcinfo info[GOTK__MAX_INLINED];
    if (g->creator_pc && gotk__pc_frames(g->creator_pc - 1, info) && !hidden(info[0].func, g->id == 1))
        put(t, "created by %s in goroutine %llu\n\t%s:%d +0x%llx\n", info[0].func, (unsigned long long)g->parent_id,
            info[0].file ? info[0].file : "?", info[0].line, (unsigned long long)(g->creator_pc - info[0].func_start));
}

struct list { G **g; int64_t n, cap; };

static void add(void *arg, G *g)
{
    struct list *l = arg;
    if (g->flags & G_FLAG_SYSTEM) return;
    if (l->n == l->cap) {
        int64_t cap = l->cap ? l->cap * 2 : 256;
        G **more = realloc(l->g, (size_t)cap * sizeof *more);
        if (!more) return;
        l->g = more;
        l->cap = cap;
    }
    l->g[l->n++] = g;
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = (*(G *const *)a)->id, y = (*(G *const *)b)->id;
    return x < y ? -1 : x > y;
}

/* Appends the block of current (may be null) and, with all, of every other goroutine by number. */
void gotk__trace_text(struct gotk__text *t, G *current, bool all)
{
    if (current) put_g(t, current, true);
    if (!all) return;
    struct list l = {0};
    if (gotk__is_threads) gotk__threads_each_g(add, &l);
    else gotk__each_g(add, &l);
    if (l.n) qsort(l.g, (size_t)l.n, sizeof *l.g, by_id);
    int64_t shown = current != NULL;
    for (int64_t i = 0; i < l.n && shown < GOROUTINES_SHOWN; i++) {
        if (l.g[i] == current) continue;
        if (shown++) put(t, "\n");
        put_g(t, l.g[i], false);
    }
    if (l.n > shown) put(t, "\n...%lld goroutines more...\n", (long long)(l.n - shown));
    free(l.g);
}

static struct gotk__text printed;

void gotk__print_traces(G *current, bool all)
{
    struct gotk__text t = {0};
    put(&t, "\n");
    gotk__trace_text(&t, current, all);
    if (t.p) gotk__write_stderr(t.p, t.len);
    printed = t;
}

/* What was printed when the process began to die, for the report; "" if nothing. */
const char *gotk__printed_traces(int64_t *n)
{
    *n = printed.len > 1 ? printed.len - 1 : 0;
    return printed.p ? printed.p + 1 : "";
}
