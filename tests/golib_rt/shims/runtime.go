// SPDX-License-Identifier: BSD-3-Clause

package runtime

import (
	"strconv"
	"strings"
	"unsafe"
)

// Only what is computed is tested here: texts of errors and values. Unwinding needs our own runtime.

func shim_shortestfloat(bits uint64, size int, digits *byte) (int, int) {
	v := *(*float64)(unsafe.Pointer(&bits))
	text := strconv.FormatFloat(v, 'e', -1, size)
	mantissa, e, _ := strings.Cut(text, "e")
	exponent, _ := strconv.Atoi(e)
	return copy(unsafe.Slice(digits, 24), strings.Replace(mantissa, ".", "", 1)), exponent
}

var (
	frames *frame
	panics *panicRecord
)

func shim_gframes() **frame                                 { return &frames }
func shim_gpanics() **panicRecord                           { return &panics }
func shim_settoken(unsafe.Pointer)                          {}
func shim_jump(*frame)                                      { panic("jump") }
func shim_goexit()                                          { panic("goexit") }
func shim_fatal(p unsafe.Pointer, n int)                    { panic("fatal error: " + unsafe.String((*byte)(p), n)) }
func shim_fatalpanic(p unsafe.Pointer, n int)               { panic(unsafe.String((*byte)(p), n)) }
func shim_writeerr(p unsafe.Pointer, n int)                 { Written += unsafe.String((*byte)(p), n) }
func shim_semacquire(*uint32, int)                          {}
func shim_semrelease(*uint32, bool)                         {}
func shim_gosched()                                         {}
func shim_gomaxprocs(int) int                               { return 1 }
func shim_numcpu() int                                      { return 1 }
func shim_numgoroutine() int                                { return 1 }
func shim_rungc()                                           {}
func shim_readmemstats(*memNumbers)                         {}
func shim_callers(int, *uintptr, int) int                   { return 0 }
func shim_pcinfo(uintptr, *pcInfo) bool                     { return false }
func shim_stacktrace(unsafe.Pointer, int, bool) int         { return 0 }
func shim_setfinalizer(p unsafe.Pointer, fn func(unsafe.Pointer)) int { return 0 }
func shim_addcleanup(p unsafe.Pointer, fn func(unsafe.Pointer)) int   { return 1 }
func shim_stopcleanup(uint64, int)                                    {}
func shim_objectof(unsafe.Pointer) uint64                             { return 0 }
func shim_nextfinalizer() (func(unsafe.Pointer), unsafe.Pointer)      { return nil, nil }
func shim_getitab(iface, t *typ) unsafe.Pointer                       { return nil }
func shim_keepalive(unsafe.Pointer)                                   {}
func shim_debugtrap()                                                 {}

// Written is what print has written.
var Written string
