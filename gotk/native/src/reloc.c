/* SPDX-License-Identifier: BSD-3-Clause
 * Applies one ELF relocation of an x86-64 or aarch64 object made by LLVM (PIC, small code model).
 *
 * Beyond what the psABIs require, loads of an address from the GOT are relaxed to address arithmetic when the target is
 * in reach, as a static linker would: type descriptors and package variables cost no memory access then. */
#include "loader.h"
#include <string.h>
#ifndef R_AARCH64_PLT32
#define R_AARCH64_PLT32 314          /* younger than some elf.h */
#endif

static bool fits32(int64_t v) { return v == (int32_t)v; }
static void put32(uint8_t *p, uint64_t v) { uint32_t w = (uint32_t)v; memcpy(p, &w, 4); }
static void put64(uint8_t *p, uint64_t v) { memcpy(p, &v, 8); }
static uint32_t get32(const uint8_t *p) { uint32_t w; memcpy(&w, p, 4); return w; }

static const char TOO_FAR[] = "relocation out of range";
static const char TRUNCATED[] = "relocation beyond the end of its section";
static const char UNSUPPORTED[] = "unsupported relocation type";

/* ---------------------------------------------------------------------------------------------- x86-64 */

bool gotk__reloc_is_got_x86_64(uint32_t type) {
    return type == R_X86_64_GOTPCREL || type == R_X86_64_GOTPCRELX || type == R_X86_64_REX_GOTPCRELX;
}

/* mov foo@GOTPCREL(%rip), %reg -> lea foo(%rip), %reg; call/jmp *foo@GOTPCREL(%rip) -> call/jmp foo. */
static bool relax_got_x86_64(const struct gotk__reloc *r) {
    int64_t v = (int64_t)(r->sym + (uint64_t)r->addend - r->place);
    if (r->before < 2 || r->addend != -4 || !fits32(v)) return false;
    uint8_t *op = r->loc - 2;
    if (op[0] == 0x8b && (op[1] & 0xc7) == 0x05) {
        op[0] = 0x8d;
        put32(r->loc, (uint64_t)v);
        return true;
    }
    if (op[0] == 0xff && op[1] == 0x15) {          /* addr32 prefix pads the shorter call to the same length */
        op[0] = 0x67;
        op[1] = 0xe8;
        put32(r->loc, (uint64_t)v);
        return true;
    }
    if (op[0] == 0xff && op[1] == 0x25 && fits32(v + 1)) {
        op[0] = 0xe9;
        put32(r->loc - 1, (uint64_t)(v + 1));
        r->loc[3] = 0x90;
        return true;
    }
    return false;
}

/* Is the 32-bit field the target of a direct call or jump (e8, e9, 0f 80..8f)? */
static bool is_branch_x86_64(const struct gotk__reloc *r) {
    if (r->before >= 1 && (r->loc[-1] == 0xe8 || r->loc[-1] == 0xe9)) return true;
    return r->before >= 2 && r->loc[-2] == 0x0f && (r->loc[-1] & 0xf0) == 0x80;
}

const char *gotk__reloc_x86_64(const struct gotk__reloc *r) {
    uint64_t v = r->sym + (uint64_t)r->addend;
    uint64_t width = r->type == R_X86_64_64 || r->type == R_X86_64_PC64 ? 8 : 4;
    if (r->type == R_X86_64_NONE) return NULL;
    if (r->after < width) return TRUNCATED;
    switch (r->type) {
    case R_X86_64_64: put64(r->loc, v); return NULL;
    case R_X86_64_PC64: put64(r->loc, v - r->place); return NULL;
    case R_X86_64_32:
        if (v >> 32) return TOO_FAR;
        put32(r->loc, v);
        return NULL;
    case R_X86_64_32S:
        if (!fits32((int64_t)v)) return TOO_FAR;
        put32(r->loc, v);
        return NULL;
    case R_X86_64_PC32:
    case R_X86_64_PLT32: {
        int64_t d = (int64_t)(v - r->place);
        if (!fits32(d)) {
            uint64_t stub = r->type == R_X86_64_PLT32 || is_branch_x86_64(r) ? r->stub(r->ctx) : 0;
            d = (int64_t)(stub + (uint64_t)r->addend - r->place);
            if (!stub || !fits32(d)) return TOO_FAR;
        }
        put32(r->loc, (uint64_t)d);
        return NULL;
    }
    case R_X86_64_GOTPCRELX:
    case R_X86_64_REX_GOTPCRELX:
        if (relax_got_x86_64(r)) return NULL;
        /* fallthrough */
    case R_X86_64_GOTPCREL: {
        int64_t d = (int64_t)(r->got(r->ctx) + (uint64_t)r->addend - r->place);
        if (!fits32(d)) return TOO_FAR;
        put32(r->loc, (uint64_t)d);
        return NULL;
    }
    default: return UNSUPPORTED;
    }
}

void gotk__stub_x86_64(uint8_t *loc, uint64_t place, uint64_t slot) {
    static const uint8_t code[GOTK__STUB_SIZE] = {0xff, 0x25, 0, 0, 0, 0, /* jmp *slot(%rip) */
        0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc};
    memcpy(loc, code, sizeof code);
    put32(loc + 2, slot - (place + 6));
}

