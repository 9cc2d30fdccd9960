/* SPDX-License-Identifier: BSD-3-Clause
 * The heap and the collector without a scheduler: sizes and rounding, memory zeroed and disjoint, random object graphs
 * against a model, several threads, the memory limit. GOTK_TEST_SEED sets the seed. */
#include "heap.h"
#include "scheduler.h"
#include "types.h"
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t rng;
typedef struct { void *ptr; int64_t cap; } grown;
grown gotk__growslice(const void *old, int64_t want, int64_t old_cap, int64_t added, const gotk_type *et);
void *gotk__makeslice(const gotk_type *et, int64_t len, int64_t cap);

static void test_classes(void) {
    for (uint32_t size = 1; size <= MAX_SMALL; size++) {
        uint32_t c = gotk__size_class(size);
        EXPECT(c > 0 && c < NCLASSES && gotk__class_size[c] >= size && gotk__class_size[c - 1] < size, "size %u class %u", size, c);
    }
    /* as real Go 1.27 rounds: cap(append([]byte(nil), make([]byte, n)...)) and, less the header, of pointers */
    static const uint64_t noscan[][2] = {{1, 8}, {33, 48}, {1025, 1152}, {4865, 5376}, {32761, 32768}, {32769, 40960}, {100000, 106496}};
    static const uint64_t scan[][2] = {{8, 8}, {512, 512}, {520, 568}, {1024, 1144}, {2048, 2296}, {32240, 32760}, {32768, 32768}, {42480, 49152}};
    for (unsigned i = 0; i < sizeof noscan / sizeof *noscan; i++)
        EXPECT(gotk__roundupsize(noscan[i][0], true) == noscan[i][1], "%llu -> %llu", (unsigned long long)noscan[i][0], (unsigned long long)gotk__roundupsize(noscan[i][0], true));
    for (unsigned i = 0; i < sizeof scan / sizeof *scan; i++)
        EXPECT(gotk__roundupsize(scan[i][0], false) == scan[i][1], "%llu -> %llu", (unsigned long long)scan[i][0], (unsigned long long)gotk__roundupsize(scan[i][0], false));
}

/* Capacities of repeated append, one element at a time, as real Go 1.27 shows them for slices on the heap. */
static void test_growth(void) {
    static const gotk_type s40 = {.size = 40, .kind = KIND_STRUCT, .align = 8}, s5 = {.size = 5, .align = 1, .flags = TYPE_NOPTR};
    static const struct { const gotk_type *t; int64_t caps[18]; } want[] = {
        {&t_int64, {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280, 1792, 2560, 3408, 5120, 7168}},
        {&t_ptr, {1, 2, 4, 8, 16, 32, 64, 143, 287, 607, 1023, 1535, 2303, 3071, 4095, 6144}},
        {&t_string, {1, 2, 4, 8, 16, 32, 71, 143, 303, 591, 1023, 1535, 2560, 3584, 5120, 6656}},
        {&s40, {1, 2, 4, 8, 17, 35, 76, 153, 307, 614, 1024, 1638, 2252, 3072, 4096, 5324, 6963}},
        {&t_int32, {2, 4, 8, 16, 32, 64, 128, 256, 512, 864, 1344, 2048, 3072, 4096, 5440, 7168}},
        {&s5, {1, 3, 6, 12, 25, 51, 102, 204, 409, 819, 1228, 1894, 2713, 3686, 4915, 6553}},
    };
    for (unsigned i = 0; i < sizeof want / sizeof *want; i++) {
        const gotk_type *t = want[i].t;
        uint8_t *p = NULL;
        int64_t cap = 0, k = 0;
        for (int64_t len = 0; len < 5000; len++) {
            if (len == cap) {
                grown g = gotk__growslice(p, len + 1, cap, 1, t);
                EXPECT(g.cap == want[i].caps[k], "type %u: cap %lld, Go has %lld", i, (long long)g.cap, (long long)want[i].caps[k]);
                EXPECT(len == 0 || !memcmp(g.ptr, p, (size_t)len * t->size), "contents lost");
                for (uint64_t b = (uint64_t)len * t->size; b < (uint64_t)g.cap * t->size; b++) EXPECT(((uint8_t *)g.ptr)[b] == 0, "not zero");
                k++;
                p = g.ptr;
                cap = g.cap;
            }
            memset(p + len * (int64_t)t->size, (int)len, t->size);
        }
    }
    grown g = gotk__growslice(NULL, 7, 0, 7, &t_empty);
    EXPECT(g.ptr && g.cap == 7, "slices of nothing");
    EXPECT(gotk__growslice(NULL, 5, 0, 5, &t_int64).cap == 6 && gotk__growslice(NULL, 1000, 0, 1000, &t_int64).cap == 1024, "append of many");
}

/* ---- object graphs: objects hold their number, their size and pointers (some into the middle of objects) */

