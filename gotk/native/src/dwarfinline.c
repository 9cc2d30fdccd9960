/* SPDX-License-Identifier: BSD-3-Clause
 * From a pc to the calls that the optimiser inlined there: reads the subprograms and inlined calls of .debug_info (DWARF 4, which
 * is what the compiler asks for) when an object is first asked about.
 *
 * A subprogram's inlined calls lie one after the other in a table, in the order of the tree: an outer call before what is
 * inlined in it. Guarded by `lock` while decoding; a finished table is immutable. Damaged input yields fewer entries. */
#include "dwarf.h"
#include "g.h"

enum { TAG_COMPILE_UNIT = 0x11, TAG_INLINED = 0x1d, TAG_SUBPROGRAM = 0x2e };
enum { AT_NAME = 0x03, AT_STMT_LIST = 0x10, AT_LOW_PC = 0x11, AT_HIGH_PC = 0x12, AT_ABSTRACT_ORIGIN = 0x31, AT_RANGES = 0x55,
       AT_CALL_FILE = 0x58, AT_CALL_LINE = 0x59 };
enum { MAX_ABBREVS = 256, MAX_DEPTH = 256 };

struct entry { uint64_t lo, hi, origin; const char *name, *call_file; int call_line; };          /* of an inlined call */
struct sub { uint64_t lo, hi, origin, first, ncalls; const char *name; };      /* of a function: calls[first] and so on */
struct named { uint64_t offset, origin; const char *name; };
struct gotk__inlines {
    struct entry *calls;
    struct sub *subs;                    /* by address; one for each range */
    struct named *names;                 /* by offset of the entry, which is the order of reading */
    uint64_t nsubs, ncalls, nnames;
};

static gotk__mutex lock;

struct decoder {
    struct gotk__inlines *out;
    struct gotk__object *o;
    struct cursor str, ranges;
    const uint8_t *section;              /* start of .debug_info */
    uint64_t unit, line_table, base;     /* offset of the unit; its line table; base address of its ranges */
    struct { uint64_t tag; bool children; const uint8_t *attributes; } abbrevs[MAX_ABBREVS];
};

struct attributes {
    const char *name;
    uint64_t low, high, origin, ranges, call_file, call_line, line_table;
    bool has_low, high_is_size, has_ranges;
};

#define APPEND(array, n, value)                                                     \
    do {                                                                            \
        if (((n) & ((n) - 1)) == 0) (array) = realloc((array), ((n) ? 2 * (n) : 1) * sizeof *(array)); \
        (array)[(n)++] = (value);                                                   \
    } while (0)

/* ---- one entry */

static void read_abbrevs(struct decoder *d, struct cursor c) {
    memset(d->abbrevs, 0, sizeof d->abbrevs);
    for (uint64_t code; !c.bad && (code = take_uleb(&c));) {
        uint64_t tag = take_uleb(&c), children = take(&c, 1);
        const uint8_t *attributes = c.p;
        for (uint64_t at = 1, form = 1; !c.bad && (at || form);) {
            at = take_uleb(&c);
            form = take_uleb(&c);
        }
        if (code >= MAX_ABBREVS || c.bad) continue;
        d->abbrevs[code].tag = tag;
        d->abbrevs[code].children = children;
        d->abbrevs[code].attributes = attributes;
    }
}

static uint64_t take_form(struct decoder *d, struct cursor *c, uint64_t form, const char **s) {
    enum { ADDR = 0x01, BLOCK2 = 0x03, BLOCK4, DATA2, DATA4, DATA8, STRING, BLOCK, BLOCK1, DATA1, FLAG, SDATA, STRP, UDATA, REF_ADDR,
           REF1, REF2, REF4, REF8, REF_UDATA, SEC_OFFSET = 0x17, EXPRLOC, FLAG_PRESENT };
    uint64_t n;
    switch (form) {
    case ADDR: case DATA8: return take(c, 8);
    case DATA1: case FLAG: return take(c, 1);
    case DATA2: return take(c, 2);
    case DATA4: case SEC_OFFSET: case REF_ADDR: return take(c, 4);
    case SDATA: return (uint64_t)take_sleb(c);
    case UDATA: return take_uleb(c);
    case STRING: *s = take_string(c); return 0;
    case STRP: *s = string_at(&d->str, take(c, 4)); return 0;
    case REF1: return d->unit + take(c, 1);
    case REF2: return d->unit + take(c, 2);
    case REF4: return d->unit + take(c, 4);
    case REF8: return d->unit + take(c, 8);
    case REF_UDATA: return d->unit + take_uleb(c);
    case FLAG_PRESENT: return 1;
    case BLOCK1: n = take(c, 1); break;
    case BLOCK2: n = take(c, 2); break;
    case BLOCK4: n = take(c, 4); break;
    case BLOCK: case EXPRLOC: n = take_uleb(c); break;
    default: c->bad = true; return 0;
    }
    if (n > (uint64_t)(c->end - c->p)) c->bad = true;
    else c->p += n;
    return 0;
}

