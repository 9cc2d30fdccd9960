/* SPDX-License-Identifier: BSD-3-Clause
 * From a pc to file and line: decodes .debug_line (DWARF versions 4 and 5) of one object when it is first asked about.
 *
 * The section is read from the mapped object file, whose relocations were not applied; a private copy gets them here.
 * Rows are kept sorted by address, so an answer is a binary search. Guarded by `lock` while decoding; a finished table is
 * immutable. Damaged input yields fewer rows, never a read outside the section. */
#include "dwarf.h"
#include "g.h"

struct row { uint64_t addr; uint32_t file, line; };      /* line 0: code that belongs to no line */
enum { END = 0xffffffff };                               /* as file: the address after a sequence */
struct gotk__lines {
    struct row *rows;
    uint64_t nrows, cap;
    char **files;
    uint32_t nfiles;
    struct unit { uint64_t offset, n; uint32_t *files; } *units;   /* file numbers of each line program -> files */
    uint32_t nunits;
};

static gotk__mutex lock;

/* Plain addresses and offsets are all that occurs in debug sections. */
uint8_t *gotk__debug_section(const struct gotk__object *o, const char *name, uint64_t *size) {
    uint32_t index;
    const Elf64_Shdr *s = gotk__object_section(o, name, &index);
    if (!s || s->sh_flags & SHF_COMPRESSED || s->sh_type == SHT_NOBITS) return NULL;
    uint8_t *copy = malloc(s->sh_size + 8);
    if (!copy) return NULL;
    *size = s->sh_size;
    memcpy(copy, o->map + s->sh_offset, s->sh_size);
    for (uint32_t i = 1; i < o->nsec; i++) {
        const Elf64_Shdr *rs = &o->shdr[i];
        if (rs->sh_type != SHT_RELA || rs->sh_info != index) continue;
        const Elf64_Rela *r = (const void *)(o->map + rs->sh_offset), *end = r + rs->sh_size / sizeof *r;
        for (; r < end; r++) {
            uint32_t type = (uint32_t)ELF64_R_TYPE(r->r_info), si = (uint32_t)ELF64_R_SYM(r->r_info);
#if defined(__x86_64__)
            unsigned width = type == R_X86_64_64 ? 8 : type == R_X86_64_32 ? 4 : 0;
#else
            unsigned width = type == R_AARCH64_ABS64 ? 8 : type == R_AARCH64_ABS32 ? 4 : 0;
#endif
            if (!width || si >= o->nsym || r->r_offset > s->sh_size - width || s->sh_size < width) continue;
            uint64_t v = 0;
            const Elf64_Sym *y = &o->sym[si];
            /* Against another debug section: an offset in it. Against code that was not loaded: 0, an empty sequence. */
            bool debug = y->st_shndx < o->nsec && !(o->shdr[y->st_shndx].sh_flags & SHF_ALLOC);
            if (debug) v = y->st_value + (uint64_t)r->r_addend;
            else if (gotk__object_symbol(o, si, &v)) v += (uint64_t)r->r_addend;
            memcpy(copy + r->r_offset, &v, width);
        }
    }
    return copy;
}

struct decoder {
    struct gotk__lines *out;
    struct cursor line_str, str;         /* .debug_line_str, .debug_str */
    const char **dirs;
    uint64_t ndirs;
    uint32_t *file_index;                /* of this unit -> out->files */
    uint64_t nfile_index;
    uint8_t address_size;
    bool dwarf64;
};

static void add_row(struct gotk__lines *l, uint64_t addr, uint32_t file, uint32_t line) {
    if (l->nrows == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 256;
        l->rows = realloc(l->rows, l->cap * sizeof *l->rows);
    }
    l->rows[l->nrows++] = (struct row){addr, file, line};
}

