/* SPDX-License-Identifier: BSD-3-Clause
 * Marking by one and by several threads: random graphs with chains, wide arrays and cycles, against a search of our own.
 * What is reachable must be marked, and nothing else. GOTK_TEST_SEED sets the seed. */
#include "harness.h"
#include "heap.h"
#include "scheduler.h"
#include "types.h"

enum { OBJECTS = 60000, KIDS = 6, ROUNDS = 40 };
static uint64_t rng;
static struct node { struct node **at; uint32_t kid[KIDS], nkids; bool noscan, reached; } node[OBJECTS];
static void *root[8];
static uint32_t queue[OBJECTS];

static void make_graph(void) {
    uint64_t shape = next_random(&rng) % 3;
    for (uint32_t n = 0; n < OBJECTS; n++) {
        uint64_t r = next_random(&rng);
        node[n] = (struct node){.noscan = r % 5 == 0};
        uint64_t size = KIDS * 8 + (r % 97 == 0 ? 100000 : r % 7 * 16);
        node[n].at = gotk__alloc_bytes(size, node[n].noscan);
    }
    for (uint32_t n = 0; n < OBJECTS; n++) {
        if (node[n].noscan) {
            node[n].at[0] = (struct node *)node[next_random(&rng) % OBJECTS].at;   /* looks like a pointer, keeps nothing */
            continue;
        }
        uint64_t kids = shape == 0 ? 1 : next_random(&rng) % (shape == 1 ? 2 : KIDS + 1);
        for (uint64_t k = 0; k < kids; k++) {
            uint32_t to = shape == 0 && n + 1 < OBJECTS ? n + 1 : (uint32_t)(next_random(&rng) % OBJECTS);
            node[n].kid[node[n].nkids++] = to;
            node[n].at[k] = (struct node *)((char *)node[to].at + next_random(&rng) % 40);
        }
    }
}

static void search(void) {
    uint32_t n = 0;
    for (unsigned i = 0; i < sizeof root / sizeof *root; i++) {
        uint32_t to = (uint32_t)(next_random(&rng) % OBJECTS);
        root[i] = node[to].at;
        if (!node[to].reached) { node[to].reached = true; queue[n++] = to; }
    }
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t c = 0; c < node[queue[k]].nkids; c++) {
            uint32_t to = node[queue[k]].kid[c];
            if (!node[to].reached) { node[to].reached = true; queue[n++] = to; }
        }
}

int main(void) {
    const char *s = getenv("GOTK_TEST_SEED");
    rng = s ? strtoull(s, NULL, 0) : 88172645463325252u;
    printf("seed %llu\n", (unsigned long long)rng);
    gotk__options.procs = 1;
    gotk__options.control_fd = gotk__options.report_fd = -1;
    gotk__clock_init();
    gotk__random_init(rng);
    gotk__heap_init(2ull << 30);
    for (int round = 0; round < ROUNDS; round++) {
        if (round % 4 == 0) {
            gotk__gc_run();                /* nothing is a root here: the graph before goes */
            make_graph();
        }
        for (uint32_t n = 0; n < OBJECTS; n++) node[n].reached = false;
        search();
        gotk__heap_flush_caches();
        gotk__mark_begin((uint32_t)round % 4);
        gotk__mark_range(NULL, root, root + sizeof root / sizeof *root / 2);
        if (round % 3 == 0) gotk__mark_finish();       /* as finalizers do: some more afterwards */
        gotk__mark_range(NULL, root + sizeof root / sizeof *root / 2, root + sizeof root / sizeof *root);
        gotk__mark_finish();
        for (uint32_t n = 0; n < OBJECTS; n++)
            EXPECT(gotk__is_marked(node[n].at) == node[n].reached, "round %d, object %u of %llu: reached %d", round, n,
                   (unsigned long long)(uintptr_t)node[n].at, node[n].reached);
        gotk__mark_end();
    }
    puts("ok");
    return 0;
}
