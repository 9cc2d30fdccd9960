/* SPDX-License-Identifier: BSD-3-Clause
 * Go maps: entries in a dense array in the order of insertion, found through an index of hashed 32-bit cells.
 *
 * A cell holds, in its low `bits` bits, an entry's position + 1 (0: the cell is empty), and in the others bits of the key's
 * hash, so that most probes that do not match never touch an entry. Cells are probed linearly; a cell line of 64 bytes
 * holds 16. The index has 2^bits cells for 3/4 * 2^bits entries. A map of up to 8 entries has no index: its keys are
 * compared one after the other, and freed entries are used again.
 *
 * Deleting clears the entry's live bit and makes its cell a tombstone (all position bits set), or empty if the next cell
 * is. When the entries are used up, live ones move to new storage, twice as large if half of the old one is alive. Old
 * storage is never written again: iterators that began on it go on there and look every key up in the map as it is now
 * (mapiter.c), which is what Go promises about maps that change while they are ranged over.
 *
 * Keys of 4 and 8 bytes that compare as memory, and strings, have variants without indirect calls; all variants agree on
 * the hash (gotk__typehash). The seed is random per map. A NaN hashes to a random value and is equal to nothing.
 *
 * Writers set `writing`, as Go does, to detect unsynchronised use: not a lock, so it finds most races, not all.
 *
 * Rejected: control bytes and slots in groups (Swiss tables): one more cache miss for positions when entries are dense, or
 * sparse entries, which cost memory and make iteration slow. */
#include "map.h"
#include "hash.h"
#include "heap.h"
#include <string.h>

enum { MAX_BITS = 31 };

static inline uint8_t *entry(const gotk__map *m, uint32_t i) { return m->entries + (uint64_t)i * m->stride; }

static inline void check_read(const gotk__map *m) {
    if (__builtin_expect(__atomic_load_n(&m->writing, __ATOMIC_RELAXED), 0)) gotk__fatal_error("concurrent map read and map write");
}

static uint8_t kind_of_key(const gotk_type *k) {
    if (k->kind == KIND_STRING) return KEYSTR;
    if (k->flags & TYPE_MEMEQ) return k->size == 4 ? KEY32 : k->size == 8 ? KEY64 : KEYMEM;
    return KEYGEN;
}

static uint64_t hash_key(const gotk_type *t, const gotk__map *m, const void *key) {
    switch (m->key_kind) {
    case KEY32: return gotk__hash64(gotk__read32(key), m->seed);
    case KEY64: return gotk__hash64(gotk__read64(key), m->seed);
    case KEYSTR: return gotk__hash_bytes(((const gotk_string *)key)->ptr, (uint64_t)((const gotk_string *)key)->len, m->seed);
    case KEYMEM: return gotk__hash_bytes(key, t->key->size, m->seed);
    default: return gotk__typehash(t->key, key, m->seed);
    }
}

/* ---------------------------------------------------------------------------------------------- storage */

static uint32_t cap_of(uint32_t bits) { return bits ? (uint32_t)((3ull << bits) / 4) : SMALL_CAP; }

static uint32_t bits_for(uint64_t n) {
    uint32_t b = 0;
    if (n > SMALL_CAP)
        for (b = 4; cap_of(b) < n; b++)
            if (b == MAX_BITS) gotk__fatal_error("runtime: out of memory: map is too large");
    return b;
}

/* Gives the map empty storage. bits 0: a small map. Live bits and index are one block without pointers. */
void gotk__map_storage(const gotk_type *t, gotk__map *m, uint32_t bits) {
    uint32_t cap = cap_of(bits), words = (cap + 63) / 64;
    bool noscan = t->key->flags & t->elem->flags & TYPE_NOPTR;
    m->live = gotk__alloc_bytes(words * 8ull + (bits ? 4ull << bits : 0), true);
    m->index = bits ? (uint32_t *)(m->live + words) : NULL;
    /* one byte more, so that the address of an element of size 0 is inside */
    m->entries = gotk__alloc_bytes((uint64_t)cap * m->stride + (t->elem->size == 0), noscan);
    m->cap = cap;
    m->used = 0;
    m->bits = (uint8_t)bits;
}

