/* SPDX-License-Identifier: BSD-3-Clause
 * math/big's inner loops: vectors of 64-bit words, the lowest first. z may be x or y.
 *
 * LEAF: they use a few registers. golib's callers keep the vectors of one call below some 100,000 words, since it is not preempted. */
#include "g.h"

typedef unsigned __int128 u128;

#if defined(__x86_64__)
/* inc and dec leave the carry flag alone; four words a turn. */
#define CARRY_LOOP(op) \
    uint64_t carry = 0, t0, t1, t2, t3; \
    int64_t i = 0, fours = n / 4, rest = n % 4; \
    if (fours) \
        __asm__ volatile("xorl %k[t0], %k[t0]\n" \
                         "1: movq (%[x],%[i],8), %[t0]\n movq 8(%[x],%[i],8), %[t1]\n movq 16(%[x],%[i],8), %[t2]\n movq 24(%[x],%[i],8), %[t3]\n" \
                         op " (%[y],%[i],8), %[t0]\n" op " 8(%[y],%[i],8), %[t1]\n" op " 16(%[y],%[i],8), %[t2]\n" op " 24(%[y],%[i],8), %[t3]\n" \
                         "movq %[t0], (%[z],%[i],8)\n movq %[t1], 8(%[z],%[i],8)\n movq %[t2], 16(%[z],%[i],8)\n movq %[t3], 24(%[z],%[i],8)\n" \
                         "leaq 4(%[i]), %[i]\n decq %[n]\n jnz 1b\n sbbq %[c], %[c]\n negq %[c]\n" \
                         : [i] "+r"(i), [n] "+r"(fours), [c] "=&r"(carry), [t0] "=&r"(t0), [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3) \
                         : [x] "r"(x), [y] "r"(y), [z] "r"(z) : "cc", "memory");
#else
#define CARRY_LOOP(op) uint64_t carry = 0; int64_t i = 0, rest = n;
#endif

/* z = x + y -> carry */
uint64_t gotk_go_big_addvv(uint64_t *z, const uint64_t *x, const uint64_t *y, int64_t n) {
    CARRY_LOOP("adcq")
    for (; rest > 0; rest--, i++) {
        u128 s = (u128)x[i] + y[i] + carry;
        z[i] = (uint64_t)s;
        carry = (uint64_t)(s >> 64);
    }
    return carry;
}

/* z = x - y -> borrow */
uint64_t gotk_go_big_subvv(uint64_t *z, const uint64_t *x, const uint64_t *y, int64_t n) {
    CARRY_LOOP("sbbq")
    for (; rest > 0; rest--, i++) {
        u128 s = (u128)x[i] - y[i] - carry;
        z[i] = (uint64_t)s;
        carry = (uint64_t)(s >> 64) & 1;
    }
    return carry;
}

static inline uint64_t mulvw_plain(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y, uint64_t carry) {
    for (int64_t i = 0; i < n; i++) {
        u128 p = (u128)x[i] * y + carry;
        z[i] = (uint64_t)p;
        carry = (uint64_t)(p >> 64);
    }
    return carry;
}

static inline uint64_t addmul_plain(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y, uint64_t carry) {
#pragma GCC unroll 4
    for (int64_t i = 0; i < n; i++) {
        u128 p = (u128)x[i] * y + z[i] + carry;
        z[i] = (uint64_t)p;
        carry = (uint64_t)(p >> 64);
    }
    return carry;
}

static inline uint64_t submul_plain(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y, uint64_t borrow) {
#pragma GCC unroll 4
    for (int64_t i = 0; i < n; i++) {
        u128 p = (u128)x[i] * y + borrow;
        uint64_t lo = (uint64_t)p, v = z[i];
        z[i] = v - lo;
        borrow = (uint64_t)(p >> 64) + (v < lo);
    }
    return borrow;
}

#if defined(__x86_64__)
/* With BMI2 and ADX: mulx leaves the flags alone, and adcx and adox carry in a flag each: one chain for the halves of the products, one for the
 * sums. Both end in the carry word. z - x y is the complement of the complement of z plus x y. */
#define LOOP8(body0, body1) \
    if (eights) { \
        uint64_t lo, hi, t, count; \
        __asm__ volatile("movq %[eights], %[count]\n xorl %k[lo], %k[lo]\n"                 /* clears both flags */ \
                         "1:\n" body0("0") body1("8") body0("16") body1("24") body0("32") body1("40") body0("48") body1("56") \
                         "leaq 8(%[i]), %[i]\n leaq -1(%[count]), %[count]\n jrcxz 2f\n jmp 1b\n" \
                         "2: movl $0, %k[lo]\n adcxq %[lo], %[c]\n adoxq %[lo], %[c]\n" \
                         : [i] "+r"(i), [c] "+r"(carry), [lo] "=&r"(lo), [hi] "=&r"(hi), [t] "=&r"(t), [count] "=&c"(count) \
                         : [x] "r"(x), [z] "r"(z), "d"(y), [eights] "r"(eights) : "cc", "memory"); \
    }
