/* SPDX-License-Identifier: BSD-3-Clause
 * Shared by the files that bring compiled Go code into memory and describe it: loader.c (images and symbols), reloc.c
 * (machine-specific relocations), symtab.c (pc -> function), dwarfline.c (pc -> file and line), dwarfinline.c (pc -> inlined calls).
 *
 * Images are appended by gotk__load_objects before the code in them runs, and never unloaded: readers need no lock. */
#ifndef GOTK_LOADER_H
#define GOTK_LOADER_H
#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gotk__lines;
struct gotk__inlines;

/* One object file, mapped read-only for the life of the process (symbol names and debug sections are read from it). */
struct gotk__object {
    const char *path;
    const uint8_t *map;
    size_t size;
    const Elf64_Shdr *shdr;
    uint32_t nsec;
    const char *shstr;
    const Elf64_Sym *sym;
    uint32_t nsym, first_global;
    const char *str;
    uint64_t strsize;
    uint64_t *sec_addr;          /* per section: where it was loaded, 0 if not (debug data, discarded groups) */
    uint8_t *sec_seg;            /* per section: enum segment in loader.c */
    uint32_t *entry;             /* per global symbol (index - first_global): position in the symbol table */
    struct gotk__lines *lines;   /* decoded on demand; dwarfline.c, under its lock */
    struct gotk__inlines *inlines; /* the same; dwarfinline.c */
};

struct gotk__image {
    struct gotk__image *next;
    uint8_t *base;
    size_t size;
    uint64_t text_lo, text_hi;   /* compiled code only, not the stubs to the runtime */
    uint64_t code_size;          /* from base on: what is mapped r-x, stubs included */
    uint64_t data_lo, data_hi;   /* writable data: the collector's roots */
    uint32_t *locks;             /* offsets of the LOCK prefixes that lockprefix.c may exchange */
    uint32_t nlocks;
    struct gotk__object *objs;
    int nobjs;
};
extern struct gotk__image *gotk__images;

/* Makes a host function or variable known to objects that are loaded later, under this name. */
void gotk__loader_define(const char *name, const void *addr);
const Elf64_Shdr *gotk__object_section(const struct gotk__object *o, const char *name, uint32_t *index);
/* Value of symbol i of an object after loading; false if it is undefined or was discarded. */
bool gotk__object_symbol(const struct gotk__object *o, uint32_t i, uint64_t *addr);

/* ---- reloc.c: pure functions over bytes, so that each machine's can be tested on any machine. */
struct gotk__reloc {
    uint8_t *loc;                /* where the bytes are now */
    uint64_t place;              /* the address they will run at */
    uint64_t before, after;      /* bytes of the section before and from loc on: how far instructions may be looked at */
    uint32_t type;
    uint64_t sym;
    int64_t addend;
    uint64_t (*got)(void *ctx);  /* address of an 8-byte slot that holds sym */
    uint64_t (*stub)(void *ctx); /* address of code that jumps to sym, in reach of any call in the image; 0 if none */
    void *ctx;
};
/* NULL if applied, else what is wrong. */
const char *gotk__reloc_x86_64(const struct gotk__reloc *r);
const char *gotk__reloc_aarch64(const struct gotk__reloc *r);
bool gotk__reloc_is_got_x86_64(uint32_t type);
bool gotk__reloc_is_got_aarch64(uint32_t type);
enum { GOTK__STUB_SIZE = 16 };
/* Writes a stub of GOTK__STUB_SIZE bytes, to run at `place`, that jumps to the address in `slot`. */
void gotk__stub_x86_64(uint8_t *loc, uint64_t place, uint64_t slot);
void gotk__stub_aarch64(uint8_t *loc, uint64_t place, uint64_t slot);

/* ---- lockprefix.c */
/* While an image is loaded: notes the prefixes that section `bytes` (.gotk.locks or, light, .gotk.fences, loaded at its place) lists. False
 * if it is damaged. */
bool gotk__note_locks(struct gotk__image *im, const void *bytes, uint64_t size, bool light);

/* ---- symtab.c */
struct gotk__func { uint64_t start, end; const char *name; struct gotk__object *obj; };
const struct gotk__func *gotk__find_func(uint64_t pc);
void gotk__write_perf_map(void);

/* ---- dwarfline.c */
bool gotk__find_line(struct gotk__object *o, uint64_t start, uint64_t pc, const char **file, int *line);

/* ---- dwarfinline.c */
struct gotk__inline { const char *name, *call_file; int call_line; };
/* The inlined calls that pc belongs to, innermost first; their number. `own`: name in the debug data of the function itself, or NULL. */
int gotk__find_inlines(struct gotk__object *o, uint64_t pc, struct gotk__inline *out, int max, const char **own);
#endif
