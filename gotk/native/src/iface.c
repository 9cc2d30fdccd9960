/* SPDX-License-Identifier: BSD-3-Clause
 * Interfaces at run time: itabs for pairs that the compiler did not foresee, equality and hash of values by their type.
 *
 * Itabs found (or found missing) are kept in an open-addressing table keyed by the two descriptors. Readers take no lock:
 * entries are published by a release store into an empty cell and never change; growth publishes a new table and leaves
 * the old one to readers that still look at it (its size is bounded by that of the new one). Writers hold `lock`. */
#include "g.h"
#include "hash.h"
#include <string.h>

struct cell { const gotk_type *iface, *type; gotk_itab *itab; };    /* itab NULL: a method is missing */
struct itabs { uint64_t mask, n; _Atomic(struct cell *) cell[]; };

static _Atomic(struct itabs *) itabs;
static gotk__mutex lock;

static uint64_t hash_pair(const gotk_type *iface, const gotk_type *type) {
    return gotk__fold((uintptr_t)iface ^ GOTK__HASH_K0, (uintptr_t)type ^ GOTK__HASH_K1);
}

static struct cell *find(struct itabs *t, const gotk_type *iface, const gotk_type *type) {
    if (!t) return NULL;
    for (uint64_t i = hash_pair(iface, type) & t->mask;; i = (i + 1) & t->mask) {
        struct cell *c = atomic_load_explicit(&t->cell[i], memory_order_acquire);   /* partner: add_locked */
        if (!c || (c->iface == iface && c->type == type)) return c;
    }
}

static bool same(gotk_string a, gotk_string b) { return a.len == b.len && !memcmp(a.ptr, b.ptr, (size_t)a.len); }

static int compare(const gotk_method *a, const gotk_method *b) {
    int64_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
    int c = n ? memcmp(a->name.ptr, b->name.ptr, (size_t)n) : 0;
    if (c == 0) c = (a->name.len > b->name.len) - (a->name.len < b->name.len);
    if (c) return c;
    if (same(a->pkgpath, b->pkgpath)) return 0;
    n = a->pkgpath.len < b->pkgpath.len ? a->pkgpath.len : b->pkgpath.len;
    c = n ? memcmp(a->pkgpath.ptr, b->pkgpath.ptr, (size_t)n) : 0;
    return c ? c : (a->pkgpath.len > b->pkgpath.len) - (a->pkgpath.len < b->pkgpath.len);
}

/* Both method lists are sorted alike, so one walk finds all of them. */
static gotk_itab *build(const gotk_type *iface, const gotk_type *type) {
    gotk_itab *t = gotk__raw_alloc(sizeof *t + iface->nmethods * sizeof(void *));
    t->type = type;
    t->iface = iface;
    t->hash = type->hash;
    const gotk_method *m = type->methods, *end = m + type->nmethods;
    for (uint64_t i = 0; i < iface->nmethods; i++) {
        const gotk_method *want = &iface->methods[i];
        while (m < end && compare(m, want) < 0) m++;
        if (m == end || compare(m, want) != 0 || m->type != want->type || !m->code) {
            gotk__raw_free(t, sizeof *t + iface->nmethods * sizeof(void *));
            return NULL;
        }
        t->fn[i] = m->code;
    }
    return t;
}

static void put(struct itabs *t, struct cell *c) {
    uint64_t i = hash_pair(c->iface, c->type) & t->mask;
    while (atomic_load_explicit(&t->cell[i], memory_order_relaxed)) i = (i + 1) & t->mask;
    atomic_store_explicit(&t->cell[i], c, memory_order_release);
    t->n++;
}

static void add_locked(struct cell *c) {
    struct itabs *t = atomic_load_explicit(&itabs, memory_order_relaxed);
    if (!t || t->n * 2 >= t->mask) {
        uint64_t size = t ? (t->mask + 1) * 2 : 256;
        struct itabs *n = gotk__raw_alloc(sizeof *n + size * sizeof(struct cell *));
        n->mask = size - 1;
        for (uint64_t i = 0; t && i <= t->mask; i++) {
            struct cell *x = atomic_load_explicit(&t->cell[i], memory_order_relaxed);
            if (x) put(n, x);
        }
        atomic_store_explicit(&itabs, t = n, memory_order_release);
    }
    put(t, c);
}

gotk_itab *gotk__getitab(const gotk_type *iface, const gotk_type *type) {
    struct cell *c = find(atomic_load_explicit(&itabs, memory_order_acquire), iface, type);
    if (c) return c->itab;
    gotk__lock(&lock);
    c = find(atomic_load_explicit(&itabs, memory_order_relaxed), iface, type);
    if (!c) {
        c = gotk__raw_alloc(sizeof *c);
        *c = (struct cell){iface, type, build(iface, type)};
        add_locked(c);
    }
    gotk__unlock(&lock);
    return c->itab;
}

/* ------------------------------------------------------------------------------------ equality and hash */

struct iface_value { void *tab, *data; };

static const gotk_type *dynamic_type(const gotk_type *iface, const struct iface_value *v) {
    if (!v->tab) return NULL;
    return iface->nmethods ? ((const gotk_itab *)v->tab)->type : v->tab;
}

static bool blank(const gotk_field *f) { return f->name.len == 1 && f->name.ptr[0] == '_'; }

static float f32(const void *p) { float f; memcpy(&f, p, 4); return f; }
static double f64(const void *p) { double f; memcpy(&f, p, 8); return f; }

/* Loops instead of recursing into what comes last, so that a chain of interfaces of any length is compared in constant
 * stack. */
