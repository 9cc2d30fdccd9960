/* SPDX-License-Identifier: BSD-3-Clause
 * Offsets and constants that the assembly shares with C; asm_offsets.c holds them against the structs at compile time. */
#ifndef GOTK_ASM_OFFSETS_H
#define GOTK_ASM_OFFSETS_H

/* struct gotk__g */
#define G_SP        0
#define G_FP        8
#define G_SAVED     16
#if defined(__aarch64__)
#define GOTK_ASM_FILE "asm_aarch64.S"
#define SAVED_REGS  18      /* x19 to x28, d8 to d15 */
#define CALL_SLOT   16      /* bytes of stack that a return address takes: sp stays aligned */
#define FRAME_JMP   21      /* words of a frame's jump buffer: sp, pc, fp, and those */
#else
#define G_RBP       8
#define G_RBX       16
#define G_R12       24
#define G_R13       32
#define G_R14       40
#define G_R15       48
#define GOTK_ASM_FILE "asm_x86_64.S"
#define SAVED_REGS  5       /* rbx, r12 to r15 */
#define CALL_SLOT   8
#define FRAME_JMP   10
#endif
#define FRAME_WORDS (4 + FRAME_JMP + 4)     /* golib/src/runtime/g.go: the last four are its first two deferred calls */
#define G_LIMIT     (G_SAVED + 8 * SAVED_REGS)
#define G_RET0      (G_LIMIT + 8)
#define G_RET1      (G_LIMIT + 16)
#define G_SEG       (G_LIMIT + 24)
#define G_SIGFRAME  (G_LIMIT + 32)
#define G_FRAMES    (G_LIMIT + 40)
#define G_DEFERRING (G_LIMIT + 48)
#define G_SCRATCH   (G_LIMIT + 56)

/* struct gotk__m (thread-local) */
#define M_G         0
#define M_G0SP      8
#define M_FLAGS     16  /* resched and preempt, tested together */
#define M_RESCHED   16
#define M_P         24

/* struct gotk__p, gotk__cacheslot (heap.h), gotk_type */
#define P_MCACHE    104
#define SLOT_BITS   0
#define SLOT_BASE   8
#define SLOT_SIZE   16
#define SLOT_NEEDZERO 20
#define SLOT_SHIFT  6   /* a slot is 64 bytes, the first at the cache's start */
#define SMALL_TABLE 1024 /* sizes that gotk__class_small knows */
#define TYPE_FLAGS  14
#define TYPE_NOPTR_BIT 16

/* struct gotk__chan; a sudog queue begins with its first element */
#define CHAN_COUNT  0
#define CHAN_CAP    8
#define CHAN_SIZE   16
#define CHAN_LOCK   24
#define CHAN_CLOSED 28
#define CHAN_SEND   32
#define CHAN_RECV   40
#define CHAN_RECVQ  48
#define CHAN_SENDQ  64
#define CHAN_BUF    80
#define CHAN_ELEM_MAX 128  /* longer values are copied by C: the lock is held meanwhile */

/* struct gotk__seg */
#define SEG_NEXT    0
#define SEG_PREV    8
#define SEG_LIMIT   16
#define SEG_TOP     24
#define SEG_ROOM    32
#define SEG_OLDSP   40

/* struct gotk__frame: the jump buffer begins at word 4 */
#define FR_PREV     0
#define FR_DEPTH    8
#define FR_DEFERS   16
#define FR_SP       32
#define FR_PC       40
#if defined(__aarch64__)
#define FR_FP       48      /* then x19 to x28, d8 to d15 */
#else
#define FR_RBX      48
#define FR_RBP      56
#define FR_R12      64
#define FR_R13      72
#define FR_R14      80
#define FR_R15      88
#define FR_LIMIT    96
#define FR_SEG      104
#endif

/* registers of golib/src/reflect/abi.go (no C struct); RC_SIZE is rounded up to a multiple of 16 */
#if defined(__aarch64__)
#define RC_INT_REGS    8
#define RC_INT_RESULTS 8
#define RC_SIZE        240
#else
#define RC_INT_REGS    6
#define RC_INT_RESULTS 3
#define RC_SIZE        192
#endif
#define RC_INTS        0
#define RC_FLOATS      (8 * RC_INT_REGS)
#define RC_CONTEXT     (RC_FLOATS + 64)
#define RC_CODE        (RC_CONTEXT + 8)
#define RC_STACK       (RC_CONTEXT + 16)
#define RC_STACK_BYTES (RC_CONTEXT + 24)
#define RC_INT_OUT     (RC_CONTEXT + 32)
#define RC_FLOAT_OUT   (RC_INT_OUT + 8 * RC_INT_RESULTS)

/* What a function may use below the limit that its prologue compared with: a frame of up to 256 bytes is let through
 * by LLVM's short check, then a call of a stub, of a leaf function (128 bytes) or of __morestack (32 bytes). */
#define STACK_GUARD 416
#endif
