/* SPDX-License-Identifier: BSD-3-Clause
 * Loads relocatable ELF objects made by LLVM and links them in memory: no files, no linker process, a few milliseconds.
 *
 * One call of gotk__load_objects makes one image, a single reservation laid out as
 *     code | stubs | read-only data, GOT | writable data | zero-initialised data and commons
 * that is placed near the runtime library, so that calls and address arithmetic reach it directly; a call that does not
 * reach goes through a stub and the GOT. After relocation code is r-x and read-only data r--: nothing is ever writable
 * and executable at once.
 *
 * Symbols: the first strong definition of a name wins over weak ones, otherwise the first weak one, over all objects of
 * the call in order and over earlier calls (so that the address of a type descriptor identifies the type). COMDAT groups
 * are kept once by signature. Names that no object defines are looked for among the runtime's (abi/runtime.def) and a
 * short list of C functions that LLVM may call by itself; anything else is an error that names the symbol.
 *
 * Not supported, each a clear error: thread-local data (the goroutine's is %fs:0x70 on x86-64 only), ifuncs, constructors, more
 * than 65,279 sections. Objects come from a cache on disk: every offset is checked before it is used.
 *
 * Rejected: dlopen of a shared library (needs a linker run and a file, symbol lookup by string hash per reference), LLVM's
 * RuntimeDyld/ORC in the running process (50 MB and its threads in every run). */
#include "loader.h"
#include "g.h"
#include "hash.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE EM_X86_64
#define apply_reloc gotk__reloc_x86_64
#define reloc_is_got gotk__reloc_is_got_x86_64
#define write_stub gotk__stub_x86_64
#elif defined(__aarch64__)
#define MACHINE EM_AARCH64
#define apply_reloc gotk__reloc_aarch64
#define reloc_is_got gotk__reloc_is_got_aarch64
#define write_stub gotk__stub_aarch64
#else
#error "no relocations for this machine"
#endif

enum segment { SEG_NONE, SEG_TEXT, SEG_RODATA, SEG_DATA, SEG_BSS, SEG_COUNT };
enum entry_kind { UNDEFINED, HOST, WEAK, COMMON, STRONG };

struct entry {
    const char *name;
    uint64_t addr, got, stub;
    uint32_t len, hash;
    uint8_t kind;                /* enum entry_kind */
    int32_t obj;                 /* index in the load that defines it, -1: an earlier load or the host */
    uint32_t sym;                /* its index there, while the address is not known yet */
};

/* All names known so far; positions are stable, the index is open addressing with linear probing. Single-threaded: objects
 * are loaded before the code in them runs (docs/architecture.md section 1). */
static struct { struct entry *e; uint32_t n, cap; uint32_t *index; uint32_t mask; } table;
struct gotk__image *gotk__images;
static struct gotk__image **images_tail = &gotk__images;

struct load {
    struct gotk__image *im;
    char *err;
    size_t errlen;
    uint64_t seg_size[SEG_COUNT];
    uint64_t local_gots;         /* GOT relocations against local symbols: at most a slot each */
    uint8_t *stub_next, *stub_end, *got_next, *got_end;
    struct { const char *name; uint64_t len; } *groups;
    uint32_t group_mask;
};