static uint32_t add_file(struct gotk__lines *l, const char *dir, const char *name) {
    size_t nd = strlen(dir), nn = strlen(name);
    bool join = name[0] != '/' && nd > 0;
    char *path = malloc(nd + nn + 2);
    if (join) {
        memcpy(path, dir, nd);
        if (dir[nd - 1] != '/') path[nd++] = '/';
        memcpy(path + nd, name, nn + 1);
    } else {
        memcpy(path, name, nn + 1);
    }
    for (uint32_t i = 0; i < l->nfiles; i++)
        if (!strcmp(l->files[i], path)) {
            free(path);
            return i;
        }
    l->files = realloc(l->files, (l->nfiles + 1) * sizeof *l->files);
    l->files[l->nfiles] = path;
    return l->nfiles++;
}

/* One attribute of a version 5 directory or file entry. */
static void take_form(struct decoder *d, struct cursor *c, uint64_t form, const char **s, uint64_t *n) {
    enum { DATA1 = 0x0b, DATA2 = 0x05, DATA4 = 0x06, DATA8 = 0x07, DATA16 = 0x1e, UDATA = 0x0f, STRING = 0x08,
           STRP = 0x0e, LINE_STRP = 0x1f, BLOCK = 0x09, BLOCK1 = 0x0a };
    uint64_t off;
    switch (form) {
    case DATA1: *n = take(c, 1); break;
    case DATA2: *n = take(c, 2); break;
    case DATA4: *n = take(c, 4); break;
    case DATA8: *n = take(c, 8); break;
    case DATA16: take(c, 8); take(c, 8); break;
    case UDATA: *n = take_uleb(c); break;
    case STRING: *s = take_string(c); break;
    case STRP: off = take(c, d->dwarf64 ? 8 : 4); *s = string_at(&d->str, off); break;
    case LINE_STRP: off = take(c, d->dwarf64 ? 8 : 4); *s = string_at(&d->line_str, off); break;
    case BLOCK1: for (uint64_t k = take(c, 1); k && !c->bad; k--) take(c, 1); break;
    case BLOCK: for (uint64_t k = take_uleb(c); k && !c->bad; k--) take(c, 1); break;
    default: c->bad = true;
    }
}

static void entries_v5(struct decoder *d, struct cursor *c, bool files) {
    enum { PATH = 1, DIRECTORY_INDEX = 2 };
    uint64_t formats[32][2], nf = take(c, 1);
    for (uint64_t i = 0; i < nf; i++) {
        uint64_t type = take_uleb(c), form = take_uleb(c);
        if (i < 32) { formats[i][0] = type; formats[i][1] = form; }
    }
    if (nf > 32) c->bad = true;
    uint64_t count = take_uleb(c);
    for (uint64_t k = 0; k < count && !c->bad; k++) {
        const char *name = "";
        uint64_t dir = 0;
        for (uint64_t i = 0; i < nf && !c->bad; i++) {
            const char *s = "";
            uint64_t n = 0;
            take_form(d, c, formats[i][1], &s, &n);
            if (formats[i][0] == PATH) name = s;
            if (formats[i][0] == DIRECTORY_INDEX) dir = n;
        }
        if (c->bad) return;
        if (files) {
            d->file_index = realloc(d->file_index, (d->nfile_index + 1) * sizeof *d->file_index);
            d->file_index[d->nfile_index++] = add_file(d->out, dir < d->ndirs ? d->dirs[dir] : "", name);
        } else {
            d->dirs = realloc(d->dirs, (d->ndirs + 1) * sizeof *d->dirs);
            d->dirs[d->ndirs++] = name;
        }
    }
}