static struct attributes take_attributes(struct decoder *d, struct cursor *c, const uint8_t *spec) {
    enum { FORM_ADDR = 0x01 };
    struct attributes a = {0};
    struct cursor x = {spec, spec + 4096, false};    /* read before, up to its two zeros */
    while (!c->bad) {
        uint64_t at = take_uleb(&x), form = take_uleb(&x);
        if (!at && !form) break;
        const char *s = NULL;
        uint64_t v = take_form(d, c, form, &s);
        switch (at) {
        case AT_NAME: a.name = s; break;
        case AT_STMT_LIST: a.line_table = v; break;
        case AT_LOW_PC: a.low = v; a.has_low = true; break;
        case AT_HIGH_PC: a.high = v; a.high_is_size = form != FORM_ADDR; break;
        case AT_ABSTRACT_ORIGIN: a.origin = v; break;
        case AT_RANGES: a.ranges = v; a.has_ranges = true; break;
        case AT_CALL_FILE: a.call_file = v; break;
        case AT_CALL_LINE: a.call_line = v; break;
        default: break;
        }
    }
    return a;
}

/* ---- the tree */

static void add_range(struct decoder *d, bool sub, const struct attributes *a, uint64_t lo, uint64_t hi) {
    struct gotk__inlines *l = d->out;
    if (lo >= hi) return;
    if (sub) {
        struct sub s = {lo, hi, a->origin, l->ncalls, 0, a->name};
        APPEND(l->subs, l->nsubs, s);
    } else {
        struct entry e = {lo, hi, a->origin, a->name, gotk__line_file(d->o, d->line_table, a->call_file), (int)a->call_line};
        APPEND(l->calls, l->ncalls, e);
    }
}

static void add(struct decoder *d, bool sub, const struct attributes *a) {
    if (a->has_ranges) {
        struct cursor c = d->ranges;
        if (a->ranges > (uint64_t)(c.end - c.p)) return;
        c.p += a->ranges;
        for (uint64_t base = d->base; !c.bad;) {
            uint64_t lo = take(&c, 8), hi = take(&c, 8);
            if (!lo && !hi) break;
            if (lo == UINT64_MAX) base = hi;
            else add_range(d, sub, a, base + lo, base + hi);
        }
    } else if (a->has_low && a->low) {
        add_range(d, sub, a, a->low, a->high_is_size ? a->low + a->high : a->high);
    }
}

/* The calls read since belong to the functions from `open` on. */
static void close_sub(struct gotk__inlines *l, uint64_t open) {
    for (; open < l->nsubs; open++) l->subs[open].ncalls = l->ncalls - l->subs[open].first;
}

static void read_unit(struct decoder *d, struct cursor *c) {
    int depth = 0;
    uint64_t open = d->out->nsubs;
    while (c->p < c->end && !c->bad) {
        uint64_t offset = (uint64_t)(c->p - d->section), code = take_uleb(c);
        if (code == 0) {
            if (--depth <= 0) break;
            continue;
        }
        if (code >= MAX_ABBREVS || !d->abbrevs[code].attributes) break;
        uint64_t tag = d->abbrevs[code].tag;
        struct attributes a = take_attributes(d, c, d->abbrevs[code].attributes);
        if (c->bad) break;
        if (tag == TAG_COMPILE_UNIT) {
            d->line_table = a.line_table;
            d->base = a.has_low ? a.low : 0;
        } else if (tag == TAG_SUBPROGRAM) {
            struct named n = {offset, a.origin, a.name};
            APPEND(d->out->names, d->out->nnames, n);
            close_sub(d->out, open);
            open = d->out->nsubs;
            add(d, true, &a);
        } else if (tag == TAG_INLINED) {
            add(d, false, &a);
        }
        if (d->abbrevs[code].children && ++depth > MAX_DEPTH) break;
    }
    close_sub(d->out, open);
}