/* --------------------------------------------------------------------------------------------- aarch64 */

bool gotk__reloc_is_got_aarch64(uint32_t type) {
    return type == R_AARCH64_ADR_GOT_PAGE || type == R_AARCH64_LD64_GOT_LO12_NC;
}

static void adr_immediate(uint8_t *loc, int64_t imm21) {
    uint32_t lo = (uint32_t)imm21 & 3, hi = (uint32_t)(imm21 >> 2) & 0x7ffff;
    put32(loc, (get32(loc) & ~(3u << 29 | 0x7ffffu << 5)) | lo << 29 | hi << 5);
}

static const char *adr_page(uint8_t *loc, uint64_t target, uint64_t place) {
    int64_t pages = (int64_t)((target & ~0xfffull) - (place & ~0xfffull)) >> 12;
    if (pages < -(1 << 20) || pages >= 1 << 20) return TOO_FAR;
    adr_immediate(loc, pages);
    return NULL;
}

static void imm12(uint8_t *loc, uint64_t v, int scale) {
    put32(loc, (get32(loc) & ~(0xfffu << 10)) | (uint32_t)((v & 0xfff) >> scale) << 10);
}

static const char *branch(const struct gotk__reloc *r, uint64_t target, int bits, int shift) {
    int64_t d = (int64_t)(target - r->place);
    if (d & 3 || d < -(1ll << (bits + 1)) || d >= 1ll << (bits + 1)) return TOO_FAR;
    uint32_t mask = ((1u << bits) - 1) << shift;
    put32(r->loc, (get32(r->loc) & ~mask) | ((uint32_t)(d >> 2) << shift & mask));
    return NULL;
}

const char *gotk__reloc_aarch64(const struct gotk__reloc *r) {
    uint64_t v = r->sym + (uint64_t)r->addend;
    if (r->type == R_AARCH64_NONE) return NULL;
    if (r->after < (r->type == R_AARCH64_ABS64 || r->type == R_AARCH64_PREL64 ? 8u : 4u)) return TRUNCATED;
    switch (r->type) {
    case R_AARCH64_ABS64: put64(r->loc, v); return NULL;
    case R_AARCH64_ABS32:
        if (v >> 32 && !fits32((int64_t)v)) return TOO_FAR;
        put32(r->loc, v);
        return NULL;
    case R_AARCH64_PREL64: put64(r->loc, v - r->place); return NULL;
    case R_AARCH64_PREL32:
    case R_AARCH64_PLT32: {
        int64_t d = (int64_t)(v - r->place);
        if (!fits32(d)) return TOO_FAR;
        put32(r->loc, (uint64_t)d);
        return NULL;
    }
    case R_AARCH64_CALL26:
    case R_AARCH64_JUMP26: {
        const char *e = branch(r, v, 26, 0);
        uint64_t stub = e ? r->stub(r->ctx) : 0;
        return stub ? branch(r, stub, 26, 0) : e;
    }
    case R_AARCH64_CONDBR19: return branch(r, v, 19, 5);
    case R_AARCH64_TSTBR14: return branch(r, v, 14, 5);
    case R_AARCH64_ADR_PREL_LO21: {
        int64_t d = (int64_t)(v - r->place);
        if (d < -(1 << 20) || d >= 1 << 20) return TOO_FAR;
        adr_immediate(r->loc, d);
        return NULL;
    }
    case R_AARCH64_ADR_PREL_PG_HI21:
    case R_AARCH64_ADR_PREL_PG_HI21_NC: return adr_page(r->loc, v, r->place);
    case R_AARCH64_ADD_ABS_LO12_NC:
    case R_AARCH64_LDST8_ABS_LO12_NC: imm12(r->loc, v, 0); return NULL;
    case R_AARCH64_LDST16_ABS_LO12_NC: imm12(r->loc, v, 1); return NULL;
    case R_AARCH64_LDST32_ABS_LO12_NC: imm12(r->loc, v, 2); return NULL;
    case R_AARCH64_LDST64_ABS_LO12_NC: imm12(r->loc, v, 3); return NULL;
    case R_AARCH64_LDST128_ABS_LO12_NC: imm12(r->loc, v, 4); return NULL;
    case R_AARCH64_ADR_GOT_PAGE: return adr_page(r->loc, r->got(r->ctx), r->place);
    case R_AARCH64_LD64_GOT_LO12_NC: imm12(r->loc, r->got(r->ctx), 3); return NULL;
    default: return UNSUPPORTED;
    }
}

void gotk__stub_aarch64(uint8_t *loc, uint64_t place, uint64_t slot) {
    put32(loc, 0x90000010);                        /* adrp x16, slot */
    adr_page(loc, slot, place);
    put32(loc + 4, 0xf9400210);                    /* ldr x16, [x16, #lo12(slot)] */
    imm12(loc + 4, slot, 3);
    put32(loc + 8, 0xd61f0200);                    /* br x16 */
    put32(loc + 12, 0xd4200000);                   /* brk #0 */
}
