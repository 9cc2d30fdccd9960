/* SPDX-License-Identifier: BSD-3-Clause
 * Reading debug sections: what dwarfline.c and dwarfinline.c share. A cursor never leaves its bytes: beyond them it is `bad` and
 * yields zeros. */
#ifndef GOTK_DWARF_H
#define GOTK_DWARF_H
#include "loader.h"
#include <stdlib.h>
#include <string.h>

struct cursor { const uint8_t *p, *end; bool bad; };

static inline uint64_t take(struct cursor *c, unsigned n) {
    uint64_t v = 0;
    if ((uint64_t)(c->end - c->p) < n) {
        c->bad = true;
        c->p = c->end;
        return 0;
    }
    memcpy(&v, c->p, n);
    c->p += n;
    return v;
}

static inline uint64_t take_uleb(struct cursor *c) {
    uint64_t v = 0;
    for (unsigned shift = 0;; shift += 7) {
        uint8_t b = (uint8_t)take(c, 1);
        if (shift < 64) v |= (uint64_t)(b & 0x7f) << shift;
        if (!(b & 0x80) || c->bad) return v;
    }
}

static inline int64_t take_sleb(struct cursor *c) {
    uint64_t v = 0;
    for (unsigned shift = 0;;) {
        uint8_t b = (uint8_t)take(c, 1);
        if (shift < 64) v |= (uint64_t)(b & 0x7f) << shift;
        shift += 7;
        if (!(b & 0x80) || c->bad) {
            if (b & 0x40 && shift < 64) v |= ~0ull << shift;
            return (int64_t)v;
        }
    }
}

static inline const char *take_string(struct cursor *c) {
    const uint8_t *nul = memchr(c->p, 0, (size_t)(c->end - c->p));
    const char *s = (const char *)c->p;
    if (!nul) {
        c->bad = true;
        c->p = c->end;
        return "";
    }
    c->p = nul + 1;
    return s;
}

static inline const char *string_at(const struct cursor *section, uint64_t off) {
    uint64_t size = (uint64_t)(section->end - section->p);
    if (off >= size || !memchr(section->p + off, 0, size - off)) return "";
    return (const char *)section->p + off;
}

static inline struct cursor section_cursor(const struct gotk__object *o, const char *name) {
    const Elf64_Shdr *s = gotk__object_section(o, name, NULL);
    if (!s || s->sh_flags & SHF_COMPRESSED || s->sh_type == SHT_NOBITS) return (struct cursor){o->map, o->map, false};
    return (struct cursor){o->map + s->sh_offset, o->map + s->sh_offset + s->sh_size, false};
}

/* A copy of the section with its relocations applied, or NULL; the caller frees it. */
uint8_t *gotk__debug_section(const struct gotk__object *o, const char *name, uint64_t *size);
/* The name of file number `file` in the line table at this offset of .debug_line. Decodes it if need be; "?" if there is none. */
const char *gotk__line_file(struct gotk__object *o, uint64_t offset, uint64_t file);
#endif
