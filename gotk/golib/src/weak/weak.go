// SPDX-License-Identifier: BSD-3-Clause

// Package weak has pointers that do not keep what they point to.
package weak

import (
	"runtime"
	"unsafe"
)

// Pointer is a weak pointer. Pointers made from equal pointers are equal, also after what they pointed to is gone.
type Pointer[T any] struct {
	_      [0]*T
	handle unsafe.Pointer // of native/src/finalizer.c: a word with the address, or 0; nil in the zero Pointer
}

//gotk:native weakhandle
func weakhandle(p unsafe.Pointer) unsafe.Pointer

// Make returns a weak pointer to *ptr.
func Make[T any](ptr *T) Pointer[T] {
	var p Pointer[T]
	if ptr != nil {
		p.handle = weakhandle(unsafe.Pointer(ptr))
		runtime.KeepAlive(ptr)
	}
	return p
}

// Value returns the pointer, or nil if what it pointed to is gone, or its finalizer is about to run.
func (p Pointer[T]) Value() *T {
	if p.handle == nil {
		return nil
	}
	return (*T)(*(*unsafe.Pointer)(p.handle))
}
