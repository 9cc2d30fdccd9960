/* SPDX-License-Identifier: BSD-3-Clause
 * Maps against a model, with random operations over several types of key, generic and fast variants mixed, and iteration
 * while the map changes. GOTK_TEST_SEED sets the seed. */
#include "map.h"
#include "heap.h"
#include "scheduler.h"
#include "types.h"
#include <math.h>

gotk__map *gotk__makemap(const gotk_type *t, int64_t hint);
void *gotk__mapaccess(const gotk_type *t, gotk__map *m, const void *key);
void *gotk__mapassign(const gotk_type *t, gotk__map *m, const void *key);
void gotk__mapdelete(const gotk_type *t, gotk__map *m, const void *key);
void *gotk__mapaccess_fast32(const gotk_type *t, gotk__map *m, uint32_t key);
void *gotk__mapassign_fast32(const gotk_type *t, gotk__map *m, uint32_t key);
void gotk__mapdelete_fast32(const gotk_type *t, gotk__map *m, uint32_t key);
void *gotk__mapaccess_fast64(const gotk_type *t, gotk__map *m, uint64_t key);
void *gotk__mapassign_fast64(const gotk_type *t, gotk__map *m, uint64_t key);
void gotk__mapdelete_fast64(const gotk_type *t, gotk__map *m, uint64_t key);
void *gotk__mapaccess_faststr(const gotk_type *t, gotk__map *m, const char *p, int64_t n);
void *gotk__mapassign_faststr(const gotk_type *t, gotk__map *m, const char *p, int64_t n);
void gotk__mapdelete_faststr(const gotk_type *t, gotk__map *m, const char *p, int64_t n);
void gotk__mapclear(const gotk_type *t, gotk__map *m);
gotk__map *gotk__mapclone(const gotk_type *t, gotk__map *m);
void gotk__mapiterinit(const gotk_type *t, gotk__map *m, gotk__mapiter *it);
void gotk__mapiternext(gotk__mapiter *it);

enum { UNIVERSE = 3000 };
static uint64_t rng;

/* Key number k of a type, in buf. */
static const gotk_field fields[2] = {{.name = {"a", 1}, .type = &t_string, .offset = 0}, {.name = {"b", 1}, .type = &t_float64, .offset = 16}};
static const gotk_type t_struct = {.size = 24, .kind = KIND_STRUCT, .align = 8, .flags = TYPE_COMPARABLE, .fields = fields, .nfields = 2};
static const gotk_type t_mem12 = {.size = 12, .kind = KIND_STRUCT, .align = 4, .flags = TYPE_COMPARABLE | TYPE_MEMEQ | TYPE_NOPTR};

static const void *key_of(const gotk_type *kt, uint32_t k, void *buf) {
    static char text[UNIVERSE][24];
    static int64_t boxes[UNIVERSE];
    if (!text[k][0]) snprintf(text[k], sizeof text[k], "%s%u", k % 3 ? "" : "a longer key ", k);
    boxes[k] = k;
    memset(buf, 0, 32);
    if (kt == &t_int8) *(int8_t *)buf = (int8_t)k;
    else if (kt == &t_int16) *(int16_t *)buf = (int16_t)k;
    else if (kt == &t_int32) *(uint32_t *)buf = k * 2654435761u;
    else if (kt == &t_int64 || kt == &t_ptr) *(uint64_t *)buf = k * 0x9e3779b97f4a7c15u;
    else if (kt == &t_float64) *(double *)buf = k * 0.5;
    else if (kt == &t_string) *(gotk_string *)buf = str(text[k]);
    else if (kt == &t_mem12) { ((uint32_t *)buf)[0] = k; ((uint32_t *)buf)[2] = k / 7; }
    else if (kt == &t_struct) { *(gotk_string *)buf = str(text[k]); ((double *)buf)[2] = k; }
    else if (kt == &t_any) {
        const void **w = buf;
        w[0] = k % 2 ? &t_int64 : &t_ptr;
        w[1] = k % 2 ? (void *)&boxes[k] : (void *)(uintptr_t)(k * 16);
    } else abort();
    return buf;
}

