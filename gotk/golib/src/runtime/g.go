// SPDX-License-Identifier: BSD-3-Clause

// Package runtime is the Go side of gotk's runtime: panics, defers, run-time errors, the print builtins, and the
// exported API of Go's package runtime. The scheduler, the heap, channels and maps are the C library (gotk/native).
package runtime

import "unsafe"

// frame is the stack record of a function with defers (docs/architecture.md, section 6). A frame whose list of defers
// is empty is in use only as a place to return to. The spare words hold the first two deferred calls, so that the
// usual function with one or two defers allocates nothing for them.
type frame struct {
	prev    *frame
	depth   uint64 // of prev, plus one
	defers  *deferred
	results unsafe.Pointer
	jump    [jumpWords]uint64
	inline  [2]deferred
}

// deferred is one deferred call: a function value without parameters (the compiler's thunk holds the arguments).
type deferred struct {
	next *deferred
	fn   func()
}

// gframes is the address of the goroutine's list of frames, whose top is the running function's or a caller's.
//
//gotk:native gframes
func gframes() **frame

// gpanics is the address of the goroutine's list of panics under way.
//
//gotk:native gpanics
func gpanics() **panicRecord

//gotk:native settoken
func settoken(code unsafe.Pointer)

//gotk:native jump
func jump(f *frame)

//gotk:native goexit
func goexit0()

//gotk:native fatal
func fatalNative(text unsafe.Pointer, n int)

//gotk:native fatalpanic
func fatalpanicNative(text unsafe.Pointer, n int)

// fatal ends the program with "fatal error: text" and the traces.
func fatal(text string) {
	fatalNative(unsafe.Pointer(unsafe.StringData(text)), len(text))
}

// eface and iface are the words of interface values.
type eface struct {
	typ  *typ
	data unsafe.Pointer
}

type iface struct {
	tab  *itab
	data unsafe.Pointer
}

type itab struct {
	typ *typ
}

func efaceOf(v *any) *eface {
	return (*eface)(unsafe.Pointer(v))
}
