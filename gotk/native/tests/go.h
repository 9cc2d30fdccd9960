/* SPDX-License-Identifier: BSD-3-Clause
 * For goroutine bodies written in C (tests/go_*.c, compiled with split stacks): the runtime symbols of compiled Go code.
 * Functions marked GO lie in a section of their own, which the tests register as code that may be preempted. */
#ifndef GOTK_TEST_GO_H
#define GOTK_TEST_GO_H
#include <stdbool.h>
#include <stdint.h>
#include "g.h"

#define GO __attribute__((section("gotext"), noinline))
extern char __start_gotext[], __stop_gotext[];

void *gotk_go_getg(void);
void gotk_go_spawn(void (*entry)(void *), const void *args, uint64_t size);
void gotk_go_gosched(void);
void gotk_go_goexit(void);
void gotk_go_exit(int64_t code);
void *gotk_go_makechan(const gotk_type *t, int64_t size);
void gotk_go_chansend(void *c, void *elem);
uint8_t gotk_go_chanrecv(void *c, void *elem);
void gotk_go_closechan(void *c);
void gotk_go_semacquire(_Atomic uint32_t *s, int64_t reason);
void gotk_go_semrelease(_Atomic uint32_t *s, uint8_t handoff);
void gotk_go_sleep(int64_t ns);
int64_t gotk_go_nanotime(void);
uint64_t gotk_go_fastrand64(void);
int64_t gotk_go_setrecover(gotk__frame *f) __attribute__((returns_twice));
void gotk_go_popframe(gotk__frame *f);
void gotk_go_jump(gotk__frame *f) __attribute__((noreturn));
int64_t gotk_go_gomaxprocs(int64_t n);
int64_t gotk_go_numgoroutine(void);

static const gotk_type test_int = {.size = 8, .kind = KIND_INT, .align = 8, .flags = TYPE_MEMEQ | TYPE_COMPARABLE | TYPE_NOPTR};
static const gotk_type test_chan = {.size = 8, .kind = KIND_CHAN, .align = 8, .flags = TYPE_DIRECT, .elem = &test_int, .chandir = 3};
static inline void *new_chan(int64_t size) { return gotk_go_makechan(&test_chan, size); }
static inline void send(void *c, int64_t v) { gotk_go_chansend(c, &v); }
static inline int64_t recv(void *c) { int64_t v = -1; gotk_go_chanrecv(c, &v); return v; }
#endif