static bool fail(struct load *ld, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool fail(struct load *ld, const char *fmt, ...) {
    if (ld->errlen && !ld->err[0]) {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(ld->err, ld->errlen, fmt, ap);
        va_end(ap);
    }
    return false;
}

/* ------------------------------------------------------------------------------------ the symbol table */

static void table_reserve(uint64_t more) {
    uint64_t want = table.n + more;
    if (want > table.cap) {
        uint32_t cap = table.cap ? table.cap : 1024;
        while (cap < want) cap *= 2;
        table.e = realloc(table.e, cap * sizeof *table.e);
        table.cap = cap;
    }
    if (!table.index || want * 2 > table.mask) {
        uint32_t size = 2048;
        while (size < want * 2 + 1) size *= 2;
        free(table.index);
        table.index = calloc(size, sizeof *table.index);
        table.mask = size - 1;
        for (uint32_t i = 0; i < table.n; i++) {
            uint32_t h = table.e[i].hash & table.mask;
            while (table.index[h]) h = (h + 1) & table.mask;
            table.index[h] = i + 1;
        }
    }
}

/* Position of a name, or UINT32_MAX; with `add`, an undefined entry is made if there is none. */
static uint32_t table_find(const char *name, bool add) {
    uint32_t len = (uint32_t)strlen(name), hash = (uint32_t)gotk__hash_bytes(name, len, 0);
    if (add) table_reserve(1);
    else if (!table.index) return UINT32_MAX;
    uint32_t h = hash & table.mask;
    for (uint32_t i; (i = table.index[h]); h = (h + 1) & table.mask) {
        struct entry *e = &table.e[i - 1];
        if (e->hash == hash && e->len == len && !memcmp(e->name, name, len)) return i - 1;
    }
    if (!add) return UINT32_MAX;
    table.e[table.n] = (struct entry){.name = name, .len = len, .hash = hash, .obj = -1};
    table.index[h] = ++table.n;
    return table.n - 1;
}

void gotk__loader_define(const char *name, const void *addr) {
    uint32_t pos = table_find(name, true);         /* may move table.e */
    struct entry *e = &table.e[pos];
    if (e->kind > HOST) return;
    e->kind = HOST;
    e->addr = (uint64_t)(uintptr_t)addr;
}

/* Weak: a part of the runtime that is not linked in (a test of one file) is an undefined symbol only if it is used. */
#define RT(KIND, name, RET, ARGS) extern const char gotk_go_##name[] __attribute__((weak));
#include "runtime.def"
#undef RT
extern const char __morestack[] __attribute__((weak));
extern const char __udivti3[], __umodti3[], __divti3[], __modti3[];

static void define_host_symbols(void) {
    static const struct { const char *name; const void *addr; } host[] = {
#define RT(KIND, name, RET, ARGS) {"gotk_go_" #name, gotk_go_##name},
#include "runtime.def"
#undef RT
        {"__morestack", __morestack},
        {"__udivti3", __udivti3}, {"__umodti3", __umodti3}, {"__divti3", __divti3}, {"__modti3", __modti3},
#define C(f) {#f, (const void *)(uintptr_t)f}
        /* What LLVM's code generator calls by itself, for copies, 128-bit division and float operations without an
         * instruction. They run on the goroutine's stack: all are small leaves. */
        C(memcpy), C(memmove), C(memset), C(memcmp), C(bcmp), C(strlen),
        C(fmod), C(fmodf), C(floor), C(floorf), C(ceil), C(ceilf), C(trunc), C(truncf), C(rint), C(rintf),
        C(nearbyint), C(nearbyintf), C(round), C(roundf), C(fma), C(fmaf), C(sqrt), C(sqrtf), C(fmin), C(fmax),
        C(fminf), C(fmaxf), C(ldexp), C(ldexpf), C(copysign), C(copysignf), C(fabs), C(fabsf),
#undef C
    };
    static bool done;
    if (done) return;
    done = true;
    table_reserve(sizeof host / sizeof *host);
    for (size_t i = 0; i < sizeof host / sizeof *host; i++)
        if (host[i].addr) gotk__loader_define(host[i].name, host[i].addr);
}

void *gotk__symbol(const char *name) {
    define_host_symbols();
    uint32_t i = table_find(name, false);
    return i == UINT32_MAX || table.e[i].kind == UNDEFINED ? NULL : (void *)(uintptr_t)table.e[i].addr;
}

/* --------------------------------------------------------------------- reading and checking one object */

/* The type descriptors that objects have defined: at most n are stored, the number of all is returned. */
int64_t gotk__typelinks(const gotk_type **out, int64_t n) {
    int64_t found = 0;
    for (uint32_t i = 0; i < table.n; i++) {
        const struct entry *e = &table.e[i];
        if (e->kind < WEAK || e->len < 5 || memcmp(e->name, "type:", 5)) continue;
        if (found < n) out[found] = (const gotk_type *)(uintptr_t)e->addr;
        found++;
    }
    return found;
}

static bool in_file(const struct gotk__object *o, uint64_t off, uint64_t len) {
    return off <= o->size && len <= o->size - off;
}

static bool check_strings(const struct gotk__object *o, uint32_t section) {
    if (section >= o->nsec) return false;
    const Elf64_Shdr *s = &o->shdr[section];
    return s->sh_type == SHT_STRTAB && s->sh_size > 0 && o->map[s->sh_offset + s->sh_size - 1] == 0;
}

static bool check_sections(struct load *ld, struct gotk__object *o, uint32_t *symtab) {
    const char *path = o->path;
    for (uint32_t i = 1; i < o->nsec; i++) {
        const Elf64_Shdr *s = &o->shdr[i];
        if (s->sh_type != SHT_NOBITS && !in_file(o, s->sh_offset, s->sh_size))
            return fail(ld, "%s: section %u is beyond the end of the file", path, i);
        if (s->sh_addralign & (s->sh_addralign - 1) || s->sh_addralign > 4096)
            return fail(ld, "%s: section %u: unsupported alignment", path, i);
        if (s->sh_type == SHT_SYMTAB) *symtab = i;
        if (s->sh_type == SHT_SYMTAB_SHNDX) return fail(ld, "%s: more than 65279 sections", path);
        if (s->sh_type == SHT_RELA && (s->sh_info >= o->nsec || s->sh_entsize != sizeof(Elf64_Rela) || s->sh_offset % 8))
            return fail(ld, "%s: damaged relocation section %u", path, i);
        if (s->sh_type == SHT_REL) return fail(ld, "%s: relocations without addends are not supported", path);
        if (s->sh_type == SHT_GROUP && (s->sh_size < 4 || s->sh_size % 4 || s->sh_offset % 4))
            return fail(ld, "%s: damaged section group %u", path, i);
    }
    return true;
}

static bool map_object(struct load *ld, struct gotk__object *o, const char *path) {
    o->path = strdup(path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0) {
        int e = errno;
        if (fd >= 0) close(fd);
        return fail(ld, "%s: %s", path, strerror(e));
    }
    if (st.st_size < (off_t)sizeof(Elf64_Ehdr)) {
        close(fd);
        return fail(ld, "%s: not an ELF object", path);
    }
    o->size = (size_t)st.st_size;
    void *m = mmap(NULL, o->size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (m == MAP_FAILED) return fail(ld, "%s: mmap: %s", path, strerror(errno));
    o->map = m;
    const Elf64_Ehdr *h = m;
    if (memcmp(h->e_ident, ELFMAG, SELFMAG) || h->e_ident[EI_CLASS] != ELFCLASS64 || h->e_ident[EI_DATA] != ELFDATA2LSB)
        return fail(ld, "%s: not a 64-bit little-endian ELF object", path);
    if (h->e_type != ET_REL) return fail(ld, "%s: not a relocatable object", path);
    if (h->e_machine != MACHINE) return fail(ld, "%s: object for another machine (%d)", path, h->e_machine);
    if (h->e_shentsize != sizeof(Elf64_Shdr) || h->e_shoff % 8 || h->e_shnum == 0 ||
        !in_file(o, h->e_shoff, (uint64_t)h->e_shnum * sizeof(Elf64_Shdr)))
        return fail(ld, "%s: damaged section table (or more than 65279 sections)", path);
    o->shdr = (const void *)(o->map + h->e_shoff);
    o->nsec = h->e_shnum;
    uint32_t symtab = 0;
    if (!check_sections(ld, o, &symtab)) return false;
    if (!check_strings(o, h->e_shstrndx)) return fail(ld, "%s: damaged section names", path);
    o->shstr = (const char *)o->map + o->shdr[h->e_shstrndx].sh_offset;
    for (uint32_t i = 1; i < o->nsec; i++)
        if (o->shdr[i].sh_name >= o->shdr[h->e_shstrndx].sh_size) return fail(ld, "%s: damaged section names", path);
    if (!symtab) return fail(ld, "%s: no symbol table", path);
    const Elf64_Shdr *s = &o->shdr[symtab];
    if (s->sh_entsize != sizeof(Elf64_Sym) || s->sh_offset % 8 || !check_strings(o, s->sh_link))
        return fail(ld, "%s: damaged symbol table", path);
    o->sym = (const void *)(o->map + s->sh_offset);
    o->nsym = (uint32_t)(s->sh_size / sizeof(Elf64_Sym));
    o->first_global = s->sh_info < o->nsym ? s->sh_info : o->nsym;
    o->str = (const char *)o->map + o->shdr[s->sh_link].sh_offset;
    o->strsize = o->shdr[s->sh_link].sh_size;
    for (uint32_t i = 0; i < o->nsym; i++) {
        const Elf64_Sym *y = &o->sym[i];
        if (y->st_name >= o->strsize || (y->st_shndx >= o->nsec && y->st_shndx < SHN_LORESERVE) ||
            (y->st_shndx > SHN_ABS && y->st_shndx != SHN_COMMON))
            return fail(ld, "%s: damaged symbol %u", path, i);
    }
    o->sec_addr = calloc(o->nsec, sizeof *o->sec_addr);
    o->sec_seg = calloc(o->nsec, 1);
    o->entry = calloc(o->nsym - o->first_global + 1, sizeof *o->entry);
    return true;
}

const Elf64_Shdr *gotk__object_section(const struct gotk__object *o, const char *name, uint32_t *index) {
    for (uint32_t i = 1; i < o->nsec; i++)
        if (!strcmp(o->shstr + o->shdr[i].sh_name, name)) {
            if (index) *index = i;
            return &o->shdr[i];
        }
    return NULL;
}

/* ----------------------------------------------------------------------------------------- groups, layout */

/* Marks the members of groups that an earlier object of this load already brought. */
static bool discard_groups(struct load *ld, struct gotk__object *o, uint8_t *discarded) {
    for (uint32_t i = 1; i < o->nsec; i++) {
        const Elf64_Shdr *s = &o->shdr[i];
        if (s->sh_type != SHT_GROUP) continue;
        const uint32_t *w = (const void *)(o->map + s->sh_offset);
        if (!(w[0] & GRP_COMDAT)) continue;
        if (s->sh_info >= o->nsym) return fail(ld, "%s: damaged section group %u", o->path, i);
        const char *name = o->str + o->sym[s->sh_info].st_name;
        uint64_t len = strlen(name);
        uint32_t h = (uint32_t)gotk__hash_bytes(name, len, 1) & ld->group_mask;
        for (; ld->groups[h].name; h = (h + 1) & ld->group_mask)
            if (ld->groups[h].len == len && !memcmp(ld->groups[h].name, name, len)) break;
        if (!ld->groups[h].name) {
            ld->groups[h].name = name;
            ld->groups[h].len = len;
            continue;
        }
        for (uint64_t k = 1; k < s->sh_size / 4; k++) {
            if (w[k] >= o->nsec) return fail(ld, "%s: damaged section group %u", o->path, i);
            discarded[w[k]] = 1;
        }
    }
    return true;
}

static uint64_t align_up(uint64_t v, uint64_t a) { return a > 1 ? (v + a - 1) & ~(a - 1) : v; }

/* Gives each section that occupies memory its segment, and in sec_addr its offset there (+1, so that 0 stays "none"). */
static bool place_sections(struct load *ld, struct gotk__object *o) {
    uint8_t *discarded = calloc(o->nsec, 1);
    bool ok = discard_groups(ld, o, discarded);
    for (uint32_t i = 1; ok && i < o->nsec; i++) {
        const Elf64_Shdr *s = &o->shdr[i];
        const char *name = o->shstr + s->sh_name;
        if (!(s->sh_flags & SHF_ALLOC) || discarded[i]) continue;
        if (s->sh_flags & SHF_TLS) {
            ok = fail(ld, "%s: thread-local data (%s) is not supported", o->path, name);
            break;
        }
        if (s->sh_type == SHT_INIT_ARRAY || s->sh_type == SHT_FINI_ARRAY || s->sh_type == SHT_PREINIT_ARRAY) {
            if (s->sh_size) ok = fail(ld, "%s: constructors (%s) are not supported", o->path, name);
            continue;
        }
        if (s->sh_type != SHT_PROGBITS && s->sh_type != SHT_NOBITS) continue;   /* notes, the psABI's unwind tables */
        if (!strcmp(name, ".eh_frame")) continue;  /* nothing unwinds through compiled code: it has frame pointers */
        enum segment seg = s->sh_type == SHT_NOBITS ? SEG_BSS
            : s->sh_flags & SHF_EXECINSTR ? SEG_TEXT
            : !(s->sh_flags & SHF_WRITE) || !strncmp(name, ".data.rel.ro", 12) ? SEG_RODATA : SEG_DATA;
        ld->seg_size[seg] = align_up(ld->seg_size[seg], s->sh_addralign);
        o->sec_seg[i] = (uint8_t)seg;
        o->sec_addr[i] = ld->seg_size[seg] + 1;
        if (s->sh_size > 1u << 30 || (ld->seg_size[seg] += s->sh_size) > 1u << 30)
            ok = fail(ld, "%s: more than 1 GiB of code or data", o->path);
    }
    free(discarded);
    return ok;
}

/* ---------------------------------------------------------------------------------------------- symbols */

static bool enter_symbols(struct load *ld, struct gotk__object *o, int index) {
    for (uint32_t i = o->first_global; i < o->nsym; i++) {
        const Elf64_Sym *y = &o->sym[i];
        const char *name = o->str + y->st_name;
        if (ELF64_ST_TYPE(y->st_info) == STT_TLS || ELF64_ST_TYPE(y->st_info) == STT_GNU_IFUNC)
            return fail(ld, "%s: symbol %s: thread-local data and ifuncs are not supported", o->path, name);
        uint32_t pos = table_find(name, true);
        struct entry *e = &table.e[pos];
        o->entry[i - o->first_global] = pos;
        if (y->st_shndx == SHN_UNDEF) continue;
        uint8_t kind;
        if (y->st_shndx == SHN_COMMON) kind = COMMON;
        else if (y->st_shndx != SHN_ABS && !o->sec_seg[y->st_shndx]) continue;     /* in a discarded group, or debug */
        else kind = ELF64_ST_BIND(y->st_info) == STB_WEAK ? WEAK : STRONG;
        if (kind == STRONG && e->kind == STRONG)
            return fail(ld, "duplicate symbol %s in %s%s%s", name, o->path, e->obj >= 0 ? " and " : "",
                        e->obj >= 0 ? ld->im->objs[e->obj].path : "");
        if (kind == COMMON && e->kind == COMMON && e->obj >= 0) {   /* the largest one counts */
            if (y->st_size <= ld->im->objs[e->obj].sym[e->sym].st_size) continue;
        } else if (kind <= e->kind) {
            continue;
        } else if (e->obj < 0 && e->kind > HOST) {
            return fail(ld, "%s: symbol %s was loaded before as a weak one", o->path, name);
        }
        e->kind = kind;
        e->obj = index;
        e->sym = i;
    }
    return true;
}

static void place_commons(struct load *ld) {
    for (uint32_t i = 0; i < table.n; i++) {
        struct entry *e = &table.e[i];
        if (e->kind != COMMON || e->obj < 0) continue;
        const Elf64_Sym *y = &ld->im->objs[e->obj].sym[e->sym];
        ld->seg_size[SEG_BSS] = align_up(ld->seg_size[SEG_BSS], y->st_value);
        e->addr = ld->seg_size[SEG_BSS];
        ld->seg_size[SEG_BSS] += y->st_size;
    }
}

/* Adds the segments' bases: sections first, then the symbols that this load defines. */
static void fix_addresses(struct load *ld, const uint64_t *base) {
    for (int k = 0; k < ld->im->nobjs; k++) {
        struct gotk__object *o = &ld->im->objs[k];
        for (uint32_t i = 1; i < o->nsec; i++)
            if (o->sec_addr[i]) o->sec_addr[i] += base[o->sec_seg[i]] - 1;
    }
    for (uint32_t i = 0; i < table.n; i++) {
        struct entry *e = &table.e[i];
        if (e->obj < 0) continue;
        const Elf64_Sym *y = &ld->im->objs[e->obj].sym[e->sym];
        if (e->kind == COMMON) e->addr += base[SEG_BSS];
        else if (y->st_shndx == SHN_ABS) e->addr = y->st_value;
        else e->addr = ld->im->objs[e->obj].sec_addr[y->st_shndx] + y->st_value;
    }
}

bool gotk__object_symbol(const struct gotk__object *o, uint32_t i, uint64_t *addr) {
    if (i >= o->nsym) return false;
    const Elf64_Sym *y = &o->sym[i];
    if (y->st_shndx == SHN_UNDEF || y->st_shndx == SHN_COMMON) {
        if (i < o->first_global) return false;
        const struct entry *e = &table.e[o->entry[i - o->first_global]];
        *addr = e->addr;
        return e->kind != UNDEFINED;
    }
    if (y->st_shndx == SHN_ABS) {
        *addr = y->st_value;
        return true;
    }
    if (!o->sec_addr[y->st_shndx]) return false;
    *addr = o->sec_addr[y->st_shndx] + y->st_value;    /* its own copy, even where another object's won */
    return true;
}

/* ------------------------------------------------------------------------------------------- relocation */

struct reloc_ctx { struct load *ld; struct entry *e; uint64_t sym; };

static uint64_t new_slot(struct load *ld, uint64_t value) {
    uint8_t *slot = ld->got_next;
    if (slot + 8 > ld->got_end) return 0;
    ld->got_next += 8;
    memcpy(slot, &value, 8);
    return (uint64_t)(uintptr_t)slot;
}

static uint64_t got_slot(void *p) {
    struct reloc_ctx *c = p;
    if (!c->e) return new_slot(c->ld, c->sym);
    if (!c->e->got) c->e->got = new_slot(c->ld, c->sym);
    return c->e->got;
}

static uint64_t stub(void *p) {
    struct reloc_ctx *c = p;
    if (!c->e) return 0;
    if (!c->e->stub && c->ld->stub_next + GOTK__STUB_SIZE <= c->ld->stub_end) {
        uint64_t slot = got_slot(p);
        if (!slot) return 0;
        write_stub(c->ld->stub_next, (uint64_t)(uintptr_t)c->ld->stub_next, slot);
        c->e->stub = (uint64_t)(uintptr_t)c->ld->stub_next;
        c->ld->stub_next += GOTK__STUB_SIZE;
    }
    return c->e->stub;
}

static bool relocate_section(struct load *ld, struct gotk__object *o, const Elf64_Shdr *rs) {
    const Elf64_Shdr *s = &o->shdr[rs->sh_info];
    uint64_t base = o->sec_addr[rs->sh_info];
    const Elf64_Rela *r = (const void *)(o->map + rs->sh_offset), *end = r + rs->sh_size / sizeof *r;
    if (s->sh_type == SHT_NOBITS) return r == end || fail(ld, "%s: relocations in zero-initialised data", o->path);
    for (; r < end; r++) {
        uint32_t si = (uint32_t)ELF64_R_SYM(r->r_info);
        if (si >= o->nsym || r->r_offset >= s->sh_size) return fail(ld, "%s: damaged relocation", o->path);
        const Elf64_Sym *y = &o->sym[si];
        struct reloc_ctx ctx = {ld, NULL, 0};
        if (si >= o->first_global) {
            ctx.e = &table.e[o->entry[si - o->first_global]];
            ctx.sym = ctx.e->addr;
            if (ctx.e->kind == UNDEFINED && ELF64_ST_BIND(y->st_info) != STB_WEAK)
                return fail(ld, "undefined symbol %s, needed by %s", ctx.e->name, o->path);
        } else if (si == 0 || y->st_shndx == SHN_ABS) {
            ctx.sym = y->st_value;
        } else if (y->st_shndx >= o->nsec || !o->sec_addr[y->st_shndx]) {
            return fail(ld, "%s: reference to a section that is not loaded (%s)", o->path, o->str + y->st_name);
        } else {
            ctx.sym = o->sec_addr[y->st_shndx] + y->st_value;
        }
        uint8_t *loc = (uint8_t *)(uintptr_t)(base + r->r_offset);
        struct gotk__reloc q = {.loc = loc, .place = (uint64_t)(uintptr_t)loc, .before = r->r_offset,
            .after = s->sh_size - r->r_offset, .type = (uint32_t)ELF64_R_TYPE(r->r_info), .sym = ctx.sym,
            .addend = r->r_addend, .got = got_slot, .stub = stub, .ctx = &ctx};
        const char *e = apply_reloc(&q);
        if (e)
            return fail(ld, "%s: %s (type %u) against %s in %s", o->path, e, q.type,
                        ctx.e ? ctx.e->name : o->str + y->st_name, o->shstr + s->sh_name);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ the whole load */

/* A reservation whose every byte is in reach (±2 GiB, less a margin) of the runtime library if the address space allows. */
static uint8_t *reserve_near(uint64_t size) {
    enum { STEP = 16 << 20, TRIES = 60 };          /* up to 960 MiB away, and at most 1 GiB large */
    uint64_t anchor = (uint64_t)(uintptr_t)&reserve_near & ~(uint64_t)0x1fffff;
    for (int k = 1; k <= TRIES; k++)
        for (int dir = 0; dir < 2; dir++) {
            uint64_t at = dir ? anchor + (uint64_t)k * STEP : anchor - (uint64_t)k * STEP - align_up(size, 1 << 21);
            if (at > 1ull << 47 || at < 1 << 20) continue;
            void *p = mmap((void *)(uintptr_t)at, size, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
            if (p == MAP_FAILED) continue;
            if ((uint64_t)(uintptr_t)p == at) return p;
            munmap(p, size);                       /* a kernel that does not know the flag took it as a hint */
        }
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

/* Decides where everything goes: offsets of the segments in the image, and the reservation itself. */
static bool lay_out(struct load *ld, uint64_t off[SEG_COUNT], uint64_t page) {
    struct gotk__image *im = ld->im;
    uint64_t max_slots = table.n + ld->local_gots; /* a slot or stub per name, whoever defined it */
    off[SEG_TEXT] = 0;
    uint64_t stubs = align_up(ld->seg_size[SEG_TEXT], 64);
    off[SEG_RODATA] = align_up(stubs + (uint64_t)table.n * GOTK__STUB_SIZE + 1, page);
    uint64_t got = align_up(off[SEG_RODATA] + ld->seg_size[SEG_RODATA], 64);
    off[SEG_DATA] = align_up(got + max_slots * 8 + 1, page);
    off[SEG_BSS] = align_up(off[SEG_DATA] + ld->seg_size[SEG_DATA], 4096);
    uint64_t end = align_up(off[SEG_BSS] + ld->seg_size[SEG_BSS] + 1, page);
    if (end > 1u << 30) return fail(ld, "more than 1 GiB of code and data");
    im->size = end;
    im->base = reserve_near(end);
    if (!im->base) return fail(ld, "cannot reserve %llu bytes for code: %s", (unsigned long long)end, strerror(errno));
    ld->stub_next = im->base + stubs;
    ld->stub_end = im->base + off[SEG_RODATA];
    ld->got_next = im->base + got;
    ld->got_end = im->base + off[SEG_DATA];
    uint64_t base = (uint64_t)(uintptr_t)im->base;
    im->text_lo = base;
    im->code_size = off[SEG_RODATA];
    im->text_hi = base + ld->seg_size[SEG_TEXT];
    im->data_lo = base + off[SEG_DATA];
    im->data_hi = base + off[SEG_BSS] + ld->seg_size[SEG_BSS];
    return true;
}

static bool build_image(struct load *ld) {
    struct gotk__image *im = ld->im;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), nglobals = 0;
    uint32_t ngroups = 0;
    for (int k = 0; k < im->nobjs; k++) {
        struct gotk__object *o = &im->objs[k];
        nglobals += o->nsym - o->first_global;
        for (uint32_t i = 1; i < o->nsec; i++) {
            const Elf64_Shdr *s = &o->shdr[i];
            ngroups += s->sh_type == SHT_GROUP;
            if (s->sh_type != SHT_RELA || !(o->shdr[s->sh_info].sh_flags & SHF_ALLOC)) continue;
            const Elf64_Rela *r = (const void *)(o->map + s->sh_offset), *end = r + s->sh_size / sizeof *r;
            for (; r < end; r++)
                if (reloc_is_got((uint32_t)ELF64_R_TYPE(r->r_info)) && ELF64_R_SYM(r->r_info) < o->first_global)
                    ld->local_gots++;
        }
    }
    table_reserve(nglobals);
    for (ld->group_mask = 15; ld->group_mask < ngroups * 2; ld->group_mask = ld->group_mask * 2 + 1) {}
    ld->groups = calloc(ld->group_mask + 1, sizeof *ld->groups);
    for (int k = 0; k < im->nobjs; k++)
        if (!place_sections(ld, &im->objs[k]) || !enter_symbols(ld, &im->objs[k], k)) return false;
    place_commons(ld);

    uint64_t off[SEG_COUNT], addr[SEG_COUNT] = {0};
    if (!lay_out(ld, off, page)) return false;
    for (int s = SEG_TEXT; s < SEG_COUNT; s++) addr[s] = (uint64_t)(uintptr_t)im->base + off[s];
#ifdef MADV_POPULATE_WRITE
    /* Touch what will be written in one system call instead of a fault a page; a hint, so failure does not matter. */
    madvise(im->base, align_up(ld->seg_size[SEG_TEXT], page), MADV_POPULATE_WRITE);
    madvise(im->base + off[SEG_RODATA], align_up(ld->seg_size[SEG_RODATA], page), MADV_POPULATE_WRITE);
#endif
    fix_addresses(ld, addr);
    for (int k = 0; k < im->nobjs; k++) {
        struct gotk__object *o = &im->objs[k];
        for (uint32_t i = 1; i < o->nsec; i++)
            if (o->sec_addr[i] && o->shdr[i].sh_type != SHT_NOBITS)
                memcpy((void *)(uintptr_t)o->sec_addr[i], o->map + o->shdr[i].sh_offset, o->shdr[i].sh_size);
    }
    for (int k = 0; k < im->nobjs; k++) {
        struct gotk__object *o = &im->objs[k];
        for (uint32_t i = 1; i < o->nsec; i++)
            if (o->shdr[i].sh_type == SHT_RELA && o->sec_addr[o->shdr[i].sh_info] &&
                !relocate_section(ld, o, &o->shdr[i]))
                return false;
        for (uint32_t i = 1; i < o->nsec; i++) {
            const char *name = o->shstr + o->shdr[i].sh_name;
            bool light = !strcmp(name, ".gotk.fences");
            if (o->sec_addr[i] && o->sec_seg[i] == SEG_RODATA && (light || !strcmp(name, ".gotk.locks")) &&
                !gotk__note_locks(im, (const void *)(uintptr_t)o->sec_addr[i], o->shdr[i].sh_size, light))
                return fail(ld, "%s: damaged list of lock prefixes", o->path);
        }
    }
    __builtin___clear_cache((char *)im->base, (char *)im->base + off[SEG_RODATA]);
    if (mprotect(im->base, off[SEG_RODATA], PROT_READ | PROT_EXEC) ||
        mprotect(im->base + off[SEG_RODATA], off[SEG_DATA] - off[SEG_RODATA], PROT_READ))
        return fail(ld, "cannot make code executable: %s", strerror(errno));
    return true;
}

/* On failure nothing is loaded; names that the failed load defined become undefined again. Mapped files stay, since the
 * table refers to the names in them: a failed load is the end of the run anyway. */
static void discard_load(struct load *ld) {
    for (uint32_t i = 0; i < table.n; i++) {
        struct entry *e = &table.e[i];
        if (e->obj >= 0) *e = (struct entry){.name = e->name, .len = e->len, .hash = e->hash, .obj = -1};
    }
    if (ld->im->base) munmap(ld->im->base, ld->im->size);
    free(ld->im->locks);
    ld->im->locks = NULL;
    ld->im->nlocks = 0;
}

/* Links the objects and makes their code executable. 0, or -1 with a message in err. */
int gotk__load_objects(const char *const *paths, int n, char *err, size_t errlen) {
    struct load ld = {.err = err, .errlen = errlen};
    if (errlen) err[0] = 0;
    define_host_symbols();
    struct gotk__image *im = ld.im = calloc(1, sizeof *im);
    im->objs = calloc((size_t)n + 1, sizeof *im->objs);
    im->nobjs = n;
    bool ok = true;
    for (int k = 0; ok && k < n; k++) ok = map_object(&ld, &im->objs[k], paths[k]);
    ok = ok && build_image(&ld);
    free(ld.groups);
    if (!ok) {
        discard_load(&ld);
        return -1;
    }
    for (uint32_t i = 0; i < table.n; i++) {
        table.e[i].obj = -1;
        table.e[i].got = table.e[i].stub = 0;      /* another image has its own, in its own reach */
    }
    *images_tail = im;
    images_tail = &im->next;
    const char *perf = getenv("GOTK_PERF_MAP");
    if (perf && !strcmp(perf, "1")) gotk__write_perf_map();
    return 0;
}

/* Async-signal-safe: images are never removed and published last. */
bool gotk__in_go_text(uint64_t pc) {
    for (const struct gotk__image *im = gotk__images; im; im = im->next)
        if (pc - im->text_lo < im->text_hi - im->text_lo) return true;
    return false;
}