/* Version 4 counts both from 1; directory 0 is the compilation directory, which stands elsewhere: left out. */
static void entries_v4(struct decoder *d, struct cursor *c) {
    d->dirs = realloc(d->dirs, sizeof *d->dirs);
    d->dirs[d->ndirs++] = "";
    for (const char *s; !c->bad && *(s = take_string(c));) {
        d->dirs = realloc(d->dirs, (d->ndirs + 1) * sizeof *d->dirs);
        d->dirs[d->ndirs++] = s;
    }
    d->file_index = malloc(sizeof *d->file_index);
    d->file_index[d->nfile_index++] = add_file(d->out, "", "?");
    for (const char *s; !c->bad && *(s = take_string(c));) {
        uint64_t dir = take_uleb(c);
        take_uleb(c);
        take_uleb(c);
        d->file_index = realloc(d->file_index, (d->nfile_index + 1) * sizeof *d->file_index);
        d->file_index[d->nfile_index++] = add_file(d->out, dir < d->ndirs ? d->dirs[dir] : "", s);
    }
}

struct machine { uint64_t addr, file, line; };

static void emit(struct decoder *d, const struct machine *m, bool end) {
    uint32_t file = m->file < d->nfile_index ? d->file_index[m->file] : 0;
    if (m->addr) add_row(d->out, m->addr, end ? END : file, (uint32_t)m->line);
}

static void run_program(struct decoder *d, struct cursor *c, const uint8_t *lengths, uint64_t min_inst, int64_t line_base,
                        uint64_t line_range, uint64_t opcode_base) {
    enum { COPY = 1, ADVANCE_PC, ADVANCE_LINE, SET_FILE, SET_COLUMN, NEGATE_STMT, BASIC_BLOCK, CONST_ADD_PC,
           FIXED_ADVANCE_PC, PROLOGUE_END, EPILOGUE_BEGIN, SET_ISA };
    enum { END_SEQUENCE = 1, SET_ADDRESS = 2 };
    struct machine m = {0, 1, 1};
    while (c->p < c->end && !c->bad) {
        uint64_t op = take(c, 1);
        if (op >= opcode_base) {
            op -= opcode_base;
            m.addr += op / line_range * min_inst;
            m.line += (uint64_t)(line_base + (int64_t)(op % line_range));
            emit(d, &m, false);
            continue;
        }
        switch (op) {
        case 0: {
            uint64_t len = take_uleb(c);
            if (len == 0 || len > (uint64_t)(c->end - c->p)) { c->bad = true; break; }
            struct cursor x = {c->p, c->p + len, false};
            c->p += len;
            uint64_t sub = take(&x, 1);
            if (sub == END_SEQUENCE) {
                emit(d, &m, true);
                m = (struct machine){0, 1, 1};
            } else if (sub == SET_ADDRESS) {
                m.addr = take(&x, len - 1 <= 8 ? (unsigned)len - 1 : 8);
            }
            break;
        }
        case COPY: emit(d, &m, false); break;
        case ADVANCE_PC: m.addr += take_uleb(c) * min_inst; break;
        case ADVANCE_LINE: m.line += (uint64_t)take_sleb(c); break;
        case SET_FILE: m.file = take_uleb(c); break;
        case CONST_ADD_PC: m.addr += (255 - opcode_base) / line_range * min_inst; break;
        case FIXED_ADVANCE_PC: m.addr += take(c, 2); break;
        case NEGATE_STMT: case BASIC_BLOCK: case PROLOGUE_END: case EPILOGUE_BEGIN: break;
        default:                         /* unknown ones take the stated number of LEB operands */
            for (uint8_t k = lengths[op - 1]; k && !c->bad; k--) take_uleb(c);
        }
    }
}

static void decode_unit(struct decoder *d, struct cursor *c) {
    uint64_t version = take(c, 2);
    if (version < 2 || version > 5) return;
    d->address_size = 8;
    if (version >= 5) {
        d->address_size = (uint8_t)take(c, 1);
        take(c, 1);
    }
    uint64_t header = take(c, d->dwarf64 ? 8 : 4);
    if (header > (uint64_t)(c->end - c->p)) return;
    const uint8_t *program = c->p + header;
    uint64_t min_inst = take(c, 1);
    if (version >= 4) take(c, 1);
    take(c, 1);
    int64_t line_base = (int8_t)take(c, 1);
    uint64_t line_range = take(c, 1), opcode_base = take(c, 1);
    if (line_range == 0 || opcode_base == 0) return;
    const uint8_t *lengths = c->p;
    for (uint64_t i = 1; i < opcode_base; i++) take(c, 1);
    if (version >= 5) {
        entries_v5(d, c, false);
        entries_v5(d, c, true);
    } else {
        entries_v4(d, c);
    }
    if (c->bad) return;
    struct cursor prog = {program, c->end, false};
    run_program(d, &prog, lengths, min_inst, line_base, line_range, opcode_base);
}

