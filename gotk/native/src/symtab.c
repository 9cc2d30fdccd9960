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
    if (!gotk__find_line(f->obj, pc, &out->file, &out->line)) {
        out->file = "?";
        out->line = 0;
    }
    return true;
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
