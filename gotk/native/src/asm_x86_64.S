/* SPDX-License-Identifier: BSD-3-Clause
 * x86-64: the stubs between Go code and C (generated from runtime.def), the switch of goroutines, __morestack,
 * and the few primitives of panic and recover.
 *
 * Stacks. Go code runs on its goroutine's segments, C code on its M's own stack (g0sp). A stub saves the Go stack
 * pointer in G, so a C function that parks needs to save nothing: it marks the M (resched) and returns, and the stub,
 * back on g0 with nothing live, asks gotk__schedule for the next goroutine and jumps into it. That C code always
 * returns keeps it fit for sanitizers and leaves the return-address predictor balanced.
 * In threads mode g0sp is 0 and C runs on the goroutine's stack, which is the thread's.
 *
 * Between publishing a parked G (inside C) and the jump nothing here may touch that G: another M may run it. Therefore
 * the flags are tested before G is loaded again.
 *
 * Rejected: ending switches in `ret` (7 ns instead of 2 for the mispredicted return); saving registers on the Go
 * stack (same cost, but needs room there, and a collector would have to find them). */
#include "asm_offsets.h"

        .text

/* r11 = offset of the thread's M from %fs */
.macro LOAD_M
        movq    gotk__tls_m@GOTTPOFF(%rip), %r11
.endm

/* ---- stubs ------------------------------------------------------------------------------------------------- */

.macro STUB_BEGIN name
        .globl  gotk_go_\name
        .hidden gotk_go_\name
        .type   gotk_go_\name, @function
        .weak   gotk__\name
        .p2align 4
gotk_go_\name:
        LOAD_M
        movq    %fs:M_G(%r11), %rax
        movq    %fs:M_G0SP(%r11), %r10
        movq    %rsp, G_SP(%rax)
        movq    %rbp, G_RBP(%rax)
.endm

.macro STUB_END name
        testq   %r10, %r10
        jz      1f
        movq    %r10, %rsp
        call    gotk__\name@PLT
        LOAD_M
        cmpq    $0, %fs:M_FLAGS(%r11)
        jne     gotk__stub_slow
        movq    %fs:M_G(%r11), %r10
        movq    G_SP(%r10), %rsp
        ret
1:      subq    $8, %rsp
        call    gotk__\name@PLT
        addq    $8, %rsp
        ret
        .size   gotk_go_\name, . - gotk_go_\name
.endm

.macro STUB_SYS name
        STUB_BEGIN \name
        STUB_END \name
.endm

.macro STUB_BLOCK name
        STUB_BEGIN \name
        movq    %rbx, G_RBX(%rax)
        movq    %r12, G_R12(%rax)
        movq    %r13, G_R13(%rax)
        movq    %r14, G_R14(%rax)
        movq    %r15, G_R15(%rax)
        STUB_END \name
.endm

/* No test of the flags: the results are in xmm0, and libm does not take a slice's time. */
.macro STUB_MATH name
        STUB_BEGIN \name
        testq   %r10, %r10
        jz      1f
        movq    %r10, %rsp
        call    gotk__\name@PLT
        LOAD_M
        movq    %fs:M_G(%r11), %r10
        movq    G_SP(%r10), %rsp
        ret
1:      subq    $8, %rsp
        call    gotk__\name@PLT
        addq    $8, %rsp
        ret
        .size   gotk_go_\name, . - gotk_go_\name
.endm

.macro STUB_LEAF name
.endm

/* The call has parked (resched), or the goroutine is asked to yield (preempt). r11 = M. On g0, aligned. */
        .p2align 4
        .globl  gotk__stub_slow
        .hidden gotk__stub_slow
gotk__stub_slow:
        cmpl    $0, %fs:M_RESCHED(%r11)
        jne     gotk__switch
        movq    %fs:M_G(%r11), %rdi
        movq    %rax, G_RET0(%rdi)      /* the results wait with the goroutine */
        movq    %rdx, G_RET1(%rdi)
        movq    %rbx, G_RBX(%rdi)       /* C has kept the callee-saved registers as Go left them */
        movq    %r12, G_R12(%rdi)
        movq    %r13, G_R13(%rdi)
        movq    %r14, G_R14(%rdi)
        movq    %r15, G_R15(%rdi)
        call    gotk__yield_preempt@PLT