static int by_addr(const void *a, const void *b) {
    const struct row *x = a, *y = b;
    if (x->addr != y->addr) return x->addr < y->addr ? -1 : 1;
    return (x->file != END) - (y->file != END);      /* the end of one sequence before the start of the next */
}

/* Stable by construction: rows of one address are in program order, and the last of them counts; qsort is not stable, so
 * only the last row of an address is kept before sorting. */
static void finish(struct gotk__lines *l) {
    uint64_t n = 0;
    for (uint64_t i = 0; i < l->nrows; i++) {
        if (n && l->rows[n - 1].addr == l->rows[i].addr && l->rows[n - 1].file != END && l->rows[i].file != END) n--;
        l->rows[n++] = l->rows[i];
    }
    l->nrows = n;
    qsort(l->rows, n, sizeof *l->rows, by_addr);
}

static struct gotk__lines *decode(const struct gotk__object *o) {
    struct gotk__lines *l = calloc(1, sizeof *l);
    uint64_t size;
    uint8_t *copy = gotk__debug_section(o, ".debug_line", &size);
    if (!copy) return l;
    struct cursor c = {copy, copy + size, false};
    while (c.p < c.end && !c.bad) {
        struct decoder d = {.out = l, .line_str = section_cursor(o, ".debug_line_str"), .str = section_cursor(o, ".debug_str")};
        uint64_t offset = (uint64_t)(c.p - copy), len = take(&c, 4);
        if (len == 0xffffffff) {
            d.dwarf64 = true;
            len = take(&c, 8);
        }
        if (len > (uint64_t)(c.end - c.p)) break;
        struct cursor unit = {c.p, c.p + len, false};
        c.p += len;
        decode_unit(&d, &unit);
        free(d.dirs);
        l->units = realloc(l->units, (l->nunits + 1) * sizeof *l->units);
        l->units[l->nunits++] = (struct unit){offset, d.nfile_index, d.file_index};
    }
    free(copy);
    finish(l);
    return l;
}

static struct gotk__lines *lines_of(struct gotk__object *o) {
    gotk__lock(&lock);
    if (!o->lines) o->lines = decode(o);
    struct gotk__lines *l = o->lines;
    gotk__unlock(&lock);
    return l;
}

const char *gotk__line_file(struct gotk__object *o, uint64_t offset, uint64_t file) {
    const struct gotk__lines *l = lines_of(o);
    for (uint32_t i = 0; i < l->nunits; i++)
        if (l->units[i].offset == offset && file < l->units[i].n) return l->files[l->units[i].files[file]];
    return "?";
}

/* `start`: of the function that pc lies in. */
bool gotk__find_line(struct gotk__object *o, uint64_t start, uint64_t pc, const char **file, int *line) {
    const struct gotk__lines *l = lines_of(o);
    uint64_t lo = 0, hi = l->nrows;
    while (lo < hi) {
        uint64_t mid = lo + (hi - lo) / 2;
        if (l->rows[mid].addr <= pc) lo = mid + 1;
        else hi = mid;
    }
    /* Code of no line (moved or merged by the optimiser) counts to the line before it. */
    while (lo > 0 && l->rows[lo - 1].file != END && l->rows[lo - 1].line == 0) lo--;
    if (lo == 0 || l->rows[lo - 1].file >= l->nfiles || l->rows[lo - 1].addr < start) return false;
    *file = l->files[l->rows[lo - 1].file];
    *line = (int)l->rows[lo - 1].line;
    return true;
}