bool gotk__typeequal(const gotk_type *t, const void *a, const void *b) {
    for (;;) {
        if (t->flags & TYPE_MEMEQ) return !memcmp(a, b, t->size);
        switch (t->kind) {
        case KIND_FLOAT32: return f32(a) == f32(b);
        case KIND_FLOAT64: return f64(a) == f64(b);
        case KIND_COMPLEX64: return f32(a) == f32(b) && f32((const char *)a + 4) == f32((const char *)b + 4);
        case KIND_COMPLEX128: return f64(a) == f64(b) && f64((const char *)a + 8) == f64((const char *)b + 8);
        case KIND_STRING: {
            const gotk_string *x = a, *y = b;
            return x->len == y->len && (x->ptr == y->ptr || !memcmp(x->ptr, y->ptr, (size_t)x->len));
        }
        case KIND_INTERFACE: {
            const struct iface_value *x = a, *y = b;
            const gotk_type *dx = dynamic_type(t, x);
            if (dx != dynamic_type(t, y)) return false;
            if (!dx) return true;
            if (!(dx->flags & TYPE_COMPARABLE)) gotk__raise(PANIC_UNCOMPARABLE, (uintptr_t)dx, 0);
            if (dx->flags & TYPE_DIRECT) return x->data == y->data;
            t = dx;
            a = x->data;
            b = y->data;
            continue;
        }
        case KIND_ARRAY: {
            if (t->len == 0) return true;
            for (uint64_t i = 0; i + 1 < t->len; i++)
                if (!gotk__typeequal(t->elem, (const char *)a + i * t->elem->size, (const char *)b + i * t->elem->size)) return false;
            uint64_t last = (t->len - 1) * t->elem->size;
            t = t->elem;
            a = (const char *)a + last;
            b = (const char *)b + last;
            continue;
        }
        case KIND_STRUCT: {
            uint64_t n = t->nfields;
            while (n > 0 && blank(&t->fields[n - 1])) n--;
            if (n == 0) return true;
            for (uint64_t i = 0; i + 1 < n; i++) {
                const gotk_field *f = &t->fields[i];
                if (!blank(f) && !gotk__typeequal(f->type, (const char *)a + f->offset, (const char *)b + f->offset)) return false;
            }
            const gotk_field *f = &t->fields[n - 1];
            t = f->type;
            a = (const char *)a + f->offset;
            b = (const char *)b + f->offset;
            continue;
        }
        default:
            if (t->flags & TYPE_COMPARABLE) return !memcmp(a, b, t->size);
            gotk__raise(PANIC_UNCOMPARABLE, (uintptr_t)t, 0);
        }
    }
}

bool gotk__efaceeq(const gotk_type *t, const void *a, const void *b) {
    if (!(t->flags & TYPE_COMPARABLE)) gotk__raise(PANIC_UNCOMPARABLE, (uintptr_t)t, 0);
    if (t->flags & TYPE_DIRECT) return a == b;
    return gotk__typeequal(t, a, b);
}

static uint64_t hash_float(double v, uint64_t seed) {
    if (v == 0) return gotk__hash64(0, seed);          /* +0 == -0 */
    if (v != v) return gotk__random();                 /* a NaN is equal to nothing: anywhere will do */
    uint64_t bits;
    memcpy(&bits, &v, 8);
    return gotk__hash64(bits, seed);
}

/* Equal values have equal hashes; words and strings hash as the maps' fast variants do. */
uint64_t gotk__typehash(const gotk_type *t, const void *p, uint64_t seed) {
    for (;;) {
        if (t->flags & TYPE_MEMEQ) {
            if (t->size == 8) return gotk__hash64(gotk__read64(p), seed);
            if (t->size == 4) return gotk__hash64(gotk__read32(p), seed);
            return gotk__hash_bytes(p, t->size, seed);
        }
        switch (t->kind) {
        case KIND_FLOAT32: return hash_float(f32(p), seed);
        case KIND_FLOAT64: return hash_float(f64(p), seed);
        case KIND_COMPLEX64: return hash_float(f32((const char *)p + 4), hash_float(f32(p), seed));
        case KIND_COMPLEX128: return hash_float(f64((const char *)p + 8), hash_float(f64(p), seed));
        case KIND_STRING: return gotk__hash_bytes(((const gotk_string *)p)->ptr, (uint64_t)((const gotk_string *)p)->len, seed);
        case KIND_INTERFACE: {
            const struct iface_value *v = p;
            const gotk_type *d = dynamic_type(t, v);
            if (!d) return gotk__hash64(0, seed);
            if (!(d->flags & TYPE_COMPARABLE)) gotk__raise(PANIC_UNHASHABLE, (uintptr_t)d, 0);
            seed = gotk__fold(seed ^ d->hash, GOTK__HASH_K0);
            t = d;
            p = d->flags & TYPE_DIRECT ? (const void *)&v->data : v->data;
            continue;
        }
        case KIND_ARRAY:
            for (uint64_t i = 0; i < t->len; i++) seed = gotk__typehash(t->elem, (const char *)p + i * t->elem->size, seed);
            return seed;
        case KIND_STRUCT:
            for (uint64_t i = 0; i < t->nfields; i++) {
                const gotk_field *f = &t->fields[i];
                if (!blank(f)) seed = gotk__typehash(f->type, (const char *)p + f->offset, seed);
            }
            return seed;
        default:
            if (!(t->flags & TYPE_COMPARABLE)) gotk__raise(PANIC_UNHASHABLE, (uintptr_t)t, 0);
            return gotk__hash_bytes(p, t->size, seed);
        }
    }
}
