// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// The builtins print and println write to standard error. Compiled code evaluates the arguments, then calls printlock,
// one function for each argument (with printsp between those of println), printnl, printunlock. The text is gathered
// and written at once, so that lines of goroutines don't mix.

var (
	printwaiter uint32 // semaphore
	printqueue  uint32 // goroutines that wait, and the one that prints
	printbuffer []byte
)

//gotk:native writeerr
func writeerr(p unsafe.Pointer, n int)

//gotk:native semacquire
func semacquire(sema *uint32, reason int)

//gotk:native semrelease
func semrelease(sema *uint32, handoff bool)

//gotk:intrinsic atomic.add.32
func atomicAdd32(p *uint32, delta uint32) uint32

func printlock() {
	if atomicAdd32(&printqueue, 1) > 1 {
		semacquire(&printwaiter, 8)
	}
	printbuffer = printbuffer[:0]
}

func printunlock() {
	writeerr(unsafe.Pointer(unsafe.SliceData(printbuffer)), len(printbuffer))
	if cap(printbuffer) > 1<<16 {
		printbuffer = nil
	}
	if atomicAdd32(&printqueue, ^uint32(0)) > 0 {
		semrelease(&printwaiter, false)
	}
}

func printbool(v bool)       { printbuffer = appendBool(printbuffer, v) }
func printint(v int64)       { printbuffer = appendInt(printbuffer, v) }
func printuint(v uint64)     { printbuffer = appendUint(printbuffer, v) }
func printfloat(v float64)   { printbuffer = appendFloat(printbuffer, v, 64) }
func printfloat32(v float32) { printbuffer = appendFloat(printbuffer, float64(v), 32) }

func printcomplex(v complex128) { printbuffer = appendComplex(printbuffer, v, 64, true) }

func printcomplex64(v complex64) {
	printbuffer = appendComplex(printbuffer, complex128(v), 32, true)
}

func printstring(v string) { printbuffer = append(printbuffer, v...) }

func printpointer(v unsafe.Pointer) {
	printbuffer = append(printbuffer, "0x"...)
	printbuffer = appendHex(printbuffer, uint64(uintptr(v)))
}

// printslice prints [len/cap]0xaddress.
func printslice(v []byte) {
	printbuffer = append(printbuffer, '[')
	printbuffer = appendInt(printbuffer, int64(len(v)))
	printbuffer = append(printbuffer, '/')
	printbuffer = appendInt(printbuffer, int64(cap(v)))
	printbuffer = append(printbuffer, ']')
	printpointer(unsafe.Pointer(unsafe.SliceData(v)))
}

// printeface prints the two words of an interface value, empty or not.
func printeface(v any) {
	e := efaceOf(&v)
	printbuffer = append(printbuffer, '(')
	printpointer(unsafe.Pointer(e.typ))
	printbuffer = append(printbuffer, ',')
	printpointer(e.data)
	printbuffer = append(printbuffer, ')')
}

func printsp() { printbuffer = append(printbuffer, ' ') }
func printnl() { printbuffer = append(printbuffer, '\n') }