static const char *name_of(const struct gotk__inlines *l, const char *name, uint64_t origin) {
    for (int hops = 0; !name && origin && hops < 8; hops++) {
        uint64_t lo = 0, hi = l->nnames;
        while (lo < hi) {
            uint64_t mid = lo + (hi - lo) / 2;
            if (l->names[mid].offset < origin) lo = mid + 1;
            else hi = mid;
        }
        if (lo == l->nnames || l->names[lo].offset != origin) break;
        name = l->names[lo].name;
        origin = l->names[lo].origin;
    }
    return name;
}

static int by_lo(const void *a, const void *b) {
    const struct sub *x = a, *y = b;
    return x->lo < y->lo ? -1 : x->lo > y->lo;
}

static void finish(struct gotk__inlines *l) {
    for (uint64_t i = 0; i < l->ncalls; i++) l->calls[i].name = name_of(l, l->calls[i].name, l->calls[i].origin);
    for (uint64_t i = 0; i < l->nsubs; i++) l->subs[i].name = name_of(l, l->subs[i].name, l->subs[i].origin);
    if (l->nsubs) qsort(l->subs, l->nsubs, sizeof *l->subs, by_lo);
    free(l->names);
    l->names = NULL;
}

static struct gotk__inlines *decode(struct gotk__object *o) {
    struct gotk__inlines *l = calloc(1, sizeof *l);
    uint64_t size, ranges_size = 0;
    uint8_t *info = gotk__debug_section(o, ".debug_info", &size);
    if (!info) return l;
    uint8_t *ranges = gotk__debug_section(o, ".debug_ranges", &ranges_size);
    struct cursor abbrevs = section_cursor(o, ".debug_abbrev"), c = {info, info + size, false};
    struct decoder *d = calloc(1, sizeof *d);
    d->out = l;
    d->o = o;
    d->section = info;
    d->str = section_cursor(o, ".debug_str");
    d->ranges = (struct cursor){ranges, ranges + ranges_size, false};
    while (c.p < c.end && !c.bad) {
        d->unit = (uint64_t)(c.p - info);
        uint64_t len = take(&c, 4);
        if (len > (uint64_t)(c.end - c.p)) break;
        struct cursor unit = {c.p, c.p + len, false};
        c.p += len;
        uint64_t version = take(&unit, 2), offset = take(&unit, 4), address_size = take(&unit, 1);
        if (version != 4 || address_size != 8 || offset > (uint64_t)(abbrevs.end - abbrevs.p)) continue;
        read_abbrevs(d, (struct cursor){abbrevs.p + offset, abbrevs.end, false});
        read_unit(d, &unit);
    }
    finish(l);
    free(d);
    free(info);
    free(ranges);
    return l;
}

int gotk__find_inlines(struct gotk__object *o, uint64_t pc, struct gotk__inline *out, int max, const char **own) {
    gotk__lock(&lock);
    if (!o->inlines) o->inlines = decode(o);
    const struct gotk__inlines *l = o->inlines;
    gotk__unlock(&lock);
    *own = NULL;
    uint64_t lo = 0, hi = l->nsubs;
    while (lo < hi) {
        uint64_t mid = lo + (hi - lo) / 2;
        if (l->subs[mid].lo <= pc) lo = mid + 1;
        else hi = mid;
    }
    if (lo == 0 || pc >= l->subs[lo - 1].hi) return 0;
    const struct sub *s = &l->subs[lo - 1];
    const struct entry *call = l->calls + s->first, *end = call + s->ncalls;
    *own = s->name;
    int n = 0;
    for (; call < end; call++) {
        if (pc < call->lo || pc >= call->hi || !call->name) continue;
        if (n == max) break;
        memmove(out + 1, out, (size_t)n++ * sizeof *out);   /* outer calls come first in the table */
        out[0] = (struct gotk__inline){call->name, call->call_file, call->call_line};
    }
    return n;
}