gotk__switch:
        call    gotk__schedule@PLT      /* rax = the goroutine to run; m->g is set */
gotk__run:
        movq    G_LIMIT(%rax), %rcx
        movq    %rcx, %fs:0x70
        cmpq    $0, G_SIGFRAME(%rax)
        jne     .Lpreempted
        movq    G_SP(%rax), %rsp
        movq    G_RBP(%rax), %rbp
        movq    G_RBX(%rax), %rbx
        movq    G_R12(%rax), %r12
        movq    G_R13(%rax), %r13
        movq    G_R14(%rax), %r14
        movq    G_R15(%rax), %r15
        movq    G_RET1(%rax), %rdx
        movq    (%rsp), %rcx
        addq    $8, %rsp
        movq    G_RET0(%rax), %rax
        jmp     *%rcx
.Lpreempted:
        /* Stopped by a signal: the kernel restores everything from the saved frame. */
        movq    %rax, %rdi
        call    gotk__preempt_resume@PLT /* rax = address of the frame in this M's buffer */
        leaq    8(%rax), %rsp           /* as after the return from the handler */
        movl    $15, %eax               /* rt_sigreturn */
        syscall
        ud2

/* void gotk__enter_scheduler(void): makes the caller's stack the M's g0 stack. Never returns. */
        .globl  gotk__enter_scheduler
        .hidden gotk__enter_scheduler
        .type   gotk__enter_scheduler, @function
gotk__enter_scheduler:
        LOAD_M
        subq    $64, %rsp
        andq    $-64, %rsp
        movq    %rsp, %fs:M_G0SP(%r11)
        xorl    %ebp, %ebp
        jmp     gotk__switch

/* The handler of the preemption signal returns here, on g0. */
        .globl  gotk__preempt_landing
        .hidden gotk__preempt_landing
        .type   gotk__preempt_landing, @function
gotk__preempt_landing:
        call    gotk__preempted@PLT
        jmp     gotk__switch

/* The first thing a goroutine runs: rbx = entry(args), r12 = args. */
        .globl  gotk__gostart
        .hidden gotk__gostart
        .type   gotk__gostart, @function
gotk__gostart:
        movq    %r12, %rdi
        call    *%rbx
        LOAD_M
        movq    %fs:M_G0SP(%r11), %rsp
        call    gotk__goreturn@PLT      /* the goroutine is gone; rax = the next one */
        jmp     gotk__run
        .globl  gotk__gostart_end
        .hidden gotk__gostart_end
gotk__gostart_end:

/* void gotk__thread_call(entry rdi, args rsi): threads mode: the goroutine's function on the thread's own stack. */
        .globl  gotk__thread_call
        .hidden gotk__thread_call
        .type   gotk__thread_call, @function
gotk__thread_call:
        pushq   %rbp
        pushq   %rbx
        subq    $8, %rsp
        LOAD_M
        movq    %fs:M_G(%r11), %rax
        movq    G_LIMIT(%rax), %rax
        movq    %fs:0x70, %rbx
        movq    %rax, %fs:0x70
        movq    %rdi, %rax
        movq    %rsi, %rdi
        xorl    %ebp, %ebp
        call    *%rax
        .globl  gotk__thread_call_end
        .hidden gotk__thread_call_end
gotk__thread_call_end:
        movq    %rbx, %fs:0x70
        addq    $8, %rsp
        popq    %rbx
        popq    %rbp
        ret

/* ---- panics ------------------------------------------------------------------------------------------------ */

/* void gotk__raise_to(G *g, code, a, b, target): as if the Go code that called the runtime had called target(code, a, b). */
        .globl  gotk__raise_to
        .hidden gotk__raise_to
        .type   gotk__raise_to, @function
gotk__raise_to:
        movq    G_SP(%rdi), %rsp
        movq    G_RBP(%rdi), %rbp
        movq    %rsi, %rdi
        movq    %rdx, %rsi
        movq    %rcx, %rdx
        jmp     *%r8

/* A goroutine readied by gotk__ready_raise resumes here: rbx = code, r12 = a, r13 = b, r14 = target. */
        .globl  gotk__raise_landing
        .hidden gotk__raise_landing
        .type   gotk__raise_landing, @function
