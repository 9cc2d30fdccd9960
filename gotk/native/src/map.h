/* SPDX-License-Identifier: BSD-3-Clause
 * Layout of a Go map and its iterator, shared by map.c (access) and mapiter.c (iteration, clear, clone). */
#ifndef GOTK_MAP_H
#define GOTK_MAP_H
#include "g.h"

/* See map.c for the design. Word 0 is the count: compiled code reads it for len(). */
typedef struct gotk__map {
    uint64_t count;
    uint64_t seed;
    uint8_t *entries;          /* cap entries of `stride` bytes: key, then element at elem_off */
    uint64_t *live;            /* bit per entry: holds a key; also the start of the block that holds `index` */
    uint32_t *index;           /* 2^bits cells, or null while the map is small */
    uint32_t cap, used;        /* entries allocated; entries ever filled: those beyond are free */
    uint32_t stride, elem_off;
    uint8_t bits, key_kind;    /* enum key_kind */
    uint8_t writing;           /* a goroutine is inside a writing call; see begin_write */
    uint32_t clears;           /* how often the map was cleared */
} gotk__map;

enum key_kind { KEY32, KEY64, KEYSTR, KEYMEM, KEYGEN };
enum { SMALL_CAP = 8 };        /* without an index up to here: comparing all keys is faster than hashing one */

typedef struct gotk__mapiter {
    void *key, *elem;          /* key null: the end */
    const gotk_type *type;
    gotk__map *map;
    uint8_t *entries;          /* as they were at the start: kept alive by these pointers if the map grows */
    uint64_t *live;
    uint32_t n, done;          /* entries to look at; how many were */
    uint32_t start;            /* block to begin with */
    uint8_t offset, step;      /* order within a block of 8: (offset + i * step) % 8, step odd */
    uint32_t clears;
    uint64_t spare[3];
} gotk__mapiter;
_Static_assert(sizeof(gotk__mapiter) == 96, "docs/architecture.md section 7");

static inline bool gotk__map_live(const uint64_t *live, uint32_t i) { return live[i >> 6] >> (i & 63) & 1; }
uint64_t gotk__typehash(const gotk_type *t, const void *p, uint64_t seed);
bool gotk__typeequal(const gotk_type *t, const void *a, const void *b);
uint32_t gotk__map_find(const gotk_type *t, const gotk__map *m, const void *key);  /* UINT32_MAX: not there */
void gotk__map_storage(const gotk_type *t, gotk__map *m, uint32_t bits);
static inline void gotk__map_begin_write(gotk__map *m) {
    if (__atomic_load_n(&m->writing, __ATOMIC_RELAXED)) gotk__fatal_error("concurrent map writes");
    __atomic_store_n(&m->writing, 1, __ATOMIC_RELAXED);
}
static inline void gotk__map_end_write(gotk__map *m) {
    if (!__atomic_load_n(&m->writing, __ATOMIC_RELAXED)) gotk__fatal_error("concurrent map writes");
    __atomic_store_n(&m->writing, 0, __ATOMIC_RELAXED);
}
#endif
