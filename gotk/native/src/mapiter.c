/* SPDX-License-Identifier: BSD-3-Clause
 * Ranging over maps, clearing and copying them.
 *
 * An iterator looks once at every entry that existed when it began, in blocks of eight from a random block on, each block in
 * a random order. While the map still uses the same storage, an entry's live bit says whether it was deleted meanwhile.
 * When the map has moved to new storage, the iterator goes on over the old one, which nobody writes any more, and looks
 * each key up in the map as it is. A key that is not equal to itself cannot be found, but cannot have been deleted or
 * changed either, except by clear: such keys come from the old storage unless the map was cleared. */
#include "map.h"
#include "heap.h"
#include <string.h>

void gotk__mapiternext(gotk__mapiter *it) {
    gotk__map *m = it->map;
    if (__atomic_load_n(&m->writing, __ATOMIC_RELAXED)) gotk__fatal_error("concurrent map iteration and map write");
    const gotk_type *t = it->type;
    uint32_t blocks = (it->n + 7) / 8;
    while (it->done < blocks * 8) {
        uint32_t b = it->start + it->done / 8, i = it->done % 8;
        it->done++;
        if (b >= blocks) b -= blocks;
        i = b * 8 + ((it->offset + i * it->step) & 7);
        if (i >= it->n || !gotk__map_live(it->live, i)) continue;
        uint8_t *e = it->entries + (uint64_t)i * m->stride;
        if (it->entries != m->entries) {
            uint32_t now = m->count ? gotk__map_find(t, m, e) : UINT32_MAX;
            if (now != UINT32_MAX) e = m->entries + (uint64_t)now * m->stride;
            else if (it->clears != m->clears || m->key_kind != KEYGEN || gotk__typeequal(t->key, e, e)) continue;
        }
        it->key = e;
        it->elem = e + m->elem_off;
        return;
    }
    it->key = it->elem = NULL;
}

void gotk__mapiterinit(const gotk_type *t, gotk__map *m, gotk__mapiter *it) {
    memset(it, 0, sizeof *it);
    if (!m || m->count == 0) return;
    uint64_t r = gotk__random();
    it->type = t;
    it->map = m;
    it->entries = m->entries;
    it->live = m->live;
    it->n = m->used;
    it->clears = m->clears;
    it->start = (uint32_t)((r >> 32) * ((it->n + 7) / 8) >> 32);
    it->offset = r & 7;
    it->step = (uint8_t)((r >> 3 & 7) | 1);
    gotk__mapiternext(it);
}

void gotk__mapclear(const gotk_type *t, gotk__map *m) {
    (void)t;
    if (!m || !m->entries) return;
    gotk__map_begin_write(m);
    memset(m->live, 0, (m->cap + 63) / 64 * 8ull);
    if (m->index) memset(m->index, 0, 4ull << m->bits);
    memset(m->entries, 0, (uint64_t)m->used * m->stride);
    m->used = 0;
    m->count = 0;
    m->clears++;
    m->seed = gotk__random();
    gotk__map_end_write(m);
}

/* maps.Clone: a copy of the same shape. */
gotk__map *gotk__mapclone(const gotk_type *t, gotk__map *m) {
    if (!m) return NULL;
    if (__atomic_load_n(&m->writing, __ATOMIC_RELAXED)) gotk__fatal_error("concurrent map clone and map write");
    gotk__map *c = gotk__alloc_bytes(sizeof *c, false);
    *c = *m;
    c->clears = 0;
    if (!m->entries) return c;
    gotk__map_storage(t, c, m->bits);
    c->used = m->used;
    memcpy(c->live, m->live, (m->cap + 63) / 64 * 8ull);
    if (m->index) memcpy(c->index, m->index, 4ull << m->bits);
    memcpy(c->entries, m->entries, (uint64_t)m->used * m->stride);
    return c;
}