gotk__raise_landing:
        movq    %rbx, %rdi
        movq    %r12, %rsi
        movq    %r13, %rdx
        jmp     *%r14

        .macro  LEAF name
        .globl  gotk_go_\name
        .hidden gotk_go_\name
        .type   gotk_go_\name, @function
        .p2align 4
gotk_go_\name:
        LOAD_M
        movq    %fs:M_G(%r11), %rax
        .endm

LEAF getg
        ret

/* int64 setrecover(frame): like setjmp; pushes the frame on g->frames. */
LEAF setrecover
        movq    (%rsp), %rdx
        leaq    8(%rsp), %rcx
        movq    %rdx, FR_PC(%rdi)
        movq    %rcx, FR_SP(%rdi)
        movq    %rbx, FR_RBX(%rdi)
        movq    %rbp, FR_RBP(%rdi)
        movq    %r12, FR_R12(%rdi)
        movq    %r13, FR_R13(%rdi)
        movq    %r14, FR_R14(%rdi)
        movq    %r15, FR_R15(%rdi)
        movq    G_LIMIT(%rax), %rcx
        movq    G_SEG(%rax), %rdx
        movq    %rcx, FR_LIMIT(%rdi)
        movq    %rdx, FR_SEG(%rdi)
        movq    G_FRAMES(%rax), %rcx
        xorl    %edx, %edx
        movq    %rcx, FR_PREV(%rdi)
        movq    %rdx, FR_DEFERS(%rdi)
        testq   %rcx, %rcx
        jz      1f
        movq    FR_DEPTH(%rcx), %rdx
1:      incq    %rdx
        movq    %rdx, FR_DEPTH(%rdi)
        movq    %rdi, G_FRAMES(%rax)
        xorl    %eax, %eax
        ret

LEAF popframe
        movq    FR_PREV(%rdi), %rcx
        movq    %rcx, G_FRAMES(%rax)
        ret

/* void jump(frame): makes setrecover(frame) return 1. Deeper segments stay attached behind frame's; the return from
 * that segment gives them back. */
LEAF jump
        movq    FR_LIMIT(%rdi), %rcx
        movq    FR_SEG(%rdi), %rdx
        movq    %rcx, G_LIMIT(%rax)
        movq    %rdx, G_SEG(%rax)
        movq    %rdi, G_FRAMES(%rax)
        /* The stack pointer before the limit: nothing is called in between, and signals run on their own stack. */
        movq    FR_SP(%rdi), %rsp
        movq    %rcx, %fs:0x70
        movq    FR_RBX(%rdi), %rbx
        movq    FR_RBP(%rdi), %rbp
        movq    FR_R12(%rdi), %r12
        movq    FR_R13(%rdi), %r13
        movq    FR_R14(%rdi), %r14
        movq    FR_R15(%rdi), %r15
        movq    FR_PC(%rdi), %rcx
        movl    $1, %eax
        jmp     *%rcx

/* bool taketoken(fn): is the running deferred call one of fn? Takes the token then. */
LEAF taketoken
        cmpq    %rdi, G_DEFERRING(%rax)
        jne     1f
        movq    $0, G_DEFERRING(%rax)
        movl    $1, %eax
        ret
1:      xorl    %eax, %eax
        ret

LEAF settoken
        movq    %rdi, G_DEFERRING(%rax)
        ret

/* void passtoken(thunk, callee): a wrapper hands the token on to the function that it calls. */
LEAF passtoken
        cmpq    %rdi, G_DEFERRING(%rax)
        jne     1f
        movq    %rsi, G_DEFERRING(%rax)
1:      ret

/* ---- allocation -------------------------------------------------------------------------------------------- */

/* void *alloc(size, type): the path of heap.c for a small object of which the P's cache has a free one, without leaving
 * the goroutine's stack; anything else is allocslow's. Nobody can stop us here (the signal's handler sees that this is
 * not Go code), so the P stays ours; if we were asked to yield meanwhile, that is done at the end as by every stub. */
LEAF alloc
        leaq    -1(%rdi), %rcx
        cmpq    $SMALL_TABLE, %rcx      /* 0 is beyond it, too */
        jae     .Lalloc_slow
        movq    %fs:M_P(%r11), %rdx
        testq   %rdx, %rdx
        jz      .Lalloc_slow            /* threads mode */
        movq    P_MCACHE(%rdx), %rdx
        testq   %rdx, %rdx
        jz      .Lalloc_slow
        leaq    gotk__class_small(%rip), %rax
        addq    $8, %rcx
        shrq    $3, %rcx
        movzbl  (%rax,%rcx), %ecx
        addl    %ecx, %ecx
        testq   %rsi, %rsi
        jz      1f
        testb   $TYPE_NOPTR_BIT, TYPE_FLAGS(%rsi)
        jz      1f
        incl    %ecx
