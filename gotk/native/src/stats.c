/* SPDX-License-Identifier: BSD-3-Clause
 * Accounting: counters summed over the Ps, and the goroutine table (a row for each of the first goroutines).
 *
 * Counters belong to a P (or are atomics where there is none) and are summed when asked for; racy reads are fine.
 * Rows live in blocks that are added as goroutines are made and never move: the first ones a block at a time, then as many as fill
 * a huge page, whose provision costs a third a row (for a goroutine that does nothing, the rest of its life is no dearer). Beyond the bound all goroutines share one row
 * of their own, whose sums nobody reads. The time columns cost a clock read at each switch and can be switched off. */
#include <string.h>
#include <sys/mman.h>

#include "scheduler.h"

enum { ROWS_A_BLOCK = 1024, MAX_BLOCKS = 4096,
       SMALL_BLOCKS = 8,       /* so many before the first huge page */
       BLOCK_BYTES = ROWS_A_BLOCK * sizeof(gotk__row),
       HUGE_BLOCKS = HUGE_PAGE / BLOCK_BYTES };

bool gotk__times;
static gotk__row *blocks[MAX_BLOCKS];
static gotk__mutex lock;
static uint64_t bound;
static _Atomic uint64_t taken;
gotk__row gotk__row_shared = {.id = UINT64_MAX};
_Atomic bool gotk__rows_full;

void gotk__rows_init(uint64_t n)
{
    bound = n > (uint64_t)ROWS_A_BLOCK * MAX_BLOCKS ? (uint64_t)ROWS_A_BLOCK * MAX_BLOCKS : n;
    gotk__times = gotk__options.times;
}

uint64_t gotk__rows_used(void)
{
    uint64_t n = atomic_load(&taken);
    return n < bound ? n : bound;
}

gotk__row *gotk__row_at(uint64_t i)
{
    gotk__row *b = __atomic_load_n(&blocks[i / ROWS_A_BLOCK], __ATOMIC_ACQUIRE);
    return b ? &b[i % ROWS_A_BLOCK] : NULL;
}

/* Makes block n, and some after it; the lock is held. False: no memory. */
static bool add_blocks(uint64_t n)
{
    uint64_t count = n < SMALL_BLOCKS ? 1 : HUGE_BLOCKS, size = count == 1 ? (uint64_t)BLOCK_BYTES : HUGE_PAGE;
    char *m;
    if (count > 1) {
        m = gotk__map_huge(size);
    } else {
        m = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (m == MAP_FAILED) m = NULL;
    }
    if (!m) return false;
    if (n) gotk__populate(m, m + size, count > 1);
    for (uint64_t i = 0; i < count && n + i < MAX_BLOCKS; i++)
        __atomic_store_n(&blocks[n + i], (gotk__row *)(m + i * BLOCK_BYTES), __ATOMIC_RELEASE);
    return true;
}

gotk__row *gotk__row_take(void)
{
    uint64_t i = atomic_fetch_add_explicit(&taken, 1, memory_order_relaxed);
    if (i >= bound) {
        gotk__rows_full = true;
        return &gotk__row_shared;
    }
    gotk__row **slot = &blocks[i / ROWS_A_BLOCK], *b = __atomic_load_n(slot, __ATOMIC_ACQUIRE);
    if (__builtin_expect(!b, 0)) {
        gotk__lock(&lock);
        /* Another block than the one after the last may be asked for first. */
        uint64_t n = i / ROWS_A_BLOCK;
        while (n && !blocks[n - 1]) n--;
        while (!(b = *slot) && add_blocks(n)) while (n < MAX_BLOCKS && blocks[n]) n++;
        gotk__unlock(&lock);
        if (!b) return &gotk__row_shared;
    }
    return &b[i % ROWS_A_BLOCK];
}

