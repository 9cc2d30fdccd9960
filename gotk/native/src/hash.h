/* SPDX-License-Identifier: BSD-3-Clause
 * Fast non-cryptographic hashing of bytes and words, shared by maps, type hashes and the loader's symbol table.
 *
 * The core is one 64x64 -> 128 bit multiply whose halves are folded together: every input bit reaches every output bit
 * when the other operand is well mixed. Keys of program-chosen maps are protected from collision attacks only by the
 * per-map seed; that is the same promise that Go's fallback hash makes. */
#ifndef GOTK_HASH_H
#define GOTK_HASH_H
#include <stdint.h>
#include <string.h>

/* Odd constants with balanced bits: fractional parts of sqrt(2), sqrt(3), sqrt(5), low bit set. */
#define GOTK__HASH_K0 0x6a09e667f3bcc909u
#define GOTK__HASH_K1 0xbb67ae8584caa73bu
#define GOTK__HASH_K2 0x3c6ef372fe94f82bu

static inline uint64_t gotk__fold(uint64_t a, uint64_t b) {
    __uint128_t r = (__uint128_t)a * b;
    return (uint64_t)r ^ (uint64_t)(r >> 64);
}
static inline uint64_t gotk__read64(const void *p) { uint64_t v; memcpy(&v, p, 8); return v; }
static inline uint32_t gotk__read32(const void *p) { uint32_t v; memcpy(&v, p, 4); return v; }

static inline uint64_t gotk__hash64(uint64_t x, uint64_t seed) {
    return gotk__fold(gotk__fold(x ^ GOTK__HASH_K0, seed ^ GOTK__HASH_K1), GOTK__HASH_K2 ^ seed);
}

static inline uint64_t gotk__hash_bytes(const void *data, uint64_t len, uint64_t seed) {
    const uint8_t *p = data;
    uint64_t a, b, h = seed ^ GOTK__HASH_K2;
    if (len > 16) {
        uint64_t left = len;
        for (; left > 16; left -= 16, p += 16)
            h = gotk__fold(gotk__read64(p) ^ GOTK__HASH_K0, gotk__read64(p + 8) ^ h);
        /* the last 16 bytes, overlapping what was read: no tail cases */
        a = gotk__read64(p + left - 16);
        b = gotk__read64(p + left - 8);
    } else if (len >= 8) {
        a = gotk__read64(p);
        b = gotk__read64(p + len - 8);
    } else if (len >= 4) {
        a = gotk__read32(p);
        b = gotk__read32(p + len - 4);
    } else if (len > 0) {
        a = (uint64_t)p[0] << 16 | (uint64_t)p[len >> 1] << 8 | p[len - 1];
        b = 0;
    } else {
        a = b = 0;
    }
    return gotk__fold(gotk__fold(a ^ GOTK__HASH_K0, b ^ h) ^ GOTK__HASH_K1, len ^ GOTK__HASH_K2);
}
#endif