1:      shlq    $SLOT_SHIFT, %rcx
        addq    %rcx, %rdx
        movq    SLOT_BITS(%rdx), %rax
        testq   %rax, %rax
        jz      .Lalloc_slow
        bsfq    %rax, %rcx
        leaq    -1(%rax), %r8
        andq    %rax, %r8
        movq    %r8, SLOT_BITS(%rdx)
        movl    SLOT_SIZE(%rdx), %r8d
        imulq   %r8, %rcx
        addq    SLOT_BASE(%rdx), %rcx
        cmpl    $0, SLOT_NEEDZERO(%rdx)
        je      .Lalloc_done
        cmpl    $8, %r8d
        je      3f
        xorps   %xmm0, %xmm0
        leaq    -16(%rcx,%r8), %r8      /* the last 16 bytes, which may overlap those before */
        movq    %rcx, %rdx
2:      movups  %xmm0, (%rdx)
        addq    $16, %rdx
        cmpq    %r8, %rdx
        jb      2b
        movups  %xmm0, (%r8)
        jmp     .Lalloc_done
3:      movq    $0, (%rcx)
.Lalloc_done:
        cmpq    $0, %fs:M_FLAGS(%r11)
        jne     4f
        movq    %rcx, %rax
        ret
4:      movq    %fs:M_G(%r11), %rdx
        movq    %rsp, G_SP(%rdx)
        movq    %rbp, G_RBP(%rdx)
        movq    %fs:M_G0SP(%r11), %rsp
        movq    %rcx, %rax
        jmp     gotk__stub_slow
.Lalloc_slow:
        jmp     gotk_go_allocslow
        .size   gotk_go_alloc, . - gotk_go_alloc

/* ---- split stacks ------------------------------------------------------------------------------------------ */

/* Called by a prologue that found too little room: r10 = frame size, r11 = size of the arguments on the stack; all
 * argument registers and r13 (closure) live. The return address R is a `ret`; the function goes on at R+1.
 * We call R+1 on the next segment, and when the function returns to us we are back on the old segment and return to R.
 * With the next segment kept from the last time (hot-split cache) no C code runs. */
        .globl  __morestack
        .hidden __morestack
        .type   __morestack, @function
        .p2align 4
__morestack:
        pushq   %rax
        pushq   %rcx
        pushq   %rdx
        movq    gotk__tls_m@GOTTPOFF(%rip), %rax
        movq    %fs:M_G(%rax), %rax
        movq    G_SEG(%rax), %rcx
        movq    SEG_NEXT(%rcx), %rcx
        testq   %rcx, %rcx
        jz      .Lmore_slow
        leaq    64(%r10,%r11), %rdx
        cmpq    SEG_ROOM(%rcx), %rdx
        ja      .Lmore_slow
        leaq    24(%rsp), %rdx
        movq    %rdx, SEG_OLDSP(%rcx)
        movq    %rcx, G_SEG(%rax)
        movq    SEG_LIMIT(%rcx), %rdx
        movq    %rdx, G_LIMIT(%rax)
        movq    %rdx, %fs:0x70
        movq    SEG_TOP(%rcx), %r10
        testq   %r11, %r11
        jnz     .Lmore_args
.Lmore_go:
        movq    24(%rsp), %r11
        incq    %r11
        popq    %rdx
        popq    %rcx
        popq    %rax
        movq    %r10, %rsp
        call    *%r11
        .globl  gotk__morestack_return
        .hidden gotk__morestack_return
gotk__morestack_return:
        /* rax, rdx, rcx, xmm0, xmm1 may hold results */
        LOAD_M
        movq    %fs:M_G(%r11), %r11
        movq    G_SEG(%r11), %r10
        cmpq    $0, SEG_NEXT(%r10)
        jne     .Lless_slow
.Lless:
        movq    SEG_PREV(%r10), %rdi
        movq    SEG_LIMIT(%rdi), %rsi
        movq    %rdi, G_SEG(%r11)
        movq    SEG_OLDSP(%r10), %rsp
        movq    %rsi, G_LIMIT(%r11)
        movq    %rsi, %fs:0x70
        ret