static uint64_t align_up(uint64_t v, uint64_t a) { return a > 1 ? (v + a - 1) / a * a : v; }

gotk__map *gotk__makemap(const gotk_type *t, int64_t hint) {
    gotk__map *m = gotk__alloc_bytes(sizeof *m, false);
    const gotk_type *k = t->key, *e = t->elem;
    m->seed = gotk__random();
    m->elem_off = (uint32_t)align_up(k->size, e->align);
    m->stride = (uint32_t)align_up(m->elem_off + e->size, k->align > e->align ? k->align : e->align);
    m->key_kind = kind_of_key(k);
    uint64_t bytes;
    if (hint < 0 || hint > 1ll << 32 || __builtin_mul_overflow((uint64_t)hint, m->stride, &bytes) || bytes > 1ull << 47)
        hint = 0;                          /* only a hint, as in Go */
    if (hint > SMALL_CAP) gotk__map_storage(t, m, bits_for((uint64_t)hint));
    return m;
}

/* ---------------------------------------------------------------------------------------------- the index */

struct probe { uint32_t mask, posmask, want; };

static inline struct probe probe_of(const gotk__map *m, uint64_t h) {
    uint32_t posmask = (uint32_t)((1ull << m->bits) - 1);
    return (struct probe){(1u << m->bits) - 1, posmask, (uint32_t)(h >> 32) & ~posmask};
}

/* Puts position i into the first empty cell for hash h. */
static inline void index_put(gotk__map *m, uint64_t h, uint32_t i) {
    struct probe p = probe_of(m, h);
    uint32_t c = (uint32_t)h & p.mask;
    while (m->index[c]) c = (c + 1) & p.mask;
    m->index[c] = p.want | (i + 1);
}

/* Finds the entry of a key whose equality is EQUAL(pointer to the entry's key); sets `at` to its position or UINT32_MAX,
 * and in a map with index `cell` to its cell. Tombstones have a position beyond every entry. */
#define FIND(m, h, EQUAL, at, cell) do {                                                              \
    (at) = UINT32_MAX;                                                                                \
    struct probe pr_ = probe_of(m, h);                                                                \
    uint32_t c_ = (uint32_t)(h) & pr_.mask, v_;                                                       \
    for (; (v_ = (m)->index[c_]); c_ = (c_ + 1) & pr_.mask) {                                         \
        uint32_t i_ = (v_ & pr_.posmask) - 1;                                                         \
        if ((v_ & ~pr_.posmask) != pr_.want || i_ >= (m)->used) continue;                             \
        const uint8_t *k_ = entry(m, i_);                                                             \
        if (EQUAL(k_)) { (at) = i_; break; }                                                          \
    }                                                                                                 \
    (cell) = c_;                                                                                      \
} while (0)

/* The same in a small map. */
#define FIND_SMALL(m, EQUAL, at) do {                                                                 \
    (at) = UINT32_MAX;                                                                                \
    const uint8_t *k_ = (m)->entries;                                                                 \
    for (uint32_t i_ = 0; i_ < (m)->used; i_++, k_ += (m)->stride)                                    \
        if (EQUAL(k_) && gotk__map_live((m)->live, i_)) { (at) = i_; break; }                         \
} while (0)

/* Moves live entries to new storage with room for one more. */
static void grow(const gotk_type *t, gotk__map *m) {
    gotk__map old = *m;
    uint32_t bits = old.count < old.cap / 2 ? old.bits : old.bits ? old.bits + 1u : 4;
    if (bits > MAX_BITS) gotk__fatal_error("runtime: out of memory: map is too large");
    gotk__map_storage(t, m, bits);
    for (uint32_t i = 0; i < old.used; i++) {
        if (!gotk__map_live(old.live, i)) continue;
        uint32_t to = m->used++;
        uint8_t *e = entry(m, to);
        memcpy(e, entry(&old, i), m->stride);
        m->live[to >> 6] |= 1ull << (to & 63);
        if (m->index) index_put(m, hash_key(t, m, e), to);
    }
}

