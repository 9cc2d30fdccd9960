/* SPDX-License-Identifier: BSD-3-Clause
 * Timers: what other files than the scheduler (g.h) need of timer.c. */
#ifndef GOTK_TIMER_H
#define GOTK_TIMER_H
#include "g.h"

typedef struct gotk__timer timer;

/* Calls f for each piece of the heaps' memory: it points to timers, which are collected objects. The world is stopped. */
void gotk__timers_each(void (*f)(void *arg, void *lo, void *hi), void *arg);

/* Starts a goroutine at a Go function entry(args), with a copy of size bytes of args (spawn.c). */
gotk__ret2 gotk__spawn(void *entry, const void *args, uint64_t size);
#endif