.Lmore_args:
        addq    $15, %r11
        andq    $-16, %r11
        subq    %r11, %r10
1:      movq    32(%rsp,%r11), %rdx     /* 40 = return address R, the caller's, then the arguments; r11 counts down */
        movq    %rdx, -8(%r10,%r11)
        subq    $8, %r11
        jnz     1b
        jmp     .Lmore_go

/* No next segment, or too small a one: C gets it, on g0 (or says that the stack has overflowed), then again. */
.Lmore_slow:
        leaq    24(%rsp), %rcx
        movq    %rcx, G_SP(%rax)
        movq    %rbp, G_RBP(%rax)
        movq    gotk__tls_m@GOTTPOFF(%rip), %rcx
        movq    %fs:M_G0SP(%rcx), %rcx
        movq    %rsp, %rdx
        testq   %rcx, %rcx
        jz      .Lmore_thread
        movq    %rcx, %rsp
        pushq   %rdx
        pushq   %rdi
        pushq   %rsi
        pushq   %r8
        pushq   %r9
        pushq   %r10
        pushq   %r11
        subq    $136, %rsp
        movups  %xmm0, (%rsp)
        movups  %xmm1, 16(%rsp)
        movups  %xmm2, 32(%rsp)
        movups  %xmm3, 48(%rsp)
        movups  %xmm4, 64(%rsp)
        movups  %xmm5, 80(%rsp)
        movups  %xmm6, 96(%rsp)
        movups  %xmm7, 112(%rsp)
        movq    %rax, %rdi
        leaq    (%r10,%r11), %rsi
        call    gotk__morestack_slow@PLT
        movups  (%rsp), %xmm0
        movups  16(%rsp), %xmm1
        movups  32(%rsp), %xmm2
        movups  48(%rsp), %xmm3
        movups  64(%rsp), %xmm4
        movups  80(%rsp), %xmm5
        movups  96(%rsp), %xmm6
        movups  112(%rsp), %xmm7
        addq    $136, %rsp
        popq    %r11
        popq    %r10
        popq    %r9
        popq    %r8
        popq    %rsi
        popq    %rdi
        popq    %rdx
        movq    %rdx, %rsp
        popq    %rdx
        popq    %rcx
        popq    %rax
        jmp     __morestack
.Lmore_thread:
        movq    %rax, %rdi
        andq    $-16, %rsp
        call    gotk__thread_overflow@PLT
        ud2

/* Segments beyond the one that is being left: C gives them back. r11 = G. */
.Lless_slow:
        movq    gotk__tls_m@GOTTPOFF(%rip), %rdi
        movq    %rsp, G_SP(%r11)
        movq    %rbp, G_RBP(%r11)
        movq    %fs:M_G0SP(%rdi), %rsp
        pushq   %rax
        pushq   %rdx
        pushq   %rcx
        pushq   %r11
        subq    $32, %rsp
        movups  %xmm0, (%rsp)
        movups  %xmm1, 16(%rsp)
        movq    %r11, %rdi
        call    gotk__lessstack_slow@PLT
        movups  (%rsp), %xmm0
        movups  16(%rsp), %xmm1
        addq    $32, %rsp
        popq    %r11
        popq    %rcx
        popq    %rdx
        popq    %rax
        movq    G_SEG(%r11), %r10
        jmp     .Lless
        .size   __morestack, . - __morestack

/* ---- calls through reflect: golib/src/reflect/{abi,call,makefunc}.go --------------------------------------- */

        .globl  gotk__reflect_begin
        .hidden gotk__reflect_begin
gotk__reflect_begin:

/* void reflectcall(registers *r): loads the argument registers and the stack from r, calls r->code, stores the result registers. Frames as
 * compiled code has them: the check for room, which may continue on another segment, and a frame pointer. */
LEAF reflectcall
        movq    RC_STACK_BYTES(%rdi), %rax
        leaq    64(%rax), %r10
        movq    %rsp, %r11
        subq    %r10, %r11
        cmpq    %fs:0x70, %r11
        ja      1f
        xorl    %r11d, %r11d
        call    __morestack
        ret
