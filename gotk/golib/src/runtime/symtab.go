// SPDX-License-Identifier: BSD-3-Clause

package runtime

import "unsafe"

// Where code is: functions, files and lines of program counters.

// callers stores the return addresses of the goroutine's Go frames, innermost first, and returns their number; skip 0
// begins at the function that calls callers. A call that was inlined has an address, too (natives.c); the compiler's own functions
// have none.
//
//gotk:native callers
//gotk:noescape
func callers(skip int, pcs *uintptr, n int) int

// pcInfo is what is known of an address.
type pcInfo struct {
	function string
	file     string
	line     int
	entry    uintptr
}

//gotk:native pcinfo
//gotk:noescape
func pcinfo(pc uintptr, info *pcInfo) bool

//gotk:native stacktrace
//gotk:noescape
func stacktrace(buf unsafe.Pointer, n int, all bool) int

// Callers stores the return addresses of the calling goroutine's frames and returns how many it stored. Skip 0 is Callers
// itself, 1 its caller.
//
//gotk:noinline
func Callers(skip int, pc []uintptr) int {
	if len(pc) == 0 {
		return 0
	}
	return callers(skip, &pc[0], len(pc))
}

// Caller tells where the function's caller is (skip 0), or its caller (1), and so on.
//
//gotk:noinline
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if skip < 0 || callers(skip+1, &pcs[0], 1) == 0 {
		return 0, "", 0, false
	}
	var info pcInfo
	pc = pcs[0] - 1 // in the call, not behind it
	if !pcinfo(pc, &info) {
		return pc, "", 0, false
	}
	return pc, info.file, info.line, true
}

// Func is a function of the program.
type Func struct {
	info pcInfo
}

// FuncForPC is the function that holds the address, or nil.
func FuncForPC(pc uintptr) *Func {
	f := new(Func)
	if !pcinfo(pc, &f.info) {
		return nil
	}
	return f
}

// Name is the function's name with its package's path.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.info.function
}

// Entry is the function's first address.
func (f *Func) Entry() uintptr {
	return f.info.entry
}

// FileLine is the place in the source of an address of the function.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	var info pcInfo
	if !pcinfo(pc, &info) {
		return "", 0
	}
	return info.file, info.line
}

// Frame is what CallersFrames tells of a return address.
type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

// Frames goes through the return addresses that Callers had stored.
type Frames struct {
	pcs []uintptr
}

// CallersFrames prepares to tell the frames of the addresses.
func CallersFrames(callers []uintptr) *Frames {
	return &Frames{callers}
}

// Next returns the next frame, and whether there are more.
func (f *Frames) Next() (frame Frame, more bool) {
	if len(f.pcs) == 0 {
		return Frame{}, false
	}
	pc := f.pcs[0] - 1
	f.pcs = f.pcs[1:]
	frame.PC = pc
	if fn := FuncForPC(pc); fn != nil {
		frame.Func = fn
		frame.Function = fn.info.function
		frame.File = fn.info.file
		frame.Line = fn.info.line
		frame.Entry = fn.info.entry
	}
	return frame, len(f.pcs) > 0
}

// Stack writes the calling goroutine's trace, or those of all, to buf, and returns the number of bytes.
//
//gotk:noinline
func Stack(buf []byte, all bool) int {
	return stacktrace(unsafe.Pointer(unsafe.SliceData(buf)), len(buf), all)
}