/* A new entry, its key not yet written, its element zero. */
static uint8_t *add(const gotk_type *t, gotk__map *m, uint64_t h) {
    uint32_t i;
    if (!m->entries) gotk__map_storage(t, m, 0);
    if (!m->bits && m->used > m->count) {              /* small: some entry was freed */
        i = (uint32_t)__builtin_ctzll(~m->live[0]);
    } else {
        if (m->used == m->cap) {
            grow(t, m);
        }
        i = m->used++;
    }
    m->live[i >> 6] |= 1ull << (i & 63);
    if (m->bits) index_put(m, h, i);
    m->count++;
    return entry(m, i);
}

static void remove_at(const gotk_type *t, gotk__map *m, uint32_t i, uint32_t cell) {
    (void)t;
    m->live[i >> 6] &= ~(1ull << (i & 63));
    memset(entry(m, i), 0, m->stride);                 /* for the collector, and for the next that gets the entry */
    m->count--;
    if (!m->bits) {
        if (m->count == 0) m->used = 0;
        return;
    }
    uint32_t mask = (1u << m->bits) - 1;
    if (m->index[(cell + 1) & mask]) {
        m->index[cell] = mask;                         /* tombstone */
    } else {
        m->index[cell] = 0;                            /* and tombstones before an empty cell are of no use */
        for (uint32_t c = (cell - 1) & mask; m->index[c] == mask; c = (c - 1) & mask) m->index[c] = 0;
        if (i + 1 == m->used) m->used--;
    }
    if (m->count == 0 && m->used) {                    /* empty: begin anew, in the same storage */
        memset(m->index, 0, 4ull << m->bits);
        m->used = 0;
    }
}

/* ------------------------------------------------------------------------------------- any type of key */

static const gotk_type *unhashable_check(const gotk_type *t, const void *key) {
    if (!(t->key->flags & TYPE_MEMEQ) && t->key->kind != KIND_STRING) gotk__typehash(t->key, key, 0);
    return t;
}

static uint32_t find(const gotk_type *t, const gotk__map *m, const void *key, uint64_t h, uint32_t *cell) {
    uint32_t at;
    uint64_t size = t->key->size;
    const gotk_type *kt = t->key;
#define EQUAL_MEM(k) (!memcmp(k, key, size))
#define EQUAL_GEN(k) gotk__typeequal(kt, k, key)
    *cell = 0;
    if (m->key_kind == KEYGEN || m->key_kind == KEYSTR) {
        if (m->bits) FIND(m, h, EQUAL_GEN, at, *cell);
        else {
            at = UINT32_MAX;                           /* live first: a freed key is not a value of its type */
            for (uint32_t i = 0; i < m->used; i++)
                if (gotk__map_live(m->live, i) && EQUAL_GEN(entry(m, i))) { at = i; break; }
        }
    } else if (m->bits) FIND(m, h, EQUAL_MEM, at, *cell);
    else FIND_SMALL(m, EQUAL_MEM, at);
    return at;
}

uint32_t gotk__map_find(const gotk_type *t, const gotk__map *m, const void *key) {
    uint32_t cell;
    return find(t, m, key, m->bits || m->key_kind == KEYGEN ? hash_key(t, m, key) : 0, &cell);
}

void *gotk__mapaccess(const gotk_type *t, gotk__map *m, const void *key) {
    if (!m || m->count == 0) {
        unhashable_check(t, key);
        return NULL;
    }
    check_read(m);
    uint32_t i = gotk__map_find(t, m, key);
    return i == UINT32_MAX ? NULL : entry(m, i) + m->elem_off;
}

void *gotk__mapassign(const gotk_type *t, gotk__map *m, const void *key) {
    if (!m) gotk__raise(PANIC_NILMAP, 0, 0);
    uint64_t h = hash_key(t, m, key);                  /* may panic: before anything changes */
    gotk__map_begin_write(m);
    uint32_t cell, i = m->count ? find(t, m, key, h, &cell) : UINT32_MAX;
    uint8_t *e;
    if (i == UINT32_MAX) {
        e = add(t, m, h);
        memcpy(e, key, t->key->size);
    } else {
        e = entry(m, i);
        if (!(t->key->flags & TYPE_MEMEQ)) memcpy(e, key, t->key->size);   /* -0 becomes +0, a string its new copy */
    }
    gotk__map_end_write(m);
    return e + m->elem_off;
}