static void *access_(const gotk_type *t, gotk__map *m, uint32_t k) {
    char b[32];
    const void *key = key_of(t->key, k, b);
    if (next_random(&rng) & 1) return gotk__mapaccess(t, m, key);
    if (t->key->kind == KIND_STRING) return gotk__mapaccess_faststr(t, m, ((gotk_string *)b)->ptr, ((gotk_string *)b)->len);
    if (t->key == &t_int32) return gotk__mapaccess_fast32(t, m, *(uint32_t *)b);
    if (t->key == &t_int64 || t->key == &t_ptr) return gotk__mapaccess_fast64(t, m, *(uint64_t *)b);
    return gotk__mapaccess(t, m, key);
}
static void *assign(const gotk_type *t, gotk__map *m, uint32_t k) {
    char b[32];
    const void *key = key_of(t->key, k, b);
    if (next_random(&rng) & 1) return gotk__mapassign(t, m, key);
    if (t->key->kind == KIND_STRING) return gotk__mapassign_faststr(t, m, ((gotk_string *)b)->ptr, ((gotk_string *)b)->len);
    if (t->key == &t_int32) return gotk__mapassign_fast32(t, m, *(uint32_t *)b);
    if (t->key == &t_int64 || t->key == &t_ptr) return gotk__mapassign_fast64(t, m, *(uint64_t *)b);
    return gotk__mapassign(t, m, key);
}
static void delete_(const gotk_type *t, gotk__map *m, uint32_t k) {
    char b[32];
    const void *key = key_of(t->key, k, b);
    if (next_random(&rng) & 1) gotk__mapdelete(t, m, key);
    else if (t->key->kind == KIND_STRING) gotk__mapdelete_faststr(t, m, ((gotk_string *)b)->ptr, ((gotk_string *)b)->len);
    else if (t->key == &t_int32) gotk__mapdelete_fast32(t, m, *(uint32_t *)b);
    else if (t->key == &t_int64 || t->key == &t_ptr) gotk__mapdelete_fast64(t, m, *(uint64_t *)b);
    else gotk__mapdelete(t, m, key);
}

/* Elements are k * 10 + version at the last assignment; the element type has `words` words that must agree. */
struct model { bool in[UNIVERSE]; uint64_t value[UNIVERSE]; uint64_t n; };

static void check_elem(const gotk_type *t, const void *e, uint64_t want) {
    for (uint64_t i = 0; i < t->elem->size / 8; i++) EXPECT(((const uint64_t *)e)[i] == want, "element %llu", (unsigned long long)want);
}

/* The key number of an iterated entry, found by its element. */
static void iterate(const gotk_type *t, gotk__map *m, struct model *model, uint32_t range, bool change) {
    static uint32_t seen[UNIVERSE];
    static bool began[UNIVERSE], deleted[UNIVERSE];
    memset(seen, 0, sizeof seen);
    memset(deleted, 0, sizeof deleted);
    memcpy(began, model->in, sizeof began);
    gotk__mapiter it;
    for (gotk__mapiterinit(t, m, &it); it.key; gotk__mapiternext(&it)) {
        char b[32];
        uint32_t k = 0;
        if (t->elem->size) k = (uint32_t)(*(uint64_t *)it.elem / 10);
        else while (k < range && !gotk__typeequal(t->key, it.key, key_of(t->key, k, b))) k++;
        EXPECT(k < range && gotk__typeequal(t->key, it.key, key_of(t->key, k, b)), "key %u", k);
        EXPECT(model->in[k], "key %u was deleted", k);
        check_elem(t, it.elem, model->value[k]);
        EXPECT(seen[k]++ == 0 || deleted[k], "key %u twice", k);
        if (!change) continue;
        uint64_t r = next_random(&rng);
        for (int i = 0; i < (int)(r & 3); i++) {
            uint32_t x = (uint32_t)(next_random(&rng) % range);
            if (r & 16 && model->in[x]) {
                delete_(t, m, x);
                model->in[x] = false;
                model->n--;
                began[x] = false;
                deleted[x] = true;
            } else if (r & 32 || model->in[x]) {
                uint64_t *e = assign(t, m, x);
                if (!model->in[x]) model->n++;
                model->in[x] = true;
                model->value[x] += 1 + (model->value[x] == 0) * (x * 10);
                for (uint64_t w = 0; w < t->elem->size / 8; w++) e[w] = model->value[x];
            }
        }
    }
    for (uint32_t k = 0; k < range; k++) EXPECT(!began[k] || seen[k], "key %u of %u not visited", k, range);
}

