/* SPDX-License-Identifier: BSD-3-Clause
 * aarch64: the stubs between Go code and C (generated from runtime.def), the switch of goroutines, and the few primitives of
 * panic and recover. What asm_x86_64.S says about stacks and parked goroutines holds here as well.
 *
 * A stub pushes the return address (a slot of 16 bytes, since sp must stay aligned) and leaves sp there in G, so that C finds the
 * caller's pc where it finds it on x86-64. x16 holds the M, x9 to x15 are scratch; x18 belongs to the platform and is not touched.
 * Goroutines' stacks are mappings (stack_mapped.c), so there is no __morestack and no limit to set. FPCR is the thread's and
 * nobody changes it. The x20 of a call is the closure object (LLVM's swiftself). */
#include "asm_offsets.h"

        .text

/* x16 = the thread's M; uses x17 */
.macro LOAD_M
        mrs     x17, tpidr_el0
        adrp    x16, :gottprel:gotk__tls_m
        ldr     x16, [x16, :gottprel_lo12:gotk__tls_m]
        add     x16, x16, x17
.endm

.macro SAVE_CALLEE g
        stp     x19, x20, [\g, #G_SAVED]
        stp     x21, x22, [\g, #G_SAVED + 16]
        stp     x23, x24, [\g, #G_SAVED + 32]
        stp     x25, x26, [\g, #G_SAVED + 48]
        stp     x27, x28, [\g, #G_SAVED + 64]
        stp     d8, d9, [\g, #G_SAVED + 80]
        stp     d10, d11, [\g, #G_SAVED + 96]
        stp     d12, d13, [\g, #G_SAVED + 112]
        stp     d14, d15, [\g, #G_SAVED + 128]
.endm

.macro RESTORE_CALLEE g
        ldp     x19, x20, [\g, #G_SAVED]
        ldp     x21, x22, [\g, #G_SAVED + 16]
        ldp     x23, x24, [\g, #G_SAVED + 32]
        ldp     x25, x26, [\g, #G_SAVED + 48]
        ldp     x27, x28, [\g, #G_SAVED + 64]
        ldp     d8, d9, [\g, #G_SAVED + 80]
        ldp     d10, d11, [\g, #G_SAVED + 96]
        ldp     d12, d13, [\g, #G_SAVED + 112]
        ldp     d14, d15, [\g, #G_SAVED + 128]
.endm

/* Leaves the goroutine's stack for g0: x9 = G, x16 = M; uses x10 */
.macro LEAVE_STACK
        str     x30, [sp, #-CALL_SLOT]!
        mov     x10, sp
        str     x10, [x9, #G_SP]
        str     x29, [x9, #G_FP]
        ldr     x10, [x16, #M_G0SP]
        mov     sp, x10
.endm

/* ---- stubs ------------------------------------------------------------------------------------------------- */

.macro STUB_BEGIN name
        .globl  gotk_go_\name
        .hidden gotk_go_\name
        .type   gotk_go_\name, %function
        .weak   gotk__\name
        .p2align 4
gotk_go_\name:
        LOAD_M
        ldr     x9, [x16, #M_G]
        ldr     x10, [x16, #M_G0SP]
        str     x30, [sp, #-CALL_SLOT]!
        mov     x11, sp
        str     x11, [x9, #G_SP]
        str     x29, [x9, #G_FP]
.endm

.macro STUB_RETURN
        ldr     x9, [x16, #M_G]
        ldr     x10, [x9, #G_SP]
        mov     sp, x10
        ldr     x30, [sp], #CALL_SLOT
        ret
.endm

.macro STUB_END name
        cbz     x10, 1f
        mov     sp, x10
        bl      gotk__\name
        LOAD_M
        ldr     x9, [x16, #M_FLAGS]
        cbnz    x9, gotk__stub_slow
        STUB_RETURN
1:      bl      gotk__\name
        ldr     x30, [sp], #CALL_SLOT
        ret
        .size   gotk_go_\name, . - gotk_go_\name
.endm

.macro STUB_SYS name
        STUB_BEGIN \name
        STUB_END \name
.endm

.macro STUB_BLOCK name
        STUB_BEGIN \name
        SAVE_CALLEE x9
        STUB_END \name
.endm

/* No test of the flags: the results are in d0, and libm does not take a slice's time. */
.macro STUB_MATH name
        STUB_BEGIN \name
        cbz     x10, 1f
        mov     sp, x10
        bl      gotk__\name
        LOAD_M
        STUB_RETURN
1:      bl      gotk__\name
        ldr     x30, [sp], #CALL_SLOT
        ret
        .size   gotk_go_\name, . - gotk_go_\name
.endm

.macro STUB_LEAF name
.endm

/* The call has parked (resched), or the goroutine is asked to yield (preempt). x16 = M. On g0. */
        .p2align 4
        .globl  gotk__stub_slow
        .hidden gotk__stub_slow
        .type   gotk__stub_slow, %function
gotk__stub_slow:
        ldr     w9, [x16, #M_RESCHED]
        cbnz    w9, gotk__switch
        ldr     x9, [x16, #M_G]
        stp     x0, x1, [x9, #G_RET0]   /* the results wait with the goroutine */
        SAVE_CALLEE x9                  /* C has kept the callee-saved registers as Go left them */
        mov     x0, x9
        bl      gotk__yield_preempt
gotk__switch:
        bl      gotk__schedule          /* x0 = the goroutine to run; m->g is set */
gotk__run:
        ldr     x9, [x0, #G_SIGFRAME]
        cbnz    x9, .Lpreempted
        ldr     x9, [x0, #G_SP]
        mov     sp, x9
        ldr     x29, [x0, #G_FP]
        RESTORE_CALLEE x0
        ldr     x16, [sp], #CALL_SLOT
        ldp     x0, x1, [x0, #G_RET0]
        br      x16
.Lpreempted:
        /* Stopped by a signal: the kernel restores everything from the saved frame. */
        bl      gotk__preempt_resume    /* x0 = address of the frame in this M's buffer */
        mov     sp, x0
        mov     x8, #139                /* rt_sigreturn */
        svc     #0
        brk     #0

/* void gotk__enter_scheduler(void): makes the caller's stack the M's g0 stack. Never returns. */
        .globl  gotk__enter_scheduler
        .hidden gotk__enter_scheduler
        .type   gotk__enter_scheduler, %function
gotk__enter_scheduler:
        LOAD_M
        mov     x9, sp
        sub     x9, x9, #64
        and     x9, x9, #-64
        mov     sp, x9
        str     x9, [x16, #M_G0SP]
        mov     x29, #0
        b       gotk__switch

/* The handler of the preemption signal returns here, on g0. */
        .globl  gotk__preempt_landing
        .hidden gotk__preempt_landing
        .type   gotk__preempt_landing, %function
gotk__preempt_landing:
        bl      gotk__preempted
        b       gotk__switch

/* The first thing a goroutine runs: x19 = entry(args), x20 = args. */
        .globl  gotk__gostart
        .hidden gotk__gostart
        .type   gotk__gostart, %function
gotk__gostart:
        mov     x0, x20
        blr     x19
        LOAD_M
        ldr     x9, [x16, #M_G0SP]
        mov     sp, x9
        bl      gotk__goreturn          /* the goroutine is gone; x0 = the next one */
        b       gotk__run
        .globl  gotk__gostart_end
        .hidden gotk__gostart_end
gotk__gostart_end:

/* void gotk__thread_call(entry, args): threads mode: the goroutine's function on the thread's own stack. */
        .globl  gotk__thread_call
        .hidden gotk__thread_call
        .type   gotk__thread_call, %function
gotk__thread_call:
        stp     x29, x30, [sp, #-16]!
        mov     x29, #0
        mov     x9, x0
        mov     x0, x1
        blr     x9
        .globl  gotk__thread_call_end
        .hidden gotk__thread_call_end
gotk__thread_call_end:
        ldp     x29, x30, [sp], #16
        ret

/* ---- panics ------------------------------------------------------------------------------------------------ */

/* void gotk__raise_to(G *g, code, a, b, target): as if the Go code that called the runtime had called target(code, a, b). */
        .globl  gotk__raise_to
        .hidden gotk__raise_to
        .type   gotk__raise_to, %function
gotk__raise_to:
        ldr     x9, [x0, #G_SP]
        mov     sp, x9
        ldr     x29, [x0, #G_FP]
        ldr     x30, [sp], #CALL_SLOT
        mov     x0, x1
        mov     x1, x2
        mov     x2, x3
        br      x4

/* A goroutine readied by gotk__ready_raise resumes here: x19 = code, x20 = a, x21 = b, x22 = target. */
        .globl  gotk__raise_landing
        .hidden gotk__raise_landing
        .type   gotk__raise_landing, %function
gotk__raise_landing:
        ldr     x30, [sp], #CALL_SLOT
        mov     x0, x19
        mov     x1, x20
        mov     x2, x21
        br      x22

        .macro  LEAF name
        .globl  gotk_go_\name
        .hidden gotk_go_\name
        .type   gotk_go_\name, %function
        .p2align 4
gotk_go_\name:
        LOAD_M
        ldr     x9, [x16, #M_G]
        .endm

LEAF getg
        mov     x0, x9
        ret

/* int64 setrecover(frame): like setjmp; pushes the frame on g->frames. */
LEAF setrecover
        mov     x10, sp
        stp     x10, x30, [x0, #FR_SP]
        stp     x29, x19, [x0, #FR_FP]
        stp     x20, x21, [x0, #FR_FP + 16]
        stp     x22, x23, [x0, #FR_FP + 32]
        stp     x24, x25, [x0, #FR_FP + 48]
        stp     x26, x27, [x0, #FR_FP + 64]
        str     x28, [x0, #FR_FP + 80]
        stp     d8, d9, [x0, #FR_FP + 88]
        stp     d10, d11, [x0, #FR_FP + 104]
        stp     d12, d13, [x0, #FR_FP + 120]
        stp     d14, d15, [x0, #FR_FP + 136]
        ldr     x10, [x9, #G_FRAMES]
        mov     x11, #0
        str     x10, [x0, #FR_PREV]
        str     xzr, [x0, #FR_DEFERS]
        cbz     x10, 1f
        ldr     x11, [x10, #FR_DEPTH]
1:      add     x11, x11, #1
        str     x11, [x0, #FR_DEPTH]
        str     x0, [x9, #G_FRAMES]
        mov     x0, #0
        ret

LEAF popframe
        ldr     x10, [x0, #FR_PREV]
        str     x10, [x9, #G_FRAMES]
        ret

/* void jump(frame): makes setrecover(frame) return 1. */
LEAF jump
        str     x0, [x9, #G_FRAMES]
        ldp     x10, x30, [x0, #FR_SP]
        mov     sp, x10
        ldp     x29, x19, [x0, #FR_FP]
        ldp     x20, x21, [x0, #FR_FP + 16]
        ldp     x22, x23, [x0, #FR_FP + 32]
        ldp     x24, x25, [x0, #FR_FP + 48]
        ldp     x26, x27, [x0, #FR_FP + 64]
        ldr     x28, [x0, #FR_FP + 80]
        ldp     d8, d9, [x0, #FR_FP + 88]
        ldp     d10, d11, [x0, #FR_FP + 104]
        ldp     d12, d13, [x0, #FR_FP + 120]
        ldp     d14, d15, [x0, #FR_FP + 136]
        mov     x0, #1
        br      x30

/* bool taketoken(fn): is the running deferred call one of fn? Takes the token then. */
LEAF taketoken
        ldr     x10, [x9, #G_DEFERRING]
        cmp     x10, x0
        b.ne    1f
        str     xzr, [x9, #G_DEFERRING]
        mov     x0, #1
        ret
1:      mov     x0, #0
        ret

LEAF settoken
        str     x0, [x9, #G_DEFERRING]
        ret

/* void passtoken(thunk, callee): a wrapper hands the token on to the function that it calls. */
LEAF passtoken
        ldr     x10, [x9, #G_DEFERRING]
        cmp     x10, x0
        b.ne    1f
        str     x1, [x9, #G_DEFERRING]
1:      ret

/* ---- allocation -------------------------------------------------------------------------------------------- */

/* void *alloc(size, type): as in asm_x86_64.S: a small object of which the P's cache has a free one. */
LEAF alloc
        sub     x10, x0, #1
        cmp     x10, #SMALL_TABLE       /* 0 is beyond it, too */
        b.hs    .Lalloc_slow
        ldr     x11, [x16, #M_P]
        cbz     x11, .Lalloc_slow       /* threads mode */
        ldr     x11, [x11, #P_MCACHE]
        cbz     x11, .Lalloc_slow
        adrp    x12, gotk__class_small
        add     x12, x12, :lo12:gotk__class_small
        add     x10, x10, #8
        lsr     x10, x10, #3
        ldrb    w10, [x12, x10]
        lsl     w10, w10, #1
        cbz     x1, 1f
        ldrb    w12, [x1, #TYPE_FLAGS]
        tst     w12, #TYPE_NOPTR_BIT
        b.eq    1f
        add     w10, w10, #1
1:      add     x11, x11, x10, lsl #SLOT_SHIFT
        ldr     x12, [x11, #SLOT_BITS]
        cbz     x12, .Lalloc_slow
        rbit    x13, x12
        clz     x13, x13
        sub     x14, x12, #1
        and     x14, x14, x12
        str     x14, [x11, #SLOT_BITS]
        ldr     w14, [x11, #SLOT_SIZE]
        ldr     x15, [x11, #SLOT_BASE]
        madd    x13, x13, x14, x15
        ldr     w15, [x11, #SLOT_NEEDZERO]
        cbz     w15, 4f
        cmp     w14, #8
        b.eq    3f
        add     x15, x13, x14
        sub     x15, x15, #16           /* the last 16 bytes, which may overlap those before */
        mov     x12, x13
2:      stp     xzr, xzr, [x12], #16
        cmp     x12, x15
        b.lo    2b
        stp     xzr, xzr, [x15]
        b       4f
3:      str     xzr, [x13]
        /* A program with a data race may hand the address over without synchronisation: whoever gets it must still find zeroes (stores
         * stay in order by themselves on x86-64). */
4:      dmb     ishst
        ldr     x10, [x16, #M_FLAGS]
        mov     x0, x13
        cbnz    x10, 5f
        ret
5:      LEAVE_STACK
        b       gotk__stub_slow
.Lalloc_slow:
        b       gotk_go_allocslow
        .size   gotk_go_alloc, . - gotk_go_alloc

/* ---- calls through reflect: golib/src/reflect/{abi,call,makefunc}.go --------------------------------------- */

        .globl  gotk__reflect_begin
        .hidden gotk__reflect_begin
gotk__reflect_begin:

/* void reflectcall(registers *r): loads the argument registers and the stack from r, calls r->code, stores the result registers. */
LEAF reflectcall
        stp     x29, x30, [sp, #-32]!
        mov     x29, sp
        stp     x19, x20, [sp, #16]
        mov     x19, x0
        ldr     x9, [x19, #RC_STACK_BYTES]
        ldr     x10, [x19, #RC_STACK]
        sub     sp, sp, x9
        cbz     x9, 2f
        mov     x12, sp
1:      sub     x9, x9, #8
        ldr     x11, [x10, x9]
        str     x11, [x12, x9]
        cbnz    x9, 1b
2:      ldp     x0, x1, [x19, #RC_INTS]
        ldp     x2, x3, [x19, #RC_INTS + 16]
        ldp     x4, x5, [x19, #RC_INTS + 32]
        ldp     x6, x7, [x19, #RC_INTS + 48]
        ldp     d0, d1, [x19, #RC_FLOATS]
        ldp     d2, d3, [x19, #RC_FLOATS + 16]
        ldp     d4, d5, [x19, #RC_FLOATS + 32]
        ldp     d6, d7, [x19, #RC_FLOATS + 48]
        ldp     x20, x16, [x19, #RC_CONTEXT]
        blr     x16
        stp     x0, x1, [x19, #RC_INT_OUT]
        stp     x2, x3, [x19, #RC_INT_OUT + 16]
        stp     x4, x5, [x19, #RC_INT_OUT + 32]
        stp     x6, x7, [x19, #RC_INT_OUT + 48]
        stp     d0, d1, [x19, #RC_FLOAT_OUT]
        mov     sp, x29
        ldp     x19, x20, [sp, #16]
        ldp     x29, x30, [sp], #32
        ret
        .size   gotk_go_reflectcall, . - gotk_go_reflectcall

/* The code of a function made by MakeFunc, called as any Go function, x20 = its closure object {this code, handler, …}: calls
 * handler(closure, registers, arguments on the stack) and loads the result registers. */
        .type   made_func, %function
        .p2align 4
made_func:
        stp     x29, x30, [sp, #-16]!
        mov     x29, sp
        sub     sp, sp, #RC_SIZE        /* a multiple of 16 */
        stp     x0, x1, [sp, #RC_INTS]
        stp     x2, x3, [sp, #RC_INTS + 16]
        stp     x4, x5, [sp, #RC_INTS + 32]
        stp     x6, x7, [sp, #RC_INTS + 48]
        stp     d0, d1, [sp, #RC_FLOATS]
        stp     d2, d3, [sp, #RC_FLOATS + 16]
        stp     d4, d5, [sp, #RC_FLOATS + 32]
        stp     d6, d7, [sp, #RC_FLOATS + 48]
        mov     x0, x20
        mov     x1, sp
        add     x2, x29, #16
        ldr     x16, [x20, #8]
        blr     x16
        ldp     x0, x1, [sp, #RC_INT_OUT]
        ldp     x2, x3, [sp, #RC_INT_OUT + 16]
        ldp     x4, x5, [sp, #RC_INT_OUT + 32]
        ldp     x6, x7, [sp, #RC_INT_OUT + 48]
        ldp     d0, d1, [sp, #RC_FLOAT_OUT]
        mov     sp, x29
        ldp     x29, x30, [sp], #16
        ret
        .size   made_func, . - made_func
        .globl  gotk__reflect_end
        .hidden gotk__reflect_end
gotk__reflect_end:

LEAF reflectstub
        adrp    x0, made_func
        add     x0, x0, :lo12:made_func
        ret

/* ---- channels: what chan_x86_64.S says ---------------------------------------------------------------------- */

/* x0 = channel: takes the lock, or goes to slow. x8 = size of an element, x9 = address of the lock. Uses x10, x11. */
.macro CHAN_LOCK_OR slow
        ldr     x8, [x0, #CHAN_SIZE]
        tst     x8, #7
        b.ne    \slow
        cmp     x8, #CHAN_ELEM_MAX
        b.hi    \slow
        add     x9, x0, #CHAN_LOCK
        mov     w10, #1
.Llock\@:
        ldaxr   w11, [x9]
        cbnz    w11, \slow
        stxr    w11, w10, [x9]
        cbnz    w11, .Llock\@
.endm

/* As gotk__unlock. x9 = address of the lock. Changes x10, and if somebody waits x0, x1, x2, x8. */
.macro CHAN_UNLOCK
        ldr     w10, [x9]
        stlr    wzr, [x9]
        cmp     w10, #2
        b.ne    .Lunlocked\@
        mov     x0, x9
        mov     x1, #129                /* FUTEX_WAKE_PRIVATE */
        mov     x2, #1
        mov     x8, #98                 /* futex */
        svc     #0
.Lunlocked\@:
.endm

/* The end of a call: x0 = result. */
.macro CHAN_RETURN
        LOAD_M
        ldr     x10, [x16, #M_FLAGS]
        cbnz    x10, chan_yield
        ret
.endm

        .type   chan_yield, %function
chan_yield:
        ldr     x9, [x16, #M_G]
        ldr     x10, [x16, #M_G0SP]
        LEAVE_STACK
        b       gotk__stub_slow
        .size   chan_yield, . - chan_yield

/* void chansend(chan *c, const void *elem) */
        .globl  gotk_go_chansend
        .hidden gotk_go_chansend
        .type   gotk_go_chansend, %function
        .p2align 4
gotk_go_chansend:
        cbz     x0, .Lsend_slow
        ldr     x12, [x0, #CHAN_CAP]
        ldr     x13, [x0, #CHAN_COUNT]  /* a look without the lock: full, or unbuffered */
        cmp     x13, x12
        b.ge    .Lsend_slow
        CHAN_LOCK_OR .Lsend_slow
        ldr     x13, [x0, #CHAN_COUNT]
        cmp     x13, x12
        b.ge    .Lsend_not
        ldr     x14, [x0, #CHAN_RECVQ]
        cbnz    x14, .Lsend_not
        ldrb    w14, [x0, #CHAN_CLOSED]
        cbnz    w14, .Lsend_not
        ldr     x14, [x0, #CHAN_SEND]
        madd    x15, x14, x8, x0
        add     x15, x15, #CHAN_BUF
        cbz     x8, 2f
1:      sub     x8, x8, #8
        ldr     x11, [x1, x8]
        str     x11, [x15, x8]
        cbnz    x8, 1b
2:      add     x14, x14, #1
        cmp     x14, x12
        csel    x14, xzr, x14, eq
        str     x14, [x0, #CHAN_SEND]
        add     x13, x13, #1
        str     x13, [x0, #CHAN_COUNT]
        CHAN_UNLOCK
        CHAN_RETURN
.Lsend_not:
        mov     x14, x0
        mov     x15, x1
        CHAN_UNLOCK
        mov     x0, x14
        mov     x1, x15
.Lsend_slow:
        clrex
        b       gotk_go_chansendslow
        .size   gotk_go_chansend, . - gotk_go_chansend

/* bool chanrecv(chan *c, void *elem or null) */
        .globl  gotk_go_chanrecv
        .hidden gotk_go_chanrecv
        .type   gotk_go_chanrecv, %function
        .p2align 4
gotk_go_chanrecv:
        cbz     x0, .Lrecv_slow
        ldr     x13, [x0, #CHAN_COUNT]  /* as above: empty */
        cmp     x13, #0
        b.le    .Lrecv_slow
        CHAN_LOCK_OR .Lrecv_slow
        ldr     x13, [x0, #CHAN_COUNT]
        cmp     x13, #0
        b.le    .Lrecv_not
        ldr     x14, [x0, #CHAN_SENDQ]  /* its value takes the place */
        cbnz    x14, .Lrecv_not
        ldr     x12, [x0, #CHAN_CAP]
        ldr     x14, [x0, #CHAN_RECV]
        madd    x15, x14, x8, x0
        add     x15, x15, #CHAN_BUF
        cbz     x8, 3f
1:      sub     x8, x8, #8
        ldr     x11, [x15, x8]
        str     xzr, [x15, x8]          /* for the collector */
        cbz     x1, 2f
        str     x11, [x1, x8]
2:      cbnz    x8, 1b
3:      add     x14, x14, #1
        cmp     x14, x12
        csel    x14, xzr, x14, eq
        str     x14, [x0, #CHAN_RECV]
        sub     x13, x13, #1
        str     x13, [x0, #CHAN_COUNT]
        CHAN_UNLOCK
        mov     x0, #1
        CHAN_RETURN
.Lrecv_not:
        mov     x14, x0
        mov     x15, x1
        CHAN_UNLOCK
        mov     x0, x14
        mov     x1, x15
.Lrecv_slow:
        clrex
        b       gotk_go_chanrecvslow
        .size   gotk_go_chanrecv, . - gotk_go_chanrecv

#define RT(KIND, name, RET, ARGS) STUB_##KIND name
#include "runtime.def"

        .section .note.GNU-stack,"",%progbits
