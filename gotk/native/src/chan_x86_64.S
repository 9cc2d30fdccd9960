/* SPDX-License-Identifier: BSD-3-Clause
 * x86-64: sends and receives that a channel's buffer satisfies at once, without leaving the goroutine's stack.
 *
 * That is: the lock is free, nobody waits on the other side, there is room (a value), and the value is made of up to 16 words.
 * Anything else is chan.c's, by a jump to the stub, as if Go had called that. The stub's change of stack and the saving of six
 * registers are as much as all of this: 16 ns for a value through a buffer became 7.
 *
 * Nobody can stop us here (the signal's handler sees that this is not Go code), so the lock is held for some nanoseconds only;
 * if we were asked to yield meanwhile, that is done at the end as by every stub. The sanitizers do not see these accesses, nor the lock. */
#include "asm_offsets.h"

        .text

/* rdi = channel: takes the lock, or goes to \slow. Keeps rdi, rsi; r8 = size of an element, rcx = cap. */
.macro CHAN_LOCK_OR slow
        movq    CHAN_SIZE(%rdi), %r8
        testb   $7, %r8b
        jnz     \slow
        cmpq    $CHAN_ELEM_MAX, %r8
        ja      \slow
        xorl    %eax, %eax
        movl    $1, %r9d
        lock cmpxchgl %r9d, CHAN_LOCK(%rdi)
        jne     \slow
.endm

/* As gotk__unlock: a plain store; who waits is woken. Changes r9, and if somebody waits rax, rcx, rdx, rsi, r11. */
.macro CHAN_UNLOCK
        movl    CHAN_LOCK(%rdi), %r9d
        movl    $0, CHAN_LOCK(%rdi)
        cmpl    $2, %r9d
        jne     .Lunlocked\@
        addq    $CHAN_LOCK, %rdi
        movl    $129, %esi              /* FUTEX_WAKE_PRIVATE */
        movl    $1, %edx
        movl    $202, %eax              /* futex */
        syscall
        subq    $CHAN_LOCK, %rdi
.Lunlocked\@:
.endm

/* The end of a call: rax = result. */
.macro CHAN_RETURN
        movq    gotk__tls_m@GOTTPOFF(%rip), %r11
        cmpq    $0, %fs:M_FLAGS(%r11)
        jne     chan_yield
        ret
.endm

        .type   chan_yield, @function
chan_yield:
        movq    %fs:M_G(%r11), %rdx
        movq    %rsp, G_SP(%rdx)
        movq    %rbp, G_RBP(%rdx)
        movq    %fs:M_G0SP(%r11), %rsp
        jmp     gotk__stub_slow
        .size   chan_yield, . - chan_yield

/* void chansend(chan *c, const void *elem) */
        .globl  gotk_go_chansend
        .hidden gotk_go_chansend
        .type   gotk_go_chansend, @function
        .p2align 4
gotk_go_chansend:
        testq   %rdi, %rdi
        jz      gotk_go_chansendslow
        movq    CHAN_CAP(%rdi), %rcx
        cmpq    %rcx, CHAN_COUNT(%rdi)  /* a look without the lock: full, or unbuffered */
        jge     gotk_go_chansendslow
        CHAN_LOCK_OR gotk_go_chansendslow
        movq    CHAN_COUNT(%rdi), %rax
        cmpq    %rcx, %rax
        jge     .Lsend_not
        cmpq    $0, CHAN_RECVQ(%rdi)
        jne     .Lsend_not
        cmpb    $0, CHAN_CLOSED(%rdi)
        jne     .Lsend_not
        movq    CHAN_SEND(%rdi), %r9
        movq    %r9, %r10
        imulq   %r8, %r10
        leaq    CHAN_BUF(%rdi,%r10), %r10
        cmpq    $8, %r8
        jne     .Lsend_words
        movq    (%rsi), %rdx
        movq    %rdx, (%r10)
.Lsend_copied:
        xorl    %edx, %edx
        incq    %r9
        cmpq    %rcx, %r9
        cmoveq  %rdx, %r9
        movq    %r9, CHAN_SEND(%rdi)
        incq    %rax
        movq    %rax, CHAN_COUNT(%rdi)
        CHAN_UNLOCK
        CHAN_RETURN
.Lsend_words:
        testq   %r8, %r8
        jz      .Lsend_copied
1:      movq    -8(%rsi,%r8), %rdx
        movq    %rdx, -8(%r10,%r8)
        subq    $8, %r8
        jnz     1b
        jmp     .Lsend_copied
.Lsend_not:
        pushq   %rsi
        CHAN_UNLOCK
        popq    %rsi
        jmp     gotk_go_chansendslow
        .size   gotk_go_chansend, . - gotk_go_chansend

/* bool chanrecv(chan *c, void *elem or null) */
        .globl  gotk_go_chanrecv
        .hidden gotk_go_chanrecv
        .type   gotk_go_chanrecv, @function
        .p2align 4
gotk_go_chanrecv:
        testq   %rdi, %rdi
        jz      gotk_go_chanrecvslow
        cmpq    $0, CHAN_COUNT(%rdi)    /* as above: empty */
        jle     gotk_go_chanrecvslow
        CHAN_LOCK_OR gotk_go_chanrecvslow
        movq    CHAN_COUNT(%rdi), %rax
        testq   %rax, %rax
        jle     .Lrecv_not
        cmpq    $0, CHAN_SENDQ(%rdi)    /* its value takes the place */
        jne     .Lrecv_not
        movq    CHAN_RECV(%rdi), %r9
        movq    %r9, %r10
        imulq   %r8, %r10
        leaq    CHAN_BUF(%rdi,%r10), %r10
        cmpq    $8, %r8
        jne     .Lrecv_words
        movq    (%r10), %rdx
        movq    $0, (%r10)              /* for the collector */
        testq   %rsi, %rsi
        jz      .Lrecv_copied
        movq    %rdx, (%rsi)
.Lrecv_copied:
        xorl    %edx, %edx
        incq    %r9
        cmpq    CHAN_CAP(%rdi), %r9
        cmoveq  %rdx, %r9
        movq    %r9, CHAN_RECV(%rdi)
        decq    %rax
        movq    %rax, CHAN_COUNT(%rdi)
        CHAN_UNLOCK
        movl    $1, %eax
        CHAN_RETURN
.Lrecv_words:
        testq   %r8, %r8
        jz      .Lrecv_copied
1:      movq    -8(%r10,%r8), %rdx
        movq    $0, -8(%r10,%r8)
        testq   %rsi, %rsi
        jz      2f
        movq    %rdx, -8(%rsi,%r8)
2:      subq    $8, %r8
        jnz     1b
        jmp     .Lrecv_copied
.Lrecv_not:
        pushq   %rsi
        CHAN_UNLOCK
        popq    %rsi
        jmp     gotk_go_chanrecvslow
        .size   gotk_go_chanrecv, . - gotk_go_chanrecv

        .section .note.GNU-stack,"",@progbits
