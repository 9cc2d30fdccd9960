/* SPDX-License-Identifier: BSD-3-Clause
 * Holds asm_offsets.h against the structs of g.h. */
#include "asm_offsets.h"
#include "chan.h"
#include "g.h"
#include "heap.h"

#define SAME(type, field, offset) _Static_assert(offsetof(type, field) == (offset), #type "." #field)
SAME(G, sp, G_SP);
SAME(G, fp, G_FP);
SAME(G, saved, G_SAVED);
SAME(G, stack_limit, G_LIMIT);
SAME(G, ret0, G_RET0);
SAME(G, ret1, G_RET1);
SAME(G, seg, G_SEG);
SAME(G, sigframe, G_SIGFRAME);
SAME(G, frames, G_FRAMES);
SAME(G, deferring, G_DEFERRING);
SAME(G, ctx_end, G_SCRATCH);
SAME(M, g, M_G);
SAME(M, g0sp, M_G0SP);
SAME(M, resched, M_RESCHED);
SAME(M, preempt, M_FLAGS + 4);
SAME(M, p, M_P);
SAME(P, mcache, P_MCACHE);
SAME(struct gotk__cacheslot, bits, SLOT_BITS);
SAME(struct gotk__cacheslot, base, SLOT_BASE);
SAME(struct gotk__cacheslot, size, SLOT_SIZE);
SAME(struct gotk__cacheslot, needzero, SLOT_NEEDZERO);
SAME(gotk__mcache, slot, 0);
SAME(gotk_type, flags, TYPE_FLAGS);
_Static_assert(sizeof(struct gotk__cacheslot) == 1 << SLOT_SHIFT, "SLOT_SHIFT");
_Static_assert(sizeof gotk__class_small == SMALL_TABLE / 8 + 1, "SMALL_TABLE");
_Static_assert(TYPE_NOPTR == TYPE_NOPTR_BIT, "TYPE_NOPTR_BIT");
SAME(chan, count, CHAN_COUNT);
SAME(chan, cap, CHAN_CAP);
SAME(chan, elem_size, CHAN_SIZE);
SAME(chan, lock, CHAN_LOCK);
SAME(chan, closed, CHAN_CLOSED);
SAME(chan, send_index, CHAN_SEND);
SAME(chan, recv_index, CHAN_RECV);
SAME(chan, recvq.first, CHAN_RECVQ);
SAME(chan, sendq.first, CHAN_SENDQ);
SAME(chan, buf, CHAN_BUF);
SAME(gotk__seg, next, SEG_NEXT);
SAME(gotk__seg, prev, SEG_PREV);
SAME(gotk__seg, limit, SEG_LIMIT);
SAME(gotk__seg, top, SEG_TOP);
SAME(gotk__seg, room, SEG_ROOM);
SAME(gotk__seg, old_sp, SEG_OLDSP);
SAME(gotk__frame, prev, FR_PREV);
SAME(gotk__frame, depth, FR_DEPTH);
SAME(gotk__frame, defers, FR_DEFERS);
SAME(gotk__frame, jmp[0], FR_SP);
#if defined(__x86_64__)
SAME(gotk__frame, jmp[9], FR_SEG);
#endif
_Static_assert(sizeof(gotk__frame) == FRAME_WORDS * 8, "docs/architecture.md section 6");