1:      pushq   %rbp
        movq    %rsp, %rbp
        pushq   %rbx
        pushq   %r13
        movq    %rdi, %rbx
        movq    RC_STACK(%rdi), %rsi
        subq    %rax, %rsp
        testq   %rax, %rax
        jz      3f
2:      movq    -8(%rsi,%rax), %rcx
        movq    %rcx, -8(%rsp,%rax)
        subq    $8, %rax
        jnz     2b
3:      movq    RC_INTS(%rbx), %rdi
        movq    RC_INTS+8(%rbx), %rsi
        movq    RC_INTS+16(%rbx), %rdx
        movq    RC_INTS+24(%rbx), %rcx
        movq    RC_INTS+32(%rbx), %r8
        movq    RC_INTS+40(%rbx), %r9
        movsd   RC_FLOATS(%rbx), %xmm0
        movsd   RC_FLOATS+8(%rbx), %xmm1
        movsd   RC_FLOATS+16(%rbx), %xmm2
        movsd   RC_FLOATS+24(%rbx), %xmm3
        movsd   RC_FLOATS+32(%rbx), %xmm4
        movsd   RC_FLOATS+40(%rbx), %xmm5
        movsd   RC_FLOATS+48(%rbx), %xmm6
        movsd   RC_FLOATS+56(%rbx), %xmm7
        movq    RC_CONTEXT(%rbx), %r13
        call    *RC_CODE(%rbx)
        movq    %rax, RC_INT_OUT(%rbx)
        movq    %rdx, RC_INT_OUT+8(%rbx)
        movq    %rcx, RC_INT_OUT+16(%rbx)
        movsd   %xmm0, RC_FLOAT_OUT(%rbx)
        movsd   %xmm1, RC_FLOAT_OUT+8(%rbx)
        leaq    -16(%rbp), %rsp
        popq    %r13
        popq    %rbx
        popq    %rbp
        ret
        .size   gotk_go_reflectcall, . - gotk_go_reflectcall

/* The code of a function made by MakeFunc, called as any Go function, r13 = its closure object {this code, handler, bytes of arguments on
 * the stack, …}: calls handler(closure, registers, arguments on the stack) and loads the result registers. */
        .type   made_func, @function
        .p2align 4
made_func:
        leaq    -(RC_SIZE + 32)(%rsp), %r11
        cmpq    %fs:0x70, %r11
        ja      1f
        movl    $(RC_SIZE + 32), %r10d
        movq    16(%r13), %r11
        call    __morestack
        ret
1:      pushq   %rbp
        movq    %rsp, %rbp
        subq    $RC_SIZE, %rsp          /* a multiple of 16 */
        movq    %rdi, RC_INTS(%rsp)
        movq    %rsi, RC_INTS+8(%rsp)
        movq    %rdx, RC_INTS+16(%rsp)
        movq    %rcx, RC_INTS+24(%rsp)
        movq    %r8, RC_INTS+32(%rsp)
        movq    %r9, RC_INTS+40(%rsp)
        movsd   %xmm0, RC_FLOATS(%rsp)
        movsd   %xmm1, RC_FLOATS+8(%rsp)
        movsd   %xmm2, RC_FLOATS+16(%rsp)
        movsd   %xmm3, RC_FLOATS+24(%rsp)
        movsd   %xmm4, RC_FLOATS+32(%rsp)
        movsd   %xmm5, RC_FLOATS+40(%rsp)
        movsd   %xmm6, RC_FLOATS+48(%rsp)
        movsd   %xmm7, RC_FLOATS+56(%rsp)
        movq    %r13, %rdi
        movq    %rsp, %rsi
        leaq    16(%rbp), %rdx
        call    *8(%r13)
        movq    RC_INT_OUT(%rsp), %rax
        movq    RC_INT_OUT+8(%rsp), %rdx
        movq    RC_INT_OUT+16(%rsp), %rcx
        movsd   RC_FLOAT_OUT(%rsp), %xmm0
        movsd   RC_FLOAT_OUT+8(%rsp), %xmm1
        leave
        ret
        .size   made_func, . - made_func
        .globl  gotk__reflect_end
        .hidden gotk__reflect_end
gotk__reflect_end:

LEAF reflectstub
        leaq    made_func(%rip), %rax
        ret

#define RT(KIND, name, RET, ARGS) STUB_##KIND name
#include "runtime.def"

        .section .note.GNU-stack,"",@progbits
