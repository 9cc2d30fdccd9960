/* SPDX-License-Identifier: BSD-3-Clause
 * A small generator per M (xoroshiro128+, Blackman and Vigna 2018), seeded from --seed: steal order, select, map order. */
#include "scheduler.h"

static uint64_t base_seed;
static _Atomic uint64_t streams;

static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = (*x += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void gotk__random_init(uint64_t seed) { base_seed = seed; }

void gotk__random_m_init(M *m)
{
    uint64_t n = atomic_fetch_add_explicit(&streams, 1, memory_order_relaxed), x = base_seed + n * 0xd1342543de82ef95u;
    m->rng[0] = splitmix(&x);
    m->rng[1] = splitmix(&x) | 1;
}

static inline uint64_t rotl(uint64_t x, int k) { return x << k | x >> (64 - k); }

uint64_t gotk__random(void)
{
    M *m = gotk__m();
    uint64_t a = m->rng[0], b = m->rng[1];
    if (__builtin_expect(!(a | b), 0)) { /* a thread that has not been set up as an M */
        gotk__random_m_init(m);
        a = m->rng[0], b = m->rng[1];
    }
    uint64_t result = a + b;
    b ^= a;
    m->rng[0] = rotl(a, 24) ^ b ^ (b << 16);
    m->rng[1] = rotl(b, 37);
    return result;
}
