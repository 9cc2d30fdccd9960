/* SPDX-License-Identifier: BSD-3-Clause
 * Readers of a RWMutex counted by P: each P adds to a word of its own, so that readers on several CPUs share no cache line that changes. (In threads
 * mode several threads share a word, which they change by locked instructions.)
 *
 * Only the P's M writes its word, and nobody can stop it here (the signal's handler sees that this is not Go code): no locked instruction
 * is needed. A reader that goes on at another P counts itself out there, so one word says nothing and may be below zero; their sum is the number
 * of readers. A writer says `shut` and makes a barrier for all CPUs (lockprefix.c): from then on whoever enters sees it, and counts itself out again on the
 * same P, so that no sum is ever too small. golib/src/sync/readers.go has the rest.
 *
 * As Linux's percpu_rw_semaphore; that readers need no barrier because writers have one for all is BRAVO's (Dice and Kogan 2019), too. */
#include "scheduler.h"

/* golib/src/sync/readers.go: readers, readerSlot */
struct slot {
    int64_t before[8];          /* the word is alone on its cache line wherever the array begins */
    _Atomic(int64_t) count;
    int64_t behind[7];
};
struct readers {
    _Atomic(uint32_t) shut;
    uint32_t waiting;
    struct slot *slots;
    int64_t n, cap;             /* the last is for Ps that came later: changed by locked instructions */
    int64_t base, written;
    uintptr_t owner;            /* the lock's address inverted; a copy of that has readers of its own */
};

enum { SHUT = 1, NEGATIVE = 2, FOREIGN = 4 };

/* The sum on the word. A release: a writer that sees the word sees all that the reader did. */
static inline int64_t add(struct readers *r, int64_t delta) {
    P *p = gotk__p();
    if (__builtin_expect(p && p->id < r->n - 1, 1)) {
        _Atomic(int64_t) *count = &r->slots[p->id].count;
        int64_t sum = atomic_load_explicit(count, memory_order_relaxed) + delta;
        atomic_store_explicit(count, sum, memory_order_release);
        return sum;
    }
    int64_t at = p ? r->n - 1 : gotk__m()->id & (r->n - 1);
    return atomic_fetch_add(&r->slots[at].count, delta) + delta;
}

/* The writer's barrier comes before the store or after the load: this one only keeps the compiler from changing their order. */
static inline bool is_shut(struct readers *r) {
    atomic_signal_fence(memory_order_seq_cst);
    return atomic_load_explicit(&r->shut, memory_order_acquire);
}

uint8_t gotk_go_readerenter(struct readers *r, const void *lock) {
    if (__builtin_expect(~r->owner != (uintptr_t)lock, 0)) return 0;
    add(r, 1);
    if (__builtin_expect(!is_shut(r), 1)) return 1;
    add(r, -1);
    return 0;
}

int64_t gotk_go_readeradd(struct readers *r, const void *lock, int64_t delta) {
    if (__builtin_expect(~r->owner != (uintptr_t)lock, 0)) return FOREIGN;
    int64_t sum = add(r, delta);
    return (is_shut(r) ? SHUT : 0) | (sum < 0 ? NEGATIVE : 0);
}

/* How many words are of use now: 0 with one P (CPU) and where there is no barrier for all CPUs. Threads share theirs with few, a power of two. */
gotk__ret2 gotk__readerslots(void) {
    if (!gotk__light_fences) return (gotk__ret2){0, 0};
    uint64_t n = atomic_load_explicit(&gotk__sched.nprocs, memory_order_relaxed) + 1;
    if (gotk__is_threads)
        for (n = 2; n < 4 * (uint64_t)gotk__ncpu;) n *= 2;
    return (gotk__ret2){n > 2 ? n : 0, 0};
}