void gotk__mapdelete(const gotk_type *t, gotk__map *m, const void *key) {
    if (!m || m->count == 0) {
        unhashable_check(t, key);
        return;
    }
    uint64_t h = hash_key(t, m, key);
    gotk__map_begin_write(m);
    uint32_t cell, i = find(t, m, key, h, &cell);
    if (i != UINT32_MAX) remove_at(t, m, i, cell);
    gotk__map_end_write(m);
}

/* -------------------------------------------------------------------------- keys of 4 and 8 bytes, strings */

#define EQUAL_WORD(k) (READ(k) == key)
#define EQUAL_STR(k) (((const gotk_string *)(k))->len == len &&                                       \
    (((const gotk_string *)(k))->ptr == ptr || !memcmp(((const gotk_string *)(k))->ptr, ptr, (size_t)len)))

#define FAST(SUFFIX, PARAMS, HASH, EQUAL, STORE, UPDATE)                                              \
void *gotk__mapaccess_##SUFFIX(const gotk_type *t, gotk__map *m, PARAMS) {                            \
    uint32_t at, cell;                                                                                \
    (void)t;                                                                                          \
    if (!m || m->count == 0) return NULL;                                                             \
    check_read(m);                                                                                    \
    if (m->bits) {                                                                                    \
        uint64_t h = HASH;                                                                            \
        FIND(m, h, EQUAL, at, cell);                                                                  \
        (void)cell;                                                                                   \
    } else FIND_SMALL(m, EQUAL, at);                                                                  \
    return at == UINT32_MAX ? NULL : entry(m, at) + m->elem_off;                                      \
}                                                                                                     \
void *gotk__mapassign_##SUFFIX(const gotk_type *t, gotk__map *m, PARAMS) {                            \
    uint32_t at = UINT32_MAX, cell;                                                                   \
    if (!m) gotk__raise(PANIC_NILMAP, 0, 0);                                                          \
    gotk__map_begin_write(m);                                                                         \
    uint64_t h = m->bits || m->count >= SMALL_CAP ? HASH : 0; /* the index that a full map gets needs it */ \
    if (m->bits) FIND(m, h, EQUAL, at, cell);                                                         \
    else if (m->count) FIND_SMALL(m, EQUAL, at);                                                      \
    (void)cell;                                                                                       \
    uint8_t *e;                                                                                       \
    if (at == UINT32_MAX) {                                                                           \
        e = add(t, m, h);                                                                             \
        STORE;                                                                                        \
    } else {                                                                                          \
        e = entry(m, at);                                                                             \
        UPDATE;                                                                                       \
    }                                                                                                 \
    gotk__map_end_write(m);                                                                           \
    return e + m->elem_off;                                                                           \
}                                                                                                     \
void gotk__mapdelete_##SUFFIX(const gotk_type *t, gotk__map *m, PARAMS) {                             \
    uint32_t at, cell = 0;                                                                            \
    if (!m || m->count == 0) return;                                                                  \
    gotk__map_begin_write(m);                                                                         \
    uint64_t h = m->bits ? HASH : 0;                                                                  \
    if (m->bits) FIND(m, h, EQUAL, at, cell);                                                         \
    else FIND_SMALL(m, EQUAL, at);                                                                    \
    if (at != UINT32_MAX) remove_at(t, m, at, cell);                                                  \
    gotk__map_end_write(m);                                                                           \
}

#define COMMA ,
#define READ gotk__read32
FAST(fast32, uint32_t key, gotk__hash64(key, m->seed), EQUAL_WORD, memcpy(e, &key, 4), (void)0)
#undef READ
#define READ gotk__read64
FAST(fast64, uint64_t key, gotk__hash64(key, m->seed), EQUAL_WORD, memcpy(e, &key, 8), (void)0)
#undef READ
/* An existing key is replaced by the equal new one, so that the map does not keep the text that the old one was cut from. */
FAST(faststr, const char *ptr COMMA int64_t len, gotk__hash_bytes(ptr, (uint64_t)len, m->seed), EQUAL_STR,
     (((gotk_string *)e)->ptr = ptr, ((gotk_string *)e)->len = len), ((gotk_string *)e)->ptr = ptr)