static void run_model(const gotk_type *kt, const gotk_type *et, uint32_t range, int ops, int64_t hint) {
    gotk_type t = {.size = 8, .kind = KIND_MAP, .align = 8, .flags = TYPE_DIRECT, .key = kt, .elem = et};
    static struct model model;
    memset(&model, 0, sizeof model);
    gotk__map *m = gotk__makemap(&t, hint);
    for (int op = 0; op < ops; op++) {
        uint64_t r = next_random(&rng);
        uint32_t k = (uint32_t)((r >> 8) % range);
        /* phases in which the map grows and shrinks */
        bool growing = (op / (int)(range * 2)) % 3 != 2;
        switch (r % 16) {
        case 0: case 1: case 2: case 3: case 4: case 5: case 6: case 7:
            if (growing) {
                uint64_t *e = assign(&t, m, k);
                if (!model.in[k]) for (uint64_t w = 0; w < et->size / 8; w++) EXPECT(e[w] == 0, "new element is not zero");
                model.n += !model.in[k];
                model.in[k] = true;
                model.value[k] = k * 10 + r % 10;
                for (uint64_t w = 0; w < et->size / 8; w++) e[w] = model.value[k];
                break;
            }
            /* fallthrough */
        case 8: case 9: case 10:
            delete_(&t, m, k);
            model.n -= model.in[k];
            model.in[k] = false;
            break;
        default: {
            void *e = access_(&t, m, k);
            EXPECT(!!e == model.in[k], "key %u %s", k, e ? "found" : "missing");
            if (e) check_elem(&t, e, model.value[k]);
        }
        }
        EXPECT(m->count == model.n, "count %llu, model %llu", (unsigned long long)m->count, (unsigned long long)model.n);
        if (r >> 40 & 1023) continue;
        if (et->size && (r >> 52 & 1)) {
            for (uint32_t x = 0; x < range; x++) if (!model.in[x]) model.value[x] = 0;
            for (uint32_t x = 0; x < range; x++) if (model.in[x] && model.value[x] % 10 > 4) {
                uint64_t *e = assign(&t, m, x);
                for (uint64_t w = 0; w < et->size / 8; w++) e[w] = model.value[x] = x * 10;
            }
            for (uint32_t x = 0; x < range; x++) if (!model.in[x]) model.value[x] = x * 10;
            iterate(&t, m, &model, range, (r >> 53 & 1));
            for (uint32_t x = 0; x < range; x++) if (model.in[x]) {     /* versions may not reach the next key's values */
                uint64_t *e = assign(&t, m, x);
                for (uint64_t w = 0; w < et->size / 8; w++) e[w] = model.value[x] = x * 10;
            }
        } else {
            iterate(&t, m, &model, range, false);
        }
        if ((r >> 54 & 7) == 0) {
            gotk__map *c = gotk__mapclone(&t, m);
            gotk__mapclear(&t, m);
            EXPECT(m->count == 0 && !access_(&t, m, k));
            iterate(&t, c, &model, range, false);
            m = c;
        }
        if ((r >> 57 & 15) == 0) {
            gotk__mapclear(&t, m);
            memset(&model, 0, sizeof model);
        }
    }
}

