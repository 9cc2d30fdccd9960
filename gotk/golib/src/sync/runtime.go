// SPDX-License-Identifier: BSD-3-Clause

// Package sync has locks, wait groups and other ways for goroutines to wait for each other.
package sync

import "unsafe"

// Reasons to wait, from gotk/native/abi/states.def: what traces and tables show.
const (
	waitMutexLock    = 9
	waitRWMutexRLock = 10
	waitRWMutexLock  = 11
	waitWaitGroup    = 13
)

// semacquire waits until *sema is not zero and takes one unit; first puts the goroutine before those that wait.
//
//gotk:native semacquire1
func semacquire(sema *uint32, reason int, first bool)

// semrelease adds a unit; with handoff the goroutine that gets it runs at once, in the rest of the caller's time slice.
//
//gotk:native semrelease
func semrelease(sema *uint32, handoff bool)

// spinwait spins for some pauses of the processor if whoever has what the goroutine waits for may be running on another processor; false
// if there is no use in that.
//
//gotk:native spinwait
func spinwait(pauses int) bool

// addIsNegative adds delta to *addr, atomically, and tells whether the sum is negative.
//
//gotk:intrinsic atomic.addneg.32
func addIsNegative(addr *int32, delta int32) bool

// release stores val in *addr after everything that comes before it. What follows it may come earlier.
//
//gotk:intrinsic atomic.release.32
func release(addr *int32, val int32)

// fence keeps what follows it from coming before what precedes it.
//
//gotk:intrinsic atomic.fence.32
func fence()

// lightfence is a fence that costs nothing where heavyfence returns true, and a fence elsewhere.
//
//gotk:intrinsic atomic.lightfence.32
func lightfence()

// heavyfence is a fence for all processors at once: a lightfence on any of them comes wholly before it or wholly after. It takes some
// microseconds. False if there is no need: lightfences are fences, or there is one processor.
//
//gotk:native membarrier
func heavyfence() bool

// readerenter counts a reader of lock on the processor that runs it; false, and it is not counted, if c, a *readers, is shut or another lock's.
//
//gotk:native readerenter
func readerenter(c unsafe.Pointer, lock *RWMutex) bool

// readeradd changes the number of readers that were counted on the processor that runs the goroutine; the result is made of
// readersShut, readersNegative and readersForeign, with which nothing was changed.
//
//gotk:native readeradd
func readeradd(c unsafe.Pointer, lock *RWMutex, delta int) int

// readerslots is how many slots readers need; 0 if readers would not be faster with them.
//
//gotk:native readerslots
func readerslots() int

//gotk:native nanotime
func nanotime() int64

// procid is the number of the processor that runs the goroutine at this moment.
//
//gotk:native procid
func procid() int

//gotk:native fatal
func fatalText(text unsafe.Pointer, n int)

// fatal ends the program. Not inlined, so that traces show the lock's line.
//
//gotk:noinline
func fatal(text string) {
	fatalText(unsafe.Pointer(unsafe.StringData(text)), len(text))
}

// noCopy marks a type whose values must not be copied after first use.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}
