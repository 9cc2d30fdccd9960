/* SPDX-License-Identifier: BSD-3-Clause
 * Offsets and constants that the assembly shares with C; asm_offsets.c holds them against the structs at compile time. */
#ifndef GOTK_ASM_OFFSETS_H
#define GOTK_ASM_OFFSETS_H

/* struct gotk__g */
#define G_SP        0
#define G_RBP       8
#define G_RBX       16
#define G_R12       24
#define G_R13       32
#define G_R14       40
#define G_R15       48
#define G_LIMIT     56
#define G_RET0      64
#define G_RET1      72
#define G_SEG       80
#define G_SIGFRAME  88
#define G_FRAMES    96
#define G_DEFERRING 104
#define G_SCRATCH   112

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
#define FR_RBX      48
#define FR_RBP      56
#define FR_R12      64
#define FR_R13      72
#define FR_R14      80
#define FR_R15      88
#define FR_LIMIT    96
#define FR_SEG      104

/* registers of golib/src/reflect/abi.go (no C struct); RC_SIZE is rounded up to a multiple of 16 */
#define RC_INTS        0
#define RC_FLOATS      48
#define RC_CONTEXT     112
#define RC_CODE        120
#define RC_STACK       128
#define RC_STACK_BYTES 136
#define RC_INT_OUT     144
#define RC_FLOAT_OUT   168
#define RC_SIZE        192

/* What a function may use below the limit that its prologue compared with: a frame of up to 256 bytes is let through
 * by LLVM's short check, then a call of a stub, of a leaf function (128 bytes) or of __morestack (32 bytes). */
#define STACK_GUARD 416
#endif