static void test_nan(void) {
    gotk_type t = {.size = 8, .kind = KIND_MAP, .align = 8, .key = &t_float64, .elem = &t_int64};
    gotk__map *m = gotk__makemap(&t, 0);
    double nan = NAN, zero = 0.0, minus = -0.0;
    for (int i = 0; i < 100; i++) *(int64_t *)gotk__mapassign(&t, m, &nan) = i;
    EXPECT(m->count == 100 && !gotk__mapaccess(&t, m, &nan));
    gotk__mapdelete(&t, m, &nan);
    EXPECT(m->count == 100);
    *(int64_t *)gotk__mapassign(&t, m, &minus) = 1000;
    *(int64_t *)gotk__mapassign(&t, m, &zero) = 1001;
    EXPECT(m->count == 101 && *(int64_t *)gotk__mapaccess(&t, m, &minus) == 1001);
    gotk__mapiter it;
    int64_t sum = 0;
    int n = 0;
    for (gotk__mapiterinit(&t, m, &it); it.key; gotk__mapiternext(&it), n++) {
        sum += *(int64_t *)it.elem;
        for (int k = 0; k < 50; k++) {             /* the storage changes: NaNs must still come, each once */
            double d = n * 50 + k + 1;
            if (n < 30) *(int64_t *)gotk__mapassign(&t, m, &d) = 0;
        }
    }
    EXPECT(n >= 101 && sum == 99 * 100 / 2 + 1001, "%d %lld", n, (long long)sum);
    n = 0;
    for (gotk__mapiterinit(&t, m, &it); it.key; gotk__mapiternext(&it)) {
        n += isnan(*(double *)it.key);
        if (!n) continue;
        for (int k = 0; k < 8000; k++) { double d = -k - 1; gotk__mapassign(&t, m, &d); }   /* to new storage */
        gotk__mapclear(&t, m);
    }
    EXPECT(n == 1, "NaN keys survived clear: %d", n);
}

static void test_order(void) {
    gotk_type t = {.size = 8, .kind = KIND_MAP, .align = 8, .key = &t_int64, .elem = &t_int64};
    for (uint64_t size = 2; size <= 200; size *= 10) {
        gotk__map *m = gotk__makemap(&t, 0);
        for (uint64_t k = 0; k < size; k++) gotk__mapassign_fast64(&t, m, k);
        uint64_t first[200] = {0};
        for (int i = 0; i < 4000; i++) {
            gotk__mapiter it;
            gotk__mapiterinit(&t, m, &it);
            first[*(uint64_t *)it.key]++;
        }
        for (uint64_t k = 0; k < size; k++) EXPECT(first[k] > 4000 / size / 8, "key %llu of %llu came first %llu times", (unsigned long long)k, (unsigned long long)size, (unsigned long long)first[k]);
    }
}

int main(void) {
    const char *s = getenv("GOTK_TEST_SEED");
    rng = s ? strtoull(s, NULL, 0) : 88172645463325252u;
    printf("seed %llu\n", (unsigned long long)rng);
    gotk__clock_init();
    gotk__random_init(rng);
    gotk__heap_init(2ull << 30);
    static const gotk_type *const keys[] = {&t_int8, &t_int16, &t_int32, &t_int64, &t_ptr, &t_float64, &t_string, &t_mem12, &t_struct, &t_any};
    static const gotk_type t_pair = {.size = 16, .kind = KIND_STRING, .align = 8};
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) {
        uint32_t most = keys[i] == &t_int8 ? 256 : UNIVERSE;
        run_model(keys[i], &t_int64, 6, 20000, 0);
        run_model(keys[i], &t_pair, 20, 20000, 5);
        run_model(keys[i], &t_empty, 40, 20000, 0);
        run_model(keys[i], &t_int64, most, 120000, i % 2 ? 500 : 0);
    }
    test_nan();
    test_order();
    puts("ok");
    return 0;
}