void gotk__totals(struct gotk__totals *t)
{
    struct gotk__sched *s = &gotk__sched;
    memset(t, 0, sizeof *t);
    uint32_t n = atomic_load(&s->nallp);
    /* All that were created before any that ended: the number alive comes out too small while they run on, never too large (nor below
     * zero: one P's goroutines may end on another), since the largest that was ever seen is kept. */
    for (uint32_t i = 0; i < n; i++) t->created += READ(s->allp[i]->n_spawns);
    t->created += atomic_load(&s->n_threads_mode_created);
    atomic_thread_fence(memory_order_acquire);
    for (uint32_t i = 0; i < n; i++) {
        P *p = s->allp[i];
        t->exited += READ(p->n_exits);
        t->switches += READ(p->n_switches);
        t->steals += READ(p->n_steals);
        t->parks += READ(p->n_parks);
        t->preempts += READ(p->n_preempts);
        t->local += gotk__runq_len(p);
        uint32_t status = atomic_load(&p->status);
        t->running += status == P_RUNNING;
        t->syscall += status == P_SYSCALL;
    }
    t->exited += atomic_load(&s->n_threads_mode_exited);
    t->parks += atomic_load(&s->n_parks);
    t->handoffs = atomic_load(&s->n_handoffs);
    t->runnable = t->local + atomic_load(&s->runq_size);
    uint64_t alive = t->created > t->exited ? t->created - t->exited : 0, busy = t->running + t->runnable + t->syscall;
    t->waiting = alive > busy ? alive - busy : 0;
    uint64_t peak = atomic_load(&s->n_peak_g);
    while (alive > peak && !atomic_compare_exchange_weak(&s->n_peak_g, &peak, alive)) {}
    t->max_goroutines = alive > peak ? alive : peak;
}

/* ---- the largest number alive at once
 *
 * A counter of the living that every go statement and every end had to touch would cost more than the spawn itself when
 * several Ps spawn. Instead the rows tell it afterwards, exactly as far as they reach; beyond their bound there are the
 * samples that gotk__totals takes, which sysmon asks for. (threads mode counts: a thread costs enough.) */

/* Sorts n keys, least significant byte first; bytes that are the same in all keys are skipped. */
static void radix_sort(uint64_t *keys, uint64_t *other, uint64_t n)
{
    uint64_t *from = keys, *to = other;
    for (int shift = 0; shift < 64; shift += 8) {
        uint64_t at[257] = {0};
        for (uint64_t i = 0; i < n; i++) at[(from[i] >> shift & 255) + 1]++;
        bool same = false;
        for (int b = 1; b <= 256; b++) same |= at[b] == n;
        if (same) continue;
        for (int b = 1; b < 256; b++) at[b] += at[b - 1];
        for (uint64_t i = 0; i < n; i++) to[at[from[i] >> shift & 255]++] = from[i];
        uint64_t *t = from;
        from = to;
        to = t;
    }
    if (from != keys) memcpy(keys, from, n * sizeof *keys);
}

uint64_t gotk__rows_peak_alive(void)
{
    uint64_t n = gotk__rows_used(), size = 3 * n * sizeof(uint64_t), created = 0, ended = 0, peak = 0;
    if (!n) return 0;
    uint64_t *keys = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (keys == MAP_FAILED) return 0;
    uint64_t *ends = keys + n, *spare = ends + n;
    for (uint64_t i = 0; i < n; i++) {
        gotk__row *r = gotk__row_at(i);
        if (!r || r->id == 0) continue;          /* taken, but not yet filled in */
        keys[created++] = (uint64_t)r->created;
        if (r->ended >= 0) ends[ended++] = (uint64_t)r->ended;
    }
    radix_sort(keys, spare, created);
    radix_sort(ends, spare, ended);
    for (uint64_t i = 0, gone = 0; i < created; i++) {
        while (gone < ended && ends[gone] <= keys[i]) gone++;
        if (i + 1 - gone > peak) peak = i + 1 - gone;
    }
    munmap(keys, size);
    return peak;
}

int64_t gotk__numgoroutine(void)
{
    struct gotk__totals t;
    gotk__totals(&t);
    return (int64_t)(t.created - t.exited);
}
