/* SPDX-License-Identifier: BSD-3-Clause
 * From a pc to the function that holds it, and gotk__pc_info, which adds file and line.
 *
 * The table of functions is sorted by address and made at the first question (a trace, the report's creator lines), since
 * most runs ask nothing. Guarded by `lock`; a finished table is never changed, only replaced when more objects were
 * loaded, so pointers into it stay valid. Not async-signal-safe: it allocates. */
#include "loader.h"
#include "g.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gotk__mutex lock;
static struct gotk__func *funcs;
static uint64_t nfuncs;
static struct gotk__image *newest;       /* the image that was last when the table was made */

static int by_start(const void *a, const void *b) {
    const struct gotk__func *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

static void build_locked(void) {
    struct gotk__image *last = gotk__images;
    while (last && last->next) last = last->next;
    if (last == newest) return;
    uint64_t n = 0;
    struct gotk__func *f = NULL;
    for (int pass = 0; pass < 2; pass++) {
        if (pass) f = malloc((n + 1) * sizeof *f);
        n = 0;
        for (struct gotk__image *im = gotk__images; im; im = im->next)
            for (int k = 0; k < im->nobjs; k++) {
                struct gotk__object *o = &im->objs[k];
                for (uint32_t i = 1; i < o->nsym; i++) {
                    uint64_t at;
                    const Elf64_Sym *y = &o->sym[i];
                    if (ELF64_ST_TYPE(y->st_info) != STT_FUNC || y->st_shndx == SHN_UNDEF) continue;
                    if (!gotk__object_symbol(o, i, &at)) continue;
                    if (pass) f[n] = (struct gotk__func){at, at + y->st_size, o->str + y->st_name, o};
                    n++;
                }
            }
    }
    qsort(f, n, sizeof *f, by_start);
    funcs = f;                            /* the old table is left: somebody may hold a pointer into it */
    nfuncs = n;
    newest = last;
}

/* The function that contains pc, or NULL. */
const struct gotk__func *gotk__find_func(uint64_t pc) {
    gotk__lock(&lock);
    build_locked();
    struct gotk__func *f = funcs;
    uint64_t lo = 0, hi = nfuncs;
    gotk__unlock(&lock);
    while (lo < hi) {
        uint64_t mid = lo + (hi - lo) / 2;
        if (f[mid].start <= pc) lo = mid + 1;
        else hi = mid;
    }
    return lo > 0 && pc < f[lo - 1].end ? &f[lo - 1] : NULL;
}

/* What is known about the instruction at pc. A return address belongs to the instruction before it: callers pass pc - 1
 * for the frames above the innermost. Without line information file is "?" and line 0. */
bool gotk__pc_info(uint64_t pc, struct gotk__pcinfo *out) {
    const struct gotk__func *f = gotk__find_func(pc);
    if (!f) return false;
    out->func = f->name;
    out->func_start = f->start;
    if (!gotk__find_line(f->obj, f->start, pc, &out->file, &out->line)) {
        out->file = "?";
        out->line = 0;
    }
    return true;
}

static bool ends_with(const char *s, const char *end) {
    size_t n = strlen(s), m = strlen(end);
    return n >= m && !strcmp(s + n - m, end);
}

/* ".deferwrap1", ".gowrap12", ".gocall3": functions around the call of a defer or go statement. */
static bool is_thunk(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && (!strncmp(dot, ".deferwrap", 10) || !strncmp(dot, ".gowrap", 7) || !strncmp(dot, ".gocall", 7));
}

/* A function's name as programs see it, or NULL if Go has no frame there. `debug_name` is the compiler's mark of a method wrapper
 * (lower/module/wrappers.py). */
static const char *shown_name(const char *name, const char *debug_name) {
    if (debug_name && ends_with(debug_name, "-wrapper")) return NULL;
    if (is_thunk(name)) return NULL;
    if (!strcmp(name, "runtime.startPanic")) return "runtime.gopanic";
    if (!strcmp(name, "runtime.gopanic") || !strcmp(name, "runtime.deferreturn") || !strcmp(name, "runtime.panicBounds")) return NULL;
    if (!strncmp(name, "gotk.entry", 10)) return "runtime.main";
    return name;
}

int gotk__pc_frames(uint64_t pc, struct gotk__pcinfo *out) {
    struct gotk__inline calls[GOTK__MAX_INLINED];
    if (!gotk__pc_info(pc, &out[0])) return 0;
    const struct gotk__func *f = gotk__find_func(pc);
    const char *own;
    int n = pc == f->start ? (own = NULL, 0) : gotk__find_inlines(f->obj, pc, calls, GOTK__MAX_INLINED - 1, &own);
    for (int i = 0; i < n; i++) {
        out[i + 1] = (struct gotk__pcinfo){NULL, calls[i].call_file, calls[i].call_line, f->start};
        out[i].func = shown_name(calls[i].name, calls[i].name);
    }
    out[n].func = shown_name(f->name, own);
    return n + 1;
}

/* /tmp/perf-PID.map: perf's own format for generated code, "start size name" in hexadecimal. */
void gotk__write_perf_map(void) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
    FILE *out = fopen(path, "w");
    if (!out) return;
    gotk__lock(&lock);
    build_locked();
    for (uint64_t i = 0; i < nfuncs; i++)
        fprintf(out, "%llx %llx %s\n", (unsigned long long)funcs[i].start,
                (unsigned long long)(funcs[i].end - funcs[i].start), funcs[i].name);
    gotk__unlock(&lock);
    fclose(out);
}