enum { OBJECTS = 4000, ROOTS = 40, MAX_KIDS = 6 };
struct object { uint64_t number, size, nkids; void *kid[]; };
static void *root[ROOTS];
static struct { struct object *at; uint64_t size, nkids, kid[MAX_KIDS]; bool used, noscan, reached; } model[OBJECTS];
static uint64_t root_of[ROOTS];

static void reach(uint64_t n) {
    static uint64_t todo[OBJECTS * MAX_KIDS + ROOTS];
    uint64_t k = 0;
    for (todo[k++] = n; k;) {
        n = todo[--k];
        if (model[n].reached) continue;
        model[n].reached = true;
        for (uint64_t i = 0; i < model[n].nkids; i++) if (!model[model[n].kid[i]].reached) todo[k++] = model[n].kid[i];
    }
}

static bool fill_ok(uint64_t n) {
    const uint8_t *p = (const uint8_t *)model[n].at;
    uint64_t from = model[n].noscan ? 0 : sizeof(struct object) + MAX_KIDS * 8;
    for (uint64_t i = from; i < model[n].size; i++) if (p[i] != (uint8_t)(n * 31 + i)) return false;
    return model[n].noscan || (model[n].at->number == n && model[n].at->size == model[n].size);
}

static uint64_t new_object(void) {
    static uint64_t hint;
    while (model[hint % OBJECTS].used) hint++;
    uint64_t n = hint % OBJECTS, r = next_random(&rng);
    bool noscan = r & 1;
    uint64_t least = sizeof(struct object) + MAX_KIDS * 8, size = least + (r >> 8) % ((r >> 2 & 31) == 0 ? 200000 : (r >> 2 & 3) == 0 ? 3000 : 100);
    if (noscan && (r & 2)) size = 1 + (r >> 8) % 64;
    uint8_t *p = gotk__alloc_bytes(size, noscan);
    for (uint64_t i = 0; i < size; i++) EXPECT(p[i] == 0, "object of %llu bytes is not zero", (unsigned long long)size);
    EXPECT(((uintptr_t)p & 7) == 0, "alignment");
    model[n].at = (struct object *)p;
    model[n].size = size;
    model[n].noscan = noscan;
    model[n].used = true;
    model[n].nkids = 0;
    for (uint64_t i = noscan ? 0 : least; i < size; i++) p[i] = (uint8_t)(n * 31 + i);
    if (!noscan) {
        model[n].at->number = n;
        model[n].at->size = size;
    }
    return n;
}

static void test_graph(void) {
    gotk__gc_add_root(root, root + ROOTS);
    for (int i = 0; i < ROOTS; i++) root_of[i] = UINT64_MAX;
    for (int round = 0; round < 60; round++) {
        uint64_t alive = 0;
        for (uint64_t n = 0; n < OBJECTS; n++) alive += model[n].used;
        for (uint64_t k = 0; k < (OBJECTS - alive) * 3 / 4; k++) {
            uint64_t n = new_object(), r = next_random(&rng);
            /* from a root, or from another object that is reached now */
            uint64_t parent = (r >> 8) % OBJECTS;
            if ((r & 7) == 0 || !model[parent].used || model[parent].noscan || model[parent].nkids == MAX_KIDS) {
                int i = (int)((r >> 40) % ROOTS);
                root[i] = (char *)model[n].at + (r >> 20) % model[n].size;
                root_of[i] = n;
            } else {
                uint64_t c = model[parent].nkids++;
                model[parent].at->nkids = c + 1;
                model[parent].kid[c] = n;
                model[parent].at->kid[c] = (char *)model[n].at + ((r & 8) ? (r >> 20) % model[n].size : 0);
            }
        }
        for (int i = 0; i < ROOTS; i++) if (next_random(&rng) % 5 == 0) { root[i] = NULL; root_of[i] = UINT64_MAX; }
        for (uint64_t n = 0; n < OBJECTS; n++) model[n].reached = false;
        for (int i = 0; i < ROOTS; i++) if (root_of[i] != UINT64_MAX) reach(root_of[i]);
        uint64_t allocs, bytes, live = 0;
        gotk__gc_run();
        gotk__heap_totals(&allocs, &bytes);
        for (uint64_t n = 0; n < OBJECTS; n++) {
            if (!model[n].used) continue;
            if (model[n].reached) {
                live++;
                EXPECT(fill_ok(n), "object %llu was damaged", (unsigned long long)n);
            } else {
                if (model[n].at) memset(model[n].at, 0xa5, model[n].size);   /* it is garbage: the next owner must see zeros */
                model[n].used = false;
            }
        }
        EXPECT(allocs - gotk__heap_frees == live, "round %d: %llu live objects, collector kept %llu", round,
               (unsigned long long)live, (unsigned long long)(allocs - gotk__heap_frees));
    }
    memset(root, 0, sizeof root);
    for (uint64_t n = 0; n < OBJECTS; n++) model[n].used = false;
    gotk__gc_run();
    EXPECT(gotk__heap_live_bytes() == 0 && atomic_load(&gotk__pages.used) == 0, "%llu bytes left", (unsigned long long)gotk__heap_live_bytes());
}