#define MULX(at, in, out, rest) "mulxq " at "(%[x],%[i],8), %[lo], " out "\n adcxq " in ", %[lo]\n" rest "movq %[lo], " at "(%[z],%[i],8)\n"
#define MUL0(at) MULX(at, "%[c]", "%[hi]", "")
#define MUL1(at) MULX(at, "%[hi]", "%[c]", "")
#define ADD0(at) MULX(at, "%[c]", "%[hi]", "adoxq " at "(%[z],%[i],8), %[lo]\n")
#define ADD1(at) MULX(at, "%[hi]", "%[c]", "adoxq " at "(%[z],%[i],8), %[lo]\n")
#define SUB(at) "movq " at "(%[z],%[i],8), %[t]\n notq %[t]\n adoxq %[t], %[lo]\n notq %[lo]\n"
#define SUB0(at) MULX(at, "%[c]", "%[hi]", SUB(at))
#define SUB1(at) MULX(at, "%[hi]", "%[c]", SUB(at))

static uint64_t mulvw_adx(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y, uint64_t carry) {
    int64_t i = 0, eights = n / 8;
    LOOP8(MUL0, MUL1)
    return mulvw_plain(z + i, x + i, n - i, y, carry);
}

static uint64_t addmul_adx(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y) {
    uint64_t carry = 0;
    int64_t i = 0, eights = n / 8;
    LOOP8(ADD0, ADD1)
    return addmul_plain(z + i, x + i, n - i, y, carry);
}

static uint64_t submul_adx(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y) {
    uint64_t carry = 0;
    int64_t i = 0, eights = n / 8;
    LOOP8(SUB0, SUB1)
    return submul_plain(z + i, x + i, n - i, y, carry);
}

#include <cpuid.h>
static bool has_adx(void) {                             /* with BMI2: CPUID leaf 7, EBX bits 19 and 8 */
    static int known;                                   /* 0: not asked; relaxed: all writers write the same */
    int k = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (!k) {
        unsigned a, b, c, d;
        k = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 19 & b >> 8 & 1) ? 2 : 1;
        __atomic_store_n(&known, k, __ATOMIC_RELAXED);
    }
    return k == 2;
}
#endif

/* z = x * y + carry -> carry */
uint64_t gotk_go_big_mulvw(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y, uint64_t carry) {
#if defined(__x86_64__)
    if (n >= 8 && has_adx()) return mulvw_adx(z, x, n, y, carry);
#endif
    return mulvw_plain(z, x, n, y, carry);
}

/* z += x * y -> carry */
uint64_t gotk_go_big_addmulvw(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y) {
#if defined(__x86_64__)
    if (n >= 8 && has_adx()) return addmul_adx(z, x, n, y);
#endif
    return addmul_plain(z, x, n, y, 0);
}

/* z -= x * y -> borrow word */
static uint64_t submul(uint64_t *z, const uint64_t *x, int64_t n, uint64_t y) {
#if defined(__x86_64__)
    if (n >= 8 && has_adx()) return submul_adx(z, x, n, y);
#endif
    return submul_plain(z, x, n, y, 0);
}

/* (hi, lo) / d, hi < d */
static inline uint64_t divide(uint64_t hi, uint64_t lo, uint64_t d, uint64_t *rem) {
#if defined(__x86_64__)
    uint64_t q;
    __asm__("divq %4" : "=a"(q), "=d"(*rem) : "a"(lo), "d"(hi), "r"(d) : "cc");
    return q;
#else
    u128 v = (u128)hi << 64 | lo;
    *rem = (uint64_t)(v % d);
    return (uint64_t)(v / d);
#endif
}

/* z = x / d -> remainder. By a reciprocal: N. Möller, T. Granlund, "Improved division by invariant integers", 2011. */
uint64_t gotk_go_big_divvw(uint64_t *z, const uint64_t *x, int64_t n, uint64_t d) {
    int shift = __builtin_clzll(d);
    uint64_t v, unused, r = 0;
    d <<= shift;
    v = divide(~d, ~0ull, d, &unused);
    uint64_t above = shift && n > 0 ? x[n - 1] >> (64 - shift) : 0;
    r = above;
    for (int64_t i = n - 1; i >= 0; i--) {
        uint64_t low = x[i] << shift;
        if (shift && i > 0) low |= x[i - 1] >> (64 - shift);
        u128 q = (u128)v * r + ((u128)(r + 1) << 64 | low);
        uint64_t q1 = (uint64_t)(q >> 64), rest = low - q1 * d;
        uint64_t over = -(uint64_t)(rest > (uint64_t)q);  /* no branch: it would be a coin's throw */
        q1 += over;
        rest += over & d;
        if (__builtin_expect(rest >= d, 0)) { q1++; rest -= d; }
        z[i] = q1;
        r = rest;
    }
    return r >> shift;
}

/* One word of a quotient (D. E. Knuth, TAOCP 4.3.1, algorithm D): u[0..n] -= q * v[0..n-1] for the largest q that leaves nothing negative.
 * v's highest bit is set, n >= 2, and u's upper n words are less than v. -> q */
uint64_t gotk_go_big_divstep(uint64_t *u, const uint64_t *v, int64_t n) {
    uint64_t q, rem, top = v[n - 1], next = v[n - 2];
    bool fits = true;                                   /* the remainder of the estimate is a word */
    if (u[n] >= top) {
        q = ~0ull;
        rem = u[n - 1] + top;
        fits = rem >= top;
    } else {
        q = divide(u[n], u[n - 1], top, &rem);
    }
    for (u128 p = (u128)q * next; fits && p > ((u128)rem << 64 | u[n - 2]); p -= next) {
        q--;
        rem += top;
        fits = rem >= top;
    }
    uint64_t borrow = submul(u, v, n, q);
    if (u[n] < borrow) {                                /* still too large, by one */
        q--;
        u[n] += gotk_go_big_addvv(u, u, v, n);
    }
    u[n] -= borrow;
    return q;
}
