// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// The run-time panics that compiled code and the C library raise. None of these functions returns.

// raise is called by the C library (gotk__raise); the codes and texts are those of gotk/native/abi/panics.def.
func raise(code, a, b int) {
	switch code {
	case 1:
		gopanic(plainError("assignment to entry in nil map"))
	case 2:
		gopanic(plainError("send on closed channel"))
	case 3:
		gopanic(plainError("close of closed channel"))
	case 4:
		gopanic(plainError("close of nil channel"))
	case 5:
		panicmakeslicelen()
	case 6:
		panicmakeslicecap()
	case 7:
		gopanic(plainError("makechan: size out of range"))
	case 8:
		gopanic(errorString("growslice: len out of range"))
	case 9:
		gopanic(errorString("comparing uncomparable type " + typeAt(a).str))
	case 10:
		gopanic(errorString("hash of unhashable type " + typeAt(a).str))
	case 11:
		panicmem()
	case 12:
		panicshift()
	case 13:
		panicdivide()
	case 14:
		gopanic(errorString("makemap: size out of range"))
	}
	fatal("unknown run-time panic")
}

func typeAt(a int) *typ {
	return *(**typ)(unsafe.Pointer(&a))
}

func panicBounds(x int, y int, kind uint8) {
	gopanic(boundsError{x: int64(x), y: y, signed: true, kind: kind})
}

func panicBoundsU(x uint, y int, kind uint8) {
	gopanic(boundsError{x: int64(x), y: y, kind: kind})
}

// panicIndex: s[i] with i outside [0, n).
func panicIndex(i, n int)   { panicBounds(i, n, boundsIndex) }
func panicIndexU(i uint, n int) { panicBoundsU(i, n, boundsIndex) }

// panicSliceAlen and panicSliceAcap: s[:i] with i > len (strings, arrays) or cap.
func panicSliceAlen(i, n int)       { panicBounds(i, n, boundsSliceAlen) }
func panicSliceAlenU(i uint, n int) { panicBoundsU(i, n, boundsSliceAlen) }
func panicSliceAcap(i, n int)       { panicBounds(i, n, boundsSliceAcap) }
func panicSliceAcapU(i uint, n int) { panicBoundsU(i, n, boundsSliceAcap) }

// panicSliceB: s[i:j] with i > j.
func panicSliceB(i, j int)       { panicBounds(i, j, boundsSliceB) }
func panicSliceBU(i uint, j int) { panicBoundsU(i, j, boundsSliceB) }

// panicSlice3Alen and panicSlice3Acap: s[::i] with i > len or cap.
func panicSlice3Alen(i, n int)       { panicBounds(i, n, boundsSlice3Alen) }
func panicSlice3AlenU(i uint, n int) { panicBoundsU(i, n, boundsSlice3Alen) }
func panicSlice3Acap(i, n int)       { panicBounds(i, n, boundsSlice3Acap) }
func panicSlice3AcapU(i uint, n int) { panicBoundsU(i, n, boundsSlice3Acap) }

// panicSlice3B: s[:i:j] with i > j. panicSlice3C: s[i:j:] with i > j.
func panicSlice3B(i, j int)       { panicBounds(i, j, boundsSlice3B) }
func panicSlice3BU(i uint, j int) { panicBoundsU(i, j, boundsSlice3B) }
func panicSlice3C(i, j int)       { panicBounds(i, j, boundsSlice3C) }
func panicSlice3CU(i uint, j int) { panicBoundsU(i, j, boundsSlice3C) }

// panicSliceConvert: a slice of length have converted to an array of length want.
func panicSliceConvert(have, want int) { panicBounds(have, want, boundsConvert) }

func panicdivide() { gopanic(errorString("integer divide by zero")) }
func panicshift()  { gopanic(errorString("negative shift amount")) }

func panicmakeslicelen() { gopanic(errorString("makeslice: len out of range")) }
func panicmakeslicecap() { gopanic(errorString("makeslice: cap out of range")) }

// panicmem: a nil pointer dereference, found by a check or by the signal.
func panicmem() {
	var pc [1]uintptr
	callers(1, &pc[0], 1)
	startPanic(errorString("invalid memory address or nil pointer dereference"), pc[0])
}

// panicdottypeE: x.(T) failed. have is nil if the interface was nil.
func panicdottypeE(have, want, iface *typ) {
	gopanic(&TypeAssertionError{iface, have, want, ""})
}

// panicassertI: x.(I) failed for the interface type I.
func panicassertI(have, iface *typ) {
	if have == nil {
		gopanic(&TypeAssertionError{nil, nil, iface, ""})
	}
	gopanic(&TypeAssertionError{nil, have, iface, missingMethod(have, iface)})
}

// panicwrap: the value method T.M called through a nil *T.
func panicwrap(typ string, method string) {
	base := typ // without its package: the part after the last dot before type arguments
	for i := 0; i < len(typ) && typ[i] != '['; i++ {
		if typ[i] == '.' {
			base = typ[i+1:]
		}
	}
	gopanic(plainError("value method " + typ + "." + method + " called using nil *" + base + " pointer"))
}

// States of the body of a range-over-func loop, for panicrangestate.
const (
	rangeDone = iota
	rangeReady
	rangePanic
	rangeExhausted
	rangeMissingPanic
)

// panicrangestate: the loop body was called again after it had ended the loop.
func panicrangestate() { panicrangestatus(rangeDone) }

// panicrangestatus is panicrangestate for each of the states that do not allow another iteration.
func panicrangestatus(state int) {
	switch state {
	case rangeDone:
		gopanic(errorString("range function continued iteration after function for loop body returned false"))
	case rangePanic:
		gopanic(errorString("range function continued iteration after loop body panic"))
	case rangeExhausted:
		gopanic(errorString("range function continued iteration after whole loop exit"))
	case rangeMissingPanic:
		gopanic(errorString("range function recovered a loop body panic and did not resume panicking"))
	}
	fatal("unexpected state set during range func")
}