/* A chain as long as memory allows must not overflow anything; nor a large array of pointers. */
static void test_deep(void) {
    void **head = NULL;
    for (int i = 0; i < 1000000; i++) {
        void **n = gotk__alloc_bytes(16, false);
        n[0] = head;
        head = n;
    }
    void **wide = gotk__alloc_bytes(300000 * 8, false);
    for (int i = 0; i < 300000; i++) wide[i] = gotk__alloc_bytes(8, true);
    root[0] = head;
    root[1] = wide;
    gotk__gc_run();
    uint64_t allocs, bytes;
    gotk__heap_totals(&allocs, &bytes);
    EXPECT(allocs - gotk__heap_frees == 1300001, "%llu objects", (unsigned long long)(allocs - gotk__heap_frees));
    root[0] = root[1] = NULL;
    gotk__gc_run();
    uint64_t used = atomic_load(&gotk__pages.used);
    EXPECT(used == 0, "%llu bytes used", (unsigned long long)used);
    gotk__gcs.release = true;
    gotk__gc_run();
    EXPECT(gotk__pages.released == gotk__heap_committed(), "memory not given back");
}

static void *thread(void *arg) {
    uint64_t s = (uint64_t)(uintptr_t)arg * 0x9e3779b97f4a7c15u + 1;
    enum { KEEP = 500 };
    uint64_t *p[KEEP] = {0}, n[KEEP] = {0};
    for (int i = 0; i < 100000; i++) {
        uint64_t r = next_random(&s), k = r % KEEP;
        for (uint64_t w = 0; w < n[k]; w++) EXPECT(p[k][w] == (uint64_t)(uintptr_t)p[k] + (uint64_t)(uintptr_t)arg, "object of another thread");
        n[k] = 1 + (r >> 16) % 40;
        p[k] = gotk__alloc_bytes(n[k] * 8, true);
        for (uint64_t w = 0; w < n[k]; w++) {
            EXPECT(p[k][w] == 0, "not zero");
            p[k][w] = (uint64_t)(uintptr_t)p[k] + (uint64_t)(uintptr_t)arg;
        }
    }
    return NULL;
}

static void test_threads(void) {
    pthread_t t[4];
    for (uint64_t i = 0; i < 4; i++) pthread_create(&t[i], NULL, thread, (void *)(uintptr_t)(i + 1));
    for (int i = 0; i < 4; i++) pthread_join(t[i], NULL);
}

static void test_limit(uint64_t piece, const char *want) {
    int fds[2];
    EXPECT(pipe(fds) == 0);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fds[1], 2);
        gotk__heap_init(64 << 20);
        for (;;) gotk__alloc_bytes(piece, true);
    }
    close(fds[1]);
    char text[4096];
    size_t n = 0;
    for (ssize_t k; (k = read(fds[0], text + n, sizeof text - 1 - n)) > 0;) n += (size_t)k;
    text[n] = 0;
    close(fds[0]);
    int st;
    waitpid(pid, &st, 0);
    EXPECT(WIFEXITED(st) && WEXITSTATUS(st) == 2, "status %x: %s", st, text);
    EXPECT(!strncmp(text, want, strlen(want)) && strstr(text, "memory limit 64 MiB"), "%s", text);
}

static void bench(void) {
    static gotk__mcache cache;
    P *p = calloc(1, sizeof *p + 128);
    p = (P *)(((uintptr_t)p + 127) & ~127ul);
    gotk__heap_p_init(p);
    gotk__m()->p = p;
    for (int round = 0; round < 3; round++)
        for (uint64_t size = 16; size <= 1024; size *= 4) {
            int64_t t = gotk__now();
            for (int i = 0; i < 1000000; i++) gotk__alloc_bytes(size, false);
            double ns = (double)(gotk__now() - t) / 1e6;
            t = gotk__now();
            gotk__gc_run();
            printf("%llu bytes: %.1f ns, collect %.2f ms\n", (unsigned long long)size, ns, (double)(gotk__now() - t) / 1e6);
        }
    (void)cache;
}

int main(int argc, char **argv) {
    const char *s = getenv("GOTK_TEST_SEED");
    rng = s ? strtoull(s, NULL, 0) : 88172645463325252u;
    printf("seed %llu\n", (unsigned long long)rng);
    gotk__options.procs = 1;
    gotk__options.control_fd = gotk__options.report_fd = -1;
    gotk__clock_init();
    gotk__random_init(rng);
    test_limit(100, "fatal error: runtime: out of memory: cannot allocate");
    test_limit(50000, "fatal error: runtime: out of memory: cannot allocate");
    test_limit(100 << 20, "fatal error: runtime: out of memory: cannot allocate 104857600-byte block");
    gotk__heap_init(2ull << 30);
    if (argc > 1) { bench(); return 0; }
    test_classes();
    test_growth();
    test_graph();
    test_deep();
    test_threads();
    puts("ok");
    return 0;
}
